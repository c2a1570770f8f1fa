/* SPDX-License-Identifier: Apache-2.0 */
/*
 * mentions of bodies and missions → mandates: what they are there for, how
 * many people, for how long, whose.
 *
 * A phrase of body-nouns.txt, or a mention that is a body already, with at
 * least one of: a verb that sets it up, a task ("to oversee ..."), a number
 * of people, a term ("for at least five years", also in the sentence behind
 * it: "They will remain"). Limits: one term and one number a mention.
 */
#include <math.h>
#include <stddef.h>

#include "accord/accord_p.h"

#define MAX_TASK 40u        /* tokens */

typedef struct found {
    uint32_t begin, end, head;
    dln_str kind, noun;
    dln_mandate m;
    bool set_up;
    dln_accactors members;
} found;

static bool sets_up(const dln_accwork *w, uint32_t verb)
{
    static const char *const verbs[] = {"establish", "create", "set", "form",
                                        "deploy", "send", "launch",
                                        "dispatch", "creation", "establishment",
                                        "deployment", "mandate", "station",
                                        "extend", "extension", "field",
                                        NULL};
    for (const char *const *v = verbs; *v; v++)
        if (dln_str_is(dln_acc__tok(w, verb)->lemma, *v))
            return true;
    return false;
}

/* How many: a figure of troops that touches the phrase, or stands in its
 * sentence where the phrase says what the troops are. */
static void read_size(dln_accwork *w, found *f)
{
    const dln_doc *doc = w->doc;
    dln_span phrase = dln_tokens_span(doc, f->begin, f->end);
    dln_span sentence =
        doc->sentences.at[dln_acc__tok(w, f->head)->sentence].span;
    bool mission = dln_str_is(f->kind, "mission");
    uint32_t i = dln_first_from(doc->figures.at, doc->figures.count,
                                sizeof(dln_figure), offsetof(dln_figure,
                                span.start), sentence.start);
    for (uint32_t n = 0; i < doc->figures.count && n < DLN_ACC_REACH;
         i++, n++) {
        const dln_figure *g = &doc->figures.at[i];
        if (g->span.start >= sentence.end)
            return;
        bool touch = g->span.start < phrase.end
                     && g->span.end > phrase.start;
        if (!touch && (!mission || g->quantity != DLN_QTY_TROOPS))
            continue;
        if (g->quantity != DLN_QTY_TROOPS && g->quantity != DLN_QTY_OTHER)
            continue;
        f->m.low = g->low;
        f->m.high = g->high;
        if (g->span.start < f->m.span.start)
            f->m.span.start = g->span.start;
        if (g->span.end > f->m.span.end)
            f->m.span.end = g->span.end;
        return;
    }
}

/* "to oversee ...", "tasked with monitoring ..." behind the phrase. */
static void read_task(dln_accwork *w, found *f)
{
    const dln_doc *doc = w->doc;
    const dln_sentence *s =
        &doc->sentences.at[dln_acc__tok(w, f->head)->sentence];
    uint32_t begin, end;
    for (uint32_t t = f->end; t < s->token_end
                              && t < f->end + DLN_ACC_REACH * 2; t++) {
        const dln_token *k = dln_acc__tok(w, t);
        bool to = t > 0 && dln_acc__is(w, t - 1, "to");
        bool with = k->xpos == DLN_XPOS_VBG;
        if (k->upos != DLN_UPOS_VERB || (!to && !with)
            || !dln_list_has(w->a->tasks, k->lemma))
            continue;
        dln_subtree(doc, t, &begin, &end);
        if (end > t + MAX_TASK)
            end = t + MAX_TASK;
        while (end > t + 1
               && dln_acc__tok(w, end - 1)->upos == DLN_UPOS_PUNCT)
            end--;
        f->m.task = dln_tokens_span(doc, t, end > t ? end : t + 1);
        if (f->m.task.end > f->m.span.end)
            f->m.span.end = f->m.task.end;
        return;
    }
}

static bool stays(const dln_accwork *w, uint32_t begin, uint32_t end)
{
    static const char *const words[] = {"remain", "stay", "deployed",
                                        "deploy", "mandate", "term", "last",
                                        "renewed", "extended", "extend",
                                        "renew", "stationed", NULL};
    for (uint32_t t = begin; t < end; t++)
        if (dln_acc__any(w, t, words))
            return true;
    return false;
}

