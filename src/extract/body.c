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

#define REPEATED 6u    /* words from which a run is not said twice */

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

#ifndef SHARE
#define SHARE 0.85f
#endif
#ifndef SHARE_BODY
#define SHARE_BODY 0.6f
#endif

/* Before each node, the worth of the runs that begin before it. */
static float *sum_worth(dln_view *view)
{
    uint32_t n = view->html.nodes.count, run = 0;
    float *before = dln_arena_array(view->scratch, n + 1, sizeof *before);
    float sum = 0;
    if (!before)
        return NULL;
    for (uint32_t i = 0; i < n; i++) {
        before[i] = sum;
        if (run < view->runs.count && view->runs.at[run].first == i)
            sum += view->runs.at[run++].score;
    }
    before[n] = sum;
    return before;
}

static float worth_in(const dln_view *view, const float *before, uint32_t i)
{
    return before[view->html.nodes.at[i].end] - before[i];
}

/* The element with the most worth; then the one inside it that has most of
 * it, as long as there is one. */
static uint32_t best_element(dln_view *view)
{
    const dln_html *html = &view->html;
    uint32_t best = 0, end;
    float *before = sum_worth(view), most = 0;
    if (!before)
        return 0;
    for (uint32_t i = 0; i < html->nodes.count; i++) {
        float value = worth_in(view, before, i);
        if (html->nodes.at[i].tag != DLN_TAG_TEXT && value >= most
            && value > 0) {
            most = value;
            best = i;
        }
    }
    float whole = most;
    end = html->nodes.at[best].end;
    for (uint32_t i = best + 1; i < end; i++) {
        uint8_t tag = html->nodes.at[i].tag;
        float value = worth_in(view, before, i);
        float share = view->marks[i] & DLN_MARK_BODY ? SHARE_BODY : SHARE;
        if (tag == DLN_TAG_TEXT || !dln_tag_is_block(tag))
            continue;
        if (value >= share * whole) {
            best = i;
            end = html->nodes.at[i].end;
        }
    }
    return best;
}

static bool add_run(dln_buf *out, const dln_view *view, const dln_run *run,
                    dln_map *seen)
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
    /* Pages for two widths of screen hold their text twice. */
    dln_str line = dln_str_sub(dln_buf_view(out), start, out->len);
    if (run->words >= REPEATED && line.len) {
        if (dln_map_get(seen, line) != DLN_NONE) {
            out->len = start;
            return false;
        }
        dln_map_set(seen, line, 1);
    }
    if (out->len > start)
        dln_buf_char(out, '\n');
    return out->len > start;
}

/* Is the run the report's title, or a line of links? */
static bool is_furniture(const dln_view *view, const dln_run *run,
                         dln_str line)
{
    if (dln_tag_is_heading(view->html.nodes.at[run->block].tag)
        && dln_extract__alike(line, view->title) == 2)
        return true;
    return run->links * 10 > run->words * 7 && run->words < 20;
}

/* Text of the runs inside `body`; a heading waits for what it heads. */
static void write_runs(dln_view *view, uint32_t body, dln_buf *out)
{
    uint32_t end = view->html.nodes.at[body].end;
    size_t kept = 0;    /* bytes up to the last run that is no heading */
    dln_map seen;
    dln_map_init(&seen, view->scratch);
    for (uint32_t i = 0; i < view->runs.count; i++) {
        dln_run *run = &view->runs.at[i];
        if (run->first < body || run->first >= end)
            continue;
        size_t start = out->len;
        run->keep = add_run(out, view, run, &seen);
        dln_str line = dln_str_trim(dln_str_sub(dln_buf_view(out), start,
                                                out->len));
        if (is_furniture(view, run, line)) {
            out->len = start;
            run->keep = false;
        }
        if (run->keep && !dln_tag_is_heading(
                             view->html.nodes.at[run->block].tag))
            kept = out->len;
    }
    out->len = kept;
}

dln_str dln_extract__body(dln_view *view, const char **why)
{
    dln_buf out;
    for (uint32_t i = 0; i < view->runs.count; i++)
        view->runs.at[i].score = worth(view, &view->runs.at[i]);
    uint32_t best = view->whole ? 0 : best_element(view);
    *why = view->whole ? "all of it" : view->marks[best] & DLN_MARK_BODY
               ? "the element named for it" : "the element with most prose";
    dln_buf_init(&out, DLN_DOC_MAX_BYTES);
    write_runs(view, best, &out);
    dln_str text = dln_arena_str(view->arena,
                                 dln_str_trim(dln_buf_view(&out)));
    dln_buf_release(&out);
    return text;
}
