/* SPDX-License-Identifier: Apache-2.0 */
/*
 * WARC (ISO 28500) → the pages of a crawl.
 *
 * A record is trusted in its Content-Length; where no record follows, the
 * next "WARC/1." at the beginning of a line is looked for. Header names have
 * any case and may be folded; addresses may stand in <>. Taken are responses
 * of status 200 and resources that are pages or text, and the text of
 * conversions (WET); the rest is passed over.
 *
 * Crawls lie about their HTTP headers: CC-NEWS before May 2019 keeps
 * Transfer-Encoding and Content-Encoding of payloads that are decoded
 * already. So a body is taken for chunked only if its chunks chain up, and
 * for packed only if it begins as gzip does.
 */
#include <stdio.h>
#include <stdlib.h>
#include <zlib.h>

#include "ingest/ingest_p.h"

#define MAX_HEAD ((size_t)64 << 10)     /* bytes of header fields */
#define MAX_BLOCK (DLN_DOC_MAX_BYTES + MAX_HEAD)

typedef struct crawl {
    dln_members *members;
    char buffer[16384];
    size_t at, len;
    uint64_t inner;         /* unpacked bytes of this member before buffer */
    uint64_t member;        /* where the member of buffer begins */
    dln_buf head, block, body;
    bool told;              /* of the members' trouble */
    bool cut;               /* the last block ended early */
    bool plain;             /* nothing is packed */
} crawl;

static int next_byte(crawl *c)
{
    if (c->at == c->len) {
        c->inner += c->len;
        c->at = 0;
        c->len = dln_members__read(c->members, c->buffer, sizeof c->buffer);
        if (dln_members__start(c->members) != c->member) {
            c->member = dln_members__start(c->members);
            c->inner = 0;
        }
        if (!c->len)
            return EOF;
    }
    return (unsigned char)c->buffer[c->at++];
}

static dln_status open_crawl(dln_reader *reader, dln_error *error)
{
    crawl *c = calloc(1, sizeof *c);
    if (!c)
        return dln_fail(error, DLN_NOMEM, "out of memory");
    reader->state = c;
    c->member = UINT64_MAX;
    dln_buf_init(&c->head, MAX_HEAD);
    dln_buf_init(&c->block, MAX_BLOCK);
    dln_buf_init(&c->body, DLN_DOC_MAX_BYTES);
    dln_str head = dln_stream_peek(reader->in);
    dln_packing packing = dln_str_starts(head, DLN_STR("\x1f\x8b"))
                              ? DLN_PACK_GZIP
                          : dln_str_starts(head, DLN_STR("WARC/"))
                              ? DLN_PACK_NONE : DLN_PACK_ZSTD;
    if (head.len < 4)
        packing = DLN_PACK_NONE;
    c->plain = packing == DLN_PACK_NONE;
    return dln_members__open(&c->members, reader->in, packing, error);
}

static void close_crawl(dln_reader *reader)
{
    crawl *c = reader->state;
    if (!c)
        return;
    dln_members__close(c->members);
    dln_buf_release(&c->head);
    dln_buf_release(&c->block);
    dln_buf_release(&c->body);
    free(c);
    reader->state = NULL;
}

/* Header lines up to an empty one into c->head; false at the end. Lines
 * before the one that begins "WARC/" are passed over. *member and *inner:
 * where it begins. */
static bool read_head(crawl *c, uint64_t *member, uint64_t *inner)
{
    size_t start = 0;       /* of the line */
    bool found = false, skip = false;
    dln_buf_clear(&c->head);
    for (int byte; (byte = next_byte(c)) != EOF;) {
        if (c->head.len == start && !skip && !found) {
            *member = c->member;
            *inner = c->inner + c->at - 1;
        }
        if (byte != '\n') {
            if (!skip)
                dln_buf_char(&c->head, (char)byte);
            /* What cannot be the first line is not kept. */
            if (!found && c->head.len - start == 5
                && memcmp(c->head.data + start, "WARC/", 5))
                skip = true;
            continue;
        }
        dln_str line = dln_str_sub(dln_buf_view(&c->head), start,
                                   c->head.len);
        bool blank = !dln_str_trim(line).len;
        if (!found) {
            found = !skip && dln_str_starts(line, DLN_STR("WARC/"));
            if (!found) {
                dln_buf_clear(&c->head);
                skip = false;
                continue;
            }
        } else if (blank) {
            return true;
        }
        dln_buf_char(&c->head, '\n');
        start = c->head.len;
    }
    return false;
}

