/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A report's rows as JSON and back, so that reports can be read on one
 * machine and recorded on another.
 *
 * The mapper puts a report into a store in memory and takes out what is
 * there, table by table in the order of their keys; the reducer inserts it.
 * Both go by the schema, so a new column needs nothing here. Two tellings of
 * one report are told by their ids and digests: the smaller digest stays, of
 * equal ones either, which makes merging associative and commutative. Places
 * are shared by reports: the smallest row stays (put.c does the same).
 */
#include <assert.h>
#include <jansson.h>
#include <stdlib.h>

#include "base/buf.h"
#include "store/store_p.h"

/* How rows of a table are put where some are already. */
static const char *conflict_of(const char *table)
{
    if (!strcmp(table, "place"))
        return "INSERT INTO main.place (id,name,kind,country,lat,lon,"
               "precision,geonameid) VALUES (?1,?2,?3,?4,?5,?6,?7,?8)"
               DLN_PLACE_CONFLICT;
    return NULL;
}

static bool travels(const dln_store_table *t)
{
    return t->layer == 1 || t->layer == 2;
}

/* ---- out ---- */

dln_status dln_store_scratch(dln_store **out,
                             const dln_store_options *options,
                             dln_error *error)
{
    dln_store *store = calloc(1, sizeof *store);
    *out = store;
    if (!store)
        return dln_fail(error, DLN_NOMEM, "out of memory");
    store->path = sqlite3_mprintf(":memory:");
    store->coder = sqlite3_mprintf("%.*s", DLN_ARG(options->coder));
    dln_store__time(store->ingested, options->now);
    int rc = dln_store__connect(&store->db, ":memory:",
                                SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE);
    dln_status status = rc == SQLITE_OK && store->path && store->coder
                            ? dln_store__create(store, "main", error)
                            : dln_fail(error, DLN_NOMEM, "out of memory");
    if (status == DLN_OK)
        status = dln_store_exec(store, "PRAGMA journal_mode=OFF", error);
    if (status == DLN_OK)
        status = dln_store_exec(store, dln_store__report_indexes, error);
    if (status == DLN_OK)
        status = dln_store__helpers(store, error);
    if (status != DLN_OK) {
        dln_store_close(store);
        *out = NULL;
    }
    return status;
}

static void write_value(const dln_query *q, int column, dln_json *json)
{
    switch (dln_query_type(q, column)) {
    case 'i': dln_json_int(json, dln_query_int(q, column)); break;
    case 'd': dln_json_num(json, dln_query_double(q, column)); break;
    case 't': dln_json_str(json, dln_query_str(q, column)); break;
    default: dln_json_null(json); break;
    }
}

/* All rows of a table as a field of the object, if there are any. */
static dln_status write_table(dln_store *store, const dln_store_table *t,
                              dln_json *json, dln_error *error)
{
    dln_query *q = NULL;
    char *columns = dln_store__columns(store->db, t->name);
    char *sql = columns ? sqlite3_mprintf(
        "SELECT %s FROM main.\"%w\"%s", columns, t->name,
        t->rowid ? " ORDER BY id" : "") : NULL;
    dln_status status = sql ? dln_query_open(store, &q, sql, error)
                            : dln_fail(error, DLN_NOMEM, "out of memory");
    bool any = false;
    while (status == DLN_OK && (status = dln_query_step(q)) == DLN_OK) {
        if (!any) {
            dln_json_key(json, t->name);
            dln_json_array(json);
        }
        any = true;
        dln_json_array(json);
        for (int c = 0; c < dln_query_columns(q); c++)
            write_value(q, c, json);
        dln_json_close(json);
    }
    if (any)
        dln_json_close(json);
    dln_query_close(q);
    sqlite3_free(sql);
    sqlite3_free(columns);
    return status == DLN_END ? DLN_OK : status;
}

dln_status dln_store_take_rows(dln_store *store, dln_json *json,
                               dln_error *error)
{
    DLN_TRY(dln_store_commit(store, error));
    dln_json_key(json, "rows");
    dln_json_object(json);
    for (size_t i = 0; i < dln_store__table_count; i++)
        if (travels(&dln_store__tables[i]))
            DLN_TRY(write_table(store, &dln_store__tables[i], json, error));
    dln_json_close(json);
    for (size_t i = 0; i < dln_store__table_count; i++)
        if (travels(&dln_store__tables[i]))
            DLN_TRY(dln_store__execf(store, error, "DELETE FROM \"%w\"",
                                     dln_store__tables[i].name));
    return dln_store_exec(store, "DELETE FROM put_now", error);
}

