/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A page → the report on it.
 *
 *   mend → blocks → dirt by pattern → head → tail → dateline → joins
 *     → what the page says about itself → text
 *
 * The method is rules over whole lines, from the outside in: of a page that
 * was saved as text only lines and their order are left, and a line that is
 * taken for dirt must show it by its own words or by where it stands. In
 * doubt a line stays: a stray line costs less than a lost sentence.
 *
 * Metadata that came with the text wins over what is printed; what is
 * printed is taken out of the text all the same.
 */
#include "clean/clean.h"

#include <stdlib.h>

#include "base/repair.h"
#include "base/utf8.h"
#include "clean/clean_p.h"

/* ---- opening ---- */

static dln_str folded(dln_clean *clean, dln_str s)
{
    char buffer[DLN_CLEAN_KEY];
    dln_str key = dln_clean__key(buffer, s);
    if (dln_str_starts(key, DLN_STR("the ")))
        key = dln_str_sub(key, 4, key.len);
    return dln_arena_str(clean->arena, key);
}

static dln_status read_set(dln_clean *clean, const char *list, dln_map *map,
                           dln_error *error)
{
    const dln_table *table;
    DLN_TRY(dln_lang_list(clean->lang, list, &table, error));
    dln_map_init(map, clean->arena);
    for (uint32_t i = 0; i < table->count; i++)
        dln_map_set(map, folded(clean, table->rows[i].field[0]), i);
    return DLN_OK;
}

static dln_status read_agencies(dln_clean *clean, dln_error *error)
{
    const dln_table *table;
    DLN_TRY(dln_lang_list(clean->lang, "agencies", &table, error));
    DLN_TRY(read_set(clean, "agencies", &clean->agencies, error));
    clean->agency_names = dln_arena_array(clean->arena, table->count + 1,
                                          sizeof *clean->agency_names);
    for (uint32_t i = 0; clean->agency_names && i < table->count; i++)
        clean->agency_names[i] = table->rows[i].count > 1
                                     ? table->rows[i].field[1]
                                     : table->rows[i].field[0];
    return DLN_OK;
}

static int one_of(dln_str word, const char *const *names, int count)
{
    for (int i = 0; i < count; i++)
        if (dln_str_is(word, names[i]))
            return i;
    return -1;
}

static dln_status read_pattern(dln_clean *clean, const dln_row *row,
                               dln_dirt *d)
{
    static const char *const matches[] = {"whole", "start", "label", "has",
                                          "end"};
    static const char *const zones[] = {"any", "head", "tail"};
    static const char *const reaches[] = {"line", "next", "rest", "embed"};
    if (row->count < 6)
        return DLN_BADDATA;
    int match = one_of(row->field[1], matches, 5);
    int zone = one_of(row->field[3], zones, 3);
    int reach = one_of(row->field[4], reaches, 4);
    if (match < 0 || zone < 0 || reach < 0)
        return DLN_BADDATA;
    char buffer[DLN_CLEAN_KEY];
    *d = (dln_dirt){
        .pattern = dln_arena_str(clean->arena,
                                 dln_clean__key(buffer, row->field[0])),
        .match = (dln_match)match,
        .zone = (dln_dirt_zone)zone,
        .reach = (dln_dirt_reach)reach,
        .reason = dln_arena_str(clean->arena, row->field[5]).data,
        .next = DLN_NONE,
    };
    for (size_t i = 0; i < row->field[2].len; i++) {
        char c = row->field[2].data[i];
        if (!dln_is_digit(c) || d->words > 10000)
            return DLN_BADDATA;
        d->words = d->words * 10 + (uint32_t)(c - '0');
    }
    return d->pattern.len ? DLN_OK : DLN_BADDATA;
}

