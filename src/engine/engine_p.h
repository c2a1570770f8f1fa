/* SPDX-License-Identifier: Apache-2.0 */
#ifndef DLN_ENGINE_ENGINE_P_H
#define DLN_ENGINE_ENGINE_P_H

#include "engine/engine.h"
#include "lang/lang.h"
#include "onto/onto.h"
#include "store/store.h"

/* doc->input → doc->text and metadata, nothing more. */
dln_status dln_engine__clean(const dln_engine *engine, dln_worker *worker,
                             dln_error *error);

/* ---- identity.c ---- */
typedef struct dln_identity {
    char lang[17], onto[17], models[17];    /* hashes */
    char own[17];           /* of the user's folder, mixed into `onto` */
    char coder[80];         /* all of it in one */
} dln_identity;

dln_status dln_engine__identify(const dln_engine *engine, dln_identity *out,
                                dln_error *error);
/* Into meta. */
dln_status dln_engine__write_identity(dln_store *store,
                                      const dln_identity *identity,
                                      dln_error *error);
/* build.c: reconciles and puts the record in its place. */
dln_status dln_engine__finish(const dln_engine *engine, dln_store *store,
                              const dln_identity *identity,
                              dln_error *error);

/* filter.c: all layers of a report as the stages write them. */
void dln_engine__emit_all(const dln_doc *doc, dln_json *json);

/* What the engine was opened with. */
const dln_lang *dln_engine__lang(const dln_engine *engine);
const dln_onto *dln_engine__onto(const dln_engine *engine);
const char *dln_engine__models(const dln_engine *engine);

#endif
