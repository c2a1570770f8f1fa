/* SPDX-License-Identifier: Apache-2.0 */
/* Tokens and sentences: text in, tokens joined by '|' and sentences by a
 * newline out. */
#include <stdio.h>
#include <stdlib.h>

#include "analyse/boundary_p.h"
#include "base/buf.h"
#include "tap.h"

static dln_words words;
static dln_boundary boundary;
static dln_doc *doc;
static dln_arena *scratch;

static void split(const char *text)
{
    dln_doc_reset(doc);
    dln_arena_reset(scratch);
    doc->text = dln_arena_str(doc->arena, dln_str_of(text));
    dln_doc_split_paragraphs(doc);
    dln_pieces pieces = {0};
    for (uint32_t i = 0; i < doc->paragraphs.count; i++) {
        pieces.count = 0;
        dln_analyse__tokenize(&words, doc->text, doc->paragraphs.at[i].span,
                              scratch, &pieces);
        dln_analyse__segment(&words, &boundary, doc, i, &pieces);
    }
}

static void cut(const char *text, const char *want)
{
    dln_buf got;
    dln_buf_init(&got, 0);
    split(text);
    for (uint32_t i = 0; i < doc->tokens.count; i++) {
        if (i)
            dln_buf_char(&got, doc->tokens.at[i].sentence
                                       != doc->tokens.at[i - 1].sentence
                                   ? '\n' : '|');
        dln_buf_str(&got, dln_token_str(doc, i));
    }
    is_str(dln_buf_view(&got), want);
    dln_buf_release(&got);
}

static void tokens(void)
{
    cut("U.S.-led forces", "U.S.|-|led|forces");
    cut("They don't; she can't, and it's Iran's.",
       "They|do|n't|;|she|ca|n't|,|and|it|'s|Iran|'s|.");
    cut("They don\xE2\x80\x99t.", "They|do|n\xE2\x80\x99t|.");
    cut("Nagorno-Karabakh and al-Ani", "Nagorno|-|Karabakh|and|al|-|Ani");
    cut("anti-government, mid-July", "anti-government|,|mid-July");
    cut("It cost $3.5 million (20%).",
       "It|cost|$|3.5|million|(|20|%|)|.");
    cut("at 5pm or 10:30 a.m. on 2021-01-11, 6,700 men",
       "at|5|pm|or|10:30|a.m.|on|2021-01-11|,|6,700|men");
    cut("and/or 1994-1996", "and|/|or|1994|-|1996");
    cut("http://a.example/x?y=1, a.b@example.org.",
       "http://a.example/x?y=1|,|a.b@example.org|.");
    cut("he said\xE2\x80\x94" "again... \"well\"",
       "he|said|\xE2\x80\x94|again|...|\"|well|\"");
    cut("the 1990s and '90s, O'Brien",
       "the|1990s|and|'90s|,|O'Brien");
    cut("We cannot.", "We|can|not|.");
    cut("bees' nests", "bees|'|nests");
    cut("US$ 5, AT&T", "US$|5|,|AT&T");
    cut("nice :) (see: yes) ;-(", "nice|:)|(|see|:|yes|)|;-(");
    cut("What?! No.. Yes...", "What|?!\nNo|..\nYes|...");
    cut("\xE2\x80\x98\xE2\x80\x99Go\xE2\x80\x99\xE2\x80\x99",
        "\xE2\x80\x98\xE2\x80\x99|Go|\xE2\x80\x99\xE2\x80\x99");
    cut("see a map.PDF, news.example.com or Roe@DESK",
        "see|a|map.PDF|,|news.example.com|or|Roe@DESK");
    cut("the 1980's, 40k and 3m", "the|1980's|,|40|k|and|3|m");
    cut("I think its a trap and its own side cant go",
        "I|think|it|s|a|trap|and|its|own|side|ca|nt|go");
    cut("its so-called truce, Im Roe-hwan, im late",
        "its|so|-|called|truce|,|Im|Roe|-|hwan|,|i|m|late");
    cut("a Ph.D. (b. 1950)", "a|Ph.D.|(|b.|1950|)");
    cut("call 3-5290 on Sat. 3 Jan.", "call|3-5290|on|Sat.|3|Jan|.");
}

static void sentences(void)
{
    cut("He left. She stayed.", "He|left|.\nShe|stayed|.");
    cut("Gen. J. R. Smith met Lt. Gen. Brown.",
       "Gen.|J.|R.|Smith|met|Lt.|Gen.|Brown|.");
    cut("It is in the U.S. The war ended.",
       "It|is|in|the|U.S.\nThe|war|ended|.");
    cut("The U.S. Congress met.", "The|U.S.|Congress|met|.");
    cut("He said \"We go.\" They went.",
       "He|said|\"|We|go|.|\"\nThey|went|.");
    cut("\"Why?\" he asked.", "\"|Why|?|\"|he|asked|.");
    cut("Headline without stop\nThe text begins.",
       "Headline|without|stop\nThe|text|begins|.");
    cut("It began at 5 p.m. Monday.", "It|began|at|5|p.m.|Monday|.");
    cut("Guns, shells, etc.", "Guns|,|shells|,|etc|.");
    cut("He won. [17] Then he left.",
       "He|won|.|[|17|]\nThen|he|left|.");
    cut("On Sept. 3, No. 5 fell. No. Not now.",
       "On|Sept.|3|,|No.|5|fell|.\nNo|.\nNot|now|.");
}

