/* SPDX-License-Identifier: Apache-2.0 */
#include "onto/onto.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/io.h"
#include "onto/onto_p.h"

typedef dln_status read_table(dln_onto *onto, const dln_table *table,
                              dln_error *error);

/* The order is the order of senses: see dln_onto_find. */
static const struct source {
    const char *file;
    uint32_t fields;
    read_table *read;
} sources[] = {
    {"countries.txt", 11, dln_onto__countries},
    {"organisations.txt", 5, dln_onto__groups},
    {"armed-groups.txt", 5, dln_onto__groups},
    {"peoples.txt", 5, dln_onto__groups},
    {"titles.txt", 3, dln_onto__titles},
    {"places.txt", 7, dln_onto__places},
};

bool dln_onto__is_hidden(const dln_onto *onto, const dln_table *table,
                         const dln_row *row)
{
    return onto->over && onto->over != table
           && dln_table_find(onto->over, row->field[0]);
}

static dln_status read_text(dln_onto *onto, const struct source *source,
                            const char *path, dln_str text, dln_table *table,
                            dln_error *error)
{
    char hash[17];
    dln_str pieces[] = {dln_str_of(onto->hash), dln_str_of(source->file),
                        text};
    DLN_TRY(dln_table_parse(table, onto->arena, dln_str_of(path), text,
                            source->fields, error));
    dln_content_id(hash, pieces, 3);
    memcpy(onto->hash, hash, sizeof hash);
    return source->read(onto, table, error);
}

/* The user's rows first, so that their senses are. */
static dln_status read_source(dln_onto *onto, const struct source *source,
                              dln_error *error)
{
    char path[4096];
    dln_buf text;
    dln_table own, table;
    dln_buf_init(&text, DLN_TABLE_MAX_BYTES);
    onto->over = NULL;
    dln_status status = dln_overlay_text(&text, path, onto->folder,
                                         source->file, error);
    if (status == DLN_OK) {
        status = read_text(onto, source, path, dln_buf_view(&text), &own,
                           error);
        onto->over = &own;
    }
    int n = snprintf(path, sizeof path, "%s/onto/%s", onto->datadir.data,
                     source->file);
    if (n < 0 || (size_t)n >= sizeof path)
        status = dln_fail(error, DLN_BADARG, "path too long");
    if (status >= DLN_OK)
        status = dln_io_read(&text, path, error);
    if (status == DLN_OK)
        status = read_text(onto, source, path, dln_buf_view(&text), &table,
                           error);
    onto->over = NULL;
    dln_buf_release(&text);
    return status;
}

static dln_onto *new_onto(const char *datadir, const char *folder)
{
    dln_onto *onto = calloc(1, sizeof *onto);
    if (onto)
        onto->arena = dln_arena_new(0);
    if (!onto || !onto->arena) {
        free(onto);
        return NULL;
    }
    onto->datadir = dln_arena_str(onto->arena, dln_str_of(datadir));
    if (folder)
        onto->folder = dln_arena_str(onto->arena, dln_str_of(folder)).data;
    dln_map_init(&onto->keys, onto->arena);
    dln_map_init(&onto->first_words, onto->arena);
    dln_map_init(&onto->iso3, onto->arena);
    dln_map_init(&onto->by_id, onto->arena);
    return onto;
}

dln_status dln_onto_open(dln_onto **out, const char *datadir,
                         dln_error *error)
{
    return dln_onto_open_over(out, datadir, NULL, error);
}

dln_status dln_onto_open_over(dln_onto **out, const char *datadir,
                              const char *folder, dln_error *error)
{
    *out = NULL;
    DLN_TRY(dln_overlay_check(folder, error));
    dln_onto *onto = new_onto(datadir, folder);
    if (!onto)
        return dln_fail(error, DLN_NOMEM, "out of memory");
    dln_status status = DLN_OK;
    for (size_t i = 0; i < sizeof sources / sizeof *sources
                       && status == DLN_OK; i++)
        status = read_source(onto, &sources[i], error);
    if (status == DLN_OK && dln_arena_oom(onto->arena))
        status = dln_fail(error, DLN_NOMEM, "out of memory");
    if (status != DLN_OK) {
        dln_onto_close(onto);
        return status;
    }
    *out = onto;
    return DLN_OK;
}

void dln_onto_close(dln_onto *onto)
{
    if (!onto)
        return;
    dln_towns_close(&onto->towns);
    dln_arena_free(onto->arena);
    free(onto);
}

dln_status dln_onto_add_towns(dln_onto *onto, const char *path,
                              dln_error *error)
{
    char hash[17];
    DLN_TRY(dln_towns_open(&onto->towns, path, error));
    dln_str head = {(const char *)onto->towns.file.data, 32};
    dln_str pieces[] = {dln_str_of(onto->hash), head};
    dln_content_id(hash, pieces, 2);
    memcpy(onto->hash, hash, sizeof hash);
    dln_onto__match_towns(onto);
    return dln_arena_oom(onto->arena)
               ? dln_fail(error, DLN_NOMEM, "out of memory") : DLN_OK;
}

const char *dln_onto_datadir(const dln_onto *onto)
{
    return onto->datadir.data;
}

const char *dln_onto_folder(const dln_onto *onto)
{
    return onto->folder;
}

const char *dln_onto_hash(const dln_onto *onto)
{
    return onto->hash;
}
