/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Phrases and patterns against the words of a sentence.
 *
 * As the coders the dictionaries were written for: what stands before the
 * verb is looked for leftwards from it, what stands behind rightwards, each
 * item as near as it can be found, words between passed over unless "_"
 * forbids it. Nothing is tried twice, so the cost is linear in the words a
 * pattern spans.
 */
#include "dictionary/dictionary_p.h"

static bool is_plural(dln_str text, dln_str word)
{
    return dln_str_starts(text, word)
           && (dln_str_is(dln_str_sub(text, word.len, text.len), "s")
               || dln_str_is(dln_str_sub(text, word.len, text.len), "es"));
}

/* The endings of regular verbs, which "_" leaves a word. */
static bool is_regular(dln_str text, dln_str word)
{
    static const char *const endings[] = {"s", "es", "ed", "en", "ing"};
    if (!dln_str_starts(text, word))
        return false;
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++)
        if (dln_str_is(dln_str_sub(text, word.len, text.len), endings[i]))
            return true;
    return false;
}

static bool word_fits(const dln_dictionary *d, const dln_dict_item *item,
                      const dln_dict_word *w)
{
    if (dln_str_eq(w->text, item->word))
        return true;
    if (item->exact)
        return is_regular(w->text, item->word);
    if (dln_str_eq(w->lemma, item->word) || is_plural(w->text, item->word))
        return true;
    return d->stems && dln_str_starts(w->text, item->word);
}

static uint32_t set_fits(const dln_dict_sentence *s, uint32_t set,
                         uint32_t at, int depth)
{
    const dln_dictionary *d = s->d;
    uint32_t best = 0, tried = 0;
    if (depth >= DLN_DICT_MAX_DEPTH || set >= d->sets.count)
        return 0;
    for (uint32_t p = d->sets.at[set]; p != DLN_NONE && tried < 2000;
         p = d->phrases.at[p].next, tried++) {
        const dln_dict_phrase *phrase = &d->phrases.at[p];
        uint32_t to = at;
        for (uint32_t i = 0; i < phrase->count && to != DLN_NONE; i++) {
            uint32_t n = dln_dict__fits(s, &phrase->items[i], to, depth + 1);
            to = n ? to + n : DLN_NONE;
        }
        if (to != DLN_NONE && to - at > best)
            best = to - at;
    }
    return best;
}

uint32_t dln_dict__fits(const dln_dict_sentence *s,
                        const dln_dict_item *item, uint32_t at, int depth)
{
    if (at >= s->count)
        return 0;
    switch (item->kind) {
    case DLN_DICT_WORD:
        return word_fits(s->d, item, &s->words[at]);
    case DLN_DICT_SET:
        return set_fits(s, item->set, at, depth);
    case DLN_DICT_SOURCE:
    case DLN_DICT_TARGET:
    case DLN_DICT_SKIP:
    case DLN_DICT_COMPOUND:
        return s->entity_at && s->entity_at[at] != DLN_NONE
               ? s->entities[s->entity_at[at]].end - at : 0;
    case DLN_DICT_VERB:
        break;
    }
    return 0;
}

/* Words of the phrase from `at` on; passes over words where it may. */
static uint32_t phrase_len(const dln_dict_sentence *s,
                           const dln_dict_phrase *phrase, uint32_t at)
{
    uint32_t to = at;
    for (uint32_t i = 0; i < phrase->count; i++) {
        uint32_t n = dln_dict__fits(s, &phrase->items[i], to, 0);
        if (!n)
            return 0;
        to += n;
    }
    return to - at;
}

static void longest_at(const dln_dict_sentence *s, const dln_map *map,
                       dln_str word, uint32_t at,
                       const dln_dict_phrase **best, uint32_t *len)
{
    uint32_t tried = 0;
    for (uint32_t p = dln_map_get(map, word); p != DLN_NONE && tried < 5000;
         p = s->d->phrases.at[p].next, tried++) {
        uint32_t n = phrase_len(s, &s->d->phrases.at[p], at);
        if (n > *len) {
            *best = &s->d->phrases.at[p];
            *len = n;
        }
    }
}

