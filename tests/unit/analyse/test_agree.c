/* SPDX-License-Identifier: Apache-2.0 */
/* Names that agree over a document, over tags and labels given by hand. */
#include "analyse/model_p.h"
#include "base/buf.h"
#include "doc/conllu.h"
#include "tap.h"

static dln_doc *doc;
static dln_arena *scratch;
static dln_buf conllu, out;

static void begin(void)
{
    dln_buf_clear(&conllu);
    dln_doc_reset(doc);
    dln_arena_reset(scratch);
}

static void read_tokens(void)
{
    dln_error error;
    is_int(dln_conllu_read(doc, dln_buf_view(&conllu), &error), DLN_OK);
}

static void label(uint32_t token_begin, uint32_t token_end,
                  dln_entity_kind kind)
{
    dln_entity *entity = DLN_VEC_PUSH(doc->arena, &doc->entities);
    *entity = (dln_entity){
        .span = dln_tokens_span(doc, token_begin, token_end),
        .token_begin = token_begin,
        .token_end = token_end,
        .kind = kind,
        .mention = DLN_NONE,
    };
    for (uint32_t t = token_begin; t < token_end; t++)
        doc->tokens.at[t].entity = doc->entities.count - 1;
}

/* Reads "form/UPOS/LABEL ...", "|" between sentences; a label "+" goes on
 * with the entity before it. */
static void read(const char *text)
{
    dln_str rest = dln_str_of(text), word, field;
    dln_str labels[64];
    uint32_t count = 0, end;
    begin();
    for (unsigned id = 1; dln_str_cut(&rest, ' ', &word);) {
        if (dln_str_is(word, "|")) {
            dln_buf_printf(&conllu, "\n");
            id = 1;
            continue;
        }
        dln_str_cut(&word, '/', &field);
        dln_buf_printf(&conllu, "%u\t%.*s\t_\t", id, DLN_ARG(field));
        dln_str_cut(&word, '/', &field);
        dln_buf_printf(&conllu, "%.*s\t_\t_\t%d\t%s\t_\t_\n",
                       DLN_ARG(field), id > 1, id > 1 ? "dep" : "root");
        labels[count++] = word;
        id++;
    }
    read_tokens();
    is_int(doc->tokens.count, count);
    for (uint32_t t = 0; t < count; t = end) {
        for (end = t + 1; end < count && dln_str_is(labels[end], "+"); end++)
            ;
        if (labels[t].len)
            label(t, end, dln_entity_of(labels[t]));
    }
}

/* All entities, "PERSON Raila Odinga; GPE Kenya"; " !" where the tokens do
 * not point to it. */
static dln_str shown(void)
{
    uint32_t inside = 0, pointing = 0;
    dln_buf_clear(&out);
    for (uint32_t i = 0; i < doc->entities.count; i++) {
        const dln_entity *e = &doc->entities.at[i];
        dln_buf_printf(&out, "%s%s %.*s", i ? "; " : "",
                       dln_entity_text(e->kind),
                       DLN_ARG(dln_doc_str(doc, e->span)));
        for (uint32_t t = e->token_begin; t < e->token_end; t++, inside++)
            if (doc->tokens.at[t].entity != i)
                dln_buf_printf(&out, " !");
    }
    for (uint32_t t = 0; t < doc->tokens.count; t++)
        pointing += doc->tokens.at[t].entity != DLN_NONE;
    is_int(pointing, inside);
    return dln_buf_view(&out);
}

