/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Actors, agents and discards.
 *
 *     NAME [CODE] [CODE <920101] [CODE 920101-990815]     codes also below
 *     +OTHER NAME                                         of the one above
 *     AGENT {PLURAL} [~CODE]                              [CODE~]: before
 *     !MARK! = WORD, WORD                                 in agents' names
 *     WORDS          +WORDS                               discards
 */
#include "dictionary/dictionary_p.h"

/* "19951231", "951231" to a day; DLN_NO_DAY. */
static int32_t day_of(dln_str text)
{
    int32_t n = 0, year;
    if (text.len != 6 && text.len != 8)
        return DLN_NO_DAY;
    for (size_t i = 0; i < text.len; i++) {
        if (!dln_is_digit(text.data[i]))
            return DLN_NO_DAY;
        n = n * 10 + (text.data[i] - '0');
    }
    year = n / 10000;
    if (text.len == 6)
        year += year > 30 ? 1900 : 2000;
    return dln_day_of(year, n / 100 % 100, n % 100);
}

/* "CODE", "CODE <DATE", "CODE >DATE", "CODE DATE-DATE". */
static dln_status read_code(dln_dictionary *d, dln_str text,
                            dln_dict_code *out, dln_error *error)
{
    size_t space = 0;
    while (space < text.len && !dln_is_space(text.data[space])
           && text.data[space] != '<' && text.data[space] != '>')
        space++;
    dln_str when = dln_str_trim(dln_str_sub(text, space, text.len)), part;
    *out = (dln_dict_code){dln_arena_str(d->arena,
                                         dln_str_sub(text, 0, space)),
                           DLN_NO_DAY, DLN_NO_DAY, DLN_NONE};
    if (!when.len)
        return DLN_OK;
    char sign = when.data[0];
    if (sign == '<' || sign == '>') {
        part = dln_str_trim(dln_str_sub(when, 1, when.len));
        if (dln_str_ends(part, DLN_STR(">")))
            part.len--;
        *(sign == '<' ? &out->to : &out->from) = day_of(part);
        return day_of(part) == DLN_NO_DAY
                   ? dln_dict__bad(d, error, "not a date:", when) : DLN_OK;
    }
    if (!dln_str_cut(&when, '-', &part))
        return DLN_OK;
    out->from = day_of(dln_str_trim(part));
    out->to = day_of(dln_str_trim(when));
    return out->from == DLN_NO_DAY || out->to == DLN_NO_DAY
               ? dln_dict__bad(d, error, "not two dates:", text) : DLN_OK;
}

static dln_status add_code(dln_dictionary *d, dln_dict_entry *entry,
                           dln_str text, dln_error *error)
{
    dln_dict_code code;
    DLN_TRY(read_code(d, text, &code, error));
    if (d->codes.count >= DLN_DICT_MAX_ENTRIES)
        return dln_dict__bad(d, error, "too many codes at", text);
    uint32_t at = d->codes.count, *last = &entry->code;
    dln_dict_code *slot = DLN_VEC_PUSH(d->arena, &d->codes);
    if (!slot)
        return dln_fail(error, DLN_NOMEM, "out of memory");
    *slot = code;
    while (*last != DLN_NONE)
        last = &d->codes.at[*last].next;
    *last = at;
    return DLN_OK;
}

static dln_dict_entry *new_entry(dln_dictionary *d, bool agent)
{
    dln_dict_entry *entry = DLN_VEC_PUSH(d->arena, &d->entries);
    if (entry)
        *entry = (dln_dict_entry){.code = DLN_NONE, .agent = agent};
    return entry;
}

/* TABARI's lists of plain nouns and adjectives stand in the actors' file. */
typedef struct actors_state {
    bool skipping;
    uint32_t entry;
} actors_state;

static dln_status actor_line(dln_dictionary *d, dln_str line, void *state,
                             dln_error *error)
{
    actors_state *a = state;
    dln_str code;
    size_t begin, end = 0;
    if (line.data[0] == '<') {
        a->skipping = line.len > 1 && line.data[1] != '/';
        return DLN_OK;
    }
    if (a->skipping)
        return DLN_OK;
    size_t name_end = dln_str_find(line, DLN_STR("["), 0);
    dln_str name = dln_str_trim(dln_str_sub(line, 0, name_end));
    if (name.len && name.data[0] != '+') {
        a->entry = d->entries.count;
        if (!new_entry(d, false))
            return dln_fail(error, DLN_NOMEM, "out of memory");
    } else if (name.len) {
        name = dln_str_trim(dln_str_sub(name, 1, name.len));
    }
    if (a->entry == DLN_NONE)
        return dln_dict__bad(d, error, "no actor above", line);
    if (name.len)
        DLN_TRY(dln_dict__add(d, &d->names, name, a->entry, error));
    while (dln_dict__brackets(line, end, &code, &begin, &end))
        DLN_TRY(add_code(d, &d->entries.at[a->entry], code, error));
    return begin < line.len
               ? dln_dict__bad(d, error, "no ] behind", line) : DLN_OK;
}

