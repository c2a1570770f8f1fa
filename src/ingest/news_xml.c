/* SPDX-License-Identifier: Apache-2.0 */
/*
 * XML of news → items: feeds (RSS 0.9 to 2.0, RDF, Atom), NITF, NewsML-G2.
 *
 * A file is a list of entries ("item", "entry", "newsItem", "nitf"); what
 * stands outside them (the channel's title and language) is the outlet's.
 * Inside an entry, elements are known by their own names whatever prefix
 * and dialect; of several the best one counts. Text that is markup goes on as
 * a page that holds the report alone.
 */
#include <stdlib.h>

#include "base/charset.h"
#include "ingest/ingest_p.h"
#include "ingest/xml_scan.h"

typedef struct file {
    dln_arena *keep;
    dln_xml xml;
    dln_str outlet, language;   /* of the channel */
    uint64_t count;
    bool known;             /* it is a feed, if an empty one */
} file;

/* What an entry says, the best of each so far. */
typedef struct entry {
    dln_item *item;
    dln_arena *arena;
    int text_rank, date_rank, uri_rank, title_rank;     /* less is better */
    bool nitf;              /* has a <body.content> */
} entry;

static dln_status open_xml(dln_reader *reader, dln_error *error)
{
    file *f = calloc(1, sizeof *f);
    dln_buf bytes;
    dln_str text = {"", 0};
    if (!f)
        return dln_fail(error, DLN_NOMEM, "out of memory");
    reader->state = f;
    f->keep = dln_arena_new(0);
    if (!f->keep)
        return dln_fail(error, DLN_NOMEM, "out of memory");
    dln_buf_init(&bytes, DLN_INGEST_MAX_WHOLE);
    bool fine = dln_stream_all(reader->in, &bytes);
    bool large = bytes.oom;
    fine = fine && !large
           && dln_charset_decode(f->keep, dln_buf_view(&bytes),
                                 DLN_STR(""), &text);
    text = dln_arena_str(f->keep, text);
    dln_buf_release(&bytes);
    if (dln_arena_oom(f->keep))
        return dln_fail(error, DLN_NOMEM, "out of memory");
    if (!fine)
        return dln_fail(error, DLN_FAILED, large ? "larger than the largest "
                        "file read whole" : "no text that can be read");
    dln_xml_init(&f->xml, text);
    return DLN_OK;
}

static void close_xml(dln_reader *reader)
{
    file *f = reader->state;
    if (!f)
        return;
    dln_arena_free(f->keep);
    free(f);
    reader->state = NULL;
}

static bool is_entry(dln_str name)
{
    return dln_str_is(name, "item") || dln_str_is(name, "entry")
           || dln_str_is(name, "newsItem") || dln_str_is(name, "nitf")
           || dln_str_is(name, "NewsItem");
}

static bool looks_like_markup(dln_str s)
{
    for (size_t i = 0; i + 2 < s.len; i++)
        if (s.data[i] == '<' && (dln_is_alpha(s.data[i + 1])
                                 || s.data[i + 1] == '/'))
            return true;
    return false;
}

static void take_text(entry *e, int rank, dln_str text, bool markup)
{
    if (rank >= e->text_rank || !dln_str_trim(text).len)
        return;
    e->text_rank = rank;
    e->item->html = e->item->text = (dln_str){"", 0};
    *(markup ? &e->item->html : &e->item->text) = text;
    e->item->whole = markup;
}

/* An element with text or markup: escaped, in CDATA, or as XHTML. */
static void read_text(entry *e, dln_xml *xml, int rank)
{
    dln_str inner = dln_str_trim(dln_xml_inner(xml));
    bool inside = false;    /* elements, not escaped ones */
    if (!dln_str_starts(inner, DLN_STR("<![CDATA[")))
        inside = looks_like_markup(inner);
    dln_str text = inside ? inner : dln_xml_content(inner, e->arena);
    bool markup = inside || looks_like_markup(text);
    /* "A &amp;amp; B": escaped twice, by many. */
    if (!markup && memchr(text.data ? text.data : "", '&', text.len))
        text = dln_xml_plain(e->arena, text);
    take_text(e, rank, text, markup);
}

static void set(dln_str *to, dln_str value)
{
    if (!to->len)
        *to = dln_str_trim(value);
}

