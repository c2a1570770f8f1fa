/* SPDX-License-Identifier: Apache-2.0 */
/*
 * antecedent: phrases, left to right, each with the best of those before it
 * or with none: a ranking of mentions (Denis and Baldridge 2008; Durrett
 * and Klein 2013) whose chains grow as it goes, so that what a chain has
 * shown of gender and number counts for all its members. At most
 * DLN_COREF_WINDOW before, and the last with the same head or words.
 */
#include "coref/coref_p.h"

#define PRONOUN_SENTENCES 4
#define NOUN_SENTENCES 4

static int32_t weight_of(const dln_corefs *c, uint64_t clue)
{
    uint32_t value = dln_hashed_get(&c->room->weights, clue);
    return value < 2 * DLN_COREF_ZERO
               ? (int32_t)value - (int32_t)DLN_COREF_ZERO : 0;
}

/* Most clues have no weight, and of the others most were asked for a moment
 * ago; the memory of those left is fetched together. */
static int32_t weight(const dln_corefs *c, const dln_coref_clues *clues)
{
    uint64_t kept[DLN_COREF_MAX_CLUES];
    uint32_t count = 0, left = 0;
    int32_t sum = 0;
    for (uint32_t i = 0; i < clues->count; i++) {
        kept[count] = clues->at[i];
        count += dln_filter_may(&c->room->known, clues->at[i]);
    }
    for (uint32_t i = 0; i < count; i++) {
        const dln_coref_recent *r = &c->recent[kept[i] % DLN_COREF_RECENT];
        bool same = r->clue == kept[i];
        sum += same ? r->weight : 0;
        kept[left] = kept[i];
        left += !same;
    }
    for (uint32_t i = 0; i < left; i++)
        dln_hashed_fetch(&c->room->weights, kept[i]);
    for (uint32_t i = 0; i < left; i++) {
        int32_t here = weight_of(c, kept[i]);
        c->recent[kept[i] % DLN_COREF_RECENT] =
            (dln_coref_recent){kept[i], here};
        sum += here;
    }
    return sum;
}

int32_t dln_coref__keep_score(const dln_corefs *c,
                              const dln_coref_phrase *p)
{
    dln_coref_clues clues;
    if (!c->room->opened)
        return p->extent == DLN_COREF_WHOLE;
    dln_coref__keep_clues(c, p, &clues);
    return weight(c, &clues);
}

void dln_coref__choose(const dln_corefs *c, const int32_t *scores,
                       bool *keep)
{
    uint32_t *best = dln_arena_array(c->scratch, c->doc->tokens.count + 1,
                                     sizeof *best);
    if (!best)
        return;
    for (uint32_t p = 0; p < c->phrases.count; p++) {
        uint32_t *slot = &best[c->phrases.at[p].head];
        keep[p] = scores[p] > 0;
        if (!keep[p] || c->phrases.at[p].group)
            continue;
        if (*slot && scores[*slot - 1] >= scores[p]) {
            keep[p] = false;
            continue;
        }
        if (*slot)
            keep[*slot - 1] = false;
        *slot = p + 1;
    }
}

void dln_coref__drop(dln_corefs *c, const bool *keep)
{
    uint32_t kept = 0;
    for (uint32_t p = 0; p < c->phrases.count; p++)
        if (keep[p])
            c->phrases.at[kept++] = c->phrases.at[p];
    c->phrases.count = kept;
}

static bool differ(char a, char b)
{
    return a && b && a != b;
}

bool dln_coref__agrees(const dln_corefs *c, uint32_t phrase, uint32_t before)
{
    const dln_coref_phrase *p = &c->phrases.at[phrase];
    const dln_coref_phrase *a = &c->phrases.at[before];
    const dln_coref_chain *k =
        a->chain < c->chains.count ? &c->chains.at[a->chain] : NULL;
    return !differ(p->gender, k ? k->gender : a->gender)
           && !differ(p->number, k ? k->number : a->number)
           && !differ(p->animate, k ? k->animate : a->animate);
}

/* Never together: one of them inside the other as its possessor or part,
 * he with a chain of she. */
static bool may_join(const dln_corefs *c, uint32_t phrase, uint32_t before)
{
    const dln_coref_phrase *p = &c->phrases.at[phrase];
    const dln_coref_phrase *a = &c->phrases.at[before];
    const dln_coref_chain *k =
        a->chain < c->chains.count ? &c->chains.at[a->chain] : NULL;
    char gender = k ? k->gender : a->gender;
    if (p->type >= DLN_COREF_PRONOUN && differ(p->gender, gender)
        && (p->animate == 'y') == (gender == 'm' || gender == 'f'))
        return false;
    if (p->head == a->head)
        return false;
    return true;
}

