/* SPDX-License-Identifier: Apache-2.0 */
#include "link/link.h"

#include <stdlib.h>

struct dln_link {
    const dln_lang *lang;
};

dln_status dln_link_open(dln_link **out, const dln_lang *lang,
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

void dln_link_close(dln_link *link)
{
    free(link);
}

dln_status dln_link_run(const dln_link *link, dln_doc *doc,
                           dln_arena *scratch)
{
    (void)link;
    (void)scratch;
    (void)doc;
    return DLN_OK;
}
