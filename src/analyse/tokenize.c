/* SPDX-License-Identifier: Apache-2.0 */
/*
 * tokenize: text → tokens by the conventions of the English Universal
 * Dependencies treebanks (UD 2, EWT and GUM).
 *
 * A scanner walks each run without white space from left to right and takes
 * one token at a time. Hyphens and slashes between words are tokens of
 * their own but for bound prefixes; clitics ('s, n't) are cut off; numbers,
 * addresses and abbreviations stay whole. Word lists: abbreviations,
 * bound_prefixes, contractions. Linear: what looks ahead looks at most
 * LOOK bytes.
 */
#include "analyse/analyse_p.h"
#include "base/utf8.h"

#define LOOK 400

typedef struct scanner {
    const dln_words *words;
    dln_str text;           /* bytes before the run's end only */
    size_t from;            /* where the run without space begins */
    size_t paragraph_end;
    dln_arena *arena;
    dln_pieces *out;
} scanner;

static int32_t peek(const scanner *s, size_t at, size_t *len)
{
    if (at >= s->text.len) {
        *len = 0;
        return -1;
    }
    return dln_utf8_at(s->text, at, len);
}

static char byte(const scanner *s, size_t at)
{
    return at < s->text.len ? s->text.data[at] : '\0';
}

static bool is_apostrophe(int32_t c)
{
    return c == '\'' || c == 0x2019 || c == 0x2BC || c == '`';
}

/* Letters, digits, marks and everything odd that is no punctuation. */
static bool is_word(int32_t c)
{
    if (c < 0)
        return false;
    if (c < 0x80)
        return dln_is_alpha((char)c) || dln_is_digit((char)c) || c == '_';
    if (c >= 0x300 && c <= 0x36F)
        return true;
    return dln_utf8_is_letter(c) || dln_utf8_is_digit(c)
           || (c >= 0x900 && c < 0x2000);
}

static bool is_digit_at(const scanner *s, size_t at)
{
    return dln_is_digit(byte(s, at));
}

static void put(scanner *s, size_t start, size_t end)
{
    dln_piece *piece = DLN_VEC_PUSH(s->arena, s->out);
    if (piece)
        *piece = (dln_piece){{(uint32_t)start, (uint32_t)end}, false};
}

const dln_row *dln_analyse__row(const dln_table *table, dln_str word)
{
    char lower[DLN_WORD_MAX];
    if (word.len > sizeof lower)
        return NULL;
    for (size_t i = 0; i < word.len; i++)
        lower[i] = dln_lower(word.data[i]);
    return dln_table_find(table, (dln_str){lower, word.len});
}

/* End of the run of word characters from `at`. */
static size_t word_end(const scanner *s, size_t at)
{
    for (size_t len; is_word(peek(s, at, &len)); at += len)
        ;
    return at;
}

static size_t digits_end(const scanner *s, size_t at)
{
    while (is_digit_at(s, at))
        at++;
    return at;
}

/* Trailing punctuation is not part of an address. */
static size_t without_tail(const scanner *s, size_t start, size_t end)
{
    while (end > start + 1) {
        size_t len;
        int32_t c = dln_utf8_before(s->text, end, &len);
        if (c != '.' && c != ',' && c != ';' && c != ':' && c != '!'
            && c != '?' && c != ')' && c != ']' && c != '>'
            && !dln_utf8_is_quote(c))
            break;
        end -= len;
    }
    return end;
}

/* An address (http://..., www..., a@b.c) that starts here: its end, or 0. */
static size_t address(const scanner *s, size_t at)
{
    size_t limit = at + LOOK < s->text.len ? at + LOOK : s->text.len;
    dln_str head = dln_str_sub(s->text, at, limit);
    size_t sep = dln_str_find(head, DLN_STR("://"), 0);
    bool yes = dln_str_starts(head, DLN_STR("www."));
    if (sep > 0 && sep < 10 && sep < head.len)
        yes = true;
    size_t mail = dln_str_find(head, DLN_STR("@"), 0);
    if (!yes && mail > 0 && mail < head.len) {
        yes = true;
        size_t scheme = dln_str_starts(head, DLN_STR("mailto:")) ? 7 : 0;
        for (size_t i = scheme; i < mail; i++)
            yes = yes && !dln_is_space(head.data[i])
                  && !strchr("\"'()<>[],;:", head.data[i]);
        yes = yes && dln_str_find(head, DLN_STR("."), mail) < head.len;
    }
    if (!yes)
        return 0;
    size_t end = at;
    for (size_t len; end < limit; end += len) {
        int32_t c = peek(s, end, &len);
        if (c == '"' || c == '<' || c == '>' || c == 0x201D || c == 0x201C)
            break;
    }
    return without_tail(s, at, end);
}

