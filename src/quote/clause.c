/* SPDX-License-Identifier: Apache-2.0 */
/*
 * clause: a cue and the dependency tree → who says it, to whom, and what.
 *
 * The frames of the cue's row say which of its dependents may be the
 * content. Where the tree has no subject, the clause above lends its own
 * (conjuncts, infinitives, participles). Where the tree gives nothing, the
 * order of words does: "X, he said." and "he said X.".
 *
 * Source of the frames: the data; of the way: GenderGapTracker's quote
 * extractor (ccomp of a verb of the list), widened to objects, infinitives
 * and inherited subjects.
 */
#include "quote/quote_p.h"

#define UP_MAX 8

static const dln_token *tok(const dln_reading *r, uint32_t t)
{
    return &r->doc->tokens.at[t];
}

static dln_deprel rel(const dln_reading *r, uint32_t t)
{
    return dln_deprel_base((dln_deprel)tok(r, t)->deprel);
}

static bool has_case(const dln_reading *r, uint32_t t, const char *word)
{
    for (uint32_t c = tok(r, t)->child; c != DLN_NONE;
         c = tok(r, c)->sibling)
        if ((tok(r, c)->deprel == DLN_REL_case
             || tok(r, c)->deprel == DLN_REL_mark)
            && dln_quote__is(r->doc, c, word))
            return true;
    return false;
}

static bool is_relative(const dln_reading *r, uint32_t t)
{
    unsigned x = tok(r, t)->xpos;
    return x == DLN_XPOS_WP || x == DLN_XPOS_WDT;
}

/* Is the token part of a time mention? */
static bool is_time(const dln_reading *r, uint32_t t)
{
    const dln_doc *doc = r->doc;
    uint32_t lo = 0, hi = doc->times.count;
    while (lo < hi) {
        uint32_t mid = lo + (hi - lo) / 2;
        if (doc->times.at[mid].token_end <= t)
            lo = mid + 1;
        else
            hi = mid;
    }
    return lo < doc->times.count && doc->times.at[lo].token_begin <= t;
}

/* The subject; a day that the parser took for one is passed over. */
static uint32_t own_subject(const dln_reading *r, uint32_t t)
{
    for (uint32_t k = tok(r, t)->child; k != DLN_NONE;
         k = tok(r, k)->sibling)
        if (rel(r, k) == DLN_REL_nsubj && !is_time(r, k))
            return k;
    return DLN_NONE;
}

static bool is_passive(const dln_reading *r, uint32_t t)
{
    return dln_child(r->doc, t, DLN_REL_aux_pass) != DLN_NONE
           || dln_child(r->doc, t, DLN_REL_nsubj_pass) != DLN_NONE;
}

static bool is_finite(const dln_reading *r, uint32_t t)
{
    return tok(r, t)->xpos == DLN_XPOS_VBD
           || tok(r, t)->xpos == DLN_XPOS_VBZ;
}

static uint32_t agent(const dln_reading *r, uint32_t t)
{
    for (uint32_t c = tok(r, t)->child; c != DLN_NONE;
         c = tok(r, c)->sibling)
        if (tok(r, c)->deprel == DLN_REL_obl_agent
            || (rel(r, c) == DLN_REL_obl && has_case(r, c, "by")))
            return c;
    return DLN_NONE;
}

/* The verb a text noun is made with: "issued a statement saying". */
static uint32_t maker(const dln_reading *r, uint32_t noun)
{
    if (tok(r, noun)->deprel != DLN_REL_obj)
        return DLN_NONE;
    return tok(r, noun)->head;
}

