/* SPDX-License-Identifier: Apache-2.0 */
/* A request's target and Host from anybody: what is taken is decoded, valid
 * UTF-8, and within bounds. */
#include <assert.h>

#include "base/utf8.h"
#include "serve/serve_p.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static dln_target t;
    dln_str raw = {(const char *)data, size};
    (void)dln_serve__host(raw, "desk");
    if (!dln_serve__target(&t, raw))
        return 0;
    assert(t.steps <= DLN_TARGET_STEPS && t.params <= DLN_TARGET_PARAMS);
    for (unsigned i = 0; i < t.steps; i++) {
        assert(t.step[i].len && dln_utf8_valid(t.step[i]));
        assert(!dln_str_is(t.step[i], ".."));
        for (size_t k = 0; k < t.step[i].len; k++)
            assert((unsigned char)t.step[i].data[k] >= 0x20);
    }
    for (unsigned i = 0; i < t.params; i++) {
        assert(dln_utf8_valid(t.param[i].name));
        assert(dln_utf8_valid(t.param[i].value));
        assert(!memchr(t.param[i].value.data, 0, t.param[i].value.len));
    }
    return 0;
}
