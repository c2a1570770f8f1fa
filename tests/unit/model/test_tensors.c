/* SPDX-License-Identifier: Apache-2.0 */
/* The reader of tensors: a section of three made by hand, then broken. */
#include "model/tensors.h"
#include "tap.h"

enum {
    ENTRY = 48,
    FLOATS = 8 + 3 * ENTRY,     /* 2 x 3 */
    CODES = FLOATS + 24,        /* 2 x 4 */
    DENSE = CODES + 16,         /* 17 outputs of 4 inputs: 2 blocks */
    SIZE = DENSE + 32 * 12 + 32 * 4
};

static _Alignas(8) char section[SIZE];

static void put32(size_t at, uint32_t v) { memcpy(section + at, &v, 4); }
static void put64(size_t at, uint64_t v) { memcpy(section + at, &v, 8); }
static void put_float(size_t at, float v) { memcpy(section + at, &v, 4); }

static void put_entry(uint32_t i, const char *name, uint32_t kind,
                      uint32_t rows, uint32_t cols, uint64_t at,
                      uint64_t size)
{
    size_t e = 8 + (size_t)i * ENTRY;
    memcpy(section + e, name, strlen(name));
    put32(e + 16, kind);
    put32(e + 20, rows);
    put32(e + 24, cols);
    put64(e + 32, at);
    put64(e + 40, size);
}

/* Weight 3 of output 16 is 5. */
static void make(void)
{
    memset(section, 0, sizeof section);
    put32(0, 3);
    put_entry(0, "gain", DLN_TENSOR_FLOATS, 2, 3, FLOATS, 24);
    put_entry(1, "words", DLN_TENSOR_CODES, 2, 4, CODES, 16);
    put_entry(2, "mix", DLN_TENSOR_DENSE, 17, 4, DENSE, SIZE - DENSE);
    put_float(FLOATS + 20, 2.5f);
    put_float(CODES + 4, 0.25f);
    section[CODES + 8 + 7] = -8;
    put_float(DENSE + 16 * 4, 0.5f);
    put_float(DENSE + (32 + 16) * 4, 1.5f);
    put32(DENSE + (64 + 16) * 4, 128 * 5);
    section[DENSE + 96 * 4 + 64 + 3] = 5;
}

static dln_status open_all(size_t len)
{
    dln_tensors tensors;
    dln_error error;
    return dln_tensors_open(&tensors, (dln_str){section, len}, &error);
}

static void test_right(void)
{
    dln_tensors tensors;
    dln_codes codes;
    dln_dense dense;
    dln_error error = {DLN_OK, ""};
    const float *floats;
    make();
    is_int(dln_tensors_open(&tensors, (dln_str){section, SIZE}, &error),
           DLN_OK);
    is_int(dln_tensors_floats(&tensors, &floats, "gain", 2, 3, &error),
           DLN_OK);
    is_int(floats[5] * 2, 5);
    is_int(dln_tensors_codes(&tensors, &codes, "words", 4, &error), DLN_OK);
    is_int(codes.codes[7], -8);
    is_int(codes.step[1] * 4, 1);
    is_int(dln_tensors_dense(&tensors, &dense, "mix", 17, 4, &error),
           DLN_OK);

    float x[4] = {0, 0, 0, 127}, y[32], step;
    uint8_t bytes[4];
    const dln_kernels *k = dln_kernels_pick(DLN_KERNELS_BEST);
    k->quantise(bytes, &step, x, 1, 4);
    k->dense(y, bytes, &step, 1, &dense);
    is_int(y[16] * 2, 2 * (127 * 5 * 0.5 + 1.5));

    is_int(dln_tensors_floats(&tensors, &floats, "gain", 3, 2, &error),
           DLN_BADDATA);
    is_int(dln_tensors_floats(&tensors, &floats, "mix", 17, 4, &error),
           DLN_BADDATA);
    is_int(dln_tensors_dense(&tensors, &dense, "none", 17, 4, &error),
           DLN_BADDATA);
}

#define REFUSED(change)                                                 \
    do {                                                                \
        make();                                                         \
        change;                                                         \
        is_int(open_all(SIZE), DLN_BADDATA);                            \
    } while (0)

int main(void)
{
    unsigned refused = 0;
    test_right();
    make();
    for (size_t n = 0; n < SIZE; n++)
        refused += open_all(n) == DLN_BADDATA;
    is_int(refused, SIZE);
    REFUSED(put32(0, 0));
    REFUSED(put32(0, 257));
    REFUSED(put32(8 + 16, 9));              /* kind that is none */
    REFUSED(put32(8 + 20, 0));              /* no rows */
    REFUSED(put32(8 + 20, 3));              /* more rows than bytes */
    REFUSED(put32(8 + 24, 0xFFFFFFFF));
    REFUSED(put64(8 + 32, FLOATS + 4));     /* not aligned */
    REFUSED(put64(8 + 32, SIZE));
    REFUSED(put64(8 + 32, (uint64_t)-8));
    REFUSED(put64(8 + 40, 32));
    REFUSED(put32(8 + 2 * ENTRY + 24, 2));  /* inputs not by fours */
    REFUSED(put32(FLOATS, 0x7FC00000));     /* not a number */
    REFUSED(put32(FLOATS, 0x7F800000));     /* infinite */
    REFUSED(put_float(FLOATS, 2e4f));
    REFUSED(put_float(CODES, 2e4f));
    REFUSED(put_float(DENSE, -2e4f));
    REFUSED(put32(DENSE + 80 * 4, 128));    /* a wrong sum */
    REFUSED(put_float(DENSE + 63 * 4, 1));  /* something in the padding */
    REFUSED((section[DENSE + 96 * 4] = 64, put32(DENSE + 64 * 4, 8192)));
    return done();
}
