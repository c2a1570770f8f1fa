/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What the files of this room share: the page as blocks, and the readers
 * that decide what each block is.
 */
#ifndef DLN_CLEAN_CLEAN_P_H
#define DLN_CLEAN_CLEAN_P_H

#include "clean/clean.h"

/* Longest form of a line that is compared with patterns, in bytes. */
#define DLN_CLEAN_KEY 480

/* One row of page-dirt.txt. */
typedef enum dln_match {
    DLN_MATCH_WHOLE,
    DLN_MATCH_START,
    DLN_MATCH_LABEL,
    DLN_MATCH_HAS,
    DLN_MATCH_END
} dln_match;

typedef enum dln_dirt_zone { DLN_ZONE_ANY, DLN_ZONE_HEAD, DLN_ZONE_TAIL }
    dln_dirt_zone;

typedef enum dln_dirt_reach {
    DLN_REACH_LINE,     /* this block */
    DLN_REACH_NEXT,     /* and the next one */
    DLN_REACH_REST,     /* and what follows, up to the next prose */
    DLN_REACH_EMBED     /* and the post that follows */
} dln_dirt_reach;

typedef struct dln_dirt {
    dln_str pattern;
    dln_match match;
    dln_dirt_zone zone;
    dln_dirt_reach reach;
    uint32_t words;     /* longest line, in words; 0: any */
    const char *reason;
    uint32_t next;      /* next pattern with this first word, or DLN_NONE */
} dln_dirt;

struct dln_clean {
    const dln_lang *lang;
    const dln_table *words;     /* page-words */
    dln_arena *arena;
    dln_dirt *dirt;             /* [dirt_count] */
    uint32_t dirt_count;
    dln_map first_words;        /* first word of a pattern → dirt */
    /* first two bytes of the patterns that may stand inside a line */
    uint64_t inside[1024];
    dln_map agencies;           /* folded form → agency_names */
    dln_str *agency_names;
    dln_map places, sections;   /* folded */
    const dln_table *wire_marks, *version_marks;
    const struct dln_languages *languages;
};

/* A paragraph of the page. */
typedef struct dln_block {
    dln_span span;          /* of page->text, no white space at the ends */
    const char *reason;     /* why it is not in the text; NULL: it is */
    const dln_dirt *dirt;   /* pattern that matched, or NULL */
    uint32_t words;
    bool prose;             /* a sentence or more, by its length and end */
    bool stop;              /* ends as a sentence does */
    bool head;              /* stands before the body */
    bool joined;            /* goes on the kept block before it */
} dln_block;

typedef struct dln_page {
    const dln_clean *clean;
    dln_doc *doc;
    dln_arena *scratch;
    dln_str text;
    uint32_t *from;         /* text → doc->input; NULL: the same */
    DLN_VEC(dln_block) blocks;
    DLN_VEC(dln_removed) cuts;  /* pieces of kept blocks, spans of text */
    uint32_t body;          /* first block of the body */

    /* What was read on the way; weighed at the end. */
    dln_str outlet_line, holder, host, suffix;
    dln_str byline_org, code;   /* Harbour Wire; (HW) */
    dln_str station;            /* (CNN) */
    dln_str agency_byline, agency_line, agency_dateline;
    dln_interval printed, updated, address;
    dln_str printed_text, updated_text, address_text;
    dln_str partial;        /* a date without its year */
} dln_page;

static inline uint32_t dln_clean__pair(dln_str s, size_t at)
{
    return (uint32_t)(unsigned char)s.data[at] << 8
           | (unsigned char)s.data[at + 1];
}

/* May a pattern begin at key[at], inside a line? at + 1 < key.len. */
static inline bool dln_clean__may_begin(const dln_clean *clean, dln_str key,
                                        size_t at)
{
    uint32_t pair = dln_clean__pair(key, at);
    return clean->inside[pair >> 6] >> (pair & 63) & 1;
}

static inline dln_str dln_block_str(const dln_page *page,
                                    const dln_block *block)
{
    return dln_str_at(page->text, block->span);
}

