/* SPDX-License-Identifier: Apache-2.0 */
/*
 * join: quoted stretches → the cue they belong to.
 *
 * Every outermost stretch is offered, in this order: to the candidates whose
 * content it touches (a partial quotation inside a reported clause: the
 * content grows over all of it); to a cue right behind it ("...", he said);
 * to a cue before it (he said: "..."); to a colon; to the stretch it goes on
 * from (an opening mark repeated at the next paragraph); to the last
 * attributed one when it stands alone (a floating quotation).
 *
 * Works on marks, cue list and word classes alone; the tree is used through
 * the candidates' own contents.
 */
#include "quote/quote_p.h"

#include "base/utf8.h"

/* Tokens before a colon, and words behind it at least. */
#define COLON_MAX 10
#define COLON_LEAST 3
/* Tokens looked at on each side of a stretch. */
#define REACH 40
#define SOURCE_MAX 30
/* Bytes of a quoted word inside a name: Marcia "Cia" Price. */
#define NICKNAME_MAX 24

typedef struct joiner {
    const dln_reading *r;
    dln_candidates *all;    /* the reading's, to add to */
    uint32_t *at_stretch;   /* [stretches] candidate it went to */
    uint32_t last;          /* candidate that got the last stretch */
    uint32_t last_end;      /* byte where that stretch ended */
} joiner;

static const dln_token *tok(const joiner *j, uint32_t t)
{
    return &j->r->doc->tokens.at[t];
}

static dln_candidate *candidate_at(const joiner *j, uint32_t token)
{
    uint32_t c = j->r->at_token[token];
    return c == DLN_NONE ? NULL : &j->r->candidates.at[c];
}

static uint32_t paragraph_of(const joiner *j, uint32_t token)
{
    return j->r->doc->sentences.at[tok(j, token)->sentence].paragraph;
}

static uint32_t frames_of(const joiner *j, const dln_candidate *c)
{
    return c->cue.kind == CUE_VERB ? j->r->quote->verb[c->cue.row].frames
                                   : FRAME_Q | FRAME_THAT;
}

/* The last character inside a stretch, marks of inner ones passed over. */
static int32_t last_char(const joiner *j, const dln_stretch *s)
{
    uint32_t end = s->inner.end;
    while (end > s->inner.start) {
        size_t len;
        int32_t c = dln_utf8_before(j->r->doc->text, end, &len);
        if (!dln_utf8_is_quote(c) && !dln_utf8_is_space(c))
            return c;
        end -= (uint32_t)len;
    }
    return 0;
}

static bool starts_upper(const joiner *j, const dln_stretch *s)
{
    size_t len;
    int32_t c = dln_utf8_at(j->r->doc->text, s->inner.start, &len);
    return !dln_utf8_is_lower(c);
}

/* Grows the pieces of `c` that touch the stretch over all of it. */
static bool grow(dln_candidate *c, const dln_stretch *s)
{
    bool touched = false;
    for (uint32_t i = 0; i < c->content_count; i++) {
        dln_span *p = &c->contents[i];
        if (p->end <= s->inner.start || p->start >= s->inner.end)
            continue;
        if (p->start > s->inner.start)
            p->start = s->outer.start;
        if (p->end < s->outer.end)
            p->end = s->outer.end;
        if (p->start >= s->outer.start && p->end <= s->outer.end)
            *p = s->inner;
        touched = true;
    }
    if (touched)
        c->quoted = true;
    return touched;
}

static bool grow_touching(joiner *j, const dln_stretch *s, uint32_t from,
                          uint32_t to, uint32_t *taken)
{
    bool any = false;
    int best = 0;
    for (uint32_t t = from; t < to; t++) {
        dln_candidate *c = candidate_at(j, t);
        if (!c || j->r->inside[t] != DLN_NONE || !grow(c, s))
            continue;
        if (!any || c->score > best) {
            best = c->score;
            *taken = j->r->at_token[t];
        }
        any = true;
    }
    return any;
}

static bool is_nominal(const dln_token *t)
{
    return t->upos == DLN_UPOS_NOUN || t->upos == DLN_UPOS_PROPN
           || t->upos == DLN_UPOS_PRON;
}

