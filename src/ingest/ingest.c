/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Inputs, one after the other, → items.
 *
 * At any time at most one of three readers is open: a walk over a folder
 * (which stays open while a file in it is read), lines of JSON, or the
 * elements of a JSON array. Whatever goes wrong with one file is told once
 * and the next one taken. Memory is bounded by the largest report taken,
 * whatever the files hold.
 */
#define _GNU_SOURCE
#include "ingest/ingest.h"

#include <errno.h>
#include <fcntl.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/io.h"
#include "ingest/ingest_p.h"

struct dln_ingest {
    const char *const *inputs;
    size_t count, at;
    bool all_lines;
    dln_sidecar *sidecar;   /* given by the caller */
    dln_walk *walk;         /* open folder, or NULL */
    char *root;             /* its name, before the paths below it */
    bool reading;           /* `lines` is open */
    bool standard_input;
    dln_lines lines;
    json_t *list;           /* open array, or NULL */
    size_t list_at;
    dln_buf file;           /* text of the current file */
    dln_str below, uri;     /* of the current file */
    dln_arena *arena;       /* of the current item */
    dln_arena *names;       /* uri of the current file */
};

dln_status dln_ingest__open(int *fd, const char *path, dln_error *error)
{
    struct stat info;
    /* Not blocking: opening a pipe would wait for its writer. */
    *fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
    if (*fd < 0)
        return dln_fail(error, errno == ENOENT ? DLN_NOINPUT : DLN_FAILED,
                        "cannot open it: %s", strerror(errno));
    if (!fstat(*fd, &info) && S_ISREG(info.st_mode))
        return DLN_OK;
    close(*fd);
    return dln_fail(error, DLN_FAILED, "not a regular file");
}

dln_status dln_ingest__file(dln_buf *out, const char *path, dln_error *error)
{
    int fd;
    ssize_t n;
    char chunk[16384];
    DLN_TRY(dln_ingest__open(&fd, path, error));
    dln_buf_clear(out);
    while ((n = read(fd, chunk, sizeof chunk)) != 0 && !out->oom) {
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            break;
        dln_buf_add(out, chunk, (size_t)n);
    }
    int reason = errno;
    close(fd);
    if (out->oom)
        return dln_fail(error, DLN_FAILED, "larger than %zu bytes",
                        out->max);
    if (n < 0)
        return dln_fail(error, DLN_FAILED, "cannot read it: %s",
                        strerror(reason));
    return DLN_OK;
}

/* ---- the file's name and kind ---- */

static dln_str base_name(const char *path)
{
    dln_str s = dln_str_of(path);
    while (s.len > 1 && s.data[s.len - 1] == '/')
        s.len--;
    size_t at = s.len;
    while (at > 0 && s.data[at - 1] != '/')
        at--;
    return dln_str_sub(s, at, s.len);
}

typedef enum kind { KIND_TEXT, KIND_LINES, KIND_JSON, KIND_PAGE,
               KIND_OTHER } kind;

static kind kind_of(dln_str name)
{
    static const struct { const char *ending; kind kind; } kinds[] = {
        {"txt", KIND_TEXT}, {"text", KIND_TEXT}, {"jsonl", KIND_LINES},
        {"ndjson", KIND_LINES}, {"json", KIND_JSON}, {"html", KIND_PAGE},
        {"htm", KIND_PAGE}, {"xhtml", KIND_PAGE}, {"shtml", KIND_PAGE},
    };
    size_t dot = name.len;
    while (dot > 0 && name.data[dot - 1] != '.' && name.data[dot - 1] != '/')
        dot--;
    if (dot < 2 || name.data[dot - 1] != '.' || name.data[dot - 2] == '/')
        return KIND_TEXT;
    dln_str ending = dln_str_sub(name, dot, name.len);
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (dln_str_ieq(ending, dln_str_of(kinds[i].ending)))
            return kinds[i].kind;
    return KIND_OTHER;
}

/* ---- open and close ---- */

static void close_file(dln_ingest *ingest)
{
    if (ingest->reading) {
        if (!ingest->standard_input)
            close(ingest->lines.fd);
        dln_lines_release(&ingest->lines);
    }
    json_decref(ingest->list);
    ingest->list = NULL;
    ingest->reading = ingest->standard_input = false;
}

