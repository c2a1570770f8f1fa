/* SPDX-License-Identifier: Apache-2.0 */
/*
 * network_open: finds the network's tensors in the model file and checks
 * that they fit each other, so that reading needs no checks.
 */
#include <stdio.h>

#include "analyse/network_p.h"

static dln_status bad(const char *what, dln_error *error)
{
    return dln_fail(error, DLN_BADDATA, "the model's %s do not fit", what);
}

/* Value of a class's name, -1 when the program does not know it. */
static int upos_of(dln_str name)
{
    dln_upos v = dln_upos_of(name);
    return dln_str_is(name, dln_upos_text(v)) ? (int)v : -1;
}

static int xpos_of(dln_str name)
{
    dln_xpos v = dln_xpos_of(name);
    return dln_str_is(name, dln_xpos_text(v)) ? (int)v : -1;
}

static int deprel_of(dln_str name)
{
    dln_deprel v = dln_deprel_of(name);
    return dln_str_is(name, dln_deprel_text(v)) ? (int)v : -1;
}

/* A bundle the program has not got is read as the nearest that it has. */
static int feats_of(dln_str name)
{
    return (int)dln_feats_of(name);
}

static int kind_of(dln_str name)
{
    dln_entity_kind v = dln_entity_of(name);
    return v < DLN_ENT_COUNT ? (int)v : -1;
}

/* "_" is none; so are the roles of relative pronouns, which repeat those of
 * the words they refer to. */
static int role_of(dln_str name)
{
    if (dln_str_is(name, "_") || dln_str_starts(name, DLN_STR("R-")))
        return DLN_ARGUMENT_COUNT;
    dln_argument_label v = dln_argument_label_of(name);
    return v < DLN_ARGUMENT_COUNT ? (int)v : -1;
}

static dln_status open_classes(dln_classes *out, const dln_weights *weights,
                               const char *section, int (*value)(dln_str),
                               dln_error *error)
{
    dln_str rest, name;
    out->count = 0;
    DLN_TRY(dln_weights_section(weights, section, &rest, error));
    while (dln_str_cut(&rest, '\n', &name)) {
        int v = value(name);
        if (v < 0 || out->count == DLN_CLASSES_MAX)
            return dln_fail(error, DLN_BADDATA,
                            "the model's classes %s are unknown", section);
        out->value[out->count++] = (uint8_t)v;
    }
    return out->count ? DLN_OK : bad("classes", error);
}

static dln_status open_all_classes(dln_network *n, const dln_weights *weights,
                                   dln_error *error)
{
    DLN_TRY(open_classes(&n->upos_of, weights, "upos", upos_of, error));
    DLN_TRY(open_classes(&n->xpos_of, weights, "xpos", xpos_of, error));
    DLN_TRY(open_classes(&n->feats_of, weights, "feats", feats_of, error));
    DLN_TRY(open_classes(&n->deprel_of, weights, "deprel", deprel_of,
                         error));
    DLN_TRY(open_classes(&n->kind_of, weights, "entity", kind_of, error));
    DLN_TRY(open_classes(&n->role_of, weights, "roles", role_of, error));
    n->root_label = n->deprel_of.count;
    for (uint32_t i = n->deprel_of.count; i-- > 0;)
        if (n->deprel_of.value[i] == DLN_REL_root)
            n->root_label = i;
    bool fine = n->root_label < n->deprel_of.count && n->deprel_of.count > 1
                && n->role_of.value[0] == DLN_ARGUMENT_COUNT;
    return fine ? DLN_OK : bad("classes", error);
}

/* A layer, whose rows must find room in the reader's. */
static dln_status open_dense(dln_network *n, dln_dense *out,
                             const char *name, uint32_t rows, uint32_t cols,
                             dln_error *error)
{
    DLN_TRY(dln_tensors_dense(&n->tensors, out, name, rows, cols, error));
    uint32_t made = out->blocks * DLN_LANES;
    n->wide = n->wide > made ? n->wide : made;
    n->wide = n->wide > cols ? n->wide : cols;
    return DLN_OK;
}

/* A number of outputs that must be a multiple of `by`. */
static dln_status open_width(dln_network *n, const char *name, bool rows,
                             uint32_t by, uint32_t *out, dln_error *error)
{
    uint32_t r, c;
    DLN_TRY(dln_tensors_shape(&n->tensors, name, &r, &c, error));
    *out = rows ? r : c;
    return *out % by || *out > DLN_WIDTH_MAX ? bad("widths", error) : DLN_OK;
}

static dln_status open_types(dln_network *n, dln_error *error)
{
    static const char *const tables[DLN_ID_TABLES] = {
        "low", "low2", "prefix2", "prefix3", "suffix2", "suffix3", "suffix4",
        "shape"};
    uint32_t vector;
    DLN_TRY(open_width(n, "root", false, DLN_LANES, &n->width, error));
    DLN_TRY(open_width(n, tables[0], false, 1, &n->embedding, error));
    DLN_TRY(open_width(n, "words", false, 1, &vector, error));
    for (int i = 0; i < DLN_ID_TABLES; i++)
        DLN_TRY(dln_tensors_codes(&n->tensors, &n->tables[i], tables[i],
                                  n->embedding, error));
    DLN_TRY(dln_tensors_codes(&n->tensors, &n->words, "words", vector,
                              error));
    DLN_TRY(dln_tensors_floats(&n->tensors, &n->bits, "bits",
                               DLN_TYPE_BITS + 1, DLN_LANES, error));
    n->joint = (DLN_ID_TABLES * n->embedding + vector + DLN_LANES + 3) & ~3u;
    DLN_TRY(open_dense(n, &n->mix, "mix", 3 * n->width, n->joint, error));
    return dln_tensors_floats(&n->tensors, &n->mix_norm, "mix.norm", 2,
                              n->width, error);
}

