/* SPDX-License-Identifier: Apache-2.0 */
/* CoNLL-U in, and whatever was taken must come out and read back. */
#include <assert.h>
#include <stdlib.h>

#include "doc/conllu.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    dln_doc *doc = dln_doc_new((size_t)256 << 20);
    dln_error error;
    if (!doc)
        return 0;
    if (dln_conllu_read(doc, (dln_str){(const char *)data, size}, &error)
        == DLN_OK) {
        dln_buf out;
        dln_buf_init(&out, 0);
        dln_conllu_write(doc, &out);
        for (uint32_t t = 0; t < doc->tokens.count; t++) {
            uint32_t begin, end;
            if (dln_is_below(doc, t, t))
                dln_subtree(doc, t, &begin, &end);
        }
        dln_buf_release(&out);
    }
    dln_doc_free(doc);
    return 0;
}
