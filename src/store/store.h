/* SPDX-License-Identifier: Apache-2.0 */
/*
 * store: the record, one SQLite file (docs/format/database.md).
 */
#ifndef DLN_STORE_STORE_H
#define DLN_STORE_STORE_H

#include "doc/doc.h"

typedef struct dln_store dln_store;

#endif
