/* SPDX-License-Identifier: Apache-2.0 */
/*
 * lang: the word lists of one language, data/lang/CODE/NAME.txt, read once
 * and never changed; share one handle between threads.
 *
 * A room asks for its lists by name when it is opened, keeps the pointers,
 * and fails to open when one is missing, so a run never meets a hole.
 */
#ifndef DLN_LANG_LANG_H
#define DLN_LANG_LANG_H

#include "base/table.h"

typedef struct dln_lang dln_lang;

/* Reads every *.txt of DATADIR/lang/CODE. On failure *out is NULL and
 * `error` names the file and line. */
DLN_NODISCARD dln_status dln_lang_open(dln_lang **out, const char *datadir,
                                       const char *code, dln_error *error);
void dln_lang_close(dln_lang *lang);

/* The list NAME (file name without .txt); DLN_NOINPUT when there is none.
 * It lives as long as `lang`. */
DLN_NODISCARD dln_status dln_lang_list(const dln_lang *lang,
                                       const char *name,
                                       const dln_table **out,
                                       dln_error *error);
/* A list to open: its name, where it goes, fields each row must have. */
typedef struct dln_list_wanted {
    const char *name;
    const dln_table **slot;
    uint32_t fields;
} dln_list_wanted;

/* Fills the slots of `count` lists; DLN_NOINPUT for one that is missing,
 * DLN_BADDATA with list and line for a row with too few fields. */
DLN_NODISCARD dln_status dln_lang_lists(const dln_lang *lang,
                                        const dln_list_wanted *lists,
                                        size_t count, dln_error *error);
/* Is `word` the name of a row? */
static inline bool dln_list_has(const dln_table *list, dln_str word)
{
    return dln_table_find(list, word) != NULL;
}

/* Sixteen hex digits over names, versions and contents of all lists. */
const char *dln_lang_hash(const dln_lang *lang);

#endif