/* Source of the cue verb `t`, by the tree; DLN_NONE. `cue` may grow. */
static uint32_t subject_of(const dln_reading *r, uint32_t t, dln_cue *cue)
{
    bool first = true;
    for (int up = 0; up < UP_MAX && t != DLN_NONE; up++, first = false) {
        uint32_t s = own_subject(r, t);
        if (first && is_passive(r, t))
            return agent(r, t);
        if (s != DLN_NONE)
            return s;
        uint32_t head = tok(r, t)->head;
        if (head == DLN_NONE)
            return DLN_NONE;
        dln_deprel d = rel(r, t);
        if (d == DLN_REL_acl && tok(r, t)->deprel != DLN_REL_acl_relcl) {
            if (tok(r, t)->xpos == DLN_XPOS_VBN)
                return agent(r, t);
            if ((tok(r, t)->xpos != DLN_XPOS_VBG
                 && tok(r, t)->xpos != DLN_XPOS_VB)
                || dln_child(r->doc, t, DLN_REL_case) != DLN_NONE
                || (dln_child(r->doc, t, DLN_REL_mark) != DLN_NONE
                    && !has_case(r, t, "to")))
                return DLN_NONE;
            uint32_t made = maker(r, head);
            dln_cue noun;
            if (first && made != DLN_NONE
                && dln_quote__noun_cue(r, head, &noun)
                && own_subject(r, made) != DLN_NONE
                && made < cue->begin) {
                cue->begin = made;
                return own_subject(r, made);
            }
            return head;
        }
        if (first && tok(r, t)->xpos == DLN_XPOS_VBN
            && agent(r, t) != DLN_NONE)
            return agent(r, t);
        if (d != DLN_REL_conj && d != DLN_REL_xcomp && d != DLN_REL_advcl
            && d != DLN_REL_parataxis)
            return DLN_NONE;
        /* A finite adverbial clause has its own subject, or none. */
        if (d == DLN_REL_advcl && (tok(r, t)->xpos == DLN_XPOS_VBD
                                   || tok(r, t)->xpos == DLN_XPOS_VBZ))
            return DLN_NONE;
        /* "urged them to say": the object says it. */
        if (d == DLN_REL_xcomp) {
            uint32_t o = dln_child(r->doc, head, DLN_REL_obj);
            if (o != DLN_NONE && o < t && o > head)
                return o;
        }
        t = head;
    }
    return DLN_NONE;
}

static bool is_edge(const dln_reading *r, uint32_t t)
{
    return tok(r, t)->upos == DLN_UPOS_PUNCT;
}

static dln_span span_of(const dln_reading *r, uint32_t begin, uint32_t end)
{
    while (begin < end && is_edge(r, begin))
        begin++;
    while (end > begin && is_edge(r, end - 1))
        end--;
    return begin < end ? dln_tokens_span(r->doc, begin, end) : DLN_NO_SPAN;
}

static bool is_nominal(const dln_reading *r, uint32_t t)
{
    return tok(r, t)->upos == DLN_UPOS_NOUN
           || tok(r, t)->upos == DLN_UPOS_PROPN;
}

/* "Aliyev, whose army won, said": the source is the noun before the clause
 * that the parser took it from. */
static void before_whose(const dln_reading *r, dln_candidate *c)
{
    uint32_t first = r->doc->sentences.at[tok(r, c->cue.token)->sentence]
                         .token_begin;
    uint32_t end = c->source_begin;
    while (end > first && is_edge(r, end - 1))
        end--;
    uint32_t begin = end;
    while (begin > first
           && (is_nominal(r, begin - 1)
               || tok(r, begin - 1)->upos == DLN_UPOS_ADJ
               || tok(r, begin - 1)->upos == DLN_UPOS_DET
               || tok(r, begin - 1)->xpos == DLN_XPOS_POS))
        begin--;
    if (begin == end || !is_nominal(r, end - 1))
        return;
    uint32_t head = end - 1;
    while (tok(r, head)->head < head && tok(r, head)->head >= begin
           && rel(r, head) == DLN_REL_flat)
        head = tok(r, head)->head;
    c->source_begin = begin;
    c->source_head = head;
}