/* Digits with their separators: 3.5, 2,000, 10:30, 11/28/2000, 713-853-3989,
 * 2021-01-11. */
static size_t number_end(const scanner *s, size_t at)
{
    size_t end = digits_end(s, at), groups = 1, total = end - at;
    for (;;) {
        char c = byte(s, end);
        if ((c != '.' && c != ',' && c != ':' && c != '/')
            || !is_digit_at(s, end + 1))
            break;
        end = digits_end(s, end + 1);
    }
    /* Hyphens hold together dates and telephone numbers only. */
    size_t more = end;
    while (byte(s, more) == '-' && is_digit_at(s, more + 1)) {
        size_t next = digits_end(s, more + 1);
        total += next - more - 1;
        groups++;
        more = next;
    }
    bool phone = groups == 2 && more - end == 5
                 && (total == 7 || total == 5);
    if ((groups > 2 || phone) && !is_word((unsigned char)byte(s, more)))
        end = more;
    return end;
}

/* Letters that follow a number and are a token of their own. */
static bool is_unit(dln_str s)
{
    static const char *const units[] = {
        "am", "pm", "AM", "PM", "km", "kg", "mm", "cm", "mph", "kph", "ha",
        "bn", "mn", "tn", "k", "K", "m", "M", "gb", "GB", "mb", "MB", "ft",
        "hr", "hrs", "min", "mins", "yrs", "lb", "lbs", "oz"};
    for (size_t i = 0; i < sizeof units / sizeof *units; i++)
        if (dln_str_is(s, units[i]))
            return true;
    return false;
}

/* Does the stop at `end`, behind the word that begins at `start`, belong to
 * the word? */
static bool keeps_stop(const scanner *s, size_t start, size_t end)
{
    if (byte(s, end) != '.' || byte(s, end + 1) == '.')
        return false;
    dln_str word = dln_str_sub(s->text, start, end);
    dln_str text = {s->text.data, s->paragraph_end};
    size_t next = end + 1, len;
    while (next < text.len && dln_is_space(text.data[next]))
        next++;
    bool last = next >= text.len;
    int32_t c = last ? -1 : dln_utf8_at(text, next, &len);
    if (word.len == 1 && dln_is_upper(word.data[0]))
        return !last && (word.data[0] != 'I' || next == end + 1
                         || dln_utf8_is_upper(c));
    /* born, died, married */
    if (word.len == 1 && start > 0 && byte(s, start - 1) == '('
        && strchr("bdmr", word.data[0]))
        return dln_utf8_is_digit(c) || dln_utf8_is_upper(c);
    if (dln_str_find(word, DLN_STR("."), 0) < word.len)
        return !dln_is_digit(word.data[word.len - 1]);
    const dln_row *row = dln_analyse__row(
        s->words->abbreviations, dln_str_sub(s->text, start, end + 1));
    if (!row)
        return false;
    dln_str kind = dln_row_field(row, 1);
    if (dln_str_is(kind, "number"))
        return dln_utf8_is_digit(c);
    if (dln_str_is(kind, "name"))
        return dln_is_upper(word.data[0])
               && (dln_utf8_is_digit(c) || dln_utf8_is_upper(c)
                   || c == ',' || c == '-' || c == 0x2013 || c == 0x2014);
    if (dln_str_is(kind, "title"))
        return !last;
    return true;
}

/* End of a clitic that starts with the apostrophe at `at`, or 0. */
static size_t clitic_end(const scanner *s, size_t at)
{
    size_t len, end;
    if (!is_apostrophe(peek(s, at, &len)))
        return 0;
    end = word_end(s, at + len);
    dln_str tail = dln_str_sub(s->text, at + len, end);
    static const char *const clitics[] = {"s", "re", "ve", "ll", "d", "m"};
    for (size_t i = 0; i < sizeof clitics / sizeof *clitics; i++)
        if (dln_str_ieq(tail, dln_str_of(clitics[i])))
            return end;
    return 0;
}

