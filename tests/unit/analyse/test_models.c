/* SPDX-License-Identifier: Apache-2.0 */
/* The parts that need no weights: surfaces, edit scripts, entity labels,
 * the transition system. */
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

int main(void)
{
    dln_arena *arena = dln_arena_new(0);
    surfaces();
    scripts(arena);
    labels();
    trees(arena);
    dln_arena_free(arena);
    return done();
}
