/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A folder that fills: built once, then again whenever files have come.
 *
 * The folder is looked at every second (which works over networks, too). A
 * file is read when two looks found it the same; what was read is remembered
 * by path, size and time, so a look costs no reading. A build that is told to
 * end does so between two builds: a record is always whole.
 */
#define _GNU_SOURCE
#include <dirent.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/arena.h"
#include "cli/cli.h"
#include "cli/job.h"

#define MAX_DEPTH 64

typedef struct marks {
    uint64_t *at;           /* sorted hashes of path, size and time */
    size_t count, cap;
} marks;

typedef struct watch {
    dln_job *job;
    marks read, now;        /* files read; files of this look */
    uint64_t last;          /* what the last look found, in one number */
} watch;

static volatile sig_atomic_t ended;

static void on_signal(int number)
{
    (void)number;
    ended = 1;
}

static uint64_t mark_of(const char *path, const struct stat *info)
{
    const int64_t facts[] = {(int64_t)info->st_size,
                             (int64_t)info->st_mtim.tv_sec,
                             (int64_t)info->st_mtim.tv_nsec};
    return dln_hash(path, strlen(path), dln_hash(facts, sizeof facts, 0));
}

static void add(marks *m, uint64_t mark)
{
    if (m->count == m->cap) {
        size_t cap = m->cap ? 2 * m->cap : 1024;
        uint64_t *grown = realloc(m->at, cap * sizeof *grown);
        if (!grown)
            return;         /* it is read again, which changes nothing */
        m->at = grown;
        m->cap = cap;
    }
    m->at[m->count++] = mark;
}

static int by_value(const void *a, const void *b)
{
    uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
    return x < y ? -1 : x > y;
}

static bool has(const marks *m, uint64_t mark)
{
    return m->count
           && bsearch(&mark, m->at, m->count, sizeof *m->at, by_value);
}

static void look(watch *w, const char *path, int depth)
{
    DIR *dir = depth < MAX_DEPTH ? opendir(path) : NULL;
    for (struct dirent *e; dir && (e = readdir(dir));) {
        char below[4096];
        struct stat info;
        int n = snprintf(below, sizeof below, "%s/%s", path, e->d_name);
        if (e->d_name[0] == '.' || n < 0 || (size_t)n >= sizeof below
            || lstat(below, &info))
            continue;
        if (S_ISDIR(info.st_mode))
            look(w, below, depth + 1);
        else if (S_ISREG(info.st_mode))
            add(&w->now, mark_of(below, &info));
    }
    if (dir)
        closedir(dir);
}

/* Files that are as they were when they were read. */
static bool is_read(const char *path, const struct stat *info, void *user)
{
    dln_job *job = user;
    return has(job->known, mark_of(path, info));
}

/* Is there something new that has stopped changing? */
static bool is_ready(watch *w)
{
    bool fresh = false;
    w->now.count = 0;
    look(w, w->job->watch, 0);
    if (w->now.count)
        qsort(w->now.at, w->now.count, sizeof *w->now.at, by_value);
    uint64_t all = dln_hash(w->now.at ? (void *)w->now.at : "",
                            w->now.count * sizeof *w->now.at, 1);
    for (size_t i = 0; i < w->now.count && !fresh; i++)
        fresh = !has(&w->read, w->now.at[i]);
    bool still = all == w->last;
    w->last = all;
    return fresh && still;
}

static void remember(watch *w)
{
    marks swap = w->read;
    w->read = w->now;
    w->now = swap;
}

static int run(watch *w, const dln_engine *engine)
{
    dln_job *job = w->job;
    const char *path = job->watch;
    int code = DLN_EXIT_OK;
    char *trimmed = strdup(path);
    for (size_t n = trimmed ? strlen(trimmed) : 0;
         n > 1 && trimmed[n - 1] == '/'; n--)
        trimmed[n - 1] = '\0';
    job->watch = trimmed ? trimmed : path;
    if (job->count) {
        code = dln_job_once(job, engine, dln_engine_build);
        if (code > DLN_EXIT_SOME_FAILED)
            ended = 1;
    }
    job->inputs = &job->watch;
    job->count = 1;
    job->known = &w->read;
    job->build.skip = is_read;
    while (!ended) {
        if (!is_ready(w)) {
            sleep(1);
            continue;
        }
        code = dln_job_once(job, engine, dln_engine_build);
        if (code > DLN_EXIT_SOME_FAILED)
            break;
        remember(w);
    }
    free(trimmed);
    return code;
}

int dln_job_watch(dln_job *job)
{
    watch w = {.job = job};
    struct stat info;
    struct sigaction action = {.sa_handler = on_signal};
    dln_engine *engine = NULL;
    if (stat(job->watch, &info) || !S_ISDIR(info.st_mode)) {
        dln_cli_say("cannot watch %s: no such folder", job->watch);
        return DLN_EXIT_NOINPUT;
    }
    sigaction(SIGINT, &action, NULL);
    sigaction(SIGTERM, &action, NULL);
    int code = dln_job_open(job, &engine);
    if (code < 0)
        code = run(&w, engine);
    dln_engine_close(engine);
    free(w.read.at);
    free(w.now.at);
    return code;
}
