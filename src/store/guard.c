/* SPDX-License-Identifier: Apache-2.0 */
/* A record in the hands of strangers: time, memory, and what their SQL may
 * do (SQLite's progress handler, limits and authorizer). */
#define _GNU_SOURCE
#include <time.h>

#include "store/store_p.h"

enum { STEPS = 2000 };      /* of SQLite's machine between two looks */

static int64_t now_ns(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000000000 + t.tv_nsec;
}

static int is_late(void *user)
{
    const dln_store *store = user;
    return store->deadline && now_ns() > store->deadline;
}

void dln_store_deadline(dln_store *store, uint32_t milliseconds)
{
    store->deadline = milliseconds
                          ? now_ns() + (int64_t)milliseconds * 1000000 : 0;
    sqlite3_progress_handler(store->db, milliseconds ? STEPS : 0, is_late,
                             store);
}

void dln_store_memory(uint64_t bytes)
{
    sqlite3_hard_heap_limit64((sqlite3_int64)bytes);
}

static bool is_one_of(const char *word, const char *const *list, size_t n)
{
    for (size_t i = 0; word && i < n; i++)
        if (!sqlite3_stricmp(word, list[i]))
            return true;
    return false;
}

static int authorize(void *user, int action, const char *first,
                     const char *second, const char *database,
                     const char *view)
{
    /* Full-text search asks for the version of the data. */
    static const char *const pragmas[] = {"table_info", "table_list",
                                          "table_xinfo", "index_list",
                                          "data_version"};
    static const char *const functions[] = {"load_extension",
                                            "fts3_tokenizer", "fts5",
                                            "sqlite_log"};
    (void)user, (void)database, (void)view;
    switch (action) {
    case SQLITE_SELECT:
    case SQLITE_READ:
    case SQLITE_RECURSIVE:
        return SQLITE_OK;
    case SQLITE_FUNCTION:
        return is_one_of(second, functions,
                         sizeof functions / sizeof *functions)
                   ? SQLITE_DENY : SQLITE_OK;
    case SQLITE_PRAGMA:
        return is_one_of(first, pragmas, sizeof pragmas / sizeof *pragmas)
                   ? SQLITE_OK : SQLITE_DENY;
    default:
        return SQLITE_DENY;
    }
}

void dln_store_guard(dln_store *store)
{
    static const struct {
        int what, most;
    } limits[] = {
        {SQLITE_LIMIT_LENGTH, 32 << 20},
        {SQLITE_LIMIT_SQL_LENGTH, 64 << 10},
        {SQLITE_LIMIT_COLUMN, 256},
        {SQLITE_LIMIT_EXPR_DEPTH, 100},
        {SQLITE_LIMIT_COMPOUND_SELECT, 50},
        {SQLITE_LIMIT_VDBE_OP, 200000},
        {SQLITE_LIMIT_FUNCTION_ARG, 64},
        {SQLITE_LIMIT_LIKE_PATTERN_LENGTH, 100},
        {SQLITE_LIMIT_ATTACHED, 0},
    };
    for (size_t i = 0; i < sizeof limits / sizeof *limits; i++)
        sqlite3_limit(store->db, limits[i].what, limits[i].most);
    sqlite3_exec(store->db, "PRAGMA query_only=ON", NULL, NULL, NULL);
    sqlite3_set_authorizer(store->db, authorize, NULL);
    store->guarded = true;
}
