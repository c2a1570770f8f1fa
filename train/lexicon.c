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
    if (argc < 5)
        pack_stop("usage: lexicon OUT ROWS LISTS TREEBANK...");
    for (int i = 4; i < argc; i++)
        corpus_read(&c, argv[i]);
    fprintf(stderr, "%u sentences, %u tokens\n", c.count, c.tokens);
    corpus_vocabulary(&c, argv[2], argv[3], pack_section(&file, "vocab"));
    dln_buf *lemma = pack_section(&file, "lemma");
    train_lemmas(&c, lemma, pack_section(&file, "scripts"));
    pack_file_write(&file, argv[1]);
    return 0;
}
