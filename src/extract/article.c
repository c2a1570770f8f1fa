/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Claims → fields: the most trusted claim that makes sense.
 *
 * The title is the one readers saw: the <h1> if what the metadata call the
 * title agrees with it, else theirs, without the outlet's name behind it.
 */
#include <stdlib.h>

#include "base/date.h"
#include "base/utf8.h"
#include "extract/claims.h"

#define MAX_TITLE 500u
#define MAX_KEY 600u
#define OUTLETS_OWN 100 /* rank added to an outlet as its own writer */

/* Letters and digits of `s` in small letters, for comparing. */
static size_t key_of(char out[MAX_KEY], dln_str s)
{
    size_t n = 0;
    for (size_t i = 0; i < s.len && n + 4 < MAX_KEY; i++) {
        char c = s.data[i];
        if (c == '\xE2' && i + 2 < s.len && s.data[i + 1] == '\x80') {
            i += 2;     /* dashes, curly quotes */
            continue;
        }
        if (dln_is_alpha(c) || dln_is_digit(c) || (c & 0x80))
            out[n++] = dln_lower(c);
    }
    return n;
}

int dln_extract__alike(dln_str a, dln_str b)
{
    char x[MAX_KEY], y[MAX_KEY];
    size_t n = key_of(x, a), m = key_of(y, b);
    const char *big = n > m ? x : y, *small = n > m ? y : x;
    size_t most = n > m ? n : m, least = n > m ? m : n;
    if (!least)
        return 0;
    if (n == m && !memcmp(x, y, n))
        return 2;
    return !memcmp(big, small, least)
           || !memcmp(big + most - least, small, least);
}

/* ---- outlet ---- */

/* "https://www.example.org/x" → "example.org". */
static dln_str host_of(dln_str address)
{
    size_t at = dln_str_find(address, DLN_STR("://"), 0);
    if (at >= address.len)
        return (dln_str){NULL, 0};
    dln_str host = dln_str_sub(address, at + 3, address.len);
    size_t end = 0;
    while (end < host.len && host.data[end] != '/' && host.data[end] != '?'
           && host.data[end] != ':' && host.data[end] != '#')
        end++;
    host.len = end;
    if (dln_str_starts(host, DLN_STR("www.")))
        host = dln_str_sub(host, 4, host.len);
    return host;
}

static const dln_claim *best_claim(const dln_claims *claims,
                                   dln_field field)
{
    const dln_claim *best = NULL;
    for (uint32_t i = 0; i < claims->list.count; i++) {
        const dln_claim *c = &claims->list.at[i];
        if (c->field == field && (!best || c->rank < best->rank))
            best = c;
    }
    return best;
}

static void settle_outlet(const dln_claims *claims, dln_view *view,
                          const dln_web_page *page, dln_article *out)
{
    const dln_claim *c = best_claim(claims, DLN_FIELD_OUTLET);
    dln_str host = host_of(page->uri);
    if (!host.len)
        host = host_of(out->canonical);
    dln_str value = c && c->value.len <= 120 ? c->value : host;
    out->outlet = dln_arena_str(view->arena, value);
}

/* ---- title ---- */

/* Where the last part of a title begins ("... | Outlet"): bytes before its
 * mark in *left, bytes of the whole before it in the return; 0 without. */
static size_t last_part(dln_str title, size_t *left)
{
    static const char *const marks[] = {" | ", " - ", " – ", " — ", " :: ",
                                        " • ", " · ", " » ", " « ", " / ",
                                        " ~ "};
    size_t best = 0;
    for (size_t k = 0; k < sizeof marks / sizeof *marks; k++) {
        dln_str mark = dln_str_of(marks[k]);
        size_t at = 0;
        for (;;) {
            at = dln_str_find(title, mark, at);
            if (at >= title.len)
                break;
            if (at + mark.len > best) {
                best = at + mark.len;
                *left = at;
            }
            at++;
        }
    }
    return best;
}

static uint32_t spaces(dln_str s)
{
    uint32_t n = 0;
    for (size_t i = 0; i < s.len; i++)
        n += s.data[i] == ' ';
    return n;
}

