/* SPDX-License-Identifier: Apache-2.0 */
/*
 * "By Ann Miller and Bo Li for AFP", "From our correspondent in Rome", "By
 * ANN MILLER, Associated Press Writer" → who wrote it and for whom.
 *
 * A line counts when it begins with such a word and all words behind it
 * could stand in a name, an office or a place: prose that begins with "By"
 * has verbs in small letters.
 */
#include "base/utf8.h"
#include "clean/clean_p.h"

static bool is(const dln_page *page, dln_str word, const char *kind)
{
    return dln_clean__is(page->clean, word, kind, NULL);
}

static bool capital(dln_str word)
{
    size_t len, at = 0;
    while (at < word.len && (word.data[at] == '(' || word.data[at] == '['))
        at++;
    return dln_utf8_is_upper(dln_utf8_at(word, at, &len));
}

static bool has_post(const dln_page *page, dln_str s)
{
    dln_str word;
    while (dln_clean__word(&s, &word))
        if (is(page, word, "role")
            || dln_clean__agency(page->clean, word).len)
            return true;
    return false;
}

/* Bytes of "By", "Written by:" ... at the start; 0 without. */
static size_t lead(const dln_page *page, dln_str line)
{
    dln_str rest = line, word;
    size_t end = 0;
    for (int n = 0; n < 3 && dln_clean__word(&rest, &word); n++) {
        size_t at = (size_t)(rest.data - line.data);
        bool colon = dln_str_ends(word, DLN_STR(":"));
        /* "From" begins many a title: it needs somebody's post behind it */
        if (dln_str_ieq(word, DLN_STR("from")) && !has_post(page, rest))
            return 0;
        if (is(page, word, "byline") && (colon || capital(line)))
            return at;
        if (!is(page, word, "written"))
            break;
        end = colon ? at : 0;
        if (end)
            return end;
    }
    return 0;
}

/* Could these words stand in a byline? */
static bool plausible(const dln_page *page, dln_str s)
{
    dln_str word, rest = s;
    uint32_t n = 0, names = 0;
    /* "our correspondent on the lake" */
    if (dln_clean__word(&rest, &word) && is(page, word, "office")
        && dln_clean__words(rest, 9) <= 8 && has_post(page, rest))
        return true;
    while (dln_clean__word(&s, &word)) {
        bool sign = !dln_is_alpha(word.data[0])
                    && !(word.data[0] & 0x80);
        bool address = dln_str_find(word, DLN_STR("@"), 0) < word.len;
        bool name = capital(word);
        bool role = is(page, word, "role") || is(page, word, "office");
        if (!name && !role && !sign && !address
            && !is(page, word, "small"))
            return false;
        names += name || role;
        if (++n > 24)
            return false;
    }
    return names > 0;
}

static dln_str strip(dln_str s)
{
    s = dln_str_trim(s);
    while (s.len && strchr(",|;:-/.*", s.data[s.len - 1])
           && !(s.len >= 3 && s.data[s.len - 1] == '.'
                && (dln_is_upper(s.data[s.len - 2])
                    || dln_str_ends(s, DLN_STR("Jr."))
                    || dln_str_ends(s, DLN_STR("Sr.")))))
        s = dln_str_trim(dln_str_sub(s, 0, s.len - 1));
    while (s.len && strchr(",|;:-*", s.data[0]))
        s = dln_str_trim(dln_str_sub(s, 1, s.len));
    return s;
}

/* Where the first of `signs` stands in `s`, or s.len; *len its bytes. */
static size_t first_of(dln_str s, const char *const *signs, size_t *len)
{
    size_t best = s.len;
    *len = 0;
    for (; *signs; signs++) {
        dln_str sign = dln_str_of(*signs);
        size_t at = dln_str_find(s, sign, 0);
        if (at < best) {
            best = at;
            *len = sign.len;
        }
    }
    return best;
}

/* The agency that `org` is or begins with ("Associated Press Writer"). */
static dln_str agency_in(const dln_page *page, dln_str org)
{
    for (;;) {
        dln_str name = dln_clean__agency(page->clean, org);
        if (name.len)
            return name;
        size_t end = org.len;
        while (end > 0 && !dln_is_space(org.data[end - 1]))
            end--;
        if (!end || !is(page, dln_str_sub(org, end, org.len), "role"))
            return DLN_STR("");
        org = dln_str_trim(dln_str_sub(org, 0, end));
    }
}

