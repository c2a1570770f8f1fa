/* SPDX-License-Identifier: Apache-2.0 */
/*
 * network: the small network that tags, parses, finds names and roles. One
 * encoder makes a vector of each word in its sentence; every task is a
 * layer or two over those.
 *
 *   form → ids of its letters, affixes, shape, word vector, lists → type
 *   vector (the same wherever the form stands: kept in a cache) → layers:
 *   windows over the neighbours and recurrences over the sentence → heads
 *
 * In the model file (sizes are read from it; w is the width):
 *
 *   section vocab     table (model/linear.h): key of a word → its row of
 *                     the tensor words, and more (DLN_VOCAB)
 *   sections upos xpos feats deprel entity roles
 *                     names of the classes in order, newlines between;
 *                     entity has the kinds: class 0 is outside, then come
 *                     Begin, Inside, Last and Unit of each kind; the first
 *                     of roles is "_", none
 *   section layers    three u32 for each layer: 'c', distance, pieces: a
 *                     window; 'r', width of the recurrence, 0
 *   section net       the tensors (model/tensors.h), sizes [out][in]:
 *     low low2 prefix2 prefix3 suffix2 suffix3 suffix4 shape
 *                     codes [any][e]: rows by id modulo their number
 *     words           codes [any][d]: word vectors, row 0 is zero
 *     bits            floats [11][16]: what each of 10 bits adds, the bias
 *     mix, mix.norm   dense [3 w][8 e + d + 16], floats [2][w]: gain, bias
 *     L0, L0.norm ... window: dense [pieces w][3 w]; recurrence of width h:
 *                     dense [3 h][w]: gates, values, outlets; and L0.out
 *                     dense [w][h] when h is not w
 *     root            floats [1][w]: what stands for the root as a head
 *     h.upos h.xpos h.feats h.entity h.pred    dense [classes][w]
 *     arc.head arc.dep arc.mix arc.dist        dense [a][w], [a][w], [a][a],
 *                     floats [1][33]: by distance, from -16 to 16
 *     label.head label.dep label               dense [l][w], [l][w],
 *                     [relations][l]
 *     role.pred role.arg role.dist role        dense [q][w], [q][w], floats
 *                     [33][q], dense [roles][q]
 *
 * Layers with pieces have an output's pieces w apart. Method: hashed
 * embeddings, maxout and residual windows as in spaCy's encoders (Honnibal
 * 2017; Miranda et al. 2022), gated recurrences as in QRNN and SRU (Bradbury
 * et al. 2017; Lei et al. 2018), arcs by a bilinear form (Dozat and Manning
 * 2017).
 */
#ifndef DLN_ANALYSE_NETWORK_P_H
#define DLN_ANALYSE_NETWORK_P_H

#include "analyse/model_p.h"
#include "model/tensors.h"

#define DLN_ID_TABLES 8
#define DLN_LAYERS_MAX 8
#define DLN_CLASSES_MAX 255
#define DLN_WIDTH_MAX 1024
#define DLN_REACH 16            /* distances beyond are as this one */

/* What of a form the network reads. */
typedef struct dln_type {
    uint32_t id[DLN_ID_TABLES];
    uint32_t row, bits;
} dln_type;

typedef struct dln_layer {
    uint32_t kind;              /* 'c' or 'r' */
    uint32_t size;              /* distance, or width of the recurrence */
    uint32_t pieces;
    dln_dense in, out;
    const float *norm;          /* [2][w] */
} dln_layer;

typedef struct dln_classes {
    uint32_t count;
    uint8_t value[DLN_CLASSES_MAX];
} dln_classes;

typedef struct dln_network {
    const dln_kernels *kernels;
    dln_hashed vocabulary;
    dln_tensors tensors;
    uint32_t width, embedding, joint;   /* joint: inputs of mix */
    uint32_t arc_width, label_width, role_width;
    uint32_t wide;              /* longest row that a layer takes or makes */
    uint64_t mark;              /* of this model: its checksum */
    dln_codes tables[DLN_ID_TABLES], words;
    const float *bits, *mix_norm, *root, *arc_dist, *role_dist;
    dln_layer layers[DLN_LAYERS_MAX];
    uint32_t layer_count;
    dln_dense mix, upos, xpos, feats, entity, predicate;
    dln_dense arc_head, arc_dep, arc_mix;
    dln_dense label_head, label_dep, label;
    dln_dense role_pred, role_arg, role;
    dln_classes upos_of, xpos_of, feats_of, deprel_of, kind_of, role_of;
    uint32_t root_label;        /* the class of "root" */
} dln_network;

