/* SPDX-License-Identifier: Apache-2.0 */
/* What several reports make together: copies, events, figures, actors. */
#define _GNU_SOURCE
#include "reconcile/reconcile.h"

#include <unistd.h>

#include "report.h"
#include "tap.h"

#define MAX 8

static dln_lang *lang;
static dln_onto *onto;
static char path[256];

/* A record of these reports, put in this order; frees the reports. */
static dln_store *record_of(dln_doc **docs, int count, bool backwards)
{
    dln_error error = {DLN_OK, ""};
    dln_store *store = begin(path, &error);
    assert(store);
    for (int i = 0; i < count; i++)
        ok(put(store, docs[backwards ? count - 1 - i : i], &error)
           == DLN_OK);
    if (dln_reconcile_run(store, lang, onto, &error) != DLN_OK
        || dln_store_finish(store, &error) != DLN_OK)
        printf("# %s\n", error.text);
    dln_store_close(store);
    for (int i = 0; i < count; i++)
        dln_doc_free(docs[i]);
    ok(dln_store_open(&store, path, &error) == DLN_OK);
    is_int(violations(store), 0);
    unlink(path);
    return store;
}

static const char original[] =
    "The envoys of Arland and Borland met on Tuesday in the harbour town "
    "of Calm to speak about the ferry line that both have closed. "
    "They agreed to open 14 landing places before the end of March. "
    "Arland wants a commission of 6 judges to look at old tickets. "
    "Borland says such a commission costs 250,000 crowns a year. "
    "Fishermen from the islands waited outside with 30 boats. "
    "The next round is planned for 9 April in the town of Dale. "
    "Nobody could say who would pay for the new lamps at the quay.";

static const char spun[] =
    "Delegates of Arland and Borland came together Tuesday at the harbour "
    "town of Calm about a ferry line which both have closed. "
    "They settled to open 14 landing places ahead of the close of March. "
    "Arland desires a commission of 6 judges that looks at old tickets. "
    "Borland tells such a commission will cost 250,000 crowns every year. "
    "Fishermen off the islands were waiting outside with 30 boats. "
    "Another round is foreseen on 9 April at the town of Dale. "
    "No one was able to say who pays for new lamps at the quay.";

static const char other[] =
    "A storm took the roofs of forty houses in the hills above Dale on "
    "Sunday night. The mayor asked for tents and for blankets. Schools "
    "stay closed until the wires are mended, the county said. Two bridges "
    "are gone. Trains from the coast end at Milltown, where buses wait.";

static void test_copies(void)
{
    char changed[2000], brief[600];
    snprintf(changed, sizeof changed, "%s It rained.", original);
    snprintf(brief, sizeof brief, "%.*s", 200, original);
    dln_doc *docs[] = {report("a", "2021-03-02", original),
                       report("b", "2021-03-03", original),
                       report("c", "2021-03-03", changed),
                       report("d", "2021-03-04", brief),
                       report("e", "", spun),
                       report("f", "2021-03-04", other)};
    dln_store *s = record_of(docs, 6, false);
    is_str(ask(s, "SELECT count(DISTINCT lineage_id) FROM report"), "2");
    is_str(ask(s, "SELECT copy_kind FROM report WHERE uri = 'b'"), "exact");
    is_str(ask(s, "SELECT copy_kind FROM report WHERE uri = 'c'"), "near");
    is_str(ask(s, "SELECT copy_kind FROM report WHERE uri = 'd'"),
           "partial");
    is_str(ask(s, "SELECT copy_kind FROM report WHERE uri = 'e'"),
           "rewrite");
    is_str(ask(s, "SELECT b.uri FROM report a JOIN report b ON b.id = "
                  "a.copy_of WHERE a.uri = 'e'"), "a");
    is_str(ask(s, "SELECT coalesce(copy_kind, 'own') FROM report "
                  "WHERE uri = 'f'"), "own");
    dln_store_close(s);
}

