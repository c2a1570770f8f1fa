/* SPDX-License-Identifier: Apache-2.0 */
/*
 * analyse: opens the lists and the model, and takes a document through
 * tokens and sentences (tokenize.c, segment.c), then sentence by sentence
 * through surfaces, tags, entities, heads and lemmas.
 */
#include "analyse/analyse.h"

#include <stdlib.h>

#include "analyse/boundary_p.h"
#include "analyse/model_p.h"

struct dln_analyse {
    dln_words words;
    dln_weights weights;
    dln_models models;
    dln_boundary boundary;
};

dln_status dln_analyse__words(dln_words *out, const dln_lang *lang,
                              dln_error *error)
{
    DLN_TRY(dln_lang_list(lang, "abbreviations", &out->abbreviations,
                          error));
    DLN_TRY(dln_lang_list(lang, "bound_prefixes", &out->prefixes, error));
    DLN_TRY(dln_lang_list(lang, "contractions", &out->contractions, error));
    DLN_TRY(dln_lang_list(lang, "irregular", &out->irregular, error));
    DLN_TRY(dln_lang_list(lang, "morphology", &out->morphology, error));
    return dln_lang_list(lang, "role-words", &out->roles, error);
}

static dln_status open_table(dln_hashed *out, const dln_weights *weights,
                             const char *name, dln_error *error)
{
    dln_str section;
    size_t used;
    DLN_TRY(dln_weights_section(weights, name, &section, error));
    return dln_hashed_open(out, section, &used, error);
}

/* A linear model and the section that says what its classes are. */
static dln_status open_linear(dln_linear *out, const unsigned char **classes,
                              const dln_weights *weights, const char *name,
                              const char *class_name, uint32_t bytes,
                              dln_error *error)
{
    dln_str section;
    DLN_TRY(dln_weights_section(weights, name, &section, error));
    DLN_TRY(dln_linear_open(out, section, error));
    DLN_TRY(dln_weights_section(weights, class_name, &section, error));
    if (section.len != (size_t)out->classes * bytes)
        return dln_fail(error, DLN_BADDATA,
                        "the model's section %s does not fit", class_name);
    *classes = (const unsigned char *)section.data;
    return DLN_OK;
}

static dln_status check_classes(const dln_models *m, dln_error *error)
{
    bool fine = m->tag.classes < 255
                && m->entity.classes == DLN_BILOU_CLASSES;
    unsigned actions = 0;
    for (uint32_t c = 0; c < m->tag.classes; c++)
        fine = fine && m->tags[2 * c] < DLN_XPOS_COUNT
               && m->tags[2 * c + 1] < DLN_UPOS_COUNT;
    for (uint32_t c = 0; c < m->parse.classes; c++) {
        fine = fine && m->moves[2 * c] <= DLN_RIGHT
               && m->moves[2 * c + 1] < DLN_REL_COUNT;
        actions |= 1u << (m->moves[2 * c] & 7);
        if (m->moves[2 * c] == DLN_LEFT
            && m->moves[2 * c + 1] != DLN_REL_root)
            actions |= 1u << 8;
    }
    /* With these the parser always has a move to choose. */
    fine = fine && (actions & 0x10F) == 0x10F;
    return fine ? DLN_OK : dln_fail(error, DLN_BADDATA,
                                    "the model's classes are unknown");
}

static dln_status open_lemmas(dln_lemmas *out, const dln_weights *weights,
                              dln_error *error)
{
    dln_str section;
    DLN_TRY(open_table(&out->table, weights, "lemma", error));
    DLN_TRY(dln_weights_section(weights, "scripts", &section, error));
    out->scripts = (const unsigned char *)section.data;
    out->len = section.len;
    uint32_t first = section.len >= 4 ? dln_get_u32(section.data) : 0;
    if (first < 4 || first % 4 || first > section.len)
        return dln_fail(error, DLN_BADDATA, "the model's lemmas are cut");
    out->count = first / 4 - 1;
    return DLN_OK;
}

dln_status dln_analyse__models(dln_models *out, const dln_weights *weights,
                               dln_error *error)
{
    *out = (dln_models){.weights = *weights};
    DLN_TRY(open_table(&out->vocabulary, weights, "vocab", error));
    DLN_TRY(open_linear(&out->tag, &out->tags, weights, "tag", "tags", 2,
                        error));
    DLN_TRY(open_linear(&out->parse, &out->moves, weights, "parse", "moves",
                        2, error));
    DLN_TRY(open_lemmas(&out->lemmas, weights, error));
    dln_str section;
    DLN_TRY(dln_weights_section(weights, "entity", &section, error));
    DLN_TRY(dln_linear_open(&out->entity, section, error));
    return check_classes(out, error);
}