void dln_ingest_close(dln_ingest *ingest)
{
    if (!ingest)
        return;
    close_file(ingest);
    dln_walk__close(ingest->walk);
    free(ingest->root);
    dln_sidecar__free(ingest->sidecar);
    dln_buf_release(&ingest->file);
    dln_arena_free(ingest->arena);
    dln_arena_free(ingest->names);
    free(ingest);
}

/* Inputs must exist. A metadata file among them (`folder/STAR`) is the
 * sidecar if none is given. */
static dln_status look(const dln_ingest *ingest, const char **sidecar,
                       dln_error *error)
{
    for (size_t i = 0; i < ingest->count; i++) {
        const char *path = ingest->inputs[i];
        struct stat info;
        if (strcmp(path, "-") && stat(path, &info)
            && (errno == ENOENT || errno == ENOTDIR))
            return dln_fail(error, DLN_NOINPUT, "%s: %s", path,
                            strerror(errno));
        if (!*sidecar && !ingest->all_lines
            && dln_sidecar__is_name(base_name(path).data))
            *sidecar = path;
    }
    return DLN_OK;
}

static dln_status prepare(dln_ingest *ingest,
                          const dln_ingest_options *options,
                          dln_error *error)
{
    const char *sidecar = options ? options->sidecar : NULL;
    ingest->all_lines = options && options->lines;
    ingest->arena = dln_arena_new(0);
    ingest->names = dln_arena_new(0);
    dln_buf_init(&ingest->file, DLN_DOC_MAX_BYTES);
    if (!ingest->arena || !ingest->names)
        return dln_fail(error, DLN_NOMEM, "out of memory");
    DLN_TRY(look(ingest, &sidecar, error));
    return sidecar ? dln_sidecar__read(&ingest->sidecar, sidecar, error)
                   : DLN_OK;
}

dln_status dln_ingest_open(dln_ingest **out, const char *const *inputs,
                           size_t count, const dln_ingest_options *options,
                           dln_error *error)
{
    *out = calloc(1, sizeof **out);
    if (!*out)
        return dln_fail(error, DLN_NOMEM, "out of memory");
    (*out)->inputs = inputs;
    (*out)->count = count;
    dln_status status = prepare(*out, options, error);
    if (status != DLN_OK) {
        dln_ingest_close(*out);
        *out = NULL;
    }
    return status;
}

/* ---- items of an open file ---- */

static void fill_rest(const dln_ingest *ingest, dln_item *item)
{
    dln_sidecar__fill(ingest->sidecar, ingest->below, item);
    if (ingest->walk)
        dln_walk__fill(ingest->walk, ingest->below, item);
}

/* A JSON object, the `number`th of its file. Filters take it as it is. */
static dln_status json_item(dln_ingest *ingest, dln_item *item, dln_str line,
                            unsigned long long number, dln_error *error)
{
    dln_str own = dln_arena_printf(ingest->arena, "%.*s#%llu",
                                   DLN_ARG(ingest->uri), number);
    dln_status status = dln_ingest__json(item, ingest->arena, line, error);
    if (ingest->all_lines)
        return status;
    if (status == DLN_OK)
        fill_rest(ingest, item);
    if (!item->uri.len)
        item->uri = own;
    if (status == DLN_OK && !dln_str_trim(item->text).len
        && !item->html.len)
        return dln_fail(error, DLN_FAILED, "has no text");
    if (status == DLN_OK && (item->text.len > DLN_DOC_MAX_BYTES
                             || item->html.len > DLN_DOC_MAX_BYTES))
        return dln_fail(error, DLN_FAILED, "larger than %zu bytes",
                        DLN_DOC_MAX_BYTES);
    return status;
}

static dln_status next_line(dln_ingest *ingest, dln_item *item,
                            dln_error *error)
{
    dln_str line;
    for (;;) {
        dln_status status = dln_lines_next(&ingest->lines, &line);
        if (status == DLN_END)
            return DLN_END;
        unsigned long long number = ingest->lines.number;
        if (number == 1 && dln_str_starts(line, DLN_STR("\xEF\xBB\xBF")))
            line = dln_str_sub(line, 3, line.len);
        if (status == DLN_OK && !dln_str_trim(line).len)
            continue;
        if (status == DLN_OK)
            return json_item(ingest, item, line, number, error);
        item->uri = dln_arena_printf(ingest->arena, "%.*s#%llu",
                                     DLN_ARG(ingest->uri), number);
        if (status == DLN_FAILED)
            return dln_fail(error, DLN_FAILED,
                            "line %llu is longer than %zu bytes", number,
                            DLN_INGEST_MAX_LINE);
        close_file(ingest);
        if (status == DLN_NOMEM)
            return dln_fail(error, status, "out of memory");
        return dln_fail(error, DLN_FAILED, "cannot read it");
    }
}

