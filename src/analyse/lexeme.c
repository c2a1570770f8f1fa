/* SPDX-License-Identifier: Apache-2.0 */
/* lexeme: the surface of a word as hashes: case, shape, affixes. Only the
 * first DLN_WORD_MAX and last 16 bytes of a word count. */
#include "analyse/model_p.h"
#include "base/utf8.h"

static uint32_t hash(const char *data, size_t len, uint64_t seed)
{
    uint32_t h = (uint32_t)dln_hash(data, len, seed);
    return h ? h : 1;
}

typedef struct folded {
    char form[2 * DLN_WORD_MAX], low[2 * DLN_WORD_MAX];
    size_t form_len, low_len;
    uint8_t starts[2 * DLN_WORD_MAX];   /* of characters, in low */
    uint32_t characters;
} folded;

/* Lower case of a character outside ASCII, without allocating. */
static size_t put_lower(char *out, dln_str s)
{
    static const struct { int32_t first, last, shift; } ranges[] = {
        {0xC0, 0xDE, 32}, {0x391, 0x3A9, 32}, {0x410, 0x42F, 32},
        {0x400, 0x40F, 80}};
    size_t len;
    int32_t c = dln_utf8_at(s, 0, &len);
    for (size_t i = 0; i < sizeof ranges / sizeof *ranges; i++)
        if (c >= ranges[i].first && c <= ranges[i].last && c != 0xD7)
            return dln_utf8_put(c + ranges[i].shift, out);
    if (c >= 0x100 && c <= 0x17F && dln_utf8_is_upper(c) && c != 0x130
        && c != 0x178)
        return dln_utf8_put(c + 1, out);
    memcpy(out, s.data, s.len);
    return s.len;
}

static void fold(folded *f, dln_str s, uint8_t *flags)
{
    bool all = true, letter = false;
    *f = (folded){.form_len = 0};
    for (size_t i = 0, len; i < s.len && i < DLN_WORD_MAX; i += len) {
        int32_t c = dln_utf8_at(s, i, &len);
        f->starts[f->characters++] = (uint8_t)f->low_len;
        if (c == 0x2019 || c == '`')
            c = '\'';
        if (c >= 0 && c < 0x80) {
            bool digit = dln_is_digit((char)c);
            char kept = digit ? '0' : (char)c;
            f->form[f->form_len++] = kept;
            f->low[f->low_len++] = dln_lower(kept);
            all = all && !dln_is_lower((char)c);
            letter = letter || dln_is_alpha((char)c);
            *flags |= digit ? DLN_LEX_DIGIT : 0;
            *flags |= c == '-' ? DLN_LEX_HYPHEN : 0;
        } else {
            memcpy(f->form + f->form_len, s.data + i, len);
            f->form_len += len;
            f->low_len += put_lower(f->low + f->low_len,
                                    dln_str_sub(s, i, i + len));
            all = all && !dln_utf8_is_lower(c);
            letter = true;
        }
        if (i == 0 && dln_utf8_is_upper(c))
            *flags |= DLN_LEX_UPPER;
    }
    *flags |= all && letter ? DLN_LEX_ALL_UPPER : 0;
    *flags |= letter ? DLN_LEX_ALPHA : 0;
}

/* Upper, lower, digit and other characters, runs cut to two. */
static uint32_t shape_of(const folded *f)
{
    char shape[2 * DLN_WORD_MAX];
    size_t n = 0;
    for (size_t i = 0; i < f->form_len; i++) {
        char c = f->form[i];
        char kind = dln_is_upper(c) ? 'X' : dln_is_digit(c) ? 'd'
                    : dln_is_lower(c) || (c & 0x80) ? 'x' : c;
        if (n >= 2 && shape[n - 1] == kind && shape[n - 2] == kind)
            continue;
        shape[n++] = kind;
    }
    return hash(shape, n < 12 ? n : 12, 3);
}

void dln_analyse__lexeme(dln_lexeme *out, dln_str form,
                         const dln_hashed *vocabulary)
{
    folded f;
    *out = (dln_lexeme){.flags = 0};
    fold(&f, form, &out->flags);
    out->form = hash(f.form, f.form_len, 1);
    out->low = hash(f.low, f.low_len, 2);
    out->shape = shape_of(&f);
    for (uint32_t n = 1; n <= 4 && n <= f.characters; n++) {
        size_t at = f.starts[f.characters - n];
        out->suffix[n - 1] = hash(f.low + at, f.low_len - at, 4);
    }
    for (uint32_t n = 1; n <= 3 && n <= f.characters; n++) {
        size_t end = n < f.characters ? f.starts[n] : f.low_len;
        out->prefix[n - 1] = hash(f.low, end, 5);
    }
    uint32_t known = vocabulary
                         ? dln_hashed_get(vocabulary,
                                          dln_analyse__key(out->low)) : 0;
    if (known != DLN_NONE) {
        out->row = known & DLN_VOCAB_ROW;
        out->lists = (uint8_t)(known >> DLN_VOCAB_LISTS);
    }
}
