/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Mail (RFC 5322, MIME: RFC 2045 to 2047) → items: mailboxes of many
 * messages, and files of one.
 *
 * Of a message the plain text counts, else the HTML; attachments do not.
 * Subject is the title, Date the date, the sender the outlet. A mailbox is
 * parted at lines "From ..." behind an empty line; ">From" is undone.
 */
#include <stdlib.h>

#include "base/charset.h"
#include "base/io.h"
#include "base/utf8.h"
#include "ingest/ingest_p.h"

#define MAX_VALUE 4096      /* bytes read of a header */
#define MAX_PARTS 8         /* multiparts in multiparts */

/* What a message's body is, the best part so far. */
typedef struct body {
    dln_arena *arena;
    dln_str plain, html;
    uint32_t parts;         /* looked at */
} body;

static bool begins(dln_str s, const char *with)
{
    dln_str w = dln_str_of(with);
    return dln_str_ieq(dln_str_sub(s, 0, w.len), w);
}

static int base64_value(char c)
{
    if (dln_is_upper(c))
        return c - 'A';
    if (dln_is_lower(c))
        return c - 'a' + 26;
    if (dln_is_digit(c))
        return c - '0' + 52;
    return c == '+' || c == '-' ? 62 : c == '/' || c == '_' ? 63 : -1;
}

static dln_str from_base64(dln_arena *arena, dln_str s)
{
    char *out = dln_arena_alloc(arena, s.len / 4 * 3 + 4);
    size_t n = 0;
    uint32_t bits = 0, have = 0;
    for (size_t i = 0; out && i < s.len && s.data[i] != '='; i++) {
        int v = base64_value(s.data[i]);
        if (v < 0)
            continue;
        bits = bits << 6 | (uint32_t)v;
        have += 6;
        if (have >= 8) {
            have -= 8;
            out[n++] = (char)(bits >> have & 0xFF);
        }
    }
    return (dln_str){out, n};
}

