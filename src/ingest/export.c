/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Exports of news databases → items: Nexis (old and new layout) and Factiva
 * (by lines, and with two-letter tags), as text, RTF, HTML or docx; and any
 * RTF that is no export, as one report.
 *
 * All come as lines. A report ends at "End of Document" (Nexis) or
 * "Document ABCD0000..." (Factiva), or before "2 of 9 DOCUMENTS". Its header
 * is known by lines that have one look only: "512 words", a date alone,
 * "LENGTH: 512 words", "Body".
 */
#include <stdlib.h>

#include "base/charset.h"
#include "ingest/ingest_p.h"
#include "ingest/xml_scan.h"

#define HEADER_LINES 60u    /* a header is no longer */

typedef struct many {
    dln_arena *keep;
    dln_str rest;
    bool several;           /* it is an export */
    uint64_t count;
} many;

static bool holds(dln_str s, const char *what)
{
    return dln_str_find(s, dln_str_of(what), 0) < s.len;
}

static bool begins(dln_str s, const char *with)
{
    dln_str w = dln_str_of(with);
    return dln_str_ieq(dln_str_sub(s, 0, w.len), w);
}

static bool next_line(dln_str text, size_t *at, dln_str *line)
{
    if (*at >= text.len)
        return false;
    size_t end = dln_str_find(text, DLN_STR("\n"), *at);
    *line = dln_str_trim(dln_str_sub(text, *at, end));
    *at = end + 1;
    return true;
}

/* "Document ABCD000020210111eh1b0012" */
static bool is_factiva_end(dln_str line)
{
    if (line.len > 3 && begins(line, "AN") && dln_is_space(line.data[2]))
        line = dln_str_trim(dln_str_sub(line, 3, line.len));
    if (!dln_str_starts(line, DLN_STR("Document ")) || line.len < 25
        || line.len > 50)
        return false;
    bool digit = false;
    for (size_t i = 9; i < line.len; i++) {
        digit |= dln_is_digit(line.data[i]);
        if (!dln_is_digit(line.data[i]) && !dln_is_alpha(line.data[i]))
            return false;
    }
    return digit;
}

/* "2 of 9 DOCUMENTS" */
static bool is_nexis_begin(dln_str line)
{
    return line.len > 5 && line.len < 40 && dln_is_digit(line.data[0])
           && dln_str_ends(line, DLN_STR(" DOCUMENTS"))
           && holds(line, " of ");
}

/* "512 words", "1,024 words" */
static bool is_word_count(dln_str line)
{
    if (line.len < 7 || line.len > 14 || !dln_is_digit(line.data[0])
        || !dln_str_ends(line, DLN_STR(" words")))
        return false;
    for (size_t i = 0; i + 6 < line.len; i++)
        if (!dln_is_digit(line.data[i]) && line.data[i] != ',')
            return false;
    return true;
}

bool dln_ingest__is_export(dln_str head)
{
    size_t at = 0;
    dln_str line;
    bool count = false, length = false, load = false;
    while (next_line(head, &at, &line)) {
        if (dln_str_is(line, "End of Document") || is_nexis_begin(line))
            return true;
        count |= is_word_count(line)
                 || (line.len > 3 && begins(line, "WC")
                     && dln_is_space(line.data[2])
                     && dln_str_ends(line, DLN_STR("words")));
        length |= begins(line, "length:");
        load |= begins(line, "load-date:");
        if ((count && is_factiva_end(line)) || (length && load))
            return true;
    }
    return false;
}

/* The next report's lines; *rest is moved behind them. */
static dln_str cut_report(dln_str *rest)
{
    size_t at = 0, from = 0;
    dln_str line, text = *rest;
    bool any = false;
    for (size_t start; start = at, next_line(text, &at, &line);) {
        bool begin = is_nexis_begin(line);
        if (begin && any) {
            at = start;
            break;
        }
        if (begin) {
            from = at;
        } else if (dln_str_is(line, "End of Document")
                   || is_factiva_end(line)) {
            *rest = dln_str_sub(text, at, text.len);
            return dln_str_sub(text, from, start);
        } else {
            any |= line.len > 0;
        }
    }
    *rest = dln_str_sub(text, at, text.len);
    return dln_str_sub(text, from, at);
}

static bool is_date(dln_arena *arena, dln_str line, dln_str *iso)
{
    dln_interval when;
    if (line.len < 8 || line.len > 60)
        return false;
    *iso = dln_ingest__when(arena, line);
    return dln_interval_parse(*iso, &when)
           && when.precision <= DLN_PREC_DAY;
}

