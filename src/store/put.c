/* SPDX-License-Identifier: Apache-2.0 */
/*
 * One report, all its layers → rows of layers 1 and 2.
 *
 * The id of a mention is a letter, eight hex digits of its report's id and
 * eight of its own content, so that what one report says lies together in
 * the tables; two of the same content are told apart by their order. A span
 * that is not inside the text, or cuts a character, is a fault of a stage:
 * the row is left out (or the span, where it may be absent) with a note, so
 * no record holds evidence that cannot be shown.
 */
#include <assert.h>
#include <math.h>
#include <stdio.h>

#include "base/io.h"
#include "base/map.h"
#include "base/utf8.h"
#include "store/store_p.h"

#define BATCH 200           /* reports a transaction */
#define MAX_NAME 200        /* bytes of a name worth keeping */

enum {
    PUT_REPORT, PUT_SENTENCE, PUT_NOTE, PUT_ACTOR, PUT_NAME, PUT_ROLE,
    PUT_TIME, PUT_MENTION, PUT_PLACE, PUT_PLACE_NAME, PUT_PLACE_MENTION,
    PUT_EVENT, PUT_PARTY, PUT_CONTEXT, PUT_STATEMENT, PUT_CONTENT,
    PUT_SPEAKER, PUT_FIGURE, PUT_META, PUT_SEEN, GET_SEEN, GET_OLD,
    DROP_FAILED, DROP_FAILED_MARK, PUT_ADDRESS, PUT_PACT, PUT_PACT_PARTY,
    PUT_DUTY, PUT_DEBTOR, PUT_COMPLIANCE, PUT_MANDATE, PUT_MEMBER,
    PUT_TOPIC, PUT_OUTCOME, PUT_COUNT
};
static_assert((int)PUT_COUNT <= (int)DLN_STORE_STATEMENTS,
              "more room in store_p.h");

static const char *const sql[PUT_COUNT] = {
    [PUT_REPORT] = "INSERT INTO report (id, given_id, uri, outlet, agency, "
        "byline, title, published, published_end, published_precision, "
        "published_basis, published_text, dateline_place, place_id, "
        "language, text, sha256, ingested, address, canonical, wire_id, "
        "wire_version, wire_status, embargo, digest, coder) "
        "VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)",
    [PUT_SENTENCE] = "INSERT INTO sentence VALUES (?,?,?,?,?)",
    [PUT_NOTE] = "INSERT OR IGNORE INTO note VALUES (?,?,?,?,?,?,?,?)",
    [PUT_ACTOR] = "INSERT INTO report_actor "
        "VALUES (?,?,?,?,?,?,?,?,?,?,?,NULL,NULL)",
    [PUT_NAME] = "INSERT INTO report_actor_name VALUES (?,?,?,1) "
        "ON CONFLICT DO UPDATE SET mentions = mentions + 1",
    [PUT_ROLE] = "INSERT INTO report_role VALUES (?,?,?,?,?,?,?,?)",
    [PUT_TIME] = "INSERT INTO time_mention VALUES (?,?,?,?,?,?,?,?,?,?)",
    [PUT_MENTION] = "INSERT INTO actor_mention VALUES (?,?,?,?,?,NULL,?,?)",
    /* Reports that know a place differently: the smallest row, whatever the
     * order they come in. */
    [PUT_PLACE] = "INSERT INTO place VALUES (?1,?2,?3,?4,?5,?6,?7,?8)"
        DLN_PLACE_CONFLICT,
    [PUT_PLACE_NAME] = "INSERT OR IGNORE INTO place_name VALUES (?,?,?)",
    [PUT_PLACE_MENTION] = "INSERT INTO place_mention VALUES (?,?,?,?,?,?)",
    [PUT_EVENT] = "INSERT INTO event_mention (id, report_id, span_start, "
        "span_end, trigger_start, trigger_end, type, mode, status, "
        "polarity, date_start, date_end, date_precision, time_id, place_id, "
        "attributed_n, statement_id, why) "
        "VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)",
    [PUT_PARTY] = "INSERT INTO event_mention_party "
        "VALUES (?,?,?,?,NULL,?,?)",
    [PUT_CONTEXT] = "INSERT OR IGNORE INTO event_mention_context "
        "VALUES (?,?)",
    [PUT_STATEMENT] = "INSERT INTO statement (id, report_id, span_start, "
        "span_end, source_start, source_end, cue_start, cue_end, "
        "content_start, content_end, form, act, addressee_n, date_start, "
        "date_end, date_precision, inside_id, why) "
        "VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)",
    [PUT_CONTENT] = "INSERT INTO statement_content VALUES (?,?,?,?)",
    [PUT_SPEAKER] = "INSERT INTO statement_speaker VALUES (?,?,?,NULL)",
    [PUT_FIGURE] = "INSERT INTO figure (id, report_id, span_start, "
        "span_end, number_start, number_end, quantity, relation, low, high, "
        "unit, side_n, status, scope, as_of, as_of_end, as_of_precision, "
        "claimed_n, claim_start, claim_end, event_mention_id, why) "
        "VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)",
    [PUT_PACT] = "INSERT INTO report_agreement VALUES "
        "(?,?,?,?,?,?,?,?,?,?,?,?,?,NULL,?,NULL)",
    [PUT_PACT_PARTY] = "INSERT INTO report_agreement_party "
        "VALUES (?,?,?,?,?,?)",
    [PUT_DUTY] = "INSERT INTO report_obligation VALUES "
        "(?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,NULL,?)",
    [PUT_DEBTOR] = "INSERT INTO report_obligation_debtor VALUES (?,?,?)",
    [PUT_COMPLIANCE] = "INSERT INTO report_compliance VALUES "
        "(?,?,?,?,?,?,?,?,?,?,?,?,?,?)",
    [PUT_MANDATE] = "INSERT INTO report_mandate VALUES "
        "(?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)",
    [PUT_MEMBER] = "INSERT INTO report_mandate_member VALUES (?,?,?)",
    [PUT_TOPIC] = "INSERT INTO statement_issue VALUES (?,?,?,?,?,?,?)",
    [PUT_OUTCOME] = "INSERT INTO report_outcome VALUES (?,?,?,?,?,?,?,?)",
    [PUT_META] = "INSERT INTO meta VALUES (?,?) "
        "ON CONFLICT DO UPDATE SET value = excluded.value",
    [PUT_SEEN] = "INSERT OR IGNORE INTO main.put_now VALUES (?)",
    [GET_SEEN] = "SELECT 1 FROM main.put_now WHERE id = ?",
    [GET_OLD] = "SELECT digest, ingested FROM report WHERE id = ?",
    [DROP_FAILED] = "DELETE FROM note WHERE id IN "
        "(SELECT id FROM temp.failed_before WHERE uri = ?)",
    /* The same report in several places: the first by name. */
    [PUT_ADDRESS] = "UPDATE report SET address = ?2 WHERE id = ?1 AND "
        "(address IS NULL OR address > ?2)",
    [DROP_FAILED_MARK] = "DELETE FROM temp.failed_before WHERE uri = ?",
};

