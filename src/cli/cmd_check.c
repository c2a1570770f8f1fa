/* SPDX-License-Identifier: Apache-2.0 */
#define _GNU_SOURCE
#include <getopt.h>
#include <stdio.h>

#include "base/json.h"
#include "cli/cli.h"
#include "store/store.h"

static const char usage[] =
    "usage: dateline check RECORD [--json]\n"
    "Proves the rules of a record: every span inside its report's text, every\n"
    "reference to a row that exists, every event and series with evidence, no\n"
    "more independent sources than reports. Lists what breaks them.\n"
    "Exit code 0 when nothing does, 65 otherwise.\n";

typedef struct printer {
    bool json;
    dln_buf line;
} printer;

static void print_json(printer *p, const dln_violation *v)
{
    dln_json json;
    dln_buf_clear(&p->line);
    dln_json_init(&json, &p->line);
    dln_json_object(&json);
    dln_json_field_str(&json, "rule", dln_str_of(v->rule));
    if (v->summary) {
        dln_json_field_int(&json, "checked", (int64_t)v->checked);
        dln_json_field_int(&json, "wrong", (int64_t)v->wrong);
    } else {
        dln_json_field_str(&json, "row", v->row);
        dln_json_field_str(&json, "problem", v->problem);
    }
    dln_json_close(&json);
    dln_buf_char(&p->line, '\n');
    fwrite(p->line.data, 1, p->line.len, stdout);
}

static void print(const dln_violation *v, void *user)
{
    printer *p = user;
    if (p->json)
        print_json(p, v);
    else if (!v->summary)
        printf("%s  %.*s  %.*s\n", v->rule, DLN_ARG(v->row),
               DLN_ARG(v->problem));
    else if (v->wrong)
        printf("%s: %llu wrong of %llu\n", v->rule,
               (unsigned long long)v->wrong, (unsigned long long)v->checked);
}

int dln_cmd_check(int argc, char **argv)
{
    static const struct option options[] = {
        {"json", no_argument, NULL, 'j'},
        {"help", no_argument, NULL, 'h'},
        {0},
    };
    printer p = {0};
    for (int c; (c = getopt_long(argc, argv, "h", options, NULL)) != -1;) {
        if (c == 'h') {
            fputs(usage, stdout);
            return DLN_EXIT_OK;
        }
        if (c != 'j') {
            fputs(usage, stderr);
            return DLN_EXIT_USAGE;
        }
        p.json = true;
    }
    if (optind + 1 != argc) {
        fputs(usage, stderr);
        return DLN_EXIT_USAGE;
    }
    dln_store *store = NULL;
    dln_error error = {DLN_OK, ""};
    uint64_t wrong = 0;
    dln_buf_init(&p.line, 0);
    dln_status status = dln_store_open(&store, argv[optind], &error);
    if (status == DLN_OK)
        status = dln_store_check(store, print, &p, &wrong, &error);
    if (status != DLN_OK)
        dln_cli_say("%s", error.text);
    else if (!p.json)
        printf("%llu violations\n", (unsigned long long)wrong);
    dln_store_close(store);
    dln_buf_release(&p.line);
    if (status != DLN_OK)
        return dln_cli_exit(status);
    return wrong ? DLN_EXIT_DATA : DLN_EXIT_OK;
}
