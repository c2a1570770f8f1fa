/* SPDX-License-Identifier: Apache-2.0 */
/*
 * One request to one response: guards, then the page's files, then the
 * interface by path. Nothing here knows the network.
 */
#include <stdlib.h>

#include "serve/answer_p.h"

enum { QUERY_MS = 3000 };   /* of a stranger's query */

typedef struct route {
    const char *step[3];    /* "api", "rows", "*" */
    unsigned steps_min, steps_max;
    dln_status (*run)(dln_call *call, dln_response *response);
    bool guarded, csv;
} route;

static const route routes[] = {
    {{"api", "process"}, 2, 2, dln_serve__process, false, false},
    {{"api", "record"}, 2, 2, dln_serve__record, false, false},
    {{"api", "schema"}, 2, 2, dln_serve__schema, false, false},
    {{"api", "sql"}, 2, 2, dln_serve__query, true, true},
    {{"api", "rows"}, 3, 4, dln_serve__row, false, false},
    {{"api", "reports"}, 3, 3, dln_serve__report, false, false},
};

static void say(dln_response *response, unsigned code, const char *words)
{
    dln_json json;
    dln_buf_clear(&response->body);
    response->body.oom = false;
    dln_json_init(&json, &response->body);
    dln_json_object(&json);
    dln_json_key(&json, "error");
    dln_json_str(&json, dln_str_of(words));
    dln_json_close(&json);
    response->code = code;
    response->type = "application/json";
    response->attachment = false;
}

static unsigned code_of(dln_status status)
{
    switch (status) {
    case DLN_BADARG: return 400;
    case DLN_NOINPUT: return 404;
    case DLN_FAILED: return 504;    /* it takes too long */
    case DLN_NOMEM: return 507;
    case DLN_NOCREATE: return 409;
    default: return 500;
    }
}

static const route *route_of(const dln_target *t)
{
    for (size_t i = 0; i < sizeof routes / sizeof *routes; i++) {
        const route *r = &routes[i];
        if (t->steps >= r->steps_min && t->steps <= r->steps_max
            && dln_str_is(t->step[1], r->step[1]))
            return r;
    }
    return NULL;
}

static const dln_listing *listing_of(const dln_target *t)
{
    for (size_t i = 0; t->steps == 2 && i < dln_serve__listing_count; i++)
        if (dln_str_is(t->step[1], dln_serve__listings[i].path))
            return &dln_serve__listings[i];
    return NULL;
}

/* "events.csv" → "events", and true. */
static bool cut_csv(dln_target *t)
{
    dln_str *last = &t->step[t->steps - 1];
    if (t->steps != 2 || !dln_str_ends(*last, DLN_STR(".csv")))
        return false;
    last->len -= 4;
    return true;
}

static void call_api(dln_server *server, const dln_request *request,
                     dln_target *target, dln_response *response)
{
    dln_call call = {.options = &server->options, .request = request,
                     .readers = server->readers, .target = target,
                     .error = {DLN_OK, ""}};
    call.csv = cut_csv(target);
    bool post = dln_str_is(request->method, "POST");
    bool review = post && target->steps == 2 && !call.csv
                  && dln_str_is(target->step[1], "reviews");
    const route *r = route_of(target);
    const dln_listing *listing = listing_of(target);
    if ((!r && !listing) || (r && call.csv && !r->csv)) {
        say(response, 404, "no such path; docs/openapi.json lists them");
        return;
    }
    if (post && !review) {
        say(response, 405, "only GET");
        return;
    }
    response->type = call.csv ? "text/csv; charset=utf-8; header=present"
                              : "application/json";
    response->attachment = call.csv;
    bool guarded = r && r->guarded;
    dln_status status = dln_serve__take(server->readers, guarded,
                                        &call.store, &call.error);
    if (status == DLN_OK) {
        uint32_t limit = server->options.milliseconds;
        dln_store_deadline(call.store, guarded && limit > QUERY_MS
                                           ? QUERY_MS : limit);
        status = review ? dln_serve__review(&call, response)
                 : r    ? r->run(&call, response)
                        : dln_serve__listing(&call, listing, response);
        dln_store_deadline(call.store, 0);
        dln_serve__put(server->readers, call.store);
    }
    if (status == DLN_OK && response->body.oom)
        status = dln_fail(&call.error, DLN_NOMEM,
                          "the answer is too large; ask for fewer rows");
    if (status != DLN_OK)
        say(response, response->code != 200 ? response->code
                                            : code_of(status),
            *call.error.text ? call.error.text : dln_status_text(status));
}