/* Value of a line "KEY: value", case as it comes. */
static bool keyed(dln_str line, const char *key, dln_str *value)
{
    size_t n = strlen(key);
    if (!begins(line, key) || line.len <= n || line.data[n] != ':')
        return false;
    *value = dln_str_trim(dln_str_sub(line, n + 1, line.len));
    return true;
}

/* Lines of Nexis that stand behind the report. */
static bool is_nexis_tail(dln_str line)
{
    static const char *const keys[] = {
        "load-date", "language", "publication-type", "journal-code",
        "graphic", "subject", "classification", "publication type", "notes"};
    dln_str value;
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
        if (keyed(line, keys[i], &value)
            || dln_str_ieq(line, dln_str_of(keys[i])))
            return true;
    return false;
}

/* ---- Nexis ---- */

static void read_nexis(dln_str text, dln_item *item, dln_arena *arena)
{
    static const char *const others[] = {"section", "length", "dateline",
                                         "highlight", "copyright"};
    size_t at = 0, body = 0, end = text.len;
    dln_str line, value, first[3] = {{"", 0}, {"", 0}, {"", 0}};
    unsigned lines = 0, before_date = 0;
    bool inside = false, dated = false;
    for (size_t start; start = at, next_line(text, &at, &line);) {
        if (inside && is_nexis_tail(line)) {
            end = start;
            break;
        }
        if (inside || !line.len)
            continue;
        if (lines++ < 3)
            first[lines - 1] = line;
        if (!dated && lines < 12 && is_date(arena, line, &item->date)) {
            dated = true;
            before_date = lines - 1;
        } else if (keyed(line, "headline", &value)) {
            item->title = value;
            body = at;
        } else if (keyed(line, "byline", &value)) {
            item->byline = value;
            body = at;
        } else if (dln_str_ieq(line, DLN_STR("body"))
                   || dln_str_ieq(line, DLN_STR("body:"))) {
            inside = true;
            body = at;
        } else {
            for (size_t i = 0; i < sizeof others / sizeof *others; i++)
                if (keyed(line, others[i], &value))
                    body = at;
        }
        if (lines == HEADER_LINES || (lines > 8 && !dated))
            inside = true;
    }
    if (!dated)
        item->date = (dln_str){"", 0};
    /* Before the date: the outlet alone, or the title and the outlet. */
    if (before_date >= 1)
        item->outlet = first[before_date > 2 ? 1 : before_date - 1];
    if (!item->title.len && before_date >= 2)
        item->title = first[0];
    item->text = dln_str_sub(text, body, end);
}

/* ---- Factiva ---- */

static const char *tag_of(dln_str line, dln_str *value)
{
    static const char *const tags[] = {
        "HD", "BY", "CR", "WC", "PD", "ET", "SN", "SC", "ED", "PG", "LA",
        "CY", "LP", "TD", "CT", "RF", "CO", "IN", "NS", "RE", "IPD", "IPC",
        "PUB", "AN", "SE", "VOL"};
    for (size_t i = 0; i < sizeof tags / sizeof *tags; i++) {
        size_t n = strlen(tags[i]);
        if (!dln_str_starts(line, dln_str_of(tags[i]))
            || (line.len > n && !dln_is_space(line.data[n])))
            continue;
        *value = dln_str_trim(dln_str_sub(line, n, line.len));
        return tags[i];
    }
    return NULL;
}

static bool read_tagged(dln_str text, dln_item *item, dln_arena *arena)
{
    size_t at = 0;
    dln_str line, value;
    dln_buf body;
    const char *tag = "";
    bool counted = false;
    dln_buf_init(&body, 0);
    while (next_line(text, &at, &line)) {
        const char *found = tag_of(line, &value);
        tag = found ? found : tag;
        value = found ? value : line;
        counted |= found && !strcmp(tag, "WC");
        if (!strcmp(tag, "LP") || !strcmp(tag, "TD")) {
            dln_buf_str(&body, value);
            dln_buf_char(&body, '\n');
        }
        dln_str *to = !strcmp(tag, "HD") ? &item->title
                      : !strcmp(tag, "BY") ? &item->byline
                      : !strcmp(tag, "SN") ? &item->outlet
                      : !strcmp(tag, "PD") ? &item->date : NULL;
        if (to && value.len)
            *to = to->len ? dln_arena_printf(arena, "%.*s %.*s",
                                             DLN_ARG(*to), DLN_ARG(value))
                          : value;
    }
    item->text = dln_arena_str(arena, dln_buf_view(&body));
    dln_buf_release(&body);
    if (counted && item->text.len)
        return true;
    item->title = item->byline = item->outlet = item->date = item->text =
        (dln_str){"", 0};
    return false;
}

