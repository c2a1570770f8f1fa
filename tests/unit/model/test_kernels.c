/* SPDX-License-Identifier: Apache-2.0 */
/* Every set of kernels against the plain one, bit for bit, over shapes and
 * numbers drawn by chance; known values of the plain one. */
#include <math.h>
#include <stdlib.h>

#include "model/kernels.h"
#include "tap.h"

enum { ROWS = 21, WIDE = 448 };

static uint64_t state = 1;

static uint32_t draw(uint32_t below)
{
    state = state * 6364136223846793005u + 1442695040888963407u;
    return (uint32_t)((state >> 33) % below);
}

static float draw_float(void)
{
    float v = ((float)draw(1u << 20) - 524288.0f) / 65536.0f;
    return draw(16) ? v : draw(2) ? 0 : v * 100;
}

/* A layer of its own memory. */
typedef struct layer {
    dln_dense dense;
    float step[WIDE], bias[WIDE];
    int32_t zero[WIDE];
    int8_t weights[WIDE * WIDE];
} layer;

static void make_layer(layer *l, uint32_t in, uint32_t out)
{
    uint32_t blocks = (out + 15) / 16;
    memset(l, 0, sizeof *l);
    l->dense = (dln_dense){in, out, blocks, l->step, l->bias, l->zero,
                           l->weights};
    for (uint32_t o = 0; o < out; o++) {
        l->step[o] = fabsf(draw_float()) / 63;
        l->bias[o] = draw_float();
        for (uint32_t i = 0; i < in; i++) {
            int w = draw(9) ? (int)draw(127) - 63 : draw(2) ? 63 : -63;
            l->weights[(((size_t)(o / 16) * (in / 4) + i / 4) * 16 + o % 16)
                       * 4 + i % 4] = (int8_t)w;
            l->zero[o] += 128 * w;
        }
    }
}

static float x[ROWS * 3 * WIDE], y[2][ROWS * 3 * WIDE];
static float gain[WIDE], bias[WIDE];
static uint8_t bytes[2][ROWS * WIDE];
static float steps[2][ROWS];
static layer one;

static bool same(void)
{
    return !memcmp(y[0], y[1], sizeof y[0]);
}

static bool dense_agrees(const dln_kernels *a, const dln_kernels *b)
{
    uint32_t rows = 1 + draw(ROWS), in = 4 * (1 + draw(WIDE / 4)),
             out = 1 + draw(WIDE);
    make_layer(&one, in, out);
    memset(y, 0, sizeof y);
    a->quantise(bytes[0], steps[0], x, rows, in);
    b->quantise(bytes[1], steps[1], x, rows, in);
    a->dense(y[0], bytes[0], steps[0], rows, &one.dense);
    b->dense(y[1], bytes[1], steps[1], rows, &one.dense);
    return !memcmp(bytes[0], bytes[1], rows * in) && same();
}

/* All that works on floats, one after the other. */
static void run_floats(const dln_kernels *k, float *out, uint32_t rows,
                       uint32_t width, uint32_t cols, const int8_t *codes)
{
    float planes[ROWS * 3 * WIDE];
    size_t all = (size_t)rows * width;
    memcpy(planes, x, 3 * all * sizeof *x);
    k->maxout(out, planes, rows, width, 3);
    k->normalise(out, gain, bias, rows, width);
    k->add(out, x, all - 3);
    k->add_codes(out, codes, 0.37f, all - 5);
    k->relu(out, all / 3);
    for (uint32_t at = 0; at < width; at += DLN_RECUR)
        k->recur(out + all, planes, (size_t)rows * DLN_RECUR, rows, width,
                 at);
    k->add(out, out + all, all);
    k->product(out + all, out, x, rows, cols, width);
}

static bool floats_agree(const dln_kernels *a, const dln_kernels *b)
{
    static int8_t codes[ROWS * WIDE];
    uint32_t rows = 1 + draw(ROWS), width = 32 * (1 + draw(WIDE / 32)),
             cols = 16 * (1 + draw(3));
    for (int i = 0; i < ROWS * WIDE; i++)
        codes[i] = (int8_t)draw(256);
    memset(y, 0, sizeof y);
    run_floats(a, y[0], rows, width, cols, codes);
    run_floats(b, y[1], rows, width, cols, codes);
    return same();
}

static void fill(void)
{
    for (size_t i = 0; i < sizeof x / sizeof *x; i++)
        x[i] = draw_float();
    for (int i = 0; i < WIDE; i++) {
        gain[i] = draw_float();
        bias[i] = draw_float();
    }
}

