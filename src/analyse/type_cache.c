/* SPDX-License-Identifier: Apache-2.0 */
/*
 * type_cache: vectors of forms met before. What the network reads of a form
 * depends on the form alone, so its vector is kept: a table of fixed size in
 * which a form has one place and the last to come stays. All that the vector
 * is made of is compared, so a hit gives what would be computed anew, bit
 * for bit; hits change nothing but the time.
 */
#include <stdlib.h>

#include "analyse/network_p.h"

#define PLACES 4096     /* a power of two */

typedef struct place {
    dln_type type;
    uint32_t state;
} place;

/* A missed one is MISSED + its index among the missed of this round. */
enum { EMPTY, KNOWN, MISSED };

struct dln_analyse_cache {
    uint64_t mark;      /* of the model whose vectors these are */
    uint32_t width;
    float *vectors;     /* [PLACES][width] */
    place at[PLACES];
};

dln_analyse_cache *dln_analyse_cache_new(void)
{
    return calloc(1, sizeof(dln_analyse_cache));
}

void dln_analyse_cache_free(dln_analyse_cache *cache)
{
    if (cache)
        free(cache->vectors);
    free(cache);
}

/* Empties the cache when it holds another model's vectors. */
static bool prepare(dln_analyse_cache *cache, const dln_network *net)
{
    if (cache->vectors && cache->mark == net->mark
        && cache->width == net->width)
        return true;
    free(cache->vectors);
    memset(cache->at, 0, sizeof cache->at);
    cache->mark = net->mark;
    cache->width = net->width;
    cache->vectors = calloc((size_t)PLACES * net->width, sizeof(float));
    return cache->vectors != NULL;
}

static place *place_of(dln_analyse_cache *cache, const dln_type *type)
{
    uint64_t key = dln_hash(type, sizeof *type, 21);
    return &cache->at[key & (PLACES - 1)];
}

static float *vector_of(dln_analyse_cache *cache, const place *p)
{
    return cache->vectors + (size_t)(p - cache->at) * cache->width;
}

bool dln_analyse__types(dln_reader *r, const dln_doc *doc, uint32_t begin,
                        uint32_t count, float *out)
{
    dln_analyse_cache *cache = r->cache;
    size_t w = r->net->width;
    uint32_t misses = 0, *miss = r->work;
    if (!prepare(cache, r->net))
        return false;
    for (uint32_t i = 0; i < count; i++) {
        dln_type type = dln_analyse__type(r->net,
                                          dln_token_str(doc, begin + i));
        place *p = place_of(cache, &type);
        if (p->state == EMPTY || memcmp(&p->type, &type, sizeof type)) {
            p->type = r->types[misses] = type;
            p->state = MISSED + misses++;
        }
        miss[i] = p->state;
        if (p->state == KNOWN)
            memcpy(out + i * w, vector_of(cache, p), w * sizeof *out);
    }
    float *fresh = r->y;
    dln_analyse__mix(r, r->types, misses, fresh);
    for (uint32_t i = 0; i < count; i++)
        if (miss[i] >= MISSED)
            memcpy(out + i * w, fresh + (miss[i] - MISSED) * w,
                   w * sizeof *out);
    for (uint32_t m = 0; m < misses; m++) {
        place *p = place_of(cache, &r->types[m]);
        if (p->state != MISSED + m)
            continue;
        memcpy(vector_of(cache, p), fresh + m * w, w * sizeof *fresh);
        p->state = KNOWN;
    }
    return true;
}
