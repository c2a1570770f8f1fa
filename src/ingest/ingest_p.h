/* SPDX-License-Identifier: Apache-2.0 */
/* What the readers of this room share. */
#ifndef DLN_INGEST_INGEST_P_H
#define DLN_INGEST_INGEST_P_H

#include "ingest/ingest.h"
#include "ingest/stream.h"

/* The longest JSON line taken, in bytes: escapes can double a text. */
#define DLN_INGEST_MAX_LINE (2 * DLN_DOC_MAX_BYTES)
/* The largest file of many reports that is read whole (feeds, exports). */
#define DLN_INGEST_MAX_WHOLE (8 * DLN_DOC_MAX_BYTES)
#define DLN_INGEST_MAX_DEPTH 64     /* folders in folders */
#define DLN_INGEST_MAX_ENTRIES 4000000  /* names in one folder */
#define DLN_INGEST_MAX_NEST 6       /* files in files: zip in tar ... */

/*
 * A reader: one file, or one entry of an archive → its reports, or files
 * inside it. Readers know nothing of each other; who opens which, by content
 * first and then by name, is sniff.c. `next` must come to its end whatever
 * the bytes.
 */
typedef struct dln_reader dln_reader;

/* A file inside: `stream` lives until the next `next`. */
typedef struct dln_inner {
    dln_stream *stream;     /* NULL: there is none */
    dln_str name;           /* "inner/a.txt" */
} dln_inner;

typedef struct dln_reader_kind {
    const char *name;
    /* DLN_OK, or DLN_FAILED and `close` is called. */
    dln_status (*open)(dln_reader *reader, dln_error *error);
    /* DLN_OK with an item or *child; DLN_FAILED: that one is lost (item->part
     * tells which), go on; DLN_END; DLN_NOMEM. */
    dln_status (*next)(dln_reader *reader, dln_item *item, dln_inner *child,
                       dln_error *error);
    void (*close)(dln_reader *reader);      /* may be NULL */
} dln_reader_kind;

struct dln_reader {
    const dln_reader_kind *kind;
    dln_stream *in;
    dln_arena *arena;       /* of the current item; reset before each */
    dln_str name;           /* of the file, below its input */
    bool pure;              /* JSON Lines of the contract, nothing else */
    /* Bytes of the outermost file read so far: what archives inside it may
     * give is measured by it. */
    const uint64_t *outer;
    void *state;            /* the reader's own */
};

extern const dln_reader_kind dln_reader_text, dln_reader_page,
    dln_reader_lines, dln_reader_json, dln_reader_archive, dln_reader_docx,
    dln_reader_warc, dln_reader_xml, dln_reader_mbox, dln_reader_eml,
    dln_reader_export;

/* Which reader takes this file; NULL: none. `head` are its first bytes. */
const dln_reader_kind *dln_ingest__sniff(dln_str name, dln_str head,
                                         bool pure);

/* A file of one report: read whole into `state` (at most `max` bytes), given
 * once (false: it was given), released. */
dln_status dln_ingest__whole_open(dln_reader *reader, size_t max,
                                  dln_error *error);
bool dln_ingest__whole(dln_reader *reader, dln_str *bytes);
void dln_ingest__whole_close(dln_reader *reader);

/* A stream (`user`) as dln_lines reads it. */
ssize_t dln_ingest__read(void *user, char *to, size_t len);

/* "12" behind the name of its file: which report of it. */
dln_str dln_ingest__part(dln_reader *reader, unsigned long long number);

/* One JSON object → item, whose text lives in `arena`: the fields of the
 * contract and, unless `pure`, the names that scrapers and agencies give
 * them. DLN_FAILED when it is no object or a field has a wrong type. */
dln_status dln_ingest__json(dln_item *item, dln_arena *arena, dln_str line,
                            bool pure, dln_error *error);

/* A date as machines write it → ISO 8601; as it is when it is none. */
dln_str dln_ingest__when(dln_arena *arena, dln_str text);

/* ---- export.c: databases' exports as lines of text ---- */
/* Do these lines look like one? */
bool dln_ingest__is_export(dln_str head);
/* The reports of an export, one after the other; *rest is moved. */
bool dln_ingest__export_next(dln_str *rest, dln_item *item,
                             dln_arena *arena);
/* ---- lines_of.c: documents of office programs → lines ---- */
dln_str dln_ingest__rtf_lines(dln_arena *arena, dln_str rtf);
dln_str dln_ingest__markup_lines(dln_arena *arena, dln_str html);
/* word/document.xml */
dln_str dln_ingest__word_lines(dln_arena *arena, dln_str xml);

/* ---- member.c: records of a crawl, each compressed for itself ---- */
typedef struct dln_members dln_members;

typedef enum dln_packing { DLN_PACK_NONE, DLN_PACK_GZIP,
                           DLN_PACK_ZSTD } dln_packing;

/* DLN_NOMEM, or DLN_FAILED: it cannot be read. */
dln_status dln_members__open(dln_members **out, dln_stream *in,
                             dln_packing packing, dln_error *error);
void dln_members__close(dln_members *members);
/* Up to `len` bytes, never of two members; 0 at the end. */
size_t dln_members__read(dln_members *members, void *to, size_t len);
/* Where in the file the member of the byte given last began, and where it
 * ended if it has; all of it when it was cut off or is broken. */
uint64_t dln_members__start(const dln_members *members);
uint64_t dln_members__end(const dln_members *members);
/* Why it ended before its end, or NULL. */
const char *dln_members__trouble(const dln_members *members);

/* Opens a regular file. DLN_NOINPUT when there is none; DLN_FAILED when it is
 * of another kind (never waits for a pipe) or unreadable. */
dln_status dln_ingest__open(int *fd, const char *path, dln_error *error);
/* Reads one whole; DLN_FAILED also when it is larger than out->max. */
dln_status dln_ingest__file(dln_buf *out, const char *path,
                            dln_error *error);

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
