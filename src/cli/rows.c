/* SPDX-License-Identifier: Apache-2.0 */
#define _GNU_SOURCE
#include "cli/rows.h"

#include <getopt.h>
#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "cli/cli.h"
#include "cli/grid.h"

enum { OPT_FIRST = 256 };

static const struct {
    const char *name;
    size_t offset;          /* of a const char * in dln_cli_options */
} texts[] = {
    {"from", offsetof(dln_cli_options, from)},
    {"to", offsetof(dln_cli_options, to)},
    {"by", offsetof(dln_cli_options, by)},
    {"actor", offsetof(dln_cli_options, actor)},
    {"place", offsetof(dln_cli_options, place)},
    {"type", offsetof(dln_cli_options, type)},
    {"status", offsetof(dln_cli_options, status)},
    {"act", offsetof(dln_cli_options, act)},
    {"about", offsetof(dln_cli_options, about)},
    {"quantity", offsetof(dln_cli_options, quantity)},
    {"side", offsetof(dln_cli_options, side)},
};
#define TEXTS (sizeof texts / sizeof *texts)

static bool takes_option(const char *takes, const char *name)
{
    dln_str rest = dln_str_of(takes), word;
    while (dln_str_cut(&rest, ' ', &word))
        if (dln_str_is(word, name))
            return true;
    return false;
}

static int wrong_usage(const char *usage)
{
    fputs(usage, stderr);
    return DLN_EXIT_USAGE;
}

/* The words behind the record as one argument; it lives until exit. */
static const char *joined(int argc, char **argv, int from)
{
    static char text[4096];
    size_t len = 0;
    for (int i = from; i < argc; i++) {
        int n = snprintf(text + len, sizeof text - len, "%s%s",
                         i > from ? " " : "", argv[i]);
        if (n < 0 || (size_t)n >= sizeof text - len)
            return NULL;
        len += (size_t)n;
    }
    return text;
}

static bool is_date(const char *text)
{
    dln_interval when;
    return !text || dln_interval_parse(dln_str_of(text), &when);
}

int dln_cli_parse(dln_cli_options *out, int argc, char **argv,
                  const char *takes, bool argument, const char *usage)
{
    struct option options[TEXTS + 8] = {
        {"json", no_argument, NULL, 'j'},
        {"limit", required_argument, NULL, 'n'},
        {"help", no_argument, NULL, 'h'},
        {"disputed", no_argument, NULL, 'd'},
    };
    int count = takes_option(takes, "disputed") ? 4 : 3;
    if (takes_option(takes, "overdue"))
        options[count++] = (struct option){"overdue", no_argument, NULL,
                                           'o'};
    for (size_t i = 0; i < TEXTS; i++)
        if (takes_option(takes, texts[i].name))
            options[count++] = (struct option){
                texts[i].name, required_argument, NULL, OPT_FIRST + (int)i};
    options[count] = (struct option){0};
    *out = (dln_cli_options){.limit = -1};
    for (int c; (c = getopt_long(argc, argv, "hn:", options, NULL)) != -1;) {
        char *end = NULL;
        if (c == 'h') {
            fputs(usage, stdout);
            return DLN_EXIT_OK;
        } else if (c == 'j') {
            out->json = true;
        } else if (c == 'd') {
            out->disputed = true;
        } else if (c == 'o') {
            out->overdue = true;
        } else if (c == 'n') {
            out->limit = strtol(optarg, &end, 10);
            if (*end || end == optarg || out->limit < 0)
                return wrong_usage(usage);
        } else if (c >= OPT_FIRST) {
            memcpy((char *)out + texts[c - OPT_FIRST].offset, &optarg,
                   sizeof optarg);
        } else {
            return wrong_usage(usage);
        }
    }
    if (!is_date(out->from) || !is_date(out->to)) {
        dln_cli_say("a date is written 2021-01-11");
        return DLN_EXIT_USAGE;
    }
    if (optind >= argc || (argument ? optind + 2 > argc
                                    : optind + 1 != argc))
        return wrong_usage(usage);
    out->record = argv[optind];
    if (argument && !(out->argument = joined(argc, argv, optind + 1)))
        return wrong_usage(usage);
    return -1;
}

