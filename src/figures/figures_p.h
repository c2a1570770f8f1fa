/* SPDX-License-Identifier: Apache-2.0 */
/*
 * figures_p: what the files of this room share.
 *
 *   sentence → atoms → numerals → drafts (bound, unit, counted noun)
 *     → quantity by frames → side, scope, claim, date → doc->figures
 *
 * An atom is a run of letters, a number in digits, or one mark. The room
 * cuts its own, because tokenizers differ on "12-15", "$2bn" and "35km";
 * tags come from the token that covers an atom.
 */
#ifndef DLN_FIGURES_FIGURES_P_H
#define DLN_FIGURES_FIGURES_P_H

#include "figures/figures.h"

/* Longer sentences are read in pieces of so many atoms. */
#define DLN_FIG_ATOMS 4096u
/* No more figures than this are kept of one document. */
#define DLN_FIG_MAX 20000u
#define DLN_FIG_WORD 32u

typedef enum dln_atom_kind {
    DLN_ATOM_WORD,
    DLN_ATOM_DIGITS,    /* a number that can be read */
    DLN_ATOM_JUNK,      /* digits that are no number: 007, 1,2,3, 10.1.20 */
    DLN_ATOM_MARK
} dln_atom_kind;

typedef struct dln_atom {
    dln_span span;      /* of text */
    dln_str word;       /* lower case; "" when longer than any listed word */
    double value;       /* of digits */
    uint32_t token;     /* that covers it, or DLN_NONE */
    dln_atom_kind kind;
    bool glued;         /* no white space before it */
    bool upper;         /* begins with a capital letter */
    bool comma;         /* digits written with separators: no year */
    bool point;         /* digits with a decimal point */
} dln_atom;

/* A number of the text, or a range of two. */
typedef struct dln_numeral {
    uint32_t begin, end;    /* atoms */
    double low, high;
    bool range;             /* two numbers: between */
    bool vague;             /* "dozens": the range is the word's own */
    bool worded;            /* no digit in it */
    bool scaled;            /* "thousand", "bn": never a year */
    bool fraction;          /* a share: half, two thirds */
    bool bare_one;          /* the word "one" alone */
    bool no;                /* the word "no" */
    double mantissa;        /* before the scale, for "33 to 35 billion" */
    double scale;
    const dln_row *money;   /* row of figure-units before the number */
    const dln_row *unit;    /* row of figure-units behind it */
} dln_numeral;

/* A figure being read. */
typedef struct dln_draft {
    dln_numeral n;
    uint32_t begin, end;    /* atoms: bound, number, what is counted */
    uint32_t noun;          /* atom: head of what is counted, or DLN_NONE */
    const dln_row *people;  /* row of figure-people for noun, or NULL */
    const dln_row *bound;   /* row of figure-bounds, or NULL */
    dln_relation relation;
    dln_quantity quantity;
    dln_scope scope;
    bool preposed;          /* stands behind a preposition */
    bool age;
    bool victim;            /* told without a number: "a man" */
    bool self;              /* by his own hand */
    bool deed;              /* told by the deed alone: "a double homicide" */
    bool others;            /* "two others": apart from those told before */
    bool weak;              /* gives way when the report tells of deaths */
    bool mild;              /* may have died in bed */
    double years;           /* age of the one person, 0 unknown */
    const dln_row *frame;   /* row of figure-frames that gave the class */
    const char *how;        /* otherwise: what gave it; static */
} dln_draft;

struct dln_figures {
    const dln_table *numbers, *bounds, *units, *people, *frames, *marks,
        *deeds;
};

/* A figure that the whole report may still correct: somebody told without a
 * number, or hurt by a word that does not say whether he lived. */
typedef struct dln_told {
    uint32_t figure;        /* in doc->figures */
    double age;             /* of one person, 0 unknown */
    const dln_row *who;     /* row of his noun, NULL: name or pronoun */
    bool victim, weak, mild;
    bool others;            /* "two others" */
    bool apart;             /* told beside the dead: not of them */
    bool self;              /* died by his own hand */
    bool object;            /* whom somebody killed: "killed four people" */
} dln_told;

