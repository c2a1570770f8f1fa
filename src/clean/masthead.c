/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The top of the page: outlet, section, title, standfirst, byline, date and
 * captions, up to the first paragraph of the body.
 *
 * Bylines and dates show themselves. A title is the first line that is no
 * sentence, if a body follows; what stands above it and looks like a
 * newspaper's name is the outlet. Where in doubt a line stays in the text.
 */
#include "base/utf8.h"
#include "clean/clean_p.h"

#define MAX_HEAD_BLOCKS 16

/* Byte at which " By Name" stands in `s`, or 0. */
static size_t byline_in(dln_str s, size_t limit)
{
    for (size_t i = 1; i + 5 < s.len && i < limit; i++)
        if (dln_is_space(s.data[i - 1]) && s.data[i] == 'B'
            && s.data[i + 1] == 'y' && s.data[i + 2] == ' '
            && dln_is_upper(s.data[i + 3]))
            return i;
    return 0;
}

/* A page that lost its line ends: "Title By Ann Miller May 1, 2023 ROME
 * (AP) — Text." is cut where a dateline with an agency, or a byline with a
 * date behind it, stands in the first paragraph. */
static void unglue(dln_page *page)
{
    dln_block *b = page->blocks.at;
    if (!page->blocks.count || b->words < 20)
        return;
    dln_str s = dln_block_str(page, b);
    size_t base = b->span.start, cut = dln_clean__find_dateline(page, s);
    size_t by = byline_in(s, cut ? cut : 300);
    if (!cut && by) {
        dln_str rest = dln_str_sub(s, by, by + 100);
        dln_printed date = dln_clean__date(page->clean, rest);
        if (date.date.len && date.when.start != DLN_NO_DAY
            && dln_clean__words(date.before, 9) <= 8)
            cut = (size_t)(date.date.data - s.data) + date.date.len;
    }
    if (!cut || !dln_clean__split_block(page, 0, (uint32_t)(base + cut)))
        return;
    if (by)
        dln_clean__split_block(page, 0, (uint32_t)(base + by));
}

bool dln_clean__date_line(dln_page *page, dln_str line)
{
    if (line.len > 200)
        return false;
    dln_printed d = dln_clean__date(page->clean, line);
    if (!d.date.len || d.after.len)
        return false;
    if (d.before.len && !dln_clean__is_place(page->clean, d.before)
        && !dln_clean__is_section(page->clean, d.before))
        return false;
    if (d.when.start == DLN_NO_DAY) {
        if (!page->partial.len)
            page->partial = d.date;
    } else if (d.updated) {
        if (page->updated.start == DLN_NO_DAY) {
            page->updated = d.when;
            page->updated_text = d.date;
        }
    } else if (page->printed.start == DLN_NO_DAY || d.published) {
        page->printed = d.when;
        page->printed_text = d.date;
    }
    return true;
}

/* "15 December 2020 | 2 min read": each piece is a date, a place, an
 * agency, a section or dirt, and one is a date. */
static bool date_pieces(dln_page *page, dln_str line)
{
    dln_str rest = line, piece;
    bool dated = false;
    if (line.len > 200 || dln_str_find(line, DLN_STR("|"), 0) == line.len)
        return false;
    while (dln_str_cut(&rest, '|', &piece)) {
        piece = dln_str_trim(piece);
        if (!piece.len || dln_clean__is_section(page->clean, piece))
            continue;
        if (dln_clean__date_line(page, piece)) {
            dated = true;
            continue;
        }
        dln_str agency = dln_clean__agency(page->clean, piece);
        if (agency.len)
            page->agency_line = agency;
        else if (dln_clean__byline(page, piece))
            continue;
        else if (dln_clean__is_outlet(page->clean, piece))
            page->outlet_line = piece;
        else if (dln_clean__is_name(page, piece)
                 && !page->doc->byline.len)
            page->doc->byline = dln_clean__plain(page->doc->arena, piece);
        else
            return false;
    }
    return dated;
}

/* A name and a date in one line, without "By". */
static bool name_and_date(dln_page *page, dln_str line)
{
    if (line.len > 120)
        return false;
    dln_printed d = dln_clean__date(page->clean, line);
    if (!d.date.len || d.after.len || !d.before.len)
        return false;
    dln_str agency = dln_clean__agency(page->clean, d.before);
    if (agency.len)
        page->agency_line = agency;
    else if (!dln_clean__is_name(page, d.before))
        return false;
    else if (!page->doc->byline.len)
        page->doc->byline = dln_clean__plain(page->doc->arena, d.before);
    dln_str date = dln_str_sub(line, (size_t)(d.before.data - line.data)
                                         + d.before.len, line.len);
    return dln_clean__date_line(page, date);
}

