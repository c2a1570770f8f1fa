/* SPDX-License-Identifier: Apache-2.0 */
/*
 * table: a word list or vocabulary as a person edits it.
 *
 * A text file: one row a line, fields separated by tabs, `#` begins a
 * comment line, blank lines are skipped, white space around fields is
 * dropped. The first comment line must read `# version: N`. The first field
 * is the row's name; several rows may share it (find gives the first, next
 * goes on). Errors name file and line.
 */
#ifndef DLN_BASE_TABLE_H
#define DLN_BASE_TABLE_H

#include "base/map.h"

#define DLN_TABLE_MAX_BYTES ((size_t)64 << 20)

typedef struct dln_row {
    const dln_str *field; /* [count] */
    uint32_t count;
    uint32_t line;        /* in the file, from 1 */
    uint32_t next;        /* next row of the same name, or DLN_NONE */
} dln_row;

typedef struct dln_table {
    dln_str file;         /* as it was opened */
    dln_str version;
    dln_row *rows;        /* [count], in file order */
    uint32_t count;
    dln_map names;        /* first field -> first row of that name */
    uint32_t longest;     /* words in the longest name (by spaces) */
} dln_table;

/* Reads `path` into `arena`. Rows with fewer than `fields` fields are an
 * error (DLN_BADDATA). */
DLN_NODISCARD dln_status dln_table_read(dln_table *out, dln_arena *arena,
                                        const char *path, uint32_t fields,
                                        dln_error *error);
/* The same from memory; `file` is its name in errors. */
DLN_NODISCARD dln_status dln_table_parse(dln_table *out, dln_arena *arena,
                                         dln_str file, dln_str text,
                                         uint32_t fields, dln_error *error);

/* First row named `name` (exact bytes), or NULL. */
const dln_row *dln_table_find(const dln_table *table, dln_str name);
/* Field `i` of a row, empty when it has none. */
static inline dln_str dln_row_field(const dln_row *row, uint32_t i)
{
    return i < row->count ? row->field[i] : (dln_str){NULL, 0};
}

#endif