/* Token range of the noun phrase headed by `head`, kept off the cue. */
static void set_source(const dln_reading *r, dln_candidate *c, uint32_t head)
{
    uint32_t begin = r->low[head], end = r->high[head];
    if (c->cue.begin < end && c->cue.begin > head)
        end = c->cue.begin;
    if (c->cue.end > begin && c->cue.end <= head)
        begin = c->cue.end;
    uint32_t here = r->inside[head];
    while (begin < head && (r->inside[begin] != here || is_edge(r, begin)))
        begin++;
    /* Nor does a noun phrase hold a clause before its head. */
    for (uint32_t t = head; t-- > begin;)
        if (tok(r, t)->upos == DLN_UPOS_SCONJ || is_finite(r, t)
            || (tok(r, t)->upos == DLN_UPOS_PUNCT
                && tok(r, t)->xpos == DLN_XPOS_COMMA && head - t > 3)) {
            begin = t + 1;
            break;
        }
    /* A preposition before the agent is not part of it. */
    while (begin < head && (tok(r, begin)->deprel == DLN_REL_case
                            || tok(r, begin)->deprel == DLN_REL_cc)
           && tok(r, begin)->head == head)
        begin++;
    for (uint32_t t = head; t < end; t++)
        if (r->inside[t] != here)
            end = t;
    while (end > head + 1 && is_edge(r, end - 1))
        end--;
    c->source_begin = begin;
    c->source_end = end;
    c->source_head = head;
    if (tok(r, begin)->xpos == DLN_XPOS_WPS)
        before_whose(r, c);
    if (is_relative(r, head)) {
        uint32_t verb = tok(r, head)->head;
        while (verb != DLN_NONE && rel(r, verb) == DLN_REL_conj)
            verb = tok(r, verb)->head;
        if (verb != DLN_NONE && rel(r, verb) == DLN_REL_acl
            && tok(r, verb)->head != DLN_NONE)
            c->source_head = tok(r, verb)->head;
    }
}

void dln_quote__add_content(dln_candidate *c, dln_span span)
{
    if (dln_span_has(span) && c->content_count < QUOTE_MAX_CONTENTS)
        c->contents[c->content_count++] = span;
}

/* The subtree of `t`, without what lies on the other side of the cue. */
static void add_subtree(const dln_reading *r, dln_candidate *c, uint32_t t)
{
    uint32_t begin = r->low[t], end = r->high[t];
    uint32_t low = c->cue.begin, high = c->cue.end;
    if (c->source_begin != DLN_NONE) {
        low = low < c->source_begin ? low : c->source_begin;
        high = high > c->source_end ? high : c->source_end;
    }
    if (begin < low)
        dln_quote__add_content(c, span_of(r, begin, end < low ? end : low));
    if (end > high)
        dln_quote__add_content(c, span_of(r, begin > high ? begin : high,
                                          end));
}

/* Does the row name the preposition `word` behind `kind` ("p:", "o-")? */
static bool prep_in(const dln_verb *verb, const char *kind, dln_str word)
{
    dln_str rest = verb->preps, frame;
    while (dln_str_cut(&rest, ' ', &frame))
        if (dln_str_starts(frame, dln_str_of(kind))
            && dln_str_ieq(dln_str_sub(frame, 2, frame.len), word))
            return true;
    return false;
}

/* Is this dependent behind the object what the row's frames ask for? */
static bool fits(const dln_reading *r, const dln_verb *verb, uint32_t k)
{
    dln_deprel d = rel(r, k);
    uint32_t f = verb->frames;
    if ((d == DLN_REL_xcomp || d == DLN_REL_ccomp || d == DLN_REL_advcl)
        && has_case(r, k, "to"))
        return f & FRAME_O_TO;
    if (d == DLN_REL_xcomp || d == DLN_REL_obj || d == DLN_REL_ccomp)
        return f & (FRAME_O_O | FRAME_O_PREP);
    if ((d == DLN_REL_obl || d == DLN_REL_advcl || d == DLN_REL_nmod)
        && (f & FRAME_O_PREP))
        for (uint32_t c = tok(r, k)->child; c != DLN_NONE;
             c = tok(r, c)->sibling)
            if ((tok(r, c)->deprel == DLN_REL_case
                 || tok(r, c)->deprel == DLN_REL_mark)
                && prep_in(verb, "o-", dln_token_str(r->doc, c)))
                return true;
    return false;
}

/* Over the words to the next mark other than a quotation mark, or to a
 * conjunction before a verb. */
