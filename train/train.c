/* SPDX-License-Identifier: Apache-2.0 */
/*
 * train: labelled data → models/en.dlm. See train/README.md.
 *
 *     train DATADIR OUT CLUSTERS LISTS ENTITIES TREEBANK.conllu...
 */
#include <stdio.h>
#include <stdlib.h>

#include "corpus.h"

static uint32_t setting(const char *name, uint32_t usual)
{
    const char *value = getenv(name);
    return value ? (uint32_t)strtoul(value, NULL, 10) : usual;
}

static void train_entities(const char *datadir, const char *path,
                           const dln_hashed *vocabulary,
                           const dln_buf *tagger, dln_buf *out)
{
    dln_lang *lang;
    dln_words lists;
    dln_linear model;
    dln_error error = {DLN_OK, ""};
    if (dln_lang_open(&lang, datadir, "en", &error) != DLN_OK
        || dln_analyse__words(&lists, lang, &error) != DLN_OK
        || dln_linear_open(&model, dln_buf_view(tagger), &error) != DLN_OK)
        pack_stop("%s", error.text);
    train_names(path, &lists, vocabulary, &model,
                setting("ENTITY_EPOCHS", 6), setting("ENTITY_UPDATES", 4),
                out);
    dln_lang_close(lang);
}

int main(int argc, char **argv)
{
    static pack_file file;
    static corpus c;
    dln_error error = {DLN_OK, ""};
    dln_hashed vocabulary;
    dln_buf out;
    size_t used;
    if (argc < 7)
        pack_stop("usage: train DATADIR OUT CLUSTERS LISTS ENTITIES "
                  "TREEBANK...");
    for (int i = 6; i < argc; i++)
        corpus_read(&c, argv[i]);
    dln_buf *vocab = pack_section(&file, "vocab");
    corpus_vocabulary(&c, argv[3], argv[4], vocab);
    if (dln_hashed_open(&vocabulary, dln_buf_view(vocab), &used, &error)
        != DLN_OK)
        pack_stop("%s", error.text);
    corpus_prepare(&c, &vocabulary);
    fprintf(stderr, "%u sentences, %u tokens, %u tag classes\n", c.count,
            c.tokens, c.class_count);
    dln_buf *tags = pack_section(&file, "tags");
    dln_buf_add(tags, c.classes, (size_t)c.class_count * 2);
    dln_buf *tag = pack_section(&file, "tag");
    train_tags(&c, setting("TAG_EPOCHS", 8), setting("TAG_FOLDS", 4), tag);
    dln_buf *lemma = pack_section(&file, "lemma");
    train_lemmas(&c, lemma, pack_section(&file, "scripts"));
    train_entities(argv[1], argv[5], &vocabulary, tag,
                   pack_section(&file, "entity"));
    dln_buf *parse = pack_section(&file, "parse");
    train_parser(&c, setting("PARSE_EPOCHS", 10), setting("UPDATES", 4),
                 parse, pack_section(&file, "moves"));
    dln_buf_init(&out, 0);
    pack_file_write(&file, &out);
    for (uint32_t i = 0; i < file.count; i++)
        fprintf(stderr, "section %s: %zu bytes\n", file.sections[i].name,
                file.sections[i].data.len);
    if (dln_io_write(argv[2], dln_buf_view(&out), &error) != DLN_OK)
        pack_stop("%s", error.text);
    return 0;
}
