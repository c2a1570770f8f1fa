/* SPDX-License-Identifier: Apache-2.0 */
/*
 * parts: tokens → parts: the longest names and nouns that the ontology and
 * the word lists know, and runs of capitalised words that they do not.
 *
 * Parts do not overlap. Works on words alone; tags are used where there are
 * any, to keep "Will" and "Polish" from becoming names.
 */
#include "base/utf8.h"
#include "link/link_p.h"

#define MAX_KEY 160         /* bytes of a name */
#define MAX_NAME_WORDS 6
#define MAX_SENSES 48

static bool is_one_of(dln_str s, const char *a, const char *b)
{
    return dln_str_is(s, a) || dln_str_is(s, b);
}

static void read_case(dln_word *word, dln_str s)
{
    uint32_t upper = 0, lower = 0;
    size_t len;
    for (size_t at = 0; at < s.len; at += len) {
        int32_t c = dln_utf8_at(s, at, &len);
        bool up = dln_utf8_is_upper(c);
        if (!at)
            word->capital = up;
        upper += up;
        lower += !up && dln_utf8_is_letter(c);
    }
    /* A quotation in another script names nobody here. */
    bool latin = false;
    for (size_t i = 0; i < word->key.len; i++)
        latin |= dln_is_alpha(word->key.data[i]);
    word->capital &= latin;
    word->capitals = upper >= 2 && !lower;
}

static void mark_titlecase(dln_linking *l)
{
    for (uint32_t s = 0; s < l->doc->sentences.count; s++) {
        const dln_sentence *sentence = &l->doc->sentences.at[s];
        uint32_t words = 0, capital = 0;
        for (uint32_t t = sentence->token_begin; t < sentence->token_end;
             t++) {
            if (l->words[t].key.len < 4)
                continue;
            words++;
            capital += l->words[t].capital;
        }
        l->titlecase[s] = words >= 4 && capital * 5 > words * 4;
    }
}

static void mark_quoted(dln_linking *l)
{
    dln_doc *doc = l->doc;
    uint32_t paragraph = DLN_NONE;
    bool open = false, first = true;
    for (uint32_t t = 0; t < doc->tokens.count; t++) {
        const dln_sentence *s = &doc->sentences.at[doc->tokens.at[t].sentence];
        dln_str text = dln_token_str(doc, t);
        if (s->paragraph != paragraph)
            open = false;
        paragraph = s->paragraph;
        if (t == s->token_begin)
            first = true;
        if (dln_str_is(text, "\xE2\x80\x9C")) {
            open = first = true;
        } else if (dln_str_is(text, "\xE2\x80\x9D")) {
            open = false;
        } else if (is_one_of(text, "\"", "``") || dln_str_is(text, "''")) {
            open = !open;
            first |= open;
        } else if (l->words[t].key.len) {
            l->words[t].quoted = open;
            l->words[t].initial = first;
            first = false;
        }
    }
}

void dln_link__words(dln_linking *l)
{
    dln_doc *doc = l->doc;
    for (uint32_t t = 0; t < doc->tokens.count; t++) {
        dln_str text = dln_token_str(doc, t);
        dln_word *word = &l->words[t];
        l->tagged |= doc->tokens.at[t].upos != DLN_UPOS_OTHER;
        l->parsed |= doc->tokens.at[t].head != DLN_NONE;
        word->hyphen = is_one_of(text, "-", "\xE2\x80\x93");
        word->possessive = is_one_of(text, "'s", "\xE2\x80\x99s")
                           || (is_one_of(text, "'", "\xE2\x80\x99") && t
                               && !doc->tokens.at[t - 1].space_after);
        if (text.len > MAX_KEY / 2)
            continue;
        word->key = dln_onto_key(l->scratch, text);
        if (word->key.len == 1 && !dln_is_alpha(word->key.data[0])
            && !dln_is_digit(word->key.data[0]))
            word->key.len = 0;
        read_case(word, text);
    }
    mark_titlecase(l);
    mark_quoted(l);
}

