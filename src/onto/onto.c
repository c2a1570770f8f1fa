/* SPDX-License-Identifier: Apache-2.0 */
#include "onto/onto.h"

#include <stdlib.h>

struct dln_onto {
    dln_arena *arena;
};

dln_status dln_onto_open(dln_onto **out, const char *datadir,
                         dln_error *error)
{
    (void)datadir;
    *out = calloc(1, sizeof **out);
    if (!*out)
        return dln_fail(error, DLN_NOMEM, "out of memory");
    return DLN_OK;
}

void dln_onto_close(dln_onto *onto)
{
    free(onto);
}
