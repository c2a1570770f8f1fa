/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What a request asks for: its target (RFC 3986, path and query) taken apart
 * strictly, and its Host. Everything a stranger sends comes through here.
 *
 * A "+" in a query is a space, as forms write it. Refused: bad escapes, NUL
 * and control characters, bytes that are not UTF-8, "." and ".." and empty
 * steps but the last, more steps or parameters than any of our paths has,
 * a parameter given twice.
 */
#include "base/utf8.h"
#include "serve/serve_p.h"

static int hex(char c)
{
    if (dln_is_digit(c))
        return c - '0';
    c = dln_lower(c);
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* Decodes `in` behind *at; false when malformed. */
static bool decode(dln_target *t, size_t *at, dln_str in, bool query,
                   dln_str *out)
{
    size_t start = *at;
    for (size_t i = 0; i < in.len; i++) {
        char c = in.data[i];
        if (c == '%') {
            int high = i + 2 < in.len ? hex(in.data[i + 1]) : -1;
            int low = i + 2 < in.len ? hex(in.data[i + 2]) : -1;
            if (high < 0 || low < 0)
                return false;
            c = (char)(high * 16 + low);
            i += 2;
        } else if (c == '+' && query) {
            c = ' ';
        }
        unsigned char byte = (unsigned char)c;
        bool blank = query && (c == '\n' || c == '\r' || c == '\t');
        if (byte == 0x7F || (byte < 0x20 && !blank))
            return false;
        if (*at >= sizeof t->text)
            return false;
        t->text[(*at)++] = c;
    }
    *out = (dln_str){t->text + start, *at - start};
    return dln_utf8_valid(*out);
}

static bool read_path(dln_target *t, size_t *at, dln_str path)
{
    dln_str rest = dln_str_sub(path, 1, path.len), step;
    if (!rest.len)
        return true;
    while (dln_str_cut(&rest, '/', &step)) {
        dln_str *out = &t->step[t->steps];
        if (t->steps == DLN_TARGET_STEPS
            || !decode(t, at, step, false, out) || !out->len
            || dln_str_is(*out, ".") || dln_str_is(*out, ".."))
            return false;
        t->steps++;
    }
    return true;
}

static bool read_query(dln_target *t, size_t *at, dln_str query)
{
    dln_str pair;
    while (dln_str_cut(&query, '&', &pair)) {
        if (!pair.len)
            continue;
        dln_param *p = &t->param[t->params];
        size_t is = dln_str_find(pair, DLN_STR("="), 0);
        if (t->params == DLN_TARGET_PARAMS
            || !decode(t, at, dln_str_sub(pair, 0, is), true, &p->name)
            || !decode(t, at, dln_str_sub(pair, is + 1, pair.len), true,
                       &p->value))
            return false;
        for (unsigned i = 0; i < t->params; i++)
            if (dln_str_eq(t->param[i].name, p->name))
                return false;
        t->params++;
    }
    return true;
}

bool dln_serve__target(dln_target *out, dln_str raw)
{
    size_t at = 0;
    out->steps = out->params = 0;
    if (!raw.len || raw.data[0] != '/' || raw.len > DLN_TARGET_BYTES)
        return false;
    size_t mark = dln_str_find(raw, DLN_STR("?"), 0);
    if (dln_str_find(raw, DLN_STR("#"), 0) < raw.len)
        return false;
    return read_path(out, &at, dln_str_sub(raw, 0, mark))
           && read_query(out, &at, dln_str_sub(raw, mark + 1, raw.len));
}

dln_str dln_serve__param(const dln_target *target, const char *name)
{
    for (unsigned i = 0; i < target->params; i++)
        if (dln_str_is(target->param[i].name, name))
            return target->param[i].value;
    return (dln_str){NULL, 0};
}

/* An address cannot be a name that somebody's server points here. */
static bool is_address(dln_str host)
{
    bool six = host.len > 2 && host.data[0] == '[';
    if (six && host.data[host.len - 1] != ']')
        return false;
    if (six)
        host = dln_str_sub(host, 1, host.len - 1);
    unsigned dots = 0, colons = 0;
    for (size_t i = 0; i < host.len; i++) {
        char c = host.data[i];
        dots += c == '.';
        colons += c == ':';
        if (!dln_is_digit(c) && c != '.'
            && (!six || (c != ':' && hex(c) < 0)))
            return false;
    }
    return six ? colons >= 2 : dots == 3 && host.len >= 7;
}

bool dln_serve__host(dln_str host, const char *name)
{
    size_t end = host.len;
    while (end && dln_is_digit(host.data[end - 1]))
        end--;
    if (end && end < host.len && host.data[end - 1] == ':')
        host = dln_str_sub(host, 0, end - 1);
    return is_address(host) || dln_str_ieq(host, DLN_STR("localhost"))
           || (name && *name && dln_str_ieq(host, dln_str_of(name)));
}
