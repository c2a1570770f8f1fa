/* SPDX-License-Identifier: Apache-2.0 */
/*
 * context: a draft → a figure of the document: whose people, who says so,
 * as of when, of which event.
 *
 * side: the actor of a mention inside the figure's words, or of the "of X",
 * "from X", "on both sides" behind them; else who sends the troops, to whom
 * the prisoners go, whose ministry tells of its military. claimed_by: the
 * speaker of the
 * innermost statement whose content holds the number; else the mention
 * behind "according to" in the sentence; else nobody, the report itself.
 * as_of: the date told in the clause.
 */
#include <math.h>

#include "figures/figures_p.h"

#define TIME_REACH 120u     /* bytes between a figure and its date */
#define EPISODE 27          /* days, and one, that a war takes at least */
#define TIME_BEFORE 400u    /* the same where the sentence before tells it */

static uint32_t first_mention(const dln_doc *doc, uint32_t begin,
                              uint32_t end)
{
    uint32_t lo = 0, hi = doc->mentions.count;
    while (lo < hi) {
        uint32_t mid = lo + (hi - lo) / 2;
        if (doc->mentions.at[mid].span.start < begin)
            lo = mid + 1;
        else
            hi = mid;
    }
    for (; lo < doc->mentions.count && doc->mentions.at[lo].span.start < end;
         lo++) {
        const dln_mention *m = &doc->mentions.at[lo];
        if (m->actor != DLN_NONE && m->span.end <= end
            && m->form != DLN_FORM_PRONOUN
            && !doc->actors.at[m->actor].nameless)
            return lo;
    }
    return DLN_NONE;
}

static uint32_t find_side(const dln_figwork *w, const dln_draft *d)
{
    const dln_doc *doc = w->doc;
    uint32_t begin = w->atoms[d->n.end - 1].span.end;
    uint32_t end = w->atoms[d->end - 1].span.end;
    uint32_t m = first_mention(doc, begin, end);
    uint32_t at = d->end;
    if (m == DLN_NONE && d->begin > 0) {
        /* "its 12 soldiers": the owner just before. */
        uint32_t t = w->atoms[d->begin - 1].token;
        unsigned xpos = dln_figures__xpos(w, d->begin - 1);
        if (xpos == DLN_XPOS_PRPS || xpos == DLN_XPOS_POS)
            m = dln_mention_at(doc, t);
    }
    /* Troops are withdrawn from where they are, not from whose they are. */
    bool from = dln_atom_is(w, at, "from") && d->quantity != DLN_QTY_TROOPS;
    if (m == DLN_NONE
        && (dln_atom_is(w, at, "of") || from
            || (dln_atom_is(w, at, "on")
                && (dln_atom_is(w, at + 1, "both")
                    || dln_atom_is(w, at + 2, "side")
                    || dln_atom_is(w, at + 3, "side"))))
        && at + 1 < w->count) {
        uint32_t last = at + 5 < w->count ? at + 5 : w->count;
        m = first_mention(doc, w->atoms[at].span.start,
                          w->atoms[last - 1].span.end);
    }
    return m == DLN_NONE ? DLN_NONE : doc->mentions.at[m].actor;
}

static bool within(dln_span inner, dln_span outer)
{
    return dln_span_has(outer) && outer.start <= inner.start
           && inner.end <= outer.end;
}

/* The statement with the shortest content that holds `span`. */
static const dln_statement *stated(const dln_doc *doc, dln_span span)
{
    const dln_statement *best = NULL;
    uint32_t shortest = UINT32_MAX;
    uint32_t lo = 0, hi = doc->statements.count;
    while (lo < hi) {
        uint32_t mid = lo + (hi - lo) / 2;
        if (doc->statements.at[mid].span.start <= span.start)
            lo = mid + 1;
        else
            hi = mid;
    }
    for (uint32_t i = lo, n = 0; i-- > 0 && n < 32; n++) {
        const dln_statement *s = &doc->statements.at[i];
        for (uint32_t c = 0; c < s->content_count && c < 32; c++) {
            uint32_t size = s->contents[c].end - s->contents[c].start;
            if (within(span, s->contents[c]) && size < shortest) {
                best = s;
                shortest = size;
            }
        }
    }
    return best;
}

static void according_to(const dln_figwork *w, dln_figure *f)
{
    for (uint32_t i = 0; i + 2 < w->count; i++) {
        if (!dln_atom_is(w, i, "according")
            || !dln_atom_is(w, i + 1, "to"))
            continue;
        uint32_t last = i + 2;
        while (last < w->count && last < i + 12
               && w->atoms[last].kind == DLN_ATOM_WORD)
            last++;
        if (last == i + 2)
            return;
        f->claim = (dln_span){w->atoms[i + 2].span.start,
                              w->atoms[last - 1].span.end};
        uint32_t m = first_mention(w->doc, f->claim.start, f->claim.end);
        if (m != DLN_NONE) {
            f->claim = w->doc->mentions.at[m].span;
            f->claimed_by = w->doc->mentions.at[m].actor;
        }
        return;
    }
}

