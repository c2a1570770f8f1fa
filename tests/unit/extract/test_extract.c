/* SPDX-License-Identifier: Apache-2.0 */
#include <stdlib.h>

#include "base/buf.h"
#include "base/charset.h"
#include "extract/claims.h"
#include "extract/extract.h"
#include "extract/html.h"
#include "tap.h"

static dln_arena *arena, *scratch;

/* Text of the first element with this tag. */
static dln_str inner(const char *page, dln_tag tag)
{
    dln_html html;
    dln_arena_reset(arena);
    dln_html_read(&html, arena, dln_str_of(page));
    for (uint32_t i = 0; i < html.nodes.count; i++)
        if (html.nodes.at[i].tag == tag)
            return dln_html_inner(&html, arena, i, 10000);
    return DLN_STR("(none)");
}

static void tree(void)
{
    is_str(inner("<p>a<p>b", DLN_TAG_P), "a");
    is_str(inner("<p>a</b>c</p>d", DLN_TAG_P), "ac");
    is_str(inner("<ul><li>a<li>b</ul>", DLN_TAG_LI), "a");
    is_str(inner("<ul><li>a<ul><li>b</ul>c<li>d</ul>", DLN_TAG_LI), "a b c");
    is_str(inner("<table><tr><td>a<td>b<tr><td>c</table>", DLN_TAG_TR),
           "a b");
    is_str(inner("<table><tr><td>a</div>b</table>", DLN_TAG_TD), "ab");
    is_str(inner("<div><a>x<div>y</a>z</div>v</div>w", DLN_TAG_DIV),
           "x yz v");
    is_str(inner("<title>a <b> c</title>d", DLN_TAG_TITLE), "a <b> c");
    is_str(inner("<script>'</scr' + '<p>'</script><p>q", DLN_TAG_P), "q");
    is_str(inner("<!-- > <p>a --><p>b", DLN_TAG_P), "b");
    is_str(inner("<!--><p>a", DLN_TAG_P), "a");
    is_str(inner("<p x='>'y=\">\" z>a < b <3", DLN_TAG_P), "a < b <3");
    is_str(inner("<p>a<br>b</p>", DLN_TAG_P), "a b");
    is_str(inner("<h1>a</h2>b", DLN_TAG_H1), "a");
    is_str(inner("<head><p>a", DLN_TAG_BODY), "(none)");
    is_str(inner("<P CLASS=x>a</P>", DLN_TAG_P), "a");
    is_str(inner("<p", DLN_TAG_P), "");
    is_str(inner("<p a=\"", DLN_TAG_P), "");
}

static dln_str plain(const char *s)
{
    dln_arena_reset(arena);
    return dln_html_plain(arena, dln_str_of(s));
}

static void references(void)
{
    is_str(plain("a &amp; b"), "a & b");
    is_str(plain("&ampx &copy2021 &notit;"), "&x ©2021 ¬it;");
    is_str(plain("&euro;1 &euro1"), "€1 &euro1");
    is_str(plain("&#65;&#x42;&#67"), "ABC");
    is_str(plain("&#146;&#x96;"), "’–");
    is_str(plain("&#0;&#xD800;&#x110000;&#99999999999;"), "����");
    is_str(plain("&; &# &#x; &nosuch;"), "&; &# &#x; &nosuch;");
    is_str(plain("  a\n\tb&nbsp;&nbsp;c\xC2\xA0" "d "), "a b c d");
    is_str(plain("&NotEqualTilde;"), "≂̸");
    is_str(plain("&"), "&");
}

static dln_str decoded(const char *bytes, size_t len, const char *type)
{
    dln_str out;
    dln_arena_reset(arena);
    if (!dln_charset_decode(arena, (dln_str){bytes, len}, dln_str_of(type),
                            &out))
        return DLN_STR("(no text)");
    return out;
}
#define DECODED(bytes, type) decoded(bytes, sizeof(bytes) - 1, type)

static void charsets(void)
{
    is_str(DECODED("\xEF\xBB\xBF" "caf\xC3\xA9", ""), "café");
    is_str(DECODED("\xFF\xFE" "a\0b\0", ""), "ab");
    is_str(DECODED("caf\xE9", "text/html; charset=ISO-8859-1"), "café");
    is_str(DECODED("\x93" "a\x94", "text/html; charset=iso-8859-1"), "“a”");
    is_str(DECODED("<meta charset=koi8-r>\xC4\xC1", ""),
           "<meta charset=koi8-r>да");
    is_str(DECODED("<meta http-equiv=x content=\"text/html; "
                   "charset=windows-1251\">\xE4\xE0", ""),
           "<meta http-equiv=x content=\"text/html; "
           "charset=windows-1251\">да");
    is_str(DECODED("\xB4\xEB", "text/html; charset=\"euc-kr\""), "대");
    /* what is declared is belied by the bytes */
    is_str(DECODED("<meta charset=latin1>caf\xC3\xA9", ""),
           "<meta charset=latin1>café");
    is_str(DECODED("caf\xE9", "text/html; charset=nonsense"), "café");
    is_str(DECODED("a\0\0\0b\0\1\2", ""), "(no text)");
}