/* One call of dln_store_put. */
typedef struct put {
    dln_store *store;
    const dln_doc *doc;
    dln_error *error;
    dln_str report;         /* its id */
    dln_map twins;          /* id of content → how many */
    dln_str *times, *statements, *events, *pacts; /* ids; empty: left out */
    const char *ingested;
    bool same;              /* the record has this very report */
    uint32_t faults;        /* rows left out */
} put;

static int prepare(dln_store *store, int which)
{
    if (store->put[which])
        return SQLITE_OK;
    return sqlite3_prepare_v3(store->db, sql[which], -1,
                              SQLITE_PREPARE_PERSISTENT,
                              &store->put[which], NULL);
}

/* Runs statement `which` with these values (see dln_query_bind). */
static dln_status row(dln_store *store, dln_error *error, int which,
                      const char *format, ...)
{
    va_list args;
    int rc = prepare(store, which);
    if (rc == SQLITE_OK) {
        va_start(args, format);
        rc = dln_store__bind(store->put[which], format, args);
        va_end(args);
    }
    if (rc == SQLITE_OK)
        rc = sqlite3_step(store->put[which]);
    dln_status status = rc == SQLITE_DONE || rc == SQLITE_ROW
                            ? DLN_OK : dln_store__fail(store, rc, error);
    sqlite3_reset(store->put[which]);
    return status;
}

dln_status dln_store_meta(dln_store *store, const char *key, dln_str value,
                          dln_error *error)
{
    return row(store, error, PUT_META, "zS", key, value);
}

void dln_report_key_of(dln_report_key *key, dln_str id, dln_str uri,
                       dln_str raw, const dln_str *given, size_t count)
{
    dln_str pieces[24] = {id, uri, raw};
    key->id[0] = 'r';
    dln_content_id(key->id + 1, pieces, 3);
    dln_sha256_hex(key->sha256, raw);
    pieces[2] = dln_str_of(key->sha256);
    for (size_t i = 0; i < count && i < 21; i++)
        pieces[3 + i] = given[i];
    dln_content_id(key->digest, pieces, 3 + (count < 21 ? count : 21));
}

/* Notes of earlier builds on this input are out of date. */
static dln_status met(dln_store *store, dln_str uri, dln_error *error)
{
    if (!uri.len)
        return DLN_OK;
    DLN_TRY(row(store, error, DROP_FAILED, "s", uri));
    return row(store, error, DROP_FAILED_MARK, "s", uri);
}

