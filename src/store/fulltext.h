/* SPDX-License-Identifier: Apache-2.0 */
#ifndef DLN_STORE_FULLTEXT_H
#define DLN_STORE_FULLTEXT_H

#include "base/buf.h"

/* What a person types → what the full-text search takes: each word quoted,
 * so that none of its signs is read as syntax, but "phrases" and a final
 * star kept. */
void dln_fulltext_match(dln_buf *out, dln_str words);

#endif
