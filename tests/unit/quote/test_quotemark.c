/* SPDX-License-Identifier: Apache-2.0 */
/* Quotation marks → stretches, printed one a line: depth of nesting by
 * indent, "<" goes on from an earlier one, "?" without a closing mark. */
#include "quote/quote_p.h"
#include "tap.h"

#include "base/buf.h"

static dln_doc *doc;
static dln_arena *scratch;
static dln_buf out;

static dln_str stretches(const char *text)
{
    dln_stretches found = {0};
    dln_doc_reset(doc);
    dln_arena_reset(scratch);
    dln_buf_clear(&out);
    doc->text = dln_str_of(text);
    dln_doc_split_paragraphs(doc);
    dln_quote__stretches(doc, scratch, &found);
    for (uint32_t i = 0; i < found.count; i++) {
        const dln_stretch *s = &found.at[i];
        if (i)
            dln_buf_char(&out, '|');
        if (s->parent != DLN_NONE)
            dln_buf_char(&out, ' ');
        if (s->before != DLN_NONE)
            dln_buf_char(&out, '<');
        dln_buf_str(&out, dln_str_at(doc->text, s->inner));
        if (!s->closed)
            dln_buf_char(&out, '?');
    }
    return dln_buf_view(&out);
}

static void hostile(void)
{
    static char text[400000];
    dln_stretches found = {0};
    for (size_t i = 0; i + 2 < sizeof text; i += 2)
        memcpy(text + i, i % 6 ? "\" " : " '", 2);
    dln_doc_reset(doc);
    dln_arena_reset(scratch);
    doc->text = (dln_str){text, sizeof text - 1};
    dln_doc_split_paragraphs(doc);
    dln_quote__stretches(doc, scratch, &found);
    ok(found.count > 0);
    memset(text, '"', sizeof text);
    dln_doc_reset(doc);
    dln_arena_reset(scratch);
    found = (dln_stretches){0};
    doc->text = (dln_str){text, sizeof text};
    dln_doc_split_paragraphs(doc);
    dln_quote__stretches(doc, scratch, &found);
    for (uint32_t i = 0; i < found.count; i++)
        if (found.at[i].outer.end > sizeof text
            || found.at[i].inner.end < found.at[i].inner.start) {
            ok(false);
            break;
        }
    ok(found.count > 0);
}

int main(void)
{
    doc = dln_doc_new(0);
    scratch = dln_arena_new(0);
    dln_buf_init(&out, 0);

    is_str(stretches("No marks here."), "");
    is_str(stretches("\"Go home,\" he said."), "Go home,");
    is_str(stretches("“Go home,” he said. “Now.”"), "Go home,|Now.");
    is_str(stretches("He called it «a crisis»."), "a crisis");
    is_str(stretches("He said ''enough'' and ``never''."), "enough|never");
    /* Curly marks turned the wrong way. */
    is_str(stretches("”Go home,“ he said."), "Go home,");
    is_str(stretches("He spoke of “peace“ today."), "peace");
    /* Apostrophes are no quotation marks. */
    is_str(stretches("The leaders' talks don't end in the '90s."), "");
    is_str(stretches("The leaders’ talks don’t end."), "");
    is_str(stretches("Aliyev's and others' view"), "");
    is_str(stretches("'We will not go,' the ministers' aide said."),
           "We will not go,");
    is_str(stretches("‘It’s over,’ she said."), "It’s over,");
    /* Nested. */
    is_str(stretches("“He told me ‘never’ again,” she said."),
           "He told me ‘never’ again,| never");
    is_str(stretches("\"He told me 'never' again,\" she said."),
           "He told me 'never' again,| never");
    /* Inches. */
    is_str(stretches("He is 5'10\" tall and said \"no\"."), "no");
    /* Over paragraphs. */
    is_str(stretches("“One.\n“Two.\n“Three,” he said."),
           "One.?|<Two.?|<Three,");
    /* A lost closing mark ends at the paragraph. */
    is_str(stretches("\"We go.\nNext paragraph. \"We stay,\" he said."),
           "We go.?|We stay,");
    is_str(stretches("“We go, he said. “We stay,” she said."),
           "We go, he said.?|We stay,");
    /* A lost opening mark is passed over. */
    is_str(stretches("We go,” he said. “Stay.”"), "Stay.");
    is_str(stretches("\""), "?");
    is_str(stretches("“”"), "");
    hostile();

    dln_buf_release(&out);
    dln_arena_free(scratch);
    dln_doc_free(doc);
    return done();
}
