/* SPDX-License-Identifier: Apache-2.0 */
#include "clean/clean.h"

#include <stdlib.h>

struct dln_clean {
    const dln_lang *lang;
};

dln_status dln_clean_open(dln_clean **out, const dln_lang *lang,
                            dln_error *error)
{
    *out = calloc(1, sizeof **out);
    if (!*out)
        return dln_fail(error, DLN_NOMEM, "out of memory");
    (*out)->lang = lang;
    return DLN_OK;
}

void dln_clean_close(dln_clean *clean)
{
    free(clean);
}

dln_status dln_clean_run(const dln_clean *clean, dln_doc *doc,
                           dln_arena *scratch)
{
    (void)clean;
    (void)scratch;
    doc->text = doc->input;
    return DLN_OK;
}
