/* SPDX-License-Identifier: Apache-2.0 */
/*
 * tensors: the named tensors of a network, in one section of the model
 * file. Read-only views of the mapped bytes.
 *
 *   0   4  number of tensors, at most 256
 *   4   4  zero
 *   8      for each: 16 bytes name (NUL-padded), 4 kind, 4 rows, 4 columns,
 *          4 zero, 8 offset from the start of the section (a multiple of
 *          8), 8 size
 *   then   their bytes
 *
 * Kinds:
 *
 *   1  floats: f32 [rows][columns]
 *   2  codes, a table of rows: f32 step [rows], s8 [rows][columns]; the
 *      values are step * code
 *   3  dense layer from `columns` (a multiple of 4; padded with weights of
 *      0) to `rows` outputs, in B blocks of 16, the last padded with zeros:
 *      f32 step [16 B], f32 bias [16 B], s32 zero [16 B] (128 times the sum
 *      of the output's weights), s8 weights [B][columns / 4][16][4]
 *
 * The reader takes the section as hostile. It checks that each tensor is as
 * large as it says, that floats are finite and small, that weights are
 * within [-63, 63] and their sums right, so that no arithmetic over them can
 * go wrong. What depends on the network - which tensors there are and how
 * they fit each other - is asked by shape when they are fetched.
 */
#ifndef DLN_MODEL_TENSORS_H
#define DLN_MODEL_TENSORS_H

#include "base/status.h"
#include "base/str.h"
#include "model/kernels.h"

#define DLN_TENSORS_MAX 256
#define DLN_TENSOR_MAX_SIDE (1u << 20)  /* rows of a table */
#define DLN_FLOAT_MAX 1e4f

typedef enum dln_tensor_kind {
    DLN_TENSOR_FLOATS = 1,
    DLN_TENSOR_CODES = 2,
    DLN_TENSOR_DENSE = 3
} dln_tensor_kind;

typedef struct dln_tensors {
    dln_str section;
    uint32_t count;
} dln_tensors;

typedef struct dln_codes {
    uint32_t rows, cols;
    const float *step;          /* [rows] */
    const int8_t *codes;        /* [rows][cols] */
} dln_codes;

/* Checks all tensors. Keeps `section`, which is aligned to 8. */
DLN_NODISCARD dln_status dln_tensors_open(dln_tensors *out, dln_str section,
                                          dln_error *error);
/* The shape of a tensor; DLN_BADDATA when there is none. */
DLN_NODISCARD dln_status dln_tensors_shape(const dln_tensors *tensors,
                                           const char *name, uint32_t *rows,
                                           uint32_t *cols, dln_error *error);
/* A tensor of that name, kind and shape, DLN_BADDATA when there is none.
 * Of codes only the columns are asked for. */
DLN_NODISCARD dln_status dln_tensors_floats(const dln_tensors *tensors,
                                            const float **out,
                                            const char *name, uint32_t rows,
                                            uint32_t cols,
                                            dln_error *error);
DLN_NODISCARD dln_status dln_tensors_codes(const dln_tensors *tensors,
                                           dln_codes *out, const char *name,
                                           uint32_t cols, dln_error *error);
DLN_NODISCARD dln_status dln_tensors_dense(const dln_tensors *tensors,
                                           dln_dense *out, const char *name,
                                           uint32_t rows, uint32_t cols,
                                           dln_error *error);

#endif