static dln_status next_element(dln_ingest *ingest, dln_item *item,
                               dln_error *error)
{
    size_t at = ingest->list_at++;
    if (at >= json_array_size(ingest->list))
        return DLN_END;
    char *text = json_dumps(json_array_get(ingest->list, at),
                            JSON_COMPACT | JSON_ENCODE_ANY);
    dln_str line = dln_arena_str(ingest->arena, dln_str_of(text));
    free(text);
    return json_item(ingest, item, line, at + 1, error);
}

/* ---- opening a file ---- */

static dln_status read_lines(dln_ingest *ingest, int fd, dln_error *error)
{
    if (dln_lines_init(&ingest->lines, fd, DLN_INGEST_MAX_LINE) != DLN_OK) {
        if (fd != STDIN_FILENO)
            close(fd);
        return dln_fail(error, DLN_NOMEM, "out of memory");
    }
    ingest->reading = true;
    return DLN_OK;
}

static dln_status open_lines(dln_ingest *ingest, const char *path,
                             dln_error *error)
{
    int fd;
    DLN_TRY(dln_ingest__open(&fd, path, error));
    return read_lines(ingest, fd, error);
}

/* One object (over any number of lines), a list of them, or JSON Lines. */
static dln_status open_json(dln_ingest *ingest, const char *path,
                            dln_error *error)
{
    json_error_t problem;
    dln_buf text;
    dln_buf_init(&text, 4 * DLN_DOC_MAX_BYTES);
    dln_status status = dln_ingest__file(&text, path, error);
    bool large = text.oom;
    json_t *root = NULL;
    if (status == DLN_OK)
        root = json_loadb(text.data ? text.data : "", text.len, 0, &problem);
    dln_buf_release(&text);
    if (json_is_array(root)) {
        ingest->list = root;
        ingest->list_at = 0;
        return DLN_OK;
    }
    if (json_is_object(root)) {
        ingest->list = json_array();
        ingest->list_at = 0;
        json_array_append_new(ingest->list, root);
        return DLN_OK;
    }
    json_decref(root);
    return status == DLN_OK || large ? open_lines(ingest, path, error)
                                     : status;
}

/* A text, or a web page: one report either way. */
static dln_status open_whole(dln_ingest *ingest, const char *path, bool page,
                             dln_item *item, dln_error *error)
{
    DLN_TRY(dln_ingest__file(&ingest->file, path, error));
    *(page ? &item->html : &item->text) = dln_buf_view(&ingest->file);
    if (page && !item->html.len)
        return dln_fail(error, DLN_FAILED, "empty");
    fill_rest(ingest, item);
    if (!item->uri.len)
        item->uri = ingest->uri;
    return DLN_OK;
}

/* DLN_END: open for next_line or next_element; DLN_OK: *item is filled. */
static dln_status open_file(dln_ingest *ingest, const char *path,
                            dln_item *item, dln_error *error)
{
    dln_status status = DLN_OK;
    kind what = kind_of(ingest->below);
    item->uri = (dln_str){NULL, 0};
    switch (what) {
    case KIND_TEXT: case KIND_PAGE:
        status = open_whole(ingest, path, what == KIND_PAGE, item, error);
        if (status == DLN_OK)
            return DLN_OK;
        break;
    case KIND_LINES: status = open_lines(ingest, path, error); break;
    case KIND_JSON: status = open_json(ingest, path, error); break;
    case KIND_OTHER:
        status = dln_fail(error, DLN_FAILED,
                          "not a format that is read (by its name)");
        break;
    }
    if (status == DLN_OK)
        return DLN_END;
    item->uri = ingest->uri;
    return status == DLN_NOMEM ? status : DLN_FAILED;
}

