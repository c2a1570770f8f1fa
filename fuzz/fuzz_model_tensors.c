/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A hostile section of tensors: it is refused, or every tensor can be read
 * whole, and every set of kernels makes the same numbers of every layer.
 */
#include <stdlib.h>

#include "model/tensors.h"
#include "model/weights.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { ROWS = 5 };

static void use_dense(const dln_dense *layer)
{
    size_t width = (size_t)layer->blocks * DLN_LANES;
    float *x = calloc((size_t)ROWS * layer->in, sizeof *x);
    float *y = calloc(2 * ROWS * width, sizeof *y);
    uint8_t *bytes = calloc(ROWS, layer->in);
    float steps[ROWS];
    if (x && y && bytes) {
        for (size_t i = 0; i < (size_t)ROWS * layer->in; i++)
            x[i] = (float)(i * 7919 % 1000) - 500;
        for (int set = DLN_KERNELS_BEST; set < DLN_KERNELS_COUNT; set++) {
            const dln_kernels *k = dln_kernels_pick((dln_kernel_set)set);
            float *out = y + (set ? ROWS * width : 0);
            if (!k)
                continue;
            k->quantise(bytes, steps, x, ROWS, layer->in);
            k->dense(out, bytes, steps, ROWS, layer);
            if (memcmp(y, out, ROWS * width * sizeof *y))
                abort();
        }
    }
    free(x);
    free(y);
    free(bytes);
}

static void use(const dln_tensors *tensors)
{
    volatile float sum = 0;
    for (uint32_t i = 0; i < tensors->count; i++) {
        const char *entry = tensors->section.data + 8 + (size_t)i * 48;
        char name[17] = {0};
        const float *floats;
        dln_codes codes;
        dln_dense dense;
        dln_error error;
        uint32_t rows = dln_get_u32(entry + 20);
        uint32_t cols = dln_get_u32(entry + 24);
        memcpy(name, entry, 16);
        if (dln_tensors_floats(tensors, &floats, name, rows, cols, &error)
            == DLN_OK)
            sum = sum + floats[(size_t)rows * cols - 1];
        if (dln_tensors_codes(tensors, &codes, name, cols, &error) == DLN_OK)
            sum = sum + codes.codes[(size_t)codes.rows * cols - 1];
        if (dln_tensors_dense(tensors, &dense, name, rows, cols, &error)
            == DLN_OK)
            use_dense(&dense);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    dln_tensors tensors;
    dln_error error;
    char *copy = malloc(size ? size : 1);
    if (copy && size < 1 << 20) {
        memcpy(copy, data, size);
        if (dln_tensors_open(&tensors, (dln_str){copy, size}, &error)
            == DLN_OK)
            use(&tensors);
    }
    free(copy);
    return 0;
}
