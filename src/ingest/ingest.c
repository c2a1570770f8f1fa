/* SPDX-License-Identifier: Apache-2.0 */
#define _GNU_SOURCE
#include "ingest/ingest.h"

#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/io.h"
#include "ingest/ingest_p.h"

struct dln_ingest {
    const char *const *inputs;
    size_t count, at;
    bool open;
    dln_lines lines;
    dln_arena *arena;   /* of the current item */
};

dln_status dln_ingest_open(dln_ingest **out, const char *const *inputs,
                           size_t count, const dln_ingest_options *options,
                           dln_error *error)
{
    (void)options;
    *out = calloc(1, sizeof **out);
    if (*out)
        (*out)->arena = dln_arena_new(0);
    if (!*out || !(*out)->arena) {
        dln_ingest_close(*out);
        *out = NULL;
        return dln_fail(error, DLN_NOMEM, "out of memory");
    }
    (*out)->inputs = inputs;
    (*out)->count = count;
    return DLN_OK;
}

static void close_input(dln_ingest *ingest)
{
    if (!ingest->open)
        return;
    if (ingest->lines.fd != STDIN_FILENO)
        close(ingest->lines.fd);
    dln_lines_release(&ingest->lines);
    ingest->open = false;
}

void dln_ingest_close(dln_ingest *ingest)
{
    if (!ingest)
        return;
    close_input(ingest);
    dln_arena_free(ingest->arena);
    free(ingest);
}

dln_status dln_ingest_next(dln_ingest *ingest, dln_item *item,
                           dln_error *error)
{
    for (;;) {
        dln_str line;
        dln_arena_reset(ingest->arena);
        *item = (dln_item){.source = DLN_NO_SPAN, .target = DLN_NO_SPAN};
        if (!ingest->open) {
            if (ingest->at == ingest->count)
                return DLN_END;
            const char *path = ingest->inputs[ingest->at++];
            item->uri = dln_str_of(path);
            int fd = !strcmp(path, "-") ? STDIN_FILENO
                                        : open(path, O_RDONLY | O_CLOEXEC);
            if (fd < 0)
                return dln_fail(error, DLN_FAILED, "cannot open %s", path);
            DLN_TRY(dln_lines_init(&ingest->lines, fd,
                                   DLN_INGEST_MAX_LINE));
            ingest->open = true;
        }
        dln_status status = dln_lines_next(&ingest->lines, &line);
        if (status == DLN_END) {
            close_input(ingest);
            continue;
        }
        if (status != DLN_OK)
            return dln_fail(error, status, "line %llu is too long",
                            (unsigned long long)ingest->lines.number);
        if (!dln_str_trim(line).len)
            continue;
        return dln_ingest__json(item, ingest->arena, line, error);
    }
}

dln_status dln_item_fill(const dln_item *item, dln_doc *doc,
                         dln_error *error)
{
    dln_arena *arena = doc->arena;
    doc->id = dln_arena_str(arena, item->id);
    doc->uri = dln_arena_str(arena, item->uri);
    doc->outlet = dln_arena_str(arena, item->outlet);
    doc->byline = dln_arena_str(arena, item->byline);
    doc->title = dln_arena_str(arena, item->title);
    doc->language = dln_arena_str(arena, item->language);
    doc->input = dln_arena_str(arena, item->text);
    doc->pair_source = item->source;
    doc->pair_target = item->target;
    if (item->date.len && dln_interval_parse(item->date, &doc->published)) {
        doc->published_basis = DLN_BASIS_GIVEN;
        doc->published_text = dln_arena_str(arena, item->date);
    } else if (item->date.len) {
        dln_doc_note(doc, "ingest", DLN_NOTE_WARN, DLN_NO_SPAN,
                     "date \"%.*s\" is not understood",
                     DLN_ARG(item->date));
    }
    if (dln_arena_oom(arena))
        return dln_fail(error, DLN_NOMEM, "out of memory");
    return DLN_OK;
}
