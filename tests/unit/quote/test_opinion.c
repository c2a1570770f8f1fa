/* SPDX-License-Identifier: Apache-2.0 */
/* The small network over the encoder's states: every set of kernels says the
 * same, pieces keep to their limits, files that do not fit are refused. */
#include <stdlib.h>

#include "doc/conllu.h"
#include "quote/opinion_p.h"
#include "tap.h"

static const char sample[] =
    "# newpar\n"
    "1\tThe\tthe\tDET\tDT\t_\t2\tdet\t_\t_\n"
    "2\tenvoy\tenvoy\tNOUN\tNN\t_\t3\tnsubj\t_\t_\n"
    "3\tsaid\tsay\tVERB\tVBD\t_\t0\troot\t_\t_\n"
    "4\tthe\tthe\tDET\tDT\t_\t5\tdet\t_\t_\n"
    "5\tbridge\tbridge\tNOUN\tNN\t_\t6\tnsubj\t_\t_\n"
    "6\tfell\tfall\tVERB\tVBD\t_\t3\tccomp\t_\t_\n\n"
    "1\tHe\the\tPRON\tPRP\t_\t2\tnsubj\t_\t_\n"
    "2\tleft\tleave\tVERB\tVBD\t_\t0\troot\t_\t_\n\n"
    "# newpar\n"
    "1\tRain\train\tNOUN\tNN\t_\t2\tnsubj\t_\t_\n"
    "2\tfell\tfall\tVERB\tVBD\t_\t0\troot\t_\t_\n\n";

enum { TOKENS = 10, CUE = 2 };

static void give_states(dln_doc *doc, uint32_t width)
{
    uint32_t seed = 7;
    doc->states.width = width;
    doc->states.bytes = dln_arena_alloc(doc->arena, (size_t)TOKENS * width);
    doc->states.steps = dln_arena_array(doc->arena, TOKENS, sizeof(float));
    for (size_t i = 0; i < (size_t)TOKENS * width; i++) {
        seed = seed * 1664525u + 1013904223u;
        doc->states.bytes[i] = (uint8_t)(1 + (seed >> 8) % 255);
    }
    for (uint32_t t = 0; t < TOKENS; t++)
        doc->states.steps[t] = 0.02f;
}

static void test_sets(const dln_quote *quote)
{
    static int32_t first[3][2][2 * JUDGE_REACH], now[3][2][2 * JUDGE_REACH];
    float odds[JUDGE_MAX_TOKENS], odds_first[JUDGE_MAX_TOKENS] = {0};
    dln_error error;
    dln_doc *doc = dln_doc_new(0);
    dln_arena *scratch = dln_arena_new(0);
    dln_reading r;
    dln_judged j;
    dln_opinion_net net = *quote->opinion;
    is_int(dln_conllu_read(doc, dln_str_of(sample), &error), DLN_OK);
    dln_doc_link_children(doc);
    ok(dln_quote__read(quote, doc, scratch, &r));
    ok(dln_quote__judged(&j, &r));
    is_int(dln_quote__piece(doc, 0), 2);
    is_int(dln_quote__piece(doc, 1), 2);
    is_int(dln_quote__piece(doc, 2), 3);
    ok(!dln_quote__opinion(&net, doc, scratch));    /* no states */
    give_states(doc, net.width + 4);
    ok(!dln_quote__opinion(&net, doc, scratch));    /* another network's */
    give_states(doc, net.width);
    const dln_sentence *s = doc->sentences.at;
    for (int set = DLN_KERNELS_PLAIN; set < DLN_KERNELS_COUNT; set++) {
        net.kernels = dln_kernels_pick((dln_kernel_set)set);
        if (!net.kernels)
            continue;
        dln_opinion *o = dln_quote__opinion(&net, doc, scratch);
        ok(o != NULL);
        dln_quote__hear(o, doc, 0);
        ok(!dln_quote__cue_odds(o, &j, &s[2], odds));
        ok(dln_quote__cue_odds(o, &j, &s[0], odds));
        dln_quote__turn(&j, CUE);
        memset(now, 0, sizeof now);
        j.lean = now;
        dln_quote__lean(o, &j);
        if (set == DLN_KERNELS_PLAIN) {
            memcpy(first, now, sizeof now);
            memcpy(odds_first, odds, 6 * sizeof *odds);
        }
        ok(!memcmp(first, now, sizeof now));
        ok(!memcmp(odds_first, odds, 6 * sizeof *odds));
    }
    dln_arena_free(scratch);
    dln_doc_free(doc);
}

/* The section after `bytes` are put behind the first place of `what`. */
static dln_status with(dln_str section, const char *what, size_t behind,
                       const char *bytes, size_t size)
{
    dln_opinion_net net;
    dln_error error;
    char *copy = aligned_alloc(64, (section.len + 63) / 64 * 64);
    memcpy(copy, section.data, section.len);
    for (size_t i = 0; i + strlen(what) < section.len; i++)
        if (!memcmp(copy + i, what, strlen(what))) {
            memcpy(copy + i + behind, bytes, size);
            break;
        }
    dln_status status = dln_quote__opinion_open(
        &net, (dln_str){copy, section.len}, &error);
    free(copy);
    return status;
}

static void test_refused(const dln_quote *quote)
{
    dln_str section;
    dln_error error;
    is_int(dln_weights_section(&quote->file, "opinion", &section, &error),
           DLN_OK);
    is_int(with(section, "of_run", 0, "of_run", 6), DLN_OK);
    is_int(with(section, "of_run", 0, "of_rum", 6), DLN_BADDATA);
    is_int(with(section, "first.norm", 0, "second", 6), DLN_BADDATA);
    is_int(with(section, "rows", 20, "\0\1\0\0", 4), DLN_BADDATA);
    is_int(with(section, "pair", 20, "\x20", 1), DLN_BADDATA);
    is_int(with((dln_str){section.data, section.len / 2}, "pair", 0, "pair",
                4), DLN_BADDATA);
    is_int(with((dln_str){section.data, 4}, "pair", 0, "pair", 4),
           DLN_BADDATA);
}

int main(void)
{
    char path[4096];
    dln_error error;
    dln_quote *quote;
    dln_lang *lang;
    const char *root = getenv("DATELINE_SOURCE");
    root = root ? root : ".";
    snprintf(path, sizeof path, "%s/data", root);
    is_int(dln_lang_open(&lang, path, "en", &error), DLN_OK);
    snprintf(path, sizeof path, "%s/models/quote.dlm", root);
    is_int(dln_quote_open(&quote, lang, path, &error), DLN_OK);
    if (quote) {
        test_sets(quote);
        test_refused(quote);
    }
    dln_quote_close(quote);
    dln_lang_close(lang);
    return done();
}
