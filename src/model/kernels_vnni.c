/* SPDX-License-Identifier: Apache-2.0 */
/*
 * kernels for x86-64 CPUs with AVX-512 and its VNNI instructions. Dense
 * layers go eight rows by two blocks of 16 outputs at a time: sixteen sums
 * of sixteen 32-bit numbers stay in registers, which covers the delay of the
 * instruction that adds to them.
 */
#include <immintrin.h>

#define TARGET                                                          \
    __attribute__((target("avx2,avx512f,avx512bw,avx512vl,avx512vnni")))
#define PART 16
#define GREATER _mm512_max_ps
#define LESSER _mm512_min_ps
#include "model/kernels_p.h"

#define TILE 8
#define BLOCKS 2
#define EACH(X) X(0) X(1) X(2) X(3) X(4) X(5) X(6) X(7)

/* The part of sixteen that lies before `left` ends. */
TARGET static inline __mmask16 first(size_t left)
{
    return (__mmask16)(left >= 16 ? 0xFFFF : (1u << left) - 1);
}

TARGET static float greatest(const float *x, size_t width)
{
    __m512 lane = _mm512_setzero_ps();
    for (size_t i = 0; i < width; i += 16) {
        __m512 v = _mm512_maskz_loadu_ps(first(width - i), x + i);
        lane = _mm512_max_ps(_mm512_abs_ps(v), lane);
    }
    return _mm512_reduce_max_ps(lane);
}

TARGET static void quantise(uint8_t *bytes, float *steps, const float *x,
                            uint32_t rows, uint32_t width)
{
    for (size_t r = 0; r < rows; r++, x += width, bytes += width) {
        float most = greatest(x, width);
        __m512 scale = _mm512_set1_ps(scale_of(most));
        steps[r] = most * STEP_PART;
        for (size_t i = 0; i < width; i += 16) {
            __mmask16 part = first(width - i);
            __m512 v = _mm512_maskz_loadu_ps(part, x + i);
            v = _mm512_max_ps(_mm512_mul_ps(v, scale),
                              _mm512_set1_ps(-127.0f));
            v = _mm512_min_ps(v, _mm512_set1_ps(127.0f));
            __m128i q = _mm512_cvtepi32_epi8(_mm512_cvtps_epi32(v));
            q = _mm_xor_si128(q, _mm_set1_epi8(-128));
            _mm_mask_storeu_epi8(bytes + i, part, q);
        }
    }
}

/* A block of outputs. */
TARGET static inline void put(float *y, __m512i sum, float step,
                              const dln_dense *layer, size_t out)
{
    __m512i zero = _mm512_loadu_si512(layer->zero + out);
    __m512 value = _mm512_cvtepi32_ps(_mm512_sub_epi32(sum, zero));
    __m512 scale = _mm512_mul_ps(_mm512_set1_ps(step),
                                 _mm512_loadu_ps(layer->step + out));
    value = _mm512_add_ps(_mm512_mul_ps(value, scale),
                          _mm512_loadu_ps(layer->bias + out));
    _mm512_storeu_ps(y, value);
}

TARGET static inline __m512i four_bytes(const uint8_t *at)
{
    int32_t four;
    memcpy(&four, at, sizeof four);
    return _mm512_set1_epi32(four);
}

/* sum += x · w by fours. The compilers' own function for it makes gcc 12 copy
 * each sum twice. */
TARGET static inline __m512i fours(__m512i sum, __m512i x, __m512i w)
{
    __asm__("vpdpbusd %2, %1, %0" : "+v"(sum) : "v"(x), "v"(w));
    return sum;
}

#define PLAN(fits, w, in) (void)(fits)
#define START(r)                                                        \
    __m512i a##r = _mm512_setzero_si512(), b##r = _mm512_setzero_si512();
#define ROW_STEP(r)                                                     \
    {                                                                   \
        __m512i x = four_bytes(bytes + (r) * in + i);                   \
        a##r = fours(a##r, x, w0);                                      \
        b##r = fours(b##r, x, w1);                                      \
    }
#define STEP(EACH_ROW)                                                  \
    __m512i w0 = _mm512_loadu_si512(w + i * DLN_LANES);                 \
    __m512i w1 = _mm512_loadu_si512(v + i * DLN_LANES);                 \
    EACH_ROW(ROW_STEP)
#define PUT(r)                                                          \
    put(y + (r) * width + out, a##r, steps[r], layer, out);             \
    put(y + (r) * width + next, b##r, steps[r], layer, next);
#include "model/kernels_tile_p.h"

static const dln_kernels vnni = DLN_KERNELS("vnni");

const dln_kernels *dln_model__vnni(void)
{
    bool has = __builtin_cpu_supports("avx512f")
               && __builtin_cpu_supports("avx512bw")
               && __builtin_cpu_supports("avx512vl")
               && __builtin_cpu_supports("avx512vnni");
    return has ? &vnni : NULL;
}
