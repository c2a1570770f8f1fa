/* SPDX-License-Identifier: Apache-2.0 */
/*
 * kernels for x86-64 CPUs with AVX2. Dense layers go four rows by one block
 * of 16 outputs at a time: eight sums of eight 32-bit numbers stay in
 * registers.
 */
#include <immintrin.h>

#define TARGET __attribute__((target("avx2")))
#define PART 8
#include "model/kernels_p.h"

#define TILE 4
#define EACH(X) X(0) X(1) X(2) X(3)

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

TARGET static inline __m256i pairs(__m256i sum, __m256i x, __m256i w)
{
    __m256i two = _mm256_maddubs_epi16(x, w);
    return _mm256_add_epi32(sum, _mm256_madd_epi16(two,
                                                   _mm256_set1_epi16(1)));
}

TARGET static inline __m256i four_bytes(const uint8_t *at)
{
    int32_t four;
    memcpy(&four, at, sizeof four);
    return _mm256_set1_epi32(four);
}

/* Sums have names of their own, not an array: compilers keep those in
 * registers. */
#define START(r) __m256i a##r = zero, b##r = zero;
#define STEP(r)                                                         \
    {                                                                   \
        __m256i x = four_bytes(bytes + (r) * in + i);                   \
        a##r = pairs(a##r, x, w0);                                      \
        b##r = pairs(b##r, x, w1);                                      \
    }
#define PUT(r)                                                          \
    put(y + (r) * width + out, a##r, steps[r], layer, out);             \
    put(y + (r) * width + out + 8, b##r, steps[r], layer, out + 8);

/* One block of outputs of the rows that EACH names. */
#define TILE_OF(name, EACH)                                             \
    TARGET static void name(float *y, const uint8_t *bytes,             \
                            const float *steps, uint32_t block,         \
                            const dln_dense *layer)                     \
    {                                                                   \
        size_t in = layer->in, out = (size_t)block * DLN_LANES;         \
        size_t width = (size_t)layer->blocks * DLN_LANES;               \
        const int8_t *w = layer->weights + out * in;                    \
        const __m256i zero = _mm256_setzero_si256();                    \
        EACH(START)                                                     \
        for (size_t i = 0; i < in; i += 4, w += 64) {                   \
            __m256i w0 = _mm256_loadu_si256((const void *)w);           \
            __m256i w1 = _mm256_loadu_si256((const void *)(w + 32));    \
            EACH(STEP)                                                  \
        }                                                               \
        EACH(PUT)                                                       \
    }

#define ONE(X) X(0)
TILE_OF(many_rows, EACH)
TILE_OF(one_row, ONE)

/* Blocks are outside, so that their weights stay in the first cache for all
 * rows. The last tile may go over rows again that are done already. */
TARGET static void dense(float *y, const uint8_t *bytes, const float *steps,
                         uint32_t rows, const dln_dense *layer)
{
    size_t width = (size_t)layer->blocks * DLN_LANES, in = layer->in;
    uint32_t n = rows < TILE ? 1 : TILE;
    for (uint32_t b = 0; b < layer->blocks; b++)
        for (uint32_t at = 0; at < rows; at += n) {
            size_t r = at + n > rows ? rows - n : at;
            if (n == TILE)
                many_rows(y + r * width, bytes + r * in, steps + r, b,
                          layer);
            else
                one_row(y + r * width, bytes + r * in, steps + r, b, layer);
        }
}

static const dln_kernels avx2 = DLN_KERNELS("avx2");

const dln_kernels *dln_model__avx2(void)
{
    return __builtin_cpu_supports("avx2") ? &avx2 : NULL;
}