/* What the model must not unlearn: reports of news. */
static void news(void)
{
    cut("The U.N. envoy left at 5 p.m. He was due back on Friday.",
        "The|U.N.|envoy|left|at|5|p.m.\nHe|was|due|back|on|Friday|.");
    cut("He said: \"No.\" Then he left the room.",
        "He|said|:|\"|No|.|\"\nThen|he|left|the|room|.");
    cut("\xE2\x80\x9CWe are done.\xE2\x80\x9D The minister left.",
        "\xE2\x80\x9C|We|are|done|.|\xE2\x80\x9D\n"
        "The|minister|left|.");
    cut("It is over, said Sen. Jane Q. Roe (D-Ohio) on Jan. 11 in St. Paul.",
        "It|is|over|,|said|Sen.|Jane|Q.|Roe|(|D|-|Ohio|)|on|Jan.|11|in|"
        "St.|Paul|.");
    cut("Shelling hit the town on Friday.Two people died.",
        "Shelling|hit|the|town|on|Friday|.\nTwo|people|died|.");
    cut("KYIV (Agency) - Talks began on Monday. No. 5 was hit.",
        "KYIV|(|Agency|)|-|Talks|began|on|Monday|.\nNo.|5|was|hit|.");
}

/* A section that does not fit is refused. */
static void sections(dln_str section)
{
    dln_boundary b;
    dln_error error;
    is_int(dln_analyse__boundary_of(&b, section, &error), DLN_OK);
    ok(b.bits >= 8 && b.bits <= 24);
    is_int(dln_analyse__boundary_of(
               &b, dln_str_sub(section, 0, section.len - 1), &error),
           DLN_BADDATA);
    is_int(dln_analyse__boundary_of(&b, dln_str_sub(section, 0, 4), &error),
           DLN_BADDATA);
}

/* Every byte of what is read that is no space is in exactly one token, in
 * order. */
static void covers(const char *name, const char *text)
{
    split(text);
    size_t at = 0;
    bool fine = true;
    for (uint32_t i = 0; i < doc->tokens.count; i++) {
        dln_span span = doc->tokens.at[i].span;
        for (; at < span.start; at++)
            fine = fine && (unsigned char)text[at] <= ' ';
        fine = fine && span.start == at && span.end > at;
        at = span.end;
    }
    size_t len = strlen(text);
    if (len > DLN_PARAGRAPH_MAX_BYTES)
        len = doc->paragraphs.at[0].span.end;
    ok_(fine && at == len, name, __FILE__, __LINE__);
}

static void hostile(void)
{
    enum { N = 200000 };
    static char text[N + 1];
    memset(text, 'a', N);
    covers("one long word", text);
    memset(text, '(', N);
    covers("brackets", text);
    memset(text, '\x80', N);
    covers("broken bytes", text);
    for (int i = 0; i < N; i++)
        text[i] = "a-"[i & 1];
    text[N - 1] = 'a';
    covers("hyphens", text);
    for (int i = 0; i < N; i++)
        text[i] = "a'"[i & 1];
    text[N - 1] = 'a';
    covers("apostrophes", text);
    for (int i = 0; i < N; i++)
        text[i] = "1."[i & 1];
    text[N - 1] = '1';
    covers("numbers", text);
    for (int i = 0; i < N; i++)
        text[i] = "x "[i & 1];
    text[N - 1] = 'x';
    covers("no stops", text);
    ok(doc->sentences.count >= DLN_PARAGRAPH_MAX_BYTES / 2
                                   / DLN_SENTENCE_MAX
       && doc->notes.count > 0);
}

int main(void)
{
    char data[4096], path[4096];
    const char *root = getenv("DATELINE_SOURCE");
    dln_lang *lang = NULL;
    dln_weights weights;
    dln_error error = {DLN_OK, ""};
    snprintf(data, sizeof data, "%s/data", root ? root : ".");
    snprintf(path, sizeof path, "%s/models/en.dlm", root ? root : ".");
    doc = dln_doc_new(0);
    scratch = dln_arena_new(0);
    if (!doc || !scratch
        || dln_lang_open(&lang, data, "en", &error) != DLN_OK
        || dln_analyse__words(&words, lang, &error) != DLN_OK
        || dln_weights_open(&weights, path, &error) != DLN_OK
        || dln_analyse__boundary(&boundary, &weights, &error) != DLN_OK) {
        printf("Bail out! %s\n", error.text);
        return 1;
    }
    tokens();
    sentences();
    news();
    dln_str section;
    is_int(dln_weights_section(&weights, "segment", &section, &error),
           DLN_OK);
    sections(section);
    hostile();
    dln_arena_free(scratch);
    dln_doc_free(doc);
    dln_weights_close(&weights);
    dln_lang_close(lang);
    return done();
}
