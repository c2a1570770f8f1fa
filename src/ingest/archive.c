/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Archives and compressed files, through libarchive → the files in them.
 *
 * A bomb meets a limit before it does harm: nothing is ever unpacked to
 * disk or held whole; what may come out of a file is measured by the bytes
 * read of the outermost one, so archives in archives gain nothing; archives
 * nest to a depth. Entries that are links, folders, encrypted, dot files and
 * READMEs are passed over as in a folder.
 */
#include <archive.h>
#include <archive_entry.h>
#include <stdlib.h>
#include <unistd.h>

#include "ingest/ingest_p.h"

#define CHUNK ((size_t)64 << 10)
#define FREE_BYTES ((uint64_t)64 << 20) /* may come out of anything */
#define RATIO 200u      /* bytes out for one in: news packs 3 to 30 to 1 */
#define MAX_ENTRIES 20000000u

typedef struct unpack {
    struct archive *archive;
    dln_stream *in;
    const uint64_t *outer;  /* bytes read of the outermost file */
    char *chunk;            /* [CHUNK] for libarchive */
    dln_stream entry;       /* the file inside that is being read */
    uint64_t out;           /* bytes given of all entries */
    uint64_t entries;
    bool bomb;
    bool raw;               /* one compressed file, no archive */
    dln_buf word;           /* of a docx: its text's XML */
} unpack;

static la_ssize_t on_read(struct archive *archive, void *user,
                          const void **out)
{
    unpack *u = user;
    (void)archive;
    *out = u->chunk;
    return dln_stream_read(u->in, u->chunk, CHUNK);
}

/* A file on disk may be sought, which reads a zip by its directory. */
static la_int64_t on_seek(struct archive *archive, void *user,
                          la_int64_t offset, int whence)
{
    unpack *u = user;
    off_t at = lseek(u->in->fd, offset, whence);
    if (at < 0) {
        archive_set_error(archive, -1, "cannot seek");
        return ARCHIVE_FATAL;
    }
    u->in->head_at = u->in->head_len;   /* what was looked at is behind */
    return at;
}

static ssize_t read_entry(void *user, void *to, size_t len)
{
    unpack *u = user;
    uint64_t most = FREE_BYTES + RATIO * *u->outer;
    if (u->out > most) {
        u->bomb = true;
        return -1;
    }
    la_ssize_t n = archive_read_data(u->archive, to, len);
    if (n < 0)
        return -1;
    u->out += (uint64_t)n;
    return (ssize_t)n;
}

static dln_status start(unpack *u, dln_error *error)
{
    struct archive *a = u->archive;
    archive_read_support_filter_gzip(a);
    archive_read_support_filter_bzip2(a);
    archive_read_support_filter_xz(a);
    archive_read_support_filter_lzma(a);
    archive_read_support_filter_zstd(a);
    archive_read_support_filter_lz4(a);
    archive_read_support_format_tar(a);
    archive_read_support_format_zip(a);
    archive_read_support_format_7zip(a);
    archive_read_support_format_raw(a);
    archive_read_set_read_callback(a, on_read);
    if (u->in->fd > 0)
        archive_read_set_seek_callback(a, on_seek);
    archive_read_set_callback_data(a, u);
    if (archive_read_open1(a) == ARCHIVE_OK)
        return DLN_OK;
    return dln_fail(error, DLN_FAILED, "no archive that is read: %s",
                    archive_error_string(a) ? archive_error_string(a) : "");
}

static dln_status open_archive(dln_reader *reader, dln_error *error)
{
    unpack *u = calloc(1, sizeof *u);
    if (!u)
        return dln_fail(error, DLN_NOMEM, "out of memory");
    reader->state = u;
    u->in = reader->in;
    u->outer = reader->outer;
    u->entry.fd = -1;
    dln_buf_init(&u->word, DLN_INGEST_MAX_WHOLE);
    u->archive = archive_read_new();
    u->chunk = malloc(CHUNK);
    if (!u->archive || !u->chunk)
        return dln_fail(error, DLN_NOMEM, "out of memory");
    return start(u, error);
}

static void close_archive(dln_reader *reader)
{
    unpack *u = reader->state;
    if (!u)
        return;
    dln_stream_close(&u->entry);
    archive_read_free(u->archive);
    free(u->chunk);
    dln_buf_release(&u->word);
    free(u);
    reader->state = NULL;
}

/* As in folders; also what some systems add to archives. */
static bool passed_over(dln_str path)
{
    size_t from = 0;
    for (size_t i = 0; i <= path.len; i++) {
        if (i < path.len && path.data[i] != '/')
            continue;
        dln_str part = dln_str_sub(path, from, i);
        if (!part.len || (part.data[0] == '.' && !dln_str_is(part, "."))
            || dln_str_is(part, "__MACOSX"))
            return true;
        from = i + 1;
    }
    dln_str base = path;
    for (size_t i = path.len; i > 0; i--)
        if (path.data[i - 1] == '/') {
            base = dln_str_sub(path, i, path.len);
            break;
        }
    return dln_str_ieq(dln_str_sub(base, 0, 6), DLN_STR("readme"));
}

