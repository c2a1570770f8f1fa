/* SPDX-License-Identifier: Apache-2.0 */
#include "onto/overlay.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "base/io.h"

static const char *const names[] = {
    "countries.txt", "organisations.txt", "armed-groups.txt", "peoples.txt",
    "titles.txt", "places.txt", "contexts.txt", "dictionaries.txt",
    "codes.txt", NULL};
static const char *const verb_names[] = {
    "sets.txt", "light.txt", "agree.txt", "consult.txt", "support.txt",
    "concede.txt", "cooperate.txt", "aid.txt", "retreat.txt", "request.txt",
    "accuse.txt", "reject.txt", "threaten.txt", "protest.txt",
    "sanction.txt", "mobilize.txt", "coerce.txt", "assault.txt", NULL};

static bool is_listed(const char *name, const char *const *list)
{
    for (; *list; list++)
        if (!strcmp(*list, name))
            return true;
    return false;
}

static bool is_passed(const char *name)
{
    return name[0] == '.' || !strncmp(name, "README", 6);
}

static dln_status check_folder(const char *folder, const char *const *list,
                               bool top, dln_error *error)
{
    DIR *dir = opendir(folder);
    if (!dir)
        return dln_fail(error, DLN_NOINPUT, "cannot open the folder %s: %s",
                        folder, strerror(errno));
    dln_status status = DLN_OK;
    uint32_t count = 0;
    for (struct dirent *e; status == DLN_OK && (e = readdir(dir));) {
        if (is_passed(e->d_name))
            continue;
        if (++count > DLN_OVERLAY_MAX_FILES)
            status = dln_fail(error, DLN_BADDATA, "%s: more than %d files",
                              folder, DLN_OVERLAY_MAX_FILES);
        else if (!is_listed(e->d_name, list)
                 && !(top && (!strcmp(e->d_name, "verbs")
                              || !strcmp(e->d_name, "dictionaries"))))
            status = dln_fail(error, DLN_BADDATA,
                              "%s/%s: no such file in an ontology", folder,
                              e->d_name);
    }
    closedir(dir);
    return status;
}

dln_status dln_overlay_check(const char *folder, dln_error *error)
{
    char verbs[4096];
    struct stat info;
    if (!folder)
        return DLN_OK;
    DLN_TRY(check_folder(folder, names, true, error));
    int n = snprintf(verbs, sizeof verbs, "%s/verbs", folder);
    if (n < 0 || (size_t)n >= sizeof verbs)
        return dln_fail(error, DLN_BADARG, "path too long");
    return stat(verbs, &info) ? DLN_OK
                              : check_folder(verbs, verb_names, false, error);
}

dln_status dln_overlay_text(dln_buf *text, char *path, const char *folder,
                            const char *name, dln_error *error)
{
    struct stat info;
    dln_buf_clear(text);
    path[0] = '\0';
    if (!folder)
        return DLN_END;
    int n = snprintf(path, 4096, "%s/%s", folder, name);
    if (n < 0 || n >= 4096)
        return dln_fail(error, DLN_BADARG, "path too long");
    if (stat(path, &info))
        return DLN_END;
    if (!S_ISREG(info.st_mode))
        return dln_fail(error, DLN_BADDATA, "%s: not a file", path);
    if (info.st_size < 0 || (size_t)info.st_size > DLN_OVERLAY_MAX_BYTES)
        return dln_fail(error, DLN_BADDATA, "%s: longer than %zu bytes",
                        path, DLN_OVERLAY_MAX_BYTES);
    return dln_io_read(text, path, error);
}

dln_status dln_overlay_table(dln_table *out, dln_arena *arena,
                             const char *folder, const char *name,
                             uint32_t fields, dln_error *error)
{
    char path[4096];
    dln_buf text;
    *out = (dln_table){0};
    dln_map_init(&out->names, arena);
    dln_buf_init(&text, DLN_OVERLAY_MAX_BYTES);
    dln_status status = dln_overlay_text(&text, path, folder, name, error);
    if (status == DLN_OK)
        status = dln_table_parse(out, arena, dln_str_of(path),
                                 dln_buf_view(&text), fields, error);
    dln_buf_release(&text);
    return status;
}

dln_status dln_overlay_merge(dln_table *base, const dln_table *over,
                             dln_arena *arena, dln_error *error)
{
    dln_map last;
    uint32_t count = 0;
    dln_row *rows = dln_arena_array(arena, base->count + over->count + 1,
                                    sizeof *rows);
    if (!rows)
        return dln_fail(error, DLN_NOMEM, "out of memory");
    for (uint32_t i = 0; i < over->count; i++)
        rows[count++] = over->rows[i];
    for (uint32_t i = 0; i < base->count; i++)
        if (!dln_table_find(over, base->rows[i].field[0]))
            rows[count++] = base->rows[i];
    dln_map_init(&base->names, arena);
    dln_map_init(&last, arena);
    for (uint32_t i = 0; i < count; i++) {
        dln_str name = rows[i].field[0];
        uint32_t before = dln_map_get(&last, name);
        rows[i].next = DLN_NONE;
        if (before != DLN_NONE)
            rows[before].next = i;
        else
            dln_map_set(&base->names, name, i);
        dln_map_set(&last, name, i);
    }
    base->rows = rows;
    base->count = count;
    if (over->longest > base->longest)
        base->longest = over->longest;
    return DLN_OK;
}
