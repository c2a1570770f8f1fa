/* SPDX-License-Identifier: Apache-2.0 */
/*
 * surface: contents that the tree does not give, by the order of words
 * ("X, he said." and "he said that X"), and cues that are no verbs:
 * "according to NP" and "NP's claim that".
 */
#include "quote/quote_p.h"

/* Words that may stand between a reporting verb and "that". */
#define GAP_MAX 12

static const dln_token *tok(const dln_reading *r, uint32_t t)
{
    return &r->doc->tokens.at[t];
}

static bool is_word(const dln_reading *r, uint32_t t, const char *word)
{
    return dln_quote__is(r->doc, t, word);
}

static bool is_punct(const dln_reading *r, uint32_t t)
{
    return tok(r, t)->upos == DLN_UPOS_PUNCT;
}

static void add_tokens(const dln_reading *r, dln_candidate *c,
                       uint32_t begin, uint32_t end)
{
    while (begin < end && is_punct(r, begin))
        begin++;
    while (end > begin && is_punct(r, end - 1))
        end--;
    if (begin < end)
        dln_quote__add_content(c, dln_tokens_span(r->doc, begin, end));
}

static const dln_sentence *sentence_of(const dln_reading *r, uint32_t t)
{
    return &r->doc->sentences.at[tok(r, t)->sentence];
}

/* Is the reporting clause all that is left of the sentence? A clause of
 * time may follow ("as they met in the capital"). */
static bool ends_sentence(const dln_reading *r, const dln_candidate *c,
                          uint32_t stop)
{
    uint32_t t = c->cue.end;
    if (c->source_begin != DLN_NONE && c->source_begin >= c->cue.end)
        t = c->source_end;
    for (uint32_t n = 0; t < stop; t++, n++) {
        if (tok(r, t)->upos == DLN_UPOS_VERB || n > GAP_MAX
            || is_word(r, t, "that"))
            return false;
        if (tok(r, t)->upos == DLN_UPOS_SCONJ)
            return !is_word(r, t, "if") && !is_word(r, t, "whether");
    }
    return true;
}

/* By its own form, or by the auxiliary before it. */
static bool is_finite(const dln_reading *r, uint32_t t)
{
    unsigned x = tok(r, t)->xpos;
    return x == DLN_XPOS_VBD || x == DLN_XPOS_VBZ || x == DLN_XPOS_VBP
           || x == DLN_XPOS_NONE
           || (t > sentence_of(r, t)->token_begin
               && tok(r, t - 1)->upos == DLN_UPOS_AUX
               && x != DLN_XPOS_VBG);
}

/* "and" that only joins nouns: no verb up to the next mark. */
static bool joins_nouns(const dln_reading *r, uint32_t t, uint32_t stop)
{
    for (t++; t < stop && !is_punct(r, t); t++)
        if (tok(r, t)->upos == DLN_UPOS_VERB
            || tok(r, t)->upos == DLN_UPOS_AUX)
            return false;
    return true;
}

/* A hyphen within a word: "Nagorno-Karabakh". */
static bool is_hyphen(const dln_reading *r, uint32_t t)
{
    return is_word(r, t, "-") && t > 0 && !tok(r, t - 1)->space_after
           && !tok(r, t)->space_after;
}

/* "X, he said.": all before the comma is content, as far as the sentence
 * goes. */
static bool mend_closing(const dln_reading *r, dln_candidate *c)
{
    const dln_sentence *s = sentence_of(r, c->cue.token);
    uint32_t here = r->inside[c->cue.token];
    if (c->source_begin == DLN_NONE || c->cue.strength < 3
        || c->content_count != 1 || here != DLN_NONE)
        return false;
    uint32_t first = c->source_begin < c->cue.begin ? c->source_begin
                                                    : c->cue.begin;
    dln_span *last = &c->contents[0];
    if (first < s->token_begin + 2 || !is_word(r, first - 1, ",")
        || last->end > tok(r, first - 1)->span.end
        || last->start < s->span.start
        || r->inside[first - 1] != here || r->inside[s->token_begin] != here
        || !is_finite(r, c->cue.token)
        || !ends_sentence(r, c, s->token_end))
        return false;
    last->start = s->span.start;
    last->end = tok(r, first - 2)->span.end;
    return true;
}