/* Appends token `t` to the key of the tokens before it. */
static size_t append(const dln_linking *l, char *key, size_t len, uint32_t t,
                     bool first)
{
    const dln_word *word = &l->words[t];
    if (!word->key.len)
        return len;
    bool joined = !first && t && !l->words[t - 1].hyphen
                  && !l->doc->tokens.at[t - 1].space_after;
    if (len + word->key.len + 1 > MAX_KEY)
        return MAX_KEY + 1;
    if (!first && !joined)
        key[len++] = ' ';
    memcpy(key + len, word->key.data, word->key.len);
    return len + word->key.len;
}

dln_str dln_link__key(dln_linking *l, uint32_t begin, uint32_t end)
{
    return dln_onto_key(l->scratch,
                        dln_doc_str(l->doc,
                                    dln_tokens_span(l->doc, begin, end)));
}

bool dln_link__word_is(const dln_linking *l, uint32_t token,
                       const char *use)
{
    const dln_table *table = l->link->name_words;
    for (const dln_row *row = dln_table_find(table, l->words[token].key);
         row; row = row->next == DLN_NONE ? NULL : &table->rows[row->next])
        if (dln_str_is(dln_row_field(row, 1), use))
            return true;
    return false;
}

static bool is_tagged(const dln_linking *l, uint32_t t, dln_upos upos)
{
    return l->tagged && l->doc->tokens.at[t].upos == upos;
}

/* May the tokens be this sense of their words, by their letters and tags? */
static bool is_written(const dln_linking *l, uint32_t begin, uint32_t end,
                       const dln_sense *sense)
{
    const dln_word *first = &l->words[begin], *last = &l->words[end - 1];
    bool title = sense->kind == DLN_SENSE_TITLE
                 || sense->kind == DLN_SENSE_TITLES;
    if (sense->capitals) {
        for (uint32_t t = begin; t < end; t++)
            if (l->words[t].key.len && !l->words[t].capitals)
                return false;
        return true;
    }
    if (title && !first->capital && begin + 1 == end)
        return l->tagged ? is_tagged(l, begin, DLN_UPOS_NOUN)
                               || is_tagged(l, begin, DLN_UPOS_PROPN)
                         : first->key.len > 3
                               && !dln_str_is(first->key, "major")
                               && !dln_str_is(first->key, "general");
    if (title)
        return true;
    if (!last->capital || (!first->capital && begin + 1 == end))
        return false;
    if (!first->capital && !dln_link__word_is(l, begin, "particle"))
        return false;
    if (begin + 1 < end)
        return true;
    if (dln_list_has(l->link->not_names, first->key))
        return false;
    if (sense->kind == DLN_SENSE_PLACE || sense->kind == DLN_SENSE_CAPITAL)
        return !l->tagged || !first->initial
               || is_tagged(l, begin, DLN_UPOS_PROPN);
    return true;
}

/* A small town's name is one only where names were looked for and a place
 * was found: the words are all of the name, or all but its noun. */
static bool is_found(const dln_linking *l, uint32_t begin, uint32_t end)
{
    uint32_t e = l->doc->tokens.at[begin].entity;
    if (e >= l->doc->entities.count)
        return false;
    const dln_entity *entity = &l->doc->entities.at[e];
    if (entity->kind != DLN_ENT_GPE && entity->kind != DLN_ENT_LOC)
        return false;
    uint32_t from = entity->token_begin;
    if (from < begin && dln_str_is(l->words[from].key, "the"))
        from++;
    return from == begin
           && (entity->token_end == end
               || (end < entity->token_end
                   && dln_map_get(&l->link->place_nouns.rows,
                                  l->words[end].key) != DLN_NONE));
}

