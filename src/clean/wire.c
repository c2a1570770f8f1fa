/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What an agency's copy says to editors: that it updates or corrects, may not
 * be used before an hour, or not at all.
 *
 * in: title and the first lines of the page; out: doc->wire_status and
 * doc->embargo, where the headers of the copy do not tell. The words stand in
 * lists; they count at the beginning of a line, in capitals or before a colon
 * or a dash, so that "Kill Bill" in a title says nothing.
 */
#include "base/utf8.h"
#include "clean/clean_p.h"

#define LINES 6u            /* of the page that are looked at */
#define LONGEST 300u        /* bytes of one */

/* The list's words at the beginning of `line`, as a slogan. */
static const dln_row *mark_of(const dln_table *marks, dln_str line,
                              dln_arena *scratch)
{
    const dln_row *best = NULL;
    dln_str low = dln_utf8_fold(scratch, line);
    for (uint32_t i = 0; i < marks->count; i++) {
        dln_str word = marks->rows[i].field[0];
        if (!dln_str_starts(low, word)
            || (best && word.len <= best->field[0].len))
            continue;
        bool capitals = true;
        for (size_t k = 0; k < word.len && k < line.len; k++)
            capitals &= !dln_is_lower(line.data[k]);
        dln_str rest = dln_str_trim(dln_str_sub(low, word.len, low.len));
        bool stop = word.len == low.len || !dln_is_alpha(low.data[word.len]);
        bool sign = dln_str_starts(rest, DLN_STR(":"))
                    || dln_str_starts(rest, DLN_STR("-"));
        if (stop && (capitals || sign))
            best = &marks->rows[i];
    }
    return best;
}

static const char *status_of(dln_str kind)
{
    static const char *const kinds[][2] = {
        {"update", DLN_WIRE_UPDATE}, {"correction", DLN_WIRE_CORRECTION},
        {"kill", DLN_WIRE_KILLED}, {"killed", DLN_WIRE_KILLED},
        {"withheld", DLN_WIRE_WITHHELD}, {"advisory", DLN_WIRE_ADVISORY},
        {"embargoed", DLN_WIRE_EMBARGOED}};
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (dln_str_is(kind, kinds[i][0]))
            return kinds[i][1];
    return "";
}

static void read_line(dln_page *page, dln_str line)
{
    const dln_clean *clean = page->clean;
    dln_doc *doc = page->doc;
    line = dln_str_trim(line);
    if (!line.len || line.len > LONGEST || doc->wire_status.len)
        return;
    const dln_row *row = mark_of(clean->wire_marks, line, page->scratch);
    if (!row)
        row = mark_of(clean->version_marks, line, page->scratch);
    if (!row)
        return;
    doc->wire_status = dln_str_of(status_of(dln_row_field(row, 1)));
    if (!dln_str_is(doc->wire_status, DLN_WIRE_EMBARGOED) || doc->embargo.len)
        return;
    dln_printed until = dln_clean__date(clean, line);
    if (until.when.start != DLN_NO_DAY) {
        char day[11];
        dln_day_text(day, until.when.start);
        doc->embargo = dln_arena_str(doc->arena, dln_str_of(day));
    }
}

void dln_clean__wire(dln_page *page)
{
    dln_doc *doc = page->doc;
    dln_str rest = dln_str_sub(page->text, 0, LINES * LONGEST), line;
    read_line(page, doc->title);
    for (uint32_t i = 0; i < LINES && dln_str_cut(&rest, '\n', &line);)
        if (dln_str_trim(line).len) {
            read_line(page, line);
            i++;
        }
    if (doc->wire_status.len)
        dln_doc_note(doc, "clean", DLN_NOTE_INFO, DLN_NO_SPAN,
                     "an agency's note to editors: %.*s%s%.*s",
                     DLN_ARG(doc->wire_status),
                     doc->embargo.len ? ", not before " : "",
                     DLN_ARG(doc->embargo));
}

/* Sets the language by the text, which knows better than a page's header. */
void dln_clean__settle_language(dln_page *page)
{
    dln_doc *doc = page->doc;
    dln_str found = dln_clean__language(page->clean, doc->text,
                                        page->scratch);
    if (!found.len || dln_str_eq(found, doc->language))
        return;
    if (doc->language.len)
        dln_doc_note(doc, "clean", DLN_NOTE_INFO, DLN_NO_SPAN,
                     "said to be in \"%.*s\"; by its words it is in "
                     "\"%.*s\"", DLN_ARG(doc->language), DLN_ARG(found));
    doc->language = found;
}
