/* SPDX-License-Identifier: Apache-2.0 */
/* Put and reconcile 1,000 and 10,000 reports that tell each other's news:
 * the time for one must not grow with their number, nor the memory; and add
 * 1,000 to the 10,000. The reports are made here with their findings, so the
 * stages do not count. */
#define _GNU_SOURCE
#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

#include "base/buf.h"
#include "reconcile/reconcile.h"

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static dln_str line(dln_doc *d, int n, int k)
{
    static const char *const nouns[] = {"ferry", "bridge", "judge", "tent",
                                        "border", "mine", "truce", "road"};
    return dln_arena_printf(
        d->arena, "The %s of district %d asked for %d %ss on day %d. ",
        nouns[(n + k) % 8], n / 8 * 7 + k, n % 97 + k, nouns[(n * 3 + k) % 8],
        n / 10 + k);
}

/* One of eight reports is new, the others copy it with a line changed. */
static void fill(dln_doc *d, int n)
{
    dln_buf text;
    char uri[40], day[11];
    dln_doc_reset(d);
    dln_buf_init(&text, 0);
    for (int k = 0; k < 12; k++)
        dln_buf_str(&text, line(d, k == n % 8 ? n : n / 8 * 8, k));
    dln_buf_str(&text, DLN_STR("Ann Arden met Bob Borg; 12 people died."));
    snprintf(uri, sizeof uri, "report/%d", n);
    d->uri = dln_arena_str(d->arena, dln_str_of(uri));
    d->input = d->text = dln_arena_str(d->arena, dln_buf_view(&text));
    dln_buf_release(&text);
    int32_t at = dln_day_of(2020, 1, 1) + n / 8;
    d->published = (dln_interval){at, at, DLN_PREC_DAY};
    d->dateline_place_index = DLN_NONE;
    dln_day_text(day, at);
    uint32_t end = (uint32_t)d->text.len;
    dln_actor *a = DLN_VEC_PUSH(d->arena, &d->actors);
    *a = (dln_actor){.key = DLN_STR("person:ann arden"), .iso3 = "AND",
                     .name = DLN_STR("Ann Arden"), .parent = DLN_NONE};
    a = DLN_VEC_PUSH(d->arena, &d->actors);
    *a = (dln_actor){.key = DLN_STR("person:bob borg"), .iso3 = "BOL",
                     .name = DLN_STR("Bob Borg"), .parent = DLN_NONE};
    dln_party *parties = dln_arena_array(d->arena, 2, sizeof *parties);
    parties[0] = (dln_party){DLN_PARTY_ACTOR, 0, DLN_NO_SPAN};
    parties[1] = (dln_party){DLN_PARTY_RECIPIENT, 1, DLN_NO_SPAN};
    dln_event *e = DLN_VEC_PUSH(d->arena, &d->events);
    *e = (dln_event){.span = {end - 39, end}, .trigger = {end - 29, end - 26},
                     .type = DLN_STR("CONSULT"), .when = d->published,
                     .time = DLN_NONE, .place = DLN_NONE,
                     .statement = DLN_NONE, .attributed_to = DLN_NONE,
                     .parties = parties, .party_count = 2};
    dln_figure *f = DLN_VEC_PUSH(d->arena, &d->figures);
    *f = (dln_figure){.span = {end - 16, end - 6}, .number = DLN_NO_SPAN,
                      .low = 12, .high = 12, .side = DLN_NONE,
                      .claimed_by = DLN_NONE, .claim = DLN_NO_SPAN,
                      .as_of = DLN_NO_INTERVAL, .event = 0};
}

static double build(int from, int count, bool keep, const dln_lang *lang,
                    const dln_onto *onto)
{
    dln_error error = {DLN_OK, ""};
    dln_store_options options = {.size = sizeof options};
    dln_doc *d = dln_doc_new(0);
    dln_store *store;
    char path[64];
    snprintf(path, sizeof path, "bench_build.%ld.db", (long)getpid());
    double start = now();
    dln_status status = dln_store_begin(&store, path, &options, &error);
    for (int i = from; status == DLN_OK && i < from + count; i++) {
        dln_report_key key;
        fill(d, i);
        dln_report_key_of(&key, d->id, d->uri, d->input, NULL, 0);
        status = dln_store_put(store, &key, d, &error);
    }
    if (status == DLN_OK)
        status = dln_reconcile_run(store, lang, onto, &error);
    if (status == DLN_OK)
        status = dln_store_finish(store, &error);
    if (status != DLN_OK)
        printf("failed: %s\n", error.text);
    dln_store_close(store);
    dln_doc_free(d);
    if (!keep)
        unlink(path);
    return now() - start;
}

static long peak_kilobytes(void)
{
    struct rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    return usage.ru_maxrss;
}

int main(void)
{
    dln_error error;
    dln_lang *lang;
    dln_onto *onto;
    char data[4096];
    const char *source = getenv("DATELINE_SOURCE");
    snprintf(data, sizeof data, "%s/data", source ? source : ".");
    if (dln_lang_open(&lang, data, "en", &error) != DLN_OK
        || dln_onto_open(&onto, data, &error) != DLN_OK)
        return 1;
    double small = build(0, 1000, false, lang, onto);
    long before = peak_kilobytes();
    double large = build(0, 10000, true, lang, onto);
    long after = peak_kilobytes();
    double more = build(10000, 1000, false, lang, onto);
    printf("build reports_1000 %.2f ms_each\n", small);
    printf("build reports_10000 %.2f ms_each\n", large / 10);
    printf("build add_1000_to_10000 %.0f ms\n", 1000 * more);
    printf("build memory_per_more_report %.2f kB\n",
           (double)(after - before) / 9000);
    dln_onto_close(onto);
    dln_lang_close(lang);
    return 0;
}
