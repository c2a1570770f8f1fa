/* SPDX-License-Identifier: Apache-2.0 */
/* The parts that need no weights: surfaces, edit scripts, entity labels,
 * the transition system, lemmas with tables of their own, marks without
 * children. */
#include "analyse/model_p.h"
#include "tap.h"

static dln_lexeme lexeme(const char *form)
{
    dln_lexeme lex;
    dln_analyse__lexeme(&lex, dln_str_of(form), NULL);
    return lex;
}

static void surfaces(void)
{
    dln_lexeme a = lexeme("Leaders"), b = lexeme("leaders");
    ok(a.low == b.low);
    ok(a.form != b.form);
    ok(a.suffix[2] == b.suffix[2]);
    ok(a.flags & DLN_LEX_UPPER);
    ok(!(b.flags & DLN_LEX_UPPER));
    ok(lexeme("1994").low == lexeme("2003").low);
    ok(lexeme("U.N.").flags & DLN_LEX_ALL_UPPER);
    ok(lexeme("\xC5\x9Eu\xC5\x9F" "a").low
       == lexeme("\xC5\x9Fu\xC5\x9F" "a").low);
    ok(lexeme("it\xE2\x80\x99s").low == lexeme("it's").low);
    ok(lexeme("x").suffix[1] == 0);
}

static void scripts(dln_arena *arena)
{
    dln_str form = DLN_STR("Tried"), lower = DLN_STR("tried");
    is_str(dln_analyse__apply(arena, form, lower,
                              (dln_str){"\0\3y", 3}), "try");
    is_str(dln_analyse__apply(arena, form, lower,
                              (dln_str){"\1\0", 2}), "Tried");
    is_str(dln_analyse__apply(arena, form, lower,
                              (dln_str){"\0\11", 2}), "tried");
    is_str(dln_analyse__apply(arena, form, lower,
                              (dln_str){NULL, 0}), "tried");
}

enum { B_PER = 1, I_PER = 2, L_PER = 3, U_PER = 4, B_ORG = 5, I_ORG = 6 };

static void labels(void)
{
    ok(dln_analyse__may_follow(0, 0, true));
    ok(dln_analyse__may_follow(0, B_PER, false));
    ok(!dln_analyse__may_follow(0, B_PER, true));
    ok(!dln_analyse__may_follow(0, I_PER, false));
    ok(dln_analyse__may_follow(B_PER, I_PER, false));
    ok(dln_analyse__may_follow(B_PER, L_PER, true));
    ok(!dln_analyse__may_follow(B_PER, 0, false));
    ok(!dln_analyse__may_follow(B_PER, I_ORG, false));
    ok(dln_analyse__may_follow(U_PER, B_ORG, false));
    int32_t scores[DLN_BILOU_CLASSES] = {0};
    scores[I_ORG] = 9;
    scores[L_PER] = 1;
    is_int(dln_analyse__entity_best(scores, DLN_BILOU_CLASSES, B_PER, true),
           L_PER);
}

/* "They met us": met is the root, and then a run that leaves two. */
static void trees(dln_arena *arena)
{
    static const dln_node nodes[4];
    dln_state s;
    ok(dln_analyse__state(&s, 4, arena));
    dln_analyse__start(&s, nodes, 3);
    is_int(dln_analyse__valid(&s), 1 << DLN_SHIFT);
    dln_analyse__do(&s, (dln_move){DLN_SHIFT, 0});
    is_int(dln_analyse__valid(&s),
           1 << DLN_SHIFT | 1 << DLN_LEFT | 1 << DLN_RIGHT);
    dln_analyse__do(&s, (dln_move){DLN_LEFT, DLN_REL_nsubj});
    dln_analyse__do(&s, (dln_move){DLN_SHIFT, 0});
    dln_analyse__do(&s, (dln_move){DLN_RIGHT, DLN_REL_obj});
    is_int(dln_analyse__valid(&s), 1 << DLN_REDUCE);
    dln_analyse__do(&s, (dln_move){DLN_REDUCE, 0});
    is_int(dln_analyse__valid(&s), 1 << DLN_LEFT);
    dln_analyse__do(&s, (dln_move){DLN_LEFT, DLN_REL_root});
    is_int(dln_analyse__valid(&s), 0);
    dln_analyse__one_root(&s);
    is_int(s.head[0], 1);
    is_int(s.head[1], DLN_NONE);
    is_int(s.head[2], 1);
    is_int(s.label[2], DLN_REL_obj);

    dln_analyse__start(&s, nodes, 2);
    dln_analyse__do(&s, (dln_move){DLN_SHIFT, 0});
    dln_analyse__do(&s, (dln_move){DLN_SHIFT, 0});
    dln_analyse__do(&s, (dln_move){DLN_LEFT, DLN_REL_root});
    dln_analyse__do(&s, (dln_move){DLN_LEFT, DLN_REL_root});
    dln_analyse__one_root(&s);
    is_int(s.head[0], DLN_NONE);
    is_int(s.head[1], 0);
    is_int(s.label[1], DLN_REL_parataxis);
}