dln_status dln_dict__actors(dln_dictionary *d, dln_str text,
                            dln_error *error)
{
    actors_state state = {false, DLN_NONE};
    return dln_dict__lines(d, text, actor_line, &state, error);
}

/* "!MINST!_OF_X": the phrase once for each word of the set. */
static dln_status add_agent(dln_dictionary *d, dln_str name, uint32_t entry,
                            dln_error *error)
{
    size_t begin = dln_str_find(name, DLN_STR("!"), 0);
    size_t end = dln_str_find(name, DLN_STR("!"), begin + 1);
    if (end >= name.len)
        return dln_dict__add(d, &d->names, name, entry, error);
    dln_str mark = dln_str_sub(name, begin, end + 1);
    uint32_t row = dln_map_get(&d->markers, mark);
    if (row == DLN_NONE)
        return dln_dict__bad(d, error, "no such mark:", mark);
    for (uint32_t p = d->sets.at[row]; p != DLN_NONE;
         p = d->phrases.at[p].next) {
        const dln_dict_phrase *phrase = &d->phrases.at[p];
        dln_buf full;
        dln_buf_init(&full, 4096);
        dln_buf_str(&full, dln_str_sub(name, 0, begin));
        for (uint32_t i = 0; i < phrase->count; i++)
            dln_buf_printf(&full, "%s%.*s", i ? "_" : "",
                           DLN_ARG(phrase->items[i].word));
        dln_buf_str(&full, dln_str_sub(name, end + 1, name.len));
        dln_status status = dln_dict__add(d, &d->names, dln_buf_view(&full),
                                          entry, error);
        dln_buf_release(&full);
        DLN_TRY(status);
    }
    return DLN_OK;
}

static dln_status marker_line(dln_dictionary *d, dln_str line, size_t equals,
                              dln_error *error)
{
    dln_str name = dln_str_trim(dln_str_sub(line, 0, equals)), word;
    dln_str rest = dln_str_sub(line, equals + 1, line.len);
    uint32_t set = dln_dict__set(d, name);
    dln_map_set(&d->markers, name, set);
    while (dln_str_cut(&rest, ',', &word))
        if (dln_str_trim(word).len)
            DLN_TRY(dln_dict__set_add(d, set, dln_str_trim(word), error));
    return DLN_OK;
}

static dln_status agent_line(dln_dictionary *d, dln_str line, void *state,
                             dln_error *error)
{
    dln_str code;
    size_t begin, end;
    (void)state;
    size_t equals = dln_str_find(line, DLN_STR("="), 0);
    if (line.data[0] == '!' && equals < line.len)
        return marker_line(d, line, equals, error);
    if (!dln_dict__brackets(line, 0, &code, &begin, &end))
        return dln_dict__bad(d, error, "no [code] behind", line);
    uint32_t entry = d->entries.count;
    dln_dict_entry *slot = new_entry(d, true);
    if (!slot)
        return dln_fail(error, DLN_NOMEM, "out of memory");
    slot->ahead = dln_str_ends(code, DLN_STR("~"));
    if (dln_str_starts(code, DLN_STR("~")))
        code = dln_str_sub(code, 1, code.len);
    else if (slot->ahead)
        code.len--;
    DLN_TRY(add_code(d, slot, dln_str_trim(code), error));
    dln_str names = dln_str_sub(line, 0, begin);
    size_t brace = dln_str_find(names, DLN_STR("{"), 0);
    size_t close = dln_str_find(names, DLN_STR("}"), brace);
    dln_str plural = dln_str_trim(dln_str_sub(names, brace + 1, close));
    DLN_TRY(add_agent(d, dln_str_trim(dln_str_sub(names, 0, brace)), entry,
                      error));
    return close < names.len && plural.len
               ? add_agent(d, plural, entry, error) : DLN_OK;
}

dln_status dln_dict__agents(dln_dictionary *d, dln_str text,
                            dln_error *error)
{
    return dln_dict__lines(d, text, agent_line, NULL, error);
}

static dln_status discard_line(dln_dictionary *d, dln_str line, void *state,
                               dln_error *error)
{
    (void)state;
    bool story = line.data[0] == '+';
    if (story)
        line = dln_str_trim(dln_str_sub(line, 1, line.len));
    size_t end = dln_str_find(line, DLN_STR("["), 0);
    return dln_dict__add(d, &d->discards, dln_str_trim(
                             dln_str_sub(line, 0, end)), story, error);
}

dln_status dln_dict__discards(dln_dictionary *d, dln_str text,
                              dln_error *error)
{
    return dln_dict__lines(d, text, discard_line, NULL, error);
}
