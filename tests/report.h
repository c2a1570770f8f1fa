/* SPDX-License-Identifier: Apache-2.0 */
/* Reports made by hand for tests of what comes after the stages: text, and
 * findings whose spans are found by their words. */
#ifndef DLN_TESTS_REPORT_H
#define DLN_TESTS_REPORT_H

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/io.h"
#include "store/store.h"

static inline dln_doc *report(const char *uri, const char *date,
                              const char *text)
{
    dln_doc *doc = dln_doc_new(0);
    assert(doc);
    doc->uri = dln_arena_str(doc->arena, dln_str_of(uri));
    doc->outlet = dln_arena_str(doc->arena, dln_str_of(uri));
    doc->input = doc->text = dln_arena_str(doc->arena, dln_str_of(text));
    doc->published = DLN_NO_INTERVAL;
    if (dln_interval_parse(dln_str_of(date), &doc->published))
        doc->published_basis = DLN_BASIS_GIVEN;
    doc->dateline_place_index = DLN_NONE;
    /* Sentences end at full stops. */
    for (size_t at = 0; at < doc->text.len;) {
        size_t end = dln_str_find(doc->text, DLN_STR("."), at) + 1;
        end = end > doc->text.len ? doc->text.len : end;
        dln_sentence *s = DLN_VEC_PUSH(doc->arena, &doc->sentences);
        *s = (dln_sentence){.span = {(uint32_t)at, (uint32_t)end}};
        at = end + 1;
    }
    return doc;
}

static inline dln_span words(const dln_doc *doc, const char *what)
{
    size_t at = dln_str_find(doc->text, dln_str_of(what), 0);
    assert(at < doc->text.len);
    return (dln_span){(uint32_t)at, (uint32_t)(at + strlen(what))};
}

static inline uint32_t actor(dln_doc *doc, dln_actor_kind kind,
                             const char *key, const char *name,
                             const char *iso3, const char *said)
{
    dln_actor *a = DLN_VEC_PUSH(doc->arena, &doc->actors);
    *a = (dln_actor){.key = dln_str_of(key), .name = dln_str_of(name),
                     .kind = kind, .sector = dln_str_of("GOV"),
                     .parent = DLN_NONE};
    snprintf(a->iso3, sizeof a->iso3, "%s", iso3);
    dln_mention *m = DLN_VEC_PUSH(doc->arena, &doc->mentions);
    *m = (dln_mention){.span = words(doc, said), .form = DLN_FORM_NAME,
                       .actor = doc->actors.count - 1, .entity = DLN_NONE};
    return doc->actors.count - 1;
}

static inline uint32_t place(dln_doc *doc, const char *key,
                             const char *name, const char *country)
{
    dln_place *p = DLN_VEC_PUSH(doc->arena, &doc->places);
    *p = (dln_place){.span = words(doc, name), .key = dln_str_of(key),
                     .name = dln_str_of(name), .kind = dln_str_of("city"),
                     .lat = (double)doc->places.count,
                     .lon = (double)strlen(key),
                     .precision = DLN_PLACE_CITY, .geonameid = DLN_NONE};
    snprintf(p->country, sizeof p->country, "%s", country);
    return doc->places.count - 1;
}

/* An event whose parties are `actors`, DLN_NONE at the end. */
static inline dln_event *event(dln_doc *doc, const char *type,
                               const char *trigger, const char *date,
                               uint32_t where, const uint32_t *actors)
{
    dln_event *e = DLN_VEC_PUSH(doc->arena, &doc->events);
    uint32_t count = 0;
    while (actors[count] != DLN_NONE)
        count++;
    dln_party *parties = dln_arena_array(doc->arena, count + 1,
                                         sizeof *parties);
    for (uint32_t i = 0; i < count; i++)
        parties[i] = (dln_party){i == 0 ? DLN_PARTY_ACTOR
                                        : DLN_PARTY_RECIPIENT,
                                 actors[i], DLN_NO_SPAN};
    *e = (dln_event){.span = words(doc, trigger),
                     .trigger = words(doc, trigger),
                     .type = dln_str_of(type), .time = DLN_NONE,
                     .when = DLN_NO_INTERVAL, .place = where,
                     .statement = DLN_NONE, .attributed_to = DLN_NONE,
                     .parties = parties, .party_count = count};
    dln_interval_parse(dln_str_of(date), &e->when);
    return e;
}

static inline dln_figure *figure(dln_doc *doc, const char *said,
                                 dln_quantity quantity, double number,
                                 uint32_t side, uint32_t claimant)
{
    dln_figure *f = DLN_VEC_PUSH(doc->arena, &doc->figures);
    *f = (dln_figure){.span = words(doc, said), .number = words(doc, said),
                      .quantity = quantity, .relation = DLN_RELATION_EXACTLY,
                      .low = number, .high = number, .unit = DLN_STR("person"),
                      .side = side, .claimed_by = claimant,
                      .claim = DLN_NO_SPAN, .as_of = DLN_NO_INTERVAL,
                      .event = DLN_NONE};
    return f;
}

static inline dln_store *begin(const char *path, dln_error *error)
{
    dln_store_options options = {.size = sizeof options,
                                 .inputs = DLN_STR("test"),
                                 .coder = DLN_STR("test"), .now = 0};
    dln_store *store = NULL;
    if (dln_store_begin(&store, path, &options, error) != DLN_OK)
        printf("# %s\n", error->text);
    return store;
}

static inline dln_status put(dln_store *store, const dln_doc *doc,
                             dln_error *error)
{
    dln_report_key key;
    dln_report_key_of(&key, doc->id, doc->uri, doc->input, NULL, 0);
    return dln_store_put(store, &key, doc, error);
}

/* The first column of the first row, copied; "" for none. Freed never. */
static inline dln_str ask(dln_store *store, const char *sql)
{
    static char answers[64][512];
    static unsigned next;
    dln_error error = {DLN_OK, ""};
    dln_query *q;
    char *out = answers[next++ % 64];
    *out = '\0';
    if (dln_query_open(store, &q, sql, &error) == DLN_OK) {
        if (dln_query_step(q) == DLN_OK)
            snprintf(out, 512, "%.*s", DLN_ARG(dln_query_str(q, 0)));
        dln_query_close(q);
    }
    if (*error.text)
        printf("# %s\n", error.text);
    return dln_str_of(out);
}

static inline void count_violation(const dln_violation *v, void *user)
{
    if (!v->summary)
        printf("# %s %.*s: %.*s\n", v->rule, DLN_ARG(v->row),
               DLN_ARG(v->problem));
    (void)user;
}

static inline long long violations(dln_store *store)
{
    uint64_t wrong = 0;
    dln_error error = {DLN_OK, ""};
    dln_status status = dln_store_check(store, count_violation, NULL,
                                        &wrong, &error);
    return status == DLN_OK ? (long long)wrong : -1;
}

/* Have two files the same content? A missing file has none. */
static inline bool same_bytes(const char *a, const char *b)
{
    dln_buf x, y;
    dln_error error;
    dln_buf_init(&x, 0);
    dln_buf_init(&y, 0);
    bool same = dln_io_read(&x, a, &error) == DLN_OK
                && dln_io_read(&y, b, &error) == DLN_OK
                && dln_str_eq(dln_buf_view(&x), dln_buf_view(&y));
    dln_buf_release(&x);
    dln_buf_release(&y);
    return same;
}

#endif
