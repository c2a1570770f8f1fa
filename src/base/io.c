/* SPDX-License-Identifier: Apache-2.0 */
#define _GNU_SOURCE /* O_CLOEXEC, mkostemp */
#include "base/io.h"

#include <errno.h>
#include <fcntl.h>
#include <sha2.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <unistd.h>

#define CHUNK ((size_t)64 * 1024)

static dln_status open_failed(const char *path, dln_error *error)
{
    dln_status status = errno == ENOENT || errno == ENOTDIR ? DLN_NOINPUT
                                                            : DLN_IO;
    return dln_fail(error, status, "cannot open %s: %s", path,
                    strerror(errno));
}

static ssize_t read_some(int fd, void *data, size_t len)
{
    ssize_t n;
    do
        n = read(fd, data, len);
    while (n < 0 && errno == EINTR);
    return n;
}

dln_status dln_io_read(dln_buf *out, const char *path, dln_error *error)
{
    dln_status status = DLN_OK;
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return open_failed(path, error);
    struct stat info;
    if (!fstat(fd, &info) && S_ISDIR(info.st_mode)) {
        close(fd);
        return dln_fail(error, DLN_IO, "%s is a folder", path);
    }
    dln_buf_clear(out);
    char *chunk = malloc(CHUNK);
    if (!chunk) {
        close(fd);
        return dln_fail(error, DLN_NOMEM, "out of memory");
    }
    for (;;) {
        ssize_t n = read_some(fd, chunk, CHUNK);
        if (n < 0)
            status = dln_fail(error, DLN_IO, "cannot read %s: %s", path,
                              strerror(errno));
        if (n <= 0)
            break;
        dln_buf_add(out, chunk, (size_t)n);
        if (out->oom) {
            status = dln_fail(error, DLN_FAILED,
                              "%s is larger than %zu bytes", path, out->max);
            break;
        }
    }
    free(chunk);
    close(fd);
    return status;
}

dln_status dln_io_map(dln_mapping *out, const char *path, dln_error *error)
{
    *out = (dln_mapping){0};
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return open_failed(path, error);
    struct stat info;
    dln_status status = DLN_OK;
    if (fstat(fd, &info) || !S_ISREG(info.st_mode)) {
        status = dln_fail(error, DLN_IO, "%s is not a regular file", path);
    } else if (info.st_size > 0) {
        void *data = mmap(NULL, (size_t)info.st_size, PROT_READ, MAP_SHARED,
                          fd, 0);
        if (data == MAP_FAILED)
            status = dln_fail(error, DLN_IO, "cannot map %s: %s", path,
                              strerror(errno));
        else
            *out = (dln_mapping){data, (size_t)info.st_size};
    }
    close(fd);
    return status;
}

void dln_io_unmap(dln_mapping *mapping)
{
    if (mapping->data)
        munmap((void *)(uintptr_t)mapping->data, mapping->len);
    *mapping = (dln_mapping){0};
}

static bool write_all(int fd, dln_str data)
{
    for (size_t at = 0; at < data.len;) {
        ssize_t n = write(fd, data.data + at, data.len - at);
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return false;
        at += (size_t)n;
    }
    return true;
}

dln_status dln_io_write(const char *path, dln_str data, dln_error *error)
{
    char temporary[4096];
    int n = snprintf(temporary, sizeof temporary, "%s.XXXXXX", path);
    if (n < 0 || (size_t)n >= sizeof temporary)
        return dln_fail(error, DLN_BADARG, "path too long");
    int fd = mkostemp(temporary, O_CLOEXEC);
    if (fd < 0)
        return dln_fail(error, DLN_NOCREATE, "cannot write %s: %s", path,
                        strerror(errno));
    bool fine = write_all(fd, data) && !fchmod(fd, 0644) && !fsync(fd);
    fine = !close(fd) && fine;
    if (fine && !rename(temporary, path))
        return DLN_OK;
    dln_fail(error, DLN_IO, "cannot write %s: %s", path, strerror(errno));
    unlink(temporary);
    return DLN_IO;
}

dln_status dln_lines_init(dln_lines *lines, int fd, size_t max)
{
    *lines = (dln_lines){.fd = fd, .max = max, .chunk = malloc(CHUNK)};
    dln_buf_init(&lines->line, max);
    return lines->chunk ? DLN_OK : DLN_NOMEM;
}

void dln_lines_release(dln_lines *lines)
{
    free(lines->chunk);
    lines->chunk = NULL;
    dln_buf_release(&lines->line);
}

dln_status dln_lines_next(dln_lines *lines, dln_str *line)
{
    bool any = false;
    dln_buf_clear(&lines->line);
    *line = (dln_str){0};
    lines->offset = lines->next_offset;
    for (;;) {
        if (lines->chunk_at == lines->chunk_len) {
            ssize_t n = lines->read
                            ? lines->read(lines->user, lines->chunk, CHUNK)
                            : read_some(lines->fd, lines->chunk, CHUNK);
            if (n < 0)
                return DLN_IO;
            lines->chunk_at = 0;
            lines->chunk_len = (size_t)n;
            if (n == 0)
                break;
        }
        any = true;
        const char *from = lines->chunk + lines->chunk_at;
        size_t left = lines->chunk_len - lines->chunk_at;
        const char *newline = memchr(from, '\n', left);
        size_t n = newline ? (size_t)(newline - from) : left;
        dln_buf_add(&lines->line, from, n);
        lines->chunk_at += n + (newline != NULL);
        lines->next_offset += n + (newline != NULL);
        if (newline)
            break;
    }
    if (!any)
        return DLN_END;
    lines->number++;
    if (lines->line.oom)
        return DLN_FAILED;
    *line = dln_buf_view(&lines->line);
    if (line->len && line->data[line->len - 1] == '\r')
        line->len--;
    return DLN_OK;
}

void dln_sha256_hex(char out[65], dln_str data)
{
    SHA256Data((const uint8_t *)(data.data ? data.data : ""), data.len, out);
}

void dln_content_id(char out[17], const dln_str *pieces, size_t count)
{
    SHA2_CTX context;
    char hex[SHA256_DIGEST_STRING_LENGTH];
    SHA256Init(&context);
    for (size_t i = 0; i < count; i++) {
        uint8_t size[8];
        for (unsigned b = 0; b < 8; b++)
            size[b] = (uint8_t)((uint64_t)pieces[i].len >> (8 * b));
        SHA256Update(&context, size, sizeof size);
        if (pieces[i].len)
            SHA256Update(&context, (const uint8_t *)pieces[i].data,
                         pieces[i].len);
    }
    SHA256End(&context, hex);
    memcpy(out, hex, 16);
    out[16] = '\0';
}
