/* SPDX-License-Identifier: Apache-2.0 */
/*
 * One line a place: WORDS | NAME | country | precision | geonameid
 * and one an event with a place: event | TYPE | PLACE
 */
#include "spec.h"

static void render(const dln_doc *doc, dln_buf *out)
{
    for (uint32_t i = 0; i < doc->places.count; i++) {
        const dln_place *p = &doc->places.at[i];
        dln_buf_printf(out, "%.*s | %.*s | %s | %s | ",
                       DLN_ARG(dln_doc_str(doc, p->span)), DLN_ARG(p->name),
                       *p->country ? p->country : "-",
                       dln_place_precision_text(p->precision));
        if (p->geonameid == DLN_NONE)
            dln_buf_str(out, DLN_STR("-\n"));
        else
            dln_buf_printf(out, "%u\n", (unsigned)p->geonameid);
    }
    for (uint32_t i = 0; i < doc->events.count; i++) {
        const dln_event *e = &doc->events.at[i];
        if (e->place != DLN_NONE)
            dln_buf_printf(out, "event | %.*s | %.*s\n", DLN_ARG(e->type),
                           DLN_ARG(doc->places.at[e->place].name));
    }
}

int main(int argc, char **argv)
{
    return spec_main(argc, argv, DLN_STAGE_EVENTS, render);
}