/* A report that is as it was was met again. */
static dln_status met_again(dln_store *store, const dln_report_key *key,
                            dln_str uri, dln_str address)
{
    DLN_TRY(dln_store__batch(store, NULL));
    DLN_TRY(met(store, uri, NULL));
    if (address.len)
        DLN_TRY(row(store, NULL, PUT_ADDRESS, "zs", key->id, address));
    return row(store, NULL, PUT_SEEN, "z", key->id);
}

bool dln_store_has(dln_store *store, const dln_report_key *key, dln_str uri,
                   dln_str address)
{
    if (!store->has
        && sqlite3_prepare_v3(store->db, "SELECT 1 FROM report WHERE id = ? "
                              "AND digest = ? AND coder = ?", -1,
                              SQLITE_PREPARE_PERSISTENT, &store->has, NULL)
               != SQLITE_OK)
        return false;
    sqlite3_bind_text(store->has, 1, key->id, -1, SQLITE_STATIC);
    sqlite3_bind_text(store->has, 2, key->digest, -1, SQLITE_STATIC);
    sqlite3_bind_text(store->has, 3, store->coder, -1, SQLITE_STATIC);
    bool found = sqlite3_step(store->has) == SQLITE_ROW;
    sqlite3_reset(store->has);
    return found && met_again(store, key, uri, address) == DLN_OK;
}

static bool boundary(dln_str text, uint32_t at)
{
    return at == text.len || ((unsigned char)text.data[at] & 0xC0) != 0x80;
}

static bool valid(const put *p, dln_span span)
{
    return span.start < span.end && span.end <= p->doc->text.len
           && boundary(p->doc->text, span.start)
           && boundary(p->doc->text, span.end);
}

/* A span that may be absent. */
static dln_span maybe(const put *p, dln_span span)
{
    return valid(p, span) ? span : DLN_NO_SPAN;
}

static dln_str make_id(put *p, char letter, dln_span span, dln_str what)
{
    dln_arena *arena = p->doc->arena;
    dln_str place = dln_arena_printf(arena, "%c:%u:%u", letter, span.start,
                                     span.end);
    dln_str pieces[] = {p->report, place, what, {"", 0}};
    char hash[17];
    for (;;) {
        dln_content_id(hash, pieces, 4);
        hash[8] = '\0';
        dln_str id = dln_arena_printf(arena, "%c%.8s%s", letter,
                                      p->report.data + 1, hash);
        uint32_t twin = dln_map_get(&p->twins, id);
        if (dln_arena_oom(arena)
            || dln_map_set(&p->twins, id, twin == DLN_NONE ? 0 : twin + 1)
                   == DLN_NONE
            || twin == DLN_NONE)
            return id;
        pieces[3] = dln_arena_printf(arena, "%u", twin + 1);
    }
}

static dln_str *id_array(put *p, uint32_t count)
{
    return dln_arena_array(p->doc->arena, count ? count : 1,
                           sizeof(dln_str));
}

static dln_str id_at(const dln_str *ids, uint32_t count, uint32_t index)
{
    return index < count ? ids[index] : (dln_str){"", 0};
}

static uint32_t actor_at(const put *p, uint32_t actor)
{
    return actor < p->doc->actors.count ? actor : DLN_NONE;
}

/* Key of a place that has a row. */
static dln_str place_at(const put *p, uint32_t place)
{
    return place < p->doc->places.count ? p->doc->places.at[place].key
                                        : (dln_str){"", 0};
}

static dln_status put_report(put *p, const dln_report_key *key)
{
    const dln_doc *d = p->doc;
    return row(p->store, p->error, PUT_REPORT, "sssssssvzssssSzzsssisszS",
               p->report, d->id, d->uri, d->outlet, d->agency, d->byline,
               d->title, d->published, dln_basis_text(d->published_basis),
               d->published_text, d->dateline_place,
               place_at(p, d->dateline_place_index), d->language, d->text,
               key->sha256, p->ingested, d->address, d->canonical,
               d->wire_id, d->wire_version, d->wire_status, d->embargo,
               key->digest, dln_str_of(p->store->coder));
}

static dln_status put_note(put *p, const char *room, dln_severity severity,
                           dln_span span, dln_str text)
{
    dln_str words[] = {dln_str_of(room), dln_str_of(
        dln_severity_text(severity)), text};
    char hash[17];
    dln_content_id(hash, words, 3);
    dln_str id = make_id(p, 'o', span, dln_str_of(hash));
    return row(p->store, p->error, PUT_NOTE, "sssSSpS", id, p->report,
               p->doc->uri, words[0], words[1], maybe(p, span), text);
}

