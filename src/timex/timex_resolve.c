/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Slots and anchor → TIMEX3 value and days.
 *
 * News: an incomplete date is the latest such one up to the day of
 * publication, or the next one where the clause speaks of the future.
 * Story: the one nearest to the last date of the text, leaning forward.
 * Without an anchor it stays incomplete (XXXX-WXX-1) and covers no days.
 * After HeidelTime's "specifyAmbiguousValues" (Strötgen and Gertz 2013),
 * with day arithmetic in place of its comparison of months.
 */
#include "timex/timex_p.h"

#include <stdio.h>

/* A date ahead must be this many times nearer to be meant without a future
 * tense: "holders of record Dec. 15", said in November. */
#define AHEAD_COST 3
#define AHEAD_COST_PAST 4
#define AHEAD_COST_PRESENT 2
/* And one behind this many times nearer in a future clause: "will report
 * third-quarter income", said in October. */
#define BEHIND_COST 8
/* How far back and on a story's next date may lie, in days. */
#define STORY_BACK 150
#define STORY_ON 215
/* So many dates on, "a year earlier" still compares with a quarter. */
#define QUARTER_REACH 3

static bool has(const dln_timex_slots *s, uint64_t bits)
{
    return (s->has & bits) != 0;
}

static int32_t slot(const dln_timex_slots *s, dln_timex_class class,
                    int32_t otherwise)
{
    return s->has >> class & 1 ? s->at[class] : otherwise;
}

static const dln_timex_point nowhere = {
    .grain = DLN_GRAIN_NONE, .year = DLN_NO_YEAR, .weekday = -1,
    .minute = -1};

/* Is it told from the writer's day, whatever date came before? "Monday",
 * "last December", "next week", "two years ago" in an undated report are
 * not known; "1 April", "the next day" go on from the date before. */
static bool of_writer(const dln_timex_found *f)
{
    const dln_timex_slots *s = &f->part.slots;
    return f->rule->op == DLN_TX_OP_SHIFT
           || has(s, DLN_TX_BIT(WDAY) | DLN_TX_BIT(OFFSET))
           || (has(s, DLN_TX_BIT(REL)) && slot(s, DLN_TX_UNIT, 0) != 'D');
}

/* The point that deixis starts from. */
static const dln_timex_point *base_of(const dln_timex_anchor *a,
                                      const dln_timex_found *f)
{
    bool deictic = has(&f->part.slots, DLN_TX_BIT(WDAY));
    bool run = has(&f->part.slots, DLN_TX_BIT(RUN))
               || f->story > (deictic ? DLN_STORY_PARAGRAPH
                                      : DLN_STORY_NONE)
               || (a->published.grain == DLN_GRAIN_NONE
                   && !of_writer(f));
    return run ? &a->running : &a->published;
}

/* Easter Sunday (the anonymous Gregorian algorithm, Meeus ch. 8). */
static int32_t easter(int32_t y)
{
    int32_t a = y % 19, b = y / 100, c = y % 100;
    int32_t h = (19 * a + b - b / 4 - (b - (b + 8) / 25 + 1) / 3 + 15) % 30;
    int32_t l = (32 + 2 * (b % 4) + 2 * (c / 4) - h - c % 4) % 7;
    int32_t m = (a + 11 * h + 22 * l) / 451, n = h + l - 7 * m + 114;
    return dln_day_of(y, n / 31, n % 31 + 1);
}

/* Easter Sunday of the Eastern churches (Meeus ch. 8, Julian); between
 * 1900 and 2099 the calendars are 13 days apart. */
static int32_t orthodox_easter(int32_t y)
{
    if (y < 1900 || y > 2099)
        return DLN_NO_DAY;
    int32_t d = (19 * (y % 19) + 15) % 30;
    int32_t e = (2 * (y % 4) + 4 * (y % 7) - d + 34) % 7;
    return dln_day_of(y, 3, 22) + d + e + 13;
}

