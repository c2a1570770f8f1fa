/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The bytes of a page → UTF-8.
 *
 * In the standard's order (WHATWG Encoding 6, HTML 13.2.3): byte order mark,
 * what the transport said, <meta> in the first bytes; and where that is
 * silent or belied by the bytes, UTF-8 if they are, else Windows-1252. Latin-1
 * and ASCII are read as Windows-1252, as the standard has it.
 */
#include "base/charset.h"

#include <errno.h>
#include <iconv.h>
#include <stdlib.h>

#include "base/repair.h"
#include "base/utf8.h"

#define PRESCAN 4096u   /* bytes searched for a <meta>; the standard's 1,024
                           is too few for pages that begin with scripts */
#define MAX_NAME 40

static bool name_char(char c)
{
    return dln_is_alpha(c) || dln_is_digit(c) || c == '-' || c == '_'
           || c == ':' || c == '.';
}

/* The name behind "charset" and "=" in `s`, lower case; false without. */
static bool charset_in(dln_str s, char out[MAX_NAME])
{
    for (size_t at = 0; at + 8 < s.len; at++) {
        const char *hit = memchr(s.data + at, '=', s.len - at);
        if (!hit)
            return false;
        at = (size_t)(hit - s.data);
        size_t before = at, n = 0;
        while (before && dln_is_space(s.data[before - 1]))
            before--;
        if (before < 7 || !dln_str_ieq(dln_str_sub(s, before - 7, before),
                                       DLN_STR("charset")))
            continue;
        size_t i = at + 1;
        while (i < s.len && (dln_is_space(s.data[i]) || s.data[i] == '"'
                             || s.data[i] == '\''))
            i++;
        for (; i < s.len && n + 1 < MAX_NAME && name_char(s.data[i]); i++)
            out[n++] = dln_lower(s.data[i]);
        out[n] = '\0';
        if (n)
            return true;
    }
    return false;
}

/* The encoding of an XML declaration, which the bytes begin with. */
static bool declared_xml(dln_str bytes, char out[MAX_NAME])
{
    dln_str tag = dln_str_sub(bytes, 0, 200);
    size_t n = 0, at;
    if (!dln_str_starts(tag, DLN_STR("<?xml")))
        return false;
    tag = dln_str_sub(tag, 0, dln_str_find(tag, DLN_STR("?>"), 0));
    at = dln_str_find(tag, DLN_STR("encoding"), 0) + 8;
    while (at < tag.len && !name_char(tag.data[at]))
        at++;
    for (; at < tag.len && n + 1 < MAX_NAME && name_char(tag.data[at]); at++)
        out[n++] = dln_lower(tag.data[at]);
    out[n] = '\0';
    return n > 0;
}

/* <meta charset> or http-equiv, or <?xml encoding?>, in the first bytes. */
static bool declared(dln_str bytes, char out[MAX_NAME])
{
    dln_str head = dln_str_sub(bytes, 0, PRESCAN);
    if (declared_xml(bytes, out))
        return true;
    for (size_t at = 0; at < head.len;) {
        const char *lt = memchr(head.data + at, '<', head.len - at);
        if (!lt)
            return false;
        at = (size_t)(lt - head.data) + 1;
        if (!dln_str_ieq(dln_str_sub(head, at, at + 4), DLN_STR("meta")))
            continue;
        dln_str tag = dln_str_sub(head, at,
                                  dln_str_find(head, DLN_STR(">"), at));
        if (charset_in(tag, out))
            return true;
    }
    return false;
}

/* Does the standard's label mean Windows-1252? */
static bool is_western(const char *name)
{
    static const char *const labels[] = {
        "iso-8859-1", "iso8859-1", "iso_8859-1", "iso88591", "latin1",
        "latin-1", "l1", "us-ascii", "ascii", "windows-1252", "cp1252",
        "x-cp1252", "cp819", "ibm819", "ansi_x3.4-1968"};
    for (size_t i = 0; i < sizeof labels / sizeof *labels; i++)
        if (!strcmp(name, labels[i]))
            return true;
    return false;
}