/* Reads a line of the head that says what it is; its reason, or NULL. */
static const char *plain_line(dln_page *page, const dln_block *b)
{
    dln_str s = dln_block_str(page, b);
    if (b->words > 40)
        return NULL;
    if (dln_clean__byline(page, s))
        return "byline";
    if (b->words <= 24 && dln_clean__date_line(page, s))
        return "date";
    if (b->words <= 24 && date_pieces(page, s))
        return "date";
    if (dln_clean__is_caption(page, b))
        return "caption";
    dln_str agency = dln_clean__agency(page->clean, s);
    if (agency.len) {
        page->agency_line = agency;
        return "agency";
    }
    return NULL;
}

/* Could it be a title by its form? */
static bool title_like(const dln_page *page, const dln_block *b)
{
    dln_str s = dln_block_str(page, b);
    if (b->words > 40 || s.len > 400 || !b->words)
        return false;
    char last = s.data[s.len - 1];
    if (last == '?' || last == '!')
        return b->words <= 20;
    return !b->stop;
}

static uint32_t next_kept(const dln_page *page, uint32_t i)
{
    for (i++; i < page->blocks.count; i++)
        if (!page->blocks.at[i].reason)
            return i;
    return DLN_NONE;
}

/* Do the two lines say the same, but for what a page adds to its title? */
static bool same_title(dln_str a, dln_str b)
{
    char one[DLN_CLEAN_KEY], two[DLN_CLEAN_KEY];
    dln_str x = dln_clean__key(one, a), y = dln_clean__key(two, b);
    return x.len && (dln_str_eq(x, y)
                     || (y.len >= 20 && dln_str_starts(x, y))
                     || (x.len >= 20 && dln_str_starts(y, x)));
}

/* "Talks fail in Geneva - The Daily Post": the outlet comes off. */
static dln_str without_outlet(dln_page *page, dln_str title)
{
    static const char *const signs[] = {" | ", " - ", " – ", " — "};
    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++) {
        dln_str sign = dln_str_of(signs[i]);
        size_t at = title.len, next = 0;
        while ((next = dln_str_find(title, sign, next)) < title.len)
            at = next++;
        if (at == title.len)
            continue;
        dln_str tail = dln_str_trim(dln_str_sub(title, at + sign.len,
                                                title.len));
        if (!dln_clean__is_outlet(page->clean, tail)
            && !dln_clean__agency(page->clean, tail).len
            && !dln_str_ieq(tail, page->doc->outlet))
            continue;
        page->suffix = tail;
        return dln_str_trim(dln_str_sub(title, 0, at));
    }
    return title;
}

static void take_title(dln_page *page, uint32_t i)
{
    dln_block *b = page->blocks.at;
    dln_doc *doc = page->doc;
    dln_str title = without_outlet(page, dln_block_str(page, &b[i]));
    if (!doc->title.len)
        doc->title = dln_clean__plain(doc->arena, title);
    b[i].reason = "title";
    for (uint32_t k = i + 1; k < page->blocks.count && k < i + 6; k++)
        if (!b[k].reason && same_title(dln_block_str(page, &b[k]), title))
            b[k].reason = "title";
}

/* Names of offices and people below the title, above or below the date. */
static void take_names(dln_page *page, uint32_t title)
{
    dln_block *b = page->blocks.at;
    for (uint32_t k = title + 1; k < page->body; k++) {
        dln_str s = dln_block_str(page, &b[k]);
        if (b[k].reason || b[k].words > 12)
            continue;
        bool date_near = (k + 1 < page->body && b[k + 1].reason
                          && !strcmp(b[k + 1].reason, "date"))
                         || (b[k - 1].reason
                             && !strcmp(b[k - 1].reason, "date"));
        if (dln_clean__is_outlet(page->clean, s)) {
            page->outlet_line = s;
            b[k].reason = "outlet";
        } else if (dln_clean__is_section(page->clean, s)) {
            b[k].reason = "section label";
        } else if (name_and_date(page, s)) {
            b[k].reason = "byline";
        } else if (date_near && !page->doc->byline.len
                   && dln_clean__is_name(page, s)) {
            page->doc->byline = dln_clean__plain(page->doc->arena, s);
            b[k].reason = "byline";
        }
    }
}