static dln_status each(const dln_cli_options *options, dln_query *query,
                       dln_grid *grid, dln_cli_row *print)
{
    dln_buf out;
    dln_status status = DLN_OK;
    dln_buf_init(&out, 0);
    for (int64_t n = 0; options->limit < 0 || n < options->limit; n++) {
        status = dln_query_step(query);
        if (status != DLN_OK)
            break;
        if (!options->json) {
            dln_grid_row(grid);
            print(grid, query);
            continue;
        }
        dln_json json;
        dln_buf_clear(&out);
        dln_json_init(&json, &out);
        dln_query_json_row(query, &json);
        dln_buf_char(&out, '\n');
        fwrite(out.data, 1, out.len, stdout);
    }
    dln_buf_release(&out);
    return status == DLN_END ? DLN_OK : status;
}

int dln_cli_rows(const dln_cli_options *options, const char *const *heads,
                 dln_cli_row *print, const char *sql, const char *format,
                 ...)
{
    dln_store *store = NULL;
    dln_query *query = NULL;
    dln_error error = {DLN_OK, ""};
    dln_grid grid;
    dln_grid_init(&grid, heads);
    dln_status status = dln_store_open(&store, options->record, &error);
    if (status == DLN_OK)
        status = dln_query_open(store, &query, sql, &error);
    if (status == DLN_OK) {
        va_list args;
        va_start(args, format);
        status = dln_query_bind_list(query, format, args);
        va_end(args);
    }
    if (status == DLN_OK)
        status = each(options, query, &grid, print);
    if (status == DLN_OK && !options->json)
        dln_grid_end(&grid);
    if (status != DLN_OK)
        dln_cli_say("%s", error.text[0] ? error.text
                                        : dln_status_text(status));
    dln_grid_release(&grid);
    dln_query_close(query);
    dln_store_close(store);
    return dln_cli_exit(status);
}

void dln_cli_date(char out[64], dln_str start, dln_str end,
                  dln_str precision)
{
    size_t shared = 0;
    out[0] = '\0';
    if (!start.len && !end.len)
        return;
    if (!start.len) {
        snprintf(out, 64, "until %.*s", DLN_ARG(end));
        return;
    }
    if (!end.len) {
        snprintf(out, 64, "from %.*s", DLN_ARG(start));
        return;
    }
    if (dln_str_is(precision, "decade"))
        snprintf(out, 64, "%.*s0s", 3, start.data);
    else if (dln_str_is(precision, "year") && start.len == 10
             && !memcmp(start.data, end.data, 4))
        snprintf(out, 64, "%.*s", 4, start.data);
    else if (dln_str_is(precision, "month") && start.len == 10
             && !memcmp(start.data, end.data, 7))
        snprintf(out, 64, "%.*s", 7, start.data);
    else if (dln_str_eq(start, end))
        snprintf(out, 64, "%.*s", DLN_ARG(start));
    else {
        /* 2020-09-27/11-10: what both share is not said twice */
        if (start.len == 10 && end.len == 10)
            shared = !memcmp(start.data, end.data, 8) ? 8
                     : !memcmp(start.data, end.data, 5) ? 5 : 0;
        snprintf(out, 64, "%.*s/%.*s", DLN_ARG(start),
                 DLN_ARG(dln_str_sub(end, shared, end.len)));
    }
}

void dln_cli_told(char out[64], dln_str day)
{
    out[0] = '\0';
    if (day.len)
        snprintf(out, 64, "told %.*s", day.len < 10 ? (int)day.len : 10,
                 day.data);
}

void dln_grid_date(dln_grid *grid, const dln_query *query, int at,
                   dln_str words)
{
    char text[64];
    dln_cli_date(text, dln_query_str(query, at),
                 dln_query_str(query, at + 1), dln_query_str(query, at + 2));
    if (text[0])
        dln_grid_cell(grid, dln_str_of(text));
    else if (words.len)
        dln_grid_cell(grid, words);
    else
        dln_grid_cell(grid, DLN_STR("no date"));
}

const char *dln_cli_mark(bool on)
{
    const char *plain = getenv("NO_COLOR");
    if (isatty(STDOUT_FILENO) && !(plain && *plain))
        return on ? "\033[1m" : "\033[0m";
    return on ? "[[" : "]]";
}