static int hex_value(char c)
{
    if (dln_is_digit(c))
        return c - '0';
    c = dln_lower(c);
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* Quoted-printable; in header words '_' is a space. */
static dln_str from_quoted(dln_arena *arena, dln_str s, bool header)
{
    char *out = dln_arena_alloc(arena, s.len + 1);
    size_t n = 0;
    for (size_t i = 0; out && i < s.len; i++) {
        char c = s.data[i];
        if (c != '=') {
            out[n++] = header && c == '_' ? ' ' : c;
            continue;
        }
        int a = i + 2 < s.len ? hex_value(s.data[i + 1]) : -1;
        int b = i + 2 < s.len ? hex_value(s.data[i + 2]) : -1;
        if (a >= 0 && b >= 0) {
            out[n++] = (char)(a * 16 + b);
            i += 2;
        } else if (i + 1 < s.len && s.data[i + 1] == '\n') {
            i++;            /* the line goes on */
        } else if (i + 2 < s.len && s.data[i + 1] == '\r'
                   && s.data[i + 2] == '\n') {
            i += 2;
        } else {
            out[n++] = c;
        }
    }
    return (dln_str){out, n};
}

/* "=?utf-8?B?...?=" at s[at]: its text and length; 0 when it is none. */
static size_t encoded_word(dln_arena *arena, dln_str s, size_t at,
                           dln_str *text)
{
    size_t set = at + 2, kind, end;
    if (!dln_str_starts(dln_str_sub(s, at, s.len), DLN_STR("=?")))
        return 0;
    dln_str rest = dln_str_sub(s, 0, at + 1000);
    kind = dln_str_find(rest, DLN_STR("?"), set) + 1;
    end = dln_str_find(rest, DLN_STR("?="), kind + 2);
    if (kind + 2 >= rest.len || end >= rest.len
        || rest.data[kind + 1] != '?')
        return 0;
    dln_str name = dln_str_sub(s, set, kind - 1);
    dln_str data = dln_str_sub(s, kind + 2, end);
    dln_str bytes = dln_lower(s.data[kind]) == 'b'
                        ? from_base64(arena, data)
                        : from_quoted(arena, data, true);
    if (!dln_charset_convert(arena, bytes, name, text))
        *text = (dln_str){"", 0};
    return end + 2 - at;
}

/* A header's value: folds and encoded words undone. */
static dln_str header_text(dln_arena *arena, dln_str s)
{
    dln_buf out;
    bool word = false;      /* an encoded word was last */
    s = dln_str_sub(s, 0, MAX_VALUE);
    dln_buf_init(&out, 0);
    for (size_t i = 0; i < s.len;) {
        dln_str text;
        size_t n = encoded_word(arena, s, i, &text);
        if (n) {
            dln_buf_str(&out, text);
            i += n;
            word = true;
            continue;
        }
        size_t from = i;
        while (i < s.len && dln_is_space(s.data[i]))
            i++;
        if (i > from) {
            bool next = dln_str_starts(dln_str_sub(s, i, s.len),
                                       DLN_STR("=?"));
            if (!(word && next))
                dln_buf_char(&out, ' ');
            continue;
        }
        dln_buf_char(&out, s.data[i++]);
        word = false;
    }
    dln_str raw = dln_str_trim(dln_buf_view(&out)), text = raw;
    if (!dln_utf8_valid(raw))
        dln_charset_decode(arena, raw, DLN_STR(""), &text);
    text = dln_arena_str(arena, text);
    dln_buf_release(&out);
    return text;
}

/* Value of a header, folded lines with it; "" without. */
static dln_str field_of(dln_str head, const char *name)
{
    size_t len = strlen(name);
    for (size_t at = 0; at < head.len;) {
        size_t end = dln_str_find(head, DLN_STR("\n"), at);
        while (end + 1 < head.len && (head.data[end + 1] == ' '
                                      || head.data[end + 1] == '\t'))
            end = dln_str_find(head, DLN_STR("\n"), end + 1);
        dln_str line = dln_str_sub(head, at, end);
        if (line.len > len && line.data[len] == ':' && begins(line, name))
            return dln_str_trim(dln_str_sub(line, len + 1, line.len));
        at = end + 1;
    }
    return DLN_STR("");
}

/* "boundary" of a content type. */
static dln_str parameter(dln_str value, const char *name)
{
    size_t len = strlen(name);
    for (size_t i = 0; i + len + 1 < value.len; i++) {
        if (value.data[i + len] != '='
            || !begins(dln_str_sub(value, i, value.len), name))
            continue;
        size_t from = i + len + 1;
        char stop = value.data[from] == '"' ? '"' : ';';
        from += stop == '"';
        size_t end = from;
        while (end < value.len && value.data[end] != stop
               && (stop == '"' || !dln_is_space(value.data[end])))
            end++;
        return dln_str_sub(value, from, end);
    }
    return DLN_STR("");
}

/* Parts a message at its first empty line. */
static void split(dln_str message, dln_str *head, dln_str *rest)
{
    for (size_t at = 0; at < message.len;) {
        size_t end = dln_str_find(message, DLN_STR("\n"), at);
        if (!dln_str_trim(dln_str_sub(message, at, end)).len) {
            *head = dln_str_sub(message, 0, at);
            *rest = dln_str_sub(message, end + 1, message.len);
            return;
        }
        at = end + 1;
    }
    *head = message;
    *rest = DLN_STR("");
}

static void read_part(body *b, dln_str head, dln_str data, int depth);

/* The parts between lines "--boundary". */
static void read_parts(body *b, dln_str data, dln_str boundary, int depth)
{
    size_t from = SIZE_MAX;
    for (size_t at = 0; at < data.len && b->parts < 200;) {
        size_t end = dln_str_find(data, DLN_STR("\n"), at);
        dln_str line = dln_str_sub(data, at, end);
        bool mark = dln_str_starts(line, DLN_STR("--"))
                    && dln_str_starts(dln_str_sub(line, 2, line.len),
                                      boundary);
        if (mark && from != SIZE_MAX) {
            dln_str head, rest;
            split(dln_str_sub(data, from, at), &head, &rest);
            read_part(b, head, rest, depth + 1);
        }
        if (mark)
            from = end + 1;
        at = end + 1;
    }
    if (from != SIZE_MAX && from < data.len && b->parts < 200) {
        dln_str head, rest;     /* cut off */
        split(dln_str_sub(data, from, data.len), &head, &rest);
        read_part(b, head, rest, depth + 1);
    }
}

static void read_part(body *b, dln_str head, dln_str data, int depth)
{
    dln_str type = field_of(head, "Content-Type");
    dln_str encoding = field_of(head, "Content-Transfer-Encoding");
    dln_str boundary = parameter(type, "boundary");
    b->parts++;
    if (begins(type, "multipart/")) {
        if (boundary.len && depth < MAX_PARTS)
            read_parts(b, data, boundary, depth);
        return;
    }
    bool html = begins(type, "text/html");
    if ((type.len && !html && !begins(type, "text/plain"))
        || begins(field_of(head, "Content-Disposition"), "attachment"))
        return;
    dln_str *to = html ? &b->html : &b->plain, text = data;
    if (to->len)
        return;
    if (begins(encoding, "base64"))
        text = from_base64(b->arena, data);
    else if (begins(encoding, "quoted-printable"))
        text = from_quoted(b->arena, data, false);
    dln_str set = parameter(type, "charset");
    if (!set.len || !dln_charset_convert(b->arena, text, set, to))
        if (!dln_charset_decode(b->arena, text, type, to))
            *to = (dln_str){"", 0};
}

/* "Ann Arden <a@b.example>" → "Ann Arden"; a bare address → its host. */
static dln_str sender(dln_str from)
{
    size_t angle = dln_str_find(from, DLN_STR("<"), 0);
    dln_str name = dln_str_trim(dln_str_sub(from, 0, angle));
    if (angle == from.len || !name.len) {
        size_t at = dln_str_find(from, DLN_STR("@"), 0);
        name = at < from.len ? dln_str_sub(from, at + 1, from.len) : from;
        while (name.len && (name.data[name.len - 1] == '>'
                            || dln_is_space(name.data[name.len - 1])))
            name.len--;
    }
    if (name.len > 1 && name.data[0] == '"'
        && name.data[name.len - 1] == '"')
        name = dln_str_sub(name, 1, name.len - 1);
    return name;
}

static void read_message(dln_item *item, dln_arena *arena, dln_str message)
{
    body b = {.arena = arena};
    dln_str head, rest;
    split(message, &head, &rest);
    read_part(&b, head, rest, 0);
    item->title = header_text(arena, field_of(head, "Subject"));
    item->date = header_text(arena, field_of(head, "Date"));
    item->outlet = sender(header_text(arena, field_of(head, "From")));
    item->id = header_text(arena, field_of(head, "Message-ID"));
    item->date_basis = DLN_BASIS_METADATA;
    item->utf8 = true;
    if (dln_str_trim(b.plain).len) {
        item->text = dln_str_trim(b.plain);
    } else {
        item->html = b.html;
        item->whole = true;
    }
}

/* ---- one message ---- */

static dln_status open_eml(dln_reader *reader, dln_error *error)
{
    return dln_ingest__whole_open(reader, DLN_INGEST_MAX_WHOLE, error);
}

static dln_status next_eml(dln_reader *reader, dln_item *item,
                           dln_inner *child, dln_error *error)
{
    dln_str message;
    (void)child;
    (void)error;
    if (!dln_ingest__whole(reader, &message))
        return DLN_END;
    read_message(item, reader->arena, message);
    return DLN_OK;
}

const dln_reader_kind dln_reader_eml = {"mail", open_eml, next_eml,
                                        dln_ingest__whole_close};

/* ---- a mailbox ---- */

typedef struct mailbox {
    dln_lines lines;
    dln_buf message;
    uint64_t count;
    bool open;              /* lines are */
} mailbox;

static dln_status open_mbox(dln_reader *reader, dln_error *error)
{
    mailbox *m = calloc(1, sizeof *m);
    if (!m)
        return dln_fail(error, DLN_NOMEM, "out of memory");
    reader->state = m;
    dln_buf_init(&m->message, DLN_INGEST_MAX_WHOLE);
    if (dln_lines_init(&m->lines, -1, DLN_DOC_MAX_BYTES) != DLN_OK)
        return dln_fail(error, DLN_NOMEM, "out of memory");
    m->open = true;
    m->lines.read = dln_ingest__read;
    m->lines.user = reader->in;
    return DLN_OK;
}

static void close_mbox(dln_reader *reader)
{
    mailbox *m = reader->state;
    if (!m)
        return;
    if (m->open)
        dln_lines_release(&m->lines);
    dln_buf_release(&m->message);
    free(m);
    reader->state = NULL;
}

static dln_status next_mail(dln_reader *reader, dln_item *item,
                            dln_inner *child, dln_error *error)
{
    mailbox *m = reader->state;
    dln_str line;
    dln_status status = DLN_OK;
    bool blank = false;
    (void)child;
    dln_buf_clear(&m->message);
    while ((status = dln_lines_next(&m->lines, &line)) != DLN_END) {
        if (status != DLN_OK && status != DLN_FAILED)
            break;          /* a line too long is left out */
        bool from = dln_str_starts(line, DLN_STR("From "));
        if (from && (blank || m->lines.number == 1)) {
            if (m->message.len)
                break;
            continue;
        }
        blank = !line.len;
        if (dln_str_starts(line, DLN_STR(">From ")))
            line = dln_str_sub(line, 1, line.len);
        dln_buf_str(&m->message, line);
        dln_buf_char(&m->message, '\n');
    }
    if (!dln_str_trim(dln_buf_view(&m->message)).len)
        return status == DLN_OK ? dln_fail(error, DLN_FAILED, "empty")
               : status == DLN_END ? DLN_END
                                   : dln_fail(error, DLN_FAILED,
                                              "cannot read it");
    item->part = dln_ingest__part(reader, ++m->count);
    if (m->message.oom)
        return dln_fail(error, DLN_FAILED, "larger than %zu bytes",
                        m->message.max);
    read_message(item, reader->arena, dln_buf_view(&m->message));
    return DLN_OK;
}

const dln_reader_kind dln_reader_mbox = {"mailbox", open_mbox, next_mail,
                                         close_mbox};
