/* SPDX-License-Identifier: Apache-2.0 */
/*
 * settle: candidates → statements. Drops what has no content or no source
 * and chooses between candidates that claim the same words; then, when the
 * judge has seen them, orders the rest and fills form, speakers, nesting and
 * time.
 */
#include <stdlib.h>

#include "base/buf.h"
#include "quote/quote_p.h"

/* Neighbours compared with each other; candidates are sorted by place. */
#define WINDOW 24
/* Tokens between a cue and the time of the saying. */
#define TIME_REACH 6

static const dln_token *tok(const dln_reading *r, uint32_t t)
{
    return &r->doc->tokens.at[t];
}

static dln_span source_span(const dln_reading *r, const dln_candidate *c)
{
    return c->source_begin == DLN_NONE
               ? DLN_NO_SPAN
               : dln_tokens_span(r->doc, c->source_begin, c->source_end);
}

static bool has_cue(const dln_candidate *c)
{
    return c->cue.token != DLN_NONE;
}

static dln_span cue_span(const dln_reading *r, const dln_candidate *c)
{
    return has_cue(c) ? dln_tokens_span(r->doc, c->cue.begin, c->cue.end)
                      : DLN_NO_SPAN;
}

static int by_start(const void *a, const void *b)
{
    const dln_span *x = a, *y = b;
    if (x->start != y->start)
        return x->start < y->start ? -1 : 1;
    return x->end < y->end ? -1 : x->end > y->end;
}

/* Sorts the pieces, joins those that overlap. */
static void tidy(dln_candidate *c)
{
    uint32_t n = 0;
    if (c->content_count == 0)
        return;
    qsort(c->contents, c->content_count, sizeof *c->contents, by_start);
    for (uint32_t i = 0; i < c->content_count; i++) {
        dln_span s = c->contents[i];
        if (s.end <= s.start)
            continue;
        if (n && s.start <= c->contents[n - 1].end) {
            if (s.end > c->contents[n - 1].end)
                c->contents[n - 1].end = s.end;
        } else {
            c->contents[n++] = s;
        }
    }
    c->content_count = n;
}

static uint32_t content_bytes(const dln_candidate *c)
{
    uint32_t n = 0;
    for (uint32_t i = 0; i < c->content_count; i++)
        n += c->contents[i].end - c->contents[i].start;
    return n;
}

static uint32_t shared_bytes(const dln_candidate *a, const dln_candidate *b)
{
    uint32_t n = 0;
    for (uint32_t i = 0; i < a->content_count; i++)
        for (uint32_t k = 0; k < b->content_count; k++) {
            dln_span x = a->contents[i], y = b->contents[k];
            uint32_t low = x.start > y.start ? x.start : y.start;
            uint32_t high = x.end < y.end ? x.end : y.end;
            n += high > low ? high - low : 0;
        }
    return n;
}

static bool content_has(const dln_candidate *c, uint32_t at)
{
    for (uint32_t i = 0; i < c->content_count; i++)
        if (c->contents[i].start <= at && at < c->contents[i].end)
            return true;
    return false;
}

/* Where the candidate itself stands: its cue, or its source. */
static uint32_t place_of(const dln_reading *r, const dln_candidate *c)
{
    if (has_cue(c))
        return tok(r, c->cue.token)->span.start;
    return c->contents[0].start;
}

static bool is_first_person(const dln_reading *r, uint32_t token)
{
    char word[16];
    dln_str s = dln_token_str(r->doc, token);
    if (s.len > sizeof word)
        return false;
    for (size_t i = 0; i < s.len; i++)
        word[i] = dln_lower(s.data[i]);
    return dln_list_has(r->quote->first_person, (dln_str){word, s.len});
}

static bool acceptable(const dln_reading *r, const dln_candidate *c)
{
    if (c->score < 0 || c->content_count == 0)
        return false;
    /* "continue", "go on": with a quotation only. */
    if (c->cue.kind == CUE_VERB && !c->quoted
        && r->quote->verb[c->cue.row].frames == FRAME_Q)
        return false;
    if (c->source_begin == DLN_NONE)
        return c->quoted && c->cue.strength >= 2;
    /* "I think" and "we hope" in someone's quotation report nobody else. */
    if (has_cue(c) && r->inside[c->cue.token] != DLN_NONE
        && (c->cue.strength < 3 || is_first_person(r, c->source_head)
            || is_first_person(r, c->source_begin)))
        return false;
    return true;
}

/* Of two that claim the same words one must go, unless one is told inside
 * the other. */