static void find_claim(const dln_figwork *w, dln_figure *f)
{
    const dln_statement *s = stated(w->doc, f->number);
    f->claimed_by = DLN_NONE;
    f->claim = DLN_NO_SPAN;
    if (s) {
        if (s->speaker_count)
            f->claimed_by = s->speakers[0];
        f->claim = s->source;
    } else {
        according_to(w, f);
    }
}

/* "6,700 died in the fighting": what the sentence before has told of. */
static bool told_before(const dln_figwork *w)
{
    for (uint32_t i = 0; i + 1 < w->count; i++)
        if ((dln_atom_is(w, i, "the") || dln_atom_is(w, i, "that"))
            && dln_figures__mark(w, i + 1, "episode"))
            return true;
    return false;
}

/* Where the sentence before begins. */
static uint32_t sentence_before(const dln_figwork *w)
{
    const dln_doc *doc = w->doc;
    uint32_t token = w->atoms[0].token;
    uint32_t s = token == DLN_NONE ? 0 : doc->tokens.at[token].sentence;
    return s == 0 || s >= doc->sentences.count
               ? w->atoms[0].span.start : doc->sentences.at[s - 1].span.start;
}

/* The nearest dated expression of the sentence. */
static dln_interval find_date(const dln_figwork *w, const dln_figure *f)
{
    const dln_doc *doc = w->doc;
    uint32_t own = w->atoms[0].span.start, begin = own;
    uint32_t reach = TIME_REACH;
    if (told_before(w)) {
        begin = sentence_before(w);
        reach = TIME_BEFORE;
    }
    uint32_t end = w->atoms[w->count - 1].span.end;
    uint32_t lo = 0, hi = doc->times.count, best = reach;
    dln_interval when = DLN_NO_INTERVAL;
    while (lo < hi) {
        uint32_t mid = lo + (hi - lo) / 2;
        if (doc->times.at[mid].span.start < begin)
            lo = mid + 1;
        else
            hi = mid;
    }
    for (; lo < doc->times.count && doc->times.at[lo].span.start < end;
         lo++) {
        const dln_time *t = &doc->times.at[lo];
        if ((t->type != DLN_TIME_DATE && t->type != DLN_TIME_TIME)
            || t->when.start == DLN_NO_DAY)
            continue;
        /* The day of the sentence before is another's: "said on Monday". */
        if (t->span.end <= own && t->when.end - t->when.start < EPISODE)
            continue;
        uint32_t gap = t->span.start >= f->span.end
                           ? t->span.start - f->span.end
                       : t->span.end <= f->span.start
                           ? f->span.start - t->span.end : 0;
        if (gap < best) {
            best = gap;
            when = t->when;
        }
    }
    return when;
}

/* "its servicemen" whose owner was not found is no side yet. */
static bool sided(const dln_doc *doc, uint32_t actor)
{
    if (actor == DLN_NONE)
        return false;
    const dln_actor *a = &doc->actors.at[actor];
    return *a->iso3 || a->parent != DLN_NONE || a->member_count
           || a->kind != DLN_ACTOR_ORGANISATION
           || !dln_str_is(a->sector, "MIL");
}

static uint32_t country_of(const dln_doc *doc, uint32_t actor)
{
    for (int step = 0; step < 6 && actor < doc->actors.count; step++) {
        if (doc->actors.at[actor].kind == DLN_ACTOR_COUNTRY)
            return actor;
        actor = doc->actors.at[actor].parent;
    }
    return DLN_NONE;
}

/* Whoever sends troops: the subject of the verb that gave the class. */
static uint32_t sender(const dln_figwork *w, const dln_draft *d)
{
    const dln_doc *doc = w->doc;
    uint32_t token = d->noun == DLN_NONE ? DLN_NONE : w->atoms[d->noun].token;
    if (token >= doc->tokens.count
        || doc->tokens.at[token].deprel != DLN_REL_obj)
        return DLN_NONE;
    uint32_t subject = dln_child(doc, doc->tokens.at[token].head,
                                 DLN_REL_nsubj);
    uint32_t m = subject == DLN_NONE ? DLN_NONE
                                     : dln_mention_at(doc, subject);
    return m == DLN_NONE ? DLN_NONE
                         : country_of(doc, doc->mentions.at[m].actor);
}

/* The side that the words leave out: who sends troops, to whom prisoners
 * are handed over, the country whose ministry tells of losses among its
 * military without naming another. */
