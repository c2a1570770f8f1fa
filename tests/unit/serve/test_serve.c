/* SPDX-License-Identifier: Apache-2.0 */
/* The explorer's answers: every path and parameter, as docs/openapi.json
 * says, and what a stranger may not do. No network. */
#define _GNU_SOURCE
#include <jansson.h>
#include <unistd.h>

#include "report.h"
#include "serve/serve_p.h"
#include "tap.h"

#define TOKEN "0123456789abcdef"

static char folder[] = "test_serve.XXXXXX";
static char record[300];
static dln_server *server;

static void write_record(const char *more)
{
    dln_error error = {DLN_OK, ""};
    dln_doc *d = report("wire", "2021-01-12",
                        "Ada said talks in Calm failed; 12 died.");
    actor(d, DLN_ACTOR_PERSON, "person:ada", "Ada", "AZE", "Ada");
    dln_store *s = begin(record, &error);
    ok(put(s, d, &error) == DLN_OK);
    dln_doc_free(d);
    ok(dln_store_commit(s, &error) == DLN_OK);
    ok(dln_store_exec(
           s, "UPDATE report SET lineage_id = id;"
           "INSERT INTO actor (id, name, kind, iso3, mentions) VALUES"
           " ('person:ada', 'Ada', 'person', 'AZE', 2),"
           " ('person:bo', 'Bo', 'person', 'ARM', 1);"
           "INSERT INTO event (id, type, quad, status, polarity, date_start,"
           " date_end, date_precision, summary, reports, independent,"
           " mentions) VALUES ('e1', 'CONSULT', 1, 'actual', 'asserted',"
           " '2021-01-11', '2021-01-11', 'day', 'Ada, Bo meet', 1, 1, 1),"
           " ('e2', 'ASSAULT', 4, 'actual', 'asserted', '2021-02-01',"
           " '2021-02-28', 'month', 'an \"attack\", told', 1, 1, 1),"
           " ('e3', 'ASSAULT', 4, 'actual', 'asserted', NULL, NULL,"
           " 'unknown', 'undated', 1, 1, 1);"
           "INSERT INTO event_party VALUES ('e1', 'participant',"
           " 'person:ada'), ('e1', 'participant', 'person:bo');"
           "INSERT INTO meeting (event_id, format) VALUES ('e1',"
           " 'bilateral');"
           "INSERT INTO issue (id, label) VALUES ('road', 'The road');",
           &error) == DLN_OK);
    if (more)
        ok(dln_store_exec(s, more, &error) == DLN_OK);
    ok(dln_store_finish(s, &error) == DLN_OK);
    if (*error.text)
        printf("# %s\n", error.text);
    dln_store_close(s);
}

static dln_response ask_with(dln_request request)
{
    dln_response response;
    if (!request.method.len)
        request.method = DLN_STR("GET");
    if (!request.host.len)
        request.host = DLN_STR("127.0.0.1:8417");
    dln_server_answer(server, &request, &response);
    return response;
}

static unsigned code_of(dln_request request)
{
    dln_response r = ask_with(request);
    dln_buf_release(&r.body);
    return r.code;
}

/* GET; its JSON, to be freed; NULL when it is none. */
static json_t *get(const char *target, unsigned want)
{
    dln_response r = ask_with((dln_request){.target = dln_str_of(target)});
    json_t *json = r.body.len ? json_loadb(r.body.data, r.body.len, 0, NULL)
                              : NULL;
    if (r.code != want || !json)
        printf("# %s: %u %.200s\n", target, r.code,
               r.body.len ? r.body.data : "");
    is_int(r.code, want);
    ok(json != NULL);
    dln_buf_release(&r.body);
    return json;
}

static size_t rows_of(const char *target)
{
    json_t *json = get(target, 200);
    size_t rows = json_array_size(json_object_get(json, "rows"));
    json_decref(json);
    return rows;
}

