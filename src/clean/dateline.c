/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The dateline a report begins with:
 *
 *     MOSCOW (AP) —                BAKU, Jan 5 (Reuters) -
 *     YEREVAN, Armenia —           Sochi, Russia, Oct. 31 /TASS/.
 *     LONDON:                      BEIJING, Jan. 5, 2021 (Xinhua) --
 *
 * Place in capitals and a dash are enough, or a place of any form with an
 * agency or a date behind it. A place in small letters with nothing but a
 * dash or colon must be a known city: "Analysis: ..." looks the same.
 */
#include "base/utf8.h"
#include "clean/clean_p.h"

#define MAX_HEAD 120

typedef struct head {
    dln_str place, agency, date;
    size_t end;             /* bytes up to the body */
    bool capitals;
} head;

/* Length of a dash, or of a colon, at s[at]; 0 without. */
static size_t separator(dln_str s, size_t at, bool *colon)
{
    size_t len;
    int32_t c = dln_utf8_at(s, at, &len);
    *colon = c == ':';
    if (c == 0x2014 || c == 0x2013 || c == 0x2015 || c == ':')
        return len;
    if (dln_str_starts(dln_str_sub(s, at, s.len), DLN_STR("--")))
        return 2;
    bool spaced = at > 0 && dln_is_space(s.data[at - 1]);
    return c == '-' && spaced && at + 1 < s.len
                   && dln_is_space(s.data[at + 1]) ? 1 : 0;
}

/* "(AP)", "/TASS/": its inside, bytes to *end. */
static bool agency_group(dln_str s, size_t at, dln_str *inside, size_t *end)
{
    char close = s.data[at] == '(' ? ')' : '/';
    size_t stop = at + 1;
    while (stop < s.len && stop < at + 40 && s.data[stop] != close)
        stop++;
    if (stop >= s.len || s.data[stop] != close || stop == at + 1)
        return false;
    *inside = dln_str_trim(dln_str_sub(s, at + 1, stop));
    *end = stop + 1;
    return inside->len > 0;
}

static bool agency_like(const dln_page *page, dln_str s)
{
    if (dln_clean__agency(page->clean, s).len)
        return true;
    size_t upper = 0;
    for (size_t i = 0; i < s.len; i++)
        upper += dln_is_upper(s.data[i]);
    return upper == s.len && s.len >= 2 && s.len <= 6;
}

/* One to five words, each with a capital; *capitals: no small letter. */
static bool place_like(const dln_page *page, dln_str s, bool *capitals)
{
    dln_str word;
    uint32_t n = 0;
    *capitals = s.len >= 3;
    for (size_t i = 0, len; i < s.len; i += len) {
        int32_t c = dln_utf8_at(s, i, &len);
        if (dln_utf8_is_lower(c))
            *capitals = false;
        if (!dln_utf8_is_letter(c) && c != ' ' && c != '.' && c != '-'
            && c != '\'' && c != 0x2019 && c != '/')
            return false;
    }
    while (dln_clean__word(&s, &word)) {
        size_t len;
        if (++n > 5 || (!dln_utf8_is_upper(dln_utf8_at(word, 0, &len))
                        && !dln_clean__is(page->clean, word, "small", NULL)))
            return false;
    }
    return n > 0;
}

static dln_str trim_mark(dln_str s)
{
    s = dln_str_trim(s);
    while (s.len && strchr(",.", s.data[s.len - 1])
           && !(s.len > 2 && s.data[s.len - 3] == '.'))
        s = dln_str_trim(dln_str_sub(s, 0, s.len - 1));
    return s;
}

/* "UPDATE 2 -", "EXPLAINER:" */
static bool kicker(const dln_page *page, dln_str s)
{
    dln_str rest = s, word;
    return dln_clean__is(page->clean, s, "kicker", NULL)
           || (dln_clean__word(&rest, &word)
               && dln_clean__is(page->clean, word, "kicker", NULL));
}

/* What stands before the agency or the dash: place, region, date. */
static bool read_parts(const dln_page *page, dln_str s, head *h)
{
    size_t comma = dln_str_find(s, DLN_STR(","), 0);
    dln_str rest = dln_str_trim(dln_str_sub(s, comma + 1, s.len));
    dln_str first = dln_str_trim(dln_str_sub(s, 0, comma));
    dln_printed date = dln_clean__date(page->clean, s);
    if (date.date.len) {
        size_t at = (size_t)(date.date.data - s.data);
        if (trim_mark(date.after).len)
            return false;
        h->date = date.date;
        first = trim_mark(dln_str_sub(first, 0, at < first.len ? at
                                                : first.len));
        rest = comma < s.len && at > comma
                   ? dln_str_trim(dln_str_sub(s, comma + 1, at))
                   : DLN_STR("");
    }
    h->place = trim_mark(first);
    if (!place_like(page, h->place, &h->capitals)
        || kicker(page, h->place))
        return false;
    rest = trim_mark(rest);
    size_t last = rest.len;
    while (last > 0 && rest.data[last - 1] != ',')
        last--;
    dln_str tail = trim_mark(dln_str_sub(rest, last, rest.len));
    if (!h->agency.len && dln_clean__agency(page->clean, tail).len) {
        h->agency = tail;
        rest = trim_mark(dln_str_sub(rest, 0, last));
    }
    bool small;
    return !rest.len || (dln_clean__words(rest, 5) <= 4
                         && rest.len <= 40
                         && (dln_str_find(rest, DLN_STR(","), 0) < rest.len
                             || place_like(page, rest, &small)));
}