static dln_extract *extract;

static dln_str date(const char *s)
{
    dln_table words = {0};
    dln_error error = {DLN_OK, ""};
    dln_arena_reset(arena);
    if (dln_table_parse(&words, arena, DLN_STR("test"),
                        DLN_STR("# version: 1\nmarch\tmonth\t3\n"
                                "may\tmonth\t5\ndec\tmonth\t12\n"), 2,
                        &error) != DLN_OK)
        return dln_str_of(error.text);
    return dln_web_date(arena, &words, dln_str_of(s));
}

static dln_str address(const char *s)
{
    dln_arena_reset(arena);
    return dln_web_date_of_address(arena, dln_str_of(s));
}

static void dates(void)
{
    is_str(date("2021-03-09T18:20:00+02:00"), "2021-03-09T18:20:00+02:00");
    is_str(date("March 9, 2021"), "2021-03-09");
    is_str(date("Published on 9th March 2021 at 5pm"), "2021-03-09");
    is_str(date("Thu, 31 Dec 2020 10:00:00 GMT"), "2020-12-31");
    is_str(date("20210309"), "2021-03-09");
    is_str(date("2021/3/9"), "2021-03-09");
    is_str(date("09.03.2021"), "2021-03-09");
    is_str(date("3/25/2021 4:00 PM"), "2021-03-25");
    is_str(date("25/3/2021"), "2021-03-25");
    is_str(date("3/4/2021"), "");
    is_str(date("31 May 1850"), "");
    is_str(date("May 2021"), "");
    is_str(date("30 February 2021"), "");
    is_str(date(""), "");
    is_str(address("https://a.example/2021/03/09/x"), "2021-03-09");
    is_str(address("https://a.example/x-2021-03-09.html"), "2021-03-09");
    is_str(address("https://a.example/x/20210309"), "2021-03-09");
    is_str(address("https://a.example/2021/03/x"), "");
    is_str(address("https://a.example/2021/13/09/x"), "");
    is_str(address("https://a.example/123202103091"), "");
}

/* A hostile page takes bounded time and memory and no crash. */
static dln_status monster(const char *piece, size_t size, const char *end)
{
    dln_buf page;
    dln_article article;
    dln_error error = {DLN_OK, ""};
    dln_buf_init(&page, 0);
    while (page.len < size)
        dln_buf_str(&page, dln_str_of(piece));
    dln_buf_str(&page, dln_str_of(end));
    dln_web_page web = {.bytes = dln_buf_view(&page), .fetched = DLN_NO_DAY};
    dln_arena_reset(arena);
    dln_arena_reset(scratch);
    dln_status s = dln_extract_page(extract, &web, &article, arena, scratch,
                                    &error);
    dln_buf_release(&page);
    return s;
}

static void monsters(void)
{
    static const char *const pieces[] = {
        "<div>", "</b>", "<b><p>", "<a href=x>", "<table><tr><td>", "<!--",
        "<li>x ", "&amp;", "&am", "<p a=b c=d e=f>x", "<", "</", "<a b=\"",
        "<script>", "<title>", "word. ", "<br>", "\xC2", "<ul><li><dl><dt>",
        "<script type=application/ld+json>{\"@graph\":[",
        "<time datetime=2020-01-01>x</time>", "<h1>a b c</h1>",
        "<div class=\"related related related\">x</div>"};
    for (size_t i = 0; i < sizeof pieces / sizeof *pieces; i++)
        ok(monster(pieces[i], 1 << 20, "") >= DLN_FAILED);
    is_int(monster("{\"a\":", 1 << 19, ""), DLN_OK);
    is_int(monster("x", DLN_DOC_MAX_BYTES + 1, ""), DLN_FAILED);
    is_int(monster("<p>", 0, ""), DLN_OK);
}

int main(void)
{
    dln_lang *lang = NULL;
    dln_error error = {DLN_OK, ""};
    char path[4096];
    const char *root = getenv("DATELINE_DATA");
    arena = dln_arena_new(0);
    scratch = dln_arena_new(0);
    snprintf(path, sizeof path, "%s/data", root ? root : ".");
    if (!ok(arena && scratch
            && dln_lang_open(&lang, path, "en", &error) == DLN_OK
            && dln_extract_open(&extract, lang, &error) == DLN_OK))
        return done();
    tree();
    references();
    charsets();
    dates();
    monsters();
    dln_extract_close(extract);
    dln_lang_close(lang);
    dln_arena_free(arena);
    dln_arena_free(scratch);
    return done();
}