static void give_asset(const dln_asset *asset, const dln_request *request,
                       dln_response *response)
{
    dln_str rest = request->encoding, one;
    response->type = asset->type;
    response->etag = asset->etag;
    if (dln_str_is(request->etag, asset->etag)) {
        response->code = 304;
        return;
    }
    while (dln_str_cut(&rest, ',', &one)) {
        one = dln_str_trim(one);
        response->packed |= dln_str_is(one, "gzip");
    }
    if (response->packed)
        response->fixed = (dln_str){(const char *)asset->packed,
                                    asset->packed_len};
    else
        response->fixed = (dln_str){(const char *)asset->plain,
                                    asset->plain_len};
}

static bool is_asset(const dln_target *t, const char *path)
{
    if (!t->steps)
        return !strcmp(path, "index.html");
    return t->steps == 1 && dln_str_is(t->step[0], path);
}

/* A page elsewhere must not send a request in the reader's name. */
static bool foreign(const dln_request *request)
{
    dln_str origin = request->origin;
    if (!origin.len)
        return false;
    size_t at = dln_str_find(origin, DLN_STR("://"), 0);
    return !dln_str_eq(dln_str_sub(origin, at + 3, origin.len),
                       request->host);
}

static void answer(dln_server *server, const dln_request *request,
                   dln_target *target, dln_response *response)
{
    bool get = dln_str_is(request->method, "GET")
               || dln_str_is(request->method, "HEAD");
    if (!get && !dln_str_is(request->method, "POST")) {
        say(response, 405, "only GET and HEAD");
    } else if (!dln_serve__host(request->host, server->options.host)) {
        say(response, 421, "this is not the host you mean; see --host");
    } else if (foreign(request)) {
        say(response, 403, "another page may not ask this");
    } else if (!dln_serve__target(target, request->target)) {
        say(response, 400, "the address is malformed");
    } else if (target->steps && dln_str_is(target->step[0], "api")) {
        if (target->steps == 1)
            say(response, 404, "docs/openapi.json lists the paths");
        else
            call_api(server, request, target, response);
    } else {
        for (size_t i = 0; get && i < dln_serve__asset_count; i++) {
            if (is_asset(target, dln_serve__assets[i].path)) {
                give_asset(&dln_serve__assets[i], request, response);
                return;
            }
        }
        say(response, 404, "no such page");
    }
}

void dln_server_answer(dln_server *server, const dln_request *request,
                       dln_response *response)
{
    *response = (dln_response){.code = 200, .type = "application/json"};
    dln_buf_init(&response->body, (size_t)96 << 20);
    dln_target *target = malloc(sizeof *target);
    if (!target) {
        say(response, 503, "out of memory");
        return;
    }
    answer(server, request, target, response);
    free(target);
}

dln_status dln_server_open(dln_server **out,
                           const dln_server_options *options,
                           dln_error *error)
{
    *out = calloc(1, sizeof **out);
    if (!*out)
        return dln_fail(error, DLN_NOMEM, "out of memory");
    (*out)->options = *options;
    if (!(*out)->options.address)
        (*out)->options.address = "127.0.0.1";
    if (!(*out)->options.milliseconds)
        (*out)->options.milliseconds = 5000;
    dln_store_memory((uint64_t)1 << 30);
    return dln_serve__readers(&(*out)->readers, options->record, error);
}
