/* SPDX-License-Identifier: Apache-2.0 */
#include "base/utf8.h"

#include <stdlib.h>
#include <utf8proc.h>

size_t dln_utf8_len(dln_str s, size_t at)
{
    const unsigned char *p = (const unsigned char *)s.data + at;
    size_t left = at < s.len ? s.len - at : 0;
    if (left == 0)
        return 0;
    if (p[0] < 0x80)
        return 1;
    if (p[0] < 0xC2 || p[0] > 0xF4)
        return 0;
    size_t n = p[0] < 0xE0 ? 2 : p[0] < 0xF0 ? 3 : 4;
    if (left < n)
        return 0;
    for (size_t i = 1; i < n; i++)
        if ((p[i] & 0xC0) != 0x80)
            return 0;
    if ((p[0] == 0xE0 && p[1] < 0xA0) || (p[0] == 0xED && p[1] > 0x9F)
        || (p[0] == 0xF0 && p[1] < 0x90) || (p[0] == 0xF4 && p[1] > 0x8F))
        return 0;
    return n;
}

int32_t dln_utf8_at(dln_str s, size_t at, size_t *len)
{
    size_t n = dln_utf8_len(s, at);
    const unsigned char *p = (const unsigned char *)s.data + at;
    *len = n ? n : at < s.len;
    switch (n) {
    case 1:
        return p[0];
    case 2:
        return (p[0] & 0x1F) << 6 | (p[1] & 0x3F);
    case 3:
        return (p[0] & 0x0F) << 12 | (p[1] & 0x3F) << 6 | (p[2] & 0x3F);
    case 4:
        return (p[0] & 0x07) << 18 | (p[1] & 0x3F) << 12
               | (p[2] & 0x3F) << 6 | (p[3] & 0x3F);
    default:
        return 0xFFFD;
    }
}

int32_t dln_utf8_before(dln_str s, size_t at, size_t *len)
{
    if (at == 0 || at > s.len) {
        *len = 0;
        return -1;
    }
    size_t from = at - 1;
    while (from > 0 && at - from < 4
           && ((unsigned char)s.data[from] & 0xC0) == 0x80)
        from--;
    size_t n;
    int32_t c = dln_utf8_at(s, from, &n);
    if (from + n != at) {
        *len = 1;
        return 0xFFFD;
    }
    *len = n;
    return c;
}

bool dln_utf8_valid(dln_str s)
{
    for (size_t i = 0; i < s.len;) {
        uint64_t eight;     /* characters of ASCII at once */
        while (i + 8 <= s.len) {
            memcpy(&eight, s.data + i, 8);
            if (eight & 0x8080808080808080u)
                break;
            i += 8;
        }
        if (i >= s.len)
            break;
        size_t n = dln_utf8_len(s, i);
        if (!n)
            return false;
        i += n;
    }
    return true;
}

size_t dln_utf8_put(int32_t c, char out[4])
{
    if (c < 0x80) {
        out[0] = (char)c;
        return 1;
    }
    if (c < 0x800) {
        out[0] = (char)(0xC0 | c >> 6);
        out[1] = (char)(0x80 | (c & 0x3F));
        return 2;
    }
    if (c < 0x10000) {
        out[0] = (char)(0xE0 | c >> 12);
        out[1] = (char)(0x80 | (c >> 6 & 0x3F));
        out[2] = (char)(0x80 | (c & 0x3F));
        return 3;
    }
    out[0] = (char)(0xF0 | c >> 18);
    out[1] = (char)(0x80 | (c >> 12 & 0x3F));
    out[2] = (char)(0x80 | (c >> 6 & 0x3F));
    out[3] = (char)(0x80 | (c & 0x3F));
    return 4;
}

static bool category_between(int32_t c, int first, int last)
{
    int category = (int)utf8proc_category(c);
    return category >= first && category <= last;
}

bool dln_utf8_is_letter(int32_t c)
{
    if (c < 0x80)
        return c >= 0 && dln_is_alpha((char)c);
    return category_between(c, UTF8PROC_CATEGORY_LU, UTF8PROC_CATEGORY_LO);
}

bool dln_utf8_is_upper(int32_t c)
{
    if (c < 0x80)
        return c >= 0 && dln_is_upper((char)c);
    return utf8proc_category(c) == UTF8PROC_CATEGORY_LU
           || utf8proc_category(c) == UTF8PROC_CATEGORY_LT;
}

bool dln_utf8_is_lower(int32_t c)
{
    if (c < 0x80)
        return c >= 0 && dln_is_lower((char)c);
    return utf8proc_category(c) == UTF8PROC_CATEGORY_LL;
}

bool dln_utf8_is_digit(int32_t c)
{
    if (c < 0x80)
        return c >= '0' && c <= '9';
    return utf8proc_category(c) == UTF8PROC_CATEGORY_ND;
}

