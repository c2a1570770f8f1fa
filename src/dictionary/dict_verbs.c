/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Verbs with their patterns, and sets of synonyms.
 *
 *     &SET                       +WORD lines are its words
 *     --- NAME [CODE] ---        PETRARCH: a block begins; VERB lines follow
 *     VERB {FORMS} [CODE]        TABARI: each is a block
 *     +VERB_PARTICLE {+FORM ...}
 *     - pattern [CODE] or [CODE:CODE]
 */
#include "dictionary/dictionary_p.h"

typedef struct verbs_state {
    uint32_t set;           /* being filled, or DLN_NONE */
    uint32_t block;         /* being filled, or DLN_NONE */
    dln_str code;           /* of the header above */
    bool headed;            /* a header stands above: verbs share it */
    bool skipping;          /* a part that is not read: <TIME> */
    bool forms;             /* inside braces that go on below */
} verbs_state;

static dln_status begin_block(dln_dictionary *d, verbs_state *v,
                              dln_str code, dln_error *error)
{
    v->block = d->blocks.count;
    dln_dict_block *slot = DLN_VEC_PUSH(d->arena, &d->blocks);
    if (!slot)
        return dln_fail(error, DLN_NOMEM, "out of memory");
    *slot = (dln_dict_block){dln_arena_str(d->arena, code), DLN_NONE,
                             v->block, d->line, d->file};
    return DLN_OK;
}

/* Names parted by spaces, "+" before one that has a particle. */
static dln_status add_forms(dln_dictionary *d, const verbs_state *v,
                            dln_str list, dln_error *error)
{
    dln_str word;
    while (dln_str_cut(&list, ' ', &word)) {
        word = dln_str_trim(word);
        if (dln_str_starts(word, DLN_STR("+")))
            word = dln_str_sub(word, 1, word.len);
        if (word.len && !dln_str_is(word, "_"))
            DLN_TRY(dln_dict__add(d, &d->verbs, word, v->block, error));
    }
    return DLN_OK;
}

static dln_status verb_line(dln_dictionary *d, dln_str line, verbs_state *v,
                            dln_error *error)
{
    dln_str code = {NULL, 0};
    size_t begin = line.len, end;
    uint32_t header = v->block;
    bool coded = dln_dict__brackets(line, 0, &code, &begin, &end);
    dln_str names = dln_str_sub(line, 0, begin);
    size_t brace = dln_str_find(names, DLN_STR("{"), 0);
    size_t close = dln_str_find(names, DLN_STR("}"), brace);
    dln_str name = dln_str_trim(dln_str_sub(names, 0, brace));
    dln_str forms = dln_str_sub(names, brace + 1, close);
    bool plus = dln_str_starts(name, DLN_STR("+"));
    if (plus)
        name = dln_str_trim(dln_str_sub(name, 1, name.len));
    if (name.len) {
        /* A verb below a header with a code of its own has its patterns. */
        if (!v->headed || v->block == DLN_NONE)
            DLN_TRY(begin_block(d, v, coded ? code : v->code, error));
        else if (coded)
            DLN_TRY(begin_block(d, v, code, error));
        if (coded && v->headed)
            d->blocks.at[v->block].like = header;
        DLN_TRY(dln_dict__add(d, &d->verbs, name, v->block, error));
    }
    if (v->block == DLN_NONE)
        return dln_dict__bad(d, error, "no verb above", line);
    if (brace < names.len)
        DLN_TRY(add_forms(d, v, forms, error));
    if (v->headed)
        v->block = header;
    return DLN_OK;
}

static uint32_t weight_of(const dln_dict_phrase *phrase)
{
    uint32_t weight = 0;
    for (uint32_t i = 0; i < phrase->count; i++)
        weight += phrase->items[i].kind == DLN_DICT_WORD
                  || phrase->items[i].kind == DLN_DICT_SET ? 4
                  : phrase->items[i].kind == DLN_DICT_VERB ? 0 : 1;
    return weight;
}

static dln_status pattern_line(dln_dictionary *d, dln_str line,
                               verbs_state *v, dln_error *error)
{
    dln_str code;
    size_t begin, end;
    dln_dict_pattern p = {.line = d->line, .file = d->file,
                          .verb = DLN_NONE};
    if (v->block == DLN_NONE)
        return dln_dict__bad(d, error, "no verb above", line);
    if (!dln_dict__brackets(line, 0, &code, &begin, &end))
        return dln_dict__bad(d, error, "no [code] behind", line);
    DLN_TRY(dln_dict__phrase(d, dln_str_sub(line, line.data[0] == '-', begin),
                             &p.phrase,
                             error));
    for (uint32_t i = 0; i < p.phrase.count; i++)
        if (p.phrase.items[i].kind == DLN_DICT_VERB)
            p.verb = p.verb == DLN_NONE ? i : p.phrase.count;
    if (p.verb >= p.phrase.count)
        return dln_dict__bad(d, error, "not one * in", line);
    if (d->patterns.count >= DLN_DICT_MAX_ENTRIES)
        return dln_dict__bad(d, error, "too many patterns at", line);
    p.code = dln_arena_str(d->arena, code);
    p.weight = weight_of(&p.phrase);
    p.next = d->blocks.at[v->block].pattern;
    uint32_t at = d->patterns.count;
    dln_dict_pattern *slot = DLN_VEC_PUSH(d->arena, &d->patterns);
    if (!slot)
        return dln_fail(error, DLN_NOMEM, "out of memory");
    *slot = p;
    d->blocks.at[v->block].pattern = at;
    return DLN_OK;
}

static dln_status header_line(dln_dictionary *d, dln_str line,
                              verbs_state *v, dln_error *error)
{
    size_t begin, end;
    v->headed = true;
    v->code = (dln_str){"", 0};
    v->set = DLN_NONE;
    dln_dict__brackets(line, 0, &v->code, &begin, &end);
    return begin_block(d, v, v->code, error);
}

static dln_status line_of(dln_dictionary *d, dln_str line, void *state,
                          dln_error *error)
{
    verbs_state *v = state;
    if (line.data[0] == '<') {
        bool ends = line.len > 1 && line.data[1] == '/';
        v->skipping = !ends && dln_str_starts(line, DLN_STR("<TIME"));
        v->set = DLN_NONE;
        return DLN_OK;
    }
    if (v->skipping)
        return DLN_OK;
    if (dln_str_starts(line, DLN_STR("---")))
        return header_line(d, line, v, error);
    if (line.data[0] == '-' || line.data[0] == '*')
        return pattern_line(d, line, v, error);
    if (line.data[0] == '&') {
        dln_str name = dln_str_trim(dln_str_sub(line, 1, line.len));
        /* One list under two spellings: "&X_" is "&X". */
        while (dln_str_ends(name, DLN_STR("_")))
            name.len--;
        v->set = dln_dict__set(d, name);
        return DLN_OK;
    }
    if (line.data[0] == '+' && v->set != DLN_NONE) {
        dln_str text = dln_str_trim(dln_str_sub(line, 1, line.len));
        return text.len ? dln_dict__set_add(d, v->set, text, error) : DLN_OK;
    }
    v->set = DLN_NONE;
    return verb_line(d, line, v, error);
}

dln_status dln_dict__verbs(dln_dictionary *d, dln_str text, dln_error *error)
{
    verbs_state state = {.set = DLN_NONE, .block = DLN_NONE,
                         .code = {"", 0}};
    return dln_dict__lines(d, text, line_of, &state, error);
}
