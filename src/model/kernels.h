/* SPDX-License-Identifier: Apache-2.0 */
/*
 * kernels: the arithmetic of a small network, for the CPU it runs on.
 *
 * Rows of floats are activations: x[row][width]. A dense layer works on
 * bytes: each row is rounded to u8 = 128 + x * 127 / max|x| and remembers
 * its step max|x| / 127; weights are s8 in [-63, 63] with a step for each
 * output, so that 255 * 63 * 2 still fits the 16 bits in which AVX2 adds
 * pairs. Sums are exact integers.
 *
 * All sets of kernels give the same bits. Floats are added in one fixed
 * order everywhere: sums over a row go to lane i mod 16, then the lanes are
 * halved; nothing is contracted to fused operations; rounding is to nearest,
 * ties to even. So what the network decides is the same on every machine.
 *
 *     const dln_kernels *k = dln_kernels_pick(DLN_KERNELS_BEST);
 *     k->quantise(bytes, steps, x, rows, width);
 *     k->dense(y, bytes, steps, rows, &layer);    // y[rows][16 * blocks]
 *
 * Widths are multiples of 16 but where said otherwise; rows any number.
 */
#ifndef DLN_MODEL_KERNELS_H
#define DLN_MODEL_KERNELS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define DLN_LANES 16            /* outputs of a block, and lanes of a sum */
#define DLN_RECUR 32
#define DLN_WEIGHT_MAX 63
#define DLN_DENSE_MAX_SIDE 8192 /* inputs, and outputs, of a layer */

/* A dense layer over mapped memory (tensors.h). */
typedef struct dln_dense {
    uint32_t in;                /* multiple of 4 */
    uint32_t out;               /* outputs that mean something */
    uint32_t blocks;            /* of 16 outputs, the last one padded */
    const float *step;          /* [16 * blocks] of an output's weights */
    const float *bias;          /* [16 * blocks] */
    const int32_t *zero;        /* [16 * blocks] 128 * sum of weights */
    const int8_t *weights;      /* [blocks][in / 4][16 outputs][4 inputs] */
} dln_dense;

/* The layer that has `count` of another's blocks from `first` on. */
static inline dln_dense dln_dense_part(const dln_dense *layer,
                                       uint32_t first, uint32_t count)
{
    size_t at = (size_t)first * DLN_LANES;
    return (dln_dense){layer->in, count * DLN_LANES, count, layer->step + at,
                       layer->bias + at, layer->zero + at,
                       layer->weights + at * layer->in};
}

typedef struct dln_kernels {
    const char *name;
    /* x[rows][width] → bytes of the same shape, steps[rows]. Width is any
     * multiple of 4. */
    void (*quantise)(uint8_t *bytes, float *steps, const float *x,
                     uint32_t rows, uint32_t width);
    /* y[rows][16 * blocks] = weights · bytes + bias. */
    void (*dense)(float *y, const uint8_t *bytes, const float *steps,
                  uint32_t rows, const dln_dense *layer);
    /* y += x, any count. */
    void (*add)(float *y, const float *x, size_t count);
    /* y += step * codes, any count. */
    void (*add_codes)(float *y, const int8_t *codes, float step,
                      size_t count);
    /* Negative numbers become 0, any count. */
    void (*relu)(float *x, size_t count);
    /* y[rows][width] = the greatest of `pieces` planes: x[rows][pieces]
     * [width]. */
    void (*maxout)(float *y, const float *x, uint32_t rows, uint32_t width,
                   uint32_t pieces);
    /* Layer normalisation in place: mean 0, variance 1 (+ 1e-5), times
     * gain[width], plus bias[width]. */
    void (*normalise)(float *x, const float *gain, const float *bias,
                      uint32_t rows, uint32_t width);
    /* A gated recurrence's numbers from `at` on, DLN_RECUR of them. x, x +
     * plane and x + 2 plane are f, z and g[rows][DLN_RECUR]; f and g go
     * through a sigmoid (within 1e-5). c = f c + (1 - f) z from the first
     * row on in the first half of the width and from the last row back in
     * the second; y[rows][width] = c g from y[.][at] on. Width and `at` are
     * multiples of DLN_RECUR. */
    void (*recur)(float *y, const float *x, size_t plane, uint32_t rows,
                  uint32_t width, uint32_t at);
    /* y[rows][cols] = x[rows][depth] · t[depth][cols]. */
    void (*product)(float *y, const float *x, const float *t, uint32_t rows,
                    uint32_t cols, uint32_t depth);
} dln_kernels;

/* What `recur` reads of the gates at, at + 1 .. at + DLN_RECUR - 1, its three
 * planes: y[3][rows][DLN_RECUR] of bytes[rows][layer->in], whose outputs are
 * [3][size]. */
void dln_kernels_gates(const dln_kernels *kernels, float *y,
                       const uint8_t *bytes, const float *steps,
                       uint32_t rows, const dln_dense *layer, uint32_t size,
                       uint32_t at);

typedef enum dln_kernel_set {
    DLN_KERNELS_BEST,           /* what this CPU does best */
    DLN_KERNELS_PLAIN,
    DLN_KERNELS_AVX2,
    DLN_KERNELS_VNNI,           /* AVX-512 with VNNI */
    DLN_KERNELS_NEON,
    DLN_KERNELS_DOT,            /* NEON with the dot product of bytes */
    DLN_KERNELS_COUNT
} dln_kernel_set;

/* NULL when the CPU or the build has not got the set asked for. */
const dln_kernels *dln_kernels_pick(dln_kernel_set set);

#endif
