/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Documents of word processors → lines of text, a paragraph a line: RTF
 * (Microsoft's specification 1.9), Word's XML (ECMA-376, w:p and w:t), HTML.
 * Nothing but the words is read of them.
 */
#include <stdio.h>
#include <stdlib.h>

#include "base/charset.h"
#include "base/utf8.h"
#include "ingest/ingest_p.h"
#include "ingest/xml_scan.h"

#define MAX_GROUPS 200      /* braces in braces; deeper ones are skipped */

static void new_line(dln_buf *out)
{
    while (out->len && out->data[out->len - 1] == ' ')
        out->len--;
    if (out->len && out->data[out->len - 1] != '\n')
        dln_buf_char(out, '\n');
}

static dln_str finish(dln_arena *arena, dln_buf *out)
{
    dln_str text = dln_arena_str(arena, dln_str_trim(dln_buf_view(out)));
    dln_buf_release(out);
    return text;
}

/* ---- RTF ---- */

typedef struct rtf {
    dln_arena *arena;
    dln_str s;
    size_t at;
    dln_buf out, bytes;     /* bytes: of \'hh, not decoded yet */
    char set[16];           /* their character set */
    int depth, mute;        /* braces; the depth from which nothing counts */
    int skip[MAX_GROUPS];   /* characters behind \u, by group */
    int behind;             /* of them still to skip */
} rtf;

static void flush_bytes(rtf *r)
{
    dln_str text;
    if (r->bytes.len
        && dln_charset_convert(r->arena, dln_buf_view(&r->bytes),
                               dln_str_of(r->set), &text))
        dln_buf_str(&r->out, text);
    dln_buf_clear(&r->bytes);
}

static void put(rtf *r, const char *text)
{
    if (r->mute)
        return;
    flush_bytes(r);
    if (*text == '\n')
        new_line(&r->out);
    else
        dln_buf_str(&r->out, dln_str_of(text));
}

static bool is_one_of(dln_str word, const char *const *list)
{
    for (; *list; list++)
        if (dln_str_is(word, *list))
            return true;
    return false;
}

static void control(rtf *r, dln_str word, long value)
{
    static const char *const lines[] = {"par", "line", "cell", "row", "sect",
                                        "page", NULL};
    static const char *const muted[] = {
        "fonttbl", "colortbl", "stylesheet", "info", "pict", "header",
        "footer", "headerl", "headerr", "footerl", "footerr", "headerf",
        "footerf", "object", "themedata", "datastore", "listtable", NULL};
    static const char *const signs[][2] = {
        {"emdash", "\u2014"}, {"endash", "\u2013"}, {"lquote", "\u2018"},
        {"rquote", "\u2019"}, {"ldblquote", "\u201c"},
        {"rdblquote", "\u201d"}, {"bullet", "\u2022"}, {"tab", " "}};
    char made[5] = "";
    if (is_one_of(word, lines)) {
        put(r, "\n");
    } else if (is_one_of(word, muted)) {
        if (!r->mute)
            r->mute = r->depth ? r->depth : 1;
    } else if (dln_str_is(word, "ansicpg")) {
        snprintf(r->set, sizeof r->set, "cp%ld", value % 100000);
    } else if (dln_str_is(word, "uc") && r->depth < MAX_GROUPS) {
        r->skip[r->depth] = value >= 0 && value < 10 ? (int)value : 1;
    } else if (dln_str_is(word, "u")) {
        size_t n = dln_utf8_put((int32_t)(value < 0 ? value + 65536 : value)
                                & 0x1FFFFF, made);
        made[n] = '\0';
        put(r, made);
        r->behind = r->depth < MAX_GROUPS ? r->skip[r->depth] : 1;
    }
    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++)
        if (dln_str_is(word, signs[i][0]))
            put(r, signs[i][1]);
}

static int hex_digit(char c)
{
    const char *digits = "0123456789abcdef", *at = strchr(digits,
                                                          dln_lower(c));
    return c && at ? (int)(at - digits) : 0;
}

/* What follows a backslash at r->at. */
static void escape(rtf *r)
{
    dln_str s = r->s;
    char c = r->at < s.len ? s.data[r->at] : '\0';
    if (c == '\'' && r->at + 2 < s.len) {
        if (r->behind)
            r->behind--;
        else if (!r->mute)
            dln_buf_char(&r->bytes,
                         (char)(hex_digit(s.data[r->at + 1]) * 16
                                + hex_digit(s.data[r->at + 2])));
        r->at += 3;
        return;
    }
    if (!dln_is_alpha(c)) {
        char text[2] = {c, '\0'};
        r->at += r->at < s.len;
        if (c == '*') {
            if (!r->mute)
                r->mute = r->depth ? r->depth : 1;
        } else if (c == '~') {
            put(r, " ");
        } else if (c == '\\' || c == '{' || c == '}') {
            put(r, text);
        } else if (c == '\n' || c == '\r') {
            put(r, "\n");
        } else if (c == '_') {
            put(r, "-");
        }
        return;
    }
    size_t from = r->at;
    while (r->at < s.len && dln_is_alpha(s.data[r->at]))
        r->at++;
    dln_str word = dln_str_sub(s, from, r->at);
    bool minus = r->at < s.len && s.data[r->at] == '-';
    long value = 0, digits = 0;
    r->at += minus;
    while (r->at < s.len && dln_is_digit(s.data[r->at])) {
        value = digits++ < 8 ? value * 10 + (s.data[r->at] - '0') : value;
        r->at++;
    }
    if (r->at < s.len && s.data[r->at] == ' ')
        r->at++;
    if (dln_str_is(word, "bin")) {
        size_t left = s.len - r->at;
        r->at += value > 0 && (size_t)value < left ? (size_t)value
                 : value > 0 ? left : 0;
        return;
    }
    control(r, word, minus ? -value : value);
}

