/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Dates as pages and their metadata write them → ISO 8601.
 *
 * What is ISO already keeps its time and zone. 01/02/2021 is January or
 * February by country and stays unknown unless a number is above 12;
 * 01.02.2021 has the day first wherever points are used.
 */
#include "base/date.h"
#include "extract/claims.h"

enum { PARTS = 8 };

typedef struct part {
    int32_t number;     /* -1: a word */
    int32_t month;      /* of a word; 0: none */
    uint32_t digits;
    char before;        /* the character before it, or ' ' */
} part;

static dln_str iso(dln_arena *arena, int32_t y, int32_t m, int32_t d)
{
    char text[11];
    int32_t day = dln_day_of(y, m, d);
    if (y < 1990 || y > 2100 || day == DLN_NO_DAY)
        return DLN_STR("");
    dln_day_text(text, day);
    return dln_arena_str(arena, dln_str_of(text));
}

static int32_t month_of(const dln_table *words, dln_str word)
{
    char low[12];
    if (word.len < 3 || word.len >= sizeof low)
        return 0;
    for (size_t i = 0; i < word.len; i++)
        low[i] = dln_lower(word.data[i]);
    const dln_row *row = dln_table_find(words, (dln_str){low, word.len});
    for (; row; row = row->next == DLN_NONE ? NULL
                                            : &words->rows[row->next])
        if (dln_str_is(dln_row_field(row, 1), "month")) {
            dln_str n = dln_row_field(row, 2);
            return n.len == 2 ? 10 + n.data[1] - '0'
                              : n.len == 1 ? n.data[0] - '0' : 0;
        }
    return 0;
}

/* Numbers and words of `s` from *at; false at the end. */
static bool next_part(const dln_table *words, dln_str s, size_t *at,
                      part *out)
{
    size_t i = *at;
    while (i < s.len && !dln_is_digit(s.data[i]) && !dln_is_alpha(s.data[i])
           && !(s.data[i] & 0x80))
        i++;
    if (i >= s.len)
        return false;
    size_t start = i;
    *out = (part){.number = -1, .before = i ? s.data[i - 1] : ' '};
    if (dln_is_digit(s.data[i])) {
        out->number = 0;
        for (; i < s.len && dln_is_digit(s.data[i]); i++) {
            if (i - start < 8)
                out->number = out->number * 10 + (s.data[i] - '0');
            out->digits++;
        }
        /* 4th; but not 8am, 5pm */
        dln_str suffix = dln_str_sub(s, i, i + 2);
        if (dln_str_ieq(suffix, DLN_STR("st"))
            || dln_str_ieq(suffix, DLN_STR("nd"))
            || dln_str_ieq(suffix, DLN_STR("rd"))
            || dln_str_ieq(suffix, DLN_STR("th")))
            i += 2;
    } else {
        while (i < s.len && (dln_is_alpha(s.data[i]) || s.data[i] & 0x80))
            i++;
        out->month = month_of(words, dln_str_sub(s, start, i));
    }
    *at = i;
    return true;
}

static bool is_year(const part *p)
{
    return p->digits == 4 && p->number >= 1990 && p->number <= 2100;
}

static bool is_day(const part *p)
{
    return p->digits >= 1 && p->digits <= 2 && p->number >= 1
           && p->number <= 31;
}

/* The date that begins with part `p` of three. */
static dln_str three(dln_arena *arena, const part p[3])
{
    if (p[0].month && is_day(&p[1]) && is_year(&p[2]))
        return iso(arena, p[2].number, p[0].month, p[1].number);
    if (is_day(&p[0]) && p[1].month && is_year(&p[2]))
        return iso(arena, p[2].number, p[1].month, p[0].number);
    if (is_year(&p[0]) && p[1].month && is_day(&p[2]))
        return iso(arena, p[0].number, p[1].month, p[2].number);
    char mark = p[1].before;
    if (mark != p[2].before || (mark != '/' && mark != '.' && mark != '-'))
        return DLN_STR("");
    if (is_year(&p[0]) && is_day(&p[1]) && is_day(&p[2]))
        return iso(arena, p[0].number, p[1].number, p[2].number);
    if (!is_day(&p[0]) || !is_day(&p[1]) || !is_year(&p[2]))
        return DLN_STR("");
    if (mark == '.' || p[0].number > 12)
        return iso(arena, p[2].number, p[1].number, p[0].number);
    if (p[1].number > 12 || p[0].number == p[1].number)
        return iso(arena, p[2].number, p[0].number, p[1].number);
    return DLN_STR("");
}

dln_str dln_web_date(dln_arena *arena, const dln_table *words,
                     dln_str value)
{
    dln_interval when;
    part p[3];
    size_t at = 0, n = 0;
    value = dln_str_trim(dln_str_sub(value, 0, 200));
    if (value.len >= 10 && dln_interval_parse(value, &when)
        && when.precision <= DLN_PREC_DAY) {
        dln_ymd ymd = dln_ymd_of(when.start);
        if (ymd.year >= 1990 && ymd.year <= 2100)
            return dln_arena_str(arena, value);
    }
    bool compact = value.len >= 8;
    for (size_t i = 0; compact && i < 8; i++)
        compact = dln_is_digit(value.data[i]);
    if (compact && (value.len == 8 || !dln_is_digit(value.data[8]))) {
        int32_t v = 0;
        for (size_t i = 0; i < 8; i++)
            v = v * 10 + (value.data[i] - '0');
        return iso(arena, v / 10000, v / 100 % 100, v % 100);
    }
    while (next_part(words, value, &at, &p[n])) {
        if (n < 2) {
            n++;
            continue;
        }
        dln_str found = three(arena, p);
        if (found.len)
            return found;
        p[0] = p[1];
        p[1] = p[2];
    }
    return DLN_STR("");
}

dln_str dln_web_date_of_address(dln_arena *arena, dln_str address)
{
    const char *s = address.data;
    for (size_t i = 0; i + 8 < address.len; i++) {
        int32_t v[3] = {0, 0, 0};
        size_t at = i + 1, k = 0;
        if (s[i] != '/' && s[i] != '-' && s[i] != '_')
            continue;
        for (; k < 3 && at < address.len; k++) {
            size_t start = at, most = k ? 2 : 4;
            while (at < address.len && at - start < most
                   && dln_is_digit(s[at]))
                v[k] = v[k] * 10 + (s[at++] - '0');
            if (at - start < (k ? 1u : 4u))
                break;
            if (k < 2 && at < address.len
                && (s[at] == '/' || s[at] == '-' || s[at] == '_'))
                at++;
        }
        if (k == 3 && (at == address.len || !dln_is_digit(s[at]))) {
            dln_str found = iso(arena, v[0], v[1], v[2]);
            if (found.len)
                return found;
        }
    }
    return DLN_STR("");
}
