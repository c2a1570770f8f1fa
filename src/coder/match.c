/* SPDX-License-Identifier: Apache-2.0 */
/*
 * match: a token and its dependents → the frame that fits best.
 *
 * Of the frames whose required items are all there and none of the forbidden
 * ones, the one that asks for most wins; among equals the one with more
 * roles filled, then the first in the files.
 */
#include "coder/coder_p.h"

static const dln_token *tok(const dln_doc *doc, uint32_t i)
{
    return &doc->tokens.at[i];
}

static const dln_frame *best_of(const dln_coder *coder, const dln_doc *doc,
                                uint32_t token, dln_frame_pos pos,
                                const dln_frame_slot *carries,
                                const dln_coder_args *args, int depth);

/* Types the word stands for: without conditions, or by the frame that fits
 * its own dependents (asked one level deep). */
static uint32_t types_at(const dln_coder *coder, const dln_doc *doc,
                         uint32_t token, dln_str lemma, int depth)
{
    uint32_t types = dln_frames_types(coder->frames, lemma);
    if (depth > 0 || tok(doc, token)->upos != DLN_UPOS_VERB
        || dln_frames_find(coder->frames, lemma) == DLN_NONE)
        return types;
    dln_coder_args args;
    dln_coder__args(coder, doc, token, &args);
    const dln_frame *best = best_of(coder, doc, token, DLN_FRAME_VERB, NULL,
                                    &args, 1);
    if (best && best->type != DLN_FRAME_NO_EVENT)
        types = 1u << best->type;
    return types;
}

static bool word_fits(const dln_coder *coder, const dln_doc *doc,
                      const dln_frame_arg *item, uint32_t token, int depth)
{
    char buffer[DLN_CODER_WORD];
    dln_str lemma = dln_coder__lemma(coder, doc, token, buffer);
    return dln_frames_has(coder->frames, item->words, lemma)
           || (item->types
               && (types_at(coder, doc, token, lemma, depth)
                   & item->types));
}

/* The word itself, one coordinated with it, "talks" of "round of talks",
 * or of a light verb's object ("to hold talks"). */
static bool head_fits(const dln_coder *coder, const dln_doc *doc,
                      const dln_frame_arg *item, uint32_t token, int depth)
{
    if (word_fits(coder, doc, item, token, depth))
        return true;
    for (uint32_t c = tok(doc, token)->child; c != DLN_NONE;
         c = tok(doc, c)->sibling) {
        uint8_t rel = tok(doc, c)->deprel;
        bool verb = tok(doc, token)->upos == DLN_UPOS_VERB;
        if (rel == DLN_REL_conj || (verb && rel == DLN_REL_obj)
            || (!verb && rel == DLN_REL_nmod
                && dln_str_is(dln_coder__case(doc, c), "of")
                && dln_coder__stands(coder, doc, c) == token))
            if (word_fits(coder, doc, item, c, depth))
                return true;
    }
    return false;
}

static bool fits(const dln_coder *coder, const dln_doc *doc,
                 const dln_frame *frame, const dln_frame_arg *item,
                 const dln_coder_arg *arg, int depth)
{
    bool slot = false;
    if (arg->of_object && !frame->worded && !dln_str_is(arg->prep, "with"))
        return false;
    for (uint32_t i = 0; i < item->slot_count && !slot; i++) {
        const dln_frame_slot *s = &item->slots[i];
        slot = s->slot == DLN_SLOT_ANY
               || (s->slot == arg->slot
                   && (s->slot != DLN_SLOT_PREP
                       || dln_str_ieq(s->prep, arg->prep)));
    }
    return slot && (!item->worded
                    || head_fits(coder, doc, item, arg->token, depth));
}

bool dln_coder__fits(const dln_coder *coder, const dln_doc *doc,
                     const dln_frame *frame, const dln_frame_arg *item,
                     const dln_coder_arg *arg)
{
    return fits(coder, doc, frame, item, arg, 0);
}

/* A user's frame goes before all shipped ones. */
#define OWN 1000

/* -1: the frame does not match; else how well. */
static int score_of(const dln_coder *coder, const dln_doc *doc,
                    const dln_frame *frame, const dln_coder_args *args,
                    int depth)
{
    int score = 0;
    for (uint32_t i = 0; i < frame->arg_count; i++) {
        const dln_frame_arg *item = &frame->args[i];
        bool found = false;
        for (uint32_t k = 0; k < args->count && !found; k++)
            found = fits(coder, doc, frame, item, &args->at[k], depth);
        if (item->forbidden ? found : item->required && !found)
            return -1;
        if (found && !item->forbidden)
            score += item->required ? (item->worded ? 20 : 10) : 1;
    }
    return score;
}

static const dln_frame *best_of(const dln_coder *coder, const dln_doc *doc,
                                uint32_t token, dln_frame_pos pos,
                                const dln_frame_slot *carries,
                                const dln_coder_args *args, int depth)
{
    char buffer[DLN_CODER_WORD];
    const dln_frame *best = NULL;
    int best_score = -1;
    dln_str lemma = dln_coder__lemma(coder, doc, token, buffer);
    for (uint32_t i = dln_frames_find(coder->frames, lemma); i != DLN_NONE;
         i = dln_frames_at(coder->frames, i)->next) {
        const dln_frame *frame = dln_frames_at(coder->frames, i);
        if (frame->pos != pos)
            continue;
        if (carries && (frame->carries.slot != carries->slot
                        || !dln_str_ieq(frame->carries.prep, carries->prep)))
            continue;
        int score = score_of(coder, doc, frame, args, depth);
        if (score >= 0 && frame->own)
            score += OWN;
        if (score > best_score) {
            best = frame;
            best_score = score;
        }
    }
    return best;
}

