/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What the two sets for 64-bit ARM have in common. Bytes are made signed
 * again (x - 128) before they are multiplied, so that the sums need no
 * correction: these are the same integers.
 */
#ifndef DLN_MODEL_KERNELS_NEON_P_H
#define DLN_MODEL_KERNELS_NEON_P_H

#include <arm_neon.h>

#define PART 4
#define CHOOSE(test, a, b) ((simd)vbslq_f32(test(a, b), a, b))
#define GREATER(a, b) CHOOSE(vcgtq_f32, (float32x4_t)(a), (float32x4_t)(b))
#define LESSER(a, b) CHOOSE(vcltq_f32, (float32x4_t)(a), (float32x4_t)(b))
#include "model/kernels_p.h"

TARGET static float greatest(const float *x, size_t width)
{
    float32x4_t lane = vdupq_n_f32(0);
    for (size_t i = 0; i < width; i += 4)
        lane = vmaxq_f32(vabsq_f32(vld1q_f32(x + i)), lane);
    return vmaxvq_f32(lane);
}

TARGET static void quantise(uint8_t *bytes, float *steps, const float *x,
                            uint32_t rows, uint32_t width)
{
    for (size_t r = 0; r < rows; r++, x += width, bytes += width) {
        float most = greatest(x, width), scale = scale_of(most);
        steps[r] = most * STEP_PART;
        for (size_t i = 0; i < width; i += 4) {
            float32x4_t v = vmulq_n_f32(vld1q_f32(x + i), scale);
            v = vminq_f32(vmaxq_f32(v, vdupq_n_f32(-127)), vdupq_n_f32(127));
            int16x4_t s = vmovn_s32(vcvtnq_s32_f32(v));
            int8x8_t b = vmovn_s16(vcombine_s16(s, s));
            uint32x2_t four = vreinterpret_u32_s8(veor_s8(b,
                                                          vdup_n_s8(-128)));
            uint32_t all = vget_lane_u32(four, 0);
            memcpy(bytes + i, &all, sizeof all);
        }
    }
}

/* Four outputs of a block. */
TARGET static inline void put(float *y, int32x4_t sum, float step,
                              const dln_dense *layer, size_t out)
{
    float32x4_t scale = vmulq_n_f32(vld1q_f32(layer->step + out), step);
    float32x4_t v = vmulq_f32(vcvtq_f32_s32(sum), scale);
    vst1q_f32(y, vaddq_f32(v, vld1q_f32(layer->bias + out)));
}

/* Four inputs of a row, four times, signed. */
TARGET static inline int8x16_t four_bytes(const uint8_t *at)
{
    uint32_t four;
    memcpy(&four, at, sizeof four);
    return vreinterpretq_s8_u32(vdupq_n_u32(four ^ 0x80808080u));
}

#define PLAN(fits, w, in) (void)(fits)
#define BLOCKS 1

#endif
