/* SPDX-License-Identifier: Apache-2.0 */
/* Character references as web pages write them (WHATWG 13.2.5.72 to 80). */
#include "base/charref.h"

#include "base/utf8.h"

typedef struct entity {
    const char *name, *text;
    int bare;           /* also without ';' */
} entity;

static const entity entities[] = {
#include "base/entities.inc"
};

enum { ENTITIES = sizeof entities / sizeof *entities, LONGEST = 32 };

/* Code points 0x80 to 0x9F of careless pages are Windows-1252. */
static const uint16_t windows[32] = {
    0x20AC, 0x81, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021,
    0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0x8D, 0x017D, 0x8F,
    0x90, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
    0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x9D, 0x017E, 0x0178};

static const entity *find_entity(const char *name, size_t len)
{
    size_t low = 0, high = ENTITIES;
    while (low < high) {
        size_t middle = (low + high) / 2;
        int order = strncmp(name, entities[middle].name, len);
        if (!order && entities[middle].name[len])
            order = -1;
        if (!order)
            return &entities[middle];
        if (order < 0)
            high = middle;
        else
            low = middle + 1;
    }
    return NULL;
}

/* "&#8217;" and "&#x2019;"; returns its bytes, 0 if it is none. */
static size_t number(dln_str s, size_t at, char out[4], size_t *made)
{
    size_t i = at + 2;
    bool hex = i < s.len && (s.data[i] == 'x' || s.data[i] == 'X');
    uint32_t c = 0;
    i += hex;
    size_t first = i;
    for (; i < s.len; i++) {
        char d = s.data[i];
        uint32_t v;
        if (dln_is_digit(d))
            v = (uint32_t)(d - '0');
        else if (hex && dln_lower(d) >= 'a' && dln_lower(d) <= 'f')
            v = (uint32_t)(dln_lower(d) - 'a' + 10);
        else
            break;
        if (c <= 0x110000)
            c = c * (hex ? 16u : 10u) + v;
    }
    if (i == first)
        return 0;
    if (c >= 0x80 && c < 0xA0)
        c = windows[c - 0x80];
    if (!c || c > 0x10FFFF || (c >= 0xD800 && c < 0xE000))
        c = 0xFFFD;
    *made = dln_utf8_put((int32_t)c, out);
    return i - at + (i < s.len && s.data[i] == ';');
}

size_t dln_charref(dln_str s, size_t at, char out[4], dln_str *text)
{
    if (at + 1 < s.len && s.data[at + 1] == '#') {
        *text = (dln_str){out, 0};
        return number(s, at, out, &text->len);
    }
    size_t end = at + 1;
    while (end < s.len && end - at <= LONGEST
           && (dln_is_alpha(s.data[end]) || dln_is_digit(s.data[end])))
        end++;
    bool closed = end < s.len && s.data[end] == ';';
    for (size_t n = end - at - 1; n > 1; n--) {
        const entity *e = find_entity(s.data + at + 1, n);
        bool whole = closed && at + 1 + n == end;
        if (e && (whole || e->bare)) {
            *text = dln_str_of(e->text);
            return 1 + n + whole;
        }
        if (n > 8)      /* names without ';' are short */
            n = 8;
    }
    return 0;
}
