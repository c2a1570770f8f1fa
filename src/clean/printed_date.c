/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The date printed above or below a report.
 *
 * A line is cut into numbers, words and marks; from each place a date is
 * tried in the orders that are in use. What else stands in the line is
 * handed back, so that the caller sees whether it is a date line ("Updated
 * 3:05 p.m. EDT, May 26, 2023"), a byline with a date behind it, or prose
 * that happens to name a day.
 *
 * 01/11/2021 is January or November by country: such a date stays unknown
 * unless one of its numbers is above 12 or both are the same.
 */
#include "clean/clean_p.h"

#include "base/utf8.h"

#define MAX_TOKENS 64
#define MAX_LINE 240

typedef struct token {
    dln_str s;
    int32_t number;     /* -1: none */
    int32_t month;      /* 0: none */
    bool known;         /* belongs to dates and times */
    bool published, updated;
} token;

typedef struct scan {
    const dln_clean *clean;
    dln_str line;
    token at[MAX_TOKENS];
    int count;
} scan;

static int32_t number_of(dln_str s)
{
    int32_t n = 0;
    if (s.len > 4)
        return -1;
    for (size_t i = 0; i < s.len; i++)
        n = n * 10 + (s.data[i] - '0');
    return n;
}

static void read_word(scan *sc, token *t)
{
    dln_str value;
    if (dln_clean__is(sc->clean, t->s, "month", &value)) {
        t->month = number_of(value);
        t->known = true;
    }
    t->published = dln_clean__is(sc->clean, t->s, "published", NULL);
    t->updated = dln_clean__is(sc->clean, t->s, "updated", NULL);
    t->known |= t->published || t->updated
                || dln_clean__is(sc->clean, t->s, "weekday", NULL)
                || dln_clean__is(sc->clean, t->s, "zone", NULL)
                || dln_clean__is(sc->clean, t->s, "dates", NULL);
}

/* Bytes of the run of letters or digits at `at`. A capital after a small
 * letter begins a word of its own: "SmithJanuary". */
static size_t run(dln_str s, size_t at, bool digits)
{
    size_t i = at;
    while (i < s.len) {
        char c = s.data[i];
        bool letter = dln_is_alpha(c) || (c & 0x80) || c == '\'';
        if (digits ? !dln_is_digit(c) : !letter)
            break;
        if (i > at && dln_is_upper(c) && dln_is_lower(s.data[i - 1]))
            break;
        i++;
    }
    return i - at;
}

static void tokens(scan *sc)
{
    dln_str s = sc->line;
    sc->count = 0;
    for (size_t i = 0; i < s.len && sc->count < MAX_TOKENS;) {
        char c = s.data[i];
        if (dln_is_space(c)) {
            i++;
            continue;
        }
        token *t = &sc->at[sc->count++];
        *t = (token){.number = -1};
        size_t n = run(s, i, dln_is_digit(c));
        size_t len;
        int32_t mark = dln_utf8_at(s, i, &len);
        bool word = n && !dln_is_digit(c)
                    && (mark < 0x80 || dln_utf8_is_letter(mark));
        if (n && dln_is_digit(c)) {
            t->s = dln_str_sub(s, i, i + n);
            t->number = number_of(t->s);
        } else if (word) {
            t->s = dln_str_sub(s, i, i + n);
            read_word(sc, t);
        } else {
            n = len;
            t->s = dln_str_sub(s, i, i + n);
            t->known = c == ',' || c == '.' || c == ':' || c == '-'
                       || c == '/' || c == '|' || c == '(' || c == ')'
                       || c == '+' || mark == 0x2013 || mark == 0x2014
                       || mark == 0xB7 || mark == 0x2022;
        }
        i += n;
    }
}

static bool is_mark(const scan *sc, int i, char c)
{
    return i < sc->count && sc->at[i].s.len == 1
           && sc->at[i].s.data[0] == c;
}

static int32_t number(const scan *sc, int i)
{
    return i < sc->count ? sc->at[i].number : -1;
}

static bool is_year(const scan *sc, int i)
{
    int32_t n = number(sc, i);
    return n >= 1900 && n <= 2100;
}

/* Skips "st", "nd", "rd", "th". */
static int ordinal(const scan *sc, int i)
{
    if (i < sc->count) {
        dln_str s = sc->at[i].s;
        if (dln_str_is(s, "st") || dln_str_is(s, "nd")
            || dln_str_is(s, "rd") || dln_str_is(s, "th"))
            return i + 1;
    }
    return i;
}

static int skip(const scan *sc, int i, const char *marks)
{
    while (i < sc->count && sc->at[i].s.len == 1
           && strchr(marks, sc->at[i].s.data[0]))
        i++;
    return i;
}

/* A date read: its token range and what is known of it. */
typedef struct found {
    int from, to;
    int32_t year, month, day;   /* 0: not known */
} found;

/* 2021-01-11, 11/01/2021, 26.05.2023, 26-May-2023 */
static bool by_numbers(const scan *sc, int i, found *f)
{
    int32_t a = number(sc, i);
    if (i + 4 >= sc->count || a < 0)
        return false;
    char c = sc->at[i + 1].s.data[0];
    if ((c != '-' && c != '/' && c != '.') || !is_mark(sc, i + 3, c))
        return false;
    int32_t b = number(sc, i + 2), d = number(sc, i + 4);
    int32_t named = sc->at[i + 2].month;
    *f = (found){i, i + 5, 0, 0, 0};
    if (is_year(sc, i) && b >= 1 && b <= 12 && d >= 1 && d <= 31) {
        f->year = a, f->month = b, f->day = d;
        return true;
    }
    if (!is_year(sc, i + 4) || a < 1 || a > 31)
        return false;
    f->year = d;
    if (named)
        f->month = named, f->day = a;
    else if (b < 1 || b > 31)
        return false;
    else if (a > 12 || a == b)
        f->month = b, f->day = a;
    else if (b > 12)
        f->month = a, f->day = b;
    return named || b <= 12 || a <= 12;
}

/* May 26, 2023; May 26th */
static bool month_first(const scan *sc, int i, found *f)
{
    int at = skip(sc, i + 1, ".");
    int32_t day = number(sc, at);
    if (!sc->at[i].month || day < 1 || day > 31)
        return false;
    *f = (found){i, ordinal(sc, at + 1), 0, sc->at[i].month, day};
    at = skip(sc, f->to, ",.");
    if (is_year(sc, at)) {
        f->year = number(sc, at);
        f->to = at + 1;
    }
    return true;
}

/* 26 May 2023; 26th of May, 2023 */
static bool day_first(const scan *sc, int i, found *f)
{
    int32_t day = number(sc, i);
    int at = ordinal(sc, i + 1);
    if (day < 1 || day > 31)
        return false;
    if (at < sc->count && dln_str_is(sc->at[at].s, "of"))
        at++;
    if (at >= sc->count || !sc->at[at].month)
        return false;
    *f = (found){i, at + 1, 0, sc->at[at].month, day};
    at = skip(sc, at + 1, ",.");
    if (is_year(sc, at)) {
        f->year = number(sc, at);
        f->to = at + 1;
    }
    return true;
}

/* 10:15, 10:15:00, 4 p.m., 1015 GMT: marks its tokens as known. */
static int clock_time(scan *sc, int i)
{
    int to = i;
    if (number(sc, i) < 0)
        return i;
    while ((is_mark(sc, to + 1, ':') || is_mark(sc, to + 1, '.'))
           && number(sc, to + 2) >= 0 && number(sc, to + 2) < 60
           && sc->at[to + 2].s.len == 2)
        to += 2;
    bool zone = to + 1 < sc->count && sc->at[to + 1].known
                && sc->at[to + 1].number < 0
                && !sc->at[to + 1].month
                && dln_is_alpha(sc->at[to + 1].s.data[0]);
    if (to == i && !zone)
        return i;
    for (int k = i; k <= to; k++)
        sc->at[k].known = true;
    return to + 1;
}

static dln_str between(const scan *sc, size_t from, size_t to)
{
    dln_str s = dln_str_trim(dln_str_sub(sc->line, from, to));
    while (s.len && strchr(",|:-/(", s.data[s.len - 1]))
        s = dln_str_trim(dln_str_sub(s, 0, s.len - 1));
    while (s.len && strchr(",|:-/)", s.data[0]))
        s = dln_str_trim(dln_str_sub(s, 1, s.len));
    return s;
}

static size_t begin_of(const scan *sc, int i)
{
    return (size_t)(sc->at[i].s.data - sc->line.data);
}

static size_t end_of(const scan *sc, int i)
{
    return begin_of(sc, i) + sc->at[i].s.len;
}

static dln_interval interval(const found *f)
{
    int32_t day = f->year && f->month && f->day
                      ? dln_day_of(f->year, f->month, f->day) : DLN_NO_DAY;
    return day == DLN_NO_DAY ? DLN_NO_INTERVAL
                             : (dln_interval){day, day, DLN_PREC_DAY};
}

/* 2: labelled as published, 1: not labelled, 0: as updated. */
static int rank(const dln_printed *p)
{
    return p->published ? 2 : p->updated ? 0 : 1;
}

static void take(const scan *sc, const found *f, dln_printed *best)
{
    dln_printed p = {.when = interval(f)};
    int left = f->from;
    p.date = dln_str_sub(sc->line, begin_of(sc, f->from),
                         end_of(sc, f->to - 1));
    while (left > 0 && sc->at[left - 1].known && !p.published
           && !p.updated) {
        left--;
        p.published = sc->at[left].published;
        p.updated = sc->at[left].updated;
        /* "last published" is no first publication, "first" is */
    }
    bool better = !best->date.len || rank(&p) > rank(best)
                  || (rank(&p) == rank(best)
                      && best->when.start == DLN_NO_DAY);
    if (better) {
        best->when = p.when;
        best->date = p.date;
        best->published = p.published;
        best->updated = p.updated;
    }
}

dln_printed dln_clean__date(const dln_clean *clean, dln_str line)
{
    scan sc = {.clean = clean, .line = dln_str_sub(line, 0, MAX_LINE)};
    dln_printed best = {.when = DLN_NO_INTERVAL};
    tokens(&sc);
    int first = -1, last = -1;
    for (int i = 0; i < sc.count;) {
        found f;
        if (by_numbers(&sc, i, &f) || month_first(&sc, i, &f)
            || day_first(&sc, i, &f)) {
            take(&sc, &f, &best);
            if (first < 0)
                first = f.from;
            last = f.to;
            for (; i < f.to; i++)
                sc.at[i].known = true;
            continue;
        }
        int to = clock_time(&sc, i);
        i = to > i ? to : i + 1;
    }
    if (first < 0)
        return best;
    while (first > 0 && sc.at[first - 1].known)
        first--;
    while (last < sc.count && sc.at[last].known)
        last++;
    best.before = between(&sc, 0, begin_of(&sc, first));
    best.after = between(&sc, end_of(&sc, last - 1), line.len);
    if (last < sc.count)
        best.after = dln_str_trim(dln_str_sub(line, begin_of(&sc, last),
                                              line.len));
    else if (line.len <= MAX_LINE)
        best.after = DLN_STR("");
    return best;
}

bool dln_clean__address_date(dln_str url, dln_interval *when, dln_str *text)
{
    url = dln_str_sub(url, 0, 2000);
    for (size_t i = 0; i + 8 <= url.len; i++) {
        char sign = i + 4 < url.len ? url.data[i + 4] : 0;
        if (url.data[i] != '1' && url.data[i] != '2')
            continue;
        if (i > 0 && dln_is_digit(url.data[i - 1]))
            continue;
        size_t step = sign == '/' || sign == '-' ? 1 : 0, n = 8 + 2 * step;
        if (!step && !dln_is_digit(sign))
            continue;
        dln_str part = dln_str_sub(url, i, i + n);
        int32_t v[3] = {0, 0, 0};
        bool fine = part.len == n && (i + n == url.len
                                      || !dln_is_digit(url.data[i + n]));
        for (size_t k = 0, field = 0; fine && k < n; k++) {
            bool mark = step && (k == 4 || k == 7);
            if (mark)
                fine = part.data[k] == sign;
            else if ((fine = dln_is_digit(part.data[k])))
                v[field] = v[field] * 10 + (part.data[k] - '0');
            field += step ? mark : k == 3 || k == 5;
        }
        int32_t day = fine && v[0] >= 1990 && v[0] <= 2100
                          ? dln_day_of(v[0], v[1], v[2]) : DLN_NO_DAY;
        if (day == DLN_NO_DAY)
            continue;
        *when = (dln_interval){day, day, DLN_PREC_DAY};
        *text = part;
        return true;
    }
    return false;
}
