/* SPDX-License-Identifier: Apache-2.0 */
/*
 * store: the record, one SQLite file (docs/format/database.md).
 *
 * A record is read with dln_store_open and dln_query_*. It is written by one
 * build at a time, in PATH.part beside it, and PATH is replaced whole by
 * dln_store_finish: a reader never sees half a record, a crash leaves the
 * old one. What was put before a crash is found again by the next build with
 * the same `inputs`.
 *
 *     dln_store *store;
 *     dln_query *q;
 *     DLN_TRY(dln_store_open(&store, path, error));
 *     DLN_TRY(dln_query_open(store, &q, "SELECT id, summary FROM event"
 *                            " WHERE date_start >= ?", error));
 *     dln_query_bind(q, "z", "2021-01-01");
 *     while ((status = dln_query_step(q)) == DLN_OK)
 *         show(dln_query_str(q, 0), dln_query_str(q, 1));
 *     dln_query_close(q);     // status is DLN_END, or error says why
 *     dln_store_close(store);
 */
#ifndef DLN_STORE_STORE_H
#define DLN_STORE_STORE_H

#include <stdarg.h>

#include "base/json.h"
#include "doc/doc.h"

#define DLN_STORE_SCHEMA 1      /* meta.schema_version */

/* SQL: the bytes [s, e) of the text of the report `r`. */
#define DLN_SQL_QUOTE(s, e)                                             \
    "CAST(substr(CAST(r.text AS BLOB), " s " + 1, " e " - " s ") AS TEXT)"

typedef struct dln_store dln_store;
typedef struct dln_query dln_query;

/* --- reading ---------------------------------------------------------- */

/* Opens a record to read. DLN_NOINPUT: no such file; DLN_BADDATA: it is no
 * record, or of another schema version, or damaged. The file is taken as
 * hostile: its own views and triggers are never run. */
DLN_NODISCARD dln_status dln_store_open(dln_store **out, const char *path,
                                        dln_error *error);
/* A store opened for a build and not finished keeps nothing of it. */
void dln_store_close(dln_store *store);

/* A statement of SQL. `error` is kept until dln_query_close and filled by
 * whatever fails; close with dln_query_close, NULL is fine. */
DLN_NODISCARD dln_status dln_query_open(dln_store *store, dln_query **out,
                                        const char *sql, dln_error *error);
void dln_query_close(dln_query *query);

/*
 * Starts it anew with these values for its question marks, one letter each:
 *   s  dln_str, NULL when empty        z  const char *, NULL when empty
 *   i  uint32_t, NULL when DLN_NONE    n  int64_t
 *   d  double, NULL when NAN           p  dln_span: two values
 *   v  dln_interval: three values, first day, last day, precision
 *   S  dln_str, never NULL             x  NULL, no argument
 * Text must live until the next bind or close.
 */
dln_status dln_query_bind(dln_query *query, const char *format, ...);
dln_status dln_query_bind_list(dln_query *query, const char *format,
                               va_list values);
/* The same with text for every question mark; `data` NULL is NULL. */
dln_status dln_query_bind_texts(dln_query *query, const dln_str *values,
                                size_t count);
/* DLN_OK with a row, DLN_END behind the last, or what failed. */
dln_status dln_query_step(dln_query *query);
/* bind, then step to the end: for statements that give no rows. */
DLN_NODISCARD dln_status dln_query_run(dln_query *query, const char *format,
                                       ...);

/* Columns of the row, from 0. Text lives until the next step or bind, and
 * is "" for NULL; numbers are 0 / NAN / DLN_NONE for NULL. */
int dln_query_columns(const dln_query *query);
const char *dln_query_name(const dln_query *query, int column);
bool dln_query_null(const dln_query *query, int column);
dln_str dln_query_str(const dln_query *query, int column);
int64_t dln_query_int(const dln_query *query, int column);
uint32_t dln_query_index(const dln_query *query, int column);
double dln_query_double(const dln_query *query, int column);
dln_span dln_query_span(const dln_query *query, int column);
/* Three columns, as bound by `v`. */
dln_interval dln_query_interval(const dln_query *query, int column);
/* 'i' integer, 'd' double, 't' text, 'n' NULL. */
char dln_query_type(const dln_query *query, int column);

/* The row as a JSON object, and its fields into an open one. "NAME:json" is
 * a column that is JSON already; others are text, numbers or null. */
void dln_query_json_row(const dln_query *query, dln_json *json);
void dln_query_json_fields(const dln_query *query, dln_json *json);

/* --- strangers -------------------------------------------------------- */

/* From now on queries of this store that take longer than `milliseconds`
 * together fail (DLN_FAILED). 0: no limit. */
void dln_store_deadline(dln_store *store, uint32_t milliseconds);
/* Makes an open record fit for SQL that a stranger wrote: one statement at a
 * time that reads the record and does nothing else, with small limits. What
 * is refused, or is no SQL, is DLN_BADARG. There is no way back. */
