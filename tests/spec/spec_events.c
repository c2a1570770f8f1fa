/* SPDX-License-Identifier: Apache-2.0 */
/* events.spec: TYPE mode | status | polarity | ACTORS > RECIPIENTS |
 * trigger words | place. Parties with other roles follow the recipients:
 * "; host X", "; mediator Y". */
#include "spec.h"

static void parties(const dln_doc *doc, const dln_event *e, dln_buf *out,
                    dln_party_role role, const char *before)
{
    bool first = true;
    for (uint32_t i = 0; i < e->party_count; i++) {
        const dln_party *p = &e->parties[i];
        if (p->role != role)
            continue;
        dln_str name = p->actor < doc->actors.count
                           ? doc->actors.at[p->actor].name
                           : dln_doc_str(doc, p->span);
        dln_buf_printf(out, "%s%.*s", first ? before : " + ",
                       DLN_ARG(name));
        first = false;
    }
}

static void render(const dln_doc *doc, dln_buf *out)
{
    for (uint32_t i = 0; i < doc->events.count; i++) {
        const dln_event *e = &doc->events.at[i];
        dln_buf_printf(out, "%.*s%s%.*s | %s | %s |", DLN_ARG(e->type),
                       e->mode.len ? " " : "", DLN_ARG(e->mode),
                       dln_event_status_text(e->status),
                       dln_polarity_text(e->polarity));
        parties(doc, e, out, DLN_PARTY_ACTOR, " ");
        parties(doc, e, out, DLN_PARTY_RECIPIENT, " > ");
        parties(doc, e, out, DLN_PARTY_MEDIATOR, "; mediator ");
        parties(doc, e, out, DLN_PARTY_HOST, "; host ");
        dln_buf_printf(out, " | %.*s",
                       DLN_ARG(dln_doc_str(doc, e->trigger)));
        if (e->place != DLN_NONE)
            dln_buf_printf(out, " | %.*s",
                           DLN_ARG(doc->places.at[e->place].name));
        dln_buf_char(out, '\n');
    }
}

int main(int argc, char **argv)
{
    return spec_main(argc, argv, DLN_STAGE_EVENTS, render);
}
