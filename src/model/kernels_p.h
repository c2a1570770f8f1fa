/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The kernels over floats, written once in plain C and compiled once for
 * each set: the includer defines TARGET, the attribute that names the
 * instructions, and the compiler makes vectors of the loops. Their order of
 * operations is that of the C text whatever the instructions (IEEE 754, no
 * contraction, see meson.build), which is what makes all sets agree.
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

TARGET static inline float sum_lanes(float *lane)
{
    for (int half = DLN_LANES / 2; half > 0; half /= 2)
        for (int k = 0; k < half; k++)
            lane[k] += lane[k + half];
    return lane[0];
}

TARGET static float greatest(const float *x, uint32_t width)
{
    float lane[DLN_LANES] = {0}, most = 0;
    uint32_t i = 0;
    for (; i + DLN_LANES <= width; i += DLN_LANES)
        for (uint32_t k = 0; k < DLN_LANES; k++) {
            float v = fabsf(x[i + k]);
            lane[k] = v > lane[k] ? v : lane[k];
        }
    for (; i < width; i++) {
        float v = fabsf(x[i]);
        most = v > most ? v : most;
    }
    for (int k = 0; k < DLN_LANES; k++)
        most = lane[k] > most ? lane[k] : most;
    return most;
}

TARGET static void quantise(uint8_t *restrict bytes, float *restrict steps,
                            const float *restrict x, uint32_t rows,
                            uint32_t width)
{
    for (uint32_t r = 0; r < rows; r++, x += width, bytes += width) {
        float most = greatest(x, width);
        float scale = most > 0 ? 127.0f / most : 0;
        steps[r] = most * (1.0f / 127.0f);
        for (uint32_t i = 0; i < width; i++) {
            float v = x[i] * scale;
            v = v > -127.0f ? v : -127.0f;
            v = v < 127.0f ? v : 127.0f;
            v = (v + ROUNDER) - ROUNDER;
            bytes[i] = (uint8_t)((int32_t)v + 128);
        }
    }
}

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
    for (uint32_t r = 0; r < rows; r++, y += width) {
        memcpy(y, x, width * sizeof *y);
        x += width;
        for (uint32_t p = 1; p < pieces; p++, x += width)
            for (uint32_t i = 0; i < width; i++)
                y[i] = x[i] > y[i] ? x[i] : y[i];
    }
}

TARGET static void normalise(float *restrict x, const float *restrict gain,
                             const float *restrict bias, uint32_t rows,
                             uint32_t width)
{
    float part = 1.0f / (float)width;
    for (uint32_t r = 0; r < rows; r++, x += width) {
        float lane[DLN_LANES] = {0}, square[DLN_LANES] = {0};
        for (uint32_t i = 0; i < width; i += DLN_LANES)
            for (uint32_t k = 0; k < DLN_LANES; k++)
                lane[k] += x[i + k];
        float mean = sum_lanes(lane) * part;
        for (uint32_t i = 0; i < width; i += DLN_LANES)
            for (uint32_t k = 0; k < DLN_LANES; k++) {
                float d = x[i + k] - mean;
                square[k] += d * d;
            }
        float scale = 1.0f / sqrtf(sum_lanes(square) * part + 1e-5f);
        for (uint32_t i = 0; i < width; i++)
            x[i] = (x[i] - mean) * scale * gain[i] + bias[i];
    }
}

/* One row of a half of the width. */
TARGET static inline void recur_row(float *restrict y, float *restrict c,
                                    const float *restrict f,
                                    const float *restrict z,
                                    const float *restrict g, uint32_t half)
{
    for (uint32_t i = 0; i < half; i++) {
        c[i] = f[i] * c[i] + (1.0f - f[i]) * z[i];
        y[i] = c[i] * g[i];
    }
}

TARGET static void recur(float *restrict y, const float *restrict x,
                         uint32_t rows, uint32_t width)
{
    float c[DLN_LANES];
    uint32_t half = width / 2;
    for (uint32_t at = 0; at < width; at += DLN_LANES) {
        memset(c, 0, sizeof c);
        for (uint32_t i = 0; i < rows; i++) {
            uint32_t r = at < half ? i : rows - 1 - i;
            const float *row = x + (size_t)r * 3 * width + at;
            recur_row(y + (size_t)r * width + at, c, row, row + width,
                      row + 2 * width, DLN_LANES);
        }
    }
}

TARGET static void product(float *restrict y, const float *restrict x,
                           const float *restrict t, uint32_t rows,
                           uint32_t cols, uint32_t depth)
{
    for (uint32_t r = 0; r < rows; r++, y += cols, x += depth) {
        memset(y, 0, cols * sizeof *y);
        for (uint32_t d = 0; d < depth; d++) {
            const float *row = t + (size_t)d * cols;
            float v = x[d];
            for (uint32_t i = 0; i < cols; i++)
                y[i] += v * row[i];
        }
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