/* "Ann Arden of Arland and Bob Borg of Borland met in Calm." */
static dln_doc *meeting(const char *uri, const char *published,
                        const char *held, const char *text, bool full)
{
    dln_doc *d = report(uri, published, text);
    uint32_t a = full ? actor(d, DLN_ACTOR_PERSON, "person:ann arden",
                              "Ann Arden", "AND", "Arden")
                      : actor(d, DLN_ACTOR_PERSON, "person:arden", "Arden",
                              "AND", "Arden");
    uint32_t b = actor(d, DLN_ACTOR_PERSON, "person:bob borg", "Bob Borg",
                       "BOL", "Borg");
    uint32_t who[] = {a, b, DLN_NONE};
    uint32_t at = strstr(text, "Calm") ? place(d, "geo:1", "Calm", "CHE")
                                       : DLN_NONE;
    event(d, "CONSULT", "met", held, at, who);
    return d;
}

static void test_events(bool backwards)
{
    dln_doc *docs[] = {
        meeting("a", "2021-01-12", "2021-01-11",
                "Ann Arden and Bob Borg met in Calm on Monday.", true),
        meeting("b", "2021-02-01", "2021-01-11",
                "In January Arden and Borg met once before.", false),
        meeting("c", "2021-05-04", "2021-05-03",
                "Arden and Borg met again in Calm on the third.", false),
        meeting("d", "2021-01-12", "2021-01-11",
                "Today Arden and Borg have not met at all.", false),
        meeting("e", "2021-01-02", "2021-01-11",
                "Arden and Borg will have met in Calm by then.", false)};
    docs[3]->events.at[0].polarity = DLN_DENIED;
    docs[4]->events.at[0].status = DLN_EVENT_PLANNED;
    dln_store *s = record_of(docs, 5, backwards);
    is_str(ask(s, "SELECT count(*) FROM event"), "4");
    is_str(ask(s, "SELECT reports FROM event WHERE date_start = "
                  "'2021-01-11' AND status = 'actual' AND "
                  "polarity = 'asserted'"), "2");
    is_str(ask(s, "SELECT independent FROM event WHERE date_start = "
                  "'2021-01-11' AND status = 'actual' AND "
                  "polarity = 'asserted'"), "2");
    is_str(ask(s, "SELECT count(*) FROM actor WHERE kind = 'person'"), "2");
    is_str(ask(s, "SELECT group_concat(actor_id) FROM (SELECT actor_id FROM "
                  "event_party WHERE role = 'participant' AND event_id = "
                  "(SELECT id FROM event WHERE date_start = '2021-05-03') "
                  "ORDER BY 1)"), "person:ann arden,person:bob borg");
    is_str(ask(s, "SELECT group_concat(kind) FROM (SELECT kind FROM "
                  "event_link ORDER BY kind)"), "contradicts,planned_as");
    is_str(ask(s, "SELECT b.status FROM event_link l JOIN event b ON b.id = "
                  "l.to_event WHERE kind = 'planned_as'"), "planned");
    is_str(ask(s, "SELECT format FROM meeting m JOIN event e ON e.id = "
                  "m.event_id WHERE date_start = '2021-05-03'"),
           "bilateral");
    is_str(ask(s, "SELECT summary FROM event WHERE "
                  "date_start = '2021-05-03'"),
           "Ann Arden meets Bob Borg — Calm");
    dln_store_close(s);
}

/* Places that differ, and persons that differ, keep events of one day
 * apart. */
static void test_cannot_link(void)
{
    dln_doc *a = meeting("a", "2021-01-12", "2021-01-11",
                         "Ann Arden and Bob Borg met in Calm.", true);
    dln_doc *b = report("b", "2021-01-12",
                        "Ann Arden and Bob Borg met in Dale.");
    uint32_t who[] = {actor(b, DLN_ACTOR_PERSON, "person:ann arden",
                            "Ann Arden", "AND", "Ann Arden"),
                      actor(b, DLN_ACTOR_PERSON, "person:bob borg",
                            "Bob Borg", "BOL", "Bob Borg"), DLN_NONE};
    place(b, "geo:9", "Bob", "FRA");
    event(b, "CONSULT", "met", "2021-01-11",
          place(b, "geo:2", "Dale", "CHE"), who);
    b->places.at[1].lat = 40;
    dln_doc *c = report("c", "2021-01-12", "Eve Esk and Bob Borg met.");
    uint32_t others[] = {actor(c, DLN_ACTOR_PERSON, "person:eve esk",
                               "Eve Esk", "AND", "Eve Esk"),
                         actor(c, DLN_ACTOR_PERSON, "person:bob borg",
                               "Bob Borg", "BOL", "Bob Borg"), DLN_NONE};
    event(c, "CONSULT", "met", "2021-01-11", DLN_NONE, others);
    dln_doc *docs[] = {a, b, c};
    dln_store *s = record_of(docs, 3, false);
    is_str(ask(s, "SELECT count(*) FROM event"), "3");
    dln_store_close(s);
}

