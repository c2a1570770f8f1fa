/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Inputs, one after the other, → items.
 *
 * A walk over a folder stays open while a file in it is read. Files are a
 * stack: the file itself, an archive in it, a file in that; the topmost
 * reader gives items or one more file. Whatever goes wrong with one is told
 * once and the next one taken. Memory is bounded by the largest report
 * taken, whatever the files hold.
 */
#define _GNU_SOURCE
#include "ingest/ingest.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "ingest/ingest_p.h"

/* A file being read. */
typedef struct frame {
    dln_reader reader;
    dln_stream stream;      /* of the outermost file */
    char *uri;              /* "seeds/x.zip/a.txt" */
} frame;

struct dln_ingest {
    const char *const *inputs;
    size_t count, at;
    dln_ingest_options options;
    dln_sidecar *sidecar;   /* given by the caller */
    dln_walk *walk;         /* open folder, or NULL */
    char *root;             /* its name, before the paths below it */
    frame frames[DLN_INGEST_MAX_NEST];
    int depth;              /* frames in use */
    uint64_t done;          /* bytes of the files behind us */
    dln_str below;          /* the outermost file, for sidecars */
    dln_arena *arena;       /* of the current item */
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

/* ---- names ---- */

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

/* ---- open and close ---- */

static void pop(dln_ingest *ingest)
{
    frame *f = &ingest->frames[--ingest->depth];
    if (f->reader.state && f->reader.kind->close)
        f->reader.kind->close(&f->reader);
    if (!ingest->depth) {
        ingest->done += f->stream.given;
        dln_stream_close(&f->stream);
    }
    free(f->uri);
    *f = (frame){.uri = NULL};
}

void dln_ingest_close(dln_ingest *ingest)
{
    if (!ingest)
        return;
    while (ingest->depth)
        pop(ingest);
    dln_walk__close(ingest->walk);
    free(ingest->root);
    dln_sidecar__free(ingest->sidecar);
    dln_arena_free(ingest->arena);
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
        if (!*sidecar && !ingest->options.lines
            && dln_sidecar__is_name(base_name(path).data))
            *sidecar = path;
    }
    return DLN_OK;
}

static dln_status prepare(dln_ingest *ingest,
                          const dln_ingest_options *options,
                          dln_error *error)
{
    if (options)
        ingest->options = *options;
    const char *sidecar = ingest->options.sidecar;
    ingest->arena = dln_arena_new(0);
    if (!ingest->arena)
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

/* ---- the stack of files ---- */

/* Opens what `in` holds; `uri` is its to free. The item tells which file
 * failed. */
static dln_status push(dln_ingest *ingest, dln_stream *in, dln_str name,
                       char *uri, dln_item *item, dln_error *error)
{
    dln_arena_reset(ingest->arena);
    if (!uri)
        return dln_fail(error, DLN_NOMEM, "out of memory");
    item->address = dln_arena_str(ingest->arena, dln_str_of(uri));
    if (ingest->depth == DLN_INGEST_MAX_NEST) {
        free(uri);
        return dln_fail(error, DLN_FAILED, "archives in archives more than "
                        "%d deep", DLN_INGEST_MAX_NEST);
    }
    frame *f = &ingest->frames[ingest->depth];
    f->uri = uri;
    f->reader = (dln_reader){
        .kind = dln_ingest__sniff(name, ingest->options.lines
                                            ? (dln_str){"", 0}
                                            : dln_stream_peek(in),
                                  ingest->options.lines),
        .in = in, .arena = ingest->arena, .name = dln_str_of(uri),
        .pure = ingest->options.lines,
        .outer = &ingest->frames[0].stream.given};
    ingest->depth++;
    dln_status status = DLN_FAILED;
    if (!f->reader.kind)
        dln_fail(error, DLN_FAILED, "not a format that is read (by its "
                 "name)");
    else
        status = f->reader.kind->open(&f->reader, error);
    if (status != DLN_OK)
        pop(ingest);
    return status;
}

static dln_status push_fd(dln_ingest *ingest, int fd, dln_str name,
                          char *uri, dln_item *item, dln_error *error)
{
    dln_stream *stream = &ingest->frames[0].stream;
    dln_stream_of_fd(stream, fd);
    dln_status status = push(ingest, stream, name, uri, item, error);
    if (status != DLN_OK)
        dln_stream_close(stream);
    return status;
}

static dln_status push_file(dln_ingest *ingest, const char *path, char *uri,
                            dln_item *item, dln_error *error)
{
    int fd;
    dln_str name = dln_str_of(uri);
    item->address = dln_arena_str(ingest->arena, name);
    dln_status status = dln_ingest__open(&fd, path, error);
    if (status != DLN_OK) {
        free(uri);
        return DLN_FAILED;
    }
    return push_fd(ingest, fd, name, uri, item, error);
}

/* "a.jsonl" of "a.jsonl.gz" */
static dln_str without_packing(dln_str name)
{
    static const char *const ends[] = {".gz", ".bz2", ".xz", ".lzma",
                                       ".zst", ".lz4"};
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++)
        if (dln_str_ends(name, dln_str_of(ends[i]))) {
            name.len -= strlen(ends[i]);
            i = SIZE_MAX;   /* from the first again */
        }
    return name;
}

