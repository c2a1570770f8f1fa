/* SPDX-License-Identifier: Apache-2.0 */
/* timex alone: without tokens, with tags, undated, hostile, bad lists. */
#define _GNU_SOURCE
#include "timex/timex.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/io.h"
#include "doc/conllu.h"
#include "program.h"

static dln_lang *lang;
static dln_timex *timex;
static dln_arena *scratch;

static void run(dln_doc *doc, const char *text, const char *published)
{
    dln_doc_reset(doc);
    doc->text = dln_str_of(text);
    if (published)
        ok(dln_interval_parse(dln_str_of(published), &doc->published));
    dln_doc_split_paragraphs(doc);
    is_int(dln_timex_run(timex, doc, scratch), DLN_OK);
    dln_arena_reset(scratch);
}

static void test_days(dln_doc *doc)
{
    char day[11];
    run(doc, "He came on Monday, in the fall of 2020, for a week.",
        "2021-01-13");
    is_int(doc->times.count, 3);
    dln_time *t = doc->times.at;
    is_str(dln_doc_str(doc, t[0].span), "Monday");
    dln_day_text(day, t[0].when.start);
    is_str(dln_str_of(day), "2021-01-11");
    is_int(t[0].when.precision, DLN_PREC_DAY);
    ok(t[0].why.len > 0);
    is_str(t[1].value, "2020-FA");
    dln_day_text(day, t[1].when.start);
    is_str(dln_str_of(day), "2020-09-01");
    dln_day_text(day, t[1].when.end);
    is_str(dln_str_of(day), "2020-11-30");
    is_int(t[1].when.precision, DLN_PREC_SEASON);
    is_int(t[2].type, DLN_TIME_DURATION);
    is_int(t[2].when.start, DLN_NO_DAY);
    /* no tokens: no token range */
    is_int(t[0].token_begin, DLN_NONE);
}

static void test_undated(dln_doc *doc)
{
    run(doc, "He came on Monday. They left in May 2019.", NULL);
    is_int(doc->times.count, 2);
    is_str(doc->times.at[0].value, "XXXX-WXX-1");
    is_int(doc->times.at[0].when.start, DLN_NO_DAY);
    is_str(doc->times.at[1].value, "2019-05");
    /* only the month of publication is known */
    run(doc, "He came on Monday, in September.", "2022-10");
    is_str(doc->times.at[0].value, "XXXX-WXX-1");
    is_str(doc->times.at[1].value, "2022-09");
}

/* What a text tells of the day it was written, and what that dates. */
static void test_inferred(dln_doc *doc)
{
    static const struct { const char *text, *from, *to; } cases[] = {
        {"They met today, 11 January 2021.", "2021-01-11", "2021-01-11"},
        {"They met yesterday (10 January 2021).", "2021-01-11",
         "2021-01-11"},
        {"The war, which began on 24 February 2022, has entered its ninth "
         "month. He came on Monday.", "2022-10-24", "2022-11-23"},
        {"Both marked the first anniversary of the 9 November 2020 truce.",
         "2021-10-09", "2021-12-10"},
        {"The truce was signed three years ago, on 4 June 2014. Little is "
         "left of it.", "2016-12-03", "2017-12-04"},
        /* no clue: who says when that was? */
        {"The first anniversary of the truce was marked on Monday.", "", ""},
        {"By 24 February 2022 the war had entered its ninth year.", "", ""},
        {"\"Today, 11 January 2021, we begin,\" he said then.", "", ""},
        /* clues that contradict each other */
        {"They met today, 11 January 2021. He left yesterday, 3 May 2022.",
         "", ""},
        {"The truce was signed 400 years ago, on 31 February 2014.", "", ""},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char from[11], to[11];
        run(doc, cases[i].text, NULL);
        dln_day_text(from, doc->published.start);
        dln_day_text(to, doc->published.end);
        is_str(dln_str_of(from), cases[i].from);
        is_str(dln_str_of(to), cases[i].to);
        is_int(doc->published_basis, cases[i].from[0] ? DLN_BASIS_INFERRED
                                                      : DLN_BASIS_UNKNOWN);
        is_int(doc->notes.count, cases[i].from[0] != 0);
    }
    /* the month of the war is known, the Monday in it is not */
    run(doc, cases[2].text, NULL);
    is_str(doc->times.at[1].value, "XXXX-WXX-1");
    is_int(doc->times.at[1].when.start, DLN_NO_DAY);
    /* a given date is never touched */
    run(doc, cases[0].text, "2022-05-05");
    is_int(doc->published_basis, DLN_BASIS_UNKNOWN);
    is_int(doc->published.precision, DLN_PREC_DAY);
}

