/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The steps of tracking, in one transaction. All read tables in a fixed
 * order, so the result depends on their content alone.
 */
#include "track/track_p.h"

#define LIMIT ((size_t)1 << 36)

static const char clear[] =
    "BEGIN; DELETE FROM agreement; DELETE FROM agreement_party; "
    "DELETE FROM agreement_mention; DELETE FROM obligation; "
    "DELETE FROM obligation_debtor; DELETE FROM obligation_status; "
    "DELETE FROM mandate; DELETE FROM body_member; DELETE FROM issue; "
    "DELETE FROM position; DELETE FROM meeting_outcome; "
    "UPDATE report_agreement SET agreement_id = NULL, merge_why = NULL; "
    "UPDATE report_obligation SET obligation_id = NULL; "
    "UPDATE statement SET issue_id = NULL, stance = NULL "
    "WHERE issue_id IS NOT NULL";

dln_status dln_track_run(dln_store *store, const char *datadir,
                         dln_error *error)
{
    dln_tracker t = {.store = store, .error = error,
                     .arena = dln_arena_new(LIMIT)};
    if (!t.arena)
        return dln_fail(error, DLN_NOMEM, "out of memory");
    dln_status status = dln_store_exec(store, clear, error);
    if (status == DLN_OK)
        status = dln_track__agreements(&t);
    if (status == DLN_OK)
        status = dln_track__issues(&t, datadir);
    if (status == DLN_OK)
        status = dln_track__duties(&t);
    dln_arena_free(t.arena);
    return status == DLN_OK ? dln_store_exec(store, "COMMIT", error)
                            : status;
}