static void contest(const dln_reading *r, dln_candidate *a, dln_candidate *b)
{
    uint32_t shared = shared_bytes(a, b);
    if (!shared)
        return;
    bool b_inside = content_has(a, place_of(r, b));
    bool a_inside = content_has(b, place_of(r, a));
    if (a_inside != b_inside) {
        dln_candidate *inner = a_inside ? a : b;
        if (inner->cue.strength < 2)
            inner->kept = false;
        return;
    }
    uint32_t least = content_bytes(a) < content_bytes(b) ? content_bytes(a)
                                                         : content_bytes(b);
    if (shared * 2 < least)
        return;
    if (b->score > a->score)
        a->kept = false;
    else
        b->kept = false;
}

typedef struct order {
    uint32_t start, end, candidate;
} order;

static int by_place(const void *a, const void *b)
{
    const order *x = a, *y = b;
    if (x->start != y->start)
        return x->start < y->start ? -1 : 1;
    if (x->end != y->end)
        return x->end > y->end ? -1 : 1;
    return x->candidate < y->candidate ? -1 : x->candidate > y->candidate;
}

static void cover(dln_span *all, dln_span s)
{
    if (!dln_span_has(s))
        return;
    if (!dln_span_has(*all)) {
        *all = s;
        return;
    }
    if (s.start < all->start)
        all->start = s.start;
    if (s.end > all->end)
        all->end = s.end;
}

static dln_span whole_span(const dln_reading *r, const dln_candidate *c)
{
    dln_span all = cue_span(r, c);
    /* A source taken over from an earlier sentence stays out. */
    if (has_cue(c))
        cover(&all, source_span(r, c));
    for (uint32_t i = 0; i < c->content_count; i++)
        cover(&all, c->contents[i]);
    return all;
}

static dln_statement_form form_of(const dln_reading *r,
                                  const dln_candidate *c)
{
    uint32_t here = has_cue(c) ? r->inside[c->cue.token] : DLN_NONE;
    bool quoted = false, bare = false;
    for (uint32_t i = 0; i < c->content_count; i++)
        for (uint32_t t = dln_token_at(r->doc, c->contents[i].start);
             t < r->doc->tokens.count
             && tok(r, t)->span.start < c->contents[i].end
             && !(quoted && bare);
             t++) {
            if (tok(r, t)->upos == DLN_UPOS_PUNCT)
                continue;
            if (r->inside[t] != here)
                quoted = true;
            else
                bare = true;
        }
    return !quoted ? DLN_QUOTE_INDIRECT
                   : bare ? DLN_QUOTE_MIXED : DLN_QUOTE_DIRECT;
}

/* The time of the saying: a time mention beside the cue that is not part of
 * what is said. */
static uint32_t time_of(const dln_reading *r, const dln_candidate *c)
{
    const dln_doc *doc = r->doc;
    if (!has_cue(c) || !doc->times.count)
        return DLN_NONE;
    const dln_sentence *s = &doc->sentences.at[tok(r, c->cue.token)
                                                   ->sentence];
    uint32_t lo = 0, hi = doc->times.count, best = DLN_NONE, near = DLN_NONE;
    while (lo < hi) {
        uint32_t mid = lo + (hi - lo) / 2;
        if (doc->times.at[mid].span.start < s->span.start)
            lo = mid + 1;
        else
            hi = mid;
    }
    for (uint32_t i = lo, n = 0; i < doc->times.count && n < 32; i++, n++) {
        const dln_time *t = &doc->times.at[i];
        if (t->span.start >= s->span.end)
            break;
        if (content_has(c, t->span.start)
            || (t->type != DLN_TIME_DATE && t->type != DLN_TIME_TIME)
            || (c->source_begin != DLN_NONE
                && t->token_begin >= c->source_begin
                && t->token_begin < c->source_end))
            continue;
        uint32_t gap = t->token_begin >= c->cue.end
                           ? t->token_begin - c->cue.end
                           : c->cue.begin - t->token_end;
        if (t->token_begin < c->cue.end && t->token_end > c->cue.begin)
            gap = 0;
        /* Or hangs on the cue in the tree, or opens the sentence. */
        uint32_t head = tok(r, t->token_end - 1)->head;
        bool ours = gap <= TIME_REACH || head == c->cue.token
                    || t->token_begin <= s->token_begin + 1;
        if (ours && gap < near) {
            near = gap;
            best = i;
        }
    }
    return best;
}

