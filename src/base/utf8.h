/* SPDX-License-Identifier: Apache-2.0 */
/*
 * utf8: walking, checking and folding UTF-8. Character properties come from
 * utf8proc; everything here works on slices and never reads past them.
 */
#ifndef DLN_BASE_UTF8_H
#define DLN_BASE_UTF8_H

#include "base/arena.h"

/* Length in bytes of the well-formed character at s[at], or 0. */
size_t dln_utf8_len(dln_str s, size_t at);
/* The character at s[at] (U+FFFD if malformed); *len its bytes, at least 1
 * when at < s.len. */
int32_t dln_utf8_at(dln_str s, size_t at, size_t *len);
/* The character that ends before `at`; *len its bytes. -1 at the start. */
int32_t dln_utf8_before(dln_str s, size_t at, size_t *len);
bool dln_utf8_valid(dln_str s);
/* Writes `c` to out[4]; returns its bytes. */
size_t dln_utf8_put(int32_t c, char out[4]);

bool dln_utf8_is_letter(int32_t c);
bool dln_utf8_is_upper(int32_t c);
bool dln_utf8_is_lower(int32_t c);
bool dln_utf8_is_digit(int32_t c);
/* Unicode white space, no-break and zero-width spaces included. */
bool dln_utf8_is_space(int32_t c);
/* " ' and their curly, low and angle forms. */
bool dln_utf8_is_quote(int32_t c);

/* Lower-cased copy in the arena (simple mapping, character by character). */
dln_str dln_utf8_lower(dln_arena *arena, dln_str s);
/* Canonical form (NFC) in the arena; a copy of `s` if it cannot be made. */
dln_str dln_utf8_nfc(dln_arena *arena, dln_str s);
/* For matching names: lower case, no diacritics, ASCII where a plain letter
 * exists ("Şuşa" → "susa"), quotes and hyphens unified, runs of white space
 * one space. */
dln_str dln_utf8_fold(dln_arena *arena, dln_str s);

#endif
