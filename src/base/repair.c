/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Bytes of a page → the text somebody wrote.
 *
 * Pages are mixed by machines that disagree about their encoding: a
 * Windows-1252 quote stands in UTF-8 text, or UTF-8 was taken for
 * Windows-1252 and encoded again. Both leave traces that hardly occur in
 * text that is right, and are undone run by run and not for a whole file.
 *
 * A doubled character is believed when it decodes to one and its second
 * half is not a mark that may well follow a capital (“CAFÉ” is É and ”,
 * which would make ɔ); with such a mark it is believed only in a text that
 * has other, certain cases.
 */
#include "base/repair.h"

#include "base/utf8.h"

/* Windows-1252, 0x80-0x9F; 0: not assigned. */
static const uint16_t windows[32] = {
    0x20AC, 0,      0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021,
    0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0,      0x017D, 0,
    0,      0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
    0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0,      0x017E, 0x0178,
};

static int32_t of_windows(unsigned char byte)
{
    return byte >= 0x80 && byte < 0xA0 ? windows[byte - 0x80] : byte;
}

/* The byte that Windows-1252 writes for `c`, or -1. C1 controls stand for
 * the bytes it does not assign: careless decoders let them through. */
static int to_windows(int32_t c)
{
    if (c < 0x100)
        return c;
    for (int i = 0; i < 32; i++)
        if (windows[i] == c)
            return 0x80 + i;
    return -1;
}

static void put(char *out, size_t *n, int32_t c)
{
    *n += dln_utf8_put(c, out + *n);
}

static bool decode_utf16(dln_arena *arena, dln_str bytes, bool big,
                         dln_str *out, dln_repairs *repairs)
{
    char *to = dln_arena_alloc(arena, bytes.len / 2 * 3 + 4);
    size_t n = 0;
    if (!to)
        return false;
    const unsigned char *p = (const unsigned char *)bytes.data;
    for (size_t i = 0; i + 1 < bytes.len; i += 2) {
        int32_t c = big ? p[i] << 8 | p[i + 1] : p[i + 1] << 8 | p[i];
        if (c >= 0xD800 && c < 0xE000) {
            int32_t low = -1;
            if (c < 0xDC00 && i + 3 < bytes.len)
                low = big ? p[i + 2] << 8 | p[i + 3]
                          : p[i + 3] << 8 | p[i + 2];
            if (low >= 0xDC00 && low < 0xE000) {
                c = 0x10000 + ((c - 0xD800) << 10) + (low - 0xDC00);
                i += 2;
            } else {
                c = 0xFFFD;
                repairs->lost++;
            }
        }
        if (c == 0)
            return false;
        put(to, &n, c);
    }
    repairs->utf16 = true;
    repairs->cut = bytes.len % 2;
    *out = (dln_str){to, n};
    return true;
}

/* NUL in most of the odd (or even) places and none in the others: UTF-16 of
 * a Latin text. 'l', 'b', or 0. */
static char guess_utf16(dln_str bytes)
{
    size_t zeros[2] = {0, 0};
    size_t most = bytes.len < 4096 ? bytes.len : 4096;
    for (size_t i = 0; i < most; i++)
        zeros[i & 1] += bytes.data[i] == 0;
    if (most >= 8 && zeros[1] > most * 2 / 5 && !zeros[0])
        return 'l';
    return most >= 8 && zeros[0] > most * 2 / 5 && !zeros[1] ? 'b' : 0;
}

