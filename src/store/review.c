/* SPDX-License-Identifier: Apache-2.0 */
/* A person's word on a row of a finished record. */
#include "store/store_p.h"

static dln_status insert(dln_store *store, const dln_str *values,
                         size_t count, dln_error *error)
{
    dln_query *query;
    DLN_TRY(dln_query_open(store, &query,
                           "INSERT OR REPLACE INTO main.review (table_name, "
                           "row_id, verdict, note, by, at) "
                           "VALUES (?, ?, ?, ?, ?, ?)", error));
    dln_status status = dln_query_bind_texts(query, values, count);
    if (status == DLN_OK)
        status = dln_query_step(query);
    dln_query_close(query);
    return status == DLN_END ? DLN_OK : status;
}

dln_status dln_store_review(const char *path, dln_str table, dln_str row,
                            dln_str verdict, dln_str note, dln_str by,
                            int64_t now, dln_error *error)
{
    char at[21];
    if (!dln_str_is(verdict, "right") && !dln_str_is(verdict, "wrong")
        && !dln_str_is(verdict, "edited"))
        return dln_fail(error, DLN_BADARG,
                        "a verdict is right, wrong or edited");
    dln_store__time(at, now);
    if (!note.len)
        note.data = NULL;
    const dln_str values[] = {table, row, verdict, note, by,
                              dln_str_of(at)};
    dln_store store = {.path = sqlite3_mprintf("%s%s", *path == '/' ? ""
                                                                    : "./",
                                               path)};
    if (!store.path)
        return dln_fail(error, DLN_NOMEM, "out of memory");
    int rc = dln_store__connect(&store.db, store.path,
                                SQLITE_OPEN_READWRITE);
    dln_status status = rc == SQLITE_OK
                            ? dln_store__verify(&store, error)
                            : dln_store__fail(&store, rc, error);
    if (status == DLN_OK) {
        sqlite3_busy_timeout(store.db, 2000);
        status = insert(&store, values, sizeof values / sizeof *values,
                        error);
    }
    sqlite3_close(store.db);
    sqlite3_free(store.path);
    return status;
}