static dln_status put_sentences(put *p)
{
    const dln_doc *d = p->doc;
    for (uint32_t i = 0; i < d->sentences.count; i++) {
        const dln_sentence *s = &d->sentences.at[i];
        if (valid(p, s->span))
            DLN_TRY(row(p->store, p->error, PUT_SENTENCE, "sipi", p->report,
                        i, s->span, s->paragraph));
        else
            p->faults++;
    }
    return DLN_OK;
}

/* "3,7,8" of a group's members. */
static dln_str members_text(put *p, const dln_actor *a)
{
    dln_str text = {"", 0};
    for (uint32_t i = 0; i < a->member_count && i < 64; i++)
        if (actor_at(p, a->members[i]) != DLN_NONE)
            text = dln_arena_printf(p->doc->arena, "%.*s%s%u",
                                    DLN_ARG(text), text.len ? "," : "",
                                    a->members[i]);
    return text;
}

static dln_status put_name(put *p, uint32_t actor, dln_str name)
{
    name = dln_str_trim(name);
    if (!name.len || name.len > MAX_NAME || memchr(name.data, '\n', name.len))
        return DLN_OK;
    return row(p->store, p->error, PUT_NAME, "siS", p->report, actor, name);
}

static dln_status put_actors(put *p)
{
    const dln_doc *d = p->doc;
    for (uint32_t i = 0; i < d->actors.count; i++) {
        const dln_actor *a = &d->actors.at[i];
        char gender[2] = {a->gender, '\0'};
        dln_str key = a->key;
        if (!key.len)
            key = dln_arena_printf(d->arena, "local:%.*s:%u",
                                   DLN_ARG(p->report), i);
        DLN_TRY(row(p->store, p->error, PUT_ACTOR, "siSszzsizns", p->report,
                    i, key, a->name, dln_actor_kind_text(a->kind), a->iso3,
                    a->sector, actor_at(p, a->parent), gender,
                    (int64_t)a->plural, members_text(p, a)));
        DLN_TRY(put_name(p, i, a->name));
    }
    for (uint32_t i = 0; i < d->mentions.count; i++) {
        const dln_mention *m = &d->mentions.at[i];
        uint32_t actor = actor_at(p, m->actor);
        if (!valid(p, m->span)) {
            p->faults++;
            continue;
        }
        dln_str form = dln_str_of(dln_form_text(m->form));
        DLN_TRY(row(p->store, p->error, PUT_MENTION, "sspiSs",
                    make_id(p, 'n', m->span, form), p->report, m->span,
                    actor, form, m->why));
        if (m->form == DLN_FORM_NAME && actor != DLN_NONE)
            DLN_TRY(put_name(p, actor, dln_doc_str(d, m->span)));
    }
    for (uint32_t i = 0; i < d->roles.count; i++) {
        const dln_role *r = &d->roles.at[i];
        if (actor_at(p, r->actor) == DLN_NONE || !r->title.len)
            continue;
        DLN_TRY(row(p->store, p->error, PUT_ROLE, "siiSinp", p->report, i,
                    r->actor, r->title, actor_at(p, r->of),
                    (int64_t)r->former, maybe(p, r->span)));
    }
    return DLN_OK;
}

static dln_status put_places(put *p)
{
    const dln_doc *d = p->doc;
    for (uint32_t i = 0; i < d->places.count; i++) {
        const dln_place *a = &d->places.at[i];
        if (a->key.len) {
            dln_str name = a->name.len ? a->name : a->key;
            DLN_TRY(row(p->store, p->error, PUT_PLACE, "SSszddzi", a->key,
                        name, a->kind, a->country,
                        isfinite(a->lat) ? a->lat : (double)NAN,
                        isfinite(a->lon) ? a->lon : (double)NAN,
                        dln_place_precision_text(a->precision),
                        a->geonameid));
            DLN_TRY(row(p->store, p->error, PUT_PLACE_NAME, "SSS", a->key,
                        name, DLN_STR("")));
        }
        if (!valid(p, a->span)) {
            /* Places may come from elsewhere than the text. */
            p->faults += dln_span_has(a->span);
            continue;
        }
        dln_str words = dln_doc_str(d, a->span);
        if (a->key.len && words.len <= MAX_NAME
            && !memchr(words.data, '\n', words.len))
            DLN_TRY(row(p->store, p->error, PUT_PLACE_NAME, "SSS", a->key,
                        words, d->language.len ? d->language
                                               : DLN_STR("en")));
        DLN_TRY(row(p->store, p->error, PUT_PLACE_MENTION, "sspss",
                    make_id(p, 'p', a->span, a->key), p->report, a->span,
                    a->key, a->why));
    }
    return DLN_OK;
}

