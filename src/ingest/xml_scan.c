/* SPDX-License-Identifier: Apache-2.0 */
#include "ingest/xml_scan.h"

#include "base/buf.h"
#include "base/charref.h"

void dln_xml_init(dln_xml *xml, dln_str source)
{
    *xml = (dln_xml){.source = source};
}

static bool name_start(dln_str s, size_t at)
{
    return at < s.len && (dln_is_alpha(s.data[at]) || s.data[at] == '_'
                          || (unsigned char)s.data[at] >= 0x80);
}

static size_t name_end(dln_str s, size_t at)
{
    while (at < s.len && !dln_is_space(s.data[at]) && s.data[at] != '>'
           && s.data[at] != '/' && s.data[at] != '=' && s.data[at] != '<')
        at++;
    return at;
}

/* End of a start tag from behind its name: at its '>' or the end. */
static size_t tag_end(dln_str s, size_t at)
{
    char quote = 0;
    size_t from = at;
    for (; at < s.len; at++) {
        char c = s.data[at];
        if (quote)
            quote = c == quote ? 0 : quote;
        else if ((c == '"' || c == '\'') && at && s.data[at - 1] == '=')
            quote = c;
        else if (c == '>')
            return at;
    }
    /* A quote that is never closed: the tag ends at the first '>'. */
    const char *hit = memchr(s.data + from, '>', s.len - from);
    return hit ? (size_t)(hit - s.data) : s.len;
}

static void split_name(dln_xml *xml, dln_str name)
{
    size_t colon = dln_str_find(name, DLN_STR(":"), 0);
    bool has = colon < name.len;
    xml->prefix = dln_str_sub(name, 0, has ? colon : 0);
    xml->name = has ? dln_str_sub(name, colon + 1, name.len) : name;
}

/* Behind what begins with "<!" or "<?" at `at`. */
static size_t past_other(dln_str s, size_t at)
{
    dln_str rest = dln_str_sub(s, at, s.len);
    if (dln_str_starts(rest, DLN_STR("<!--")))
        return dln_str_find(s, DLN_STR("-->"), at + 4) + 3;
    if (dln_str_starts(rest, DLN_STR("<?")))
        return dln_str_find(s, DLN_STR("?>"), at + 2) + 2;
    int depth = 0;      /* <!DOCTYPE x [ ... ]> */
    for (; at < s.len; at++) {
        depth += s.data[at] == '[';
        depth -= s.data[at] == ']';
        if (s.data[at] == '>' && depth <= 0)
            break;
    }
    return at + 1;
}

static dln_xml_kind give_text(dln_xml *xml, size_t end)
{
    xml->text = dln_str_sub(xml->source, xml->at, end);
    xml->at = end;
    xml->literal = false;
    return DLN_XML_TEXT;
}

dln_xml_kind dln_xml_next(dln_xml *xml)
{
    dln_str s = xml->source;
    if (xml->closing) {
        xml->closing = false;
        xml->start = xml->at;
        return DLN_XML_CLOSE;
    }
    while (xml->at < s.len) {
        size_t at = xml->start = xml->at;
        if (s.data[at] != '<') {
            const char *lt = memchr(s.data + at, '<', s.len - at);
            return give_text(xml, lt ? (size_t)(lt - s.data) : s.len);
        }
        if (dln_str_starts(dln_str_sub(s, at, s.len),
                           DLN_STR("<![CDATA["))) {
            size_t end = dln_str_find(s, DLN_STR("]]>"), at + 9);
            xml->text = dln_str_sub(s, at + 9, end);
            xml->literal = true;
            xml->at = end + 3;
            return DLN_XML_TEXT;
        }
        if (at + 1 < s.len && (s.data[at + 1] == '!'
                               || s.data[at + 1] == '?')) {
            xml->at = past_other(s, at);
            continue;
        }
        bool close = at + 1 < s.len && s.data[at + 1] == '/';
        size_t from = at + 1 + close;
        if (!name_start(s, from)) {     /* a stray '<' */
            const char *lt = memchr(s.data + at + 1, '<', s.len - at - 1);
            return give_text(xml, lt ? (size_t)(lt - s.data) : s.len);
        }
        size_t end = name_end(s, from);
        split_name(xml, dln_str_sub(s, from, end));
        size_t stop = tag_end(s, end);
        xml->inside = dln_str_sub(s, end, stop);
        xml->at = stop + 1;
        if (close)
            return DLN_XML_CLOSE;
        xml->closing = dln_str_ends(xml->inside, DLN_STR("/"));
        return DLN_XML_OPEN;
    }
    xml->at = s.len;
    return DLN_XML_END;
}

