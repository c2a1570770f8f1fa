/* SPDX-License-Identifier: Apache-2.0 */
/*
 * figures: text, statements → figures: how many, according to whom.
 */
#ifndef DLN_FIGURES_FIGURES_H
#define DLN_FIGURES_FIGURES_H

#include "doc/doc.h"
#include "lang/lang.h"

typedef struct dln_figures dln_figures;

/* Keeps `lang`. One handle serves all threads. On failure *out is NULL
 * and `error` says why. */
DLN_NODISCARD dln_status dln_figures_open(dln_figures **out,
                                          const dln_lang *lang,
                                          dln_error *error);
void dln_figures_close(dln_figures *figures);
/* Reads the layers before its own, writes its own. `scratch` is the
 * caller's, reset by him. DLN_OK, DLN_WARN (notes on the document), or
 * DLN_NOMEM. */
dln_status dln_figures_run(const dln_figures *figures, dln_doc *doc,
                           dln_arena *scratch);

#endif
