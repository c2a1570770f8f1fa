/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Private to timex. The way of a time expression through the room:
 *
 *   text → words (timex_words.c): slices with word-list classes, numbers
 *        already composed
 *        → matches (timex_rules.c): the longest rule of timex-rules.txt at
 *          each word, with the classes it met as slots
 *        → points (timex_resolve.c): slots + anchor (timex_anchor.c; an
 *          undated report's, timex_undated.c)
 *        → value and days (timex_value.c)
 */
#ifndef DLN_TIMEX_TIMEX_P_H
#define DLN_TIMEX_TIMEX_P_H

#include "base/map.h"
#include "timex/timex.h"

/* Classes of words: names in timex-words.txt and timex-rules.txt, and slots
 * of a match. The meaning of a slot's number stands beside it. */
#define DLN_TIMEX_CLASS_LIST(X)                                         \
    X(MONTH)    /* 1-12 */                                              \
    X(WDAY)     /* 0 Monday */                                          \
    X(WDAYS)    /* the same, plural; fills slot WDAY */                 \
    X(UNIT)     /* code: Y M W D H N S Q DE CE WE */                    \
    X(UNITS)    /* the same, plural; fills slot UNIT */                 \
    X(SEASON)   /* code: SP SU FA WI */                                 \
    X(FALL)     /* a season where a rule says so; fills slot SEASON */   \
    X(PART)     /* part of day, code: MO MI AF EV NI DT */              \
    X(ORD)      /* 1-... */                                             \
    X(NUM)      /* a number */                                          \
    X(VAGUE)    /* several, few */                                      \
    X(AMOUNT)   /* of money: $20 */                                     \
    X(YEAR)     /* four digits */                                       \
    X(ROUND)    /* four digits too, and round: 1950 */                  \
    X(YEAR2)    /* '98 → 1998 */                                        \
    X(DAY)      /* 1-31 in digits */                                    \
    X(CLOCK)    /* minutes since midnight */                            \
    X(DOTCLOCK) /* the same, written 7.30 */                            \
    X(AMPM)     /* 0, 12 */                                             \
    X(ZONE)     /* GMT */                                               \
    X(DECADE)   /* 199 */                                               \
    X(DECADE2)  /* 9: the nineties */                                   \
    X(HOLIDAY)  /* row of the holiday list */                           \
    X(REL)      /* last -1, this 0, next 1 */                           \
    X(DATE)     /* day number: 2021-01-11 */                            \
    X(MONTHNUM) /* year * 12 + month - 1: 2021-01 */                    \
    X(CARD)     /* number words */                                      \
    X(TENS)                                                             \
    X(SCALE)                                                            \
    X(FUT) X(PAST) X(PRES) X(BE) /* tense of what follows */            \
    X(TOFUT)    /* with "to": is, set, agreed */                        \
    X(COUNTED)  /* what a number before it counts: people */            \
    X(PLURAL)   /* a plural noun, for "2000 troops" */                  \
    X(CORE)     /* a word of time without a number: now, recently */    \
    X(HYPH)     /* hyphen or dash */                                    \
    X(STOP)     /* end of a sentence or paragraph */                    \
    X(FREQ)     /* daily: UNIT of a set, as code */                     \
    X(REFER)    /* code: PAST PRES FUTU */                              \
    /* slots that only a rule's arguments set */                        \
    X(OFFSET)   /* days from the anchor */                              \
    X(DIR)      /* -1 before, 1 after */                                \
    X(RUN)      /* anchored on the time of the story */                 \
    X(BC)       /* 1 before Christ, 0 after */                          \
    X(HALF) X(QUARTER) X(TAIL)                                          \
    X(NTH)      /* with WDAY or day and MONTH: 1 by its ORD, -1 last */ \
    X(STORY)    /* counts only where a history is told */               \
    X(CLUE)     /* tells how long ago something was */                  \
    /* beside a date: what it begins, prepositions */                   \
    X(BEGAN) X(AT)

typedef enum dln_timex_class {
#define X(name) DLN_TX_##name,
    DLN_TIMEX_CLASS_LIST(X)
#undef X
    DLN_TX_COUNT
} dln_timex_class;

#define DLN_TX_BIT(name) ((uint64_t)1 << DLN_TX_##name)
_Static_assert(DLN_TX_COUNT <= 64, "classes are bits of 64");

/* A code of up to four letters as a number, and back. */
static inline int32_t dln_timex__code(dln_str s)
{
    int32_t code = 0;
    for (size_t i = 0; i < s.len && i < 4; i++)
        code = code << 8 | (unsigned char)s.data[i];
    return code;
}
#define DLN_TX_CODE1(a) (a)
#define DLN_TX_CODE2(a, b) ((a) << 8 | (b))

/* Every rule needs one of these classes, which spares the others. */
#define DLN_TIMEX_CORE                                                  \
    (DLN_TX_BIT(MONTH) | DLN_TX_BIT(WDAY) | DLN_TX_BIT(WDAYS)           \
     | DLN_TX_BIT(UNIT)                                                 \
     | DLN_TX_BIT(UNITS) | DLN_TX_BIT(SEASON) | DLN_TX_BIT(FALL)        \
     | DLN_TX_BIT(PART) | DLN_TX_BIT(YEAR) | DLN_TX_BIT(YEAR2)          \
     | DLN_TX_BIT(CLOCK) | DLN_TX_BIT(DOTCLOCK) | DLN_TX_BIT(AMPM)      \
     | DLN_TX_BIT(DECADE) | DLN_TX_BIT(DECADE2) | DLN_TX_BIT(HOLIDAY)   \
     | DLN_TX_BIT(DATE) | DLN_TX_BIT(MONTHNUM) | DLN_TX_BIT(FREQ)       \
     | DLN_TX_BIT(CORE))

/* What the word list says of a word. */
typedef struct dln_timex_sense {
    uint8_t class;
    bool capital;           /* only when it begins with a capital */
    int32_t value;
} dln_timex_sense;

#define DLN_TIMEX_MAX_RULES 512
typedef struct dln_timex_set { /* of rules */
    uint64_t bits[DLN_TIMEX_MAX_RULES / 64];
} dln_timex_set;

typedef struct dln_timex_lexeme {
    uint32_t first, count;  /* senses */
    uint64_t classes;
    bool longer;            /* begins an entry of several words */
    uint16_t literal;       /* number + 1 among the words of rules, or 0 */
    dln_timex_set starts;   /* rules that may begin here */
    dln_timex_set seconds;  /* rules that may go on here */
} dln_timex_lexeme;

/* A word of the text. One with `lexeme` DLN_NONE is in no list; a number
 * has `classes` and `value` of its own. */
typedef struct dln_timex_word {
    uint32_t start, end;
    uint32_t lexeme;
    uint32_t token;         /* DLN_NONE without tokens */
    int32_t value;          /* of a number */
    uint64_t classes;
    uint8_t tag;            /* dln_xpos; NONE unknown or not to trust */
    bool capital;           /* first letter */
    bool glued;             /* no space before it */
    bool mark;              /* no letters or digits */
} dln_timex_word;

typedef struct dln_timex_words {
    dln_timex_word *at;     /* [count] */
    uint32_t count;
} dln_timex_words;

/* How a rule's slots become a value. */
#define DLN_TIMEX_OP_LIST(X)                                            \
    X(CAL, "cal")           /* calendar parts */                        \
    X(UNIT, "unit")         /* last week, that year */                  \
    X(SHIFT, "shift")       /* two days ago, three weeks later */       \
    X(DUR, "dur")           /* a length */                              \
    X(SET, "set")           /* every week */                            \
    X(VALUE, "value")       /* the value stands in the rule */          \
    X(ANNIV, "anniv")       /* the first anniversary of */              \
    X(CLUE, "clue")         /* no time, but it may date the report */   \
    X(SKIP, "skip")         /* not a time */

typedef enum dln_timex_op {
#define X(name, text) DLN_TX_OP_##name,
    DLN_TIMEX_OP_LIST(X)
#undef X
    DLN_TX_OP_COUNT
} dln_timex_op;

typedef struct dln_timex_slots {
    uint64_t has;
    int32_t at[DLN_TX_COUNT];
} dln_timex_slots;

typedef struct dln_timex_rule {
    dln_str name;
    uint32_t code;          /* where its instructions begin */
    dln_time_type type;
    dln_timex_op op;
    dln_str value;          /* for op value */
    dln_timex_slots given;  /* set by the rule's arguments */
    bool share;             /* its parts lend each other their slots */
} dln_timex_rule;

/* One step of a compiled pattern. */
typedef enum dln_timex_step {
    DLN_TX_LIT,             /* a: lexeme */
    DLN_TX_CLS,             /* a: class */
    DLN_TX_NOT_LIT, DLN_TX_NOT_CLS,     /* the next word is not */
    DLN_TX_NO_LIT, DLN_TX_NO_CLS,       /* the word before is not */
    DLN_TX_GLUE,            /* no space here */
    DLN_TX_SPLIT,           /* go to a, or to b */
    DLN_TX_JUMP,            /* go to a */
    DLN_TX_OPEN, DLN_TX_CLOSE,          /* of a part */
    DLN_TX_DONE
} dln_timex_step;

typedef struct dln_timex_instr {
    dln_timex_step step;
    uint32_t a, b;
} dln_timex_instr;

/* What the code from one step on may begin with, so that a match tries no
 * branch in vain. */
#define DLN_TIMEX_MAX_LITERALS 512
typedef struct dln_timex_first {
    uint64_t classes;
    uint64_t literals[DLN_TIMEX_MAX_LITERALS / 64];
    bool any;               /* it may end here */
} dln_timex_first;

struct dln_timex {
    const dln_lang *lang;
    const dln_table *holidays;
    dln_arena *arena;
    dln_map words;          /* lower case → lexeme */
    DLN_VEC(dln_timex_lexeme) lexemes;
    DLN_VEC(dln_timex_sense) senses;
    DLN_VEC(dln_timex_rule) rules;
    DLN_VEC(dln_timex_instr) code;
    dln_timex_first *firsts;    /* [code.count] */
    uint32_t literal_count;
    dln_timex_set class_starts[DLN_TX_COUNT];
    dln_timex_set class_seconds[DLN_TX_COUNT];
    dln_timex_set short_rules;  /* of one word, at least */
    uint32_t longest;       /* words in the longest entry */
    uint32_t article;       /* lexeme of "a": "a hundred" */
};

/* A piece of a match: words [begin, end) and what they filled. */
typedef struct dln_timex_part {
    uint32_t begin, end;
    dln_timex_slots slots;
} dln_timex_part;

#define DLN_TIMEX_MAX_PARTS 4
typedef struct dln_timex_match {
    const dln_timex_rule *rule;
    uint32_t end;           /* word behind it */
    uint32_t part_count;
    dln_timex_part parts[DLN_TIMEX_MAX_PARTS];
} dln_timex_match;

/* A point of the calendar, as coarse as it was said. */
typedef enum dln_timex_grain {
    DLN_GRAIN_NONE,
    DLN_GRAIN_CENTURY, DLN_GRAIN_DECADE, DLN_GRAIN_YEAR, DLN_GRAIN_HALF,
    DLN_GRAIN_QUARTER, DLN_GRAIN_SEASON, DLN_GRAIN_MONTH, DLN_GRAIN_WEEK,
    DLN_GRAIN_WEEKEND, DLN_GRAIN_DAY
} dln_timex_grain;

#define DLN_NO_YEAR INT32_MIN
typedef struct dln_timex_point {
    dln_timex_grain grain;
    int32_t year;           /* astronomical; a decade / 10, a century / 100;
                               DLN_NO_YEAR unknown */
    int32_t month, day;     /* 0 unknown */
    int32_t sub;            /* half, quarter, ISO week; code of a season */
    int32_t weekday;        /* of an unresolved weekday, else -1 */
    int32_t part;           /* code of a part of the day, 0 none */
    int32_t minute;         /* of the day, -1 none */
} dln_timex_point;

typedef enum dln_timex_tense {
    DLN_TENSE_NONE, DLN_TENSE_PAST, DLN_TENSE_PRESENT, DLN_TENSE_FUTURE
} dln_timex_tense;

/* What is history: nothing, this paragraph, the whole text. */
typedef enum dln_timex_story {
    DLN_STORY_NONE, DLN_STORY_PARAGRAPH, DLN_STORY_TEXT
} dln_timex_story;

/* An expression on its way: what the anchor needs beside the match. */
typedef struct dln_timex_found {
    const dln_timex_rule *rule;
    dln_timex_part part;
    dln_timex_tense tense;
    dln_timex_story story;  /* anchored on the time of the story */
    bool head;              /* stands at the head of its sentence */
    bool told;              /* by the parse, the day of a deed told as done */
    bool certain;           /* "will": still to come */
    const struct dln_timex_found *of;   /* date of an anniversary, or NULL */
} dln_timex_found;

typedef struct dln_timex_anchor {
    dln_timex_point published;  /* grain NONE when unknown */
    dln_timex_point running;    /* last date of the text, or NONE */
    int32_t said_year;          /* of the last date, moving or not */
    dln_timex_point quarter;    /* last one spoken of, or NONE ... */
    uint32_t quarter_age;       /* ... so many expressions ago */
    const dln_timex *timex;
    bool inferred;              /* the publication is */
} dln_timex_anchor;

/* timex_lexicon.c: the word list and the rules into `timex`. */
DLN_NODISCARD dln_status dln_timex__load(dln_timex *timex, dln_error *error);
uint32_t dln_timex__lexeme(dln_timex *timex, dln_str word);
dln_timex_class dln_timex__class_of(dln_str name);
/* timex_rules.c */
DLN_NODISCARD dln_status dln_timex__compile(dln_timex *timex,
                                            const dln_table *table,
                                            dln_error *error);
/* The longest match that begins at word `at`; false when there is none. */
bool dln_timex__match(const dln_timex *timex, const dln_timex_words *words,
                      uint32_t at, dln_timex_match *out);
/* timex_words.c */
void dln_timex__words(const dln_timex *timex, const dln_doc *doc,
                      dln_arena *scratch, dln_timex_words *out);
/* Has the word this class here? *value gets the number. */
bool dln_timex__is(const dln_timex *timex, const dln_timex_word *word,
                   dln_timex_class class, int32_t *value);
/* timex_anchor.c: fills tense and story of all found. */
void dln_timex__tenses(const dln_timex *timex, const dln_doc *doc,
                       const dln_timex_words *words, dln_timex_found *found,
                       uint32_t count);
/* timex_undated.c: ties anniversaries to their dates; dates the report by
 * its own words, where it has no date and they tell one. */
void dln_timex__anniversaries(const dln_timex *timex, dln_doc *doc,
                              const dln_timex_words *words,
                              dln_timex_found *found, uint32_t count,
                              dln_arena *scratch);
void dln_timex__date_report(const dln_timex *timex, dln_doc *doc,
                            const dln_timex_words *words,
                            const dln_timex_found *found, uint32_t count,
                            dln_arena *scratch);
/* timex_resolve.c: value (in the arena) and days; false: no time after
 * all. Moves anchor->running. */
bool dln_timex__resolve(dln_timex_anchor *anchor,
                        const dln_timex_found *found, dln_arena *arena,
                        dln_time *out);
/* Letters of a code ("WI", "FA") and a NUL. */
void dln_timex__code_text(char out[5], int32_t code);
/* timex_value.c */
dln_str dln_timex__value(const dln_timex_point *point, dln_arena *arena);
dln_interval dln_timex__days(const dln_timex_point *point);
/* First day of a point, DLN_NO_DAY when it has none. */
int32_t dln_timex__first_day(const dln_timex_point *point);
dln_timex_point dln_timex__point(dln_timex_grain grain, int32_t day);
/* `point` moved by n units, as coarse as the unit. */
bool dln_timex__shift(const dln_timex_point *point, int32_t unit, int32_t n,
                      dln_timex_point *out);
dln_timex_grain dln_timex__grain_of(int32_t unit);

#endif
