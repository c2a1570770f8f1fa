/* SPDX-License-Identifier: Apache-2.0 */
/*
 * kernels for every 64-bit ARM CPU. Dense layers go two rows by one block of
 * 16 outputs at a time: eight products of eight bytes each are added by pairs
 * to 32 bits, two sums an output until the end.
 */
#define TARGET
#include "model/kernels_neon_p.h"

#define TILE 2
#define EACH(X) X(0) X(1)

/* The sums of four outputs, by pairs of inputs. */
typedef struct halves {
    int32x4_t low, high;
} halves;

static inline halves pairs(halves sum, int8x16_t x, const int8_t *w)
{
    int8x16_t by = vld1q_s8(w);
    sum.low = vpadalq_s16(sum.low, vmull_s8(vget_low_s8(x),
                                            vget_low_s8(by)));
    sum.high = vpadalq_s16(sum.high, vmull_high_s8(x, by));
    return sum;
}

#define START(r)                                                        \
    halves a##r = {vdupq_n_s32(0), vdupq_n_s32(0)};                     \
    halves b##r = a##r, c##r = a##r, d##r = a##r;
#define ROW_STEP(r)                                                     \
    {                                                                   \
        int8x16_t x = four_bytes(bytes + (r) * in + i);                 \
        a##r = pairs(a##r, x, w + i * DLN_LANES);                       \
        b##r = pairs(b##r, x, w + i * DLN_LANES + 16);                  \
        c##r = pairs(c##r, x, w + i * DLN_LANES + 32);                  \
        d##r = pairs(d##r, x, w + i * DLN_LANES + 48);                  \
    }
#define STEP(EACH_ROW) EACH_ROW(ROW_STEP)
#define PUT_PART(r, sum, at)                                            \
    put(y + (r) * width + out + (at), vpaddq_s32(sum.low, sum.high),    \
        steps[r], layer, out + (at));
#define PUT(r)                                                          \
    PUT_PART(r, a##r, 0) PUT_PART(r, b##r, 4)                           \
    PUT_PART(r, c##r, 8) PUT_PART(r, d##r, 12)
#include "model/kernels_tile_p.h"

static const dln_kernels neon = DLN_KERNELS("neon");

const dln_kernels *dln_model__neon(void)
{
    return &neon;
}
