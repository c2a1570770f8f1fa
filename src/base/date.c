/* SPDX-License-Identifier: Apache-2.0 */
/* Day numbers after Howard Hinnant, "chrono-Compatible Low-Level Date
 * Algorithms", days_from_civil and civil_from_days. */
#include "base/date.h"

#include <stdio.h>

static bool leap(int32_t year)
{
    return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

int32_t dln_days_in_month(int32_t year, int32_t month)
{
    static const int32_t days[12] = {31, 28, 31, 30, 31, 30,
                                     31, 31, 30, 31, 30, 31};
    if (month < 1 || month > 12)
        return 0;
    return month == 2 && leap(year) ? 29 : days[month - 1];
}

int32_t dln_day_of(int32_t year, int32_t month, int32_t day)
{
    if (year < -9999 || year > 99999 || month < 1 || month > 12 || day < 1
        || day > dln_days_in_month(year, month))
        return DLN_NO_DAY;
    int32_t y = month <= 2 ? year - 1 : year;
    int32_t era = (y >= 0 ? y : y - 399) / 400;
    int32_t yoe = y - era * 400;
    int32_t doy = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    int32_t doe = yoe * 365 + yoe / 4 - yoe / 100 + doy;
    return era * 146097 + doe - 719468;
}

dln_ymd dln_ymd_of(int32_t day)
{
    int64_t z = (int64_t)day + 719468;
    int64_t era = (z >= 0 ? z : z - 146096) / 146097;
    int64_t doe = z - era * 146097;
    int64_t yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
    int64_t doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
    int64_t mp = (5 * doy + 2) / 153;
    int64_t month = mp < 10 ? mp + 3 : mp - 9;
    return (dln_ymd){
        .year = (int32_t)(yoe + era * 400 + (month <= 2)),
        .month = (int32_t)month,
        .day = (int32_t)(doy - (153 * mp + 2) / 5 + 1),
    };
}

int32_t dln_weekday(int32_t day)
{
    int32_t w = (day % 7 + 7 + 3) % 7; /* 1970-01-01 was a Thursday */
    return w;
}

int32_t dln_iso_week(int32_t day, int32_t *year)
{
    int32_t thursday = day - dln_weekday(day) + 3;
    int32_t y = dln_ymd_of(thursday).year;
    *year = y;
    return (thursday - dln_day_of(y, 1, 1)) / 7 + 1;
}

int32_t dln_iso_week_day(int32_t year, int32_t week)
{
    int32_t fourth = dln_day_of(year, 1, 4);
    if (fourth == DLN_NO_DAY)
        return DLN_NO_DAY;
    return fourth - dln_weekday(fourth) + 7 * (week - 1);
}

static bool digits(dln_str s, size_t at, size_t n, int32_t *out)
{
    if (at + n > s.len)
        return false;
    *out = 0;
    for (size_t i = 0; i < n; i++) {
        if (!dln_is_digit(s.data[at + i]))
            return false;
        *out = *out * 10 + (s.data[at + i] - '0');
    }
    return true;
}

bool dln_interval_parse(dln_str text, dln_interval *out)
{
    int32_t year, month, day;
    text = dln_str_trim(text);
    if (!digits(text, 0, 4, &year))
        return false;
    if (text.len == 4) {
        *out = (dln_interval){dln_day_of(year, 1, 1),
                              dln_day_of(year, 12, 31), DLN_PREC_YEAR};
        return true;
    }
    bool dash = text.data[4] == '-';
    size_t step = dash ? 1 : 0;
    if (!digits(text, 4 + step, 2, &month) || month < 1 || month > 12)
        return false;
    if (dash && text.len == 7) {
        *out = (dln_interval){dln_day_of(year, month, 1),
                              dln_day_of(year, month,
                                         dln_days_in_month(year, month)),
                              DLN_PREC_MONTH};
        return true;
    }
    size_t at = 6 + step;
    if (dash && (at >= text.len || text.data[at] != '-'))
        return false;
    if (!digits(text, at + step, 2, &day))
        return false;
    at += step + 2;
    if (at < text.len && text.data[at] != 'T' && text.data[at] != ' ')
        return false;
    int32_t number = dln_day_of(year, month, day);
    if (number == DLN_NO_DAY)
        return false;
    *out = (dln_interval){number, number, DLN_PREC_DAY};
    return true;
}

void dln_day_text(char out[11], int32_t day)
{
    out[0] = '\0';
    if (day == DLN_NO_DAY)
        return;
    dln_ymd d = dln_ymd_of(day);
    if (d.year < 0 || d.year > 9999)
        return;
    char wide[40];
    snprintf(wide, sizeof wide, "%04d-%02d-%02d", d.year, d.month, d.day);
    memcpy(out, wide, 11);
}

static const char *const precisions[] = {
    [DLN_PREC_UNKNOWN] = "unknown", [DLN_PREC_TIME] = "time",
    [DLN_PREC_DAY] = "day",         [DLN_PREC_WEEK] = "week",
    [DLN_PREC_MONTH] = "month",     [DLN_PREC_SEASON] = "season",
    [DLN_PREC_YEAR] = "year",       [DLN_PREC_DECADE] = "decade",
};

const char *dln_precision_text(dln_precision precision)
{
    return precisions[precision];
}

dln_precision dln_precision_of(dln_str text)
{
    for (unsigned i = 0; i < sizeof precisions / sizeof *precisions; i++)
        if (dln_str_is(text, precisions[i]))
            return (dln_precision)i;
    return DLN_PREC_UNKNOWN;
}
