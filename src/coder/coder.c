/* SPDX-License-Identifier: Apache-2.0 */
#include "coder/coder.h"

#include <stdlib.h>

struct dln_coder {
    const dln_lang *lang;
};

dln_status dln_coder_open(dln_coder **out, const dln_lang *lang,
                            const dln_onto *onto,
                            dln_error *error)
{
    (void)onto;
    *out = calloc(1, sizeof **out);
    if (!*out)
        return dln_fail(error, DLN_NOMEM, "out of memory");
    (*out)->lang = lang;
    return DLN_OK;
}

void dln_coder_close(dln_coder *coder)
{
    free(coder);
}

dln_status dln_coder_run(const dln_coder *coder, dln_doc *doc,
                           dln_arena *scratch)
{
    (void)coder;
    (void)scratch;
    (void)doc;
    return DLN_OK;
}