dln_status dln_analyse_open(dln_analyse **out, const dln_lang *lang,
                            const char *model, dln_error *error)
{
    *out = NULL;
    dln_analyse *analyse = calloc(1, sizeof *analyse);
    if (!analyse)
        return dln_fail(error, DLN_NOMEM, "out of memory");
    dln_status status = dln_analyse__words(&analyse->words, lang, error);
    if (status == DLN_OK)
        status = dln_weights_open(&analyse->weights, model, error);
    if (status == DLN_OK)
        status = dln_analyse__models(&analyse->models, &analyse->weights,
                                     error);
    if (status == DLN_OK)
        status = dln_analyse__boundary(&analyse->boundary,
                                       &analyse->weights, error);
    if (status != DLN_OK) {
        dln_analyse_close(analyse);
        return status;
    }
    analyse->models.lemmas.vocabulary = &analyse->models.vocabulary;
    analyse->models.lemmas.irregular = analyse->words.irregular;
    *out = analyse;
    return DLN_OK;
}

void dln_analyse_close(dln_analyse *analyse)
{
    if (!analyse)
        return;
    dln_weights_close(&analyse->weights);
    free(analyse);
}

/* What one sentence needs, used again for the next. */
typedef struct bench {
    dln_lexeme *lex;
    uint8_t *tags, *labels;
    dln_node *nodes;
    dln_state state;
} bench;

static bool make_bench(bench *b, const dln_doc *doc, dln_arena *scratch)
{
    uint32_t most = 0;
    for (uint32_t i = 0; i < doc->sentences.count; i++) {
        const dln_sentence *s = &doc->sentences.at[i];
        if (s->token_end - s->token_begin > most)
            most = s->token_end - s->token_begin;
    }
    b->lex = dln_arena_array(scratch, most, sizeof *b->lex);
    b->tags = dln_arena_array(scratch, most, 1);
    b->labels = dln_arena_array(scratch, most, 1);
    b->nodes = dln_arena_array(scratch, most, sizeof *b->nodes);
    return dln_analyse__state(&b->state, most, scratch);
}

/* Tags, entities, heads and lemmas of one sentence. */
static void analyse_sentence(const dln_models *m, dln_doc *doc,
                             const dln_sentence *sentence, bench *b)
{
    uint32_t begin = sentence->token_begin;
    uint32_t n = sentence->token_end - begin;
    for (uint32_t i = 0; i < n; i++)
        dln_analyse__lexeme(&b->lex[i], dln_token_str(doc, begin + i),
                            &m->vocabulary);
    dln_analyse__tag(&m->tag, b->lex, n, b->tags);
    for (uint32_t i = 0; i < n; i++)
        b->nodes[i] = dln_analyse__node(&b->lex[i], b->tags[i]);
    dln_analyse__label(&m->entity, b->lex, b->nodes, n, b->labels);
    dln_analyse__start(&b->state, b->nodes, n);
    dln_analyse__parse(&m->parse, m->moves, &b->state);
    for (uint32_t i = 0; i < n; i++) {
        dln_token *t = &doc->tokens.at[begin + i];
        t->xpos = m->tags[2 * (b->tags[i] - 1)];
        t->upos = m->tags[2 * (b->tags[i] - 1) + 1];
        t->head = b->state.head[i] == DLN_NONE ? DLN_NONE
                                               : begin + b->state.head[i];
        t->deprel = b->state.label[i];
        t->lemma = dln_analyse__lemma(&m->lemmas, doc->arena,
                                      dln_token_str(doc, begin + i),
                                      t->xpos);
    }
    dln_analyse__lift(doc, sentence);
    dln_analyse__entities(doc, begin, b->labels, n);
}

dln_status dln_analyse_tokens(const dln_analyse *analyse, dln_doc *doc,
                              dln_arena *scratch)
{
    bench b;
    if (!make_bench(&b, doc, scratch))
        return DLN_NOMEM;
    for (uint32_t i = 0; i < doc->sentences.count; i++)
        analyse_sentence(&analyse->models, doc, &doc->sentences.at[i], &b);
    dln_doc_link_children(doc);
    dln_clause *clauses = dln_analyse__clauses(doc, scratch);
    if (!clauses)
        return DLN_NOMEM;
    dln_analyse__morphology(analyse->words.morphology, doc, clauses);
    dln_analyse__roles(analyse->words.roles, doc, clauses);
    return dln_arena_oom(scratch) || dln_arena_oom(doc->arena) ? DLN_NOMEM
                                                               : DLN_OK;
}

dln_status dln_analyse_run(const dln_analyse *analyse, dln_doc *doc,
                           dln_arena *scratch)
{
    dln_pieces pieces = {0};
    for (uint32_t i = 0; i < doc->paragraphs.count; i++) {
        pieces.count = 0;
        dln_analyse__tokenize(&analyse->words, doc->text,
                              doc->paragraphs.at[i].span, scratch, &pieces);
        dln_analyse__segment(&analyse->words, &analyse->boundary, doc, i,
                             &pieces);
    }
    if (dln_arena_oom(scratch) || dln_arena_oom(doc->arena))
        return DLN_NOMEM;
    return dln_analyse_tokens(analyse, doc, scratch);
}
