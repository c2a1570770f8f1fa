/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The bottom of the page, and the credits that stand in lines taken out:
 * who holds the copyright, where the page was, which agency is thanked.
 */
#include "base/utf8.h"
#include "clean/clean_p.h"

static bool is_year(dln_str word)
{
    if (word.len < 4)
        return false;
    for (size_t i = 0; i < 4; i++)
        if (!dln_is_digit(word.data[i]))
            return false;
    return word.len == 4 || !dln_is_digit(word.data[4]);
}

/* "Copyright © 2023 The Associated Press. All rights reserved." → the name.
 * The name's words have capitals. */
static void read_holder(dln_page *page, dln_str s)
{
    dln_str rest = s, word;
    size_t start = 0, end = 0;
    while (dln_clean__word(&rest, &word)) {
        size_t at = (size_t)(word.data - s.data), len;
        dln_str bare = word;
        bool last = false;
        while (bare.len && strchr(".,|;", bare.data[bare.len - 1])) {
            bare.len--;
            last = true;
        }
        int32_t c = dln_utf8_at(bare, 0, &len);
        bool sign = c == 0xA9 || dln_str_ieq(bare, DLN_STR("(c)"))
                    || dln_str_ieq(bare, DLN_STR("copyright"))
                    || dln_str_ieq(bare, DLN_STR("by"));
        if (sign || is_year(bare) || !bare.len) {
            if (end)
                break;
            continue;
        }
        if (!dln_utf8_is_upper(c) && !dln_utf8_is_digit(c)
            && !dln_clean__is(page->clean, bare, "small", NULL)
            && dln_str_find(bare, DLN_STR("."), 0) == bare.len)
            break;
        if (dln_str_ieq(bare, DLN_STR("all")))
            break;
        if (!end)
            start = at;
        end = at + bare.len;
        if (last)
            break;
    }
    if (end && end - start <= 80 && !page->holder.len)
        page->holder = dln_str_sub(s, start, end);
}

/* The host of the first web address in `s`, without "www.". */
static dln_str host_of(dln_str s)
{
    size_t at = dln_str_find(s, DLN_STR("://"), 0);
    if (at == s.len)
        return DLN_STR("");
    size_t start = at + 3, end = start;
    if (dln_str_starts(dln_str_sub(s, start, s.len), DLN_STR("www.")))
        start += 4;
    while (end < s.len && (dln_is_alpha(s.data[end])
                           || dln_is_digit(s.data[end])
                           || s.data[end] == '.' || s.data[end] == '-'))
        end++;
    return end > start ? dln_str_sub(s, start, end) : DLN_STR("");
}

static void read_address(dln_page *page, dln_str s)
{
    if (!page->host.len)
        page->host = host_of(s);
    if (page->address.start == DLN_NO_DAY)
        dln_clean__address_date(s, &page->address, &page->address_text);
}

/* The first known agency behind the label of a credit line. */
static void read_credit(dln_page *page, dln_str s)
{
    size_t at = dln_str_find(s, DLN_STR(":"), 0);
    dln_str rest = at < s.len ? dln_str_sub(s, at + 1, s.len) : s, piece;
    while (dln_str_cut(&rest, '/', &piece)) {
        dln_str agency = dln_clean__agency(page->clean, piece);
        if (agency.len && !page->agency_line.len)
            page->agency_line = agency;
    }
    if (!page->agency_line.len)
        dln_doc_note(page->doc, "clean", DLN_NOTE_INFO, DLN_NO_SPAN,
                     "the page says \"%.*s\"",
                     DLN_ARG(dln_str_sub(s, 0, 120)));
}

/* "Reporting by Ann Miller; editing by Bo Li" */
static void read_reporters(dln_page *page, dln_str s)
{
    size_t end = dln_str_find(s, DLN_STR(";"), 0);
    s = dln_str_sub(s, 0, end);
    while (s.len && strchr("().[] ", s.data[0]))
        s = dln_str_sub(s, 1, s.len);
    while (s.len && strchr("().[] ", s.data[s.len - 1]))
        s.len--;
    if (!page->doc->byline.len)
        dln_clean__byline(page, s);
}

/* Lines that were taken out say something all the same. */
static void read_dirt(dln_page *page)
{
    for (uint32_t i = 0; i < page->blocks.count; i++) {
        const dln_block *b = &page->blocks.at[i];
        if (!b->reason)
            continue;
        dln_str s = dln_block_str(page, b);
        if (!strcmp(b->reason, "copyright"))
            read_holder(page, s);
        else if (!strcmp(b->reason, "original address"))
            read_address(page, s);
        else if (!strcmp(b->reason, "credit"))
            read_credit(page, s);
        else if (!strcmp(b->reason, "reporters"))
            read_reporters(page, s);
        else if (!strcmp(b->reason, "date line"))
            dln_clean__date_line(page, s);
    }
}

