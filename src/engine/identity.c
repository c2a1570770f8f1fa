/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What reads the reports: version of the program, hashes of its word lists,
 * ontology and weights. A report read by others is read again.
 */
#define _GNU_SOURCE
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "base/io.h"
#include "engine/engine_p.h"

#define DIGEST_DEPTH 8

static int visible(const struct dirent *entry)
{
    return entry->d_name[0] != '.';
}

/* Sixteen digits over names and contents of a folder, deep. */
static dln_status digest(const char *path, int depth, char out[17],
                         dln_error *error)
{
    struct stat info;
    char below[17] = "";
    memcpy(out, "0000000000000000", 17);
    if (stat(path, &info))
        return DLN_OK;
    if (!S_ISDIR(info.st_mode)) {
        dln_mapping map;
        DLN_TRY(dln_io_map(&map, path, error));
        snprintf(out, 17, "%016llx", (unsigned long long)dln_hash(
            map.data ? map.data : (const unsigned char *)"", map.len, 0));
        dln_io_unmap(&map);
        return DLN_OK;
    }
    struct dirent **entries = NULL;
    int count = depth > 0 ? scandir(path, &entries, visible, alphasort) : 0;
    uint64_t hash = 0;
    dln_status status = DLN_OK;
    for (int i = 0; i < count; i++) {
        char name[4200];
        int n = snprintf(name, sizeof name, "%s/%s", path,
                         entries[i]->d_name);
        if (status == DLN_OK && n > 0 && (size_t)n < sizeof name)
            status = digest(name, depth - 1, below, error);
        hash = dln_hash(entries[i]->d_name, strlen(entries[i]->d_name),
                        hash);
        hash = dln_hash(below, status == DLN_OK ? 16 : 0, hash);
        free(entries[i]);
    }
    free(entries);
    snprintf(out, 17, "%016llx", (unsigned long long)hash);
    return status;
}

dln_status dln_engine__identify(const dln_engine *engine, dln_identity *v,
                                dln_error *error)
{
    char path[4200];
    snprintf(v->lang, sizeof v->lang, "%s",
             dln_lang_hash(dln_engine__lang(engine)));
    snprintf(path, sizeof path, "%s/onto",
             dln_onto_datadir(dln_engine__onto(engine)));
    DLN_TRY(digest(path, DIGEST_DEPTH, v->onto, error));
    const char *own = dln_onto_folder(dln_engine__onto(engine));
    snprintf(v->own, sizeof v->own, "none");
    if (own) {
        DLN_TRY(digest(own, DIGEST_DEPTH, v->own, error));
        uint64_t both = dln_hash(v->own, 16, dln_hash(v->onto, 16, 0));
        snprintf(v->onto, sizeof v->onto, "%016llx",
                 (unsigned long long)both);
    }
    DLN_TRY(digest(dln_engine__models(engine), DIGEST_DEPTH, v->models,
                   error));
    snprintf(v->coder, sizeof v->coder, "%s %s %s %s", DLN_VERSION, v->lang,
             v->onto, v->models);
    return DLN_OK;
}

dln_status dln_engine__write_identity(dln_store *store,
                                      const dln_identity *v,
                                      dln_error *error)
{
    DLN_TRY(dln_store_meta(store, "language_hash", dln_str_of(v->lang),
                           error));
    DLN_TRY(dln_store_meta(store, "ontology_hash", dln_str_of(v->onto),
                           error));
    DLN_TRY(dln_store_meta(store, "own_ontology_hash", dln_str_of(v->own),
                           error));
    return dln_store_meta(store, "model_hash", dln_str_of(v->models), error);
}
