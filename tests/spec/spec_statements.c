/* SPDX-License-Identifier: Apache-2.0 */
/* Statements as lines: "SPEAKERS | cue | contents | form | act", with
 * " | to HEARER" where one is known; the speakers' names joined by ", " ("-"
 * when unknown), the contents by " ... ". */
#include "spec.h"

static void render(const dln_doc *doc, dln_buf *out)
{
    for (uint32_t i = 0; i < doc->statements.count; i++) {
        const dln_statement *s = &doc->statements.at[i];
        for (uint32_t k = 0; k < s->speaker_count; k++)
            dln_buf_printf(out, "%s%.*s", k ? ", " : "",
                           DLN_ARG(doc->actors.at[s->speakers[k]].name));
        if (!s->speaker_count)
            dln_buf_char(out, '-');
        dln_buf_printf(out, " | %.*s | ", DLN_ARG(dln_doc_str(doc, s->cue)));
        for (uint32_t k = 0; k < s->content_count; k++)
            dln_buf_printf(out, "%s%.*s", k ? " ... " : "",
                           DLN_ARG(dln_doc_str(doc, s->contents[k])));
        dln_buf_printf(out, " | %s | %s", dln_statement_form_text(s->form),
                       dln_act_text(s->act));
        if (s->addressee != DLN_NONE)
            dln_buf_printf(out, " | to %.*s",
                           DLN_ARG(doc->actors.at[s->addressee].name));
        dln_buf_char(out, '\n');
    }
}

int main(int argc, char **argv)
{
    return spec_main(argc, argv, DLN_STAGE_STATEMENTS, render);
}
