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

static bool is_letter(char c)
{
    return ((c | 32) >= 'a' && (c | 32) <= 'z') || (c & 0x80);
}

static bool is_apostrophe(dln_str s)
{
    return s.len && (s.data[0] == '\''
                     || dln_str_starts(s, DLN_STR("\xE2\x80\x99")));
}

/* Is token `t` written together with the one before it, so that both are
 * words of one multiword token? Marks between words make none. */
static bool is_joined(const dln_doc *doc, uint32_t t)
{
    const dln_token *token = &doc->tokens.at[t];
    dln_str before = dln_token_str(doc, t - 1), s = dln_token_str(doc, t);
    if (token->span.start != token[-1].span.end || !before.len || !s.len
        || token[-1].upos == DLN_UPOS_PUNCT
        || token->upos == DLN_UPOS_PUNCT || token->upos == DLN_UPOS_SYM)
        return false;
    if (token->xpos == DLN_XPOS_POS || is_apostrophe(s))
        return true;
    return is_letter(before.data[before.len - 1]) && is_letter(s.data[0]);
}

/* The first token behind the multiword token that begins with `t`; t + 1
 * when none does. */
static uint32_t joined_end(const dln_doc *doc, uint32_t t, uint32_t end)
{
    uint32_t at = t + 1;
    while (at < end && is_joined(doc, at))
        at++;
    return at;
}

/* The line's columns behind the form, but for the end of MISC. */
static void write_columns(const dln_doc *doc, uint32_t t, uint32_t begin,
                          dln_buf *out)
{
    const dln_token *token = &doc->tokens.at[t];
    uint32_t head = token->head == DLN_NONE ? 0 : token->head - begin + 1;
    field(out, token->lemma);
    field(out, dln_str_of(dln_upos_text(token->upos)));
    field(out, dln_str_of(dln_xpos_text(token->xpos)));
    dln_buf_printf(out, "%s\t%u\t%s\t_\tTokenRange=%u:%u",
                   dln_feats_text(token->feats), head,
                   dln_deprel_text(token->deprel), token->span.start,
                   token->span.end);
}

static void write_predicate(const dln_doc *doc, uint32_t t, uint32_t begin,
                            dln_buf *out)
{
    uint32_t at = dln_predicate_at(doc, t);
    if (at == DLN_NONE)
        return;
    const dln_predicate *p = &doc->predicates.at[at];
    dln_buf_str(out, DLN_STR("|Predicate=Yes"));
    for (uint32_t i = 0; i < p->argument_count; i++)
        dln_buf_printf(out, "%s%u:%s", i ? "," : "|Arguments=",
                       p->arguments[i].token - begin + 1,
                       dln_argument_text(p->arguments[i].label));
}

static void write_tokens(const dln_doc *doc, const dln_sentence *sent,
                         dln_buf *out)
{
    uint32_t begin = sent->token_begin, last = begin;
    for (uint32_t t = begin; t < sent->token_end; t++) {
        bool inside = t < last;     /* of a multiword token */
        uint32_t end = inside ? last : joined_end(doc, t, sent->token_end);
        if (!inside && end > t + 1) {
            dln_buf_printf(out, "%u-%u\t", t - begin + 1, end - begin);
            field(out, dln_doc_str(doc, dln_tokens_span(doc, t, end)));
            dln_buf_printf(out, "_\t_\t_\t_\t_\t_\t_\t%s\n",
                           doc->tokens.at[end - 1].space_after
                               ? "_" : "SpaceAfter=No");
            last = end;
            inside = true;
        }
        dln_buf_printf(out, "%u\t", t - begin + 1);
        field(out, dln_token_str(doc, t));
        write_columns(doc, t, begin, out);
        if (!inside && !doc->tokens.at[t].space_after)
            dln_buf_str(out, DLN_STR("|SpaceAfter=No"));
        write_predicate(doc, t, begin, out);
        dln_buf_char(out, '\n');
    }
}

static void write_id(const dln_doc *doc, uint32_t s, dln_buf *out)
{
    if (s < doc->sentence_ids.count && doc->sentence_ids.at[s].len)
        dln_buf_printf(out, "# sent_id = %.*s\n",
                       DLN_ARG(doc->sentence_ids.at[s]));
    else if (doc->id.len)
        dln_buf_printf(out, "# sent_id = %.*s-%u\n", DLN_ARG(doc->id),
                       s + 1);
    else
        dln_buf_printf(out, "# sent_id = %u\n", s + 1);
}