static int32_t read_int(dln_str s)
{
    bool minus = s.len && s.data[0] == '-';
    int32_t n = 0;
    for (size_t i = minus; i < s.len && i < 6 && dln_is_digit(s.data[i]);
         i++)
        n = n * 10 + (s.data[i] - '0');
    return minus ? -n : n;
}

/* Day of a holiday in a year, by its row: "12-25", "11 3 4", "easter 0",
 * "orthodox 0". */
static int32_t holiday(const dln_timex *t, int32_t row, int32_t year)
{
    dln_str rule = dln_row_field(&t->holidays->rows[row], 1), first, word;
    if (year < 1583 || year > 9000)
        return DLN_NO_DAY;
    if (rule.len == 5 && rule.data[2] == '-')
        return dln_day_of(year, read_int(dln_str_sub(rule, 0, 2)),
                          read_int(dln_str_sub(rule, 3, 5)));
    dln_str_cut(&rule, ' ', &first);
    dln_str_cut(&rule, ' ', &word);
    if (dln_str_is(first, "easter"))
        return easter(year) + read_int(word);
    if (dln_str_is(first, "orthodox")) {
        int32_t sunday = orthodox_easter(year);
        return sunday == DLN_NO_DAY ? sunday : sunday + read_int(word);
    }
    int32_t month = read_int(first), weekday = read_int(word);
    int32_t nth = read_int(rule);
    if (nth > 0) {
        int32_t one = dln_day_of(year, month, 1);
        return one + (weekday - dln_weekday(one) + 7) % 7 + 7 * (nth - 1);
    }
    int32_t last = dln_day_of(year, month, dln_days_in_month(year, month));
    return last - (dln_weekday(last) - weekday + 7) % 7;
}

/* `p` in a given year; false when there is no such day. */
static bool in_year(const dln_timex *t, const dln_timex_slots *s,
                    int32_t year, dln_timex_point *p)
{
    p->year = year;
    if (has(s, DLN_TX_BIT(HOLIDAY))) {
        int32_t day = holiday(t, s->at[DLN_TX_HOLIDAY], year);
        if (day == DLN_NO_DAY)
            return false;
        *p = dln_timex__point(DLN_GRAIN_DAY, day);
        return true;
    }
    return dln_timex__first_day(p) != DLN_NO_DAY;
}

/* Days from `to` to the point, 0 inside it. */
static int32_t distance(const dln_timex_point *p, int32_t to)
{
    int32_t first = dln_timex__first_day(p);
    dln_interval days = dln_timex__days(p);
    if (days.start == DLN_NO_DAY)
        return first - to;
    return days.start > to ? days.start - to
           : days.end < to ? days.end - to : 0;
}

