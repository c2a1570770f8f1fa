/* SPDX-License-Identifier: Apache-2.0 */
/* The plain readers: a text, a web page, JSON Lines, JSON. */
#include <jansson.h>
#include <stdlib.h>

#include "base/io.h"
#include "ingest/ingest_p.h"

/* ---- a file that is one report ---- */

dln_status dln_ingest__whole_open(dln_reader *reader, size_t max,
                                  dln_error *error)
{
    dln_buf *file = calloc(1, sizeof *file);
    if (!file)
        return dln_fail(error, DLN_NOMEM, "out of memory");
    dln_buf_init(file, max);
    reader->state = file;
    if (!dln_stream_all(reader->in, file))
        return dln_fail(error, DLN_FAILED, "cannot read it");
    if (file->oom)
        return dln_fail(error, DLN_FAILED, "larger than %zu bytes", max);
    return DLN_OK;
}

bool dln_ingest__whole(dln_reader *reader, dln_str *bytes)
{
    dln_buf *file = reader->state;
    if (file->max == 0)     /* given */
        return false;
    file->max = 0;
    *bytes = dln_buf_view(file);
    return true;
}

void dln_ingest__whole_close(dln_reader *reader)
{
    if (reader->state)
        dln_buf_release(reader->state);
    free(reader->state);
    reader->state = NULL;
}

static dln_status open_text(dln_reader *reader, dln_error *error)
{
    return dln_ingest__whole_open(reader, DLN_DOC_MAX_BYTES, error);
}

static dln_status next_text(dln_reader *reader, dln_item *item,
                            dln_inner *child, dln_error *error)
{
    (void)child;
    (void)error;
    return dln_ingest__whole(reader, &item->text) ? DLN_OK : DLN_END;
}

static dln_status open_page(dln_reader *reader, dln_error *error)
{
    DLN_TRY(open_text(reader, error));
    const dln_buf *file = reader->state;
    return file->len ? DLN_OK : dln_fail(error, DLN_FAILED, "empty");
}

static dln_status next_page(dln_reader *reader, dln_item *item,
                            dln_inner *child, dln_error *error)
{
    (void)child;
    (void)error;
    return dln_ingest__whole(reader, &item->html) ? DLN_OK : DLN_END;
}

const dln_reader_kind dln_reader_text = {"text", open_text, next_text,
                                         dln_ingest__whole_close};
const dln_reader_kind dln_reader_page = {"page", open_page, next_page,
                                         dln_ingest__whole_close};

/* ---- JSON ---- */

dln_str dln_ingest__part(dln_reader *reader, unsigned long long number)
{
    return dln_arena_printf(reader->arena, "%llu", number);
}

/* A JSON object, the `number`th of its file. Filters take it as it is. */
static dln_status json_item(dln_reader *reader, dln_item *item, dln_str line,
                            unsigned long long number, dln_error *error)
{
    dln_str part = dln_ingest__part(reader, number);
    dln_status status = dln_ingest__json(item, reader->arena, line,
                                         reader->pure, error);
    item->part = part;
    if (status == DLN_OK && !reader->pure
        && (item->text.len > DLN_DOC_MAX_BYTES
            || item->html.len > DLN_DOC_MAX_BYTES))
        return dln_fail(error, DLN_FAILED, "larger than %zu bytes",
                        DLN_DOC_MAX_BYTES);
    return status;
}

ssize_t dln_ingest__read(void *user, char *to, size_t len)
{
    return dln_stream_read(user, to, len);
}

static dln_status open_lines(dln_reader *reader, dln_error *error)
{
    dln_lines *lines = calloc(1, sizeof *lines);
    if (!lines || dln_lines_init(lines, -1, DLN_INGEST_MAX_LINE) != DLN_OK) {
        free(lines);
        return dln_fail(error, DLN_NOMEM, "out of memory");
    }
    lines->read = dln_ingest__read;
    lines->user = reader->in;
    reader->state = lines;
    return DLN_OK;
}

static void close_lines(dln_reader *reader)
{
    if (reader->state)
        dln_lines_release(reader->state);
    free(reader->state);
    reader->state = NULL;
}

