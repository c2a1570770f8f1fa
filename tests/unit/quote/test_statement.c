/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Given parses → statements. A parse is written one token a line:
 * "form lemma UPOS XPOS head deprel [-]", "-" for no space behind it; blank
 * lines separate sentences, "+" begins a paragraph. Statements are printed
 * as "source | cue | contents | form | act".
 */
#include <stdlib.h>

#include "base/buf.h"
#include "doc/conllu.h"
#include "quote/quote.h"
#include "tap.h"

static dln_quote *quote;
static dln_doc *doc;
static dln_arena *scratch;
static dln_buf out, conllu;

static void put_line(dln_str line)
{
    dln_str field[7] = {{NULL, 0}};
    for (unsigned n = 0; n < 7 && dln_str_cut(&line, ' ', &field[n]); n++)
        ;
    dln_buf_printf(&conllu, "%.*s\t%.*s\t%.*s\t%.*s\t_\t%.*s\t%.*s\t_\t%s\n",
                   DLN_ARG(field[0]), DLN_ARG(field[1]), DLN_ARG(field[2]),
                   DLN_ARG(field[3]), DLN_ARG(field[4]), DLN_ARG(field[5]),
                   field[6].len ? "SpaceAfter=No" : "_");
}

static void parse(const char *text)
{
    dln_str rest = dln_str_of(text), line;
    dln_error error = {DLN_OK, ""};
    unsigned n = 0;
    dln_buf_clear(&conllu);
    while (dln_str_cut(&rest, '\n', &line)) {
        if (line.len == 0) {
            dln_buf_char(&conllu, '\n');
            n = 0;
        } else if (dln_str_is(line, "+")) {
            dln_buf_str(&conllu, DLN_STR("# newpar\n"));
        } else {
            dln_buf_printf(&conllu, "%u\t", ++n);
            put_line(line);
        }
    }
    dln_buf_char(&conllu, '\n');
    dln_doc_reset(doc);
    dln_arena_reset(scratch);
    if (dln_conllu_read(doc, dln_buf_view(&conllu), &error) < DLN_WARN)
        printf("# %s\n", error.text);
    dln_doc_link_children(doc);
}

static dln_str run(void)
{
    dln_buf_clear(&out);
    if (dln_quote_run(quote, doc, scratch) != DLN_OK)
        return DLN_STR("failed");
    for (uint32_t i = 0; i < doc->statements.count; i++) {
        const dln_statement *s = &doc->statements.at[i];
        dln_buf_printf(&out, "%s%.*s | %.*s | ", i ? "\n" : "",
                       DLN_ARG(dln_doc_str(doc, s->source)),
                       DLN_ARG(dln_doc_str(doc, s->cue)));
        for (uint32_t k = 0; k < s->content_count; k++)
            dln_buf_printf(&out, "%s%.*s", k ? " ... " : "",
                           DLN_ARG(dln_doc_str(doc, s->contents[k])));
        dln_buf_printf(&out, " | %s | %s", dln_statement_form_text(s->form),
                       dln_act_text(s->act));
    }
    return dln_buf_view(&out);
}

static dln_str found(const char *text)
{
    parse(text);
    return run();
}

static uint32_t add_person(const char *name, uint32_t token)
{
    dln_actor *a = DLN_VEC_PUSH(doc->arena, &doc->actors);
    *a = (dln_actor){.key = dln_str_of(name), .name = dln_str_of(name),
                     .parent = DLN_NONE};
    if (token == DLN_NONE)
        return doc->actors.count - 1;
    dln_mention *m = DLN_VEC_PUSH(doc->arena, &doc->mentions);
    *m = (dln_mention){.span = doc->tokens.at[token].span,
                       .token_begin = token, .token_end = token + 1,
                       .head = token, .form = DLN_FORM_NAME,
                       .actor = doc->actors.count - 1, .entity = DLN_NONE};
    return doc->actors.count - 1;
}

