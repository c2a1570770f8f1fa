/* SPDX-License-Identifier: Apache-2.0 */
#ifndef DLN_ENGINE_ENGINE_P_H
#define DLN_ENGINE_ENGINE_P_H

#include "engine/engine.h"

/* doc->input → doc->text and metadata, nothing more. */
dln_status dln_engine__clean(const dln_engine *engine, dln_worker *worker,
                             dln_error *error);

#endif