static void test_targets(void)
{
    static const char *const bad[] = {
        "", "x", "//", "/a//b", "/a/../b", "/./", "/%2e%2e/x", "/a%00b",
        "/a%0ab", "/%zz", "/%4", "/%", "/\xff", "/%ff", "/a?x=%ff",
        "/a?x=1&x=2", "/a#b", "/1/2/3/4/5/6/7/8/9", "/a\x7f",
        "/a?a&b&c&d&e&f&g&h&i&j&k&l&m&n&o&p&q&r&s&t&u&v&w&x&y",
    };
    static dln_target t;
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        if (!ok(!dln_serve__target(&t, dln_str_of(bad[i]))))
            printf("# %s\n", bad[i]);
    ok(dln_serve__target(&t, DLN_STR("/")) && !t.steps);
    ok(dln_serve__target(&t, DLN_STR("/api/rows/country%3AARM/%C5%9F?x=a+b"
                                     "%26%0A&y&z=")));
    is_int(t.steps, 4);
    is_str(t.step[2], "country:ARM");
    is_str(t.step[3], "\xC5\x9F");
    is_str(dln_serve__param(&t, "x"), "a b&\n");
    ok(dln_serve__param(&t, "y").data && !dln_serve__param(&t, "y").len);
    ok(!dln_serve__param(&t, "w").data);
}

static void test_hosts(void)
{
    static const char *const good[] = {
        "127.0.0.1", "127.0.0.1:8417", "localhost", "LOCALHOST:1", "[::1]",
        "[::1]:8417", "192.168.1.4:80", "desk", "desk:99"};
    static const char *const bad[] = {
        "", "evil.example", "127.0.0.1.evil.example", "localhost.x", ":80",
        "127.0.0.1:x", "[::1", "[evil]", "1.2.3", "deskx", "127.0.0.1@x"};
    for (size_t i = 0; i < sizeof good / sizeof *good; i++)
        ok(dln_serve__host(dln_str_of(good[i]), "desk"));
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        ok(!dln_serve__host(dln_str_of(bad[i]), "desk"));
}

/* Every list, with every filter, is a query that runs. */
static void test_listings(void)
{
    for (size_t i = 0; i < dln_serve__listing_count; i++) {
        const dln_listing *l = &dln_serve__listings[i];
        char target[300];
        bool needs = l->filters[0].kind == 'q';
        if (!needs) {
            snprintf(target, sizeof target, "/api/%s", l->path);
            json_decref(get(target, 200));
            snprintf(target, sizeof target, "/api/%s.csv?limit=1", l->path);
            ok(code_of((dln_request){.target = dln_str_of(target)}) == 200);
        }
        for (size_t k = 0; k < 12 && l->filters[k].name; k++) {
            char kind = l->filters[k].kind;
            snprintf(target, sizeof target, "/api/%s?%s=%s&limit=3&offset=1",
                     l->path, l->filters[k].name,
                     kind == 'd' ? "2021-01" : kind == 'n' ? "1"
                     : kind == 'f' ? "1" : "a%22b%27");
            json_decref(get(target, 200));
        }
    }
}

static void test_rows(void)
{
    is_int(rows_of("/api/events"), 3);
    is_int(rows_of("/api/events?from=2021-02"), 1);
    is_int(rows_of("/api/events?to=2021-01"), 1);
    is_int(rows_of("/api/events?from=2021-02-15&to=2021-02-16"), 1);
    is_int(rows_of("/api/events?undated=1"), 1);
    is_int(rows_of("/api/events?actor=person%3Abo"), 1);
    is_int(rows_of("/api/events?side=ARM&type=CONSULT"), 1);
    is_int(rows_of("/api/meetings"), 1);
    is_int(rows_of("/api/network"), 1);
    is_int(rows_of("/api/search?q=talks"), 1);
    is_int(rows_of("/api/search?q=%22)%3B+x"), 0);
    json_t *json = get("/api/events?limit=2", 200);
    ok(json_is_true(json_object_get(json, "more")));
    json_decref(json);
    json = get("/api/process", 200);
    const json_t *lanes = json_object_get(json, "lanes");
    is_int(json_array_size(json_object_get(json_object_get(
               lanes, "meeting"), "items")), 1);
    is_int(json_array_size(json_object_get(json_object_get(
               lanes, "incident"), "items")), 1);
    json_decref(json);
    json = get("/api/process?limit=0", 200);
    is_int(json_array_size(json_object_get(json_object_get(
               json_object_get(json, "lanes"), "meeting"), "bins")), 1);
    json_decref(json);
    json_decref(get("/api/record", 200));
    json_decref(get("/api/schema", 200));
    json = get("/api/rows/event/e1", 200);
    is_int(json_array_size(json_object_get(json, "parties")), 2);
    json_decref(json);
    json_decref(get("/api/rows/event/nothing", 404));
    json_decref(get("/api/rows/nothing/e1", 404));
    json_decref(get("/api/rows/person:ada", 200));
    dln_response r = ask_with((dln_request){
        .target = DLN_STR("/api/events.csv?type=ASSAULT&undated=1")});
    ok(r.attachment && strstr(r.body.data, "\r\ne3,,,unknown,ASSAULT"));
    dln_buf_release(&r.body);
    r = ask_with((dln_request){
        .target = DLN_STR("/api/events.csv?from=2021-02")});
    ok(strstr(r.body.data, ",\"an \"\"attack\"\", told\",") != NULL);
    dln_buf_release(&r.body);
}

