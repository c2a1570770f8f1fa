/* SPDX-License-Identifier: Apache-2.0 */
/* Every command over one record, as a user runs them one after another. */
#define _GNU_SOURCE
#include <jansson.h>

#include "program.h"

static const char *source;

/* Every line of `out` is an object with all the `fields` ("id type ...");
 * the number of lines. */
static int rows_with(dln_str out, const char *fields)
{
    dln_str line, name;
    int rows = 0;
    while (dln_str_cut(&out, '\n', &line)) {
        if (!line.len)
            continue;
        json_t *row = json_loadb(line.data, line.len, 0, NULL);
        dln_str rest = dln_str_of(fields);
        if (!json_is_object(row)) {
            json_decref(row);
            printf("# no object: %.*s\n", DLN_ARG(line));
            return -1;
        }
        while (dln_str_cut(&rest, ' ', &name)) {
            char key[64];
            snprintf(key, sizeof key, "%.*s", DLN_ARG(name));
            if (!json_object_get(row, key)) {
                printf("# no field %s: %.*s\n", key, DLN_ARG(line));
                json_decref(row);
                return -1;
            }
        }
        json_decref(row);
        rows++;
    }
    return rows;
}

static void lists(const char *command, const char *fields, int least)
{
    ran table = run_shell("$DATELINE %s", command);
    is_int(table.code, 0);
    ok(table.out.len > 0 || !least);
    dln_buf_release(&table.out);
    ran json = run_shell("$DATELINE %s --json", command);
    is_int(json.code, 0);
    ok_(rows_with(dln_buf_view(&json.out), fields) >= least, command,
        __FILE__, __LINE__);
    dln_buf_release(&json.out);
    ran one = run_shell("$DATELINE %s --json --limit 1", command);
    ok(one.code == 0 && rows_with(dln_buf_view(&one.out), fields) <= 1);
    dln_buf_release(&one.out);
}

static void all_lists(void)
{
    lists("timeline talks.db", "id type mode status polarity date_start "
          "date_end date_precision place_id summary reports independent "
          "first_reported last_reported quad intensity", 8);
    lists("timeline talks.db --from 2021-01-01 --to 2021-12-31", "id", 1);
    lists("meetings talks.db", "event_id format level host_id mediator_id "
          "outcome next_due date_start", 2);
    lists("statements talks.db", "id report_id start end speaker_id act "
          "form addressee_id date_start content quote", 5);
    lists("statements talks.db --by Pashinyan", "id speakers", 0);
    lists("figures talks.db", "id report_id start end quantity relation "
          "low high unit side_id status scope as_of claimed_by event_id "
          "series_id disputed", 8);
    lists("figures talks.db --disputed", "id disputed", 0);
    lists("actors talks.db", "id name kind iso3 sector parent_id", 1);
    lists("search talks.db Lachin", "id uri outlet title snippet", 1);
}

/* `show` of one id of every kind: its evidence, marked. */
static void shows(char letter, const char *table)
{
    char id[256] = "", sql[300];
    snprintf(sql, sizeof sql, "$DATELINE %s talks.db --json --limit 1",
             table);
    ran row = run_shell("%s", sql);
    json_t *object = json_loadb(row.out.data ? row.out.data : "",
                                row.out.len, JSON_DISABLE_EOF_CHECK, NULL);
    const char *text = json_string_value(json_object_get(object, "id"));
    if (letter == 'r')
        text = json_string_value(json_object_get(object, "report_id"));
    snprintf(id, sizeof id, "%s", text ? text : "");
    json_decref(object);
    dln_buf_release(&row.out);
    ok_(*id != '\0', table, __FILE__, __LINE__);
    ran page = run_shell("$DATELINE show talks.db '%s'", id);
    is_int(page.code, 0);
    dln_str shown = dln_buf_view(&page.out);
    if (letter != 'r') {
        size_t open = dln_str_find(shown, DLN_STR("[["), 0);
        ok(open < shown.len
           && dln_str_find(shown, DLN_STR("]]"), open) > open + 2);
        ok(dln_str_find(shown, DLN_STR("why: "), 0) < shown.len);
    }
    dln_buf_release(&page.out);
    ran json = run_shell("$DATELINE show talks.db '%s' --json", id);
    is_int(json.code, 0);
    is_int(rows_with(dln_buf_view(&json.out),
                     letter == 'r' ? "id notes copies events"
                                   : "id evidence"), 1);
    dln_buf_release(&json.out);
}

static void wrong_uses(void)
{
    static const char *const commands[] = {
        "timeline", "meetings", "statements", "figures", "actors", "search",
        "show", "check"};
    for (size_t i = 0; i < sizeof commands / sizeof *commands; i++) {
        const char *c = commands[i];
        bool word = !strcmp(c, "search") || !strcmp(c, "show");
        is_int(exit_of("$DATELINE %s", c), 2);
        is_int(exit_of("$DATELINE %s talks.db --no-such-option", c), 2);
        is_int(exit_of("$DATELINE %s no.db %s", c, word ? "x1" : ""), 66);
        is_int(exit_of("$DATELINE %s text.txt %s", c, word ? "x1" : ""), 65);
        is_int(exit_of("$DATELINE %s . %s", c, word ? "x1" : ""), 65);
        ran help = run_shell("$DATELINE %s --help", c);
        ok(help.code == 0
           && dln_str_starts(dln_buf_view(&help.out), DLN_STR("usage: ")));
        dln_buf_release(&help.out);
    }
    is_int(exit_of("$DATELINE"), 2);
    is_int(exit_of("$DATELINE nothing"), 2);
    is_int(exit_of("$DATELINE build"), 2);
    is_int(exit_of("$DATELINE build text.txt"), 2);
    is_int(exit_of("$DATELINE build text.txt -o new.db -j none"), 2);
    is_int(exit_of("$DATELINE timeline talks.db --from yesterday"), 2);
    is_int(exit_of("$DATELINE timeline talks.db --limit many"), 2);
    is_int(exit_of("$DATELINE stage nothing"), 2);
    is_int(exit_of("$DATELINE build none.txt -o new.db"), 66);
    is_int(exit_of("$DATELINE build text.txt -o no/folder/new.db"), 73);
    is_int(exit_of("$DATELINE show talks.db e0000000000000000"), 66);
    is_int(exit_of("$DATELINE timeline talks.db >/dev/full"), 74);
    is_int(exit_of("test ! -e new.db"), 0);
    ran version = run_shell("$DATELINE --version");
    ok(version.code == 0 && version.out.len > 0);
    dln_buf_release(&version.out);
}

int main(void)
{
    source = getenv("DATELINE_SOURCE");
    if (!source || !test_folder_begin())
        return 1;
    is_int(exit_of("$DATELINE build %s/examples/karabakh -o talks.db",
                   source), 0);
    is_int(exit_of("echo 'No record at all.' >text.txt"), 0);
    all_lists();
    shows('e', "timeline");
    shows('s', "statements");
    shows('f', "figures");
    shows('r', "figures");
    shows('a', "actors");
    ran own = run_shell("$DATELINE ontology check $DATELINE_SOURCE/examples/"
                        "ontology");
    is_int(own.code, 0);
    dln_buf_release(&own.out);
    ran none = run_shell("$DATELINE ontology check /no/such");
    is_int(none.code, 66);
    dln_buf_release(&none.out);
    ran check = run_shell("$DATELINE check talks.db");
    is_int(check.code, 0);
    is_str(dln_buf_view(&check.out), "0 violations\n");
    dln_buf_release(&check.out);
    wrong_uses();
    test_folder_end();
    return done();
}
