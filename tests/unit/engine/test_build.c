/* SPDX-License-Identifier: Apache-2.0 */
/* The main job on the bundled sample: any order, one thread or two, again:
 * the same bytes; failures become notes; what cannot be is refused. */
#define _GNU_SOURCE
#include "engine/build.h"

#include <dirent.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "report.h"
#include "tap.h"

static dln_engine *engine;
static char folder[] = "test_build.XXXXXX";
static char one[300], two[300], sample[4096], sidecar[4096];

static dln_status build(const char *out, const char *const *inputs,
                        size_t count, unsigned jobs,
                        dln_build_result *result, dln_error *error)
{
    dln_build_options options = {.size = sizeof options, .out = out,
                                 .sidecar = sidecar, .jobs = jobs,
                                 .now = 1600000000};
    return dln_engine_build(engine, inputs, count, &options, result, error);
}

static void test_same_bytes(void)
{
    dln_error error = {DLN_OK, ""};
    dln_build_result result;
    const char *const inputs[] = {sample};
    ok(build(one, inputs, 1, 1, &result, &error) == DLN_OK);
    ok(result.seen >= 16 && !result.failed && !result.unchanged);
    ok(build(two, inputs, 1, 2, &result, &error) == DLN_OK);
    ok(same_bytes(one, two));
    ok(build(two, inputs, 1, 2, &result, &error) == DLN_OK);
    is_int(result.unchanged, result.seen);
    ok(same_bytes(one, two));
    dln_store *s;
    ok(dln_store_open(&s, one, &error) == DLN_OK);
    is_int(violations(s), 0);
    is_str(ask(s, "SELECT count(DISTINCT lineage_id) FROM report"), "14");
    dln_store_close(s);
}

/* Two JSON Lines files of the same reports, the other way round. */
static void test_order(void)
{
    dln_error error = {DLN_OK, ""};
    dln_build_result result;
    char a[300], b[300];
    const char *const lines[] = {
        "{\"uri\":\"1\",\"text\":\"Ann Arden met Bob Borg in Paris on "
        "Monday. They signed a truce.\",\"date\":\"2021-01-12\"}\n",
        "{\"uri\":\"2\",\"text\":\"In Paris, Arden and Borg met on 11 "
        "January. At least 12 soldiers died.\",\"date\":\"2021-01-13\"}\n",
        "{\"uri\":\"3\",\"text\":\"Borg denied that 30 soldiers had "
        "died.\",\"date\":\"2021-01-14\"}\n", "{\"uri\":\"4\"}\n"};
    dln_buf text;
    dln_buf_init(&text, 0);
    snprintf(a, sizeof a, "%s/in.jsonl", folder);
    snprintf(b, sizeof b, "%s/in2.jsonl", folder);
    for (int back = 0; back < 2; back++) {
        const char *const inputs[] = {a};
        dln_buf_clear(&text);
        for (int i = 0; i < 4; i++)
            dln_buf_str(&text, dln_str_of(lines[back ? 3 - i : i]));
        ok(dln_io_write(a, dln_buf_view(&text), &error) == DLN_OK);
        unlink(back ? two : one);
        ok(build(back ? two : one, inputs, 1, 1 + (unsigned)back, &result,
                 &error) == DLN_OK);
        is_int(result.seen, 4);
        is_int(result.failed, 1);
    }
    ok(same_bytes(one, two));
    dln_store *s;
    ok(dln_store_open(&s, one, &error) == DLN_OK);
    is_str(ask(s, "SELECT count(*) FROM note WHERE report_id IS NULL"),
           "1");
    dln_store_close(s);
    dln_buf_release(&text);
    unlink(a);
}

static void test_refused(void)
{
    dln_error error = {DLN_OK, ""};
    dln_build_result result;
    char text[300], away[400];
    const char *const missing[] = {"no such folder"};
    const char *const inputs[] = {sample};
    ok(build(one, missing, 1, 1, &result, &error) == DLN_NOINPUT);
    snprintf(text, sizeof text, "%s/notes.txt", folder);
    ok(dln_io_write(text, DLN_STR("my notes"), &error) == DLN_OK);
    ok(build(text, inputs, 1, 1, &result, &error) == DLN_BADDATA);
    unlink(text);
    snprintf(away, sizeof away, "%s/none/x.db", folder);
    ok(build(away, inputs, 1, 1, &result, &error) == DLN_NOCREATE);
}

int main(void)
{
    dln_error error = {DLN_OK, ""};
    char data[4096], models[4096];
    const char *source = getenv("DATELINE_SOURCE");
    source = source ? source : ".";
    snprintf(data, sizeof data, "%s/data", source);
    snprintf(models, sizeof models, "%s/models", source);
    snprintf(sample, sizeof sample, "%s/examples/karabakh", source);
    snprintf(sidecar, sizeof sidecar, "%s/examples/karabakh/metadata.csv",
             source);
    assert(mkdtemp(folder));
    snprintf(one, sizeof one, "%s/one.db", folder);
    snprintf(two, sizeof two, "%s/two.db", folder);
    dln_engine_options options = {.size = sizeof options, .datadir = data,
                                  .models = models};
    if (dln_engine_open(&engine, &options, &error) != DLN_OK) {
        printf("not ok 1 - %s\n1..1\n", error.text);
        return 1;
    }
    test_same_bytes();
    test_order();
    test_refused();
    dln_engine_close(engine);
    unlink(one);
    unlink(two);
    rmdir(folder);
    return done();
}