/* "I" and "we" in the quoted words are the speaker's. */
static void fill_first_person(const dln_reading *r, const dln_candidate *c,
                              uint32_t speaker)
{
    dln_doc *doc = r->doc;
    uint32_t here = has_cue(c) ? r->inside[c->cue.token] : DLN_NONE;
    for (uint32_t i = 0; i < c->content_count; i++)
        for (uint32_t t = dln_token_at(doc, c->contents[i].start);
             t < doc->tokens.count
             && tok(r, t)->span.start < c->contents[i].end;
             t++) {
            if (r->inside[t] == here || tok(r, t)->upos != DLN_UPOS_PRON
                || !is_first_person(r, t))
                continue;
            uint32_t m = dln_mention_at(doc, t);
            if (m == DLN_NONE || doc->mentions.at[m].head != t
                || doc->mentions.at[m].form != DLN_FORM_PRONOUN
                || doc->mentions.at[m].actor != DLN_NONE)
                continue;
            doc->mentions.at[m].actor = speaker;
            doc->mentions.at[m].why =
                DLN_STR("first person inside the speaker's quotation");
        }
}

/* The actor in this report that stands for exactly these; a new one when
 * nothing named them together yet. DLN_NONE when out of memory. */
static uint32_t set_of(dln_doc *doc, const uint32_t *members, uint32_t count)
{
    for (uint32_t a = 0; a < doc->actors.count; a++) {
        const dln_actor *actor = &doc->actors.at[a];
        uint32_t same = 0;
        for (uint32_t i = 0; i < actor->member_count; i++)
            for (uint32_t k = 0; k < count; k++)
                same += actor->members[i] == members[k];
        if (same == count && actor->member_count == count)
            return a;
    }
    dln_buf key, name;
    dln_buf_init(&key, 4096);
    dln_buf_init(&name, 4096);
    for (uint32_t k = 0; k < count; k++) {
        const dln_actor *member = &doc->actors.at[members[k]];
        dln_buf_printf(&key, "%s%.*s", k ? "+" : "", DLN_ARG(member->key));
        dln_buf_printf(&name, "%s%.*s", k ? " and " : "",
                       DLN_ARG(member->name));
    }
    dln_actor set = doc->actors.at[members[0]];
    uint32_t *kept = dln_arena_array(doc->arena, count, sizeof *kept);
    set.key = dln_arena_str(doc->arena, dln_buf_view(&key));
    set.name = dln_arena_str(doc->arena, dln_buf_view(&name));
    set.iso3[0] = '\0';
    set.parent = DLN_NONE;
    set.gender = 0;
    set.plural = true;
    set.members = kept;
    set.member_count = count;
    dln_buf_release(&key);
    dln_buf_release(&name);
    dln_actor *slot = kept ? DLN_VEC_PUSH(doc->arena, &doc->actors) : NULL;
    if (!slot)
        return DLN_NONE;
    memcpy(kept, members, count * sizeof *kept);
    *slot = set;
    return doc->actors.count - 1;
}

/* "Both A and B said that they were ready": the plural subject of what
 * several say together is those who say it, not the last crowd named. */
static void fill_they(const dln_reading *r, const dln_candidate *c,
                      const uint32_t *speakers, uint32_t count)
{
    enum { HEAD = 3 }; /* that they ..., had they ... */
    dln_doc *doc = r->doc;
    uint32_t t = c->content_count
                     ? dln_token_at(doc, c->contents[0].start) : DLN_NONE;
    for (uint32_t n = 0; n < HEAD && t < doc->tokens.count; n++, t++) {
        uint32_t m = dln_mention_at(doc, t);
        if (m == DLN_NONE || doc->mentions.at[m].head != t
            || doc->mentions.at[m].form != DLN_FORM_PRONOUN
            || r->inside[t] != DLN_NONE || is_first_person(r, t))
            continue;
        uint32_t now = doc->mentions.at[m].actor;
        if (now != DLN_NONE && !doc->actors.at[now].plural)
            return;
        doc->mentions.at[m].actor = set_of(doc, speakers, count);
        doc->mentions.at[m].why =
            DLN_STR("subject of what several speakers say together");
        return;
    }
}