static dln_status next_line(dln_reader *reader, dln_item *item,
                            dln_inner *child, dln_error *error)
{
    dln_lines *lines = reader->state;
    dln_str line;
    (void)child;
    for (;;) {
        dln_status status = dln_lines_next(lines, &line);
        unsigned long long number = lines->number;
        if (status == DLN_END)
            return DLN_END;
        if (number == 1 && dln_str_starts(line, DLN_STR("\xEF\xBB\xBF")))
            line = dln_str_sub(line, 3, line.len);
        if (status == DLN_OK && !dln_str_trim(line).len)
            continue;
        if (status == DLN_OK)
            return json_item(reader, item, line, number, error);
        item->part = dln_ingest__part(reader, number);
        if (status == DLN_FAILED)
            return dln_fail(error, DLN_FAILED,
                            "line %llu is longer than %zu bytes", number,
                            DLN_INGEST_MAX_LINE);
        return dln_fail(error, status == DLN_NOMEM ? status : DLN_FAILED,
                        "cannot read it");
    }
}

const dln_reader_kind dln_reader_lines = {"JSON Lines", open_lines,
                                          next_line, close_lines};

/* An array of objects, or one over many lines. */
typedef struct list {
    json_t *array;
    size_t next;
    dln_buf text;           /* when it is neither: JSON Lines after all */
    dln_stream stream;
    dln_reader lines;
} list;

static dln_status open_json(dln_reader *reader, dln_error *error)
{
    json_error_t problem;
    list *l = calloc(1, sizeof *l);
    if (!l)
        return dln_fail(error, DLN_NOMEM, "out of memory");
    reader->state = l;
    dln_str head = dln_stream_peek(reader->in);
    dln_buf_init(&l->text, 4 * DLN_DOC_MAX_BYTES);
    /* Lines of objects need not fit in memory. */
    size_t end = dln_str_find(head, DLN_STR("\n"), 0);
    json_t *root = json_loadb(head.data, end, 0, &problem);
    bool lines = json_is_object(root) && end + 1 < head.len;
    json_decref(root);
    if (!lines) {
        if (!dln_stream_all(reader->in, &l->text))
            return dln_fail(error, DLN_FAILED, "cannot read it");
        if (l->text.oom)
            return dln_fail(error, DLN_FAILED, "larger than %zu bytes",
                            l->text.max);
        dln_str text = dln_buf_view(&l->text);
        if (dln_str_starts(text, DLN_STR("\xEF\xBB\xBF")))
            text = dln_str_sub(text, 3, text.len);
        l->array = json_loadb(text.data ? text.data : "", text.len, 0,
                              &problem);
        if (json_is_object(l->array)) {
            root = json_array();
            json_array_append_new(root, l->array);
            l->array = root;
        }
        if (json_is_array(l->array))
            return DLN_OK;
        dln_stream_of_memory(&l->stream, text);
    }
    l->lines = *reader;
    l->lines.kind = &dln_reader_lines;
    l->lines.in = lines ? reader->in : &l->stream;
    return open_lines(&l->lines, error);
}

static void close_json(dln_reader *reader)
{
    list *l = reader->state;
    if (!l)
        return;
    if (l->lines.kind)
        close_lines(&l->lines);
    json_decref(l->array);
    dln_buf_release(&l->text);
    free(l);
    reader->state = NULL;
}

static dln_status next_element(dln_reader *reader, dln_item *item,
                               dln_inner *child, dln_error *error)
{
    list *l = reader->state;
    if (l->lines.kind)
        return next_line(&l->lines, item, child, error);
    size_t i = l->next++;
    if (i >= json_array_size(l->array))
        return DLN_END;
    char *text = json_dumps(json_array_get(l->array, i),
                            JSON_COMPACT | JSON_ENCODE_ANY);
    dln_str line = dln_arena_str(reader->arena, dln_str_of(text));
    free(text);
    return json_item(reader, item, line, i + 1, error);
}

const dln_reader_kind dln_reader_json = {"JSON", open_json, next_element,
                                         close_json};