static void test_refused(void)
{
    static const struct {
        unsigned code;
        const char *target;
    } cases[] = {
        {400, "/api/events?x=1"}, {400, "/api/events?from=soon"},
        {400, "/api/events?limit=0"}, {400, "/api/events?limit=-1"},
        {400, "/api/events?limit=99999999999"}, {400, "/api/events?quad=x"},
        {400, "/api/events?undated=2"}, {400, "/api/events?type="},
        {400, "/api/search"}, {400, "/api/search?q=+"},
        {400, "/api/sql"}, {400, "/api/sql?sql="},
        {400, "/api/sql?sql=DELETE+FROM+event"},
        {400, "/api/sql?sql=UPDATE+event+SET+type=1"},
        {400, "/api/sql?sql=INSERT+INTO+meta+VALUES(1,2)"},
        {400, "/api/sql?sql=ATTACH+'x.db'+AS+x"},
        {400, "/api/sql?sql=PRAGMA+writable_schema=1"},
        {400, "/api/sql?sql=VACUUM+INTO+'x.db'"},
        {400, "/api/sql?sql=CREATE+TEMP+TABLE+x(a)"},
        {400, "/api/sql?sql=SELECT+load_extension('x')"},
        {400, "/api/sql?sql=SELECT+1;SELECT+2"}, {400, "/api/sql?sql=--"},
        {400, "/api/sql?sql=SELECT+*+FROM+nothing"},
        {400, "/api/process?from=x"}, {400, "/api/process?limit=999999"},
        {400, "/../etc/passwd"}, {404, "/etc/passwd"}, {404, "/api"},
        {404, "/api/nothing"}, {404, "/api/record.csv"},
        {404, "/api/events/1/2/3"}, {404, "/index.html/x"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        json_decref(get(cases[i].target, cases[i].code));
    const dln_str page = DLN_STR("/"), events = DLN_STR("/api/events");
    is_int(code_of((dln_request){.target = page,
                                 .host = DLN_STR("evil.example")}), 421);
    is_int(code_of((dln_request){.target = events, .host = DLN_STR("x"),
                                 .method = DLN_STR("POST")}), 421);
    is_int(code_of((dln_request){.target = events,
                                 .method = DLN_STR("DELETE")}), 405);
    is_int(code_of((dln_request){.target = events,
                                 .method = DLN_STR("POST")}), 405);
    is_int(code_of((dln_request){.target = page,
                                 .method = DLN_STR("POST")}), 404);
    is_int(code_of((dln_request){
               .target = events,
               .origin = DLN_STR("http://evil.example")}), 403);
}

static void test_limits(void)
{
    json_decref(get("/api/sql?sql=SELECT+count(*)+FROM+event", 200));
    is_int(rows_of("/api/sql?sql=WITH+RECURSIVE+n(i)+AS+(SELECT+1+UNION+ALL"
                   "+SELECT+i%2B1+FROM+n)+SELECT+i+FROM+n"), 1000);
    json_decref(get("/api/sql?sql=WITH+RECURSIVE+n(i)+AS+(SELECT+1+UNION+ALL"
                    "+SELECT+i%2B1+FROM+n)+SELECT+max(i)+FROM+n", 504));
    json_t *json = get("/api/sql?sql=SELECT+length(randomblob(2000000000))",
                       400);
    json_decref(json);
}

static dln_request review(const char *token, const char *body)
{
    return (dln_request){.method = DLN_STR("POST"),
                         .target = DLN_STR("/api/reviews"),
                         .type = DLN_STR("application/json"),
                         .token = dln_str_of(token),
                         .body = dln_str_of(body)};
}

static void test_reviews(void)
{
    static const char good[] = "{\"table\":\"event\",\"row\":\"e1\","
                               "\"verdict\":\"wrong\",\"note\":\"no\"}";
    is_int(code_of(review("", good)), 403);
    is_int(code_of(review(TOKEN "0", good)), 403);
    is_int(code_of(review("0123456789abcdeX", good)), 403);
    dln_request form = review(TOKEN, good);
    form.type = DLN_STR("text/plain");
    is_int(code_of(form), 415);
    is_int(code_of(review(TOKEN, "[]")), 400);
    is_int(code_of(review(TOKEN, "{\"table\":\"event\",\"row\":\"e9\","
                                 "\"verdict\":\"wrong\"}")), 404);
    is_int(code_of(review(TOKEN, "{\"table\":\"event\",\"row\":\"e1\","
                                 "\"verdict\":\"maybe\"}")), 400);
    is_int(rows_of("/api/reviews"), 0);
    is_int(code_of(review(TOKEN, good)), 201);
    is_int(rows_of("/api/reviews?verdict=wrong&row=e1"), 1);
    is_int(rows_of("/api/events?unreviewed=1"), 2);
    /* A build keeps it, and readers see the record it makes. */
    write_record("INSERT INTO event (id, type, status, polarity, reports,"
                 " independent, mentions) VALUES ('e4', 'AID', 'actual',"
                 " 'asserted', 1, 1, 1)");
    is_int(rows_of("/api/events"), 4);
    is_int(rows_of("/api/reviews"), 1);
}

static void test_page(void)
{
    dln_request page = {.target = DLN_STR("/"),
                        .encoding = DLN_STR("br, gzip")};
    dln_response r = ask_with(page);
    ok(r.packed && r.fixed.len > 20 && r.etag);
    page.etag = dln_str_of(r.etag);
    is_int(code_of(page), 304);
    r = ask_with((dln_request){.target = DLN_STR("/index.html")});
    ok(!r.packed && dln_str_starts(r.fixed, DLN_STR("<!doctype html>")));
    is_int(code_of((dln_request){.target = DLN_STR("/app.js")}), 200);
}

/* docs/openapi.json has each list with each of its parameters, no other. */
static void test_described(void)
{
    char path[4096];
    const char *source = getenv("DATELINE_SOURCE");
    snprintf(path, sizeof path, "%s/docs/openapi.json",
             source ? source : ".");
    json_t *doc = json_load_file(path, 0, NULL);
    const json_t *paths = json_object_get(doc, "paths");
    ok(json_object_size(paths) == dln_serve__listing_count + 7);
    for (size_t i = 0; i < dln_serve__listing_count; i++) {
        const dln_listing *l = &dln_serve__listings[i];
        size_t n = 0, at;
        const json_t *one;
        snprintf(path, sizeof path, "/api/%s", l->path);
        const json_t *params = json_object_get(json_object_get(
            json_object_get(paths, path), "get"), "parameters");
        while (n < 12 && l->filters[n].name)
            n++;
        if (!ok(json_array_size(params) == n + 2))
            printf("# %s\n", path);
        json_array_foreach(params, at, one) {
            const char *name = json_string_value(json_object_get(one,
                                                                 "name"));
            bool known = !name;
            for (size_t k = 0; k < n && name; k++)
                known |= !strcmp(name, l->filters[k].name);
            ok(known);
        }
    }
    json_decref(doc);
}

int main(void)
{
    dln_error error = {DLN_OK, ""};
    assert(mkdtemp(folder));
    snprintf(record, sizeof record, "%s/record.db", folder);
    write_record(NULL);
    dln_server_options options = {.size = sizeof options, .record = record,
                                  .token = TOKEN, .milliseconds = 600};
    ok(dln_server_open(&server, &options, &error) == DLN_OK);
    test_targets();
    test_hosts();
    test_listings();
    test_rows();
    test_refused();
    test_limits();
    test_reviews();
    test_page();
    test_described();
    dln_server_close(server);
    options.record = "nothing.db";
    ok(dln_server_open(&server, &options, &error) == DLN_NOINPUT);
    dln_server_close(server);
    unlink(record);
    rmdir(folder);
    return done();
}