static const struct {
    const char *text, *names;
} cases[] = {
    /* No names: function words, addresses; dates stay. */
    {"We/PRON/ORG met/VERB Omar/PROPN/PERSON then/ADV/DATE",
     "PERSON Omar; DATE then"},
    {"See/VERB www.a.example/PROPN/ORG", ""},
    {"the/DET/ORG West/PROPN/+ fell/VERB", "ORG the West"},
    /* A full name decides its last word. */
    {"Raila/PROPN/PERSON Odinga/PROPN/+ lost/VERB | "
     "Odinga/PROPN/LOC sued/VERB",
     "PERSON Raila Odinga; PERSON Odinga"},
    {"Odinga/PROPN/LOC and/CCONJ Odinga/PROPN/LOC | "
     "Raila/PROPN/PERSON Odinga/PROPN/+",
     "PERSON Odinga; PERSON Odinga; PERSON Raila Odinga"},
    {"Paris/PROPN/GPE | Paris/PROPN/GPE | Paris/PROPN/GPE | "
     "Anna/PROPN/PERSON Paris/PROPN/+",
     "GPE Paris; GPE Paris; GPE Paris; PERSON Anna Paris"},
    /* The majority; the first of as many. */
    {"Fano/PROPN/GPE | Fano/PROPN/ORG | Fano/PROPN/ORG",
     "ORG Fano; ORG Fano; ORG Fano"},
    {"Fano/PROPN/GPE | Fano/PROPN/ORG", "GPE Fano; GPE Fano"},
    {"The/DET/LOC Fano/PROPN/+ | Fano/PROPN/ORG | Fano/PROPN/ORG",
     "ORG The Fano; ORG Fano; ORG Fano"},
    {"May/PROPN/DATE | Ada/PROPN/PERSON May/PROPN/+",
     "DATE May; PERSON Ada May"},
    /* The acronym of an organisation. */
    {"African/PROPN/ORG Union/PROPN/+ (/PUNCT AU/PROPN/LOC )/PUNCT | "
     "AU/PROPN/LOC talks/NOUN",
     "ORG African Union; ORG AU; ORG AU"},
    {"African/PROPN/ORG Union/PROPN/+ (/PUNCT Addis/PROPN/LOC )/PUNCT",
     "ORG African Union; LOC Addis"},
    {"African/PROPN/ORG Union/PROPN/+ (/PUNCT AU/PROPN",
     "ORG African Union"},
    /* Names that were missed, in their places. */
    {"Odinga/PROPN spoke/VERB | Raila/PROPN/PERSON Odinga/PROPN/+ met/VERB "
     "Mali/PROPN/GPE | in/ADP Mali/PROPN Odinga/PROPN spoke/VERB | "
     "in/ADP Mali/PROPN | Mali/PROPN army/NOUN",
     "PERSON Odinga; PERSON Raila Odinga; GPE Mali; GPE Mali; GPE Mali"},
    {"Bamako/PROPN/GPE | bamako/PROPN | Bamako/NOUN | "
     "Bamako/PROPN Sud/PROPN/LOC", "GPE Bamako; LOC Sud"},
    {"Ali/PROPN | Ali/PROPN", ""},
};

static void several(void)
{
    begin();
    dln_analyse__names(doc, scratch);
    is_str(shown(), "");
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        read(cases[i].text);
        dln_analyse__names(doc, scratch);
        is_str(shown(), cases[i].names);
    }
}

/* The same name again and again, half of them missed; a name as long as a
 * page neither votes nor is looked up. */
static void many(void)
{
    enum { COUNT = 60000 };
    begin();
    for (unsigned i = 0; i < COUNT; i++)
        dln_buf_printf(&conllu, "1\tKidal\t_\tPROPN\t_\t_\t0\troot\t_\t_\n\n");
    read_tokens();
    for (uint32_t t = 0; t < COUNT; t += 2)
        label(t, t + 1, t % 6 ? DLN_ENT_GPE : DLN_ENT_ORG);
    dln_analyse__names(doc, scratch);
    uint32_t right = 0;
    for (uint32_t i = 0; i < doc->entities.count; i++)
        right += doc->entities.at[i].kind == DLN_ENT_GPE
                 && doc->entities.at[i].token_begin == i
                 && doc->tokens.at[i].entity == i;
    is_int(doc->entities.count, COUNT);
    is_int(right, COUNT);

    begin();
    for (unsigned id = 1; id <= COUNT; id++)
        dln_buf_printf(&conllu, "%u\tKidal\t_\tPROPN\t_\t_\t%d\t%s\t_\t_\n",
                       id, id > 1, id > 1 ? "dep" : "root");
    read_tokens();
    label(0, 1, DLN_ENT_GPE);
    label(1, COUNT / 2, DLN_ENT_ORG);
    dln_analyse__names(doc, scratch);
    is_int(doc->entities.count, 2);
    is_int(doc->entities.at[1].kind, DLN_ENT_ORG);
}

/* Without memory the labels stay as whole as they were. */
static void no_memory(void)
{
    dln_arena *small = dln_arena_new(64);
    read("Mali/PROPN/GPE | Mali/PROPN | Mali/PROPN/ORG");
    dln_analyse__names(doc, small);
    ok(dln_arena_oom(small));
    is_str(shown(), "GPE Mali; ORG Mali");
    dln_arena_free(small);
}

int main(void)
{
    doc = dln_doc_new(0);
    scratch = dln_arena_new(0);
    dln_buf_init(&conllu, 0);
    dln_buf_init(&out, 0);
    several();
    many();
    no_memory();
    dln_buf_release(&conllu);
    dln_buf_release(&out);
    dln_doc_free(doc);
    dln_arena_free(scratch);
    return done();
}
