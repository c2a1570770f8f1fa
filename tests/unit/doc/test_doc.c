/* SPDX-License-Identifier: Apache-2.0 */
#include "doc/conllu.h"
#include "tap.h"

static const char sample[] =
    "# newpar\n# text = Leaders don't talk.\n"
    "1\tLeaders\tleader\tNOUN\tNNS\t_\t4\tnsubj\t_\t_\n"
    "2-3\tdon't\t_\t_\t_\t_\t_\t_\t_\t_\n"
    "2\tdo\tdo\tAUX\tVBP\t_\t4\taux\t_\t_\n"
    "3\tn't\tnot\tPART\tRB\t_\t4\tadvmod\t_\t_\n"
    "4\ttalk\ttalk\tVERB\tVB\t_\t0\troot\t_\tSpaceAfter=No\n"
    "5\t.\t.\tPUNCT\t.\t_\t4\tpunct\t_\t_\n\n"
    "# newpar\n"
    "1\tThey\tthey\tPRON\tPRP\t_\t2\tnsubj\t_\t_\n"
    "2\tmet\tmeet\tVERB\tVBD\t_\t0\troot\t_\t_\n\n";

/* Of a paragraph beyond all prose the beginning is kept, to a word's end. */
static void test_long_paragraph(dln_doc *doc)
{
    const size_t more = DLN_PARAGRAPH_MAX_BYTES + 5000;
    dln_buf text;
    dln_buf_init(&text, 0);
    while (text.len < more)
        dln_buf_str(&text, DLN_STR("na\xC3\xAFve "));
    dln_buf_str(&text, DLN_STR("\nShort."));
    dln_doc_reset(doc);
    doc->text = dln_buf_view(&text);
    dln_doc_split_paragraphs(doc);
    is_int(doc->paragraphs.count, 2);
    dln_span first = doc->paragraphs.at[0].span;
    ok(first.end - first.start <= DLN_PARAGRAPH_MAX_BYTES);
    ok(first.end - first.start > DLN_PARAGRAPH_MAX_BYTES - 10);
    ok(dln_str_ends(dln_str_at(doc->text, first), DLN_STR("ve")));
    is_str(dln_str_at(doc->text, doc->paragraphs.at[1].span), "Short.");
    is_int(doc->notes.count, 1);
    is_int(doc->notes.at[0].severity, DLN_NOTE_WARN);
    dln_buf_clear(&text);
    while (text.len < more)
        dln_buf_str(&text, DLN_STR("\xC3\xAF"));
    dln_doc_reset(doc);
    doc->text = dln_buf_view(&text);
    dln_doc_split_paragraphs(doc);
    is_int(doc->paragraphs.at[0].span.end % 2, 0);
    dln_doc_reset(doc);
    dln_buf_release(&text);
}

int main(void)
{
    dln_doc *doc = dln_doc_new(0);
    dln_error error = {DLN_OK, ""};
    uint32_t begin, end;

    is_int(dln_conllu_read(doc, dln_str_of(sample), &error), DLN_OK);
    is_str(doc->text, "Leaders don't talk.\nThey met");
    is_int(doc->sentences.count, 2);
    is_int(doc->sentences.at[1].paragraph, 1);
    is_str(dln_token_str(doc, 1), "do");
    is_str(dln_token_str(doc, 2), "n't");
    is_int(doc->tokens.at[0].head, 3);
    is_int(dln_child(doc, 3, DLN_REL_nsubj), 0);
    is_int(dln_child(doc, 3, DLN_REL_obj), DLN_NONE);
    dln_subtree(doc, 3, &begin, &end);
    is_int(begin, 0);
    is_int(end, 5);
    ok(dln_is_below(doc, 2, 3));
    ok(!dln_is_below(doc, 5, 3));
    is_int(dln_token_at(doc, 9), 1);
    is_int(dln_token_at(doc, 7), 1);

    dln_buf out;
    dln_buf_init(&out, 0);
    dln_conllu_write(doc, &out);
    dln_str text = dln_buf_view(&out);
    ok(dln_str_find(text, DLN_STR("3\tn't\tnot\tPART\tRB\t_\t4\tadvmod\t_\t"
                                  "TokenRange=10:13\n"), 0) < text.len);
    dln_buf_release(&out);

    dln_doc_reset(doc);
    is_int(dln_conllu_read(doc, DLN_STR("1\ta\ta\tX\tX\t_\t1\tdep\t_\t_\n"),
                           &error), DLN_BADDATA);
    dln_doc_reset(doc);
    is_int(dln_conllu_read(doc, DLN_STR("nonsense\n"), &error), DLN_BADDATA);
    is_str(dln_str_of(error.text), "line 1: not CoNLL-U");
    test_long_paragraph(doc);
    dln_doc_free(doc);
    return done();
}
