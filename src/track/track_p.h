/* SPDX-License-Identifier: Apache-2.0 */
#ifndef DLN_TRACK_TRACK_P_H
#define DLN_TRACK_TRACK_P_H

#include "base/map.h"
#include "track/track.h"

typedef struct dln_tracker {
    dln_store *store;
    dln_error *error;
    dln_arena *arena;
} dln_tracker;

dln_status dln_track__agreements(dln_tracker *t);
dln_status dln_track__duties(dln_tracker *t);
dln_status dln_track__issues(dln_tracker *t, const char *datadir);

#endif
