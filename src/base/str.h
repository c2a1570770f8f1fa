/* SPDX-License-Identifier: Apache-2.0 */
/*
 * str: a slice of bytes that somebody else owns, and a span of offsets.
 *
 * A `dln_str` is never NUL-terminated unless its maker says so. Text is
 * UTF-8. `data` may be NULL only when `len` is 0.
 */
#ifndef DLN_BASE_STR_H
#define DLN_BASE_STR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

typedef struct dln_str {
    const char *data;
    size_t len; /* bytes */
} dln_str;

/* Half-open byte interval [start, end) of a text. */
typedef struct dln_span {
    uint32_t start;
    uint32_t end;
} dln_span;

/* "No such index", for every index and id in the library. */
#define DLN_NONE UINT32_MAX
#define DLN_NO_SPAN ((dln_span){DLN_NONE, DLN_NONE})

#define DLN_STR(literal) ((dln_str){"" literal, sizeof(literal) - 1})
/* For printf("%.*s", DLN_ARG(s)). */
#define DLN_ARG(s) (int)((s).len > 65535 ? 65535 : (s).len), \
                   ((s).data ? (s).data : "")

static inline dln_str dln_str_of(const char *c)
{
    return (dln_str){c, c ? strlen(c) : 0};
}

static inline bool dln_str_eq(dln_str a, dln_str b)
{
    return a.len == b.len && (a.len == 0 || !memcmp(a.data, b.data, a.len));
}

static inline bool dln_str_is(dln_str a, const char *c)
{
    return dln_str_eq(a, dln_str_of(c));
}

static inline bool dln_span_has(dln_span span)
{
    return span.start != DLN_NONE;
}

/* Bytes a..b of `s`, clipped to it. */
static inline dln_str dln_str_sub(dln_str s, size_t a, size_t b)
{
    if (b > s.len)
        b = s.len;
    if (a > b)
        a = b;
    return (dln_str){s.data ? s.data + a : NULL, b - a};
}

static inline dln_str dln_str_at(dln_str text, dln_span span)
{
    return dln_span_has(span) ? dln_str_sub(text, span.start, span.end)
                              : (dln_str){NULL, 0};
}

/* Byte order (memcmp, then length): < 0, 0, > 0. */
int dln_str_cmp(dln_str a, dln_str b);
/* ASCII case folded equality. */
bool dln_str_ieq(dln_str a, dln_str b);
bool dln_str_starts(dln_str s, dln_str prefix);
bool dln_str_ends(dln_str s, dln_str suffix);
/* First position of `what` at or after `from`, or s.len. */
size_t dln_str_find(dln_str s, dln_str what, size_t from);
/* Without ASCII white space at both ends. */
dln_str dln_str_trim(dln_str s);
/* Cuts the next field off `rest` at `sep`; false when nothing is left.
 * "a\tb" gives "a", "b"; "" gives nothing; "a\t" gives "a", "". */
bool dln_str_cut(dln_str *rest, char sep, dln_str *field);

static inline bool dln_is_digit(char c) { return c >= '0' && c <= '9'; }
static inline bool dln_is_upper(char c) { return c >= 'A' && c <= 'Z'; }
static inline bool dln_is_lower(char c) { return c >= 'a' && c <= 'z'; }
static inline bool dln_is_alpha(char c)
{
    return dln_is_upper(c) || dln_is_lower(c);
}
static inline bool dln_is_space(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}
static inline char dln_lower(char c)
{
    return dln_is_upper(c) ? (char)(c - 'A' + 'a') : c;
}

/* 64-bit hash of bytes, the same on every machine (FNV-1a, finalised with
 * the murmur3 mixer). Not for hostile collision resistance. */
uint64_t dln_hash(const void *data, size_t len, uint64_t seed);

#endif
