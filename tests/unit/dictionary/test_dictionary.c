/* SPDX-License-Identifier: Apache-2.0 */
/* Dictionaries of an invented valley over hand-parsed sentences. */
#include <stdlib.h>

#include "dictionary/dictionary.h"
#include "doc/conllu.h"
#include "tap.h"

static const char actors[] =
    "UPPER_MILLERS [UPM]\n+HILL_FOLK\n"
    "LOWER_MILLERS [LWM] # as they call themselves\n"
    "GLASS_GUILD [GGU/GGV]\n"
    "OLD_TOBIN [UPM]\n\t[LWMGOV >20190601]\n\t[UPMREB <19990101>]\n"
    "NOBODY_AT_ALL [---]\nBROKEN [UPM 20190101-abc]\n";
static const char agents[] =
    "!HEAD! = CHIEF, HEAD\nWARDEN [~GOV]\n!HEAD!_MILLER {} [~LEG]\n"
    "UNCODED\n";
static const char verbs[] =
    "&WEIR_\n+WEIR\n+SLUICE_GATE\n"
    "--- SHUT [---] ---\nSHUT {SHUTS SHUTTING}\n"
    "- * &WEIR (TO +) [191]\n- * &WEIR [172]\n- no verb here [172]\n"
    "--- MEET [040] ---\nMEET {MET}\n"
    "--- VISIT [042:043] ---\nVISIT\n"
    "--- MUTTER [999] ---\nMUTTER\n";

/* "The Lower Millers shut the sluice gate to the warden of the Upper
 * Millers." and others; columns: id form lemma upos head deprel. */
static const char *const sentences[][3] = {
    {"1 The the DET 3 det|2 Lower Lower PROPN 3 compound|"
     "3 Millers Miller PROPN 4 nsubj|4 shut shut VERB 0 root|"
     "5 the the DET 7 det|6 sluice sluice NOUN 7 compound|"
     "7 gate gate NOUN 4 obj|8 to to ADP 10 case|9 the the DET 10 det|"
     "10 warden warden NOUN 4 obl|11 of of ADP 14 case|"
     "12 the the DET 14 det|13 Upper Upper PROPN 14 compound|"
     "14 Millers Miller PROPN 10 nmod|15 . . PUNCT 4 punct",
     "2021-05-01", "COERCE 191 LWM>UPMGOV;"},
    {"1 Old old PROPN 2 compound|2 Tobin Tobin PROPN 3 nsubj|"
     "3 visited visit VERB 0 root|4 the the DET 5 det|"
     "5 hill hill NOUN 6 compound|6 folk folk NOUN 3 obj|"
     "7 . . PUNCT 3 punct",
     "2021-05-01", "CONSULT 042 LWMGOV>UPM;CONSULT 043 UPM>LWMGOV;"},
    {"1 Old old PROPN 2 compound|2 Tobin Tobin PROPN 3 nsubj|"
     "3 visited visit VERB 0 root|4 the the DET 6 det|"
     "5 Lower Lower PROPN 6 compound|6 Millers Miller PROPN 3 obj|"
     "7 . . PUNCT 3 punct",
     "2018-05-01", "CONSULT 042 UPM>LWM;CONSULT 043 LWM>UPM;"},
    {"1 Traders trader NOUN 2 nsubj|2 visited visit VERB 0 root|"
     "3 the the DET 5 det|4 Lower Lower PROPN 5 compound|"
     "5 Millers Miller PROPN 2 obj|6 . . PUNCT 2 punct",
     "2021-05-01", ""},
    {"1 Hill hill NOUN 2 compound|2 folk folk NOUN 4 nsubj:pass|"
     "3 were be AUX 4 aux:pass|4 visited visit VERB 0 root|"
     "5 by by ADP 8 case|6 the the DET 8 det|"
     "7 Lower Lower PROPN 8 compound|8 Millers Miller PROPN 4 obl|"
     "9 . . PUNCT 4 punct",
     "2021-05-01", "CONSULT 042 LWM>UPM;CONSULT 043 UPM>LWM;"},
    {"1 Hill hill NOUN 2 compound|2 folk folk NOUN 6 nsubj|"
     "3 and and CCONJ 5 cc|4 Lower Lower PROPN 5 compound|"
     "5 Millers Miller PROPN 2 conj|6 visited visit VERB 0 root|"
     "7 Old old PROPN 8 compound|8 Tobin Tobin PROPN 6 obj|"
     "9 . . PUNCT 6 punct",
     "2021-05-01", "CONSULT 042 UPM>LWMGOV;CONSULT 043 LWMGOV>UPM;"
     "CONSULT 042 LWM>LWMGOV;CONSULT 043 LWMGOV>LWM;"},
    {"1 Hill hill NOUN 2 compound|2 folk folk NOUN 3 nsubj|"
     "3 muttered mutter VERB 0 root|4 at at ADP 6 case|"
     "5 Old old PROPN 6 compound|6 Tobin Tobin PROPN 3 obl|"
     "7 . . PUNCT 3 punct",
     "2021-05-01", ""},
};

