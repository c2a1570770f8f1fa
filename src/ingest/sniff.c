/* SPDX-License-Identifier: Apache-2.0 */
/*
 * First bytes and a name → who reads the file.
 *
 * Formats with a signature go by it, whatever they are called; formats of
 * plain text by their first lines; the name decides among what is left.
 */
#include <zlib.h>
#include <zstd.h>

#include "ingest/ingest_p.h"
#include "ingest/xml_scan.h"

static bool at(dln_str head, size_t offset, const char *bytes, size_t len)
{
    return head.len >= offset + len
           && !memcmp(head.data + offset, bytes, len);
}
#define AT(offset, literal) at(head, (offset), "" literal, \
                               sizeof(literal) - 1)

/* "txt" of "a/b.txt", "" without a dot. */
static dln_str ending_of(dln_str name)
{
    size_t dot = name.len;
    while (dot > 0 && name.data[dot - 1] != '.' && name.data[dot - 1] != '/')
        dot--;
    if (dot < 2 || name.data[dot - 1] != '.' || name.data[dot - 2] == '/')
        return DLN_STR("");
    return dln_str_sub(name, dot, name.len);
}

/* The beginning of what is packed in the first bytes. */
static dln_str unpacked(dln_str head, char *to, size_t room)
{
    if (AT(0, "\x1f\x8b")) {
        z_stream z = {.next_in = (Bytef *)(uintptr_t)head.data,
                      .avail_in = (uInt)head.len,
                      .next_out = (Bytef *)to, .avail_out = (uInt)room};
        if (inflateInit2(&z, 15 + 16) != Z_OK)
            return DLN_STR("");
        inflate(&z, Z_SYNC_FLUSH);
        inflateEnd(&z);
        return (dln_str){to, room - z.avail_out};
    }
    ZSTD_DStream *z = ZSTD_createDStream();
    ZSTD_outBuffer out = {to, room, 0};
    ZSTD_inBuffer in = {head.data, head.len, 0};
    if (z)
        ZSTD_decompressStream(z, &out, &in);
    ZSTD_freeDStream(z);
    return (dln_str){to, out.pos};
}

static bool is_crawl(dln_str head, dln_str name)
{
    char first[64];
    if (dln_str_starts(head, DLN_STR("WARC/")))
        return true;
    if (dln_str_find(name, DLN_STR(".warc."), 0) < name.len)
        return AT(0, "\x1f\x8b") || AT(1, "\xb5\x2f\xfd")
               || AT(1, "\x2a\x4d\x18");
    return (AT(0, "\x1f\x8b") || AT(0, "\x28\xb5\x2f\xfd"))
           && dln_str_starts(unpacked(head, first, sizeof first),
                             DLN_STR("WARC/"));
}

static bool is_archive(dln_str head)
{
    return AT(0, "PK\x03\x04") || AT(0, "PK\x05\x06") || AT(0, "\x1f\x8b")
           || AT(0, "\x28\xb5\x2f\xfd") || AT(0, "\xfd" "7zXZ\0")
           || AT(0, "BZh") || AT(0, "\x04\x22\x4d\x18")
           || AT(0, "7z\xbc\xaf\x27\x1c") || AT(257, "ustar");
}

/* The first file in a zip, as word processors write them. */
static bool is_docx(dln_str head)
{
    return AT(0, "PK\x03\x04")
           && (AT(30, "[Content_Types].xml") || AT(30, "_rels/")
               || AT(30, "word/") || AT(30, "docProps/"));
}

/* Header fields on the first lines, among them some that no text has. */
static bool is_mail(dln_str head)
{
    static const char *const sure[] = {"message-id:", "mime-version:",
                                       "received:", "return-path:",
                                       "delivered-to:"};
    dln_str line;
    bool found = false;
    for (int n = 0; n < 100 && dln_str_cut(&head, '\n', &line); n++) {
        if (!dln_str_trim(line).len)
            break;
        size_t colon = dln_str_find(line, DLN_STR(":"), 0);
        bool folded = n && dln_is_space(line.data[0]);
        if (!folded && (colon == line.len || colon == 0
                        || memchr(line.data, ' ', colon)))
            return false;
        for (size_t i = 0; i < sizeof sure / sizeof *sure; i++)
            found |= dln_str_ieq(dln_str_sub(line, 0, strlen(sure[i])),
                                 dln_str_of(sure[i]));
    }
    return found;
}