/* The year of a date that does not say it. */
static bool choose_year(const dln_timex_anchor *a, const dln_timex_found *f,
                        dln_timex_point *p)
{
    const dln_timex_slots *s = &f->part.slots;
    const dln_timex_point *base = base_of(a, f);
    int32_t day = base->grain == DLN_GRAIN_NONE ? DLN_NO_DAY
                                                : dln_timex__first_day(base);
    bool story = base == &a->running;
    int32_t rel = slot(s, DLN_TX_REL, 9);
    if (day == DLN_NO_DAY || base->grain < DLN_GRAIN_YEAR) {
        p->year = DLN_NO_YEAR;
        return p->month < 1 || p->day <= dln_days_in_month(2000, p->month);
    }
    int32_t from = dln_ymd_of(day).year;
    dln_timex_point best = nowhere;
    int32_t best_cost = INT32_MAX;
    for (int32_t year = from - 1; year <= from + 1; year++) {
        dln_timex_point q = *p;
        if (!in_year(a->timex, s, year, &q))
            continue;
        int32_t d = distance(&q, day), cost = d < 0 ? -d : d;
        bool wrong_day = has(s, DLN_TX_BIT(WDAY)) && q.day
                         && dln_weekday(dln_timex__first_day(&q))
                                != s->at[DLN_TX_WDAY];
        if (rel == -1)
            cost += d >= 0 ? 10000 : 0;
        else if (rel == 1)
            cost += d <= 0 ? 10000 : 0;
        else if (rel == 0)
            cost = year == from ? 0 : 10000;
        else if (story && base->grain == DLN_GRAIN_YEAR)
            cost = year == from ? 0 : 10000;
        else if (story)
            cost += d < -STORY_BACK || d > STORY_ON ? 10000 : 0;
        else if (f->tense == DLN_TENSE_FUTURE)
            cost *= d >= 0 ? 1 : p->grain == DLN_GRAIN_QUARTER
                                     ? AHEAD_COST_PAST : BEHIND_COST;
        else if (d > 0 && f->told && q.grain == DLN_GRAIN_DAY)
            cost += 10000;
        else if (d > 0)
            cost *= (f->tense == DLN_TENSE_PAST      ? AHEAD_COST_PAST
                     : f->tense == DLN_TENSE_PRESENT ? AHEAD_COST_PRESENT
                                                     : AHEAD_COST)
                    * (q.grain == DLN_GRAIN_DAY ? 1 : 2);
        cost += wrong_day ? 20000 : 0;
        if (cost < best_cost) {
            best_cost = cost;
            best = q;
        }
    }
    if (best_cost == INT32_MAX)
        return false;
    *p = best;
    return true;
}

/* A bare weekday. */
static void weekday(const dln_timex_anchor *a, const dln_timex_found *f,
                    dln_timex_point *p)
{
    const dln_timex_slots *s = &f->part.slots;
    const dln_timex_point *base = base_of(a, f);
    int32_t want = s->at[DLN_TX_WDAY], rel = slot(s, DLN_TX_REL, 9);
    *p = nowhere;
    p->grain = DLN_GRAIN_DAY;
    p->weekday = want;
    if (base->grain != DLN_GRAIN_DAY || base->year == DLN_NO_YEAR
        || !base->day)
        return;
    int32_t day = dln_timex__first_day(base);
    if (day == DLN_NO_DAY)
        return;
    int32_t back = (dln_weekday(day) - want + 7) % 7, on = (7 - back) % 7;
    if (slot(s, DLN_TX_UNIT, 0) == 'W')
        day += want - dln_weekday(day) + 7 * rel;
    else if (rel == -1)
        day -= back ? back : 7;
    else if (rel == 1)
        day += on ? on : 7;
    else if (rel == 0)
        day += f->tense == DLN_TENSE_PAST
                       || (f->tense != DLN_TENSE_FUTURE && back < on)
                   ? -back : on;
    else if (base == &a->running || f->tense == DLN_TENSE_FUTURE)
        day += on;
    else
        day -= back;
    *p = dln_timex__point(DLN_GRAIN_DAY, day);
}

/* Minutes of a clock, -1 for none, -2 for an hour that is none. */
static int32_t clock_of(const dln_timex_slots *s, bool clock)
{
    int32_t minute = slot(s, DLN_TX_CLOCK, slot(s, DLN_TX_DOTCLOCK, -1));
    if (minute < 0 && clock && has(s, DLN_TX_BIT(NUM)))
        minute = s->at[DLN_TX_NUM] <= 24 ? s->at[DLN_TX_NUM] * 60 : -2;
    if (minute >= 0 && has(s, DLN_TX_BIT(AMPM))) {
        if (minute >= 13 * 60 || minute < 60)
            return s->at[DLN_TX_AMPM] && minute >= 60 ? minute : -2;
        minute = minute % 720 + s->at[DLN_TX_AMPM] * 60;
    } else if (minute >= 0 && minute < 720 && has(s, DLN_TX_BIT(PART))) {
        int32_t part = s->at[DLN_TX_PART];
        if (part == DLN_TX_CODE2('A', 'F') || part == DLN_TX_CODE2('E', 'V')
            || (part == DLN_TX_CODE2('N', 'I') && minute >= 300))
            minute += 720;
    }
    return minute > 1440 ? -2 : minute;
}

