/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The language of a text, by its letters and its commonest words.
 *
 * in: clean text; out: a code of ISO 639, or "" when the text is too short or
 * of no kind that is known. Letters of a script that few languages share
 * decide first; then the language most of whose small words are met (Dunning
 * 1994 and others use n-grams; words need no training and can be read). The
 * beginning and a middle piece are looked at, so a long text costs no more
 * than a short one.
 */
#include "base/utf8.h"
#include "clean/clean_p.h"

#define PIECE ((size_t)3000)    /* bytes of each piece looked at */
#define LEAST_WORDS 12u
#define LEAST_SHARE 0.10        /* of a text's words are small words */
#define MUCH_MORE 1.5           /* than English has: then it is not English */
#define MAX_CODES 64u
#define MAX_SCRIPTS 40u

typedef struct script {
    int32_t first, last;
    uint32_t code, percent;
} script;

struct dln_languages {
    dln_str codes[MAX_CODES];
    uint32_t count, english;
    script scripts[MAX_SCRIPTS];
    uint32_t script_count;
    dln_map words;          /* folded → index in `of` */
    uint64_t *of;           /* [words] a bit for each code */
};

static uint32_t code_of(struct dln_languages *l, dln_str code)
{
    for (uint32_t i = 0; i < l->count; i++)
        if (dln_str_eq(l->codes[i], code))
            return i;
    if (l->count < MAX_CODES)
        l->codes[l->count++] = code;
    return l->count - 1;
}

static int32_t code_point(dln_str hex)
{
    int32_t value = 0;
    for (size_t i = 0; i < hex.len && i < 6; i++) {
        char c = dln_lower(hex.data[i]);
        value = value * 16 + (dln_is_digit(c) ? c - '0' : c - 'a' + 10);
    }
    return value;
}

static uint32_t words_in(dln_str s)
{
    uint32_t n = 0;
    dln_str word;
    while (dln_clean__word(&s, &word))
        n++;
    return n;
}

dln_status dln_clean__languages(dln_clean *clean, dln_error *error)
{
    const dln_table *table;
    struct dln_languages *l = dln_arena_alloc(clean->arena, sizeof *l);
    uint32_t total = 0;
    DLN_TRY(dln_lang_list(clean->lang, "other-languages", &table, error));
    for (uint32_t i = 0; i < table->count; i++)
        total += words_in(dln_row_field(&table->rows[i], 2));
    if (!l || !(l->of = dln_arena_array(clean->arena, total + 1,
                                        sizeof *l->of)))
        return dln_fail(error, DLN_NOMEM, "out of memory");
    clean->languages = l;
    dln_map_init(&l->words, clean->arena);
    for (uint32_t i = 0; i < table->count; i++) {
        const dln_row *row = &table->rows[i];
        uint32_t code = code_of(l, row->field[0]);
        dln_str rest = dln_row_field(row, 2), word;
        bool letters = dln_str_is(dln_row_field(row, 1), "script");
        if (letters && l->script_count < MAX_SCRIPTS) {
            script *s = &l->scripts[l->script_count++];
            s->code = code;
            if (dln_clean__word(&rest, &word))
                s->first = code_point(word);
            if (dln_clean__word(&rest, &word))
                s->last = code_point(word);
            s->percent = dln_clean__word(&rest, &word)
                             ? (uint32_t)code_point(word) : 0x50;
            s->percent = s->percent / 16 * 10 + s->percent % 16;
        }
        while (!letters && dln_clean__word(&rest, &word)) {
            uint32_t at = dln_map_intern(
                &l->words, dln_utf8_fold(clean->arena, word));
            if (at != DLN_NONE && at < total)
                l->of[at] |= (uint64_t)1 << code;
        }
    }
    l->english = code_of(l, DLN_STR("en"));
    return l->count < MAX_CODES
               ? DLN_OK : dln_fail(error, DLN_BADDATA, "other-languages: "
                                   "more than %u codes", MAX_CODES - 1);
}

/* What was met in the pieces. */
typedef struct tally {
    uint32_t words, hits[MAX_CODES];
    uint32_t letters, of_script[MAX_SCRIPTS];
} tally;

static void count_letters(const struct dln_languages *l, dln_str s, tally *t)
{
    for (size_t i = 0, len; i < s.len; i += len) {
        int32_t c = dln_utf8_at(s, i, &len);
        if (!dln_utf8_is_letter(c))
            continue;
        t->letters++;
        for (uint32_t k = 0; c >= 0x370 && k < l->script_count; k++)
            t->of_script[k] += c >= l->scripts[k].first
                               && c <= l->scripts[k].last;
    }
}

static void count_words(const struct dln_languages *l, dln_arena *scratch,
                        dln_str s, tally *t)
{
    dln_str folded = dln_utf8_fold(scratch, s);
    for (size_t i = 0, len, from; i < folded.len;) {
        for (from = i; i < folded.len; i += len)
            if (!dln_utf8_is_letter(dln_utf8_at(folded, i, &len)))
                break;
        if (i == from) {
            dln_utf8_at(folded, i, &len);
            i += len;
            continue;
        }
        uint32_t at = dln_map_get(&l->words, dln_str_sub(folded, from, i));
        t->words++;
        uint64_t of = at == DLN_NONE ? 0 : l->of[at];
        for (uint32_t k = 0; of; k++, of >>= 1)
            t->hits[k] += of & 1;
    }
}

/* From the first letter of a word. */
static dln_str piece_at(dln_str s, size_t at)
{
    while (at < s.len && !dln_is_space(s.data[at]))
        at++;
    return dln_str_sub(s, at, at + PIECE);
}

/* The code with most hits; `first` when none has more. */
static uint32_t most_hits(const struct dln_languages *l, const tally *t,
                          uint32_t first)
{
    uint32_t best = first;
    for (uint32_t i = 0; i < l->count; i++)
        if (t->hits[i] > t->hits[best])
            best = i;
    return best;
}

dln_str dln_clean__language(const dln_clean *clean, dln_str text,
                            dln_arena *scratch)
{
    const struct dln_languages *l = clean->languages;
    tally t = {0};
    dln_str pieces[2] = {dln_str_sub(text, 0, PIECE),
                         text.len > 3 * PIECE ? piece_at(text, text.len / 2)
                                              : DLN_STR("")};
    for (int i = 0; i < 2; i++) {
        count_letters(l, pieces[i], &t);
        count_words(l, scratch, pieces[i], &t);
    }
    for (uint32_t k = 0; k < l->script_count; k++) {
        if ((uint64_t)t.of_script[k] * 100
                <= (uint64_t)t.letters * l->scripts[k].percent
            || t.letters < LEAST_WORDS)
            continue;
        /* Languages of one script: the one with most words of its own. */
        return l->codes[most_hits(l, &t, l->scripts[k].code)];
    }
    uint32_t best = most_hits(l, &t, l->english);
    double share = t.words ? (double)t.hits[best] / t.words : 0;
    double english = t.words ? (double)t.hits[l->english] / t.words : 0;
    if (t.words < LEAST_WORDS || share < LEAST_SHARE)
        return DLN_STR("");
    if (best == l->english || english * MUCH_MORE > share)
        return english >= LEAST_SHARE ? l->codes[l->english] : DLN_STR("");
    return l->codes[best];
}
