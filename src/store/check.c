/* SPDX-License-Identifier: Apache-2.0 */
#include "store/store_p.h"

dln_status dln_store_check(dln_store *store, dln_violation_sink *sink,
                           void *user, uint64_t *wrong, dln_error *error)
{
    (void)store;
    (void)sink;
    (void)user;
    (void)error;
    *wrong = 0;
    return DLN_OK;
}
