/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Words of a text, as the rules want them: slices with the classes of the
 * word lists, numbers composed ("twenty-five", "2,000", "nineteen
 * ninety-six"), sentences ended by STOP. Works on characters alone; tokens
 * of the document only add tags, so a poor tokenisation costs nothing.
 */
#include "timex/timex_p.h"

#include "base/utf8.h"

#define MAX_KEY 32

typedef struct scan {
    const dln_timex *t;
    const dln_doc *doc;
    dln_str s;
    DLN_VEC(dln_timex_word) words;
    dln_arena *scratch;
} scan;

bool dln_timex__is(const dln_timex *t, const dln_timex_word *w,
                   dln_timex_class class, int32_t *value)
{
    if (!(w->classes >> class & 1))
        return false;
    *value = w->value;
    if (w->lexeme == DLN_NONE)
        return true;
    const dln_timex_lexeme *l = &t->lexemes.at[w->lexeme];
    for (uint32_t i = l->first; i < l->first + l->count; i++)
        if (t->senses.at[i].class == class) {
            *value = t->senses.at[i].value;
            return w->capital || !t->senses.at[i].capital;
        }
    return true;
}

/* Letters for our purpose: ASCII letters and every character beyond ASCII
 * but spaces, dashes, quotes. *len its bytes. */
static bool letter(dln_str s, size_t at, size_t *len)
{
    *len = 1;
    if (at >= s.len)
        return false;
    if (!((unsigned char)s.data[at] & 0x80))
        return dln_is_alpha(s.data[at]);
    int32_t c = dln_utf8_at(s, at, len);
    return !(c >= 0x2000 && c < 0x2070) && c != 0xA0 && c != 0xAB
           && c != 0xBB && c != 0xB0;
}

/* ' or ’; its bytes, or 0. */
static size_t apostrophe(dln_str s, size_t at)
{
    if (at < s.len && s.data[at] == '\'')
        return 1;
    return at + 2 < s.len && !memcmp(s.data + at, "\xE2\x80\x99", 3) ? 3 : 0;
}

static uint32_t find(const scan *c, size_t a, size_t b)
{
    char key[MAX_KEY];
    size_t n = 0;
    if (b - a > MAX_KEY)
        return DLN_NONE;
    for (size_t i = a; i < b;) {
        size_t quote = apostrophe(c->s, i);
        key[n++] = quote ? '\'' : dln_lower(c->s.data[i]);
        i += quote ? quote : 1;
    }
    return dln_map_get(&c->t->words, (dln_str){key, n});
}

static dln_timex_word *push(scan *c, size_t a, size_t b, uint32_t lexeme)
{
    dln_timex_word *w = DLN_VEC_PUSH(c->scratch, &c->words);
    if (!w)
        return NULL;
    *w = (dln_timex_word){
        .start = (uint32_t)a, .end = (uint32_t)b, .lexeme = lexeme,
        .token = DLN_NONE, .capital = dln_is_upper(c->s.data[a]),
        .glued = a > 0 && !dln_is_space(c->s.data[a - 1])};
    if (lexeme != DLN_NONE)
        w->classes = c->t->lexemes.at[lexeme].classes;
    return w;
}

static void push_number(scan *c, size_t a, size_t b, uint64_t classes,
                        int32_t value)
{
    dln_timex_word *w = push(c, a, b, DLN_NONE);
    if (w) {
        w->classes = classes;
        w->value = value;
    }
}

static size_t scan_letters(scan *c, size_t at)
{
    size_t a = at, len, quote;
    while (letter(c->s, at, &len))
        at += len;
    /* a.m., B.C.: single letters with points */
    if (at == a + 1 && at + 2 < c->s.len && c->s.data[at] == '.'
        && dln_is_alpha(c->s.data[at + 1])) {
        size_t end = at + 2;
        if (end < c->s.len && c->s.data[end] == '.')
            end++;
        uint32_t id = find(c, a, end);
        if (id != DLN_NONE) {
            push(c, a, end, id);
            return end;
        }
    }
    /* o'clock, I'll: joined when a list knows it */
    quote = apostrophe(c->s, at);
    if (quote && letter(c->s, at + quote, &len)) {
        size_t end = at + quote;
        while (letter(c->s, end, &len))
            end += len;
        uint32_t id = find(c, a, end);
        if (id != DLN_NONE) {
            push(c, a, end, id);
            return end;
        }
    }
    if (at < c->s.len && c->s.data[at] == '.') {
        uint32_t id = find(c, a, at + 1);
        if (id != DLN_NONE) {
            push(c, a, at + 1, id);
            return at + 1;
        }
    }
    push(c, a, at, find(c, a, at));
    return at;
}

/* Up to nine digits at `at`; returns their end, *value -1 when longer. */
static size_t digits(dln_str s, size_t at, int32_t *value)
{
    size_t a = at;
    *value = 0;
    for (; at < s.len && dln_is_digit(s.data[at]); at++)
        *value = at - a < 9 ? *value * 10 + (s.data[at] - '0') : -1;
    if (at - a > 9)
        *value = -1;
    return at;
}

/* 2021-01-11, 11/10/2020, 11.10.2020, 2021-01. Returns the end or `a`. The
 * order of day and month in 11/10 is nobody's to guess: the year is kept. */
static size_t scan_date(scan *c, size_t a)
{
    int32_t n[3];
    size_t len[3], at = a;
    char sep = 0;
    int count = 0;
    for (; count < 3; count++) {
        size_t from = at;
        at = digits(c->s, at, &n[count]);
        len[count] = at - from;
        if (!len[count] || n[count] < 0)
            break;
        char mark = at < c->s.len ? c->s.data[at] : 0;
        if (count == 0)
            sep = mark;
        if (count == 2 || mark != sep || !strchr("-/.", mark) || !mark
            || at + 1 >= c->s.len || !dln_is_digit(c->s.data[at + 1])) {
            count++;
            break;
        }
        at++;
    }
    if (at < c->s.len
        && (dln_is_digit(c->s.data[at])
            || (dln_is_alpha(c->s.data[at]) && c->s.data[at] != 'T')))
        return a;
    /* 2007-08 may be two years */
    if (count == 2 && sep == '-' && len[0] == 4 && len[1] == 2 && n[1] >= 1
        && n[1] <= 12 && n[0] >= 1900 && n[0] < 2100
        && n[1] != n[0] % 100 + 1) {
        push_number(c, a, at, DLN_TX_BIT(MONTHNUM), n[0] * 12 + n[1] - 1);
        return at;
    }
    if (count != 3 || len[1] > 2)
        return a;
    int32_t year = n[2], month = n[1], day = n[0];
    if (len[0] == 4 && len[2] <= 2) {
        year = n[0];
        day = n[2];
    } else if ((len[2] != 4 && !(len[2] == 2 && sep == '/')) || len[0] > 2) {
        return a;
    } else if (sep == '-') {
        return a;
    } else if (sep == '/') {
        if (len[2] == 2)
            year += year < 50 ? 2000 : 1900;
        if (n[0] <= 12 && n[1] <= 12 && n[0] != n[1]) {
            if (!n[0] || !n[1] || year < 1000)
                return a;
            push_number(c, a, at, DLN_TX_BIT(YEAR), year);
            return at;
        }
        if (n[1] > 12) {
            month = n[0];
            day = n[1];
        }
    }
    int32_t number = year >= 1000 ? dln_day_of(year, month, day)
                                  : DLN_NO_DAY;
    push_number(c, a, at, number == DLN_NO_DAY ? 0 : DLN_TX_BIT(DATE),
                number);
    return at;
}

/* 7:15, 19:15:30, 7.30. Returns the end or `a`. */
static size_t scan_clock(scan *c, size_t a, size_t at, int32_t hour)
{
    int32_t minute, second;
    char mark = at < c->s.len ? c->s.data[at] : 0;
    if ((mark != ':' && mark != '.') || at - a > 2 || hour > 24)
        return a;
    size_t end = digits(c->s, at + 1, &minute);
    if (end != at + 3 || minute > 59)
        return a;
    if (mark == ':' && end < c->s.len && c->s.data[end] == ':'
        && digits(c->s, end + 1, &second) == end + 3 && second < 60)
        end += 3;
    if (end + 1 < c->s.len && c->s.data[end] == mark
        && dln_is_digit(c->s.data[end + 1]))
        return a;
    push_number(c, a, end, mark == ':' ? DLN_TX_BIT(CLOCK)
                                       : DLN_TX_BIT(DOTCLOCK),
                hour * 60 + minute);
    return end;
}

/* A sum of money or a name ("$1990", "B52") is no year. */
static bool marked(dln_str s, size_t at)
{
    return at && (strchr("$#+%", s.data[at - 1])
                  || dln_is_alpha(s.data[at - 1])
                  || (at > 1 && !memcmp(s.data + at - 2, "\xC2\xA3", 2))
                  || (at > 2 && !memcmp(s.data + at - 3, "\xE2\x82\xAC", 3)));
}

/* "FY2023": a word of a rule right before digits leaves them a
 * number; of any other they are part of a name. */
static bool glued_to_word(const scan *c, size_t at)
{
    const dln_timex_word *last = c->words.count
                               ? &c->words.at[c->words.count - 1] : NULL;
    return last && last->end == at && last->lexeme != DLN_NONE
           && last->end - last->start <= 2 && last->capital;
}

static uint64_t number_classes(size_t len, int32_t n)
{
    uint64_t bits = DLN_TX_BIT(NUM);
    if (len <= 2 && n >= 1 && n <= 31)
        bits |= DLN_TX_BIT(DAY);
    if (len == 4 && n >= 1000 && n <= 2199)
        bits |= DLN_TX_BIT(YEAR)
                | (n % 50 ? 0 : DLN_TX_BIT(ROUND));
    return bits;
}

/* Does a zone follow ("1900 GMT"), or, where a zero leads, "hours"? */
static bool before_zone(const scan *c, size_t at, bool zero)
{
    size_t len, end = at + 1;
    if (at >= c->s.len || c->s.data[at] != ' ')
        return false;
    while (letter(c->s, end, &len))
        end += len;
    uint32_t id = find(c, at + 1, end);
    dln_str word = dln_str_sub(c->s, at + 1, end);
    return (id != DLN_NONE && dln_is_upper(c->s.data[at + 1])
            && c->t->lexemes.at[id].classes & DLN_TX_BIT(ZONE))
           || (zero && dln_str_is(word, "hours"));
}

static size_t scan_digits(scan *c, size_t a)
{
    int32_t n, more;
    if (dln_str_is(dln_str_sub(c->s, a, a + 3), "1/2")) {
        push(c, a, a + 3, find(c, a, a + 3));
        return a + 3;
    }
    size_t at = scan_date(c, a);
    if (at > a)
        return at;
    at = digits(c->s, a, &n);
    size_t len = at - a, end = scan_clock(c, a, at, n);
    if (end > a)
        return end;
    bool grouped = false, decimal = false;
    if (len == 4 && before_zone(c, at, c->s.data[a] == '0')
        && n / 100 < 24 && n % 100 < 60) {
        push_number(c, a, at, DLN_TX_BIT(CLOCK), n / 100 * 60 + n % 100);
        return at;
    }
    while (n >= 0 && at + 3 < c->s.len && c->s.data[at] == ','
           && digits(c->s, at + 1, &more) == at + 4) {
        n = n < 1000000 ? n * 1000 + more : -1;
        at += 4;
        grouped = true;
    }
    if (at + 1 < c->s.len && c->s.data[at] == '.'
        && dln_is_digit(c->s.data[at + 1])) {
        at = digits(c->s, at + 1, &more);
        grouped = true;
        decimal = true;
    }
    /* a suffix: 19th, 1990s, 9am */
    size_t b = at, l;
    while (letter(c->s, b, &l))
        b += l;
    dln_str tail = dln_str_sub(c->s, at, b);
    if (!tail.len) {
        size_t quote = apostrophe(c->s, at);
        if (quote && len == 4 && at + quote < c->s.len
            && c->s.data[at + quote] == 's' && n % 10 == 0 && n >= 1000) {
            push_number(c, a, at + quote + 1, DLN_TX_BIT(DECADE), n / 10);
            return at + quote + 1;
        }
        push_number(c, a, at, n < 0 ? 0
                    : marked(c->s, a) && !glued_to_word(c, a)
                        ? DLN_TX_BIT(AMOUNT)
                    : decimal ? DLN_TX_BIT(VAGUE) : grouped ? DLN_TX_BIT(NUM)
                                          : number_classes(len, n), n);
        return at;
    }
    if (dln_str_is(tail, "th") || dln_str_is(tail, "st")
        || dln_str_is(tail, "nd") || dln_str_is(tail, "rd")) {
        push_number(c, a, b, n < 0 ? 0 : DLN_TX_BIT(ORD), n);
        return b;
    }
    if (dln_str_is(tail, "s") && len == 4 && n >= 1000 && n % 10 == 0) {
        push_number(c, a, b, DLN_TX_BIT(DECADE), n / 10);
        return b;
    }
    if (dln_str_is(tail, "s") && len == 2 && n % 10 == 0 && n >= 20) {
        push_number(c, a, b, DLN_TX_BIT(DECADE2), n / 10);
        return b;
    }
    if (dln_str_ieq(tail, DLN_STR("am")) || dln_str_ieq(tail, DLN_STR("pm"))
        || ((dln_lower(tail.data[0]) == 'a' || dln_lower(tail.data[0]) == 'p')
            && tail.len == 1)) {
        push_number(c, a, at, n < 0 ? 0 : number_classes(len, n), n);
        return at;
    }
    push_number(c, a, b, 0, 0);
    return b;
}

/* A mark in no list; a run of them is one, so that noise stays small. */
static void push_mark(scan *c, size_t a, size_t b)
{
    uint32_t id = b - a == 1 ? find(c, a, b) : DLN_NONE;
    dln_timex_word *last = c->words.count
                               ? &c->words.at[c->words.count - 1] : NULL;
    if (id == DLN_NONE && last && last->lexeme == DLN_NONE
        && !last->classes && last->mark)
        last->end = (uint32_t)b;
    else if (push(c, a, b, id))
        c->words.at[c->words.count - 1].mark = true;
}

/* One word or mark at `at`; returns its end. */
static size_t scan_one(scan *c, size_t at)
{
    size_t len;
    char ch = c->s.data[at];
    if (dln_is_digit(ch))
        return scan_digits(c, at);
    if (letter(c->s, at, &len))
        return scan_letters(c, at);
    /* the second of two ''60 Minutes'' opens a quotation */
    bool opens = at && apostrophe(c->s, at - 1) == 1;
    size_t quote = opens ? 0 : apostrophe(c->s, at);
    int32_t n;
    if (quote) {
        size_t end = digits(c->s, at + quote, &n);
        size_t after;
        bool s = end < c->s.len && c->s.data[end] == 's';
        if (end == at + quote + 2 && !letter(c->s, end + s, &after)) {
            push_number(c, at, end + s,
                        s ? DLN_TX_BIT(DECADE2) : DLN_TX_BIT(YEAR2),
                        s ? n / 10 : n + (n < 30 ? 2000 : 1900));
            return end + s;
        }
        /* 's and its like */
        end = at + quote;
        while (letter(c->s, end, &len))
            end += len;
        push(c, at, end, find(c, at, end));
        return end;
    }
    int32_t cp = dln_utf8_at(c->s, at, &len);
    if (ch == '-' || (cp >= 0x2010 && cp <= 0x2015)) {
        push_number(c, at, at + len, DLN_TX_BIT(HYPH), 0);
    } else if (strchr(".!?;", ch) && ch) {
        size_t next = at + 1;
        bool ends = next >= c->s.len || dln_is_space(c->s.data[next])
                    || !dln_is_alpha(c->s.data[next]);
        push_number(c, at, next, ends ? DLN_TX_BIT(STOP) : 0, 0);
    } else {
        push_mark(c, at, at + len);
    }
    return at + len;
}

/* Are there tags to trust? A text without one finite verb has none. */
static bool tagged(const dln_doc *doc)
{
    for (uint32_t i = 0; i < doc->tokens.count; i++)
        switch (doc->tokens.at[i].xpos) {
        case DLN_XPOS_VBD:
        case DLN_XPOS_VBZ:
        case DLN_XPOS_VBP:
        case DLN_XPOS_MD: return true;
        default: break;
        }
    return false;
}

/* May Robson and April Stone are no months. */
static bool is_person(const dln_doc *doc, uint32_t token)
{
    if (token >= doc->tokens.count
        || doc->tokens.at[token].entity >= doc->entities.count)
        return false;
    const dln_entity *e = &doc->entities.at[doc->tokens.at[token].entity];
    return e->kind == DLN_ENT_PERSON && e->token_end - e->token_begin > 1;
}

/* Ties words to tokens and takes from the tags what the rules ask. */
static void add_tags(scan *c)
{
    uint32_t t = 0;
    bool trusted = tagged(c->doc);
    for (uint32_t i = 0; i < c->words.count; i++) {
        dln_timex_word *w = &c->words.at[i];
        while (t < c->doc->tokens.count
               && c->doc->tokens.at[t].span.end <= w->start)
            t++;
        if (t < c->doc->tokens.count
            && c->doc->tokens.at[t].span.start <= w->start)
            w->token = t;
        unsigned tag = w->token == DLN_NONE || !trusted
                           ? DLN_XPOS_NONE : c->doc->tokens.at[t].xpos;
        w->tag = (uint8_t)tag;
        if (tag == DLN_XPOS_NNS || tag == DLN_XPOS_NNPS)
            w->classes |= DLN_TX_BIT(PLURAL);
        else if (w->classes & DLN_TX_BIT(MONTH)
                 && (is_person(c->doc, w->token)
                     || (tag == DLN_XPOS_MD && !(w->capital && i
                             && !(w[-1].classes & DLN_TX_BIT(STOP))))))
            w->classes &= ~DLN_TX_BIT(MONTH);
        else if (tag == DLN_XPOS_VB || tag == DLN_XPOS_VBD
                 || tag == DLN_XPOS_VBZ || tag == DLN_XPOS_VBP)
            w->classes &= ~(DLN_TX_BIT(MONTH) | DLN_TX_BIT(SEASON));
        else if (tag == DLN_XPOS_NONE && w->lexeme == DLN_NONE && !w->capital
                 && w->end - w->start > 3 && c->s.data[w->end - 1] == 's'
                 && c->s.data[w->end - 2] != 's'
                 && dln_is_lower(c->s.data[w->start]))
            w->classes |= DLN_TX_BIT(PLURAL);
    }
}

/* Number words from `at`: total in *value, kind in *classes. Returns the
 * word behind, or `at`. */
static uint32_t number_words(const scan *c, uint32_t at, int32_t *value,
                             uint64_t *classes)
{
    int64_t total = 0, group = 0;
    int32_t n, last = 0;
    uint32_t i = at, parts = 0;
    bool year = false, ordinal = false, tens = false;
    *classes = 0;
    if (i + 1 < c->words.count && c->words.at[i].lexeme == c->t->article
        && c->words.at[i + 1].classes & DLN_TX_BIT(SCALE)) {
        group = 1;          /* a hundred */
        parts = 1;
        i++;
    }
    for (; i < c->words.count && !ordinal && parts < 12; i++) {
        const dln_timex_word *w = &c->words.at[i];
        bool and = parts && i + 1 < c->words.count
                   && (w->classes & DLN_TX_BIT(HYPH)
                       || (w->lexeme != DLN_NONE && last >= 100
                           && dln_str_is(dln_str_sub(c->s, w->start, w->end),
                                         "and")));
        if (and && c->words.at[i + 1].classes
                       & (DLN_TX_BIT(CARD) | DLN_TX_BIT(TENS))
            && (tens || !(w->classes & DLN_TX_BIT(HYPH))))
            continue;
        if (and && tens && c->words.at[i + 1].classes & DLN_TX_BIT(ORD)
            && w->classes & DLN_TX_BIT(HYPH)
            && dln_timex__is(c->t, &c->words.at[i + 1], DLN_TX_ORD, &n)
            && n < 10)
            continue;
        if (dln_timex__is(c->t, w, DLN_TX_CARD, &n)) {
            if (tens && n < 10) {
                group += n;
            } else if (parts == 1 && n >= 10 && group >= 10 && group <= 20) {
                group = group * 100 + n;    /* nineteen eighteen */
                year = true;
            } else if (parts && last < 100) {
                break;
            } else {
                group += n;
            }
            tens = false;
        } else if (dln_timex__is(c->t, w, DLN_TX_TENS, &n)) {
            if (parts == 1 && group >= 10 && group <= 20) {
                group = group * 100 + n;
                year = true;
            } else if (parts && last < 100) {
                break;
            } else {
                group += n;
            }
            tens = true;
        } else if (parts && dln_timex__is(c->t, w, DLN_TX_SCALE, &n)) {
            if (n == 100) {
                group *= 100;
            } else {
                total += group * n;
                group = 0;
            }
            tens = false;
        } else if (tens && dln_timex__is(c->t, w, DLN_TX_ORD, &n) && n < 10) {
            group += n;
            ordinal = true;
        } else {
            break;
        }
        last = n;
        parts++;
        if (total > 100000000 || group > 100000000)
            break;
    }
    total += group;
    if (!parts || total > 1000000000)
        return at;
    *value = (int32_t)total;
    *classes = ordinal ? DLN_TX_BIT(ORD)
               : year  ? DLN_TX_BIT(YEAR)
                       : DLN_TX_BIT(NUM);
    return i;
}

/* Digits with a scale behind: 1.5 million is no time; 2 thousand years. */
static uint32_t merged(scan *c, uint32_t at, dln_timex_word *w)
{
    int32_t value;
    uint64_t classes;
    if (w->classes & (DLN_TX_BIT(CARD) | DLN_TX_BIT(TENS))
        || w->lexeme == c->t->article) {
        uint32_t end = number_words(c, at, &value, &classes);
        if (end > at && classes) {
            w->classes = end == at + 1 ? w->classes | classes : classes;
            if (end > at + 1) {
                w->lexeme = DLN_NONE;
                w->value = value;
                w->end = c->words.at[end - 1].end;
            }
            return end;
        }
    }
    if (w->classes & DLN_TX_BIT(NUM) && at + 1 < c->words.count
        && dln_timex__is(c->t, &c->words.at[at + 1], DLN_TX_SCALE, &value)) {
        w->value = w->value < 2000 && value < 1000001 ? w->value * value
                                                      : 0;
        w->classes = DLN_TX_BIT(NUM);
        w->end = c->words.at[at + 1].end;
        return at + 2;
    }
    if (w->lexeme == DLN_NONE || !c->t->lexemes.at[w->lexeme].longer)
        return at + 1;
    for (uint32_t n = c->t->longest; n > 1; n--) {
        if (at + n > c->words.count)
            continue;
        uint32_t end = c->words.at[at + n - 1].end;
        uint32_t id = find(c, w->start, end);
        if (id != DLN_NONE) {
            w->lexeme = id;
            w->classes = c->t->lexemes.at[id].classes;
            w->end = end;
            return at + n;
        }
    }
    return at + 1;
}

/* NUM of a single number word has the value of its CARD sense. */
static void compose(scan *c)
{
    uint32_t out = 0;
    for (uint32_t i = 0; i < c->words.count;) {
        dln_timex_word w = c->words.at[i];
        i = merged(c, i, &w);
        if (w.classes & DLN_TX_BIT(NUM) && w.lexeme != DLN_NONE
            && !dln_timex__is(c->t, &w, DLN_TX_CARD, &w.value))
            (void)dln_timex__is(c->t, &w, DLN_TX_TENS, &w.value);
        c->words.at[out++] = w;
    }
    c->words.count = out;
}

void dln_timex__words(const dln_timex *t, const dln_doc *doc,
                      dln_arena *scratch, dln_timex_words *out)
{
    /* What follows the last paragraph that is read is no prose. */
    uint32_t n = doc->paragraphs.count;
    size_t end = n ? doc->paragraphs.at[n - 1].span.end : doc->text.len;
    scan c = {.t = t, .doc = doc, .s = dln_str_sub(doc->text, 0, end),
              .scratch = scratch};
    for (size_t at = 0; at < c.s.len && !dln_arena_oom(scratch);) {
        if (c.s.data[at] == '\n')
            push_number(&c, at, at + 1, DLN_TX_BIT(STOP), 1);
        if (dln_is_space(c.s.data[at]))
            at++;
        else
            at = scan_one(&c, at);
    }
    if (!dln_arena_oom(scratch)) {
        add_tags(&c);
        compose(&c);
    }
    *out = (dln_timex_words){c.words.at, c.words.count};
}