static bool is_utf8(const char *name)
{
    return !strcmp(name, "utf-8") || !strcmp(name, "utf8")
           || !strncmp(name, "unicode", 7);
}

/* Labels whose usual meaning on the web is a larger set. */
static const char *widened(const char *name)
{
    static const char *const wider[][2] = {
        {"gb2312", "gb18030"}, {"gbk", "gb18030"}, {"x-gbk", "gb18030"},
        {"shift_jis", "cp932"}, {"shift-jis", "cp932"}, {"sjis", "cp932"},
        {"x-sjis", "cp932"}, {"euc-kr", "cp949"}, {"ks_c_5601-1987", "cp949"},
        {"iso-8859-9", "cp1254"}, {"latin5", "cp1254"},
        {"iso-8859-11", "cp874"}, {"tis-620", "cp874"},
        {"big5", "big5-hkscs"}, {"x-mac-roman", "macintosh"},
        {"utf-16", "utf-16le"}};
    for (size_t i = 0; i < sizeof wider / sizeof *wider; i++)
        if (!strcmp(name, wider[i][0]))
            return wider[i][1];
    return name;
}

/* By the system's converter; what does not convert becomes U+FFFD. False
 * when there is no such set. */
static bool convert(dln_arena *arena, dln_str bytes, const char *name,
                    dln_str *out)
{
    iconv_t cd = iconv_open("UTF-8", widened(name));
    if (cd == (iconv_t)-1)
        return false;
    size_t room = bytes.len * 4 + 16, left = bytes.len;
    char *to = malloc(room), *from = (char *)(uintptr_t)bytes.data;
    char *at = to;
    size_t space = room;
    while (to && left && space > 4
           && iconv(cd, &from, &left, &at, &space) == (size_t)-1) {
        if (errno != EILSEQ || space < 4)
            break;
        memcpy(at, "\xEF\xBF\xBD", 3);
        at += 3;
        space -= 3;
        from++;
        left--;
        /* A converter that remembers a state starts anew. */
        iconv(cd, NULL, NULL, NULL, NULL);
    }
    iconv_close(cd);
    if (to)
        *out = dln_arena_str(arena, (dln_str){to, (size_t)(at - to)});
    bool fine = to != NULL;
    free(to);
    return fine;
}

bool dln_charset_decode(dln_arena *arena, dln_str bytes,
                        dln_str content_type, dln_str *out)
{
    char name[MAX_NAME] = "";
    dln_repairs repairs;
    dln_str rest = bytes;
    if (dln_str_starts(bytes, DLN_STR("\xEF\xBB\xBF")))
        rest = dln_str_sub(bytes, 3, bytes.len);
    else if (dln_str_starts(bytes, DLN_STR("\xFF\xFE"))
             || dln_str_starts(bytes, DLN_STR("\xFE\xFF")))
        return dln_decode(arena, bytes, out, &repairs);
    if (dln_utf8_valid(rest)) {     /* not to be mistaken for another */
        *out = rest;
        bool wide = memchr(rest.data ? rest.data : "", '\0', rest.len);
        return wide ? dln_decode(arena, bytes, out, &repairs) : true;
    }
    if (rest.len == bytes.len) {
        if (!charset_in(content_type, name))
            declared(bytes, name);
        if (name[0] && !is_western(name) && !is_utf8(name)
            && convert(arena, bytes, name, out))
            return true;
    }
    return dln_decode(arena, bytes, out, &repairs);
}

bool dln_charset_convert(dln_arena *arena, dln_str bytes, dln_str name,
                         dln_str *out)
{
    char low[MAX_NAME];
    dln_repairs repairs;
    size_t n = 0;
    for (; n < name.len && n + 1 < MAX_NAME; n++)
        low[n] = dln_lower(name.data[n]);
    low[n] = '\0';
    if (is_utf8(low) || is_western(low))
        return dln_decode(arena, bytes, out, &repairs);
    return convert(arena, bytes, low, out);
}
