/* SPDX-License-Identifier: Apache-2.0 */
/*
 * topics: words of a sentence → PLOVER contexts of its events, the modes
 * that weapons and means give away, and sentences that only borrow the words
 * of conflict (games, markets).
 *
 * Three tables of data/onto decide: contexts.txt, verbs/modes.txt,
 * verbs/blocks.txt. A phrase is matched on lemmas, word by word.
 */
#include "coder/coder_p.h"

#define MAX_CONTEXTS 8
#define MAX_PHRASE 4

static const dln_token *tok(const dln_doc *doc, uint32_t i)
{
    return &doc->tokens.at[i];
}

/* Lower-case lemmas of `words` tokens from `token`, joined by spaces. */
static dln_str phrase_at(const dln_doc *doc, uint32_t token, uint32_t words,
                         char *out, size_t size)
{
    size_t len = 0;
    for (uint32_t i = 0; i < words; i++) {
        dln_str lemma = tok(doc, token + i)->lemma;
        if (!lemma.len || len + lemma.len + 1 >= size)
            return (dln_str){NULL, 0};
        if (i)
            out[len++] = ' ';
        for (size_t k = 0; k < lemma.len; k++)
            out[len++] = dln_lower(lemma.data[k]);
    }
    return (dln_str){out, len};
}

static const dln_row *row_at(const dln_table *table, const dln_doc *doc,
                             uint32_t token, uint32_t end, uint32_t words)
{
    char phrase[128];
    if (token + words > end || words > table->longest)
        return NULL;
    dln_str name = phrase_at(doc, token, words, phrase, sizeof phrase);
    return name.len ? dln_table_find(table, name) : NULL;
}

void dln_coder__contexts(const dln_coder *coder, dln_doc *doc,
                         uint32_t sentence, dln_event *event)
{
    const dln_sentence *s = &doc->sentences.at[sentence];
    dln_str found[MAX_CONTEXTS];
    uint32_t count = 0;
    for (uint32_t t = s->token_begin; t < s->token_end; t++) {
        for (uint32_t words = MAX_PHRASE; words > 0; words--) {
            const dln_row *row = row_at(&coder->contexts, doc, t,
                                        s->token_end, words);
            for (; row && count < MAX_CONTEXTS;
                 row = row->next == DLN_NONE
                           ? NULL : &coder->contexts.rows[row->next]) {
                bool known = false;
                for (uint32_t i = 0; i < count; i++)
                    known |= dln_str_eq(found[i], row->field[1]);
                if (!known)
                    found[count++] = row->field[1];
            }
        }
    }
    dln_str *list = dln_arena_array(doc->arena, count, sizeof *list);
    if (list)
        memcpy(list, found, count * sizeof *list);
    event->contexts = list;
    event->context_count = list ? count : 0;
}

bool dln_coder__blocked(const dln_coder *coder, const dln_doc *doc,
                        uint32_t sentence)
{
    const dln_sentence *s = &doc->sentences.at[sentence];
    uint32_t weight = 0;
    for (uint32_t t = s->token_begin; t < s->token_end; t++)
        for (uint32_t words = 1; words <= MAX_PHRASE; words++) {
            const dln_row *row = row_at(&coder->blocks, doc, t, s->token_end,
                                        words);
            if (row)
                weight += dln_str_is(row->field[1], "2") ? 2 : 1;
        }
    return weight >= 2;
}

/* A word of the table for this type at `token`? */
static dln_str mode_at(const dln_coder *coder, const dln_doc *doc,
                       uint32_t token, dln_str type)
{
    char phrase[128];
    dln_str name = phrase_at(doc, token, 1, phrase, sizeof phrase);
    for (const dln_row *row = name.len ? dln_table_find(&coder->modes, name)
                                       : NULL;
         row; row = row->next == DLN_NONE ? NULL
                        : &coder->modes.rows[row->next])
        if (dln_str_eq(row->field[1], type))
            return row->field[2];
    return (dln_str){"", 0};
}

static dln_str mode_in(const dln_coder *coder, const dln_doc *doc,
                       const dln_coder_args *args, dln_str type)
{
    for (uint32_t i = 0; i < args->count; i++) {
        uint32_t t = args->at[i].token;
        dln_str mode = mode_at(coder, doc, t, type);
        for (uint32_t c = tok(doc, t)->child; c != DLN_NONE && !mode.len;
             c = tok(doc, c)->sibling) {
            uint8_t rel = tok(doc, c)->deprel;
            if (rel == DLN_REL_compound || rel == DLN_REL_amod
                || rel == DLN_REL_conj)
                mode = mode_at(coder, doc, c, type);
        }
        if (mode.len)
            return mode;
    }
    return (dln_str){"", 0};
}

dln_str dln_coder__mode(const dln_coder *coder, const dln_doc *doc,
                        const dln_coder_hit *hit)
{
    dln_str type = dln_plover_at(coder->plover, hit->frame->type)->name;
    if (hit->frame->mode.len)
        return hit->frame->mode;
    dln_str mode = mode_in(coder, doc, &hit->args, type);
    if (!mode.len && hit->light)
        mode = mode_in(coder, doc, &hit->light_args, type);
    return mode;
}
