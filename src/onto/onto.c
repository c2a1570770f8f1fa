/* SPDX-License-Identifier: Apache-2.0 */
#include "onto/onto.h"

#include <stdlib.h>

struct dln_onto {
    dln_arena *arena;
    dln_str datadir;
};

dln_status dln_onto_open(dln_onto **out, const char *datadir,
                         dln_error *error)
{
    *out = calloc(1, sizeof **out);
    if (*out)
        (*out)->arena = dln_arena_new(0);
    if (!*out || !(*out)->arena) {
        dln_onto_close(*out);
        *out = NULL;
        return dln_fail(error, DLN_NOMEM, "out of memory");
    }
    (*out)->datadir = dln_arena_str((*out)->arena, dln_str_of(datadir));
    return DLN_OK;
}

void dln_onto_close(dln_onto *onto)
{
    if (!onto)
        return;
    dln_arena_free(onto->arena);
    free(onto);
}

const char *dln_onto_datadir(const dln_onto *onto)
{
    return onto->datadir.data;
}
