/* SPDX-License-Identifier: Apache-2.0 */
/*
 * kernels for 64-bit ARM CPUs with the dot product of bytes (ARMv8.2). Dense
 * layers go four rows by one block of 16 outputs at a time: sixteen sums of
 * four 32-bit numbers stay in registers.
 */
#ifdef __clang__
#define TARGET __attribute__((target("dotprod")))
#else
#define TARGET __attribute__((target("arch=armv8.2-a+dotprod")))
#endif
#include "model/kernels_neon_p.h"

#include <sys/auxv.h>

#define HAS_DOT (1ul << 20)     /* HWCAP_ASIMDDP */
#define TILE 4
#define EACH(X) X(0) X(1) X(2) X(3)

/* sum += x · w by fours. Written out, since not all compilers offer the
 * instruction in a file that is compiled for every CPU. */
TARGET static inline int32x4_t fours(int32x4_t sum, int8x16_t x, int8x16_t w)
{
    __asm__("sdot %0.4s, %1.16b, %2.16b" : "+w"(sum) : "w"(x), "w"(w));
    return sum;
}

#define START(r)                                                        \
    int32x4_t a##r = vdupq_n_s32(0), b##r = a##r, c##r = a##r, d##r = a##r;
#define ROW_STEP(r)                                                     \
    {                                                                   \
        int8x16_t x = four_bytes(bytes + (r) * in + i);                 \
        a##r = fours(a##r, x, w0);                                      \
        b##r = fours(b##r, x, w1);                                      \
        c##r = fours(c##r, x, w2);                                      \
        d##r = fours(d##r, x, w3);                                      \
    }
#define STEP(EACH_ROW)                                                  \
    int8x16_t w0 = vld1q_s8(w + i * DLN_LANES);                         \
    int8x16_t w1 = vld1q_s8(w + i * DLN_LANES + 16);                    \
    int8x16_t w2 = vld1q_s8(w + i * DLN_LANES + 32);                    \
    int8x16_t w3 = vld1q_s8(w + i * DLN_LANES + 48);                    \
    EACH_ROW(ROW_STEP)
#define PUT(r)                                                          \
    put(y + (r) * width + out, a##r, steps[r], layer, out);             \
    put(y + (r) * width + out + 4, b##r, steps[r], layer, out + 4);     \
    put(y + (r) * width + out + 8, c##r, steps[r], layer, out + 8);     \
    put(y + (r) * width + out + 12, d##r, steps[r], layer, out + 12);
#include "model/kernels_tile_p.h"

static const dln_kernels dot = DLN_KERNELS("dot");

const dln_kernels *dln_model__dot(void)
{
    return getauxval(AT_HWCAP) & HAS_DOT ? &dot : NULL;
}
