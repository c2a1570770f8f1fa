/* SPDX-License-Identifier: Apache-2.0 */
/* The record as a file: what goes in comes out, bytes follow from content,
 * nothing half-written, hostile files refused. */
#define _GNU_SOURCE
#include <fcntl.h>
#include <signal.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "report.h"
#include "tap.h"

static char folder[] = "test_store.XXXXXX";
static char one[300], two[300];

static dln_doc *sample(const char *uri)
{
    dln_doc *d = report(uri, "2021-01-12",
                        "Şirin said talks in Calm failed; 12 died.");
    uint32_t who[] = {actor(d, DLN_ACTOR_PERSON, "person:sirin", "Şirin",
                            "AZE", "Şirin"), DLN_NONE};
    uint32_t at = place(d, "geo:1", "Calm", "CHE");
    dln_time *t = DLN_VEC_PUSH(d->arena, &d->times);
    *t = (dln_time){.span = words(d, "talks"), .value = DLN_STR("2021"),
                    .when = DLN_NO_INTERVAL};
    event(d, "CONSULT", "talks", "2021-01-11", at, who)->time = 0;
    figure(d, "12", DLN_QTY_KILLED, 12, DLN_NONE, 0)->event = 0;
    static const uint32_t speaker[] = {0};
    dln_span *content = dln_arena_array(d->arena, 1, sizeof *content);
    content[0] = words(d, "talks in Calm failed");
    dln_statement *s = DLN_VEC_PUSH(d->arena, &d->statements);
    *s = (dln_statement){.span = words(d, "Şirin said talks in Calm failed"),
                         .source = words(d, "Şirin"),
                         .cue = words(d, "said"), .contents = content,
                         .content_count = 1, .speakers = speaker,
                         .speaker_count = 1, .addressee = DLN_NONE,
                         .inside = DLN_NONE, .time = DLN_NONE,
                         .when = DLN_NO_INTERVAL};
    dln_doc_note(d, "clean", DLN_NOTE_WARN, words(d, "Calm"), "odd");
    return d;
}

static void write_record(const char *path, const char *const *uris,
                         int count)
{
    dln_error error = {DLN_OK, ""};
    dln_store *store = begin(path, &error);
    for (int i = 0; store && i < count; i++) {
        dln_doc *d = sample(uris[i]);
        ok(put(store, d, &error) == DLN_OK);
        dln_doc_free(d);
    }
    ok(dln_store_failed(store, DLN_STR("bad"), "ingest",
                        DLN_STR("no text"), &error) == DLN_OK);
    ok(dln_store_exec(store, "UPDATE report SET lineage_id = id", &error)
       == DLN_OK);
    ok(dln_store_finish(store, &error) == DLN_OK);
    if (*error.text)
        printf("# %s\n", error.text);
    dln_store_close(store);
}

static void test_round_trip(void)
{
    dln_error error = {DLN_OK, ""};
    const char *const uris[] = {"a", "b"};
    dln_store *s;
    write_record(one, uris, 2);
    ok(dln_store_open(&s, one, &error) == DLN_OK);
    is_str(ask(s, "SELECT count(*) FROM report"), "2");
    is_str(ask(s, "SELECT published FROM report"), "2021-01-12");
    is_str(ask(s, "SELECT quote FROM evidence WHERE kind = 'statement'"),
           "Şirin said talks in Calm failed");
    is_str(ask(s, "SELECT content FROM statement_line"),
           "talks in Calm failed");
    is_str(ask(s, "SELECT source FROM statement_line"), "Şirin");
    is_str(ask(s, "SELECT m.date_start || t.value FROM event_mention m "
                  "JOIN time_mention t ON t.id = m.time_id"),
           "2021-01-112021");
    is_str(ask(s, "SELECT m.type FROM figure f JOIN event_mention m ON m.id "
                  "= f.event_mention_id"), "CONSULT");
    is_str(ask(s, "SELECT iso3 FROM report_actor"), "AZE");
    is_str(ask(s, "SELECT uri FROM search JOIN report ON n = search.rowid "
                  "WHERE search MATCH 'sirin calm' ORDER BY uri"), "a");
    is_str(ask(s, "SELECT count(*) FROM note WHERE room = 'clean'"), "2");
    is_str(ask(s, "SELECT text FROM note WHERE uri = 'bad'"), "no text");
    is_str(ask(s, "SELECT length(id) FROM event_mention"), "17");
    is_int(violations(s), 0);
    dln_store_close(s);
}

static void test_determinism(void)
{
    const char *const forward[] = {"a", "b", "c", "d"};
    const char *const mixed[] = {"c", "a", "d", "b", "a"};
    unlink(one);
    write_record(one, forward, 4);
    write_record(two, mixed, 5);
    ok(same_bytes(one, two));
    /* Added in two builds, and built again: nothing changes. */
    unlink(two);
    write_record(two, forward + 2, 2);
    write_record(two, forward, 2);
    ok(same_bytes(one, two));
    write_record(two, mixed, 5);
    ok(same_bytes(one, two));
}

