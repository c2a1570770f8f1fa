/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Dates as machines and exports write them → ISO 8601.
 *
 * RFC 822 and its many misspellings ("Mon, 11 Jan 2021 09:05:00 GMT"),
 * compact ISO ("20210111T090500Z"), seconds or milliseconds since 1970,
 * "January 11, 2021 Monday", "11 January 2021". Zones of RFC 822 by name are
 * turned to offsets. A date in digits alone whose day and month could be
 * exchanged is left as it is.
 */
#include <stdio.h>
#include <stdlib.h>

#include "ingest/ingest_p.h"

static int month_of(dln_str word)
{
    static const char *const months = "janfebmaraprmayjunjulaugsepoctnovdec";
    char low[3];
    if (word.len < 3)
        return 0;
    for (int i = 0; i < 3; i++)
        low[i] = dln_lower(word.data[i]);
    for (int m = 0; m < 12; m++)
        if (!memcmp(months + 3 * m, low, 3))
            return m + 1;
    return 0;
}

static const char *zone_of(dln_str word)
{
    static const struct { const char *name, *offset; } zones[] = {
        {"GMT", "Z"}, {"UTC", "Z"}, {"UT", "Z"}, {"Z", "Z"},
        {"EST", "-05:00"}, {"EDT", "-04:00"}, {"CST", "-06:00"},
        {"CDT", "-05:00"}, {"MST", "-07:00"}, {"MDT", "-06:00"},
        {"PST", "-08:00"}, {"PDT", "-07:00"}};
    for (size_t i = 0; i < sizeof zones / sizeof *zones; i++)
        if (dln_str_ieq(word, dln_str_of(zones[i].name)))
            return zones[i].offset;
    return NULL;
}

static long number_of(dln_str word)
{
    long value = 0;
    for (size_t i = 0; i < word.len && i < 9; i++)
        value = value * 10 + (word.data[i] - '0');
    return value;
}

/* What was found of a date and a time. */
typedef struct moment {
    long year, month, day, hour, minute, second;
    char zone[8];
} moment;

static dln_str write_moment(dln_arena *arena, const moment *m)
{
    if (dln_day_of((int32_t)m->year, (int32_t)m->month, (int32_t)m->day)
        == DLN_NO_DAY)
        return DLN_STR("");
    if (m->hour < 0 || m->hour > 24 || m->minute > 59)
        return dln_arena_printf(arena, "%04ld-%02ld-%02ld", m->year,
                                m->month, m->day);
    return dln_arena_printf(arena, "%04ld-%02ld-%02ldT%02ld:%02ld:%02ld%s",
                            m->year, m->month, m->day, m->hour, m->minute,
                            m->second > 59 ? 59 : m->second, m->zone);
}

/* Digits and colons from s[*at]: a time; else a number. */
static void take_digits(moment *m, dln_str s, size_t *at)
{
    long parts[3] = {0, 0, 0};
    size_t i = *at, count = 0, digits = 0;
    while (i < s.len && count < 3) {
        size_t from = i;
        while (i < s.len && dln_is_digit(s.data[i]))
            i++;
        if (i == from)
            break;
        digits = i - from;
        parts[count++] = number_of(dln_str_sub(s, from, i));
        if (i + 1 < s.len && s.data[i] == ':' && dln_is_digit(s.data[i + 1]))
            i++;
        else
            break;
    }
    *at = i;
    if (count > 1 && m->hour < 0) {
        m->hour = parts[0];
        m->minute = parts[1];
        m->second = parts[2];
    } else if (count == 1 && digits == 4 && !m->year) {
        m->year = parts[0];
    } else if (count == 1 && digits <= 2 && !m->day) {
        m->day = parts[0];
    } else if (count == 1 && digits == 2 && m->day && m->month && !m->year) {
        m->year = parts[0] + (parts[0] < 70 ? 2000 : 1900);
    }
}