/* n't at the end of the word [start, end), where text[end] is its
 * apostrophe: the place to cut, or 0. */
static size_t not_cut(const scanner *s, size_t start, size_t end)
{
    size_t len;
    if (end < start + 2 || dln_lower(byte(s, end - 1)) != 'n'
        || !is_apostrophe(peek(s, end, &len))
        || dln_lower(byte(s, end + len)) != 't'
        || word_end(s, end + len) != end + len + 1)
        return 0;
    return end - 1;
}

/* The word behind `end` and one space if it is of small letters only, else
 * nothing. */
static dln_str word_behind(const scanner *s, size_t end)
{
    dln_str text = {s->text.data, s->paragraph_end};
    size_t at = end + 1, to = at;
    if (at >= text.len || !dln_is_space(text.data[end]))
        return DLN_STR("");
    while (to < text.len && to - at < DLN_WORD_MAX
           && dln_is_lower(text.data[to]))
        to++;
    bool whole = to == text.len || dln_is_space(text.data[to])
                 || strchr(".,;:!?", text.data[to]);
    return whole ? dln_str_sub(text, at, to) : DLN_STR("");
}

/* Is the contraction of this row read as one before what follows it? */
static bool is_contracted(const scanner *s, const dln_row *row, size_t end)
{
    dln_str list = dln_row_field(row, 2), one;
    dln_str next = word_behind(s, end);
    if (!list.len)
        return dln_row_field(row, 0).len > 3 || next.len;
    while (dln_str_cut(&list, ' ', &one))
        if (dln_str_eq(one, next))
            return true;
    return false;
}

/* Word [start, end) put down, in two parts if it is a contraction. */
static void put_word(scanner *s, size_t start, size_t end)
{
    dln_str word = dln_str_sub(s->text, start, end);
    const dln_row *row = dln_analyse__row(s->words->contractions, word);
    dln_str field = row ? dln_row_field(row, 1) : (dln_str){NULL, 0};
    size_t cut = field.len == 1 && dln_is_digit(field.data[0])
                     ? (size_t)(field.data[0] - '0') : 0;
    if (cut && cut < word.len && is_contracted(s, row, end)) {
        put(s, start, start + cut);
        put(s, start + cut, end);
    } else {
        put(s, start, end);
    }
}

/* What ends the names of files and of sites, in any case. */
static bool is_ending(dln_str s)
{
    static const char *const endings[] = {
        "com", "org", "net", "gov", "edu", "info", "doc", "xls", "pdf",
        "htm", "html", "txt", "jpg", "ppt", "zip"};
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++)
        if (dln_str_ieq(s, dln_str_of(endings[i])))
            return true;
    return false;
}

/* May the character at `at` join the word so far, [start, at), to what
 * follows it? Inner stops, ampersands, apostrophes, bound hyphens. */
static size_t joint(const scanner *s, size_t start, size_t at)
{
    size_t len, next_len;
    int32_t c = peek(s, at, &len);
    int32_t next = peek(s, at + len, &next_len);
    if (!is_word(next) && !(c == '$' && at - start <= 3))
        return 0;
    dln_str word = dln_str_sub(s->text, start, at);
    char before = byte(s, at - 1);
    size_t after = word_end(s, at + len);
    if (c == '@')
        return at - start > 1 && after - at > 2 ? at + 1 : 0;
    if (c == '.') {
        if (is_ending(dln_str_sub(s->text, at + 1, after)))
            return at + 1;
        /* Ph.D. */
        if (at - start == 2 && dln_is_upper(byte(s, start))
            && dln_is_lower(before) && dln_is_upper(byte(s, at + 1))
            && after == at + 2 && byte(s, after) == '.')
            return at + 1;
        bool lone = at - start == 1 || byte(s, at - 2) == '.';
        bool lone_next = after == at + 2;
        bool site = after < s->text.len
                    && dln_is_lower((char)(next < 0x80 ? next : 'A'))
                    && dln_is_lower(before) && at - start > 1;
        if (dln_is_alpha(before) && lone && next < 0x80
            && dln_is_alpha((char)next) && (lone_next || after == at + 3))
            return at + 1;
        if (dln_is_alpha(before) && next < 0x80 && !site
            && dln_is_lower((char)next) && after - at <= 5
            && dln_is_lower(before))
            return at + 1;
        /* names of sites: example.com, news.am */
        if (site && (byte(s, after) != '.'
                     || dln_is_lower(byte(s, after + 1))))
            return at + 1;
        return dln_is_digit(before) && is_digit_at(s, at + 1)
                   ? at + 1 : 0;
    }
    if (c == '&')
        return dln_is_upper(before) && next < 0x80
                       && dln_is_upper((char)next) && at - start <= 4
                   ? at + 1 : 0;
    if (is_apostrophe(c) && c != '`')
        return clitic_end(s, at) || not_cut(s, start, at) ? 0 : at + len;
    if (c == '-')
        return dln_analyse__row(s->words->prefixes, word) ? at + 1 : 0;
    if (c == '/')
        return at - start == 1 && after == at + 2 && dln_is_alpha(before)
                       && dln_is_alpha((char)(next < 0x80 ? next : 0))
                   ? at + 1 : 0;
    return 0;
}

