/* SPDX-License-Identifier: Apache-2.0 */
/*
 * link: entities → mentions, actors, roles, places.
 */
#ifndef DLN_LINK_LINK_H
#define DLN_LINK_LINK_H

#include "doc/doc.h"
#include "lang/lang.h"
#include "onto/onto.h"

typedef struct dln_link dln_link;

/* Keeps both. One handle serves all threads. On failure *out is NULL
 * and `error` says why. */
DLN_NODISCARD dln_status dln_link_open(dln_link **out, const dln_lang *lang,
                                          const dln_onto *onto,
                                          dln_error *error);
void dln_link_close(dln_link *link);
/* Reads the layers before its own, writes its own. `scratch` is the
 * caller's, reset by him. DLN_OK, DLN_WARN (notes on the document), or
 * DLN_NOMEM. */
dln_status dln_link_run(const dln_link *link, dln_doc *doc,
                           dln_arena *scratch);

#endif
