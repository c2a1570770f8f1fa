/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The walk of a dense layer by tiles: some rows by some outputs whose sums
 * stay in registers, which all CPUs have in common. The includer defines
 *
 *     TILE, BLOCKS    rows and blocks of outputs of a tile
 *     EACH(X)         X(0) X(1) ... for the rows of a tile
 *     START(r)        the sums of row r, zero
 *     STEP            what inputs i to i + 3 add to the sums of EACH_ROW
 *     PUT(r)          the sums of row r → y
 *     PLAN(fits, w, in)   what STEP wants to know of a block's weights
 *
 * over the names of TILE_OF's function. Sums have names of their own, not an
 * array: compilers keep those in registers.
 */
#ifndef DLN_MODEL_KERNELS_TILE_P_H
#define DLN_MODEL_KERNELS_TILE_P_H

/* Outputs from `out` on, and, where a tile has two blocks, from `next` on,
 * of the rows that EACH_ROW names. */
#define TILE_OF(name, EACH_ROW)                                         \
    TARGET static void name(float *y, const uint8_t *bytes,             \
                            const float *steps, size_t out,             \
                            size_t next, const bool *fits,              \
                            const dln_dense *layer)                     \
    {                                                                   \
        size_t in = layer->in;                                          \
        size_t width = (size_t)layer->blocks * DLN_LANES;               \
        const int8_t *w = layer->weights + out * in;                    \
        const int8_t *v = layer->weights + next * in;                   \
        (void)v, (void)fits;                                            \
        EACH_ROW(START)                                                 \
        for (size_t i = 0; i < in; i += 4) {                            \
            STEP(EACH_ROW)                                              \
        }                                                               \
        EACH_ROW(PUT)                                                   \
    }

#define ONE(X) X(0)
TILE_OF(many_rows, EACH)
TILE_OF(one_row, ONE)

/* Blocks are outside, so that their weights stay in the first cache for all
 * rows. The last tile may go over rows and blocks again that are done. */
TARGET static void dense(float *y, const uint8_t *bytes, const float *steps,
                         uint32_t rows, const dln_dense *layer)
{
    size_t width = (size_t)layer->blocks * DLN_LANES, in = layer->in;
    uint32_t n = rows < TILE ? 1 : TILE;
    bool fits[DLN_DENSE_MAX_SIDE / 8];
    for (size_t out = 0; out < width; out += BLOCKS * DLN_LANES) {
        size_t next = out + (BLOCKS - 1) * DLN_LANES;
        next = next < width ? next : out;
        PLAN(fits, layer->weights + out * in, in);
        for (uint32_t at = 0; at < rows; at += n) {
            size_t r = at + n > rows ? rows - n : at;
            if (n == TILE)
                many_rows(y + r * width, bytes + r * in, steps + r, out,
                          next, fits, layer);
            else
                one_row(y + r * width, bytes + r * in, steps + r, out, next,
                        fits, layer);
        }
    }
}

#endif
