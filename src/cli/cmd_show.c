/* SPDX-License-Identifier: Apache-2.0 */
/*
 * show: a row of the record with all its evidence, and why each field was
 * decided. An id may be cut short as long as it names one row. Its columns
 * are printed as "name value", its evidence with the quote marked in its
 * sentence. What belongs to a row is said in store/detail.c.
 */
#include <stdio.h>

#include "cli/cli.h"
#include "cli/rows.h"
#include "store/detail.h"

static const char usage[] =
    "usage: dateline show RECORD ID [--json]\n"
    "A row of the record with all its evidence: every place in a report, the\n"
    "quote marked in its sentence, and why each field was decided. ID is an\n"
    "event, event mention, statement, figure, figure series, time, actor,\n"
    "place, agreement, obligation, issue or report; ids of digits may be cut\n"
    "short.\n";

/* --- for people ------------------------------------------------------- */

static void print_value(const dln_query *q, int c)
{
    if (dln_query_type(q, c) == 'd')
        printf("%.12g", dln_query_double(q, c));
    else
        printf("%.*s", DLN_ARG(dln_query_str(q, c)));
}

static void print_fields(const dln_query *q)
{
    for (int c = 0; c < dln_query_columns(q); c++) {
        if (dln_query_null(q, c) || !dln_query_str(q, c).len)
            continue;
        printf("%-20s ", dln_query_name(q, c));
        print_value(q, c);
        putchar('\n');
    }
}

static void print_item(const dln_query *q)
{
    fputs(" ", stdout);
    for (int c = 0; c < dln_query_columns(q); c++) {
        if (dln_query_null(q, c) || !dln_query_str(q, c).len)
            continue;
        printf(" %s ", c ? dln_query_name(q, c) : "");
        print_value(q, c);
    }
    putchar('\n');
}

static void print_evidence(const dln_query *q, int number)
{
    dln_str published = dln_query_str(q, DLN_EV_PUBLISHED);
    dln_str outlet = dln_query_str(q, DLN_EV_OUTLET);
    dln_str copy = dln_query_str(q, DLN_EV_COPY);
    printf("[%d] %.*s, %.*s", number,
           DLN_ARG(outlet.len ? outlet : dln_query_str(q, DLN_EV_URI)),
           DLN_ARG(published.len ? published : DLN_STR("undated")));
    if (dln_query_str(q, DLN_EV_TITLE).len)
        printf(": %.*s", DLN_ARG(dln_query_str(q, DLN_EV_TITLE)));
    if (copy.len)
        printf(" (%.*s copy)", DLN_ARG(copy));
    printf("\n    %.*s%s%.*s%s%.*s\n",
           DLN_ARG(dln_query_str(q, DLN_EV_BEFORE)), dln_cli_mark(true),
           DLN_ARG(dln_query_str(q, DLN_EV_MARKED)),
           dln_cli_mark(false), DLN_ARG(dln_query_str(q, DLN_EV_AFTER)));
    if (dln_query_str(q, DLN_EV_WHY).len)
        printf("    why: %.*s\n", DLN_ARG(dln_query_str(q, DLN_EV_WHY)));
    if (dln_query_str(q, DLN_EV_DETAIL).len)
        printf("    and: %.*s\n", DLN_ARG(dln_query_str(q, DLN_EV_DETAIL)));
    printf("    %.*s bytes %lld-%lld of %.*s\n",
           DLN_ARG(dln_query_str(q, DLN_EV_ID)),
           (long long)dln_query_int(q, DLN_EV_START),
           (long long)dln_query_int(q, DLN_EV_END),
           DLN_ARG(dln_query_str(q, DLN_EV_REPORT)));
}

typedef enum part { PART_ROW, PART_LIST, PART_EVIDENCE } part;

static dln_status print_part(dln_store *store, const char *sql, dln_str id,
                             part what, const char *name, dln_error *error)
{
    dln_query *query = NULL;
    dln_status status;
    int rows = 0;
    DLN_TRY(dln_query_open(store, &query, sql, error));
    status = dln_query_bind(query, "S", id);
    while (status == DLN_OK
           && (status = dln_query_step(query)) == DLN_OK) {
        rows++;
        if (what != PART_ROW && rows == 1)
            printf("\n%s\n", name);
        if (what == PART_ROW)
            print_fields(query);
        else if (what == PART_LIST)
            print_item(query);
        else
            print_evidence(query, rows);
    }
    dln_query_close(query);
    return status == DLN_END ? DLN_OK : status;
}

static dln_status show(dln_store *store, const dln_detail *d, dln_str id,
                       dln_error *error)
{
    DLN_TRY(print_part(store, d->row, id, PART_ROW, d->table, error));
    for (size_t i = 0; i < DLN_DETAIL_LISTS && d->lists[i].sql; i++)
        DLN_TRY(print_part(store, d->lists[i].sql, id, PART_LIST,
                           d->lists[i].name, error));
    if (!d->evidence)
        return DLN_OK;
    return print_part(store, d->evidence, id, PART_EVIDENCE, "evidence",
                      error);
}

static dln_status show_json(dln_store *store, const dln_detail *d,
                            dln_str id, dln_error *error)
{
    dln_buf out;
    dln_json json;
    dln_buf_init(&out, 0);
    dln_json_init(&json, &out);
    dln_json_object(&json);
    dln_status status = dln_detail_json(store, d, id, &json, error);
    if (status == DLN_OK) {
        dln_json_close(&json);
        printf("%.*s\n", (int)out.len, out.data);
    }
    dln_buf_release(&out);
    return status;
}

static dln_status find_and_show(dln_store *store, dln_str given, bool json,
                                dln_error *error)
{
    const dln_detail *detail;
    char id[DLN_DETAIL_ID];
    DLN_TRY(dln_detail_find(store, given, &detail, id, error));
    return json ? show_json(store, detail, dln_str_of(id), error)
                : show(store, detail, dln_str_of(id), error);
}

int dln_cmd_show(int argc, char **argv)
{
    dln_cli_options o;
    dln_store *store = NULL;
    dln_error error = {DLN_OK, ""};
    int code = dln_cli_parse(&o, argc, argv, "", true, usage);
    if (code >= 0)
        return code;
    dln_status status = dln_store_open(&store, o.record, &error);
    if (status == DLN_OK)
        status = find_and_show(store, dln_str_of(o.argument), o.json,
                               &error);
    if (status != DLN_OK)
        dln_cli_say("%s", error.text);
    dln_store_close(store);
    return dln_cli_exit(status);
}
