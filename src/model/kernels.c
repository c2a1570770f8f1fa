/* SPDX-License-Identifier: Apache-2.0 */
/*
 * kernels: the plain set, and the choice. The sets for particular CPUs are
 * in the files that are called by their instructions.
 */
#define TARGET
#define PART 4
#define CHOICE(here, a, b) \
    ((simd)(((bits)(a) & ((a) here (b))) | ((bits)(b) & ~((a) here (b)))))
#define GREATER(a, b) CHOICE(>, a, b)
#define LESSER(a, b) CHOICE(<, a, b)
typedef int bits __attribute__((vector_size(16)));
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
#define X86(set) set
#define ARM(set) NULL
#elif defined(__aarch64__)
#define X86(set) NULL
#define ARM(set) set
#else
#define X86(set) NULL
#define ARM(set) NULL
#endif

const dln_kernels *dln_kernels_pick(dln_kernel_set set)
{
    switch (set) {
    case DLN_KERNELS_BEST:
        for (int s = DLN_KERNELS_COUNT; --s > DLN_KERNELS_BEST;) {
            const dln_kernels *best = dln_kernels_pick((dln_kernel_set)s);
            if (best)
                return best;
        }
        break;
    case DLN_KERNELS_PLAIN:
        return &plain;
    case DLN_KERNELS_AVX2:
        return X86(dln_model__avx2());
    case DLN_KERNELS_VNNI:
        return X86(dln_model__vnni());
    case DLN_KERNELS_NEON:
        return ARM(dln_model__neon());
    case DLN_KERNELS_DOT:
        return ARM(dln_model__dot());
    case DLN_KERNELS_COUNT:
        break;
    }
    return NULL;
}

void dln_kernels_gates(const dln_kernels *kernels, float *y,
                       const uint8_t *bytes, const float *steps,
                       uint32_t rows, const dln_dense *layer, uint32_t size,
                       uint32_t at)
{
    for (uint32_t p = 0; p < 3; p++) {
        dln_dense part = dln_dense_part(layer, (p * size + at) / DLN_LANES,
                                        DLN_RECUR / DLN_LANES);
        kernels->dense(y + (size_t)p * rows * DLN_RECUR, bytes, steps, rows,
                       &part);
    }
}
