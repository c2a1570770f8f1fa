/* SPDX-License-Identifier: Apache-2.0 */
/*
 * kernels: the plain set, and the choice. The sets for particular CPUs are
 * in kernels_avx2.c and kernels_vnni.c.
 */
#define TARGET
#define PART 4
#include "model/kernels_p.h"

static void quantise(uint8_t *bytes, float *steps, const float *x,
                     uint32_t rows, uint32_t width)
{
    for (size_t r = 0; r < rows; r++, x += width, bytes += width) {
        float most = 0;
        for (size_t i = 0; i < width; i++)
            most = fabsf(x[i]) > most ? fabsf(x[i]) : most;
        float scale = scale_of(most);
        steps[r] = most * STEP_PART;
        for (size_t i = 0; i < width; i++)
            bytes[i] = byte_of(x[i] * scale);
    }
}

static void dense(float *y, const uint8_t *bytes, const float *steps,
                  uint32_t rows, const dln_dense *layer)
{
    size_t width = (size_t)DLN_LANES * layer->blocks;
    for (uint32_t r = 0; r < rows; r++) {
        const int8_t *w = layer->weights;
        for (size_t o = 0; o < width; o += DLN_LANES) {
            int32_t sum[DLN_LANES] = {0};
            for (uint32_t i = 0; i < layer->in; i += 4, w += 64)
                for (uint32_t k = 0; k < DLN_LANES; k++)
                    sum[k] += bytes[i] * w[4 * k]
                              + bytes[i + 1] * w[4 * k + 1]
                              + bytes[i + 2] * w[4 * k + 2]
                              + bytes[i + 3] * w[4 * k + 3];
            for (uint32_t k = 0; k < DLN_LANES; k++)
                y[o + k] = dense_value(sum[k], steps[r], layer, o + k);
        }
        bytes += layer->in;
        y += width;
    }
}

static const dln_kernels plain = DLN_KERNELS("plain");

#if defined(__x86_64__)
#define AVX2 dln_model__avx2()
#define VNNI dln_model__vnni()
#else
#define AVX2 NULL
#define VNNI NULL
#endif

const dln_kernels *dln_kernels_pick(dln_kernel_set set)
{
    const dln_kernels *best = NULL;
    switch (set) {
    case DLN_KERNELS_PLAIN:
        return &plain;
    case DLN_KERNELS_AVX2:
        return AVX2;
    case DLN_KERNELS_VNNI:
        return VNNI;
    case DLN_KERNELS_BEST:
        best = VNNI;
        best = best ? best : AVX2;
        return best ? best : &plain;
    case DLN_KERNELS_COUNT:
        break;
    }
    return NULL;
}
