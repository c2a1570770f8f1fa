/* SPDX-License-Identifier: Apache-2.0 */
/*
 * atom: text of one sentence → words, digits and marks.
 *
 * "Between $1.5m-2m" gives between, $, 1.5, m, -, 2, m. Numbers are read
 * as English writes them: commas between groups of three, a point before
 * decimals; no-break and thin spaces between groups of three are taken too.
 * Digits that are no plain number (leading zeros, "1,2,3", dotted dates,
 * more than fifteen digits) are junk: seen, never a figure.
 */
#include "figures/figures_p.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/utf8.h"

#define MAX_DIGITS 15
#define TREE_REACH 80u      /* atoms to either side that a parse may link */

static bool digit_at(dln_str s, size_t at)
{
    return at < s.len && dln_is_digit(s.data[at]);
}

static bool three_at(dln_str s, size_t at)
{
    return digit_at(s, at) && digit_at(s, at + 1) && digit_at(s, at + 2)
           && !digit_at(s, at + 3);
}

/* The Indian grouping, "2,00,000", to five groups. */
static bool lakh_at(dln_str s, size_t at, size_t step)
{
    if (step != 1)
        return false;
    for (int groups = 0; groups < 5; groups++) {
        if (at >= s.len || s.data[at] != ',' || !digit_at(s, at + 1)
            || !digit_at(s, at + 2))
            return false;
        if (three_at(s, at + 1))
            return groups > 0;
        at += 3;
    }
    return false;
}

/* Bytes of a group separator at s[at]: a comma or a no-break, thin or
 * narrow space; 0 for none. */
static size_t separator(dln_str s, size_t at)
{
    if (at < s.len && s.data[at] == ',')
        return 1;
    size_t len;
    int32_t c = at < s.len ? dln_utf8_at(s, at, &len) : 0;
    return c == 0xA0 || c == 0x2009 || c == 0x202F ? len : 0;
}

/* Reads the digits at s[at]; fills value, kind, comma, point. */
static size_t read_digits(dln_str s, size_t at, dln_atom *atom)
{
    char number[MAX_DIGITS + 12];
    size_t n = 0, group = 0, step;
    bool junk = s.data[at] == '0' && digit_at(s, at + 1);
    for (;;) {
        if (digit_at(s, at)) {
            if (n < MAX_DIGITS)
                number[n++] = s.data[at];
            else
                junk = true;
            group++;
            at++;
        } else if (group <= 3 && (!atom->comma || group >= 2)
                   && (step = separator(s, at))
                   && (three_at(s, at + step)
                       || (group < 3 && lakh_at(s, at, step)))) {
            atom->comma = true;
            group = 0;
            at += step;
        } else {
            break;
        }
    }
    if (at < s.len && s.data[at] == '.' && digit_at(s, at + 1)) {
        atom->point = true;
        if (n < MAX_DIGITS)
            number[n++] = '.';
        for (at++; digit_at(s, at); at++)
            if (n < MAX_DIGITS + 6)
                number[n++] = s.data[at];
    }
    while (at + 1 < s.len && (s.data[at] == ',' || s.data[at] == '.')
           && digit_at(s, at + 1)) {
        junk = true;
        for (at++; digit_at(s, at); at++)
            ;
    }
    number[n] = '\0';
    atom->value = strtod(number, NULL);
    atom->kind = junk ? DLN_ATOM_JUNK : DLN_ATOM_DIGITS;
    return at;
}

static bool is_letter(dln_str s, size_t at, size_t *len)
{
    if (at >= s.len)
        return false;
    unsigned char c = (unsigned char)s.data[at];
    *len = 1;
    return c < 0x80 ? dln_is_alpha(s.data[at])
                    : dln_utf8_is_letter(dln_utf8_at(s, at, len));
}

static size_t read_word(dln_str s, size_t at, dln_atom *atom)
{
    size_t len, start = at;
    int32_t first = dln_utf8_at(s, at, &len);
    atom->upper = dln_utf8_is_upper(first);
    atom->kind = DLN_ATOM_WORD;
    while (is_letter(s, at, &len)) {
        atom->upper |= dln_is_upper(s.data[at]);    /* iPhone */
        at += len;
    }
    /* U.S., a.m.: single letters with points. */
    while (at - start <= 7 && at < s.len && s.data[at] == '.'
           && dln_is_alpha(s.data[at - 1])
           && (at - start == 1 || s.data[at - 2] == '.')
           && is_letter(s, at + 1, &len) && at + 1 + len < s.len
           && s.data[at + 1 + len] == '.')
        at += 1 + len;
    if (at - start > 1 && at < s.len && s.data[at] == '.'
        && s.data[at - 2] == '.')
        at++;
    return at;
}

static double vulgar(int32_t c)
{
    switch (c) {
    case 0xBC: return 0.25;
    case 0xBD: return 0.5;
    case 0xBE: return 0.75;
    case 0x2153: return 1.0 / 3;
    case 0x2154: return 2.0 / 3;
    default: return 0;
    }
}

/* Marks are written one way: every short dash "-", every fraction bar "/". */
static dln_str mark_word(int32_t c, dln_str text)
{
    if (c == 0x2010 || c == 0x2011 || c == 0x2012 || c == 0x2013
        || c == 0x2212)
        return DLN_STR("-");
    if (c == 0x2044)
        return DLN_STR("/");
    if (c == 0x2019)
        return DLN_STR("'");
    if (c == 0x2248)
        return DLN_STR("~");
    return text;
}