static inline dln_span dln_clean__span(const dln_page *page, dln_str part)
{
    uint32_t start = (uint32_t)(part.data - page->text.data);
    return (dln_span){start, start + (uint32_t)part.len};
}

/* ---- page.c: text → blocks ---- */
void dln_clean__split(dln_page *page);
/* Fills words, prose and stop of a block from its text. */
void dln_clean__measure(const dln_page *page, dln_block *block);
/* Splits `block` before byte `at` of the text; false when out of memory. */
bool dln_clean__split_block(dln_page *page, uint32_t block, uint32_t at);
/* Words (runs without white space) of `s`, counting to `most`. */
uint32_t dln_clean__words(dln_str s, uint32_t most);
/* Next word of *rest, cut off; false at the end. */
bool dln_clean__word(dln_str *rest, dln_str *word);

/* ---- page_dirt.c: what never belongs to a report ---- */
/* Form for comparing: lower case, straight quotes, numbers as 0, one space,
 * no ornaments at the ends. Returns a slice of `out`. */
dln_str dln_clean__key(char out[DLN_CLEAN_KEY], dln_str line);
/* Is a row of page-words.txt `word` (any case) of this kind? *value (may be
 * NULL) gets its third field. */
bool dln_clean__is(const dln_clean *clean, dln_str word, const char *kind,
                   dln_str *value);
/* Name of the agency that `form` stands for, or "". */
dln_str dln_clean__agency(const dln_clean *clean, dln_str form);
bool dln_clean__is_section(const dln_clean *clean, dln_str line);
bool dln_clean__is_place(const dln_clean *clean, dln_str name);
/* Looks like the name of a newspaper or station. */
bool dln_clean__is_outlet(const dln_clean *clean, dln_str line);
void dln_clean__mark_dirt(dln_page *page);

/* ---- printed_date.c ---- */
typedef struct dln_printed {
    dln_interval when;      /* none: no year, or day and month ambiguous */
    dln_str date;           /* the words, in the line; "" when no date */
    dln_str before, after;  /* what else stands in the line, trimmed */
    bool published, updated;    /* labelled so */
} dln_printed;

/* The publication date in a line, by its label if there are several. */
dln_printed dln_clean__date(const dln_clean *clean, dln_str line);
/* "…/2021/01/11/…", "…-2021-01-11…" in a web address; false without. */
bool dln_clean__address_date(dln_str url, dln_interval *when, dln_str *text);

/* ---- byline.c ---- */
/* Reads "By Ann Miller for AFP"; false when `line` is no byline. */
bool dln_clean__byline(dln_page *page, dln_str line);
/* A bare name, or nothing but roles: for lines between title and date. */
bool dln_clean__is_name(const dln_page *page, dln_str line);

/* ---- caption.c ---- */
bool dln_clean__is_caption(const dln_page *page, const dln_block *block);

/* ---- dateline.c ---- */
/* Bytes of the dateline that `text` begins with, 0 without. Reads place,
 * agency and date into the page. */
size_t dln_clean__dateline(dln_page *page, dln_str text);
/* Where in `text` a dateline with an agency begins, if one does within its
 * first bytes; 0 without. */
size_t dln_clean__find_dateline(dln_page *page, dln_str text);

/* ---- masthead.c, tail.c ---- */
void dln_clean__read_head(dln_page *page);
void dln_clean__read_tail(dln_page *page);
/* Reads a date line or a line of credits into the page; false when the line
 * is neither. */
bool dln_clean__date_line(dln_page *page, dln_str line);

/* ---- wire.c ---- */
/* Reads what the copy says to editors. */
void dln_clean__wire(dln_page *page);
/* The language of the text, once it is assembled. */
void dln_clean__settle_language(dln_page *page);

/* ---- language.c ---- */
dln_status dln_clean__languages(dln_clean *clean, dln_error *error);
/* Code of ISO 639, or "". */
dln_str dln_clean__language(const dln_clean *clean, dln_str text,
                            dln_arena *scratch);

/* ---- assemble.c ---- */
/* White space and markup out of one piece of the page; in `arena`. */
dln_str dln_clean__plain(dln_arena *arena, dln_str s);
void dln_clean__assemble(dln_page *page);

#endif
