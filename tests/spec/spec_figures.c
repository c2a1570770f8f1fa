/* SPDX-License-Identifier: Apache-2.0 */
/* Runs figures.spec. A figure prints as
 * WORDS | quantity | relation low high | unit | scope | side | claimed_by
 * with "-" for an open end, and for whom nobody knows. */
#include <math.h>

#include "spec.h"

static void put_value(dln_buf *out, double value)
{
    if (isnan(value))
        dln_buf_str(out, DLN_STR(" -"));
    else
        dln_buf_printf(out, " %.15g", value);
}

static void put_actor(const dln_doc *doc, dln_buf *out, uint32_t actor)
{
    dln_str key = actor < doc->actors.count ? doc->actors.at[actor].key
                                            : DLN_STR("-");
    dln_buf_printf(out, " | %.*s", DLN_ARG(key));
}

static void render(const dln_doc *doc, dln_buf *out)
{
    for (uint32_t i = 0; i < doc->figures.count; i++) {
        const dln_figure *f = &doc->figures.at[i];
        dln_buf_printf(out, "%.*s | %s | %s",
                       DLN_ARG(dln_doc_str(doc, f->span)),
                       dln_quantity_text(f->quantity),
                       dln_relation_text(f->relation));
        put_value(out, f->low);
        put_value(out, f->high);
        dln_str unit = f->unit.len ? f->unit : DLN_STR("-");
        dln_buf_printf(out, " | %.*s | %s", DLN_ARG(unit),
                       dln_scope_text(f->scope));
        put_actor(doc, out, f->side);
        put_actor(doc, out, f->claimed_by);
        dln_buf_char(out, '\n');
    }
}

int main(int argc, char **argv)
{
    return spec_main(argc, argv, DLN_STAGE_FIGURES, render);
}