static dln_status read_dirt(dln_clean *clean, dln_error *error)
{
    const dln_table *table;
    DLN_TRY(dln_lang_list(clean->lang, "page-dirt", &table, error));
    clean->dirt = dln_arena_array(clean->arena, table->count + 1,
                                  sizeof *clean->dirt);
    dln_map_init(&clean->first_words, clean->arena);
    dln_map last;
    dln_map_init(&last, clean->arena);
    for (uint32_t i = 0; clean->dirt && i < table->count; i++) {
        dln_dirt *d = &clean->dirt[i];
        if (read_pattern(clean, &table->rows[i], d) != DLN_OK)
            return dln_fail(error, DLN_BADDATA, "%.*s:%u: not a pattern row",
                            DLN_ARG(table->file), table->rows[i].line);
        dln_str first = dln_str_sub(d->pattern, 0,
                                    dln_str_find(d->pattern, DLN_STR(" "),
                                                 0));
        if (d->match >= DLN_MATCH_HAS && d->pattern.len > 1) {
            uint32_t pair = dln_clean__pair(d->pattern, 0);
            clean->inside[pair >> 6] |= (uint64_t)1 << (pair & 63);
        }
        uint32_t before = dln_map_get(&last, first);
        if (before != DLN_NONE)
            clean->dirt[before].next = i;
        else
            dln_map_set(&clean->first_words, first, i);
        dln_map_set(&last, first, i);
    }
    clean->dirt_count = table->count;
    return DLN_OK;
}

static dln_status read_lists(dln_clean *clean, dln_error *error)
{
    DLN_TRY(dln_lang_list(clean->lang, "page-words", &clean->words, error));
    DLN_TRY(read_set(clean, "dateline-places", &clean->places, error));
    DLN_TRY(read_set(clean, "section-labels", &clean->sections, error));
    DLN_TRY(read_agencies(clean, error));
    DLN_TRY(read_dirt(clean, error));
    DLN_TRY(dln_clean__languages(clean, error));
    DLN_TRY(dln_lang_list(clean->lang, "wire-marks", &clean->wire_marks,
                          error));
    DLN_TRY(dln_lang_list(clean->lang, "version-marks",
                          &clean->version_marks, error));
    return dln_arena_oom(clean->arena)
               ? dln_fail(error, DLN_NOMEM, "out of memory") : DLN_OK;
}

dln_status dln_clean_open(dln_clean **out, const dln_lang *lang,
                          dln_error *error)
{
    dln_clean *clean = calloc(1, sizeof *clean);
    *out = NULL;
    if (!clean)
        return dln_fail(error, DLN_NOMEM, "out of memory");
    clean->lang = lang;
    clean->arena = dln_arena_new(0);
    dln_status status = clean->arena ? read_lists(clean, error)
                            : dln_fail(error, DLN_NOMEM, "out of memory");
    if (status != DLN_OK) {
        dln_clean_close(clean);
        return status;
    }
    *out = clean;
    return DLN_OK;
}

void dln_clean_close(dln_clean *clean)
{
    if (!clean)
        return;
    dln_arena_free(clean->arena);
    free(clean);
}

/* ---- dateline and joins ---- */

/* Datelines stand at the beginning of the body, or below a standfirst. */
static void cut_dateline(dln_page *page)
{
    uint32_t seen = 0;
    for (uint32_t i = 0; i < page->blocks.count && seen < 3; i++) {
        dln_block *b = &page->blocks.at[i];
        if (b->reason || b->words < 4)
            continue;
        seen++;
        size_t n = dln_clean__dateline(page, dln_block_str(page, b));
        if (!n)
            continue;
        dln_removed *cut = DLN_VEC_PUSH(page->scratch, &page->cuts);
        if (!cut)
            return;
        uint32_t end = b->span.start + (uint32_t)n;
        dln_str s = dln_str_trim(dln_str_sub(page->text, b->span.start,
                                             end));
        *cut = (dln_removed){dln_clean__span(page, s), "dateline"};
        b->span.start = end;
        return;
    }
}

/* "With the road closed and winter near" opens a sentence; without a comma
 * its main clause is still to come. */