/* "From somebody date", then header fields. */
static bool is_mailbox(dln_str head)
{
    size_t end = dln_str_find(head, DLN_STR("\n"), 0);
    dln_str next = dln_str_sub(head, end + 1, head.len);
    size_t colon = dln_str_find(next, DLN_STR(":"), 0);
    return dln_str_starts(head, DLN_STR("From ")) && colon > 1
           && colon < 60 && !memchr(next.data, ' ', colon)
           && !memchr(next.data, '\n', colon);
}

static bool is_news_xml(dln_str root)
{
    static const char *const roots[] = {
        "rss", "feed", "rdf:RDF", "nitf", "newsItem", "newsMessage",
        "packageItem", "NewsML", "NewsItem", "channel"};
    size_t colon = dln_str_find(root, DLN_STR(":"), 0);
    dln_str bare = colon < root.len
                       ? dln_str_sub(root, colon + 1, root.len) : root;
    for (size_t i = 0; i < sizeof roots / sizeof *roots; i++)
        if (dln_str_is(root, roots[i]) || dln_str_is(bare, roots[i]))
            return true;
    return false;
}

/* Web pages that are a database's export. */
static bool is_page_of_many(dln_str head)
{
    static const char *const marks[] = {"enArticle\"", "DOC NUMBER=1",
                                        "class=\"article enArticle"};
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
        if (dln_str_find(head, dln_str_of(marks[i]), 0) < head.len)
            return true;
    return false;
}

static const dln_reader_kind *by_name(dln_str name, dln_str head)
{
    static const struct {
        const char *ending;
        const dln_reader_kind *kind;
    } kinds[] = {
        {"txt", &dln_reader_text}, {"text", &dln_reader_text},
        {"jsonl", &dln_reader_lines}, {"ndjson", &dln_reader_lines},
        {"json", &dln_reader_json}, {"html", &dln_reader_page},
        {"htm", &dln_reader_page}, {"xhtml", &dln_reader_page},
        {"shtml", &dln_reader_page}, {"xml", &dln_reader_xml},
        {"eml", &dln_reader_eml}, {"warc", &dln_reader_warc},
        {"mbox", &dln_reader_mbox},
    };
    dln_str ending = ending_of(name);
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (dln_str_ieq(ending, dln_str_of(kinds[i].ending)))
            return kinds[i].kind;
    if (ending.len && !dln_str_is(name, "-"))
        return NULL;
    dln_str start = dln_str_trim(dln_str_sub(head, 0, 512));
    if (dln_str_starts(start, DLN_STR("{")))
        return &dln_reader_lines;
    if (dln_str_starts(start, DLN_STR("[{")))
        return &dln_reader_json;
    return &dln_reader_text;
}

const dln_reader_kind *dln_ingest__sniff(dln_str name, dln_str head,
                                         bool pure)
{
    if (pure)
        return &dln_reader_lines;
    if (is_crawl(head, name))
        return &dln_reader_warc;
    if (is_docx(head))
        return &dln_reader_docx;
    if (is_archive(head))
        return &dln_reader_archive;
    if (dln_str_starts(head, DLN_STR("\xEF\xBB\xBF")))
        head = dln_str_sub(head, 3, head.len);
    if (dln_str_starts(head, DLN_STR("{\\rtf")))
        return &dln_reader_export;
    if (is_mailbox(head))
        return &dln_reader_mbox;
    if (is_mail(head))
        return &dln_reader_eml;
    dln_str root = dln_xml_root(head);
    if (is_news_xml(root))
        return &dln_reader_xml;
    bool page = dln_str_ieq(root, DLN_STR("html"));
    const dln_reader_kind *kind = by_name(name, head);
    if ((page || kind == &dln_reader_page) && is_page_of_many(head))
        return &dln_reader_export;
    if (page && kind != &dln_reader_text)
        return &dln_reader_page;
    dln_str ending = ending_of(name);
    if (page && !ending.len)
        return &dln_reader_page;
    if (kind == &dln_reader_text && dln_ingest__is_export(head))
        return &dln_reader_export;
    return kind;
}