static void put_word(dln_figwork *w, dln_atom *atom, dln_str text)
{
    char *room = w->words + (size_t)w->count * DLN_FIG_WORD;
    if (text.len > DLN_FIG_WORD)
        return;
    bool ascii = true;
    for (size_t i = 0; i < text.len; i++) {
        room[i] = dln_lower(text.data[i]);
        ascii &= (unsigned char)text.data[i] < 0x80;
    }
    atom->word = (dln_str){room, text.len};
    if (!ascii) {
        dln_str lower = dln_utf8_lower(w->scratch, text);
        if (lower.len <= DLN_FIG_WORD && lower.data)
            memcpy(room, lower.data, lower.len);
        atom->word.len = lower.len <= DLN_FIG_WORD ? lower.len : 0;
    }
}

static size_t read_atom(dln_figwork *w, dln_str s, size_t at, dln_atom *atom)
{
    size_t len, start = at;
    bool point = s.data[at] == '.' && digit_at(s, at + 1)
                 && (at == 0 || s.data[at - 1] == ' '
                     || s.data[at - 1] == '(');
    if (dln_is_digit(s.data[at]) || point) {
        if (s.data[at] != '.')
            return read_digits(s, at, atom);
        atom->point = true;
        atom->kind = DLN_ATOM_DIGITS;
        double unit = 1;
        for (at++; digit_at(s, at); at++)
            atom->value += (s.data[at] - '0') * (unit /= 10);
        return at;
    }
    if (is_letter(s, at, &len)) {
        at = read_word(s, at, atom);
        put_word(w, atom, dln_str_sub(s, start, at));
        return at;
    }
    int32_t c = dln_utf8_at(s, at, &len);
    atom->kind = DLN_ATOM_MARK;
    atom->value = vulgar(c);
    if (atom->value > 0) {
        atom->kind = DLN_ATOM_DIGITS;
        atom->point = true;
    } else {
        atom->word = mark_word(c, dln_str_sub(s, at, at + len));
    }
    return at + len;
}

void dln_figures__cut(dln_figwork *w, uint32_t *from, uint32_t end)
{
    dln_str s = dln_str_sub(w->doc->text, 0, end);
    size_t at = *from, len;
    uint32_t token = dln_token_at(w->doc, *from);
    bool glued = false;
    w->count = 0;
    while (at < s.len && w->count < w->room) {
        if (dln_utf8_is_space(dln_utf8_at(s, at, &len))) {
            glued = false;
            at += len;
            continue;
        }
        dln_atom *atom = &w->atoms[w->count];
        *atom = (dln_atom){.glued = glued, .token = DLN_NONE};
        size_t start = at;
        at = read_atom(w, s, at, atom);
        atom->span = (dln_span){(uint32_t)start, (uint32_t)at};
        while (token < w->doc->tokens.count
               && w->doc->tokens.at[token].span.end <= start)
            token++;
        if (token < w->doc->tokens.count
            && w->doc->tokens.at[token].span.start < at)
            atom->token = token;
        w->count++;
        glued = true;
    }
    *from = (uint32_t)at;
}

dln_str dln_figures__phrase(const dln_figwork *w, uint32_t begin,
                            uint32_t end, char *buffer)
{
    size_t n = 0;
    for (uint32_t i = begin; i < end; i++) {
        dln_str word = w->atoms[i].word;
        if (!word.len || n + word.len + 1 > 118)
            return (dln_str){NULL, 0};
        if (n)
            buffer[n++] = ' ';
        memcpy(buffer + n, word.data, word.len);
        n += word.len;
    }
    return (dln_str){buffer, n};
}

const dln_row *dln_figures__phrase_from(const dln_figwork *w,
                                        const dln_table *table, uint32_t i,
                                        uint32_t *edge)
{
    char buffer[120];
    uint32_t most = w->count - i < table->longest ? w->count - i
                                                  : table->longest;
    for (uint32_t n = most; n > 0; n--) {
        const dln_row *row = dln_table_find(
            table, dln_figures__phrase(w, i, i + n, buffer));
        if (row) {
            *edge = i + n;
            return row;
        }
    }
    return NULL;
}

const dln_row *dln_figures__phrase_to(const dln_figwork *w,
                                      const dln_table *table, uint32_t i,
                                      uint32_t *edge)
{
    char buffer[120];
    uint32_t most = i < table->longest ? i : table->longest;
    for (uint32_t n = most; n > 0; n--) {
        const dln_row *row = dln_table_find(
            table, dln_figures__phrase(w, i - n, i, buffer));
        if (row) {
            *edge = i - n;
            return row;
        }
    }
    return NULL;
}

bool dln_figures__mark(const dln_figwork *w, uint32_t i, const char *kind)
{
    if (i >= w->count || !w->atoms[i].word.len)
        return false;
    const dln_row *row = dln_table_find(w->f->marks, w->atoms[i].word);
    while (row) {
        if (dln_str_is(row->field[1], kind))
            return true;
        row = row->next == DLN_NONE ? NULL : &w->f->marks->rows[row->next];
    }
    return false;
}

unsigned dln_figures__upos(const dln_figwork *w, uint32_t i)
{
    return i < w->count && w->atoms[i].token != DLN_NONE
               ? w->doc->tokens.at[w->atoms[i].token].upos
               : DLN_UPOS_OTHER;
}

unsigned dln_figures__xpos(const dln_figwork *w, uint32_t i)
{
    return i < w->count && w->atoms[i].token != DLN_NONE
               ? w->doc->tokens.at[w->atoms[i].token].xpos
               : DLN_XPOS_NONE;
}

uint32_t dln_figures__atom_of(const dln_figwork *w, uint32_t token,
                              uint32_t near)
{
    uint32_t from = near > TREE_REACH ? near - TREE_REACH : 0;
    for (uint32_t i = from; i < w->count && i < near + TREE_REACH; i++)
        if (w->atoms[i].token == token)
            return i;
    return DLN_NONE;
}