bool dln_utf8_is_space(int32_t c)
{
    if (c < 0x80)
        return c >= 0 && dln_is_space((char)c);
    return c == 0x85 || c == 0xFEFF || (c >= 0x200B && c <= 0x200D)
           || c == 0x2060
           || category_between(c, UTF8PROC_CATEGORY_ZS,
                               UTF8PROC_CATEGORY_ZP);
}

bool dln_utf8_is_quote(int32_t c)
{
    return c == '"' || c == '\'' || (c >= 0x2018 && c <= 0x201F) || c == 0xAB
           || c == 0xBB || c == 0x2039 || c == 0x203A;
}

dln_str dln_utf8_lower(dln_arena *arena, dln_str s)
{
    /* Lower case never needs more than 3 bytes for 2. */
    char *out = dln_arena_alloc(arena, s.len * 2 + 1);
    size_t n = 0;
    if (!out)
        return DLN_STR("");
    for (size_t i = 0; i < s.len;) {
        if (!((unsigned char)s.data[i] & 0x80)) {
            out[n++] = dln_lower(s.data[i++]);
            continue;
        }
        size_t len;
        int32_t c = dln_utf8_at(s, i, &len);
        if (dln_utf8_len(s, i)) {
            n += dln_utf8_put(utf8proc_tolower(c), out + n);
        } else {
            memcpy(out + n, s.data + i, len);
            n += len;
        }
        i += len;
    }
    out[n] = '\0';
    return (dln_str){out, n};
}

static dln_str mapped(dln_arena *arena, dln_str s, int options)
{
    utf8proc_uint8_t *made = NULL;
    utf8proc_ssize_t n = -1;
    if (s.len)
        n = utf8proc_map((const utf8proc_uint8_t *)s.data,
                         (utf8proc_ssize_t)s.len, &made,
                         (utf8proc_option_t)options);
    dln_str out = n < 0 ? dln_arena_str(arena, s)
                        : dln_arena_str(arena, (dln_str){(char *)made,
                                                         (size_t)n});
    free(made);
    return out;
}

/* Nothing to compose: Latin letters with their accents, and punctuation, are
 * composed already. Says "no" when it does not know. */
static bool surely_nfc(dln_str s)
{
    for (size_t i = 0, len; i < s.len; i += len) {
        len = 1;
        if (!(s.data[i] & 0x80))
            continue;
        int32_t c = dln_utf8_at(s, i, &len);
        if (c >= 0x300 && !(c >= 0x2010 && c <= 0x205E) && c != 0x20AC
            && c != 0x2122 && !(c >= 0x410 && c < 0x450))
            return false;
    }
    return true;
}

dln_str dln_utf8_nfc(dln_arena *arena, dln_str s)
{
    if (surely_nfc(s))
        return dln_arena_str(arena, s);
    return mapped(arena, s, UTF8PROC_STABLE | UTF8PROC_COMPOSE);
}

/* Letters that do not decompose, and the plain letter readers type. */
static int32_t plain(int32_t c)
{
    switch (c) {
    case 0x0131: case 0x0130: return 'i';
    case 0x0259: case 0x018F: return 'a'; /* ə, as in Bakı/Şəki: Sheki */
    case 0x00F8: case 0x00D8: return 'o';
    case 0x0142: case 0x0141: return 'l';
    case 0x0111: case 0x0110: return 'd';
    case 0x00E6: case 0x00C6: return 'e';
    case 0x02BC: case 0x02BB: case 0x2018: case 0x2019: return '\'';
    case 0x201C: case 0x201D: return '"';
    case 0x2010: case 0x2011: case 0x2012: case 0x2013: case 0x2014:
        return '-';
    default: return c;
    }
}

dln_str dln_utf8_fold(dln_arena *arena, dln_str s)
{
    dln_str m = mapped(arena, s, UTF8PROC_STABLE | UTF8PROC_DECOMPOSE
                                 | UTF8PROC_STRIPMARK | UTF8PROC_CASEFOLD);
    char *out = dln_arena_alloc(arena, m.len + 4);
    size_t n = 0;
    if (!out)
        return DLN_STR("");
    for (size_t i = 0, len; i < m.len; i += len) {
        int32_t c = plain(dln_utf8_at(m, i, &len));
        if (dln_utf8_is_space(c)) {
            if (n && out[n - 1] != ' ')
                out[n++] = ' ';
        } else if (c == 0xFFFD) {
            memcpy(out + n, m.data + i, len);
            n += len;
        } else {
            n += dln_utf8_put(c, out + n);
        }
    }
    while (n && out[n - 1] == ' ')
        n--;
    out[n] = '\0';
    return (dln_str){out, n};
}
