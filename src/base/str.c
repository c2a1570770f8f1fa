/* SPDX-License-Identifier: Apache-2.0 */
#include "base/str.h"

int dln_str_cmp(dln_str a, dln_str b)
{
    size_t n = a.len < b.len ? a.len : b.len;
    int order = n ? memcmp(a.data, b.data, n) : 0;
    if (order)
        return order;
    return a.len < b.len ? -1 : a.len > b.len;
}

bool dln_str_ieq(dln_str a, dln_str b)
{
    if (a.len != b.len)
        return false;
    for (size_t i = 0; i < a.len; i++)
        if (dln_lower(a.data[i]) != dln_lower(b.data[i]))
            return false;
    return true;
}

bool dln_str_starts(dln_str s, dln_str prefix)
{
    return s.len >= prefix.len && dln_str_eq(dln_str_sub(s, 0, prefix.len),
                                             prefix);
}

bool dln_str_ends(dln_str s, dln_str suffix)
{
    return s.len >= suffix.len
           && dln_str_eq(dln_str_sub(s, s.len - suffix.len, s.len), suffix);
}

size_t dln_str_find(dln_str s, dln_str what, size_t from)
{
    if (what.len == 0)
        return from <= s.len ? from : s.len;
    for (size_t i = from; i + what.len <= s.len; i++) {
        const char *hit = memchr(s.data + i, what.data[0],
                                 s.len - what.len - i + 1);
        if (!hit)
            break;
        i = (size_t)(hit - s.data);
        if (!memcmp(hit, what.data, what.len))
            return i;
    }
    return s.len;
}

dln_str dln_str_trim(dln_str s)
{
    size_t a = 0, b = s.len;
    while (a < b && dln_is_space(s.data[a]))
        a++;
    while (b > a && dln_is_space(s.data[b - 1]))
        b--;
    return dln_str_sub(s, a, b);
}

bool dln_str_cut(dln_str *rest, char sep, dln_str *field)
{
    if (!rest->data)
        return false;
    const char *hit = rest->len ? memchr(rest->data, sep, rest->len) : NULL;
    if (hit) {
        size_t n = (size_t)(hit - rest->data);
        *field = dln_str_sub(*rest, 0, n);
        *rest = (dln_str){hit + 1, rest->len - n - 1};
    } else {
        *field = *rest;
        *rest = (dln_str){NULL, 0};
    }
    return true;
}

uint64_t dln_hash(const void *data, size_t len, uint64_t seed)
{
    const unsigned char *p = data;
    uint64_t h = 0xcbf29ce484222325u ^ (seed * 0x9e3779b97f4a7c15u);
    for (size_t i = 0; i < len; i++)
        h = (h ^ p[i]) * 0x100000001b3u;
    h ^= h >> 33;
    h *= 0xff51afd7ed558ccdu;
    h ^= h >> 33;
    h *= 0xc4ceb9fe1a85ec53u;
    return h ^ (h >> 33);
}
