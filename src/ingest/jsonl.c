/* SPDX-License-Identifier: Apache-2.0 */
/*
 * One JSON object → an item.
 *
 * The contract's own fields come first and must have the right type. What
 * they leave open is looked for under the names that scrapers, feeds' APIs
 * and agencies' JSON (ninjs) use, best first; there a list stands for its
 * members and an object for its name or value.
 */
#include <jansson.h>

#include "ingest/ingest_p.h"

static dln_str string_of(dln_arena *arena, const json_t *value)
{
    return dln_arena_str(arena, (dln_str){json_string_value(value),
                                          json_string_length(value)});
}

static bool text_field(dln_arena *arena, const json_t *object,
                       const char *key, dln_str *out)
{
    const json_t *value = json_object_get(object, key);
    *out = (dln_str){"", 0};
    if (!value || json_is_null(value))
        return true;
    if (json_is_integer(value)) {
        *out = dln_arena_printf(arena, "%lld",
                                (long long)json_integer_value(value));
        return true;
    }
    if (!json_is_string(value))
        return false;
    *out = string_of(arena, value);
    return true;
}

static bool span_field(const json_t *object, const char *key, dln_span *out)
{
    const json_t *value = json_object_get(object, key);
    *out = DLN_NO_SPAN;
    if (!value || json_is_null(value))
        return true;
    if (!json_is_array(value) || json_array_size(value) != 2)
        return false;
    json_int_t start = json_integer_value(json_array_get(value, 0));
    json_int_t end = json_integer_value(json_array_get(value, 1));
    if (start < 0 || end <= start || end > (json_int_t)DLN_DOC_MAX_BYTES)
        return false;
    *out = (dln_span){(uint32_t)start, (uint32_t)end};
    return true;
}

/* A string; an object's name or value; a list of them, with `between`. */
static dln_str loose_text(dln_arena *arena, const json_t *value,
                          const char *between, int depth)
{
    static const char *const keys[] = {"name", "value", "title", "literal",
                                       "rendered", "text", "$text"};
    dln_str all = {"", 0};
    if (json_is_string(value))
        return string_of(arena, value);
    if (json_is_integer(value))
        return dln_arena_printf(arena, "%lld",
                                (long long)json_integer_value(value));
    for (size_t i = 0; json_is_object(value) && depth < 3 && !all.len
                       && i < sizeof keys / sizeof *keys; i++)
        all = loose_text(arena, json_object_get(value, keys[i]), between,
                         depth + 1);
    for (size_t i = 0; depth < 3 && i < json_array_size(value) && i < 50;
         i++) {
        dln_str one = loose_text(arena, json_array_get(value, i), between,
                                 depth + 1);
        if (one.len && all.len)
            one = dln_arena_printf(arena, "%.*s%s%.*s", DLN_ARG(all),
                                   between, DLN_ARG(one));
        all = one.len ? one : all;
    }
    return all;
}

/* Texts of ninjs 2: "bodies": [{"role", "contentType", "value"}]. */
static void read_bodies(dln_item *item, dln_arena *arena,
                        const json_t *bodies)
{
    for (size_t i = 0; i < json_array_size(bodies) && i < 50; i++) {
        const json_t *body = json_array_get(bodies, i);
        const json_t *value = json_object_get(body, "value");
        const char *type = json_string_value(
            json_object_get(body, "contentType"));
        if (!json_is_string(value))
            continue;
        dln_str text = string_of(arena, value);
        dln_str *to = type && strstr(type, "html") ? &item->html
                                                   : &item->text;
        if (text.len > to->len)
            *to = text;
        item->whole |= to == &item->html;
    }
}

#define NAMES 14
#define REPORT_ALONE 2  /* the row of markup without a page around it */

