/* SPDX-License-Identifier: Apache-2.0 */
/*
 * towns: the packed gazetteer: towns of the world and the regions they lie
 * in, mapped read-only. Nothing is loaded: a name is looked up in the file
 * as it lies, in less than a microsecond.
 *
 * The file is one of sections (model/weights.h); numbers are little-endian:
 *
 *   head    u32 layout (1), records, towns (the first records; regions
 *           follow), keys
 *   source  text: what it was made from
 *   records 22 bytes each: u32 geonameid, u32 population, i24 latitude and
 *           i24 longitude in 1/10,000 degrees, u24 offset and u8 length of
 *           the name, u16 number of the region (65,535: none), u8 country,
 *           u8 kind (dln_town_kind). Towns by population, largest first.
 *   codes   countries: 3 letters each (ISO 3166-1 alpha-3)
 *   names   UTF-8, one behind the other
 *   index   u32[65537]: where the keys with these top 16 bits begin
 *   keys    {u32 mark, u32 sense}: the low half of dln_hash of a folded name
 *           (dln_onto_key), ascending within a bucket. The name itself is
 *           not kept: 48 bits of hash tell names apart (a chance of some
 *           1 in 10^9 to take an unknown name for a known one).
 *   lists   u32 senses of names with several; a sense with DLN_TOWN_LAST
 *           ends a list
 *   firsts  u32, ascending: 29 bits of the hash of a first word and, in the
 *           low 3, the words of the longest name that begins with it
 *
 * A sense: bits 0-28 record; DLN_TOWN_OTHER: not the record's own name. In
 * `keys` with DLN_TOWN_LIST: offset into `lists`. Made by
 * tools/pack_places.c. The reader takes the file as hostile.
 */
#ifndef DLN_ONTO_TOWNS_H
#define DLN_ONTO_TOWNS_H

#include "model/weights.h"

#define DLN_TOWNS_LAYOUT 1u
#define DLN_TOWN_RECORD 22u
#define DLN_TOWN_BUCKETS 65536u
#define DLN_TOWN_LIST 0x80000000u
#define DLN_TOWN_LAST 0x40000000u
#define DLN_TOWN_OTHER 0x20000000u
#define DLN_TOWN_INDEX 0x1fffffffu
#define DLN_TOWN_NO_REGION 0xffffu
#define DLN_TOWN_MAX_WORDS 7u

typedef enum dln_town_kind {
    DLN_TOWN_PLAIN,
    DLN_TOWN_SEAT3,         /* of a district's part, and below */
    DLN_TOWN_SEAT2,         /* of a district */
    DLN_TOWN_SEAT,          /* of a region */
    DLN_TOWN_CAPITAL,
    DLN_TOWN_REGION,        /* a country's first division */
    DLN_TOWN_KIND_COUNT
} dln_town_kind;

typedef struct dln_town {
    dln_str name;           /* points into the file */
    char country[4];
    double lat, lon;
    uint32_t geonameid;     /* DLN_NONE when unknown */
    uint32_t population;    /* of a region: of its towns */
    uint32_t region;        /* record, or DLN_NONE */
    dln_town_kind kind;
} dln_town;

typedef struct dln_towns {
    dln_weights file;
    const unsigned char *records, *index, *keys, *lists, *firsts;
    dln_str codes, names, source;
    uint32_t count, towns, key_count, list_count, first_count;
} dln_towns;

/* Maps and checks a file: DLN_NOINPUT when it is missing, DLN_BADDATA when
 * it is cut, altered or of another version. */
DLN_NODISCARD dln_status dln_towns_open(dln_towns *out, const char *path,
                                        dln_error *error);
/* The same over memory that the caller keeps (aligned to 8). */
DLN_NODISCARD dln_status dln_towns_parse(dln_towns *out,
                                         const unsigned char *data,
                                         size_t len, const char *name,
                                         dln_error *error);
void dln_towns_close(dln_towns *towns);

/* The first sense of a folded name, or DLN_NONE; then the others. */
uint32_t dln_towns_find(const dln_towns *towns, dln_str key);
uint32_t dln_towns_next(const dln_towns *towns, uint32_t at);
/* The record a sense is of; `*other`: by another name than its own. */
uint32_t dln_towns_record(const dln_towns *towns, uint32_t at, bool *other);
/* Record number `record`; false when the file has none such. */
bool dln_towns_get(const dln_towns *towns, uint32_t record, dln_town *out);
/* Words of the longest name that begins with `word`, 0 when none does. */
uint32_t dln_towns_words_from(const dln_towns *towns, dln_str word);

/* Where a key is kept, for the one who writes the file. */
static inline uint32_t dln_town_bucket(uint64_t hash)
{
    return (uint32_t)(hash >> 48);
}
static inline uint32_t dln_town_mark(uint64_t hash)
{
    return (uint32_t)hash;
}
static inline uint32_t dln_town_first(uint64_t hash)
{
    return (uint32_t)(hash >> 32) & ~7u;
}

#endif
