/* SPDX-License-Identifier: Apache-2.0 */
/*
 * network: forms of a few sentences → tags, features, trees, predicates
 * with roles, entities (network_p.h says of what the network is made). The
 * words of all sentences go through each layer together, one row a word;
 * windows, recurrences, trees and roles keep to the sentence.
 */
#include "analyse/network_p.h"

dln_type dln_analyse__type(const dln_network *net, dln_str form)
{
    dln_lexeme lex;
    dln_analyse__lexeme(&lex, form, &net->vocabulary);
    const uint32_t *prefix = lex.prefix, *suffix = lex.suffix;
    return (dln_type){
        .id = {lex.low, (uint32_t)((uint64_t)lex.low * 2654435761u >> 17),
               prefix[1] ? prefix[1] : prefix[0],
               prefix[2] ? prefix[2] : prefix[1], suffix[1], suffix[2],
               suffix[3], lex.shape},
        .row = lex.row < net->words.rows ? lex.row : 0,
        .bits = lex.flags | (uint32_t)lex.lists << 5,
    };
}

static void add_row(const dln_kernels *k, float *out, const dln_codes *codes,
                    uint32_t row)
{
    k->add_codes(out, codes->codes + (size_t)row * codes->cols,
                 codes->step[row], codes->cols);
}

/* All that is known of a form, side by side: out[joint], zero before. */
static void join(const dln_network *n, float *out, const dln_type *type)
{
    const dln_kernels *k = n->kernels;
    for (uint32_t t = 0; t < DLN_ID_TABLES; t++, out += n->embedding)
        add_row(k, out, &n->tables[t], type->id[t] % n->tables[t].rows);
    add_row(k, out, &n->words, type->row);
    out += n->words.cols;
    k->add(out, n->bits + (size_t)DLN_TYPE_BITS * DLN_LANES, DLN_LANES);
    for (uint32_t b = 0; b < DLN_TYPE_BITS; b++)
        if (type->bits >> b & 1)
            k->add(out, n->bits + (size_t)b * DLN_LANES, DLN_LANES);
}

/* One layer: x[rows] → out[rows]. */
static void dense(dln_reader *r, float *out, const float *x, uint32_t rows,
                  const dln_dense *layer)
{
    r->net->kernels->quantise(r->bytes, r->steps, x, rows, layer->in);
    r->net->kernels->dense(out, r->bytes, r->steps, rows, layer);
}

/* The same for the rows that were made bytes of last. */
static void dense_again(dln_reader *r, float *out, uint32_t rows,
                        const dln_dense *layer)
{
    r->net->kernels->dense(out, r->bytes, r->steps, rows, layer);
}

void dln_analyse__mix(dln_reader *r, const dln_type *types, uint32_t count,
                      float *out)
{
    const dln_network *n = r->net;
    memset(r->y, 0, (size_t)count * n->joint * sizeof *r->y);
    for (uint32_t i = 0; i < count; i++)
        join(n, r->y + (size_t)i * n->joint, &types[i]);
    dense(r, r->z, r->y, count, &n->mix);
    n->kernels->maxout(out, r->z, count, n->width, 3);
    n->kernels->normalise(out, n->mix_norm, n->mix_norm + n->width, count,
                          n->width);
}

/* y[rows][3 w]: the word `reach` before, the word, the one `reach` behind;
 * zeros beyond the sentence. */
static void gather(dln_reader *r, const dln_span *parts, uint32_t count,
                   uint32_t reach)
{
    size_t w = r->net->width, bytes = w * sizeof(float);
    float *out = r->y;
    uint32_t first = parts[0].start;
    for (uint32_t p = 0; p < count; p++)
        for (uint32_t t = parts[p].start; t < parts[p].end; t++) {
            const float *x = r->x + (t - first) * w;
            memset(out, 0, 3 * bytes);
            if (t - parts[p].start >= reach)
                memcpy(out, x - reach * w, bytes);
            memcpy(out + w, x, bytes);
            if (parts[p].end - t > reach)
                memcpy(out + 2 * w, x + reach * w, bytes);
            out += 3 * w;
        }
}

static void window(dln_reader *r, const dln_layer *l, const dln_span *parts,
                   uint32_t count, uint32_t rows)
{
    const dln_kernels *k = r->net->kernels;
    uint32_t w = r->net->width;
    gather(r, parts, count, l->size);
    dense(r, r->z, r->y, rows, &l->in);
    k->maxout(r->y, r->z, rows, w, l->pieces);
    k->normalise(r->y, l->norm, l->norm + w, rows, w);
    k->add(r->x, r->y, (size_t)rows * w);
}

