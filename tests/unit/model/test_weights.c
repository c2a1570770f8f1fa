/* SPDX-License-Identifier: Apache-2.0 */
/* The model file's reader: a small file made by hand, then broken. */
#include <stdlib.h>

#include "model/linear.h"
#include "model/weights.h"
#include "tap.h"

#define SECTION (8 + 1024 + 8 + 2 * 8 + 8)
#define SIZE (32 + 24 + SECTION)

static _Alignas(8) unsigned char file[SIZE];

static void put32(size_t at, uint32_t v) { memcpy(file + at, &v, 4); }
static void put64(size_t at, uint64_t v) { memcpy(file + at, &v, 8); }

static void seal(void)
{
    put64(24, dln_weights_checksum(file, SIZE));
}

/* One section "one": a linear model of three classes that knows the feature
 * 5 << 33 | 9, with weight 7 for class 2. */
static void make(void)
{
    size_t s = 56;
    memset(file, 0, sizeof file);
    memcpy(file, "DLNMODEL", 8);
    put32(8, DLN_WEIGHTS_VERSION);
    put32(12, 1);
    put64(16, SIZE);
    memcpy(file + 32, "one", 3);
    put64(40, s);
    put64(48, SECTION);
    put32(s, 3);                    /* classes */
    put32(s + 4, 3);                /* bytes of rows */
    put32(s + 8 + 4 * 200, 7);      /* what code 200 stands for */
    put32(s + 1032, 2);             /* slots */
    put32(s + 1040, 9);             /* mark */
    put32(s + 1044, 0);             /* its row */
    file[s + 1056] = 1;
    file[s + 1057] = 2;
    file[s + 1058] = 200;
    seal();
}

static dln_status open_all(dln_linear *model)
{
    dln_weights weights;
    dln_str section;
    dln_error error;
    DLN_TRY(dln_weights_parse(&weights, file, SIZE, "file", &error));
    DLN_TRY(dln_weights_section(&weights, "one", &section, &error));
    return dln_linear_open(model, section, &error);
}

int main(void)
{
    dln_linear model;
    dln_weights weights;
    dln_str section;
    dln_error error = {DLN_OK, ""};

    make();
    is_int(open_all(&model), DLN_OK);
    int32_t scores[3] = {0};
    uint64_t features[2] = {(uint64_t)1 << 33 | 9, (uint64_t)1 << 33 | 8};
    dln_linear_score(&model, features, 2, scores);
    is_int(scores[2], 7);
    is_int(scores[0], 0);
    is_int(dln_weights_parse(&weights, file, SIZE, "f", &error), DLN_OK);
    is_int(dln_weights_section(&weights, "two", &section, &error),
           DLN_BADDATA);

    /* Cut anywhere, it is refused. */
    unsigned refused = 0;
    for (size_t n = 0; n < SIZE; n++)
        refused += dln_weights_parse(&weights, file, n, "f", &error)
                   == DLN_BADDATA;
    is_int(refused, SIZE);
    /* So is any altered byte. */
    refused = 0;
    for (size_t i = 0; i < SIZE; i++) {
        file[i] ^= 1;
        refused += dln_weights_parse(&weights, file, SIZE, "f", &error)
                   == DLN_BADDATA;
        file[i] ^= 1;
    }
    is_int(refused, SIZE);

    /* Lies with a right checksum. */
    make();
    put64(48, SECTION + 8);         /* section behind the end */
    seal();
    is_int(open_all(&model), DLN_BADDATA);
    make();
    put32(56 + 1032, 3);            /* more slots than bytes */
    seal();
    is_int(open_all(&model), DLN_BADDATA);
    make();
    put32(56 + 1044, 2);            /* row that runs out of the rows */
    seal();
    is_int(open_all(&model), DLN_BADDATA);
    make();
    file[56 + 1057] = 3;            /* class that is none */
    seal();
    is_int(open_all(&model), DLN_BADDATA);
    make();
    put32(56 + 1048, 4);            /* no empty slot: no search would end */
    put32(56 + 1052, 0);
    seal();
    is_int(open_all(&model), DLN_BADDATA);
    is_int(dln_weights_open(&weights, "no/such/file", &error), DLN_NOINPUT);
    return done();
}
