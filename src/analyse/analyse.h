/* SPDX-License-Identifier: Apache-2.0 */
/*
 * analyse: text → sentences, tokens, tags, lemmas, heads, entities.
 */
#ifndef DLN_ANALYSE_ANALYSE_H
#define DLN_ANALYSE_ANALYSE_H

#include "doc/doc.h"
#include "lang/lang.h"

typedef struct dln_analyse dln_analyse;

/* Maps the weights file `model` (DLN_NOINPUT when it is missing); keeps
 * `lang`. One handle serves all threads. On failure *out is NULL and
 * `error` says why. */
DLN_NODISCARD dln_status dln_analyse_open(dln_analyse **out,
                                          const dln_lang *lang,
                                          const char *model,
                                          dln_error *error);
void dln_analyse_close(dln_analyse *analyse);

/* What one worker remembers of the words it met, to be faster; results do
 * not depend on it. A few megabytes; NULL when out of memory. */
typedef struct dln_analyse_cache dln_analyse_cache;
dln_analyse_cache *dln_analyse_cache_new(void);
void dln_analyse_cache_free(dln_analyse_cache *cache);

/* Reads the layers before its own, writes its own. `scratch` is the
 * caller's, reset by him. DLN_OK, DLN_WARN (notes on the document), or
 * DLN_NOMEM. */
dln_status dln_analyse_run(const dln_analyse *analyse, dln_doc *doc,
                           dln_analyse_cache *cache, dln_arena *scratch);
/* The same for a document whose sentences and tokens are given: tags,
 * lemmas, heads, entities and predicates only. */
dln_status dln_analyse_tokens(const dln_analyse *analyse, dln_doc *doc,
                              dln_analyse_cache *cache, dln_arena *scratch);

#endif
