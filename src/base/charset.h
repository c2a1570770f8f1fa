/* SPDX-License-Identifier: Apache-2.0 */
#ifndef DLN_BASE_CHARSET_H
#define DLN_BASE_CHARSET_H

#include "base/arena.h"

/* The bytes of a page as UTF-8: a slice of `bytes` if they are, else in the
 * arena. `content_type` is the transport's, or "". False when it is no text
 * (NUL bytes, binary). */
bool dln_charset_decode(dln_arena *arena, dln_str bytes,
                        dln_str content_type, dln_str *out);
/* From the set of this name (IANA, or as the web calls it). False when there
 * is no such set, or the bytes are no text. */
bool dln_charset_convert(dln_arena *arena, dln_str bytes, dln_str name,
                         dln_str *out);

#endif