/* The grain and the parts that the words themselves give. */
static bool said(const dln_timex_anchor *a, const dln_timex_slots *s,
                 dln_timex_point *p)
{
    int32_t dom = slot(s, DLN_TX_DAY, slot(s, DLN_TX_ORD, 0));
    int32_t unit = slot(s, DLN_TX_UNIT, 0);
    *p = nowhere;
    p->grain = DLN_GRAIN_YEAR;
    if (unit == DLN_TX_CODE2('C', 'E')) {
        p->grain = DLN_GRAIN_CENTURY;
        p->year = has(s, DLN_TX_BIT(BC)) ? 1 - s->at[DLN_TX_ORD]
                                         : s->at[DLN_TX_ORD] - 1;
        return s->at[DLN_TX_ORD] >= 1 && s->at[DLN_TX_ORD] < 30;
    }
    if (has(s, DLN_TX_BIT(DECADE) | DLN_TX_BIT(DECADE2))) {
        p->grain = DLN_GRAIN_DECADE;
        p->year = slot(s, DLN_TX_DECADE,
                       190 + slot(s, DLN_TX_DECADE2, 0));
        return true;
    }
    if (has(s, DLN_TX_BIT(QUARTER)) && has(s, DLN_TX_BIT(ORD))) {
        p->grain = DLN_GRAIN_QUARTER;
        p->sub = s->at[DLN_TX_ORD];
        return p->sub >= 1 && p->sub <= 4;
    }
    if (has(s, DLN_TX_BIT(QUARTER))) {
        /* the 1988 period: that of the quarter spoken of */
        if (a->quarter.grain == DLN_GRAIN_QUARTER) {
            p->grain = DLN_GRAIN_QUARTER;
            p->sub = a->quarter.sub;
        }
        return true;
    }
    if (has(s, DLN_TX_BIT(HALF))) {
        p->grain = DLN_GRAIN_HALF;
        p->sub = slot(s, DLN_TX_ORD, 2);
        return p->sub >= 1 && p->sub <= 2;
    }
    if (has(s, DLN_TX_BIT(SEASON))) {
        p->grain = DLN_GRAIN_SEASON;
        p->sub = s->at[DLN_TX_SEASON];
    } else if (has(s, DLN_TX_BIT(MONTH))) {
        p->month = s->at[DLN_TX_MONTH];
        dom = has(s, DLN_TX_BIT(NTH)) ? 0 : dom;
        p->day = dom;
        p->grain = dom ? DLN_GRAIN_DAY : DLN_GRAIN_MONTH;
        return dom >= 0 && dom <= 31;
    } else if (has(s, DLN_TX_BIT(HOLIDAY))) {
        p->grain = DLN_GRAIN_DAY;
    }
    return true;
}

static bool given_year(const dln_timex_anchor *a, const dln_timex_found *f,
                       int32_t *year)
{
    const dln_timex_slots *s = &f->part.slots;
    const dln_timex_point *base = base_of(a, f);
    if (has(s, DLN_TX_BIT(BC))) {
        *year = slot(s, DLN_TX_YEAR, slot(s, DLN_TX_NUM, 0));
        if (s->at[DLN_TX_BC])
            *year = 1 - *year;
        return true;
    }
    /* 1957-59: the century of the year before it */
    if (has(s, DLN_TX_BIT(TAIL)) && !has(s, DLN_TX_BIT(YEAR))) {
        int32_t tail = slot(s, DLN_TX_NUM, 0);
        *year = a->said_year == DLN_NO_YEAR || tail > 99
                        || tail <= a->said_year % 100
                    ? 0 : a->said_year - a->said_year % 100 + tail;
        return true;
    }
    if (has(s, DLN_TX_BIT(YEAR) | DLN_TX_BIT(YEAR2))) {
        *year = slot(s, DLN_TX_YEAR, slot(s, DLN_TX_YEAR2, 0));
        return true;
    }
    if (slot(s, DLN_TX_UNIT, 0) == 'Y' && has(s, DLN_TX_BIT(REL))
        && base->grain >= DLN_GRAIN_YEAR && base->year != DLN_NO_YEAR) {
        *year = base->year + s->at[DLN_TX_REL];
        return true;
    }
    return false;
}

