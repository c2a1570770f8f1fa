/* SPDX-License-Identifier: Apache-2.0 */
/*
 * tokens: text, a paragraph a line, to sentences cut by the program's own
 * tokenizer and splitter, a sentence a line, its words parted by spaces; for
 * a net that labels text to train another.
 *
 *     tokens DATADIR MODEL < TEXT > SENTENCES
 */
#include <stdio.h>
#include <stdlib.h>

#include "analyse/boundary_p.h"
#include "pack.h"

static void print(const dln_doc *doc)
{
    for (uint32_t i = 0; i < doc->sentences.count; i++) {
        const dln_sentence *s = &doc->sentences.at[i];
        for (uint32_t t = s->token_begin; t < s->token_end; t++) {
            dln_str word = dln_token_str(doc, t);
            printf("%.*s%c", (int)word.len, word.data,
                   t + 1 < s->token_end ? ' ' : '\n');
        }
    }
}

static void paragraph(const dln_words *words, const dln_boundary *model,
                      dln_doc *doc, dln_arena *scratch, const char *line)
{
    dln_pieces pieces = {0};
    dln_doc_reset(doc);
    dln_arena_reset(scratch);
    doc->text = dln_arena_str(doc->arena, (dln_str){line, strlen(line)});
    dln_doc_split_paragraphs(doc);
    if (!doc->paragraphs.count)
        return;
    dln_analyse__tokenize(words, doc->text, doc->paragraphs.at[0].span,
                          scratch, &pieces);
    dln_analyse__segment(words, model, doc, 0, &pieces);
    if (dln_arena_oom(scratch) || dln_arena_oom(doc->arena))
        pack_stop("out of memory");
    print(doc);
}

int main(int argc, char **argv)
{
    dln_error error = {DLN_OK, ""};
    dln_lang *lang;
    dln_words words;
    dln_weights weights;
    dln_boundary model;
    char *line = NULL;
    size_t size = 0;
    if (argc != 3)
        pack_stop("usage: tokens DATADIR MODEL < TEXT > SENTENCES");
    dln_doc *doc = dln_doc_new(0);
    dln_arena *scratch = dln_arena_new(0);
    if (!doc || !scratch)
        pack_stop("out of memory");
    if (dln_lang_open(&lang, argv[1], "en", &error) != DLN_OK
        || dln_analyse__words(&words, lang, &error) != DLN_OK
        || dln_weights_open(&weights, argv[2], &error) != DLN_OK
        || dln_analyse__boundary(&model, &weights, &error) != DLN_OK)
        pack_stop("%s", error.text);
    while (getline(&line, &size, stdin) > 0)
        paragraph(&words, &model, doc, scratch, line);
    free(line);
    dln_weights_close(&weights);
    dln_lang_close(lang);
    dln_arena_free(scratch);
    dln_doc_free(doc);
    return ferror(stdin) || fflush(stdout) ? 1 : 0;
}
