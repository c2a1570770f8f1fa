/* SPDX-License-Identifier: Apache-2.0 */
/* charref: "&amp;", "&#8217;" → the characters they stand for. */
#ifndef DLN_BASE_CHARREF_H
#define DLN_BASE_CHARREF_H

#include "base/str.h"

/* The reference at s[at] ('&'): its bytes, or 0 when it is none. *text is
 * static, or in `out`. */
size_t dln_charref(dln_str s, size_t at, char out[4], dln_str *text);

#endif
