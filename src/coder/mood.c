/* SPDX-License-Identifier: Apache-2.0 */
/*
 * mood: did it happen? From the verb's auxiliaries and negation, then from
 * the words above it in the tree that say what becomes of their complement
 * ("plans to", "failed to", "denied that", "a threat of"), listed with their
 * effect in data/onto/verbs/mood.txt.
 *
 * The walk up is the factuality walk of Saurí and Pustejovsky (2012) cut
 * down to a list of signs: the sign nearest to the event decides its status,
 * negations and denials count from everywhere. Dates are looked at by the
 * caller.
 */
#include "coder/coder_p.h"

static const dln_token *tok(const dln_doc *doc, uint32_t i)
{
    return &doc->tokens.at[i];
}

typedef struct signs {
    bool will, would, may, negated, had, progressive, present, any, refusal,
        condition, to;
    dln_str word;
} signs;

static bool one_of(const dln_doc *doc, uint32_t token,
                   const char *const *words, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (dln_coder__word_is(doc, token, words[i]))
            return true;
    return false;
}
#define ONE_OF(doc, token, list) \
    one_of(doc, token, list, sizeof list / sizeof *list)

static void read_aux(const dln_doc *doc, uint32_t c, signs *out)
{
    static const char *const will[] = {"will", "shall", "'ll", "\xe2\x80\x99ll",
                                       "wo", "gonna"};
    static const char *const would[] = {"would", "'d", "\xe2\x80\x99\x64"};
    static const char *const may[] = {"may", "might", "could", "can", "ca",
                                      "should", "must", "ought"};
    static const char *const now[] = {"is", "are", "am", "'s", "'re",
                                      "\xe2\x80\x99s", "\xe2\x80\x99re"};
    dln_str word = dln_token_str(doc, c);
    out->any = true;
    if (ONE_OF(doc, c, will)) {
        out->will = true;
        out->word = word;
    } else if (ONE_OF(doc, c, would)
               && !dln_str_is(tok(doc, c)->lemma, "have")) {
        out->would = true;
        out->word = word;
    } else if (ONE_OF(doc, c, may)) {
        out->may = true;
        out->word = word;
    } else if (dln_coder__word_is(doc, c, "had")) {
        out->had = true;
    } else if (ONE_OF(doc, c, now)) {
        out->present = true;
    }
    if (dln_str_is(tok(doc, c)->lemma, "be")
        && tok(doc, c)->deprel == DLN_REL_aux)
        out->progressive = true;
}

static signs signs_of(const dln_doc *doc, uint32_t verb)
{
    static const char *const no[] = {"not", "n't", "n\xe2\x80\x99t", "never",
                                     "no", "neither", "hardly", "nor"};
    static const char *const condition[] = {"if", "unless", "whether",
                                            "should", "lest", "until"};
    static const char *const without[] = {"without", "instead", "than"};
    signs out = {.word = {"", 0}};
    for (uint32_t c = tok(doc, verb)->child; c != DLN_NONE;
         c = tok(doc, c)->sibling) {
        uint8_t rel = tok(doc, c)->deprel;
        if (rel == DLN_REL_aux || rel == DLN_REL_aux_pass
            || rel == DLN_REL_cop)
            read_aux(doc, c, &out);
        if ((rel == DLN_REL_advmod || rel == DLN_REL_det
             || rel == DLN_REL_cc_preconj || rel == DLN_REL_aux)
            && ONE_OF(doc, c, no)) {
            out.negated = true;
            out.word = out.word.len ? out.word : dln_token_str(doc, c);
        }
        if (rel == DLN_REL_mark || rel == DLN_REL_case
            || rel == DLN_REL_advmod) {
            if (ONE_OF(doc, c, condition)) {
                out.condition = true;
                out.word = dln_token_str(doc, c);
            } else if (ONE_OF(doc, c, without)) {
                out.negated = true;
                out.word = dln_token_str(doc, c);
            }
            out.to |= dln_coder__word_is(doc, c, "to");
        }
        /* "No talks took place", "reached no agreement" */
        if (rel == DLN_REL_nsubj || rel == DLN_REL_nsubj_pass
            || rel == DLN_REL_obj) {
            uint32_t det = dln_child(doc, c, DLN_REL_det);
            static const char *const none[] = {"no", "neither"};
            static const char *const nobody[] = {"none", "nobody", "nothing"};
            if ((det != DLN_NONE && ONE_OF(doc, det, none))
                || ONE_OF(doc, c, nobody)) {
                out.negated = true;
                out.word = DLN_STR("no");
            }
        }
    }
    out.progressive = out.progressive && tok(doc, verb)->xpos
                                             == DLN_XPOS_VBG;
    out.refusal = out.negated && (out.will || out.would);
    return out;
}