const dln_dict_phrase *dln_dict__longest(const dln_dict_sentence *s,
                                         const dln_map *map, uint32_t at,
                                         uint32_t *len)
{
    const dln_dict_phrase *best = NULL;
    const dln_dict_word *w = &s->words[at];
    *len = 0;
    longest_at(s, map, w->text, at, &best, len);
    if (!dln_str_eq(w->lemma, w->text))
        longest_at(s, map, w->lemma, at, &best, len);
    for (size_t n = 1; n < 3 && n < w->text.len; n++)   /* -s, -es */
        if (dln_str_ends(w->text, DLN_STR("s")))
            longest_at(s, map, dln_str_sub(w->text, 0, w->text.len - n), at,
                       &best, len);
    if (s->d->stems)
        for (size_t n = w->text.len < 40 ? w->text.len : 40; n-- > 2;)
            longest_at(s, map, dln_str_sub(w->text, 0, n), at, &best, len);
    return best;
}

static void take(dln_dict_found *found, const dln_dict_sentence *s,
                 const dln_dict_item *item, uint32_t at)
{
    uint32_t entity = s->entity_at[at];
    if (item->kind == DLN_DICT_SOURCE)
        found->source = entity;
    else if (item->kind == DLN_DICT_TARGET)
        found->target = entity;
    else if (item->kind == DLN_DICT_COMPOUND)
        found->compound = entity;
}

static bool is_actor(const dln_dict_item *item)
{
    return item->kind >= DLN_DICT_SOURCE;
}

/* Is there anybody beside the entity at word `at`? */
static bool is_several(const dln_dict_sentence *s, uint32_t at)
{
    uint32_t e = s->entity_at[at];
    return (e && s->entities[e - 1].group == s->entities[e].group)
           || (e + 1 < s->entity_count
               && s->entities[e + 1].group == s->entities[e].group);
}

/* Words at `q` that the item takes; a compound must be of several. */
static uint32_t fits_here(const dln_dict_sentence *s,
                          const dln_dict_item *want, uint32_t q)
{
    uint32_t n = dln_dict__fits(s, want, q, 0);
    return n && want->kind == DLN_DICT_COMPOUND && !is_several(s, q) ? 0 : n;
}

static bool match_behind(const dln_dict_sentence *s,
                         const dln_dict_phrase *phrase, uint32_t item,
                         uint32_t at, bool glued, dln_dict_found *found)
{
    for (; item < phrase->count; item++) {
        const dln_dict_item *want = &phrase->items[item];
        uint32_t to = glued ? at + 1 : at + DLN_DICT_GAP, n = 0, q = at;
        for (; q < to && q < s->count; q++) {
            n = fits_here(s, want, q);
            if (n)
                break;
        }
        if (!n)
            return false;
        if (is_actor(want))
            take(found, s, want, q);
        at = q + n;
        found->last = at;
        glued = want->glued;
    }
    return true;
}

/* Items before the verb, which begins at word `end`. */
static bool match_before(const dln_dict_sentence *s,
                         const dln_dict_phrase *phrase, uint32_t verb,
                         uint32_t end, dln_dict_found *found)
{
    for (uint32_t i = verb; i-- > 0;) {
        const dln_dict_item *want = &phrase->items[i];
        uint32_t low = end > DLN_DICT_GAP ? end - DLN_DICT_GAP : 0;
        uint32_t q = end, n = 0;
        while (q-- > low) {
            n = fits_here(s, want, q);
            if (q + n > end || (n && want->glued && q + n != end))
                n = 0;
            if (n)
                break;
        }
        if (!n)
            return false;
        if (is_actor(want)) {
            take(found, s, want, q);
            q = s->entities[s->entity_at[q]].begin;
        }
        end = q;
        found->first = q;
    }
    return true;
}

const dln_dict_pattern *dln_dict__pattern(const dln_dict_sentence *s,
                                          const dln_dict_block *block,
                                          uint32_t begin, uint32_t end,
                                          dln_dict_found *found)
{
    const dln_dictionary *d = s->d;
    const dln_dict_pattern *best = NULL;
    uint32_t tried = 0;
    if (block->like != DLN_NONE)
        block = &d->blocks.at[block->like];
    for (uint32_t p = block->pattern; p != DLN_NONE && tried < 5000;
         p = d->patterns.at[p].next, tried++) {
        const dln_dict_pattern *pattern = &d->patterns.at[p];
        dln_dict_found here = {DLN_NONE, DLN_NONE, DLN_NONE, begin, end};
        /* The chain is backwards: the first of equals stands last. */
        if (best && pattern->weight < best->weight)
            continue;
        if (!match_before(s, &pattern->phrase, pattern->verb, begin, &here)
            || !match_behind(s, &pattern->phrase, pattern->verb + 1, end,
                             pattern->phrase.items[pattern->verb].glued,
                             &here))
            continue;
        best = pattern;
        *found = here;
    }
    return best;
}