/* "+0100", "-05:30" behind a time. */
static bool take_offset(moment *m, dln_str s, size_t *at)
{
    char digits[4];
    size_t n = 0, i = *at + 1;
    for (; i < s.len && n < 4; i++) {
        if (dln_is_digit(s.data[i]))
            digits[n++] = s.data[i];
        else if (s.data[i] != ':')
            break;
    }
    if (m->hour < 0 || n != 4)
        return false;
    snprintf(m->zone, sizeof m->zone, "%c%.2s:%.2s", s.data[*at], digits,
             digits + 2);
    *at = i;
    return true;
}

/* Words and numbers in any order, a month by its name. */
static dln_str spelled(dln_arena *arena, dln_str s)
{
    moment m = {.hour = -1};
    for (size_t i = 0; i < s.len;) {
        char c = s.data[i];
        if (dln_is_digit(c)) {
            take_digits(&m, s, &i);
        } else if (dln_is_alpha(c)) {
            size_t from = i;
            while (i < s.len && dln_is_alpha(s.data[i]))
                i++;
            dln_str word = dln_str_sub(s, from, i);
            const char *zone = zone_of(word);
            if (!m.month && (m.month = month_of(word)) > 0)
                continue;
            if (zone && m.hour >= 0)
                snprintf(m.zone, sizeof m.zone, "%s", zone);
            else if (dln_str_ieq(word, DLN_STR("PM")) && m.hour >= 0
                     && m.hour < 12)
                m.hour += 12;
        } else if ((c != '+' && c != '-') || !take_offset(&m, s, &i)) {
            i++;
        }
    }
    return m.month && m.day && m.year > 1000 ? write_moment(arena, &m)
                                             : DLN_STR("");
}

/* "20210111", "20210111T090500Z", "20210111T0905+0100" */
static dln_str compact(dln_arena *arena, dln_str s)
{
    moment m = {.hour = -1};
    size_t digits = 0;
    while (digits < s.len && dln_is_digit(s.data[digits]))
        digits++;
    if (digits != 8 || (s.len > 8 && s.data[8] != 'T'))
        return DLN_STR("");
    m.year = number_of(dln_str_sub(s, 0, 4));
    m.month = number_of(dln_str_sub(s, 4, 6));
    m.day = number_of(dln_str_sub(s, 6, 8));
    size_t at = 9;
    while (at < s.len && dln_is_digit(s.data[at]))
        at++;
    if (at >= 13) {
        m.hour = number_of(dln_str_sub(s, 9, 11));
        m.minute = number_of(dln_str_sub(s, 11, 13));
        m.second = at >= 15 ? number_of(dln_str_sub(s, 13, 15)) : 0;
        if (at < s.len && s.data[at] == 'Z')
            m.zone[0] = 'Z';
        else if (at < s.len)
            take_offset(&m, s, &at);
    }
    return write_moment(arena, &m);
}

/* Seconds or milliseconds since 1970, of this century. */
static dln_str since_epoch(dln_arena *arena, dln_str s)
{
    long long value = 0;
    if (s.len != 10 && s.len != 13)
        return DLN_STR("");
    for (size_t i = 0; i < s.len; i++) {
        if (!dln_is_digit(s.data[i]))
            return DLN_STR("");
        value = value * 10 + (s.data[i] - '0');
    }
    value /= s.len == 13 ? 1000 : 1;
    dln_ymd d = dln_ymd_of((int32_t)(value / 86400));
    long rest = (long)(value % 86400);
    moment m = {d.year, d.month, d.day, rest / 3600, rest / 60 % 60,
                rest % 60, "Z"};
    return write_moment(arena, &m);
}

dln_str dln_ingest__when(dln_arena *arena, dln_str text)
{
    dln_interval when;
    dln_str s = dln_str_trim(text);
    if (!s.len || s.len > 100)
        return s;
    dln_str out = compact(arena, s);
    if (out.len)
        return out;
    if (dln_interval_parse(s, &when))
        return s;
    if (!out.len)
        out = since_epoch(arena, s);
    if (!out.len)
        out = spelled(arena, s);
    return out.len ? out : s;
}
