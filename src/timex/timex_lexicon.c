/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The word lists of timex as one lexicon: timex-words.txt (word, class,
 * value, "cap"), timex-holidays.txt (name, how to reckon it), and every
 * word that a rule of timex-rules.txt names. One word may have several
 * senses ("second" is an ordinal and a unit); rules choose between them.
 */
#include "timex/timex_p.h"

#include <stdlib.h>

static const char *const class_names[DLN_TX_COUNT] = {
#define X(name) [DLN_TX_##name] = #name,
    DLN_TIMEX_CLASS_LIST(X)
#undef X
};

dln_timex_class dln_timex__class_of(dln_str name)
{
    for (int i = 0; i < DLN_TX_COUNT; i++)
        if (dln_str_is(name, class_names[i]))
            return (dln_timex_class)i;
    return DLN_TX_COUNT;
}

uint32_t dln_timex__lexeme(dln_timex *t, dln_str word)
{
    uint32_t id = dln_map_intern(&t->words, word);
    while (id != DLN_NONE && t->lexemes.count <= id)
        if (!DLN_VEC_PUSH(t->arena, &t->lexemes))
            return DLN_NONE;
    return id;
}

/* "12", "-1", or a code of letters. */
static bool number_of(dln_str s, int32_t *out)
{
    size_t at = s.len && s.data[0] == '-';
    int32_t n = 0;
    if (at < s.len && dln_is_digit(s.data[at])) {
        for (; at < s.len && dln_is_digit(s.data[at]) && n < 100000000; at++)
            n = n * 10 + (s.data[at] - '0');
        *out = s.data[0] == '-' ? -n : n;
        return at == s.len;
    }
    *out = dln_timex__code(s);
    return s.len <= 4;
}

/* Marks the first word of an entry of several words. */
static bool mark_longer(dln_timex *t, dln_str word)
{
    dln_str first;
    uint32_t n = 1;
    for (size_t i = 0; i < word.len; i++)
        n += word.data[i] == ' ';
    if (n == 1)
        return true;
    if (n > t->longest)
        t->longest = n;
    dln_str rest = word;
    dln_str_cut(&rest, ' ', &first);
    uint32_t id = dln_timex__lexeme(t, first);
    if (id == DLN_NONE)
        return false;
    t->lexemes.at[id].longer = true;
    return true;
}

/* Senses of one word stand in a row, so all rows of a name come at once. */
static dln_status add_word(dln_timex *t, const dln_table *table,
                           const dln_row *row, dln_error *error)
{
    dln_str word = dln_row_field(row, 0);
    uint32_t id = dln_timex__lexeme(t, word);
    if (id == DLN_NONE || !mark_longer(t, word))
        return dln_fail(error, DLN_NOMEM, "out of memory");
    t->lexemes.at[id].first = t->senses.count;
    for (;; row = &table->rows[row->next]) {
        dln_timex_class c = dln_timex__class_of(dln_row_field(row, 1));
        int32_t value;
        if (c == DLN_TX_COUNT || !number_of(dln_row_field(row, 2), &value))
            return dln_fail(error, DLN_BADDATA,
                            "%.*s:%u: unknown class or value",
                            DLN_ARG(table->file), row->line);
        dln_timex_sense *sense = DLN_VEC_PUSH(t->arena, &t->senses);
        if (!sense)
            return dln_fail(error, DLN_NOMEM, "out of memory");
        *sense = (dln_timex_sense){(uint8_t)c,
                                   dln_str_is(dln_row_field(row, 3), "cap"),
                                   value};
        t->lexemes.at[id].classes |= (uint64_t)1 << c;
        t->lexemes.at[id].count++;
        if (row->next == DLN_NONE)
            return DLN_OK;
    }
}

static dln_status add_holiday(dln_timex *t, uint32_t row, dln_error *error)
{
    dln_str word = t->holidays->rows[row].field[0];
    uint32_t id = dln_timex__lexeme(t, word);
    dln_timex_sense *sense = DLN_VEC_PUSH(t->arena, &t->senses);
    if (id == DLN_NONE || !sense || !mark_longer(t, word))
        return dln_fail(error, DLN_NOMEM, "out of memory");
    if (t->lexemes.at[id].count)
        return dln_fail(error, DLN_BADDATA, "%.*s:%u: in two lists",
                        DLN_ARG(t->holidays->file),
                        t->holidays->rows[row].line);
    *sense = (dln_timex_sense){DLN_TX_HOLIDAY, true, (int32_t)row};
    t->lexemes.at[id].first = t->senses.count - 1;
    t->lexemes.at[id].count = 1;
    t->lexemes.at[id].classes = DLN_TX_BIT(HOLIDAY);
    return DLN_OK;
}

dln_status dln_timex__load(dln_timex *t, dln_error *error)
{
    const dln_table *words, *rules;
    DLN_TRY(dln_lang_list(t->lang, "timex-words", &words, error));
    DLN_TRY(dln_lang_list(t->lang, "timex-rules", &rules, error));
    DLN_TRY(dln_lang_list(t->lang, "timex-holidays", &t->holidays, error));
    dln_map_init(&t->words, t->arena);
    t->longest = 1;
    for (uint32_t i = 0; i < words->count; i++)
        if (dln_table_find(words, words->rows[i].field[0])
            == &words->rows[i])
            DLN_TRY(add_word(t, words, &words->rows[i], error));
    for (uint32_t i = 0; i < t->holidays->count; i++)
        DLN_TRY(add_holiday(t, i, error));
    DLN_TRY(dln_timex__compile(t, rules, error));
    t->article = dln_timex__lexeme(t, DLN_STR("a"));
    if (dln_arena_oom(t->arena))
        return dln_fail(error, DLN_NOMEM, "out of memory");
    return DLN_OK;
}