static dln_status put_times(put *p)
{
    const dln_doc *d = p->doc;
    for (uint32_t i = 0; i < d->times.count; i++) {
        const dln_time *t = &d->times.at[i];
        if (!valid(p, t->span)) {
            p->faults++;
            continue;
        }
        p->times[i] = make_id(p, 't', t->span, t->value);
        DLN_TRY(row(p->store, p->error, PUT_TIME, "sspzsvs", p->times[i],
                    p->report, t->span, dln_time_type_text(t->type),
                    t->value, t->when, t->why));
    }
    return DLN_OK;
}

/* First to last piece of the content. */
static dln_span content_of(const put *p, const dln_statement *s)
{
    if (!s->content_count)
        return DLN_NO_SPAN;
    return maybe(p, (dln_span){s->contents[0].start,
                               s->contents[s->content_count - 1].end});
}

static void id_statements(put *p)
{
    const dln_doc *d = p->doc;
    for (uint32_t i = 0; i < d->statements.count; i++) {
        const dln_statement *s = &d->statements.at[i];
        dln_str what = dln_arena_printf(
            d->arena, "%s:%s:%u:%u", dln_act_text(s->act),
            dln_statement_form_text(s->form), s->cue.start,
            content_of(p, s).start);
        if (valid(p, s->span))
            p->statements[i] = make_id(p, 's', s->span, what);
        else
            p->faults++;
    }
}

static dln_status put_statements(put *p)
{
    const dln_doc *d = p->doc;
    for (uint32_t i = 0; i < d->statements.count; i++) {
        const dln_statement *s = &d->statements.at[i];
        dln_str id = p->statements[i];
        if (!id.len)
            continue;
        DLN_TRY(row(p->store, p->error, PUT_STATEMENT, "sspppp" "zzivss", id,
                    p->report, s->span, maybe(p, s->source),
                    maybe(p, s->cue), content_of(p, s),
                    dln_statement_form_text(s->form), dln_act_text(s->act),
                    actor_at(p, s->addressee), s->when,
                    s->inside == i ? (dln_str){"", 0}
                                   : id_at(p->statements,
                                           d->statements.count, s->inside),
                    s->why));
        for (uint32_t k = 0; k < s->content_count; k++)
            if (valid(p, s->contents[k]))
                DLN_TRY(row(p->store, p->error, PUT_CONTENT, "sip", id, k,
                            s->contents[k]));
        for (uint32_t k = 0; k < s->speaker_count; k++)
            if (actor_at(p, s->speakers[k]) != DLN_NONE)
                DLN_TRY(row(p->store, p->error, PUT_SPEAKER, "sii", id, k,
                            s->speakers[k]));
    }
    return DLN_OK;
}

static dln_status put_parties(put *p, dln_str id, const dln_event *e)
{
    for (uint32_t k = 0; k < e->party_count; k++)
        DLN_TRY(row(p->store, p->error, PUT_PARTY, "sizip", id, k,
                    dln_party_role_text(e->parties[k].role),
                    actor_at(p, e->parties[k].actor),
                    maybe(p, e->parties[k].span)));
    for (uint32_t k = 0; k < e->context_count; k++)
        DLN_TRY(row(p->store, p->error, PUT_CONTEXT, "sS", id,
                    e->contexts[k]));
    return DLN_OK;
}

static dln_status put_events(put *p)
{
    const dln_doc *d = p->doc;
    for (uint32_t i = 0; i < d->events.count; i++) {
        const dln_event *e = &d->events.at[i];
        dln_span span = e->span;
        if (!valid(p, e->trigger)) {
            p->faults++;
            continue;
        }
        if (!valid(p, span))
            span = e->trigger;
        if (span.start > e->trigger.start)
            span.start = e->trigger.start;
        if (span.end < e->trigger.end)
            span.end = e->trigger.end;
        dln_str what = dln_arena_printf(
            d->arena, "%u:%u:%.*s:%.*s:%d:%d", e->trigger.start,
            e->trigger.end, DLN_ARG(e->type), DLN_ARG(e->mode),
            (int)e->status, (int)e->polarity);
        dln_str id = make_id(p, 'm', span, what);
        p->events[i] = id;
        DLN_TRY(row(p->store, p->error, PUT_EVENT, "ssppSszzvssiss", id,
                    p->report, span, e->trigger, e->type, e->mode,
                    dln_event_status_text(e->status),
                    dln_polarity_text(e->polarity), e->when,
                    id_at(p->times, d->times.count, e->time),
                    place_at(p, e->place), actor_at(p, e->attributed_to),
                    id_at(p->statements, d->statements.count, e->statement),
                    e->why));
        DLN_TRY(put_parties(p, id, e));
    }
    return DLN_OK;
}

static double number(double value)
{
    return isfinite(value) ? value : (double)NAN;
}