/* What the gates from `at` on make of all parts: z[rows][h]. A few gates at
 * a time, so that what is made for them stays near the CPU. */
static void recur_some(dln_reader *r, const dln_layer *l,
                       const dln_span *parts, uint32_t count, uint32_t rows,
                       uint32_t at)
{
    const dln_kernels *k = r->net->kernels;
    size_t plane = (size_t)rows * DLN_RECUR;
    dln_kernels_gates(k, r->y, r->bytes, r->steps, rows, &l->in, l->size,
                      at);
    for (uint32_t p = 0; p < count; p++) {
        size_t first = parts[p].start - parts[0].start;
        k->recur(r->z + first * l->size, r->y + first * DLN_RECUR, plane,
                 parts[p].end - parts[p].start, l->size, at);
    }
}

static void recurrence(dln_reader *r, const dln_layer *l,
                       const dln_span *parts, uint32_t count, uint32_t rows)
{
    const dln_kernels *k = r->net->kernels;
    uint32_t w = r->net->width, h = l->size;
    float *from = r->z;
    k->quantise(r->bytes, r->steps, r->x, rows, w);
    for (uint32_t at = 0; at < h; at += DLN_RECUR)
        recur_some(r, l, parts, count, rows, at);
    if (h != w) {
        dense(r, r->y, r->z, rows, &l->out);
        from = r->y;
    }
    k->add(r->x, from, (size_t)rows * w);
    k->normalise(r->x, l->norm, l->norm + w, rows, w);
}

static uint32_t best_of(const float *scores, uint32_t count)
{
    uint32_t best = 0;
    for (uint32_t c = 1; c < count; c++)
        if (scores[c] > scores[best])
            best = c;
    return best;
}

/* The value of the best class of one row of y. */
static uint8_t best_class(const dln_reader *r, uint32_t row,
                          const dln_dense *layer, const dln_classes *classes)
{
    const float *y = r->y + (size_t)row * layer->blocks * DLN_LANES;
    return classes->value[best_of(y, classes->count)];
}

static void read_tags(dln_reader *r, dln_token *tokens, uint32_t rows)
{
    const dln_network *n = r->net;
    dense_again(r, r->y, rows, &n->upos);
    for (uint32_t i = 0; i < rows; i++)
        tokens[i].upos = best_class(r, i, &n->upos, &n->upos_of);
    dense_again(r, r->y, rows, &n->xpos);
    for (uint32_t i = 0; i < rows; i++)
        tokens[i].xpos = best_class(r, i, &n->xpos, &n->xpos_of);
    dense_again(r, r->y, rows, &n->feats);
    for (uint32_t i = 0; i < rows; i++)
        tokens[i].feats = best_class(r, i, &n->feats, &n->feats_of);
}

static void read_entities(dln_reader *r, dln_doc *doc, const dln_span *parts,
                          uint32_t count, uint32_t rows)
{
    const dln_network *n = r->net;
    const dln_dense *layer = &n->entity;
    size_t stride = (size_t)layer->blocks * DLN_LANES;
    dense_again(r, r->y, rows, layer);
    for (uint32_t p = 0; p < count; p++) {
        uint32_t at = parts[p].start - parts[0].start;
        uint32_t len = parts[p].end - parts[p].start;
        dln_analyse__bilou(r->y + at * stride, stride, len, n->kind_of.count,
                           r->entity, r->back);
        dln_analyse__entities(doc, parts[p].start, r->entity,
                              n->kind_of.value, len);
    }
}

/* The layers that pairs of words are read from; row `rows` is the root. */
static void read_pairs(dln_reader *r, uint32_t rows)
{
    const dln_network *n = r->net;
    const dln_kernels *k = n->kernels;
    size_t stride = (size_t)n->predicate.blocks * DLN_LANES;
    dense_again(r, r->y, rows, &n->predicate);
    for (uint32_t i = 0; i < rows; i++)
        r->predicate[i] = r->y[i * stride] > 0;
    dense_again(r, r->role_pred, rows, &n->role_pred);
    dense_again(r, r->role_arg, rows, &n->role_arg);
    dense_again(r, r->label_dep, rows, &n->label_dep);
    dense_again(r, r->y, rows, &n->arc_dep);
    dense_again(r, r->arc_head, rows + 1, &n->arc_head);
    dense_again(r, r->label_head, rows + 1, &n->label_head);
    k->relu(r->arc_head, (size_t)(rows + 1) * n->arc_head.out);
    k->relu(r->y, (size_t)rows * n->arc_dep.out);
    dense(r, r->arc_mixed, r->y, rows, &n->arc_mix);
}