/* The second Tuesday of a month, its last day; false: it has none. */
static bool nth_day(const dln_timex_slots *s, dln_timex_point *p)
{
    int32_t first = dln_timex__first_day(p);
    bool last = s->at[DLN_TX_NTH] < 0;
    if (first == DLN_NO_DAY)
        return true;
    int32_t end = first + dln_days_in_month(p->year, p->month) - 1;
    int32_t day = last ? end : first;
    if (has(s, DLN_TX_BIT(WDAY))) {
        int32_t want = s->at[DLN_TX_WDAY];
        day = last ? end - (dln_weekday(end) - want + 7) % 7
                   : first + (want - dln_weekday(first) + 7) % 7
                         + 7 * (slot(s, DLN_TX_ORD, 1) - 1);
    }
    if (day < first || day > end)
        return false;
    *p = dln_timex__point(DLN_GRAIN_DAY, day);
    return true;
}

/* Today, that morning, 9 p.m. with no day said. */
static void day_only(const dln_timex_anchor *a, const dln_timex_found *f,
                     dln_timex_point *p)
{
    const dln_timex_slots *s = &f->part.slots;
    const dln_timex_point *base = has(s, DLN_TX_BIT(OFFSET))
                                          && !has(s, DLN_TX_BIT(RUN))
                                      ? &a->published : base_of(a, f);
    if (!has(s, DLN_TX_BIT(OFFSET)) && a->running.grain == DLN_GRAIN_DAY
        && a->running.day)
        base = &a->running;
    *p = nowhere;
    p->grain = DLN_GRAIN_DAY;
    if (base->grain != DLN_GRAIN_DAY || !base->day)
        return;
    int32_t day = dln_timex__first_day(base);
    if (day == DLN_NO_DAY)
        return;
    int32_t rel = has(s, DLN_TX_BIT(RUN)) ? slot(s, DLN_TX_REL, 0) : 0;
    *p = dln_timex__point(DLN_GRAIN_DAY,
                          day + slot(s, DLN_TX_OFFSET, 0) + rel);
}

static bool calendar(const dln_timex_anchor *a, const dln_timex_found *f,
                     dln_timex_point *p)
{
    const dln_timex_slots *s = &f->part.slots;
    int32_t year;
    bool clock = f->rule->type == DLN_TIME_TIME;
    if (has(s, DLN_TX_BIT(DATE))) {
        *p = dln_timex__point(DLN_GRAIN_DAY, s->at[DLN_TX_DATE]);
    } else if (has(s, DLN_TX_BIT(MONTHNUM))) {
        *p = nowhere;
        p->grain = DLN_GRAIN_MONTH;
        p->year = s->at[DLN_TX_MONTHNUM] / 12;
        p->month = s->at[DLN_TX_MONTHNUM] % 12 + 1;
    } else if (has(s, DLN_TX_BIT(WDAY))
               && !has(s, DLN_TX_BIT(MONTH) | DLN_TX_BIT(HOLIDAY))) {
        weekday(a, f, p);
    } else {
        if (!said(a, s, p))
            return false;
        if (p->grain > DLN_GRAIN_DECADE) {
            if (given_year(a, f, &year)) {
                if ((year < 1 && !slot(s, DLN_TX_BC, 0))
                    || !in_year(a->timex, s, year, p))
                    return false;
            } else if (p->grain == DLN_GRAIN_YEAR) {
                day_only(a, f, p);
            } else if (!choose_year(a, f, p)) {
                return false;
            }
        }
    }
    if (slot(s, DLN_TX_NTH, 0) && p->grain == DLN_GRAIN_MONTH
        && !nth_day(s, p))
        return false;
    /* the week of 6 March */
    if (slot(s, DLN_TX_UNIT, 0) == 'W' && has(s, DLN_TX_BIT(MONTH))
        && !dln_timex__shift(p, 'W', 0, p))
        return false;
    if (clock) {
        p->minute = clock_of(s, true);
        if (p->minute == -2)
            return false;
        if (p->minute < 0)
            p->part = slot(s, DLN_TX_PART, 0);
    }
    return true;
}