/* The next file inside: DLN_OK with its header read. */
static dln_status next_entry(unpack *u, dln_arena *arena, dln_str *name,
                             dln_error *error)
{
    struct archive_entry *entry;
    for (;;) {
        int rc = archive_read_next_header(u->archive, &entry);
        if (rc == ARCHIVE_EOF)
            return DLN_END;
        bool over = ++u->entries > MAX_ENTRIES || u->bomb;
        if (over || (rc != ARCHIVE_OK && rc != ARCHIVE_WARN)) {
            const char *why = archive_error_string(u->archive);
            u->entries = UINT64_MAX;    /* nothing more comes */
            return dln_fail(error, DLN_FAILED, "%s",
                            over ? "packed more tightly than any text"
                            : why ? why : "broken archive");
        }
        const char *path = archive_entry_pathname(entry);
        bool raw = archive_format(u->archive) == ARCHIVE_FORMAT_RAW;
        u->raw = raw;
        *name = raw ? (dln_str){"", 0}
                    : dln_arena_str(arena, dln_str_of(path ? path : "?"));
        if (dln_str_starts(*name, DLN_STR("./")))
            *name = dln_str_sub(*name, 2, name->len);
        if (raw || (archive_entry_filetype(entry) == AE_IFREG
                    && !archive_entry_hardlink(entry)
                    && !passed_over(*name)
                    && !archive_entry_is_encrypted(entry)))
            return DLN_OK;
    }
}

static dln_status next_child(dln_reader *reader, dln_item *item,
                             dln_inner *child, dln_error *error)
{
    unpack *u = reader->state;
    (void)item;
    if (u->entries == UINT64_MAX)
        return DLN_END;
    if (u->bomb) {
        u->entries = UINT64_MAX;
        return dln_fail(error, DLN_FAILED, "packed more tightly than any "
                        "text");
    }
    if (u->entry.failed && u->entries) {
        u->entries = UINT64_MAX;
        const char *why = archive_error_string(u->archive);
        return dln_fail(error, DLN_FAILED, "%s", why ? why
                                                     : "broken archive");
    }
    dln_stream_close(&u->entry);
    dln_status status = next_entry(u, reader->arena, &child->name, error);
    if (status != DLN_OK)
        return status;
    u->entry = (dln_stream){.read = read_entry, .user = u, .fd = -1};
    child->stream = &u->entry;
    return DLN_OK;
}

const dln_reader_kind dln_reader_archive = {"archive", open_archive,
                                            next_child, close_archive};

/* ---- docx: a zip whose word/document.xml holds the text ---- */

typedef struct docx {
    dln_reader zip;
    dln_arena *keep;
    dln_str rest;           /* lines not given yet */
    bool many;              /* a database's export */
    uint64_t count;
} docx;

static void close_docx(dln_reader *reader)
{
    docx *d = reader->state;
    if (!d)
        return;
    close_archive(&d->zip);
    dln_arena_free(d->keep);
    free(d);
    reader->state = NULL;
}

static dln_status open_docx(dln_reader *reader, dln_error *error)
{
    docx *d = calloc(1, sizeof *d);
    dln_str name;
    dln_status status;
    if (!d)
        return dln_fail(error, DLN_NOMEM, "out of memory");
    reader->state = d;
    d->zip = *reader;
    d->zip.state = NULL;
    d->keep = dln_arena_new(0);
    if (!d->keep)
        return dln_fail(error, DLN_NOMEM, "out of memory");
    DLN_TRY(open_archive(&d->zip, error));
    unpack *u = d->zip.state;
    while ((status = next_entry(u, reader->arena, &name, error)) == DLN_OK) {
        if (!dln_str_is(name, "word/document.xml"))
            continue;
        u->entry = (dln_stream){.read = read_entry, .user = u, .fd = -1};
        if (!dln_stream_all(&u->entry, &u->word) || u->word.oom)
            return dln_fail(error, DLN_FAILED, u->bomb || u->word.oom
                                ? "packed more tightly than any text"
                                : "broken archive");
        d->rest = dln_ingest__word_lines(d->keep, dln_buf_view(&u->word));
        d->many = dln_ingest__is_export(d->rest);
        return d->rest.len ? DLN_OK
                           : dln_fail(error, DLN_FAILED, "has no text");
    }
    return status == DLN_END ? dln_fail(error, DLN_FAILED,
                                        "no document of text") : status;
}

static dln_status next_docx(dln_reader *reader, dln_item *item,
                            dln_inner *child, dln_error *error)
{
    docx *d = reader->state;
    (void)child;
    (void)error;
    item->utf8 = true;
    if (d->many) {
        if (!dln_ingest__export_next(&d->rest, item, reader->arena))
            return DLN_END;
        item->part = dln_ingest__part(reader, ++d->count);
        return DLN_OK;
    }
    item->text = d->rest;
    d->rest = (dln_str){"", 0};
    return item->text.len ? DLN_OK : DLN_END;
}

const dln_reader_kind dln_reader_docx = {"docx", open_docx, next_docx,
                                         close_docx};
