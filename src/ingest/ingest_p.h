/* SPDX-License-Identifier: Apache-2.0 */
/* What the readers of this room share. */
#ifndef DLN_INGEST_INGEST_P_H
#define DLN_INGEST_INGEST_P_H

#include "base/buf.h"
#include "ingest/ingest.h"

/* The longest JSON line taken, in bytes: escapes can double a text. */
#define DLN_INGEST_MAX_LINE (2 * DLN_DOC_MAX_BYTES)
#define DLN_INGEST_MAX_DEPTH 64     /* folders in folders */
#define DLN_INGEST_MAX_ENTRIES 4000000  /* names in one folder */

/* One JSON object with the fields of the contract → item, whose text lives
 * in `arena`. DLN_FAILED when it is no object or a field has a wrong type. */
dln_status dln_ingest__json(dln_item *item, dln_arena *arena, dln_str line,
                            dln_error *error);

/* Reads a regular file. DLN_NOINPUT when there is none; DLN_FAILED when it is
 * of another kind (never waits for a pipe), too large or unreadable. */
dln_status dln_ingest__file(dln_buf *out, const char *path,
                            dln_error *error);
/* Opens a regular file; the same statuses. */
dln_status dln_ingest__open(int *fd, const char *path, dln_error *error);

/*
 * Sidecar: rows that describe files. CSV (RFC 4180; the separator is the
 * commonest of , ; and tab in its header row) or JSON Lines. Columns, any
 * case: file (path, filename, name), id, uri (url), outlet (source,
 * publisher), byline (author), title (headline), date (published),
 * language; others are ignored. A row belongs to the file with this path
 * below the sidecar's folder, or else with this base name.
 */
typedef struct dln_sidecar dln_sidecar;

dln_status dln_sidecar__read(dln_sidecar **out, const char *path,
                             dln_error *error);
/* From memory; `json` for JSON Lines. */
dln_status dln_sidecar__parse(dln_sidecar **out, dln_str text, bool json,
                              dln_error *error);
void dln_sidecar__free(dln_sidecar *sidecar);
/* Fills what `item` lacks from the row of the file; false without one.
 * NULL is an empty sidecar. */
bool dln_sidecar__fill(const dln_sidecar *sidecar, dln_str path,
                       dln_item *item);
/* metadata.csv, metadata.jsonl */
bool dln_sidecar__is_name(const char *name);

/*
 * Walk: the files of a folder and the folders in it, in the order of their
 * names.
 */
typedef struct dln_walk dln_walk;

/* DLN_NOMEM, or DLN_FAILED when the folder cannot be read. */
dln_status dln_walk__open(dln_walk **out, const char *folder,
                          dln_error *error);
void dln_walk__close(dln_walk *walk);
/* The next file: *path to open it, *below its path below the folder; both
 * live until the next call. DLN_END; DLN_FAILED (*below tells which, go on)
 * for a folder that cannot be read, a link, or a broken metadata file. */
dln_status dln_walk__next(dln_walk *walk, const char **path, dln_str *below,
                          dln_error *error);
/* Fills `item` from the metadata files of the folders that hold the file
 * last given, innermost first. */
void dln_walk__fill(const dln_walk *walk, dln_str below, dln_item *item);

#endif
