/* SPDX-License-Identifier: Apache-2.0 */
/*
 * claims: what a page says about itself, each with the place where it says
 * so. Places are ranked: the lower, the more it is to be believed.
 */
#ifndef DLN_EXTRACT_CLAIMS_H
#define DLN_EXTRACT_CLAIMS_H

#include "extract/extract_p.h"

typedef enum dln_field {
    DLN_FIELD_TITLE,
    DLN_FIELD_AUTHOR,
    DLN_FIELD_DATE,
    DLN_FIELD_OUTLET,
    DLN_FIELD_ADDRESS,
    DLN_FIELD_LANGUAGE,
    DLN_FIELD_COUNT
} dln_field;

enum {              /* ranks */
    DLN_RANK_LD = 10,       /* JSON-LD of an article */
    DLN_RANK_META = 20,     /* <meta> made for it */
    DLN_RANK_LD_PAGE = 25,  /* JSON-LD of a page */
    DLN_RANK_ITEM = 30,     /* microdata */
    DLN_RANK_LOOSE = 40,    /* <meta> of many uses */
    DLN_RANK_ELEMENT = 50,  /* an element made for it */
    DLN_RANK_CLASS = 60,    /* one named so */
    DLN_RANK_LAST = 70,
    DLN_RANK_CHANGE = 90,   /* a date of the last change: for want of any */
    DLN_RANK_NEARER = 14    /* less, for what stands by the title */
};

typedef struct dln_claim {
    dln_field field;
    int rank;
    uint32_t node;          /* where, or DLN_NONE */
    dln_str value;          /* plain text */
    bool near;              /* stands by the title */
    const char *why;        /* static */
} dln_claim;

typedef struct dln_claims {
    DLN_VEC(dln_claim) list;
    dln_arena *scratch;
    bool labelled;          /* the next twitter:data1 is a writer */
} dln_claims;

/* Most claims that are kept of a page. */
#define DLN_CLAIMS_MAX 500u

/* Adds one; `value` must outlive the claims. Empty ones are not kept. */
void dln_claims_add(dln_claims *claims, dln_field field, int rank,
                    uint32_t node, dln_str value, const char *why);

/* json_ld.c: claims of one script of JSON-LD; `json` is the script's text. */
void dln_claims_read_ld(dln_claims *claims, dln_str json);
/* facts.c: of the whole page. */
void dln_claims_read(dln_claims *claims, dln_view *view);
/* article.c: the article's fields from the claims. */
void dln_claims_settle(const dln_claims *claims, dln_view *view,
                       const dln_web_page *page, dln_article *out);

/* web_date.c: ISO 8601 of a date as pages write it, in `arena`; "" when it
 * is none or does not tell the day. */
dln_str dln_web_date(dln_arena *arena, const dln_table *words,
                     dln_str value);
/* Of an address such as ".../2021/01/11/..."; "" without. */
dln_str dln_web_date_of_address(dln_arena *arena, dln_str address);

#endif