/* Monday of the weekend meant. */
static bool weekend(const dln_timex_anchor *a, const dln_timex_found *f,
                    dln_timex_point *p)
{
    const dln_timex_point *base = base_of(a, f);
    int32_t rel = slot(&f->part.slots, DLN_TX_REL, 0);
    if (base->grain != DLN_GRAIN_DAY)
        return false;
    int32_t day = dln_timex__first_day(base);
    if (day == DLN_NO_DAY)
        return false;
    if (rel == -1 || (rel == 0 && f->tense != DLN_TENSE_FUTURE
                      && dln_weekday(day) < 5))
        day -= 7;
    if (rel == 1 && dln_weekday(day) >= 5)
        day += 7;
    *p = dln_timex__point(DLN_GRAIN_WEEKEND, day);
    return true;
}

static bool unit_of(const dln_timex_anchor *a, const dln_timex_found *f,
                    dln_timex_point *p)
{
    const dln_timex_slots *s = &f->part.slots;
    int32_t unit = slot(s, DLN_TX_UNIT, 0), rel = slot(s, DLN_TX_REL, 0);
    const dln_timex_point *base = base_of(a, f);
    if (unit == DLN_TX_CODE2('W', 'E') && weekend(a, f, p))
        return true;
    if (!unit && has(s, DLN_TX_BIT(RUN))) {
        *p = a->running;    /* "at that time" */
        return p->grain != DLN_GRAIN_NONE;
    }
    if (has(s, DLN_TX_BIT(QUARTER)) && a->running.grain == DLN_GRAIN_QUARTER)
        base = &a->running; /* the quarter spoken of, else the last one */
    else if (has(s, DLN_TX_BIT(QUARTER)))
        rel = -1;
    if (base->grain != DLN_GRAIN_NONE
        && dln_timex__shift(base, unit, rel, p))
        return true;
    *p = nowhere;
    p->grain = dln_timex__grain_of(unit);
    return p->grain >= DLN_GRAIN_YEAR;
}

/* Two days ago, a year earlier. */
static bool shifted(const dln_timex_anchor *a, const dln_timex_found *f,
                    dln_timex_point *p)
{
    const dln_timex_slots *s = &f->part.slots;
    int32_t unit = slot(s, DLN_TX_UNIT, 0), n = slot(s, DLN_TX_NUM, 1);
    const dln_timex_point *base = base_of(a, f);
    bool quarter = a->quarter.grain == DLN_GRAIN_QUARTER
                   && (a->quarter_age < QUARTER_REACH
                       || has(s, DLN_TX_BIT(QUARTER)));
    if (has(s, DLN_TX_BIT(VAGUE)) || n > 9999)
        return false;
    if (has(s, DLN_TX_BIT(YEAR) | DLN_TX_BIT(YEAR2))) {
        /* the same period of 1988 */
        *p = quarter ? a->quarter : nowhere;
        p->grain = quarter ? DLN_GRAIN_QUARTER : DLN_GRAIN_YEAR;
        p->year = slot(s, DLN_TX_YEAR, slot(s, DLN_TX_YEAR2, 0));
        return true;
    }
    if (unit == 'Y' && n == 1 && quarter) {
        *p = a->quarter;
        p->year += slot(s, DLN_TX_DIR, 1);
        return p->year != DLN_NO_YEAR;
    }
    return base->grain != DLN_GRAIN_NONE
           && dln_timex__shift(base, unit, n * slot(s, DLN_TX_DIR, 1), p);
}

