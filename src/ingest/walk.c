/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A folder → its files, depth first, sorted by name.
 *
 * Links are not followed, so a folder cannot hold itself. Each folder is
 * read whole and closed before its first file is given: no descriptor stays
 * open, however deep it goes, and files that appear meanwhile do not matter.
 */
#define _GNU_SOURCE
#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "ingest/ingest_p.h"

typedef struct frame {
    char **names;           /* [count], sorted */
    size_t count, at;
    size_t path_len;        /* of walk->path up to this folder */
    dln_sidecar *sidecar;   /* its metadata file, or NULL */
} frame;

struct dln_walk {
    frame frames[DLN_INGEST_MAX_DEPTH];
    int depth;              /* frames in use */
    size_t root_len;        /* of path: the folder walked */
    char path[4096];
};

static int by_name(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

static void free_frame(frame *f)
{
    for (size_t i = 0; i < f->count; i++)
        free(f->names[i]);
    free(f->names);
    dln_sidecar__free(f->sidecar);
    *f = (frame){0};
}

/* Dot files, READMEs and metadata files are no reports. */
static bool passed_over(const char *name)
{
    dln_str s = dln_str_of(name);
    size_t stem = dln_str_find(s, DLN_STR("."), 0);
    return name[0] == '.' || dln_sidecar__is_name(name)
           || dln_str_ieq(dln_str_sub(s, 0, stem), DLN_STR("readme"));
}

static dln_status add_name(frame *f, size_t *cap, const char *name)
{
    if (f->count == DLN_INGEST_MAX_ENTRIES)
        return DLN_FAILED;
    if (f->count == *cap) {
        *cap = *cap ? *cap * 2 : 64;
        char **grown = realloc(f->names, *cap * sizeof *grown);
        if (!grown)
            return DLN_NOMEM;
        f->names = grown;
    }
    f->names[f->count] = strdup(name);
    return f->names[f->count] ? (f->count++, DLN_OK) : DLN_NOMEM;
}

/* Writes `name` behind the folder's path; false when it is too long. */
static bool extend(dln_walk *walk, size_t len, const char *name)
{
    size_t n = strlen(name);
    if (len + 1 + n >= sizeof walk->path)
        return false;
    walk->path[len] = '/';
    memcpy(walk->path + len + 1, name, n + 1);
    return true;
}

static dln_status read_sidecar(dln_walk *walk, frame *f, const char *name,
                               dln_error *error)
{
    if (f->sidecar || !extend(walk, f->path_len, name))
        return DLN_OK;
    dln_status status = dln_sidecar__read(&f->sidecar, walk->path, error);
    return status == DLN_OK || status == DLN_NOMEM ? status : DLN_FAILED;
}

/* Reads the folder at walk->path into a new frame. DLN_FAILED with the frame
 * in place: only its metadata file is lost. */
static dln_status enter(dln_walk *walk, dln_error *error)
{
    dln_status status = DLN_OK;
    char meta[2][16] = {"", ""};
    if (walk->depth == DLN_INGEST_MAX_DEPTH)
        return dln_fail(error, DLN_FAILED, "folders are more than %d deep",
                        DLN_INGEST_MAX_DEPTH);
    DIR *dir = opendir(walk->path);
    if (!dir)
        return dln_fail(error, DLN_FAILED, "cannot read the folder: %s",
                        strerror(errno));
    frame *f = &walk->frames[walk->depth];
    *f = (frame){.path_len = strlen(walk->path)};
    size_t cap = 0;
    for (struct dirent *e; status == DLN_OK && (e = readdir(dir));) {
        if (dln_sidecar__is_name(e->d_name))
            snprintf(meta[e->d_name[9] == 'c' ? 0 : 1], 16, "%s",
                     e->d_name);
        else if (!passed_over(e->d_name))
            status = add_name(f, &cap, e->d_name);
    }
    closedir(dir);
    if (status != DLN_OK) {
        free_frame(f);
        return dln_fail(error, status, "more than %d files",
                        DLN_INGEST_MAX_ENTRIES);
    }
    if (f->count)
        qsort(f->names, f->count, sizeof *f->names, by_name);
    walk->depth++;
    for (int i = 0; i < 2 && status == DLN_OK; i++)
        if (meta[i][0])
            status = read_sidecar(walk, f, meta[i], error);
    return status;
}

dln_status dln_walk__open(dln_walk **out, const char *folder,
                          dln_error *error)
{
    *out = calloc(1, sizeof **out);
    if (!*out)
        return dln_fail(error, DLN_NOMEM, "out of memory");
    size_t len = strlen(folder);
    while (len > 1 && folder[len - 1] == '/')
        len--;
    if (len + 2 >= sizeof (*out)->path)
        return dln_fail(error, DLN_FAILED, "path too long");
    memcpy((*out)->path, folder, len);
    (*out)->root_len = len;
    return enter(*out, error);
}

void dln_walk__close(dln_walk *walk)
{
    if (!walk)
        return;
    while (walk->depth)
        free_frame(&walk->frames[--walk->depth]);
    free(walk);
}

dln_status dln_walk__next(dln_walk *walk, const char **path, dln_str *below,
                          dln_error *error)
{
    while (walk->depth) {
        frame *f = &walk->frames[walk->depth - 1];
        if (f->at == f->count) {
            free_frame(f);
            walk->depth--;
            continue;
        }
        const char *name = f->names[f->at++];
        if (!extend(walk, f->path_len, name)) {
            *path = name;
            *below = dln_str_of(name);
            return dln_fail(error, DLN_FAILED, "path too long");
        }
        *path = walk->path;
        *below = dln_str_of(walk->path + walk->root_len + 1);
        struct stat info;
        if (lstat(walk->path, &info))
            return dln_fail(error, DLN_FAILED, "cannot look at it: %s",
                            strerror(errno));
        if (S_ISLNK(info.st_mode))
            return dln_fail(error, DLN_FAILED,
                            "a symbolic link, not followed");
        if (!S_ISDIR(info.st_mode))
            return DLN_OK;
        dln_status status = enter(walk, error);
        if (status != DLN_OK)
            return status;
    }
    return DLN_END;
}

void dln_walk__fill(const dln_walk *walk, dln_str below, dln_item *item)
{
    for (int d = walk->depth - 1; d >= 0; d--) {
        const frame *f = &walk->frames[d];
        size_t skip = f->path_len - walk->root_len;
        dln_str rest = dln_str_sub(below, skip, below.len);
        dln_sidecar__fill(f->sidecar, rest, item);
    }
}