/* Checks that the sections fit each other and what the program knows. The
 * network reads `weights` as long as it lives. `set` is for tests:
 * DLN_KERNELS_BEST. */
DLN_NODISCARD dln_status dln_analyse__network(dln_network *out,
                                              const dln_weights *weights,
                                              dln_kernel_set set,
                                              dln_error *error);

/* The best edge from a head into a component: its end, and what it gains. */
typedef struct dln_edge {
    double gain;
    uint32_t to;
} dln_edge;

/* Room for trees of up to `most` words, made when it is first needed. The
 * rest is tree.c's: components 0..n-1 are words, n.. contracted cycles. */
typedef struct dln_graph {
    uint32_t most;
    uint32_t n, count;
    dln_edge *edges;        /* [n][n + 1]: column n is the root */
    uint32_t *of;           /* [n] outermost component of a word */
    uint32_t *parent;       /* [2n] the component it went into */
    uint32_t *row;          /* [2n] its row of edges */
    uint32_t *from, *to;    /* [2n] the chosen edge into it */
    double *gain;           /* [2n] of that edge */
    uint32_t *path;         /* [n] */
    uint8_t *state;         /* [2n] */
} dln_graph;

/* The best tree with one root. score[n][stride]: row i has the scores of the
 * heads of word i, the root in column 0 and word k in column 1 + k. head[n]
 * gets words, DLN_NONE for the root's. work[n] is overwritten. False: out of
 * memory. */
bool dln_analyse__tree(dln_graph *room, const float *score, size_t stride,
                       uint32_t n, uint32_t *head, uint32_t *work,
                       dln_arena *scratch);

/* Room for reading up to `most` tokens at once, all of it scratch. */
typedef struct dln_reader {
    const dln_network *net;
    dln_analyse_cache *cache;
    dln_arena *scratch;
    uint32_t most;
    dln_type *types;            /* [most] */
    float *x;                   /* [most + 1][w]; behind the words, the root */
    float *y, *z;               /* [most + 1][wide] */
    uint8_t *bytes;             /* [most + 1][wide] */
    float *steps;               /* [most + 1] */
    float *arc_head, *arc_mixed;        /* [most + 1][a], [most][a] */
    float *label_head, *label_dep;      /* [most + 1][l] */
    float *role_pred, *role_arg;        /* [most + 1][q] */
    float *turned, *score;      /* [a][n + 1], [n][n + 1], filled up to 16 */
    uint32_t *head, *work;      /* [most]; heads within the part */
    dln_graph graph;
    uint8_t *entity, *back;     /* [most], [most][classes] */
    bool *predicate;            /* [most] */
    bool given;                 /* the document says which words are */
} dln_reader;

bool dln_analyse__reader(dln_reader *reader, const dln_network *net,
                         dln_analyse_cache *cache, uint32_t most,
                         dln_arena *scratch);
/* Reads `count` parts, sentences or pieces of them: token ranges that follow
 * each other, none longer than DLN_SENTENCE_MAX, together at most `most`.
 * Writes tags, features, heads and relations (each part is a tree of its
 * own), entities, predicates with roles. False: out of memory. */
bool dln_analyse__read(dln_reader *reader, dln_doc *doc,
                       const dln_span *parts, uint32_t count);

dln_type dln_analyse__type(const dln_network *net, dln_str form);
/* The vectors of types, each from itself alone: out[count][w]. */
void dln_analyse__mix(dln_reader *reader, const dln_type *types,
                      uint32_t count, float *out);
/* The same for the forms of tokens from `begin` on, what is known already
 * from the cache (type_cache.c). */
bool dln_analyse__types(dln_reader *reader, const dln_doc *doc,
                        uint32_t begin, uint32_t count, float *out);

#endif
