/* SPDX-License-Identifier: Apache-2.0 */
/*
 * stream: bytes one after the other, from a file, an archive's entry or
 * memory, of which the first can be looked at before they are read.
 */
#ifndef DLN_INGEST_STREAM_H
#define DLN_INGEST_STREAM_H

#include <sys/types.h>

#include "base/buf.h"

#define DLN_STREAM_HEAD ((size_t)64 << 10)  /* bytes that can be looked at */

typedef struct dln_stream {
    /* Bytes read, 0 at the end, -1 when it fails. */
    ssize_t (*read)(void *user, void *to, size_t len);
    void (*close)(void *user);      /* may be NULL */
    void *user;
    int fd;                 /* of a file that can be sought, or -1 */
    bool failed, told;      /* reading failed: it ends there; -1 was given */
    uint64_t given;         /* bytes given so far */
    char *head;             /* [head_at, head_len) is not given yet */
    size_t head_at, head_len;
} dln_stream;

/* A regular file (or standard input: `fd` 0), closed with the stream. */
void dln_stream_of_fd(dln_stream *stream, int fd);
/* Memory, which must outlive it. */
void dln_stream_of_memory(dln_stream *stream, dln_str data);
void dln_stream_close(dln_stream *stream);

/* The first bytes not yet given, DLN_STREAM_HEAD of them or all there are.
 * They stay until read. */
dln_str dln_stream_peek(dln_stream *stream);
/* As read(2), but -1 only once: then it has ended. */
ssize_t dln_stream_read(dln_stream *stream, void *to, size_t len);
/* Reads past `len` bytes; false when it ends before. */
bool dln_stream_skip(dln_stream *stream, uint64_t len);
/* All that is left into `out` (cleared first), whose maximum is the limit:
 * out->oom when there is more. False when reading failed. */
bool dln_stream_all(dln_stream *stream, dln_buf *out);

#endif
