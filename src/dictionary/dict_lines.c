/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Lines and phrases of the dictionaries.
 *
 * A phrase's words are parted by spaces, which other words may fill in the
 * text, or by "_", which they may not; a word that ends in "_" has no other
 * forms. In patterns `*` is the verb, `$` the source, `+` the target, `%`
 * several side by side, `^` an actor passed over, `&NAME` a set. "( )" and
 * "{ }" around noun and prepositional phrases only group, but TABARI's
 * "{ A | B }", which is a set.
 */
#include "dictionary/dictionary_p.h"

#define MAX_ODD 100

dln_status dln_dict__bad(const dln_dictionary *d, dln_error *error,
                         const char *what, dln_str word)
{
    return dln_fail(error, DLN_BADDATA, "%.*s:%u: %s \"%.*s\"",
                    DLN_ARG(d->files.at[d->file]), d->line, what,
                    (int)(word.len < 60 ? word.len : 60), word.data);
}

static dln_str without_comment(const dln_dictionary *d, dln_str line)
{
    for (size_t i = 0; i < line.len; i++)
        if (line.data[i] == d->mark)
            return dln_str_sub(line, 0, i);
    return line;
}

dln_status dln_dict__lines(dln_dictionary *d, dln_str text,
                           dln_dict_line *take, void *state,
                           dln_error *error)
{
    dln_str line;
    bool hidden = false;
    d->line = 0;
    while (dln_str_cut(&text, '\n', &line)) {
        d->line++;
        if (hidden || dln_str_starts(dln_str_trim(line), DLN_STR("<!"))) {
            hidden = dln_str_find(line, DLN_STR("-->"), 0) == line.len;
            continue;
        }
        line = dln_str_trim(without_comment(d, line));
        if (!line.len)
            continue;
        dln_error odd = {DLN_OK, ""};
        dln_status status = take(d, line, state, &odd);
        if (status == DLN_BADDATA && d->odd.count < MAX_ODD) {
            dln_str *slot = DLN_VEC_PUSH(d->arena, &d->odd);
            if (slot)
                *slot = dln_arena_str(d->arena, dln_str_of(odd.text));
        } else if (status < DLN_WARN && status != DLN_BADDATA) {
            return dln_fail(error, status, "%s", odd.text);
        }
    }
    return dln_arena_oom(d->arena)
               ? dln_fail(error, DLN_NOMEM, "out of memory") : DLN_OK;
}

bool dln_dict__brackets(dln_str line, size_t at, dln_str *code,
                        size_t *begin, size_t *end)
{
    *begin = dln_str_find(line, DLN_STR("["), at);
    *end = dln_str_find(line, DLN_STR("]"), *begin);
    if (*end >= line.len)
        return false;
    *code = dln_str_trim(dln_str_sub(line, *begin + 1, *end));
    ++*end;
    return true;
}

uint32_t dln_dict__set(dln_dictionary *d, dln_str name)
{
    uint32_t at = dln_map_intern(&d->set_names, name);
    while (at != DLN_NONE && at >= d->sets.count) {
        uint32_t *slot = DLN_VEC_PUSH(d->arena, &d->sets);
        if (!slot)
            return DLN_NONE;
        *slot = DLN_NONE;
    }
    return at;
}

static dln_str lower(dln_dictionary *d, dln_str word)
{
    char *copy = dln_arena_alloc(d->arena, word.len + 1);
    if (!copy)
        return (dln_str){NULL, 0};
    for (size_t i = 0; i < word.len; i++)
        copy[i] = dln_lower(word.data[i]);
    while (word.len > 1 && copy[word.len - 1] == '.')
        word.len--;
    return (dln_str){copy, word.len};
}

/* The items being gathered. */
typedef struct gathering {
    dln_dict_item at[DLN_DICT_MAX_ITEMS];
    uint32_t count;
    bool glue;      /* the next item follows at once */
} gathering;

static dln_status put(dln_dictionary *d, gathering *g, dln_dict_item item,
                      dln_str word, dln_error *error)
{
    if (g->count == DLN_DICT_MAX_ITEMS)
        return dln_dict__bad(d, error, "too many words at", word);
    if (g->count && g->glue)
        g->at[g->count - 1].glued = true;
    g->glue = false;
    g->at[g->count++] = item;
    return DLN_OK;
}

static dln_status put_word(dln_dictionary *d, gathering *g, dln_str word,
                           bool exact, dln_error *error)
{
    static const char marks[] = "*$+^%";
    static const dln_dict_kind kinds[] = {
        DLN_DICT_VERB, DLN_DICT_SOURCE, DLN_DICT_TARGET, DLN_DICT_SKIP,
        DLN_DICT_COMPOUND};
    dln_dict_item item = {.kind = DLN_DICT_WORD, .set = DLN_NONE,
                          .exact = exact};
    const char *mark = word.len == 1 ? strchr(marks, word.data[0]) : NULL;
    while (word.len > 1 && (dln_str_ends(word, DLN_STR("~"))
                            || dln_str_ends(word, DLN_STR("="))))
        word.len--;
    if (mark) {
        item.kind = kinds[mark - marks];
        return put(d, g, item, word, error);
    }
    if (word.data[0] == '&' && word.len > 1) {
        item.kind = DLN_DICT_SET;
        item.set = dln_dict__set(d, dln_str_sub(word, 1, word.len));
        return put(d, g, item, word, error);
    }
    dln_str rest = word, piece;
    bool first = true;
    while (dln_str_cut(&rest, '-', &piece)) {
        size_t not = piece.len > 3 && (dln_str_ends(piece, DLN_STR("N'T"))
                                       || dln_str_ends(piece,
                                                       DLN_STR("n't")))
                         ? piece.len - 3 : piece.len;
        if (!piece.len)
            continue;
        g->glue |= !first;
        item.word = lower(d, dln_str_sub(piece, 0, not));
        DLN_TRY(put(d, g, item, word, error));
        if (not < piece.len) {
            g->glue = true;
            item.word = DLN_STR("n't");
            DLN_TRY(put(d, g, item, word, error));
        }
        first = false;
    }
    return DLN_OK;
}

