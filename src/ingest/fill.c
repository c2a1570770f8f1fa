/* SPDX-License-Identifier: Apache-2.0 */
/*
 * An item → an empty document.
 *
 * Bytes of a text file are decoded and mended here, those of a web page
 * where it is read. Text out of JSON is taken as
 * it is: its sender counts offsets in it.
 */
#include "base/repair.h"
#include "base/utf8.h"
#include "ingest/ingest.h"

static void note_repairs(dln_doc *doc, const dln_repairs *r)
{
    const struct { uint32_t count; const char *text; } kinds[] = {
        {r->windows, "bytes read as Windows-1252"},
        {r->doubled, "characters restored that had been encoded twice"},
        {r->dropped, "control or invisible characters dropped"},
        {r->lost, "bytes that stand for no character"},
    };
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (kinds[i].count)
            dln_doc_note(doc, "ingest", DLN_NOTE_INFO, DLN_NO_SPAN,
                         "%u %s", kinds[i].count, kinds[i].text);
    if (r->utf16)
        dln_doc_note(doc, "ingest", DLN_NOTE_INFO, DLN_NO_SPAN,
                     "read as UTF-16");
    if (r->cut)
        dln_doc_note(doc, "ingest", DLN_NOTE_WARN, DLN_NO_SPAN,
                     "the file ends inside a character");
}

static bool blank(dln_str text)
{
    for (size_t i = 0, step; i < text.len; i += step)
        if (!dln_utf8_is_space(dln_utf8_at(text, i, &step)))
            return false;
    return true;
}

static dln_status fill_text(const dln_item *item, dln_doc *doc,
                            dln_error *error)
{
    dln_repairs repairs;
    dln_str text;
    if (item->utf8 && dln_utf8_valid(item->text)) {
        doc->input = dln_arena_str(doc->arena, item->text);
        return DLN_OK;
    }
    if (item->text.len > DLN_DOC_MAX_BYTES)
        return dln_fail(error, DLN_FAILED, "larger than %zu bytes",
                        DLN_DOC_MAX_BYTES);
    if (!dln_decode(doc->arena, item->text, &text, &repairs))
        return dln_fail(error, DLN_FAILED, "not a text file");
    if (!item->utf8) {
        dln_mend(doc->arena, text, &text, NULL, &repairs);
        if (blank(text))
            return dln_fail(error, DLN_FAILED, "empty");
        text = dln_utf8_nfc(doc->arena, text);
    }
    doc->input = dln_arena_str(doc->arena, text);
    note_repairs(doc, &repairs);
    return DLN_OK;
}

/* "en-GB", "ENG", "English" → "en". */
static dln_str language_code(dln_arena *arena, dln_str given)
{
    size_t n = 0;
    dln_str low = dln_utf8_lower(arena, dln_str_trim(given));
    if (dln_str_is(low, "english") || dln_str_is(low, "eng"))
        return DLN_STR("en");
    while (n < low.len && dln_is_alpha(low.data[n]))
        n++;
    return n == 2 || n == low.len ? dln_str_sub(low, 0, n) : low;
}

dln_status dln_item_fill(const dln_item *item, dln_doc *doc,
                         dln_error *error)
{
    dln_arena *arena = doc->arena;
    if (item->html.len && !dln_str_trim(item->text).len) {
        doc->page = dln_arena_str(arena, item->html);
        doc->page_utf8 = item->utf8;
        doc->page_whole = item->whole;
        doc->page_type = dln_arena_str(arena, item->html_type);
        doc->fetched = item->fetched;
    } else {
        DLN_TRY(fill_text(item, doc, error));
    }
    doc->id = dln_arena_str(arena, item->id);
    doc->uri = dln_arena_str(arena, item->uri);
    doc->address = dln_arena_str(arena, item->address);
    doc->canonical = dln_arena_str(arena, item->canonical);
    doc->wire_id = dln_arena_str(arena, item->wire_id);
    doc->wire_status = dln_arena_str(arena, item->wire_status);
    doc->wire_version = item->wire_version;
    doc->embargo = dln_arena_str(arena, item->embargo);
    doc->outlet = dln_arena_str(arena, item->outlet);
    doc->byline = dln_arena_str(arena, item->byline);
    doc->title = dln_arena_str(arena, item->title);
    doc->language = language_code(arena, item->language);
    doc->pair_source = item->source;
    doc->pair_target = item->target;
    if (item->date.len) {
        dln_basis given = item->date_basis != DLN_BASIS_UNKNOWN
                              ? item->date_basis : DLN_BASIS_GIVEN;
        doc->published_text = dln_arena_str(arena, item->date);
        if (dln_interval_parse(item->date, &doc->published))
            doc->published_basis = given;
        else
            dln_doc_note(doc, "ingest", DLN_NOTE_WARN, DLN_NO_SPAN,
                         "date \"%.*s\" is not as in 2021-01-31",
                         DLN_ARG(item->date));
    }
    if (dln_arena_oom(arena))
        return dln_fail(error, DLN_NOMEM, "out of memory");
    return DLN_OK;
}
