/* SPDX-License-Identifier: Apache-2.0 */
#include "store/fulltext.h"

void dln_fulltext_match(dln_buf *out, dln_str words)
{
    bool phrase = false, open = false;
    for (size_t i = 0; i < words.len; i++) {
        char c = words.data[i];
        bool star = c == '*' && open && !phrase
                    && (i + 1 == words.len || words.data[i + 1] == ' ');
        if (c == '"') {
            dln_buf_str(out, !open ? DLN_STR("\"")
                             : phrase ? DLN_STR("\" ")
                                      : DLN_STR("\" \""));
            phrase = !phrase;
            open = phrase;
        } else if (star || (c == ' ' && open && !phrase)) {
            dln_buf_str(out, star ? DLN_STR("\"* ") : DLN_STR("\" "));
            open = false;
        } else if (c != ' ' || phrase) {
            if (!open)
                dln_buf_char(out, '"');
            open = true;
            dln_buf_char(out, c);
        }
    }
    if (open)
        dln_buf_char(out, '"');
}