/* Is it worth weighing? A pronoun looks a few sentences back, a speaker's
 * own further; a name or noun, but for the sentences right before, to what
 * has a word or country in common with it. */
static bool is_near(const dln_coref_phrase *p, const dln_coref_phrase *a)
{
    uint32_t lines = p->sentence - a->sentence;
    if (lines <= 1)
        return true;
    if (p->type >= DLN_COREF_PRONOUN)
        return lines <= PRONOUN_SENTENCES
               || (p->person != '3' && p->person == a->person);
    if (p->word == a->word || p->text == a->text
        || (p->acronym && p->acronym == a->acronym)
        || (p->country == a->country && p->country != DLN_NONE))
        return true;
    for (uint32_t i = 0; i < a->word_count; i++)
        if (a->words[i] == p->word)
            return true;
    for (uint32_t i = 0; i < p->word_count; i++)
        if (p->words[i] == a->word)
            return true;
    return lines <= NOUN_SENTENCES && a->type < DLN_COREF_PRONOUN
           && p->class == a->class && p->class != DLN_COREF_UNKNOWN;
}

uint32_t dln_coref__candidates(const dln_corefs *c, uint32_t phrase,
                               uint32_t *out, uint32_t *rivals)
{
    const dln_coref_phrase *p = &c->phrases.at[phrase];
    uint32_t count = 0, agreeing = 0;
    uint32_t least = phrase > DLN_COREF_WINDOW ? phrase - DLN_COREF_WINDOW
                                               : 0;
    for (uint32_t a = phrase; a-- > least;) {
        if (!is_near(p, &c->phrases.at[a]) || !may_join(c, phrase, a))
            continue;
        out[count] = a;
        rivals[count++] = agreeing;
        agreeing += dln_coref__agrees(c, phrase, a);
    }
    if (p->type >= DLN_COREF_PRONOUN)
        return count;
    const dln_map *maps[] = {&c->by_text, &c->by_word};
    const uint64_t *keys[] = {&p->text, &p->word};
    uint32_t more = DLN_NONE;
    for (size_t i = 0; i < 2; i++) {
        uint32_t a = dln_map_get(maps[i],
                                 (dln_str){(const char *)keys[i], 8});
        if (a < least && a != more && may_join(c, phrase, a)) {
            out[count] = a;
            rivals[count++] = agreeing;
            more = a;
        }
    }
    return count;
}

static void learn(dln_coref_chain *k, const dln_coref_phrase *p)
{
    if (!k->gender || (k->gender == 'n' && p->gender))
        k->gender = p->gender;
    if (!k->number)
        k->number = p->number;
    if (!k->animate)
        k->animate = p->animate;
    if (k->class == DLN_COREF_UNKNOWN)
        k->class = p->class;
    if (p->type == DLN_COREF_NAME)
        k->named = true;
}

void dln_coref__join(dln_corefs *c, uint32_t phrase, uint32_t before)
{
    dln_coref_phrase *p = &c->phrases.at[phrase];
    dln_coref_chain *k = NULL;
    p->before = before;
    if (before != DLN_NONE) {
        p->chain = c->phrases.at[before].chain;
        k = p->chain < c->chains.count ? &c->chains.at[p->chain] : NULL;
    } else {
        p->chain = c->chains.count;
        k = DLN_VEC_PUSH(c->scratch, &c->chains);
        if (k)
            *k = (dln_coref_chain){.first = phrase};
    }
    if (k) {
        k->last = phrase;
        k->count++;
        learn(k, p);
        if (k->animate == 'y'
            && (c->leader >= c->chains.count
                || k->count >= c->chains.at[c->leader].count))
            c->leader = p->chain;
    }
    dln_map_set(&c->by_text, (dln_str){(const char *)&p->text, 8}, phrase);
    dln_map_set(&c->by_word, (dln_str){(const char *)&p->word, 8}, phrase);
}

static uint32_t best(const dln_corefs *c, uint32_t phrase)
{
    uint32_t candidates[DLN_COREF_MAX_CANDIDATES];
    uint32_t rivals[DLN_COREF_MAX_CANDIDATES];
    dln_coref_clues clues;
    dln_coref__new_clues(c, phrase, &clues);
    int32_t most = weight(c, &clues);
    uint32_t found = DLN_NONE;
    uint32_t count = dln_coref__candidates(c, phrase, candidates, rivals);
    for (uint32_t i = 0; i < count; i++) {
        dln_coref__pair_clues(c, phrase, candidates[i], rivals[i], &clues);
        int32_t here = weight(c, &clues);
        if (here > most) {
            most = here;
            found = candidates[i];
        }
    }
    return found;
}

void dln_coref__resolve(dln_corefs *c)
{
    for (uint32_t p = 0; p < c->phrases.count; p++)
        dln_coref__join(c, p, c->room->opened ? best(c, p) : DLN_NONE);
}