/* Value of a header field, of the first if there are many; "" without. */
static dln_str field_of(dln_str head, const char *name)
{
    dln_str line, key = dln_str_of(name);
    while (dln_str_cut(&head, '\n', &line)) {
        if (line.len <= key.len || line.data[key.len] != ':'
            || !dln_str_ieq(dln_str_sub(line, 0, key.len), key))
            continue;
        return dln_str_trim(dln_str_sub(line, key.len + 1, line.len));
    }
    return DLN_STR("");
}

static uint64_t length_of(dln_str digits)
{
    uint64_t n = 0;
    for (size_t i = 0; i < digits.len && dln_is_digit(digits.data[i])
                       && n < ((uint64_t)1 << 50); i++)
        n = n * 10 + (uint64_t)(digits.data[i] - '0');
    return n;
}

/* `length` bytes of the record, into c->block as far as it takes them. */
static void read_block(crawl *c, uint64_t length, bool keep)
{
    dln_buf_clear(&c->block);
    c->cut = false;
    while (length) {
        if (c->at == c->len) {
            if (next_byte(c) == EOF) {
                c->cut = true;
                return;
            }
            c->at--;
        }
        size_t n = c->len - c->at;
        n = n < length ? n : (size_t)length;
        if (keep && !c->block.oom)
            dln_buf_add(&c->block, c->buffer + c->at, n);
        c->at += n;
        length -= n;
    }
}

/* Length of the chunk that begins at s[*at], which is moved to its data;
 * UINT64_MAX when none does. */
static uint64_t chunk_length(dln_str s, size_t *at)
{
    uint64_t n = 0;
    size_t i = *at;
    for (; i < s.len && i - *at < 8; i++) {
        char c = dln_lower(s.data[i]);
        if (dln_is_digit(c))
            n = n * 16 + (uint64_t)(c - '0');
        else if (c >= 'a' && c <= 'f')
            n = n * 16 + (uint64_t)(c - 'a' + 10);
        else
            break;
    }
    if (i == *at)
        return UINT64_MAX;
    while (i < s.len && s.data[i] != '\n' && i - *at < 200)
        i++;
    if (i >= s.len || s.data[i] != '\n')
        return UINT64_MAX;
    *at = i + 1;
    return n;
}

/* The chunks of a body put together; false when they do not chain up. A body
 * that was cut off inside one is one. */
static bool unchunk(dln_str s, dln_buf *out)
{
    dln_buf_clear(out);
    for (size_t at = 0; at < s.len;) {
        uint64_t n = chunk_length(s, &at);
        if (n == UINT64_MAX)
            return false;
        if (n == 0)
            return true;
        bool cut = n > s.len - at;
        dln_buf_str(out, dln_str_sub(s, at, cut ? s.len : at + (size_t)n));
        at = cut ? s.len : at + (size_t)n;
        if (at < s.len && s.data[at] == '\r')
            at++;
        if (at < s.len && s.data[at++] != '\n')
            return false;
    }
    return out->len > 0;
}

/* A body packed by gzip → plain, as far as it goes and `out` takes it. */
static bool gunzip(dln_str s, dln_buf *out)
{
    char chunk[16384];
    z_stream z = {.next_in = (Bytef *)(uintptr_t)s.data,
                  .avail_in = (uInt)s.len};
    dln_buf_clear(out);
    if (inflateInit2(&z, 15 + 32) != Z_OK)
        return false;
    int rc = Z_OK;
    while (rc == Z_OK && !out->oom) {
        z.next_out = (Bytef *)chunk;
        z.avail_out = sizeof chunk;
        rc = inflate(&z, Z_SYNC_FLUSH);
        dln_buf_add(out, chunk, sizeof chunk - z.avail_out);
    }
    inflateEnd(&z);
    return out->len > 0;
}

/* 200 of "HTTP/1.1 200 OK"; 0 when it is no response. */
static uint64_t status_of(dln_str block)
{
    size_t space = dln_str_find(dln_str_sub(block, 0, 16), DLN_STR(" "), 0);
    if (!dln_str_starts(block, DLN_STR("HTTP/")) || space >= 16)
        return 0;
    return length_of(dln_str_sub(block, space + 1, space + 4));
}

static bool begins(dln_str s, const char *with)
{
    dln_str w = dln_str_of(with);
    return dln_str_ieq(dln_str_sub(s, 0, w.len), w);
}

static bool is_page(dln_str type)
{
    return begins(type, "text/html") || begins(type, "application/xhtml");
}

