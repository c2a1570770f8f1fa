/* SPDX-License-Identifier: Apache-2.0 */
/* Roles and features by rule, over trees given by hand. */
#include <stdlib.h>

#include "analyse/analyse_p.h"
#include "base/buf.h"
#include "doc/conllu.h"
#include "lang/lang.h"
#include "tap.h"

static dln_doc *doc;
static dln_arena *scratch;
static dln_words words;

/* Reads "form/lemma/UPOS/XPOS/head/deprel[/MISC] ..." and applies the
 * rules. */
static void read(const char *sentence)
{
    dln_buf conllu;
    dln_error error;
    dln_str rest = dln_str_of(sentence), word;
    dln_buf_init(&conllu, 0);
    for (unsigned id = 1; dln_str_cut(&rest, ' ', &word); id++) {
        dln_str f[7] = {{0}};
        for (int i = 0; i < 7 && dln_str_cut(&word, '/', &f[i]); i++)
            ;
        dln_buf_printf(&conllu, "%u\t%.*s\t%.*s\t%.*s\t%.*s\t_\t%.*s\t%.*s"
                                "\t_\t%.*s\n", id, DLN_ARG(f[0]),
                       DLN_ARG(f[1]), DLN_ARG(f[2]), DLN_ARG(f[3]),
                       DLN_ARG(f[4]), DLN_ARG(f[5]),
                       f[6].len ? (int)f[6].len : 1,
                       f[6].len ? f[6].data : "_");
    }
    dln_doc_reset(doc);
    is_int(dln_conllu_read(doc, dln_buf_view(&conllu), &error), DLN_OK);
    dln_buf_release(&conllu);
    const dln_clause *clauses = dln_analyse__clauses(doc, scratch);
    dln_analyse__morphology(words.morphology, doc, clauses);
    dln_analyse__roles(words.roles, doc, clauses);
}

/* All predicates, a line each: "met ARG0 they ARGM-TMP Monday". */
static dln_str shown(dln_buf *out)
{
    dln_buf_clear(out);
    for (uint32_t i = 0; i < doc->predicates.count; i++) {
        const dln_predicate *p = &doc->predicates.at[i];
        dln_buf_printf(out, "%s%.*s", i ? "; " : "",
                       DLN_ARG(dln_token_str(doc, p->token)));
        for (uint32_t k = 0; k < p->argument_count; k++)
            dln_buf_printf(out, " %s %.*s",
                           dln_argument_text(p->arguments[k].label),
                           DLN_ARG(dln_token_str(doc,
                                                 p->arguments[k].token)));
    }
    return dln_buf_view(out);
}

static const struct {
    const char *tree, *roles;
} cases[] = {
    {"Rebels/rebel/NOUN/NNS/3/nsubj did/do/AUX/VBD/3/aux "
     "attack/attack/VERB/VB/0/root the/the/DET/DT/5/det "
     "base/base/NOUN/NN/3/obj in/in/ADP/IN/7/case "
     "Derna/Derna/PROPN/NNP/3/obl on/on/ADP/IN/9/case "
     "Friday/Friday/PROPN/NNP/3/obl",
     "attack ARG0 Rebels ARG1 base ARGM-LOC Derna ARGM-TMP Friday"},
    {"Two/two/NUM/CD/2/nummod posts/post/NOUN/NNS/4/nsubj:pass "
     "were/be/AUX/VBD/4/aux:pass shelled/shell/VERB/VBN/0/root "
     "by/by/ADP/IN/7/case the/the/DET/DT/7/det army/army/NOUN/NN/4/obl",
     "shelled ARG1 posts ARG0 army"},
    {"He/he/PRON/PRP/4/nsubj would/would/AUX/MD/4/aux "
     "not/not/PART/RB/4/advmod agree/agree/VERB/VB/0/root "
     "to/to/PART/TO/6/mark leave/leave/VERB/VB/4/xcomp",
     "agree ARG0 He ARGM-MOD would ARGM-NEG not ARG1 leave; leave ARG0 He"},
    {"They/they/PRON/PRP/2/nsubj urged/urge/VERB/VBD/0/root "
     "Mali/Mali/PROPN/NNP/2/obj to/to/PART/TO/5/mark "
     "withdraw/withdraw/VERB/VB/2/xcomp",
     "urged ARG0 They ARG1 Mali ARG2 withdraw; withdraw ARG0 Mali"},
    {"the/the/DET/DT/2/det men/man/NOUN/NNS/0/root "
     "who/who/PRON/WP/4/nsubj fled/flee/VERB/VBD/2/acl:relcl",
     "fled ARG0 men"},
    {"Prices/price/NOUN/NNS/2/nsubj rose/rise/VERB/VBD/0/root "
     "sharply/sharply/ADV/RB/2/advmod",
     "rose ARG1 Prices ARGM-EXT sharply"},
    {"Peace/peace/NOUN/NN/4/nsubj is/be/AUX/VBZ/4/cop "
     "now/now/ADV/RB/4/advmod possible/possible/ADJ/JJ/0/root",
     "is ARG1 Peace ARGM-TMP now ARG2 possible"},
    {"They/they/PRON/PRP/2/nsubj made/make/VERB/VBD/0/root "
     "no/no/DET/DT/4/det attack/attack/NOUN/NN/2/obj/Predicate=Yes "
     "on/on/ADP/IN/6/case us/we/PRON/PRP/4/nmod",
     "attack ARG0 They ARGM-LVB made ARGM-NEG no ARG1 us"},
    {"They/they/PRON/PRP/2/nsubj came/come/VERB/VBD/0/root "
     "and/and/CCONJ/CC/4/cc fought/fight/VERB/VBD/2/conj",
     "came ARG1 They; fought ARG0 They"},
    {"Stop/stop/VERB/VB/0/root", "Stop"},
};

