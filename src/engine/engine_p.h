/* SPDX-License-Identifier: Apache-2.0 */
#ifndef DLN_ENGINE_ENGINE_P_H
#define DLN_ENGINE_ENGINE_P_H

#include "engine/engine.h"
#include "lang/lang.h"
#include "onto/onto.h"

/* doc->input → doc->text and metadata, nothing more. */
dln_status dln_engine__clean(const dln_engine *engine, dln_worker *worker,
                             dln_error *error);

/* What the engine was opened with. */
const dln_lang *dln_engine__lang(const dln_engine *engine);
const dln_onto *dln_engine__onto(const dln_engine *engine);
const char *dln_engine__models(const dln_engine *engine);

#endif