/* A duration with "for" in sentence `s` from token `from`. */
static bool term_in(dln_accwork *w, found *f, uint32_t s, uint32_t from)
{
    const dln_doc *doc = w->doc;
    const dln_sentence *at = &doc->sentences.at[s];
    uint32_t i = dln_acc__time_in(w, from, at->token_end);
    for (uint32_t n = 0; i != DLN_NONE && i < doc->times.count
                         && n < DLN_ACC_REACH; i++, n++) {
        const dln_time *time = &doc->times.at[i];
        uint32_t first = time->token_begin;
        if (first >= at->token_end)
            return false;
        bool lead = false;
        for (uint32_t t = first > from + 3 ? first - 3 : from;
             t <= first && !lead; t++)
            lead = dln_acc__is(w, t, "for");
        lead |= dln_acc__is(w, time->token_end, "mandate")
                || dln_acc__is(w, time->token_end, "term");
        if (time->type != DLN_TIME_DURATION || !lead
            || !dln_acc__days(time->value)
            || !stays(w, at->token_begin, at->token_end))
            continue;
        f->m.term_words = time->span;
        if (time->span.end > f->m.span.end)
            f->m.span.end = time->span.end;
        f->m.why = time->value;
        return true;
    }
    return false;
}

static void read_term(dln_accwork *w, found *f)
{
    const dln_doc *doc = w->doc;
    static const char *const goes_on[] = {"they", "it", "the", "their",
                                          "its", NULL};
    uint32_t s = dln_acc__tok(w, f->head)->sentence;
    if (term_in(w, f, s, f->begin) || s + 1 >= doc->sentences.count)
        return;
    const dln_sentence *next = &doc->sentences.at[s + 1];
    if (next->paragraph == doc->sentences.at[s].paragraph
        && next->token_end > next->token_begin
        && dln_acc__any(w, next->token_begin, goes_on)
        && (dln_acc__tok(w, next->token_begin)->upos == DLN_UPOS_PRON
            || dln_acc__any(w, next->token_begin + 1,
                            (const char *const[]){"mission", "mandate",
                                "force", "group", "peacekeepers", NULL})))
        term_in(w, f, s + 1, next->token_begin);
}

/* The end of the term, where its beginning is known: from the agreement
 * that the body comes from. */
static void date_term(dln_accwork *w, found *f, dln_str duration)
{
    int32_t days = dln_acc__days(duration);
    if (f->m.pact == DLN_NONE || !days)
        return;
    dln_interval when = w->doc->pacts.at[f->m.pact].when;
    if (when.start == DLN_NO_DAY || when.start != when.end)
        return;
    f->m.term = (dln_interval){when.start, when.start + days,
                               DLN_PREC_DAY};
}

/* Actors of the sentence that the body is made of: those who set it up,
 * "with X", "of X and Y", "from the three countries". */
static void read_members(dln_accwork *w, found *f)
{
    static const char *const preps[] = {"with", "of", "between", "from",
                                        "by", NULL};
    const dln_doc *doc = w->doc;
    const dln_token *head = dln_acc__tok(w, f->head);
    uint32_t n = 0;
    for (uint32_t c = head->child; c != DLN_NONE && n < DLN_ACC_REACH;
         c = dln_acc__tok(w, c)->sibling, n++) {
        uint32_t prep = dln_child(doc, c, DLN_REL_case);
        if (dln_acc__tok(w, c)->deprel == DLN_REL_nmod_poss
            || (prep != DLN_NONE && dln_acc__any(w, prep, preps)))
            dln_acc__actors(w, c, &f->members);
    }
    uint32_t verb = head->head;
    if (verb == DLN_NONE || !sets_up(w, verb))
        return;
    f->set_up = true;
    if (head->deprel == DLN_REL_obj) {
        uint32_t subject = dln_acc__subject(w, verb);
        if (subject != DLN_NONE)
            dln_acc__actors(w, subject, &f->members);
        n = 0;
        for (uint32_t c = dln_acc__tok(w, verb)->child;
             c != DLN_NONE && n < DLN_ACC_REACH;
             c = dln_acc__tok(w, c)->sibling, n++) {
            uint32_t prep = dln_child(doc, c, DLN_REL_case);
            if (prep != DLN_NONE && dln_acc__is(w, prep, "with"))
                dln_acc__actors(w, c, &f->members);
        }
    }
}

/* The body's actor: the mention's, or one of its own for a phrase that no
 * mention covers. */
static uint32_t actor_of(dln_accwork *w, found *f)
{
    dln_doc *doc = w->doc;
    uint32_t m = dln_mention_at(doc, f->head);
    if (m != DLN_NONE && doc->mentions.at[m].head == f->head
        && doc->mentions.at[m].actor < doc->actors.count) {
        const dln_actor *a = &doc->actors.at[doc->mentions.at[m].actor];
        if (a->kind == DLN_ACTOR_BODY || a->kind == DLN_ACTOR_POPULATION
            || a->kind == DLN_ACTOR_ORGANISATION)
            return doc->mentions.at[m].actor;
        return DLN_NONE;
    }
    dln_str words = dln_doc_str(doc, dln_tokens_span(doc, f->begin, f->end));
    char key[200];
    size_t len = 0;
    for (size_t i = 0; i < words.len && len + 1 < sizeof key; i++)
        key[len++] = words.data[i] == '\n' ? ' ' : dln_lower(words.data[i]);
    key[len] = '\0';
    dln_str full = dln_arena_printf(doc->arena, "body:%s", key);
    for (uint32_t i = 0; i < doc->actors.count && i < DLN_ACC_MAX; i++)
        if (dln_str_eq(doc->actors.at[i].key, full))
            return i;
    dln_actor *a = DLN_VEC_PUSH(doc->arena, &doc->actors);
    if (!a)
        return DLN_NONE;
    *a = (dln_actor){.key = full, .name = words, .kind = DLN_ACTOR_BODY,
                     .parent = DLN_NONE};
    return doc->actors.count - 1;
}

