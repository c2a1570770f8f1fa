/* SPDX-License-Identifier: Apache-2.0 */
/*
 * reconcile: what the reports say (layer 2) → what happened (layer 3): who
 * copied whom, actors, events, meetings and figures across reports. Made
 * anew, whole, by every build; the same mentions give the same rows, in
 * whatever order they were put.
 */
#ifndef DLN_RECONCILE_RECONCILE_H
#define DLN_RECONCILE_RECONCILE_H

#include "lang/lang.h"
#include "onto/onto.h"
#include "store/store.h"

/* On a store opened by dln_store_begin, all reports put. */
DLN_NODISCARD dln_status dln_reconcile_run(dln_store *store,
                                           const dln_lang *lang,
                                           const dln_onto *onto,
                                           dln_error *error);

#endif
