/* SPDX-License-Identifier: Apache-2.0 */
#include "model/tensors.h"

#include "model/weights.h"

#define HEADER 8
#define ENTRY 48
#define NAME 16

typedef struct entry {
    char name[NAME + 1];
    uint32_t kind, rows, cols;
    uint64_t at, size;
} entry;

static entry entry_at(const dln_tensors *tensors, uint32_t i)
{
    const char *p = tensors->section.data + HEADER + (size_t)i * ENTRY;
    entry e = {.kind = dln_get_u32(p + 16), .rows = dln_get_u32(p + 20),
               .cols = dln_get_u32(p + 24), .at = dln_get_u64(p + 32),
               .size = dln_get_u64(p + 40)};
    memcpy(e.name, p, NAME);
    return e;
}

static uint32_t blocks_of(uint32_t outputs)
{
    return (outputs + DLN_LANES - 1) / DLN_LANES;
}

/* Bytes of a tensor, 0 when its sides are out of bounds. */
static uint64_t size_of(const entry *e)
{
    uint64_t rows = e->rows, cols = e->cols, out;
    if (!rows || !cols || rows > DLN_TENSOR_MAX_SIDE
        || cols > DLN_TENSOR_MAX_SIDE)
        return 0;
    switch (e->kind) {
    case DLN_TENSOR_FLOATS:
        return rows * cols * 4;
    case DLN_TENSOR_CODES:
        return rows * 4 + rows * cols;
    case DLN_TENSOR_DENSE:
        out = (uint64_t)blocks_of(e->rows) * DLN_LANES;
        if (rows > DLN_DENSE_MAX_SIDE || cols > DLN_DENSE_MAX_SIDE
            || cols % 4)
            return 0;
        return out * 12 + out * cols;
    default:
        return 0;
    }
}

static bool small_floats(const float *x, uint64_t count)
{
    bool fine = true;
    for (uint64_t i = 0; i < count; i++)
        fine = fine && x[i] >= -DLN_FLOAT_MAX && x[i] <= DLN_FLOAT_MAX;
    return fine;
}

static dln_codes codes_of(const entry *e, const char *data)
{
    const float *step = (const void *)data;
    return (dln_codes){e->rows, e->cols, step,
                       (const void *)(step + e->rows)};
}

static dln_dense dense_of(const entry *e, const char *data)
{
    size_t out = (size_t)blocks_of(e->rows) * DLN_LANES;
    const float *step = (const void *)data;
    const int32_t *zero = (const void *)(step + 2 * out);
    return (dln_dense){.in = e->cols, .out = e->rows,
                       .blocks = blocks_of(e->rows), .step = step,
                       .bias = step + out, .zero = zero,
                       .weights = (const void *)(zero + out)};
}

/* Weights in bounds, their sums as said, nothing but zero in the padding. */
static bool good_dense(const dln_dense *d)
{
    const int8_t *w = d->weights;
    bool fine = true;
    for (uint32_t b = 0; b < d->blocks; b++) {
        int32_t sum[DLN_LANES] = {0};
        for (uint32_t i = 0; i < d->in; i += 4)
            for (int k = 0; k < 4 * DLN_LANES; k++, w++) {
                fine = fine && *w >= -DLN_WEIGHT_MAX && *w <= DLN_WEIGHT_MAX;
                sum[k / 4] += *w;
            }
        for (uint32_t k = 0; k < DLN_LANES; k++) {
            uint32_t o = b * DLN_LANES + k;
            fine = fine && d->zero[o] == 128 * sum[k];
            if (o >= d->out)
                fine = fine && !sum[k] && !(d->bias[o] > 0)
                       && !(d->bias[o] < 0);
        }
    }
    return fine && small_floats(d->step, 2 * (uint64_t)d->blocks * DLN_LANES);
}

static bool good(const entry *e, const char *data)
{
    dln_dense dense;
    dln_codes codes;
    switch (e->kind) {
    case DLN_TENSOR_FLOATS:
        return small_floats((const void *)data, (uint64_t)e->rows * e->cols);
    case DLN_TENSOR_CODES:
        codes = codes_of(e, data);
        return small_floats(codes.step, codes.rows);
    default:
        dense = dense_of(e, data);
        return good_dense(&dense);
    }
}

dln_status dln_tensors_open(dln_tensors *out, dln_str section,
                            dln_error *error)
{
    *out = (dln_tensors){section, 0};
    uint32_t count = section.len < HEADER ? 0 : dln_get_u32(section.data);
    if (!count || count > DLN_TENSORS_MAX
        || (section.len - HEADER) / ENTRY < count)
        return dln_fail(error, DLN_BADDATA, "the model's tensors are cut");
    out->count = count;
    for (uint32_t i = 0; i < count; i++) {
        entry e = entry_at(out, i);
        uint64_t size = size_of(&e);
        if (!size || size != e.size || e.at % 8 || e.at > section.len
            || size > section.len - e.at)
            return dln_fail(error, DLN_BADDATA,
                            "the model's tensor %s does not fit", e.name);
        if (!good(&e, section.data + e.at))
            return dln_fail(error, DLN_BADDATA,
                            "the model's tensor %s has bad values", e.name);
    }
    return DLN_OK;
}

static dln_status find(const dln_tensors *tensors, entry *out,
                       const char *name, dln_error *error)
{
    for (uint32_t i = 0; i < tensors->count; i++) {
        *out = entry_at(tensors, i);
        if (!strcmp(out->name, name))
            return DLN_OK;
    }
    return dln_fail(error, DLN_BADDATA, "the model has no tensor %s", name);
}

/* The same, of a kind and shape; 0 for rows asks for any. */
static dln_status find_as(const dln_tensors *tensors, entry *out,
                          const char *name, uint32_t kind, uint32_t rows,
                          uint32_t cols, dln_error *error)
{
    DLN_TRY(find(tensors, out, name, error));
    if (out->kind == kind && out->cols == cols
        && (!rows || out->rows == rows))
        return DLN_OK;
    return dln_fail(error, DLN_BADDATA,
                    "the model's tensor %s has a wrong shape", name);
}

dln_status dln_tensors_shape(const dln_tensors *tensors, const char *name,
                             uint32_t *rows, uint32_t *cols,
                             dln_error *error)
{
    entry e = {.at = 0};
    DLN_TRY(find(tensors, &e, name, error));
    *rows = e.rows;
    *cols = e.cols;
    return DLN_OK;
}

dln_status dln_tensors_floats(const dln_tensors *tensors, const float **out,
                              const char *name, uint32_t rows, uint32_t cols,
                              dln_error *error)
{
    entry e = {.at = 0};
    DLN_TRY(find_as(tensors, &e, name, DLN_TENSOR_FLOATS, rows, cols,
                    error));
    *out = (const void *)(tensors->section.data + e.at);
    return DLN_OK;
}

dln_status dln_tensors_codes(const dln_tensors *tensors, dln_codes *out,
                             const char *name, uint32_t cols,
                             dln_error *error)
{
    entry e = {.at = 0};
    DLN_TRY(find_as(tensors, &e, name, DLN_TENSOR_CODES, 0, cols,
                    error));
    *out = codes_of(&e, tensors->section.data + e.at);
    return DLN_OK;
}

dln_status dln_tensors_dense(const dln_tensors *tensors, dln_dense *out,
                             const char *name, uint32_t rows, uint32_t cols,
                             dln_error *error)
{
    entry e = {.at = 0};
    DLN_TRY(find_as(tensors, &e, name, DLN_TENSOR_DENSE, rows, cols,
                    error));
    *out = dense_of(&e, tensors->section.data + e.at);
    return DLN_OK;
}