static dln_status put_figures(put *p)
{
    const dln_doc *d = p->doc;
    for (uint32_t i = 0; i < d->figures.count; i++) {
        const dln_figure *f = &d->figures.at[i];
        if (!valid(p, f->span)) {
            p->faults++;
            continue;
        }
        dln_str what = dln_arena_printf(
            d->arena, "%d:%d:%.17g:%.17g", (int)f->quantity,
            (int)f->relation, number(f->low), number(f->high));
        DLN_TRY(row(p->store, p->error, PUT_FIGURE, "ssppzzddsiszvipss",
                    make_id(p, 'f', f->span, what), p->report, f->span,
                    maybe(p, f->number), dln_quantity_text(f->quantity),
                    dln_relation_text(f->relation), number(f->low),
                    number(f->high), f->unit, actor_at(p, f->side),
                    f->status, dln_scope_text(f->scope), f->as_of,
                    actor_at(p, f->claimed_by), maybe(p, f->claim),
                    id_at(p->events, d->events.count, f->event), f->why));
    }
    return DLN_OK;
}

/* Agreements as the report speaks of them. */
static dln_status put_pacts(put *p)
{
    const dln_doc *d = p->doc;
    for (uint32_t i = 0; i < d->pacts.count; i++) {
        const dln_pact *c = &d->pacts.at[i];
        if (!valid(p, c->span)) {
            p->faults++;
            continue;
        }
        dln_str id = make_id(p, 'g', c->span, c->kind);
        p->pacts[i] = id;
        DLN_TRY(row(p->store, p->error, PUT_PACT, "sspssnnsvss", id,
                    p->report, c->span, c->kind, c->stage, (int64_t)c->made,
                    (int64_t)c->named, id_at(p->pacts, i, c->same), c->when,
                    place_at(p, c->place), c->why));
        for (uint32_t k = 0; k < c->party_count; k++)
            if (actor_at(p, c->parties[k].actor) != DLN_NONE)
                DLN_TRY(row(p->store, p->error, PUT_PACT_PARTY, "sizip", id,
                            k, dln_party_role_text(c->parties[k].role),
                            c->parties[k].actor,
                            maybe(p, c->parties[k].span)));
    }
    return DLN_OK;
}

static dln_status put_compliances(put *p)
{
    const dln_doc *d = p->doc;
    for (uint32_t i = 0; i < d->compliances.count; i++) {
        const dln_compliance *c = &d->compliances.at[i];
        if (!valid(p, c->span)) {
            p->faults++;
            continue;
        }
        DLN_TRY(row(p->store, p->error, PUT_COMPLIANCE, "sspnisssivs",
                    make_id(p, 'd', c->span, c->act), p->report, c->span,
                    (int64_t)c->level, actor_at(p, c->debtor),
                    id_at(p->pacts, d->pacts.count, c->pact), c->act,
                    c->issue, actor_at(p, c->claimed_by), c->when, c->why));
    }
    return DLN_OK;
}

/* What must be done, and whether it is. */
static dln_status put_duties(put *p)
{
    const dln_doc *d = p->doc;
    for (uint32_t i = 0; i < d->commitments.count; i++) {
        const dln_commitment *c = &d->commitments.at[i];
        if (!valid(p, c->span)) {
            p->faults++;
            continue;
        }
        dln_str id = make_id(p, 'c', c->span, c->act);
        DLN_TRY(row(p->store, p->error, PUT_DUTY, "sspSpzivpssis", id,
                    p->report, c->span, c->act, maybe(p, c->object),
                    c->basis, actor_at(p, c->beneficiary), c->due,
                    maybe(p, c->condition), c->issue,
                    id_at(p->pacts, d->pacts.count, c->pact),
                    actor_at(p, c->claimed_by), c->why));
        for (uint32_t k = 0; k < c->debtor_count; k++)
            if (actor_at(p, c->debtors[k]) != DLN_NONE)
                DLN_TRY(row(p->store, p->error, PUT_DEBTOR, "sii", id, k,
                            c->debtors[k]));
    }
    return put_compliances(p);
}

static dln_status put_mandates(put *p)
{
    const dln_doc *d = p->doc;
    char from[11], until[11];
    for (uint32_t i = 0; i < d->mandates.count; i++) {
        const dln_mandate *m = &d->mandates.at[i];
        if (!valid(p, m->span) || actor_at(p, m->actor) == DLN_NONE) {
            p->faults++;
            continue;
        }
        dln_str id = make_id(p, 'k', m->span, DLN_STR("mandate"));
        dln_day_text(from, m->term.start);
        dln_day_text(until, m->term.end);
        DLN_TRY(row(p->store, p->error, PUT_MANDATE, "sspispddssps", id,
                    p->report, m->span, m->actor,
                    id_at(p->pacts, d->pacts.count, m->pact),
                    maybe(p, m->task), number(m->low), number(m->high),
                    dln_str_of(from), dln_str_of(until),
                    maybe(p, m->term_words), m->why));
        for (uint32_t k = 0; k < m->member_count; k++)
            if (actor_at(p, m->members[k]) != DLN_NONE)
                DLN_TRY(row(p->store, p->error, PUT_MEMBER, "sii", id, k,
                            m->members[k]));
    }
    return DLN_OK;
}