static bool is_weak(const dln_linking *l, const dln_sense *sense)
{
    if (sense->kind != DLN_SENSE_PLACE)
        return false;
    dln_gazetteer g = dln_onto_place(l->onto, sense->index);
    return dln_link__is_weak(&g);
}

/* Which of the senses a name has by itself decides: the first that is
 * written so, as the ontology orders them, capitals before governments. */
static dln_sense choose(const dln_linking *l, uint32_t begin, uint32_t end,
                        dln_sense senses)
{
    dln_sense best = {.kind = DLN_SENSE_NONE};
    unsigned n = 0;
    for (dln_sense s = senses; s.kind && n < MAX_SENSES;
         s = dln_onto_next(l->onto, s)) {
        n++;
        if (best.kind && (best.kind != DLN_SENSE_PEOPLE
                          || s.kind != DLN_SENSE_ADJECTIVE))
            continue;
        if (is_written(l, begin, end, &s)
            && (!is_weak(l, &s) || is_found(l, begin, end)))
            best = s;
    }
    return best;
}

static dln_part_kind part_kind(dln_sense_kind kind)
{
    static const dln_part_kind kinds[] = {
        DLN_PART_NAME, DLN_PART_COUNTRY, DLN_PART_ADJECTIVE, DLN_PART_PEOPLE,
        DLN_PART_CAPITAL, DLN_PART_GOVERNMENT, DLN_PART_GROUP,
        DLN_PART_PLACE, DLN_PART_TITLE, DLN_PART_TITLES};
    return kinds[kind];
}

static uint32_t words_from(const dln_phrases *phrases, dln_str first)
{
    uint32_t n = dln_map_get(&phrases->first_words, first);
    return n == DLN_NONE ? 0 : n;
}

/* The longest known part that begins at `begin`; false when none does. */
static bool longest(const dln_linking *l, uint32_t begin, uint32_t limit,
                    dln_part *out)
{
    char key[MAX_KEY + 2];
    const dln_phrases *nouns = &l->link->actor_nouns;
    const dln_phrases *areas = &l->link->place_nouns;
    dln_str word = l->words[begin].key;
    dln_str first = dln_str_sub(word, 0,
                                dln_str_find(word, DLN_STR(" "), 0));
    uint32_t known = dln_onto_words_from(l->onto, first);
    uint32_t most = known;
    if (words_from(nouns, first) > most)
        most = words_from(nouns, first);
    if (words_from(areas, first) > most)
        most = words_from(areas, first);
    bool found = false;
    size_t len = 0;
    for (uint32_t t = begin, n = 0; most && t < limit && n < 2 * most; t++) {
        n++;
        len = append(l, key, len, t, t == begin);
        if (len > MAX_KEY)
            break;
        if (!l->words[t].key.len || l->words[t].possessive)
            continue;
        dln_str k = {key, len};
        dln_sense senses = dln_onto_find(l->onto, k);
        dln_sense s = choose(l, begin, t + 1, senses);
        dln_part part = {.begin = begin, .end = t + 1, .sense = senses,
                         .person = DLN_NONE, .mention = DLN_NONE,
                         .actor = DLN_NONE};
        uint32_t noun = dln_map_get(&nouns->rows, k);
        uint32_t area = dln_map_get(&areas->rows, k);
        /* "Kano state" is a place, "the state" is not. */
        const dln_part *before = begin ? dln_link__part_to(
                                             (dln_linking *)l, begin) : NULL;
        if (area != DLN_NONE && before
            && (before->kind == DLN_PART_PLACE
                || before->kind == DLN_PART_CAPITAL
                || before->kind == DLN_PART_NAME))
            noun = DLN_NONE;
        if (s.kind && (noun == DLN_NONE || s.kind != DLN_SENSE_TITLES)) {
            part.kind = part_kind(s.kind);
            part.index = s.index;
        } else if (noun != DLN_NONE) {
            part.kind = DLN_PART_NOUN;
            part.index = noun;
        } else if (area != DLN_NONE) {
            part.kind = DLN_PART_AREA;
            part.index = area;
        } else {
            continue;
        }
        *out = part;
        found = true;
    }
    return found;
}