/* Does `part` name the outlet? */
static bool names_outlet(dln_str part, dln_str outlet, dln_str host)
{
    char x[MAX_KEY], y[MAX_KEY];
    size_t n = key_of(x, part), m = key_of(y, host);
    if (dln_extract__alike(part, outlet))
        return true;
    /* the host's label holds it, or it holds the label */
    dln_str label = dln_str_sub((dln_str){y, m}, 0, m);
    return n >= 3 && dln_str_find(label, (dln_str){x, n}, 0) < m;
}

static dln_str strip_outlet(dln_str title, dln_str outlet, dln_str host,
                            bool loose)
{
    for (int turns = 0; turns < 2; turns++) {
        size_t left = 0, right = last_part(title, &left);
        if (!right)
            break;
        dln_str part = dln_str_trim(dln_str_sub(title, right, title.len));
        dln_str rest = dln_str_trim(dln_str_sub(title, 0, left));
        bool short_part = loose && spaces(part) < 4
                          && spaces(rest) > spaces(part) + 1;
        if (!names_outlet(part, outlet, host) && !short_part)
            break;
        title = rest;
    }
    return title;
}

static void settle_title(const dln_claims *claims, dln_view *view,
                         const dln_web_page *page, dln_article *out)
{
    const dln_claim *best = NULL, *heading = NULL;
    dln_str host = host_of(page->uri.len ? page->uri : out->canonical);
    int headings = 0, trust = 0;
    for (uint32_t i = 0; i < claims->list.count; i++) {
        const dln_claim *c = &claims->list.at[i];
        if (c->field != DLN_FIELD_TITLE || c->value.len > MAX_TITLE)
            continue;
        if (c->rank == DLN_RANK_ELEMENT) {
            int agrees = 0;
            for (uint32_t k = 0; k < claims->list.count; k++) {
                const dln_claim *o = &claims->list.at[k];
                if (o->field == DLN_FIELD_TITLE && o != c
                    && o->rank != DLN_RANK_ELEMENT) {
                    dln_str other = strip_outlet(o->value, out->outlet, host,
                                                 true);
                    int a = dln_extract__alike(other, c->value);
                    agrees = a > agrees ? a : agrees;
                }
            }
            if (!heading || agrees > trust) {
                heading = c;
                trust = agrees;
            }
            headings++;
        } else if (!best || c->rank < best->rank) {
            best = c;
        }
    }
    bool single = headings == 1 && heading && spaces(heading->value) >= 2;
    dln_str title = {NULL, 0};
    if (heading && (trust || single || !best))
        title = heading->value;
    else if (best)
        title = strip_outlet(best->value, out->outlet, host,
                             best->rank == DLN_RANK_LAST);
    out->title = view->title = dln_arena_str(view->arena, title);
}

/* ---- byline ---- */

static bool ends_with_sign(dln_str s)
{
    static const char *const signs[] = {"-", ",", "|", ":", ";", "\"",
                                        "\u2022", "\u00b7", "\u2192",
                                        "\u00bb", "\u2013", "\u2014",
                                        "\u201d"};
    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++)
        if (dln_str_ends(s, dln_str_of(signs[i])))
            return true;
    return s.len && dln_is_space(s.data[s.len - 1]);
}

/* Up to the first of the signs and words behind which others are named, or
 * other things told. */
static dln_str cut_rest(dln_str s)
{
    static const char *const behind[] = {
        " | ", " \u2022", " \u00b7", " \u2192", "updated by", "reviewed by",
        "edited by", "fact checked", "fact-checked", "last update",
        "published ", "updated ", " min read"};
    size_t end = s.len;
    for (size_t i = 0; i < sizeof behind / sizeof *behind; i++) {
        dln_str b = dln_str_of(behind[i]);
        for (size_t at = 1; at + b.len <= end; at++)
            if (dln_str_ieq(dln_str_sub(s, at, at + b.len), b))
                end = at;
    }
    return dln_str_sub(s, 0, end);
}