static uint32_t phrase_end(const dln_reading *r, uint32_t t, uint32_t stop)
{
    for (; t < stop; t++) {
        bool mark = tok(r, t)->upos == DLN_UPOS_PUNCT
                    && tok(r, t)->xpos != DLN_XPOS_OPEN
                    && tok(r, t)->xpos != DLN_XPOS_CLOSE;
        bool next = tok(r, t)->upos == DLN_UPOS_CCONJ && t + 1 < stop
                    && tok(r, t + 1)->upos == DLN_UPOS_VERB;
        if (mark || next)
            break;
    }
    return t;
}

/* Behind the last dependent that completes the object, or its own end. */
static uint32_t complements_end(const dln_reading *r, const dln_verb *verb,
                                uint32_t object)
{
    uint32_t end = r->high[object];
    for (uint32_t k = tok(r, object)->sibling; k != DLN_NONE;
         k = tok(r, k)->sibling) {
        dln_deprel d = rel(r, k);
        if (d == DLN_REL_conj || d == DLN_REL_parataxis || d == DLN_REL_cc)
            break;
        if (k > object && fits(r, verb, k) && r->high[k] > end)
            end = r->high[k];
    }
    const dln_sentence *s =
        &r->doc->sentences.at[tok(r, object)->sentence];
    if (end == r->high[object] && (verb->frames & FRAME_O_PREP)
        && end + 1 < s->token_end
        && prep_in(verb, "o-", dln_token_str(r->doc, end)))
        end = phrase_end(r, end + 1, s->token_end);
    return end;
}

/* "called for calm", "insisted on leaving": the phrase becomes content, its
 * preposition joins the cue. */
static bool take_phrase(const dln_reading *r, dln_candidate *c,
                        const dln_verb *verb)
{
    for (uint32_t k = tok(r, c->cue.token)->child; k != DLN_NONE;
         k = tok(r, k)->sibling) {
        if (k < c->cue.token
            || (rel(r, k) != DLN_REL_obl && rel(r, k) != DLN_REL_advcl))
            continue;
        uint32_t p = r->low[k];
        if (p >= k || !prep_in(verb, "p:", dln_token_str(r->doc, p)))
            continue;
        if (p == c->cue.end)
            c->cue.end = p + 1;
        dln_quote__add_content(c, span_of(r, p + 1, r->high[k]));
        return true;
    }
    return false;
}

static void find_hearer(const dln_reading *r, dln_candidate *c,
                        const dln_verb *verb)
{
    for (uint32_t k = tok(r, c->cue.token)->child; k != DLN_NONE;
         k = tok(r, k)->sibling) {
        dln_deprel d = rel(r, k);
        if (d == DLN_REL_iobj
            || (d == DLN_REL_obj && (verb->frames
                                     & (FRAME_HEARER | FRAME_O_TO)))
            || (d == DLN_REL_obl && has_case(r, k, "to")
                && !prep_in(verb, "p:", DLN_STR("to")))) {
            c->hearer = k;
            return;
        }
    }
}

static bool starts_with_to(const dln_reading *r, uint32_t t)
{
    return has_case(r, t, "to");
}

/* "to submit designs": an aim, not a saying, unless another verb carries
 * it ("went on to praise"). */
static bool is_purpose(const dln_reading *r, const dln_candidate *c)
{
    return c->cue.begin < c->cue.token
           && dln_quote__is(r->doc, c->cue.begin, "to")
           && has_case(r, c->cue.token, "to");
}

/* "said [the talks] over Karabakh were ...": what stands between the cue and
 * its clause and is nobody's hearer is the clause's subject. */
static void mend_start(const dln_reading *r, dln_candidate *c,
                       uint32_t object)
{
    dln_span *s = &c->contents[0];
    uint32_t first = dln_token_at(r->doc, s->start);
    const dln_verb *verb = &r->quote->verb[c->cue.row];
    if (first == DLN_NONE || first <= c->cue.end
        || (verb->frames & FRAME_HEARER) || is_edge(r, c->cue.end))
        return;
    unsigned u = tok(r, first)->upos;
    uint32_t begin = DLN_NONE;
    if (object != DLN_NONE && object > c->cue.token && object < first
        && !is_time(r, object))
        begin = r->low[object];
    else if (u == DLN_UPOS_CCONJ || u == DLN_UPOS_AUX)
        begin = c->cue.end;
    if (begin == DLN_NONE || begin < c->cue.end || begin >= first
        || is_time(r, begin) || r->inside[begin] != r->inside[first])
        return;
    if (c->source_begin != DLN_NONE && c->source_begin >= begin
        && c->source_begin < first)
        return;
    s->start = tok(r, begin)->span.start;
}