static void ranked(dln_str *to, int *best, int rank, dln_str value)
{
    if (rank >= *best || !dln_str_trim(value).len)
        return;
    *to = dln_str_trim(value);
    *best = rank;
}

/* Title without markup: some escape it twice. */
static dln_str title_of(dln_xml *xml, dln_arena *arena)
{
    dln_str s = dln_xml_text(xml, arena);
    if (!looks_like_markup(s)
        && !memchr(s.data ? s.data : "", '&', s.len))
        return s;
    return dln_str_trim(dln_ingest__markup_lines(arena, s));
}

static void read_link(entry *e, dln_xml *xml)
{
    dln_str href = dln_xml_attribute(xml, e->arena, "href");
    dln_str rel = dln_xml_attribute(xml, e->arena, "rel");
    bool main = !rel.len || dln_str_is(rel, "alternate");
    if (!href.len)
        ranked(&e->item->uri, &e->uri_rank, 1, dln_xml_text(xml, e->arena));
    else if (main || dln_str_is(rel, "canonical"))
        ranked(&e->item->uri, &e->uri_rank, main ? 0 : 2, href);
}

static void read_author(entry *e, dln_xml *xml)
{
    dln_xml inner;
    dln_str name = {"", 0};
    dln_xml_init(&inner, dln_xml_inner(xml));
    dln_xml whole = inner;
    for (dln_xml_kind k; (k = dln_xml_next(&inner)) != DLN_XML_END;)
        if (k == DLN_XML_OPEN && dln_str_is(inner.name, "name"))
            set(&name, dln_xml_text(&inner, e->arena));
    while (!name.len && dln_xml_next(&whole) == DLN_XML_TEXT)
        set(&name, whole.literal ? whole.text
                                 : dln_xml_plain(e->arena, whole.text));
    /* "desk@outlet.example (Ann Arden)" of RSS */
    size_t open = dln_str_find(name, DLN_STR("("), 0);
    if (memchr(name.data ? name.data : "", '@', name.len))
        name = open < name.len
                   ? dln_str_sub(name, open + 1,
                                 dln_str_find(name, DLN_STR(")"), open))
                   : DLN_STR("");
    dln_str *to = &e->item->byline;
    if (name.len && to->len && dln_str_find(*to, name, 0) == to->len)
        *to = dln_arena_printf(e->arena, "%.*s, %.*s", DLN_ARG(*to),
                               DLN_ARG(name));
    else
        set(to, name);
}

/* "stat:usable", "canceled", "Withheld" → as the record has it. */
static dln_str status_of(dln_str value)
{
    size_t colon = dln_str_find(value, DLN_STR(":"), 0);
    if (colon < value.len)
        value = dln_str_sub(value, colon + 1, value.len);
    if (dln_str_ieq(value, DLN_STR("canceled"))
        || dln_str_ieq(value, DLN_STR("cancelled")))
        return DLN_STR(DLN_WIRE_KILLED);
    if (dln_str_ieq(value, DLN_STR("withheld")))
        return DLN_STR(DLN_WIRE_WITHHELD);
    return DLN_STR("");
}

static void set_version(dln_item *item, dln_str digits)
{
    uint32_t n = 0;
    for (size_t i = 0; i < digits.len && i < 8
                       && dln_is_digit(digits.data[i]); i++)
        n = n * 10 + (uint32_t)(digits.data[i] - '0');
    if (n)
        item->wire_version = n;
}