static bool in_phrase(const joiner *j, uint32_t t)
{
    unsigned u = tok(j, t)->upos;
    return is_nominal(tok(j, t)) || u == DLN_UPOS_DET || u == DLN_UPOS_ADJ
           || u == DLN_UPOS_NUM || tok(j, t)->xpos == DLN_XPOS_POS
           || dln_quote__is(j->r->doc, t, "of")
           || dln_quote__is(j->r->doc, t, "and");
}

/* Noun phrase in tokens [begin, end) by word classes: its head, the last
 * nominal before a preposition; DLN_NONE when there is none. */
static uint32_t phrase_head(const joiner *j, uint32_t begin, uint32_t end)
{
    uint32_t head = DLN_NONE;
    for (uint32_t t = begin; t < end; t++) {
        if (tok(j, t)->upos == DLN_UPOS_ADP && head != DLN_NONE)
            break;
        if (is_nominal(tok(j, t)))
            head = t;
    }
    return head;
}

/* A source beside the cue by word classes, when the tree gave none. */
static void surface_source(const joiner *j, dln_candidate *c)
{
    const dln_sentence *s =
        &j->r->doc->sentences.at[tok(j, c->cue.token)->sentence];
    uint32_t here = j->r->inside[c->cue.token];
    uint32_t begin = c->cue.begin, end = c->cue.end;
    while (begin > s->token_begin && c->cue.begin - begin < SOURCE_MAX
           && in_phrase(j, begin - 1) && j->r->inside[begin - 1] == here)
        begin--;
    uint32_t head = phrase_head(j, begin, c->cue.begin);
    if (head != DLN_NONE) {
        end = c->cue.begin;
    } else {
        begin = end;
        while (end < s->token_end && end - begin < SOURCE_MAX
               && in_phrase(j, end) && j->r->inside[end] == here)
            end++;
        head = phrase_head(j, begin, end);
    }
    if (head == DLN_NONE)
        return;
    c->source_begin = begin;
    c->source_end = end;
    c->source_head = head;
}

void dln_quote__surface_source(const dln_reading *r, dln_candidate *c)
{
    const joiner j = {.r = r};
    if (c->source_begin == DLN_NONE)
        surface_source(&j, c);
}

/* Sets the stretch as the (next) content of `c`. */
static void give(joiner *j, dln_candidate *c, const dln_stretch *s,
                 bool replace, const char *rule)
{
    if (replace && !c->quoted)
        c->content_count = 0;
    dln_quote__add_content(c, s->inner);
    c->quoted = true;
    c->score += 25;
    c->rule = rule;
    if (c->source_begin == DLN_NONE && c->cue.kind == CUE_VERB)
        surface_source(j, c);
}

/* Nothing but white space, marks and full stops from byte a to b? */
static bool bare_between(const joiner *j, uint32_t a, uint32_t b)
{
    dln_str text = j->r->doc->text;
    for (uint32_t i = a; i < b; i++) {
        unsigned char c = (unsigned char)text.data[i];
        if (c >= 0x80 || dln_is_alpha((char)c) || dln_is_digit((char)c))
            return false;
    }
    return true;
}

/* Only a noun phrase, commas and adverbs between? Then the cue is close.
 * What stands in brackets or between other marks is passed over. */
static bool only_phrase(const joiner *j, uint32_t from, uint32_t to)
{
    unsigned depth = 0;
    for (uint32_t t = from; t < to; t++) {
        const dln_doc *doc = j->r->doc;
        if (dln_quote__is(doc, t, "(") || dln_quote__is(doc, t, "["))
            depth++;
        else if (depth && (dln_quote__is(doc, t, ")")
                           || dln_quote__is(doc, t, "]")))
            depth--;
        if (depth || j->r->inside[t] != DLN_NONE)
            continue;
        if (tok(j, t)->upos == DLN_UPOS_VERB
            && j->r->at_token[t] == DLN_NONE
            && tok(j, t)->deprel != DLN_REL_acl_relcl
            && tok(j, t)->deprel != DLN_REL_acl)
            return false;
        if (dln_quote__is(doc, t, ".") || dln_quote__is(doc, t, ";"))
            return false;
    }
    return true;
}

