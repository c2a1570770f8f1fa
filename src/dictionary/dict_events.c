/* SPDX-License-Identifier: Apache-2.0 */
/* Verbs and patterns of a sentence → events with their parties. */
#include "dictionary/dictionary_p.h"

/* One event being made, its parties' entities. */
typedef struct making {
    dln_dict_sentence *s;
    const dln_dict_block *block;
    const dln_dict_pattern *pattern;    /* or NULL */
    uint32_t begin, end;                /* words of the verb */
    uint32_t first;                     /* events before the sentence */
} making;

static bool is_null(dln_str code)
{
    return !code.len || dln_str_starts(code, DLN_STR("---"));
}

static bool is_discard(dln_str code)
{
    return dln_str_starts(code, DLN_STR("###"));
}

/* The actor of a code: "ARN", "USAGOV", "IGOUNO". */
static uint32_t actor_of_code(const dln_dict_sentence *s, dln_str code,
                              dln_str name)
{
    dln_doc *doc = s->doc;
    dln_str iso3 = dln_str_sub(code, 0, 3), sector = dln_str_sub(code, 3, 6);
    const dln_country *country = code.len >= 3 ? dln_onto_iso3(s->d->onto,
                                                               iso3) : NULL;
    bool state = country && (!sector.len || dln_str_is(sector, "GOV"));
    dln_str key = state ? dln_arena_printf(doc->arena, "country:%s",
                                           country->iso3)
                        : dln_arena_printf(doc->arena, "organisation:code "
                                           "%.*s", DLN_ARG(code));
    for (uint32_t a = 0; a < doc->actors.count; a++)
        if (dln_str_eq(doc->actors.at[a].key, key)
            && (dln_str_eq(doc->actors.at[a].code, code)
                || !doc->actors.at[a].code.len)) {
            doc->actors.at[a].code = code;
            return a;
        }
    uint32_t at = doc->actors.count;
    dln_actor *slot = DLN_VEC_PUSH(doc->arena, &doc->actors);
    if (!slot)
        return DLN_NONE;
    *slot = (dln_actor){.key = key, .name = state ? country->name : name,
                        .kind = state ? DLN_ACTOR_COUNTRY
                                      : DLN_ACTOR_ORGANISATION,
                        .sector = state ? DLN_STR("GOV") : sector,
                        .parent = DLN_NONE, .code = code};
    if (country)
        memcpy(slot->iso3, country->iso3, sizeof slot->iso3);
    return at;
}

static dln_span span_of(const dln_dict_sentence *s, uint32_t begin,
                        uint32_t end)
{
    return dln_tokens_span(s->doc, s->words[begin].token,
                           s->words[end - 1].token + 1);
}

/* A person whom link found keeps to be one; the rest goes by its code. */
static uint32_t actor_of(dln_dict_sentence *s, dln_dict_entity *e)
{
    dln_doc *doc = s->doc;
    if (e->actor != DLN_NONE)
        return e->actor;
    uint32_t m = dln_mention_at(doc, s->words[e->end - 1].token);
    uint32_t found = m == DLN_NONE ? DLN_NONE : doc->mentions.at[m].actor;
    if (found != DLN_NONE
        && doc->actors.at[found].kind == DLN_ACTOR_PERSON
        && !doc->actors.at[found].nameless
        && (!doc->actors.at[found].code.len
            || dln_str_eq(doc->actors.at[found].code, e->code))) {
        doc->actors.at[found].code = e->code;
        e->actor = found;
    } else {
        e->actor = actor_of_code(s, e->code, dln_doc_str(
            doc, span_of(s, e->begin, e->end)));
    }
    return e->actor;
}

static dln_party *parties_of(dln_dict_sentence *s, uint32_t source,
                             uint32_t target, uint32_t *count)
{
    dln_party *list = dln_arena_array(s->doc->arena, 2, sizeof *list);
    dln_dict_entity *e[2] = {
        source == DLN_NONE ? NULL : &s->entities[source],
        target == DLN_NONE ? NULL : &s->entities[target]};
    *count = 0;
    for (int i = 0; list && i < 2; i++)
        if (e[i])
            list[(*count)++] = (dln_party){
                i ? DLN_PARTY_RECIPIENT : DLN_PARTY_ACTOR,
                actor_of(s, e[i]), span_of(s, e[i]->begin, e[i]->end)};
    return list;
}