static void roles(void)
{
    dln_buf out;
    dln_buf_init(&out, 0);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        read(cases[i].tree);
        is_str(shown(&out), cases[i].roles);
    }
    dln_buf_release(&out);
}

static dln_str feats(uint32_t token)
{
    return dln_str_of(dln_feats_text(doc->tokens.at[token].feats));
}

static void morphology(void)
{
    read("She/she/PRON/PRP/2/nsubj saw/see/VERB/VBD/0/root "
         "her/she/PRON/PRP$/4/nmod:poss sons/son/NOUN/NNS/2/obj "
         "and/and/CCONJ/CC/6/cc left/leave/VERB/VBD/2/conj "
         "it/it/PRON/PRP/6/obj");
    is_str(feats(0), "Case=Nom|Gender=Fem|Number=Sing|Person=3|"
                     "PronType=Prs");
    is_str(feats(2), "Case=Gen|Gender=Fem|Number=Sing|Person=3|Poss=Yes|"
                     "PronType=Prs");
    is_str(feats(3), "Number=Plur");
    is_str(feats(4), "_");
    is_str(feats(5), "Mood=Ind|Number=Sing|Person=3|Tense=Past|"
                     "VerbForm=Fin");
    is_str(feats(6), "Case=Acc|Gender=Neut|Number=Sing|Person=3|"
                     "PronType=Prs");
    read("We/we/PRON/PRP/3/nsubj have/have/AUX/VBP/3/aux "
         "seen/see/VERB/VBN/0/root 3/3/NUM/CD/6/nummod "
         "burnt/burn/VERB/VBN/6/amod houses/house/NOUN/NNS/3/obj");
    is_str(feats(1), "Mood=Ind|Number=Plur|Person=1|Tense=Pres|"
                     "VerbForm=Fin");
    is_str(feats(2), "Tense=Past|VerbForm=Part");
    is_str(feats(3), "NumForm=Digit|NumType=Card");
    is_str(feats(4), "Tense=Past|VerbForm=Part|Voice=Pass");
    read("Stop/stop/VERB/VB/0/root shooting/shoot/VERB/VBG/1/xcomp "
         "or/or/CCONJ/CC/4/cc go/go/VERB/VB/1/conj");
    is_str(feats(0), "Mood=Imp|VerbForm=Fin");
    is_str(feats(1), "VerbForm=Ger");
    is_str(feats(3), "Mood=Imp|VerbForm=Fin");
}

/* A star of verbs below one verb costs a walk each, not a walk of all. */
static void star(void)
{
    dln_buf conllu;
    dln_error error;
    dln_buf_init(&conllu, 0);
    for (unsigned id = 1; id <= 60000; id++)
        dln_buf_printf(&conllu, "%u\tgo\tgo\tVERB\tVBP\t_\t%d\t%s\t_\t_\n",
                       id, id > 1, id > 1 ? "conj" : "root");
    dln_doc_reset(doc);
    is_int(dln_conllu_read(doc, dln_buf_view(&conllu), &error), DLN_OK);
    const dln_clause *clauses = dln_analyse__clauses(doc, scratch);
    dln_analyse__morphology(words.morphology, doc, clauses);
    dln_analyse__roles(words.roles, doc, clauses);
    is_int(doc->predicates.count, 60000);
    dln_buf_release(&conllu);
}

int main(void)
{
    char data[4096];
    dln_error error = {DLN_OK, ""};
    dln_lang *lang = NULL;
    snprintf(data, sizeof data, "%s/data", getenv("DATELINE_SOURCE"));
    is_int(dln_lang_open(&lang, data, "en", &error), DLN_OK);
    is_int(dln_analyse__words(&words, lang, &error), DLN_OK);
    doc = dln_doc_new(0);
    scratch = dln_arena_new(0);
    roles();
    morphology();
    star();
    dln_doc_free(doc);
    dln_arena_free(scratch);
    dln_lang_close(lang);
    return done();
}
