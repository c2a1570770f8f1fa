/* SPDX-License-Identifier: Apache-2.0 */
/* Offices across reports: who held one on the day a report speaks of it. */
#define _GNU_SOURCE
#include <sqlite3.h>

#include "program.h"

static const char reports[] =
    "{\"id\":\"a\",\"text\":\"Armenian Prime Minister Tigran Sarian met the "
    "press.\",\"date\":\"2020-01-11\"}\n"
    "{\"id\":\"b\",\"text\":\"The Armenian prime minister said on Monday that "
    "talks would go on.\",\"date\":\"2020-02-11\"}\n"
    "{\"id\":\"c\",\"text\":\"Armenian Prime Minister Anna Galian met the "
    "press.\",\"date\":\"2020-05-11\"}\n"
    "{\"id\":\"d\",\"text\":\"The prime minister of Armenia left for "
    "Paris.\",\"date\":\"2020-06-11\"}\n"
    "{\"id\":\"e\",\"text\":\"The Armenian prime minister said nothing at "
    "all.\",\"date\":\"2019-06-11\"}\n"
    "{\"id\":\"f\",\"text\":\"Kenyan President Grace Wanjiru spoke.\","
    "\"date\":\"2020-01-11\"}\n"
    "{\"id\":\"g\",\"text\":\"The Kenyan president spoke on Sunday.\","
    "\"date\":\"2020-03-11\"}\n"
    "{\"id\":\"h\",\"text\":\"Former Kenyan president Grace Wanjiru was "
    "ill.\",\"date\":\"2020-04-11\"}\n"
    "{\"id\":\"i\",\"text\":\"The Kenyan president spoke again on Sunday.\","
    "\"date\":\"2020-07-11\"}\n";

/* Whom the title in the report of this day means. */
static void holder(sqlite3 *db, const char *day, const char *want)
{
    sqlite3_stmt *q = NULL;
    is_int(sqlite3_prepare_v2(
               db, "SELECT m.actor_id FROM actor_mention m JOIN report r "
               "ON r.id = m.report_id WHERE m.form = 'title' "
               "AND r.published = ?", -1, &q, NULL), SQLITE_OK);
    sqlite3_bind_text(q, 1, day, -1, SQLITE_STATIC);
    ok(sqlite3_step(q) == SQLITE_ROW);
    is_str(dln_str_of((const char *)sqlite3_column_text(q, 0)), want);
    sqlite3_finalize(q);
}

int main(void)
{
    sqlite3 *db = NULL;
    dln_error error;
    char folder[] = "/tmp/offices.XXXXXX";
    ok(mkdtemp(folder) && !chdir(folder));
    is_int(dln_io_write("reports.jsonl", dln_str_of(reports), &error),
           DLN_OK);
    ran built = run_shell("$DATELINE build -q reports.jsonl -o r.db");
    is_int(built.code, 0);
    dln_buf_release(&built.out);
    is_int(sqlite3_open("r.db", &db), SQLITE_OK);
    holder(db, "2020-06-11", "person:anna galian");
    holder(db, "2020-03-11", "person:grace wanjiru");
    /* Before anybody was named, between two, and behind "former". */
    holder(db, "2019-06-11", "country:ARM");
    holder(db, "2020-02-11", "country:ARM");
    holder(db, "2020-07-11", "country:KEN");
    sqlite3_close(db);
    remove("r.db");
    remove("reports.jsonl");
    ok(!chdir("/") && !rmdir(folder));
    return done();
}
