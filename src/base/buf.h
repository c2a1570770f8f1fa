/* SPDX-License-Identifier: Apache-2.0 */
/*
 * buf: a growable byte buffer of its own (malloc), with a maximum. Growing
 * past it, or out of memory, sets a sticky `oom` and drops what comes.
 */
#ifndef DLN_BASE_BUF_H
#define DLN_BASE_BUF_H

#include "base/status.h"
#include "base/str.h"

typedef struct dln_buf {
    char *data;      /* [len], NUL behind it once anything was added */
    size_t len, cap;
    size_t max;      /* bytes */
    bool oom;
} dln_buf;

/* `max` 0 stands for 1 GiB. */
void dln_buf_init(dln_buf *buf, size_t max);
void dln_buf_release(dln_buf *buf);
/* Empties it, keeps the memory. */
void dln_buf_clear(dln_buf *buf);
void dln_buf_add(dln_buf *buf, const void *data, size_t len);
void dln_buf_str(dln_buf *buf, dln_str s);
void dln_buf_char(dln_buf *buf, char c);
void dln_buf_printf(dln_buf *buf, const char *format, ...) DLN_PRINTF(2, 3);

static inline dln_str dln_buf_view(const dln_buf *buf)
{
    return (dln_str){buf->data, buf->len};
}

#endif
