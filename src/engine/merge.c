/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The reducer: lines of `code` and records → one record.
 *
 * What each report says is put as it is; layer 3 is made once, at the end. So
 * the outcome depends on the set of reports alone, not on how they were
 * sharded or in which order the parts come.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/io.h"
#include "engine/build.h"
#include "engine/engine_p.h"

/* The longest line: a report's text and all that was found in it. */
#define MAX_LINE ((size_t)1 << 30)

static void tell(const dln_build_options *options, dln_build_result *result)
{
    if (options->progress)
        options->progress(result, options->user);
}

static dln_status merge_lines(dln_store *store, int fd, const char *name,
                              const dln_build_options *options,
                              dln_build_result *result, dln_error *error)
{
    dln_lines lines;
    dln_str line;
    dln_status status;
    DLN_TRY(dln_lines_init(&lines, fd, MAX_LINE));
    uint64_t before = result->done;
    while ((status = dln_lines_next(&lines, &line)) == DLN_OK
           || status == DLN_FAILED) {
        dln_error why = {DLN_OK, "line too long"};
        if (status == DLN_OK && !dln_str_trim(line).len)
            continue;
        if (status == DLN_OK)
            status = dln_store_put_rows(store, line, &why);
        result->seen++;
        result->bytes += line.len;
        result->done = before + lines.offset;
        if (status == DLN_FAILED) {
            char uri[4200];
            result->failed++;
            snprintf(uri, sizeof uri, "%s#%llu", name,
                     (unsigned long long)lines.number);
            status = dln_store_failed(store, dln_str_of(uri), "store",
                                      dln_str_of(why.text), &why);
        }
        if (status != DLN_OK) {
            *error = why;
            break;
        }
        tell(options, result);
    }
    dln_lines_release(&lines);
    if (status == DLN_IO)
        return dln_fail(error, status, "cannot read %s", name);
    return status == DLN_END ? DLN_OK : status;
}

static bool is_record(int fd)
{
    char head[16];
    ssize_t n = pread(fd, head, sizeof head, 0);
    return n == 16 && !memcmp(head, "SQLite format 3", 16);
}

static dln_status merge_input(dln_store *store, const char *path,
                              const dln_build_options *options,
                              dln_build_result *result, dln_error *error)
{
    if (!strcmp(path, "-"))
        return merge_lines(store, STDIN_FILENO, path, options, result,
                           error);
    struct stat info;
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0 || fstat(fd, &info)) {
        dln_status status = dln_fail(
            error, errno == ENOENT ? DLN_NOINPUT : DLN_IO,
            "cannot open %s: %s", path, strerror(errno));
        if (fd >= 0)
            close(fd);
        return status;
    }
    bool record = is_record(fd);
    dln_status status = DLN_OK;
    if (S_ISDIR(info.st_mode))
        status = dln_fail(error, DLN_BADDATA, "%s is a folder", path);
    else if (!record)
        status = merge_lines(store, fd, path, options, result, error);
    close(fd);
    if (record)
        status = dln_store_put_record(store, path, &result->seen, error);
    tell(options, result);
    return status;
}

dln_status dln_engine_merge(const dln_engine *engine,
                            const char *const *inputs, size_t count,
                            const dln_build_options *options,
                            dln_build_result *result, dln_error *error)
{
    dln_identity identity;
    dln_store *store = NULL;
    *result = (dln_build_result){0};
    if (options->progress)
        result->total = dln_ingest_total(inputs, count);
    DLN_TRY(dln_engine__identify(engine, &identity, error));
    dln_store_options write = {.size = sizeof write,
                               .coder = dln_str_of(identity.coder),
                               .now = options->now};
    dln_status status = dln_store_begin(&store, options->out, &write, error);
    for (size_t i = 0; status == DLN_OK && i < count; i++)
        status = merge_input(store, inputs[i], options, result, error);
    if (status == DLN_OK)
        status = dln_engine__finish(engine, store, &identity, error);
    dln_store_close(store);
    return status;
}