static int clamp(int64_t distance)
{
    return (int)(distance < -DLN_REACH ? 0 : distance > DLN_REACH
                     ? 2 * DLN_REACH : distance + DLN_REACH);
}

/* Filled up to whole lanes. */
static size_t filled(size_t count)
{
    return (count + DLN_LANES - 1) / DLN_LANES * DLN_LANES;
}

/* The tree of `len` words from row `at` on; `root` is the root's row. */
static bool read_tree(dln_reader *r, uint32_t at, uint32_t len,
                      uint32_t root)
{
    const dln_network *n = r->net;
    const size_t depth = n->arc_head.out, cols = filled(len + 1);
    for (uint32_t j = 0; j <= len; j++) {
        const float *head = r->arc_head + depth * (j ? at + j - 1 : root);
        for (size_t d = 0; d < depth; d++)
            r->turned[d * cols + j] = head[d];
    }
    n->kernels->product(r->score, r->arc_mixed + at * depth, r->turned, len,
                        (uint32_t)cols, (uint32_t)depth);
    for (uint32_t i = 0; i < len; i++)
        for (uint32_t j = 0; j <= len; j++)
            r->score[i * cols + j] +=
                n->arc_dist[clamp((int64_t)j - 1 - (int64_t)i)];
    return dln_analyse__tree(&r->graph, r->score, cols, len, r->head + at,
                             r->work, r->scratch);
}

/* The relation of each word to its head. */
static void read_labels(dln_reader *r, dln_token *tokens,
                        const dln_span *parts, uint32_t count, uint32_t rows)
{
    const dln_network *n = r->net;
    size_t width = n->label_head.out;
    size_t stride = (size_t)n->label.blocks * DLN_LANES;
    for (uint32_t p = 0, i = 0; p < count; p++)
        for (uint32_t t = parts[p].start; t < parts[p].end; t++, i++) {
            uint32_t at = parts[p].start - parts[0].start;
            uint32_t head = r->head[i] == DLN_NONE ? rows : at + r->head[i];
            n->kernels->add(r->label_dep + i * width,
                            r->label_head + head * width, width);
        }
    n->kernels->relu(r->label_dep, rows * width);
    dense(r, r->y, r->label_dep, rows, &n->label);
    for (uint32_t i = 0; i < rows; i++) {
        float *scores = r->y + i * stride;
        uint32_t best = n->root_label;
        for (uint32_t c = 0; c < n->label.out && r->head[i] != DLN_NONE; c++)
            if (c != n->root_label
                && (best == n->root_label || scores[c] > scores[best]))
                best = c;
        tokens[i].deprel = n->deprel_of.value[best];
    }
}

/* Of two words with the same numbered role the better one keeps it. */
static void take_role(dln_argument *out, float *sure, uint32_t *count,
                      dln_argument found, float score)
{
    for (uint32_t i = 0; i < *count && found.label <= DLN_ARG5; i++)
        if (out[i].label == found.label) {
            if (score > sure[i]) {
                out[i] = found;
                sure[i] = score;
            }
            return;
        }
    if (*count == DLN_ARGUMENTS_MAX)
        return;
    sure[*count] = score;
    out[(*count)++] = found;
}

/* The roles of the predicate at row `at` + p in the part of `len` rows. */
static void read_roles(dln_reader *r, dln_doc *doc, uint32_t token,
                       uint32_t at, uint32_t p, uint32_t len)
{
    const dln_network *n = r->net;
    const dln_kernels *k = n->kernels;
    size_t q = n->role_pred.out;
    size_t stride = (size_t)n->role.blocks * DLN_LANES;
    dln_argument out[DLN_ARGUMENTS_MAX];
    float sure[DLN_ARGUMENTS_MAX];
    uint32_t count = 0;
    memcpy(r->y, r->role_arg + at * q, len * q * sizeof *r->y);
    for (uint32_t j = 0; j < len; j++) {
        k->add(r->y + j * q, r->role_pred + (at + p) * q, q);
        k->add(r->y + j * q,
               n->role_dist + (size_t)clamp((int64_t)j - (int64_t)p) * q, q);
    }
    k->relu(r->y, len * q);
    dense(r, r->z, r->y, len, &n->role);
    for (uint32_t j = 0; j < len; j++) {
        const float *scores = r->z + j * stride;
        uint32_t best = best_of(scores, n->role.out);
        uint8_t role = n->role_of.value[best];
        if (role < DLN_ARGUMENT_COUNT)
            take_role(out, sure, &count,
                      (dln_argument){token - p + j,
                                     (dln_argument_label)role},
                      scores[best]);
    }
    if (r->given)
        dln_doc_set_arguments(doc, dln_predicate_at(doc, token), out, count);
    else
        dln_doc_predicate(doc, token, out, count);
}

