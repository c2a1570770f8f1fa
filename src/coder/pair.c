/* SPDX-License-Identifier: Apache-2.0 */
/*
 * pair: one event for the two parties a caller asks about, always.
 *
 * A linear model over hashed features (model/linear.h) chooses the type: the
 * frames that matched and how they stand to the two spans, the words around
 * and between them, the heads they hang on. Without weights the frames
 * decide alone: the type whose triggers join both parties, or one, or stand
 * nearest. The features are computed here for training too (train/pairs.c).
 *
 * CONCEDE and RETREAT are one class of the model, told apart by the frames.
 * Limit: 4,000 features.
 */
#include "coder/pair_p.h"

#include <stdlib.h>

static const char *const classes[DLN_PAIR_CLASSES] = {
    "AGREE", "CONSULT", "SUPPORT", "RETREAT", "COOPERATE", "AID", "REQUEST",
    "ACCUSE", "REJECT", "THREATEN", "PROTEST", "SANCTION", "MOBILIZE",
    "COERCE", "ASSAULT"};

dln_str dln_pair_class(uint32_t index)
{
    return dln_str_of(index < DLN_PAIR_CLASSES ? classes[index] : "");
}

uint32_t dln_pair_class_of(dln_str type)
{
    if (dln_str_is(type, "CONCEDE") || dln_str_is(type, "YIELD"))
        type = DLN_STR("RETREAT");
    for (uint32_t i = 0; i < DLN_PAIR_CLASSES; i++)
        if (dln_str_is(type, classes[i]))
            return i;
    return DLN_NONE;
}

typedef struct side {       /* tokens of a span */
    uint32_t begin, end, head;
} side;

typedef struct feeder {
    const dln_doc *doc;
    side source, target;
    uint64_t *out;
    uint32_t count, max;
} feeder;

static const dln_token *tok(const dln_doc *doc, uint32_t i)
{
    return &doc->tokens.at[i];
}

static void put(feeder *f, const char *kind, dln_str a, dln_str b)
{
    uint64_t key = dln_hash(kind, strlen(kind), 1);
    key = dln_hash(a.data ? a.data : "", a.len, key);
    key = dln_hash(b.data ? b.data : "", b.len, key);
    if (f->count < f->max)
        f->out[f->count++] = key;
}

static side side_of(const dln_doc *doc, dln_span span)
{
    side s = {dln_token_at(doc, span.start), 0, DLN_NONE};
    if (s.begin == DLN_NONE)
        s.begin = doc->tokens.count ? doc->tokens.count - 1 : 0;
    s.end = s.begin;
    while (s.end < doc->tokens.count
           && tok(doc, s.end)->span.start < span.end)
        s.end++;
    s.head = s.begin;
    for (uint32_t t = s.begin; t < s.end; t++)
        if (tok(doc, t)->head < s.begin || tok(doc, t)->head >= s.end) {
            s.head = t;
            break;
        }
    return s;
}

static bool in_side(const side *s, uint32_t token)
{
    return s->begin <= token && token < s->end;
}

/* Lemma with the two parties masked. */
static dln_str masked(const feeder *f, uint32_t token)
{
    if (in_side(&f->source, token))
        return DLN_STR("<S>");
    if (in_side(&f->target, token))
        return DLN_STR("<T>");
    return tok(f->doc, token)->lemma;
}

static void words(feeder *f, uint32_t begin, uint32_t end)
{
    uint32_t lo = f->source.end < f->target.end ? f->source.end
                                                : f->target.end;
    uint32_t hi = f->source.begin > f->target.begin ? f->source.begin
                                                    : f->target.begin;
    dln_str last = DLN_STR("<");
    for (uint32_t t = begin; t < end; t++) {
        dln_str lemma = masked(f, t);
        bool between = t >= lo && t < hi;
        if (dln_str_eq(lemma, last))
            continue;
        put(f, "w", lemma, last);
        if (tok(f->doc, t)->upos != DLN_UPOS_PUNCT
            && tok(f->doc, t)->upos != DLN_UPOS_PROPN
            && tok(f->doc, t)->upos != DLN_UPOS_NUM
            && tok(f->doc, t)->upos != DLN_UPOS_DET) {
            put(f, "u", lemma, (dln_str){"", 0});
            if (between)
                put(f, "b", lemma, (dln_str){"", 0});
        }
        last = lemma;
    }
}

