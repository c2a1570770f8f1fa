/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Points of the calendar: arithmetic, TIMEX3 value, days covered.
 *
 * Values follow TimeML's TIMEX3 (ISO 8601 with holes): 199 a decade, 19 a
 * century, 2020-FA a season, 2020-Q3, 2020-H1, 2020-W41, 2020-W41-WE,
 * XXXX-WXX-1 a Monday nobody can date. Years before Christ are written as
 * in TIMEX2, BC0493, and cover no days here: the record begins in year 1.
 * Seasons are those of the northern half: WI of 2020 is December 2020 to
 * February 2021.
 */
#include "timex/timex_p.h"

#include <stdio.h>

#define SPRING DLN_TX_CODE2('S', 'P')
#define SUMMER DLN_TX_CODE2('S', 'U')
#define AUTUMN DLN_TX_CODE2('F', 'A')

dln_timex_grain dln_timex__grain_of(int32_t unit)
{
    switch (unit) {
    case 'Y': return DLN_GRAIN_YEAR;
    case 'M': return DLN_GRAIN_MONTH;
    case 'W': return DLN_GRAIN_WEEK;
    case 'D': return DLN_GRAIN_DAY;
    case 'Q': return DLN_GRAIN_QUARTER;
    case DLN_TX_CODE2('D', 'E'): return DLN_GRAIN_DECADE;
    case DLN_TX_CODE2('C', 'E'): return DLN_GRAIN_CENTURY;
    case DLN_TX_CODE2('W', 'E'): return DLN_GRAIN_WEEKEND;
    default: return DLN_GRAIN_NONE;
    }
}

dln_timex_point dln_timex__point(dln_timex_grain grain, int32_t day)
{
    dln_timex_point p = {.grain = grain, .weekday = -1, .minute = -1};
    dln_ymd d = dln_ymd_of(day);
    p.year = d.year;
    switch (grain) {
    case DLN_GRAIN_CENTURY: p.year = d.year / 100; break;
    case DLN_GRAIN_DECADE: p.year = d.year / 10; break;
    case DLN_GRAIN_HALF: p.sub = d.month > 6 ? 2 : 1; break;
    case DLN_GRAIN_QUARTER: p.sub = (d.month + 2) / 3; break;
    case DLN_GRAIN_MONTH: p.month = d.month; break;
    case DLN_GRAIN_WEEK:
    case DLN_GRAIN_WEEKEND:
        p.sub = dln_iso_week(day, &p.year);
        break;
    case DLN_GRAIN_DAY:
        p.month = d.month;
        p.day = d.day;
        break;
    default: break;
    }
    return p;
}

static int32_t season_month(int32_t code)
{
    return code == SPRING ? 3 : code == SUMMER ? 6 : code == AUTUMN ? 9 : 12;
}

int32_t dln_timex__first_day(const dln_timex_point *p)
{
    if (p->year == DLN_NO_YEAR)
        return DLN_NO_DAY;
    switch (p->grain) {
    case DLN_GRAIN_CENTURY: return dln_day_of(p->year * 100, 1, 1);
    case DLN_GRAIN_DECADE: return dln_day_of(p->year * 10, 1, 1);
    case DLN_GRAIN_YEAR: return dln_day_of(p->year, 1, 1);
    case DLN_GRAIN_HALF: return dln_day_of(p->year, p->sub * 6 - 5, 1);
    case DLN_GRAIN_QUARTER: return dln_day_of(p->year, p->sub * 3 - 2, 1);
    case DLN_GRAIN_SEASON:
        return dln_day_of(p->year, season_month(p->sub), 1);
    case DLN_GRAIN_MONTH: return dln_day_of(p->year, p->month, 1);
    case DLN_GRAIN_WEEK: return dln_iso_week_day(p->year, p->sub);
    case DLN_GRAIN_WEEKEND: {
        int32_t monday = dln_iso_week_day(p->year, p->sub);
        return monday == DLN_NO_DAY ? monday : monday + 5;
    }
    case DLN_GRAIN_DAY: return dln_day_of(p->year, p->month, p->day);
    default: return DLN_NO_DAY;
    }
}

/* Day before the first day of `year`-`month`, months counted on. */
static int32_t before_month(int32_t year, int32_t month)
{
    int32_t day = dln_day_of(year + (month - 1) / 12, (month - 1) % 12 + 1,
                             1);
    return day == DLN_NO_DAY ? day : day - 1;
}

static int32_t last_day(const dln_timex_point *p, int32_t first)
{
    switch (p->grain) {
    case DLN_GRAIN_CENTURY: return before_month(p->year * 100 + 100, 1);
    case DLN_GRAIN_DECADE: return before_month(p->year * 10 + 10, 1);
    case DLN_GRAIN_YEAR: return before_month(p->year + 1, 1);
    case DLN_GRAIN_HALF: return before_month(p->year, p->sub * 6 + 1);
    case DLN_GRAIN_QUARTER: return before_month(p->year, p->sub * 3 + 1);
    case DLN_GRAIN_SEASON:
        return before_month(p->year, season_month(p->sub) + 3);
    case DLN_GRAIN_MONTH: return before_month(p->year, p->month + 1);
    case DLN_GRAIN_WEEK: return first + 6;
    case DLN_GRAIN_WEEKEND: return first + 1;
    default: return first;
    }
}

