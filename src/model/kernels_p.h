/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The kernels over floats, written once in plain C and compiled once for
 * each set: the includer defines TARGET, the attribute that names the
 * instructions, PART, how many floats a register has, and GREATER and LESSER
 * of two registers (the second when one is no number); the compiler makes
 * vectors of the loops. Their order of operations is that of the C text
 * whatever the instructions (IEEE 754, no contraction, see meson.build),
 * which is what makes all sets agree.
 *
 * Comparisons are written so that a NaN loses; weights are checked to be
 * small numbers, so none should come.
 */
#ifndef DLN_MODEL_KERNELS_P_H
#define DLN_MODEL_KERNELS_P_H

#include <math.h>
#include <string.h>

#include "model/kernels.h"

/* NULL where the CPU has not got the instructions. x86-64 only: */
const dln_kernels *dln_model__avx2(void);
const dln_kernels *dln_model__vnni(void);
/* aarch64 only: */
const dln_kernels *dln_model__neon(void);
const dln_kernels *dln_model__dot(void);

/* Adding and subtracting 1.5 * 2^23 rounds to nearest, ties to even. */
#define ROUNDER 12582912.0f

/* Numbers side by side as the CPU's registers hold them, and sixteen of
 * them in as many as that takes; gcc keeps wider ones in memory. */
typedef float simd
    __attribute__((vector_size(4 * PART), aligned(4), may_alias));
#define PARTS (DLN_LANES / PART)
typedef struct lanes {
    simd at[PARTS];
} lanes;
#define EACH_PART(p) for (int p = 0; p < PARTS; p++)

TARGET static inline simd part_at(const float *x, int p)
{
    return *(const simd *)(x + p * PART);
}

/* The lanes' sum, by halving. */
TARGET static inline float sum_lanes(const lanes *sum)
{
    float lane[DLN_LANES];
    memcpy(lane, sum, sizeof lane);
    for (int half = DLN_LANES / 2; half > 0; half /= 2)
        for (int k = 0; k < half; k++)
            lane[k] += lane[k + half];
    return lane[0];
}

/* The byte of a number that is scaled to [-127, 127]. */
TARGET static inline uint8_t byte_of(float v)
{
    v = v > -127.0f ? v : -127.0f;
    v = v < 127.0f ? v : 127.0f;
    return (uint8_t)((int32_t)((v + ROUNDER) - ROUNDER) + 128);
}

/* What numbers of which `most` is the greatest are scaled by. */
TARGET static inline float scale_of(float most)
{
    return most > 0 ? 127.0f / most : 0;
}

#define STEP_PART (1.0f / 127.0f)

TARGET static void add(float *restrict y, const float *restrict x,
                       size_t count)
{
    for (size_t i = 0; i < count; i++)
        y[i] += x[i];
}

TARGET static void add_codes(float *restrict y, const int8_t *restrict codes,
                             float step, size_t count)
{
    for (size_t i = 0; i < count; i++)
        y[i] += (float)codes[i] * step;
}

TARGET static void relu(float *x, size_t count)
{
    for (size_t i = 0; i < count; i++)
        x[i] = x[i] > 0 ? x[i] : 0;
}

TARGET static void maxout(float *restrict y, const float *restrict x,
                          uint32_t rows, uint32_t width, uint32_t pieces)
{
    for (size_t r = 0; r < rows; r++, y += width) {
        memcpy(y, x, width * sizeof *y);
        x += width;
        for (size_t p = 1; p < pieces; p++, x += width)
            for (size_t i = 0; i < width; i++)
                y[i] = x[i] > y[i] ? x[i] : y[i];
    }
}

TARGET static void normalise(float *restrict x, const float *restrict gain,
                             const float *restrict bias, uint32_t rows,
                             uint32_t width)
{
    float part = 1.0f / (float)width;
    for (size_t r = 0; r < rows; r++, x += width) {
        lanes sum = {{{0}}}, square = {{{0}}};
        for (size_t i = 0; i < width; i += DLN_LANES)
            EACH_PART(p)
                sum.at[p] += part_at(x + i, p);
        float mean = sum_lanes(&sum) * part;
        for (size_t i = 0; i < width; i += DLN_LANES)
            EACH_PART(p) {
                simd d = part_at(x + i, p) - mean;
                square.at[p] += d * d;
            }
        float scale = 1.0f / sqrtf(sum_lanes(&square) * part + 1e-5f);
        for (size_t i = 0; i < width; i++)
            x[i] = (x[i] - mean) * scale * gain[i] + bias[i];
    }
}