/* Words above a party: its verb, the verb's own complements. */
static void above(feeder *f, const side *s, const char *name)
{
    uint32_t at = s->head;
    dln_str mine = dln_str_of(name);
    dln_str prep = dln_coder__case(f->doc, at);
    dln_str rel = dln_str_of(dln_deprel_text(tok(f->doc, at)->deprel));
    for (int step = 0; step < 4; step++) {
        uint32_t head = tok(f->doc, at)->head;
        if (head >= f->doc->tokens.count || in_side(s, head))
            break;
        put(f, step ? "up2" : "up", mine, masked(f, head));
        if (!step) {
            put(f, name, rel, masked(f, head));
            put(f, name, prep, masked(f, head));
        }
        if (tok(f->doc, head)->upos == DLN_UPOS_VERB) {
            for (uint32_t c = tok(f->doc, head)->child; c != DLN_NONE;
                 c = tok(f->doc, c)->sibling) {
                uint8_t r = tok(f->doc, c)->deprel;
                if (r == DLN_REL_aux)
                    put(f, "aux", mine, tok(f->doc, c)->lemma);
                if (r == DLN_REL_obj || r == DLN_REL_xcomp
                    || r == DLN_REL_ccomp || r == DLN_REL_obl)
                    put(f, "arg", masked(f, head), masked(f, c));
                if (r == DLN_REL_xcomp || r == DLN_REL_ccomp)
                    put(f, "comp", mine, masked(f, c));
            }
        }
        at = head;
    }
}

/* How an event stands to the parties: 0 in the sentence, 1 between, 2 has
 * one of them, 3 has both. */
static int standing(const feeder *f, const dln_coder_hit *hit)
{
    bool source = false, target = false;
    for (int light = 0; light < 2; light++) {
        const dln_coder_args *args = light ? &hit->light_args : &hit->args;
        for (uint32_t i = 0; i < args->count; i++) {
            uint32_t begin, end, t = args->at[i].token;
            if (args->at[i].slot == DLN_SLOT_COMP)
                continue;
            source |= in_side(&f->source, t);
            target |= in_side(&f->target, t);
            if (in_side(&f->source, t) || in_side(&f->target, t))
                continue;
            dln_subtree(f->doc, t, &begin, &end);
            source |= begin <= f->source.head && f->source.head < end
                      && args->at[i].slot == DLN_SLOT_SUBJ;
            target |= begin <= f->target.head && f->target.head < end
                      && args->at[i].slot != DLN_SLOT_SUBJ;
        }
    }
    if (source && target)
        return 3;
    if (source || target)
        return 2;
    uint32_t lo = f->source.begin < f->target.begin ? f->source.begin
                                                    : f->target.begin;
    uint32_t hi = f->source.end > f->target.end ? f->source.end
                                                : f->target.end;
    return lo <= hit->token && hit->token < hi;
}

