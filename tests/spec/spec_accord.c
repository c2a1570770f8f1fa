/* SPDX-License-Identifier: Apache-2.0 */
/* Runs accord.spec. A finding prints as one of
 *   pact | WORDS | kind | stage | made or sought
 *   duty | act | debtors | basis
 *   mandate | BODY | low high | WORDS OF THE TERM
 *   issue | id
 *   outcome | WORDS */
#include <math.h>

#include "spec.h"

static dln_str or_dash(dln_str text)
{
    return text.len ? text : DLN_STR("-");
}

static void put_pacts(const dln_doc *doc, dln_buf *out)
{
    for (uint32_t i = 0; i < doc->pacts.count; i++) {
        const dln_pact *p = &doc->pacts.at[i];
        dln_buf_printf(out, "pact | %.*s | %.*s | %.*s | %s\n",
                       DLN_ARG(dln_doc_str(doc, p->span)),
                       DLN_ARG(or_dash(p->kind)),
                       DLN_ARG(or_dash(p->stage)),
                       p->made ? "made" : "sought");
    }
}

static void put_duties(const dln_doc *doc, dln_buf *out)
{
    for (uint32_t i = 0; i < doc->commitments.count; i++) {
        const dln_commitment *c = &doc->commitments.at[i];
        dln_buf_printf(out, "duty | %.*s | ", DLN_ARG(c->act));
        for (uint32_t k = 0; k < c->debtor_count; k++)
            dln_buf_printf(out, "%s%.*s", k ? ", " : "",
                           DLN_ARG(doc->actors.at[c->debtors[k]].name));
        dln_buf_printf(out, " | %s\n", c->basis);
    }
}

static void put_number(dln_buf *out, double value)
{
    if (isnan(value))
        dln_buf_str(out, DLN_STR(" -"));
    else
        dln_buf_printf(out, " %.15g", value);
}

static void render(const dln_doc *doc, dln_buf *out)
{
    put_pacts(doc, out);
    put_duties(doc, out);
    for (uint32_t i = 0; i < doc->mandates.count; i++) {
        const dln_mandate *m = &doc->mandates.at[i];
        dln_buf_printf(out, "mandate | %.*s |",
                       DLN_ARG(doc->actors.at[m->actor].name));
        put_number(out, m->low);
        put_number(out, m->high);
        dln_str words = dln_span_has(m->term_words)
            ? dln_doc_str(doc, m->term_words) : DLN_STR("-");
        dln_buf_printf(out, " | %.*s\n", DLN_ARG(words));
    }
    for (uint32_t i = 0; i < doc->topics.count; i++)
        dln_buf_printf(out, "issue | %.*s\n",
                       DLN_ARG(doc->topics.at[i].issue));
    for (uint32_t i = 0; i < doc->outcomes.count; i++)
        dln_buf_printf(out, "outcome | %.*s\n",
                       DLN_ARG(doc->outcomes.at[i].outcome));
}

int main(int argc, char **argv)
{
    return spec_main(argc, argv, DLN_STAGE_AGREEMENTS, render);
}
