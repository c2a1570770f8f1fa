/* SPDX-License-Identifier: Apache-2.0 */
#include "doc/feats.h"

#include <string.h>

/* Longest text of features that is read. */
#define MAX_TEXT 200

static const char *const texts[DLN_FEATS_COUNT] = {
#define X(name, text) text,
    DLN_FEATS_LIST(X)
#undef X
};

const char *dln_feats_text(unsigned feats)
{
    return texts[feats < DLN_FEATS_COUNT ? feats : DLN_FEATS_NONE];
}

/* The table is sorted behind its first row. */
static dln_feats find(const char *text)
{
    unsigned lo = 1, hi = DLN_FEATS_COUNT;
    while (lo < hi) {
        unsigned mid = lo + (hi - lo) / 2;
        int order = strcmp(texts[mid], text);
        if (!order)
            return (dln_feats)mid;
        if (order < 0)
            lo = mid + 1;
        else
            hi = mid;
    }
    return DLN_FEATS_NONE;
}

/* Takes "NAME=value" out of `text`. False when it is not there. */
static bool drop(char *text, const char *name)
{
    size_t len = strlen(name);
    for (char *at = text, *end; at; at = end ? end + 1 : NULL) {
        end = strchr(at, '|');
        if (strncmp(at, name, len) || at[len] != '=')
            continue;
        if (end)
            memmove(at, end + 1, strlen(end + 1) + 1);
        else
            *(at > text ? at - 1 : at) = '\0';
        return true;
    }
    return false;
}

dln_feats dln_feats_of(dln_str text)
{
    static const char *const rare[] = {"Typo", "Style", "Abbr", "ExtPos"};
    char copy[MAX_TEXT];
    if (text.len >= sizeof copy || !text.len)
        return DLN_FEATS_NONE;
    memcpy(copy, text.data, text.len);
    copy[text.len] = '\0';
    dln_feats feats = find(copy);
    for (unsigned i = 0; feats == DLN_FEATS_NONE
                         && i < sizeof rare / sizeof *rare; i++)
        if (drop(copy, rare[i]))
            feats = find(copy);
    return feats;
}

dln_str dln_feats_value(unsigned feats, dln_str name)
{
    dln_str rest = dln_str_of(dln_feats_text(feats)), one;
    while (dln_str_cut(&rest, '|', &one))
        if (one.len > name.len && one.data[name.len] == '='
            && dln_str_starts(one, name))
            return dln_str_sub(one, name.len + 1, one.len);
    return (dln_str){NULL, 0};
}
