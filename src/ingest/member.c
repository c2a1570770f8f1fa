/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Bytes of a crawl file, with the place of the compressed member each is
 * from: crawls compress every record for itself, so that one record can be
 * fetched by offset and length. gzip (RFC 1952) through zlib, zstd frames
 * (WARC/1.1 zstd) through libzstd, with the dictionary the file begins with.
 *
 * A broken member ends there; the next one is looked for by its signature.
 */
#include <stdlib.h>
#include <zlib.h>
#include <zstd.h>

#include "ingest/ingest_p.h"

#define CHUNK ((size_t)64 << 10)
#define MAX_DICTIONARY ((size_t)16 << 20)
#define WINDOW_LOG 27       /* zstd: 128 MB of window at most */

struct dln_members {
    dln_stream *in;
    dln_packing packing;
    unsigned char *chunk;   /* [len], read up to at */
    size_t at, len;
    uint64_t read;          /* bytes of the file before chunk[0] */
    uint64_t start, end;    /* of the member */
    bool open;              /* a member is being read */
    bool inflating;         /* z is initialised */
    z_stream z;
    ZSTD_DCtx *zstd;
    const char *trouble;
};

static bool refill(dln_members *m)
{
    if (m->at < m->len)
        return true;
    m->read += m->len;
    ssize_t n = dln_stream_read(m->in, m->chunk, CHUNK);
    m->at = 0;
    m->len = n > 0 ? (size_t)n : 0;
    return n > 0;
}

static uint64_t here(const dln_members *m)
{
    return m->read + m->at;
}

/* Four bytes, little-endian; false at the end. */
static bool four_bytes(dln_members *m, uint32_t *value)
{
    *value = 0;
    for (unsigned i = 0; i < 4; i++) {
        if (!refill(m))
            return false;
        *value |= (uint32_t)m->chunk[m->at++] << (8 * i);
    }
    return true;
}

/* A file may begin with a skippable frame that holds a dictionary, itself
 * packed or not. */
static bool read_dictionary(dln_members *m)
{
    uint32_t magic, size;
    dln_str head = dln_stream_peek(m->in);
    if (!dln_str_starts(head, DLN_STR("\x5d\x2a\x4d\x18")))
        return true;
    if (!four_bytes(m, &magic) || !four_bytes(m, &size)
        || size > MAX_DICTIONARY)
        return false;
    char *data = malloc(size + 1);
    size_t got = 0;
    while (data && got < size && refill(m)) {
        size_t n = m->len - m->at < size - got ? m->len - m->at : size - got;
        memcpy(data + got, m->chunk + m->at, n);
        m->at += n;
        got += n;
    }
    bool fine = data && got == size;
    unsigned long long full = fine ? ZSTD_getFrameContentSize(data, got) : 0;
    if (fine && full != ZSTD_CONTENTSIZE_ERROR
        && full != ZSTD_CONTENTSIZE_UNKNOWN && full > 0
        && full <= MAX_DICTIONARY) {
        char *plain = malloc((size_t)full);
        size_t n = plain ? ZSTD_decompress(plain, (size_t)full, data, got)
                         : 0;
        fine = plain && !ZSTD_isError(n)
               && !ZSTD_isError(ZSTD_DCtx_loadDictionary(m->zstd, plain, n));
        free(plain);
    } else if (fine) {
        fine = !ZSTD_isError(ZSTD_DCtx_loadDictionary(m->zstd, data, got));
    }
    free(data);
    return fine;
}

dln_status dln_members__open(dln_members **out, dln_stream *in,
                             dln_packing packing, dln_error *error)
{
    dln_members *m = calloc(1, sizeof *m);
    *out = m;
    if (m)
        m->chunk = malloc(CHUNK);
    if (!m || !m->chunk)
        return dln_fail(error, DLN_NOMEM, "out of memory");
    m->in = in;
    m->packing = packing;
    if (packing == DLN_PACK_GZIP) {
        m->inflating = inflateInit2(&m->z, 15 + 16) == Z_OK;
        if (!m->inflating)
            return dln_fail(error, DLN_NOMEM, "out of memory");
    } else if (packing == DLN_PACK_ZSTD) {
        m->zstd = ZSTD_createDCtx();
        if (!m->zstd)
            return dln_fail(error, DLN_NOMEM, "out of memory");
        ZSTD_DCtx_setParameter(m->zstd, ZSTD_d_windowLogMax, WINDOW_LOG);
        if (!read_dictionary(m))
            return dln_fail(error, DLN_FAILED, "its dictionary is broken");
    }
    return DLN_OK;
}

