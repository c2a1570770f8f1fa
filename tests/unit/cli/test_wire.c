/* SPDX-License-Identifier: Apache-2.0 */
/* An agency's versions, withdrawals and embargoes, other languages, and pages
 * that were crawled twice, as the record has them. */
#define _GNU_SOURCE
#include "program.h"
#include "report.h"

#define ITEM(version, status, head, text) \
    "<newsItem guid=\"w:1\" version=\"" version "\"><itemMeta>" \
    "<versionCreated>2021-01-1" version "T10:00:00Z</versionCreated>" \
    status "</itemMeta><contentMeta><headline>" head "</headline>" \
    "</contentMeta><contentSet><inlineXML><nitf><body><body.content><p>" \
    text "</p></body.content></body></nitf></inlineXML></contentSet>" \
    "</newsItem>"

static void agency(void)
{
    dln_error error = {DLN_OK, ""};
    ok(dln_io_write("wire.xml", DLN_STR(
        "<newsMessage><itemSet>"
        ITEM("3", "<pubStatus qcode=\"stat:canceled\"/>", "Road talks",
             "The item on the road is withdrawn.")
        ITEM("1", "", "Road talks", "Ann Arden met Bob Borg in Paris.")
        ITEM("2", "<signal qcode=\"sig:correction\"/>", "Road talks",
             "Ann Arden met Bob Borg in London, and the road will open.")
        "</itemSet></newsMessage>"), &error) == DLN_OK);
    is_int(exit_of("$DATELINE build wire.xml -o w.db"), 0);
    dln_store *s;
    ok(dln_store_open(&s, "w.db", &error) == DLN_OK);
    is_str(ask(s, "SELECT group_concat(a.wire_version || '>' || "
                  "b.wire_version || a.version_kind, ' ') FROM (SELECT * "
                  "FROM report ORDER BY wire_version) a JOIN report b ON "
                  "b.id = a.version_of"), "2>1correction 3>2kill");
    is_str(ask(s, "SELECT count(*) FROM sentence JOIN report ON "
                  "report_id = id WHERE wire_status = 'killed'"), "0");
    is_str(ask(s, "SELECT count(*) FROM note WHERE text LIKE "
                  "'not analysed%'"), "1");
    is_int(violations(s), 0);
    dln_store_close(s);
}

static void languages(void)
{
    dln_error error = {DLN_OK, ""};
    is_int(exit_of("echo 'Le ministre a dit mardi que les deux pays ont "
                   "signe un accord dans la capitale, mais que rien ne sera "
                   "fait avant la fin du mois.' >fr.txt; "
                   "$DATELINE build fr.txt -o l.db"), 0);
    dln_store *s;
    ok(dln_store_open(&s, "l.db", &error) == DLN_OK);
    is_str(ask(s, "SELECT language || length(text) > 100 FROM report"), "1");
    is_str(ask(s, "SELECT language FROM report"), "fr");
    is_str(ask(s, "SELECT count(*) FROM sentence"), "0");
    is_int(violations(s), 0);
    dln_store_close(s);
}

/* Two readings of a page under two addresses. */
static void pages(void)
{
    dln_error error = {DLN_OK, ""};
    dln_buf lines;
    dln_buf_init(&lines, 0);
    for (int i = 1; i < 3; i++)
        dln_buf_printf(&lines, "{\"uri\":\"http://p.example/?from=%d\","
                       "\"canonical\":\"http://p.example/a\",\"date\":"
                       "\"2021-01-1%d\",\"text\":\"Ann Arden met Bob Borg "
                       "in Paris. Version %d of this page.\"}\n", i, i, i);
    ok(dln_io_write("p.jsonl", dln_buf_view(&lines), &error) == DLN_OK);
    dln_buf_release(&lines);
    is_int(exit_of("$DATELINE build p.jsonl -o p.db"), 0);
    dln_store *s;
    ok(dln_store_open(&s, "p.db", &error) == DLN_OK);
    is_str(ask(s, "SELECT b.uri FROM report a JOIN report b ON "
                  "b.id = a.version_of"), "http://p.example/?from=1");
    dln_store_close(s);
}

int main(void)
{
    if (!test_folder_begin())
        return 1;
    agency();
    languages();
    pages();
    test_folder_end();
    return done();
}