static bool half_sentence(const dln_page *page, dln_str s)
{
    dln_str rest, word;
    size_t at = s.len;
    while (at > 1 && !(dln_is_space(s.data[at - 1])
                       && strchr(".?!\"", s.data[at - 2])))
        at--;
    rest = dln_str_sub(s, at > 1 ? at : 0, s.len);
    return dln_str_find(rest, DLN_STR(","), 0) == rest.len
           && dln_clean__word(&rest, &word) && dln_is_upper(word.data[0])
           && dln_clean__is(page->clean, word, "opener", NULL);
}

/* Does the sentence at the end of `a` go on in `b`? Small letters say so,
 * and so does a word that no sentence ends with. */
static bool goes_on(const dln_page *page, const dln_block *a,
                    const dln_block *b)
{
    dln_str left = dln_block_str(page, a), right = dln_block_str(page, b);
    size_t len;
    int32_t last = dln_utf8_before(left, left.len, &len);
    int32_t first = dln_utf8_at(right, 0, &len);
    if (a->stop || a->words < 5)
        return false;
    if (dln_utf8_is_lower(first))
        return dln_utf8_is_letter(last) || dln_utf8_is_digit(last)
               || last == ',' || last == '-' || last == 0x2014
               || last == 0x2013 || dln_utf8_is_quote(last);
    size_t at = left.len;
    while (at > 0 && !dln_is_space(left.data[at - 1]))
        at--;
    dln_str word = dln_str_sub(left, at, left.len);
    return a->words >= 10 && b->prose && dln_utf8_is_letter(first)
           && (last == ',' || (!a->head && half_sentence(page, left))
               || dln_clean__is(page->clean, word, "open", NULL));
}

static void join(dln_page *page)
{
    const dln_block *before = NULL;
    for (uint32_t i = 0; i < page->blocks.count; i++) {
        dln_block *b = &page->blocks.at[i];
        if (b->reason)
            continue;
        b->joined = before && goes_on(page, before, b);
        before = b;
    }
}

/* ---- what the page says about itself ---- */

/* Do the capitals of `name` spell `code`? "Harbour Wire", "HW". */
static bool spells(dln_str name, dln_str code)
{
    dln_str word;
    size_t n = 0;
    while (dln_clean__word(&name, &word)) {
        if (dln_str_ieq(word, DLN_STR("the")))
            continue;
        if (n == code.len || word.data[0] != code.data[n])
            return false;
        n++;
    }
    return n == code.len && n > 1;
}

static void settle_agency(dln_page *page)
{
    dln_doc *doc = page->doc;
    dln_str holder = dln_clean__agency(page->clean, page->holder);
    dln_str found = page->agency_dateline;
    if (!found.len && page->code.len) {
        dln_str names[] = {page->byline_org, page->holder, doc->outlet,
                           page->outlet_line};
        for (size_t i = 0; i < 4 && !found.len; i++)
            if (spells(names[i], page->code))
                found = names[i];
        if (!found.len)
            found = page->code;
    }
    if (!found.len)
        found = page->agency_byline;
    if (!found.len && page->byline_org.len) {
        size_t at = page->byline_org.len;
        while (at > 0 && !dln_is_space(page->byline_org.data[at - 1]))
            at--;
        dln_str last = dln_str_sub(page->byline_org, at,
                                   page->byline_org.len);
        if (dln_clean__is(page->clean, last, "agency", NULL))
            found = page->byline_org;
    }
    if (!found.len)
        found = page->agency_line.len ? page->agency_line : holder;
    if (!doc->agency.len)
        doc->agency = dln_clean__plain(doc->arena, found);
}

static void settle_outlet(dln_page *page)
{
    dln_doc *doc = page->doc;
    dln_str found = page->outlet_line;
    if (!found.len && !dln_clean__agency(page->clean, page->holder).len)
        found = page->holder;
    if (!found.len)
        found = page->suffix;
    if (!found.len)
        found = page->station;
    if (!found.len && dln_clean__is_outlet(page->clean, page->byline_org)
        && !dln_str_eq(page->byline_org, doc->agency))
        found = page->byline_org;
    if (!found.len)
        found = page->host;
    if (!doc->outlet.len)
        doc->outlet = dln_clean__plain(doc->arena, found);
}