/* 1980's, 80's: the end with its apostrophe, or 0. */
static size_t decade_end(const scanner *s, size_t at, size_t end)
{
    size_t n = end - at, tail = clitic_end(s, end);
    bool round = (n == 2 || n == 4) && byte(s, end - 1) == '0'
                 && dln_is_digit(byte(s, end - 2));
    return round && tail && dln_lower(byte(s, tail - 1)) == 's' ? tail : 0;
}

/* y- I mean: a hyphen that breaks a word off stays with it. */
static bool breaks_off(const scanner *s, size_t at, size_t end)
{
    return byte(s, end) == '-' && end + 1 == s->text.len
           && end - at == 1
           && dln_is_alpha(byte(s, at));
}

/* A word token (and its clitics) from `at`; returns where it ends. */
static size_t take_word(scanner *s, size_t at)
{
    size_t end;
    if (is_digit_at(s, at)) {
        end = number_end(s, at);
        size_t letters = word_end(s, end);
        if (letters > end
            && is_unit(dln_str_sub(s->text, end, letters))) {
            put(s, at, end);
            put(s, end, letters);
            return letters;
        }
        end = letters;
        size_t decade = decade_end(s, at, end);
        if (decade) {
            put(s, at, decade);
            return decade;
        }
    } else {
        end = word_end(s, at);
    }
    if (end == at) {        /* cannot be; never stand still */
        put(s, at, at + 1);
        return at + 1;
    }
    for (size_t next; end - at < LOOK && (next = joint(s, at, end)) != 0;)
        end = word_end(s, next);
    if (byte(s, end) == '$' && end - at <= 3 && dln_is_upper(byte(s, at)))
        end++;
    if (keeps_stop(s, at, end)) {
        put(s, at, end + 1);
        end++;
        size_t tail = clitic_end(s, end);
        if (tail)
            put(s, end, tail);
        return tail ? tail : end;
    }
    if (breaks_off(s, at, end)) {
        put(s, at, end + 1);
        return end + 1;
    }
    size_t cut = not_cut(s, at, end);
    if (cut) {
        size_t len;
        peek(s, end, &len);
        put(s, at, cut);
        put(s, cut, end + len + 1);
        return end + len + 1;
    }
    size_t tail = clitic_end(s, end);
    put_word(s, at, end);
    if (tail)
        put(s, end, tail);
    return tail ? tail : end;
}

/* 'em, '90s, '72: an apostrophe that opens a word. */
static size_t opening_apostrophe(const scanner *s, size_t at, size_t len)
{
    if (is_digit_at(s, at + len) && is_digit_at(s, at + len + 1)
        && !is_digit_at(s, at + len + 2))
        return word_end(s, at + len);
    size_t end = word_end(s, at + len);
    dln_str word = dln_str_sub(s->text, at + len, end);
    return dln_str_ieq(word, DLN_STR("em"))
                   || dln_str_ieq(word, DLN_STR("tis")) ? end : 0;
}

/* :) ;-( =D and the like: the end, or 0. Letters count only where nothing
 * else leans on the sign. */