static dln_doc *toll(const char *uri, const char *date, double number,
                     const char *said, dln_relation relation,
                     const char *claimant)
{
    char text[200];
    snprintf(text, sizeof text, "%s soldiers of Borland died, %s said.",
             said, claimant);
    dln_doc *d = report(uri, date, text);
    uint32_t side = actor(d, DLN_ACTOR_COUNTRY, "country:BOL", "Borland",
                          "BOL", "Borland");
    bool own = !strcmp(claimant, "Arland");
    uint32_t by = actor(d, DLN_ACTOR_COUNTRY,
                        own ? "country:AND" : "country:CHE", claimant,
                        own ? "AND" : "CHE", claimant);
    figure(d, said, DLN_QTY_KILLED, number, side, by)->relation = relation;
    return d;
}

static void test_figures(void)
{
    dln_doc *docs[] = {
        toll("a", "2021-01-11", 70, "70", DLN_RELATION_MORE_THAN, "Arland"),
        toll("b", "2021-01-12", 27, "27", DLN_RELATION_EXACTLY, "Calmia"),
        toll("c", "2021-01-13", 31, "31", DLN_RELATION_EXACTLY, "Calmia"),
        toll("d", "2021-11-13", 900, "900", DLN_RELATION_EXACTLY,
             "Arland")};
    dln_store *s = record_of(docs, 4, false);
    is_str(ask(s, "SELECT count(*) FROM figure_series"), "2");
    is_str(ask(s, "SELECT figures FROM figure_series WHERE disputed"), "3");
    is_str(ask(s, "SELECT low || '-' || high FROM figure_series "
                  "WHERE disputed"), "27.0-70.0");
    is_str(ask(s, "SELECT claimed_by FROM figure WHERE low = 70"),
           "country:AND");
    is_str(ask(s, "SELECT side_id FROM figure WHERE low = 31"),
           "country:BOL");
    is_str(ask(s, "SELECT count(*) FROM figure WHERE series_id IS NULL"),
           "0");
    dln_store_close(s);
}

static void test_agreeing_figures(void)
{
    dln_doc *docs[] = {
        toll("a", "2021-01-11", 20, "20", DLN_RELATION_MORE_THAN, "Arland"),
        toll("b", "2021-01-12", 27, "27", DLN_RELATION_EXACTLY, "Calmia")};
    dln_store *s = record_of(docs, 2, true);
    is_str(ask(s, "SELECT disputed || ' ' || figures FROM figure_series"),
           "0 2");
    dln_store_close(s);
}

/* Who says "more than 60" does not grant the other's "more than 67". */
static void test_other_bounds(void)
{
    dln_doc *docs[] = {
        toll("a", "2021-01-11", 60, "60", DLN_RELATION_MORE_THAN, "Arland"),
        toll("b", "2021-01-12", 67, "67", DLN_RELATION_MORE_THAN, "Calmia")};
    dln_store *s = record_of(docs, 2, true);
    is_str(ask(s, "SELECT disputed || ' ' || figures FROM figure_series"),
           "1 2");
    dln_store_close(s);
}

/* Four tell of the ferry talks, two of the storm; one that comes weeks later
 * is told by the day it looks back to. In any order. */