/* Issues of statements, outcomes of meetings. */
static dln_status put_topics(put *p)
{
    const dln_doc *d = p->doc;
    for (uint32_t i = 0; i < d->topics.count; i++) {
        const dln_topic *t = &d->topics.at[i];
        dln_str of = id_at(p->statements, d->statements.count, t->statement);
        if (of.len && valid(p, t->span))
            DLN_TRY(row(p->store, p->error, PUT_TOPIC, "sipsss", of, i,
                        t->span, t->issue, t->stance, t->why));
        else
            p->faults++;
    }
    for (uint32_t i = 0; i < d->outcomes.count; i++) {
        const dln_outcome *o = &d->outcomes.at[i];
        dln_str of = id_at(p->events, d->events.count, o->event);
        if (!of.len || !valid(p, o->span)) {
            p->faults++;
            continue;
        }
        DLN_TRY(row(p->store, p->error, PUT_OUTCOME, "sspssss",
                    make_id(p, 'u', o->span, o->outcome), p->report,
                    o->span, of, o->outcome, o->duration, o->why));
    }
    return DLN_OK;
}

static dln_status put_notes(put *p)
{
    const dln_doc *d = p->doc;
    for (uint32_t i = 0; i < d->notes.count; i++) {
        const dln_note *n = &d->notes.at[i];
        DLN_TRY(put_note(p, n->room, n->severity, n->span, n->text));
    }
    if (!p->faults)
        return DLN_OK;
    return put_note(p, "store", DLN_NOTE_WARN, DLN_NO_SPAN,
                    dln_arena_printf(d->arena, "%u findings had no valid "
                                     "span and were left out", p->faults));
}

dln_status dln_store__drop(dln_store *store, dln_str id, dln_error *error)
{
    static const char *const drops[] = {
        "DELETE FROM report_outcome WHERE report_id = ?",
        "DELETE FROM statement_issue WHERE statement_id IN "
        "(SELECT id FROM statement WHERE report_id = ?)",
        "DELETE FROM report_mandate_member WHERE mention_id IN "
        "(SELECT id FROM report_mandate WHERE report_id = ?)",
        "DELETE FROM report_mandate WHERE report_id = ?",
        "DELETE FROM report_compliance WHERE report_id = ?",
        "DELETE FROM report_obligation_debtor WHERE mention_id IN "
        "(SELECT id FROM report_obligation WHERE report_id = ?)",
        "DELETE FROM report_obligation WHERE report_id = ?",
        "DELETE FROM report_agreement_party WHERE mention_id IN "
        "(SELECT id FROM report_agreement WHERE report_id = ?)",
        "DELETE FROM report_agreement WHERE report_id = ?",
        "DELETE FROM statement_content WHERE statement_id IN "
        "(SELECT id FROM statement WHERE report_id = ?)",
        "DELETE FROM statement_speaker WHERE statement_id IN "
        "(SELECT id FROM statement WHERE report_id = ?)",
        "DELETE FROM event_mention_party WHERE mention_id IN "
        "(SELECT id FROM event_mention WHERE report_id = ?)",
        "DELETE FROM event_mention_context WHERE mention_id IN "
        "(SELECT id FROM event_mention WHERE report_id = ?)",
        "DELETE FROM sentence WHERE report_id = ?",
        "DELETE FROM note WHERE report_id = ?",
        "DELETE FROM report_actor WHERE report_id = ?",
        "DELETE FROM report_actor_name WHERE report_id = ?",
        "DELETE FROM report_role WHERE report_id = ?",
        "DELETE FROM time_mention WHERE report_id = ?",
        "DELETE FROM actor_mention WHERE report_id = ?",
        "DELETE FROM place_mention WHERE report_id = ?",
        "DELETE FROM event_mention WHERE report_id = ?",
        "DELETE FROM statement WHERE report_id = ?",
        "DELETE FROM figure WHERE report_id = ?",
        "DELETE FROM report WHERE id = ?",
    };
    for (size_t i = 0; i < sizeof drops / sizeof *drops; i++) {
        dln_query *q;
        DLN_TRY(dln_query_open(store, &q, drops[i], error));
        dln_status status = dln_query_run(q, "s", id);
        dln_query_close(q);
        DLN_TRY(status);
    }
    return DLN_OK;
}

