/* SPDX-License-Identifier: Apache-2.0 */
/* Private to the onto room. */
#ifndef DLN_ONTO_ONTO_P_H
#define DLN_ONTO_ONTO_P_H

#include "onto/onto.h"
#include "onto/overlay.h"
#include "onto/towns.h"

struct dln_onto {
    dln_arena *arena;
    dln_str datadir;
    const char *folder;     /* the user's, or NULL */
    const dln_table *over;  /* his rows: they hide those of the same name */
    char hash[17];
    DLN_VEC(dln_country) countries;
    DLN_VEC(dln_group) groups;
    DLN_VEC(dln_gazetteer) places;
    DLN_VEC(dln_title) titles;
    DLN_VEC(dln_sense) senses;
    dln_towns towns;        /* none: count 0 */
    dln_map by_id;          /* geonameid, as bytes -> listed place */
    dln_map keys;           /* key -> first sense */
    dln_map first_words;    /* first word of keys of several words -> words
                               of the longest */
    dln_map iso3;           /* code -> country */
};

/* A name's new sense. Names without letters and digits are dropped. */
void dln_onto__add(dln_onto *onto, dln_str name, dln_sense_kind kind,
                   uint32_t index);

/* Does a row of the user's folder stand in for this one? */
bool dln_onto__is_hidden(const dln_onto *onto, const dln_table *table,
                         const dln_row *row);

/* Gives listed places the geonameids of the towns they are. */
void dln_onto__match_towns(dln_onto *onto);

/* Read one file each into the handle. */
dln_status dln_onto__countries(dln_onto *onto, const dln_table *table,
                               dln_error *error);
dln_status dln_onto__groups(dln_onto *onto, const dln_table *table,
                            dln_error *error);
dln_status dln_onto__titles(dln_onto *onto, const dln_table *table,
                            dln_error *error);
dln_status dln_onto__places(dln_onto *onto, const dln_table *table,
                            dln_error *error);

#endif
