/* SPDX-License-Identifier: Apache-2.0 */
#ifndef DLN_STORE_STORE_P_H
#define DLN_STORE_STORE_P_H

#include <sqlite3.h>
#include <stdarg.h>

#include "store/store.h"

/* One table of the schema. Layer 0 is made new by every build. */
typedef struct dln_store_table {
    const char *name;
    int layer;              /* 1, 2, 3 of the contract; 4: a person's */
    const char *columns;    /* SQL between the outer parentheses */
    bool rowid;             /* else WITHOUT ROWID */
} dln_store_table;

extern const dln_store_table dln_store__tables[];
extern const size_t dln_store__table_count;
/* Indexes, those a build needs while it runs apart; and views. */
extern const char dln_store__report_indexes[];
extern const char dln_store__indexes[];
extern const char dln_store__search[];

typedef struct dln_view {
    const char *name, *sql;
} dln_view;
extern const dln_view dln_store__views[];
extern const size_t dln_store__view_count;

/* Statements of putting a report, prepared when first used. */
enum { DLN_STORE_STATEMENTS = 32 };

struct dln_store {
    sqlite3 *db;
    bool building;
    bool guarded;           /* dln_store_guard */
    int64_t deadline;       /* CLOCK_MONOTONIC, ns; 0: none */
    char *path;             /* of the record */
    char *part;             /* of the file being built */
    char *coder;            /* meta.coder of this build */
    char ingested[21];      /* "2021-01-11T10:00:00Z" */
    uint32_t uncommitted;   /* reports in the open transaction */
    sqlite3_stmt *put[DLN_STORE_STATEMENTS];
    sqlite3_stmt *has;
};

/* "2021-01-11T10:00:00Z" */
void dln_store__time(char out[21], int64_t seconds);
/* Fills the tables that the explorer reads by day. */
dln_status dln_store__lanes(dln_store *store, dln_error *error);
/* sqlite result → status and words. */
dln_status dln_store__fail(dln_store *store, int rc, dln_error *error);
/* Opens `path` hardened; *out needs closing even when this fails. */
int dln_store__connect(sqlite3 **out, const char *path, int flags);
/* Tables of the schema in database `name` ("main"). */
dln_status dln_store__create(dln_store *store, const char *name,
                             dln_error *error);
/* Names of a table's columns, comma between, without report.n. Free with
 * sqlite3_free. */
char *dln_store__columns(sqlite3 *db, const char *table);
dln_status dln_store__verify(dln_store *store, dln_error *error);
/* Binds as dln_query_bind does. */
int dln_store__bind(sqlite3_stmt *statement, const char *format,
                    va_list args);

#endif