/* ---- in ---- */

static void bind_value(sqlite3_stmt *row, int n, const json_t *value)
{
    if (json_is_integer(value))
        sqlite3_bind_int64(row, n, json_integer_value(value));
    else if (json_is_real(value))
        sqlite3_bind_double(row, n, json_real_value(value));
    else if (json_is_string(value))
        sqlite3_bind_text(row, n, json_string_value(value),
                          (int)json_string_length(value), SQLITE_STATIC);
    else
        sqlite3_bind_null(row, n);
}

/* "?,?,?" for the columns of a table. */
static char *marks_of(const char *columns)
{
    size_t count = 1;
    for (const char *c = columns; *c; c++)
        count += *c == ',';
    char *marks = sqlite3_malloc64(2 * count);
    for (size_t i = 0; marks && i < count; i++) {
        marks[2 * i] = '?';
        marks[2 * i + 1] = i + 1 < count ? ',' : '\0';
    }
    return marks;
}

/* The statement that puts a row of table `i`, kept for the next one. */
static sqlite3_stmt *insert_of(dln_store *store, size_t i)
{
    const dln_store_table *t = &dln_store__tables[i];
    if (store->row_of[i])
        return store->row_of[i];
    char *columns = dln_store__columns(store->db, t->name);
    char *marks = columns ? marks_of(columns) : NULL;
    const char *special = conflict_of(t->name);
    bool shared = !strcmp(t->name, "place_name") || !strcmp(t->name, "note");
    char *sql = !marks ? NULL
                : special ? sqlite3_mprintf("%s", special)
                          : sqlite3_mprintf(
                                "INSERT %sINTO main.\"%w\" (%s) VALUES (%s)",
                                shared ? "OR IGNORE " : "", t->name, columns,
                                marks);
    if (sql)
        sqlite3_prepare_v3(store->db, sql, -1, SQLITE_PREPARE_PERSISTENT,
                           &store->row_of[i], NULL);
    sqlite3_free(sql);
    sqlite3_free(marks);
    sqlite3_free(columns);
    return store->row_of[i];
}

static dln_status put_table(dln_store *store, size_t i, const json_t *rows,
                            dln_error *error)
{
    sqlite3_stmt *row = insert_of(store, i);
    if (!row)
        return dln_store__fail(store, SQLITE_ERROR, error);
    int columns = sqlite3_bind_parameter_count(row);
    for (size_t r = 0; r < json_array_size(rows); r++) {
        const json_t *values = json_array_get(rows, r);
        if (json_array_size(values) != (size_t)columns)
            return dln_fail(error, DLN_FAILED, "a row of %s has not %d "
                            "columns", dln_store__tables[i].name, columns);
        for (int c = 0; c < columns; c++)
            bind_value(row, c + 1, json_array_get(values, (size_t)c));
        int rc = sqlite3_step(row);
        sqlite3_reset(row);
        sqlite3_clear_bindings(row);
        if (rc == SQLITE_CONSTRAINT)
            return dln_fail(error, DLN_FAILED, "a row of %s is not as it "
                            "must be", dln_store__tables[i].name);
        if (rc != SQLITE_DONE)
            return dln_store__fail(store, rc, error);
    }
    return DLN_OK;
}

/* The number of a column of `report`, in the order rows have. */
static size_t report_column(dln_store *store, const char *name)
{
    char *columns = dln_store__columns(store->db, "report");
    char *quoted = sqlite3_mprintf("\"%w\"", name);
    char *at = columns && quoted ? strstr(columns, quoted) : NULL;
    size_t n = 0;
    for (char *c = columns; at && c < at; c++)
        n += *c == ',';
    sqlite3_free(quoted);
    sqlite3_free(columns);
    return n;
}

/* What the record has of this report: true to put the new telling. */
static dln_status make_room(dln_store *store, dln_str id, dln_str digest,
                            bool *put, dln_error *error)
{
    dln_query *q;
    DLN_TRY(dln_query_open(store, &q, "SELECT digest FROM report "
                           "WHERE id = ?", error));
    dln_query_bind(q, "s", id);
    dln_status status = dln_query_step(q);
    int order = status == DLN_OK ? dln_str_cmp(dln_query_str(q, 0), digest)
                                 : 1;
    bool exists = status == DLN_OK;
    dln_query_close(q);
    if (status != DLN_OK && status != DLN_END)
        return status;
    *put = order > 0;
    return exists && *put ? dln_store__drop(store, id, error) : DLN_OK;
}

