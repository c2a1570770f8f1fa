/* SPDX-License-Identifier: Apache-2.0 */
/* TAP output in a few lines. A test file has main() { ...; return done(); }
 * A comparison prints what it got when it fails. */
#ifndef DLN_TESTS_TAP_H
#define DLN_TESTS_TAP_H

#include <stdio.h>
#include <string.h>

#include "base/str.h"

static int tap_count, tap_failed;

static inline int ok_(int fine, const char *what, const char *file, int line)
{
    tap_count++;
    tap_failed += !fine;
    printf("%sok %d - %s\n", fine ? "" : "not ", tap_count, what);
    if (!fine)
        printf("#   at %s:%d\n", file, line);
    return fine;
}
#define ok(cond) ok_(!!(cond), #cond, __FILE__, __LINE__)

static inline void is_str_(dln_str got, const char *want, const char *what,
                           const char *file, int line)
{
    if (!ok_(dln_str_is(got, want), what, file, line))
        printf("#   got \"%.*s\"\n#  want \"%s\"\n", DLN_ARG(got), want);
}
#define is_str(got, want) is_str_((got), (want), #got, __FILE__, __LINE__)

static inline void is_int_(long long got, long long want, const char *what,
                           const char *file, int line)
{
    if (!ok_(got == want, what, file, line))
        printf("#   got %lld, want %lld\n", got, want);
}
#define is_int(got, want) \
    is_int_((long long)(got), (long long)(want), #got, __FILE__, __LINE__)

static inline int done(void)
{
    printf("1..%d\n", tap_count);
    return tap_failed != 0;
}

#endif
