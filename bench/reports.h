/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Reports to measure with: those of a text file, or of the examples with
 * their words changed by a seeded generator, so that new names, numbers and
 * words keep coming as they do in news. A text that repeats would flatter
 * everything that remembers words.
 */
#ifndef DLN_BENCH_REPORTS_H
#define DLN_BENCH_REPORTS_H

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/buf.h"
#include "base/io.h"

#define REPORT_BYTES 4000
#define MADE_BYTES 1500000

/* Between 0 and 1. */
static double chance(uint64_t *seed)
{
    *seed = *seed * 6364136223846793005u + 1442695040888963407u;
    return (double)(*seed >> 11) / 9007199254740992.0;
}

/* An invented word; few are frequent, many are rare (Zipf's law). */
static void put_invented(dln_buf *out, uint64_t *seed, bool capital)
{
    static const char *const parts[] = {
        "ba", "dor", "ke", "lin", "mar", "no", "pel", "ri", "sta", "ven",
        "zu", "ga", "tho", "mi", "ran", "os"};
    uint64_t word = (uint64_t)exp(chance(seed) * log(2e5)) + 15;
    for (; word; word /= 16, capital = false) {
        const char *part = parts[word % 16];
        dln_buf_char(out, (char)(capital ? part[0] - 'a' + 'A' : part[0]));
        dln_buf_str(out, dln_str_of(part + 1));
    }
}

/* The word, a changed number, or an invented word with the same ending. */
static void put_changed(dln_buf *out, dln_str word, bool begins,
                        uint64_t *seed)
{
    bool name = !begins && dln_is_upper(word.data[0]) && word.len > 4;
    bool rare = dln_is_lower(word.data[0]) && word.len > 6;
    size_t kept = name ? 0 : word.len < 3 ? word.len : 3;
    if ((name && chance(seed) < 0.6) || (rare && chance(seed) < 0.2)) {
        put_invented(out, seed, name);
        dln_buf_str(out, dln_str_sub(word, word.len - kept, word.len));
        return;
    }
    for (size_t i = 0; i < word.len; i++)
        dln_buf_char(out, !dln_is_digit(word.data[i]) ? word.data[i]
                          : (char)('1' + (int)(8 * chance(seed))));
}

static void put_text(dln_buf *out, dln_str text, uint64_t *seed)
{
    bool begins = true;
    for (size_t at = 0, end; at < text.len; at = end) {
        char c = text.data[at];
        for (end = at; end < text.len && (dln_is_alpha(text.data[end])
                                          || dln_is_digit(text.data[end]));
             end++)
            ;
        if (end > at) {
            put_changed(out, dln_str_sub(text, at, end), begins, seed);
            begins = false;
            continue;
        }
        dln_buf_char(out, c);
        begins = c == '\n' || c == '.' || (begins && c == ' ');
        end++;
    }
}

/* `path`, or what is made of the examples when it is NULL. */
static bool read_reports(dln_buf *out, const char *path)
{
    static const char *const names[] = {
        "2020-11-10-courier-ceasefire", "2020-11-10-wire-ceasefire",
        "2021-11-27-courier-sochi", "2022-09-17-gazette-border",
        "2022-10-18-meridian-mission", "2023-04-24-journal-checkpoint",
        "2023-09-21-wire-offensive", "2023-10-06-gazette-granada"};
    const char *root = getenv("DATELINE_SOURCE");
    dln_error error = {DLN_OK, ""};
    uint64_t seed = 1;
    char example[4096];
    dln_buf text;
    dln_buf_init(out, 0);
    dln_buf_init(&text, 0);
    dln_status status = path ? dln_io_read(out, path, &error) : DLN_OK;
    for (size_t i = 0; !path && status == DLN_OK && out->len < MADE_BYTES;
         i++) {
        snprintf(example, sizeof example, "%s/examples/karabakh/%s.txt",
                 root ? root : ".", names[i % 8]);
        status = dln_io_read(&text, example, &error);
        put_text(out, dln_buf_view(&text), &seed);
    }
    dln_buf_release(&text);
    if (status != DLN_OK)
        fprintf(stderr, "%s\n", error.text);
    return status == DLN_OK && out->len;
}

/* The next report of `all` from *at on: about REPORT_BYTES of whole lines;
 * from the beginning again behind the last. */
static dln_str next_report(const dln_buf *all, size_t *at)
{
    dln_str text = dln_buf_view(all);
    size_t from = *at < text.len ? *at : 0;
    size_t end = dln_str_find(text, DLN_STR("\n"), from + REPORT_BYTES);
    *at = end < text.len ? end + 1 : text.len;
    return dln_str_sub(text, from, *at);
}

#endif