/* NITF and NewsML: what stands in attributes. */
static void read_news_attributes(entry *e, const dln_xml *xml)
{
    dln_item *item = e->item;
    dln_arena *arena = e->arena;
    if (dln_str_is(xml->name, "newsItem")) {
        set(&item->wire_id, dln_xml_attribute(xml, arena, "guid"));
        set_version(item, dln_xml_attribute(xml, arena, "version"));
    } else if (dln_str_is(xml->name, "date.issue")) {
        ranked(&item->date, &e->date_rank, 1,
               dln_xml_attribute(xml, arena, "norm"));
    } else if (dln_str_is(xml->name, "date.release")) {
        ranked(&item->date, &e->date_rank, 2,
               dln_xml_attribute(xml, arena, "norm"));
        set(&item->embargo, dln_xml_attribute(xml, arena, "embargo"));
    } else if (dln_str_is(xml->name, "doc-id")) {
        set(&item->wire_id, dln_xml_attribute(xml, arena, "id-string"));
    } else if (dln_str_is(xml->name, "du-key")) {
        set(&item->wire_id, dln_xml_attribute(xml, arena, "key"));
        set_version(item, dln_xml_attribute(xml, arena, "version"));
    } else if (dln_str_is(xml->name, "pubStatus")) {
        set(&item->wire_status,
            status_of(dln_xml_attribute(xml, arena, "qcode")));
    } else if (dln_str_is(xml->name, "signal")) {
        dln_str code = dln_xml_attribute(xml, arena, "qcode");
        if (dln_str_find(code, DLN_STR("correction"), 0) < code.len)
            set(&item->wire_status, DLN_STR(DLN_WIRE_CORRECTION));
        else if (dln_str_find(code, DLN_STR("update"), 0) < code.len)
            set(&item->wire_status, DLN_STR(DLN_WIRE_UPDATE));
    } else if (dln_str_is(xml->name, "correction")) {
        set(&item->wire_status, DLN_STR(DLN_WIRE_CORRECTION));
    } else if (dln_str_is(xml->name, "pubdata")) {
        set(&item->outlet, dln_xml_attribute(xml, arena, "name"));
        ranked(&item->date, &e->date_rank, 3,
               dln_xml_attribute(xml, arena, "date.publication"));
    } else if (dln_str_is(xml->name, "language")) {
        set(&item->language, dln_xml_attribute(xml, arena, "tag"));
    } else if (dln_str_is(xml->name, "content")
               || dln_str_is(xml->name, "body.content")) {
        dln_str source = dln_xml_attribute(xml, arena, "src");
        if (dln_str_starts(source, DLN_STR("http")))
            ranked(&item->uri, &e->uri_rank, 3, source);
    }
}

/* Reads an element that is known by its name; false: look inside it. */
static bool read_element(entry *e, dln_xml *xml)
{
    static const struct { const char *name; int rank; } texts[] = {
        {"body.content", 0}, {"inlineXML", 1}, {"encoded", 2},
        {"fulltext", 2}, {"full-text", 2}, {"content", 3},
        {"inlineData", 3}, {"body", 4}, {"description", 8},
        {"summary", 9}, {"abstract", 10}};
    static const struct { const char *name; int rank; } dates[] = {
        {"pubDate", 1}, {"published", 1}, {"firstCreated", 1},
        {"issued", 2}, {"contentCreated", 3}, {"date", 3},
        {"DateAndTime", 3}, {"versionCreated", 4}, {"created", 4},
        {"contentModified", 8}, {"updated", 8}, {"modified", 9}};
    static const struct { const char *name; int rank; } titles[] = {
        {"hl1", 0}, {"headline", 1}, {"title", 2}, {"HeadLine", 2},
        {"slugline", 6}};
    dln_item *item = e->item;
    dln_str name = xml->name;
    bool media = dln_str_is(xml->prefix, "media")
                 || dln_str_is(xml->prefix, "itunes");
    read_news_attributes(e, xml);
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        if (!dln_str_is(name, texts[i].name) || media)
            continue;
        /* NITF's <body> holds head and content. */
        bool holder = dln_str_is(name, "body") && e->nitf;
        /* An NITF inside NewsML is read as one. */
        bool nested = dln_str_is(name, "inlineXML");
        if (holder || nested)
            return false;
        read_text(e, xml, texts[i].rank);
        return true;
    }
    for (size_t i = 0; i < sizeof dates / sizeof *dates; i++)
        if (dln_str_is(name, dates[i].name)) {
            ranked(&item->date, &e->date_rank, dates[i].rank,
                   dln_xml_text(xml, e->arena));
            return true;
        }
    for (size_t i = 0; i < sizeof titles / sizeof *titles; i++)
        if (dln_str_is(name, titles[i].name) && !media) {
            ranked(&item->title, &e->title_rank, titles[i].rank,
                   title_of(xml, e->arena));
            return true;
        }
    if (dln_str_is(name, "link")) {
        read_link(e, xml);
    } else if (dln_str_is(name, "guid") || dln_str_is(name, "id")) {
        dln_str id = dln_xml_text(xml, e->arena);
        if (dln_str_starts(id, DLN_STR("http")))
            ranked(&item->uri, &e->uri_rank, 4, id);
    } else if (dln_str_is(name, "origLink")) {
        ranked(&item->uri, &e->uri_rank, 0, dln_xml_text(xml, e->arena));
    } else if (dln_str_is(name, "author") || dln_str_is(name, "creator")) {
        read_author(e, xml);
    } else if (dln_str_is(name, "byline") || dln_str_is(name, "by")) {
        set(&item->byline, title_of(xml, e->arena));
    } else if (dln_str_is(name, "embargoed")) {
        set(&item->embargo, dln_ingest__when(e->arena,
                                             dln_xml_text(xml, e->arena)));
    } else if (dln_str_is(name, "thumbnail") || dln_str_is(name, "image")
               || dln_str_is(name, "comments")
               || dln_str_is(name, "category")
               || dln_str_is(name, "enclosure")
               || dln_str_is(name, "source")) {
        dln_xml_inner(xml);
    } else {
        return false;
    }
    return true;
}

