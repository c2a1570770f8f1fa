/* SPDX-License-Identifier: Apache-2.0 */
/*
 * DATADIR/onto/plover.txt → types, modes, contexts. Limits: 32 types, 32
 * modes a type; numbers are checked against their ranges here, so that the
 * rest of the program need not.
 */
#include "onto/plover.h"

#include <stdio.h>
#include <stdlib.h>

struct dln_plover {
    dln_arena *arena;
    dln_table table;
    dln_plover_type types[DLN_PLOVER_MAX_TYPES];    /* [count] */
    uint32_t count;
    dln_map contexts;
};

static dln_status bad(const dln_plover *p, const dln_row *row,
                      dln_error *error, const char *what, dln_str word)
{
    return dln_fail(error, DLN_BADDATA, "%.*s:%u: %s \"%.*s\"",
                    DLN_ARG(p->table.file), row->line, what, DLN_ARG(word));
}

/* A number of -10 to 10; the table's fields end with a tab or newline, so
 * they are copied to be read. */
static bool number_of(dln_str text, double *out)
{
    char copy[16], *end;
    if (!text.len || text.len >= sizeof copy)
        return false;
    memcpy(copy, text.data, text.len);
    copy[text.len] = '\0';
    *out = strtod(copy, &end);
    return *end == '\0' && *out >= -10 && *out <= 10;
}

static dln_plover_type *type_of(dln_plover *p, dln_str name)
{
    for (uint32_t i = 0; i < p->count; i++)
        if (dln_str_eq(p->types[i].name, name))
            return &p->types[i];
    return NULL;
}

static dln_status add_type(dln_plover *p, const dln_row *row,
                           dln_error *error)
{
    double quad, intensity;
    if (row->count < 5)
        return bad(p, row, error, "a type needs five fields:", row->field[1]);
    if (p->count == DLN_PLOVER_MAX_TYPES)
        return bad(p, row, error, "too many types at", row->field[1]);
    if (type_of(p, row->field[1]))
        return bad(p, row, error, "type given twice:", row->field[1]);
    if (!number_of(row->field[2], &quad) || quad < 1 || quad > 4
        || quad > (int)quad)
        return bad(p, row, error, "quad is not 1 to 4:", row->field[2]);
    if (!number_of(row->field[3], &intensity))
        return bad(p, row, error, "intensity is not -10 to 10:",
                   row->field[3]);
    p->types[p->count] = (dln_plover_type){
        .name = row->field[1], .index = p->count, .quad = (int)quad,
        .intensity = intensity, .future = row->field[4]};
    p->count++;
    return DLN_OK;
}

static dln_status add_mode(dln_plover *p, const dln_row *row,
                           dln_error *error)
{
    dln_plover_mode mode = {.name = dln_row_field(row, 2)};
    dln_plover_type *type = type_of(p, row->field[1]);
    if (!type)
        return bad(p, row, error, "no type", row->field[1]);
    if (!mode.name.len || dln_plover_mode_find(type, mode.name))
        return bad(p, row, error, "mode missing or given twice:", mode.name);
    if (!number_of(dln_row_field(row, 3), &mode.intensity))
        return bad(p, row, error, "intensity is not -10 to 10:",
                   dln_row_field(row, 3));
    if (type->mode_count == DLN_PLOVER_MAX_MODES)
        return bad(p, row, error, "too many modes at", mode.name);
    type->modes[type->mode_count++] = mode;
    return DLN_OK;
}

static dln_status read_rows(dln_plover *p, dln_error *error)
{
    for (uint32_t i = 0; i < p->table.count; i++) {
        const dln_row *row = &p->table.rows[i];
        if (dln_str_is(row->field[0], "type"))
            DLN_TRY(add_type(p, row, error));
        else if (dln_str_is(row->field[0], "mode"))
            DLN_TRY(add_mode(p, row, error));
        else if (dln_str_is(row->field[0], "context"))
            dln_map_set(&p->contexts, row->field[1], 1);
        else
            return bad(p, row, error, "not type, mode or context:",
                       row->field[0]);
    }
    for (uint32_t i = 0; i < p->count; i++)
        if (!type_of(p, p->types[i].future))
            return dln_fail(error, DLN_BADDATA,
                            "%.*s: %.*s has an unknown future type \"%.*s\"",
                            DLN_ARG(p->table.file), DLN_ARG(p->types[i].name),
                            DLN_ARG(p->types[i].future));
    return DLN_OK;
}

/* With the table read by one of the two entries below. */
static dln_status begin(dln_plover **out, dln_error *error)
{
    *out = calloc(1, sizeof **out);
    if (*out)
        (*out)->arena = dln_arena_new(0);
    if (!*out || !(*out)->arena) {
        dln_plover_close(*out);
        *out = NULL;
        return dln_fail(error, DLN_NOMEM, "out of memory");
    }
    dln_map_init(&(*out)->contexts, (*out)->arena);
    return DLN_OK;
}

static dln_status finish(dln_plover **out, dln_status status,
                         dln_error *error)
{
    if (status == DLN_OK)
        status = read_rows(*out, error);
    if (status == DLN_OK && dln_arena_oom((*out)->arena))
        status = dln_fail(error, DLN_NOMEM, "out of memory");
    if (status != DLN_OK) {
        dln_plover_close(*out);
        *out = NULL;
    }
    return status;
}

dln_status dln_plover_open(dln_plover **out, const char *datadir,
                           dln_error *error)
{
    char path[4096];
    *out = NULL;
    int n = snprintf(path, sizeof path, "%s/onto/plover.txt", datadir);
    if (n < 0 || (size_t)n >= sizeof path)
        return dln_fail(error, DLN_BADARG, "path too long");
    DLN_TRY(begin(out, error));
    return finish(out, dln_table_read(&(*out)->table, (*out)->arena, path, 2,
                                      error), error);
}

dln_status dln_plover_parse(dln_plover **out, dln_str file, dln_str text,
                            dln_error *error)
{
    DLN_TRY(begin(out, error));
    return finish(out, dln_table_parse(&(*out)->table, (*out)->arena, file,
                                       text, 2, error), error);
}

void dln_plover_close(dln_plover *plover)
{
    if (!plover)
        return;
    dln_arena_free(plover->arena);
    free(plover);
}

uint32_t dln_plover_count(const dln_plover *plover)
{
    return plover->count;
}

const dln_plover_type *dln_plover_at(const dln_plover *plover,
                                     uint32_t index)
{
    return index < plover->count ? &plover->types[index] : NULL;
}

const dln_plover_type *dln_plover_find(const dln_plover *plover,
                                       dln_str name)
{
    for (uint32_t i = 0; i < plover->count; i++)
        if (dln_str_eq(plover->types[i].name, name))
            return &plover->types[i];
    return NULL;
}

const dln_plover_mode *dln_plover_mode_find(const dln_plover_type *type,
                                            dln_str mode)
{
    for (uint32_t i = 0; i < type->mode_count; i++)
        if (dln_str_eq(type->modes[i].name, mode))
            return &type->modes[i];
    return NULL;
}

double dln_plover_intensity(const dln_plover_type *type, dln_str mode)
{
    const dln_plover_mode *found = dln_plover_mode_find(type, mode);
    return found ? found->intensity : type->intensity;
}

bool dln_plover_has_context(const dln_plover *plover, dln_str context)
{
    return dln_map_get(&plover->contexts, context) != DLN_NONE;
}
