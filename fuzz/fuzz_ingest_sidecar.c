/* SPDX-License-Identifier: Apache-2.0 */
/* A metadata file, read both ways. */
#include "ingest/ingest_p.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    dln_str text = {(const char *)data, size};
    for (int json = 0; json < 2; json++) {
        dln_sidecar *sidecar;
        dln_error error;
        dln_item item = {.text = DLN_STR("x")};
        if (dln_sidecar__parse(&sidecar, text, json, &error) == DLN_OK)
            dln_sidecar__fill(sidecar, DLN_STR("b/a.txt"), &item);
        dln_sidecar__free(sidecar);
    }
    return 0;
}