/* A file inside the topmost one. */
static dln_status push_child(dln_ingest *ingest, const dln_inner *child,
                             dln_item *item, dln_error *error)
{
    char *uri = NULL;
    const frame *f = &ingest->frames[ingest->depth - 1];
    dln_str name = child->name;
    if (asprintf(&uri, "%s%s%.*s", f->uri, name.len ? "/" : "",
                 DLN_ARG(name)) < 0)
        uri = NULL;
    /* What is packed alone goes by the name of its file: "a.jsonl.gz". The
     * child's own name dies with the next item. */
    bool packed = !name.len;
    name = dln_str_of(uri);
    if (packed)
        name = without_packing(name);
    return push(ingest, child->stream, name, uri, item, error);
}

/* ---- items ---- */

static void fill_rest(const dln_ingest *ingest, dln_item *item)
{
    dln_sidecar__fill(ingest->sidecar, ingest->below, item);
    if (ingest->walk)
        dln_walk__fill(ingest->walk, ingest->below, item);
}

static dln_status next_item(dln_ingest *ingest, dln_item *item,
                            dln_error *error)
{
    frame *f = &ingest->frames[ingest->depth - 1];
    dln_inner child = {NULL, {"", 0}};
    dln_status status = f->reader.kind->next(&f->reader, item, &child,
                                             error);
    if (status == DLN_END) {
        pop(ingest);
        return DLN_END;
    }
    if (status == DLN_OK && child.stream) {
        status = push_child(ingest, &child, item, error);
        return status == DLN_OK ? DLN_END : status;
    }
    if (ingest->options.lines)
        return status;
    dln_str uri = dln_str_of(f->uri);
    item->address = item->part.len
        ? dln_arena_printf(ingest->arena, "%.*s#%.*s", DLN_ARG(uri),
                           DLN_ARG(item->part)) : uri;
    if (status != DLN_OK)
        return status;
    fill_rest(ingest, item);
    item->date = dln_ingest__when(ingest->arena, item->date);
    if (f->reader.kind != &dln_reader_text && !dln_str_trim(item->text).len
        && !item->html.len)
        return dln_fail(error, DLN_FAILED, "has no text");
    return DLN_OK;
}