static dln_str strip_by(dln_str s)
{
    static const char *const before[] = {
        "written by", "posted by", "published by", "story by", "words by",
        "reported by", "article by", "articles by", "authored by",
        "view all posts by", "posts by", "more about", "author:", "authors:",
        "author", "by:", "by"};
    s = dln_str_trim(s);
    if (s.len && s.data[0] == '"')
        s = dln_str_sub(s, 1, s.len);
    for (size_t i = 0; i < sizeof before / sizeof *before; i++) {
        dln_str b = dln_str_of(before[i]);
        if (s.len > b.len && dln_str_ieq(dln_str_sub(s, 0, b.len), b)
            && (dln_is_space(s.data[b.len]) || s.data[b.len] == ':')) {
            s = dln_str_trim(dln_str_sub(s, b.len + 1, s.len));
            i = SIZE_MAX;   /* from the first again: "Posted by: By" */
        }
    }
    s = cut_rest(s);
    while (ends_with_sign(s)) {
        size_t len;
        dln_utf8_before(s, s.len, &len);
        s.len -= len;
    }
    return s;
}

static bool is_month(const dln_view *view, dln_str word)
{
    char low[12];
    if (word.len < 3 || word.len >= sizeof low)
        return false;
    for (size_t i = 0; i < word.len; i++)
        low[i] = dln_lower(word.data[i]);
    const dln_row *row = dln_table_find(view->room->words,
                                        (dln_str){low, word.len});
    for (; row; row = row->next == DLN_NONE
                          ? NULL : &view->room->words->rows[row->next])
        if (dln_str_is(dln_row_field(row, 1), "month"))
            return true;
    return false;
}

/* "Ann Arden Dec 18, 2025" of an element → "Ann Arden". */
static dln_str without_date(const dln_view *view, dln_str s)
{
    size_t end = 0;
    while (end < s.len && !dln_is_digit(s.data[end]))
        end++;
    if (end == s.len || !end)
        return s;
    s = strip_by(dln_str_sub(s, 0, end));
    size_t at = s.len;
    while (at > 0 && !dln_is_space(s.data[at - 1]))
        at--;
    dln_str last = dln_str_sub(s, at, s.len);
    return is_month(view, last) || dln_str_ieq(last, DLN_STR("on"))
               ? strip_by(dln_str_sub(s, 0, at)) : s;
}

/* A name or names, and nothing else. */
static bool is_byline(dln_str s, int rank)
{
    static const char *const none[] = {"author", "staff", "admin",
                                       "written by", "by", "posted by",
                                       "insights from", "share", "home"};
    if (s.len < 2 || s.len > 160 || s.data[0] == '@'
        || dln_str_find(s, DLN_STR("://"), 0) < s.len
        || dln_str_starts(s, DLN_STR("www."))
        || dln_str_starts(s, DLN_STR("/")))
        return false;
    bool letters = false;
    for (size_t i = 0; i < sizeof none / sizeof *none; i++)
        if (dln_str_ieq(s, dln_str_of(none[i])))
            return false;
    for (size_t i = 0; i < s.len; i++) {
        letters |= dln_is_alpha(s.data[i]) || (s.data[i] & 0x80);
        if (rank >= DLN_RANK_ELEMENT && dln_is_digit(s.data[i]))
            return false;
    }
    return letters && (rank < DLN_RANK_ELEMENT || spaces(s) <= 6);
}

static void settle_byline(const dln_claims *claims, dln_view *view,
                          dln_article *out)
{
    int best = 1000;
    dln_str all = {NULL, 0};
    for (uint32_t i = 0; i < claims->list.count; i++) {
        const dln_claim *c = &claims->list.at[i];
        /* What kind of place it is, wherever it stands. */
        int kind = c->rank + (c->near ? DLN_RANK_NEARER : 0);
        if (c->field != DLN_FIELD_AUTHOR)
            continue;
        dln_str s = strip_by(c->value);
        if (kind >= DLN_RANK_ELEMENT)
            s = without_date(view, s);
        if (!is_byline(s, kind))
            continue;
        /* The outlet itself, only where nobody else is named. */
        int rank = c->rank + (dln_extract__alike(s, out->outlet) == 2
                                  ? OUTLETS_OWN : 0);
        if (rank > best)
            continue;
        if (rank < best) {
            best = rank;
            all = s;
        } else if (kind < DLN_RANK_ELEMENT && kind > DLN_RANK_LD_PAGE
                   && all.len < 400
                   && dln_str_find(all, s, 0) == all.len) {
            all = dln_arena_printf(view->scratch, "%.*s, %.*s",
                                   DLN_ARG(all), DLN_ARG(s));
        }
    }
    out->byline = dln_arena_str(view->arena, all);
}