static void write_conllu(dln_buf *out, const char *sentence)
{
    dln_str rest = dln_str_of(sentence), line, f[6];
    dln_buf_clear(out);
    while (dln_str_cut(&rest, '|', &line)) {
        for (int i = 0; i < 6; i++)
            dln_str_cut(&line, ' ', &f[i]);
        dln_buf_printf(out, "%.*s\t%.*s\t%.*s\t%.*s\t_\t_\t%.*s\t%.*s\t_\t"
                       "_\n", DLN_ARG(f[0]), DLN_ARG(f[1]), DLN_ARG(f[2]),
                       DLN_ARG(f[3]), DLN_ARG(f[4]), DLN_ARG(f[5]));
    }
    dln_buf_char(out, '\n');
}

static dln_str code_of(const dln_doc *doc, const dln_event *e, uint32_t i)
{
    return i < e->party_count ? doc->actors.at[e->parties[i].actor].code
                              : (dln_str){"-", 1};
}

static void check(const dln_dictionary *d, const char *const *want)
{
    dln_doc *doc = dln_doc_new(0);
    dln_arena *scratch = dln_arena_new(0);
    dln_error error = {DLN_OK, ""};
    dln_buf text, got;
    dln_buf_init(&text, 0);
    dln_buf_init(&got, 0);
    write_conllu(&text, want[0]);
    is_int(dln_conllu_read(doc, dln_buf_view(&text), &error), DLN_OK);
    ok(dln_interval_parse(dln_str_of(want[1]), &doc->published));
    dln_doc_link_children(doc);
    is_int(dln_dictionary_run(d, doc, scratch), DLN_OK);
    for (uint32_t i = 0; i < doc->events.count; i++) {
        const dln_event *e = &doc->events.at[i];
        dln_buf_printf(&got, "%.*s %.*s %.*s>%.*s;", DLN_ARG(e->type),
                       DLN_ARG(e->code), DLN_ARG(code_of(doc, e, 0)),
                       DLN_ARG(code_of(doc, e, 1)));
        ok(e->why.len > 0);
    }
    is_str(dln_buf_view(&got), want[2]);
    dln_buf_release(&text);
    dln_buf_release(&got);
    dln_arena_free(scratch);
    dln_doc_free(doc);
}

int main(void)
{
    char data[4096], folder[4096];
    dln_error error = {DLN_OK, ""};
    dln_onto *onto = NULL, *over = NULL;
    dln_dictionary *d = NULL;
    const char *source = getenv("DATELINE_SOURCE");
    snprintf(data, sizeof data, "%s/data", source);
    snprintf(folder, sizeof folder, "%s/examples/ontology", source);
    is_int(dln_onto_open(&onto, data, &error), DLN_OK);
    is_int(dln_dictionary_open(&d, onto, &error), DLN_OK);
    ok(d == NULL);
    is_int(dln_dictionary_parse(&d, onto, false, dln_str_of(actors),
                                dln_str_of(agents), dln_str_of(verbs),
                                &error), DLN_OK);
    /* Lines nobody can read are passed over and told. */
    is_str(dln_str_of(dln_dictionary_odd(d, 0)),
           "memory:9: not two dates: \"UPM 20190101-abc\"");
    is_str(dln_str_of(dln_dictionary_odd(d, 1)),
           "memory:4: no [code] behind \"UNCODED\"");
    is_str(dln_str_of(dln_dictionary_odd(d, 2)),
           "memory:8: not one * in \"- no verb here [172]\"");
    ok(!dln_dictionary_odd(d, 3));
    for (size_t i = 0; i < sizeof sentences / sizeof *sentences; i++)
        check(d, sentences[i]);
    dln_dictionary_close(d);
    is_int(dln_onto_open_over(&over, data, folder, &error), DLN_OK);
    is_int(dln_dictionary_open(&d, over, &error), DLN_OK);
    ok(d != NULL && !dln_dictionary_odd(d, 0));
    dln_dictionary_close(d);
    dln_onto_close(over);
    dln_onto_close(onto);
    return done();
}
