/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Runs → the report's text.
 *
 * Each run is worth its words outside links less a price, so that prose is
 * worth much and menus less than nothing; the body is the element whose runs
 * are worth most in sum (a maximal subtree), the innermost of equals. What is
 * inside it and not of it is then taken out run by run.
 */
#include "extract/extract_p.h"

static float worth(const dln_view *view, const dln_run *run)
{
    uint8_t tag = view->html.nodes.at[run->block].tag;
    float plain = (float)(run->words - run->links);
    if (dln_tag_is_heading(tag))
        return 0;
    if (run->links * 2 > run->words)
        return -(float)(run->links < 6 ? run->links : 6);
    if (!run->stop && plain < 12)
        return 0;
    return plain;
}

/* The element with the most worth, by sums over runs that lie in it. */
static uint32_t best_element(dln_view *view)
{
    const dln_html *html = &view->html;
    uint32_t n = html->nodes.count, run = 0, best = 0;
    float *before = dln_arena_array(view->scratch, n + 1, sizeof *before);
    float sum = 0, most = 0;
    if (!before)
        return 0;
    for (uint32_t i = 0; i < n; i++) {
        before[i] = sum;
        if (run < view->runs.count && view->runs.at[run].first == i)
            sum += view->runs.at[run++].score;
    }
    before[n] = sum;
    for (uint32_t i = 0; i < n; i++) {
        const dln_node *e = &html->nodes.at[i];
        float value = before[e->end] - before[i];
        if (e->tag != DLN_TAG_TEXT && value >= most && value > 0) {
            most = value;
            best = i;
        }
    }
    return best;
}

static void add_run(dln_buf *out, const dln_view *view, const dln_run *run)
{
    const dln_html *html = &view->html;
    size_t start = out->len;
    for (uint32_t i = run->first; i < run->end; i++) {
        const dln_node *n = &html->nodes.at[i];
        if (n->tag == DLN_TAG_TEXT && !(n->flags & DLN_NODE_MUTE))
            dln_html_add(out, start,
                         dln_str_sub(html->page, n->at, n->at + n->len));
        else if (n->tag == DLN_TAG_BR)
            dln_html_add(out, start, DLN_STR(" "));
    }
    while (out->len > start && out->data[out->len - 1] == ' ')
        out->len--;
    if (out->len > start)
        dln_buf_char(out, '\n');
}

dln_str dln_extract__body(dln_view *view, const char **why)
{
    for (uint32_t i = 0; i < view->runs.count; i++)
        view->runs.at[i].score = worth(view, &view->runs.at[i]);
    uint32_t best = best_element(view);
    const dln_node *body = &view->html.nodes.at[best];
    dln_buf out;
    dln_buf_init(&out, DLN_DOC_MAX_BYTES);
    for (uint32_t i = 0; i < view->runs.count; i++) {
        const dln_run *run = &view->runs.at[i];
        if (run->first < best || run->first >= body->end || run->drop)
            continue;
        if (run->links * 2 > run->words && run->words < 20)
            continue;
        view->runs.at[i].keep = true;
        add_run(&out, view, run);
    }
    *why = "the element with the most prose";
    dln_str text = dln_arena_str(view->arena,
                                 dln_str_trim(dln_buf_view(&out)));
    dln_buf_release(&out);
    return text;
}