/* One run of characters without spaces: words joined by "_". */
static dln_status put_run(dln_dictionary *d, gathering *g, dln_str run,
                          dln_error *error)
{
    dln_str word, rest = run;
    if (run.data[0] == '_')
        g->glue = g->count > 0;
    while (dln_str_cut(&rest, '_', &word)) {
        bool last = !rest.len, tail = dln_str_ends(run, DLN_STR("_"));
        if (!word.len)
            continue;
        DLN_TRY(put_word(d, g, word, last && tail, error));
        g->glue = !last;
    }
    return DLN_OK;
}

/* "{ A | B }": a set of its own. */
static dln_status put_choice(dln_dictionary *d, gathering *g, dln_str list,
                             dln_error *error)
{
    dln_str word, name = dln_arena_printf(d->arena, "{%u", d->sets.count);
    uint32_t set = dln_dict__set(d, name);
    if (set == DLN_NONE)
        return dln_fail(error, DLN_NOMEM, "out of memory");
    while (dln_str_cut(&list, '|', &word))
        if (dln_str_trim(word).len)
            DLN_TRY(dln_dict__set_add(d, set, dln_str_trim(word), error));
    dln_dict_item item = {.kind = DLN_DICT_SET, .set = set};
    return put(d, g, item, name, error);
}

static dln_status gather(dln_dictionary *d, gathering *g, dln_str text,
                         dln_error *error)
{
    for (size_t i = 0; i < text.len;) {
        char c = text.data[i];
        if (c == '{') {
            size_t end = dln_str_find(text, DLN_STR("}"), i);
            dln_str list = dln_str_sub(text, i + 1, end);
            if (end < text.len
                && dln_str_find(list, DLN_STR("|"), 0) < list.len) {
                DLN_TRY(put_choice(d, g, list, error));
                i = end + 1;
                g->glue = i < text.len && text.data[i] == '_';
                continue;
            }
        }
        if (dln_is_space(c) || strchr("{}(),", c)) {
            i++;
            continue;
        }
        size_t end = i;
        while (end < text.len && !dln_is_space(text.data[end])
               && !strchr("{}(),", text.data[end]))
            end++;
        DLN_TRY(put_run(d, g, dln_str_sub(text, i, end), error));
        g->glue = g->glue || (end < text.len && text.data[end] == '{'
                              && text.data[end - 1] == '_');
        i = end;
    }
    return DLN_OK;
}

dln_status dln_dict__phrase(dln_dictionary *d, dln_str text,
                            dln_dict_phrase *out, dln_error *error)
{
    gathering g = {.count = 0};
    DLN_TRY(gather(d, &g, text, error));
    if (!g.count)
        return dln_dict__bad(d, error, "no word in", text);
    dln_dict_item *items = dln_arena_array(d->arena, g.count, sizeof *items);
    if (!items)
        return dln_fail(error, DLN_NOMEM, "out of memory");
    memcpy(items, g.at, g.count * sizeof *items);
    *out = (dln_dict_phrase){items, g.count, DLN_NONE, DLN_NONE};
    return DLN_OK;
}

static dln_dict_phrase *keep(dln_dictionary *d, dln_str text,
                             dln_status *status, dln_error *error)
{
    dln_dict_phrase phrase;
    *status = d->phrases.count >= DLN_DICT_MAX_ENTRIES
                  ? dln_dict__bad(d, error, "too many phrases at", text)
                  : dln_dict__phrase(d, text, &phrase, error);
    if (*status != DLN_OK)
        return NULL;
    dln_dict_phrase *slot = DLN_VEC_PUSH(d->arena, &d->phrases);
    if (!slot)
        *status = dln_fail(error, DLN_NOMEM, "out of memory");
    else
        *slot = phrase;
    return slot;
}

dln_status dln_dict__add(dln_dictionary *d, dln_map *map, dln_str text,
                         uint32_t owner, dln_error *error)
{
    dln_status status;
    uint32_t at = d->phrases.count;
    dln_dict_phrase *slot = keep(d, text, &status, error);
    if (!slot)
        return status;
    slot->owner = owner;
    /* A phrase that begins with a set is found by the set's words. */
    const dln_dict_item *first = &slot->items[0];
    if (first->kind != DLN_DICT_WORD)
        return dln_dict__bad(d, error, "does not begin with a word:", text);
    slot->next = dln_map_get(map, first->word);
    dln_map_set(map, first->word, at);
    return DLN_OK;
}

dln_status dln_dict__set_add(dln_dictionary *d, uint32_t set, dln_str text,
                             dln_error *error)
{
    dln_status status;
    uint32_t at = d->phrases.count;
    if (set == DLN_NONE)
        return dln_fail(error, DLN_NOMEM, "out of memory");
    dln_dict_phrase *slot = keep(d, text, &status, error);
    if (!slot)
        return status;
    /* put_choice may have kept phrases of its own meanwhile. */
    at = (uint32_t)(slot - d->phrases.at);
    slot->next = d->sets.at[set];
    d->sets.at[set] = at;
    return DLN_OK;
}
