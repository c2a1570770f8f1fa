/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Metadata beside the files: CSV or JSON Lines → rows by file name.
 *
 * CSV as in RFC 4180, and what spreadsheets make of it: other separators, a
 * byte order mark, Windows-1252, rows that are too short or too long.
 */
#include <jansson.h>
#include <stdlib.h>

#include "base/map.h"
#include "base/repair.h"
#include "ingest/ingest_p.h"

#define MAX_BYTES ((size_t)64 << 20)
#define MAX_COLUMNS 256

enum { FILE_NAME, ID, URI, OUTLET, BYLINE, TITLE, DATE, LANGUAGE, FIELDS };

static const struct { const char *name; int field; } columns[] = {
    {"file", FILE_NAME}, {"path", FILE_NAME}, {"filename", FILE_NAME},
    {"name", FILE_NAME}, {"id", ID}, {"uri", URI}, {"url", URI},
    {"outlet", OUTLET}, {"source", OUTLET}, {"publisher", OUTLET},
    {"byline", BYLINE}, {"author", BYLINE}, {"title", TITLE},
    {"headline", TITLE}, {"date", DATE}, {"published", DATE},
    {"language", LANGUAGE},
};

typedef struct row {
    dln_str field[FIELDS];
} row;

struct dln_sidecar {
    dln_arena *arena;
    DLN_VEC(row) rows;
    dln_map files;          /* path or base name → row */
};

bool dln_sidecar__is_name(const char *name)
{
    return !strcmp(name, "metadata.csv") || !strcmp(name, "metadata.jsonl");
}

static dln_str base_name(dln_str path)
{
    size_t at = path.len;
    while (at > 0 && path.data[at - 1] != '/')
        at--;
    return dln_str_sub(path, at, path.len);
}

static int field_of(dln_str name)
{
    for (size_t i = 0; i < sizeof columns / sizeof *columns; i++)
        if (dln_str_ieq(dln_str_trim(name), dln_str_of(columns[i].name)))
            return columns[i].field;
    return -1;
}

static void add_row(dln_sidecar *s, const row *r)
{
    dln_str file = r->field[FILE_NAME];
    if (dln_str_starts(file, DLN_STR("./")))
        file = dln_str_sub(file, 2, file.len);
    if (!file.len)
        return;
    row *slot = DLN_VEC_PUSH(s->arena, &s->rows);
    if (!slot)
        return;
    *slot = *r;
    if (dln_map_get(&s->files, file) == DLN_NONE)
        dln_map_set(&s->files, file, s->rows.count - 1);
}

/* The field at *at, which is moved behind it; *end when it closes its row.
 * False for a quote that is never closed. */
static bool csv_field(dln_arena *arena, dln_str text, size_t *at,
                      char separator, dln_str *out, bool *end)
{
    size_t i = *at;
    if (i < text.len && text.data[i] == '"') {
        size_t start = ++i, n = 0;
        while (i < text.len) {
            if (text.data[i] != '"')
                i++;
            else if (i + 1 < text.len && text.data[i + 1] == '"')
                i += 2;
            else
                break;
        }
        if (i == text.len)
            return false;
        char *to = dln_arena_alloc(arena, i - start + 1);
        for (size_t k = start; to && k < i; k++) {
            to[n++] = text.data[k];
            k += text.data[k] == '"';
        }
        *out = (dln_str){to, n};
        i++;
    } else {
        *out = (dln_str){NULL, 0};
    }
    size_t start = i;
    while (i < text.len && text.data[i] != separator && text.data[i] != '\n')
        i++;
    if (!out->data)
        *out = dln_str_sub(text, start, i);
    *out = dln_str_trim(*out);
    *end = i >= text.len || text.data[i] == '\n';
    *at = i + (i < text.len);
    return true;
}

static char separator_of(dln_str text)
{
    size_t commas = 0, semicolons = 0, tabs = 0;
    for (size_t i = 0; i < text.len && text.data[i] != '\n'; i++) {
        commas += text.data[i] == ',';
        semicolons += text.data[i] == ';';
        tabs += text.data[i] == '\t';
    }
    if (tabs > commas && tabs > semicolons)
        return '\t';
    return semicolons > commas ? ';' : ',';
}