static bool is_name_word(const dln_linking *l, uint32_t t)
{
    const dln_word *word = &l->words[t];
    const dln_token *token = &l->doc->tokens.at[t];
    if (!word->capital || !word->key.len || word->possessive
        || dln_list_has(l->link->not_names, word->key))
        return false;
    if (token->entity != DLN_NONE)
        return true;
    if (!l->tagged || token->upos == DLN_UPOS_PROPN)
        return true;
    return !word->initial && !l->titlecase[token->sentence]
           && token->upos != DLN_UPOS_PRON && token->upos != DLN_UPOS_DET;
}

/* Is `t` a small word of a name: "de la" Calle, "al-" Assad? */
static bool is_joint(const dln_linking *l, uint32_t t)
{
    return l->words[t].hyphen || (!l->words[t].capital
                                  && dln_link__word_is(l, t, "particle"));
}

/* Where the run of name words that begins at `t` ends. */
static uint32_t name_end(const dln_linking *l, uint32_t t, uint32_t limit)
{
    bool titlecase = l->titlecase[l->doc->tokens.at[t].sentence]
                     && !l->tagged;
    uint32_t end = t, words = 0;
    while (t < limit && words < MAX_NAME_WORDS) {
        dln_part known;
        if (is_name_word(l, t)) {
            if (end > t || (words && longest(l, t, limit, &known)))
                break;
            end = ++t;
            words++;
            if (titlecase && !dln_list_has(l->link->given_names,
                                           l->words[end - 1].key))
                break;
        } else if (is_joint(l, t) && t + 1 < limit && t < end + 3) {
            uint32_t next = t + 1;
            while (next < limit && next < t + 4 && is_joint(l, next))
                next++;
            bool spaced = l->words[t].hyphen
                          && l->doc->tokens.at[t].space_after;
            if (next >= limit || spaced || !is_name_word(l, next))
                break;
            end = t = next;
        } else {
            break;
        }
    }
    return end;
}

/* A given name with a capitalised word behind it is a person even where
 * the given name is a city's or country's: "Vladimir Putin". */
static bool is_given(const dln_linking *l, uint32_t t, uint32_t limit)
{
    dln_part next;
    if (!l->words[t].capital || t + 1 >= limit
        || !dln_list_has(l->link->given_names, l->words[t].key)
        || !l->doc->tokens.at[t].space_after)
        return false;
    uint32_t n = t + 1;
    while (n < limit && n < t + 4 && is_joint(l, n))
        n++;
    if (n >= limit || !is_name_word(l, n))
        return false;
    if (!longest(l, n, limit, &next))
        return true;
    return next.kind == DLN_PART_PLACE || next.kind == DLN_PART_CAPITAL
           || (next.kind == DLN_PART_TITLE && next.end == n + 1
               && n + 1 < limit && !is_name_word(l, n + 1));
}

static void push(dln_linking *l, dln_part part)
{
    uint32_t at = l->parts.count;
    dln_part *slot = DLN_VEC_PUSH(l->scratch, &l->parts);
    if (!slot)
        return;
    *slot = part;
    for (uint32_t t = part.begin; t < part.end; t++)
        l->part_at[t] = at;
}

static dln_part name_part(uint32_t begin, uint32_t end)
{
    return (dln_part){.begin = begin, .end = end, .kind = DLN_PART_NAME,
                      .index = DLN_NONE, .person = DLN_NONE,
                      .mention = DLN_NONE, .actor = DLN_NONE};
}

/* The whole name that begins with a given name at `t`. */
static uint32_t given_end(const dln_linking *l, uint32_t t, uint32_t limit)
{
    uint32_t n = t + 1;
    while (n < limit && is_joint(l, n))
        n++;
    /* The word behind the given name belongs to it whatever it is. */
    uint32_t end = n + 1;
    uint32_t more = name_end(l, n, limit);
    return more > end ? more : end;
}

