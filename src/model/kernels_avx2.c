/* SPDX-License-Identifier: Apache-2.0 */
/*
 * kernels for x86-64 CPUs with AVX2. Dense layers go three rows by one
 * block of 16 outputs at a time: six sums of eight 32-bit numbers stay in
 * registers. Where the weights allow it, the products of two steps are added
 * in 16 bits first, which saves a quarter of the work.
 */
#include <immintrin.h>

#define TARGET __attribute__((target("avx2")))
#define PART 8
#define GREATER _mm256_max_ps
#define LESSER _mm256_min_ps
#include "model/kernels_p.h"

#define TILE 3
#define BLOCKS 1
#define EACH(X) X(0) X(1) X(2)

TARGET static float greatest(const float *x, size_t width)
{
    const __m256 sign = _mm256_set1_ps(-0.0f);
    __m256 lane = _mm256_setzero_ps();
    float eight[8], most = 0;
    size_t i = 0;
    for (; i + 8 <= width; i += 8) {
        __m256 v = _mm256_andnot_ps(sign, _mm256_loadu_ps(x + i));
        lane = _mm256_max_ps(v, lane);
    }
    _mm256_storeu_ps(eight, lane);
    for (int k = 0; k < 8; k++)
        most = eight[k] > most ? eight[k] : most;
    for (; i < width; i++)
        most = fabsf(x[i]) > most ? fabsf(x[i]) : most;
    return most;
}

TARGET static inline __m256i eight_ints(const float *x, __m256 scale)
{
    __m256 v = _mm256_mul_ps(_mm256_loadu_ps(x), scale);
    v = _mm256_max_ps(v, _mm256_set1_ps(-127.0f));
    return _mm256_cvtps_epi32(_mm256_min_ps(v, _mm256_set1_ps(127.0f)));
}

/* Packing works within halves, so the fours are put in order behind it. */
TARGET static void quantise(uint8_t *bytes, float *steps, const float *x,
                            uint32_t rows, uint32_t width)
{
    const __m256i order = _mm256_setr_epi32(0, 4, 1, 5, 2, 6, 3, 7);
    for (size_t r = 0; r < rows; r++, x += width, bytes += width) {
        float most = greatest(x, width), one = scale_of(most);
        __m256 scale = _mm256_set1_ps(one);
        size_t i = 0;
        steps[r] = most * STEP_PART;
        for (; i + 32 <= width; i += 32) {
            __m256i a = _mm256_packs_epi32(eight_ints(x + i, scale),
                                           eight_ints(x + i + 8, scale));
            __m256i b = _mm256_packs_epi32(eight_ints(x + i + 16, scale),
                                           eight_ints(x + i + 24, scale));
            a = _mm256_permutevar8x32_epi32(_mm256_packs_epi16(a, b), order);
            a = _mm256_xor_si256(a, _mm256_set1_epi8(-128));
            _mm256_storeu_si256((void *)(bytes + i), a);
        }
        for (; i < width; i++)
            bytes[i] = byte_of(x[i] * one);
    }
}

/* Eight outputs of a block. */
TARGET static inline void put(float *y, __m256i sum, float step,
                              const dln_dense *layer, size_t out)
{
    __m256i zero = _mm256_loadu_si256((const void *)(layer->zero + out));
    __m256 value = _mm256_cvtepi32_ps(_mm256_sub_epi32(sum, zero));
    __m256 scale = _mm256_mul_ps(_mm256_set1_ps(step),
                                 _mm256_loadu_ps(layer->step + out));
    value = _mm256_add_ps(_mm256_mul_ps(value, scale),
                          _mm256_loadu_ps(layer->bias + out));
    _mm256_storeu_ps(y, value);
}

TARGET static inline __m256i fours(__m256i sum, __m256i two)
{
    return _mm256_add_epi32(sum, _mm256_madd_epi16(two,
                                                   _mm256_set1_epi16(1)));
}

TARGET static inline __m256i four_bytes(const uint8_t *at)
{
    int32_t four;
    memcpy(&four, at, sizeof four);
    return _mm256_set1_epi32(four);
}

TARGET static inline __m256i weights_at(const int8_t *w)
{
    return _mm256_loadu_si256((const void *)w);
}

/* Do the products of these weights and those of the next step, added by
 * pairs, fit in 16 bits whatever the bytes are? A pair's products are at most
 * 255 times the sum of its positive weights, at least 255 times that of its
 * negative ones; either is (|sum| + sum of |w|) / 2. */
TARGET static inline bool fit(const int8_t *w)
{
    const __m256i one = _mm256_set1_epi8(1);
    __m256i a = weights_at(w), b = weights_at(w + 64);
    __m256i sum = _mm256_add_epi16(_mm256_maddubs_epi16(one, a),
                                   _mm256_maddubs_epi16(one, b));
    __m256i all = _mm256_add_epi16(
        _mm256_maddubs_epi16(_mm256_abs_epi8(a), one),
        _mm256_maddubs_epi16(_mm256_abs_epi8(b), one));
    all = _mm256_add_epi16(all, _mm256_abs_epi16(sum));
    return _mm256_testz_si256(
        _mm256_cmpgt_epi16(all, _mm256_set1_epi16(2 * (32767 / 255))),
        _mm256_set1_epi8(-1));
}

TARGET static inline void plan(bool *fits, const int8_t *w, size_t in)
{
    for (size_t i = 0; i < in; i += 8, w += 128)
        fits[i / 8] = i + 8 <= in && fit(w) && fit(w + 32);
}

#define PLAN(fits, w, in) plan(fits, w, in)
#define START(r)                                                        \
    __m256i a##r = _mm256_setzero_si256(), b##r = _mm256_setzero_si256();
#define ONE_STEP(r)                                                     \
    {                                                                   \
        __m256i x = four_bytes(bytes + (r) * in + i);                   \
        a##r = fours(a##r, _mm256_maddubs_epi16(x, w0));                \
        b##r = fours(b##r, _mm256_maddubs_epi16(x, w1));                \
    }
#define TWO_STEPS(r)                                                    \
    {                                                                   \
        __m256i x = four_bytes(bytes + (r) * in + i);                   \
        __m256i p = _mm256_maddubs_epi16(x, w0);                        \
        __m256i q = _mm256_maddubs_epi16(x, w1);                        \
        x = four_bytes(bytes + (r) * in + i + 4);                       \
        p = _mm256_add_epi16(p, _mm256_maddubs_epi16(x, w2));           \
        q = _mm256_add_epi16(q, _mm256_maddubs_epi16(x, w3));           \
        a##r = fours(a##r, p);                                          \
        b##r = fours(b##r, q);                                          \
    }
#define STEP(EACH_ROW)                                                  \
    __m256i w0 = weights_at(w), w1 = weights_at(w + 32);                \
    if (fits[i / 8]) {                                                  \
        __m256i w2 = weights_at(w + 64), w3 = weights_at(w + 96);       \
        EACH_ROW(TWO_STEPS)                                             \
        i += 4, w += 64;                                                \
    } else {                                                            \
        EACH_ROW(ONE_STEP)                                              \
    }                                                                   \
    w += 64;
#define PUT(r)                                                          \
    put(y + (r) * width + out, a##r, steps[r], layer, out);             \
    put(y + (r) * width + out + 8, b##r, steps[r], layer, out + 8);
#include "model/kernels_tile_p.h"

static const dln_kernels avx2 = DLN_KERNELS("avx2");

const dln_kernels *dln_model__avx2(void)
{
    return __builtin_cpu_supports("avx2") ? &avx2 : NULL;
}
