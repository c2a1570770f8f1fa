/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The kernels over floats, written once in plain C and compiled once for
 * each set: the includer defines TARGET, the attribute that names the
 * instructions, and PART, how many floats a register has; the compiler makes
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

/* NULL where the CPU has not got the instructions. x86-64 only. */
const dln_kernels *dln_model__avx2(void);
const dln_kernels *dln_model__vnni(void);

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

/* Lambert's continued fraction to the ninth degree; between -6.2 and 6.2 it
 * is within 6e-6. */
TARGET static inline float tanh_of(float x)
{
    x = x > -6.2f ? x : -6.2f;
    x = x < 6.2f ? x : 6.2f;
    float a = x * x;
    float p = a * (a * (a * (a + 990.0f) + 135135.0f) + 4729725.0f)
              + 34459425.0f;
    float q = a * (a * (a * (a * 45.0f + 13860.0f) + 945945.0f)
                   + 16216200.0f) + 34459425.0f;
    float y = x * p / q;
    y = y > -1.0f ? y : -1.0f;
    return y < 1.0f ? y : 1.0f;
}

TARGET static void tanh_all(float *x, size_t count)
{
    for (size_t i = 0; i < count; i++)
        x[i] = tanh_of(x[i]);
}

TARGET static void sigmoid(float *x, size_t count)
{
    for (size_t i = 0; i < count; i++)
        x[i] = tanh_of(x[i] * 0.5f) * 0.5f + 0.5f;
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

/* One step: c = f c + (1 - f) z, y = c g. */
TARGET static inline simd recur_row(float *y, simd c, const float *row,
                                    size_t width)
{
    simd f = part_at(row, 0);
    c = f * c + (1.0f - f) * part_at(row + width, 0);
    *(simd *)y = c * part_at(row + 2 * width, 0);
    return c;
}

/* Both directions at once, since each step waits for the one before. */
TARGET static void recur(float *restrict y, const float *restrict x,
                         uint32_t rows, uint32_t width)
{
    size_t half = width / 2;
    for (size_t at = 0; at < half; at += PART) {
        simd to = {0}, back = {0};
        for (size_t r = 0, end = rows; r < rows; r++) {
            end--;
            to = recur_row(y + r * width + at, to, x + r * 3 * width + at,
                           width);
            back = recur_row(y + end * width + at + half, back,
                             x + end * 3 * width + at + half, width);
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
     .add_codes = add_codes, .relu = relu, .sigmoid = sigmoid,          \
     .tanh = tanh_all, .maxout = maxout, .normalise = normalise,        \
     .recur = recur, .product = product}

#endif
