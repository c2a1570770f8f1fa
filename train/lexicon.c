/* SPDX-License-Identifier: Apache-2.0 */
/*
 * lexicon: treebanks, rows of word vectors and lists of names → the sections
 * vocab, lemma and scripts of a model file. See train/README.md.
 *
 *     lexicon OUT ROWS LISTS TREEBANK.conllu...
 */
#include <stdio.h>

#include "base/io.h"
#include "corpus.h"

int main(int argc, char **argv)
{
    static pack_file file;
    static corpus c;
    dln_error error = {DLN_OK, ""};
    dln_buf out;
    if (argc < 5)
        pack_stop("usage: lexicon OUT ROWS LISTS TREEBANK...");
    for (int i = 4; i < argc; i++)
        corpus_read(&c, argv[i]);
    fprintf(stderr, "%u sentences, %u tokens\n", c.count, c.tokens);
    corpus_vocabulary(&c, argv[2], argv[3], pack_section(&file, "vocab"));
    dln_buf *lemma = pack_section(&file, "lemma");
    train_lemmas(&c, lemma, pack_section(&file, "scripts"));
    dln_buf_init(&out, 0);
    pack_file_write(&file, &out);
    if (dln_io_write(argv[1], dln_buf_view(&out), &error) != DLN_OK)
        pack_stop("%s", error.text);
    return 0;
}