/* A comma behind which the reported clause goes on: nothing there hangs on
 * the reporting verb as its equal or its circumstance. */
static bool goes_past(const dln_reading *r, const dln_candidate *c,
                      uint32_t t, uint32_t stop)
{
    if (!is_word(r, t, ",") || c->cue.strength < 3 || t + 2 >= stop
        || r->inside[t + 1] != r->inside[t] || c->quoted
        || c->source_begin == DLN_NONE || c->source_begin > t
        || !(r->quote->verb[c->cue.row].frames & FRAME_THAT))
        return false;
    unsigned u = tok(r, t + 1)->upos;
    if (u == DLN_UPOS_CCONJ || u == DLN_UPOS_SCONJ
        || tok(r, t + 1)->xpos == DLN_XPOS_VBG
        || tok(r, t + 1)->xpos == DLN_XPOS_VBN)
        return false;
    for (uint32_t k = t + 1; k < stop; k++)
        if (r->at_token[k] != DLN_NONE
            && r->candidates.at[r->at_token[k]].cue.strength >= 3)
            return false;
    return true;
}

/*
 * A content that stops in the middle of a phrase was cut by a wrong
 * attachment: it goes on to the next comma or other mark, to a conjunction
 * with a verb, and over quotations that stand in its way.
 */
void dln_quote__mend(const dln_reading *r, dln_candidate *c)
{
    dln_span *last = &c->contents[c->content_count - 1];
    const dln_sentence *s = sentence_of(r, c->cue.token);
    uint32_t t = dln_token_at(r->doc, last->end - 1);
    uint32_t here = r->inside[c->cue.token];
    if (mend_closing(r, c) || t == DLN_NONE || t < c->cue.end
        || t >= s->token_end)
        return;
    /* A whole quotation is complete. */
    if (c->quoted && r->inside[t] != here
        && r->stretches.at[r->inside[t]].inner.start == last->start)
        return;
    for (t++; t < s->token_end; t++) {
        if (r->inside[t] == here && is_punct(r, t) && !is_hyphen(r, t)
            && !goes_past(r, c, t, s->token_end))
            break;
        if (r->inside[t] == here && tok(r, t)->upos == DLN_UPOS_CCONJ
            && !joins_nouns(r, t, s->token_end))
            break;
        if (here != DLN_NONE && r->inside[t] != here)
            break;
        if (r->at_token[t] != DLN_NONE && r->inside[t] == here
            && r->candidates.at[r->at_token[t]].source_begin != DLN_NONE
            && r->candidates.at[r->at_token[t]].source_begin
                   == c->source_begin)
            break;
        last->end = tok(r, t)->span.end;
        if (here == DLN_NONE && r->inside[t] != here
            && r->stretches.at[r->inside[t]].parent == DLN_NONE
            && last->end < r->stretches.at[r->inside[t]].outer.end)
            last->end = r->stretches.at[r->inside[t]].outer.end;
    }
}

void dln_quote__surface_content(dln_reading *r, dln_candidate *c)
{
    if (c->cue.kind != CUE_VERB || c->cue.strength < 3)
        return;
    const dln_verb *verb = &r->quote->verb[c->cue.row];
    if (!(verb->frames & FRAME_THAT))
        return;
    dln_quote__surface_source(r, c);
    if (c->source_begin == DLN_NONE || !is_finite(r, c->cue.token)
        || tok(r, c->source_begin)->xpos == DLN_XPOS_WDT)
        return;
    const dln_sentence *s = sentence_of(r, c->cue.token);
    uint32_t stop = s->token_end, here = r->inside[c->cue.token];
    uint32_t start = s->token_begin;
    if (stop - c->cue.end > QUOTE_MAX_TOKENS)
        stop = c->cue.end + QUOTE_MAX_TOKENS;
    if (c->cue.begin - start > QUOTE_MAX_TOKENS)
        start = c->cue.begin - QUOTE_MAX_TOKENS;
    while (stop > c->cue.end && r->inside[stop - 1] != here)
        stop--;
    while (start < c->cue.begin && r->inside[start] != here)
        start++;
    for (uint32_t t = c->cue.end; t < stop && t - c->cue.end < GAP_MAX;
         t++) {
        if (tok(r, t)->upos == DLN_UPOS_VERB)
            break;
        if (!is_word(r, t, "that") || t + 1 == stop || is_punct(r, t + 1))
            continue;
        add_tokens(r, c, t, stop);
        c->rule = "words behind \"that\"";
        c->score += 15;
        return;
    }
    uint32_t first = c->source_begin < c->cue.begin ? c->source_begin
                                                    : c->cue.begin;
    if (first > start + 3 && is_word(r, first - 1, ",")
        && ends_sentence(r, c, stop)) {
        add_tokens(r, c, start, first - 1);
        c->rule = "words before a closing reporting clause";
        c->score += 15;
    }
}

