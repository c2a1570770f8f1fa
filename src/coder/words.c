/* SPDX-License-Identifier: Apache-2.0 */
/*
 * words: a token → the lemma that the frames know it by.
 *
 * The tagger's lemma comes first. When the frames have never heard of it
 * ("shel" for "shelled", "troops" for "troops"), the regular endings of the
 * word itself are undone and the first known result is taken.
 */
#include "coder/coder_p.h"

static dln_str small(dln_str word, char buffer[DLN_CODER_WORD])
{
    if (word.len > DLN_CODER_WORD - 4)
        return word;
    for (size_t i = 0; i < word.len; i++)
        buffer[i] = dln_lower(word.data[i]);
    return (dln_str){buffer, word.len};
}

static bool try_ending(const dln_coder *coder, dln_str word,
                       const char *ending, const char *instead,
                       char buffer[DLN_CODER_WORD], dln_str *out)
{
    size_t cut = strlen(ending), add = strlen(instead);
    if (word.len < cut + 3 || !dln_str_ends(word, dln_str_of(ending)))
        return false;
    size_t len = word.len - cut;
    memcpy(buffer + len, instead, add);
    *out = (dln_str){buffer, len + add};
    if (dln_frames_known(coder->frames, *out))
        return true;
    /* "stopped": the last letter was doubled */
    if (!add && len > 3 && buffer[len - 1] == buffer[len - 2]) {
        out->len = len - 1;
        if (dln_frames_known(coder->frames, *out))
            return true;
    }
    return false;
}

dln_str dln_coder__lemma(const dln_coder *coder, const dln_doc *doc,
                         uint32_t token, char buffer[DLN_CODER_WORD])
{
    static const char *const endings[][2] = {
        {"ied", "y"}, {"ed", ""}, {"ed", "e"}, {"ing", ""}, {"ing", "e"},
        {"ies", "y"}, {"es", ""}, {"s", ""}};
    dln_str lemma = doc->tokens.at[token].lemma;
    dln_str word = dln_token_str(doc, token), out;
    dln_str first = small(lemma, buffer);
    if (dln_frames_known(coder->frames, first)
        || word.len > DLN_CODER_WORD - 4)
        return first;
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++) {
        /* each try spoils the buffer */
        word = small(dln_token_str(doc, token), buffer);
        if (try_ending(coder, word, endings[i][0], endings[i][1], buffer,
                       &out))
            return out;
    }
    return small(lemma, buffer);
}