/* Bytes of white space and dashes at `at`. */
static size_t after(dln_str s, size_t at)
{
    for (size_t len; at < s.len; at += len) {
        int32_t c = dln_utf8_at(s, at, &len);
        if (!dln_utf8_is_space(c) && c != '-' && c != 0x2014 && c != 0x2013
            && c != 0x2015 && c != ':' && c != '.')
            break;
    }
    return at;
}

static bool with_agency(const dln_page *page, dln_str s, head *h)
{
    size_t limit = s.len < MAX_HEAD ? s.len : MAX_HEAD;
    for (size_t i = 0; i < limit; i++) {
        bool slash = s.data[i] == '/' && i > 0 && s.data[i - 1] == ' ';
        bool colon;
        if (separator(s, i, &colon))
            return false;
        dln_str inside;
        size_t end;
        if ((s.data[i] != '(' && !slash)
            || !agency_group(s, i, &inside, &end)
            || !agency_like(page, inside))
            continue;
        size_t next = after(s, end);
        dln_str before = dln_str_trim(dln_str_sub(s, 0, i));
        /* without a dash only a known agency is believed: "NATO (NAC) " */
        bool dash = next > end + 1;
        if (!dash && !dln_clean__agency(page->clean, inside).len)
            return false;
        h->agency = inside;
        h->end = next;
        /* "The Pensions Institute (PPI) said": no dash, no capitals */
        return before.len ? read_parts(page, before, h)
                                && (dash || h->capitals || h->date.len)
                          : dash;
    }
    return false;
}

static bool without_agency(const dln_page *page, dln_str s, head *h)
{
    size_t limit = s.len < MAX_HEAD ? s.len : MAX_HEAD, len = 0, at = 0;
    bool colon = false;
    for (; at < limit && !(len = separator(s, at, &colon)); at++)
        ;
    if (!len || !read_parts(page, dln_str_sub(s, 0, at), h))
        return false;
    h->end = after(s, at + len);
    if (h->agency.len || h->date.len)
        return true;
    if (h->capitals && !colon)
        return true;
    size_t step;
    int32_t next = dln_utf8_at(s, h->end, &step);
    return dln_clean__is_place(page->clean, h->place)
           && (h->capitals || dln_utf8_is_upper(next)
               || dln_utf8_is_quote(next));
}

static void read_date(dln_page *page, dln_str words)
{
    dln_printed date = dln_clean__date(page->clean, words);
    if (date.when.start == DLN_NO_DAY) {
        if (!page->partial.len)
            page->partial = words;
    } else if (page->printed.start == DLN_NO_DAY) {
        page->printed = date.when;
        page->printed_text = words;
    }
}

size_t dln_clean__dateline(dln_page *page, dln_str text)
{
    head h = {0};
    if (!with_agency(page, text, &h)) {
        h = (head){0};
        if (!without_agency(page, text, &h))
            return 0;
    }
    if (h.end >= text.len)
        return 0;
    if (h.place.len && !page->doc->dateline_place.len)
        page->doc->dateline_place = dln_clean__plain(page->doc->arena,
                                                     h.place);
    if (h.agency.len) {
        dln_str name = dln_clean__agency(page->clean, h.agency);
        if (name.len)
            page->agency_dateline = name;
        else if (dln_clean__is(page->clean, h.agency, "station", NULL))
            page->station = h.agency;
        else
            page->code = h.agency;
    }
    if (h.date.len)
        read_date(page, h.date);
    return h.end;
}

size_t dln_clean__find_dateline(dln_page *page, dln_str text)
{
    size_t limit = text.len < 400 ? text.len : 400;
    for (size_t i = 8; i < limit; i++) {
        dln_str inside;
        size_t end;
        if (text.data[i] != '(' || text.data[i - 1] != ' '
            || !agency_group(text, i, &inside, &end)
            || !agency_like(page, inside)
            || after(text, end) <= end + 1)
            continue;
        /* back over the capitals of the place */
        size_t at = i - 1;
        while (at > 0 && !dln_is_lower(text.data[at - 1])
               && text.data[at - 1] != '.')
            at--;
        while (at < i && (!dln_is_space(text.data[at])
                          || dln_is_space(text.data[at + 1])))
            at += at > 0 ? 1 : i;
        return at > 0 && at + 3 < i ? at + 1 : 0;
    }
    return 0;
}
