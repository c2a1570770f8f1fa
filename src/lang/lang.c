/* SPDX-License-Identifier: Apache-2.0 */
#include "lang/lang.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/io.h"

#define MAX_LISTS 256

struct dln_lang {
    dln_arena *arena;
    dln_table lists[MAX_LISTS];     /* [count] */
    dln_str names[MAX_LISTS];       /* [count], sorted */
    uint32_t count;
    char hash[17];
};

static int is_list(const struct dirent *entry)
{
    return entry->d_name[0] != '.'
           && dln_str_ends(dln_str_of(entry->d_name), DLN_STR(".txt"));
}

static int by_name(const struct dirent **a, const struct dirent **b)
{
    return strcmp((*a)->d_name, (*b)->d_name);
}

static dln_status read_list(dln_lang *lang, const char *folder,
                            const char *name, dln_error *error)
{
    char path[4096];
    if (lang->count == MAX_LISTS)
        return dln_fail(error, DLN_BADDATA, "%s: more than %d lists", folder,
                        MAX_LISTS);
    int n = snprintf(path, sizeof path, "%s/%s", folder, name);
    if (n < 0 || (size_t)n >= sizeof path)
        return dln_fail(error, DLN_BADARG, "path too long");
    dln_buf text;
    dln_buf_init(&text, DLN_TABLE_MAX_BYTES);
    dln_status status = dln_io_read(&text, path, error);
    if (status == DLN_OK)
        status = dln_table_parse(&lang->lists[lang->count], lang->arena,
                                 dln_str_of(path), dln_buf_view(&text), 1,
                                 error);
    if (status == DLN_OK) {
        dln_str pieces[] = {dln_str_of(lang->hash), dln_str_of(name),
                            dln_buf_view(&text)};
        char hash[17];
        dln_content_id(hash, pieces, 3);
        memcpy(lang->hash, hash, sizeof hash);
        lang->names[lang->count++] = dln_arena_str(
            lang->arena, (dln_str){name, strlen(name) - strlen(".txt")});
    }
    dln_buf_release(&text);
    return status;
}

dln_status dln_lang_open(dln_lang **out, const char *datadir,
                         const char *code, dln_error *error)
{
    char folder[2048];
    *out = NULL;
    int n = snprintf(folder, sizeof folder, "%s/lang/%s", datadir, code);
    if (n < 0 || (size_t)n >= sizeof folder)
        return dln_fail(error, DLN_BADARG, "path too long");
    struct dirent **entries = NULL;
    int count = scandir(folder, &entries, is_list, by_name);
    if (count < 0)
        return dln_fail(error, DLN_NOINPUT, "no language data in %s",
                        folder);
    dln_lang *lang = calloc(1, sizeof *lang);
    if (lang)
        lang->arena = dln_arena_new(0);
    dln_status status = lang && lang->arena ? DLN_OK
                            : dln_fail(error, DLN_NOMEM, "out of memory");
    for (int i = 0; i < count; i++) {
        if (status == DLN_OK)
            status = read_list(lang, folder, entries[i]->d_name, error);
        free(entries[i]);
    }
    free(entries);
    if (status != DLN_OK) {
        dln_lang_close(lang);
        return status;
    }
    *out = lang;
    return DLN_OK;
}

void dln_lang_close(dln_lang *lang)
{
    if (!lang)
        return;
    dln_arena_free(lang->arena);
    free(lang);
}

dln_status dln_lang_list(const dln_lang *lang, const char *name,
                         const dln_table **out, dln_error *error)
{
    for (uint32_t i = 0; i < lang->count; i++) {
        if (dln_str_is(lang->names[i], name)) {
            *out = &lang->lists[i];
            return DLN_OK;
        }
    }
    *out = NULL;
    return dln_fail(error, DLN_NOINPUT, "the language data has no list %s",
                    name);
}

dln_status dln_lang_lists(const dln_lang *lang,
                          const dln_list_wanted *lists, size_t count,
                          dln_error *error)
{
    for (size_t i = 0; i < count; i++) {
        DLN_TRY(dln_lang_list(lang, lists[i].name, lists[i].slot, error));
        const dln_table *list = *lists[i].slot;
        for (uint32_t r = 0; r < list->count; r++)
            if (list->rows[r].count < lists[i].fields)
                return dln_fail(error, DLN_BADDATA,
                                "%s:%u: expected %u fields", lists[i].name,
                                list->rows[r].line, lists[i].fields);
    }
    return DLN_OK;
}

const char *dln_lang_hash(const dln_lang *lang)
{
    return lang->hash;
}
