/* SPDX-License-Identifier: Apache-2.0 */
/*
 * track: what reports say of agreements, duties, bodies and issues → the
 * record of a process: one agreement with all its names, what is owed and
 * how far it is done, who holds which line on what.
 */
#ifndef DLN_TRACK_TRACK_H
#define DLN_TRACK_TRACK_H

#include "store/store.h"

/* Makes the tables agreement, agreement_party, agreement_mention,
 * obligation, obligation_debtor, obligation_status, mandate, body_member,
 * issue, position and meeting_outcome anew from the reports' own, and fills
 * the outcome, the duration and the next meeting of `meeting`. To be called
 * behind dln_reconcile_run; `datadir` has onto/issues.txt. */
DLN_NODISCARD dln_status dln_track_run(dln_store *store, const char *datadir,
                                       dln_error *error);

#endif
