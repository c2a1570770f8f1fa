/* SPDX-License-Identifier: Apache-2.0 */
#include "doc/doc.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#define MAX_NOTES 1000

static void clear(dln_doc *doc, dln_arena *arena)
{
    *doc = (dln_doc){
        .arena = arena,
        .published = DLN_NO_INTERVAL,
        .fetched = DLN_NO_DAY,
        .wire_version = DLN_NONE,
        .dateline_place_index = DLN_NONE,
        .pair_source = DLN_NO_SPAN,
        .pair_target = DLN_NO_SPAN,
    };
}

dln_doc *dln_doc_new(size_t limit)
{
    dln_doc *doc = malloc(sizeof *doc);
    dln_arena *arena = dln_arena_new(limit);
    if (!doc || !arena) {
        free(doc);
        dln_arena_free(arena);
        return NULL;
    }
    clear(doc, arena);
    return doc;
}

void dln_doc_free(dln_doc *doc)
{
    if (!doc)
        return;
    dln_arena_free(doc->arena);
    free(doc);
}

void dln_doc_reset(dln_doc *doc)
{
    dln_arena_reset(doc->arena);
    clear(doc, doc->arena);
}

void dln_doc_note(dln_doc *doc, const char *room, dln_severity severity,
                  dln_span span, const char *format, ...)
{
    char text[500];
    va_list args;
    if (doc->notes.count >= MAX_NOTES)
        return;
    va_start(args, format);
    vsnprintf(text, sizeof text, format, args);
    va_end(args);
    dln_note *note = DLN_VEC_PUSH(doc->arena, &doc->notes);
    if (note)
        *note = (dln_note){room, severity, span,
                           dln_arena_str(doc->arena, dln_str_of(text))};
}

/* The beginning of a paragraph that can be read, to the end of a word where
 * there is one near. */
static dln_str readable(dln_doc *doc, dln_str line, uint32_t start)
{
    size_t end = DLN_PARAGRAPH_MAX_BYTES;
    if (line.len <= end)
        return line;
    for (size_t back = 0; back < 100; back++)
        if (dln_is_space(line.data[end - back])) {
            end -= back;
            break;
        }
    while (((unsigned char)line.data[end] & 0xC0) == 0x80)
        end--;
    dln_doc_note(doc, "doc", DLN_NOTE_WARN,
                 (dln_span){start, start + (uint32_t)line.len},
                 "paragraph of %zu bytes, only the first %zu are read",
                 line.len, end);
    return dln_str_trim(dln_str_sub(line, 0, end));
}

void dln_doc_split_paragraphs(dln_doc *doc)
{
    doc->paragraphs.count = 0;
    for (size_t at = 0; at < doc->text.len;) {
        size_t end = dln_str_find(doc->text, DLN_STR("\n"), at);
        dln_str line = dln_str_trim(dln_str_sub(doc->text, at, end));
        if (line.len) {
            uint32_t start = (uint32_t)(line.data - doc->text.data);
            dln_paragraph *p = DLN_VEC_PUSH(doc->arena, &doc->paragraphs);
            if (!p)
                return;
            line = readable(doc, line, start);
            p->span = (dln_span){start, start + (uint32_t)line.len};
        }
        at = end + 1;
    }
}

void dln_doc_link_children(dln_doc *doc)
{
    for (uint32_t i = 0; i < doc->tokens.count; i++)
        doc->tokens.at[i].child = doc->tokens.at[i].sibling = DLN_NONE;
    for (uint32_t i = doc->tokens.count; i-- > 0;) {
        dln_token *token = &doc->tokens.at[i];
        if (token->head >= doc->tokens.count)
            continue;
        token->sibling = doc->tokens.at[token->head].child;
        doc->tokens.at[token->head].child = i;
    }
}

dln_span dln_tokens_span(const dln_doc *doc, uint32_t begin, uint32_t end)
{
    if (begin >= end || end > doc->tokens.count)
        return DLN_NO_SPAN;
    return (dln_span){doc->tokens.at[begin].span.start,
                      doc->tokens.at[end - 1].span.end};
}