static bool decode_bytes(dln_arena *arena, dln_str bytes, dln_str *out,
                         dln_repairs *repairs)
{
    char *to = NULL;
    size_t n = 0, control = 0, odd = 0, i = 0;
    for (size_t len; i < bytes.len; i += len) {
        unsigned char byte = (unsigned char)bytes.data[i];
        if (byte == 0)
            return false;
        control += byte < 0x20 && !dln_is_space((char)byte);
        len = byte < 0x80 ? 1 : dln_utf8_len(bytes, i);
        if (!len)
            break;
    }
    if (i == bytes.len) {
        *out = bytes;
        return control * 20 <= bytes.len;
    }
    to = dln_arena_alloc(arena, bytes.len * 3 + 4);
    if (!to)
        return false;
    memcpy(to, bytes.data, i);
    n = i;
    for (size_t len; i < bytes.len; i += len) {
        unsigned char byte = (unsigned char)bytes.data[i];
        len = 1;
        if (byte == 0)
            return false;
        if (byte < 0x80) {
            control += byte < 0x20 && !dln_is_space((char)byte);
            to[n++] = (char)byte;
            continue;
        }
        len = dln_utf8_len(bytes, i);
        if (len) {
            memcpy(to + n, bytes.data + i, len);
            n += len;
            continue;
        }
        len = 1;
        int32_t c = of_windows(byte);
        odd++;
        repairs->windows += c != 0;
        repairs->lost += c == 0;
        put(to, &n, c ? c : 0xFFFD);
    }
    *out = (dln_str){to, n};
    /* A few accents and quotes are a Latin text; more is not. */
    return control * 20 <= bytes.len && odd * 4 <= bytes.len + 8;
}

/* A character cut off by the end: its first bytes alone. */
static size_t cut_tail(dln_str bytes)
{
    size_t at = bytes.len;
    for (size_t back = 1; back <= 3 && back <= bytes.len; back++) {
        unsigned char c = (unsigned char)bytes.data[bytes.len - back];
        if ((c & 0xC0) == 0x80)
            continue;
        size_t need = c >= 0xF0 ? 4 : c >= 0xE0 ? 3 : c >= 0xC2 ? 2 : 1;
        /* One lead byte alone may be a Windows-1252 letter. */
        if (need > back && back > 1)
            at = bytes.len - back;
        break;
    }
    return at;
}

bool dln_decode(dln_arena *arena, dln_str bytes, dln_str *out,
                dln_repairs *repairs)
{
    *repairs = (dln_repairs){0};
    *out = DLN_STR("");
    const unsigned char *p = (const unsigned char *)bytes.data;
    if (bytes.len >= 2 && p[0] == 0xFF && p[1] == 0xFE)
        return decode_utf16(arena, dln_str_sub(bytes, 2, bytes.len), false,
                            out, repairs);
    if (bytes.len >= 2 && p[0] == 0xFE && p[1] == 0xFF)
        return decode_utf16(arena, dln_str_sub(bytes, 2, bytes.len), true,
                            out, repairs);
    char guess = guess_utf16(bytes);
    if (guess)
        return decode_utf16(arena, bytes, guess == 'b', out, repairs);
    if (dln_str_starts(bytes, DLN_STR("\xEF\xBB\xBF")))
        bytes = dln_str_sub(bytes, 3, bytes.len);
    size_t end = cut_tail(bytes);
    repairs->cut = end < bytes.len;
    return decode_bytes(arena, dln_str_sub(bytes, 0, end), out, repairs);
}

/* Marks that may follow a capital in text that is right. */
static bool weak_second(int byte)
{
    return byte == 0xA0 || byte == 0xAB || byte == 0xBB || byte == 0x82
           || byte == 0x84 || byte == 0x85 || byte == 0x8B || byte == 0x9B
           || (byte >= 0x91 && byte <= 0x97);
}

/* The character whose UTF-8 bytes stand at text[at] as characters of their
 * own; -1 when there is none. *len: bytes it takes, *weak: see above. */