/* One entry, from behind its start tag to its end. */
static void read_entry(entry *e, dln_str inside)
{
    dln_xml xml;
    dln_xml_init(&xml, inside);
    e->nitf = dln_str_find(inside, DLN_STR("<body.content"), 0) < inside.len;
    for (dln_xml_kind k; (k = dln_xml_next(&xml)) != DLN_XML_END;) {
        if (k != DLN_XML_OPEN)
            continue;
        if (dln_str_is(xml.name, "language")
            && dln_str_is(xml.prefix, "dc"))
            set(&e->item->language, dln_xml_text(&xml, e->arena));
        else
            read_element(e, &xml);
    }
}

/* The next entry's insides; what stands before it is the channel's. */
static bool find_entry(file *f, entry *e, dln_str *inside)
{
    dln_xml *xml = &f->xml;
    for (dln_xml_kind k; (k = dln_xml_next(xml)) != DLN_XML_END;) {
        if (k != DLN_XML_OPEN)
            continue;
        f->known |= dln_str_is(xml->name, "channel")
                    || dln_str_is(xml->name, "feed")
                    || dln_str_is(xml->name, "newsMessage");
        if (is_entry(xml->name)) {
            read_news_attributes(e, xml);
            set(&e->item->language,
                dln_xml_attribute(xml, e->arena, "lang"));
            *inside = dln_xml_inner(xml);
            return true;
        }
        if (dln_str_is(xml->name, "image")
            || dln_str_is(xml->name, "textinput"))
            dln_xml_inner(xml);
        else if (dln_str_is(xml->name, "title") && !f->outlet.len)
            f->outlet = dln_arena_str(f->keep, title_of(xml, f->keep));
        else if (dln_str_is(xml->name, "language") && !f->language.len)
            f->language = dln_xml_text(xml, f->keep);
        else if (!f->language.len)
            f->language = dln_xml_attribute(xml, f->keep, "lang");
    }
    return false;
}

/* "en-GB" → "en" */
static dln_str language_of(dln_str code)
{
    size_t n = 0;
    while (n < code.len && dln_is_alpha(code.data[n]))
        n++;
    return dln_str_sub(code, 0, n == 2 || n == 3 ? n : 0);
}

static dln_status next_entry(dln_reader *reader, dln_item *item,
                             dln_inner *child, dln_error *error)
{
    file *f = reader->state;
    dln_str inside;
    entry e = {.item = item, .arena = reader->arena, .text_rank = 99,
               .date_rank = 99, .uri_rank = 99, .title_rank = 99};
    (void)child;
    if (!find_entry(f, &e, &inside)) {
        if (f->known || f->count++)
            return DLN_END;
        return dln_fail(error, DLN_FAILED, "no XML of news that is read");
    }
    read_entry(&e, inside);
    item->utf8 = true;
    item->part = dln_ingest__part(reader, ++f->count);
    item->date_basis = DLN_BASIS_METADATA;
    set(&item->outlet, f->outlet);
    set(&item->language, f->language);
    item->language = language_of(item->language);
    if (item->wire_id.len)
        set(&item->uri, item->wire_id);
    if (dln_arena_oom(reader->arena))
        return dln_fail(error, DLN_NOMEM, "out of memory");
    return DLN_OK;
}

const dln_reader_kind dln_reader_xml = {"XML of news", open_xml, next_entry,
                                        close_xml};