bool dln_is_below(const dln_doc *doc, uint32_t token, uint32_t ancestor)
{
    uint32_t steps = doc->tokens.count;
    while (token < doc->tokens.count && steps--) {
        if (token == ancestor)
            return true;
        token = doc->tokens.at[token].head;
    }
    return false;
}

void dln_subtree(const dln_doc *doc, uint32_t token, uint32_t *begin,
                 uint32_t *end)
{
    /* Leftmost path and rightmost path would do for projective trees; ours
     * may not be, so all descendants are walked, without a stack. */
    *begin = token;
    *end = token + 1;
    uint32_t at = token;
    for (;;) {
        if (doc->tokens.at[at].child != DLN_NONE) {
            at = doc->tokens.at[at].child;
        } else {
            while (at != token && doc->tokens.at[at].sibling == DLN_NONE)
                at = doc->tokens.at[at].head;
            if (at == token)
                return;
            at = doc->tokens.at[at].sibling;
        }
        if (at < *begin)
            *begin = at;
        if (at + 1 > *end)
            *end = at + 1;
    }
}

uint32_t dln_child(const dln_doc *doc, uint32_t token, dln_deprel deprel)
{
    for (uint32_t c = doc->tokens.at[token].child; c != DLN_NONE;
         c = doc->tokens.at[c].sibling) {
        dln_deprel d = (dln_deprel)doc->tokens.at[c].deprel;
        if (d == deprel || dln_deprel_base(d) == deprel)
            return c;
    }
    return DLN_NONE;
}

void dln_doc_set_arguments(dln_doc *doc, uint32_t predicate,
                           const dln_argument *arguments, uint32_t count)
{
    dln_predicate *p = &doc->predicates.at[predicate];
    if (count > DLN_ARGUMENTS_MAX)
        count = DLN_ARGUMENTS_MAX;
    dln_argument *copy = dln_arena_array(doc->arena, count, sizeof *copy);
    for (uint32_t i = 0; copy && i < count; i++) {
        uint32_t at = i;
        for (; at && copy[at - 1].token > arguments[i].token; at--)
            copy[at] = copy[at - 1];
        copy[at] = arguments[i];
    }
    p->arguments = copy;
    p->argument_count = copy ? count : 0;
}

void dln_doc_predicate(dln_doc *doc, uint32_t token,
                       const dln_argument *arguments, uint32_t count)
{
    dln_predicate *p = DLN_VEC_PUSH(doc->arena, &doc->predicates);
    if (!p)
        return;
    p->token = token;
    dln_doc_set_arguments(doc, doc->predicates.count - 1, arguments, count);
}

uint32_t dln_first_from(const void *items, uint32_t count, size_t size,
                        size_t field, uint64_t least)
{
    uint32_t lo = 0, hi = count;
    while (lo < hi) {
        uint32_t mid = lo + (hi - lo) / 2, here;
        memcpy(&here, (const char *)items + mid * size + field,
               sizeof here);
        if (here < least)
            lo = mid + 1;
        else
            hi = mid;
    }
    return lo;
}

uint32_t dln_predicate_at(const dln_doc *doc, uint32_t token)
{
    uint32_t p = dln_first_from(doc->predicates.at, doc->predicates.count,
                                sizeof(dln_predicate),
                                offsetof(dln_predicate, token), token);
    return p < doc->predicates.count && doc->predicates.at[p].token == token
               ? p : DLN_NONE;
}

uint32_t dln_argument_of(const dln_doc *doc, uint32_t predicate,
                         dln_argument_label label)
{
    if (predicate >= doc->predicates.count)
        return DLN_NONE;
    const dln_predicate *p = &doc->predicates.at[predicate];
    for (uint32_t i = 0; i < p->argument_count; i++)
        if (p->arguments[i].label == label)
            return p->arguments[i].token;
    return DLN_NONE;
}

uint32_t dln_token_at(const dln_doc *doc, uint32_t at)
{
    uint32_t t = dln_first_from(doc->tokens.at, doc->tokens.count,
                                sizeof(dln_token),
                                offsetof(dln_token, span.end),
                                (uint64_t)at + 1);
    return t < doc->tokens.count ? t : DLN_NONE;
}

