/* SPDX-License-Identifier: Apache-2.0 */
/*
 * accord: all layers → what a report says of agreements, of what must be
 * done and whether it is, of bodies and their mandates, of the issues that
 * statements are about, and of what meetings came to.
 */
#ifndef DLN_ACCORD_ACCORD_H
#define DLN_ACCORD_ACCORD_H

#include "doc/doc.h"
#include "lang/lang.h"
#include "onto/onto.h"

typedef struct dln_accord dln_accord;

/* Keeps `lang`. One handle serves all threads. On failure *out is NULL and
 * `error` says why. */
DLN_NODISCARD dln_status dln_accord_open(dln_accord **out,
                                         const dln_lang *lang,
                                         dln_error *error);
void dln_accord_close(dln_accord *accord);
/* Reads the layers before its own, writes pacts, commitments, compliances,
 * mandates, topics and outcomes. `scratch` is the caller's, reset by him.
 * DLN_OK, DLN_WARN (notes on the document), or DLN_NOMEM. */
dln_status dln_accord_run(const dln_accord *accord, dln_doc *doc,
                          dln_arena *scratch);

#endif
