/* SPDX-License-Identifier: Apache-2.0 */
/* The network's reader over a tiny network of random weights: every set of
 * kernels decides the same, hits in the cache and the company of other
 * sentences change nothing, and files that do not fit are refused. */
#include <stdlib.h>

#include "analyse/network_p.h"
#include "base/io.h"
#include "tap.h"

static const char text[] = "The Leaders met in Xyz-9 . Ceasefire , they said "
                           "the the the the the the the the the the the the";

enum { TOKENS = 22, FIRST = 6 };

static dln_buf file;

static dln_doc *document(void)
{
    dln_doc *doc = dln_doc_new(0);
    dln_str rest, word;
    doc->text = rest = dln_str_of(text);
    while (dln_str_cut(&rest, ' ', &word)) {
        dln_token *token = DLN_VEC_PUSH(doc->arena, &doc->tokens);
        uint32_t start = (uint32_t)(word.data - doc->text.data);
        token->span = (dln_span){start, start + (uint32_t)word.len};
    }
    return doc;
}

static void read_it(const dln_network *net, dln_analyse_cache *cache,
                    dln_doc *doc, const dln_span *parts, uint32_t count)
{
    dln_arena *scratch = dln_arena_new(0);
    dln_reader reader;
    ok(dln_analyse__reader(&reader, net, cache, TOKENS, scratch)
       && dln_analyse__read(&reader, doc, parts, count));
    dln_arena_free(scratch);
}

static unsigned differ(const dln_doc *a, const dln_doc *b)
{
    unsigned n = a->entities.count != b->entities.count;
    for (uint32_t t = 0; t < TOKENS; t++) {
        const dln_token *x = &a->tokens.at[t], *y = &b->tokens.at[t];
        n += x->head != y->head || x->upos != y->upos || x->xpos != y->xpos
             || x->deprel != y->deprel || x->feats != y->feats;
    }
    return n;
}

static void test_sets(const dln_weights *weights)
{
    const dln_span parts[2] = {{0, FIRST}, {FIRST, TOKENS}};
    dln_doc *first = NULL;
    for (int set = DLN_KERNELS_PLAIN; set < DLN_KERNELS_COUNT; set++) {
        dln_network net;
        dln_error error = {DLN_OK, ""};
        if (!dln_kernels_pick((dln_kernel_set)set))
            continue;
        dln_analyse_cache *cache = dln_analyse_cache_new();
        is_int(dln_analyse__network(&net, weights, (dln_kernel_set)set,
                                    &error), DLN_OK);
        dln_doc *doc = document(), *again = document(), *alone = document();
        read_it(&net, cache, doc, parts, 2);
        read_it(&net, cache, again, parts, 2);
        read_it(&net, cache, alone, &parts[0], 1);
        read_it(&net, cache, alone, &parts[1], 1);
        is_int(differ(doc, again), 0);
        is_int(differ(doc, alone), 0);
        is_int(first ? differ(first, doc) : 0, 0);
        dln_doc_free(again);
        dln_doc_free(alone);
        if (first)
            dln_doc_free(doc);
        else
            first = doc;
        dln_analyse_cache_free(cache);
    }
    unsigned roots = 0;
    for (uint32_t t = 0; t < TOKENS; t++) {
        const dln_token *token = &first->tokens.at[t];
        bool root = token->head == DLN_NONE;
        roots += root;
        ok(root == (token->deprel == DLN_REL_root));
    }
    is_int(roots, 2);
    dln_doc_free(first);
}

/* Predicates that the document brings stay as they are. */
static void test_given(const dln_weights *weights)
{
    const dln_span part = {0, TOKENS};
    dln_network net;
    dln_error error;
    dln_reader reader;
    dln_analyse_cache *cache = dln_analyse_cache_new();
    dln_arena *scratch = dln_arena_new(0);
    dln_doc *doc = document();
    is_int(dln_analyse__network(&net, weights, DLN_KERNELS_BEST, &error),
           DLN_OK);
    dln_doc_predicate(doc, 2, NULL, 0);
    dln_doc_predicate(doc, 9, NULL, 0);
    ok(dln_analyse__reader(&reader, &net, cache, TOKENS, scratch));
    reader.given = true;
    ok(dln_analyse__read(&reader, doc, &part, 1));
    is_int(doc->predicates.count, 2);
    is_int(doc->predicates.at[1].token, 9);
    unsigned numbered[6] = {0}, twice = 0;
    for (uint32_t i = 0; i < doc->predicates.at[0].argument_count; i++) {
        unsigned label = doc->predicates.at[0].arguments[i].label;
        if (label <= DLN_ARG5)
            twice += numbered[label]++ > 0;
    }
    is_int(twice, 0);
    dln_doc_free(doc);
    dln_arena_free(scratch);
    dln_analyse_cache_free(cache);
}

/* Opens the file after a change of `size` bytes behind the first place where
 * `what` stands. */
static dln_status with(const char *what, size_t behind, const char *bytes,
                       size_t size)
{
    dln_weights weights;
    dln_network net;
    dln_error error;
    unsigned char *copy = malloc(file.len);
    memcpy(copy, file.data, file.len);
    for (size_t i = 0; i + strlen(what) < file.len; i++)
        if (!memcmp(copy + i, what, strlen(what))) {
            memcpy(copy + i + behind, bytes, size);
            break;
        }
    uint64_t sum = dln_weights_checksum(copy, file.len);
    memcpy(copy + 24, &sum, 8);
    dln_status status = dln_weights_parse(&weights, copy, file.len, "tiny",
                                          &error);
    if (status == DLN_OK)
        status = dln_analyse__network(&net, &weights, DLN_KERNELS_BEST,
                                      &error);
    free(copy);
    return status;
}

static void test_refused(void)
{
    is_int(with("NOUN\nVERB", 0, "NOUN", 4), DLN_OK);
    is_int(with("NOUN\nVERB", 0, "NOUM", 4), DLN_BADDATA);
    is_int(with("NOUN\nVERB", 4, "X", 1), DLN_BADDATA);
    is_int(with("root\nnsubj", 0, "case", 4), DLN_BADDATA);
    is_int(with("_\nARG0", 0, "\n", 1), DLN_BADDATA);
    is_int(with("PERSON\nGPE", 0, "PERSIN", 6), DLN_BADDATA);
    is_int(with("arc.mix", 0, "arc.max", 7), DLN_BADDATA);
    is_int(with("arc.mix", 20, "\x20", 1), DLN_BADDATA);    /* rows */
    is_int(with("L1.norm", 0, "L2", 2), DLN_BADDATA);
    is_int(with("role.dist", 16, "\2", 1), DLN_BADDATA);    /* kind */
    is_int(with("L1.out", 0, "L1.aut", 6), DLN_BADDATA);
}

int main(void)
{
    char path[4096];
    const char *root = getenv("DATELINE_SOURCE");
    dln_weights weights;
    dln_error error = {DLN_OK, ""};
    snprintf(path, sizeof path, "%s/fuzz/corpora/model_weights/tiny",
             root ? root : ".");
    dln_buf_init(&file, 0);
    is_int(dln_io_read(&file, path, &error), DLN_OK);
    is_int(dln_weights_parse(&weights, (const unsigned char *)file.data,
                             file.len, "tiny", &error), DLN_OK);
    test_sets(&weights);
    test_given(&weights);
    test_refused();
    dln_buf_release(&file);
    return done();
}