static int32_t doubled_at(dln_str text, size_t at, size_t *len, bool *weak)
{
    char bytes[4];
    size_t n = 0, i = at, need = 4;
    while (n < need && i < text.len) {
        size_t step;
        int byte = to_windows(dln_utf8_at(text, i, &step));
        if (byte < 0x80)
            return -1;
        if (n == 0)
            need = byte < 0xC2 ? 0 : byte < 0xE0 ? 2 : byte < 0xF0 ? 3
                                   : byte < 0xF5 ? 4 : 0;
        else if (byte > 0xBF)
            return -1;
        if (n == 1)
            *weak = need == 2 && weak_second(byte);
        if (!need)
            return -1;
        bytes[n++] = (char)byte;
        i += step;
    }
    size_t took;
    dln_str made = {bytes, n};
    if (n < need || dln_utf8_len(made, 0) != n)
        return -1;
    *len = i - at;
    return dln_utf8_at(made, 0, &took);
}

static bool invisible(int32_t c)
{
    return (c < 0x20 && c != '\n' && c != '\t') || c == 0x7F
           || (c >= 0x80 && c < 0xA0) || c == 0xAD || c == 0xFEFF
           || (c >= 0x200B && c <= 0x200F) || (c >= 0x202A && c <= 0x202E)
           || (c >= 0x2060 && c <= 0x2069) || (c >= 0xFFF9 && c <= 0xFFFB);
}

static bool line_end(int32_t c)
{
    return c == '\r' || c == '\v' || c == '\f' || c == 0x85 || c == 0x2028
           || c == 0x2029;
}

/* First byte that may need work, or text.len; *certain: a doubled character
 * beyond doubt stands somewhere. */
static size_t first_odd(dln_str text, bool *certain)
{
    size_t first = text.len;
    *certain = false;
    for (size_t i = 0, step; i < text.len; i += step) {
        unsigned char byte = (unsigned char)text.data[i];
        step = 1;
        if (byte < 0x80) {
            if (first == text.len && ((byte < 0x20 && byte != '\n'
                                       && byte != '\t') || byte == 0x7F))
                first = i;
            continue;
        }
        size_t len;
        bool weak = false;
        int32_t c = dln_utf8_at(text, i, &step);
        if (first == text.len && (invisible(c) || line_end(c)))
            first = i;
        if (c >= 0xC2 && c <= 0xF4 && !*certain
            && doubled_at(text, i, &len, &weak) >= 0) {
            *certain = !weak;
            if (first == text.len)
                first = i;
        }
    }
    return first;
}

void dln_mend(dln_arena *arena, dln_str text, dln_str *out,
              uint32_t **from, dln_repairs *repairs)
{
    bool certain;
    size_t first = first_odd(text, &certain);
    *out = text;
    if (from)
        *from = NULL;
    if (first == text.len)
        return;
    char *to = dln_arena_alloc(arena, text.len + 4);
    uint32_t *map = from ? dln_arena_array(arena, text.len + 1, sizeof *map)
                         : NULL;
    if (!to || (from && !map))
        return;
    size_t n = 0;
    for (size_t i = 0, step; i < text.len; i += step) {
        size_t start = n;
        bool weak = false;
        if (text.data[i] >= 0x20 && text.data[i] < 0x7F) {
            step = 1;
            if (map)
                map[n] = (uint32_t)i;
            to[n++] = text.data[i];
            continue;
        }
        int32_t c = dln_utf8_at(text, i, &step);
        size_t len;
        int32_t once = c >= 0xC2 && c <= 0xF4
                           ? doubled_at(text, i, &len, &weak) : -1;
        if (once >= 0 && (certain || !weak)) {
            repairs->doubled++;
            step = len;
            c = once;
        }
        if (line_end(c)) {
            if (c == '\r' && i + 1 < text.len && text.data[i + 1] == '\n')
                step = 2;
            to[n++] = '\n';
        } else if (invisible(c)) {
            repairs->dropped++;
        } else if (c == 0xFFFD && step == 1) {
            repairs->lost++; /* an ill-formed byte goes */
        } else {
            put(to, &n, c);
        }
        for (size_t k = start; map && k < n; k++)
            map[k] = (uint32_t)i;
    }
    if (map)
        map[n] = (uint32_t)text.len;
    if (from)
        *from = map;
    *out = (dln_str){to, n};
}
