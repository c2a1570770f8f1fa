/* SPDX-License-Identifier: Apache-2.0 */
/* What the files of this room share. */
#ifndef DLN_EXTRACT_EXTRACT_P_H
#define DLN_EXTRACT_EXTRACT_P_H

#include "extract/extract.h"
#include "extract/html.h"

/* Kinds of page-markup.txt: what a class or id says of its element. */
enum {
    DLN_MARK_DROP = 1,      /* no part of the report */
    DLN_MARK_BODY = 2,      /* holds the report's text */
    DLN_MARK_META = 4,      /* about the report: date, writer */
    DLN_MARK_KEEP = 8,      /* never dropped for another word */
    DLN_MARK_BYLINE = 16,
    DLN_MARK_DATE = 32,
    DLN_MARK_SOFT = 64,     /* no part of the report unless it is prose */
    DLN_MARK_FIRST = 128    /* begins a pair that has a row of its own */
};

struct dln_extract {
    dln_arena *arena;
    const dln_table *words;     /* page-words */
    dln_map marks;              /* class word or pair → kinds */
    dln_map lines;              /* folded line → its row of page-ends */
};

/* A run of text between the borders of blocks. */
typedef struct dln_run {
    uint32_t first, end;    /* nodes: text and inline elements */
    uint32_t block;         /* innermost block element around it */
    uint32_t words, links;  /* words; those of them in links */
    float score;
    bool stop;              /* ends as a sentence does */
    bool drop;              /* no part of the report */
    bool keep;              /* in the text */
} dln_run;

/* A page while it is read. */
typedef struct dln_view {
    const dln_extract *room;
    dln_arena *arena, *scratch;
    dln_html html;
    uint32_t *words, *links;    /* [nodes + 1] before this node */
    uint8_t *marks;             /* [nodes] DLN_MARK_*, of those looked at */
    DLN_VEC(dln_run) runs;
    dln_str title;              /* for taking it out of the body */
    bool whole;                 /* nothing stands around the report */
} dln_view;

/* ---- markup.c ---- */
dln_status dln_extract__read_marks(dln_extract *extract,
                                   const dln_lang *lang, dln_error *error);
/* Kinds of an element by its classes, id, role and tag. */
uint8_t dln_extract__marks(const dln_extract *extract, const dln_html *html,
                           uint32_t node);

/* ---- runs.c: tree → runs of text ---- */
void dln_extract__runs(dln_view *view);

/* ---- article.c ---- */
/* Compared by letters and digits: 2, the same; 1, one begins or ends with
 * the other; 0, neither. */
int dln_extract__alike(dln_str a, dln_str b);

/* ---- body.c: which runs are the report ---- */
dln_str dln_extract__body(dln_view *view, const char **why);

#endif
