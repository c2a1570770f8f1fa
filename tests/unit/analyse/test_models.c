/* SPDX-License-Identifier: Apache-2.0 */
/* The parts that need no weights: surfaces, edit scripts, entity labels,
 * trees, lemmas with tables of their own, marks without children. */
#include <stdlib.h>

#include "analyse/network_p.h"
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

enum { B_PER = 1, I_PER, L_PER, U_PER, B_ORG, I_ORG, L_ORG, U_ORG, LABELS };

/* Whole names, whatever the best labels of single words are. */
static void labels(void)
{
    static float scores[3][16];
    uint8_t back[3 * LABELS], out[3];
    scores[0][B_PER] = 3;
    scores[1][I_ORG] = 4;
    scores[1][L_PER] = 2;
    scores[2][0] = 1;
    dln_analyse__bilou(&scores[0][0], 16, 3, 2, out, back);
    is_int(out[0], B_PER);
    is_int(out[1], L_PER);
    is_int(out[2], 0);
    /* With nothing behind it, a name cannot go on. */
    dln_analyse__bilou(&scores[0][0], 16, 1, 2, out, back);
    is_int(out[0], 0);
    scores[0][U_ORG] = 1;
    dln_analyse__bilou(&scores[0][0], 16, 1, 2, out, back);
    is_int(out[0], U_ORG);
    /* A longer name, though its middle would be better outside. */
    scores[1][0] = 2.5f;
    scores[1][L_PER] = -9;
    scores[1][I_PER] = 2;
    scores[2][L_PER] = 3;
    dln_analyse__bilou(&scores[0][0], 16, 3, 2, out, back);
    is_int(out[0], B_PER);
    is_int(out[1], I_PER);
    is_int(out[2], L_PER);
}

static uint32_t draw(uint64_t *state, uint32_t below)
{
    *state = *state * 6364136223846793005u + 1442695040888963407u;
    return (uint32_t)((*state >> 33) % below);
}

enum { WORDS = 6, STRIDE = 8 };

/* The sum of a tree with one root, -1 when it is none. */
static int tree_sum(const float *score, uint32_t n, const uint32_t *head)
{
    int sum = 0;
    uint32_t roots = 0;
    for (uint32_t i = 0; i < n; i++) {
        uint32_t at = i, steps = 0;
        while (at != DLN_NONE && steps++ <= n)
            at = head[at];
        if (at != DLN_NONE)
            return -1;
        roots += head[i] == DLN_NONE;
        sum += (int)score[i * STRIDE
                          + (head[i] == DLN_NONE ? 0 : head[i] + 1)];
    }
    return roots == 1 ? sum : -1;
}

/* The best sum of all trees. */
static int best_sum(const float *score, uint32_t n)
{
    uint32_t head[WORDS] = {0}, all = 1;
    int best = -1;
    for (uint32_t i = 0; i < n; i++)
        all *= n + 1;
    for (uint32_t k = 0; k < all; k++) {
        uint32_t rest = k;
        for (uint32_t i = 0; i < n; i++, rest /= n + 1)
            head[i] = rest % (n + 1) ? rest % (n + 1) - 1 : DLN_NONE;
        int sum = tree_sum(score, n, head);
        best = sum > best ? sum : best;
    }
    return best;
}

/* Against all trees there are. */
static void trees(dln_arena *arena)
{
    float score[WORDS * STRIDE];
    uint32_t head[WORDS], work[WORDS];
    dln_graph room = {.most = WORDS};
    uint64_t state = 7;
    unsigned wrong = 0, rounds = 0;
    for (uint32_t n = 1; n <= WORDS; n++)
        for (int k = 0; k < (n < WORDS ? 200 : 25); k++, rounds++) {
            for (int i = 0; i < WORDS * STRIDE; i++)
                score[i] = (float)draw(&state, k % 2 ? 5 : 1000);
            for (uint32_t i = 0; i < n; i++)    /* a tempting root */
                score[i * STRIDE] += k % 3 ? 0 : 400;
            wrong += !dln_analyse__tree(&room, score, STRIDE, n, head, work,
                                        arena)
                     || tree_sum(score, n, head) != best_sum(score, n);
        }
    is_int(rounds, 1025);
    is_int(wrong, 0);
}

/* Long, and all cycles: still one tree. */
static void long_tree(dln_arena *arena)
{
    enum { N = DLN_SENTENCE_MAX };
    float *score = calloc((size_t)N * (N + 1), sizeof *score);
    uint32_t head[N], work[N], roots = 0, astray = 0;
    dln_graph room = {.most = N};
    uint64_t state = 3;
    for (size_t i = 0; score && i < N; i++)
        for (size_t j = 0; j <= N; j++)
            score[i * (N + 1) + j] = (float)draw(&state, 100)
                                     + (j == (i ^ 1) + 1 ? 1000 : 0);
    ok(score && dln_analyse__tree(&room, score, N + 1, N, head, work,
                                  arena));
    for (uint32_t i = 0; i < N; i++) {
        uint32_t at = i, steps = 0;
        while (at != DLN_NONE && steps++ <= N)
            at = head[at];
        astray += at != DLN_NONE;
        roots += head[i] == DLN_NONE;
    }
    is_int(roots, 1);
    is_int(astray, 0);
    free(score);
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
        words[at][1] = i % 2 ? DLN_VOCAB_SEEN : (uint32_t)i + 1;
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
    long_tree(arena);
    lemmas(arena);
    marks(arena);
    dln_arena_free(arena);
    return done();
}
