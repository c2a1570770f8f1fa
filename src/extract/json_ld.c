/* SPDX-License-Identifier: Apache-2.0 */
/*
 * JSON-LD as schema.org has it → claims.
 *
 * A script holds one object, a list of them or a graph. Articles come before
 * pages; authors and publishers may be names, objects, lists, or references
 * by @id to objects elsewhere in the graph. Pages' JSON is often ill-formed
 * in a few ways (line ends in strings, trailing commas, comment marks around
 * it), which are mended first.
 */
#include <jansson.h>
#include <stdlib.h>

#include "extract/claims.h"

#define MAX_JSON ((size_t)1 << 20)
#define MAX_OBJECTS 400u
#define MAX_DEPTH 6

typedef struct graph {
    dln_claims *claims;
    const json_t *objects[MAX_OBJECTS];
    uint32_t count;
} graph;

/* A copy that a strict reader takes; NULL when out of memory. */
static char *mended(dln_str json, size_t *len)
{
    char *out = malloc(json.len + 1);
    size_t n = 0, from = 0, comma = SIZE_MAX;
    bool inside = false;
    while (from < json.len && json.data[from] != '{'
           && json.data[from] != '[')
        from++;
    for (size_t i = from; out && i < json.len; i++) {
        char c = json.data[i];
        if (inside && c == '\\' && i + 1 < json.len) {
            out[n++] = c;
            c = json.data[++i];
            if (c == '\'')      /* \' is no escape of JSON */
                n--;
        } else if (c == '"') {
            inside = !inside;
        } else if ((unsigned char)c < ' ') {
            c = ' ';
        }
        if (!inside && (c == '}' || c == ']') && comma != SIZE_MAX)
            out[comma] = ' ';
        if (!inside && c == ',')
            comma = n;
        else if (c != ' ' || inside)
            comma = SIZE_MAX;
        out[n++] = c;
    }
    *len = n;
    return out;
}

static void gather(graph *g, const json_t *value, int depth)
{
    if (depth > MAX_DEPTH)
        return;
    if (json_is_array(value)) {
        for (size_t i = 0; i < json_array_size(value); i++)
            gather(g, json_array_get(value, i), depth + 1);
        return;
    }
    if (!json_is_object(value) || g->count == MAX_OBJECTS)
        return;
    g->objects[g->count++] = value;
    gather(g, json_object_get(value, "@graph"), depth + 1);
    gather(g, json_object_get(value, "mainEntity"), depth + 1);
    const json_t *posts = json_object_get(value, "blogPost");
    if (json_array_size(posts) == 1)    /* more are a list of others */
        gather(g, posts, depth + 1);
    gather(g, json_object_get(value, "mainEntityOfPage"), depth + 1);
}

static bool has_ending(const char *s, const char *end)
{
    size_t a = strlen(s), b = strlen(end);
    return a >= b && !strcmp(s + a - b, end);
}

/* 0 for articles, 1 for pages, -1 for what says nothing about the report. */
static int class_of(const char *type)
{
    if (has_ending(type, "Article") || has_ending(type, "Posting")
        || !strcmp(type, "Report") || !strcmp(type, "Blog")
        || has_ending(type, "NewsArticle") || has_ending(type, "Review")
        || !strcmp(type, "Recipe") || !strcmp(type, "CreativeWork"))
        return !strcmp(type, "JobPosting") ? -1 : 0;
    if (has_ending(type, "Page"))
        return 1;
    return -1;
}

static int kind_of(const json_t *object)
{
    const json_t *type = json_object_get(object, "@type");
    int best = -1;
    if (json_is_string(type))
        return class_of(json_string_value(type));
    for (size_t i = 0; i < json_array_size(type); i++) {
        const json_t *t = json_array_get(type, i);
        int k = json_is_string(t) ? class_of(json_string_value(t)) : -1;
        if (k >= 0 && (best < 0 || k < best))
            best = k;
    }
    return best;
}

static dln_str text_of(const graph *g, const json_t *value)
{
    if (!json_is_string(value) || json_string_length(value) > 2000)
        return DLN_STR("");
    return dln_html_plain(g->claims->scratch,
                          (dln_str){json_string_value(value),
                                    json_string_length(value)});
}

/* The object that {"@id": ...} refers to, or `value` itself. */
static const json_t *resolved(const graph *g, const json_t *value)
{
    const json_t *id = json_object_get(value, "@id");
    if (!json_is_string(id) || json_object_get(value, "name"))
        return value;
    for (uint32_t i = 0; i < g->count; i++) {
        const json_t *other = json_object_get(g->objects[i], "@id");
        if (json_is_string(other) && json_object_get(g->objects[i], "name")
            && !strcmp(json_string_value(other), json_string_value(id)))
            return g->objects[i];
    }
    return value;
}

