/* SPDX-License-Identifier: Apache-2.0 */
/*
 * rows: what the commands over a record share: their options, opening the
 * record, and printing the rows of a query as a table or as JSON Lines.
 */
#ifndef DLN_CLI_ROWS_H
#define DLN_CLI_ROWS_H

#include "base/json.h"
#include "store/store.h"

/* Options of the commands over a record. Text is NULL when not given. */
typedef struct dln_cli_options {
    const char *record;
    const char *argument;   /* ID or words; NULL when the command has none */
    const char *from, *to;  /* first and last day, ISO 8601 */
    const char *by, *actor, *place, *type, *status, *act, *about, *quantity,
        *side;
    bool json, disputed, overdue, help;
    int64_t limit;          /* rows, -1: all */
} dln_cli_options;

/* Reads `argv` for a command that takes the options named in `takes`
 * ("from to json"; json, limit and help always) and, behind the record,
 * `arguments` further words, which are joined. Returns -1 to go on, else
 * the exit code; says what is wrong with `usage` on standard error. */
int dln_cli_parse(dln_cli_options *options, int argc, char **argv,
                  const char *takes, bool argument, const char *usage);

/* Opens the record and runs `sql`, whose ?1 ?2 ... are bound as `format`
 * says (dln_query_bind). Prints every row with `print`, or, with --json, as
 * an object of all its columns: "NAME:json" is JSON already, others are
 * text, numbers or null. Returns the exit code. */
typedef struct dln_grid dln_grid;
typedef void dln_cli_row(dln_grid *grid, const dln_query *query);

int dln_cli_rows(const dln_cli_options *options, const char *const *heads,
                 dln_cli_row *print, const char *sql, const char *format,
                 ...);

/* --- cells ------------------------------------------------------------ */

/* Next cell of the row. */
void dln_grid_cell(dln_grid *grid, dln_str text);
void dln_grid_printf(dln_grid *grid, const char *format, ...)
    DLN_PRINTF(2, 3);
/* Columns `at`.. of the query: start, end, precision → "2021-01-11",
 * "2021-01", "2020-11-10/12"; when there is no date, `words` as the report
 * has them, or "no date". */
void dln_grid_date(dln_grid *grid, const dln_query *query, int at,
                   dln_str words);
/* The same date as text, in `out`. */
void dln_cli_date(char out[64], dln_str start, dln_str end,
                  dln_str precision);

/* "told 2021-01-12": a day when no date is known; "" without a day. */
void dln_cli_told(char out[64], dln_str day);

/* Bold on a terminal (and not NO_COLOR), else [[ and ]]. */
const char *dln_cli_mark(bool on);

#endif