/* "... said. (Reporting by Ann Miller)", "... said. (AFP)": cut off. */
static void cut_bracket(dln_page *page, dln_block *b)
{
    dln_str s = dln_block_str(page, b);
    size_t at = s.len;
    char buffer[DLN_CLEAN_KEY];
    if (s.len < 20 || s.data[s.len - 1] != ')')
        return;
    while (at > 0 && s.len - at < 300 && s.data[at - 1] != '(')
        at--;
    if (at < 2 || s.data[at - 1] != '(')
        return;
    dln_str inside = dln_str_sub(s, at, s.len - 1);
    dln_str key = dln_clean__key(buffer, inside);
    dln_str agency = dln_clean__agency(page->clean, inside);
    const char *reason = NULL;
    if (agency.len) {
        reason = "agency";
        if (!page->agency_line.len)
            page->agency_line = agency;
    } else if (dln_str_starts(key, DLN_STR("reporting by"))
               || dln_str_starts(key, DLN_STR("additional reporting"))
               || dln_str_starts(key, DLN_STR("editing by"))
               || dln_str_starts(key, DLN_STR("writing by"))) {
        reason = "reporters";
        read_reporters(page, inside);
    } else {
        return;
    }
    dln_removed *cut = DLN_VEC_PUSH(page->scratch, &page->cuts);
    if (!cut)
        return;
    cut->span = (dln_span){b->span.start + (uint32_t)at - 1, b->span.end};
    cut->reason = reason;
    dln_str kept = dln_str_trim(dln_str_sub(s, 0, at - 1));
    b->span = dln_clean__span(page, kept);
    dln_clean__measure(page, b);
}

/* A short last line that is no sentence is no part of a report. */
static const char *last_line(dln_page *page, const dln_block *b)
{
    dln_str s = dln_block_str(page, b);
    dln_str bare = s;
    size_t len;
    while (bare.len) {
        int32_t c = dln_utf8_at(bare, 0, &len);
        if (c != '-' && c != 0x2014 && c != 0x2013 && c != '(' && c != ' ')
            break;
        bare = dln_str_sub(bare, len, bare.len);
    }
    while (bare.len && strchr(") .", bare.data[bare.len - 1]))
        bare.len--;
    dln_str agency = dln_clean__agency(page->clean, bare);
    if (agency.len) {
        page->agency_line = agency;
        return "agency";
    }
    if (b->words > 24)
        return NULL;
    if (dln_clean__is_outlet(page->clean, bare)
        || dln_str_ieq(bare, page->doc->outlet)
        || (page->outlet_line.len && dln_str_ieq(bare, page->outlet_line))) {
        if (!page->outlet_line.len)
            page->outlet_line = bare;
        return "outlet";
    }
    /* "Ann Miller, The Daily Post" */
    size_t comma = dln_str_find(bare, DLN_STR(", "), 0);
    dln_str name = dln_str_sub(bare, 0, comma);
    dln_str paper = dln_str_sub(bare, comma + 2, bare.len);
    if (paper.len && dln_clean__is_name(page, name)
        && dln_clean__is_outlet(page->clean, paper)) {
        if (!page->doc->byline.len)
            page->doc->byline = dln_clean__plain(page->doc->arena, name);
        if (!page->outlet_line.len)
            page->outlet_line = paper;
        return "byline";
    }
    if (dln_clean__byline(page, s))
        return "byline";
    if (dln_clean__date_line(page, s))
        return "date";
    if (dln_clean__is_caption(page, b))
        return "caption";
    if (dln_clean__is_section(page->clean, s))
        return "section label";
    return !b->stop && b->words <= 7 ? "line at the end" : NULL;
}

/* All captions below the head. */
static void mark_captions(dln_page *page)
{
    for (uint32_t i = page->body; i < page->blocks.count; i++) {
        dln_block *b = &page->blocks.at[i];
        if (!b->reason && dln_clean__is_caption(page, b))
            b->reason = "caption";
    }
}

void dln_clean__read_tail(dln_page *page)
{
    dln_block *b = page->blocks.at;
    uint32_t prose = 0;
    read_dirt(page);
    mark_captions(page);
    for (uint32_t i = 0; i < page->blocks.count; i++)
        prose += !b[i].reason && b[i].prose;
    if (!prose)
        return;
    for (uint32_t i = page->blocks.count; i > page->body + 1; i--) {
        dln_block *last = &b[i - 1];
        if (last->reason)
            continue;
        const char *reason = last->prose ? NULL : last_line(page, last);
        if (!reason) {
            cut_bracket(page, last);
            break;
        }
        last->reason = reason;
    }
}