/* Of two equal tellings the smaller address and the earlier hour stay. */
static dln_status settle(dln_store *store, dln_str id, dln_str digest,
                         dln_str address, dln_str ingested,
                         dln_error *error)
{
    dln_query *q;
    DLN_TRY(dln_query_open(
        store, &q, "UPDATE report SET "
        "address = min(coalesce(address, ?3), coalesce(?3, address)), "
        "ingested = min(coalesce(ingested, ?4), coalesce(?4, ingested)) "
        "WHERE id = ?1 AND digest = ?2", error));
    dln_status status = dln_query_run(q, "ssss", id, digest, address,
                                      ingested);
    dln_query_close(q);
    return status;
}

static dln_str text_at(const json_t *row, size_t n)
{
    const json_t *value = json_array_get(row, n);
    return json_is_string(value) ? (dln_str){json_string_value(value),
                                             json_string_length(value)}
                                 : (dln_str){"", 0};
}

static dln_status put_object(dln_store *store, const json_t *rows,
                             dln_error *error)
{
    const json_t *reports = json_object_get(rows, "report");
    const json_t *report = json_array_get(reports, 0);
    dln_str id = text_at(report, report_column(store, "id"));
    dln_str digest = text_at(report, report_column(store, "digest"));
    bool put = false;
    if (json_array_size(reports) != 1 || id.len != 17 || !digest.len)
        return dln_fail(error, DLN_FAILED, "no rows of a report");
    DLN_TRY(make_room(store, id, digest, &put, error));
    if (!put)
        return settle(store, id, digest,
                      text_at(report, report_column(store, "address")),
                      text_at(report, report_column(store, "ingested")),
                      error);
    for (size_t i = 0; i < dln_store__table_count; i++)
        if (travels(&dln_store__tables[i]))
            DLN_TRY(put_table(store, i, json_object_get(
                                  rows, dln_store__tables[i].name), error));
    return DLN_OK;
}

dln_status dln_store_put_rows(dln_store *store, dln_str line,
                              dln_error *error)
{
    json_error_t problem;
    json_t *object = json_loadb(line.data ? line.data : "", line.len, 0,
                                &problem);
    const json_t *rows = json_object_get(object, "rows");
    const char *failed = json_string_value(json_object_get(object, "error"));
    const char *uri = json_string_value(json_object_get(object, "uri"));
    const char *room = json_string_value(json_object_get(object, "room"));
    dln_status status = DLN_OK;
    if (!json_is_object(object))
        status = dln_fail(error, DLN_FAILED, "not a JSON object");
    else if (!rows && failed && room)
        status = dln_store_failed(store, dln_str_of(uri), room,
                                  dln_str_of(failed), error);
    else if (!json_is_object(rows))
        status = dln_fail(error, DLN_FAILED, "no line of `dateline code`");
    else if ((status = dln_store__batch(store, error)) == DLN_OK
             && (status = dln_store_exec(store, "SAVEPOINT line", error))
                    == DLN_OK) {
        status = put_object(store, rows, error);
        dln_error ignored;
        if (status != DLN_OK)
            sqlite3_exec(store->db, "ROLLBACK TO line", NULL, NULL, NULL);
        dln_status released = dln_store_exec(store, "RELEASE line",
                                             &ignored);
        status = status == DLN_OK ? released : status;
    }
    json_decref(object);
    return status;
}

/* ---- another record ---- */

