/* SPDX-License-Identifier: Apache-2.0 */
/* Agreements and what goes with them, as the fields of their stage. */
#include <math.h>

#include "doc/emit.h"

static void field(dln_json *json, const char *key, const char *text)
{
    dln_json_field_str(json, key, dln_str_of(text));
}

static void list(dln_json *json, const char *key)
{
    dln_json_key(json, key);
    dln_json_array(json);
}

static void start_end(dln_json *json, dln_span span)
{
    dln_json_field_int(json, "start", span.start);
    dln_json_field_int(json, "end", span.end);
}

static void day(dln_json *json, const char *key, int32_t value)
{
    char text[11];
    dln_day_text(text, value);
    field(json, key, text);
}

static dln_str name(const dln_doc *doc, uint32_t actor)
{
    return actor < doc->actors.count ? doc->actors.at[actor].name
                                     : (dln_str){NULL, 0};
}

static void names(const dln_doc *doc, dln_json *json, const char *key,
                  const uint32_t *actors, uint32_t count)
{
    list(json, key);
    for (uint32_t i = 0; i < count; i++)
        dln_json_str(json, name(doc, actors[i]));
    dln_json_close(json);
}

static void emit_pacts(const dln_doc *doc, dln_json *json)
{
    list(json, "agreements");
    for (uint32_t i = 0; i < doc->pacts.count; i++) {
        const dln_pact *p = &doc->pacts.at[i];
        dln_json_object(json);
        start_end(json, p->span);
        dln_json_field_str(json, "kind", p->kind);
        dln_json_field_str(json, "stage", p->stage);
        field(json, "status", p->made ? "made" : "sought");
        if (p->same != DLN_NONE)
            dln_json_field_int(json, "same_as", p->same);
        day(json, "date_start", p->when.start);
        day(json, "date_end", p->when.end);
        if (p->place < doc->places.count)
            dln_json_field_str(json, "place",
                               doc->places.at[p->place].name);
        list(json, "parties");
        for (uint32_t k = 0; k < p->party_count; k++) {
            dln_json_object(json);
            field(json, "role", dln_party_role_text(p->parties[k].role));
            dln_json_field_str(json, "name",
                               name(doc, p->parties[k].actor));
            dln_json_close(json);
        }
        dln_json_close(json);
        dln_json_field_str(json, "why", p->why);
        dln_json_close(json);
    }
    dln_json_close(json);
}

static void emit_commitments(const dln_doc *doc, dln_json *json)
{
    list(json, "obligations");
    for (uint32_t i = 0; i < doc->commitments.count; i++) {
        const dln_commitment *c = &doc->commitments.at[i];
        dln_json_object(json);
        start_end(json, c->span);
        names(doc, json, "debtors", c->debtors, c->debtor_count);
        dln_json_field_str(json, "act", c->act);
        dln_json_field_str(json, "object", dln_doc_str(doc, c->object));
        field(json, "basis", c->basis);
        dln_json_field_str(json, "beneficiary", name(doc, c->beneficiary));
        day(json, "due_start", c->due.start);
        day(json, "due_end", c->due.end);
        dln_json_field_str(json, "condition",
                           dln_doc_str(doc, c->condition));
        dln_json_field_str(json, "issue", c->issue);
        if (c->pact != DLN_NONE)
            dln_json_field_int(json, "agreement", c->pact);
        dln_json_field_str(json, "claimed_by", name(doc, c->claimed_by));
        dln_json_field_str(json, "why", c->why);
        dln_json_close(json);
    }
    dln_json_close(json);
    list(json, "compliance");
    for (uint32_t i = 0; i < doc->compliances.count; i++) {
        const dln_compliance *c = &doc->compliances.at[i];
        dln_json_object(json);
        start_end(json, c->span);
        dln_json_field_int(json, "level", c->level);
        dln_json_field_str(json, "debtor", name(doc, c->debtor));
        dln_json_field_str(json, "act", c->act);
        if (c->pact != DLN_NONE)
            dln_json_field_int(json, "agreement", c->pact);
        dln_json_field_str(json, "issue", c->issue);
        dln_json_field_str(json, "claimed_by", name(doc, c->claimed_by));
        dln_json_field_str(json, "why", c->why);
        dln_json_close(json);
    }
    dln_json_close(json);
}

static void emit_mandates(const dln_doc *doc, dln_json *json)
{
    list(json, "mandates");
    for (uint32_t i = 0; i < doc->mandates.count; i++) {
        const dln_mandate *m = &doc->mandates.at[i];
        dln_json_object(json);
        start_end(json, m->span);
        dln_json_field_str(json, "body", name(doc, m->actor));
        dln_json_field_str(json, "task", dln_doc_str(doc, m->task));
        if (!isnan(m->low)) {
            dln_json_key(json, "size_low");
            dln_json_num(json, m->low);
        }
        if (!isnan(m->high)) {
            dln_json_key(json, "size_high");
            dln_json_num(json, m->high);
        }
        dln_json_field_str(json, "term", dln_doc_str(doc, m->term_words));
        day(json, "term_start", m->term.start);
        day(json, "term_end", m->term.end);
        names(doc, json, "members", m->members, m->member_count);
        if (m->pact != DLN_NONE)
            dln_json_field_int(json, "agreement", m->pact);
        dln_json_field_str(json, "why", m->why);
        dln_json_close(json);
    }
    dln_json_close(json);
}

static void emit_topics(const dln_doc *doc, dln_json *json)
{
    list(json, "issues");
    for (uint32_t i = 0; i < doc->topics.count; i++) {
        const dln_topic *t = &doc->topics.at[i];
        const dln_statement *s = &doc->statements.at[t->statement];
        dln_json_object(json);
        start_end(json, t->span);
        dln_json_field_str(json, "issue", t->issue);
        dln_json_field_str(json, "stance", t->stance);
        names(doc, json, "speakers", s->speakers, s->speaker_count);
        dln_json_field_str(json, "why", t->why);
        dln_json_close(json);
    }
    dln_json_close(json);
    list(json, "outcomes");
    for (uint32_t i = 0; i < doc->outcomes.count; i++) {
        const dln_outcome *o = &doc->outcomes.at[i];
        dln_json_object(json);
        start_end(json, o->span);
        dln_json_field_str(json, "outcome", o->outcome);
        dln_json_field_str(json, "duration", o->duration);
        dln_json_field_span(json, "meeting",
                            doc->events.at[o->event].trigger);
        dln_json_close(json);
    }
    dln_json_close(json);
}

void dln_emit_agreements(const dln_doc *doc, dln_json *json)
{
    emit_pacts(doc, json);
    emit_commitments(doc, json);
    emit_mandates(doc, json);
    emit_topics(doc, json);
}
