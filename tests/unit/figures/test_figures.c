/* SPDX-License-Identifier: Apache-2.0 */
/* Figures over given words and tags, so that no model is needed. */
#include <math.h>
#include <stdlib.h>

#include "doc/conllu.h"
#include "figures/figures.h"
#include "tap.h"

static dln_lang *lang;
static dln_figures *figures;
static dln_doc *doc;
static dln_arena *scratch;

/* Reads one sentence of words "form/UPOS/XPOS". */
static void load_tagged(const char *tagged)
{
    dln_error error = {DLN_OK, ""};
    dln_buf conllu;
    dln_str rest = dln_str_of(tagged), word;
    dln_buf_init(&conllu, 0);
    for (unsigned n = 1; dln_str_cut(&rest, ' ', &word); n++) {
        size_t x = word.len, u;
        while (x > 0 && word.data[x - 1] != '/')
            x--;
        u = x - 1;
        while (u > 0 && word.data[u - 1] != '/')
            u--;
        dln_buf_printf(&conllu, "%u\t%.*s\t%.*s\t%.*s\t%.*s\t_\t%u\t%s\t_\t_\n",
                       n, (int)u - 1, word.data, (int)u - 1, word.data,
                       (int)(x - u) - 1, word.data + u,
                       (int)(word.len - x), word.data + x, n == 1 ? 0 : 1,
                       n == 1 ? "root" : "dep");
    }
    dln_buf_char(&conllu, '\n');
    dln_doc_reset(doc);
    dln_arena_reset(scratch);
    is_int(dln_conllu_read(doc, dln_buf_view(&conllu), &error), DLN_OK);
    dln_buf_release(&conllu);
}

static void read_tagged(const char *tagged)
{
    load_tagged(tagged);
    is_int(dln_figures_run(figures, doc, scratch), DLN_OK);
}

static uint32_t add_actor(const char *key, uint32_t begin, uint32_t end)
{
    dln_actor *actor = DLN_VEC_PUSH(doc->arena, &doc->actors);
    dln_mention *mention = DLN_VEC_PUSH(doc->arena, &doc->mentions);
    *actor = (dln_actor){.key = dln_str_of(key), .parent = DLN_NONE};
    *mention = (dln_mention){
        .span = dln_tokens_span(doc, begin, end),
        .token_begin = begin,
        .token_end = end,
        .head = end - 1,
        .form = DLN_FORM_NAME,
        .actor = doc->actors.count - 1,
        .entity = DLN_NONE,
    };
    return mention->actor;
}

/* Whose people, who says so, as of when. */
static void test_context(void)
{
    load_tagged("Reds/PROPN/NNPS said/VERB/VBD 20/NUM/CD Blue/ADJ/JJ "
                "soldiers/NOUN/NNS were/AUX/VBD killed/VERB/VBN ././.");
    const uint32_t red = add_actor("group:red", 0, 1);
    const uint32_t blue = add_actor("group:blue", 3, 4);
    dln_span content = dln_tokens_span(doc, 2, 7);
    dln_statement *s = DLN_VEC_PUSH(doc->arena, &doc->statements);
    *s = (dln_statement){
        .span = dln_tokens_span(doc, 0, 7),
        .source = dln_tokens_span(doc, 0, 1),
        .contents = &content,
        .content_count = 1,
        .speakers = &red,
        .speaker_count = 1,
    };
    is_int(dln_figures_run(figures, doc, scratch), DLN_OK);
    is_int(doc->figures.count, 1);
    is_int(doc->figures.at[0].side, blue);
    is_int(doc->figures.at[0].claimed_by, red);
    is_str(dln_doc_str(doc, doc->figures.at[0].claim), "Reds");
    is_str(doc->figures.at[0].status, "military");

    load_tagged("According/VERB/VBG to/ADP/TO Reds/PROPN/NNPS ,/PUNCT/, "
                "40/NUM/CD people/NOUN/NNS died/VERB/VBD in/ADP/IN "
                "1994/NUM/CD ././.");
    add_actor("group:red", 2, 3);
    doc->published = (dln_interval){18000, 18000, DLN_PREC_DAY};
    dln_time *time = DLN_VEC_PUSH(doc->arena, &doc->times);
    *time = (dln_time){
        .span = dln_tokens_span(doc, 8, 9),
        .type = DLN_TIME_DATE,
        .when = {8766, 9130, DLN_PREC_YEAR},
    };
    is_int(dln_figures_run(figures, doc, scratch), DLN_OK);
    is_int(doc->figures.count, 1);
    is_int(doc->figures.at[0].claimed_by, 0);
    is_int(doc->figures.at[0].as_of.start, 8766);
    is_int(doc->figures.at[0].scope, DLN_SCOPE_OTHER_EVENT);
}