/* Does the stretch begin its sentence, or hold the beginning? */
static bool begins_sentence(const joiner *j, const dln_stretch *s,
                            uint32_t first)
{
    const dln_doc *doc = j->r->doc;
    uint32_t start = doc->sentences.at[tok(j, first)->sentence].span.start;
    return start >= s->outer.start || bare_between(j, start, s->outer.start);
}

/* "...", Okoro, the minister, said: all between the mark and the cue. */
static void source_between(const joiner *j, dln_candidate *c, uint32_t next)
{
    uint32_t begin = next, end = c->cue.begin;
    while (begin < end && tok(j, begin)->upos == DLN_UPOS_PUNCT)
        begin++;
    while (end > begin && tok(j, end - 1)->upos == DLN_UPOS_PUNCT)
        end--;
    if (begin >= end || !in_phrase(j, begin)
        || (c->source_head != DLN_NONE && c->source_head >= begin
            && c->source_head < end && c->source_begin == begin))
        return;
    uint32_t comma = begin;
    while (comma < end && tok(j, comma)->upos != DLN_UPOS_PUNCT)
        comma++;
    uint32_t head = phrase_head(j, begin, comma);
    if (c->source_head != DLN_NONE && c->source_head >= begin
        && c->source_head < end)
        head = c->source_head;
    if (head == DLN_NONE)
        return;
    c->source_begin = begin;
    c->source_end = end;
    c->source_head = head;
}

static bool give_behind(joiner *j, const dln_stretch *s, uint32_t last,
                        uint32_t next, uint32_t *taken)
{
    const dln_doc *doc = j->r->doc;
    int32_t c = last_char(j, s);
    if (next >= doc->tokens.count || c == '.')
        return false;
    bool same = tok(j, next)->sentence == tok(j, last)->sentence;
    if (!same && (paragraph_of(j, next) != paragraph_of(j, last)
                  || (c != ',' && c != '?' && c != '!')))
        return false;
    bool comma = c == ',' || c == '?' || c == '!' || c == 0x2014
                 || c == 0x2026 || c == '-'
                 || dln_quote__is(doc, next, ",");
    uint32_t end = doc->sentences.at[tok(j, next)->sentence].token_end;
    if (end > next + REACH)
        end = next + REACH;
    for (uint32_t t = next; t < end; t++) {
        if (j->r->inside[t] != DLN_NONE) {
            const dln_stretch *o = &j->r->stretches.at[j->r->inside[t]];
            if (o->outer.end - o->outer.start > NICKNAME_MAX)
                return false;
            continue;
        }
        dln_candidate *k = candidate_at(j, t);
        if (!k || !(frames_of(j, k) & FRAME_Q))
            continue;
        if (!comma || !only_phrase(j, next, t))
            return false;
        source_between(j, k, next);
        give(j, k, s, true, "quotation before the reporting verb");
        *taken = j->r->at_token[t];
        return true;
    }
    return false;
}

/* "a print called 'Cowboys'": named, not said. */
static bool is_naming(const joiner *j, const dln_candidate *c)
{
    return c->cue.kind == CUE_VERB && c->source_begin == DLN_NONE
           && tok(j, c->cue.token)->xpos == DLN_XPOS_VBN;
}

static bool is_opening_word(const joiner *j, uint32_t t)
{
    return tok(j, t)->upos == DLN_UPOS_PUNCT
           || dln_quote__is(j->r->doc, t, "that");
}

/* First byte behind the cue that is content: at "that", or behind the
 * hearer. */
static uint32_t content_start(const joiner *j, const dln_candidate *c,
                              uint32_t stop)
{
    uint32_t t = c->cue.end;
    for (uint32_t k = t; k < stop; k++)
        if (dln_quote__is(j->r->doc, k, "that"))
            return tok(j, k)->span.start;
    if (c->hearer != DLN_NONE && c->hearer >= t
        && j->r->high[c->hearer] < stop
        && (frames_of(j, c) & FRAME_HEARER))
        t = j->r->high[c->hearer];
    return tok(j, t)->span.start;
}

/* Do words follow the stretch in its sentence without a mark between? */
static bool goes_on(const joiner *j, uint32_t first, const dln_stretch *s)
{
    const dln_doc *doc = j->r->doc;
    uint32_t next = dln_token_at(doc, s->outer.end);
    return next != DLN_NONE && tok(j, next)->sentence
                                   == tok(j, first)->sentence
           && tok(j, next)->upos != DLN_UPOS_PUNCT;
}