dln_interval dln_timex__days(const dln_timex_point *p)
{
    static const dln_precision precision[] = {
        [DLN_GRAIN_CENTURY] = DLN_PREC_DECADE,
        [DLN_GRAIN_DECADE] = DLN_PREC_DECADE,
        [DLN_GRAIN_YEAR] = DLN_PREC_YEAR,
        [DLN_GRAIN_HALF] = DLN_PREC_YEAR,
        [DLN_GRAIN_QUARTER] = DLN_PREC_SEASON,
        [DLN_GRAIN_SEASON] = DLN_PREC_SEASON,
        [DLN_GRAIN_MONTH] = DLN_PREC_MONTH,
        [DLN_GRAIN_WEEK] = DLN_PREC_WEEK,
        [DLN_GRAIN_WEEKEND] = DLN_PREC_WEEK,
        [DLN_GRAIN_DAY] = DLN_PREC_DAY,
    };
    int32_t first = dln_timex__first_day(p);
    if (first == DLN_NO_DAY || p->year < 1)
        return DLN_NO_INTERVAL;
    int32_t last = last_day(p, first);
    if (last == DLN_NO_DAY)
        return DLN_NO_INTERVAL;
    return (dln_interval){first, last,
                          p->minute >= 0 || p->part ? DLN_PREC_TIME
                                                    : precision[p->grain]};
}

bool dln_timex__shift(const dln_timex_point *p, int32_t unit, int32_t n,
                      dln_timex_point *out)
{
    dln_timex_grain grain = dln_timex__grain_of(unit);
    int32_t day = dln_timex__first_day(p);
    if (grain == DLN_GRAIN_NONE || day == DLN_NO_DAY || n > 9999
        || n < -9999 || p->grain < grain)
        return false;
    dln_timex_point q = dln_timex__point(grain, day);
    int32_t months;
    switch (grain) {
    case DLN_GRAIN_CENTURY:
    case DLN_GRAIN_DECADE:
    case DLN_GRAIN_YEAR: q.year += n; break;
    case DLN_GRAIN_QUARTER:
        months = q.year * 4 + q.sub - 1 + n;
        q.year = (months >= 0 ? months : months - 3) / 4;
        q.sub = months - q.year * 4 + 1;
        break;
    case DLN_GRAIN_MONTH:
        months = q.year * 12 + q.month - 1 + n;
        q.year = (months >= 0 ? months : months - 11) / 12;
        q.month = months - q.year * 12 + 1;
        break;
    default:
        q = dln_timex__point(grain,
                             day + n * (grain == DLN_GRAIN_DAY ? 1 : 7));
    }
    *out = q;
    return q.year > -9999 && q.year < 9999;
}

/* "1998", "XXXX", "BC0493"; decades and centuries with fewer digits. */
static void year_text(char out[24], const dln_timex_point *p)
{
    int digits = p->grain == DLN_GRAIN_CENTURY  ? 2
                 : p->grain == DLN_GRAIN_DECADE ? 3
                                                : 4;
    if (p->year == DLN_NO_YEAR)
        snprintf(out, 24, "%.*s", digits, "XXXX");
    else if (p->year >= 1 || (digits < 4 && p->year == 0))
        snprintf(out, 24, "%0*d", digits, (int)p->year);
    else
        snprintf(out, 24, "BC%0*d", digits,
                 (int)(digits == 4 ? 1 - p->year : -p->year));
}

void dln_timex__code_text(char out[5], int32_t code)
{
    size_t n = 0;
    for (int shift = 24; shift >= 0; shift -= 8)
        if (code >> shift & 255)
            out[n++] = (char)(code >> shift & 255);
    out[n] = '\0';
}

dln_str dln_timex__value(const dln_timex_point *p, dln_arena *arena)
{
    char year[24], rest[32] = "", time[16] = "", code[5];
    year_text(year, p);
    if (p->minute >= 0) {
        snprintf(time, sizeof time, "T%02d:%02d", (int)p->minute / 60 % 100,
                 (int)p->minute % 60);
    } else if (p->part) {
        dln_timex__code_text(code, p->part);
        snprintf(time, sizeof time, "T%s", code);
    }
    dln_timex__code_text(code, p->grain == DLN_GRAIN_SEASON ? p->sub : 0);
    int month = (int)p->month, day = (int)p->day, sub = (int)p->sub;
    switch (p->grain) {
    case DLN_GRAIN_HALF: snprintf(rest, 32, "-H%d", sub); break;
    case DLN_GRAIN_QUARTER: snprintf(rest, 32, "-Q%d", sub); break;
    case DLN_GRAIN_SEASON: snprintf(rest, 32, "-%s", code); break;
    case DLN_GRAIN_MONTH:
        snprintf(rest, 32, month ? "-%02d" : "-XX%.0d", month);
        break;
    case DLN_GRAIN_WEEK:
    case DLN_GRAIN_WEEKEND:
        snprintf(rest, 32, sub ? "-W%02d%s" : "-WXX%.0d%s", sub,
                 p->grain == DLN_GRAIN_WEEKEND ? "-WE" : "");
        break;
    case DLN_GRAIN_DAY:
        if (p->weekday >= 0)
            snprintf(rest, 32, "-WXX-%d", (int)p->weekday + 1);
        else if (month && day)
            snprintf(rest, 32, "-%02d-%02d", month, day);
        else if (month)
            snprintf(rest, 32, "-%02d-XX", month);
        else if (day)
            snprintf(rest, 32, "-XX-%02d", day);
        else
            snprintf(rest, 32, "-XX-XX");
        break;
    default: break;
    }
    return dln_arena_printf(arena, "%s%s%s", year, rest, time);
}
