/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Which event a number of people is of, when its stage did not say: the
 * event of the mention that its words stand in, of a kind that does such
 * things to people (the killed of an assault, not of the talks about it),
 * the nearest if several; else the only such event of the report.
 *
 * Both are read in the order of the text and mentions are looked up among
 * the LIST before the number, so cost is linear.
 */
#include <stdlib.h>

#include "reconcile/reconcile_p.h"

#define LIST 32u

typedef struct told {       /* an event mention */
    uint32_t report, start, end, trigger;
    uint32_t event, type;   /* in `words` */
} told;

typedef struct figure_events {
    dln_case *c;
    dln_map words;
    DLN_VEC(told) told;     /* by report, then place in the text */
} figure_events;

/* Kinds of event that do this to people, the first the usual one. */
static const char *const kinds[][3] = {
    {"killed", "ASSAULT", ""}, {"wounded", "ASSAULT", ""},
    {"missing", "ASSAULT", ""}, {"captured", "ASSAULT", "COERCE"},
    {"detained", "COERCE", ""}, {"released", "RETREAT", ""},
    {"displaced", "ASSAULT", "COERCE"}};

static dln_status read_mentions(figure_events *k)
{
    dln_case *c = k->c;
    dln_query *q;
    DLN_TRY(dln_query_open(
        c->store, &q, "SELECT report_id, span_start, span_end, "
        "trigger_start, event_id, type FROM event_mention WHERE event_id "
        "IS NOT NULL AND polarity = 'asserted' AND status IN ('actual', "
        "'ongoing', 'historical') AND type IN ('ASSAULT', 'COERCE', "
        "'RETREAT') ORDER BY report_id, span_start, id", c->error));
    dln_status status;
    while ((status = dln_query_step(q)) == DLN_OK) {
        told *t = DLN_VEC_PUSH(c->arena, &k->told);
        if (!t)
            break;
        *t = (told){dln_map_get(&c->report_of, dln_query_str(q, 0)),
                    dln_query_index(q, 1), dln_query_index(q, 2),
                    dln_query_index(q, 3),
                    dln_map_intern(&k->words, dln_query_str(q, 4)),
                    dln_map_intern(&k->words, dln_query_str(q, 5))};
    }
    dln_query_close(q);
    return status == DLN_END ? DLN_OK : status;
}

static bool does(const figure_events *k, const told *t, dln_str quantity)
{
    dln_str type = k->words.at[t->type].key;
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (dln_str_is(quantity, kinds[i][0]))
            return dln_str_is(type, kinds[i][1])
                   || dln_str_is(type, kinds[i][2]);
    return false;
}

/* The nearest fitting mention whose words the number stands in. */
static uint32_t around(const figure_events *k, uint32_t begin, uint32_t end,
                       dln_span number, dln_str quantity)
{
    uint32_t best = DLN_NONE, least = UINT32_MAX, seen = 0;
    for (uint32_t i = end; i-- > begin && seen++ < LIST;) {
        const told *t = &k->told.at[i];
        uint32_t off = t->trigger > number.start ? t->trigger - number.start
                                                 : number.start - t->trigger;
        if (t->start < number.end && number.start < t->end
            && off <= least && does(k, t, quantity)) {
            least = off;
            best = t->event;
        }
    }
    return best;
}

static uint32_t only_one(const figure_events *k, uint32_t begin,
                         uint32_t end, dln_str quantity)
{
    uint32_t event = DLN_NONE;
    for (uint32_t i = begin; i < end; i++) {
        if (!does(k, &k->told.at[i], quantity))
            continue;
        if (event != DLN_NONE && k->told.at[i].event != event)
            return DLN_NONE;
        event = k->told.at[i].event;
    }
    return event;
}

typedef struct place_ {     /* of one report among the mentions */
    uint32_t report, begin, end;
    uint32_t before;        /* mentions that begin before the number */
} place_;

static void go_to(const figure_events *k, place_ *p, uint32_t report,
                  uint32_t at)
{
    const told *all = k->told.at;
    if (p->report != report) {
        p->report = report;
        p->begin = p->end;
        while (p->begin < k->told.count && dln_str_cmp(
                   k->c->reports.at[all[p->begin].report].id,
                   k->c->reports.at[report].id) < 0)
            p->begin++;
        p->end = p->begin;
        while (p->end < k->told.count && all[p->end].report == report)
            p->end++;
        p->before = p->begin;
    }
    while (p->before < p->end && all[p->before].start < at)
        p->before++;
}

dln_status dln_rec__figure_events(dln_case *c)
{
    figure_events k = {.c = c};
    dln_query *read = NULL, *write = NULL;
    place_ at = {.report = DLN_NONE};
    dln_map_init(&k.words, c->arena);
    DLN_TRY(read_mentions(&k));
    dln_status status = dln_query_open(
        c->store, &read, "SELECT report_id, span_start, span_end, quantity, "
        "id, scope FROM figure WHERE event_mention_id IS NULL AND quantity "
        "IN ('killed', 'wounded', 'missing', 'captured', 'detained', "
        "'released', 'displaced') ORDER BY report_id, span_start, id",
        c->error);
    if (status == DLN_OK)
        status = dln_query_open(c->store, &write, "UPDATE figure SET "
                                "event_id = ?2 WHERE id = ?1", c->error);
    while (status == DLN_OK && (status = dln_query_step(read)) == DLN_OK) {
        uint32_t report = dln_map_get(&c->report_of, dln_query_str(read, 0));
        dln_span number = dln_query_span(read, 1);
        dln_str quantity = dln_query_str(read, 3);
        if (report == DLN_NONE)
            continue;
        go_to(&k, &at, report, number.end);
        uint32_t event = around(&k, at.begin, at.before, number, quantity);
        if (event == DLN_NONE
            && !dln_str_is(dln_query_str(read, 5), "other_event"))
            event = only_one(&k, at.begin, at.end, quantity);
        if (event != DLN_NONE)
            status = dln_query_run(write, "ss", dln_query_str(read, 4),
                                   k.words.at[event].key);
    }
    dln_query_close(read);
    dln_query_close(write);
    return status == DLN_END ? DLN_OK : status;
}