/* The first anniversary of a date that says its year. */
static bool anniversary(const dln_timex_anchor *a, const dln_timex_found *f,
                        dln_timex_point *p)
{
    int32_t n = slot(&f->part.slots, DLN_TX_ORD, 0);
    if (!f->of || n < 1 || n > 1000 || !calendar(a, f->of, p)
        || p->grain < DLN_GRAIN_YEAR)
        return false;
    p->year += n;
    p->part = 0;
    p->minute = -1;
    return dln_timex__first_day(p) != DLN_NO_DAY;
}

static dln_str duration(const dln_timex_slots *s, dln_arena *arena)
{
    static const struct { int32_t unit, part; char small[5]; } halves[] = {
        {'Y', 6, "M"}, {'H', 30, "M"}, {'N', 30, "S"}, {'D', 12, "TH"},
        {DLN_TX_CODE2('D', 'E'), 5, "Y"}, {DLN_TX_CODE2('C', 'E'), 50, "Y"}};
    char unit[5], number[16] = "X", rest[16] = "";
    int32_t u = slot(s, DLN_TX_UNIT, 'D');
    bool clock = u == 'H' || u == 'N' || u == 'S';
    if (has(s, DLN_TX_BIT(NUM)) && s->at[DLN_TX_NUM] >= 0)
        snprintf(number, sizeof number, "%d", (int)s->at[DLN_TX_NUM]);
    if (has(s, DLN_TX_BIT(HALF)))
        for (size_t i = 0; i < sizeof halves / sizeof *halves; i++)
            if (halves[i].unit == u) {
                bool t = halves[i].small[0] == 'T';
                snprintf(rest, sizeof rest, "%s%d%s", t ? "T" : "",
                         (int)halves[i].part, halves[i].small + t);
            }
    dln_timex__code_text(unit, u == 'N' ? 'M' : u);
    if (slot(s, DLN_TX_NUM, 1) == 0 && rest[0])
        return dln_arena_printf(arena, "P%s%s", clock ? "T" : "", rest);
    return dln_arena_printf(arena, "P%s%s%s%s", clock ? "T" : "", number,
                            unit, rest);
}

static dln_str set_value(const dln_timex_rule *rule,
                         const dln_timex_slots *s, dln_arena *arena)
{
    dln_timex_point p = nowhere;
    p.grain = DLN_GRAIN_DAY;
    if (has(s, DLN_TX_BIT(FREQ))
        && s->at[DLN_TX_FREQ] != DLN_TX_CODE2('N', 'I')) {
        dln_timex_slots one = {.has = DLN_TX_BIT(UNIT) | DLN_TX_BIT(NUM)};
        one.at[DLN_TX_UNIT] = s->at[DLN_TX_FREQ];
        one.at[DLN_TX_NUM] = 1;
        return duration(&one, arena);
    }
    if (has(s, DLN_TX_BIT(UNIT))) {
        dln_timex_slots one = *s;
        one.has |= DLN_TX_BIT(NUM);
        one.at[DLN_TX_NUM] = slot(&rule->given, DLN_TX_NUM,
                                  slot(s, DLN_TX_NUM, 1));
        return duration(&one, arena);
    }
    if (has(s, DLN_TX_BIT(WDAY))) {
        p.weekday = s->at[DLN_TX_WDAY];
    } else if (has(s, DLN_TX_BIT(MONTH))) {
        p.grain = DLN_GRAIN_MONTH;
        p.month = s->at[DLN_TX_MONTH];
    } else if (has(s, DLN_TX_BIT(SEASON))) {
        p.grain = DLN_GRAIN_SEASON;
        p.sub = s->at[DLN_TX_SEASON];
    } else {
        p.part = slot(s, DLN_TX_PART, DLN_TX_CODE2('N', 'I'));
    }
    return dln_timex__value(&p, arena);
}