/* The content among the dependents of the cue verb. */
static bool take_dependents(const dln_reading *r, dln_candidate *c,
                            const dln_verb *verb)
{
    uint32_t object = DLN_NONE, xcomp = DLN_NONE, ccomp = DLN_NONE;
    for (uint32_t k = tok(r, c->cue.token)->child; k != DLN_NONE;
         k = tok(r, k)->sibling) {
        dln_deprel d = rel(r, k);
        /* "call for calm": the preposition is part of the cue. */
        bool own = d == DLN_REL_obl && r->low[k] > c->cue.token
                   && r->low[k] < c->cue.end && k >= c->cue.end;
        if ((d == DLN_REL_obj || own) && object == DLN_NONE)
            object = k;
        else if (d == DLN_REL_xcomp && xcomp == DLN_NONE)
            xcomp = k;
        else if (d == DLN_REL_ccomp && ccomp == DLN_NONE)
            ccomp = k;
    }
    if (ccomp != DLN_NONE
        && (verb->frames & (FRAME_THAT | FRAME_Q | FRAME_WH))) {
        c->rule = "clause under the verb";
        c->mendable = true;
        add_subtree(r, c, ccomp);
        if (c->content_count == 1)
            mend_start(r, c, object);
        return true;
    }
    if (is_purpose(r, c))
        return false;
    if (object != DLN_NONE && object > c->cue.token
        && (verb->frames & (FRAME_O_TO | FRAME_O_PREP | FRAME_O_O))
        && !((verb->frames & FRAME_HEARER) && !(verb->frames & FRAME_O_TO))) {
        uint32_t end = complements_end(r, verb, object);
        if (end > r->high[object] || (verb->frames & FRAME_O)) {
            c->rule = "object and what is said of it";
            c->mendable = true;
            uint32_t begin = r->low[object] < c->cue.end ? c->cue.end
                                                         : r->low[object];
            dln_quote__add_content(c, span_of(r, begin, end));
            return true;
        }
    }
    if (xcomp != DLN_NONE && (verb->frames & FRAME_TO)
        && starts_with_to(r, xcomp)) {
        c->rule = "infinitive under the verb";
        c->mendable = true;
        add_subtree(r, c, xcomp);
        return true;
    }
    if ((verb->frames & FRAME_P) && take_phrase(r, c, verb)) {
        c->rule = "phrase under the verb";
        c->mendable = true;
        return true;
    }
    if (object != DLN_NONE && (verb->frames & FRAME_O)
        && (!(verb->frames & FRAME_HEARER)
            || tok(r, object)->upos == DLN_UPOS_NOUN)
        && !is_relative(r, object)) {
        c->rule = "object of the verb";
        c->mendable = true;
        add_subtree(r, c, object);
        return true;
    }
    return false;
}

/* "X, Y said." where the tree hangs one below the other by parataxis. */
static bool take_parataxis(const dln_reading *r, dln_candidate *c)
{
    uint32_t t = c->cue.token;
    if (tok(r, t)->deprel == DLN_REL_parataxis
        && tok(r, t)->head != DLN_NONE && !is_passive(r, t)) {
        uint32_t h = tok(r, t)->head;
        uint32_t low = r->low[t], high = r->high[t];
        if (r->low[h] < low)
            dln_quote__add_content(c, span_of(r, r->low[h], low));
        if (r->high[h] > high)
            dln_quote__add_content(c, span_of(r, high, r->high[h]));
        c->rule = "the clause around the reporting clause";
        c->mendable = true;
        return c->content_count > 0;
    }
    for (uint32_t k = tok(r, t)->child; k != DLN_NONE;
         k = tok(r, k)->sibling) {
        if (rel(r, k) != DLN_REL_parataxis)
            continue;
        c->rule = "the clause beside the reporting clause";
        c->mendable = true;
        add_subtree(r, c, k);
        return c->content_count > 0;
    }
    return false;
}

