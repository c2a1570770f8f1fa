/* SPDX-License-Identifier: Apache-2.0 */
/*
 * clean: input → text, title, byline, agency, outlet, dateline, date.
 */
#ifndef DLN_CLEAN_CLEAN_H
#define DLN_CLEAN_CLEAN_H

#include "doc/doc.h"
#include "lang/lang.h"

typedef struct dln_clean dln_clean;

/* Keeps `lang`. One handle serves all threads. On failure *out is NULL
 * and `error` says why. */
DLN_NODISCARD dln_status dln_clean_open(dln_clean **out, const dln_lang *lang,
                                          dln_error *error);
void dln_clean_close(dln_clean *clean);
/* Reads the layers before its own, writes its own. `scratch` is the
 * caller's, reset by him. DLN_OK, DLN_WARN (notes on the document), or
 * DLN_NOMEM. */
dln_status dln_clean_run(const dln_clean *clean, dln_doc *doc,
                           dln_arena *scratch);

#endif
