/* SPDX-License-Identifier: Apache-2.0 */
/*
 * onto: what the program knows of the world, read from DATADIR/onto: countries
 * and their names, organisations and armed groups, sectors, PLOVER's types,
 * places. Read once, never changed; one handle serves all threads.
 *
 * One index answers for all names. A name has one or more senses ("Georgia":
 * a country; "Jordan": a country and a river), each a kind and a number:
 *
 *     dln_str key = dln_onto_key(scratch, DLN_STR("Yerevan"));
 *     for (dln_sense s = dln_onto_find(onto, key); s.kind;
 *          s = dln_onto_next(onto, s))
 *         if (s.kind == DLN_SENSE_CAPITAL)
 *             dln_onto_country(onto, s.index)->iso3;      // "ARM"
 *
 * Towns and regions of the world come from a packed file beside the models
 * (towns.h), added with dln_onto_add_towns. A place of places.txt that is
 * one of them takes its geonameid, and stands in for it wherever its other
 * names lead there, so that a place has one name and one key.
 */
#ifndef DLN_ONTO_ONTO_H
#define DLN_ONTO_ONTO_H

#include "base/table.h"

typedef struct dln_onto dln_onto;

typedef enum dln_sense_kind {
    DLN_SENSE_NONE,         /* no (more) sense */
    DLN_SENSE_COUNTRY,      /* Armenia; index: country */
    DLN_SENSE_ADJECTIVE,    /* Armenian; index: country */
    DLN_SENSE_PEOPLE,       /* Armenians, a Turk; index: country */
    DLN_SENSE_CAPITAL,      /* Yerevan, as a government; index: country */
    DLN_SENSE_GOVERNMENT,   /* the Kremlin; index: country */
    DLN_SENSE_GROUP,        /* organisation, armed group, body, people */
    DLN_SENSE_PLACE,        /* index: place */
    DLN_SENSE_TITLE,        /* prime minister; index: title */
    DLN_SENSE_TITLES        /* prime ministers; index: title */
} dln_sense_kind;

typedef struct dln_sense {
    dln_sense_kind kind;
    uint32_t index;         /* what it is of, in the list of its kind */
    uint32_t next, packed;  /* see dln_onto_next */
    bool capitals;          /* holds only for words in capitals: "US" */
    bool other;             /* a place by another name than its own */
} dln_sense;

typedef struct dln_country {
    char iso3[4];           /* ISO 3166-1 alpha-3; XKX Kosovo */
    char iso2[3];
    dln_str name;
    dln_str adjective;      /* the first, or "" */
    dln_str cow, gw, fips;  /* "" where it has none */
} dln_country;

typedef struct dln_group {
    dln_str name;
    dln_str kind;           /* "organisation", "armed_group", "body",
                               "population" */
    dln_str sector;         /* PLOVER: IGO, NGO, REB, GOV ... or "" */
    char iso3[4];           /* country it belongs to, or "" */
} dln_group;

/* What a town is the seat of, and how a place came to be known. */
typedef enum dln_seat {
    DLN_SEAT_NONE,
    DLN_SEAT_PART,          /* of a district's part */
    DLN_SEAT_DISTRICT,
    DLN_SEAT_REGION,
    DLN_SEAT_COUNTRY
} dln_seat;

typedef struct dln_gazetteer {
    dln_str name;
    dln_str kind;           /* "city", "region", "corridor" ... */
    char country[4];        /* ISO 3166-1 alpha-3, or "" */
    double lat, lon;        /* degrees; NAN when unknown */
    uint32_t geonameid;     /* DLN_NONE when unknown */
    uint32_t population;    /* 0 unknown; a region's: of its towns */
    uint32_t region;        /* place: the first division it lies in, or
                               DLN_NONE */
    dln_seat seat;
    bool division;          /* itself a country's first division */
    bool listed;            /* in places.txt */
    dln_str sector;         /* of those who govern it when they act apart
                               from its country: "PRE"; else "" */
} dln_gazetteer;

typedef struct dln_title {
    dln_str name;           /* "prime minister" */
    dln_str rank;           /* "head", "minister", "envoy" ...: titles.txt */
    dln_str sector;         /* PLOVER, or "" */
    char gender;            /* 'm', 'f', or 0 */
    bool before;            /* stands before a name: "Mr", "President" */
} dln_title;

DLN_NODISCARD dln_status dln_onto_open(dln_onto **out, const char *datadir,
                                       dln_error *error);
/* The same with a user's folder laid over it (overlay.h); NULL: none. */
DLN_NODISCARD dln_status dln_onto_open_over(dln_onto **out,
                                            const char *datadir,
                                            const char *folder,
                                            dln_error *error);
void dln_onto_close(dln_onto *onto);
/* Adds the towns of a packed file; once, before anything is asked. */
DLN_NODISCARD dln_status dln_onto_add_towns(dln_onto *onto, const char *path,
                                            dln_error *error);
/* The DATADIR it was opened from, for rooms with vocabularies of their own
 * (DATADIR/onto/NAME). Lives as long as `onto`. */
const char *dln_onto_datadir(const dln_onto *onto);
/* The user's folder laid over it, or NULL. */
const char *dln_onto_folder(const dln_onto *onto);
/* Sixteen hex digits over the contents of all files. */
const char *dln_onto_hash(const dln_onto *onto);

/* The form names are looked up in: folded (dln_utf8_fold), hyphens as
 * spaces, without full stops, apostrophes and a leading "the". */
dln_str dln_onto_key(dln_arena *arena, dln_str name);
/* First sense of `key`, of kind DLN_SENSE_NONE if there is none; then the
 * others. Order: countries, groups, titles, listed places, towns by
 * population, regions. */
dln_sense dln_onto_find(const dln_onto *onto, dln_str key);
dln_sense dln_onto_next(const dln_onto *onto, dln_sense sense);
/* Words of the longest key that begins with `word`, at least 1. */
uint32_t dln_onto_words_from(const dln_onto *onto, dln_str word);

uint32_t dln_onto_country_count(const dln_onto *onto);
const dln_country *dln_onto_country(const dln_onto *onto, uint32_t index);
const dln_group *dln_onto_group(const dln_onto *onto, uint32_t index);
dln_gazetteer dln_onto_place(const dln_onto *onto, uint32_t index);
const dln_title *dln_onto_title(const dln_onto *onto, uint32_t index);

/* The country of an alpha-3 code, or NULL. */
const dln_country *dln_onto_iso3(const dln_onto *onto, dln_str iso3);
/* Index of the first sense of this kind that `key` has, or DLN_NONE. */
uint32_t dln_onto_sense(const dln_onto *onto, dln_str key,
                        dln_sense_kind kind);

#endif