void dln_store_guard(dln_store *store);
/* Memory of all records open in this process together, in bytes. */
void dln_store_memory(uint64_t bytes);

/* A person's word on a row: `verdict` is right, wrong or edited. Written
 * into the record at once; DLN_NOCREATE when it cannot be. */
DLN_NODISCARD dln_status dln_store_review(const char *path, dln_str table,
                                          dln_str row, dln_str verdict,
                                          dln_str note, dln_str by,
                                          int64_t now, dln_error *error);

/* --- checking --------------------------------------------------------- */

/* What one rule found. `row` and `problem` are "" in the summary call. */
typedef struct dln_violation {
    const char *rule;       /* "span.figure", "key.event.place_id" ... */
    dln_str row;            /* id of the row, or what names it */
    dln_str problem;
    uint64_t checked, wrong;    /* so far; final when `summary` */
    bool summary;           /* the rule is done */
} dln_violation;

typedef void dln_violation_sink(const dln_violation *violation, void *user);

/* Proves the rules of the record (docs/format/database.md, "Rules"). Calls
 * `sink` for every violation and once a rule; *wrong is their number. */
DLN_NODISCARD dln_status dln_store_check(dln_store *store,
                                         dln_violation_sink *sink,
                                         void *user, uint64_t *wrong,
                                         dln_error *error);

/* --- building --------------------------------------------------------- */

typedef struct dln_store_options {
    size_t size;            /* sizeof this struct */
    /* Names what is being built: a build that was cut off is gone on with
     * only when this is the same; "" never. */
    dln_str inputs;
    /* Names program, models and vocabularies: reports read by others are
     * read again. */
    dln_str coder;
    int64_t now;            /* Unix time, for report.ingested */
} dln_store_options;

/* Begins to build the record `path`: what it holds already is kept.
 * DLN_NOCREATE: cannot be written (or another build is at it); DLN_BADDATA:
 * there is a file, and it is no record. */
DLN_NODISCARD dln_status dln_store_begin(dln_store **out, const char *path,
                                         const dln_store_options *options,
                                         dln_error *error);

/* What identifies a report: "r" and 16 hex digits of its given id, uri and
 * raw bytes. */
typedef struct dln_report_key {
    char id[18];
    char sha256[65];        /* of the raw bytes */
    char digest[17];        /* of all that was given, metadata too */
} dln_report_key;

/* `given` are further pieces of metadata, mixed into the digest. */
void dln_report_key_of(dln_report_key *key, dln_str id, dln_str uri,
                       dln_str raw, const dln_str *given, size_t count);

/* Is this very report in the record, read by the same coder? Then it need
 * not be read again. One thread at a time, as dln_store_put. */
bool dln_store_has(dln_store *store, const dln_report_key *key, dln_str uri,
                   dln_str address);

/* Writes all layers of a report; replaces what the record had of it. One
 * thread at a time. */
DLN_NODISCARD dln_status dln_store_put(dln_store *store,
                                       const dln_report_key *key,
                                       const dln_doc *doc,
                                       dln_error *error);
/* A note on an input that became no report. */
DLN_NODISCARD dln_status dln_store_failed(dln_store *store, dln_str uri,
                                          const char *room, dln_str text,
                                          dln_error *error);
DLN_NODISCARD dln_status dln_store_meta(dln_store *store, const char *key,
                                        dln_str value, dln_error *error);
/* --- rows that travel (travel.c) ------------------------------------------ */

/* A store in memory for one report at a time: what dln_store_put writes to it
 * can be taken out as rows. `coder` and `now` of the options count. */
DLN_NODISCARD dln_status dln_store_scratch(dln_store **out,
                                           const dln_store_options *options,
                                           dln_error *error);
/* Moves its rows into `json`: a field "rows", an object of tables, each a
 * list of rows in the order of the table's columns. */
DLN_NODISCARD dln_status dln_store_take_rows(dln_store *store,
                                             dln_json *json,
                                             dln_error *error);
/* A line with such rows → the record; DLN_FAILED when it holds none. Of two
 * that are one report the smaller digest stays, whatever their order. */
DLN_NODISCARD dln_status dln_store_put_rows(dln_store *store, dln_str line,
                                            dln_error *error);
/* All reports of another record, the same way; *count of them. */
DLN_NODISCARD dln_status dln_store_put_record(dln_store *store,
                                              const char *path,
                                              uint64_t *count,
                                              dln_error *error);

/* Ends the transaction of the reports put so far. */
DLN_NODISCARD dln_status dln_store_commit(dln_store *store,
                                          dln_error *error);
/* Runs statements that give no rows, in reconciling. */
DLN_NODISCARD dln_status dln_store_exec(dln_store *store, const char *sql,
                                        dln_error *error);
/* Writes the record in its canonical order beside `path`, and puts it there.
 * The store can only be closed then. */
DLN_NODISCARD dln_status dln_store_finish(dln_store *store,
                                          dln_error *error);

#endif