static void test_bad_spans(void)
{
    dln_error error = {DLN_OK, ""};
    dln_doc *d = sample("a");
    d->figures.at[0].span = (dln_span){5, 900};
    d->mentions.at[0].span = (dln_span){1, 3};    /* inside Ş */
    d->statements.at[0].source = (dln_span){7, 7};
    d->events.at[0].span = (dln_span){0, 2};
    unlink(one);
    dln_store *s = begin(one, &error);
    ok(put(s, d, &error) == DLN_OK);
    ok(dln_store_exec(s, "COMMIT; UPDATE report SET lineage_id = id; BEGIN",
                      &error) == DLN_OK);
    ok(dln_store_finish(s, &error) == DLN_OK);
    dln_store_close(s);
    dln_doc_free(d);
    ok(dln_store_open(&s, one, &error) == DLN_OK);
    is_int(violations(s), 0);
    is_str(ask(s, "SELECT count(*) FROM figure"), "0");
    is_str(ask(s, "SELECT count(*) FROM event_mention"), "1");
    is_str(ask(s, "SELECT text FROM note WHERE room = 'store'"),
           "2 findings had no valid span and were left out");
    dln_store_close(s);
}

static void test_violations(void)
{
    dln_error error = {DLN_OK, ""};
    dln_doc *d = sample("a");
    unlink(one);
    dln_store *s = begin(one, &error);
    ok(put(s, d, &error) == DLN_OK);
    ok(dln_store_exec(s, "UPDATE figure SET span_end = 4000; "
                      "UPDATE statement SET source_start = 1; "
                      "UPDATE event_mention SET event_id = 'e1'; "
                      "INSERT INTO event (id, type, status, polarity, "
                      "reports, independent, mentions) VALUES ('e2', "
                      "'AID', 'actual', 'asserted', 1, 2, 1)",
                      &error) == DLN_OK);
    ok(dln_store_finish(s, &error) == DLN_OK);
    dln_store_close(s);
    dln_doc_free(d);
    ok(dln_store_open(&s, one, &error) == DLN_OK);
    /* figure, statement, key, two rules of e2, its status, no lineage */
    is_int(violations(s), 7);
    dln_store_close(s);
}

static void write_file(const char *path, const char *bytes, size_t len)
{
    dln_error error;
    ok(dln_io_write(path, (dln_str){bytes, len}, &error) == DLN_OK);
}

static void test_hostile(void)
{
    dln_error error = {DLN_OK, ""};
    dln_store *s = NULL;
    dln_buf bytes;
    const char *const uris[] = {"a"};
    ok(dln_store_open(&s, "no such file", &error) == DLN_NOINPUT);
    ok(dln_store_open(&s, folder, &error) == DLN_BADDATA);
    write_file(two, "", 0);
    ok(dln_store_open(&s, two, &error) == DLN_BADDATA);
    write_file(two, "SQLite format 3\0 and more", 25);
    ok(dln_store_open(&s, two, &error) == DLN_BADDATA);
    ok(begin(two, &error) == NULL && error.status == DLN_BADDATA);
    unlink(one);
    write_record(one, uris, 1);
    dln_buf_init(&bytes, 0);
    ok(dln_io_read(&bytes, one, &error) == DLN_OK);
    write_file(two, bytes.data, bytes.len / 2);
    if (dln_store_open(&s, two, &error) == DLN_OK) {
        uint64_t wrong = 0;
        dln_status status = dln_store_check(s, count_violation, NULL, &wrong,
                                            &error);
        ok(status == DLN_BADDATA || wrong > 0);
        dln_store_close(s);
    }
    bytes.data[63] = 9;     /* user_version: another schema */
    write_file(two, bytes.data, bytes.len);
    ok(dln_store_open(&s, two, &error) == DLN_BADDATA);
    ok(strstr(error.text, "schema version") != NULL);
    dln_buf_release(&bytes);
}

static void test_no_place(void)
{
    dln_error error = {DLN_OK, ""};
    char path[400];
    snprintf(path, sizeof path, "%s/missing/x.db", folder);
    ok(begin(path, &error) == NULL);
    is_int(error.status, DLN_NOCREATE);
}

/* Another build holds the working file. */
static void test_two_builds(void)
{
    dln_error error = {DLN_OK, ""};
    unlink(one);
    dln_store *first = begin(one, &error);
    ok(first != NULL);
    ok(begin(one, &error) == NULL);
    is_int(error.status, DLN_NOCREATE);
    dln_store_close(first);
    ok(access(one, F_OK) != 0);     /* closed unfinished: nothing */
}

/* Killed in the middle: the old record stands, and the next build with the
 * same inputs has what was committed. */
