/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A page → an article: characters, tree, metadata, body.
 */
#include "extract/extract.h"

#include <stdlib.h>

#include "base/charset.h"
#include "extract/claims.h"
#include "extract/extract_p.h"

static dln_status read_lists(dln_extract *extract, const dln_lang *lang,
                             dln_error *error)
{
    DLN_TRY(dln_lang_list(lang, "page-words", &extract->words, error));
    DLN_TRY(dln_extract__read_marks(extract, lang, error));
    return dln_arena_oom(extract->arena)
               ? dln_fail(error, DLN_NOMEM, "out of memory") : DLN_OK;
}

dln_status dln_extract_open(dln_extract **out, const dln_lang *lang,
                            dln_error *error)
{
    dln_extract *extract = calloc(1, sizeof *extract);
    *out = NULL;
    if (!extract)
        return dln_fail(error, DLN_NOMEM, "out of memory");
    extract->arena = dln_arena_new(0);
    dln_status status = extract->arena
                            ? read_lists(extract, lang, error)
                            : dln_fail(error, DLN_NOMEM, "out of memory");
    if (status != DLN_OK) {
        dln_extract_close(extract);
        return status;
    }
    *out = extract;
    return DLN_OK;
}

void dln_extract_close(dln_extract *extract)
{
    if (!extract)
        return;
    dln_arena_free(extract->arena);
    free(extract);
}

dln_status dln_extract_page(const dln_extract *extract,
                            const dln_web_page *page, dln_article *out,
                            dln_arena *arena, dln_arena *scratch,
                            dln_error *error)
{
    dln_str text;
    *out = (dln_article){.published_why = "", .body_why = ""};
    if (page->bytes.len > DLN_DOC_MAX_BYTES)
        return dln_fail(error, DLN_FAILED, "larger than %zu bytes",
                        DLN_DOC_MAX_BYTES);
    if (page->utf8)
        text = page->bytes;
    else if (!dln_charset_decode(scratch, page->bytes, page->content_type,
                                 &text))
        return dln_fail(error, DLN_FAILED, "not a text file");
    dln_view view = {.room = extract, .arena = arena, .scratch = scratch,
                     .whole = page->whole};
    dln_html_read(&view.html, scratch, text);
    out->crowded = view.html.crowded;
    dln_extract__runs(&view);
    if (!dln_arena_oom(scratch)) {
        dln_claims claims = {.scratch = scratch};
        dln_claims_read(&claims, &view);
        dln_claims_settle(&claims, &view, page, out);
        out->text = dln_extract__body(&view, &out->body_why);
    }
    if (dln_arena_oom(arena) || dln_arena_oom(scratch))
        return dln_fail(error, DLN_NOMEM, "out of memory");
    return DLN_OK;
}