static void is_figure(uint32_t i, dln_quantity quantity,
                      dln_relation relation, double low, double high)
{
    if (!ok(i < doc->figures.count))
        return;
    const dln_figure *f = &doc->figures.at[i];
    is_str(dln_str_of(dln_quantity_text(f->quantity)),
           dln_quantity_text(quantity));
    is_str(dln_str_of(dln_relation_text(f->relation)),
           dln_relation_text(relation));
    ok(isnan(low) ? isnan(f->low) : f->low == low);
    ok(isnan(high) ? isnan(f->high) : f->high == high);
    ok(f->why.len > 0);
}

static void test_tolls(void)
{
    read_tagged("More/ADJ/JJR than/ADP/IN 6,000/NUM/CD people/NOUN/NNS "
                ",/PUNCT/, including/VERB/VBG civilians/NOUN/NNS ,/PUNCT/, "
                "were/AUX/VBD killed/VERB/VBN ././.");
    is_int(doc->figures.count, 1);
    is_figure(0, DLN_QTY_KILLED, DLN_RELATION_MORE_THAN, 6000, NAN);
    is_str(dln_doc_str(doc, doc->figures.at[0].span),
           "More than 6,000 people");
    is_str(dln_doc_str(doc, doc->figures.at[0].number), "6,000");
    is_str(doc->figures.at[0].unit, "person");

    read_tagged("The/DET/DT shelling/NOUN/NN killed/VERB/VBD "
                "two/NUM/CD dozen/NOUN/NN soldiers/NOUN/NNS and/CCONJ/CC "
                "three/NUM/CD civilians/NOUN/NNS ././.");
    is_int(doc->figures.count, 2);
    is_figure(0, DLN_QTY_KILLED, DLN_RELATION_EXACTLY, 24, 24);
    is_str(doc->figures.at[0].status, "military");
    is_figure(1, DLN_QTY_KILLED, DLN_RELATION_EXACTLY, 3, 3);
    is_str(doc->figures.at[1].status, "civilian");

    read_tagged("Two/NUM/CD gunmen/NOUN/NNS killed/VERB/VBD nine/NUM/CD "
                "guards/NOUN/NNS ././.");
    is_int(doc->figures.count, 2);
    is_figure(0, DLN_QTY_OTHER, DLN_RELATION_EXACTLY, 2, 2);
    is_figure(1, DLN_QTY_KILLED, DLN_RELATION_EXACTLY, 9, 9);

    read_tagged("Some/DET/DT 48,000/NUM/CD people/NOUN/NNS who/PRON/WP "
                "fled/VERB/VBD the/DET/DT valley/NOUN/NN have/AUX/VBP "
                "returned/VERB/VBN ././.");
    is_figure(0, DLN_QTY_RETURNED, DLN_RELATION_ABOUT, 48000, 48000);

    read_tagged("The/DET/DT war/NOUN/NN left/VERB/VBD around/ADP/IN "
                "30,000/NUM/CD dead/ADJ/JJ and/CCONJ/CC displaced/VERB/VBD "
                "many/ADJ/JJ ././.");
    is_figure(0, DLN_QTY_KILLED, DLN_RELATION_ABOUT, 30000, 30000);

    read_tagged("A/DET/DT man/NOUN/NN was/AUX/VBD shot/VERB/VBN and/CCONJ/CC "
                "killed/VERB/VBN ././.");
    is_figure(0, DLN_QTY_KILLED, DLN_RELATION_EXACTLY, 1, 1);
    is_str(dln_doc_str(doc, doc->figures.at[0].span), "A man");
}

/* The title's number tells which toll is the report's own. */
static void test_title(void)
{
    load_tagged("The/DET/DT ambush/NOUN/NN killed/VERB/VBD nine/NUM/CD "
                "guards/NOUN/NNS in/ADP/IN a/DET/DT war/NOUN/NN that/PRON/WDT "
                "killed/VERB/VBD 6,000/NUM/CD people/NOUN/NNS ././.");
    doc->title = DLN_STR("Nine guards killed in ambush");
    is_int(dln_figures_run(figures, doc, scratch), DLN_OK);
    is_int(doc->figures.count, 2);
    is_figure(0, DLN_QTY_KILLED, DLN_RELATION_EXACTLY, 9, 9);
    is_int(doc->figures.at[0].scope, DLN_SCOPE_TOTAL);
    is_figure(1, DLN_QTY_KILLED, DLN_RELATION_EXACTLY, 6000, 6000);
    is_int(doc->figures.at[1].scope, DLN_SCOPE_OTHER_EVENT);
    ok(dln_str_starts(doc->figures.at[1].why,
                      DLN_STR("the title tells 9; ")));

    /* One person named in it sets no limit. */
    load_tagged("Nine/NUM/CD guards/NOUN/NNS were/AUX/VBD killed/VERB/VBN "
                "././.");
    doc->title = DLN_STR("Commander killed in ambush");
    is_int(dln_figures_run(figures, doc, scratch), DLN_OK);
    is_int(doc->figures.at[0].scope, DLN_SCOPE_TOTAL);
}

