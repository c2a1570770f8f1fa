/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A record as a file: opened to read, or built beside its place and put
 * there whole.
 *
 * A build works in PATH.part (write-ahead log, one transaction a batch), so
 * that what a crash cuts off is found by the next build. At the end every
 * table is copied in the order of its keys into a new file, indexes and
 * full-text search are made there, the file is synced and renamed: its bytes
 * follow from the content alone.
 *
 * A record may come from anybody. It is opened with SQLite's defences on
 * (trusted_schema off, defensive, limits), checked for the tables and
 * columns of the schema, and the views used are the program's own, made in
 * the connection's temporary schema.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "store/store_p.h"

#define execf dln_store__execf
#define APPLICATION_ID 0x444C4E31   /* "DLN1" */
#define CACHE_KB "65536"            /* of a build, however large */

dln_status dln_store__fail(dln_store *store, int rc, dln_error *error)
{
    const char *words = store && store->db ? sqlite3_errmsg(store->db)
                                           : sqlite3_errstr(rc);
    dln_status status = DLN_BADDATA;
    switch (rc & 0xFF) {
    case SQLITE_NOMEM:
        status = DLN_NOMEM;
        break;
    case SQLITE_FULL:
    case SQLITE_IOERR:
        status = DLN_IO;
        break;
    case SQLITE_READONLY:
    case SQLITE_CANTOPEN:
    case SQLITE_PERM:
        status = DLN_NOCREATE;
        break;
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        status = DLN_NOCREATE;
        words = "another build is writing it";
        break;
    case SQLITE_INTERRUPT:
        return dln_fail(error, DLN_FAILED, "it takes too long");
    default:
        break;
    }
    if (store && store->guarded)
        return dln_fail(error, status == DLN_BADDATA ? DLN_BADARG : status,
                        "%s", words);
    return dln_fail(error, status, "%s: %s",
                    store && store->path ? store->path : "record", words);
}

