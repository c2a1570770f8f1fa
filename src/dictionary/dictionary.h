/* SPDX-License-Identifier: Apache-2.0 */
/*
 * dictionary: dictionaries of other event coders, read and applied, so that
 * nobody's work of years is lost.
 *
 * The user's folder (onto/overlay.h) names them in dictionaries.txt: verbs
 * with their patterns and sets of synonyms, actors with dates, agents and
 * words that discard, in the formats of TABARI and PETRARCH (Schrodt 2009;
 * Schrodt, Beieler, Idris 2014). docs/design/ontology.md tells what is read
 * and what is not.
 */
#ifndef DLN_DICTIONARY_DICTIONARY_H
#define DLN_DICTIONARY_DICTIONARY_H

#include "doc/doc.h"
#include "onto/onto.h"
#include "onto/plover.h"

typedef struct dln_dictionary dln_dictionary;

/* What the user's folder of `onto` names; *out is NULL when it names none.
 * Keeps `onto`. DLN_BADDATA names file and line. One handle serves all
 * threads. */
DLN_NODISCARD dln_status dln_dictionary_open(dln_dictionary **out,
                                             const dln_onto *onto,
                                             dln_error *error);
/* From memory, in PETRARCH's or TABARI's (`stems`) format, with CAMEO's codes
 * and working alone; for tests. */
DLN_NODISCARD dln_status dln_dictionary_parse(dln_dictionary **out,
                                              const dln_onto *onto,
                                              bool stems, dln_str actors,
                                              dln_str agents, dln_str verbs,
                                              dln_error *error);
void dln_dictionary_close(dln_dictionary *dictionary);
/* Lines that were not understood and passed over, at most 100 of them, by
 * file and line: dictionaries of years have some. NULL behind the last. */
const char *dln_dictionary_odd(const dln_dictionary *dictionary, uint32_t n);
/* Behind link and coder: adds the events that its verbs and patterns find,
 * and their actors. An event of a frame at the same word gives way.
 * `dictionary` may be NULL. */
dln_status dln_dictionary_run(const dln_dictionary *dictionary, dln_doc *doc,
                              dln_arena *scratch);

#endif
