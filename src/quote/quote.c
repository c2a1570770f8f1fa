/* SPDX-License-Identifier: Apache-2.0 */
#include "quote/quote.h"

#include <stdlib.h>

struct dln_quote {
    const dln_lang *lang;
};

dln_status dln_quote_open(dln_quote **out, const dln_lang *lang,
                            dln_error *error)
{
    *out = calloc(1, sizeof **out);
    if (!*out)
        return dln_fail(error, DLN_NOMEM, "out of memory");
    (*out)->lang = lang;
    return DLN_OK;
}

void dln_quote_close(dln_quote *quote)
{
    free(quote);
}

dln_status dln_quote_run(const dln_quote *quote, dln_doc *doc,
                           dln_arena *scratch)
{
    (void)quote;
    (void)scratch;
    (void)doc;
    return DLN_OK;
}