/* The smallest earlier statement in whose content this one is told. */
static uint32_t around(const dln_reading *r, const dln_candidate *c,
                       dln_span span)
{
    const dln_doc *doc = r->doc;
    uint32_t at = place_of(r, c), best = DLN_NONE;
    for (uint32_t i = doc->statements.count - 1, n = 0; i-- > 0 && n < WINDOW;
         n++) {
        const dln_statement *s = &doc->statements.at[i];
        if (s->span.end < span.end && s->span.end <= at)
            continue;
        for (uint32_t k = 0; k < s->content_count; k++)
            if (s->contents[k].start <= at && at < s->contents[k].end
                && (best == DLN_NONE
                    || s->span.end - s->span.start
                           < doc->statements.at[best].span.end
                                 - doc->statements.at[best].span.start))
                best = i;
    }
    return best;
}

static void emit(dln_reading *r, dln_candidate *c)
{
    dln_doc *doc = r->doc;
    uint32_t speakers[QUOTE_MAX_SPEAKERS];
    uint32_t count = dln_quote__speakers(r, c, speakers);
    dln_span *contents = dln_arena_array(doc->arena, c->content_count,
                                         sizeof *contents);
    uint32_t *kept = dln_arena_array(doc->arena, count ? count : 1,
                                     sizeof *kept);
    dln_statement *s = DLN_VEC_PUSH(doc->arena, &doc->statements);
    if (!s || !contents || !kept)
        return;
    memcpy(contents, c->contents, c->content_count * sizeof *contents);
    memcpy(kept, speakers, count * sizeof *kept);
    *s = (dln_statement){
        .span = whole_span(r, c), .source = source_span(r, c),
        .cue = cue_span(r, c), .contents = contents,
        .content_count = c->content_count, .form = form_of(r, c),
        .act = c->cue.act, .speakers = kept, .speaker_count = count,
        .addressee = dln_quote__actor_of(r, c->hearer),
        .time = time_of(r, c), .when = DLN_NO_INTERVAL};
    s->inside = around(r, c, s->span);
    if (s->time != DLN_NONE)
        s->when = doc->times.at[s->time].when;
    s->why = dln_arena_printf(doc->arena, "%s%s%.*s%s", c->rule,
                              has_cue(c) ? " (\"" : "",
                              DLN_ARG(dln_str_at(doc->text, s->cue)),
                              has_cue(c) ? "\")" : "");
    c->statement = doc->statements.count - 1;
    if (count == 1 && s->form != DLN_QUOTE_INDIRECT)
        fill_first_person(r, c, speakers[0]);
    if (count > 1)
        fill_they(r, c, speakers, count);
}

/* The candidates kept, by place; their number. */
static uint32_t in_order(const dln_reading *r, order *orders)
{
    uint32_t n = 0;
    for (uint32_t i = 0; i < r->candidates.count; i++) {
        const dln_candidate *c = &r->candidates.at[i];
        if (!c->kept)
            continue;
        dln_span span = whole_span(r, c);
        orders[n++] = (order){span.start, span.end, i};
    }
    qsort(orders, n, sizeof *orders, by_place);
    return n;
}

static order *make_orders(const dln_reading *r)
{
    return dln_arena_array(r->scratch, r->candidates.count + 1,
                           sizeof(order));
}

/* Are all its words between quotation marks? */
static bool all_by_marks(const dln_reading *r, const dln_candidate *c)
{
    return c->quoted && form_of(r, c) == DLN_QUOTE_DIRECT;
}

void dln_quote__choose(dln_reading *r)
{
    order *orders = make_orders(r);
    if (!orders)
        return;
    for (uint32_t i = 0; i < r->candidates.count; i++) {
        dln_candidate *c = &r->candidates.at[i];
        tidy(c);
        c->kept = acceptable(r, c);
    }
    uint32_t n = in_order(r, orders);
    for (uint32_t i = 0; i < n; i++)
        for (uint32_t k = i + 1; k < n && k <= i + WINDOW; k++) {
            dln_candidate *a = &r->candidates.at[orders[i].candidate];
            dln_candidate *b = &r->candidates.at[orders[k].candidate];
            if (orders[k].start >= orders[i].end)
                break;
            if (a->kept && b->kept)
                contest(r, a, b);
        }
    for (uint32_t i = 0; i < n; i++) {
        dln_candidate *c = &r->candidates.at[orders[i].candidate];
        c->by_marks = c->kept && all_by_marks(r, c);
    }
}

void dln_quote__settle(dln_reading *r)
{
    order *orders = make_orders(r);
    if (!orders)
        return;
    for (uint32_t i = 0; i < r->candidates.count; i++)
        if (r->candidates.at[i].kept)
            tidy(&r->candidates.at[i]);
    uint32_t n = in_order(r, orders);
    for (uint32_t i = 0; i < n; i++)
        emit(r, &r->candidates.at[orders[i].candidate]);
}