static void test_tags(dln_doc *doc)
{
    static const char gold[] =
        "# text = Guests may leave in May .\n"
        "1\tGuests\tguest\tNOUN\tNNS\t_\t3\tnsubj\t_\t_\n"
        "2\tmay\tmay\tAUX\tMD\t_\t3\taux\t_\t_\n"
        "3\tleave\tleave\tVERB\tVB\t_\t0\troot\t_\t_\n"
        "4\tin\tin\tADP\tIN\t_\t5\tcase\t_\t_\n"
        "5\tMay\tMay\tPROPN\tNNP\t_\t3\tobl\t_\t_\n"
        "6\t.\t.\tPUNCT\t.\t_\t3\tpunct\t_\t_\n\n";
    dln_error error = {DLN_OK, ""};
    dln_doc_reset(doc);
    is_int(dln_conllu_read(doc, dln_str_of(gold), &error), DLN_OK);
    ok(dln_interval_parse(DLN_STR("2021-08-02"), &doc->published));
    is_int(dln_timex_run(timex, doc, scratch), DLN_OK);
    dln_arena_reset(scratch);
    is_int(doc->times.count, 1);
    is_int(doc->times.at[0].token_begin, 4);
    is_int(doc->times.at[0].token_end, 5);
    is_str(doc->times.at[0].value, "2021-05");
}

/* A history, all of it: dates go on from each other, not from today. */
static void test_history(dln_doc *doc)
{
    run(doc, "In 1912 the league was founded.\nIn October 1912 it attacked.\n"
             "In May 1913 a treaty was signed.\nBy June it was broken.\n"
             "In 1915 and 1916 war returned.\nPeace came in 1918.\n",
        "2020-03-01");
    is_int(doc->times.count, 7);
    is_str(doc->times.at[3].value, "1913-06");
    ok(dln_str_find(doc->times.at[3].why, DLN_STR("told before"), 0)
       < doc->times.at[3].why.len);
}

/* Lines without end, all of them candidates: bounded, and noted. */
static void test_monster(dln_doc *doc)
{
    dln_buf text;
    dln_buf_init(&text, 0);
    for (int i = 0; i < 60000; i++)
        dln_buf_str(&text, DLN_STR("May 3\n"));
    doc->text = DLN_STR("");
    dln_doc_reset(doc);
    doc->text = dln_buf_view(&text);
    dln_doc_split_paragraphs(doc);
    is_int(dln_timex_run(timex, doc, scratch), DLN_WARN);
    dln_arena_reset(scratch);
    is_int(doc->times.count, 50000);
    is_int(doc->notes.count, 1);
    dln_buf_release(&text);
}

/* Lists that must be refused, and where the error must point. */
static void test_bad_lists(void)
{
    static const struct { const char *rules, *words, *say; } bad[] = {
        {"r\tMOON\tDATE\tcal\n", "may\tMONTH\t5\n", "rules.txt:2"},
        {"r\t(MONTH\tDATE\tcal\n", "may\tMONTH\t5\n", "not closed"},
        {"r\t$no\tDATE\tcal\n", "may\tMONTH\t5\n", "unknown macro"},
        {"$a\t$a\nr\t$a\tDATE\tcal\n", "may\tMONTH\t5\n", "too deep"},
        {"r\tMONTH\tDAT\tcal\n", "may\tMONTH\t5\n", "type or operation"},
        {"r\tMONTH\tDATE\tcall\n", "may\tMONTH\t5\n", "type or operation"},
        {"r\tMONTH\tDATE\tcal\tMOON=1\n", "may\tMONTH\t5\n", "argument"},
        {"r\tMONTH\tDATE\tcal\n", "may\tMOON\t5\n", "words.txt:2"},
        {"r\tMONTH\tDATE\tcal\n", "may\tMONTH\t5x\n", "words.txt:2"},
    };
    char root[] = "/tmp/dln_timex_XXXXXX", path[300];
    if (!mkdtemp(root))
        return;
    is_int(exit_of("mkdir -p %s/lang/xx", root), 0);
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        const char *names[] = {"rules", "words", "holidays"};
        const char *texts[] = {bad[i].rules, bad[i].words, "noon\t01-01\n"};
        dln_error error = {DLN_OK, ""};
        for (int f = 0; f < 3; f++) {
            char text[500];
            int n = snprintf(text, sizeof text, "# version: 1\n%s", texts[f]);
            snprintf(path, sizeof path, "%s/lang/xx/timex-%s.txt", root,
                     names[f]);
            ok(dln_io_write(path, (dln_str){text, (size_t)n}, &error)
               == DLN_OK);
        }
        dln_lang *l = NULL;
        dln_timex *t = NULL;
        ok(dln_lang_open(&l, root, "xx", &error) == DLN_OK);
        is_int(dln_timex_open(&t, l, &error), DLN_BADDATA);
        if (!ok(strstr(error.text, bad[i].say) != NULL))
            printf("#   got %s\n", error.text);
        dln_lang_close(l);
    }
    is_int(exit_of("rm -r %s", root), 0);
}

int main(void)
{
    char path[4096];
    const char *root = getenv("DATELINE_SOURCE");
    dln_error error = {DLN_OK, ""};
    snprintf(path, sizeof path, "%s/data", root ? root : ".");
    if (!ok(dln_lang_open(&lang, path, "en", &error) == DLN_OK)
        || !ok(dln_timex_open(&timex, lang, &error) == DLN_OK)) {
        printf("# %s\n", error.text);
        return done();
    }
    dln_doc *doc = dln_doc_new(0);
    scratch = dln_arena_new(0);
    test_days(doc);
    test_undated(doc);
    test_inferred(doc);
    test_tags(doc);
    test_history(doc);
    test_monster(doc);
    test_bad_lists();
    dln_doc_free(doc);
    dln_arena_free(scratch);
    dln_timex_close(timex);
    dln_lang_close(lang);
    return done();
}
