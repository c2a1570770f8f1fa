/* SPDX-License-Identifier: Apache-2.0 */
#include "base/table.h"

#include "base/io.h"
#include "base/utf8.h"

static uint32_t words_of(dln_str name)
{
    uint32_t words = 1;
    for (size_t i = 0; i < name.len; i++)
        words += name.data[i] == ' ';
    return words;
}

static void read_row(dln_arena *arena, dln_row *row, dln_str line,
                     uint32_t number)
{
    dln_str rest = line, field;
    uint32_t count = 1;
    for (size_t i = 0; i < line.len; i++)
        count += line.data[i] == '\t';
    dln_str *fields = dln_arena_array(arena, count, sizeof *fields);
    uint32_t n = 0;
    while (fields && n < count && dln_str_cut(&rest, '\t', &field))
        fields[n++] = dln_str_trim(field);
    *row = (dln_row){fields, n, number, DLN_NONE};
}

dln_status dln_table_parse(dln_table *out, dln_arena *arena, dln_str file,
                           dln_str text, uint32_t fields, dln_error *error)
{
    DLN_VEC(dln_row) rows = {0};
    *out = (dln_table){.file = dln_arena_str(arena, file)};
    dln_map_init(&out->names, arena);
    if (!dln_utf8_valid(text))
        return dln_fail(error, DLN_BADDATA, "%.*s: not UTF-8",
                        DLN_ARG(file));
    dln_str rest = dln_arena_str(arena, text), line;
    dln_map last; /* name -> last row of that name */
    dln_map_init(&last, arena);
    for (uint32_t number = 1; dln_str_cut(&rest, '\n', &line); number++) {
        dln_str trimmed = dln_str_trim(line);
        if (!trimmed.len)
            continue;
        if (trimmed.data[0] == '#') {
            dln_str key = DLN_STR("# version:");
            if (!out->version.len && dln_str_starts(trimmed, key))
                out->version = dln_str_trim(dln_str_sub(trimmed, key.len,
                                                        trimmed.len));
            continue;
        }
        dln_row row;
        read_row(arena, &row, line, number);
        if (row.count < fields || !dln_row_field(&row, 0).len)
            return dln_fail(error, DLN_BADDATA,
                            "%.*s:%u: expected %u fields, found %u",
                            DLN_ARG(file), number, fields, row.count);
        uint32_t at = rows.count;
        dln_row *slot = DLN_VEC_PUSH(arena, &rows);
        if (!slot)
            break;
        *slot = row;
        uint32_t before = dln_map_get(&last, row.field[0]);
        if (before != DLN_NONE)
            rows.at[before].next = at;
        else
            dln_map_set(&out->names, row.field[0], at);
        dln_map_set(&last, row.field[0], at);
        uint32_t words = words_of(row.field[0]);
        if (words > out->longest)
            out->longest = words;
    }
    if (dln_arena_oom(arena))
        return dln_fail(error, DLN_NOMEM, "%.*s: out of memory",
                        DLN_ARG(file));
    if (!out->version.len)
        return dln_fail(error, DLN_BADDATA,
                        "%.*s: no line '# version: N'", DLN_ARG(file));
    out->rows = rows.at;
    out->count = rows.count;
    return DLN_OK;
}

dln_status dln_table_read(dln_table *out, dln_arena *arena, const char *path,
                          uint32_t fields, dln_error *error)
{
    dln_buf text;
    dln_buf_init(&text, DLN_TABLE_MAX_BYTES);
    dln_status status = dln_io_read(&text, path, error);
    if (status == DLN_OK)
        status = dln_table_parse(out, arena, dln_str_of(path),
                                 dln_buf_view(&text), fields, error);
    dln_buf_release(&text);
    return status;
}

const dln_row *dln_table_find(const dln_table *table, dln_str name)
{
    uint32_t at = dln_map_get(&table->names, name);
    return at == DLN_NONE ? NULL : &table->rows[at];
}