/* Rows of one report, as a condition on a table's rows in `src`. */
static const char *of_report(const char *table)
{
    static const char *const through[][2] = {
        {"report", "id = ?1"},
        {"statement_content", "statement_id IN (SELECT id FROM "
                              "src.statement WHERE report_id = ?1)"},
        {"statement_speaker", "statement_id IN (SELECT id FROM "
                              "src.statement WHERE report_id = ?1)"},
        {"statement_issue", "statement_id IN (SELECT id FROM "
                            "src.statement WHERE report_id = ?1)"},
        {"report_agreement_party",
         "mention_id IN (SELECT id FROM src.report_agreement "
         "WHERE report_id = ?1)"},
        {"report_obligation_debtor",
         "mention_id IN (SELECT id FROM src.report_obligation "
         "WHERE report_id = ?1)"},
        {"report_mandate_member",
         "mention_id IN (SELECT id FROM src.report_mandate "
         "WHERE report_id = ?1)"},
        {"event_mention_party", "mention_id IN (SELECT id FROM "
                                "src.event_mention WHERE report_id = ?1)"},
        {"event_mention_context", "mention_id IN (SELECT id FROM "
                                  "src.event_mention WHERE report_id = ?1)"},
    };
    for (size_t i = 0; i < sizeof through / sizeof *through; i++)
        if (!strcmp(table, through[i][0]))
            return through[i][1];
    return "report_id = ?1";
}

static bool is_shared(const char *table)
{
    return !strcmp(table, "place") || !strcmp(table, "place_name");
}

static dln_status copy_report(dln_store *store, dln_str id,
                              dln_error *error)
{
    for (size_t i = 0; i < dln_store__table_count; i++) {
        const dln_store_table *t = &dln_store__tables[i];
        if (!travels(t) || is_shared(t->name))
            continue;
        dln_query *q = NULL;
        char *columns = dln_store__columns(store->db, t->name);
        char *sql = columns ? sqlite3_mprintf(
            "INSERT OR IGNORE INTO main.\"%w\" (%s) SELECT %s FROM "
            "src.\"%w\" WHERE %s", t->name, columns, columns, t->name,
            of_report(t->name)) : NULL;
        dln_status status = sql ? dln_query_open(store, &q, sql, error)
                                : dln_fail(error, DLN_NOMEM,
                                           "out of memory");
        if (status == DLN_OK)
            status = dln_query_run(q, "s", id);
        dln_query_close(q);
        sqlite3_free(sql);
        sqlite3_free(columns);
        DLN_TRY(status);
    }
    return DLN_OK;
}

/* What is not of one report: places, failed inputs, reviews. */
static dln_status copy_shared(dln_store *store, dln_error *error)
{
    return dln_store_exec(
        store,
        "INSERT INTO main.place (id,name,kind,country,lat,lon,precision,"
        "geonameid) SELECT id,name,kind,country,lat,lon,precision,geonameid "
        "FROM src.place WHERE true" DLN_PLACE_CONFLICT ";"
        "INSERT OR IGNORE INTO main.place_name SELECT * FROM src.place_name;"
        "INSERT OR IGNORE INTO main.note SELECT * FROM src.note "
        "WHERE report_id IS NULL;"
        "INSERT OR IGNORE INTO main.review SELECT * FROM src.review", error);
}

static dln_status copy_all(dln_store *store, uint64_t *count,
                           dln_error *error)
{
    dln_query *q;
    dln_status status;
    DLN_TRY(dln_query_open(store, &q, "SELECT id, digest, address, ingested "
                           "FROM src.report ORDER BY id", error));
    while ((status = dln_query_step(q)) == DLN_OK) {
        bool put = false;
        dln_str id = dln_query_str(q, 0), digest = dln_query_str(q, 1);
        ++*count;
        status = make_room(store, id, digest, &put, error);
        if (status == DLN_OK)
            status = put ? copy_report(store, id, error)
                         : settle(store, id, digest, dln_query_str(q, 2),
                                  dln_query_str(q, 3), error);
        if (status != DLN_OK)
            break;
    }
    dln_query_close(q);
    return status == DLN_END ? copy_shared(store, error) : status;
}

dln_status dln_store_put_record(dln_store *store, const char *path,
                                uint64_t *count, dln_error *error)
{
    dln_store *other;
    DLN_TRY(dln_store_open(&other, path, error));   /* is it one? */
    dln_store_close(other);
    DLN_TRY(dln_store_commit(store, error));
    DLN_TRY(dln_store__execf(store, error, "ATTACH %Q AS src", path));
    dln_status status = dln_store_exec(store, "BEGIN", error);
    if (status == DLN_OK)
        status = copy_all(store, count, error);
    dln_error ignored;
    if (status == DLN_OK)
        status = dln_store_exec(store, "COMMIT", error);
    else
        sqlite3_exec(store->db, "ROLLBACK", NULL, NULL, NULL);
    dln_status detached = dln_store_exec(store, "DETACH src", &ignored);
    return status == DLN_OK ? detached : status;
}
