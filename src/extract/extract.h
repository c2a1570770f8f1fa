/* SPDX-License-Identifier: Apache-2.0 */
/*
 * extract: a web page → the report on it, and what the page says about
 * itself.
 *
 * Whoever holds a page calls this room with its bytes, its address and the
 * content type it was sent with: files, JSON lines, and archives of crawls.
 */
#ifndef DLN_EXTRACT_EXTRACT_H
#define DLN_EXTRACT_EXTRACT_H

#include "doc/doc.h"
#include "lang/lang.h"

typedef struct dln_extract dln_extract;

typedef struct dln_web_page {
    dln_str bytes;
    bool utf8;              /* is UTF-8 already (out of JSON) */
    dln_str content_type;   /* of the transport, "text/html; charset=..." */
    dln_str uri;            /* where it was fetched from, or "" */
    int32_t fetched;        /* day: nothing is published later; DLN_NO_DAY */
    bool whole;             /* all of it is the report: a feed's entry */
} dln_web_page;

/* "" where the page does not say. All text lives in the arena. */
typedef struct dln_article {
    dln_str text;           /* UTF-8, a paragraph a line */
    dln_str title, byline;
    dln_str outlet;
    dln_str canonical;      /* the address the page gives itself */
    dln_str language;       /* "en", "pt": BCP 47 without the region */
    dln_str published;      /* ISO 8601, with the time and zone given */
    const char *published_why;  /* static: where it stood */
    const char *body_why;       /* static: what told the body */
    bool crowded;           /* more markup than is read */
} dln_article;

/* Keeps `lang`. One handle serves all threads. */
DLN_NODISCARD dln_status dln_extract_open(dln_extract **out,
                                          const dln_lang *lang,
                                          dln_error *error);
void dln_extract_close(dln_extract *extract);

/* DLN_OK; DLN_FAILED when the bytes are no text or hold none; DLN_NOMEM.
 * Results live in `arena`; `scratch` is the caller's, reset by him. */
dln_status dln_extract_page(const dln_extract *extract,
                            const dln_web_page *page, dln_article *out,
                            dln_arena *arena, dln_arena *scratch,
                            dln_error *error);

#endif