/* ---- date ---- */

static bool holds(dln_str s, const char *word)
{
    dln_str w = dln_str_of(word);
    for (size_t at = 0; at + w.len <= s.len; at++)
        if (dln_str_ieq(dln_str_sub(s, at, at + w.len), w))
            return true;
    return false;
}

static bool is_update(dln_str s)
{
    return (holds(s, "updated") || holds(s, "modified")
            || holds(s, "reviewed"))
           && !holds(s, "publish") && !holds(s, "posted");
}

/* Sites that make their metadata anew at every change print the true date
 * by the title: the earlier of the two. */
static void printed_earlier(const dln_claims *claims, dln_view *view,
                            dln_article *out)
{
    dln_interval said, when;
    if (!out->published.len || !dln_interval_parse(out->published, &said))
        return;
    for (uint32_t i = 0; i < claims->list.count; i++) {
        const dln_claim *c = &claims->list.at[i];
        if (c->field != DLN_FIELD_DATE || !c->near || is_update(c->value))
            continue;
        dln_str date = dln_web_date(view->arena, view->room->words,
                                    c->value);
        if (!date.len || !dln_interval_parse(date, &when))
            continue;
        if (when.start < said.start) {
            out->published = date;
            out->published_why = c->why;
        }
        return;
    }
}

static void settle_date(const dln_claims *claims, dln_view *view,
                        const dln_web_page *page, dln_article *out)
{
    int best = 1000;
    dln_interval when;
    for (uint32_t i = 0; i < claims->list.count; i++) {
        const dln_claim *c = &claims->list.at[i];
        int rank = c->rank < DLN_RANK_CHANGE && is_update(c->value)
                       ? DLN_RANK_CHANGE : c->rank;
        if (c->field != DLN_FIELD_DATE || rank >= best)
            continue;
        dln_str date = dln_web_date(view->arena, view->room->words,
                                    c->value);
        if (!date.len || !dln_interval_parse(date, &when))
            continue;
        if (page->fetched != DLN_NO_DAY && when.start > page->fetched + 1)
            continue;
        best = rank;
        out->published = date;
        out->published_why = rank >= DLN_RANK_CHANGE ? "its last change"
                                                     : c->why;
    }
    printed_earlier(claims, view, out);
    if (best <= DLN_RANK_ELEMENT)
        return;
    dln_str date = dln_web_date_of_address(view->arena, page->uri);
    if (!date.len)
        date = dln_web_date_of_address(view->arena, out->canonical);
    if (date.len) {
        out->published = date;
        out->published_why = "the address";
    }
}

static void settle_language(const dln_claims *claims, dln_view *view,
                            dln_article *out)
{
    const dln_claim *c = best_claim(claims, DLN_FIELD_LANGUAGE);
    char code[4];
    size_t n = 0;
    while (c && n < c->value.len && n < 3 && dln_is_alpha(c->value.data[n])) {
        code[n] = dln_lower(c->value.data[n]);
        n++;
    }
    if (n == 2 || n == 3)
        out->language = dln_arena_str(view->arena, (dln_str){code, n});
}

void dln_claims_settle(const dln_claims *claims, dln_view *view,
                       const dln_web_page *page, dln_article *out)
{
    const dln_claim *address = best_claim(claims, DLN_FIELD_ADDRESS);
    if (address && host_of(address->value).len)
        out->canonical = dln_arena_str(view->arena, address->value);
    settle_outlet(claims, view, page, out);
    settle_title(claims, view, page, out);
    settle_byline(claims, view, out);
    settle_date(claims, view, page, out);
    settle_language(claims, view, out);
}