static void frames(feeder *f, const dln_coder *coder,
                   const dln_coder_hit *hits, uint32_t count)
{
    static const char *const how[] = {"f0", "f1", "f2", "f3"};
    static const char *const mood_how[] = {"m0", "m1", "m2", "m3"};
    int best = -1;
    dln_str best_type = {"", 0};
    for (uint32_t i = 0; i < count; i++) {
        const dln_coder_hit *hit = &hits[i];
        dln_str type = dln_plover_at(coder->plover, hit->frame->type)->name;
        dln_coder_mood mood;
        int s = standing(f, hit);
        dln_coder__mood(coder, f->doc, hit, &mood);
        dln_str status = dln_str_of(dln_event_status_text(mood.status));
        dln_str kept = hit->dropped ? DLN_STR("dropped") : DLN_STR("kept");
        put(f, how[s], type, kept);
        put(f, mood_how[s], type, status);
        if (mood.polarity != DLN_ASSERTED)
            put(f, "neg", type, DLN_STR("negated"));
        if (hit->frame->mode.len)
            put(f, "mode", type, hit->frame->mode);
        s = s * 2 + !hit->dropped;
        if (s > best) {
            best = s;
            best_type = type;
        }
    }
    if (best >= 0)
        put(f, "best", best_type, (dln_str){"", 0});
}

uint32_t dln_pair_features(const dln_coder *coder, const dln_doc *doc,
                           const dln_coder_hit *hits, uint32_t count,
                           uint64_t *out, uint32_t max)
{
    feeder f = {.doc = doc, .out = out, .max = max,
                .source = side_of(doc, doc->pair_source),
                .target = side_of(doc, doc->pair_target)};
    if (!doc->tokens.count)
        return 0;
    const dln_sentence *a = &doc->sentences.at[
        tok(doc, f.source.head)->sentence];
    const dln_sentence *b = &doc->sentences.at[
        tok(doc, f.target.head)->sentence];
    put(&f, "bias", (dln_str){"", 0}, (dln_str){"", 0});
    put(&f, "order", f.source.begin < f.target.begin ? DLN_STR("ST")
                                                     : DLN_STR("TS"),
        (dln_str){"", 0});
    words(&f, a->token_begin, a->token_end);
    if (a != b)
        words(&f, b->token_begin, b->token_end);
    above(&f, &f.source, "S");
    above(&f, &f.target, "T");
    frames(&f, coder, hits, count);
    return f.count;
}

uint32_t dln_pair_by_frames(const dln_coder *coder, const dln_doc *doc,
                            const dln_coder_hit *hits, uint32_t count)
{
    feeder f = {.doc = doc, .source = side_of(doc, doc->pair_source),
                .target = side_of(doc, doc->pair_target)};
    uint32_t best = DLN_NONE;
    int best_score = -1;
    for (uint32_t i = 0; i < count && doc->tokens.count; i++) {
        int score = standing(&f, &hits[i]) * 2 + !hits[i].dropped;
        if (score > best_score) {
            best = i;
            best_score = score;
        }
    }
    if (best == DLN_NONE)
        return dln_pair_class_of(DLN_STR("ACCUSE"));
    dln_coder_mood mood;
    const dln_plover_type *type = dln_plover_at(coder->plover,
                                                hits[best].frame->type);
    dln_coder__mood(coder, doc, &hits[best], &mood);
    dln_str name = type->name;
    if (mood.refusal && type->quad <= 2)
        name = DLN_STR("REJECT");
    else if (mood.status == DLN_EVENT_PLANNED)
        name = type->future;
    return dln_pair_class_of(name);
}

/* The hit that speaks for the chosen type, or the source's verb. */
static const dln_coder_hit *witness(const dln_coder *coder,
                                    const feeder *f,
                                    const dln_coder_hit *hits,
                                    uint32_t count, uint32_t class)
{
    const dln_coder_hit *best = NULL;
    int best_score = -1;
    for (uint32_t i = 0; i < count; i++) {
        dln_str type = dln_plover_at(coder->plover,
                                     hits[i].frame->type)->name;
        int score = standing(f, &hits[i]);
        if (dln_pair_class_of(type) == class && score > best_score) {
            best = &hits[i];
            best_score = score;
        }
    }
    return best;
}