static dln_status open_stdin(dln_ingest *ingest, dln_item *item,
                             dln_error *error)
{
    DLN_TRY(read_lines(ingest, STDIN_FILENO, error));
    ingest->standard_input = true;
    ingest->uri = ingest->below = DLN_STR("-");
    if (ingest->all_lines)
        return DLN_END;
    dln_lines *lines = &ingest->lines;
    size_t at = 0;
    ssize_t n;
    do
        n = read(lines->fd, lines->chunk, 4096);
    while (n < 0 && errno == EINTR);
    lines->chunk_len = n > 0 ? (size_t)n : 0;
    dln_str start = {lines->chunk, lines->chunk_len};
    if (dln_str_starts(start, DLN_STR("\xEF\xBB\xBF")))
        at = 3;
    while (at < start.len && dln_is_space(start.data[at]))
        at++;
    if (at < start.len && start.data[at] == '{')
        return DLN_END;
    dln_buf_clear(&ingest->file);
    dln_buf_str(&ingest->file, start);
    while (n > 0 && !ingest->file.oom) {
        n = read(lines->fd, lines->chunk, 4096);
        if (n < 0 && errno == EINTR)
            n = 1;
        else if (n > 0)
            dln_buf_add(&ingest->file, lines->chunk, (size_t)n);
    }
    bool large = ingest->file.oom;
    close_file(ingest);
    item->uri = ingest->uri;
    if (large)
        return dln_fail(error, DLN_FAILED, "larger than %zu bytes",
                        DLN_DOC_MAX_BYTES);
    if (n < 0)
        return dln_fail(error, DLN_FAILED, "cannot read it");
    item->text = dln_buf_view(&ingest->file);
    item->uri = (dln_str){NULL, 0};
    dln_sidecar__fill(ingest->sidecar, ingest->below, item);
    if (!item->uri.len)
        item->uri = ingest->uri;
    return DLN_OK;
}

/* The folder's own name, however it was reached (".", "x/..", a link). */
static char *folder_name(const char *path)
{
    char *full = realpath(path, NULL);
    dln_str name = base_name(full ? full : path);
    char *own = strndup(name.data, name.len);
    free(full);
    return own;
}

static dln_status open_input(dln_ingest *ingest, const char *path,
                             dln_item *item, dln_error *error)
{
    struct stat info;
    dln_arena_reset(ingest->names);
    if (!strcmp(path, "-"))
        return open_stdin(ingest, item, error);
    ingest->below = base_name(path);
    ingest->uri = ingest->below;
    item->uri = ingest->uri;
    if (ingest->all_lines) {
        int fd = open(path, O_RDONLY | O_CLOEXEC);
        if (fd < 0)
            return dln_fail(error, DLN_FAILED, "cannot open %s: %s", path,
                            strerror(errno));
        DLN_TRY(read_lines(ingest, fd, error));
        return DLN_END;
    }
    if (stat(path, &info) || !S_ISDIR(info.st_mode))
        return dln_sidecar__is_name(ingest->below.data)
                   ? DLN_END : open_file(ingest, path, item, error);
    free(ingest->root);
    ingest->root = folder_name(path);
    if (!ingest->root)
        return dln_fail(error, DLN_NOMEM, "out of memory");
    item->uri = dln_str_of(ingest->root);
    dln_status status = dln_walk__open(&ingest->walk, path, error);
    return status == DLN_OK ? DLN_END : status;
}

/* The next file of the open folder. */
static dln_status walk_on(dln_ingest *ingest, dln_item *item,
                          dln_error *error)
{
    const char *path = "";
    dln_str below = {NULL, 0};
    dln_status status = dln_walk__next(ingest->walk, &path, &below, error);
    if (status == DLN_END) {
        dln_walk__close(ingest->walk);
        ingest->walk = NULL;
        return DLN_END;
    }
    ingest->below = below;
    dln_arena_reset(ingest->names);
    ingest->uri = dln_arena_printf(ingest->names, "%s/%.*s", ingest->root,
                                   DLN_ARG(below));
    item->uri = ingest->uri;
    if (status != DLN_OK)
        return status;
    return open_file(ingest, path, item, error);
}

dln_status dln_ingest_next(dln_ingest *ingest, dln_item *item,
                           dln_error *error)
{
    for (;;) {
        dln_status status;
        dln_arena_reset(ingest->arena);
        *item = (dln_item){.source = DLN_NO_SPAN, .target = DLN_NO_SPAN};
        if (ingest->reading || ingest->list) {
            status = ingest->list ? next_element(ingest, item, error)
                                  : next_line(ingest, item, error);
            if (status == DLN_END)
                close_file(ingest);
        } else if (ingest->walk) {
            status = walk_on(ingest, item, error);
        } else if (ingest->at < ingest->count) {
            status = open_input(ingest, ingest->inputs[ingest->at++], item,
                                error);
        } else {
            return DLN_END;
        }
        if (status != DLN_END)
            return status;
    }
}