static size_t smiley_end(const scanner *s, size_t at)
{
    char eyes = byte(s, at);
    if (eyes != ':' && eyes != ';' && eyes != '=')
        return 0;
    size_t mouth = at + 1 + (byte(s, at + 1) == '-');
    char c = byte(s, mouth);
    if (c == 'D' || c == 'P' || c == 'p')
        return eyes == ':' && at == s->from && mouth + 1 == s->text.len
                   ? mouth + 1 : 0;
    if (c != ')' && c != '(')
        return 0;
    size_t end = mouth;
    while (byte(s, end) == c && end - mouth < 8)
        end++;
    size_t len;
    return is_word(peek(s, end, &len)) ? 0 : end;
}

/* End of a run of . ! ?: "...", "?!", ".?", and "!." where nothing leans on
 * it. */
static size_t marks_end(const scanner *s, size_t at)
{
    size_t end = at;
    while (byte(s, end) == '.')
        end++;
    if (end - at > 2)
        return end;
    while (byte(s, end) == '!' || byte(s, end) == '?')
        end++;
    if (byte(s, end) == '.' && byte(s, end - 1) != '.'
        && end + 1 == s->text.len)
        end++;
    return end;
}

/* Punctuation and symbols: runs of the same sign are one token, brackets
 * and quotation marks stand alone. */
static size_t take_sign(scanner *s, size_t at)
{
    size_t len, next_len, end;
    int32_t c = peek(s, at, &len);
    end = at + len;
    if (is_apostrophe(c)) {
        size_t word = opening_apostrophe(s, at, len);
        if (word) {
            put(s, at, word);
            return word;
        }
        int32_t second = peek(s, end, &next_len);
        if ((c < 0x80 && byte(s, end) == byte(s, at))
            || (c == 0x2019 && second == c))
            end += next_len;
    } else if (c == 0x2018) {
        int32_t second = peek(s, end, &next_len);
        if (second == 0x2018 || second == 0x2019)
            end += next_len;
    } else if (smiley_end(s, at)) {
        end = smiley_end(s, at);
    } else if (c == '!' || c == '?' || c == '.') {
        end = marks_end(s, at);
    } else if ((c == '#' || c == '@') && dln_is_alpha(byte(s, end))) {
        end = word_end(s, end);
    } else if (c == '+' && is_digit_at(s, end) && at == s->from) {
        end = number_end(s, end);
    } else if (c < 0x80 ? !strchr("()[]{}\"%,;:", (char)c)
                        : c == 0x2014 || c == 0x2013 || c == 0x2026) {
        while (peek(s, end, &next_len) == c)
            end += next_len;
    }
    put(s, at, end);
    return end;
}

static void take_run(scanner *s, size_t at)
{
    bool fresh = true;      /* an address may begin here */
    s->from = at;
    while (at < s->text.len) {
        size_t len;
        int32_t c = peek(s, at, &len);
        if (fresh && is_word(c)) {
            size_t end = address(s, at);
            if (end) {
                put(s, at, end);
                at = end;
                continue;
            }
        }
        fresh = !is_word(c) && s->text.len - at < LOOK;
        at = is_word(c) ? take_word(s, at) : take_sign(s, at);
    }
}

/* Is the byte or character at `at` white space? *len its bytes. */
static bool is_space_at(dln_str text, size_t at, size_t *len)
{
    if (!((unsigned char)text.data[at] & 0x80)) {
        *len = 1;
        return (unsigned char)text.data[at] <= ' ' || text.data[at] == 0x7F;
    }
    return dln_utf8_is_space(dln_utf8_at(text, at, len));
}

void dln_analyse__tokenize(const dln_words *words, dln_str text,
                           dln_span span, dln_arena *scratch,
                           dln_pieces *out)
{
    size_t at = span.start, len;
    while (at < span.end) {
        if (is_space_at(text, at, &len)) {
            if (out->count)
                out->at[out->count - 1].space_after = true;
            at += len;
            continue;
        }
        size_t end = at;
        while (end < span.end && !is_space_at(text, end, &len))
            end += len;
        if (end > span.end)
            end = span.end;
        scanner s = {words, {text.data, end}, at, span.end, scratch, out};
        take_run(&s, at);
        at = end;
    }
    if (out->count)
        out->at[out->count - 1].space_after = true;
}