static bool read_trees(dln_reader *r, dln_doc *doc, const dln_span *parts,
                       uint32_t count, uint32_t rows)
{
    uint32_t first = parts[0].start;
    dln_token *tokens = doc->tokens.at + first;
    for (uint32_t p = 0; p < count; p++)
        if (!read_tree(r, parts[p].start - first,
                       parts[p].end - parts[p].start, rows))
            return false;
    read_labels(r, tokens, parts, count, rows);
    for (uint32_t p = 0; p < count; p++)
        for (uint32_t t = parts[p].start; t < parts[p].end; t++) {
            uint32_t head = r->head[t - first];
            tokens[t - first].head = head == DLN_NONE ? DLN_NONE
                                                      : parts[p].start + head;
            if (r->given ? dln_predicate_at(doc, t) != DLN_NONE
                         : r->predicate[t - first])
                read_roles(r, doc, t, parts[p].start - first,
                           t - parts[p].start,
                           parts[p].end - parts[p].start);
        }
    return true;
}

static void keep_states(const dln_reader *r, dln_doc *doc, uint32_t first,
                        uint32_t rows)
{
    dln_states *s = &doc->states;
    if (!s->width)
        return;
    memcpy(s->bytes + (size_t)first * s->width, r->bytes,
           (size_t)rows * s->width);
    memcpy(s->steps + first, r->steps, rows * sizeof *s->steps);
}

bool dln_analyse__read(dln_reader *r, dln_doc *doc, const dln_span *parts,
                       uint32_t count)
{
    const dln_network *n = r->net;
    uint32_t first = parts[0].start, rows = parts[count - 1].end - first;
    if (!dln_analyse__types(r, doc, first, rows, r->x))
        return false;
    for (uint32_t i = 0; i < n->layer_count; i++) {
        const dln_layer *l = &n->layers[i];
        if (l->kind == 'c')
            window(r, l, parts, count, rows);
        else
            recurrence(r, l, parts, count, rows);
    }
    memcpy(r->x + (size_t)rows * n->width, n->root,
           n->width * sizeof *r->x);
    n->kernels->quantise(r->bytes, r->steps, r->x, rows + 1, n->width);
    keep_states(r, doc, first, rows);
    read_tags(r, doc->tokens.at + first, rows);
    read_entities(r, doc, parts, count, rows);
    read_pairs(r, rows);
    return read_trees(r, doc, parts, count, rows);
}

bool dln_analyse__reader(dln_reader *r, const dln_network *net,
                         dln_analyse_cache *cache, uint32_t most,
                         dln_arena *scratch)
{
    size_t rows = (size_t)most + 1, wide = rows * net->wide;
    size_t one = most < DLN_SENTENCE_MAX ? most : DLN_SENTENCE_MAX;
#define ROOM(count, item) dln_arena_array(scratch, (count), sizeof(item))
    *r = (dln_reader){
        .net = net, .cache = cache, .scratch = scratch, .most = most,
        .types = ROOM(most, dln_type),
        .x = ROOM(rows * net->width, float),
        .y = ROOM(wide, float), .z = ROOM(wide, float),
        .bytes = ROOM(wide, uint8_t), .steps = ROOM(rows, float),
        .arc_head = ROOM(rows * net->arc_head.out, float),
        .arc_mixed = ROOM(rows * net->arc_head.out, float),
        .label_head = ROOM(rows * net->label_head.out, float),
        .label_dep = ROOM(rows * net->label_head.out, float),
        .role_pred = ROOM(rows * net->role_pred.out, float),
        .role_arg = ROOM(rows * net->role_pred.out, float),
        .turned = ROOM(filled(one + 1) * net->arc_head.out, float),
        .score = ROOM(one * filled(one + 1), float),
        .head = ROOM(most, uint32_t), .work = ROOM(most, uint32_t),
        .entity = ROOM(one, uint8_t),
        .back = ROOM(one * (1 + 4 * DLN_ENT_COUNT), uint8_t),
        .predicate = ROOM(most, bool),
        .graph = {.most = (uint32_t)one},
    };
#undef ROOM
    return !dln_arena_oom(scratch);
}