static void test_crash(void)
{
    dln_error error = {DLN_OK, ""};
    const char *const before[] = {"a"};
    int state;
    unlink(one);
    write_record(one, before, 1);
    write_record(two, before, 1);
    pid_t child = fork();
    if (child == 0) {
        dln_store *s = begin(one, &error);
        dln_doc *d = sample("b");
        if (!s || put(s, d, &error) != DLN_OK
            || dln_store_commit(s, &error) != DLN_OK)
            _exit(1);
        raise(SIGKILL);
    }
    ok(waitpid(child, &state, 0) == child && WIFSIGNALED(state));
    ok(same_bytes(one, two));
    dln_store *s = begin(one, &error);
    is_str(ask(s, "SELECT count(*) FROM report"), "2");
    dln_store_close(s);
    ok(same_bytes(one, two));
}

/* A disk with no room: an error, and the old record untouched. */
static void test_full(void)
{
    const char *const uris[] = {"a"};
    int state;
    unlink(one);
    unlink(two);
    write_record(one, uris, 1);
    write_record(two, uris, 1);
    fflush(stdout);
    pid_t child = fork();
    if (child == 0) {
        dln_error error = {DLN_OK, ""};
        dln_store *s = begin(one, &error);
        dln_doc *d = sample("b");
        dln_status status = s ? put(s, d, &error) : DLN_OK;
        if (dln_store_exec(s, "PRAGMA max_page_count=1", &error) != DLN_OK)
            _exit(2);
        for (int i = 0; status == DLN_OK && i < 2000; i++) {
            char uri[20];
            snprintf(uri, sizeof uri, "u%d", i);
            d = sample(uri);
            status = put(s, d, &error);
            dln_doc_free(d);
        }
        dln_store_close(s);
        _exit(status == DLN_IO ? 7 : 1);
    }
    ok(waitpid(child, &state, 0) == child && WIFEXITED(state)
       && WEXITSTATUS(state) == 7);
    ok(same_bytes(one, two));
}

/* A person's verdicts outlive a build. */
static void test_review(void)
{
    dln_error error = {DLN_OK, ""};
    const char *const uris[] = {"a", "b"};
    unlink(one);
    dln_store *s = begin(one, &error);
    ok(dln_store_exec(s, "INSERT INTO review (table_name, row_id, verdict, "
                      "by, at) VALUES ('event', 'e1', 'wrong', 'me', "
                      "'2021')", &error) == DLN_OK);
    ok(dln_store_finish(s, &error) == DLN_OK);
    dln_store_close(s);
    write_record(one, uris, 2);
    ok(dln_store_open(&s, one, &error) == DLN_OK);
    is_str(ask(s, "SELECT verdict FROM review"), "wrong");
    dln_store_close(s);
}

/* docs/format/database.md names every table and column. */
static void test_described(void)
{
    dln_error error = {DLN_OK, ""};
    const char *const uris[] = {"a"};
    const char *source = getenv("DATELINE_SOURCE");
    char path[4096], needle[200];
    dln_buf text;
    dln_query *q;
    dln_store *s;
    unlink(one);
    write_record(one, uris, 1);
    snprintf(path, sizeof path, "%s/docs/format/database.md",
             source ? source : ".");
    dln_buf_init(&text, 0);
    ok(dln_io_read(&text, path, &error) == DLN_OK);
    ok(dln_store_open(&s, one, &error) == DLN_OK);
    ok(dln_query_open(s, &q, "SELECT m.name, p.name FROM main.sqlite_schema "
                      "m, pragma_table_info(m.name) p WHERE m.type IN "
                      "('table', 'view') AND m.name NOT LIKE 'search%' AND "
                      "m.name NOT LIKE 'sqlite%'", &error) == DLN_OK);
    int missing = 0;
    while (dln_query_step(q) == DLN_OK) {
        dln_str table = dln_query_str(q, 0), column = dln_query_str(q, 1);
        snprintf(needle, sizeof needle, "### %.*s\n", DLN_ARG(table));
        dln_str doc = dln_buf_view(&text);
        size_t at = dln_str_find(doc, dln_str_of(needle), 0);
        size_t end = dln_str_find(doc, DLN_STR("\n##"), at + 4);
        snprintf(needle, sizeof needle, "`%.*s`", DLN_ARG(column));
        if (dln_str_find(dln_str_sub(doc, 0, end), dln_str_of(needle), at)
            >= end) {
            printf("# %.*s.%.*s is not described\n", DLN_ARG(table),
                   DLN_ARG(column));
            missing++;
        }
    }
    is_int(missing, 0);
    dln_query_close(q);
    dln_store_close(s);
    dln_buf_release(&text);
}

int main(void)
{
    assert(mkdtemp(folder));
    snprintf(one, sizeof one, "%s/one.db", folder);
    snprintf(two, sizeof two, "%s/two.db", folder);
    test_round_trip();
    test_determinism();
    test_bad_spans();
    test_violations();
    test_hostile();
    unlink(two);
    test_no_place();
    test_two_builds();
    test_crash();
    test_full();
    test_review();
    test_described();
    unlink(one);
    unlink(two);
    rmdir(folder);
    return done();
}