dln_str dln_xml_plain(dln_arena *arena, dln_str text)
{
    dln_buf out;
    char made[4];
    dln_str piece;
    size_t n;
    if (!text.len || !memchr(text.data, '&', text.len))
        return text;
    dln_buf_init(&out, 0);
    for (size_t i = 0, from = 0;; i++) {
        if (i < text.len && text.data[i] != '&')
            continue;
        dln_buf_str(&out, dln_str_sub(text, from, i));
        if (i >= text.len)
            break;
        from = i;
        if ((n = dln_charref(text, i, made, &piece)) > 0) {
            dln_buf_str(&out, piece);
            i += n - 1;
            from = i + 1;
        } else {
            dln_buf_char(&out, '&');
            from = i + 1;
        }
    }
    dln_str plain = dln_arena_str(arena, dln_buf_view(&out));
    dln_buf_release(&out);
    return plain;
}

dln_str dln_xml_attribute(const dln_xml *xml, dln_arena *arena,
                          const char *name)
{
    dln_str s = xml->inside;
    for (size_t at = 0; at < s.len;) {
        while (at < s.len && !name_start(s, at))
            at++;
        size_t end = name_end(s, at);
        dln_str key = dln_str_sub(s, at, end);
        size_t colon = dln_str_find(key, DLN_STR(":"), 0);
        if (colon < key.len)
            key = dln_str_sub(key, colon + 1, key.len);
        for (at = end; at < s.len && dln_is_space(s.data[at]); at++)
            ;
        if (at >= s.len || s.data[at] != '=') {
            at += end == at;
            continue;
        }
        for (at++; at < s.len && dln_is_space(s.data[at]); at++)
            ;
        if (at >= s.len)
            break;
        char quote = s.data[at] == '"' || s.data[at] == '\'' ? s.data[at]
                                                             : ' ';
        at += quote != ' ';
        size_t from = at;
        while (at < s.len && s.data[at] != quote
               && (quote != ' ' || !dln_is_space(s.data[at])))
            at++;
        if (dln_str_is(key, name))
            return dln_str_trim(dln_xml_plain(arena,
                                              dln_str_sub(s, from, at)));
        at++;
    }
    return DLN_STR("");
}

dln_str dln_xml_inner(dln_xml *xml)
{
    size_t from = xml->at;
    dln_str name = xml->name, prefix = xml->prefix;
    int depth = 1;
    if (xml->closing) {
        dln_xml_next(xml);
        return DLN_STR("");
    }
    for (dln_xml_kind kind; (kind = dln_xml_next(xml)) != DLN_XML_END;) {
        if (kind == DLN_XML_TEXT || !dln_str_eq(xml->name, name)
            || !dln_str_eq(xml->prefix, prefix))
            continue;
        depth += kind == DLN_XML_OPEN ? 1 : -1;
        if (!depth)
            return dln_str_sub(xml->source, from, xml->start);
    }
    return dln_str_sub(xml->source, from, xml->source.len);
}

dln_str dln_xml_content(dln_str inner, dln_arena *arena)
{
    dln_buf out;
    dln_xml xml;
    dln_xml_init(&xml, inner);
    dln_buf_init(&out, 0);
    for (dln_xml_kind kind; (kind = dln_xml_next(&xml)) != DLN_XML_END;)
        if (kind == DLN_XML_TEXT)
            dln_buf_str(&out, xml.literal ? xml.text
                                          : dln_xml_plain(arena, xml.text));
    dln_str text = dln_arena_str(arena, dln_str_trim(dln_buf_view(&out)));
    dln_buf_release(&out);
    return text;
}

dln_str dln_xml_text(dln_xml *xml, dln_arena *arena)
{
    return dln_xml_content(dln_xml_inner(xml), arena);
}

dln_str dln_xml_root(dln_str head)
{
    dln_xml xml;
    if (dln_str_starts(head, DLN_STR("\xEF\xBB\xBF")))
        head = dln_str_sub(head, 3, head.len);
    head = dln_str_trim(head);
    dln_xml_init(&xml, head);
    if (!head.len || head.data[0] != '<'
        || dln_xml_next(&xml) != DLN_XML_OPEN)
        return DLN_STR("");
    size_t from = xml.start + 1;
    return dln_str_sub(head, from, name_end(head, from));
}