static void frames(void)
{
    is_str(found("Orlov Orlov PROPN NNP 2 nsubj\n"
                 "said say VERB VBD 0 root\n"
                 "that that SCONJ IN 5 mark\n"
                 "talks talk NOUN NNS 5 nsubj\n"
                 "failed fail VERB VBD 2 ccomp -\n"
                 ". . PUNCT . 2 punct\n"),
           "Orlov | said | that talks failed | indirect | say");
    is_str(found("Orlov Orlov PROPN NNP 3 nsubj\n"
                 "has have AUX VBZ 3 aux\n"
                 "accused accuse VERB VBN 0 root\n"
                 "Kyrin Kyrin PROPN NNP 3 obj\n"
                 "of of SCONJ IN 6 mark\n"
                 "lying lie VERB VBG 3 advcl -\n"
                 ". . PUNCT . 3 punct\n"),
           "Orlov | has accused | Kyrin of lying | indirect | accuse");
    is_str(found("They they PRON PRP 2 nsubj\n"
                 "promised promise VERB VBD 0 root\n"
                 "to to PART TO 4 mark\n"
                 "leave leave VERB VB 2 xcomp -\n"
                 ". . PUNCT . 2 punct\n"),
           "They | promised | to leave | indirect | promise");
    is_str(found("She she PRON PRP 2 nsubj\n"
                 "urged urge VERB VBD 0 root\n"
                 "both both DET DT 4 det\n"
                 "sides side NOUN NNS 2 obj\n"
                 "to to PART TO 6 mark\n"
                 "talk talk VERB VB 2 xcomp -\n"
                 ". . PUNCT . 2 punct\n"),
           "She | urged | both sides to talk | indirect | demand");
    is_str(found("He he PRON PRP 2 nsubj\n"
                 "called call VERB VBD 0 root\n"
                 "it it PRON PRP 2 obj\n"
                 "a a DET DT 6 det\n"
                 "\" \" PUNCT `` 6 punct -\n"
                 "crisis crisis NOUN NN 2 xcomp -\n"
                 "\" \" PUNCT '' 6 punct -\n"
                 ". . PUNCT . 2 punct\n"),
           "He | called | it a \"crisis\" | mixed | say");
    is_str(found("Baku Baku PROPN NNP 2 nsubj\n"
                 "denied deny VERB VBD 0 root\n"
                 "the the DET DT 4 det\n"
                 "claim claim NOUN NN 2 obj -\n"
                 ". . PUNCT . 2 punct\n"),
           "Baku | denied | the claim | indirect | deny");
    is_str(found("Baku Baku PROPN NNP 4 nsubj\n"
                 "did do AUX VBD 4 aux\n"
                 "not not PART RB 4 advmod\n"
                 "agree agree VERB VB 0 root\n"
                 "to to PART TO 6 mark\n"
                 "talk talk VERB VB 4 xcomp -\n"
                 ". . PUNCT . 4 punct\n"),
           "Baku | did not agree | to talk | indirect | reject");
    is_str(found("She she PRON PRP 2 nsubj\n"
                 "called call VERB VBD 0 root\n"
                 "for for ADP IN 4 case\n"
                 "calm calm NOUN NN 2 obl -\n"
                 ". . PUNCT . 2 punct\n"),
           "She | called for | calm | indirect | demand");
    is_str(found("He he PRON PRP 2 nsubj\n"
                 "walked walk VERB VBD 0 root\n"
                 "home home ADV RB 2 advmod -\n"
                 ". . PUNCT . 2 punct\n"), "");
}

static void inherited(void)
{
    is_str(found("Orlov Orlov PROPN NNP 2 nsubj\n"
                 "left leave VERB VBD 0 root -\n"
                 ", , PUNCT , 4 punct\n"
                 "saying say VERB VBG 2 advcl\n"
                 "he he PRON PRP 6 nsubj\n"
                 "lost lose VERB VBD 4 ccomp -\n"
                 ". . PUNCT . 2 punct\n"),
           "Orlov | saying | he lost | indirect | say");
    is_str(found("The the DET DT 2 det\n"
                 "ministers minister NOUN NNS 3 nsubj\n"
                 "issued issue VERB VBD 0 root\n"
                 "a a DET DT 5 det\n"
                 "statement statement NOUN NN 3 obj\n"
                 "announcing announce VERB VBG 5 acl\n"
                 "a a DET DT 8 det\n"
                 "truce truce NOUN NN 6 obj -\n"
                 ". . PUNCT . 3 punct\n"),
           "The ministers | issued a statement announcing | a truce"
           " | indirect | say");
    is_str(found("A a DET DT 2 det\n"
                 "man man NOUN NN 5 nsubj\n"
                 "who who PRON WP 4 nsubj\n"
                 "said say VERB VBD 2 acl:relcl\n"
                 "fled flee VERB VBD 0 root -\n"
                 ". . PUNCT . 5 punct\n"), "");
    is_str(found("Tass Tass PROPN NNP 2 nsubj\n"
                 "says say VERB VBZ 0 root\n"
                 "that that SCONJ IN 5 mark\n"
                 "Orlov Orlov PROPN NNP 5 nsubj\n"
                 "said say VERB VBD 2 ccomp\n"
                 "they they PRON PRP 7 nsubj\n"
                 "agreed agree VERB VBD 5 ccomp -\n"
                 ". . PUNCT . 2 punct\n"),
           "Tass | says | that Orlov said they agreed | indirect | say\n"
           "Orlov | said | they agreed | indirect | say");
    is_int(doc->statements.at[0].inside, DLN_NONE);
    is_int(doc->statements.at[1].inside, 0);
}

