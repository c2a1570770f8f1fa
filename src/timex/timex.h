/* SPDX-License-Identifier: Apache-2.0 */
/*
 * timex: text → time expressions, resolved to TIMEX3 and days; and, where a
 * report has no date but its words tell one, the interval it was written in
 * (published, published_basis inferred, a note saying why).
 */
#ifndef DLN_TIMEX_TIMEX_H
#define DLN_TIMEX_TIMEX_H

#include "doc/doc.h"
#include "lang/lang.h"

typedef struct dln_timex dln_timex;

/* Keeps `lang`. One handle serves all threads. On failure *out is NULL
 * and `error` says why. */
DLN_NODISCARD dln_status dln_timex_open(dln_timex **out, const dln_lang *lang,
                                          dln_error *error);
void dln_timex_close(dln_timex *timex);
/* Reads the layers before its own, writes its own. `scratch` is the
 * caller's, reset by him. DLN_OK, DLN_WARN (notes on the document), or
 * DLN_NOMEM. */
dln_status dln_timex_run(const dln_timex *timex, dln_doc *doc,
                           dln_arena *scratch);

#endif