/* Vocabulary and irregular forms stand before and behind what is learned;
 * here nothing is learned but a script for -ed. */
static void lemmas(dln_arena *arena)
{
    static const char list[] = "# version: 1\nfled\tpast\tflee\n"
                               "left\tplural\tno\nleft\tpast\tleave\n";
    static const char *const known[] = {"shell", "trade", "jam", "deny",
                                        "troop", "convoy"};
    static uint32_t words[64][2], learned[4][2];
    static const unsigned char scripts[] = {8, 0, 0, 0, 11, 0, 0, 0,
                                            0, 1, 'e'};
    dln_table irregular;
    dln_error error;
    is_int(dln_table_parse(&irregular, arena, DLN_STR("list"),
                           dln_str_of(list), 3, &error), DLN_OK);
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        uint64_t key = dln_analyse__key(lexeme(known[i]).low);
        uint32_t at = (uint32_t)(((key >> 32) * 64) >> 32);
        while (words[at][0])
            at = (at + 1) % 64;
        words[at][0] = (uint32_t)key | !(uint32_t)key;
        words[at][1] = (uint32_t)i + 1;
    }
    uint64_t key = dln_analyse__lemma_key(DLN_STR("d"), 1, DLN_XPOS_VBD);
    uint32_t at = (uint32_t)(((key >> 32) * 4) >> 32);
    learned[at][0] = (uint32_t)key | !(uint32_t)key;
    dln_hashed vocabulary = {(const unsigned char *)words, 64};
    dln_lemmas m = {.table = {(const unsigned char *)learned, 4},
                    .scripts = scripts, .count = 1, .len = sizeof scripts,
                    .vocabulary = &vocabulary, .irregular = &irregular};
    static const struct { const char *form; unsigned xpos;
                          const char *lemma; } rows[] = {
        {"Fled", DLN_XPOS_VBD, "flee"},
        {"left", DLN_XPOS_VBN, "leave"},
        {"left", DLN_XPOS_JJ, "left"},
        {"shelled", DLN_XPOS_VBD, "shell"},
        {"traded", DLN_XPOS_VBD, "trade"},
        {"jammed", DLN_XPOS_VBD, "jam"},
        {"Denied", DLN_XPOS_VBD, "deny"},
        {"zubbed", DLN_XPOS_VBD, "zubbee"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        is_str(dln_analyse__lemma(&m, arena, dln_str_of(rows[i].form),
                                  rows[i].xpos), rows[i].lemma);
}

static void set(dln_doc *doc, uint32_t t, unsigned upos, uint32_t head,
                unsigned rel)
{
    doc->tokens.at[t] = (dln_token){.upos = (uint8_t)upos, .head = head,
                                    .deprel = (uint8_t)rel};
}

/* Words do not hang on a full stop, nor is it the root. */
static void marks(dln_arena *arena)
{
    dln_doc doc = {.arena = arena};
    dln_sentence s = {.token_begin = 0, .token_end = 4};
    for (int i = 0; i < 4; i++)
        ok(DLN_VEC_PUSH(arena, &doc.tokens) != NULL);
    set(&doc, 0, DLN_UPOS_VERB, DLN_NONE, DLN_REL_root);
    set(&doc, 1, DLN_UPOS_PUNCT, 0, DLN_REL_punct);
    set(&doc, 2, DLN_UPOS_NOUN, 1, DLN_REL_obj);
    set(&doc, 3, DLN_UPOS_PUNCT, 1, DLN_REL_punct);
    dln_analyse__lift(&doc, &s);
    is_int(doc.tokens.at[1].head, 0);
    is_int(doc.tokens.at[2].head, 0);
    is_int(doc.tokens.at[2].deprel, DLN_REL_obj);
    is_int(doc.tokens.at[3].head, 0);

    set(&doc, 0, DLN_UPOS_NOUN, 3, DLN_REL_nsubj);
    set(&doc, 1, DLN_UPOS_PUNCT, 3, DLN_REL_punct);
    set(&doc, 2, DLN_UPOS_VERB, 1, DLN_REL_parataxis);
    set(&doc, 3, DLN_UPOS_PUNCT, DLN_NONE, DLN_REL_root);
    dln_analyse__lift(&doc, &s);
    is_int(doc.tokens.at[0].head, DLN_NONE);
    is_int(doc.tokens.at[0].deprel, DLN_REL_root);
    is_int(doc.tokens.at[1].head, 0);
    is_int(doc.tokens.at[2].head, 0);
    is_int(doc.tokens.at[3].head, 0);
    is_int(doc.tokens.at[3].deprel, DLN_REL_punct);

    s.token_end = 1;
    set(&doc, 0, DLN_UPOS_PUNCT, DLN_NONE, DLN_REL_root);
    dln_analyse__lift(&doc, &s);
    is_int(doc.tokens.at[0].head, DLN_NONE);
}

int main(void)
{
    dln_arena *arena = dln_arena_new(0);
    surfaces();
    scripts(arena);
    labels();
    trees(arena);
    lemmas(arena);
    marks(arena);
    dln_arena_free(arena);
    return done();
}