static bool pronoun_at(const dln_linking *l, uint32_t t, dln_part *part)
{
    const dln_row *row = dln_table_find(l->link->pronouns, l->words[t].key);
    if (!row || (l->words[t].capitals && l->words[t].key.len == 2))
        return false;
    *part = name_part(t, t + 1);
    part->kind = DLN_PART_PRONOUN;
    part->index = (uint32_t)(row - l->link->pronouns->rows);
    return true;
}

static void scan_sentence(dln_linking *l, uint32_t begin, uint32_t limit)
{
    for (uint32_t t = begin; t < limit;) {
        dln_part part;
        uint32_t end;
        bool known = l->words[t].key.len && longest(l, t, limit, &part);
        bool given = is_given(l, t, limit);
        if (given && (!known || part.end == t + 1)) {
            part = name_part(t, given_end(l, t, limit));
        } else if (known) {
            /* as found */
        } else if (pronoun_at(l, t, &part)) {
            /* as found */
        } else if ((is_name_word(l, t)
                    || (!l->words[t].capital && is_joint(l, t)
                        && !l->words[t].hyphen && t + 1 < limit
                        && l->words[t + 1].hyphen))
                   && (end = name_end(l, t, limit)) > t) {
            part = name_part(t, end);
        } else {
            t++;
            continue;
        }
        push(l, part);
        t = part.end;
    }
}

dln_part *dln_link__part_from(dln_linking *l, uint32_t token)
{
    if (token >= l->doc->tokens.count || l->part_at[token] == DLN_NONE)
        return NULL;
    dln_part *part = &l->parts.at[l->part_at[token]];
    return part->begin == token ? part : NULL;
}

dln_part *dln_link__part_to(dln_linking *l, uint32_t token)
{
    if (!token || token > l->doc->tokens.count
        || l->part_at[token - 1] == DLN_NONE)
        return NULL;
    dln_part *part = &l->parts.at[l->part_at[token - 1]];
    return part->end == token ? part : NULL;
}

/* A town's name beside an unknown name is part of it: "Ararat Mirzoyan".
 * A town behind a form of address is a person: "President Santos". */
static void join_names(dln_linking *l)
{
    uint32_t kept = 0;
    for (uint32_t p = 0; p < l->parts.count; p++) {
        dln_part part = l->parts.at[p];
        dln_part *before = kept ? &l->parts.at[kept - 1] : NULL;
        bool beside = before && before->end == part.begin
                      && l->doc->tokens.at[before->begin].sentence
                             == l->doc->tokens.at[part.begin].sentence;
        bool town = part.kind == DLN_PART_PLACE && part.end == part.begin + 1;
        bool town_before = beside && before->kind == DLN_PART_PLACE
                           && before->end == before->begin + 1;
        if (beside && town && before->kind == DLN_PART_TITLE
            && dln_onto_title(l->onto, before->index)->before
            && l->words[before->begin].capital)
            part = name_part(part.begin, part.end);
        if (beside && ((town && before->kind == DLN_PART_NAME)
                       || (town_before && part.kind == DLN_PART_NAME
                           && !l->titlecase[l->doc->tokens.at[part.begin]
                                                .sentence]))) {
            *before = name_part(before->begin, part.end);
            continue;
        }
        l->parts.at[kept++] = part;
    }
    l->parts.count = kept;
    for (uint32_t p = 0; p < kept; p++)
        for (uint32_t t = l->parts.at[p].begin; t < l->parts.at[p].end; t++)
            l->part_at[t] = p;
}

void dln_link__parts(dln_linking *l)
{
    for (uint32_t s = 0; s < l->doc->sentences.count; s++)
        scan_sentence(l, l->doc->sentences.at[s].token_begin,
                      l->doc->sentences.at[s].token_end);
    join_names(l);
}
