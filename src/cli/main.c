/* SPDX-License-Identifier: Apache-2.0 */
#define _GNU_SOURCE
#include <signal.h>
#include <stdbool.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cli/cli.h"

typedef struct command {
    const char *group, *name;
    int (*run)(int argc, char **argv);
    const char *summary;
} command;

static const command commands[] = {
#define X(group, name, function, summary) {group, name, function, summary},
    DLN_COMMAND_LIST(X)
#undef X
};
#define COMMAND_COUNT (sizeof commands / sizeof *commands)

static char datadir[4200], models[4200];

const char *dln_cli_datadir(void)
{
    return datadir;
}

const char *dln_cli_models(void)
{
    return models;
}

static bool try_root(const char *root)
{
    struct stat info;
    snprintf(datadir, sizeof datadir, "%s/data", root);
    snprintf(models, sizeof models, "%s/models", root);
    return !stat(datadir, &info) && S_ISDIR(info.st_mode);
}

static void find_data(void)
{
    char program[4096], root[4160];
    const char *given = getenv("DATELINE_DATA");
    if (given && *given) {
        try_root(given);
        return;
    }
    ssize_t n = readlink("/proc/self/exe", program, sizeof program - 1);
    if (n <= 0)
        return;
    program[n] = '\0';
    char *slash = strrchr(program, '/');
    if (slash)
        *slash = '\0';
    snprintf(root, sizeof root, "%s/../share/dateline", program);
    if (try_root(root))
        return;
    snprintf(root, sizeof root, "%s/..", program);
    try_root(root);
}

void dln_cli_say(const char *format, ...)
{
    va_list args;
    fputs("dateline: ", stderr);
    va_start(args, format);
    vfprintf(stderr, format, args);
    va_end(args);
    fputc('\n', stderr);
}

int dln_cli_exit(dln_status status)
{
    switch (status) {
    case DLN_END:
    case DLN_OK: return DLN_EXIT_OK;
    case DLN_WARN:
    case DLN_FAILED: return DLN_EXIT_SOME_FAILED;
    case DLN_BADARG: return DLN_EXIT_USAGE;
    case DLN_BADDATA: return DLN_EXIT_DATA;
    case DLN_NOINPUT: return DLN_EXIT_NOINPUT;
    case DLN_NOCREATE: return DLN_EXIT_NOCREATE;
    case DLN_NOMEM: return DLN_EXIT_AGAIN;
    case DLN_IO: return DLN_EXIT_IO;
    }
    return DLN_EXIT_IO;
}

static void help(FILE *out)
{
    const char *group = "";
    fputs("usage: dateline COMMAND [ARGUMENT...]\n"
          "Reads news reports and writes the sourced record of a conflict "
          "or a peace process.\n", out);
    for (size_t i = 0; i < COMMAND_COUNT; i++) {
        if (strcmp(group, commands[i].group))
            fprintf(out, "\n%s\n", commands[i].group);
        group = commands[i].group;
        fprintf(out, "  %-12s %s\n", commands[i].name, commands[i].summary);
    }
    fputs("\n'dateline COMMAND --help' tells more.\n", out);
}

int main(int argc, char **argv)
{
    signal(SIGPIPE, SIG_DFL);
    if (argc < 2) {
        help(stderr);
        return DLN_EXIT_USAGE;
    }
    if (!strcmp(argv[1], "--help") || !strcmp(argv[1], "-h")
        || !strcmp(argv[1], "help")) {
        help(stdout);
        return DLN_EXIT_OK;
    }
    const char *name = !strcmp(argv[1], "--version") ? "version" : argv[1];
    find_data();
    for (size_t i = 0; i < COMMAND_COUNT; i++) {
        if (!strcmp(name, commands[i].name)) {
            int code = commands[i].run(argc - 1, argv + 1);
            if (fflush(stdout) || ferror(stdout)) {
                dln_cli_say("cannot write to standard output");
                return DLN_EXIT_IO;
            }
            return code;
        }
    }
    dln_cli_say("no command '%s'; 'dateline --help' lists them", name);
    return DLN_EXIT_USAGE;
}
