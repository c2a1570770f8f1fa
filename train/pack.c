/* SPDX-License-Identifier: Apache-2.0 */
#include "pack.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/io.h"
#include "model/weights.h"

void pack_stop(const char *format, ...)
{
    va_list args;
    va_start(args, format);
    vfprintf(stderr, format, args);
    va_end(args);
    fputc('\n', stderr);
    exit(1);
}

void *pack_array(size_t count, size_t size)
{
    void *p = calloc(count ? count : 1, size);
    if (!p)
        pack_stop("out of memory");
    return p;
}

void *pack_resize(void *old, size_t count, size_t size)
{
    void *p = realloc(old, count * size);
    if (!p)
        pack_stop("out of memory");
    return p;
}

void pack_u32(dln_buf *out, uint32_t v)
{
    dln_buf_add(out, &v, sizeof v);
}

void pack_u64(dln_buf *out, uint64_t v)
{
    dln_buf_add(out, &v, sizeof v);
}

void pack_add(pack_table *table, uint64_t key, uint32_t value)
{
    if (table->count == table->cap) {
        table->cap = table->cap ? table->cap * 2 : 1024;
        table->at = pack_resize(table->at, table->cap, sizeof *table->at);
    }
    table->at[table->count++] = (pack_pair){key, value};
}

void pack_table_write(pack_table *table, dln_buf *out)
{
    uint32_t n = (uint32_t)((uint64_t)table->count * 5 / 4) + 2;
    uint32_t (*slots)[2] = pack_array(n, sizeof *slots);
    for (uint32_t i = 0; i < table->count; i++) {
        uint64_t key = table->at[i].key;
        uint32_t at = (uint32_t)(((key >> 32) * n) >> 32);
        uint32_t mark = (uint32_t)key | !(uint32_t)key;
        while (slots[at][0])
            at = at + 1 == n ? 0 : at + 1;
        slots[at][0] = mark;
        slots[at][1] = table->at[i].value;
    }
    pack_u32(out, n);
    pack_u32(out, 0);
    dln_buf_add(out, slots, (size_t)n * sizeof *slots);
    free(slots);
    free(table->at);
    *table = (pack_table){0};
}

void pack_weight(pack_table *table, uint64_t key, double weight,
                 double scale, uint32_t zero, double least)
{
    int32_t v = (int32_t)lround(weight * scale);
    if (abs(v) >= (int)least)
        pack_add(table, key, (uint32_t)(v + (int32_t)zero));
}

double pack_setting(const char *name, double usual)
{
    const char *text = getenv(name);
    return text ? strtod(text, NULL) : usual;
}

dln_buf *pack_section(pack_file *file, const char *name)
{
    if (file->count == PACK_SECTIONS)
        pack_stop("too many sections");
    file->sections[file->count].name = name;
    dln_buf_init(&file->sections[file->count].data, 0);
    return &file->sections[file->count++].data;
}

static void put_file(const pack_file *file, dln_buf *out)
{
    size_t at = 32 + 24 * (size_t)file->count;
    dln_buf_add(out, "DLNMODEL", 8);
    pack_u32(out, DLN_WEIGHTS_VERSION);
    pack_u32(out, file->count);
    pack_u64(out, 0);
    pack_u64(out, 0);
    for (uint32_t i = 0; i < file->count; i++) {
        char name[8] = {0};
        for (size_t k = 0; k < 8 && file->sections[i].name[k]; k++)
            name[k] = file->sections[i].name[k];
        dln_buf_add(out, name, 8);
        pack_u64(out, at);
        pack_u64(out, file->sections[i].data.len);
        at += (file->sections[i].data.len + 7) / 8 * 8;
    }
    for (uint32_t i = 0; i < file->count; i++) {
        dln_buf_str(out, dln_buf_view(&file->sections[i].data));
        while (out->len % 8)
            dln_buf_char(out, 0);
    }
    if (out->oom)
        pack_stop("out of memory");
    uint64_t len = out->len;
    memcpy(out->data + 16, &len, 8);
    uint64_t sum = dln_weights_checksum((unsigned char *)out->data,
                                        out->len);
    memcpy(out->data + 24, &sum, 8);
}

void pack_file_write(const pack_file *file, const char *path)
{
    dln_error error = {DLN_OK, ""};
    dln_buf out;
    dln_buf_init(&out, 0);
    put_file(file, &out);
    if (dln_io_write(path, dln_buf_view(&out), &error) != DLN_OK)
        pack_stop("%s", error.text);
    printf("%s: %zu bytes\n", path, out.len);
    dln_buf_release(&out);
}
