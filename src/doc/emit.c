/* SPDX-License-Identifier: Apache-2.0 */
#include "doc/emit.h"

#include <math.h>

static void text_field(dln_json *json, const char *key, const char *text)
{
    dln_json_field_str(json, key, dln_str_of(text));
}

static void bounds(dln_json *json, dln_span span)
{
    dln_json_field_int(json, "start", span.start);
    dln_json_field_int(json, "end", span.end);
}

static void pair(dln_json *json, dln_span span)
{
    dln_json_array(json);
    dln_json_int(json, span.start);
    dln_json_int(json, span.end);
    dln_json_close(json);
}

static void open_list(dln_json *json, const char *key)
{
    dln_json_key(json, key);
    dln_json_array(json);
}

static void interval_fields(dln_json *json, dln_interval when)
{
    char day[11];
    dln_day_text(day, when.start);
    text_field(json, "date_start", day);
    dln_day_text(day, when.end);
    text_field(json, "date_end", day);
    if (when.start != DLN_NO_DAY || when.end != DLN_NO_DAY)
        text_field(json, "date_precision",
                   dln_precision_text(when.precision));
}

void dln_emit_extract(const dln_doc *doc, dln_json *json)
{
    dln_json_key(json, "text");
    dln_json_str(json, doc->input);
    dln_json_field_str(json, "title", doc->title);
    dln_json_field_str(json, "byline", doc->byline);
    dln_json_field_str(json, "outlet", doc->outlet);
    if (doc->published_basis != DLN_BASIS_UNKNOWN)
        dln_json_field_str(json, "date", doc->published_text);
    dln_json_field_str(json, "canonical", doc->canonical);
    dln_json_field_str(json, "language", doc->language);
}

void dln_emit_item(const dln_doc *doc, dln_json *json)
{
    dln_json_field_str(json, "id", doc->id);
    dln_json_field_str(json, "uri", doc->uri);
    dln_json_field_str(json, "address", doc->address);
    dln_emit_extract(doc, json);
    dln_json_field_str(json, "wire_id", doc->wire_id);
    if (doc->wire_version != DLN_NONE)
        dln_json_field_int(json, "wire_version", doc->wire_version);
    dln_json_field_str(json, "wire_status", doc->wire_status);
    dln_json_field_str(json, "embargo", doc->embargo);
}

void dln_emit_clean(const dln_doc *doc, dln_json *json)
{
    char day[11];
    dln_json_key(json, "text");
    dln_json_str(json, doc->text);
    dln_json_field_str(json, "title", doc->title);
    dln_json_field_str(json, "byline", doc->byline);
    dln_json_field_str(json, "agency", doc->agency);
    dln_json_field_str(json, "outlet", doc->outlet);
    dln_json_field_str(json, "dateline_place", doc->dateline_place);
    dln_day_text(day, doc->published.start);
    text_field(json, "date", day);
    if (day[0])
        text_field(json, "date_basis", dln_basis_text(doc->published_basis));
    dln_json_field_str(json, "language", doc->language);
    dln_json_field_str(json, "wire_status", doc->wire_status);
    dln_json_field_str(json, "embargo", doc->embargo);
    open_list(json, "removed");
    for (uint32_t i = 0; i < doc->removed.count; i++) {
        const dln_removed *r = &doc->removed.at[i];
        dln_json_object(json);
        bounds(json, r->span);
        text_field(json, "reason", r->reason);
        dln_json_close(json);
    }
    dln_json_close(json);
}

void dln_emit_sentences(const dln_doc *doc, dln_json *json)
{
    open_list(json, "sentences");
    for (uint32_t s = 0; s < doc->sentences.count; s++) {
        const dln_sentence *sent = &doc->sentences.at[s];
        dln_json_object(json);
        bounds(json, sent->span);
        open_list(json, "tokens");
        for (uint32_t t = sent->token_begin; t < sent->token_end; t++) {
            const dln_token *token = &doc->tokens.at[t];
            dln_json_object(json);
            bounds(json, token->span);
            dln_json_field_str(json, "lemma", token->lemma);
            text_field(json, "upos", dln_upos_text(token->upos));
            text_field(json, "xpos", dln_xpos_text(token->xpos));
            if (token->feats != DLN_FEATS_NONE)
                text_field(json, "feats", dln_feats_text(token->feats));
            dln_json_key(json, "head");
            dln_json_int(json, token->head == DLN_NONE
                                   ? 0
                                   : (int64_t)token->head
                                         - sent->token_begin + 1);
            text_field(json, "deprel", dln_deprel_text(token->deprel));
            dln_json_close(json);
        }
        dln_json_close(json);
        dln_json_close(json);
    }
    dln_json_close(json);
}