static bool in_noun_phrase(const dln_reading *r, uint32_t t)
{
    unsigned u = tok(r, t)->upos;
    return u == DLN_UPOS_NOUN || u == DLN_UPOS_PROPN || u == DLN_UPOS_PRON
           || u == DLN_UPOS_DET || u == DLN_UPOS_ADJ || u == DLN_UPOS_NUM
           || tok(r, t)->xpos == DLN_XPOS_POS;
}

/* "The army, Marku said, would leave": a reporting clause between two
 * commas, whatever the tree made of it. */
bool dln_quote__between(const dln_reading *r, dln_candidate *c)
{
    const dln_sentence *s = sentence_of(r, c->cue.token);
    if (c->cue.kind != CUE_VERB || c->cue.strength < 3
        || !(r->quote->verb[c->cue.row].frames & FRAME_THAT)
        || !is_finite(r, c->cue.token) || c->cue.end + 1 >= s->token_end
        || !is_word(r, c->cue.end, ","))
        return false;
    uint32_t begin = c->cue.begin, head = DLN_NONE;
    while (begin > s->token_begin && in_noun_phrase(r, begin - 1)) {
        begin--;
        if (head == DLN_NONE && tok(r, begin)->xpos != DLN_XPOS_POS)
            head = begin;
    }
    if (head == DLN_NONE || begin < s->token_begin + 2
        || !is_word(r, begin - 1, ",")
        || r->inside[c->cue.end + 1] != r->inside[c->cue.token]
        || r->inside[begin - 2] != r->inside[c->cue.token])
        return false;
    /* A list of names: "Kyrin, Orlov and Marku said,". */
    for (uint32_t t = s->token_begin; t + 1 < begin; t++)
        if (tok(r, t)->upos == DLN_UPOS_VERB
            || tok(r, t)->upos == DLN_UPOS_AUX)
            return false;
    /* A flat name's head is its first word. */
    while (head > begin && tok(r, head)->deprel == DLN_REL_flat
           && tok(r, head)->head >= begin && tok(r, head)->head < head)
        head = tok(r, head)->head;
    c->source_begin = begin;
    c->source_end = c->cue.begin;
    c->source_head = head;
    c->content_count = 0;
    add_tokens(r, c, s->token_begin, begin - 1);
    add_tokens(r, c, c->cue.end + 1, s->token_end);
    c->score = 30;
    c->rule = "the clause around a reporting clause between commas";
    return c->content_count == 2;
}

static uint32_t subtree_head(const dln_reading *r, uint32_t token)
{
    uint32_t head = tok(r, token)->head;
    return head;
}

