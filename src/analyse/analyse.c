/* SPDX-License-Identifier: Apache-2.0 */
#include "analyse/analyse.h"

#include <stdlib.h>

struct dln_analyse {
    const dln_lang *lang;
};

dln_status dln_analyse_open(dln_analyse **out, const dln_lang *lang,
                            const char *model,
                            dln_error *error)
{
    (void)model;
    *out = calloc(1, sizeof **out);
    if (!*out)
        return dln_fail(error, DLN_NOMEM, "out of memory");
    (*out)->lang = lang;
    return DLN_OK;
}

void dln_analyse_close(dln_analyse *analyse)
{
    free(analyse);
}

dln_status dln_analyse_run(const dln_analyse *analyse, dln_doc *doc,
                           dln_arena *scratch)
{
    (void)analyse;
    (void)scratch;
    (void)doc;
    return DLN_OK;
}
