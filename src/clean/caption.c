/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A picture's caption: a block that ends in the picture's credit ("Ann
 * Miller / EPA / TASS", "(AP Photo/Bo Li)", "**Name / pool**"), or that
 * stands above the body and says who is left and who is right.
 */
#include "base/utf8.h"
#include "clean/clean_p.h"

#define MAX_WORDS 90

/* Words that only a picture's credit has, and signs of one. */
static bool credit(const dln_page *page, dln_str s)
{
    bool slash = false, photo = false, agency = false;
    uint32_t words = 0;
    size_t start = 0;
    for (size_t i = 0; i <= s.len; i++) {
        bool end = i == s.len || s.data[i] == '/' || s.data[i] == ' '
                   || s.data[i] == ',' || s.data[i] == ':' ;
        if (i < s.len && s.data[i] == '/')
            slash = true;
        if (!end)
            continue;
        dln_str word = dln_str_sub(s, start, i);
        start = i + 1;
        if (!word.len)
            continue;
        words++;
        photo |= dln_clean__is(page->clean, word, "photo", NULL);
        agency |= dln_is_upper(word.data[0])
                  && dln_clean__agency(page->clean, word).len > 0;
    }
    return words <= 14 && (photo || (slash && agency));
}

/* The piece behind the last sentence, or in brackets or ** at the end. */
static dln_str last_piece(dln_str s, bool *marked)
{
    *marked = false;
    if (dln_str_ends(s, DLN_STR("**")) && s.len > 4) {
        size_t at = s.len - 3;
        while (at > 0 && !(s.data[at] == '*' && s.data[at - 1] == '*'))
            at--;
        *marked = at > 0;
        return dln_str_sub(s, at + 1, s.len - 2);
    }
    size_t end = s.len;
    while (end && s.data[end - 1] == '.')
        end--;
    if (end && (s.data[end - 1] == ')' || s.data[end - 1] == ']')) {
        char open = s.data[end - 1] == ')' ? '(' : '[';
        size_t at = end - 1;
        while (at > 0 && s.data[at] != open)
            at--;
        *marked = true;
        return dln_str_sub(s, at + 1, end - 1);
    }
    size_t at = end;
    while (at > 1 && !(dln_is_space(s.data[at - 1])
                       && (s.data[at - 2] == '.' || s.data[at - 2] == '"'
                           || s.data[at - 2] == '|')))
        at--;
    return dln_str_sub(s, at > 1 ? at : 0, end);
}

static bool has(dln_str s, const char *const *signs)
{
    for (; *signs; signs++)
        if (dln_str_find(s, dln_str_of(*signs), 0) < s.len)
            return true;
    return false;
}

bool dln_clean__is_caption(const dln_page *page, const dln_block *block)
{
    /* not "(R)": that is a party in the United States */
    static const char *const sides[] = {"(L)", "(left)", "(right)",
                                        "(centre)", "(center)", ", left,",
                                        ", right,", NULL};
    dln_str s = dln_block_str(page, block);
    bool marked;
    if (block->words > MAX_WORDS)
        return false;
    if (block->head && block->words <= 60 && has(s, sides))
        return true;
    dln_str piece = last_piece(s, &marked);
    if (!piece.len || piece.len > 120 || dln_clean__words(piece, 15) > 14)
        return false;
    bool slash = dln_str_find(piece, DLN_STR("/"), 0) < piece.len;
    if (!marked)
        /* a whole line that ends without a stop, or a piece behind one */
        return !block->stop && slash && credit(page, piece);
    return credit(page, piece)
           && (slash || block->head || !block->stop
               || block->words <= 40);
}