/* First block of the body: prose that is no caption, or a dateline. */
static uint32_t find_body(dln_page *page)
{
    dln_block *b = page->blocks.at;
    uint32_t prose = DLN_NONE;
    for (uint32_t i = 0; i < page->blocks.count; i++) {
        if (b[i].reason || !b[i].prose)
            continue;
        /* the first line may be a question or an outcry: a title */
        dln_str s = dln_block_str(page, &b[i]);
        char last = s.data[s.len - 1];
        if (prose == DLN_NONE && (last == '?' || last == '!')
            && title_like(page, &b[i]) && i < 3
            && next_kept(page, i) != DLN_NONE) {
            uint32_t k = next_kept(page, i);
            if (b[k].prose || (b[k].words <= 12 && !b[k].stop))
                continue;
        }
        return i;
    }
    return prose != DLN_NONE ? prose : page->blocks.count;
}

/* The head's lines that say what they are; a standfirst that is a sentence
 * may stand above some of them. */
static void read_plain_lines(dln_page *page)
{
    dln_block *b = page->blocks.at;
    uint32_t prose = 0, body = find_body(page);
    for (uint32_t i = 0; i < page->blocks.count && i < MAX_HEAD_BLOCKS
                         && prose < 2; i++) {
        b[i].head = i <= body;
        if (b[i].reason)
            continue;
        const char *reason = plain_line(page, &b[i]);
        if (reason && !(i == 0 && !strcmp(reason, "byline") && b[i].prose)) {
            b[i].reason = reason;
            if (i == body)
                body = find_body(page);
        } else if (b[i].prose) {
            prose++;
            if (dln_str_find(dln_block_str(page, &b[i]), DLN_STR("\n"), 0)
                    && b[i].words > 60)
                prose++;
        }
    }
    page->body = find_body(page);
    for (uint32_t i = 0; i < page->blocks.count && i < page->body; i++)
        b[i].head = true;
}

/* Is there a line above the body that only the top of a page has? */
static bool masthead_follows(const dln_page *page, uint32_t i)
{
    const dln_block *b = page->blocks.at;
    for (uint32_t k = i + 1; k < page->blocks.count && k < i + 5; k++)
        if (b[k].reason && (!strcmp(b[k].reason, "byline")
                            || !strcmp(b[k].reason, "date")))
            return true;
    return false;
}

void dln_clean__read_head(dln_page *page)
{
    unglue(page);
    read_plain_lines(page);
    dln_block *b = page->blocks.at;
    uint32_t title = DLN_NONE;
    if (page->body == page->blocks.count)
        return; /* no body: nothing can stand above it */
    for (uint32_t i = 0; i < page->body && title == DLN_NONE; i++) {
        dln_str s = dln_block_str(page, &b[i]);
        if (b[i].reason)
            continue;
        uint32_t next = next_kept(page, i);
        bool more = next < page->body && title_like(page, &b[next]);
        if (dln_clean__is_section(page->clean, s)) {
            b[i].reason = "section label";
        } else if (((more || b[i].words <= 3)
                    && dln_clean__is_outlet(page->clean, s))
                   || dln_str_ieq(s, page->doc->outlet)) {
            page->outlet_line = s;
            b[i].reason = "outlet";
        } else if (b[i].words <= 3 && !page->doc->byline.len
                   && i + 1 < page->body
                   && (b[i + 1].reason
                           ? !strcmp(b[i + 1].reason, "agency")
                           : dln_clean__is_outlet(
                                 page->clean,
                                 dln_block_str(page, &b[i + 1])))
                   && dln_clean__is_name(page, s)) {
            page->doc->byline = dln_clean__plain(page->doc->arena, s);
            b[i].reason = "byline";
        } else if (title_like(page, &b[i])) {
            title = i;
        } else {
            break;
        }
    }
    if (title == DLN_NONE) {
        /* "Leaders meet." with a byline below */
        uint32_t i = page->body;
        if (!page->doc->title.len && i < 3 && b[i].words <= 18
            && masthead_follows(page, i)
            && next_kept(page, i) != DLN_NONE) {
            take_title(page, i);
            page->body = find_body(page);
        } else if (page->doc->title.len
                   && same_title(dln_block_str(page, &b[i]),
                                 page->doc->title)
                   && next_kept(page, i) != DLN_NONE) {
            b[i].reason = "title";
            page->body = find_body(page);
        }
        return;
    }
    dln_str s = dln_block_str(page, &b[title]);
    /* a given title and another line: a subhead, if nothing else shows */
    if (page->doc->title.len && !same_title(s, page->doc->title)
        && !masthead_follows(page, title)
        && next_kept(page, title) != page->body)
        return;
    take_title(page, title);
    take_names(page, title);
}
