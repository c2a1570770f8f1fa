/* SPDX-License-Identifier: Apache-2.0 */
/* What the readers of this room share. */
#ifndef DLN_INGEST_INGEST_P_H
#define DLN_INGEST_INGEST_P_H

#include "ingest/ingest.h"

/* The longest JSON line taken, in bytes: escapes can double a text. */
#define DLN_INGEST_MAX_LINE (2 * DLN_DOC_MAX_BYTES)

/* One JSON object with the fields of the contract → item, whose text lives
 * in `arena`. DLN_FAILED when it is no object or a field has a wrong type. */
dln_status dln_ingest__json(dln_item *item, dln_arena *arena, dln_str line,
                            dln_error *error);

#endif