static dln_status open_layer(dln_network *n, uint32_t i, const char *record,
                             dln_error *error)
{
    char name[24], part[24];
    dln_layer *l = &n->layers[i];
    uint32_t w = n->width;
    *l = (dln_layer){.kind = dln_get_u32(record),
                     .size = dln_get_u32(record + 4),
                     .pieces = dln_get_u32(record + 8)};
    snprintf(name, sizeof name, "L%u", i);
    snprintf(part, sizeof part, "L%u.norm", i);
    DLN_TRY(dln_tensors_floats(&n->tensors, &l->norm, part, 2, w, error));
    if (l->kind == 'c' && l->size && l->size <= DLN_REACH && l->pieces
        && l->pieces <= 8)
        return open_dense(n, &l->in, name, l->pieces * w, 3 * w, error);
    if (l->kind != 'r' || !l->size || l->size % (2 * DLN_LANES)
        || l->size > DLN_WIDTH_MAX)
        return bad("layers", error);
    DLN_TRY(open_dense(n, &l->in, name, 3 * l->size, w, error));
    snprintf(part, sizeof part, "L%u.out", i);
    return l->size == w ? DLN_OK
                        : open_dense(n, &l->out, part, w, l->size, error);
}

static dln_status open_layers(dln_network *n, const dln_weights *weights,
                              dln_error *error)
{
    dln_str section;
    DLN_TRY(dln_weights_section(weights, "layers", &section, error));
    if (section.len % 12 || section.len / 12 > DLN_LAYERS_MAX)
        return bad("layers", error);
    n->layer_count = (uint32_t)(section.len / 12);
    for (uint32_t i = 0; i < n->layer_count; i++)
        DLN_TRY(open_layer(n, i, section.data + 12 * (size_t)i, error));
    return DLN_OK;
}

/* What reads a word's vector for its own class. */
static dln_status open_heads(dln_network *n, dln_error *error)
{
    uint32_t w = n->width;
    DLN_TRY(dln_tensors_floats(&n->tensors, &n->root, "root", 1, w, error));
    DLN_TRY(open_dense(n, &n->upos, "h.upos", n->upos_of.count, w, error));
    DLN_TRY(open_dense(n, &n->xpos, "h.xpos", n->xpos_of.count, w, error));
    DLN_TRY(open_dense(n, &n->feats, "h.feats", n->feats_of.count, w,
                       error));
    DLN_TRY(open_dense(n, &n->entity, "h.entity", 1 + 4 * n->kind_of.count,
                       w, error));
    return open_dense(n, &n->predicate, "h.pred", 1, w, error);
}

/* What reads the vectors of two words. */
static dln_status open_pairs(dln_network *n, dln_error *error)
{
    const uint32_t w = n->width, dist = 2 * DLN_REACH + 1;
    uint32_t a, l, q;
    DLN_TRY(open_width(n, "arc.head", true, DLN_LANES, &a, error));
    DLN_TRY(open_dense(n, &n->arc_head, "arc.head", a, w, error));
    DLN_TRY(open_dense(n, &n->arc_dep, "arc.dep", a, w, error));
    DLN_TRY(open_dense(n, &n->arc_mix, "arc.mix", a, a, error));
    DLN_TRY(dln_tensors_floats(&n->tensors, &n->arc_dist, "arc.dist", 1,
                               dist, error));
    DLN_TRY(open_width(n, "label.head", true, DLN_LANES, &l, error));
    DLN_TRY(open_dense(n, &n->label_head, "label.head", l, w, error));
    DLN_TRY(open_dense(n, &n->label_dep, "label.dep", l, w, error));
    DLN_TRY(open_dense(n, &n->label, "label", n->deprel_of.count, l, error));
    DLN_TRY(open_width(n, "role.pred", true, DLN_LANES, &q, error));
    DLN_TRY(open_dense(n, &n->role_pred, "role.pred", q, w, error));
    DLN_TRY(open_dense(n, &n->role_arg, "role.arg", q, w, error));
    DLN_TRY(dln_tensors_floats(&n->tensors, &n->role_dist, "role.dist", dist,
                               q, error));
    return open_dense(n, &n->role, "role", n->role_of.count, q, error);
}

dln_status dln_analyse__network(dln_network *out, const dln_weights *weights,
                                dln_kernel_set set, dln_error *error)
{
    dln_str section;
    size_t used;
    *out = (dln_network){.kernels = dln_kernels_pick(set),
                         .mark = dln_get_u64(weights->data + 24)};
    if (!out->kernels)
        return dln_fail(error, DLN_BADARG, "no such kernels");
    DLN_TRY(open_all_classes(out, weights, error));
    DLN_TRY(dln_weights_section(weights, "vocab", &section, error));
    DLN_TRY(dln_hashed_open(&out->vocabulary, section, &used, error));
    DLN_TRY(dln_weights_section(weights, "net", &section, error));
    DLN_TRY(dln_tensors_open(&out->tensors, section, error));
    DLN_TRY(open_types(out, error));
    DLN_TRY(open_layers(out, weights, error));
    DLN_TRY(open_heads(out, error));
    return open_pairs(out, error);
}
