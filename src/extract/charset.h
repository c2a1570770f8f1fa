/* SPDX-License-Identifier: Apache-2.0 */
#ifndef DLN_EXTRACT_CHARSET_H
#define DLN_EXTRACT_CHARSET_H

#include "base/arena.h"

/* The bytes of a page as UTF-8: a slice of `bytes` if they are, else in the
 * arena. `content_type` is the transport's, or "". False when it is no text
 * (NUL bytes, binary). */
bool dln_charset_decode(dln_arena *arena, dln_str bytes,
                        dln_str content_type, dln_str *out);

#endif
