/* SPDX-License-Identifier: Apache-2.0 */
/* A file from anybody, opened as a record and checked. Inputs shorter than a
 * page are laid over a true record, so that the fuzzer need not make one:
 * the first two bytes say where. */
#define _GNU_SOURCE
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/io.h"
#include "store/store.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void ignore(const dln_violation *violation, void *user)
{
    *(uint64_t *)user += violation->row.len;
}

static void make_record(const char *path, dln_buf *out)
{
    dln_error error;
    dln_store *store;
    dln_store_options options = {.size = sizeof options};
    dln_doc *doc = dln_doc_new(0);
    dln_report_key key;
    if (!doc)
        abort();
    doc->input = doc->text = DLN_STR("Ann met Bob.");
    doc->dateline_place_index = DLN_NONE;
    doc->published = DLN_NO_INTERVAL;
    dln_report_key_of(&key, DLN_STR("a"), DLN_STR("b"), doc->text, NULL, 0);
    if (dln_store_begin(&store, path, &options, &error) != DLN_OK
        || dln_store_put(store, &key, doc, &error) != DLN_OK
        || dln_store_finish(store, &error) != DLN_OK
        || dln_io_read(out, path, &error) != DLN_OK)
        abort();
    dln_store_close(store);
    dln_doc_free(doc);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static dln_buf good;
    static char path[64];
    dln_buf bytes;
    dln_error error;
    dln_store *store;
    uint64_t seen = 0, wrong;
    if (!good.len) {
        snprintf(path, sizeof path, "fuzz_store_open.%ld.db",
                 (long)getpid());
        dln_buf_init(&good, 0);
        make_record(path, &good);
        unlink(path);
    }
    dln_buf_init(&bytes, 0);
    if (size > 2 && size < 4096) {
        size_t at = ((size_t)data[0] << 8 | data[1]) * 16 % good.len;
        size_t len = size - 2 < good.len - at ? size - 2 : good.len - at;
        dln_buf_add(&bytes, good.data, good.len);
        memcpy(bytes.data + at, data + 2, len);
    } else {
        dln_buf_add(&bytes, data, size);
    }
    if (dln_io_write(path, dln_buf_view(&bytes), &error) == DLN_OK
        && dln_store_open(&store, path, &error) == DLN_OK) {
        if (dln_store_check(store, ignore, &seen, &wrong, &error) < DLN_WARN)
            seen++;
        dln_store_close(store);
    }
    unlink(path);
    dln_buf_release(&bytes);
    return 0;
}