static dln_effect effect_of(const dln_coder *coder, const dln_doc *doc,
                            uint32_t token)
{
    char buffer[DLN_CODER_WORD];
    const dln_row *row = dln_table_find(&coder->mood, tok(doc, token)->lemma);
    if (!row)
        row = dln_table_find(&coder->mood,
                             dln_coder__lemma(coder, doc, token, buffer));
    return row ? dln_effect_of(row->field[1]) : DLN_EFFECT_NONE;
}

static void set_status(dln_coder_mood *mood, dln_event_status status,
                       dln_str word)
{
    /* Nearest sign wins; "ongoing" yields to doubt further up. */
    if (mood->status != DLN_EVENT_ACTUAL && mood->status != DLN_EVENT_ONGOING)
        return;
    mood->status = status;
    mood->word = word;
}

static void negate(dln_coder_mood *mood, dln_str word)
{
    if (mood->polarity == DLN_ASSERTED)
        mood->polarity = DLN_NEGATED;
    if (!mood->word.len)
        mood->word = word;
}

static void apply_effect(dln_coder_mood *mood, dln_effect effect,
                         dln_str word)
{
    switch (effect) {
    case DLN_EFFECT_ONGOING:
        set_status(mood, DLN_EVENT_ONGOING, word);
        break;
    case DLN_EFFECT_PLANNED:
        set_status(mood, DLN_EVENT_PLANNED, word);
        break;
    case DLN_EFFECT_HYPOTHETICAL:
        set_status(mood, DLN_EVENT_HYPOTHETICAL, word);
        break;
    case DLN_EFFECT_NEGATED:
        negate(mood, word);
        break;
    case DLN_EFFECT_DENIED:
        mood->polarity = DLN_DENIED;
        mood->word = word;
        break;
    case DLN_EFFECT_NONE: case DLN_EFFECT_COUNT:
        break;
    }
}

/* Would-be future of a report: "said it would", not "would have". */
static bool reported(const dln_doc *doc, uint32_t verb)
{
    for (int i = 0; i < DLN_CODER_MAX_STEPS; i++) {
        uint8_t rel = tok(doc, verb)->deprel;
        if (rel == DLN_REL_ccomp || rel == DLN_REL_parataxis)
            return true;
        if ((rel != DLN_REL_conj && rel != DLN_REL_xcomp)
            || tok(doc, verb)->head >= doc->tokens.count)
            break;
        verb = tok(doc, verb)->head;
    }
    return dln_coder__statement_at(doc, tok(doc, verb)->span) != DLN_NONE;
}

static void apply_signs(const dln_doc *doc, uint32_t verb, const signs *s,
                        dln_coder_mood *mood)
{
    if (s->condition)
        set_status(mood, DLN_EVENT_HYPOTHETICAL, s->word);
    if (s->will)
        set_status(mood, DLN_EVENT_PLANNED, s->word);
    else if (s->would)
        set_status(mood, reported(doc, verb) ? DLN_EVENT_PLANNED
                                             : DLN_EVENT_HYPOTHETICAL,
                   s->word);
    else if (s->may)
        set_status(mood, DLN_EVENT_HYPOTHETICAL, s->word);
    else if (s->progressive && s->present)
        set_status(mood, DLN_EVENT_ONGOING, DLN_STR("progressive"));
    if (s->negated)
        negate(mood, s->word);
    mood->refusal |= s->refusal;
    mood->perfect |= s->had && !s->may && !s->would;
}