static dln_status parse_csv(dln_sidecar *s, dln_str text, dln_error *error)
{
    int fields[MAX_COLUMNS];
    size_t count = 0, at = 0;
    char separator = separator_of(text);
    bool header = true, named = false;
    for (unsigned long number = 1; at < text.len; number++) {
        row r = {0};
        bool end = false;
        for (size_t c = 0; !end; c++) {
            dln_str value;
            if (!csv_field(s->arena, text, &at, separator, &value, &end))
                return dln_fail(error, DLN_BADDATA,
                                "row %lu: a quote is not closed", number);
            if (header && c == MAX_COLUMNS)
                return dln_fail(error, DLN_BADDATA,
                                "more than %d columns", MAX_COLUMNS);
            if (header) {
                fields[c] = field_of(value);
                named |= fields[c] == FILE_NAME;
                count = c + 1;
            } else if (c < count && fields[c] >= 0
                       && !r.field[fields[c]].len) {
                r.field[fields[c]] = value;
            }
        }
        if (header && !named)
            return dln_fail(error, DLN_BADDATA,
                            "the header row has no column \"file\"");
        if (!header)
            add_row(s, &r);
        header = false;
    }
    return DLN_OK;
}

static void read_object(dln_sidecar *s, const json_t *object)
{
    const char *key;
    json_t *value;
    row r = {0};
    json_object_foreach((json_t *)(uintptr_t)object, key, value)
    {
        int field = field_of(dln_str_of(key));
        if (field >= 0 && json_is_string(value) && !r.field[field].len)
            r.field[field] = dln_arena_str(
                s->arena, (dln_str){json_string_value(value),
                                    json_string_length(value)});
    }
    add_row(s, &r);
}

static dln_status parse_json(dln_sidecar *s, dln_str text, dln_error *error)
{
    dln_str line;
    for (unsigned long number = 1; dln_str_cut(&text, '\n', &line);
         number++) {
        json_error_t problem;
        if (!dln_str_trim(line).len)
            continue;
        json_t *object = json_loadb(line.data, line.len, 0, &problem);
        bool fine = json_is_object(object);
        if (fine)
            read_object(s, object);
        json_decref(object);
        if (!fine)
            return dln_fail(error, DLN_BADDATA, "line %lu: no JSON object",
                            number);
    }
    return DLN_OK;
}

dln_status dln_sidecar__parse(dln_sidecar **out, dln_str text, bool json,
                              dln_error *error)
{
    *out = calloc(1, sizeof **out);
    if (*out)
        (*out)->arena = dln_arena_new(0);
    if (!*out || !(*out)->arena) {
        free(*out);
        *out = NULL;
        return dln_fail(error, DLN_NOMEM, "out of memory");
    }
    dln_sidecar *s = *out;
    dln_repairs repairs;
    dln_str decoded;
    dln_map_init(&s->files, s->arena);
    dln_status status;
    if (!dln_decode(s->arena, text, &decoded, &repairs)) {
        status = dln_fail(error, DLN_BADDATA, "not a text file");
    } else {
        decoded = dln_arena_str(s->arena, decoded);
        status = json ? parse_json(s, decoded, error)
                      : parse_csv(s, decoded, error);
    }
    if (status == DLN_OK && dln_arena_oom(s->arena))
        status = dln_fail(error, DLN_NOMEM, "out of memory");
    if (status != DLN_OK) {
        dln_sidecar__free(s);
        *out = NULL;
    }
    return status;
}

dln_status dln_sidecar__read(dln_sidecar **out, const char *path,
                             dln_error *error)
{
    dln_buf text;
    dln_error why = {DLN_OK, ""};
    *out = NULL;
    dln_buf_init(&text, MAX_BYTES);
    dln_status status = dln_ingest__file(&text, path, &why);
    if (status == DLN_OK)
        status = dln_sidecar__parse(out, dln_buf_view(&text),
                                    text.len && text.data[0] == '{',
                                    &why);
    dln_buf_release(&text);
    if (status != DLN_OK)
        return dln_fail(error, status, "metadata file %s: %s", path,
                        why.text);
    return DLN_OK;
}

void dln_sidecar__free(dln_sidecar *sidecar)
{
    if (!sidecar)
        return;
    dln_arena_free(sidecar->arena);
    free(sidecar);
}

bool dln_sidecar__fill(const dln_sidecar *sidecar, dln_str path,
                       dln_item *item)
{
    if (!sidecar)
        return false;
    uint32_t at = dln_map_get(&sidecar->files, path);
    if (at == DLN_NONE)
        at = dln_map_get(&sidecar->files, base_name(path));
    if (at == DLN_NONE)
        return false;
    const dln_str *field = sidecar->rows.at[at].field;
    dln_str *to[FIELDS] = {NULL, &item->id, &item->uri, &item->outlet,
                           &item->byline, &item->title, &item->date,
                           &item->language};
    bool dated = item->date.len > 0;
    for (int i = ID; i < FIELDS; i++)
        if (!to[i]->len)
            *to[i] = field[i];
    if (!dated && item->date.len)
        item->date_basis = DLN_BASIS_METADATA;
    return true;
}
