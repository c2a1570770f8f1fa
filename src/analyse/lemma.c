/* SPDX-License-Identifier: Apache-2.0 */
/*
 * lemma: form and tag → lemma. The longest suffix (or the whole word) that
 * the treebanks showed with this tag names an edit script; without any, the
 * word in lower case is its own lemma, proper nouns as they are.
 *
 * A script: a byte "keeps its capitals", a byte of characters to cut, the
 * ending to add.
 */
#include "analyse/model_p.h"
#include "base/utf8.h"

static bool is_name(unsigned xpos)
{
    return xpos == DLN_XPOS_NNP || xpos == DLN_XPOS_NNPS;
}

uint64_t dln_analyse__lemma_key(dln_str lower, uint32_t suffix,
                                unsigned xpos)
{
    size_t at = 0;
    if (suffix)
        at = lower.len > suffix ? lower.len - suffix : 0;
    uint64_t h = dln_hash(lower.data + at, lower.len - at, 9);
    return dln_mix(dln_mix(h, suffix), xpos + 1);
}

dln_str dln_analyse__apply(dln_arena *arena, dln_str form, dln_str lower,
                           dln_str script)
{
    if (script.len < 2)
        return lower;
    dln_str base = script.data[0] ? form : lower;
    size_t cut = (unsigned char)script.data[1];
    if (cut > base.len || (cut == base.len && script.len == 2))
        return base;
    if (!cut && script.len == 2)
        return base;
    return dln_arena_printf(arena, "%.*s%.*s", (int)(base.len - cut),
                            base.data, (int)(script.len - 2),
                            script.data + 2);
}

static dln_str script_at(const dln_lemmas *lemmas, uint32_t i)
{
    if (i >= lemmas->count)
        return (dln_str){NULL, 0};
    uint32_t at = dln_get_u32(lemmas->scripts + 4 * (size_t)i);
    uint32_t end = dln_get_u32(lemmas->scripts + 4 * ((size_t)i + 1));
    if (end < at || end > lemmas->len)
        return (dln_str){NULL, 0};
    return (dln_str){(const char *)lemmas->scripts + at, end - at};
}

dln_str dln_analyse__lemma(const dln_lemmas *lemmas, dln_arena *arena,
                           dln_str form, unsigned xpos)
{
    if (form.len > DLN_WORD_MAX)
        return form;
    bool plain = true;
    for (size_t i = 0; i < form.len; i++)
        plain = plain && !dln_is_upper(form.data[i])
                && !(form.data[i] & 0x80);
    dln_str lower = plain ? form : dln_utf8_lower(arena, form);
    uint32_t script = dln_hashed_get(
        &lemmas->table, dln_analyse__lemma_key(lower, 0, xpos));
    for (uint32_t n = DLN_LEMMA_SUFFIX; n > 0 && script == DLN_NONE; n--)
        if (n < lower.len)
            script = dln_hashed_get(
                &lemmas->table, dln_analyse__lemma_key(lower, n, xpos));
    if (script == DLN_NONE)
        return is_name(xpos) ? form : lower;
    return dln_analyse__apply(arena, form, lower,
                              script_at(lemmas, script));
}
