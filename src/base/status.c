/* SPDX-License-Identifier: Apache-2.0 */
#include "base/status.h"

#include <stdarg.h>
#include <stdio.h>

const char *dln_status_text(dln_status status)
{
    switch (status) {
#define X(name, value, text) case name: return text;
        DLN_STATUS_LIST(X)
#undef X
    }
    return "unknown status";
}

dln_status dln_fail(dln_error *error, dln_status status, const char *format,
                    ...)
{
    if (error) {
        va_list args;
        error->status = status;
        va_start(args, format);
        vsnprintf(error->text, sizeof error->text, format, args);
        va_end(args);
    }
    return status;
}
