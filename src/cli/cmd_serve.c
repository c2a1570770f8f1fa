/* SPDX-License-Identifier: Apache-2.0 */
/* serve: the explorer, until a signal comes. */
#define _GNU_SOURCE
#include <getopt.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/random.h>

#include "cli/cli.h"
#include "serve/serve.h"

static const char usage[] =
    "usage: dateline serve RECORD [--port N] [--address ADDRESS]\n"
    "           [--host NAME] [--review]\n"
    "Prints an address to open in a browser, and answers until it is stopped\n"
    "(Ctrl-C). It is read-only and, unless --address says otherwise, reached\n"
    "from this machine alone (127.0.0.1, port 8417; --port 0 takes any that\n"
    "is free). --host is a further name it may be called by. With --review\n"
    "whoever opens the address printed may mark rows right or wrong; that is\n"
    "kept in the record.\n";

static bool port_of(const char *text, uint16_t *out)
{
    char *end;
    long value = strtol(text, &end, 10);
    *out = (uint16_t)value;
    return end != text && !*end && value >= 0 && value <= 65535;
}

static bool make_token(char out[33])
{
    unsigned char bytes[16];
    if (getrandom(bytes, sizeof bytes, 0) != (ssize_t)sizeof bytes)
        return false;
    for (size_t i = 0; i < sizeof bytes; i++)
        snprintf(out + 2 * i, 3, "%02x", bytes[i]);
    return true;
}

/* -1 to go on, else the exit code. */
static int parse(int argc, char **argv, dln_server_options *out,
                 char token[33])
{
    static const struct option options[] = {
        {"port", required_argument, NULL, 'p'},
        {"address", required_argument, NULL, 'a'},
        {"host", required_argument, NULL, 'n'},
        {"review", no_argument, NULL, 'r'},
        {"help", no_argument, NULL, 'h'},
        {0},
    };
    *out = (dln_server_options){.size = sizeof *out,
                                .address = "127.0.0.1", .port = 8417};
    for (int c; (c = getopt_long(argc, argv, "hp:", options, NULL)) != -1;) {
        bool fine = true;
        if (c == 'h') {
            fputs(usage, stdout);
            return DLN_EXIT_OK;
        } else if (c == 'p') {
            fine = port_of(optarg, &out->port);
        } else if (c == 'a') {
            out->address = optarg;
        } else if (c == 'n') {
            out->host = optarg;
        } else if (c == 'r') {
            out->token = token;
        } else {
            fine = false;
        }
        if (!fine) {
            fputs(usage, stderr);
            return DLN_EXIT_USAGE;
        }
    }
    if (optind + 1 != argc) {
        fputs(usage, stderr);
        return DLN_EXIT_USAGE;
    }
    out->record = argv[optind];
    return -1;
}

static void say_where(const dln_server *server,
                      const dln_server_options *options)
{
    bool six = strchr(options->address, ':') != NULL;
    const char *address = options->address;
    if (!strcmp(address, "0.0.0.0") || !strcmp(address, "::")) {
        address = "127.0.0.1";
        six = false;
    }
    printf("http://%s%s%s:%u/%s%s\n", six ? "[" : "", address,
           six ? "]" : "", (unsigned)dln_server_port(server),
           options->token ? "#token=" : "",
           options->token ? options->token : "");
    fflush(stdout);
}

int dln_cmd_serve(int argc, char **argv)
{
    dln_server_options options;
    dln_server *server = NULL;
    dln_error error = {DLN_OK, ""};
    char token[33] = "";
    int code = parse(argc, argv, &options, token), signal_number;
    if (code >= 0)
        return code;
    if (options.token && !make_token(token)) {
        dln_cli_say("no random numbers for a token");
        return DLN_EXIT_AGAIN;
    }
    sigset_t stops;
    sigemptyset(&stops);
    sigaddset(&stops, SIGINT);
    sigaddset(&stops, SIGTERM);
    sigaddset(&stops, SIGHUP);
    pthread_sigmask(SIG_BLOCK, &stops, NULL);
    signal(SIGPIPE, SIG_IGN);
    dln_status status = dln_server_open(&server, &options, &error);
    if (status == DLN_OK)
        status = dln_server_listen(server, &error);
    if (status == DLN_OK) {
        say_where(server, &options);
        while (sigwait(&stops, &signal_number))
            ;
    } else {
        dln_cli_say("%s", error.text);
    }
    dln_server_close(server);
    return dln_cli_exit(status);
}