bool dln_quote__phrase(const dln_reading *r, dln_candidate *c)
{
    const dln_sentence *s = sentence_of(r, c->cue.token);
    uint32_t head = DLN_NONE;
    /* The noun the phrase hangs on, or by order the next nominal. */
    for (uint32_t t = c->cue.begin; t < c->cue.end; t++) {
        uint32_t h = subtree_head(r, t);
        if (h != DLN_NONE && h >= c->cue.end)
            head = h;
    }
    for (uint32_t t = c->cue.end; head == DLN_NONE && t < s->token_end; t++)
        if (tok(r, t)->upos == DLN_UPOS_NOUN
            || tok(r, t)->upos == DLN_UPOS_PROPN
            || tok(r, t)->upos == DLN_UPOS_PRON)
            head = t;
        else if (is_punct(r, t))
            break;
    if (head == DLN_NONE)
        return false;
    uint32_t end = r->high[head] > head ? r->high[head] : head + 1;
    uint32_t here = r->inside[c->cue.token];
    c->source_begin = c->cue.end;
    c->source_head = head;
    for (uint32_t t = c->cue.end; t < end; t++)
        if (r->inside[t] != here)
            end = t;
    while (end > head + 1 && is_punct(r, end - 1))
        end--;
    /* The rest of a name that the parser left out. */
    while (end < s->token_end && r->inside[end] == here
           && (tok(r, end)->upos == DLN_UPOS_PROPN
               || tok(r, end)->upos == DLN_UPOS_NOUN))
        end++;
    c->source_end = end;
    if (end <= c->source_begin)
        return false;
    /* All of the sentence on both sides, inside the same quotation marks. */
    uint32_t start = s->token_begin, stop = s->token_end;
    uint32_t left = c->cue.begin, right = end;
    while (left > start && is_punct(r, left - 1))
        left--;
    if (left > start)
        add_tokens(r, c, start, left);
    if (right < stop && (left <= start + 1 || is_word(r, right, ",")))
        add_tokens(r, c, right, stop);
    c->score = 25;
    c->rule = "phrase that names a source";
    return c->content_count > 0;
}

/* The possessor, the "by" phrase, or the subject of the verb that the noun
 * is the object of. */
static uint32_t noun_source(const dln_reading *r, dln_candidate *c)
{
    uint32_t noun = c->cue.token;
    for (uint32_t k = tok(r, noun)->child; k != DLN_NONE;
         k = tok(r, k)->sibling) {
        uint32_t p = dln_child(r->doc, k, DLN_REL_case);
        if (tok(r, k)->deprel == DLN_REL_nmod_poss
            || (tok(r, k)->deprel == DLN_REL_nmod && p != DLN_NONE
                && is_word(r, p, "by")))
            return k;
    }
    uint32_t verb = tok(r, noun)->head;
    if (tok(r, noun)->deprel != DLN_REL_obj || verb == DLN_NONE
        || verb > noun || noun - verb > 6)
        return DLN_NONE;
    uint32_t s = dln_child(r->doc, verb, DLN_REL_nsubj);
    if (s != DLN_NONE)
        c->cue.begin = verb;
    return s;
}

bool dln_quote__noun(const dln_reading *r, dln_candidate *c)
{
    uint32_t noun = c->cue.token, clause = DLN_NONE;
    if (r->quote->noun_text[c->cue.row] && c->cue.act != DLN_ACT_SAY)
        return false;
    uint32_t verb = tok(r, noun)->head;
    if (verb != DLN_NONE && r->at_token[verb] != DLN_NONE
        && tok(r, noun)->deprel == DLN_REL_obj)
        return false;
    for (uint32_t k = tok(r, noun)->child; k != DLN_NONE;
         k = tok(r, k)->sibling) {
        uint32_t mark = dln_child(r->doc, k, DLN_REL_mark);
        if ((dln_deprel_base((dln_deprel)tok(r, k)->deprel) == DLN_REL_acl
             || tok(r, k)->deprel == DLN_REL_ccomp)
            && k > noun && mark != DLN_NONE
            && (is_word(r, mark, "that") || is_word(r, mark, "to")))
            clause = k;
    }
    /* Or the parser hung the clause elsewhere. */
    if (clause == DLN_NONE && noun + 1 < r->doc->tokens.count
        && is_word(r, noun + 1, "that")
        && tok(r, noun + 1)->deprel == DLN_REL_mark
        && tok(r, noun + 1)->head > noun)
        clause = tok(r, noun + 1)->head;
    if (clause == DLN_NONE)
        return false;
    uint32_t s = noun_source(r, c);
    if (s == DLN_NONE)
        return false;
    c->source_head = s;
    c->source_begin = r->low[s];
    c->source_end = r->high[s];
    while (c->source_begin < s
           && tok(r, c->source_begin)->deprel == DLN_REL_case)
        c->source_begin++;
    while (c->source_end > s + 1
           && (is_punct(r, c->source_end - 1)
               || tok(r, c->source_end - 1)->xpos == DLN_XPOS_POS))
        c->source_end--;
    uint32_t low = r->low[clause];
    add_tokens(r, c, low > noun ? low : noun + 1, r->high[clause]);
    c->score = 12;
    c->rule = "clause under a noun of saying";
    return true;
}
