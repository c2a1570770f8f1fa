/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Example pairs in prose, one file a room: tests/spec/NAME.spec. Blocks are
 * separated by blank lines; lines that begin with '#' are comments.
 *
 *     date: 2021-01-11            (headers, all optional: date, title,
 *     todo: why it fails           outlet, source, target; todo marks a
 *     > He arrived on Monday.      known failure)
 *     > A second paragraph.
 *     = Monday | DATE | 2021-01-11
 *
 * The `=` lines are all that the room must find, in any order; a block
 * without them says that nothing may be found. A line `~ words` is a line
 * that must be found whatever else is; with any of these, extra lines do
 * not matter. `! text` says that no found line may contain the text.
 *
 * A room's runner is a small main() that calls spec_main with the stage and
 * a function that prints each finding as one line.
 */
#ifndef DLN_TESTS_SPEC_H
#define DLN_TESTS_SPEC_H

#include <stdio.h>
#include <stdlib.h>

#include "base/io.h"
#include "engine/engine.h"
#include "tap.h"

typedef void spec_render(const dln_doc *doc, dln_buf *out);

typedef struct spec_block {
    dln_item item;
    dln_buf text, want;     /* want: lines with their mark */
    dln_str todo;
    unsigned line;
    bool any;
} spec_block;

static bool spec_found(dln_str lines, dln_str want, bool part)
{
    dln_str line;
    while (dln_str_cut(&lines, '\n', &line))
        if (part ? dln_str_find(line, want, 0) < line.len
                 : dln_str_eq(line, want))
            return true;
    return false;
}

static unsigned spec_lines(dln_str lines)
{
    unsigned n = 0;
    dln_str line;
    while (dln_str_cut(&lines, '\n', &line))
        n += line.len > 0;
    return n;
}

static void spec_check(const spec_block *b, dln_str got, dln_buf *why)
{
    dln_str rest = dln_buf_view(&b->want), line;
    unsigned exact = 0;
    bool loose = false;
    while (dln_str_cut(&rest, '\n', &line)) {
        if (line.len < 2)
            continue;
        dln_str want = dln_str_trim(dln_str_sub(line, 1, line.len));
        bool part = line.data[0] == '!';
        if (spec_found(got, want, part) == part)
            dln_buf_printf(why, "#   %s %.*s\n",
                           part ? "must not be there:" : "not found:",
                           DLN_ARG(want));
        loose |= line.data[0] == '~' || line.data[0] == '!';
        exact += line.data[0] == '=';
    }
    if (!loose && spec_lines(got) != exact)
        dln_buf_printf(why, "#   %u found, %u wanted\n", spec_lines(got),
                       exact);
}

static void spec_run_block(const dln_engine *engine, dln_stage stage,
                           dln_worker *worker, spec_render *render,
                           spec_block *b, const char *file)
{
    dln_error error = {DLN_OK, ""};
    dln_buf got, why;
    dln_buf_init(&got, 0);
    dln_buf_init(&why, 0);
    b->item.text = dln_buf_view(&b->text);
    b->item.utf8 = true;
    dln_doc_reset(worker->doc);
    dln_status status = dln_item_fill(&b->item, worker->doc, &error);
    worker->doc->text = worker->doc->input;
    if (status >= DLN_WARN)
        status = dln_engine_analyse(engine, stage, worker, &error);
    if (status >= DLN_WARN)
        render(worker->doc, &got);
    else
        dln_buf_printf(&why, "#   failed: %s\n", error.text);
    spec_check(b, dln_buf_view(&got), &why);
    tap_count++;
    tap_failed += why.len && !b->todo.len;
    printf("%sok %d - %s:%u%s%.*s\n", why.len ? "not " : "", tap_count, file,
           b->line, b->todo.len ? " # TODO " : "", DLN_ARG(b->todo));
    if (why.len) {
        dln_str rest = dln_buf_view(&got), line;
        fputs(why.data, stdout);
        while (dln_str_cut(&rest, '\n', &line))
            if (line.len)
                printf("#   got %.*s\n", DLN_ARG(line));
    }
    dln_buf_release(&got);
    dln_buf_release(&why);
    dln_buf_clear(&b->text);
    dln_buf_clear(&b->want);
    dln_buf text = b->text, want = b->want;
    *b = (spec_block){.text = text, .want = want};
    b->item.source = b->item.target = DLN_NO_SPAN;
}

