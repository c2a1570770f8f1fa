/* SPDX-License-Identifier: Apache-2.0 */
/*
 * dictionary: dictionaries.txt → handle; document → events.
 *
 * dictionaries.txt has rows WHAT TAB VALUE: `format` tabari or petrarch,
 * `scheme` cameo or weis, `alone` yes (no frames, no other actors), and
 * `verbs`, `actors`, `agents`, `discards` with a file of the folder's
 * dictionaries/. A code means in PLOVER what DATADIR/onto/SCHEME.txt, or the
 * user's codes.txt, says of it or of its longest beginning.
 */
#include "dictionary/dictionary_p.h"

#include <stdio.h>
#include <stdlib.h>

#include "onto/overlay.h"

static dln_status read_file(dln_dictionary *d, const dln_table *table,
                            const dln_row *row, dln_error *error)
{
    static const struct part {
        const char *name;
        dln_status (*read)(dln_dictionary *, dln_str, dln_error *);
    } parts[] = {{"actors", dln_dict__actors}, {"agents", dln_dict__agents},
                 {"verbs", dln_dict__verbs},
                 {"discards", dln_dict__discards}};
    dln_str name = row->field[1];
    char path[4096], file[256];
    const struct part *part = NULL;
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        if (dln_str_is(row->field[0], parts[i].name))
            part = &parts[i];
    if (!part)
        return DLN_OK;
    if (memchr(name.data, '/', name.len) || name.len > 200)
        return dln_fail(error, DLN_BADDATA, "%.*s:%u: not a file's name",
                        DLN_ARG(table->file), row->line);
    snprintf(file, sizeof file, "dictionaries/%.*s", DLN_ARG(name));
    dln_buf text;
    dln_buf_init(&text, DLN_OVERLAY_MAX_BYTES);
    dln_status status = dln_overlay_text(&text, path,
                                         dln_onto_folder(d->onto), file,
                                         error);
    dln_str *slot = DLN_VEC_PUSH(d->arena, &d->files);
    if (status == DLN_END)
        status = dln_fail(error, DLN_BADDATA, "%.*s:%u: no such file: %s",
                          DLN_ARG(table->file), row->line, path);
    else if (!slot)
        status = dln_fail(error, DLN_NOMEM, "out of memory");
    if (status == DLN_OK) {
        *slot = dln_arena_str(d->arena, dln_str_of(path));
        d->file = d->files.count - 1;
        status = part->read(d, dln_buf_view(&text), error);
    }
    dln_buf_release(&text);
    return status;
}

static dln_status read_codes(dln_dictionary *d, const dln_table *table,
                             dln_error *error)
{
    for (uint32_t i = 0; i < table->count; i++) {
        const dln_row *row = &table->rows[i];
        dln_str name = row->field[1], mode = {"", 0};
        dln_dict_meaning m = {NULL, {"", 0}};
        size_t colon = dln_str_find(name, DLN_STR(":"), 0);
        if (!dln_str_is(name, "none")) {
            m.type = dln_plover_find(d->plover, dln_str_sub(name, 0, colon));
            if (colon < name.len)
                mode = dln_str_sub(name, colon + 1, name.len);
            if (!m.type
                || (mode.len && !dln_plover_mode_find(m.type, mode)))
                return dln_fail(error, DLN_BADDATA,
                                "%.*s:%u: no type or mode \"%.*s\"",
                                DLN_ARG(table->file), row->line,
                                DLN_ARG(name));
            m.mode = mode;
        }
        if (dln_map_get(&d->code_names, row->field[0]) != DLN_NONE)
            continue;       /* the user's row stands first */
        dln_map_set(&d->code_names, row->field[0], d->meanings.count);
        dln_dict_meaning *slot = DLN_VEC_PUSH(d->arena, &d->meanings);
        if (slot)
            *slot = m;
    }
    return DLN_OK;
}

const dln_dict_meaning *dln_dict__meaning(const dln_dictionary *d,
                                          dln_str code)
{
    for (size_t n = code.len; n >= 2; n--) {
        uint32_t at = dln_map_get(&d->code_names, dln_str_sub(code, 0, n));
        if (at != DLN_NONE)
            return &d->meanings.at[at];
    }
    return NULL;
}