/* Setting and mood of what a frame found at the word, or nearest in the
 * sentence. */
static const dln_event *neighbour(const making *m, uint32_t token)
{
    const dln_doc *doc = m->s->doc;
    const dln_event *best = NULL;
    uint32_t least = UINT32_MAX;
    for (uint32_t i = m->first; i < doc->events.count; i++) {
        const dln_event *e = &doc->events.at[i];
        uint32_t far = e->token > token ? e->token - token
                                        : token - e->token;
        if (doc->tokens.at[e->token].sentence == m->s->sentence
            && far < least) {
            best = e;
            least = far;
        }
    }
    return best;
}

/* The first day named in the sentence, else the day it was published. */
static void set_time(const dln_dict_sentence *s, dln_event *event)
{
    const dln_doc *doc = s->doc;
    const dln_sentence *sentence = &doc->sentences.at[s->sentence];
    for (uint32_t t = 0; t < doc->times.count; t++)
        if (doc->times.at[t].span.start >= sentence->span.start
            && doc->times.at[t].span.end <= sentence->span.end
            && doc->times.at[t].when.start != DLN_NO_DAY) {
            event->time = t;
            event->when = doc->times.at[t].when;
            return;
        }
}

static void emit(const making *m, dln_str code, uint32_t source,
                 uint32_t target)
{
    dln_dict_sentence *s = m->s;
    dln_doc *doc = s->doc;
    const dln_dict_meaning *meaning = dln_dict__meaning(s->d, code);
    if (!meaning || !meaning->type
        || doc->events.count >= DLN_DICT_MAX_EVENTS)
        return;
    uint32_t token = s->words[m->begin].token;
    const dln_event *near = neighbour(m, token);
    dln_event event = {.time = DLN_NONE, .place = DLN_NONE,
                       .statement = DLN_NONE, .attributed_to = DLN_NONE,
                       .when = DLN_NO_INTERVAL};
    if (near)
        event = *near;
    else
        set_time(s, &event);
    uint32_t from = m->pattern ? m->pattern->file : m->block->file;
    uint32_t line = m->pattern ? m->pattern->line : m->block->line;
    dln_str file = s->d->files.at[from];
    size_t slash = file.len;
    while (slash && file.data[slash - 1] != '/')
        slash--;
    event.span = doc->sentences.at[s->sentence].span;
    event.trigger = span_of(s, m->begin, m->end);
    event.token = token;
    event.type = meaning->type->name;
    event.mode = meaning->mode;
    event.code = code;
    event.parties = parties_of(s, source, target, &event.party_count);
    event.why = dln_arena_printf(
        doc->arena, "%.*s:%u code %.*s", DLN_ARG(dln_str_sub(file, slash,
                                                             file.len)),
        line, DLN_ARG(code));
    dln_event *slot = DLN_VEC_PUSH(doc->arena, &doc->events);
    if (slot)
        *slot = event;
}

/* All of the groups of source and target with each other; "a:b" gives b
 * from the target back to the source. */
static void emit_all(const making *m, dln_str code, uint32_t source,
                     uint32_t target)
{
    const dln_dict_sentence *s = m->s;
    dln_str back = code, there;
    dln_str_cut(&back, ':', &there);
    bool compound = source == target;
    uint32_t n = s->entity_count, made = 0;
    for (uint32_t a = 0; a < n; a++)
        for (uint32_t b = 0; b < n && made < 16; b++) {
            const dln_dict_entity *x = &s->entities[a], *y = &s->entities[b];
            if (x->group != s->entities[source].group
                || y->group != s->entities[target].group || a == b
                || (dln_str_eq(x->code, y->code) && x->code.len)
                || (compound && b < a))
                continue;
            made++;
            emit(m, there, a, b);
            if (back.len)
                emit(m, back, b, a);
            else if (compound)
                emit(m, there, b, a);
        }
}

