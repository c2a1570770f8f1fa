/* SPDX-License-Identifier: Apache-2.0 */
/*
 * ingest: files, folders, JSON Lines and standard input → items, one a
 * report. What cannot be read is an item that failed, with the reason; the
 * next one is as good as any.
 */
#ifndef DLN_INGEST_INGEST_H
#define DLN_INGEST_INGEST_H

#include "doc/doc.h"

typedef struct dln_ingest dln_ingest;

typedef struct dln_ingest_options {
    size_t size;            /* sizeof this struct */
    /* CSV or JSON Lines file that names outlet, date, uri ... of files that
     * lack them (ingest_p.h tells its columns); NULL for none. One named
     * metadata.csv or metadata.jsonl in a folder is found by itself. */
    const char *sidecar;
    /* All inputs are JSON Lines, whatever their names: the stage filters. */
    bool lines;
} dln_ingest_options;

/* One report as it was found. All text lives until the next call. */
typedef struct dln_item {
    dln_str id;             /* given, or "" */
    /* Given; or the file's path below its input with the input's own name
     * before it ("seeds/a.txt"); or that and the line ("a.jsonl#12"). */
    dln_str uri;
    dln_str outlet, byline, title, date, language;
    dln_str text;           /* raw bytes of unknown encoding, or UTF-8 */
    bool utf8;              /* text came from JSON and is UTF-8 */
    dln_basis date_basis;   /* UNKNOWN stands for GIVEN */
    dln_str html;           /* a page given instead of text: raw bytes, or
                               UTF-8 out of JSON; or "" */
    dln_span source, target;    /* of stage events, or DLN_NO_SPAN */
    dln_str line;           /* the JSON object itself, or "" */
} dln_item;

/* Inputs are opened one after the other by dln_ingest_next; "-" is standard
 * input (JSON Lines if it begins with '{', else one text). Folders are
 * walked in the order of their names, links are not followed. Read are
 * *.txt, *.text, files without extension, *.html, *.htm, *.xhtml, *.shtml,
 * *.jsonl, *.ndjson and *.json; dot files and READMEs are passed over;
 * whatever else lies there, and what cannot be read, is an item that failed.
 * DLN_NOINPUT when an input does not exist. Keeps `inputs`. */
DLN_NODISCARD dln_status dln_ingest_open(dln_ingest **out,
                                         const char *const *inputs,
                                         size_t count,
                                         const dln_ingest_options *options,
                                         dln_error *error);
void dln_ingest_close(dln_ingest *ingest);

/* DLN_OK with an item; DLN_FAILED with item->uri and `error` (that one is
 * lost, go on); DLN_END; or a status <= DLN_BADARG that ends the run. */
dln_status dln_ingest_next(dln_ingest *ingest, dln_item *item,
                           dln_error *error);

/* Copies an item into an empty document: uri, metadata, and `input` decoded
 * to UTF-8 (notes say what was repaired), or `page` as it is. DLN_FAILED
 * when it is no text. */
DLN_NODISCARD dln_status dln_item_fill(const dln_item *item, dln_doc *doc,
                                       dln_error *error);

#endif
