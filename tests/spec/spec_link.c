/* SPDX-License-Identifier: Apache-2.0 */
/*
 * One line a mention: WORDS | form | ACTOR NAME | key
 * one a place:        WORDS | place | NAME | kind | country
 * and one an office:  ACTOR | role | TITLE | OF
 */
#include "spec.h"

static dln_str actor_name(const dln_doc *doc, uint32_t actor)
{
    return actor == DLN_NONE ? DLN_STR("-") : doc->actors.at[actor].name;
}

static void render(const dln_doc *doc, dln_buf *out)
{
    for (uint32_t i = 0; i < doc->mentions.count; i++) {
        const dln_mention *m = &doc->mentions.at[i];
        dln_buf_printf(out, "%.*s | %s | %.*s | %.*s\n",
                       DLN_ARG(dln_doc_str(doc, m->span)),
                       dln_form_text(m->form),
                       DLN_ARG(actor_name(doc, m->actor)),
                       DLN_ARG(m->actor == DLN_NONE
                                   ? DLN_STR("-")
                                   : doc->actors.at[m->actor].key));
    }
    for (uint32_t i = 0; i < doc->places.count; i++) {
        const dln_place *p = &doc->places.at[i];
        dln_buf_printf(out, "%.*s | place | %.*s | %.*s | %s\n",
                       DLN_ARG(dln_doc_str(doc, p->span)),
                       DLN_ARG(p->name), DLN_ARG(p->kind),
                       *p->country ? p->country : "-");
    }
    for (uint32_t i = 0; i < doc->roles.count; i++) {
        const dln_role *r = &doc->roles.at[i];
        dln_buf_printf(out, "%.*s | %s | %.*s | %.*s\n",
                       DLN_ARG(actor_name(doc, r->actor)),
                       r->former ? "former" : "role", DLN_ARG(r->title),
                       DLN_ARG(actor_name(doc, r->of)));
    }
}

int main(int argc, char **argv)
{
    return spec_main(argc, argv, DLN_STAGE_PARSE, render);
}
