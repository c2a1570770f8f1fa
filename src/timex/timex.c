/* SPDX-License-Identifier: Apache-2.0 */
#include "timex/timex.h"

#include <stdlib.h>

struct dln_timex {
    const dln_lang *lang;
};

dln_status dln_timex_open(dln_timex **out, const dln_lang *lang,
                            dln_error *error)
{
    *out = calloc(1, sizeof **out);
    if (!*out)
        return dln_fail(error, DLN_NOMEM, "out of memory");
    (*out)->lang = lang;
    return DLN_OK;
}

void dln_timex_close(dln_timex *timex)
{
    free(timex);
}

dln_status dln_timex_run(const dln_timex *timex, dln_doc *doc,
                           dln_arena *scratch)
{
    (void)timex;
    (void)scratch;
    (void)doc;
    return DLN_OK;
}