/* Title, perhaps a byline, "512 words", date, source, its code, language,
 * "(c) ...", then the report. */
static bool read_factiva(dln_str text, dln_item *item, dln_arena *arena)
{
    size_t at = 0, body = 0;
    dln_str line, before[4] = {{"", 0}, {"", 0}, {"", 0}, {"", 0}};
    unsigned lines = 0, behind = 0;
    while (lines < HEADER_LINES && next_line(text, &at, &line)) {
        if (!line.len)
            continue;
        lines++;
        if (!body) {
            if (is_word_count(line))
                body = at;
            else if (lines <= 4)
                before[lines - 1] = line;
            continue;
        }
        behind++;
        bool code = line.len <= 12 && !memchr(line.data, ' ', line.len)
                    && !dln_is_lower(line.data[line.len - 1]);
        bool clock = line.len == 5 && line.data[2] == ':';
        bool right = begins(line, "(c)") || begins(line, "copyright")
                     || dln_str_starts(line, DLN_STR("\xC2\xA9"));
        if (!item->date.len && is_date(arena, line, &item->date))
            body = at;
        else if (item->date.len && !item->outlet.len && !clock && !code)
            item->outlet = line, body = at;
        else if (clock || code || right
                 || (behind < 12 && line.len < 20
                     && !dln_str_ends(line, DLN_STR("."))))
            body = at;
        else
            break;
        if (right)
            break;
    }
    if (!body || !item->date.len)
        return false;
    bool writer = begins(before[1], "by ");
    item->title = before[0];
    item->byline = writer ? before[1] : (dln_str){"", 0};
    item->text = dln_str_sub(text, body, text.len);
    return true;
}

bool dln_ingest__export_next(dln_str *rest, dln_item *item, dln_arena *arena)
{
    dln_str text = {"", 0};
    while (rest->len && !dln_str_trim(text).len)
        text = cut_report(rest);
    if (!dln_str_trim(text).len)
        return false;
    item->date_basis = DLN_BASIS_METADATA;
    if (!read_tagged(text, item, arena) && !read_factiva(text, item, arena))
        read_nexis(text, item, arena);
    item->text = dln_str_trim(item->text);
    return true;
}

/* ---- the reader ---- */

static dln_status open_export(dln_reader *reader, dln_error *error)
{
    many *m = calloc(1, sizeof *m);
    dln_buf bytes;
    dln_str text = {"", 0};
    if (!m)
        return dln_fail(error, DLN_NOMEM, "out of memory");
    reader->state = m;
    m->keep = dln_arena_new(0);
    if (!m->keep)
        return dln_fail(error, DLN_NOMEM, "out of memory");
    dln_buf_init(&bytes, DLN_INGEST_MAX_WHOLE);
    bool fine = dln_stream_all(reader->in, &bytes) && !bytes.oom;
    dln_str raw = dln_buf_view(&bytes);
    if (fine && dln_str_starts(raw, DLN_STR("{\\rtf")))
        text = dln_ingest__rtf_lines(m->keep, raw);
    else if (fine && dln_charset_decode(m->keep, raw, DLN_STR(""), &text))
        text = dln_str_ieq(dln_xml_root(dln_str_sub(raw, 0, 4096)),
                           DLN_STR("html"))
                   ? dln_ingest__markup_lines(m->keep, text)
                   : dln_arena_str(m->keep, text);
    dln_buf_release(&bytes);
    m->rest = text;
    m->several = dln_ingest__is_export(text);
    if (dln_arena_oom(m->keep))
        return dln_fail(error, DLN_NOMEM, "out of memory");
    return text.len ? DLN_OK : dln_fail(error, DLN_FAILED, "has no text");
}

static void close_export(dln_reader *reader)
{
    many *m = reader->state;
    if (!m)
        return;
    dln_arena_free(m->keep);
    free(m);
    reader->state = NULL;
}

static dln_status next_export(dln_reader *reader, dln_item *item,
                              dln_inner *child, dln_error *error)
{
    many *m = reader->state;
    (void)child;
    (void)error;
    item->utf8 = true;
    if (!m->several) {
        item->text = m->rest;
        m->rest = (dln_str){"", 0};
        return item->text.len ? DLN_OK : DLN_END;
    }
    if (!dln_ingest__export_next(&m->rest, item, reader->arena))
        return DLN_END;
    item->part = dln_ingest__part(reader, ++m->count);
    return DLN_OK;
}

const dln_reader_kind dln_reader_export = {"export", open_export,
                                           next_export, close_export};