static void set_date(dln_doc *doc, dln_interval when, dln_str text,
                     dln_basis basis)
{
    if (doc->published_basis != DLN_BASIS_UNKNOWN
        || when.start == DLN_NO_DAY)
        return;
    doc->published = when;
    doc->published_text = dln_arena_str(doc->arena, text);
    doc->published_basis = basis;
}

/* Given, printed, in the address, updated: the first that is known. A date
 * without its year takes none from elsewhere. */
static void settle_date(dln_page *page)
{
    dln_doc *doc = page->doc;
    dln_interval when;
    dln_str text;
    if (doc->published_basis == DLN_BASIS_UNKNOWN
        && doc->published_text.len) {
        dln_printed given = dln_clean__date(page->clean,
                                            doc->published_text);
        set_date(doc, given.when, doc->published_text, DLN_BASIS_GIVEN);
    }
    set_date(doc, page->printed, page->printed_text, DLN_BASIS_TEXT);
    set_date(doc, page->address, page->address_text, DLN_BASIS_METADATA);
    if (dln_str_find(doc->uri, DLN_STR("://"), 0) < doc->uri.len
        && dln_clean__address_date(doc->uri, &when, &text))
        set_date(doc, when, text, DLN_BASIS_METADATA);
    if (doc->published_basis == DLN_BASIS_UNKNOWN
        && page->updated.start != DLN_NO_DAY) {
        set_date(doc, page->updated, page->updated_text, DLN_BASIS_TEXT);
        dln_doc_note(doc, "clean", DLN_NOTE_INFO, DLN_NO_SPAN,
                     "dated by its last change, \"%.*s\"",
                     DLN_ARG(page->updated_text));
    }
    if (doc->published_basis == DLN_BASIS_UNKNOWN && page->partial.len
        && !doc->published_text.len) {
        doc->published_text = dln_clean__plain(doc->arena, page->partial);
        dln_doc_note(doc, "clean", DLN_NOTE_INFO, DLN_NO_SPAN,
                     "printed date \"%.*s\" does not tell the day of a year",
                     DLN_ARG(doc->published_text));
    }
}

/* ---- running ---- */

/* Nothing would be left: it is no page, then, but a line or two. */
static void keep_something(dln_page *page)
{
    dln_block *b = page->blocks.at;
    for (uint32_t i = 0; i < page->blocks.count; i++)
        if (!b[i].reason)
            return;
    for (uint32_t i = 0; i < page->blocks.count; i++)
        if (!b[i].dirt)
            b[i].reason = NULL;
}

static void note_mended(dln_doc *doc, const dln_repairs *r)
{
    if (r->doubled)
        dln_doc_note(doc, "clean", DLN_NOTE_INFO, DLN_NO_SPAN,
                     "%u characters restored that had been encoded twice",
                     r->doubled);
    if (r->dropped)
        dln_doc_note(doc, "clean", DLN_NOTE_INFO, DLN_NO_SPAN,
                     "%u control or invisible characters dropped",
                     r->dropped);
}

dln_status dln_clean_run(const dln_clean *clean, dln_doc *doc,
                         dln_arena *scratch)
{
    dln_repairs repairs = {0};
    dln_page page = {
        .clean = clean, .doc = doc, .scratch = scratch,
        .printed = DLN_NO_INTERVAL, .updated = DLN_NO_INTERVAL,
        .address = DLN_NO_INTERVAL,
    };
    dln_mend(scratch, doc->input, &page.text, &page.from, &repairs);
    note_mended(doc, &repairs);
    dln_clean__split(&page);
    dln_clean__mark_dirt(&page);
    dln_clean__read_head(&page);
    dln_clean__read_tail(&page);
    keep_something(&page);
    cut_dateline(&page);
    join(&page);
    settle_agency(&page);
    settle_outlet(&page);
    settle_date(&page);
    dln_clean__assemble(&page);
    dln_clean__wire(&page);
    dln_clean__settle_language(&page);
    return dln_arena_oom(scratch) ? DLN_NOMEM : DLN_OK;
}
