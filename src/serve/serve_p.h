/* SPDX-License-Identifier: Apache-2.0 */
#ifndef DLN_SERVE_SERVE_P_H
#define DLN_SERVE_SERVE_P_H

#include "base/arena.h"
#include "serve/serve.h"
#include "store/store.h"

/* --- target.c: what is asked for -------------------------------------- */

enum { DLN_TARGET_BYTES = 16384, DLN_TARGET_STEPS = 8,
       DLN_TARGET_PARAMS = 24 };

typedef struct dln_param {
    dln_str name, value;
} dln_param;

/* "/api/rows/event/e1?x=1" taken apart and decoded; valid UTF-8 without
 * control characters (in values, line ends and tabs may be). */
typedef struct dln_target {
    dln_str step[DLN_TARGET_STEPS];
    unsigned steps;
    dln_param param[DLN_TARGET_PARAMS];
    unsigned params;
    char text[DLN_TARGET_BYTES];    /* the decoded bytes */
} dln_target;

/* false: it is malformed, or too long. */
bool dln_serve__target(dln_target *out, dln_str raw);
/* The value of the parameter, or NULL data. */
dln_str dln_serve__param(const dln_target *target, const char *name);
/* Is this Host header one we answer to? `name` is a further one, or NULL. */
bool dln_serve__host(dln_str host, const char *name);

/* --- readers.c: open records ------------------------------------------ */

typedef struct dln_readers dln_readers;

DLN_NODISCARD dln_status dln_serve__readers(dln_readers **out,
                                            const char *record,
                                            dln_error *error);
void dln_serve__readers_free(dln_readers *readers);
/* A record to read, waited for; opened anew when a build has replaced it.
 * `guarded` for SQL of strangers. Give it back with dln_serve__put. */
DLN_NODISCARD dln_status dln_serve__take(dln_readers *readers, bool guarded,
                                         dln_store **out, dln_error *error);
void dln_serve__put(dln_readers *readers, dln_store *store);

/* --- listings.c: lists by path ---------------------------------------- */

typedef struct dln_filter {
    const char *name;
    char kind;          /* d day, w words, n number, f flag (1) */
    const char *sql;    /* a condition; $ is the value */
} dln_filter;

typedef struct dln_listing {
    const char *path, *about;
    /* {where} becomes the conditions, {limit} the page. */
    const char *sql;
    dln_filter filters[12];
} dln_listing;

extern const dln_listing dln_serve__listings[];
extern const size_t dln_serve__listing_count;

/* --- answering --------------------------------------------------------- */

typedef struct dln_call {
    const dln_server_options *options;
    dln_readers *readers;
    const dln_target *target;
    const dln_request *request;
    dln_store *store;       /* taken for this call */
    bool csv;
    dln_error error;
} dln_call;

/* Each fills response->body; the status says what went wrong, in
 * call->error. */
dln_status dln_serve__listing(dln_call *call, const dln_listing *listing,
                              dln_response *response);
dln_status dln_serve__query(dln_call *call, dln_response *response);
dln_status dln_serve__process(dln_call *call, dln_response *response);
dln_status dln_serve__record(dln_call *call, dln_response *response);
dln_status dln_serve__row(dln_call *call, dln_response *response);
dln_status dln_serve__report(dln_call *call, dln_response *response);
dln_status dln_serve__schema(dln_call *call, dln_response *response);
dln_status dln_serve__review(dln_call *call, dln_response *response);

/* Rows of a query into the body: JSON {"rows": [...], ...} or CSV, at most
 * `limit`. */
dln_status dln_serve__rows(dln_query *query, uint32_t limit, uint32_t offset,
                           bool csv, dln_buf *out);

/* --- assets ------------------------------------------------------------ */

typedef struct dln_asset {
    const char *path, *type, *etag;
    const unsigned char *plain, *packed;
    size_t plain_len, packed_len;   /* packed: gzip */
} dln_asset;

extern const dln_asset dln_serve__assets[];
extern const size_t dln_serve__asset_count;

#endif