static void understood_side(const dln_figwork *w, const dln_draft *d,
                            dln_figure *f)
{
    const dln_doc *doc = w->doc;
    uint32_t side = DLN_NONE;
    if (d->quantity == DLN_QTY_TROOPS && d->frame) {
        side = sender(w, d);
    } else if (d->quantity == DLN_QTY_RELEASED) {
        for (uint32_t i = d->end; i < w->count && i < d->end + 6; i++)
            if (dln_atom_is(w, i, "to") && i + 1 < w->count) {
                uint32_t m = first_mention(doc, w->atoms[i + 1].span.start,
                                           w->atoms[i + 1].span.end);
                if (m != DLN_NONE)
                    side = country_of(doc, doc->mentions.at[m].actor);
                break;
            }
    } else if (d->quantity <= DLN_QTY_CAPTURED
               && dln_str_is(f->status, "military")
               && f->claimed_by < doc->actors.count
               && doc->actors.at[f->claimed_by].kind != DLN_ACTOR_PERSON) {
        side = country_of(doc, f->claimed_by);
    }
    if (side != DLN_NONE)
        f->side = side;
}

static dln_str find_unit(const dln_figwork *w, const dln_draft *d)
{
    if (d->n.money)
        return d->n.money->field[1];
    if (d->n.unit)
        return d->n.unit->field[1];
    if (d->people)
        return d->people->field[1];
    if (d->noun == DLN_NONE)
        return d->quantity <= DLN_QTY_INHABITANTS
                       && d->quantity != DLN_QTY_VIOLATIONS
                   ? DLN_STR("person") : (dln_str){NULL, 0};
    if (d->frame && d->quantity < DLN_QTY_VIOLATIONS)
        return DLN_STR("person");
    uint32_t token = w->atoms[d->noun].token;
    dln_str lemma = token == DLN_NONE ? (dln_str){NULL, 0}
                                      : w->doc->tokens.at[token].lemma;
    if (lemma.len)
        return lemma;
    return dln_arena_str(w->doc->arena, w->atoms[d->noun].word);
}

static dln_str explain(const dln_figwork *w, const dln_draft *d)
{
    dln_str bound = d->bound ? d->bound->field[0] : DLN_STR("none");
    if (d->victim)
        return dln_arena_printf(
            w->doc->arena, "told without a number; \"%.*s\" gives %s",
            DLN_ARG(d->frame ? d->frame->field[0] : DLN_STR("")),
            dln_quantity_text(d->quantity));
    if (d->frame && !d->how)
        return dln_arena_printf(
            w->doc->arena, "figure-frames: \"%.*s\" gives %s; bound: %.*s",
            DLN_ARG(d->frame->field[0]), dln_quantity_text(d->quantity),
            DLN_ARG(bound));
    return dln_arena_printf(w->doc->arena, "class by %s; bound: %.*s",
                            d->how ? d->how : "number alone",
                            DLN_ARG(bound));
}

/* "two died and two are in critical condition": a state, told beside the
 * dead of the same sentence. */
static bool tells_dead_beside(const dln_figwork *w, const dln_draft *d)
{
    if (!d->frame || !dln_figures__option(d->frame, "state"))
        return false;
    for (uint32_t i = 0; i < w->draft_count && i < 64; i++)
        if (w->drafts[i].quantity == DLN_QTY_KILLED
            && w->drafts[i].begin != d->begin)
            return true;
    return false;
}

void dln_figures__keep(dln_figwork *w, const dln_draft *d)
{
    dln_doc *doc = w->doc;
    if (doc->figures.count >= DLN_FIG_MAX)
        return;
    dln_figure f = {
        .span = {w->atoms[d->begin].span.start,
                 w->atoms[d->end - 1].span.end},
        .number = {w->atoms[d->n.begin].span.start,
                   w->atoms[d->n.end - 1].span.end},
        .token_begin = w->atoms[d->begin].token,
        .token_end = w->atoms[d->end - 1].token,
        .quantity = d->quantity,
        .relation = d->relation,
        .low = d->n.low,
        .high = d->n.high,
        .scope = d->scope,
        .side = DLN_NONE,
        .event = DLN_NONE,
    };
    if (f.token_end != DLN_NONE)
        f.token_end++;
    if (d->people && (dln_str_is(d->people->field[2], "military")
                      || dln_str_is(d->people->field[2], "civilian")))
        f.status = d->people->field[2];
    f.unit = find_unit(w, d);
    find_claim(w, &f);
    if (d->quantity <= DLN_QTY_INHABITANTS)
        f.side = find_side(w, d);
    if (d->quantity <= DLN_QTY_INHABITANTS && !sided(doc, f.side))
        understood_side(w, d, &f);
    f.as_of = find_date(w, &f);
    f.why = explain(w, d);
    dln_figure *slot = DLN_VEC_PUSH(doc->arena, &doc->figures);
    if (slot)
        *slot = f;
    bool object = d->quantity == DLN_QTY_KILLED && !d->victim && d->frame
                  && dln_str_is(d->frame->field[2], "before");
    if (!slot || (!d->weak && !d->victim && !d->others && !object))
        return;
    dln_told *told = DLN_VEC_PUSH(w->scratch, &w->told);
    if (told)
        *told = (dln_told){
            .figure = doc->figures.count - 1,
            .age = d->years,
            .who = d->people,
            .victim = d->victim,
            .weak = d->weak,
            .self = d->self,
            .object = object,
            .mild = d->mild,
            .others = d->others,
            .apart = d->others || tells_dead_beside(w, d),
        };
}