void dln_conllu_write(const dln_doc *doc, dln_buf *out)
{
    uint32_t paragraph = DLN_NONE;
    for (uint32_t s = 0; s < doc->sentences.count; s++) {
        const dln_sentence *sent = &doc->sentences.at[s];
        if (s == 0 && doc->id.len)
            dln_buf_printf(out, "# newdoc id = %.*s\n", DLN_ARG(doc->id));
        else if (s == 0)
            dln_buf_str(out, DLN_STR("# newdoc\n"));
        if (sent->paragraph != paragraph)
            dln_buf_str(out, DLN_STR("# newpar\n"));
        paragraph = sent->paragraph;
        write_id(doc, s, out);
        dln_buf_str(out, DLN_STR("# text = "));
        dln_str text = dln_doc_str(doc, sent->span);
        for (size_t i = 0; i < text.len; i++)
            dln_buf_char(out, text.data[i] == '\n' ? ' ' : text.data[i]);
        dln_buf_char(out, '\n');
        write_tokens(doc, sent, out);
        dln_buf_char(out, '\n');
    }
}

/* A predicate of the open sentence; its arguments are read at the end. */
typedef struct marked {
    uint32_t token;
    dln_str arguments;
} marked;

typedef struct reader {
    dln_doc *doc;
    dln_buf text;
    uint32_t sentence_begin;    /* first token of the open sentence */
    bool new_paragraph, space;  /* before the next token */
    /* An open multiword token: its bytes and the last word in it. */
    uint32_t mwt_last, mwt_start, mwt_end;
    bool mwt_space;
    DLN_VEC(marked) marks;
    dln_str id;                 /* of the open sentence */
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

/* The value of a key of MISC; NULL data when it is not there. */
static dln_str misc_value(dln_str misc, dln_str key)
{
    dln_str one;
    while (dln_str_cut(&misc, '|', &one))
        if (dln_str_starts(one, key) && one.len > key.len
            && one.data[key.len] == '=')
            return dln_str_sub(one, key.len + 1, one.len);
    return (dln_str){NULL, 0};
}

static bool no_space(dln_str misc)
{
    return dln_str_is(misc_value(misc, DLN_STR("SpaceAfter")), "No");
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
 * left; the last takes the rest, and the space behind it. */
static dln_span word_span(reader *r, uint32_t id, dln_str form, dln_str misc,
                          bool *space)
{
    dln_span span;
    *space = !no_space(misc);
    if (r->mwt_last) {
        *space = id == r->mwt_last && r->mwt_space;
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
    r->space = *space;
    return span;
}

static bool mark(reader *r, uint32_t token, dln_str misc)
{
    dln_str arguments = misc_value(misc, DLN_STR("Arguments"));
    if (!arguments.data
        && !dln_str_is(misc_value(misc, DLN_STR("Predicate")), "Yes"))
        return true;
    marked *m = DLN_VEC_PUSH(r->doc->arena, &r->marks);
    if (m)
        *m = (marked){token, arguments};
    return m != NULL;
}

/* "2:ARG0,5:ARGM-TMP" of a predicate. Labels we do not have are dropped. */
static bool read_arguments(reader *r, const marked *m)
{
    dln_argument found[DLN_ARGUMENTS_MAX];
    uint32_t count = 0, n = r->doc->tokens.count - r->sentence_begin, id;
    dln_str rest = m->arguments, one, first;
    while (dln_str_cut(&rest, ',', &one)) {
        if (!dln_str_cut(&one, ':', &first) || !number(first, &id) || !id
            || id > n || !one.len)
            return false;
        dln_argument_label label = dln_argument_label_of(one);
        if (label < DLN_ARGUMENT_COUNT && count < DLN_ARGUMENTS_MAX)
            found[count++] = (dln_argument){r->sentence_begin + id - 1,
                                            label};
    }
    dln_doc_predicate(r->doc, m->token, found, count);
    return true;
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
    bool space;
    dln_span span = word_span(r, id, f[1], f[9], &space);
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
        .feats = (uint8_t)dln_feats_of(f[5]),
        .space_after = space,
    };
    return mark(r, r->doc->tokens.count - 1, f[9]);
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
    for (uint32_t i = 0; i < r->marks.count; i++)
        if (!read_arguments(r, &r->marks.at[i]))
            return false;
    dln_str *id = DLN_VEC_PUSH(doc->arena, &doc->sentence_ids);
    if (id)
        *id = dln_arena_str(doc->arena, r->id);
    r->id = (dln_str){NULL, 0};
    r->marks.count = 0;
    r->sentence_begin = end;
    r->mwt_last = 0;
    return id != NULL;
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

static void read_comment(reader *r, dln_str line)
{
    dln_str doc_id = DLN_STR("# newdoc id = ");
    dln_str sent_id = DLN_STR("# sent_id = ");
    if (dln_str_starts(line, DLN_STR("# newpar"))
        || dln_str_starts(line, DLN_STR("# newdoc")))
        r->new_paragraph = true;
    if (dln_str_starts(line, doc_id) && !r->doc->id.len)
        r->doc->id = dln_arena_str(r->doc->arena,
                                   dln_str_sub(line, doc_id.len, line.len));
    if (dln_str_starts(line, sent_id))
        r->id = dln_str_sub(line, sent_id.len, line.len);
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
        else if (line.data[0] == '#')
            read_comment(&r, line);
        else
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
