/* SPDX-License-Identifier: Apache-2.0 */
/* times.spec: WORDS | TYPE | VALUE */
#include "spec.h"

static void render(const dln_doc *doc, dln_buf *out)
{
    for (uint32_t i = 0; i < doc->times.count; i++) {
        const dln_time *t = &doc->times.at[i];
        dln_buf_printf(out, "%.*s | %s | %.*s\n",
                       DLN_ARG(dln_doc_str(doc, t->span)),
                       dln_time_type_text(t->type), DLN_ARG(t->value));
    }
}

int main(int argc, char **argv)
{
    return spec_main(argc, argv, DLN_STAGE_TIMES, render);
}