static dln_status read_settings(dln_dictionary *d, const dln_table *table,
                                const char **scheme, dln_error *error)
{
    static const struct setting {
        const char *name, *values[3];
    } known[] = {{"format", {"petrarch", "tabari"}},
                 {"scheme", {"cameo", "weis"}}, {"alone", {"no", "yes"}},
                 {"actors", {0}}, {"agents", {0}}, {"verbs", {0}},
                 {"discards", {0}}};
    *scheme = "cameo";
    d->mark = '#';
    for (uint32_t i = 0; i < table->count; i++) {
        const dln_row *row = &table->rows[i];
        size_t k = 0, n = sizeof known / sizeof *known;
        while (k < n && !dln_str_is(row->field[0], known[k].name))
            k++;
        bool first = k < n && known[k].values[0]
                     && dln_str_is(row->field[1], known[k].values[0]);
        bool second = k < n && known[k].values[0]
                      && dln_str_is(row->field[1], known[k].values[1]);
        if (k == n || (known[k].values[0] && !first && !second))
            return dln_fail(error, DLN_BADDATA,
                            "%.*s:%u: not understood: %.*s",
                            DLN_ARG(table->file), row->line,
                            DLN_ARG(row->field[0]));
        if (k == 0)
            d->stems = second;
        else if (k == 1)
            *scheme = known[k].values[second];
        else if (k == 2)
            d->alone = second;
    }
    d->mark = d->stems ? ';' : '#';
    return DLN_OK;
}

static dln_status read_all(dln_dictionary *d, const dln_table *table,
                           dln_error *error)
{
    const char *scheme, *data = dln_onto_datadir(d->onto);
    char path[4200];
    dln_table codes;
    DLN_TRY(read_settings(d, table, &scheme, error));
    DLN_TRY(dln_plover_open(&d->plover, data, error));
    DLN_TRY(dln_overlay_table(&codes, d->arena, dln_onto_folder(d->onto),
                              "codes.txt", 2, error));
    DLN_TRY(read_codes(d, &codes, error));
    snprintf(path, sizeof path, "%s/onto/%s.txt", data, scheme);
    DLN_TRY(dln_table_read(&codes, d->arena, path, 2, error));
    DLN_TRY(read_codes(d, &codes, error));
    for (uint32_t i = 0; i < table->count; i++)
        DLN_TRY(read_file(d, table, &table->rows[i], error));
    return dln_arena_oom(d->arena)
               ? dln_fail(error, DLN_NOMEM, "out of memory") : DLN_OK;
}

static dln_dictionary *begin(const dln_onto *onto)
{
    dln_dictionary *d = calloc(1, sizeof *d);
    if (d)
        d->arena = dln_arena_new(0);
    if (!d || !d->arena) {
        free(d);
        return NULL;
    }
    d->onto = onto;
    dln_map *maps[] = {&d->set_names, &d->markers, &d->names, &d->verbs,
                       &d->discards, &d->code_names};
    for (size_t i = 0; i < sizeof maps / sizeof *maps; i++)
        dln_map_init(maps[i], d->arena);
    return d;
}

static dln_status parse_all(dln_dictionary *d, dln_str actors, dln_str agents,
                            dln_str verbs, dln_error *error)
{
    static const char settings[] = "# version: 1\nalone\tyes\n";
    dln_table table;
    DLN_TRY(dln_table_parse(&table, d->arena, DLN_STR("settings"),
                            dln_str_of(settings), 2, error));
    DLN_TRY(read_all(d, &table, error));
    dln_str *slot = DLN_VEC_PUSH(d->arena, &d->files);
    if (!slot)
        return dln_fail(error, DLN_NOMEM, "out of memory");
    *slot = DLN_STR("memory");
    d->file = 0;
    DLN_TRY(dln_dict__actors(d, actors, error));
    DLN_TRY(dln_dict__agents(d, agents, error));
    return dln_dict__verbs(d, verbs, error);
}

dln_status dln_dictionary_parse(dln_dictionary **out, const dln_onto *onto,
                                bool stems, dln_str actors, dln_str agents,
                                dln_str verbs, dln_error *error)
{
    dln_dictionary *d = *out = begin(onto);
    if (!d)
        return dln_fail(error, DLN_NOMEM, "out of memory");
    d->stems = stems;
    dln_status status = parse_all(d, actors, agents, verbs, error);
    if (status != DLN_OK) {
        dln_dictionary_close(d);
        *out = NULL;
    }
    return status;
}

dln_status dln_dictionary_open(dln_dictionary **out, const dln_onto *onto,
                               dln_error *error)
{
    dln_table table;
    *out = NULL;
    if (!dln_onto_folder(onto))
        return DLN_OK;
    dln_dictionary *d = begin(onto);
    if (!d)
        return dln_fail(error, DLN_NOMEM, "out of memory");
    dln_status status = dln_overlay_table(&table, d->arena,
                                          dln_onto_folder(onto),
                                          "dictionaries.txt", 2, error);
    if (status == DLN_OK)
        status = read_all(d, &table, error);
    if (status != DLN_OK) {
        dln_dictionary_close(d);
        return status == DLN_END ? DLN_OK : status;
    }
    *out = d;
    return DLN_OK;
}

const char *dln_dictionary_odd(const dln_dictionary *d, uint32_t n)
{
    return d && n < d->odd.count ? d->odd.at[n].data : NULL;
}

void dln_dictionary_close(dln_dictionary *d)
{
    if (!d)
        return;
    dln_plover_close(d->plover);
    dln_arena_free(d->arena);
    free(d);
}