/* "source: WORDS" marks the first place of these words in the text. */
static dln_span spec_span(const spec_block *b, dln_str words)
{
    dln_str text = dln_buf_view(&b->text);
    size_t at = dln_str_find(text, words, 0);
    if (at == text.len)
        return DLN_NO_SPAN;
    return (dln_span){(uint32_t)at, (uint32_t)(at + words.len)};
}

static void spec_line(spec_block *b, dln_str line)
{
    size_t colon = dln_str_find(line, DLN_STR(": "), 0);
    dln_str key = dln_str_sub(line, 0, colon);
    dln_str value = dln_str_trim(dln_str_sub(line, colon + 1, line.len));
    if (line.data[0] == '>') {
        if (b->text.len)
            dln_buf_char(&b->text, '\n');
        dln_buf_str(&b->text, dln_str_trim(dln_str_sub(line, 1, line.len)));
    } else if (line.data[0] == '=' || line.data[0] == '~'
               || line.data[0] == '!') {
        dln_buf_str(&b->want, line);
        dln_buf_char(&b->want, '\n');
    } else if (dln_str_is(key, "date")) {
        b->item.date = value;
    } else if (dln_str_is(key, "title")) {
        b->item.title = value;
    } else if (dln_str_is(key, "outlet")) {
        b->item.outlet = value;
    } else if (dln_str_is(key, "todo")) {
        b->todo = value;
    } else if (dln_str_is(key, "source")) {
        b->item.source = spec_span(b, value);
    } else if (dln_str_is(key, "target")) {
        b->item.target = spec_span(b, value);
    } else {
        printf("Bail out! line not understood: %.*s\n", DLN_ARG(line));
        exit(1);
    }
}

/* argv[1] is the spec file, argv[2] the source folder (data/, models/). */
static int spec_main(int argc, char **argv, dln_stage stage,
                     spec_render *render)
{
    char data[4096], models[4096];
    dln_error error = {DLN_OK, ""};
    dln_engine *engine = NULL;
    dln_worker worker;
    dln_buf file;
    if (argc != 3)
        return 2;
    snprintf(data, sizeof data, "%s/data", argv[2]);
    snprintf(models, sizeof models, "%s/models", argv[2]);
    dln_engine_options options = {.size = sizeof options,
                                  .datadir = data,
                                  .models = models};
    dln_buf_init(&file, 0);
    if (dln_io_read(&file, argv[1], &error) != DLN_OK
        || dln_engine_open(&engine, &options, &error) != DLN_OK
        || dln_worker_init(&worker) != DLN_OK) {
        printf("Bail out! %s\n", error.text);
        return 1;
    }
    const char *slash = strrchr(argv[1], '/');
    spec_block b = {.line = 0};
    dln_buf_init(&b.text, 0);
    dln_buf_init(&b.want, 0);
    b.item.source = b.item.target = DLN_NO_SPAN;
    dln_str rest = dln_buf_view(&file), line;
    for (unsigned n = 1;; n++) {
        bool more = dln_str_cut(&rest, '\n', &line);
        if (more)
            line = dln_str_trim(line);
        if (!more || !line.len) {
            if (b.text.len)
                spec_run_block(engine, stage, &worker, render, &b,
                               slash ? slash + 1 : argv[1]);
            if (!more)
                break;
        } else if (line.data[0] != '#') {
            if (!b.any)
                b.line = n;
            b.any = true;
            spec_line(&b, line);
        }
    }
    dln_buf_release(&b.text);
    dln_buf_release(&b.want);
    dln_buf_release(&file);
    dln_worker_release(&worker);
    dln_engine_close(engine);
    return done();
}

#endif
