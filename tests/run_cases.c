/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Runs the example cases of one room: tests/cases/ROOM/NAME.d/ with
 *
 *   args          arguments of the program, one line; {} is the case folder
 *   input.*       what args name, or `input.jsonl` as standard input
 *   expect.json   JSON (or JSON Lines) that the output must contain: objects
 *                 may have more fields, arrays must match item for item
 *   expect.txt    or: lines that must stand in the output, in this order
 *   expect.exit   exit code, 0 without the file
 *   README        what the case is about; a line "todo: why" marks a known
 *                 failure
 *
 * A new case needs no C. Usage: run_cases PROGRAM tests/cases/ROOM
 */
#define _GNU_SOURCE
#include <dirent.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>

#include "base/io.h"
#include "tap.h"

static dln_str slurp(dln_buf *buf, const char *folder, const char *name)
{
    char path[8192];
    dln_error error;
    snprintf(path, sizeof path, "%s/%s", folder, name);
    dln_buf_init(buf, 0);
    if (dln_io_read(buf, path, &error) != DLN_OK)
        return (dln_str){NULL, 0};
    return (dln_str){buf->data ? buf->data : "", buf->len};
}

static bool fits(const json_t *want, const json_t *got)
{
    if (json_is_object(want)) {
        const char *key;
        json_t *value;
        if (!json_is_object(got))
            return false;
        json_object_foreach((json_t *)(uintptr_t)want, key, value)
            if (!fits(value, json_object_get(got, key)))
                return false;
        return true;
    }
    if (json_is_array(want)) {
        if (!json_is_array(got) || json_array_size(want)
                                       != json_array_size(got))
            return false;
        for (size_t i = 0; i < json_array_size(want); i++)
            if (!fits(json_array_get(want, i), json_array_get(got, i)))
                return false;
        return true;
    }
    if (json_is_number(want) && json_is_number(got)) {
        double a = json_number_value(want), b = json_number_value(got);
        return !(a < b) && !(a > b);
    }
    /* null in the expectation: the field must be absent or null */
    if (json_is_null(want))
        return !got || json_is_null(got);
    return got && json_equal(want, got);
}

/* Lines of JSON, or one document over several lines. */
static json_t *read_json(dln_str text)
{
    json_t *all = json_array();
    size_t at = 0;
    while (at < text.len) {
        json_error_t problem;
        json_t *one = json_loadb(text.data + at, text.len - at,
                                 JSON_DISABLE_EOF_CHECK, &problem);
        if (!one)
            break;
        json_array_append_new(all, one);
        at += (size_t)problem.position;
        while (at < text.len && dln_is_space(text.data[at]))
            at++;
    }
    return all;
}

static bool lines_in_order(dln_str want, dln_str got)
{
    dln_str line;
    size_t at = 0;
    while (dln_str_cut(&want, '\n', &line)) {
        line = dln_str_trim(line);
        if (!line.len)
            continue;
        at = dln_str_find(got, line, at);
        if (at == got.len) {
            printf("#   not found: %.*s\n", DLN_ARG(line));
            return false;
        }
        at += line.len;
    }
    return true;
}

static void command_of(dln_buf *command, const char *program,
                       const char *folder, dln_str args)
{
    dln_str hole = DLN_STR("{}");
    dln_buf_printf(command, "%s ", program);
    for (size_t at = 0; at < args.len;) {
        size_t next = dln_str_find(args, hole, at);
        dln_buf_str(command, dln_str_sub(args, at, next));
        if (next < args.len)
            dln_buf_str(command, dln_str_of(folder));
        at = next + hole.len;
    }
    dln_buf_printf(command, " 2>/dev/null");
    char path[8192];
    snprintf(path, sizeof path, "%s/input.jsonl", folder);
    FILE *file = fopen(path, "rb");
    dln_buf_printf(command, " < %s", file ? path : "/dev/null");
    if (file)
        fclose(file);
}

static void run_case(const char *program, const char *folder,
                     const char *name)
{
    dln_buf args, json, text, code, readme, command, got;
    char chunk[4096];
    bool fine = true;
    dln_str a = dln_str_trim(slurp(&args, folder, "args"));
    dln_str j = slurp(&json, folder, "expect.json");
    dln_str t = slurp(&text, folder, "expect.txt");
    dln_str c = slurp(&code, folder, "expect.exit");
    dln_str r = slurp(&readme, folder, "README");
    dln_buf_init(&command, 0);
    dln_buf_init(&got, 0);
    command_of(&command, program, folder, a);
    FILE *pipe = popen(command.data, "r");
    for (size_t n; pipe && (n = fread(chunk, 1, sizeof chunk, pipe)) > 0;)
        dln_buf_add(&got, chunk, n);
    int status = pipe ? pclose(pipe) : -1;
    int want = c.data ? (int)strtol(c.data, NULL, 10) : 0;
    if (!WIFEXITED(status) || WEXITSTATUS(status) != want) {
        printf("#   exit %d, want %d\n", status, want);
        fine = false;
    }
    if (j.data) {
        json_t *w = read_json(j), *g = read_json(dln_buf_view(&got));
        fine = fits(w, g) && fine;
        json_decref(w);
        json_decref(g);
    }
    if (t.data)
        fine = lines_in_order(t, dln_buf_view(&got)) && fine;
    fine = fine && (j.data || t.data || c.data);
    size_t todo = dln_str_find(r, DLN_STR("todo:"), 0);
    tap_count++;
    tap_failed += !fine && todo == r.len;
    printf("%sok %d - %s%s\n", fine ? "" : "not ", tap_count, name,
           todo < r.len ? " # TODO known failure" : "");
    if (!fine) {
        dln_str rest = dln_buf_view(&got), line;
        while (dln_str_cut(&rest, '\n', &line))
            if (line.len)
                printf("#   got %.*s\n", DLN_ARG(line));
    }
    dln_buf *all[] = {&args, &json, &text, &code, &readme, &command, &got};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        dln_buf_release(all[i]);
}

int main(int argc, char **argv)
{
    struct dirent **entries = NULL;
    if (argc != 3)
        return 2;
    int count = scandir(argv[2], &entries, NULL, alphasort);
    for (int i = 0; i < count; i++) {
        dln_str name = dln_str_of(entries[i]->d_name);
        char folder[6000];
        snprintf(folder, sizeof folder, "%s/%s", argv[2],
                 entries[i]->d_name);
        if (dln_str_ends(name, DLN_STR(".d")))
            run_case(argv[1], folder, entries[i]->d_name);
        free(entries[i]);
    }
    free(entries);
    return done();
}