/* Slot of a noun with its verb. */
static bool slot_of(const dln_doc *doc, uint32_t noun, dln_frame_slot *out)
{
    *out = (dln_frame_slot){DLN_SLOT_OBJ, {NULL, 0}};
    switch (tok(doc, noun)->deprel) {
    case DLN_REL_obj: case DLN_REL_nsubj_pass:
        return true;
    case DLN_REL_nsubj:
        out->slot = DLN_SLOT_SUBJ;
        return true;
    case DLN_REL_obl: case DLN_REL_nmod:
        out->slot = DLN_SLOT_PREP;
        out->prep = dln_coder__case(doc, noun);
        return true;
    default:
        return false;
    }
}

/* "talks held in Geneva", "the attack it launched" */
static void find_participle(const dln_coder *coder, const dln_doc *doc,
                            uint32_t noun, dln_coder_hit *hit)
{
    const dln_frame_slot object = {DLN_SLOT_OBJ, {NULL, 0}};
    for (uint32_t c = tok(doc, noun)->child; c != DLN_NONE;
         c = tok(doc, c)->sibling) {
        uint8_t rel = tok(doc, c)->deprel;
        if (rel != DLN_REL_acl && rel != DLN_REL_acl_relcl)
            continue;
        dln_coder__args(coder, doc, c, &hit->light_args);
        for (uint32_t i = 0; i < hit->light_args.count; i++)
            if (hit->light_args.at[i].token == noun
                && hit->light_args.at[i].slot == DLN_SLOT_OBJ)
                hit->light = best_of(coder, doc, c, DLN_FRAME_LIGHT, &object,
                                     &hit->light_args, 0);
        if (hit->light) {
            hit->verb = c;
            return;
        }
    }
}

static void find_light(const dln_coder *coder, const dln_doc *doc,
                       dln_coder_hit *hit)
{
    uint32_t stands = dln_coder__stands(coder, doc, hit->token);
    uint32_t verb = tok(doc, stands)->head;
    dln_frame_slot slot;
    if (verb < doc->tokens.count && slot_of(doc, stands, &slot)
        && tok(doc, verb)->upos == DLN_UPOS_VERB) {
        dln_coder__args(coder, doc, verb, &hit->light_args);
        hit->light = best_of(coder, doc, verb, DLN_FRAME_LIGHT, &slot,
                             &hit->light_args, 0);
        if (hit->light)
            hit->verb = verb;
    }
    if (!hit->light)
        find_participle(coder, doc, stands, hit);
    if (!hit->light)
        hit->light_args.count = 0;
}

/* "expressed support for": what stands behind the verb may belong to the
 * noun. */
static void take_prepositions(dln_coder_hit *hit)
{
    for (uint32_t i = 0; i < hit->light_args.count; i++) {
        const dln_coder_arg *arg = &hit->light_args.at[i];
        if (arg->slot == DLN_SLOT_PREP && arg->token != hit->token
            && hit->args.count < DLN_CODER_MAX_ARGS)
            hit->args.at[hit->args.count++] = *arg;
    }
}

/* "signed a treaty with Chile": what hangs on the object may be meant for
 * the verb. */
static void take_from_objects(const dln_doc *doc, dln_coder_args *args)
{
    uint32_t own = args->count;
    for (uint32_t i = 0; i < own; i++) {
        if (args->at[i].slot != DLN_SLOT_OBJ
            && args->at[i].slot != DLN_SLOT_PREP)
            continue;
        uint32_t noun = args->at[i].token;
        if (tok(doc, noun)->upos == DLN_UPOS_VERB)
            continue;
        for (uint32_t c = tok(doc, noun)->child; c != DLN_NONE;
             c = tok(doc, c)->sibling) {
            dln_str prep = tok(doc, c)->deprel == DLN_REL_nmod
                               ? dln_coder__case(doc, c)
                               : (dln_str){NULL, 0};
            if (prep.len && args->count < DLN_CODER_MAX_ARGS)
                args->at[args->count++] = (dln_coder_arg){
                    DLN_SLOT_PREP, prep, c, "the object's", true};
        }
    }
}

bool dln_coder__match(const dln_coder *coder, const dln_doc *doc,
                      uint32_t token, dln_coder_hit *out)
{
    dln_frame_pos pos;
    switch (tok(doc, token)->upos) {
    case DLN_UPOS_VERB: pos = DLN_FRAME_VERB; break;
    case DLN_UPOS_NOUN: case DLN_UPOS_PROPN: pos = DLN_FRAME_NOUN; break;
    case DLN_UPOS_ADJ: pos = DLN_FRAME_ADJ; break;
    default: return false;
    }
    char buffer[DLN_CODER_WORD];
    dln_str lemma = dln_coder__lemma(coder, doc, token, buffer);
    if (dln_frames_find(coder->frames, lemma) == DLN_NONE)
        return false;
    out->token = out->verb = token;
    out->frame = out->light = NULL;
    out->dropped = false;
    out->reporter = DLN_NONE;
    out->light_args.count = 0;
    dln_coder__args(coder, doc, token, &out->args);
    if (pos == DLN_FRAME_NOUN) {
        find_light(coder, doc, out);
        if (out->light)
            take_prepositions(out);
    } else {
        take_from_objects(doc, &out->args);
    }
    out->frame = best_of(coder, doc, token, pos, NULL, &out->args, 0);
    return out->frame && out->frame->type != DLN_FRAME_NO_EVENT;
}
