/* SPDX-License-Identifier: Apache-2.0 */
#include "figures/figures.h"

#include <stdlib.h>

struct dln_figures {
    const dln_lang *lang;
};

dln_status dln_figures_open(dln_figures **out, const dln_lang *lang,
                            dln_error *error)
{
    *out = calloc(1, sizeof **out);
    if (!*out)
        return dln_fail(error, DLN_NOMEM, "out of memory");
    (*out)->lang = lang;
    return DLN_OK;
}

void dln_figures_close(dln_figures *figures)
{
    free(figures);
}

dln_status dln_figures_run(const dln_figures *figures, dln_doc *doc,
                           dln_arena *scratch)
{
    (void)figures;
    (void)scratch;
    (void)doc;
    return DLN_OK;
}