static void code_verb(making *m)
{
    dln_dict_sentence *s = m->s;
    dln_dict_found found = {DLN_NONE, DLN_NONE, DLN_NONE, m->begin, m->end};
    uint32_t source, target;
    m->pattern = dln_dict__pattern(s, m->block, m->begin, m->end, &found);
    dln_str code = m->pattern ? m->pattern->code : m->block->code;
    for (uint32_t w = found.first; w < found.last; w++)
        s->used[w] = s->used[w] || m->pattern;
    if (is_null(code))
        return;
    dln_dict__parties(s, m->begin, m->end, &found, &source, &target);
    if (source != DLN_NONE && target != DLN_NONE)
        emit_all(m, code, source, target);
}

/* Words of the sentence, cut at hyphens as the dictionaries' are. */
static bool read_words(dln_dict_sentence *s)
{
    const dln_doc *doc = s->doc;
    const dln_sentence *sentence = &doc->sentences.at[s->sentence];
    uint32_t tokens = sentence->token_end - sentence->token_begin;
    uint32_t room = 2 * tokens + 1;
    if (tokens > DLN_DICT_MAX_SENTENCE)
        return false;
    s->words = dln_arena_array(s->scratch, room, sizeof *s->words);
    s->entity_at = dln_arena_array(s->scratch, room, sizeof *s->entity_at);
    s->used = dln_arena_array(s->scratch, room, sizeof *s->used);
    if (!s->words || !s->entity_at || !s->used)
        return false;
    s->count = 0;
    for (uint32_t t = sentence->token_begin; t < sentence->token_end; t++) {
        dln_str text = dln_token_str(doc, t), piece, rest;
        const dln_token *token = &doc->tokens.at[t];
        if (token->upos == DLN_UPOS_PUNCT || dln_str_is(text, "'s")
            || dln_str_is(text, "'") || !text.len)
            continue;
        char *low = dln_arena_alloc(s->scratch, text.len);
        if (!low)
            return false;
        for (size_t i = 0; i < text.len; i++)
            low[i] = dln_lower(text.data[i]);
        rest = (dln_str){low, text.len};
        while (s->count < room && dln_str_cut(&rest, '-', &piece)) {
            while (piece.len > 1 && dln_str_ends(piece, DLN_STR(".")))
                piece.len--;
            if (piece.len)
                s->words[s->count++] = (dln_dict_word){
                    piece, piece.len == text.len ? token->lemma : piece, t,
                    token->upos == DLN_UPOS_VERB};
        }
    }
    for (uint32_t w = 0; w < s->count; w++) {
        dln_str lemma = s->words[w].lemma;
        char *low = dln_arena_alloc(s->scratch, lemma.len + 1);
        if (!low)
            return false;
        for (size_t i = 0; i < lemma.len; i++)
            low[i] = dln_lower(lemma.data[i]);
        s->words[w].lemma = (dln_str){low, lemma.len};
        s->used[w] = false;
        s->entity_at[w] = DLN_NONE;
    }
    return s->count > 0;
}

/* Is a discarding word there? 2: the whole report goes. */
static int discards(const dln_dict_sentence *s)
{
    uint32_t len;
    int most = 0;
    for (uint32_t w = 0; w < s->count && most < 2; w++) {
        const dln_dict_phrase *p = dln_dict__longest(s, &s->d->discards, w,
                                                     &len);
        if (p)
            most = p->owner ? 2 : 1;
        p = dln_dict__longest(s, &s->d->verbs, w, &len);
        if (p && !most && is_discard(s->d->blocks.at[p->owner].code))
            most = 1;
    }
    return most;
}

/* A verb by its tag; in TABARI's way also what no word before it makes a
 * noun. */
