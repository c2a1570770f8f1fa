/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Runs the built program for a test: DATELINE_PROGRAM names it. Output goes
 * to a buffer; the time and memory it took are kept.
 */
#ifndef DLN_TESTS_PROGRAM_H
#define DLN_TESTS_PROGRAM_H

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/io.h"
#include "tap.h"

typedef struct ran {
    int code;               /* exit code, -1: killed by a signal */
    double seconds;         /* of the processor, its own */
    long kilobytes;         /* most memory at once */
    dln_buf out;            /* standard output */
} ran;

static inline double processor_seconds(const struct rusage *use)
{
    return (double)use->ru_utime.tv_sec + (double)use->ru_stime.tv_sec
           + (double)(use->ru_utime.tv_usec + use->ru_stime.tv_usec) / 1e6;
}

/* A shell command: "$DATELINE" in it is the program. Standard error is kept
 * only with 2>&1. */
static inline ran run_shell(const char *format, ...) DLN_PRINTF(1, 2);
static inline ran run_shell(const char *format, ...)
{
    char command[8192];
    ran r = {.code = -1};
    int ends[2];
    va_list args;
    va_start(args, format);
    vsnprintf(command, sizeof command, format, args);
    va_end(args);
    dln_buf_init(&r.out, (size_t)64 << 20);
    fflush(stdout);
    if (pipe(ends))
        return r;
    pid_t child = fork();
    if (!child) {
        const char *program = getenv("DATELINE_PROGRAM");
        setenv("DATELINE", program ? program : "dateline", 1);
        dup2(ends[1], STDOUT_FILENO);
        close(ends[0]);
        close(ends[1]);
        if (!freopen("/dev/null", "r", stdin)
            || !freopen("/dev/null", "w", stderr))
            _exit(126);
        execl("/bin/sh", "sh", "-c", command, (char *)NULL);
        _exit(127);
    }
    close(ends[1]);
    char chunk[4096];
    for (ssize_t n; (n = read(ends[0], chunk, sizeof chunk)) > 0;)
        dln_buf_add(&r.out, chunk, (size_t)n);
    close(ends[0]);
    int status = 0;
    struct rusage use = {0};
    if (child > 0 && wait4(child, &status, 0, &use) == child
        && WIFEXITED(status))
        r.code = WEXITSTATUS(status);
    r.seconds = processor_seconds(&use);
    r.kilobytes = use.ru_maxrss;
    return r;
}

/* The exit code alone. */
#define exit_of(...) exit_of_(run_shell(__VA_ARGS__))
static inline int exit_of_(ran r)
{
    dln_buf_release(&r.out);
    return r.code;
}

/* A fresh folder, current from now on; test_folder_end removes it. */
static char test_folder[] = "dateline-test-XXXXXX";

static inline bool test_folder_begin(void)
{
    return mkdtemp(test_folder) && !chdir(test_folder);
}

static inline void test_folder_end(void)
{
    if (!chdir(".."))
        exit_of("chmod -R u+rwX %s; rm -rf %s", test_folder, test_folder);
}

#endif