/* A name, or names of a list joined by commas. */
static dln_str name_of(const graph *g, const json_t *value, int depth)
{
    dln_arena *scratch = g->claims->scratch;
    dln_str all = {NULL, 0};
    if (json_is_string(value))
        return text_of(g, value);
    if (json_is_object(value))
        return name_of(g, json_object_get(resolved(g, value), "name"),
                       depth + 1);
    for (size_t i = 0; depth < 3 && i < json_array_size(value) && i < 20;
         i++) {
        dln_str one = name_of(g, json_array_get(value, i), depth + 1);
        if (!one.len || dln_str_find(all, one, 0) < all.len)
            continue;
        all = all.len ? dln_arena_printf(scratch, "%.*s, %.*s",
                                         DLN_ARG(all), DLN_ARG(one)) : one;
    }
    return all;
}

static void claim(const graph *g, const json_t *object, const char *key,
                  dln_field field, int rank, const char *why)
{
    const json_t *value = json_object_get(object, key);
    dln_str text = field == DLN_FIELD_AUTHOR || field == DLN_FIELD_OUTLET
                       ? name_of(g, value, 0) : text_of(g, value);
    dln_claims_add(g->claims, field, rank, DLN_NONE, text, why);
}

static void read_object(const graph *g, const json_t *object)
{
    int kind = kind_of(object);
    if (kind < 0) {
        const json_t *type = json_object_get(object, "@type");
        if (json_is_string(type)
            && !strcmp(json_string_value(type), "WebSite"))
            claim(g, object, "name", DLN_FIELD_OUTLET, DLN_RANK_LD_PAGE,
                  "JSON-LD WebSite");
        return;
    }
    int rank = kind ? DLN_RANK_LD_PAGE : DLN_RANK_LD;
    const char *why = kind ? "JSON-LD of the page" : "JSON-LD";
    claim(g, object, "headline", DLN_FIELD_TITLE, rank, why);
    claim(g, object, "name", DLN_FIELD_TITLE, rank + 1, why);
    claim(g, object, "author", DLN_FIELD_AUTHOR, rank, why);
    claim(g, object, "creator", DLN_FIELD_AUTHOR, rank + 1, why);
    claim(g, object, "datePublished", DLN_FIELD_DATE, rank, why);
    claim(g, object, "dateCreated", DLN_FIELD_DATE, rank + 2, why);
    claim(g, object, "dateModified", DLN_FIELD_DATE, DLN_RANK_CHANGE,
          "its last change, in JSON-LD");
    claim(g, object, "publisher", DLN_FIELD_OUTLET, rank, why);
    claim(g, object, "url", DLN_FIELD_ADDRESS, rank + 30, why);
    claim(g, object, "inLanguage", DLN_FIELD_LANGUAGE, rank + 30, why);
}

/* The string behind "key": in JSON that is beyond mending. */
static void scan_key(dln_claims *claims, dln_str json, const char *key,
                     dln_field field)
{
    dln_str k = dln_str_of(key);
    size_t at = dln_str_find(json, k, 0);
    if (at >= json.len)
        return;
    at += k.len;
    while (at < json.len && (dln_is_space(json.data[at])
                             || json.data[at] == ':'))
        at++;
    if (at >= json.len || json.data[at] != '"')
        return;
    size_t end = ++at;
    while (end < json.len && json.data[end] != '"'
           && json.data[end] != '\\' && end - at < 400)
        end++;
    if (end < json.len && json.data[end] == '"')
        dln_claims_add(claims, field, DLN_RANK_LD_PAGE, DLN_NONE,
                       dln_html_plain(claims->scratch,
                                      dln_str_sub(json, at, end)),
                       "JSON-LD, ill-formed");
}

void dln_claims_read_ld(dln_claims *claims, dln_str json)
{
    size_t len;
    if (json.len > MAX_JSON)
        return;
    char *text = mended(json, &len);
    json_t *root = text ? json_loadb(text, len, JSON_DISABLE_EOF_CHECK, NULL)
                        : NULL;
    free(text);
    if (!root) {
        scan_key(claims, json, "\"datePublished\"", DLN_FIELD_DATE);
        scan_key(claims, json, "\"headline\"", DLN_FIELD_TITLE);
        return;
    }
    graph *g = calloc(1, sizeof *g);
    if (g) {
        g->claims = claims;
        gather(g, root, 0);
        for (uint32_t i = 0; i < g->count; i++)
            read_object(g, g->objects[i]);
    }
    free(g);
    json_decref(root);
}
