/* SPDX-License-Identifier: Apache-2.0 */
/*
 * names: the index from names to what they stand for.
 *
 * Keys are folded names; the senses of one key are a chain in the order the
 * files were read. Nothing is ambiguous here: choosing among the senses is
 * the business of who sees the context.
 */
#include "base/utf8.h"
#include "onto/onto_p.h"

static bool is_ascii(dln_str s)
{
    for (size_t i = 0; i < s.len; i++)
        if ((unsigned char)s.data[i] >= 0x80)
            return false;
    return true;
}

dln_str dln_onto_key(dln_arena *arena, dln_str name)
{
    dln_str folded = is_ascii(name) ? name : dln_utf8_fold(arena, name);
    char *out = dln_arena_alloc(arena, folded.len + 1);
    size_t n = 0;
    if (!out)
        return DLN_STR("");
    for (size_t i = 0; i < folded.len; i++) {
        char c = dln_lower(folded.data[i]);
        if (c == '.' || c == '\'' || c == ',')
            continue;
        if (c == '-' || dln_is_space(c))
            c = ' ';
        if (c != ' ' || (n && out[n - 1] != ' '))
            out[n++] = c;
    }
    while (n && out[n - 1] == ' ')
        n--;
    dln_str key = {out, n};
    return dln_str_starts(key, DLN_STR("the ")) ? dln_str_sub(key, 4, n)
                                                : key;
}

/* Is it written in capitals (and not one letter)? Then it must be so in the
 * text too, or "us" would be a country. */
static bool in_capitals(dln_str name)
{
    uint32_t upper = 0;
    for (size_t i = 0; i < name.len; i++) {
        if (dln_is_lower(name.data[i])
            || (unsigned char)name.data[i] >= 0x80)
            return false;
        upper += dln_is_upper(name.data[i]);
    }
    return upper >= 2;
}

static void count_words(dln_onto *onto, dln_str key)
{
    uint32_t words = 1;
    for (size_t i = 0; i < key.len; i++)
        words += key.data[i] == ' ';
    if (words == 1)
        return;
    dln_str first = dln_str_sub(key, 0,
                                dln_str_find(key, DLN_STR(" "), 0));
    uint32_t before = dln_map_get(&onto->first_words, first);
    if (before == DLN_NONE || before < words)
        dln_map_set(&onto->first_words, first, words);
}

void dln_onto__add(dln_onto *onto, dln_str name, dln_sense_kind kind,
                   uint32_t index)
{
    dln_str key = dln_onto_key(onto->arena, name);
    if (!key.len)
        return;
    uint32_t last = DLN_NONE;
    for (uint32_t s = dln_map_get(&onto->keys, key); s != DLN_NONE;
         s = onto->senses.at[s].next) {
        if (onto->senses.at[s].kind == kind
            && onto->senses.at[s].index == index)
            return;
        last = s;
    }
    uint32_t at = onto->senses.count;
    dln_sense *sense = DLN_VEC_PUSH(onto->arena, &onto->senses);
    if (!sense)
        return;
    *sense = (dln_sense){.kind = kind, .index = index, .next = DLN_NONE,
                         .packed = DLN_NONE, .capitals = in_capitals(name)};
    if (last != DLN_NONE) {
        onto->senses.at[last].next = at;
    } else {
        dln_map_set(&onto->keys, key, at);
        count_words(onto, key);
    }
}

/* A sense of the packed file: its places are numbered behind the listed
 * ones. */
static dln_sense packed(const dln_onto *onto, uint32_t at)
{
    dln_sense sense = {.kind = DLN_SENSE_NONE, .next = DLN_NONE,
                       .packed = DLN_NONE};
    uint32_t record = dln_towns_record(&onto->towns, at, &sense.other);
    if (record == DLN_NONE)
        return sense;
    sense.kind = DLN_SENSE_PLACE;
    sense.index = onto->places.count + record;
    sense.packed = dln_towns_next(&onto->towns, at);
    return sense;
}

dln_sense dln_onto_find(const dln_onto *onto, dln_str key)
{
    uint32_t at = dln_map_get(&onto->keys, key);
    uint32_t town = dln_towns_find(&onto->towns, key);
    if (at == DLN_NONE)
        return packed(onto, town);
    dln_sense sense = onto->senses.at[at];
    sense.packed = town;
    return sense;
}

dln_sense dln_onto_next(const dln_onto *onto, dln_sense sense)
{
    if (sense.next == DLN_NONE)
        return packed(onto, sense.packed);
    uint32_t town = sense.packed;
    sense = onto->senses.at[sense.next];
    sense.packed = town;
    return sense;
}

uint32_t dln_onto_words_from(const dln_onto *onto, dln_str word)
{
    uint32_t words = dln_map_get(&onto->first_words, word);
    uint32_t town = dln_towns_words_from(&onto->towns, word);
    if (words == DLN_NONE)
        words = 1;
    return words > town ? words : town;
}

uint32_t dln_onto_sense(const dln_onto *onto, dln_str key,
                        dln_sense_kind kind)
{
    for (dln_sense s = dln_onto_find(onto, key); s.kind;
         s = dln_onto_next(onto, s))
        if (s.kind == kind)
            return s.index;
    return DLN_NONE;
}
