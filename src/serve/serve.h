/* SPDX-License-Identifier: Apache-2.0 */
/*
 * serve: the explorer. A record over HTTP, read-only, for a browser on the
 * same machine: the page, embedded in the program, and a JSON interface with
 * stable paths (docs/openapi.json), each list with a twin in CSV.
 *
 *     dln_server *server;
 *     DLN_TRY(dln_server_open(&server, &options, error));
 *     DLN_TRY(dln_server_listen(server, error));   // threads answer now
 *     ... wait for a signal ...
 *     dln_server_close(server);   // requests under way are answered first
 *
 * Guards: the Host header must be an address, "localhost" or a name given
 * (against DNS rebinding); the page may load nothing from elsewhere and run
 * no script of a report's (Content-Security-Policy); every query has a limit
 * of time, memory and rows; reviews are taken only with the token.
 */
#ifndef DLN_SERVE_SERVE_H
#define DLN_SERVE_SERVE_H

#include "base/buf.h"

typedef struct dln_server dln_server;

typedef struct dln_server_options {
    size_t size;            /* sizeof this struct */
    const char *record;
    const char *address;    /* to listen at; NULL: 127.0.0.1 */
    uint16_t port;          /* 0: any */
    const char *host;       /* a further name it answers to, or NULL */
    const char *token;      /* reviews need it; NULL: no reviews */
    uint32_t milliseconds;  /* of a request's queries; 0: 5000 */
} dln_server_options;

/* Opens the record: dln_store_open's statuses. Close it in any case. */
DLN_NODISCARD dln_status dln_server_open(dln_server **out,
                                         const dln_server_options *options,
                                         dln_error *error);
/* DLN_NOCREATE: the address cannot be listened at. */
DLN_NODISCARD dln_status dln_server_listen(dln_server *server,
                                           dln_error *error);
/* The port it listens at. */
uint16_t dln_server_port(const dln_server *server);
void dln_server_close(dln_server *server);

/* --- one request, without a network ----------------------------------- */

typedef struct dln_request {
    dln_str method, target;         /* as sent: "/api/events?from=2021" */
    dln_str host, origin, type, token, etag, encoding;  /* headers */
    dln_str body;
} dln_request;

typedef struct dln_response {
    unsigned code;
    const char *type;       /* Content-Type */
    dln_buf body;           /* unless `fixed` */
    dln_str fixed;          /* of the program, lives on */
    const char *etag;       /* NULL: not to be kept */
    bool packed;            /* gzip */
    bool attachment;        /* to be saved, not shown */
} dln_response;

/* Any thread. Release response->body. */
void dln_server_answer(dln_server *server, const dln_request *request,
                       dln_response *response);

#endif