static bool may_be_verb(const dln_dict_sentence *s, uint32_t w)
{
    uint32_t t = s->words[w].token;
    if (s->words[w].verb)
        return true;
    if (!s->d->stems || !w || s->words[w - 1].token + 1 != t)
        return false;
    const dln_token *before = &s->doc->tokens.at[t - 1];
    return before->upos == DLN_UPOS_AUX || before->upos == DLN_UPOS_PART
           || before->upos == DLN_UPOS_PROPN || before->upos == DLN_UPOS_ADV
           || before->upos == DLN_UPOS_PRON;
}

static void code_sentence(dln_dict_sentence *s)
{
    making m = {.s = s, .first = 0};
    dln_dict__entities(s);
    for (uint32_t w = 0; w < s->count; w++) {
        uint32_t len;
        const dln_dict_phrase *p;
        if (s->used[w] || s->entity_at[w] != DLN_NONE)
            continue;
        p = dln_dict__longest(s, &s->d->verbs, w, &len);
        if (!p || (len < 2 && !may_be_verb(s, w)))
            continue;
        m.block = &s->d->blocks.at[p->owner];
        m.begin = w;
        m.end = w + len;
        code_verb(&m);
        w += len - 1;
    }
}

/* TABARI marks a code with "?" that counts only where nothing else does. */
static void drop_subordinate(const dln_dict_sentence *s, uint32_t first)
{
    dln_doc *doc = s->doc;
    bool other = false;
    uint32_t kept = first;
    for (uint32_t i = first; i < doc->events.count; i++)
        other |= !dln_str_ends(doc->events.at[i].code, DLN_STR("?"));
    for (uint32_t i = first; i < doc->events.count; i++) {
        dln_event *e = &doc->events.at[i];
        bool minor = dln_str_ends(e->code, DLN_STR("?"));
        if (minor && other)
            continue;
        if (minor || dln_str_ends(e->code, DLN_STR("!")))
            e->code.len--;
        doc->events.at[kept++] = *e;
    }
    doc->events.count = kept;
}

/* Drops the frames' events of a sentence or at a word that has one now. */
static void drop_frames(dln_doc *doc, uint32_t frames, const bool *discarded)
{
    uint32_t kept = 0;
    for (uint32_t i = 0; i < doc->events.count; i++) {
        const dln_event *e = &doc->events.at[i];
        bool gone = discarded[doc->tokens.at[e->token].sentence];
        for (uint32_t k = frames; i < frames && k < doc->events.count
                                  && !gone; k++)
            gone = doc->events.at[k].token == e->token;
        if (!gone)
            doc->events.at[kept++] = *e;
    }
    doc->events.count = kept;
}

dln_status dln_dictionary_run(const dln_dictionary *d, dln_doc *doc,
                              dln_arena *scratch)
{
    dln_dict_entity entities[DLN_DICT_MAX_ENTITIES];
    dln_dict_sentence s = {.d = d, .doc = doc, .scratch = scratch,
                           .entities = entities};
    if (!d)
        return DLN_OK;
    bool *discarded = dln_arena_array(scratch, doc->sentences.count + 1,
                                      sizeof *discarded);
    uint32_t frames = doc->events.count;
    if (!discarded)
        return DLN_NOMEM;
    s.day = doc->published.start;
    bool story = false;
    for (uint32_t i = 0; i < doc->sentences.count; i++) {
        s.sentence = i;
        discarded[i] = false;
        if (!read_words(&s))
            continue;
        int gone = discards(&s);
        discarded[i] = gone > 0;
        story |= gone == 2;
        uint32_t first = doc->events.count;
        if (!gone)
            code_sentence(&s);
        for (uint32_t e = 0; !gone && e < s.entity_count; e++)
            discarded[i] |= is_discard(s.entities[e].code);
        drop_subordinate(&s, first);
    }
    for (uint32_t i = 0; i < doc->sentences.count; i++)
        discarded[i] |= story;
    if (d->alone && frames) {
        memmove(doc->events.at, doc->events.at + frames,
                (doc->events.count - frames) * sizeof *doc->events.at);
        doc->events.count -= frames;
        frames = 0;
    }
    drop_frames(doc, frames, discarded);
    return DLN_OK;
}