#define QUOTE_GO                                                        \
    "\" \" PUNCT `` 3 punct -\n"                                        \
    "We we PRON PRP 3 nsubj\n"                                          \
    "go go VERB VBP 0 root -\n"                                         \
    ", , PUNCT , 3 punct -\n"                                           \
    "\" \" PUNCT '' 3 punct\n"

static void quotations(void)
{
    is_str(found(QUOTE_GO "Orlov Orlov PROPN NNP 7 nsubj\n"
                 "said say VERB VBD 3 parataxis -\n"
                 ". . PUNCT . 3 punct\n\n"
                 "\" \" PUNCT `` 2 punct -\n"
                 "Now now ADV RB 0 root -\n"
                 ". . PUNCT . 2 punct -\n"
                 "\" \" PUNCT '' 2 punct\n"),
           "Orlov | said | We go, ... Now. | direct | say");
    /* The same when the parser made nonsense of it. */
    is_str(found("\" \" PUNCT `` 6 dep -\n"
                 "We we PRON PRP 6 dep\n"
                 "go go VERB VBP 6 dep -\n"
                 ", , PUNCT , 6 punct -\n"
                 "\" \" PUNCT '' 6 punct\n"
                 "said say VERB VBD 0 root\n"
                 "Orlov Orlov PROPN NNP 6 dep -\n"
                 ". . PUNCT . 6 punct\n"),
           "Orlov | said | We go, | direct | say");
    is_str(found("Orlov Orlov PROPN NNP 2 nsubj\n"
                 "said say VERB VBD 0 root -\n"
                 ": : PUNCT : 2 punct\n"
                 "\" \" PUNCT `` 2 punct -\n"
                 "Peace peace NOUN NN 2 dep -\n"
                 ". . PUNCT . 2 punct -\n"
                 "\" \" PUNCT '' 2 punct\n"),
           "Orlov | said | Peace. | direct | say");
    is_str(found("Minister minister NOUN NN 0 root -\n"
                 ": : PUNCT : 1 punct\n"
                 "\" \" PUNCT `` 1 punct -\n"
                 "Peace peace NOUN NN 1 dep -\n"
                 "\" \" PUNCT '' 1 punct\n"),
           "Minister | : | Peace | direct | say");
    /* Two paragraphs, the mark repeated. */
    is_str(found("+\nOrlov Orlov PROPN NNP 2 nsubj\n"
                 "said say VERB VBD 0 root -\n"
                 ", , PUNCT , 2 punct\n"
                 "\" \" PUNCT `` 2 punct -\n"
                 "One one NUM CD 2 ccomp -\n"
                 ". . PUNCT . 2 punct\n\n"
                 "+\n\" \" PUNCT `` 2 punct -\n"
                 "Two two NUM CD 0 root -\n"
                 ". . PUNCT . 2 punct -\n"
                 "\" \" PUNCT '' 2 punct\n"),
           "Orlov | said | One. ... Two. | direct | say");
    is_str(found("The the DET DT 3 det\n"
                 "\" \" PUNCT `` 3 punct -\n"
                 "party party NOUN NN 5 nsubj -\n"
                 "\" \" PUNCT '' 3 punct\n"
                 "ended end VERB VBD 0 root -\n"
                 ". . PUNCT . 5 punct\n"), "");
    is_str(found("Talks talk NOUN NNS 2 nsubj\n"
                 "failed fail VERB VBD 0 root -\n"
                 ", , PUNCT , 6 punct\n"
                 "according accord VERB VBG 6 case\n"
                 "to to ADP IN 4 fixed\n"
                 "Tass Tass PROPN NNP 2 obl -\n"
                 ". . PUNCT . 2 punct\n"),
           "Tass | according to | Talks failed | indirect | say");
}