/* Between -12.4 and 12.4 the fraction of these degrees with the smallest
 * greatest error, found by least squares with weights that grow where the
 * error is great (Lawson 1961). */
TARGET static inline simd sigmoid_of(simd x)
{
    const simd most = (simd){0} + 12.4f;
    x = LESSER(GREATER(x, -most), most);
    simd a = x * x;
    simd p = (a * 2.32257244e-05f + 7.14825280e-03f) * a + 2.49995589e-01f;
    simd q = ((a * 8.51962980e-07f + 1.09011470e-03f) * a
              + 1.11907326e-01f) * a + 1.0f;
    return x * p / q + 0.5f;
}

/* One step: c = f c + (1 - f) z, y = c g. */
TARGET static inline simd recur_row(float *y, simd c, const float *row,
                                    size_t plane)
{
    simd f = sigmoid_of(part_at(row, 0));
    c = f * c + (1.0f - f) * part_at(row + plane, 0);
    *(simd *)y = c * sigmoid_of(part_at(row + 2 * plane, 0));
    return c;
}

TARGET static void recur(float *restrict y, const float *restrict x,
                         size_t plane, uint32_t rows, uint32_t width,
                         uint32_t at)
{
    for (uint32_t k = 0; k < DLN_RECUR; k += PART) {
        bool back = at + k >= width / 2;
        simd c = {0};
        for (size_t r = 0; r < rows; r++) {
            size_t row = back ? rows - 1 - r : r;
            c = recur_row(y + row * width + at + k, c,
                          x + row * DLN_RECUR + k, plane);
        }
    }
}

/* Four rows' sixteen columns from t on. */
TARGET static inline void product_four(float *restrict y,
                                       const float *restrict x,
                                       const float *restrict t, size_t cols,
                                       size_t depth)
{
    lanes a = {{{0}}}, b = {{{0}}}, c = {{{0}}}, e = {{{0}}};
    for (size_t d = 0; d < depth; d++, t += cols)
        EACH_PART(p) {
            simd column = part_at(t, p);
            a.at[p] += x[d] * column;
            b.at[p] += x[d + depth] * column;
            c.at[p] += x[d + 2 * depth] * column;
            e.at[p] += x[d + 3 * depth] * column;
        }
    EACH_PART(p) {
        *(simd *)(y + p * PART) = a.at[p];
        *(simd *)(y + cols + p * PART) = b.at[p];
        *(simd *)(y + 2 * cols + p * PART) = c.at[p];
        *(simd *)(y + 3 * cols + p * PART) = e.at[p];
    }
}

TARGET static inline void product_one(float *restrict y,
                                      const float *restrict x,
                                      const float *restrict t, size_t cols,
                                      size_t depth)
{
    lanes sum = {{{0}}};
    for (size_t d = 0; d < depth; d++, t += cols)
        EACH_PART(p)
            sum.at[p] += x[d] * part_at(t, p);
    EACH_PART(p)
        *(simd *)(y + p * PART) = sum.at[p];
}

TARGET static void product(float *restrict y, const float *restrict x,
                           const float *restrict t, uint32_t rows,
                           uint32_t cols, uint32_t depth)
{
    for (size_t i = 0; i < cols; i += DLN_LANES) {
        size_t r = 0;
        for (; r + 4 <= rows; r += 4)
            product_four(y + r * cols + i, x + r * depth, t + i, cols,
                         depth);
        for (; r < rows; r++)
            product_one(y + r * cols + i, x + r * depth, t + i, cols, depth);
    }
}

/* What a sum of bytes times weights stands for. */
TARGET static inline float dense_value(int32_t sum, float step,
                                       const dln_dense *layer, size_t out)
{
    return (float)(sum - layer->zero[out]) * (step * layer->step[out])
           + layer->bias[out];
}

#define DLN_KERNELS(title)                                              \
    {.name = title, .quantise = quantise, .dense = dense, .add = add,   \
     .add_codes = add_codes, .relu = relu, .maxout = maxout,            \
     .normalise = normalise, .recur = recur, .product = product}

#endif