typedef struct dln_figwork {
    const dln_figures *f;
    dln_doc *doc;
    dln_arena *scratch;
    dln_atom *atoms;        /* [count] */
    uint32_t count;
    uint32_t room;          /* atoms and drafts that fit */
    char *words;            /* room for the atoms' lower-case words */
    dln_draft *drafts;      /* [draft_count], in text order */
    uint32_t draft_count;
    DLN_VEC(dln_told) told;
    bool violent;           /* the report tells of violence or disaster */
} dln_figwork;

/* atom.c: cuts text from *at up to `end`; *at is moved behind what was
 * read. Uses the work's buffers. */
void dln_figures__cut(dln_figwork *w, uint32_t *at, uint32_t end);
/* The atom's word, "" outside the sentence. */
static inline dln_str dln_atom_word(const dln_figwork *w, uint32_t i)
{
    return i < w->count ? w->atoms[i].word : (dln_str){NULL, 0};
}
static inline bool dln_atom_is(const dln_figwork *w, uint32_t i,
                               const char *word)
{
    return i < w->count && dln_str_is(w->atoms[i].word, word);
}
/* Words of the atoms [begin, end) with single spaces, in buffer[120]. */
dln_str dln_figures__phrase(const dln_figwork *w, uint32_t begin,
                            uint32_t end, char *buffer);
/* Row of the longest phrase of `table` that begins (or ends) at atom i
 * (before i); *edge is its other end. NULL when there is none. */
const dln_row *dln_figures__phrase_from(const dln_figwork *w,
                                        const dln_table *table, uint32_t i,
                                        uint32_t *edge);
const dln_row *dln_figures__phrase_to(const dln_figwork *w,
                                      const dln_table *table, uint32_t i,
                                      uint32_t *edge);
/* Has the atom's word this kind in figure-marks? */
bool dln_figures__mark(const dln_figwork *w, uint32_t i, const char *kind);
unsigned dln_figures__upos(const dln_figwork *w, uint32_t i);
unsigned dln_figures__xpos(const dln_figwork *w, uint32_t i);

/* numeral.c: the number that begins at atom i, with its range, currency and
 * unit; false when none does. */
bool dln_figures__numeral(const dln_figwork *w, uint32_t i,
                          dln_numeral *out);

/* measure.c: refuses years, dates, labels; finds the bound, the counted
 * noun and the extent. False: no figure. */
bool dln_figures__measure(const dln_figwork *w, const dln_numeral *n,
                          dln_draft *out);
/* Finds the counted noun phrase that begins at atom i. */
uint32_t dln_figures__noun(const dln_figwork *w, uint32_t i, uint32_t *end);

/* frame.c: quantity and scope of all drafts of the sentence. */
void dln_figures__frames(dln_figwork *w);

/* victim.c: adds drafts for the dead and hurt told without a number, up to
 * `max` in all; call after the frames, the drafts stay in text order. */
void dln_figures__victims(dln_figwork *w, uint32_t max);

/* Behind the victims: adds the sums of lists ("a man and two women"), at
 * the end of the drafts. */
void dln_figures__sums(dln_figwork *w);
/* Atom of a token near atom `near`, or DLN_NONE. */
uint32_t dln_figures__atom_of(const dln_figwork *w, uint32_t token,
                              uint32_t near);

/* frame.c: has the frame this option? */
bool dln_figures__option(const dln_row *frame, const char *option);

/* context.c: writes a draft to the document. */
void dln_figures__keep(dln_figwork *w, const dln_draft *draft);


/* toll.c: what the parts of a report say together; once, at its end. */
void dln_figures__settle(dln_figwork *w);
/* toll.c: figures larger than the one that the title tells too belong to
 * another event; behind dln_figures__settle. `title` is the title, read. */
void dln_figures__title(dln_doc *doc, const dln_doc *title);

#endif