/* A killer's own death is added to those he killed. */
static void test_self(void)
{
    read_tagged("He/PRON/PRP killed/VERB/VBD four/NUM/CD guards/NOUN/NNS "
                "and/CCONJ/CC then/ADV/RB killed/VERB/VBD himself/PRON/PRP "
                "././.");
    is_figure(0, DLN_QTY_KILLED, DLN_RELATION_EXACTLY, 4, 4);
    is_figure(doc->figures.count - 1, DLN_QTY_KILLED, DLN_RELATION_EXACTLY,
              5, 5);
}

static void test_measures(void)
{
    read_tagged("They/PRON/PRP stay/VERB/VBP for/ADP/IN at/ADP/IN "
                "least/ADJ/JJS five/NUM/CD years/NOUN/NNS ././.");
    is_figure(0, DLN_QTY_DURATION, DLN_RELATION_AT_LEAST, 5, NAN);
    is_str(doc->figures.at[0].unit, "year");

    read_tagged("Losses/NOUN/NNS of/ADP/IN 33-35/NUM/CD billion/NUM/CD "
                "euros/NOUN/NNS ././.");
    is_figure(0, DLN_QTY_MONEY, DLN_RELATION_BETWEEN, 33e9, 35e9);
    is_str(doc->figures.at[0].unit, "EUR");

    read_tagged("Up/ADP/IN to/ADP/IN $/SYM/$ 2bn/NUM/CD was/AUX/VBD "
                "spent/VERB/VBN ././.");
    is_figure(0, DLN_QTY_MONEY, DLN_RELATION_AT_MOST, NAN, 2e9);

    read_tagged("Fewer/ADJ/JJR than/ADP/IN 4.5/NUM/CD square/ADJ/JJ "
                "kilometres/NOUN/NNS burned/VERB/VBD ././.");
    is_figure(0, DLN_QTY_AREA, DLN_RELATION_LESS_THAN, NAN, 4.5);
    is_str(doc->figures.at[0].unit, "km2");
}

/* What must not be read as a figure, and must not harm. */
static void test_refused(void)
{
    static const char *const none[] = {
        "In/ADP/IN 2020/NUM/CD they/PRON/PRP met/VERB/VBD ././.",
        "On/ADP/IN May/PROPN/NNP 14/NUM/CD they/PRON/PRP met/VERB/VBD ././.",
        "Codes/NOUN/NNS 1,2,3,4/NUM/CD 007/NUM/CD failed/VERB/VBD ././.",
        "Bond/PROPN/NNP ,/PUNCT/, 45/NUM/CD ,/PUNCT/, left/VERB/VBD ././.",
        "Resolution/PROPN/NNP 242/NUM/CD failed/VERB/VBD ././.",
        "They/PRON/PRP met/VERB/VBD at/ADP/IN 10:30/NUM/CD ././.",
        "Call/VERB/VB 555-0199/NUM/CD now/ADV/RB ././.",
    };
    for (size_t i = 0; i < sizeof none / sizeof *none; i++) {
        read_tagged(none[i]);
        is_int(doc->figures.count, 0);
    }
    dln_buf monster;
    dln_buf_init(&monster, 0);
    for (int i = 0; i < 400; i++)
        dln_buf_char(&monster, '9');
    dln_buf_printf(&monster, "/NUM/CD people/NOUN/NNS died/VERB/VBD");
    read_tagged(monster.data);
    is_int(doc->figures.count, 0);
    dln_buf_clear(&monster);
    for (int i = 0; i < 60; i++)
        dln_buf_printf(&monster, "%strillion/NUM/CD", i ? " " : "9/NUM/CD ");
    read_tagged(monster.data);
    is_int(doc->figures.count, 0);
    dln_buf_release(&monster);
}

int main(void)
{
    const char *root = getenv("DATELINE_DATA");
    char data[4096];
    dln_error error = {DLN_OK, ""};
    snprintf(data, sizeof data, "%s/data", root ? root : ".");
    is_int(dln_lang_open(&lang, data, "en", &error), DLN_OK);
    is_int(dln_figures_open(&figures, lang, &error), DLN_OK);
    doc = dln_doc_new(0);
    scratch = dln_arena_new(0);
    test_tolls();
    test_title();
    test_self();
    test_measures();
    test_context();
    test_refused();
    dln_doc_free(doc);
    dln_arena_free(scratch);
    dln_figures_close(figures);
    dln_lang_close(lang);
    return done();
}