/* What is told inside quotation marks does not leave them. */
static void clip(const dln_reading *r, dln_candidate *c)
{
    uint32_t here = r->inside[c->cue.token], n = 0;
    if (here == DLN_NONE)
        return;
    dln_span in = r->stretches.at[here].inner;
    for (uint32_t i = 0; i < c->content_count; i++) {
        dln_span s = c->contents[i];
        s.start = s.start < in.start ? in.start : s.start;
        s.end = s.end > in.end ? in.end : s.end;
        if (s.start < s.end)
            c->contents[n++] = s;
    }
    c->content_count = n;
}

/* "said the talks had failed and warned that ...": parsers like to hang
 * the second reporting verb on the clause of the first. When it has no
 * subject of its own and is no weaker, it is the first one's equal. Returns
 * the first one's candidate. */
static dln_candidate *equal(const dln_reading *r, const dln_candidate *c)
{
    uint32_t t = c->cue.token, up = tok(r, t)->head;
    if (rel(r, t) != DLN_REL_conj || up == DLN_NONE || c->cue.strength < 3
        || own_subject(r, t) != DLN_NONE || !is_finite(r, t))
        return NULL;
    for (int i = 0; i < UP_MAX && up != DLN_NONE; i++) {
        uint32_t at = r->at_token[up];
        if (at != DLN_NONE && i > 0) {
            dln_candidate *first = &r->candidates.at[at];
            return first->cue.kind == CUE_VERB && up < t && is_finite(r, up)
                           && first->source_begin != DLN_NONE
                           && first->content_count
                       ? first : NULL;
        }
        dln_deprel d = rel(r, up);
        if (d != DLN_REL_ccomp && d != DLN_REL_xcomp && d != DLN_REL_conj)
            return NULL;
        up = tok(r, up)->head;
    }
    return NULL;
}

/* Takes the first one's source, and its own words out of its content. */
static void join_equal(const dln_reading *r, dln_candidate *c,
                       dln_candidate *first)
{
    uint32_t begin = r->low[c->cue.token];
    dln_span *last = &first->contents[first->content_count - 1];
    uint32_t cut = tok(r, begin)->span.start;
    dln_span left = DLN_NO_SPAN;
    if (begin <= c->cue.begin && begin > first->cue.end && last->start < cut
        && last->end > cut)
        left = span_of(r, dln_token_at(r->doc, last->start), begin);
    if (dln_span_has(left))
        *last = left;
    c->source_begin = first->source_begin;
    c->source_end = first->source_end;
    c->source_head = first->source_head;
}

/* Is token `t` the source of a phrase like "according to" before the cue?
 * Then it is not the subject as well. */
static bool names_a_source(const dln_reading *r, const dln_candidate *c,
                           uint32_t t)
{
    for (uint32_t i = r->candidates.count, n = 0; i-- > 0 && n < 6; n++) {
        const dln_candidate *k = &r->candidates.at[i];
        if (k->cue.kind == CUE_PHRASE && k->cue.begin < c->cue.begin
            && k->source_begin != DLN_NONE && t >= k->source_begin
            && t < k->source_end)
            return true;
    }
    return false;
}

bool dln_quote__clause(const dln_reading *r, dln_candidate *c)
{
    const dln_verb *verb = &r->quote->verb[c->cue.row];
    uint32_t s = subject_of(r, c->cue.token, &c->cue);
    dln_candidate *first = equal(r, c);
    if (s != DLN_NONE && names_a_source(r, c, s)) {
        s = DLN_NONE;
        dln_quote__surface_source(r, c);
    }
    if (first)
        join_equal(r, c, first);
    else if (s != DLN_NONE)
        set_source(r, c, s);
    find_hearer(r, c, verb);
    if (take_dependents(r, c, verb)) {
        clip(r, c);
        c->score += verb->strength * 10;
        return true;
    }
    if ((verb->frames & (FRAME_Q | FRAME_THAT)) && verb->strength > 1
        && s != DLN_NONE && take_parataxis(r, c)) {
        clip(r, c);
        c->score += verb->strength * 8;
        return true;
    }
    return false;
}