/* "would ... if": the condition makes its main clause a supposition. */
static void conditions_below(const dln_doc *doc, uint32_t verb,
                             dln_coder_mood *mood)
{
    for (uint32_t c = tok(doc, verb)->child; c != DLN_NONE;
         c = tok(doc, c)->sibling) {
        if (tok(doc, c)->deprel != DLN_REL_advcl)
            continue;
        uint32_t mark = dln_child(doc, c, DLN_REL_mark);
        if (mark != DLN_NONE && (dln_coder__word_is(doc, mark, "if")
                                 || dln_coder__word_is(doc, mark, "unless"))
            && mood->status == DLN_EVENT_ACTUAL && mood->present)
            set_status(mood, DLN_EVENT_HYPOTHETICAL, DLN_STR("if"));
    }
}

static bool says(const dln_doc *doc, uint32_t verb)
{
    static const char *const words[] = {"say", "tell", "speak", "arrive",
                                        "add", "hope", "state", "note"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (dln_str_is(tok(doc, verb)->lemma, words[i]))
            return true;
    return false;
}

/* One step up from `at`. Returns the next token, or DLN_NONE at the end. */
static uint32_t climb(const dln_coder *coder, const dln_doc *doc,
                      uint32_t at, bool own, dln_coder_mood *mood)
{
    uint32_t head = tok(doc, at)->head;
    if (head >= doc->tokens.count)
        return DLN_NONE;
    uint8_t rel = tok(doc, at)->deprel;
    dln_effect effect = effect_of(coder, doc, head);
    dln_str word = tok(doc, head)->lemma;
    bool to = false;
    uint32_t mark = dln_child(doc, at, DLN_REL_mark);
    if (mark != DLN_NONE)
        to = dln_coder__word_is(doc, mark, "to");
    switch (rel) {
    case DLN_REL_conj:
        if (!own) {
            signs s = signs_of(doc, head);
            apply_signs(doc, head, &s, mood);
        }
        return head;
    case DLN_REL_xcomp: {
        if (tok(doc, head)->upos == DLN_UPOS_AUX
            || dln_str_is(word, "be") || dln_str_is(word, "go"))
            effect = DLN_EFFECT_PLANNED;    /* "is to meet", "going to" */
        apply_effect(mood, effect, word);
        signs s = signs_of(doc, head);
        apply_signs(doc, head, &s, mood);
        return head;
    }
    case DLN_REL_advcl: case DLN_REL_acl:
        apply_effect(mood, effect, word);
        if (to && effect == DLN_EFFECT_NONE)
            set_status(mood, DLN_EVENT_HYPOTHETICAL, DLN_STR("to"));
        if (effect == DLN_EFFECT_NONE && rel == DLN_REL_advcl)
            return DLN_NONE;
        if (rel == DLN_REL_acl && mark != DLN_NONE) {
            signs s = signs_of(doc, head);  /* "no evidence that" */
            if (s.negated)
                negate(mood, s.word);
        }
        return rel == DLN_REL_acl && !to ? DLN_NONE : head;
    case DLN_REL_ccomp: case DLN_REL_csubj: case DLN_REL_csubj_pass: {
        apply_effect(mood, effect, word);
        uint32_t det = dln_child(doc, head, DLN_REL_det);
        if (det != DLN_NONE && dln_coder__word_is(doc, det, "no"))
            negate(mood, DLN_STR("no"));
        return effect == DLN_EFFECT_NONE ? DLN_NONE : head;
    }
    case DLN_REL_obj: case DLN_REL_nsubj_pass: case DLN_REL_nsubj:
    case DLN_REL_obl: case DLN_REL_nmod: {
        dln_str prep = dln_coder__case(doc, at);
        if (dln_str_is(prep, "ahead of")) {
            set_status(mood, DLN_EVENT_PLANNED, prep);
        } else if (dln_str_is(prep, "before")) {
            /* "said before the talks", but "were killed before a deal" */
            signs s = signs_of(doc, head);
            if (!s.had && says(doc, head))
                set_status(mood, DLN_EVENT_PLANNED, prep);
        } else if (dln_str_is(prep, "without")
                   || dln_str_is(prep, "instead of")) {
            negate(mood, prep);
        } else if (rel == DLN_REL_obj || rel == DLN_REL_nsubj_pass
                   || dln_str_is(prep, "of") || dln_str_is(prep, "for")
                   || dln_str_is(prep, "on") || dln_str_is(prep, "from")
                   || dln_str_is(prep, "against")) {
            apply_effect(mood, effect, word);
            if (effect != DLN_EFFECT_NONE
                && tok(doc, head)->upos == DLN_UPOS_NOUN)
                return head;
        }
        /* "will sign it at talks": an occasion shares its act's future. */
        if (rel == DLN_REL_obl && tok(doc, head)->upos == DLN_UPOS_VERB) {
            signs s = signs_of(doc, head);
            s.negated = s.refusal = s.had = s.progressive = false;
            apply_signs(doc, head, &s, mood);
            return head;
        }
        return DLN_NONE;
    }
    default:
        return DLN_NONE;
    }
}

/* "planned talks", "a possible attack", "no meeting" */
static void modifiers(const dln_coder *coder, const dln_doc *doc,
                      uint32_t noun, dln_coder_mood *mood)
{
    for (uint32_t c = tok(doc, noun)->child; c != DLN_NONE;
         c = tok(doc, c)->sibling) {
        uint8_t rel = tok(doc, c)->deprel;
        if (rel == DLN_REL_det && dln_coder__word_is(doc, c, "no"))
            negate(mood, DLN_STR("no"));
        if (rel != DLN_REL_amod)
            continue;
        const dln_row *row = dln_table_find(&coder->mood,
                                            tok(doc, c)->lemma);
        if (row && row->count > 2)      /* marked as a modifier */
            apply_effect(mood, dln_effect_of(row->field[2]),
                         tok(doc, c)->lemma);
    }
}

static bool is_question(const dln_doc *doc, uint32_t token)
{
    const dln_sentence *s = &doc->sentences.at[tok(doc, token)->sentence];
    for (uint32_t t = s->token_end; t-- > s->token_begin
                                    && t + 3 > s->token_end;)
        if (dln_coder__word_is(doc, t, "?"))
            return true;
    return false;
}

void dln_coder__mood(const dln_coder *coder, const dln_doc *doc,
                     const dln_coder_hit *hit, dln_coder_mood *out)
{
    *out = (dln_coder_mood){DLN_EVENT_ACTUAL, DLN_ASSERTED, false, false,
                            false, {"", 0}};
    uint32_t at = hit->verb;
    uint8_t upos = tok(doc, at)->upos;
    bool own = false;
    if (hit->token != hit->verb || upos == DLN_UPOS_NOUN
        || upos == DLN_UPOS_PROPN) {
        modifiers(coder, doc, hit->token, out);
        uint32_t stands = dln_coder__stands(coder, doc, hit->token);
        if (stands != hit->token)
            modifiers(coder, doc, stands, out);
        if (hit->verb == hit->token)
            at = stands;
    }
    if (upos == DLN_UPOS_VERB || upos == DLN_UPOS_ADJ || hit->light) {
        signs s = signs_of(doc, at);
        own = s.any || s.to
              || dln_child(doc, at, DLN_REL_nsubj) != DLN_NONE;
        uint8_t x = tok(doc, at)->xpos;
        out->present = x == DLN_XPOS_VB || x == DLN_XPOS_VBP
                       || x == DLN_XPOS_VBZ;
        apply_signs(doc, at, &s, out);
        if (hit->light)
            apply_effect(out, hit->light->effect, tok(doc, at)->lemma);
        conditions_below(doc, at, out);
    } else {
        signs s = signs_of(doc, at);    /* "It was an attack", "no talks" */
        if (s.negated)
            negate(out, s.word);
    }
    if (hit->light && dln_is_below(doc, hit->verb, hit->token)) {
        /* "talks to be held in May", "talks held in May" */
        uint32_t mark = dln_child(doc, hit->verb, DLN_REL_mark);
        if (mark != DLN_NONE && dln_coder__word_is(doc, mark, "to"))
            set_status(out, DLN_EVENT_PLANNED, DLN_STR("to"));
        at = dln_coder__stands(coder, doc, hit->token);
        own = true;
    }
    for (int step = 0; step < DLN_CODER_MAX_STEPS && at != DLN_NONE; step++)
        at = climb(coder, doc, at, step > 0 || own, out);
    if (is_question(doc, hit->token))
        set_status(out, DLN_EVENT_HYPOTHETICAL, DLN_STR("?"));
}