/* Finds what the record has of the report. *keep: that stays. */
static dln_status look_up(put *p, const dln_report_key *key, bool *keep)
{
    dln_store *store = p->store;
    *keep = false;
    int rc = prepare(store, GET_OLD);
    if (rc == SQLITE_OK)
        rc = prepare(store, GET_SEEN);
    if (rc != SQLITE_OK)
        return dln_store__fail(store, rc, p->error);
    sqlite3_stmt *old = store->put[GET_OLD], *seen = store->put[GET_SEEN];
    sqlite3_bind_text(old, 1, key->id, -1, SQLITE_STATIC);
    sqlite3_bind_text(seen, 1, key->id, -1, SQLITE_STATIC);
    bool exists = sqlite3_step(old) == SQLITE_ROW;
    bool this_build = sqlite3_step(seen) == SQLITE_ROW;
    if (exists) {
        const char *digest = (const char *)sqlite3_column_text(old, 0);
        const char *when = (const char *)sqlite3_column_text(old, 1);
        if (when)
            p->ingested = dln_arena_str(p->doc->arena,
                                        dln_str_of(when)).data;
        /* Twice in one build with unlike metadata: the smaller digest,
         * so that their order does not matter. */
        int order = digest ? strcmp(digest, key->digest) : 1;
        *keep = this_build && order <= 0;
        p->same = order == 0;
    }
    sqlite3_reset(old);
    sqlite3_reset(seen);
    return exists && !*keep
               ? dln_store__drop(store, p->report, p->error) : DLN_OK;
}

static dln_status put_all(put *p, const dln_report_key *key)
{
    bool keep;
    DLN_TRY(look_up(p, key, &keep));
    DLN_TRY(met(p->store, p->doc->uri, p->error));
    DLN_TRY(row(p->store, p->error, PUT_SEEN, "z", key->id));
    if (keep && !p->same)
        return DLN_OK;
    if (keep)
        return row(p->store, p->error, PUT_ADDRESS, "zs", key->id,
                   p->doc->address);
    id_statements(p);
    DLN_TRY(put_report(p, key));
    DLN_TRY(put_sentences(p));
    DLN_TRY(put_places(p));
    DLN_TRY(put_actors(p));
    DLN_TRY(put_times(p));
    DLN_TRY(put_statements(p));
    DLN_TRY(put_events(p));
    DLN_TRY(put_figures(p));
    DLN_TRY(put_pacts(p));
    DLN_TRY(put_duties(p));
    DLN_TRY(put_mandates(p));
    DLN_TRY(put_topics(p));
    DLN_TRY(put_notes(p));
    if (dln_arena_oom(p->doc->arena))
        return dln_fail(p->error, DLN_NOMEM, "out of memory");
    return DLN_OK;
}

dln_status dln_store__batch(dln_store *store, dln_error *error)
{
    if (store->uncommitted && ++store->uncommitted > BATCH) {
        DLN_TRY(dln_store_exec(store, "COMMIT", error));
        store->uncommitted = 0;
    }
    if (store->uncommitted)
        return DLN_OK;
    store->uncommitted = 1;
    return dln_store_exec(store, "BEGIN", error);
}

dln_status dln_store_put(dln_store *store, const dln_report_key *key,
                         const dln_doc *doc, dln_error *error)
{
    put p = {.store = store, .doc = doc, .error = error,
             .report = dln_str_of(key->id), .ingested = store->ingested};
    dln_map_init(&p.twins, doc->arena);
    p.times = id_array(&p, doc->times.count);
    p.statements = id_array(&p, doc->statements.count);
    p.events = id_array(&p, doc->events.count);
    p.pacts = id_array(&p, doc->pacts.count);
    if (!p.times || !p.statements || !p.events || !p.pacts)
        return dln_fail(error, DLN_FAILED, "out of memory");
    DLN_TRY(dln_store__batch(store, error));
    DLN_TRY(dln_store_exec(store, "SAVEPOINT report", error));
    dln_status status = put_all(&p, key);
    if (status != DLN_OK) {
        /* A full disk has rolled back already, and this fails too. */
        sqlite3_exec(store->db, "ROLLBACK TO report; RELEASE report", NULL,
                     NULL, NULL);
        return status;
    }
    return dln_store_exec(store, "RELEASE report", error);
}

dln_status dln_store_failed(dln_store *store, dln_str uri, const char *room,
                            dln_str text, dln_error *error)
{
    const dln_str severity = dln_str_of(dln_severity_text(DLN_NOTE_ERROR));
    dln_str pieces[] = {DLN_STR("failed"), uri, dln_str_of(room), text};
    char id[18] = "o";
    dln_content_id(id + 1, pieces, 4);
    DLN_TRY(dln_store__batch(store, error));
    DLN_TRY(met(store, uri, error));
    return row(store, error, PUT_NOTE, "zxsSSpS", id, uri, pieces[2],
               severity, DLN_NO_SPAN, text);
}
