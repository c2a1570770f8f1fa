/* SPDX-License-Identifier: Apache-2.0 */
/*
 * conllu: CoNLL-U in and out (docs/format/conllu.md). MISC holds our own
 * keys: TokenRange (characters are bytes here: the contract's offsets),
 * Predicate=Yes and Arguments=2:ARG0,5:ARGM-TMP.
 */
#ifndef DLN_DOC_CONLLU_H
#define DLN_DOC_CONLLU_H

#include "base/buf.h"
#include "doc/doc.h"

/* Appends all sentences. TokenRange=start:end of doc->text. Words that are
 * written together (do|n't, leader|'s, can|not) are put under the range of
 * a multiword token. */
void dln_conllu_write(const dln_doc *doc, dln_buf *out);

/*
 * Reads sentences into an empty document: text rebuilt from the tokens and
 * SpaceAfter (paragraphs at `# newpar` and `# newdoc`), layers paragraphs,
 * sentences and tokens, with tags, lemmas, morphology and heads, and
 * predicates with their arguments where MISC has them; the document's and
 * the sentences' ids. Syntactic words of a multiword token share its text in
 * order; those without text of their own are cut from it as the treebanks do
 * ("don't" → "do" "n't"). Empty nodes are skipped. A bad line is DLN_BADDATA
 * with its number.
 */
DLN_NODISCARD dln_status dln_conllu_read(dln_doc *doc, dln_str conllu,
                                         dln_error *error);

#endif