static void speakers(void)
{
    parse(QUOTE_GO "Orlov Orlov PROPN NNP 9 nsubj\n"
          "and and CCONJ CC 8 cc\n"
          "Kyrin Kyrin PROPN NNP 6 conj\n"
          "told tell VERB VBD 3 parataxis\n"
          "Tass Tass PROPN NNP 9 obj\n"
          "Monday Monday PROPN NNP 9 obl:unmarked -\n"
          ". . PUNCT . 3 punct\n");
    uint32_t orlov = add_person("Orlov", 5), kyrin = add_person("Kyrin", 7);
    uint32_t tass = add_person("Tass", 9);
    dln_time *time = DLN_VEC_PUSH(doc->arena, &doc->times);
    *time = (dln_time){.span = doc->tokens.at[10].span, .token_begin = 10,
                       .token_end = 11, .type = DLN_TIME_DATE,
                       .when = {100, 100, DLN_PREC_DAY}};
    is_str(run(), "Orlov and Kyrin | told | We go, | direct | say");
    const dln_statement *s = &doc->statements.at[0];
    is_int(s->speaker_count, 2);
    is_int(s->speakers[0], orlov);
    is_int(s->speakers[1], kyrin);
    is_int(s->addressee, tass);
    is_int(s->time, 0);
    is_int(s->when.start, 100);
    ok(s->why.len > 0);

    /* A group is its members; "we" becomes the only speaker. */
    parse(QUOTE_GO "Orlov Orlov PROPN NNP 7 nsubj\n"
          "said say VERB VBD 3 parataxis -\n. . PUNCT . 3 punct\n");
    dln_mention *we = DLN_VEC_PUSH(doc->arena, &doc->mentions);
    *we = (dln_mention){.span = doc->tokens.at[1].span, .token_begin = 1,
                        .token_end = 2, .head = 1,
                        .form = DLN_FORM_PRONOUN, .actor = DLN_NONE,
                        .entity = DLN_NONE};
    orlov = add_person("Orlov", 5);
    run();
    is_int(doc->mentions.at[0].actor, orlov);

    parse(QUOTE_GO "They they PRON PRP 7 nsubj\n"
          "said say VERB VBD 3 parataxis -\n. . PUNCT . 3 punct\n");
    orlov = add_person("Orlov", DLN_NONE);
    kyrin = add_person("Kyrin", DLN_NONE);
    uint32_t both = add_person("both", 5);
    uint32_t members[] = {orlov, kyrin};
    doc->actors.at[both].members = members;
    doc->actors.at[both].member_count = 2;
    run();
    is_int(doc->statements.at[0].speaker_count, 2);
    is_int(doc->statements.at[0].speakers[1], kyrin);
}

/* Sentences without end, all of one word, all hanging on the first. */
static void monsters(void)
{
    static const char *const words[] = {"said", "\"", "that", ":", "Orlov"};
    for (unsigned w = 0; w < 5; w++) {
        dln_error error = {DLN_OK, ""};
        dln_buf_clear(&conllu);
        for (unsigned i = 1; i <= 60000; i++)
            dln_buf_printf(&conllu, "%u\t%s\tsay\t%s\t_\t_\t%u\t%s\t_\t_\n",
                           i, w == 3 && i % 2 ? "\"" : words[w],
                           w == 0 ? "VERB" : "PUNCT", i == 1 ? 0 : 1,
                           i == 1 ? "root" : "conj");
        dln_buf_char(&conllu, '\n');
        dln_doc_reset(doc);
        dln_arena_reset(scratch);
        is_int(dln_conllu_read(doc, dln_buf_view(&conllu), &error), DLN_OK);
        dln_doc_link_children(doc);
        is_int(dln_quote_run(quote, doc, scratch), DLN_OK);
    }
    dln_doc_reset(doc);
    is_int(dln_quote_run(quote, doc, scratch), DLN_OK);
    is_int(doc->statements.count, 0);
}

int main(void)
{
    char data[4096];
    dln_error error = {DLN_OK, ""};
    dln_lang *lang = NULL;
    const char *root = getenv("DATELINE_SOURCE");
    snprintf(data, sizeof data, "%s/data", root ? root : ".");
    dln_status status = dln_lang_open(&lang, data, "en", &error);
    if (status == DLN_OK)
        status = dln_quote_open(&quote, lang, NULL, &error);
    is_int(status, DLN_OK);
    if (status != DLN_OK) {
        printf("# %s\n", error.text);
        return done();
    }
    doc = dln_doc_new(0);
    scratch = dln_arena_new(0);
    dln_buf_init(&out, 0);
    dln_buf_init(&conllu, 0);
    frames();
    inherited();
    quotations();
    speakers();
    monsters();
    dln_buf_release(&out);
    dln_buf_release(&conllu);
    dln_arena_free(scratch);
    dln_doc_free(doc);
    dln_quote_close(quote);
    dln_lang_close(lang);
    return done();
}
