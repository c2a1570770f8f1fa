/* SPDX-License-Identifier: Apache-2.0 */
#include "doc/conllu.h"

static void field(dln_buf *out, dln_str s)
{
    if (!s.len)
        dln_buf_char(out, '_');
    for (size_t i = 0; i < s.len; i++)
        dln_buf_char(out, s.data[i] == '\t' || s.data[i] == '\n'
                              ? ' ' : s.data[i]);
    dln_buf_char(out, '\t');
}

void dln_conllu_write(const dln_doc *doc, dln_buf *out)
{
    uint32_t paragraph = DLN_NONE;
    for (uint32_t s = 0; s < doc->sentences.count; s++) {
        const dln_sentence *sent = &doc->sentences.at[s];
        if (s == 0 && doc->id.len)
            dln_buf_printf(out, "# newdoc id = %.*s\n", DLN_ARG(doc->id));
        if (sent->paragraph != paragraph)
            dln_buf_str(out, DLN_STR("# newpar\n"));
        paragraph = sent->paragraph;
        dln_buf_printf(out, "# sent_id = %u\n# text = ", s + 1);
        dln_str text = dln_doc_str(doc, sent->span);
        for (size_t i = 0; i < text.len; i++)
            dln_buf_char(out, text.data[i] == '\n' ? ' ' : text.data[i]);
        dln_buf_char(out, '\n');
        for (uint32_t t = sent->token_begin; t < sent->token_end; t++) {
            const dln_token *token = &doc->tokens.at[t];
            uint32_t head = token->head == DLN_NONE
                                ? 0 : token->head - sent->token_begin + 1;
            dln_buf_printf(out, "%u\t", t - sent->token_begin + 1);
            field(out, dln_token_str(doc, t));
            field(out, token->lemma);
            field(out, dln_str_of(dln_upos_text(token->upos)));
            field(out, dln_str_of(dln_xpos_text(token->xpos)));
            dln_buf_printf(out, "_\t%u\t%s\t_\tTokenRange=%u:%u%s\n", head,
                           dln_deprel_text(token->deprel),
                           token->span.start, token->span.end,
                           token->space_after ? "" : "|SpaceAfter=No");
        }
        dln_buf_char(out, '\n');
    }
}

typedef struct reader {
    dln_doc *doc;
    dln_buf text;
    uint32_t sentence_begin;    /* first token of the open sentence */
    bool new_paragraph, space;  /* before the next token */
    /* An open multiword token: its bytes and the last word in it. */
    uint32_t mwt_last, mwt_start, mwt_end;
    bool mwt_space;
} reader;

static bool number(dln_str s, uint32_t *out)
{
    *out = 0;
    if (!s.len || s.len > 6)
        return false;
    for (size_t i = 0; i < s.len; i++) {
        if (!dln_is_digit(s.data[i]))
            return false;
        *out = *out * 10 + (uint32_t)(s.data[i] - '0');
    }
    return true;
}

static bool no_space(dln_str misc)
{
    dln_str key = DLN_STR("SpaceAfter=No");
    return dln_str_find(misc, key, 0) < misc.len;
}

/* Text put down so far plus what stands before the next token. */
static uint32_t before_token(reader *r)
{
    if (r->new_paragraph && r->text.len)
        dln_buf_char(&r->text, '\n');
    else if (r->space && r->text.len)
        dln_buf_char(&r->text, ' ');
    r->new_paragraph = r->space = false;
    return (uint32_t)r->text.len;
}

/* Words of a multiword token take their own length of its bytes from the
 * left; the last takes the rest. */
static dln_span word_span(reader *r, uint32_t id, dln_str form, dln_str misc)
{
    dln_span span;
    if (r->mwt_last) {
        uint32_t left = r->mwt_end - r->mwt_start;
        uint32_t n = id == r->mwt_last || form.len > left
                         ? left : (uint32_t)form.len;
        if (id != r->mwt_last && n == left && left > 1)
            n = left - 1;
        span = (dln_span){r->mwt_start, r->mwt_start + n};
        r->mwt_start += n;
        if (id == r->mwt_last) {
            r->mwt_last = 0;
            r->space = r->mwt_space;
        }
        return span;
    }
    span.start = before_token(r);
    dln_buf_str(&r->text, form);
    span.end = (uint32_t)r->text.len;
    r->space = !no_space(misc);
    return span;
}