static void read_scraped(dln_item *item, dln_arena *arena,
                         const json_t *object)
{
    const struct {
        dln_str *to;
        const char *names[NAMES];
    } fields[] = {
        {&item->text, {"maintext", "body_text", "article_body",
                       "articleBody", "content_text", "full_text",
                       "fulltext", "main_text", "article_text", "cleaned_text",
                       "plain_text", "body", "content", "article"}},
        {&item->text, {"story", "raw_content", "raw_text", "bodyText",
                       "article_content"}},
        [REPORT_ALONE] = {&item->html, {"body_xhtml", "body_html",
                                        "content_html"}},
        {&item->html, {"raw_html", "html_content", "page"}},
        {&item->title, {"headline", "title_page", "head", "headlines",
                        "article_title"}},
        {&item->date, {"date_publish", "published", "publish_date",
                       "published_at", "publishedAt", "date_published",
                       "datePublished", "publication_date", "pub_date",
                       "pubDate", "pubdate", "webPublicationDate",
                       "firstcreated", "versioncreated"}},
        {&item->date, {"publishDate", "publication_time", "datetime",
                       "timestamp", "seendate", "dateTimePub",
                       "created_at", "created_utc", "contentcreated"}},
        {&item->byline, {"author", "authors", "by", "creator", "writer",
                         "article_author"}},
        {&item->outlet, {"source_domain", "sourceName", "source_name",
                         "site_name", "sitename", "publisher", "source",
                         "provider", "newspaper", "media_name",
                         "publication", "website", "site", "domain"}},
        {&item->uri, {"url", "link", "href", "article_url", "webUrl",
                      "source_url", "permalink", "guid"}},
        {&item->language, {"lang", "language_code"}},
        {&item->canonical, {"canonical", "canonical_url", "canonical_link",
                            "canonicalurl"}},
        {&item->text, {"description", "summary", "description_text"}},
        {&item->wire_status, {"pubstatus"}},
        {&item->embargo, {"embargoed"}},
    };
    if (!item->text.len && !item->html.len)
        read_bodies(item, arena, json_object_get(object, "bodies"));
    for (size_t f = 0; f < sizeof fields / sizeof *fields; f++) {
        if (fields[f].to == &item->text && item->html.len)
            continue;
        for (size_t i = 0; i < NAMES && fields[f].names[i]
                           && !dln_str_trim(*fields[f].to).len; i++)
            *fields[f].to = loose_text(
                arena, json_object_get(object, fields[f].names[i]),
                fields[f].to == &item->text ? "\n" : ", ", 0);
        if (f == REPORT_ALONE)
            item->whole = item->html.len > 0;
    }
    const json_t *version = json_object_get(object, "version");
    if (json_object_get(object, "versioncreated") && version) {
        dln_str text = loose_text(arena, version, "", 0);
        uint32_t number = 0;
        for (size_t i = 0; i < text.len && i < 6
                           && dln_is_digit(text.data[i]); i++)
            number = number * 10 + (uint32_t)(text.data[i] - '0');
        item->wire_version = number ? number : DLN_NONE;
        item->wire_id = item->uri;
    }
}

/* Text that is markup is a page. Scrapers that keep a page's own field name
 * give whole pages; what stands in a text field is the report alone. */
static void tell_markup(dln_item *item)
{
    dln_str start = dln_str_trim(dln_str_sub(item->text, 0, 200));
    static const char *const tags[] = {"<p", "<div", "<html", "<!doctype",
                                       "<article", "<br", "<h1", "<h2"};
    for (size_t i = 0; i < sizeof tags / sizeof *tags; i++) {
        dln_str tag = dln_str_of(tags[i]);
        if (!dln_str_ieq(dln_str_sub(start, 0, tag.len), tag))
            continue;
        item->html = item->text;
        item->text = (dln_str){"", 0};
        item->whole = i != 2 && i != 3;
        return;
    }
}

dln_status dln_ingest__json(dln_item *item, dln_arena *arena, dln_str line,
                            bool pure, dln_error *error)
{
    json_error_t problem;
    *item = (dln_item){.utf8 = true, .source = DLN_NO_SPAN,
                       .target = DLN_NO_SPAN, .fetched = DLN_NO_DAY,
                       .wire_version = DLN_NONE};
    json_t *object = json_loadb(line.data ? line.data : "", line.len, 0,
                                &problem);
    if (!object)
        return dln_fail(error, DLN_FAILED, "not JSON: %s", problem.text);
    const struct { const char *key; dln_str *to; } texts[] = {
        {"id", &item->id}, {"uri", &item->uri}, {"outlet", &item->outlet},
        {"byline", &item->byline}, {"title", &item->title},
        {"date", &item->date}, {"language", &item->language},
        {"text", &item->text}, {"html", &item->html},
    };
    dln_status status = DLN_OK;
    if (!json_is_object(object))
        status = dln_fail(error, DLN_FAILED, "not a JSON object");
    for (size_t i = 0; status == DLN_OK
                       && i < sizeof texts / sizeof *texts; i++) {
        const json_t *value = json_object_get(object, texts[i].key);
        if (!pure && (json_is_object(value) || json_is_array(value)))
            *texts[i].to = loose_text(arena, value, texts[i].to == &item->text
                                                        ? "\n" : ", ", 0);
        else if (!text_field(arena, object, texts[i].key, texts[i].to))
            status = dln_fail(error, DLN_FAILED, "field %s is no string",
                              texts[i].key);
    }
    if (status == DLN_OK && pure
        && (!span_field(object, "source", &item->source)
            || !span_field(object, "target", &item->target)))
        status = dln_fail(error, DLN_FAILED, "source or target is no span");
    if (status == DLN_OK && !pure) {
        bool own = item->text.len || item->html.len;
        read_scraped(item, arena, object);
        if (!own && !item->html.len)
            tell_markup(item);
    }
    json_decref(object);
    item->line = line;
    if (status == DLN_OK && dln_arena_oom(arena))
        status = dln_fail(error, DLN_NOMEM, "out of memory");
    return status;
}