static bool give_before(joiner *j, const dln_stretch *s, uint32_t first,
                        uint32_t *taken)
{
    const dln_doc *doc = j->r->doc;
    if (first == 0)
        return false;
    bool colon = dln_quote__is(doc, first - 1, ":");
    bool same = tok(j, first - 1)->sentence == tok(j, first)->sentence;
    if (!same && !colon)
        return false;
    uint32_t begin = doc->sentences.at[tok(j, first - 1)->sentence]
                         .token_begin;
    if (first - begin > REACH)
        begin = first - REACH;
    for (uint32_t t = first; t-- > begin;) {
        if (j->r->inside[t] != DLN_NONE && !colon)
            return false;
        dln_candidate *k = candidate_at(j, t);
        if (!k || k->cue.kind == CUE_PHRASE)
            continue;
        /* A mark has its words: what follows tells of the speaker. */
        if (k->cue.kind == CUE_COLON && k->content_count)
            return false;
        uint32_t frames = frames_of(j, k);
        bool near = is_opening_word(j, first - 1) || first == k->cue.end;
        if (!(frames & (FRAME_Q | FRAME_THAT | FRAME_O_O))
            || is_naming(j, k))
            continue;
        bool partial = !colon && !starts_upper(j, s)
                       && (frames & FRAME_THAT)
                       && !(frames & FRAME_O_O)
                       && (dln_quote__is(doc, first - 1, "that")
                           || goes_on(j, first, s));
        if ((frames & FRAME_Q) && near && !partial) {
            give(j, k, s, k->content_count == 0 || colon
                              || frames & FRAME_HEARER,
                 "quotation behind the reporting verb");
        } else {
            /* "said it was a 'crisis'": all behind the cue. */
            if ((k->content_count && k->quoted)
                || !(frames & (FRAME_THAT | FRAME_O_O)))
                return false;
            dln_span whole = {content_start(j, k, first), s->outer.end};
            k->content_count = 0;
            dln_quote__add_content(k, whole);
            k->quoted = true;
            k->score += 10;
            k->mendable = true;
            k->rule = "words from the reporting verb to the quotation";
            if (k->source_begin == DLN_NONE)
                surface_source(j, k);
        }
        *taken = j->r->at_token[t];
        return true;
    }
    return false;
}

static dln_candidate *add_unsaid(joiner *j, uint32_t mark, uint32_t begin,
                                 uint32_t end, uint32_t head)
{
    dln_candidate *c = DLN_VEC_PUSH(j->r->scratch, j->all);
    if (!c)
        return NULL;
    *c = (dln_candidate){
        .cue = {.kind = CUE_COLON, .token = mark, .begin = mark,
                .end = mark + 1, .row = DLN_NONE, .strength = 3},
        .source_begin = begin, .source_end = end, .source_head = head,
        .hearer = DLN_NONE, .statement = DLN_NONE};
    j->r->at_token[mark] = j->r->candidates.count - 1;
    return c;
}

/* "Minister: '...'": a short phrase without a verb and a colon. */
static bool give_colon(joiner *j, const dln_stretch *s, uint32_t first,
                       uint32_t *taken)
{
    const dln_doc *doc = j->r->doc;
    if (first == 0 || !dln_quote__is(doc, first - 1, ":"))
        return false;
    const dln_sentence *sent = &doc->sentences.at[tok(j, first - 1)
                                                      ->sentence];
    uint32_t begin = first - 1;
    while (begin > sent->token_begin && first - begin < 12
           && in_phrase(j, begin - 1))
        begin--;
    uint32_t head = phrase_head(j, begin, first - 1);
    if (begin != sent->token_begin || head == DLN_NONE)
        return false;
    dln_candidate *c = add_unsaid(j, first - 1, begin, first - 1, head);
    if (!c)
        return false;
    *taken = j->r->candidates.count - 1;
    give(j, c, s, false, "quotation behind a name and a colon");
    return true;
}