static bool read_line(reader *r, dln_str line)
{
    dln_str f[10], rest = line;
    uint32_t id, last, head;
    for (int i = 0; i < 10; i++)
        if (!dln_str_cut(&rest, '\t', &f[i]))
            return false;
    if (dln_str_find(f[0], DLN_STR("."), 0) < f[0].len)
        return true;
    size_t dash = dln_str_find(f[0], DLN_STR("-"), 0);
    if (dash < f[0].len) {
        if (!number(dln_str_sub(f[0], dash + 1, f[0].len), &last))
            return false;
        r->mwt_last = last;
        r->mwt_start = before_token(r);
        dln_buf_str(&r->text, f[1]);
        r->mwt_end = (uint32_t)r->text.len;
        r->mwt_space = !no_space(f[9]);
        return true;
    }
    if (!number(f[0], &id) || !number(f[6], &head) || !f[1].len)
        return false;
    if (id != r->doc->tokens.count - r->sentence_begin + 1)
        return false;
    dln_span span = word_span(r, id, f[1], f[9]);
    dln_token *token = DLN_VEC_PUSH(r->doc->arena, &r->doc->tokens);
    if (!token)
        return false;
    *token = (dln_token){
        .span = span,
        .lemma = dln_arena_str(r->doc->arena, f[2]),
        .head = head ? r->sentence_begin + head - 1 : DLN_NONE,
        .sentence = r->doc->sentences.count,
        .entity = DLN_NONE,
        .child = DLN_NONE,
        .sibling = DLN_NONE,
        .upos = (uint8_t)dln_upos_of(f[3]),
        .xpos = (uint8_t)dln_xpos_of(f[4]),
        .deprel = (uint8_t)dln_deprel_of(f[7]),
        .space_after = !no_space(f[9]),
    };
    return true;
}

/* Do all heads of [begin, end) lead to a root? `seen` marks, per token, the
 * walk that first met it; meeting one's own mark is a cycle. */
static bool is_forest(const dln_doc *doc, uint32_t begin, uint32_t end)
{
    uint32_t *seen = dln_arena_array(doc->arena, end - begin, sizeof *seen);
    for (uint32_t t = begin; seen && t < end; t++) {
        uint32_t at = t;
        while (at != DLN_NONE && !seen[at - begin]) {
            seen[at - begin] = t - begin + 1;
            at = doc->tokens.at[at].head;
        }
        if (at != DLN_NONE && seen[at - begin] == t - begin + 1)
            return false;
    }
    return seen != NULL;
}

static bool end_sentence(reader *r)
{
    dln_doc *doc = r->doc;
    uint32_t begin = r->sentence_begin, end = doc->tokens.count;
    if (begin == end)
        return true;
    for (uint32_t t = begin; t < end; t++)
        if (doc->tokens.at[t].head != DLN_NONE
            && doc->tokens.at[t].head >= end)
            return false;
    if (!is_forest(doc, begin, end))
        return false;
    dln_sentence *sent = DLN_VEC_PUSH(doc->arena, &doc->sentences);
    if (!sent)
        return false;
    *sent = (dln_sentence){
        {doc->tokens.at[begin].span.start, doc->tokens.at[end - 1].span.end},
        begin, end, 0};
    r->sentence_begin = end;
    r->mwt_last = 0;
    return true;
}

static void finish(reader *r)
{
    dln_doc *doc = r->doc;
    doc->text = dln_arena_str(doc->arena, dln_buf_view(&r->text));
    dln_doc_split_paragraphs(doc);
    uint32_t p = 0;
    for (uint32_t s = 0; s < doc->sentences.count; s++) {
        dln_sentence *sent = &doc->sentences.at[s];
        while (p + 1 < doc->paragraphs.count
               && doc->paragraphs.at[p].span.end <= sent->span.start)
            p++;
        sent->paragraph = p;
    }
    dln_doc_link_children(doc);
}

dln_status dln_conllu_read(dln_doc *doc, dln_str conllu, dln_error *error)
{
    reader r = {.doc = doc, .new_paragraph = true};
    dln_status status = DLN_OK;
    dln_str rest = conllu, line;
    dln_buf_init(&r.text, DLN_DOC_MAX_BYTES);
    for (uint32_t n = 1; status == DLN_OK && dln_str_cut(&rest, '\n', &line);
         n++) {
        bool fine = true;
        line = dln_str_trim(line);
        if (!line.len)
            fine = end_sentence(&r);
        else if (dln_str_starts(line, DLN_STR("# newpar"))
                 || dln_str_starts(line, DLN_STR("# newdoc")))
            r.new_paragraph = true;
        else if (line.data[0] != '#')
            fine = read_line(&r, line);
        if (!fine)
            status = dln_fail(error, DLN_BADDATA, "line %u: not CoNLL-U", n);
    }
    if (status == DLN_OK && !end_sentence(&r))
        status = dln_fail(error, DLN_BADDATA, "last sentence: bad heads");
    if (status == DLN_OK)
        finish(&r);
    if (r.text.oom || dln_arena_oom(doc->arena))
        status = dln_fail(error, DLN_NOMEM, "out of memory");
    dln_buf_release(&r.text);
    return status;
}