static const char *anchor_name(const dln_timex_anchor *a,
                               const dln_timex_found *f,
                               const dln_timex_point *p)
{
    if (p->year == DLN_NO_YEAR)
        return "nothing to anchor it on";
    if (f->of)
        return "counted from the date behind it";
    if (has(&f->part.slots, DLN_TX_BIT(YEAR) | DLN_TX_BIT(DATE)
                                | DLN_TX_BIT(BC) | DLN_TX_BIT(MONTHNUM)
                                | DLN_TX_BIT(DECADE)))
        return "said in full";
    return base_of(a, f) == &a->running
               ? "anchored on the date told before"
           : a->inferred ? "anchored on the inferred time of publication"
           : f->tense == DLN_TENSE_FUTURE
               ? "anchored on publication, future tense"
               : "anchored on publication";
}

/* Does the story go on from here? Comparisons ("a year ago", "the previous
 * year") and years named in passing look aside, and a coarse date that holds
 * the finer one before it tells nothing new. */
static bool moves(const dln_timex_anchor *a, const dln_timex_found *f,
                  const dln_timex_point *p)
{
    const dln_timex_slots *s = &f->part.slots;
    if (p->year == DLN_NO_YEAR)
        return false;
    if (f->rule->op == DLN_TX_OP_SHIFT
        && (!has(s, DLN_TX_BIT(RUN))
            || a->running.grain == DLN_GRAIN_QUARTER))
        return false;
    if (f->rule->op != DLN_TX_OP_CAL && p->grain <= DLN_GRAIN_YEAR
        && (slot(s, DLN_TX_REL, 0) < 0 || slot(s, DLN_TX_DIR, 0) < 0))
        return false;
    if (p->grain > DLN_GRAIN_YEAR || a->running.grain <= DLN_GRAIN_YEAR)
        return true;
    return a->running.year != p->year && f->head;
}

bool dln_timex__resolve(dln_timex_anchor *a, const dln_timex_found *f,
                        dln_arena *arena, dln_time *out)
{
    dln_timex_point p = nowhere;
    const dln_timex_slots *s = &f->part.slots;
    const dln_timex_rule *rule = f->rule;
    out->type = rule->type;
    out->when = DLN_NO_INTERVAL;
    if (has(s, DLN_TX_BIT(STORY)) && f->story != DLN_STORY_TEXT)
        return false;
    switch (rule->op) {
    case DLN_TX_OP_VALUE: out->value = rule->value; break;
    case DLN_TX_OP_DUR: out->value = duration(s, arena); break;
    case DLN_TX_OP_SET: out->value = set_value(rule, s, arena); break;
    case DLN_TX_OP_CAL:
        if (!calendar(a, f, &p))
            return false;
        break;
    case DLN_TX_OP_UNIT:
        if (!unit_of(a, f, &p))
            return false;
        break;
    case DLN_TX_OP_ANNIV:
        if (!anniversary(a, f, &p))
            return false;
        break;
    case DLN_TX_OP_SHIFT:
        if (!shifted(a, f, &p)) {
            p = nowhere;
            out->value = slot(s, DLN_TX_DIR, 1) < 0 ? DLN_STR("PAST_REF")
                                                    : DLN_STR("FUTURE_REF");
        }
        break;
    default: return false;
    }
    if (p.grain == DLN_GRAIN_NONE) {
        out->why = dln_arena_printf(arena, "rule %.*s",
                                    DLN_ARG(rule->name));
        return true;
    }
    out->value = dln_timex__value(&p, arena);
    out->when = dln_timex__days(&p);
    out->why = dln_arena_printf(arena, "rule %.*s; %s", DLN_ARG(rule->name),
                                anchor_name(a, f, &p));
    if (p.grain >= DLN_GRAIN_YEAR)
        a->said_year = p.year;
    a->quarter_age++;
    if (p.grain == DLN_GRAIN_QUARTER && rule->op != DLN_TX_OP_SHIFT
        && p.year != DLN_NO_YEAR) {
        a->quarter = p;
        a->quarter_age = 0;
    }
    if (moves(a, f, &p))
        a->running = p;
    return true;
}
