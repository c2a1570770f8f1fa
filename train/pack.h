/* SPDX-License-Identifier: Apache-2.0 */
/* pack: writes model files (model/weights.h) and their tables. Training
 * programs stop at the first thing that goes wrong. */
#ifndef DLN_TRAIN_PACK_H
#define DLN_TRAIN_PACK_H

#include "base/buf.h"

/* calloc and realloc that end the program when there is no memory. */
void *pack_array(size_t count, size_t size);
void *pack_resize(void *old, size_t count, size_t size);
/* Prints and ends the program. */
_Noreturn void pack_stop(const char *format, ...) DLN_PRINTF(1, 2);

void pack_u32(dln_buf *out, uint32_t v);
void pack_u64(dln_buf *out, uint64_t v);

typedef struct pack_pair {
    uint64_t key;
    uint32_t value;
} pack_pair;

typedef struct pack_table {
    pack_pair *at;          /* [count] */
    uint32_t count, cap;
} pack_table;

void pack_add(pack_table *table, uint64_t key, uint32_t value);
/* Writes a table (model/linear.h) and frees it. */
void pack_table_write(pack_table *table, dln_buf *out);

#define PACK_SECTIONS 16
typedef struct pack_file {
    struct {
        const char *name;
        dln_buf data;
    } sections[PACK_SECTIONS];
    uint32_t count;
} pack_file;

/* An empty section to write into. */
dln_buf *pack_section(pack_file *file, const char *name);
/* Adds a weight as a hashed model keeps it: times `scale`, moved by `zero`;
 * nothing when it is then nearer to 0 than `least`. */
void pack_weight(pack_table *table, uint64_t key, double weight,
                 double scale, uint32_t zero, double least);
/* A trainer's setting of this name in the environment, else `usual`. */
double pack_setting(const char *name, double usual);

/* Writes the file to `path` and prints its size. */
void pack_file_write(const pack_file *file, const char *path);

#endif
