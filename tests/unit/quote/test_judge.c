/* SPDX-License-Identifier: Apache-2.0 */
/* Statements over a given tree with the weights, without them, and with
 * files that are no weights. */
#include <stdlib.h>

#include "doc/conllu.h"
#include "quote/judge_p.h"
#include "tap.h"

static const char sample[] =
    "# newpar\n"
    "1\tThe\tthe\tDET\tDT\t_\t2\tdet\t_\t_\n"
    "2\tenvoy\tenvoy\tNOUN\tNN\t_\t3\tnsubj\t_\t_\n"
    "3\tsaid\tsay\tVERB\tVBD\t_\t0\troot\t_\t_\n"
    "4\tthat\tthat\tSCONJ\tIN\t_\t7\tmark\t_\t_\n"
    "5\tthe\tthe\tDET\tDT\t_\t6\tdet\t_\t_\n"
    "6\tbridge\tbridge\tNOUN\tNN\t_\t7\tnsubj\t_\t_\n"
    "7\tfell\tfall\tVERB\tVBD\t_\t3\tccomp\t_\tSpaceAfter=No\n"
    "8\t.\t.\tPUNCT\t.\t_\t3\tpunct\t_\t_\n\n";

static const char *root;
static dln_lang *lang;

static dln_status open_with(const char *name, dln_quote **out)
{
    char path[4096];
    dln_error error;
    snprintf(path, sizeof path, "%s/models/%s", root, name);
    return dln_quote_open(out, lang, path, &error);
}

static void says(const dln_quote *quote, const char *why)
{
    dln_error error;
    dln_doc *doc = dln_doc_new(0);
    dln_arena *scratch = dln_arena_new(0);
    is_int(dln_conllu_read(doc, dln_str_of(sample), &error), DLN_OK);
    dln_doc_link_children(doc);
    is_int(dln_quote_run(quote, doc, scratch), DLN_OK);
    is_int(doc->statements.count, 1);
    if (doc->statements.count == 1) {
        const dln_statement *s = &doc->statements.at[0];
        is_str(dln_doc_str(doc, s->source), "The envoy");
        is_str(dln_doc_str(doc, s->cue), "said");
        is_int(s->content_count, 1);
        is_str(dln_doc_str(doc, s->contents[0]), "that the bridge fell");
        ok(dln_str_find(s->why, dln_str_of(why), 0) < s->why.len);
    }
    dln_arena_free(scratch);
    dln_doc_free(doc);
}

/* A weight for everything: the first word that may be a cue is one, and the
 * parts are found in bounded time. */
static int32_t always(const void *model, const dln_quote_clues *clues)
{
    (void)model;
    return (int32_t)(clues->count ? clues->at[0] % 64 : 0);
}

static void options(const dln_quote *quote)
{
    dln_error error;
    dln_doc *doc = dln_doc_new(0);
    dln_arena *scratch = dln_arena_new(0);
    dln_reading r;
    dln_judged j;
    static dln_quote_option all[JUDGE_MAX_OPTIONS];
    is_int(dln_conllu_read(doc, dln_str_of(sample), &error), DLN_OK);
    dln_doc_link_children(doc);
    ok(dln_quote__read(quote, doc, scratch, &r));
    ok(dln_quote__judged(&j, &r));
    ok(dln_quote__cue_like(&j, 2));
    ok(!dln_quote__cue_like(&j, 7));
    dln_quote__turn(&j, 2);
    is_int(j.by_rule[PART_SOURCE].begin, 0);
    is_int(j.by_rule[PART_SOURCE].end, 2);
    is_int(j.by_rule[PART_CONTENT].begin, 3);
    is_int(j.by_rule[PART_CONTENT].end, 7);
    /* Seven words to begin at and to end behind. */
    is_int(dln_quote__options(&j, PART_CONTENT, always, NULL, all), 28);
    /* Of these not those around the cue, but also nothing. */
    is_int(dln_quote__options(&j, PART_SOURCE, always, NULL, all), 14);
    is_int(dln_quote__options(&j, PART_CUE, always, NULL, all), 15);
    /* "The envoy | said | that the bridge fell", all of it as content. */
    j.part[PART_CUE] = (dln_quote_words){2, 3};
    j.part[PART_SOURCE] = (dln_quote_words){0, 2};
    dln_quote_words hole = dln_quote__hole(&j, (dln_quote_words){0, 7});
    is_int(hole.begin, 0);
    is_int(hole.end, 3);
    dln_arena_free(scratch);
    dln_doc_free(doc);
}

int main(void)
{
    char data[4096];
    dln_error error;
    dln_quote *quote = NULL;
    root = getenv("DATELINE_SOURCE");
    root = root ? root : ".";
    snprintf(data, sizeof data, "%s/data", root);
    is_int(dln_lang_open(&lang, data, "en", &error), DLN_OK);
    is_int(open_with("quote.dlm", &quote), DLN_OK);
    if (quote)
        says(quote, "clause under the verb");
    dln_quote_close(quote);
    /* Another's weights, and a list in place of them. */
    is_int(open_with("pair.dlm", &quote), DLN_BADDATA);
    ok(!quote);
    is_int(open_with("MANIFEST", &quote), DLN_BADDATA);
    ok(!quote);
    is_int(open_with("none.dlm", &quote), DLN_OK);
    if (quote) {
        says(quote, "clause under the verb");
        options(quote);
    }
    dln_quote_close(quote);
    dln_lang_close(lang);
    return done();
}