static void test_stories(bool backwards)
{
    static const char follow[] =
        "A clerk of Borland was fined on Friday for selling tickets of the "
        "ferry line between Arland and Borland. The envoys had met in Calm "
        "on 2 March and had asked for judges. Calm has no ferry today.";
    dln_doc *docs[] = {
        report("a", "2021-03-02", original), report("b", "2021-03-03", spun),
        report("c", "2021-03-04", original), report("d", "2021-05-07", follow),
        report("e", "2021-03-04", other),
        report("f", "2021-03-05", "The storm that took forty roofs above "
               "Dale on Sunday has closed the schools of the county. The "
               "mayor of Milltown sent tents and blankets to the hills.")};
    dln_time *t = DLN_VEC_PUSH(docs[3]->arena, &docs[3]->times);
    *t = (dln_time){.span = words(docs[3], "2 March"), .type = DLN_TIME_DATE};
    t->when = (dln_interval){dln_day_of(2021, 3, 2), dln_day_of(2021, 3, 2),
                             DLN_PREC_DAY};
    dln_store *s = record_of(docs, 6, backwards);
    is_str(ask(s, "SELECT group_concat(uris, ' ') FROM (SELECT "
                  "group_concat(uri, '') AS uris FROM (SELECT uri, story_id "
                  "FROM report ORDER BY uri) GROUP BY story_id ORDER BY 1)"),
           "abcd ef");
    is_str(ask(s, "SELECT reports || ' ' || independent || ' ' || "
                  "first_reported || ' ' || last_reported FROM story "
                  "ORDER BY reports DESC LIMIT 1"),
           "4 2 2021-03-02 2021-05-07");
    is_str(ask(s, "SELECT count(*) FROM report WHERE story_why LIKE "
                  "'%looks back%'"), "1");
    dln_store_close(s);
}

static dln_doc *titled(dln_doc *doc, const char *title)
{
    doc->title = dln_str_of(title);
    return doc;
}

/* An update supersedes its copy, a notice takes back what it is like; a
 * title that merely begins with such a word is no mark. */
static void test_versions(bool backwards)
{
    char more[2000], brief[600];
    snprintf(more, sizeof more, "%s It rained.", original);
    snprintf(brief, sizeof brief, "%.*s", 200, original);
    dln_doc *docs[] = {
        titled(report("a", "2021-03-02", original), "Ferry talks in Calm"),
        titled(report("b", "2021-03-02", more),
               "UPDATE 1-Ferry talks in Calm"),
        titled(report("c", "2021-03-03", brief), "Kill joys meet in Calm"),
        titled(report("d", "2021-03-04", "The report of Tuesday on the ferry "
                      "talks of Arland and Borland in Calm is withdrawn. No "
                      "landing places were opened in the harbour town."),
               "KILL: Ferry talks in Calm")};
    dln_store *s = record_of(docs, 4, backwards);
    is_str(ask(s, "SELECT group_concat(a.uri || a.version_kind || b.uri, "
                  "' ') FROM (SELECT * FROM report ORDER BY uri) a "
                  "JOIN report b ON b.id = a.version_of"),
           "bupdatea dkilla");
    dln_store_close(s);
}

/* Three reports of one night, one of them a copy: its day, its place, and
 * the toll that most lineages give last. */
static void test_facts(void)
{
    static const char *const texts[] = {
        "Two men died when the ferry Calypso burned at Calm on Sunday night. "
        "The harbour of Calm was closed and lamps failed, the mayor said.",
        "Three men died when the ferry Calypso burned at Calm on Sunday "
        "night, the mayor of the town said. Lamps failed at the harbour.",
        "Three men died in the fire on the ferry Calypso at Calm on Sunday "
        "night. Nobody knows why the lamps of the harbour failed."};
    dln_doc *docs[3];
    for (int i = 0; i < 3; i++) {
        char uri[2] = {(char)('a' + i), 0};
        docs[i] = report(uri, i < 2 ? "2021-03-08" : "2021-03-09", texts[i]);
        place(docs[i], "geo:1", "Calm", "CHE");
        dln_time *t = DLN_VEC_PUSH(docs[i]->arena, &docs[i]->times);
        *t = (dln_time){.span = words(docs[i], "Sunday"),
                        .type = DLN_TIME_DATE};
        int32_t day = dln_day_of(2021, 3, 7);
        t->when = (dln_interval){day, day, DLN_PREC_DAY};
        figure(docs[i], i ? "Three" : "Two", DLN_QTY_KILLED, i ? 3 : 2,
               DLN_NONE, DLN_NONE);
    }
    dln_store *s = record_of(docs, 3, true);
    is_str(ask(s, "SELECT day || ' ' || day_basis || ' ' || place_id || ' ' "
                  "|| killed || ' ' || coalesce(wounded, 'unknown') || ' ' "
                  "|| reports FROM story"),
           "2021-03-07 told geo:1 3 unknown 3");
    dln_store_close(s);
}