static void compare(dln_kernel_set set)
{
    const dln_kernels *k = dln_kernels_pick(set);
    const dln_kernels *plain = dln_kernels_pick(DLN_KERNELS_PLAIN);
    unsigned wrong = 0;
    if (!k) {
        printf("# this CPU has not got set %d\n", (int)set);
        return;
    }
    for (int i = 0; i < 60; i++) {
        fill();
        wrong += !dense_agrees(plain, k);
        wrong += !floats_agree(plain, k);
    }
    printf("# %s\n", k->name);
    is_int(wrong, 0);
}

static bool near_to(float a, double b, double by)
{
    return fabs((double)a - b) <= by;
}

/* Even the greatest sums of pairs do not overflow. */
static void test_extremes(const dln_kernels *k)
{
    float row[8] = {5, 5, 5, 5, -5, -5, -5, -5}, out[16];
    make_layer(&one, 8, 1);
    one.step[0] = 1;
    one.bias[0] = 0.5f;
    one.zero[0] = 0;
    for (int i = 0; i < 8; i++) {
        int8_t w = i < 4 ? 63 : -63;
        one.weights[i / 4 * 64 + i % 4] = w;
        one.zero[0] += 128 * w;
    }
    k->quantise(bytes[0], steps[0], row, 1, 8);
    is_int(bytes[0][0], 255);
    is_int(bytes[0][7], 1);
    k->dense(out, bytes[0], steps[0], 1, &one.dense);
    ok(near_to(out[0], 8 * 5 * 63 + 0.5, 1e-2));
}

static double sigmoid(double v)
{
    return 1 / (1 + exp(-v));
}

/* A row: c = 1 - f, y = c g. Two: what the other row left is kept. */
static void test_recurrence(const dln_kernels *k)
{
    enum { N = DLN_RECUR, WIDTH = 2 * N };
    float gates[3][2 * N] = {{0}}, out[2 * WIDTH];
    unsigned wrong = 0;
    for (int i = -1000; i < 1000; i++) {
        double v = i / 50.0;
        for (int c = 0; c < N; c++) {
            gates[0][c] = c < 16 ? 0 : (float)v;
            gates[1][c] = 1;
            gates[2][c] = c < 16 ? (float)v : 0;
        }
        k->recur(out, gates[0], 2 * N, 1, N, 0);
        wrong += !near_to(out[0], sigmoid(v) / 2, 1e-5);
        wrong += !near_to(out[31], sigmoid(-v) / 2, 1e-5);
    }
    is_int(wrong, 0);

    /* f and g 0.5, z 1 and 3. */
    memset(gates, 0, sizeof gates);
    for (int c = 0; c < 2 * N; c++)
        gates[1][c] = c < N ? 1 : 3;
    for (uint32_t at = 0; at < WIDTH; at += N)
        k->recur(out, gates[0], 2 * N, 2, WIDTH, at);
    ok(near_to(out[0], 0.25, 0) && near_to(out[WIDTH], 0.875, 0));
    ok(near_to(out[N], 0.625, 0) && near_to(out[WIDTH + N], 0.75, 0));
}

static void test_values(const dln_kernels *k)
{
    float v[16], ones[16], none[16] = {0}, planes[96], rows[64];
    float ties[4] = {127, 0.5f, 1.5f, -2.5f};
    k->quantise(bytes[0], steps[0], ties, 1, 4);
    is_int(bytes[0][0], 255);
    is_int(bytes[0][1], 128);
    is_int(bytes[0][2], 130);
    is_int(bytes[0][3], 126);
    k->quantise(bytes[0], steps[0], none, 1, 16);
    is_int(bytes[0][3], 128);
    ok(near_to(steps[0][0], 0, 0));

    for (int i = 0; i < 16; i++) {
        v[i] = (float)(i % 4);
        ones[i] = 1;
    }
    k->normalise(v, ones, none, 1, 16);
    ok(near_to(v[0], -1.5 / sqrt(1.25 + 1e-5), 1e-6));

    for (int i = 0; i < 96; i++)
        planes[i] = (float)((i * 7) % 5);
    k->maxout(v, planes, 1, 16, 3);     /* 0 1 2 3 4 by (7 i) mod 5 */
    ok(near_to(v[0], 4, 0));            /* 0, 112 % 5, 224 % 5 */
    v[0] = 3;
    v[1] = 2;
    k->product(rows, v, planes, 1, 16, 2);
    ok(near_to(rows[1], 3 * planes[1] + 2 * planes[17], 0));
}

int main(void)
{
    const dln_kernels *best = dln_kernels_pick(DLN_KERNELS_BEST);
    ok(best != NULL);
    for (int set = DLN_KERNELS_PLAIN; set < DLN_KERNELS_COUNT; set++) {
        const dln_kernels *k = dln_kernels_pick((dln_kernel_set)set);
        if (k) {
            test_extremes(k);
            test_values(k);
            test_recurrence(k);
        }
        compare((dln_kernel_set)set);
    }
    return done();
}
