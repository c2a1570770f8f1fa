/* SPDX-License-Identifier: Apache-2.0 */
/*
 * setting: when and where an event was, and who says so.
 *
 * A time or place belongs to the event when the tree leads from it to the
 * event's verb or noun, or to a verb the event stands under without a clause
 * boundary between ("said on Monday that they met" dates the saying). What
 * is not bound so stays unknown: neither the day of publication nor the
 * dateline is taken for it.
 */
#include "coder/coder_p.h"

static const dln_token *tok(const dln_doc *doc, uint32_t i)
{
    return &doc->tokens.at[i];
}

/* Topmost token of [begin, end): the one whose head is outside. */
static uint32_t head_of(const dln_doc *doc, uint32_t begin, uint32_t end)
{
    for (uint32_t t = begin; t < end && t < doc->tokens.count; t++)
        if (tok(doc, t)->head < begin || tok(doc, t)->head >= end)
            return t;
    return begin;
}

static bool locative(dln_str prep)
{
    static const char *const words[] = {"in", "at", "near", "on", "outside",
                                        "inside", "into", "around", "along",
                                        "across", "within", "throughout"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (dln_str_ieq(prep, dln_str_of(words[i])))
            return true;
    return false;
}

/* From a nominal to the verb or event noun it hangs on; *top is the last
 * nominal passed. */
static uint32_t binder(const dln_doc *doc, uint32_t token, uint32_t stop,
                       uint32_t *top)
{
    *top = token;
    for (int i = 0; i < DLN_CODER_MAX_STEPS; i++) {
        uint32_t head = tok(doc, token)->head;
        if (head >= doc->tokens.count)
            return DLN_NONE;
        *top = token;
        if (head == stop || tok(doc, head)->upos == DLN_UPOS_VERB
            || tok(doc, head)->upos == DLN_UPOS_ADJ)
            return head;
        token = head;
    }
    return DLN_NONE;
}

/* Tokens whose settings hold for the event, nearest first; places only up to
 * *near. */
static uint32_t anchors(const dln_coder *coder, const dln_doc *doc,
                        const dln_coder_hit *hit, uint32_t *out,
                        uint32_t max, uint32_t *near)
{
    uint32_t count = 0, at = hit->verb;
    *near = 0;
    out[count++] = hit->token;
    uint32_t stands = dln_coder__stands(coder, doc, hit->token);
    if (stands != hit->token)
        out[count++] = stands;
    if (at != hit->token)
        out[count++] = at;
    /* A participle hangs below its noun; the way up is the noun's. */
    if (at == hit->token || dln_is_below(doc, at, hit->token))
        at = stands;
    /* A participle that describes the noun: "talks held in Geneva". */
    for (uint32_t c = tok(doc, hit->token)->child; c != DLN_NONE;
         c = tok(doc, c)->sibling)
        if (tok(doc, c)->deprel == DLN_REL_acl && count < max
            && dln_child(doc, c, DLN_REL_mark) == DLN_NONE)
            out[count++] = c;
    for (int i = 0; i < DLN_CODER_MAX_STEPS && count < max; i++) {
        uint32_t head = tok(doc, at)->head;
        if (head >= doc->tokens.count)
            break;
        uint8_t rel = tok(doc, at)->deprel;
        bool nominal = rel == DLN_REL_obj || rel == DLN_REL_obl
                       || rel == DLN_REL_nsubj || rel == DLN_REL_nmod
                       || rel == DLN_REL_nsubj_pass;
        if (rel == DLN_REL_advcl) {
            uint32_t mark = dln_child(doc, at, DLN_REL_mark);
            bool as = mark != DLN_NONE
                      && (dln_coder__word_is(doc, mark, "as")
                          || dln_coder__word_is(doc, mark, "while"));
            if (mark != DLN_NONE && !as
                && !dln_coder__word_is(doc, mark, "to"))
                break;
            /* "said on Monday as they met": the day is shared, not the
             * place. */
            if (as && !*near)
                *near = count;
        } else if (rel != DLN_REL_xcomp && rel != DLN_REL_conj && !nominal) {
            break;
        }
        out[count++] = at = head;
    }
    if (!*near)
        *near = count;
    return count;
}

/* Rank of the binder among the anchors; `count` if it is none. */
static uint32_t rank_of(const uint32_t *anchors_, uint32_t count,
                        uint32_t token)
{
    for (uint32_t i = 0; i < count; i++)
        if (anchors_[i] == token)
            return i;
    return count;
}

static bool in_sentence(const dln_doc *doc, uint32_t begin, uint32_t token)
{
    return begin < doc->tokens.count
           && tok(doc, begin)->sentence == tok(doc, token)->sentence;
}

/* Index of the first time or place that begins at or behind `token`: both
 * layers are in the order of the text. */
#define LOWER_BOUND(name, layer)                                        \
    static uint32_t name(const dln_doc *doc, uint32_t token)            \
    {                                                                   \
        uint32_t lo = 0, hi = doc->layer.count;                         \
        while (lo < hi) {                                               \
            uint32_t mid = lo + (hi - lo) / 2;                          \
            if (doc->layer.at[mid].token_begin < token)                 \
                lo = mid + 1;                                           \
            else                                                        \
                hi = mid;                                               \
        }                                                               \
        return lo;                                                      \
    }
LOWER_BOUND(times_from, times)
LOWER_BOUND(places_from, places)

/* Nesting is shallow and spans are short: a few steps back will do. */
#define COVERS(name, layer, from)                                       \
    uint32_t name(const dln_doc *doc, uint32_t token)                   \
    {                                                                   \
        uint32_t i = from(doc, token + 1);                              \
        for (int step = 0; step < 4 && i-- > 0; step++)                 \
            if (token < doc->layer.at[i].token_end)                     \
                return i;                                               \
        return DLN_NONE;                                                \
    }
COVERS(dln_coder__first_time, times, times_from)
COVERS(dln_coder__place_at, places, places_from)

static uint32_t begin_of(const dln_doc *doc, uint32_t token)
{
    return doc->sentences.at[tok(doc, token)->sentence].token_begin;
}

/* Does the way from a time to its binder lead over another event's words:
 * "two days after the attack on Monday", "fighting since the war of 2020"? */
static bool of_another(const dln_doc *doc, uint32_t token, uint32_t stop)
{
    static const char *const words[] = {"after", "before", "following",
                                        "ahead of"};
    for (int i = 0; i < DLN_CODER_MAX_STEPS && token != stop
                    && token < doc->tokens.count; i++) {
        dln_str prep = dln_coder__case(doc, token);
        if (dln_str_ieq(prep, DLN_STR("since"))
            || dln_str_ieq(prep, DLN_STR("until")))
            return true;
        for (size_t k = 0; i && k < sizeof words / sizeof *words; k++)
            if (dln_str_ieq(prep, dln_str_of(words[k])))
                return true;
        token = tok(doc, token)->head;
    }
    return false;
}

/* Days known; only words, as in undated reports ("on Monday", "last
 * December"); or neither, as durations and "recently": how exact. */
static int exactness(const dln_time *t)
{
    bool date = t->type == DLN_TIME_DATE || t->type == DLN_TIME_TIME;
    return t->when.start != DLN_NO_DAY ? 2
           : date && t->value.len
                     && !dln_str_ends(t->value, DLN_STR("_REF")) ? 1 : 0;
}

/* "On 6 October the prime minister, A, and the president, B, met there":
 * a date at the head of the sentence holds for its first verb, wherever the
 * tree put it. */
static uint32_t fronted(const dln_doc *doc, const dln_coder_hit *hit)
{
    uint32_t begin = begin_of(doc, hit->token);
    uint32_t i = times_from(doc, begin);
    if (i == doc->times.count || doc->times.at[i].token_begin > begin + 1
        || !exactness(&doc->times.at[i]) || tok(doc, hit->verb)->upos
                                                != DLN_UPOS_VERB)
        return DLN_NONE;
    for (uint32_t t = doc->times.at[i].token_end; t < hit->verb; t++)
        if (tok(doc, t)->upos == DLN_UPOS_VERB
            || tok(doc, t)->upos == DLN_UPOS_SCONJ)
            return DLN_NONE;
    return hit->verb >= doc->times.at[i].token_end
                   && !of_another(doc, doc->times.at[i].token_begin,
                                  DLN_NONE)
               ? i : DLN_NONE;
}

static uint32_t find_time(const dln_doc *doc, const dln_coder_hit *hit,
                          const uint32_t *anchors_, uint32_t count)
{
    uint32_t best = DLN_NONE, best_rank = count;
    int best_exact = 0;
    for (uint32_t i = times_from(doc, begin_of(doc, hit->token));
         i < doc->times.count; i++) {
        const dln_time *t = &doc->times.at[i];
        uint32_t top, head = head_of(doc, t->token_begin, t->token_end);
        int exact = exactness(t);
        if (!in_sentence(doc, t->token_begin, hit->token))
            break;
        if (!exact)
            continue;
        uint32_t at = binder(doc, head, hit->token, &top);
        uint32_t rank = rank_of(anchors_, count, at);
        if (rank == count || of_another(doc, head, at))
            continue;
        /* "Ten days earlier, on 16 November": the date, not the distance */
        exact = 2 * exact + dln_str_ieq(dln_coder__case(doc, head),
                                        DLN_STR("on"));
        if (rank < best_rank || (rank == best_rank && exact > best_exact)) {
            best = i;
            best_rank = rank;
            best_exact = exact;
        }
    }
    return best_rank < count ? best : fronted(doc, hit);
}

/* Nominals between the one with a locative preposition and the binder: 0
 * "met in Sochi", more "met the leader of Peru in Sochi", where the tree may
 * have hung the place on the name. DLN_NONE: no such preposition. `near`: the
 * place is known to be one where something happens ("south of Gori"). */
static uint32_t passed(const dln_doc *doc, uint32_t token, uint32_t stop,
                       bool near)
{
    uint32_t count = near ? 0 : DLN_NONE;
    for (int i = 0; i < DLN_CODER_MAX_STEPS; i++) {
        if (count != DLN_NONE)
            count++;
        else if (locative(dln_coder__case(doc, token)))
            count = 0;
        token = tok(doc, token)->head;
        if (token == stop || token >= doc->tokens.count)
            return count;
        /* Where its sources and subjects sit is not where it happened. */
        if (dln_str_ieq(dln_coder__case(doc, token),
                        DLN_STR("according to"))
            || tok(doc, token)->deprel == DLN_REL_nsubj)
            return DLN_NONE;
        /* Through people ("the leader of Peru in Sochi") and other places of
         * the act ("in two rounds in Geneva"), not "the crisis in Mali". */
        if (count != DLN_NONE && dln_mention_at(doc, token) == DLN_NONE
            && dln_coder__first_time(doc, token) == DLN_NONE
            && !locative(dln_coder__case(doc, token)))
            return DLN_NONE;
    }
    return DLN_NONE;
}

/* The place's head; of "12 km south of Gori" the kilometres or the south,
 * which the town hangs on. */
static uint32_t from_way(const dln_doc *doc, const dln_place *p)
{
    uint32_t head = head_of(doc, p->token_begin, p->token_end);
    dln_str prep = dln_coder__case(doc, head);
    bool way = p->precision == DLN_PLACE_NEAR
               && (dln_str_ieq(prep, DLN_STR("of"))
                   || dln_str_ieq(prep, DLN_STR("from")));
    for (int i = 0; i < 4 && way; i++) {
        uint32_t above = tok(doc, head)->head;
        if (above >= p->token_begin || above + 10 < p->token_begin
            || tok(doc, above)->upos == DLN_UPOS_VERB
            || (tok(doc, above)->upos != DLN_UPOS_ADV
                && above + 2 != p->token_begin
                && dln_child(doc, above, DLN_REL_nummod) == DLN_NONE))
            break;
        head = above;
    }
    return head;
}

/* "in Maiduguri in Borno state": the town, when the tree has given the event
 * the region that stands right behind it. */
static uint32_t inside(const dln_doc *doc, uint32_t place)
{
    const dln_place *region = &doc->places.at[place];
    const dln_place *town = place ? region - 1 : NULL;
    if (!town || region->precision < DLN_PLACE_REGION
        || town->precision >= region->precision
        || town->token_end >= region->token_begin
        || town->token_end + 4 < region->token_begin
        || !in_sentence(doc, town->token_begin, region->token_begin)
        || (*town->country && *region->country
            && strcmp(town->country, region->country)))
        return place;
    bool joined = dln_coder__word_is(doc, town->token_end, "in")
                  || dln_str_is(dln_token_str(doc, town->token_end), ",");
    for (uint32_t t = town->token_end + 1; t < region->token_begin; t++)
        joined = joined && (tok(doc, t)->upos == DLN_UPOS_DET
                            || tok(doc, t)->upos == DLN_UPOS_ADJ);
    return joined ? place - 1 : place;
}

static uint32_t find_place(const dln_doc *doc, const dln_coder_hit *hit,
                           const uint32_t *anchors_, uint32_t count)
{
    uint32_t best = DLN_NONE, best_rank = DLN_NONE;
    for (uint32_t i = places_from(doc, begin_of(doc, hit->token));
         i < doc->places.count; i++) {
        const dln_place *p = &doc->places.at[i];
        uint32_t top;
        if (!in_sentence(doc, p->token_begin, hit->token))
            break;
        uint32_t head = from_way(doc, p);
        uint32_t at = binder(doc, head, hit->token, &top);
        uint32_t rank = rank_of(anchors_, count, at);
        if (rank == count)
            continue;
        /* "the Moscow talks", but not "the Russia talks" */
        bool before = top == head && at == hit->token
                      && tok(doc, top)->deprel == DLN_REL_compound
                      && p->precision != DLN_PLACE_COUNTRY;
        /* "shelled the town", "the town was seized" */
        uint8_t rel = tok(doc, top < doc->tokens.count ? top : head)->deprel;
        bool object = at == hit->token
                      && (rel == DLN_REL_obj || rel == DLN_REL_nsubj_pass)
                      && p->precision != DLN_PLACE_COUNTRY;
        uint32_t far = before || object ? 0 : passed(doc, head, at,
                                            p->precision
                                                == DLN_PLACE_NEAR);
        if (far == DLN_NONE)
            continue;
        rank += far * count;
        /* The finer of two places with the same binder. */
        if (rank < best_rank
            || (rank == best_rank && best != DLN_NONE
                && p->precision != DLN_PLACE_UNKNOWN
                && p->precision < doc->places.at[best].precision)) {
            best = i;
            best_rank = rank;
        }
    }
    return best == DLN_NONE ? best : inside(doc, best);
}

/* "met there": the last place named before, of this sentence or the two
 * sentences above. */
static uint32_t there(const dln_doc *doc, const uint32_t *anchors_,
                      uint32_t count)
{
    uint32_t word = DLN_NONE;
    for (uint32_t i = 0; i < count && word == DLN_NONE; i++)
        for (uint32_t c = tok(doc, anchors_[i])->child; c != DLN_NONE;
             c = tok(doc, c)->sibling)
            if (tok(doc, c)->deprel == DLN_REL_advmod
                && dln_coder__word_is(doc, c, "there"))
                word = c;
    if (word == DLN_NONE)
        return DLN_NONE;
    for (uint32_t i = places_from(doc, word); i-- > 0;) {
        const dln_place *p = &doc->places.at[i];
        if (tok(doc, p->token_begin)->sentence + 2
            < tok(doc, word)->sentence)
            break;
        if (p->precision != DLN_PLACE_COUNTRY
            && locative(dln_coder__case(
                   doc, head_of(doc, p->token_begin, p->token_end))))
            return i;
    }
    return DLN_NONE;
}

/* Statements are in the order of their text; those that reach far are few,
 * so a bounded number before the place is looked at. */
uint32_t dln_coder__statement_at(const dln_doc *doc, dln_span trigger)
{
    uint32_t best = DLN_NONE, size = UINT32_MAX;
    uint32_t lo = 0, hi = doc->statements.count;
    while (lo < hi) {
        uint32_t mid = lo + (hi - lo) / 2;
        if (doc->statements.at[mid].span.start <= trigger.start)
            lo = mid + 1;
        else
            hi = mid;
    }
    for (uint32_t step = 0; step < 24 && lo-- > 0; step++) {
        const dln_statement *s = &doc->statements.at[lo];
        for (uint32_t k = 0; k < s->content_count && k < 64; k++) {
            dln_span c = s->contents[k];
            if (c.start <= trigger.start && trigger.end <= c.end
                && c.end - c.start < size) {
                best = lo;
                size = c.end - c.start;
            }
        }
    }
    return best;
}

void dln_coder__setting(const dln_coder *coder, const dln_doc *doc,
                        const dln_coder_hit *hit, dln_coder_setting *out)
{
    uint32_t list[24], near;
    uint32_t count = anchors(coder, doc, hit, list, 24, &near);
    out->time = find_time(doc, hit, list, count);
    out->place = find_place(doc, hit, list, near);
    if (out->place == DLN_NONE)
        out->place = there(doc, list, near);
    out->statement = dln_coder__statement_at(doc,
                                             tok(doc, hit->token)->span);
    out->attributed_to = DLN_NONE;
    if (out->statement != DLN_NONE
        && doc->statements.at[out->statement].speaker_count)
        out->attributed_to = doc->statements.at[out->statement].speakers[0];
}
