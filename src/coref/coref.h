/* SPDX-License-Identifier: Apache-2.0 */
/*
 * coref: tokens, heads, entities → references and chains: which words of the
 * text stand for the same thing.
 */
#ifndef DLN_COREF_COREF_H
#define DLN_COREF_COREF_H

#include "doc/doc.h"
#include "lang/lang.h"
#include "onto/onto.h"

typedef struct dln_coref dln_coref;

/* Maps the weights file `model` (DLN_NOINPUT when it is missing); keeps
 * `lang` and `onto`. One handle serves all threads. On failure *out is NULL
 * and `error` says why. */
DLN_NODISCARD dln_status dln_coref_open(dln_coref **out,
                                        const dln_lang *lang,
                                        const dln_onto *onto,
                                        const char *model,
                                        dln_error *error);
void dln_coref_close(dln_coref *coref);
/* Reads the layers before its own, writes its own. `scratch` is the
 * caller's, reset by him. DLN_OK or DLN_NOMEM. */
dln_status dln_coref_run(const dln_coref *coref, dln_doc *doc,
                         dln_arena *scratch);

#endif