/* ---- inputs ---- */

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
    ingest->below = base_name(path);
    item->address = ingest->below;
    if (!strcmp(path, "-"))
        return push_fd(ingest, STDIN_FILENO, DLN_STR("-"), strdup("-"), item,
                       error);
    char *uri = strndup(ingest->below.data, ingest->below.len);
    if (ingest->options.lines && uri) {     /* pipes, too */
        int fd = open(path, O_RDONLY | O_CLOEXEC);
        if (fd >= 0)
            return push_fd(ingest, fd, ingest->below, uri, item, error);
        free(uri);
        return dln_fail(error, DLN_FAILED, "cannot open %s: %s", path,
                        strerror(errno));
    }
    if (stat(path, &info) || !S_ISDIR(info.st_mode)) {
        if (uri && !dln_sidecar__is_name(uri))
            return push_file(ingest, path, uri, item, error);
        free(uri);
        return DLN_OK;
    }
    free(uri);
    free(ingest->root);
    ingest->root = folder_name(path);
    if (!ingest->root)
        return dln_fail(error, DLN_NOMEM, "out of memory");
    item->address = dln_str_of(ingest->root);
    return dln_walk__open(&ingest->walk, path, error);
}

/* The next file of the open folder. */
static dln_status walk_on(dln_ingest *ingest, dln_item *item,
                          dln_error *error)
{
    const char *path = "";
    struct stat info;
    const dln_ingest_options *o = &ingest->options;
    dln_str below = {NULL, 0};
    dln_status status = dln_walk__next(ingest->walk, &path, &below, error);
    if (status == DLN_END) {
        dln_walk__close(ingest->walk);
        ingest->walk = NULL;
        return DLN_OK;
    }
    ingest->below = below;
    if (status == DLN_OK && o->skip && !lstat(path, &info)
        && o->skip(path, &info, o->user))
        return DLN_OK;
    char *uri = NULL;
    if (asprintf(&uri, "%s/%.*s", ingest->root, DLN_ARG(below)) < 0)
        return dln_fail(error, DLN_NOMEM, "out of memory");
    if (status == DLN_OK)
        return push_file(ingest, path, uri, item, error);
    item->address = dln_arena_str(ingest->arena, dln_str_of(uri));
    free(uri);
    return status;
}

dln_status dln_ingest_next(dln_ingest *ingest, dln_item *item,
                           dln_error *error)
{
    for (;;) {
        dln_status status;
        dln_arena_reset(ingest->arena);
        *item = (dln_item){.source = DLN_NO_SPAN, .target = DLN_NO_SPAN,
                           .fetched = DLN_NO_DAY,
                           .wire_version = DLN_NONE};
        if (ingest->depth) {
            status = next_item(ingest, item, error);
        } else {
            if (ingest->walk)
                status = walk_on(ingest, item, error);
            else if (ingest->at < ingest->count)
                status = open_input(ingest, ingest->inputs[ingest->at++],
                                    item, error);
            else
                return DLN_END;
            if (status == DLN_OK)       /* opened, nothing read yet */
                continue;
        }
        if (status == DLN_END)
            continue;
        if (!item->uri.len && !ingest->options.lines)
            item->uri = item->address;
        return status;
    }
}

/* ---- how far ---- */

static uint64_t size_of(const char *path, int depth)
{
    struct stat info;
    uint64_t sum = 0;
    if (lstat(path, &info))
        return 0;
    if (!S_ISDIR(info.st_mode))
        return S_ISREG(info.st_mode) ? (uint64_t)info.st_size : 0;
    DIR *dir = depth < DLN_INGEST_MAX_DEPTH ? opendir(path) : NULL;
    for (struct dirent *e; dir && (e = readdir(dir));) {
        char below[4096];
        int n = snprintf(below, sizeof below, "%s/%s", path, e->d_name);
        if (e->d_name[0] != '.' && n > 0 && (size_t)n < sizeof below)
            sum += size_of(below, depth + 1);
    }
    if (dir)
        closedir(dir);
    return sum;
}

uint64_t dln_ingest_total(const char *const *inputs, size_t count)
{
    uint64_t sum = 0;
    for (size_t i = 0; i < count; i++)
        sum += size_of(inputs[i], 0);
    return sum;
}

uint64_t dln_ingest_done(const dln_ingest *ingest)
{
    return ingest->done + (ingest->depth ? ingest->frames[0].stream.given
                                         : 0);
}