uint32_t dln_mentions_behind(const dln_doc *doc, uint32_t token)
{
    return dln_first_from(doc->mentions.at, doc->mentions.count,
                          sizeof(dln_mention),
                          offsetof(dln_mention, token_begin),
                          (uint64_t)token + 1);
}

uint32_t dln_mention_at(const dln_doc *doc, uint32_t token)
{
    /* The closest one starts at or before the token, and nesting is
     * shallow. */
    uint32_t best = DLN_NONE;
    uint32_t behind = dln_mentions_behind(doc, token);
    for (uint32_t i = behind, seen = 0; i-- > 0 && seen < 16; seen++) {
        const dln_mention *m = &doc->mentions.at[i];
        if (m->token_end <= token)
            continue;
        if (m->head == token)
            return i;
        if (best == DLN_NONE)
            best = i;
    }
    return best;
}

#define TEXT_OF(name, type, ...)                                        \
    const char *name(type value)                                        \
    {                                                                   \
        static const char *const texts[] = {__VA_ARGS__};               \
        return (unsigned)value < sizeof texts / sizeof *texts           \
                   ? texts[value] : "";                                 \
    }

#define OF_TEXT(name, type, text_of, none)                              \
    type name(dln_str text)                                             \
    {                                                                   \
        for (int i = 0; i < (int)(none); i++)                           \
            if (dln_str_is(text, text_of((type)i)))                     \
                return (type)i;                                         \
        return none;                                                    \
    }

#define X_TEXT(name, text) text,
#define X_NAME(name) #name,

TEXT_OF(dln_basis_text, dln_basis, "unknown", "metadata", "text", "given",
        "inferred")
TEXT_OF(dln_entity_text, dln_entity_kind, DLN_ENTITY_LIST(X_NAME))
OF_TEXT(dln_entity_of, dln_entity_kind, dln_entity_text, DLN_ENT_COUNT)
TEXT_OF(dln_argument_text, dln_argument_label, DLN_ARGUMENT_LIST(X_TEXT))
OF_TEXT(dln_argument_label_of, dln_argument_label, dln_argument_text,
        DLN_ARGUMENT_COUNT)
TEXT_OF(dln_form_text, dln_mention_form, "name", "title", "demonym",
        "nominal", "pronoun")
TEXT_OF(dln_actor_kind_text, dln_actor_kind, "person", "country",
        "organisation", "armed_group", "population", "body")
TEXT_OF(dln_place_precision_text, dln_place_precision, "unknown", "point",
        "near", "city", "district", "region", "country")
TEXT_OF(dln_time_type_text, dln_time_type, "DATE", "TIME", "DURATION",
        "SET")
TEXT_OF(dln_statement_form_text, dln_statement_form, "direct", "indirect",
        "mixed")
TEXT_OF(dln_act_text, dln_act, DLN_ACT_LIST(X_TEXT))
OF_TEXT(dln_act_of, dln_act, dln_act_text, DLN_ACT_COUNT)
TEXT_OF(dln_quantity_text, dln_quantity, DLN_QUANTITY_LIST(X_TEXT))
OF_TEXT(dln_quantity_of, dln_quantity, dln_quantity_text, DLN_QTY_COUNT)
TEXT_OF(dln_relation_text, dln_relation, DLN_RELATION_LIST(X_TEXT))
OF_TEXT(dln_relation_of, dln_relation, dln_relation_text,
        DLN_RELATION_COUNT)
TEXT_OF(dln_scope_text, dln_scope, "total", "increment", "subset",
        "other_event")
TEXT_OF(dln_event_status_text, dln_event_status, "actual", "ongoing",
        "planned", "hypothetical", "historical")
TEXT_OF(dln_polarity_text, dln_polarity, "asserted", "negated", "denied")
TEXT_OF(dln_party_role_text, dln_party_role, "actor", "recipient",
        "mediator", "host", "participant", "party",
        "guarantor")
TEXT_OF(dln_severity_text, dln_severity, "info", "warning", "error")