dln_str dln_ingest__rtf_lines(dln_arena *arena, dln_str text)
{
    rtf r = {.arena = arena, .s = text, .set = "cp1252", .skip = {1}};
    dln_buf_init(&r.out, 0);
    dln_buf_init(&r.bytes, 0);
    while (r.at < text.len) {
        char c = text.data[r.at++];
        if (c == '{') {
            r.depth++;
            if (r.depth < MAX_GROUPS)
                r.skip[r.depth] = r.skip[r.depth - 1];
        } else if (c == '}') {
            flush_bytes(&r);
            if (r.mute == r.depth)
                r.mute = 0;
            r.depth -= r.depth > 0;
            r.behind = 0;
        } else if (c == '\\') {
            escape(&r);
        } else if (c == '\n' || c == '\r') {
            continue;
        } else if (r.behind) {
            r.behind--;
        } else if (!r.mute) {
            flush_bytes(&r);
            dln_buf_char(&r.out, c);
        }
    }
    flush_bytes(&r);
    dln_buf_release(&r.bytes);
    dln_str out = finish(arena, &r.out), plain = out;
    return dln_utf8_valid(out)
           || dln_charset_decode(arena, out, DLN_STR(""), &plain)
               ? plain : DLN_STR("");
}

/* ---- markup ---- */

/* Adds text with white space run together. */
static void add_words(dln_buf *out, dln_str text)
{
    for (size_t i = 0; i < text.len; i++) {
        char c = text.data[i];
        bool nbsp = c == '\xC2' && i + 1 < text.len
                    && text.data[i + 1] == '\xA0';
        i += nbsp;
        if (!nbsp && !dln_is_space(c))
            dln_buf_char(out, c);
        else if (out->len && out->data[out->len - 1] != ' '
                 && out->data[out->len - 1] != '\n')
            dln_buf_char(out, ' ');
    }
}

dln_str dln_ingest__markup_lines(dln_arena *arena, dln_str html)
{
    static const char *const blocks[] = {
        "p", "div", "br", "h1", "h2", "h3", "h4", "h5", "h6", "li", "tr",
        "td", "th", "table", "ul", "ol", "section", "article", "blockquote",
        "hr", "pre", "title", "body", "head", NULL};
    static const char *const muted[] = {"script", "style", "noscript", NULL};
    dln_buf out;
    dln_xml xml;
    char name[12];
    bool mute = false;
    dln_xml_init(&xml, html);
    dln_buf_init(&out, 0);
    for (dln_xml_kind k; (k = dln_xml_next(&xml)) != DLN_XML_END;) {
        if (k == DLN_XML_TEXT) {
            if (!mute)
                add_words(&out, dln_xml_plain(arena, xml.text));
            continue;
        }
        size_t n = xml.name.len < sizeof name ? xml.name.len : 0;
        for (size_t i = 0; i < n; i++)
            name[i] = dln_lower(xml.name.data[i]);
        dln_str low = {name, n};
        if (is_one_of(low, muted))
            mute = k == DLN_XML_OPEN && !xml.closing;
        else if (is_one_of(low, blocks))
            new_line(&out);
    }
    return finish(arena, &out);
}

dln_str dln_ingest__word_lines(dln_arena *arena, dln_str source)
{
    dln_buf out;
    dln_xml xml;
    bool text = false;
    dln_xml_init(&xml, source);
    dln_buf_init(&out, 0);
    for (dln_xml_kind k; (k = dln_xml_next(&xml)) != DLN_XML_END;) {
        if (k == DLN_XML_TEXT) {
            if (text)
                dln_buf_str(&out, dln_xml_plain(arena, xml.text));
        } else if (dln_str_is(xml.name, "t")) {
            text = k == DLN_XML_OPEN;
        } else if (dln_str_is(xml.name, "Fallback") && k == DLN_XML_OPEN) {
            dln_xml_inner(&xml);
        } else if (dln_str_is(xml.name, "tab") && k == DLN_XML_OPEN) {
            dln_buf_char(&out, ' ');
        } else if ((dln_str_is(xml.name, "p") && k == DLN_XML_CLOSE)
                   || (dln_str_is(xml.name, "br") && k == DLN_XML_OPEN)) {
            new_line(&out);
        }
    }
    dln_str all = finish(arena, &out);
    return dln_utf8_valid(all) ? all : DLN_STR("");
}
