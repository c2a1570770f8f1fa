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
enum { DLN_STORE_STATEMENTS = 48 };

/* Behind an INSERT INTO place: of two that know it differently the smallest
 * row, whatever the order they come in. */
#define DLN_PLACE_CONFLICT \
    " ON CONFLICT DO UPDATE SET name = excluded.name, " \
    "kind = excluded.kind, country = excluded.country, " \
    "lat = excluded.lat, lon = excluded.lon, " \
    "precision = excluded.precision, geonameid = excluded.geonameid " \
    "WHERE (excluded.name, coalesce(excluded.kind,''), " \
    "coalesce(excluded.country,''), coalesce(excluded.lat,999), " \
    "coalesce(excluded.lon,999), coalesce(excluded.precision,''), " \
    "coalesce(excluded.geonameid,0)) < (place.name, " \
    "coalesce(place.kind,''), coalesce(place.country,''), " \
    "coalesce(place.lat,999), coalesce(place.lon,999), " \
    "coalesce(place.precision,''), coalesce(place.geonameid,0))"

/* Statements that put rows as they are, one a table. */
enum { DLN_STORE_TABLES = 64 };

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
    sqlite3_stmt *row_of[DLN_STORE_TABLES];
    sqlite3_stmt *has;
};

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
/* Begins a transaction unless one is open; commits it now and then. */
dln_status dln_store__batch(dln_store *store, dln_error *error);
/* All rows of layers 1 and 2 of a report. */
dln_status dln_store__drop(dln_store *store, dln_str id, dln_error *error);
/* The tables a build works with beside the schema's. */
dln_status dln_store__helpers(dln_store *store, dln_error *error);
/* printf with SQLite's %Q and %w, then exec. */
dln_status dln_store__execf(dln_store *store, dln_error *error,
                            const char *format, ...);
dln_status dln_store__verify(dln_store *store, dln_error *error);
/* Binds as dln_query_bind does. */
int dln_store__bind(sqlite3_stmt *statement, const char *format,
                    va_list args);

#endif
