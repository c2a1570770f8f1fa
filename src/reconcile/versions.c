/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Versions: a copy that says so in its title ("UPDATE 2-", "Correction:"),
 * or a copy in the same outlet, is a later version of what it copies.
 */
#include "base/utf8.h"
#include "reconcile/reconcile_p.h"

static bool marked(const dln_table *marks, dln_str title)
{
    for (uint32_t i = 0; i < marks->count; i++) {
        dln_str word = marks->rows[i].field[0];
        if (!dln_str_starts(title, word) || title.len == word.len)
            continue;
        char next = title.data[word.len];
        if (next == ':' || next == '-' || next == ' ' || dln_is_digit(next))
            return true;
    }
    return false;
}

dln_status dln_rec__versions(dln_case *c)
{
    const dln_table *marks;
    dln_query *read, *write = NULL;
    DLN_TRY(dln_lang_list(c->lang, "version-marks", &marks, c->error));
    DLN_TRY(dln_store_exec(c->store, "UPDATE report SET version_of = NULL "
                           "WHERE version_of IS NOT NULL", c->error));
    DLN_TRY(dln_query_open(
        c->store, &read, "SELECT a.id, a.copy_of, a.title, a.outlet, "
        "b.outlet FROM report a JOIN report b ON b.id = a.copy_of "
        "WHERE a.copy_kind IN ('near', 'partial') ORDER BY a.id",
        c->error));
    dln_status status = dln_query_open(
        c->store, &write, "UPDATE report SET version_of = ?2 WHERE id = ?1",
        c->error);
    while (status == DLN_OK && (status = dln_query_step(read)) == DLN_OK) {
        dln_arena_reset(c->scratch);
        dln_str title = dln_utf8_fold(c->scratch, dln_query_str(read, 2));
        dln_str outlet = dln_query_str(read, 3);
        bool same = outlet.len
                    && dln_str_eq(outlet, dln_query_str(read, 4));
        if (same || marked(marks, title))
            status = dln_query_run(write, "ss", dln_query_str(read, 0),
                                   dln_query_str(read, 1));
    }
    dln_query_close(read);
    dln_query_close(write);
    return status == DLN_END ? DLN_OK : status;
}
