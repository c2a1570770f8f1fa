/* SPDX-License-Identifier: Apache-2.0 */
/*
 * io: whole files in, whole files out. A file that is written appears whole
 * or not at all (temporary name beside it, fsync, rename).
 */
#ifndef DLN_BASE_IO_H
#define DLN_BASE_IO_H

#include <sys/types.h>

#include "base/buf.h"

/* Reads a regular file or a stream into `out` (cleared first). More than
 * out->max bytes: DLN_FAILED. Missing: DLN_NOINPUT. Else DLN_IO. */
DLN_NODISCARD dln_status dln_io_read(dln_buf *out, const char *path,
                                     dln_error *error);

/* A file mapped read-only and shared; release with dln_io_unmap. Empty
 * files give data NULL, len 0. */
typedef struct dln_mapping {
    const unsigned char *data;
    size_t len;
} dln_mapping;

DLN_NODISCARD dln_status dln_io_map(dln_mapping *out, const char *path,
                                    dln_error *error);
void dln_io_unmap(dln_mapping *mapping);

/* Writes `data` to `path` whole or not at all. */
DLN_NODISCARD dln_status dln_io_write(const char *path, dln_str data,
                                      dln_error *error);

/* Lines of a stream. A line longer than `max` bytes is read past, not kept:
 * it comes as DLN_FAILED with an empty line, and the next call goes on. */
typedef struct dln_lines {
    int fd;
    /* Reads instead of `fd` when set: bytes, 0 at the end, -1 failed. */
    ssize_t (*read)(void *user, char *to, size_t len);
    void *user;
    size_t max;
    uint64_t number;    /* of the line last given, from 1 */
    uint64_t offset;    /* bytes of the stream before it */
    dln_buf line;
    char *chunk;        /* [chunk_len] read but not given yet */
    size_t chunk_at, chunk_len;
    uint64_t next_offset;
} dln_lines;

DLN_NODISCARD dln_status dln_lines_init(dln_lines *lines, int fd, size_t max);
void dln_lines_release(dln_lines *lines);
/* DLN_OK with *line (no newline, valid until the next call), DLN_FAILED for
 * a line too long, DLN_END, DLN_IO or DLN_NOMEM. */
dln_status dln_lines_next(dln_lines *lines, dln_str *line);

/* SHA-256 as 64 lower-case hex digits and a NUL. */
void dln_sha256_hex(char out[65], dln_str data);
/* Several pieces with their lengths mixed in, so that ("ab","c") and
 * ("a","bc") differ; the first 16 digits make an id. */
void dln_content_id(char out[17], const dln_str *pieces, size_t count);

#endif
