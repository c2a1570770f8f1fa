/* SPDX-License-Identifier: Apache-2.0 */
/* Any bytes as a file, whatever reader they choose: it comes to its end, and
 * what it gives becomes a document or fails. */
#define _GNU_SOURCE
#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/utf8.h"
#include "ingest/ingest.h"

#define MOST 1000000u       /* items of one input */

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void read_all(const char *path, dln_doc *doc)
{
    dln_error error;
    dln_item item;
    dln_ingest *ingest;
    const char *const inputs[] = {path};
    unsigned count = 0;
    if (dln_ingest_open(&ingest, inputs, 1, NULL, &error) != DLN_OK)
        return;
    for (dln_status s; (s = dln_ingest_next(ingest, &item, &error))
                       != DLN_END;) {
        assert(++count < MOST);
        assert(item.uri.len && item.address.len);
        dln_doc_reset(doc);
        if (s == DLN_OK && dln_item_fill(&item, doc, &error) == DLN_OK)
            assert(dln_utf8_valid(doc->input));
        if (s <= DLN_BADARG)
            break;
    }
    dln_ingest_close(ingest);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char path[64];
    dln_doc *doc = dln_doc_new(0);
    int fd = memfd_create("file", MFD_CLOEXEC);
    snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
    if (doc && fd >= 0 && write(fd, data, size) == (ssize_t)size)
        read_all(path, doc);
    if (fd >= 0)
        close(fd);
    dln_doc_free(doc);
    return 0;
}