/* The agreement it comes from: named in its sentence, or the one before. */
static uint32_t pact_near(const dln_accwork *w, uint32_t head)
{
    const dln_doc *doc = w->doc;
    const dln_sentence *s =
        &doc->sentences.at[dln_acc__tok(w, head)->sentence];
    uint32_t pact = DLN_NONE;
    for (uint32_t t = s->token_begin; t < s->token_end; t++)
        if (w->pact_of[t] != DLN_NONE
            && doc->pacts.at[w->pact_of[t]].made)
            pact = w->pact_of[t];
    return pact;
}

static void read_body(dln_accwork *w, found *f, bool sure)
{
    dln_doc *doc = w->doc;
    f->m = (dln_mandate){.span = dln_tokens_span(doc, f->begin, f->end),
                         .task = DLN_NO_SPAN, .term_words = DLN_NO_SPAN,
                         .term = DLN_NO_INTERVAL, .low = NAN, .high = NAN,
                         .pact = pact_near(w, f->head)};
    read_size(w, f);
    read_members(w, f);
    if (!sure && isnan(f->m.low) && isnan(f->m.high) && !f->set_up)
        return;
    read_task(w, f);
    read_term(w, f);
    bool told = dln_span_has(f->m.task) || dln_span_has(f->m.term_words)
                || !isnan(f->m.low) || !isnan(f->m.high) || f->set_up;
    if (!told || doc->mandates.count >= DLN_ACC_MAX)
        return;
    dln_str duration = f->m.why;
    f->m.actor = actor_of(w, f);
    if (f->m.actor == DLN_NONE)
        return;
    date_term(w, f, duration);
    dln_accactors members = {0};
    for (uint32_t i = 0; i < f->members.count; i++)
        if (dln_acc__political(doc, f->members.at[i])
            && f->members.at[i] != f->m.actor)
            dln_acc__add(doc, &members, f->members.at[i]);
    f->m.members = dln_acc__copy(doc->arena, &members);
    f->m.member_count = f->m.members ? members.count : 0;
    f->m.why = dln_arena_printf(
        doc->arena, "body-nouns: %.*s%s%s%s%s", DLN_ARG(f->noun),
        f->set_up ? "; it is set up" : "",
        dln_span_has(f->m.task) ? "; a task" : "",
        isnan(f->m.low) && isnan(f->m.high) ? "" : "; a number",
        dln_span_has(f->m.term_words) ? "; a term" : "");
    dln_mandate *to = DLN_VEC_PUSH(doc->arena, &doc->mandates);
    if (to)
        *to = f->m;
}

/* Widens the phrase to the words before it: "trilateral working group". */
static uint32_t reach_left(const dln_accwork *w, uint32_t begin)
{
    uint32_t first = w->doc->sentences.at[dln_acc__tok(w, begin)->sentence]
                         .token_begin;
    for (uint32_t n = 0; begin > first && n < 5; n++) {
        uint8_t upos = dln_acc__tok(w, begin - 1)->upos;
        if (upos != DLN_UPOS_ADJ && upos != DLN_UPOS_NOUN
            && upos != DLN_UPOS_PROPN)
            break;
        begin--;
    }
    return begin;
}

static void read_phrase(dln_accwork *w, uint32_t t, uint32_t words,
                        const dln_row *row)
{
    found f = {.head = t + words - 1, .end = t + words,
               .kind = row->field[1], .noun = row->field[0]};
    const dln_token *head = dln_acc__tok(w, f.head);
    if (head->upos != DLN_UPOS_NOUN && head->upos != DLN_UPOS_PROPN)
        return;
    f.begin = reach_left(w, t);
    bool sure = words > 1
                || dln_str_find(row->field[0], DLN_STR("peacekeep"), 0)
                       < row->field[0].len;
    read_body(w, &f, sure);
}

void dln_acc__mandates(dln_accwork *w)
{
    const dln_doc *doc = w->doc;
    uint32_t n;
    for (uint32_t s = 0; s < doc->sentences.count; s++) {
        const dln_sentence *at = &doc->sentences.at[s];
        if (at->token_end - at->token_begin > DLN_ACC_SENTENCE)
            continue;
        for (uint32_t t = at->token_begin; t < at->token_end; t += n) {
            const dln_row *row = dln_acc__phrase(w->a->bodies, w, t,
                                                 at->token_end, &n);
            if (row)
                read_phrase(w, t, n, row);
        }
    }
}
