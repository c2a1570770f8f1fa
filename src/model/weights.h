/* SPDX-License-Identifier: Apache-2.0 */
/*
 * weights: the model file, mapped read-only and shared by all threads.
 *
 * Format, version 1; numbers are little-endian, offsets from the start:
 *
 *   0   8  magic "DLNMODEL"
 *   8   4  version, 1
 *   12  4  number of sections, at most 64
 *   16  8  size of the file
 *   24  8  checksum: that of bytes 0 to 24 plus that of 32 to the end
 *   32     section table: each 8 bytes name (NUL-padded), 8 bytes offset
 *          (a multiple of 8), 8 bytes size
 *   then   the sections
 *
 * Sections hold tables and linear models (linear.h), tensors (tensors.h), or
 * bytes whose reader says what they are. The reader takes the file as
 * hostile: it checks all sizes and the checksum first, and every section is
 * checked again by the one who reads it, so that a wrong file is refused and
 * never crashes.
 */
#ifndef DLN_MODEL_WEIGHTS_H
#define DLN_MODEL_WEIGHTS_H

#include "base/io.h"

#define DLN_WEIGHTS_VERSION 1
#define DLN_WEIGHTS_MAX_SECTIONS 64

typedef struct dln_weights {
    dln_mapping map;
    bool mapped;        /* by us: to be unmapped */
    const unsigned char *data;
    size_t len;
    uint32_t sections;
} dln_weights;

/* Maps and checks a file. DLN_NOINPUT when it is missing, DLN_BADDATA when
 * it is cut, altered or of another version. */
DLN_NODISCARD dln_status dln_weights_open(dln_weights *out, const char *path,
                                          dln_error *error);
/* The same over memory that the caller keeps (aligned to 8); `name` for
 * errors. */
DLN_NODISCARD dln_status dln_weights_parse(dln_weights *out,
                                           const unsigned char *data,
                                           size_t len, const char *name,
                                           dln_error *error);
void dln_weights_close(dln_weights *weights);

/* Bytes of section `name`, aligned to 8; DLN_BADDATA when there is none. */
DLN_NODISCARD dln_status dln_weights_section(const dln_weights *weights,
                                             const char *name, dln_str *out,
                                             dln_error *error);

/* The section with number `i`, below `sections`, and its name. */
dln_str dln_weights_at(const dln_weights *weights, uint32_t i,
                       char name[9]);

/* The checksum of a whole file; len at least 32. */
uint64_t dln_weights_checksum(const unsigned char *data, size_t len);

static inline uint32_t dln_get_u32(const void *at)
{
    uint32_t v;
    memcpy(&v, at, sizeof v);
    return v;
}

static inline uint64_t dln_get_u64(const void *at)
{
    uint64_t v;
    memcpy(&v, at, sizeof v);
    return v;
}

#endif