/* Behind the empty line of an HTTP header. */
static size_t head_end(dln_str s)
{
    for (size_t i = 0; i + 1 < s.len && i < MAX_HEAD; i++)
        if (s.data[i] == '\n' && (s.data[i + 1] == '\n'
                                  || (s.data[i + 1] == '\r' && i + 2 < s.len
                                      && s.data[i + 2] == '\n')))
            return i + (s.data[i + 1] == '\n' ? 2 : 3);
    return s.len;
}

/* The payload of a response: *type and the bytes, decoded. */
static dln_str payload_of(crawl *c, dln_arena *arena, dln_str block,
                          dln_str *type)
{
    size_t end = head_end(block);
    dln_str head = dln_str_sub(block, 0, end);
    dln_str body = dln_str_sub(block, end, block.len);
    *type = dln_arena_str(arena, field_of(head, "Content-Type"));
    if (begins(field_of(head, "Transfer-Encoding"), "chunked")
        && unchunk(body, &c->body)) {
        dln_buf_clear(&c->block);       /* its header has been read */
        dln_buf_str(&c->block, dln_buf_view(&c->body));
        body = dln_buf_view(&c->block);
    }
    if (dln_str_starts(body, DLN_STR("\x1f\x8b")) && gunzip(body, &c->body))
        body = dln_buf_view(&c->body);
    return body;
}

/* "<http://...>" without its brackets, as some write it. */
static dln_str bare(dln_str uri)
{
    if (dln_str_starts(uri, DLN_STR("<")))
        uri = dln_str_sub(uri, 1,
                          uri.len - dln_str_ends(uri, DLN_STR(">")));
    return uri;
}

/* A record whose header is in c->head; true when it gives an item. */
static bool read_record(crawl *c, dln_reader *reader, dln_item *item)
{
    dln_arena *arena = reader->arena;
    dln_str head = dln_buf_view(&c->head);
    dln_str kind = field_of(head, "WARC-Type");
    dln_str type = field_of(head, "Content-Type");
    bool response = begins(kind, "response");
    bool plain = begins(kind, "conversion") || begins(kind, "resource");
    bool page = plain && is_page(type);
    bool keep = response || page || (plain && begins(type, "text/plain"));
    dln_str uri = dln_arena_str(arena,
                                bare(field_of(head, "WARC-Target-URI")));
    dln_interval when;
    if (dln_interval_parse(field_of(head, "WARC-Date"), &when))
        item->fetched = when.start;
    read_block(c, length_of(field_of(head, "Content-Length")), keep);
    if (!keep || begins(uri, "dns:") || begins(uri, "metadata:")
        || !c->block.len)
        return false;
    dln_str body = dln_buf_view(&c->block);
    if (response) {
        if (status_of(body) != 200)
            return false;
        body = payload_of(c, arena, body, &type);
        page = is_page(type) || !type.len;
        if (!page && !begins(type, "text/plain"))
            return false;
    } else {
        type = dln_arena_str(arena, type);
    }
    item->uri = uri;
    item->crawled = true;
    if (body.len > DLN_DOC_MAX_BYTES)
        body.len = DLN_DOC_MAX_BYTES;
    *(page ? &item->html : &item->text) = body;
    item->html_type = page ? type : (dln_str){"", 0};
    return dln_str_trim(body).len > 0;
}

static dln_status next_page(dln_reader *reader, dln_item *item,
                            dln_inner *child, dln_error *error)
{
    crawl *c = reader->state;
    uint64_t member = 0, inner = 0;
    (void)child;
    while (read_head(c, &member, &inner)) {
        dln_arena_reset(reader->arena);
        bool given = read_record(c, reader, item);
        if (!given) {
            *item = (dln_item){.source = DLN_NO_SPAN, .target = DLN_NO_SPAN,
                               .fetched = DLN_NO_DAY,
                               .wire_version = DLN_NONE};
            continue;
        }
        uint64_t end = dln_members__end(c->members);
        if (c->plain) {     /* members are mere chunks of it */
            member += inner;
            end = c->member + c->at;
            inner = 0;
        }
        item->part = inner
            ? dln_arena_printf(reader->arena, "%llu@%llu",
                               (unsigned long long)member,
                               (unsigned long long)inner)
            : dln_arena_printf(reader->arena, "%llu+%llu",
                               (unsigned long long)member,
                               (unsigned long long)(end - member));
        return DLN_OK;
    }
    const char *trouble = dln_members__trouble(c->members);
    if (c->cut && !trouble)
        trouble = "it ends in the middle of a record";
    if (!trouble || c->told)
        return DLN_END;
    c->told = true;
    return dln_fail(error, DLN_FAILED, "%s", trouble);
}

const dln_reader_kind dln_reader_warc = {"WARC", open_crawl, next_page,
                                         close_crawl};
