/* SPDX-License-Identifier: Apache-2.0 */
/*
 * repair: bytes of unknown encoding → UTF-8, and UTF-8 that was damaged on
 * its way → text as it was written.
 *
 * What is done is counted in dln_repairs, so that the caller can say so.
 */
#ifndef DLN_BASE_REPAIR_H
#define DLN_BASE_REPAIR_H

#include "base/arena.h"

typedef struct dln_repairs {
    uint32_t windows;   /* bytes read as Windows-1252 */
    uint32_t doubled;   /* characters that had been encoded twice */
    uint32_t dropped;   /* control and invisible characters */
    uint32_t lost;      /* bytes that stand for nothing: U+FFFD */
    bool utf16;         /* it was UTF-16 */
    bool cut;           /* ends inside a character, which is dropped */
} dln_repairs;

/* Bytes → UTF-8 in `arena`. A byte order mark decides, else NUL bytes in
 * every second place (UTF-16), else UTF-8 whose ill-formed bytes are read as
 * Windows-1252. False when it is no text: NUL bytes, too many control bytes,
 * or most of it neither ASCII nor UTF-8. */
bool dln_decode(dln_arena *arena, dln_str bytes, dln_str *out,
                dln_repairs *repairs);

/* UTF-8 → UTF-8: characters encoded twice ("â€™") restored, control,
 * zero-width and direction characters and soft hyphens dropped, all line
 * ends '\n'. `from` (may be NULL) gets an array: where in `text` each byte
 * of *out was, and text.len behind the last. When nothing is to be done *out
 * is `text` itself and *from NULL. Linear. */
void dln_mend(dln_arena *arena, dln_str text, dln_str *out,
              uint32_t **from, dln_repairs *repairs);

#endif