static uint32_t choose(const dln_coder *coder, const dln_doc *doc,
                       const dln_coder_hit *hits, uint32_t count,
                       dln_arena *scratch, const char **how)
{
    *how = "frames";
    if (!coder->pairs)
        return dln_pair_by_frames(coder, doc, hits, count);
    uint64_t *features = dln_arena_array(scratch, DLN_PAIR_MAX_FEATURES,
                                         sizeof *features);
    int32_t scores[DLN_LINEAR_MAX_CLASSES + 1] = {0};
    if (!features)
        return 0;
    uint32_t n = dln_pair_features(coder, doc, hits, count, features,
                                   DLN_PAIR_MAX_FEATURES);
    dln_linear_score(coder->pairs, features, n, scores);
    uint32_t best = 0;
    for (uint32_t i = 1; i < DLN_PAIR_CLASSES; i++)
        if (scores[i] > scores[best])
            best = i;
    *how = "pair model";
    return best;
}

static void add_parties(dln_doc *doc, const feeder *f, dln_event *event)
{
    dln_party *parties = dln_arena_array(doc->arena, 2, sizeof *parties);
    if (!parties)
        return;
    const side *sides[] = {&f->source, &f->target};
    dln_span spans[] = {doc->pair_source, doc->pair_target};
    for (int i = 0; i < 2; i++) {
        uint32_t m = doc->tokens.count ? dln_mention_at(doc, sides[i]->head)
                                       : DLN_NONE;
        parties[i] = (dln_party){
            i ? DLN_PARTY_RECIPIENT : DLN_PARTY_ACTOR,
            m == DLN_NONE ? DLN_NONE : doc->mentions.at[m].actor, spans[i]};
    }
    event->parties = parties;
    event->party_count = 2;
}

void dln_coder__pair(const dln_coder *coder, dln_doc *doc,
                     const dln_coder_hit *hits, uint32_t count,
                     dln_arena *scratch)
{
    feeder f = {.doc = doc, .source = side_of(doc, doc->pair_source),
                .target = side_of(doc, doc->pair_target)};
    const char *how;
    uint32_t class = choose(coder, doc, hits, count, scratch, &how);
    const dln_coder_hit *hit = witness(coder, &f, hits, count, class);
    dln_span all = {
        doc->pair_source.start < doc->pair_target.start
            ? doc->pair_source.start : doc->pair_target.start,
        doc->pair_source.end > doc->pair_target.end
            ? doc->pair_source.end : doc->pair_target.end};
    dln_event event = {.span = all, .trigger = all, .token = f.source.head,
                       .when = DLN_NO_INTERVAL, .time = DLN_NONE,
                       .place = DLN_NONE, .statement = DLN_NONE,
                       .attributed_to = DLN_NONE, .mode = {"", 0}};
    event.type = dln_pair_class(class);
    if (hit) {
        dln_coder_mood mood;
        const dln_event *same = NULL;
        for (uint32_t i = 0; i < doc->events.count; i++)
            if (doc->events.at[i].token == hit->token)
                same = &doc->events.at[i];
        if (same)
            event = *same;
        event.type = dln_pair_class(class);
        dln_str type = dln_plover_at(coder->plover, hit->frame->type)->name;
        if (dln_pair_class_of(type) == class)
            event.type = type;
        event.mode = dln_coder__mode(coder, doc, hit);
        dln_coder__mood(coder, doc, hit, &mood);
        event.status = mood.status;
        event.polarity = mood.polarity;
        event.token = hit->token;
        event.trigger = tok(doc, hit->token)->span;
        if (event.trigger.start < event.span.start)
            event.span.start = event.trigger.start;
        if (event.trigger.end > event.span.end)
            event.span.end = event.trigger.end;
    } else if (doc->tokens.count) {
        uint32_t head = tok(doc, f.source.head)->head;
        if (head < doc->tokens.count)
            event.token = head;
    }
    add_parties(doc, &f, &event);
    event.why = dln_arena_printf(doc->arena, "asked about this pair: %s",
                                 how);
    doc->events.count = 0;
    dln_event *slot = DLN_VEC_PUSH(doc->arena, &doc->events);
    if (slot)
        *slot = event;
}
