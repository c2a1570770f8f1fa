/* SPDX-License-Identifier: Apache-2.0 */
/*
 * train: labelled data → models/en.dlm. See train/README.md.
 *
 *     train OUT CLUSTERS|- TREEBANK.conllu...
 */
#include <stdio.h>
#include <stdlib.h>

#include "corpus.h"

static uint32_t setting(const char *name, uint32_t usual)
{
    const char *value = getenv(name);
    return value ? (uint32_t)strtoul(value, NULL, 10) : usual;
}

int main(int argc, char **argv)
{
    static pack_file file;
    static corpus c;
    dln_error error = {DLN_OK, ""};
    dln_hashed vocabulary;
    dln_buf out;
    size_t used;
    if (argc < 4)
        pack_stop("usage: train OUT CLUSTERS|- TREEBANK...");
    for (int i = 3; i < argc; i++)
        corpus_read(&c, argv[i]);
    dln_buf *vocab = pack_section(&file, "vocab");
    corpus_vocabulary(&c, strcmp(argv[2], "-") ? argv[2] : NULL, vocab);
    if (dln_hashed_open(&vocabulary, dln_buf_view(vocab), &used, &error)
        != DLN_OK)
        pack_stop("%s", error.text);
    corpus_prepare(&c, &vocabulary);
    fprintf(stderr, "%u sentences, %u tokens, %u tag classes\n", c.count,
            c.tokens, c.class_count);
    dln_buf *tags = pack_section(&file, "tags");
    dln_buf_add(tags, c.classes, (size_t)c.class_count * 2);
    train_tags(&c, setting("TAG_EPOCHS", 8), setting("TAG_FOLDS", 4),
               pack_section(&file, "tag"));
    dln_buf *lemma = pack_section(&file, "lemma");
    train_lemmas(&c, lemma, pack_section(&file, "scripts"));
    dln_buf *parse = pack_section(&file, "parse");
    train_parser(&c, setting("PARSE_EPOCHS", 10), setting("UPDATES", 4),
                 parse, pack_section(&file, "moves"));
    dln_buf_init(&out, 0);
    pack_file_write(&file, &out);
    for (uint32_t i = 0; i < file.count; i++)
        fprintf(stderr, "section %s: %zu bytes\n", file.sections[i].name,
                file.sections[i].data.len);
    if (dln_io_write(argv[1], dln_buf_view(&out), &error) != DLN_OK)
        pack_stop("%s", error.text);
    return 0;
}