/* One deed of one day in two reports of one story needs no sides to be one
 * event; in reports that have nothing in common it does. */
static void test_same_story(void)
{
    static const char *const texts[] = {
        "Gunmen fired at the ferry Calypso in the harbour on Sunday night; "
        "the mayor of Calm said its lamps and its bell were shot away.",
        "The ferry Calypso was fired at in the harbour on Sunday night. Its "
        "bell and its lamps are gone, the mayor of Calm said.",
        "Somebody fired at a shepherd on the moor. Two sheep ran away."};
    dln_doc *docs[3];
    uint32_t nobody[] = {DLN_NONE};
    for (int i = 0; i < 3; i++) {
        char uri[2] = {(char)('a' + i), 0};
        docs[i] = report(uri, "2021-03-08", texts[i]);
        event(docs[i], "ASSAULT", "fired", "2021-03-07",
              place(docs[i], i < 2 ? "geo:1" : "geo:2",
                    i < 2 ? "Calm" : "moor", "CHE"), nobody);
    }
    docs[2]->places.at[0].lat = 40;
    dln_store *s = record_of(docs, 3, false);
    is_str(ask(s, "SELECT group_concat(reports) FROM (SELECT reports "
                  "FROM event ORDER BY reports)"), "1,2");
    is_str(ask(s, "SELECT count(*) FROM event_mention WHERE merge_why LIKE "
                  "'%same story%'"), "1");
    dln_store_close(s);
}

/* An undated report is dated by the talks it shares with a dated one; a
 * number of dead by the assault its words stand in. */
static void test_inferred(bool backwards)
{
    dln_doc *a = meeting("a", "2021-01-13", "2021-01-11",
                         "Ann Arden and Bob Borg met in Calm on Monday.",
                         true);
    dln_doc *b = meeting("b", "", "2021-01-11",
                         "On 11 January Arden and Borg met in Calm.", false);
    dln_doc *c = report("c", "2021-01-13",
                        "Borland shelled Dale and killed 7 people.");
    uint32_t who[] = {actor(c, DLN_ACTOR_COUNTRY, "country:BOL", "Borland",
                            "BOL", "Borland"), DLN_NONE};
    event(c, "ASSAULT", "shelled", "2021-01-12", place(c, "geo:2", "Dale",
                                                       "CHE"), who);
    c->events.at[0].span = words(c, "Borland shelled Dale and killed 7 "
                                    "people");
    figure(c, "7 people", DLN_QTY_KILLED, 7, DLN_NONE, DLN_NONE);
    dln_doc *docs[] = {a, b, c};
    dln_store *s = record_of(docs, 3, backwards);
    is_str(ask(s, "SELECT inferred_start || ' ' || inferred_end || ': ' || "
                  "inferred_why FROM report WHERE uri = 'b'"),
           "2021-01-11 2021-01-13: shares 1 events with dated reports");
    is_str(ask(s, "SELECT e.type || ' ' || e.date_start FROM figure f "
                  "JOIN event e ON e.id = f.event_id"),
           "ASSAULT 2021-01-12");
    is_str(ask(s, "SELECT event_id = (SELECT event_id FROM figure) "
                  "FROM figure_series"), "1");
    dln_store_close(s);
}

int main(void)
{
    dln_error error = {DLN_OK, ""};
    char data[4096];
    const char *source = getenv("DATELINE_SOURCE");
    snprintf(data, sizeof data, "%s/data", source ? source : ".");
    snprintf(path, sizeof path, "test_reconcile.%ld.db", (long)getpid());
    assert(dln_lang_open(&lang, data, "en", &error) == DLN_OK);
    assert(dln_onto_open(&onto, data, &error) == DLN_OK);
    test_copies();
    test_versions(false);
    test_versions(true);
    test_facts();
    test_same_story();
    test_inferred(false);
    test_inferred(true);
    test_stories(false);
    test_stories(true);
    test_events(false);
    test_events(true);
    test_cannot_link();
    test_figures();
    test_agreeing_figures();
    test_other_bounds();
    dln_onto_close(onto);
    dln_lang_close(lang);
    return done();
}
