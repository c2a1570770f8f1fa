/* SPDX-License-Identifier: Apache-2.0 */
/*
 * lemma: form and tag → lemma. The list of irregular forms comes first.
 * Then the longest suffix (or the whole word) that the treebanks showed with
 * this tag names an edit script; without any, the word in lower case is its
 * own lemma, proper nouns as they are. When only a suffix spoke and what it
 * makes of a verb's or noun's form is no known word, the spellings the
 * ending could have come from (shell-ed, trad(e)-ing, jam(m)-ed) are tried
 * and the first known word is taken.
 *
 * A script: a byte "keeps its capitals", a byte of characters to cut, the
 * ending to add.
 */
#include "analyse/model_p.h"
#include "base/utf8.h"

dln_status dln_analyse__lemmas(dln_lemmas *out, const dln_weights *weights,
                               dln_error *error)
{
    dln_str section;
    size_t used;
    DLN_TRY(dln_weights_section(weights, "lemma", &section, error));
    DLN_TRY(dln_hashed_open(&out->table, section, &used, error));
    DLN_TRY(dln_weights_section(weights, "scripts", &section, error));
    out->scripts = (const unsigned char *)section.data;
    out->len = section.len;
    uint32_t first = section.len >= 4 ? dln_get_u32(section.data) : 0;
    if (first < 4 || first % 4 || first > section.len)
        return dln_fail(error, DLN_BADDATA, "the model's lemmas are cut");
    out->count = first / 4 - 1;
    return DLN_OK;
}

static bool is_name(unsigned xpos)
{
    return xpos == DLN_XPOS_NNP || xpos == DLN_XPOS_NNPS;
}

uint64_t dln_analyse__lemma_key(dln_str lower, uint32_t suffix,
                                unsigned xpos)
{
    size_t at = 0;
    if (suffix)
        at = lower.len > suffix ? lower.len - suffix : 0;
    uint64_t h = dln_hash(lower.data + at, lower.len - at, 9);
    return dln_mix(dln_mix(h, suffix), xpos + 1);
}

dln_str dln_analyse__apply(dln_arena *arena, dln_str form, dln_str lower,
                           dln_str script)
{
    if (script.len < 2)
        return lower;
    dln_str base = script.data[0] ? form : lower;
    size_t cut = (unsigned char)script.data[1];
    if (cut > base.len || (cut == base.len && script.len == 2))
        return base;
    if (!cut && script.len == 2)
        return base;
    return dln_arena_printf(arena, "%.*s%.*s", (int)(base.len - cut),
                            base.data, (int)(script.len - 2),
                            script.data + 2);
}

static dln_str script_at(const dln_lemmas *lemmas, uint32_t i)
{
    if (i >= lemmas->count)
        return (dln_str){NULL, 0};
    uint32_t at = dln_get_u32(lemmas->scripts + 4 * (size_t)i);
    uint32_t end = dln_get_u32(lemmas->scripts + 4 * ((size_t)i + 1));
    if (end < at || end > lemmas->len)
        return (dln_str){NULL, 0};
    return (dln_str){(const char *)lemmas->scripts + at, end - at};
}

/* How the irregular list names the form a tag stands for, or NULL. */
static const char *form_of(unsigned xpos)
{
    switch (xpos) {
    case DLN_XPOS_VBD:
    case DLN_XPOS_VBN:
        return "past";
    case DLN_XPOS_VBG:
        return "ing";
    case DLN_XPOS_VBZ:
        return "third";
    case DLN_XPOS_NNS:
        return "plural";
    default:
        return NULL;
    }
}

static dln_str irregular(const dln_lemmas *lemmas, dln_str lower,
                         unsigned xpos)
{
    const char *want = form_of(xpos);
    const dln_row *row = want && lemmas->irregular
                             ? dln_table_find(lemmas->irregular, lower)
                             : NULL;
    while (row && !dln_str_is(row->field[1], want))
        row = row->next == DLN_NONE ? NULL
                                    : &lemmas->irregular->rows[row->next];
    return row ? row->field[2] : (dln_str){NULL, 0};
}