/* Without the words of an office at the end: "Harbour Wire staff". */
static dln_str without_role(const dln_page *page, dln_str s)
{
    for (;;) {
        size_t end = s.len;
        while (end > 0 && !dln_is_space(s.data[end - 1]))
            end--;
        dln_str word = dln_str_sub(s, end, s.len);
        if (!end || !is(page, word, "role"))
            return s;
        s = strip(dln_str_sub(s, 0, end));
    }
}

static void read_org(dln_page *page, dln_str org)
{
    org = strip(org);
    if (!org.len)
        return;
    dln_str agency = agency_in(page, org);
    if (agency.len && !page->agency_byline.len)
        page->agency_byline = agency;
    dln_str name = without_role(page, org);
    if (!page->byline_org.len && name.len && capital(name)
        && !is(page, name, "role"))
        page->byline_org = name;
}

static void read_names(dln_page *page, dln_str s)
{
    static const char *const signs[] = {",", "|", "•", "·", "—", "–", " - ",
                                        " for ", " of ", " / ", "/", "(",
                                        NULL};
    size_t len;
    s = strip(s);
    dln_str agency = agency_in(page, s);
    dln_str name = s;
    if (!agency.len) {
        size_t at = first_of(s, signs, &len);
        /* "Ann Miller, Bo Li and Cy Young": commas between names */
        dln_str rest = dln_str_sub(s, at + len, s.len);
        bool list = at < s.len && s.data[at] == ','
                    && dln_str_find(rest, DLN_STR(" and "), 0) < rest.len
                    && dln_str_find(rest, DLN_STR(" for "), 0) == rest.len;
        if (!list) {
            name = dln_str_sub(s, 0, at);
            read_org(page, rest);
        }
    } else if (!page->agency_byline.len) {
        page->agency_byline = agency;
    }
    /* "Ann Miller in Moscow"; but all of "our correspondent in Moscow" */
    size_t in = dln_str_find(name, DLN_STR(" in "), 0);
    if (in < name.len && capital(name))
        name = dln_str_sub(name, 0, in);
    name = strip(name);
    dln_str bare = without_role(page, name);
    if (bare.len < name.len && capital(bare) && !page->byline_org.len
        && !agency.len)
        page->byline_org = bare;
    if (name.len && !page->doc->byline.len)
        page->doc->byline = dln_clean__plain(page->doc->arena, name);
}

/* Without e-mail addresses and handles. */
static dln_str without_addresses(dln_arena *arena, dln_str s)
{
    char *to = dln_arena_alloc(arena, s.len + 1);
    dln_str word;
    size_t n = 0;
    while (to && dln_clean__word(&s, &word)) {
        if (dln_str_find(word, DLN_STR("@"), 0) < word.len)
            continue;
        if (n)
            to[n++] = ' ';
        memcpy(to + n, word.data, word.len);
        n += word.len;
    }
    return (dln_str){to, n};
}

bool dln_clean__byline(dln_page *page, dln_str line)
{
    size_t at = line.len <= 300 ? lead(page, line) : 0;
    if (!at)
        return false;
    dln_str rest = dln_str_sub(line, at, line.len);
    dln_printed date = dln_clean__date(page->clean, rest);
    if (date.date.len && date.before.len)
        rest = date.before;
    rest = strip(rest);
    if (!rest.len || !plausible(page, rest))
        return false;
    if (date.date.len && date.before.len) {
        dln_str tail = dln_str_sub(line,
                                   (size_t)(rest.data - line.data)
                                       + rest.len, line.len);
        dln_clean__date_line(page, tail);
    }
    read_names(page, without_addresses(page->scratch, rest));
    return true;
}

bool dln_clean__is_name(const dln_page *page, dln_str line)
{
    dln_str rest = line, word;
    uint32_t n = 0;
    while (dln_clean__word(&rest, &word)) {
        if (!capital(word) && !is(page, word, "small")
            && !is(page, word, "role"))
            return false;
        for (size_t i = 0; i < word.len; i++)
            if (dln_is_digit(word.data[i]) || word.data[i] == ':')
                return false;
        if (++n > 8)
            return false;
    }
    return n >= 2 && n <= 5;
}
