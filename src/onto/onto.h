/* SPDX-License-Identifier: Apache-2.0 */
/*
 * onto: what the program knows of the world, read from DATADIR/onto: countries
 * and their names, organisations and armed groups, sectors, PLOVER's types,
 * places. Read once, never changed; one handle serves all threads.
 */
#ifndef DLN_ONTO_ONTO_H
#define DLN_ONTO_ONTO_H

#include "base/table.h"

typedef struct dln_onto dln_onto;

DLN_NODISCARD dln_status dln_onto_open(dln_onto **out, const char *datadir,
                                       dln_error *error);
void dln_onto_close(dln_onto *onto);
/* The DATADIR it was opened from, for rooms with vocabularies of their own
 * (DATADIR/onto/NAME). Lives as long as `onto`. */
const char *dln_onto_datadir(const dln_onto *onto);

#endif