int dln_store__connect(sqlite3 **out, const char *path, int flags)
{
    int rc = sqlite3_open_v2(path, out, flags | SQLITE_OPEN_FULLMUTEX, NULL);
    if (rc != SQLITE_OK)
        return rc;
    sqlite3_db_config(*out, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
    sqlite3_db_config(*out, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
    sqlite3_db_config(*out, SQLITE_DBCONFIG_ENABLE_TRIGGER, 0, NULL);
    sqlite3_db_config(*out, SQLITE_DBCONFIG_DQS_DML, 0, NULL);
    sqlite3_db_config(*out, SQLITE_DBCONFIG_DQS_DDL, 0, NULL);
    sqlite3_limit(*out, SQLITE_LIMIT_LENGTH, 256 << 20);
    sqlite3_limit(*out, SQLITE_LIMIT_ATTACHED, 2);
    return sqlite3_exec(*out, "PRAGMA cell_size_check=ON", NULL, NULL,
                        NULL);
}

dln_status dln_store_exec(dln_store *store, const char *sql,
                          dln_error *error)
{
    int rc = sqlite3_exec(store->db, sql, NULL, NULL, NULL);
    return rc == SQLITE_OK ? DLN_OK : dln_store__fail(store, rc, error);
}

dln_status dln_store__execf(dln_store *store, dln_error *error,
                            const char *format, ...)
{
    va_list args;
    va_start(args, format);
    char *sql = sqlite3_vmprintf(format, args);
    va_end(args);
    if (!sql)
        return dln_fail(error, DLN_NOMEM, "out of memory");
    dln_status status = dln_store_exec(store, sql, error);
    sqlite3_free(sql);
    return status;
}

dln_status dln_store__create(dln_store *store, const char *name,
                             dln_error *error)
{
    for (size_t i = 0; i < dln_store__table_count; i++) {
        const dln_store_table *t = &dln_store__tables[i];
        DLN_TRY(execf(store, error, "CREATE TABLE \"%w\".\"%w\" (%s)%s",
                      name, t->name, t->columns,
                      t->rowid ? "" : " WITHOUT ROWID"));
    }
    return DLN_OK;
}

char *dln_store__columns(sqlite3 *db, const char *table)
{
    sqlite3_stmt *rows;
    char *out = NULL;
    bool report = !strcmp(table, "report");
    if (sqlite3_prepare_v2(db, "SELECT name FROM pragma_table_info(?,"
                           " 'main') ORDER BY cid", -1, &rows, NULL))
        return NULL;
    sqlite3_bind_text(rows, 1, table, -1, SQLITE_STATIC);
    while (sqlite3_step(rows) == SQLITE_ROW) {
        const char *name = (const char *)sqlite3_column_text(rows, 0);
        if (!name || (report && !strcmp(name, "n")))
            continue;
        char *more = out ? sqlite3_mprintf("%s,\"%w\"", out, name)
                         : sqlite3_mprintf("\"%w\"", name);
        sqlite3_free(out);
        out = more;
    }
    sqlite3_finalize(rows);
    return out;
}

/* Is every column of our table in the file's? */
static dln_status verify_table(dln_store *store, sqlite3 *model,
                               const char *table, dln_error *error)
{
    char *columns = dln_store__columns(model, table);
    sqlite3_stmt *row = NULL;
    char *sql = columns ? sqlite3_mprintf("SELECT %s FROM main.\"%w\" LIMIT 0",
                                          columns, table) : NULL;
    int rc = sql ? sqlite3_prepare_v2(store->db, sql, -1, &row, NULL)
                 : SQLITE_NOMEM;
    sqlite3_finalize(row);
    sqlite3_free(sql);
    sqlite3_free(columns);
    if (rc != SQLITE_OK)
        return dln_store__fail(store, rc, error);
    rc = sqlite3_prepare_v2(store->db, "SELECT type FROM main.sqlite_schema"
                            " WHERE name = ?", -1, &row, NULL);
    if (rc != SQLITE_OK)
        return dln_store__fail(store, rc, error);
    sqlite3_bind_text(row, 1, table, -1, SQLITE_STATIC);
    rc = sqlite3_step(row);
    const char *type = rc == SQLITE_ROW
                           ? (const char *)sqlite3_column_text(row, 0) : "";
    bool fine = type && !strcmp(type, "table");
    sqlite3_finalize(row);
    return fine ? DLN_OK
                : dln_fail(error, DLN_BADDATA, "%s: %s is no table",
                           store->path, table);
}

static int number_of(sqlite3 *db, const char *sql, int64_t *out)
{
    sqlite3_stmt *row;
    int rc = sqlite3_prepare_v2(db, sql, -1, &row, NULL);
    if (rc != SQLITE_OK)
        return rc;
    rc = sqlite3_step(row);
    if (rc == SQLITE_ROW)
        *out = sqlite3_column_int64(row, 0);
    sqlite3_finalize(row);
    return rc == SQLITE_ROW ? SQLITE_OK : rc;
}

dln_status dln_store__verify(dln_store *store, dln_error *error)
{
    int64_t application = 0, version = 0;
    int rc = number_of(store->db, "PRAGMA main.application_id",
                       &application);
    if (rc == SQLITE_OK)
        rc = number_of(store->db, "PRAGMA main.user_version", &version);
    if (rc != SQLITE_OK && (rc & 0xFF) != SQLITE_NOTADB)
        return dln_store__fail(store, rc, error);
    if (rc != SQLITE_OK || application != APPLICATION_ID)
        return dln_fail(error, DLN_BADDATA, "%s is no Dateline record",
                        store->path);
    if (version != DLN_STORE_SCHEMA)
        return dln_fail(error, DLN_BADDATA, "%s has schema version %lld, "
                        "this program reads %d", store->path,
                        (long long)version, DLN_STORE_SCHEMA);
    dln_store model = {.path = store->path};
    rc = dln_store__connect(&model.db, ":memory:",
                            SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE);
    dln_status status = rc == SQLITE_OK
                            ? dln_store__create(&model, "main", error)
                            : dln_store__fail(&model, rc, error);
    for (size_t i = 0; status == DLN_OK && i < dln_store__table_count; i++)
        status = verify_table(store, model.db, dln_store__tables[i].name,
                              error);
    sqlite3_close(model.db);
    return status;
}

static dln_store *new_store(const char *path)
{
    dln_store *store = calloc(1, sizeof *store);
    /* A path that begins with "file:" or is ":memory:" stays a path. */
    if (store)
        store->path = sqlite3_mprintf("%s%s", *path == '/' ? "" : "./",
                                      path);
    if (store && !store->path) {
        free(store);
        store = NULL;
    }
    return store;
}

dln_status dln_store_open(dln_store **out, const char *path,
                          dln_error *error)
{
    struct stat info;
    *out = NULL;
    dln_store *store = new_store(path);
    if (!store)
        return dln_fail(error, DLN_NOMEM, "out of memory");
    dln_status status = DLN_OK;
    if (stat(store->path, &info))
        status = dln_fail(error, DLN_NOINPUT, "cannot open %s: %s", path,
                          strerror(errno));
    else if (!S_ISREG(info.st_mode))
        status = dln_fail(error, DLN_BADDATA, "%s is no Dateline record",
                          path);
    int rc = SQLITE_OK;
    if (status == DLN_OK)
        rc = dln_store__connect(&store->db, store->path,
                                SQLITE_OPEN_READONLY);
    if (rc != SQLITE_OK)
        status = dln_fail(error, rc == SQLITE_CANTOPEN ? DLN_NOINPUT
                                                       : DLN_BADDATA,
                          "cannot open %s: %s", path, sqlite3_errstr(rc));
    if (status == DLN_OK)
        status = dln_store__verify(store, error);
    if (status == DLN_OK)
        status = dln_store_exec(store, "PRAGMA temp_store=MEMORY", error);
    for (size_t i = 0; status == DLN_OK && i < dln_store__view_count; i++)
        status = execf(store, error, "CREATE TEMP VIEW \"%w\" AS %s",
                       dln_store__views[i].name, dln_store__views[i].sql);
    if (status != DLN_OK) {
        dln_store_close(store);
        return status;
    }
    *out = store;
    return DLN_OK;
}

static void unlink_part(const char *part)
{
    static const char *const ends[] = {"", "-wal", "-shm", "-journal"};
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
        char *name = sqlite3_mprintf("%s%s", part, ends[i]);
        if (name)
            unlink(name);
        sqlite3_free(name);
    }
}

void dln_store_close(dln_store *store)
{
    if (!store)
        return;
    for (int i = 0; i < DLN_STORE_STATEMENTS; i++)
        sqlite3_finalize(store->put[i]);
    for (int i = 0; i < DLN_STORE_TABLES; i++)
        sqlite3_finalize(store->row_of[i]);
    sqlite3_finalize(store->has);
    sqlite3_close(store->db);
    if (store->building && store->part)
        unlink_part(store->part);
    sqlite3_free(store->part);
    sqlite3_free(store->path);
    sqlite3_free(store->coder);
    free(store);
}

void dln_store__time(char out[21], int64_t seconds)
{
    time_t t = (time_t)seconds;
    struct tm parts;
    if (!gmtime_r(&t, &parts)
        || !strftime(out, 21, "%Y-%m-%dT%H:%M:%SZ", &parts))
        out[0] = '\0';
}

/* Rows of layers 1 and 2 and the reviews of the record as it was. */
static dln_status import(dln_store *store, dln_error *error)
{
    DLN_TRY(execf(store, error, "ATTACH %Q AS old", store->path));
    DLN_TRY(dln_store_exec(store, "BEGIN", error));
    for (size_t i = 0; i < dln_store__table_count; i++) {
        const dln_store_table *t = &dln_store__tables[i];
        if (t->layer == 0 || t->layer == 3)
            continue;
        char *columns = dln_store__columns(store->db, t->name);
        dln_status status = columns
            ? execf(store, error, "INSERT INTO main.\"%w\" (%s) "
                    "SELECT %s FROM old.\"%w\"", t->name, columns, columns,
                    t->name)
            : dln_fail(error, DLN_NOMEM, "out of memory");
        sqlite3_free(columns);
        DLN_TRY(status);
    }
    DLN_TRY(dln_store_exec(store, "COMMIT", error));
    return dln_store_exec(store, "DETACH old", error);
}

/* Does the file hold the beginning of this very build? */
static bool resumes(dln_store *store, dln_str inputs)
{
    sqlite3_stmt *row = NULL;
    bool same = false;
    if (!inputs.len || dln_store__verify(store, NULL) != DLN_OK)
        return false;
    if (sqlite3_prepare_v2(store->db, "SELECT value FROM main.meta "
                           "WHERE key = 'building'", -1, &row, NULL)
        == SQLITE_OK && sqlite3_step(row) == SQLITE_ROW) {
        const char *text = (const char *)sqlite3_column_text(row, 0);
        same = text && dln_str_is(inputs, text);
    }
    sqlite3_finalize(row);
    return same;
}

static int open_part(dln_store *store)
{
    int rc = dln_store__connect(&store->db, store->part,
                                SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE);
    if (rc == SQLITE_OK)
        rc = sqlite3_exec(store->db, "PRAGMA locking_mode=EXCLUSIVE; "
                          "BEGIN EXCLUSIVE; COMMIT", NULL, NULL, NULL);
    if ((rc & 0xFF) == SQLITE_NOTADB || (rc & 0xFF) == SQLITE_CORRUPT) {
        /* Somebody's file, or the wreck of one: ours by its name. */
        sqlite3_close(store->db);
        store->db = NULL;
        unlink_part(store->part);
        rc = dln_store__connect(&store->db, store->part,
                                SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE);
        if (rc == SQLITE_OK)
            rc = sqlite3_exec(store->db, "PRAGMA locking_mode=EXCLUSIVE; "
                              "BEGIN EXCLUSIVE; COMMIT", NULL, NULL, NULL);
    }
    return rc;
}

/* A fresh working file, with what the record holds already. */
static dln_status start_part(dln_store *store, dln_str inputs, bool exists,
                             dln_error *error)
{
    sqlite3_db_config(store->db, SQLITE_DBCONFIG_RESET_DATABASE, 1, NULL);
    dln_status status = dln_store_exec(store, "VACUUM", error);
    sqlite3_db_config(store->db, SQLITE_DBCONFIG_RESET_DATABASE, 0, NULL);
    DLN_TRY(status);
    DLN_TRY(dln_store_exec(store, "PRAGMA journal_mode=WAL; "
                           "PRAGMA synchronous=NORMAL; "
                           "PRAGMA cache_size=-32768", error));
    DLN_TRY(execf(store, error, "PRAGMA application_id=%d; "
                  "PRAGMA user_version=%d", APPLICATION_ID,
                  DLN_STORE_SCHEMA));
    DLN_TRY(dln_store__create(store, "main", error));
    DLN_TRY(dln_store_exec(store, dln_store__report_indexes, error));
    if (exists)
        DLN_TRY(import(store, error));
    return dln_store_meta(store, "building", inputs, error);
}

dln_status dln_store__helpers(dln_store *store, dln_error *error)
{
    /* What was put by this build, a cut one gone on with too. */
    return dln_store_exec(
        store, "CREATE TABLE IF NOT EXISTS main.put_now (id TEXT PRIMARY "
        "KEY) WITHOUT ROWID; "
        "CREATE TEMP TABLE failed_before (id TEXT PRIMARY KEY, uri TEXT) "
        "WITHOUT ROWID; "
        "INSERT INTO failed_before SELECT id, uri FROM note "
        "WHERE report_id IS NULL; "
        "CREATE INDEX temp.failed_uri ON failed_before(uri)", error);
}

static dln_status begin(dln_store *store, const dln_store_options *options,
                        dln_error *error)
{
    struct stat info;
    bool exists = !stat(store->path, &info);
    if (exists) {
        dln_store *old;
        DLN_TRY(dln_store_open(&old, store->path, error));
        dln_store_close(old);
    }
    store->part = sqlite3_mprintf("%s.part", store->path);
    store->coder = sqlite3_mprintf("%.*s", DLN_ARG(options->coder));
    if (!store->part || !store->coder)
        return dln_fail(error, DLN_NOMEM, "out of memory");
    dln_store__time(store->ingested, options->now);
    int rc = open_part(store);
    if (rc != SQLITE_OK) {
        /* Another's working file is not ours to remove. */
        dln_status status = dln_store__fail(store, rc, error);
        return status == DLN_BADDATA ? DLN_NOCREATE : status;
    }
    store->building = true;
    DLN_TRY(dln_store_exec(store, "PRAGMA cache_size=-" CACHE_KB, error));
    if (!resumes(store, options->inputs))
        DLN_TRY(start_part(store, options->inputs, exists, error));
    DLN_TRY(dln_store__helpers(store, error));
    DLN_TRY(dln_store_meta(store, "coder", options->coder, error));
    char version[12];
    snprintf(version, sizeof version, "%d", DLN_STORE_SCHEMA);
    DLN_TRY(dln_store_meta(store, "schema_version", dln_str_of(version),
                           error));
    return dln_store_meta(store, "program", DLN_STR(DLN_VERSION), error);
}

dln_status dln_store_begin(dln_store **out, const char *path,
                           const dln_store_options *options,
                           dln_error *error)
{
    *out = NULL;
    dln_store *store = new_store(path);
    if (!store)
        return dln_fail(error, DLN_NOMEM, "out of memory");
    dln_status status = begin(store, options, error);
    if (status != DLN_OK) {
        dln_store_close(store);
        return status;
    }
    *out = store;
    return DLN_OK;
}

static dln_status copy_tables(dln_store *store, dln_error *error)
{
    for (size_t i = 0; i < dln_store__table_count; i++) {
        const dln_store_table *t = &dln_store__tables[i];
        char *columns = dln_store__columns(store->db, t->name);
        const char *order = t->rowid ? " ORDER BY id" : "";
        const char *but = strcmp(t->name, "meta")
                              ? "" : " WHERE key <> 'building'";
        dln_status status = columns
            ? execf(store, error, "INSERT INTO out.\"%w\" (%s) SELECT %s "
                    "FROM main.\"%w\"%s%s", t->name, columns, columns,
                    t->name, but, order)
            : dln_fail(error, DLN_NOMEM, "out of memory");
        sqlite3_free(columns);
        DLN_TRY(status);
    }
    return DLN_OK;
}

/* "CREATE INDEX x ..." → "CREATE INDEX out.x ...", one by one. */
static dln_status create_indexes(dln_store *store, const char *sql,
                                 dln_error *error)
{
    dln_str rest = dln_str_of(sql), one;
    const dln_str head = DLN_STR("CREATE INDEX ");
    while (dln_str_cut(&rest, ';', &one))
        if (one.len > head.len)
            DLN_TRY(execf(store, error, "CREATE INDEX out.%.*s",
                          (int)(one.len - head.len), one.data + head.len));
    return DLN_OK;
}

static dln_status write_out(dln_store *store, const char *file,
                            dln_error *error)
{
    DLN_TRY(execf(store, error, "ATTACH %Q AS out", file));
    DLN_TRY(execf(store, error, "PRAGMA out.page_size=4096; "
                  "PRAGMA out.journal_mode=OFF; PRAGMA out.synchronous=OFF; "
                  "PRAGMA out.application_id=%d; PRAGMA out.user_version=%d",
                  APPLICATION_ID, DLN_STORE_SCHEMA));
    DLN_TRY(dln_store_exec(store, "BEGIN", error));
    DLN_TRY(dln_store__create(store, "out", error));
    DLN_TRY(copy_tables(store, error));
    DLN_TRY(create_indexes(store, dln_store__report_indexes, error));
    DLN_TRY(create_indexes(store, dln_store__indexes, error));
    for (size_t i = 0; i < dln_store__view_count; i++)
        DLN_TRY(execf(store, error, "CREATE VIEW out.\"%w\" AS %s",
                      dln_store__views[i].name, dln_store__views[i].sql));
    dln_str search = dln_str_of(dln_store__search);
    const dln_str head = DLN_STR("CREATE VIRTUAL TABLE ");
    DLN_TRY(execf(store, error, "CREATE VIRTUAL TABLE out.%s",
                  search.data + head.len));
    DLN_TRY(dln_store_exec(
        store, "INSERT INTO out.search(search) VALUES ('rebuild'); "
        "INSERT INTO out.search(search) VALUES ('optimize')", error));
    DLN_TRY(dln_store_exec(store, "COMMIT", error));
    return dln_store_exec(store, "DETACH out", error);
}

static dln_status sync_path(const char *path, int flags, dln_error *error)
{
    int fd = open(path, flags | O_CLOEXEC);
    bool fine = fd >= 0 && !fsync(fd);
    if (fd >= 0)
        fine = !close(fd) && fine;
    return fine ? DLN_OK : dln_fail(error, DLN_IO, "cannot write %s: %s",
                                    path, strerror(errno));
}

static dln_status sync_folder(const char *path, dln_error *error)
{
    const char *slash = strrchr(path, '/');
    char *folder = sqlite3_mprintf("%.*s/.", (int)(slash - path), path);
    if (!folder)
        return dln_fail(error, DLN_NOMEM, "out of memory");
    dln_status status = sync_path(folder, O_RDONLY | O_DIRECTORY, error);
    sqlite3_free(folder);
    return status;
}

static dln_status place(dln_store *store, const char *file,
                        dln_error *error)
{
    mode_t mask = umask(0);
    umask(mask);
    if (chmod(file, 0666 & ~mask))
        return dln_fail(error, DLN_IO, "cannot write %s: %s", file,
                        strerror(errno));
    DLN_TRY(sync_path(file, O_RDWR, error));
    if (rename(file, store->path))
        return dln_fail(error, DLN_NOCREATE, "cannot write %s: %s",
                        store->path, strerror(errno));
    return sync_folder(store->path, error);
}

dln_status dln_store_commit(dln_store *store, dln_error *error)
{
    store->uncommitted = 0;
    if (sqlite3_get_autocommit(store->db))
        return DLN_OK;
    return dln_store_exec(store, "COMMIT", error);
}

/* Reviews written into the record while this build went on. */
static dln_status late_reviews(dln_store *store, dln_error *error)
{
    if (access(store->path, R_OK))
        return DLN_OK;
    DLN_TRY(execf(store, error, "ATTACH %Q AS old", store->path));
    DLN_TRY(dln_store_exec(store, "INSERT OR IGNORE INTO main.review "
                           "SELECT * FROM old.review", error));
    return dln_store_exec(store, "DETACH old", error);
}

dln_status dln_store_finish(dln_store *store, dln_error *error)
{
    DLN_TRY(dln_store_commit(store, error));
    DLN_TRY(late_reviews(store, error));
    DLN_TRY(dln_store__lanes(store, error));
    /* No other build is at it: its working file is ours. */
    char *file = sqlite3_mprintf("%s.new", store->path);
    int fd = file ? open(file, O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC
                                   | O_NOFOLLOW, 0666) : -1;
    dln_status status = DLN_OK;
    if (fd < 0) {
        status = dln_fail(error, file ? DLN_NOCREATE : DLN_NOMEM,
                          "cannot write %s: %s", store->path,
                          strerror(errno));
        sqlite3_free(file);
        return status;
    }
    close(fd);
    status = write_out(store, file, error);
    if (status == DLN_OK)
        status = place(store, file, error);
    if (status != DLN_OK)
        unlink(file);
    sqlite3_free(file);
    return status;
}
