/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A model file, hostile behind a right checksum: it is refused, or all that
 * reads it stays within its tables and ends.
 */
#include <stdlib.h>

#include "analyse/model_p.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { WORDS = 6 };

static void use(const dln_models *m, dln_arena *arena)
{
    static const char *const words[WORDS] = {"The", "Leaders", "met",
                                             "in", "Xyz-9", "."};
    dln_lexeme lex[WORDS];
    dln_node nodes[WORDS];
    uint8_t tags[WORDS], labels[WORDS];
    dln_state state;
    for (uint32_t i = 0; i < WORDS; i++)
        dln_analyse__lexeme(&lex[i], dln_str_of(words[i]), &m->vocabulary);
    dln_analyse__tag(&m->tag, lex, WORDS, tags);
    for (uint32_t i = 0; i < WORDS; i++) {
        nodes[i] = dln_analyse__node(&lex[i], tags[i]);
        dln_analyse__lemma(&m->lemmas, arena, dln_str_of(words[i]),
                           m->tags[2 * (tags[i] - 1)]);
    }
    dln_analyse__label(&m->entity, lex, nodes, WORDS, labels);
    if (!dln_analyse__state(&state, WORDS, arena))
        return;
    dln_analyse__start(&state, nodes, WORDS);
    dln_analyse__parse(&m->parse, m->moves, &state);
    unsigned roots = 0;
    for (uint32_t i = 0; i < WORDS; i++) {
        if (labels[i] >= DLN_BILOU_CLASSES)
            abort();
        roots += state.head[i] == DLN_NONE;
    }
    if (roots != 1)
        abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    dln_weights weights;
    dln_models models;
    dln_error error;
    if (size < 32 || size > 1 << 20)
        return 0;
    unsigned char *copy = malloc(size);
    dln_arena *arena = dln_arena_new((size_t)64 << 20);
    if (copy && arena) {
        uint64_t len = size;
        memcpy(copy, data, size);
        memcpy(copy + 16, &len, 8);
        uint64_t sum = dln_weights_checksum(copy, size);
        memcpy(copy + 24, &sum, 8);
        if (dln_weights_parse(&weights, copy, size, "fuzz", &error) == DLN_OK
            && dln_analyse__models(&models, &weights, &error) == DLN_OK)
            use(&models, arena);
    }
    free(copy);
    dln_arena_free(arena);
    return 0;
}
