/* SPDX-License-Identifier: Apache-2.0 */
/* POST /api/reviews: a person's verdict on a row, with the token. The body
 * is JSON: {"table", "row", "verdict", "note"?, "by"?}. */
#include <jansson.h>
#include <time.h>

#include "base/utf8.h"
#include "serve/serve_p.h"
#include "store/detail.h"

/* Compares in a time that does not tell where they differ. */
static bool same_secret(dln_str given, const char *secret)
{
    size_t len = strlen(secret);
    unsigned char differ = given.len != len;
    for (size_t i = 0; i < len; i++)
        differ |= (unsigned char)(secret[i]
                                  ^ (i < given.len ? given.data[i] : 0));
    return !differ;
}

static dln_str text_of(const json_t *body, const char *key, size_t most)
{
    const json_t *value = json_object_get(body, key);
    dln_str text = {json_string_value(value), json_string_length(value)};
    return text.data && text.len <= most ? text : (dln_str){"", 0};
}

static dln_status keep(dln_call *call, const json_t *body,
                       dln_response *response)
{
    const dln_detail *detail;
    dln_str table = text_of(body, "table", 60);
    dln_str row = text_of(body, "row", 400);
    dln_str by = text_of(body, "by", 200);
    DLN_TRY(dln_detail_of(call->store, table, row, &detail, &call->error));
    DLN_TRY(dln_store_review(call->options->record, table, row,
                             text_of(body, "verdict", 20),
                             text_of(body, "note", 4000),
                             by.len ? by : DLN_STR("reader"),
                             (int64_t)time(NULL), &call->error));
    dln_buf_str(&response->body, DLN_STR("{\"kept\":true}"));
    response->code = 201;
    return DLN_OK;
}

dln_status dln_serve__review(dln_call *call, dln_response *response)
{
    const dln_request *r = call->request;
    json_error_t what;
    if (!call->options->token
        || !same_secret(r->token, call->options->token)) {
        response->code = 403;
        return dln_fail(&call->error, DLN_BADARG,
                        "reviews need the token that serve --review prints");
    }
    if (!dln_str_starts(r->type, DLN_STR("application/json"))) {
        response->code = 415;
        return dln_fail(&call->error, DLN_BADARG,
                        "the body is application/json");
    }
    json_t *body = json_loadb(r->body.data ? r->body.data : "", r->body.len,
                              JSON_REJECT_DUPLICATES, &what);
    dln_status status = json_is_object(body)
        ? keep(call, body, response)
        : dln_fail(&call->error, DLN_BADARG, "the body is no JSON object");
    json_decref(body);
    return status;
}