void dln_emit_entities(const dln_doc *doc, dln_json *json)
{
    open_list(json, "entities");
    for (uint32_t i = 0; i < doc->entities.count; i++) {
        const dln_entity *e = &doc->entities.at[i];
        dln_json_object(json);
        bounds(json, e->span);
        text_field(json, "kind", dln_entity_text(e->kind));
        if (e->mention != DLN_NONE)
            dln_json_field_int(json, "cluster",
                               doc->mentions.at[e->mention].actor);
        dln_json_close(json);
    }
    dln_json_close(json);
}

void dln_emit_predicates(const dln_doc *doc, dln_json *json)
{
    open_list(json, "predicates");
    for (uint32_t i = 0; i < doc->predicates.count; i++) {
        const dln_predicate *p = &doc->predicates.at[i];
        dln_json_object(json);
        bounds(json, doc->tokens.at[p->token].span);
        open_list(json, "arguments");
        for (uint32_t k = 0; k < p->argument_count; k++) {
            dln_json_object(json);
            bounds(json, doc->tokens.at[p->arguments[k].token].span);
            text_field(json, "label",
                       dln_argument_text(p->arguments[k].label));
            dln_json_close(json);
        }
        dln_json_close(json);
        dln_json_close(json);
    }
    dln_json_close(json);
}

static void letter(dln_json *json, const char *key, char c)
{
    char text[2] = {c, 0};
    if (c)
        text_field(json, key, text);
}

void dln_emit_references(const dln_doc *doc, dln_json *json)
{
    open_list(json, "references");
    for (uint32_t i = 0; i < doc->references.count; i++) {
        const dln_reference *r = &doc->references.at[i];
        dln_json_object(json);
        bounds(json, r->span);
        dln_json_field_span(json, "head", doc->tokens.at[r->head].span);
        text_field(json, "form", dln_form_text(r->form));
        if (r->kind < DLN_ENT_COUNT)
            text_field(json, "kind", dln_entity_text(r->kind));
        letter(json, "number", r->number);
        letter(json, "gender", r->gender);
        letter(json, "animate", r->animate);
        dln_json_field_int(json, "chain", r->chain);
        dln_json_field_str(json, "why", r->why);
        dln_json_close(json);
    }
    dln_json_close(json);
}

void dln_emit_times(const dln_doc *doc, dln_json *json)
{
    if (doc->published_basis == DLN_BASIS_INFERRED) {
        dln_json_key(json, "date_inferred");
        dln_json_object(json);
        interval_fields(json, doc->published);
        dln_json_field_str(json, "text", doc->published_text);
        dln_json_close(json);
    }
    open_list(json, "times");
    for (uint32_t i = 0; i < doc->times.count; i++) {
        const dln_time *time = &doc->times.at[i];
        dln_json_object(json);
        bounds(json, time->span);
        text_field(json, "type", dln_time_type_text(time->type));
        dln_json_field_str(json, "value", time->value);
        interval_fields(json, time->when);
        dln_json_close(json);
    }
    dln_json_close(json);
}

static dln_str actor_name(const dln_doc *doc, uint32_t actor)
{
    return actor < doc->actors.count ? doc->actors.at[actor].name
                                     : (dln_str){NULL, 0};
}