/* Is it a word of the treebanks or one with a vector? */
static bool is_word(const dln_lemmas *lemmas, dln_str word)
{
    dln_lexeme lex;
    dln_analyse__lexeme(&lex, word, NULL);
    uint32_t value = dln_hashed_get(lemmas->vocabulary,
                                    dln_analyse__key(lex.low));
    return value != DLN_NONE && value & (DLN_VOCAB_ROW | DLN_VOCAB_SEEN);
}

/* What a form may be without its regular ending, likely spellings first.
 * Returns how many. */
static uint32_t spellings(dln_arena *arena, dln_str lower, unsigned xpos,
                          dln_str out[4])
{
    const char *form = form_of(xpos);
    if (!form)
        return 0;
    dln_str ending = dln_str_of(form[0] == 'i' ? "ing"
                                : strcmp(form, "past") ? "s" : "ed");
    if (lower.len < ending.len + 2 || !dln_str_ends(lower, ending))
        return 0;
    uint32_t n = 0;
    dln_str stem = dln_str_sub(lower, 0, lower.len - ending.len);
    char last = stem.data[stem.len - 1], next = stem.data[stem.len - 2];
    if (last == 's' && ending.len == 1)     /* loss, no plural */
        return 0;
    if (ending.len == 1) {
        out[n++] = stem;
        if (last == 'e' && stem.len > 2)
            out[n++] = dln_str_sub(stem, 0, stem.len - 1);
        if (last == 'e' && next == 'i')
            out[n++] = dln_arena_printf(arena, "%.*sy", (int)stem.len - 2,
                                        stem.data);
        return n;
    }
    if (last == 'i' && ending.len == 2)
        out[n++] = dln_arena_printf(arena, "%.*sy", (int)stem.len - 1,
                                    stem.data);
    out[n++] = stem;
    out[n++] = dln_arena_printf(arena, "%.*se", DLN_ARG(stem));
    if (last == next)
        out[n++] = dln_str_sub(stem, 0, stem.len - 1);
    return n;
}

/* The lemma a suffix gave, or a known word when that is none. */
static dln_str doubt(const dln_lemmas *lemmas, dln_arena *arena,
                     dln_str lower, unsigned xpos, dln_str lemma)
{
    dln_str tries[4];
    if (!lemmas->vocabulary
        || (is_word(lemmas, lemma) && !dln_str_eq(lemma, lower)))
        return lemma;
    uint32_t n = spellings(arena, lower, xpos, tries);
    for (uint32_t i = 0; i < n; i++)
        if (is_word(lemmas, tries[i]))
            return tries[i];
    return lemma;
}

dln_str dln_analyse__lemma(const dln_lemmas *lemmas, dln_arena *arena,
                           dln_str form, unsigned xpos)
{
    if (form.len > DLN_WORD_MAX)
        return form;
    bool plain = true;
    for (size_t i = 0; i < form.len; i++)
        plain = plain && !dln_is_upper(form.data[i])
                && !(form.data[i] & 0x80);
    dln_str lower = plain ? form : dln_utf8_lower(arena, form);
    dln_str listed = irregular(lemmas, lower, xpos);
    if (listed.len)
        return listed;
    uint32_t script = dln_hashed_get(
        &lemmas->table, dln_analyse__lemma_key(lower, 0, xpos));
    bool whole = script != DLN_NONE;
    for (uint32_t n = DLN_LEMMA_SUFFIX; n > 0 && script == DLN_NONE; n--)
        if (n < lower.len)
            script = dln_hashed_get(
                &lemmas->table, dln_analyse__lemma_key(lower, n, xpos));
    if (script == DLN_NONE)
        return is_name(xpos) ? form : lower;
    dln_str lemma = dln_analyse__apply(arena, form, lower,
                                       script_at(lemmas, script));
    return whole ? lemma : doubt(lemmas, arena, lower, xpos, lemma);
}
