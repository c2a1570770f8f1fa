/* SPDX-License-Identifier: Apache-2.0 */
/*
 * pair: what the coder's answer for a given pair is made of; also seen by
 * the program that trains its weights.
 */
#ifndef DLN_CODER_PAIR_P_H
#define DLN_CODER_PAIR_P_H

#include "coder/coder_p.h"

#define DLN_PAIR_CLASSES 15
#define DLN_PAIR_MAX_FEATURES 4000

/* Class of a PLOVER type (CONCEDE and RETREAT share one), and back. */
uint32_t dln_pair_class_of(dln_str type);
dln_str dln_pair_class(uint32_t index);

/* Features of the pair doc->pair_source, doc->pair_target given the hits of
 * its sentences. Returns their number, at most `max`. */
uint32_t dln_pair_features(const dln_coder *coder, const dln_doc *doc,
                           const dln_coder_hit *hits, uint32_t count,
                           uint64_t *out, uint32_t max);
/* The class by frames alone. */
uint32_t dln_pair_by_frames(const dln_coder *coder, const dln_doc *doc,
                            const dln_coder_hit *hits, uint32_t count);
/* The hits of the pair's sentences, for the trainer; they live in
 * `scratch`. */
uint32_t dln_coder__pair_hits(const dln_coder *coder, dln_doc *doc,
                              dln_arena *scratch, dln_coder_hit **out);

#endif