void dln_members__close(dln_members *m)
{
    if (!m)
        return;
    if (m->inflating)
        inflateEnd(&m->z);
    ZSTD_freeDCtx(m->zstd);
    free(m->chunk);
    free(m);
}

/* To the next signature of a member, from behind the broken one's. */
static bool resync(dln_members *m)
{
    const unsigned char gzip[] = {0x1f, 0x8b, 0x08};
    const unsigned char zstd[] = {0x28, 0xb5, 0x2f, 0xfd};
    const unsigned char *mark = m->packing == DLN_PACK_GZIP ? gzip : zstd;
    size_t want = m->packing == DLN_PACK_GZIP ? 3 : 4, have = 0;
    while (refill(m)) {
        unsigned char c = m->chunk[m->at];
        if (c == mark[have])
            have++;
        else
            have = c == mark[0];
        m->at++;
        if (have == want && m->at >= want) {
            m->at -= want;
            return true;
        }
        if (have == want)       /* across two chunks: the next will do */
            have = 0;
    }
    return false;
}

/* One step of unpacking; *ended when the member is over. False: broken. */
static bool step(dln_members *m, void *to, size_t len, size_t *got,
                 bool *ended)
{
    if (m->packing == DLN_PACK_GZIP) {
        m->z.next_in = m->chunk + m->at;
        m->z.avail_in = (uInt)(m->len - m->at);
        m->z.next_out = to;
        m->z.avail_out = (uInt)len;
        int rc = inflate(&m->z, Z_NO_FLUSH);
        m->at = m->len - m->z.avail_in;
        *got = len - m->z.avail_out;
        *ended = rc == Z_STREAM_END;
        return rc == Z_OK || rc == Z_STREAM_END || rc == Z_BUF_ERROR;
    }
    ZSTD_inBuffer in = {m->chunk + m->at, m->len - m->at, 0};
    ZSTD_outBuffer out = {to, len, 0};
    size_t rc = ZSTD_decompressStream(m->zstd, &out, &in);
    m->at += in.pos;
    *got = out.pos;
    *ended = rc == 0;
    return !ZSTD_isError(rc);
}

static size_t read_plain(dln_members *m, void *to, size_t len)
{
    if (!refill(m))
        return 0;
    size_t n = m->len - m->at < len ? m->len - m->at : len;
    m->start = here(m);
    memcpy(to, m->chunk + m->at, n);
    m->at += n;
    m->end = here(m);
    return n;
}

size_t dln_members__read(dln_members *m, void *to, size_t len)
{
    size_t got = 0;
    if (m->packing == DLN_PACK_NONE)
        return read_plain(m, to, len);
    if (len > ((size_t)1 << 30))
        len = (size_t)1 << 30;
    while (!got) {
        bool more = refill(m), ended;
        if (!m->open) {
            if (!more)
                return 0;
            m->start = here(m);
            m->open = true;
            if (m->packing == DLN_PACK_GZIP)
                inflateReset(&m->z);
            else
                ZSTD_DCtx_reset(m->zstd, ZSTD_reset_session_only);
        }
        bool fine = step(m, to, len, &got, &ended);
        m->end = here(m);
        if (fine && ended) {
            m->open = false;
        } else if (fine && !more && !got) {
            m->trouble = "it ends in the middle of a record";
            m->open = false;
            return 0;
        } else if (!fine) {
            m->trouble = "a record is broken";
            m->open = false;
            /* What gave the error may not have been taken. */
            if (here(m) == m->start && m->at < m->len)
                m->at++;
            if (!got && !resync(m))
                return 0;
        }
    }
    return got;
}

uint64_t dln_members__start(const dln_members *m)
{
    return m->start;
}

uint64_t dln_members__end(const dln_members *m)
{
    return m->end;
}

const char *dln_members__trouble(const dln_members *m)
{
    return m->trouble;
}
