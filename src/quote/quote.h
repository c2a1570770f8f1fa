/* SPDX-License-Identifier: Apache-2.0 */
/*
 * quote: text, actors → statements: who said what.
 */
#ifndef DLN_QUOTE_QUOTE_H
#define DLN_QUOTE_QUOTE_H

#include "doc/doc.h"
#include "lang/lang.h"

typedef struct dln_quote dln_quote;

/* Keeps `lang`. `model` is the file of weights; without one (NULL, or no
 * such file) the rules decide alone. One handle serves all threads. On
 * failure *out is NULL and `error` says why. */
DLN_NODISCARD dln_status dln_quote_open(dln_quote **out, const dln_lang *lang,
                                        const char *model, dln_error *error);
void dln_quote_close(dln_quote *quote);
/* Reads the layers before its own, writes its own. `scratch` is the
 * caller's, reset by him. DLN_OK, DLN_WARN (notes on the document), or
 * DLN_NOMEM. */
dln_status dln_quote_run(const dln_quote *quote, dln_doc *doc,
                           dln_arena *scratch);

#endif
