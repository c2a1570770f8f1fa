/* SPDX-License-Identifier: Apache-2.0 */
#define _GNU_SOURCE
#include "ingest/stream.h"

#include <errno.h>
#include <stdlib.h>
#include <unistd.h>

static ssize_t read_fd(void *user, void *to, size_t len)
{
    const dln_stream *stream = user;
    ssize_t n;
    do
        n = read(stream->fd, to, len);
    while (n < 0 && errno == EINTR);
    return n;
}

static void close_fd(void *user)
{
    const dln_stream *stream = user;
    if (stream->fd != STDIN_FILENO)
        close(stream->fd);
}

void dln_stream_of_fd(dln_stream *stream, int fd)
{
    *stream = (dln_stream){.read = read_fd, .close = close_fd, .fd = fd,
                           .user = stream};
}

static ssize_t read_nothing(void *user, void *to, size_t len)
{
    (void)user;
    (void)to;
    (void)len;
    return 0;
}

static void close_memory(void *user)
{
    dln_stream *stream = user;
    stream->head = NULL;    /* not ours */
}

void dln_stream_of_memory(dln_stream *stream, dln_str data)
{
    *stream = (dln_stream){.read = read_nothing, .close = close_memory,
                           .user = stream, .fd = -1,
                           .head = (char *)(uintptr_t)data.data,
                           .head_len = data.len};
}

void dln_stream_close(dln_stream *stream)
{
    if (stream->close)
        stream->close(stream->user);
    free(stream->head);
    *stream = (dln_stream){.fd = -1, .read = read_nothing};
}

dln_str dln_stream_peek(dln_stream *stream)
{
    if (!stream->head)
        stream->head = malloc(DLN_STREAM_HEAD);
    while (stream->head && !stream->failed
           && stream->head_len < DLN_STREAM_HEAD) {
        ssize_t n = stream->read(stream->user,
                                 stream->head + stream->head_len,
                                 DLN_STREAM_HEAD - stream->head_len);
        stream->failed = n < 0;
        if (n <= 0)
            break;
        stream->head_len += (size_t)n;
    }
    return (dln_str){stream->head ? stream->head + stream->head_at : "",
                     stream->head_len - stream->head_at};
}

ssize_t dln_stream_read(dln_stream *stream, void *to, size_t len)
{
    size_t left = stream->head_len - stream->head_at;
    ssize_t n;
    if (left) {
        n = (ssize_t)(left < len ? left : len);
        memcpy(to, stream->head + stream->head_at, (size_t)n);
        stream->head_at += (size_t)n;
    } else if (stream->failed) {
        n = stream->told ? 0 : -1;
        stream->told = true;
    } else {
        n = stream->read(stream->user, to, len);
        stream->told = stream->failed = n < 0;
    }
    stream->given += n > 0 ? (uint64_t)n : 0;
    return n;
}

bool dln_stream_skip(dln_stream *stream, uint64_t len)
{
    char chunk[8192];
    while (len) {
        ssize_t n = dln_stream_read(stream, chunk, len < sizeof chunk
                                                       ? (size_t)len
                                                       : sizeof chunk);
        if (n <= 0)
            return false;
        len -= (uint64_t)n;
    }
    return true;
}

bool dln_stream_all(dln_stream *stream, dln_buf *out)
{
    char chunk[16384];
    ssize_t n = 0;
    dln_buf_clear(out);
    while (!out->oom
           && (n = dln_stream_read(stream, chunk, sizeof chunk)) > 0)
        dln_buf_add(out, chunk, (size_t)n);
    return n >= 0;
}