static bool is_dash(const joiner *j, uint32_t t)
{
    static const char *const dashes[] = {"-", "--", "–", "—", "―"};
    for (size_t i = 0; i < sizeof dashes / sizeof *dashes; i++)
        if (dln_quote__is(j->r->doc, t, dashes[i]))
            return true;
    return false;
}

/* "..." — Name, at the end of a paragraph. */
static bool give_dash(joiner *j, const dln_stretch *s, uint32_t last,
                      uint32_t next, uint32_t *taken)
{
    const dln_doc *doc = j->r->doc;
    if (next + 1 >= doc->tokens.count || !is_dash(j, next)
        || paragraph_of(j, next) != paragraph_of(j, last))
        return false;
    uint32_t end = next + 1;
    while (end < doc->tokens.count && end - next < 24
           && paragraph_of(j, end) == paragraph_of(j, last)
           && tok(j, end)->upos != DLN_UPOS_VERB)
        end++;
    if (end < doc->tokens.count && paragraph_of(j, end)
                                       == paragraph_of(j, last))
        return false;
    while (end > next + 1 && tok(j, end - 1)->upos == DLN_UPOS_PUNCT)
        end--;
    uint32_t head = phrase_head(j, next + 1, end);
    dln_candidate *c = head == DLN_NONE
                           ? NULL : add_unsaid(j, next, next + 1, end, head);
    if (!c)
        return false;
    *taken = j->r->candidates.count - 1;
    give(j, c, s, false, "quotation before a dash and a name");
    return true;
}

/* A quotation that stands alone inherits the last one's speaker. */
static bool give_floating(joiner *j, const dln_stretch *s, uint32_t first,
                          uint32_t next, uint32_t *taken)
{
    dln_doc *doc = j->r->doc;
    if (j->last == DLN_NONE || !starts_upper(j, s)
        || (next < doc->tokens.count
            && tok(j, next)->sentence == tok(j, first)->sentence))
        return false;
    dln_candidate *c = &j->r->candidates.at[j->last];
    uint32_t end = j->last_end;
    if (c->cue.kind != CUE_COLON && c->cue.token != DLN_NONE
        && tok(j, c->cue.end - 1)->span.end > end)
        end = tok(j, c->cue.end - 1)->span.end;
    uint32_t sentence = tok(j, first)->sentence;
    if (!begins_sentence(j, s, first)
        && !bare_between(j, end, s->outer.start))
        return false;
    uint32_t before = dln_token_at(doc, end ? end - 1 : 0);
    if (before == DLN_NONE || before > first)
        return false;
    uint32_t gap = sentence - tok(j, before)->sentence;
    if (paragraph_of(j, first) == paragraph_of(j, before) && gap <= 1) {
        dln_quote__add_content(c, s->inner);
        *taken = j->last;
        return true;
    }
    if (paragraph_of(j, first) != paragraph_of(j, before) + 1 || gap > 1)
        return false;
    dln_candidate copy = *c;
    copy.cue = (dln_cue){.kind = CUE_COLON, .token = DLN_NONE,
                         .begin = DLN_NONE, .end = DLN_NONE,
                         .row = DLN_NONE, .strength = 2};
    copy.content_count = 0;
    copy.mendable = false;
    copy.score = 10;
    copy.rule = "quotation standing alone behind an attributed one";
    dln_quote__add_content(&copy, s->inner);
    dln_candidate *n = DLN_VEC_PUSH(j->r->scratch, j->all);
    if (!n)
        return false;
    *n = copy;
    *taken = j->r->candidates.count - 1;
    return true;
}

