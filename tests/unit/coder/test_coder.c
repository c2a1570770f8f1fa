/* SPDX-License-Identifier: Apache-2.0 */
/* The coder over given trees, mentions, places and times, so that nothing
 * here depends on the parser's model. */
#include "coder/coder.h"

#include <stdio.h>
#include <stdlib.h>

#include "doc/conllu.h"
#include "tap.h"

static dln_lang *lang;
static dln_onto *onto;
static dln_coder *coder;
static dln_doc *doc;
static dln_arena *scratch;

/* Rows "form lemma UPOS XPOS head deprel", one a line. */
static void read_tree(const char *rows)
{
    dln_buf text;
    dln_error error = {DLN_OK, ""};
    dln_str rest = dln_str_of(rows), row;
    dln_buf_init(&text, 0);
    dln_buf_printf(&text, "# newpar\n");
    for (int n = 1; dln_str_cut(&rest, '\n', &row);) {
        dln_str f[6] = {{NULL, 0}}, line = row;
        int count = 0;
        while (count < 6 && dln_str_cut(&line, ' ', &f[count]))
            count++;
        if (count < 6) {
            dln_buf_char(&text, '\n');
            n = 1;
            continue;
        }
        dln_buf_printf(&text,
                       "%d\t%.*s\t%.*s\t%.*s\t%.*s\t_\t%.*s\t%.*s\t_\t_\n",
                       n++, DLN_ARG(f[0]), DLN_ARG(f[1]), DLN_ARG(f[2]),
                       DLN_ARG(f[3]), DLN_ARG(f[4]), DLN_ARG(f[5]));
    }
    dln_buf_char(&text, '\n');
    dln_doc_reset(doc);
    dln_status status = dln_conllu_read(doc, dln_buf_view(&text), &error);
    if (!ok(status == DLN_OK))
        printf("# %s\n", error.text);
    dln_doc_link_children(doc);
    dln_buf_release(&text);
}

/* Tokens [begin, end), from 0, stand for an actor of this name. */
static uint32_t actor(const char *name, uint32_t begin, uint32_t end,
                      uint32_t head)
{
    uint32_t index = doc->actors.count;
    dln_actor *a = DLN_VEC_PUSH(doc->arena, &doc->actors);
    dln_mention *m = DLN_VEC_PUSH(doc->arena, &doc->mentions);
    if (!a || !m)
        exit(1);
    *a = (dln_actor){.name = dln_str_of(name), .parent = DLN_NONE};
    *m = (dln_mention){.span = dln_tokens_span(doc, begin, end),
                       .token_begin = begin, .token_end = end, .head = head,
                       .actor = index, .entity = DLN_NONE};
    return index;
}

static void place(const char *name, uint32_t token)
{
    dln_place *p = DLN_VEC_PUSH(doc->arena, &doc->places);
    if (!p)
        exit(1);
    *p = (dln_place){.name = dln_str_of(name), .token_begin = token,
                     .token_end = token + 1, .precision = DLN_PLACE_CITY,
                     .span = dln_tokens_span(doc, token, token + 1)};
}

static void day(uint32_t token, int32_t when)
{
    dln_time *t = DLN_VEC_PUSH(doc->arena, &doc->times);
    if (!t)
        exit(1);
    *t = (dln_time){.token_begin = token, .token_end = token + 1,
                    .span = dln_tokens_span(doc, token, token + 1),
                    .when = {when, when, DLN_PREC_DAY}};
}

static void run(void)
{
    is_int(dln_coder_run(coder, doc, scratch), DLN_OK);
    dln_arena_reset(scratch);
}

static bool has(const dln_event *e, dln_party_role role, uint32_t who)
{
    for (uint32_t i = 0; i < e->party_count; i++)
        if (e->parties[i].role == role && e->parties[i].actor == who)
            return true;
    return false;
}

static void hosted(void)
{
    read_tree("On on ADP IN 2 case\nMonday Monday PROPN NNP 4 obl\n"
              "Peru Peru PROPN NNP 4 nsubj\nhosted host VERB VBD 0 root\n"
              "the the DET DT 6 det\nleaders leader NOUN NNS 4 obj\n"
              "of of ADP IN 8 case\nChile Chile PROPN NNP 6 nmod\n"
              "in in ADP IN 10 case\nLima Lima PROPN NNP 4 obl\n"
              ". . PUNCT . 4 punct\n");
    uint32_t host = actor("Peru", 2, 3, 2);
    uint32_t guests = actor("leaders", 4, 8, 5);
    place("Lima", 9);
    day(1, 100);
    doc->published = (dln_interval){102, 102, DLN_PREC_DAY};
    run();
    if (!ok(doc->events.count == 1))
        return;
    const dln_event *e = &doc->events.at[0];
    is_str(e->type, "CONSULT");
    is_str(e->mode, "visit");
    ok(has(e, DLN_PARTY_HOST, host) && has(e, DLN_PARTY_RECIPIENT, host));
    ok(has(e, DLN_PARTY_ACTOR, guests));
    is_int(e->place, 0);
    is_int(e->when.start, 100);
    is_int(e->status, DLN_EVENT_ACTUAL);
    is_str(dln_doc_str(doc, e->trigger), "hosted");
    ok(e->span.start <= e->trigger.start && e->trigger.end <= e->span.end);
    ok(dln_str_starts(e->why, DLN_STR("consult.txt:")));
}

