/* SPDX-License-Identifier: Apache-2.0 */
/*
 * coder: all layers → PLOVER event mentions.
 */
#ifndef DLN_CODER_CODER_H
#define DLN_CODER_CODER_H

#include "doc/doc.h"
#include "lang/lang.h"
#include "onto/onto.h"

typedef struct dln_coder dln_coder;

/* Keeps both. `model` is the file of weights for pairs (pair.dlm); when it
 * is NULL or missing, frames alone decide about pairs. One handle serves all
 * threads. On failure *out is NULL and `error` says why. */
DLN_NODISCARD dln_status dln_coder_open(dln_coder **out, const dln_lang *lang,
                                        const dln_onto *onto,
                                        const char *model, dln_error *error);
void dln_coder_close(dln_coder *coder);
/* Reads the layers before its own, writes its own. `scratch` is the
 * caller's, reset by him. DLN_OK, DLN_WARN (notes on the document), or
 * DLN_NOMEM. */
dln_status dln_coder_run(const dln_coder *coder, dln_doc *doc,
                           dln_arena *scratch);

#endif
