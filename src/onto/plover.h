/* SPDX-License-Identifier: Apache-2.0 */
/*
 * plover: the event types, modes and contexts of PLOVER 2.0 with their quad
 * classes and intensities, as DATADIR/onto/plover.txt gives them. Read once,
 * never changed; one handle serves all threads.
 *
 *     dln_plover *plover;
 *     dln_plover_open(&plover, dln_onto_datadir(onto), &error);
 *     const dln_plover_type *t = dln_plover_find(plover, event->type);
 *     if (t) { t->quad; dln_plover_intensity(t, event->mode); }
 */
#ifndef DLN_ONTO_PLOVER_H
#define DLN_ONTO_PLOVER_H

#include "base/table.h"

#define DLN_PLOVER_MAX_TYPES 32
#define DLN_PLOVER_MAX_MODES 32     /* of one type */

typedef struct dln_plover_mode {
    dln_str name;
    double intensity;
} dln_plover_mode;

typedef struct dln_plover_type {
    dln_str name;           /* "CONSULT" */
    uint32_t index;         /* in the order of the file, from 0 */
    int quad;               /* 1 to 4 */
    double intensity;       /* -10 to 10 */
    dln_str future;         /* the type it is while still to come */
    dln_plover_mode modes[DLN_PLOVER_MAX_MODES];
    uint32_t mode_count;
} dln_plover_type;

typedef struct dln_plover dln_plover;

/* Reads DATADIR/onto/plover.txt. DLN_BADDATA names file and line. */
DLN_NODISCARD dln_status dln_plover_open(dln_plover **out,
                                         const char *datadir,
                                         dln_error *error);
/* The same from memory; `file` is its name in errors. */
DLN_NODISCARD dln_status dln_plover_parse(dln_plover **out, dln_str file,
                                          dln_str text, dln_error *error);
void dln_plover_close(dln_plover *plover);

uint32_t dln_plover_count(const dln_plover *plover);
/* The type at `index`; they keep the order of the file. */
const dln_plover_type *dln_plover_at(const dln_plover *plover,
                                     uint32_t index);
/* The type of this name, or NULL. */
const dln_plover_type *dln_plover_find(const dln_plover *plover,
                                       dln_str name);
/* A mode of a type, or NULL. */
const dln_plover_mode *dln_plover_mode_find(const dln_plover_type *type,
                                            dln_str mode);
/* Intensity of the mode, or of the type when the mode is "" or unknown. */
double dln_plover_intensity(const dln_plover_type *type, dln_str mode);
bool dln_plover_has_context(const dln_plover *plover, dln_str context);

#endif
