/* SPDX-License-Identifier: Apache-2.0 */
/*
 * json: a writer for JSON Lines. It places commas and escapes; the caller
 * keeps objects and arrays balanced (asserted). Fields come out in the order
 * they are written. Reading is the business of Jansson.
 *
 *     dln_json j;
 *     dln_json_init(&j, &buf);
 *     dln_json_object(&j);
 *     dln_json_key(&j, "id");  dln_json_str(&j, id);
 *     dln_json_close(&j);
 */
#ifndef DLN_BASE_JSON_H
#define DLN_BASE_JSON_H

#include "base/buf.h"

#define DLN_JSON_DEPTH 32

typedef struct dln_json {
    dln_buf *out;
    char close[DLN_JSON_DEPTH]; /* '}' or ']' of each open level */
    unsigned depth;
    bool comma;                 /* a value precedes in this level */
} dln_json;

void dln_json_init(dln_json *json, dln_buf *out);
void dln_json_object(dln_json *json);
void dln_json_array(dln_json *json);
void dln_json_close(dln_json *json);
void dln_json_key(dln_json *json, const char *key);
/* UTF-8; bytes that are not are written as U+FFFD. */
void dln_json_str(dln_json *json, dln_str value);
/* Integers without a point, others with the fewest digits that read back. */
void dln_json_num(dln_json *json, double value);
void dln_json_int(dln_json *json, int64_t value);
void dln_json_null(dln_json *json);
/* Text that is JSON already. */
void dln_json_raw(dln_json *json, dln_str value);

/* key and value; an empty string or DLN_NONE writes nothing. */
void dln_json_field_str(dln_json *json, const char *key, dln_str value);
void dln_json_field_int(dln_json *json, const char *key, int64_t value);
/* "key":[start,end]; nothing for DLN_NO_SPAN. */
void dln_json_field_span(dln_json *json, const char *key, dln_span span);

#endif