static void join_one(joiner *j, uint32_t i)
{
    dln_doc *doc = j->r->doc;
    const dln_stretch *s = &j->r->stretches.at[i];
    uint32_t first = dln_token_at(doc, s->outer.start), taken = DLN_NONE;
    uint32_t next = dln_token_at(doc, s->outer.end);
    if (first == DLN_NONE || s->inner.end <= s->inner.start)
        return;
    if (next == DLN_NONE)
        next = doc->tokens.count;
    uint32_t last = next > first ? next - 1 : first;
    if (s->before != DLN_NONE && j->at_stretch[s->before] != DLN_NONE) {
        taken = j->at_stretch[s->before];
        dln_quote__add_content(&j->r->candidates.at[taken], s->inner);
    } else {
        uint32_t from = doc->sentences.at[tok(j, first)->sentence]
                            .token_begin;
        uint32_t to = doc->sentences.at[tok(j, last)->sentence].token_end;
        from = first - from > 2 * REACH ? first - 2 * REACH : from;
        to = to - last > 2 * REACH ? last + 2 * REACH : to;
        bool whole = starts_upper(j, s) && begins_sentence(j, s, first);
        bool colon = first > 0 && dln_quote__is(doc, first - 1, ":");
        if (!(whole && give_behind(j, s, last, next, &taken))
            && !(colon && give_before(j, s, first, &taken))
            && !grow_touching(j, s, from, first, &taken)
            && !grow_touching(j, s, next, to, &taken)
            && !give_behind(j, s, last, next, &taken)
            && !give_before(j, s, first, &taken)
            && !give_colon(j, s, first, &taken)
            && !give_dash(j, s, last, next, &taken)
            && !give_floating(j, s, first, next, &taken))
            return;
    }
    j->at_stretch[i] = taken;
    j->last = taken;
    j->last_end = s->outer.end;
}

/* May these words be a speaker's: a person, an organisation, a text? */
static bool names_speaker(const joiner *j, uint32_t begin, uint32_t end)
{
    const dln_doc *doc = j->r->doc;
    for (uint32_t t = begin; t < end; t++) {
        uint32_t e = tok(j, t)->entity;
        dln_cue noun;
        if (e != DLN_NONE && (doc->entities.at[e].kind == DLN_ENT_PERSON
                              || doc->entities.at[e].kind == DLN_ENT_ORG))
            return true;
        if (dln_quote__noun_cue(j->r, t, &noun)
            && j->r->quote->noun_text[noun.row])
            return true;
    }
    return false;
}

/* "ORLOV: We shall see.", as transcripts and headlines have it: a paragraph
 * that begins with a name and a colon is what he says. */
static void join_colon(joiner *j, const dln_paragraph *p, uint32_t first)
{
    const dln_doc *doc = j->r->doc;
    uint32_t colon = first;
    while (colon < doc->tokens.count && colon - first < COLON_MAX
           && tok(j, colon)->span.start < p->span.end
           && !dln_quote__is(doc, colon, ":") && in_phrase(j, colon))
        colon++;
    uint32_t next = colon + 1;
    if (next >= doc->tokens.count || colon == first
        || !dln_quote__is(doc, colon, ":")
        || tok(j, next)->span.start >= p->span.end
        || tok(j, next)->span.start == tok(j, colon)->span.end
        || j->r->inside[next] != DLN_NONE
        || j->r->at_token[colon] != DLN_NONE
        || p->span.end - p->span.start > QUOTE_MAX_BYTES
        || !names_speaker(j, first, colon))
        return;
    uint32_t head = phrase_head(j, first, colon), words = 0;
    for (uint32_t t = next; t < doc->tokens.count && words < COLON_LEAST
                            && tok(j, t)->span.start < p->span.end; t++)
        words += tok(j, t)->upos != DLN_UPOS_PUNCT;
    dln_candidate *c = head == DLN_NONE || words < COLON_LEAST
                           ? NULL : add_unsaid(j, colon, first, colon, head);
    if (!c)
        return;
    dln_quote__add_content(c, (dln_span){tok(j, next)->span.start,
                                         p->span.end});
    c->score = 10;
    c->rule = "a paragraph that begins with a name and a colon";
}

void dln_quote__join(dln_reading *r)
{
    joiner j = {.r = r, .all = &r->candidates, .last = DLN_NONE};
    j.at_stretch = dln_arena_array(r->scratch, r->stretches.count + 1,
                                   sizeof *j.at_stretch);
    if (!j.at_stretch)
        return;
    for (uint32_t i = 0; i < r->stretches.count; i++) {
        j.at_stretch[i] = DLN_NONE;
        if (r->stretches.at[i].parent == DLN_NONE)
            join_one(&j, i);
    }
    for (uint32_t i = 0; i < r->doc->paragraphs.count; i++) {
        const dln_paragraph *p = &r->doc->paragraphs.at[i];
        uint32_t first = dln_token_at(r->doc, p->span.start);
        if (first != DLN_NONE)
            join_colon(&j, p, first);
    }
}
