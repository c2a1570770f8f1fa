/* SPDX-License-Identifier: Apache-2.0 */
#include "base/buf.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

void dln_buf_init(dln_buf *buf, size_t max)
{
    *buf = (dln_buf){.max = max ? max : (size_t)1 << 30};
}

void dln_buf_release(dln_buf *buf)
{
    free(buf->data);
    *buf = (dln_buf){.max = buf->max};
}

void dln_buf_clear(dln_buf *buf)
{
    buf->len = 0;
    buf->oom = false;
    if (buf->data)
        buf->data[0] = '\0';
}

static bool room(dln_buf *buf, size_t len)
{
    if (buf->oom || len > buf->max - buf->len) {
        buf->oom = true;
        return false;
    }
    if (buf->len + len + 1 > buf->cap) {
        size_t cap = buf->cap ? buf->cap : 256;
        while (cap < buf->len + len + 1)
            cap *= 2;
        char *data = realloc(buf->data, cap);
        if (!data) {
            buf->oom = true;
            return false;
        }
        buf->data = data;
        buf->cap = cap;
    }
    return true;
}

void dln_buf_add(dln_buf *buf, const void *data, size_t len)
{
    if (!room(buf, len))
        return;
    if (len)
        memcpy(buf->data + buf->len, data, len);
    buf->len += len;
    buf->data[buf->len] = '\0';
}

void dln_buf_str(dln_buf *buf, dln_str s)
{
    dln_buf_add(buf, s.data, s.len);
}

void dln_buf_char(dln_buf *buf, char c)
{
    dln_buf_add(buf, &c, 1);
}

void dln_buf_printf(dln_buf *buf, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    int n = vsnprintf(NULL, 0, format, args);
    va_end(args);
    if (n < 0 || !room(buf, (size_t)n))
        return;
    va_start(args, format);
    vsnprintf(buf->data + buf->len, (size_t)n + 1, format, args);
    va_end(args);
    buf->len += (size_t)n;
}