void dln_emit_statements(const dln_doc *doc, dln_json *json)
{
    open_list(json, "statements");
    for (uint32_t i = 0; i < doc->statements.count; i++) {
        const dln_statement *s = &doc->statements.at[i];
        dln_json_object(json);
        bounds(json, s->span);
        dln_json_field_span(json, "source", s->source);
        dln_json_field_span(json, "cue", s->cue);
        open_list(json, "content");
        for (uint32_t c = 0; c < s->content_count; c++)
            pair(json, s->contents[c]);
        dln_json_close(json);
        text_field(json, "form", dln_statement_form_text(s->form));
        text_field(json, "act", dln_act_text(s->act));
        if (s->speaker_count) {
            dln_json_field_str(json, "speaker",
                               actor_name(doc, s->speakers[0]));
            open_list(json, "speakers");
            for (uint32_t k = 0; k < s->speaker_count; k++)
                dln_json_str(json, actor_name(doc, s->speakers[k]));
            dln_json_close(json);
        }
        dln_json_field_str(json, "addressee",
                           actor_name(doc, s->addressee));
        dln_json_close(json);
    }
    dln_json_close(json);
}

static void number_field(dln_json *json, const char *key, double value)
{
    if (isnan(value))
        return;
    dln_json_key(json, key);
    dln_json_num(json, value);
}

void dln_emit_figures(const dln_doc *doc, dln_json *json)
{
    open_list(json, "figures");
    for (uint32_t i = 0; i < doc->figures.count; i++) {
        const dln_figure *f = &doc->figures.at[i];
        dln_json_object(json);
        bounds(json, f->span);
        text_field(json, "quantity", dln_quantity_text(f->quantity));
        text_field(json, "relation", dln_relation_text(f->relation));
        number_field(json, "low", f->low);
        number_field(json, "high", f->high);
        dln_json_field_str(json, "unit", f->unit);
        text_field(json, "scope", dln_scope_text(f->scope));
        dln_json_field_str(json, "side", actor_name(doc, f->side));
        dln_json_field_str(json, "status", f->status);
        dln_json_field_str(json, "claimed_by",
                           actor_name(doc, f->claimed_by));
        dln_json_close(json);
    }
    dln_json_close(json);
}

static void parties(const dln_doc *doc, const dln_event *event,
                    dln_json *json, const char *key, dln_party_role role)
{
    open_list(json, key);
    for (uint32_t i = 0; i < event->party_count; i++) {
        const dln_party *p = &event->parties[i];
        if (p->role != role)
            continue;
        dln_json_object(json);
        if (dln_span_has(p->span))
            bounds(json, p->span);
        if (p->actor < doc->actors.count) {
            const dln_actor *a = &doc->actors.at[p->actor];
            dln_json_field_str(json, "name", a->name);
            text_field(json, "iso3", a->iso3);
            dln_json_field_str(json, "sector", a->sector);
            if (a->code.len)
                dln_json_field_str(json, "code", a->code);
        }
        dln_json_close(json);
    }
    dln_json_close(json);
}

void dln_emit_events(const dln_doc *doc, dln_json *json)
{
    open_list(json, "events");
    for (uint32_t i = 0; i < doc->events.count; i++) {
        const dln_event *e = &doc->events.at[i];
        dln_json_object(json);
        bounds(json, e->span);
        dln_json_field_str(json, "type", e->type);
        dln_json_field_str(json, "mode", e->mode);
        if (e->code.len)
            dln_json_field_str(json, "code", e->code);
        open_list(json, "contexts");
        for (uint32_t c = 0; c < e->context_count; c++)
            dln_json_str(json, e->contexts[c]);
        dln_json_close(json);
        text_field(json, "status", dln_event_status_text(e->status));
        text_field(json, "polarity", dln_polarity_text(e->polarity));
        dln_json_field_span(json, "trigger", e->trigger);
        parties(doc, e, json, "actors", DLN_PARTY_ACTOR);
        parties(doc, e, json, "recipients", DLN_PARTY_RECIPIENT);
        parties(doc, e, json, "mediators", DLN_PARTY_MEDIATOR);
        parties(doc, e, json, "hosts", DLN_PARTY_HOST);
        interval_fields(json, e->when);
        if (e->place < doc->places.count)
            dln_json_field_str(json, "place",
                               doc->places.at[e->place].name);
        dln_json_close(json);
    }
    dln_json_close(json);
}
