/* SPDX-License-Identifier: Apache-2.0 */
/*
 * ingest: whatever holds reports → items, one a report. What cannot be read
 * is an item that failed, with the reason; the next one is as good as any.
 *
 *   text, web page              one report
 *   JSON Lines, JSON            a report an object: fields of the contract,
 *                               of common scrapers, ninjs
 *   WARC (.gz, .zst)            the pages of a crawl
 *   RSS, Atom, NITF, NewsML-G2  their entries or items
 *   mbox, eml                   messages
 *   docx, rtf, html, txt        exports of Nexis and Factiva, else one report
 *   zip, tar, 7z; gz xz zst bz2 lz4     the files inside, of all these kinds
 *
 * The kind is told by the content, and by the name where that is silent.
 */
#ifndef DLN_INGEST_INGEST_H
#define DLN_INGEST_INGEST_H

#include <sys/stat.h>

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
    /* Files of folders that are passed over: those a watch has read. May be
     * NULL. */
    bool (*skip)(const char *path, const struct stat *info, void *user);
    void *user;
} dln_ingest_options;

/* One report as it was found. All text lives until the next call. */
typedef struct dln_item {
    dln_str id;             /* given, or "" */
    /* Given; or the file's path below its input with the input's own name
     * before it ("seeds/a.txt"); or that and the line ("a.jsonl#12"). */
    dln_str uri;
    /* Where it lies, also when it has an uri: as above, in a crawl with the
     * bytes of its record ("x.warc.gz#512+3100"). */
    dln_str address;
    dln_str part;           /* the address behind '#' */
    bool crawled;           /* out of a crawl */
    dln_str outlet, byline, title, date, language;
    dln_str text;           /* raw bytes of unknown encoding, or UTF-8 */
    bool utf8;              /* text came from JSON and is UTF-8 */
    dln_basis date_basis;   /* UNKNOWN stands for GIVEN */
    dln_str html;           /* a page given instead of text: raw bytes, or
                               UTF-8 out of JSON; or "" */
    bool whole;             /* html is the report alone, no page around it */
    dln_str html_type;      /* content type html was sent with, or "" */
    int32_t fetched;        /* the day it was, or DLN_NO_DAY */
    dln_str canonical;      /* the page's own address, or "" */
    dln_str wire_id, wire_status, embargo;  /* as in doc.h */
    uint32_t wire_version;
    dln_span source, target;    /* of stage events, or DLN_NO_SPAN */
    dln_str line;           /* the JSON object itself, or "" */
} dln_item;

/* Inputs are opened one after the other by dln_ingest_next; "-" is standard
 * input. Folders and archives are walked in the order of their names (an
 * archive: its own), links are not followed; dot files and READMEs are passed
 * over; whatever else is not read is an item that failed. DLN_NOINPUT when
 * an input does not exist. Keeps `inputs`. */
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

/* Bytes of all files, archives as they are packed: for a progress line. */
uint64_t dln_ingest_total(const char *const *inputs, size_t count);
/* Bytes read of them so far. */
uint64_t dln_ingest_done(const dln_ingest *ingest);

/* Copies an item into an empty document: uri, metadata, and `input` decoded
 * to UTF-8 (notes say what was repaired), or `page` as it is. DLN_FAILED
 * when it is no text. */
DLN_NODISCARD dln_status dln_item_fill(const dln_item *item, dln_doc *doc,
                                       dln_error *error);

#endif