static void said(void)
{
    /* The day is the saying's; the meeting is denied. */
    read_tree("On on ADP IN 2 case\nMonday Monday PROPN NNP 4 obl\n"
              "Peru Peru PROPN NNP 4 nsubj\ndenied deny VERB VBD 0 root\n"
              "that that SCONJ IN 8 mark\nit it PRON PRP 8 nsubj\n"
              "had have AUX VBD 8 aux\nmet meet VERB VBN 4 ccomp\n"
              "Chile Chile PROPN NNP 8 obj\n. . PUNCT . 4 punct\n");
    uint32_t peru = actor("Peru", 2, 3, 2);
    actor("Chile", 8, 9, 8);
    day(1, 100);
    static dln_span content;
    static uint32_t speaker;
    content = dln_tokens_span(doc, 4, 9);
    speaker = peru;
    dln_statement *s = DLN_VEC_PUSH(doc->arena, &doc->statements);
    if (!s)
        exit(1);
    *s = (dln_statement){.span = dln_tokens_span(doc, 0, 9),
                         .contents = &content, .content_count = 1,
                         .speakers = &speaker, .speaker_count = 1};
    run();
    if (!ok(doc->events.count == 1))
        return;
    const dln_event *e = &doc->events.at[0];
    is_int(e->polarity, DLN_DENIED);
    is_int(e->time, DLN_NONE);
    is_int(e->statement, 0);
    is_int(e->attributed_to, peru);
}

static void passive(void)
{
    read_tree("Chile Chile PROPN NNP 3 nsubj:pass\n"
              "was be AUX VBD 3 aux:pass\n"
              "attacked attack VERB VBN 0 root\nand and CCONJ CC 5 cc\n"
              "shelled shell VERB VBN 3 conj\nby by ADP IN 7 case\n"
              "Peru Peru PROPN NNP 5 obl\n. . PUNCT . 3 punct\n");
    uint32_t chile = actor("Chile", 0, 1, 0), peru = actor("Peru", 6, 7, 6);
    run();
    is_int(doc->events.count, 2);
    const dln_event *e = &doc->events.at[1];
    is_str(e->mode, "heavy-weapons");
    ok(has(e, DLN_PARTY_ACTOR, peru));
    ok(has(e, DLN_PARTY_RECIPIENT, chile));
    ok(has(&doc->events.at[0], DLN_PARTY_RECIPIENT, chile));
}

static void group(void)
{
    static const uint32_t members[] = {0, 1};
    read_tree("They they PRON PRP 2 nsubj\nwill will AUX MD 3 aux\n"
              "meet meet VERB VB 0 root\n. . PUNCT . 3 punct\n");
    doc->tokens.at[0].head = 2;
    dln_doc_link_children(doc);
    actor("Peru", 0, 0, 99);
    actor("Chile", 0, 0, 99);
    uint32_t both = actor("they", 0, 1, 0);
    doc->actors.at[both].members = members;
    doc->actors.at[both].member_count = 2;
    run();
    if (!ok(doc->events.count == 1))
        return;
    const dln_event *e = &doc->events.at[0];
    is_str(e->type, "AGREE");
    is_int(e->status, DLN_EVENT_PLANNED);
    ok(has(e, DLN_PARTY_ACTOR, 0) && has(e, DLN_PARTY_ACTOR, 1));
    ok(!has(e, DLN_PARTY_ACTOR, both));
}

static void old(void)
{
    read_tree("Peru Peru PROPN NNP 2 nsubj\n"
              "attacked attack VERB VBD 0 root\n"
              "Chile Chile PROPN NNP 2 obj\nthen then ADV RB 2 obl\n");
    day(3, 100);
    doc->published = (dln_interval){900, 900, DLN_PREC_DAY};
    run();
    is_int(doc->events.at[0].status, DLN_EVENT_HISTORICAL);
}

static void pair(void)
{
    read_tree("Peru Peru PROPN NNP 2 nsubj\nate eat VERB VBD 0 root\n"
              "Chile Chile PROPN NNP 2 obj\n");
    doc->pair_source = dln_tokens_span(doc, 0, 1);
    doc->pair_target = dln_tokens_span(doc, 2, 3);
    run();
    is_int(doc->events.count, 1);
    is_int(doc->events.at[0].party_count, 2);
    ok(doc->events.at[0].type.len > 0);
    /* Spans behind the text, and no text at all. */
    doc->pair_source = (dln_span){90, 99};
    run();
    is_int(doc->events.count, 1);
    dln_doc_reset(doc);
    doc->pair_source = doc->pair_target = (dln_span){0, 0};
    run();
    is_int(doc->events.count, 1);
}

int main(void)
{
    char data[4096];
    dln_error error = {DLN_OK, ""};
    const char *root = getenv("DATELINE_SOURCE");
    snprintf(data, sizeof data, "%s/data", root ? root : ".");
    doc = dln_doc_new(0);
    scratch = dln_arena_new(0);
    if (!doc || !scratch || dln_lang_open(&lang, data, "en", &error) != DLN_OK
        || dln_onto_open(&onto, data, &error) != DLN_OK
        || dln_coder_open(&coder, lang, onto, NULL, &error) != DLN_OK) {
        printf("Bail out! %s\n", error.text);
        return 1;
    }
    hosted();
    said();
    passive();
    group();
    old();
    pair();
    dln_coder_close(coder);
    dln_onto_close(onto);
    dln_lang_close(lang);
    dln_arena_free(scratch);
    dln_doc_free(doc);
    return done();
}
