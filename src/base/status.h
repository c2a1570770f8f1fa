/* SPDX-License-Identifier: Apache-2.0 */
/*
 * status: the one result type of the library, graded by severity.
 *
 * >= DLN_WARN      usable; a note says what was odd
 *    DLN_FAILED    this item is lost, the next may be fine
 * <= DLN_BADARG    stop
 *
 * Details never travel in the status: they are a `dln_error` the caller
 * passes in, or notes on the document (doc/doc.h).
 */
#ifndef DLN_BASE_STATUS_H
#define DLN_BASE_STATUS_H

#define DLN_STATUS_LIST(X)                                              \
    X(DLN_END, 1, "end of input")                                       \
    X(DLN_OK, 0, "ok")                                                  \
    X(DLN_WARN, -10, "done, with a warning")                            \
    X(DLN_FAILED, -20, "item failed")                                   \
    X(DLN_BADARG, -30, "bad argument")                                  \
    X(DLN_NOMEM, -31, "out of memory")                                  \
    X(DLN_IO, -32, "input or output failed")                            \
    X(DLN_BADDATA, -33, "unusable data")                                \
    X(DLN_NOINPUT, -34, "no such input")                                \
    X(DLN_NOCREATE, -35, "cannot write")

typedef enum dln_status {
#define X(name, value, text) name = value,
    DLN_STATUS_LIST(X)
#undef X
} dln_status;

/* The text of a status; static, never NULL. */
const char *dln_status_text(dln_status status);

/* Why a call failed: one line, lower case, no full stop. Untouched on
 * success. `text` is empty until something is written. */
typedef struct dln_error {
    dln_status status;
    char text[400];
} dln_error;

#if defined(__GNUC__)
#define DLN_NODISCARD __attribute__((warn_unused_result))
#define DLN_PRINTF(f, a) __attribute__((format(printf, f, a)))
#else
#define DLN_NODISCARD
#define DLN_PRINTF(f, a)
#endif

/* Fills `error` (which may be NULL) and returns `status`, so that
 * `return dln_fail(error, DLN_IO, "cannot read %s", path);` works. */
dln_status dln_fail(dln_error *error, dln_status status, const char *format,
                    ...) DLN_PRINTF(3, 4);

/* Returns from the calling function with any status below DLN_WARN. */
#define DLN_TRY(expr)                                                   \
    do {                                                                \
        dln_status dln_try_ = (expr);                                   \
        if (dln_try_ < DLN_WARN)                                        \
            return dln_try_;                                            \
    } while (0)

#endif
