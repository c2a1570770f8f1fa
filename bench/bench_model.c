/* SPDX-License-Identifier: Apache-2.0 */
/* model: what each set of kernels that this CPU has does in a second: dense
 * layers in 10^9 products and sums, rows of floats in 10^6 numbers. */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "model/kernels.h"

enum { ROWS = 96, IN = 384, OUT = 384 };

static float x[ROWS * IN], y[ROWS * OUT], step[OUT], bias[OUT];
static int32_t zero[OUT];
static uint8_t bytes[ROWS * IN];
static float steps[ROWS];
static _Alignas(64) int8_t weights[IN * OUT];

static double seconds(clock_t start)
{
    return (double)(clock() - start) / CLOCKS_PER_SEC;
}

static void run(const dln_kernels *k)
{
    dln_dense layer = {IN, OUT, OUT / 16, step, bias, zero, weights};
    double products = 0, numbers = 0;
    clock_t start = clock();
    while (seconds(start) < 0.3) {
        k->dense(y, bytes, steps, ROWS, &layer);
        products += (double)ROWS * IN * OUT;
    }
    printf("model dense_%s %.1f GMAC/s\n", k->name,
           products / seconds(start) / 1e9);
    start = clock();
    while (seconds(start) < 0.2) {
        k->quantise(bytes, steps, x, ROWS, IN);
        numbers += (double)ROWS * IN;
    }
    printf("model quantise_%s %.0f M/s\n", k->name,
           numbers / seconds(start) / 1e6);
    numbers = 0;
    start = clock();
    while (seconds(start) < 0.2) {
        for (uint32_t at = 0; at < IN; at += DLN_RECUR)
            k->recur(x, y, ROWS * DLN_RECUR, ROWS, IN, at);
        k->normalise(x, step, bias, ROWS, IN);
        numbers += (double)ROWS * IN;
    }
    printf("model recur_%s %.0f M/s\n", k->name,
           numbers / seconds(start) / 1e6);
}

int main(void)
{
    for (int i = 0; i < ROWS * IN; i++)
        x[i] = (float)(i % 211) - 105;
    /* Most weights of a network are small. */
    for (uint32_t i = 0, state = 1; i < IN * OUT; i++) {
        int sum = -62;
        for (int k = 0; k < 4; k++) {
            state = state * 1664525u + 1013904223u;
            sum += (int)(state >> 27);
        }
        weights[i] = (int8_t)sum;
    }
    for (int set = DLN_KERNELS_PLAIN; set < DLN_KERNELS_COUNT; set++) {
        const dln_kernels *k = dln_kernels_pick((dln_kernel_set)set);
        if (k)
            run(k);
    }
    return 0;
}
