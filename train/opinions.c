/* SPDX-License-Identifier: Apache-2.0 */
/*
 * opinions: marked statements -> what opinions.py trains on.
 *
 *     opinions DATA MODELS GOLD OUT [FOLD/FOLDS]
 *
 * OUT has 32-bit numbers. For each text: tokens, width, pieces, cues, numbers
 * of all rows of its pairs; the states' bytes (a multiple of 4) and steps;
 * of each piece its first token; of each token: 0 never a cue, 1 none here,
 * 2 a cue, and its rows (opinion_p.h); of each cue: its token, the tokens
 * looked at (begin and end), begin and end of its three parts, and the rows
 * of each token looked at.
 */
#include <stdio.h>

#include "quote/opinion_p.h"
#include "told.h"

static void put_words(dln_buf *out, const uint32_t *at, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++)
        pack_u32(out, at[i]);
}

static uint32_t put_pieces(dln_buf *out, const dln_doc *doc)
{
    uint32_t count = 0;
    for (uint32_t s = 0; s < doc->sentences.count;
         s = dln_quote__piece(doc, s), count++)
        pack_u32(out, doc->sentences.at[s].token_begin);
    return count;
}

static uint32_t put_cue(dln_buf *out, dln_judged *j, const gold *g)
{
    uint32_t rows[OPINION_PAIR_ROWS];
    dln_quote__turn(j, g->cue);
    pack_u32(out, g->cue);
    pack_u32(out, j->begin);
    pack_u32(out, j->end);
    for (int part = 0; part < 3; part++) {
        pack_u32(out, g->part[part].begin);
        pack_u32(out, g->part[part].end);
    }
    for (uint32_t t = j->begin; t < j->end; t++) {
        dln_quote__pair_rows(j, t, rows);
        put_words(out, rows, OPINION_PAIR_ROWS);
    }
    return (j->end - j->begin) * OPINION_PAIR_ROWS;
}

static void put_text(FILE *file, text *t)
{
    const dln_doc *doc = t->worker.doc;
    dln_judged *j = judged_of(t);
    uint32_t rows[OPINION_WORD_ROWS], numbers = 0, pieces, cues = 0;
    dln_buf head, piece, words, pairs;
    if (!doc->states.width)
        return;
    dln_buf_init(&head, 0);
    dln_buf_init(&piece, 0);
    dln_buf_init(&words, 0);
    dln_buf_init(&pairs, 0);
    pieces = put_pieces(&piece, doc);
    for (uint32_t k = 0; k < doc->tokens.count; k++) {
        bool may = dln_quote__cue_like(j, k);
        j->cue = k;
        dln_quote__word_rows(j, k, rows);
        pack_u32(&words, may ? 1u + t->is_cue[k] : 0);
        put_words(&words, rows, OPINION_WORD_ROWS);
    }
    for (uint32_t k = 0; k < t->gold_count; k++) {
        const dln_sentence *s = &doc->sentences.at[
            doc->tokens.at[t->gold[k].cue].sentence];
        if (s->token_end - s->token_begin > JUDGE_MAX_TOKENS)
            continue;
        numbers += put_cue(&pairs, j, &t->gold[k]);
        cues++;
    }
    pack_u32(&head, doc->tokens.count);
    pack_u32(&head, doc->states.width);
    pack_u32(&head, pieces);
    pack_u32(&head, cues);
    pack_u32(&head, numbers);
    fwrite(head.data, 1, head.len, file);
    fwrite(doc->states.bytes, doc->states.width, doc->tokens.count, file);
    fwrite(doc->states.steps, 4, doc->tokens.count, file);
    fwrite(piece.data, 1, piece.len, file);
    fwrite(words.data, 1, words.len, file);
    fwrite(pairs.data, 1, pairs.len, file);
    dln_buf_release(&head);
    dln_buf_release(&piece);
    dln_buf_release(&words);
    dln_buf_release(&pairs);
}

int main(int argc, char **argv)
{
    dln_error error = {DLN_OK, ""};
    dln_engine *engine;
    dln_lang *lang;
    dln_quote *quote;
    texts all = {0};
    unsigned fold = 1, folds = 1;
    if (argc < 5 || argc > 6
        || (argc == 6 && sscanf(argv[5], "%u/%u", &fold, &folds) != 2)
        || !folds)
        pack_stop("usage: opinions DATA MODELS GOLD OUT [FOLD/FOLDS]");
    dln_engine_options options = {sizeof options, argv[1], argv[2], NULL};
    if (dln_engine_open(&engine, &options, &error) != DLN_OK
        || dln_lang_open(&lang, argv[1], "en", &error) != DLN_OK
        || dln_quote_open(&quote, lang, NULL, &error) != DLN_OK)
        pack_stop("%s", error.text);
    read_texts(&all, engine, quote, argv[3], fold, folds);
    FILE *file = fopen(argv[4], "wb");
    if (!file)
        pack_stop("%s: cannot be written", argv[4]);
    for (uint32_t i = 0; i < all.count; i++)
        put_text(file, &all.at[i]);
    if (fclose(file))
        pack_stop("%s: cannot be written", argv[4]);
    return 0;
}
