/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The network side: libmicrohttpd reads requests and writes responses, four
 * threads with epoll, so that slow clients cost a connection and no thread.
 * A connection that is silent for 20 seconds is closed; there are at most
 * 800. Bodies are read only for POST, up to 64 kB.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <microhttpd.h>
#include <netdb.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>

#include "serve/answer_p.h"

enum { THREADS = 4, CONNECTIONS = 800, SILENCE = 20, HEAD_BYTES = 32 << 10,
       POST_BYTES = 64 << 10 };

/* What is gathered of one request. */
typedef struct gathered {
    dln_buf target, body;
    bool begun;
} gathered;

static void *keep_target(void *user, const char *uri,
                         struct MHD_Connection *connection)
{
    (void)user, (void)connection;
    gathered *g = calloc(1, sizeof *g);
    if (!g)
        return NULL;
    dln_buf_init(&g->target, DLN_TARGET_BYTES + 2);
    dln_buf_init(&g->body, POST_BYTES);
    dln_buf_str(&g->target, dln_str_of(uri));
    return g;
}

static void forget(void *user, struct MHD_Connection *connection,
                   void **state, enum MHD_RequestTerminationCode why)
{
    (void)user, (void)connection, (void)why;
    gathered *g = *state;
    if (!g)
        return;
    dln_buf_release(&g->target);
    dln_buf_release(&g->body);
    free(g);
    *state = NULL;
}

static void header(struct MHD_Response *out, const char *name,
                   const char *value)
{
    (void)MHD_add_response_header(out, name, value);
}

static void add_headers(struct MHD_Response *out, const dln_response *r)
{
    header(out, "Content-Type", r->type);
    header(out, "Content-Security-Policy",
           "default-src 'none'; script-src 'self'; style-src 'self'; "
           "img-src 'self' data:; connect-src 'self'; base-uri 'none'; "
           "form-action 'none'; frame-ancestors 'none'");
    header(out, "X-Content-Type-Options", "nosniff");
    header(out, "X-Frame-Options", "DENY");
    header(out, "Referrer-Policy", "no-referrer");
    header(out, "Cross-Origin-Opener-Policy", "same-origin");
    header(out, "Cross-Origin-Resource-Policy", "same-origin");
    header(out, "Cache-Control", r->etag ? "no-cache" : "no-store");
    header(out, "Vary", "Accept-Encoding");
    if (r->etag)
        header(out, "ETag", r->etag);
    if (r->packed)
        header(out, "Content-Encoding", "gzip");
    if (r->attachment)
        header(out, "Content-Disposition",
               "attachment; filename=\"dateline.csv\"");
}

static enum MHD_Result reply(struct MHD_Connection *connection,
                             dln_response *r)
{
    struct MHD_Response *out;
    if (r->fixed.data || !r->body.len) {
        out = MHD_create_response_from_buffer(
            r->fixed.len, (void *)(uintptr_t)r->fixed.data,
            MHD_RESPMEM_PERSISTENT);
    } else {
        out = MHD_create_response_from_buffer(r->body.len, r->body.data,
                                              MHD_RESPMEM_MUST_FREE);
        if (out)
            r->body = (dln_buf){0};
    }
    if (!out)
        return MHD_NO;
    add_headers(out, r);
    if (r->code == 405)
        header(out, "Allow", "GET, HEAD");
    enum MHD_Result sent = MHD_queue_response(connection, r->code, out);
    MHD_destroy_response(out);
    return sent;
}

static dln_str head(struct MHD_Connection *connection, const char *name)
{
    return dln_str_of(MHD_lookup_connection_value(
        connection, MHD_HEADER_KIND, name));
}

static enum MHD_Result handle(void *user, struct MHD_Connection *connection,
                              const char *url, const char *method,
                              const char *version, const char *upload,
                              size_t *upload_size, void **state)
{
    (void)url, (void)version;
    gathered *g = *state;
    if (!g)
        return MHD_NO;
    if (!g->begun) {
        g->begun = true;
        return MHD_YES;
    }
    if (*upload_size) {
        if (!g->body.oom)
            dln_buf_add(&g->body, upload, *upload_size);
        *upload_size = 0;
        return MHD_YES;
    }
    dln_request request = {
        .method = dln_str_of(method),
        .target = g->target.oom ? (dln_str){"", 0} : dln_buf_view(&g->target),
        .host = head(connection, "Host"),
        .origin = head(connection, "Origin"),
        .type = head(connection, "Content-Type"),
        .token = head(connection, "X-Dateline-Token"),
        .etag = head(connection, "If-None-Match"),
        .encoding = head(connection, "Accept-Encoding"),
        .body = g->body.oom ? (dln_str){"", 0} : dln_buf_view(&g->body),
    };
    dln_response response;
    dln_server_answer(user, &request, &response);
    enum MHD_Result sent = reply(connection, &response);
    dln_buf_release(&response.body);
    return sent;
}

static dln_status start(dln_server *server, const struct addrinfo *at,
                        dln_error *error)
{
    unsigned flags = MHD_USE_EPOLL_INTERNAL_THREAD;
    if (at->ai_family == AF_INET6)
        flags |= MHD_USE_IPv6;
    server->daemon = MHD_start_daemon(
        flags, server->options.port, NULL, NULL, handle, server,
        MHD_OPTION_SOCK_ADDR, at->ai_addr,
        MHD_OPTION_THREAD_POOL_SIZE, (unsigned)THREADS,
        MHD_OPTION_CONNECTION_LIMIT, (unsigned)CONNECTIONS,
        MHD_OPTION_CONNECTION_TIMEOUT, (unsigned)SILENCE,
        MHD_OPTION_CONNECTION_MEMORY_LIMIT, (size_t)HEAD_BYTES,
        MHD_OPTION_URI_LOG_CALLBACK, keep_target, NULL,
        MHD_OPTION_NOTIFY_COMPLETED, forget, NULL, MHD_OPTION_END);
    if (server->daemon)
        return DLN_OK;
    return dln_fail(error, DLN_NOCREATE, "cannot listen at %s port %u",
                    server->options.address,
                    (unsigned)server->options.port);
}

dln_status dln_server_listen(dln_server *server, dln_error *error)
{
    struct addrinfo want = {.ai_flags = AI_NUMERICHOST | AI_NUMERICSERV
                                        | AI_PASSIVE,
                            .ai_socktype = SOCK_STREAM}, *at = NULL;
    char port[8];
    snprintf(port, sizeof port, "%u", (unsigned)server->options.port);
    if (getaddrinfo(server->options.address, port, &want, &at))
        return dln_fail(error, DLN_BADARG, "%s is no address",
                        server->options.address);
    dln_status status = start(server, at, error);
    freeaddrinfo(at);
    return status;
}

uint16_t dln_server_port(const dln_server *server)
{
    const union MHD_DaemonInfo *info = MHD_get_daemon_info(
        server->daemon, MHD_DAEMON_INFO_BIND_PORT);
    return info ? info->port : 0;
}

void dln_server_close(dln_server *server)
{
    if (!server)
        return;
    if (server->daemon)
        MHD_stop_daemon(server->daemon);
    dln_serve__readers_free(server->readers);
    free(server);
}
