/* SPDX-License-Identifier: Apache-2.0 */
#include "onto/frames.h"
#include "onto/plover.h"

#include <stdio.h>
#include <stdlib.h>

#include "tap.h"

#define V "# version: 1\n"
static const char types[] = V
    "type\tCONSULT\t1\t2.5\tAGREE\n"
    "type\tAGREE\t1\t2.5\tAGREE\n"
    "mode\tCONSULT\tvisit\t4\n"
    "context\tmilitary\n";

static void refuses(const char *text, const char *why)
{
    dln_plover *p;
    dln_error error = {DLN_OK, ""};
    is_int(dln_plover_parse(&p, DLN_STR("t"), dln_str_of(text), &error),
           DLN_BADDATA);
    is_str(dln_str_of(error.text), why);
    ok(p == NULL);
}

static void bad_frames(const dln_plover *p, const char *row,
                       const char *why)
{
    char text[300];
    dln_frames *f;
    dln_error error = {DLN_OK, ""};
    snprintf(text, sizeof text, V "\n%s\n", row);
    is_int(dln_frames_parse(&f, p, DLN_STR(V "@talks\ttalk meeting\n"),
                            dln_str_of(text), &error), DLN_BADDATA);
    is_str(dln_str_of(error.text), why);
    ok(f == NULL);
}

static void must_fail(const dln_plover *p)
{
    refuses("type\tA\t1\t1\tA\n", "t: no line '# version: N'");
    refuses(V "type\tA\t5\t1\tA\n", "t:2: quad is not 1 to 4: \"5\"");
    refuses(V "type\tA\t1\t11\tA\n",
            "t:2: intensity is not -10 to 10: \"11\"");
    refuses(V "type\tA\t1\n", "t:2: a type needs five fields: \"A\"");
    refuses(V "type\tA\t1\t1\tB\n", "t: A has an unknown future type \"B\"");
    refuses(V "mode\tA\tx\t1\n", "t:2: no type \"A\"");
    refuses(V "kind\tA\tx\t1\n",
            "t:2: not type, mode or context: \"kind\"");
    bad_frames(p, "meet\tv\tNOSUCH\tsubj>actor",
               "frames:3: no type \"NOSUCH\"");
    bad_frames(p, "meet\tv\tCONSULT:no\tsubj>actor",
               "frames:3: no mode \"no\"");
    bad_frames(p, "meet\tx\tCONSULT\tsubj>actor",
               "frames:3: part of speech is not v, n, a: \"x\"");
    bad_frames(p, "meet\tv\tCONSULT\tsubj>king", "frames:3: no role \"king\"");
    bad_frames(p, "meet\tv\tCONSULT\tobj=@nothing",
               "frames:3: no set \"@nothing\"");
    bad_frames(p, "meet\tv\tCONSULT\tobj=",
               "frames:3: no words in \"obj=\"");
    bad_frames(p, "meet\tv\tCONSULT\tSUBJ>actor",
               "frames:3: not a slot or preposition: \"SUBJ\"");
    bad_frames(p, "meet\tv\tCONSULT\tobj=XYZ", "frames:3: no type \"XYZ\"");
    bad_frames(p, "meet\tv\tCONSULT\t!obj>actor",
               "frames:3: a forbidden item has no role: \"obj\"");
    bad_frames(p, "meet\tv\tCONSULT\t>actor",
               "frames:3: empty slot \"\"");
    bad_frames(p, "meet||talk\tv\tCONSULT",
               "frames:3: empty trigger in \"talk\"");
}

static void good_frames(const dln_plover *p)
{
    dln_frames *f;
    dln_error error = {DLN_OK, ""};
    is_int(dln_frames_parse(&f, p, DLN_STR(V "@talks\ttalk meeting\n"),
                            DLN_STR(V
        "meet|confer\tv\tCONSULT\tsubj>actor with,ahead_of*>actor+host\n"
        "meet\tv\tnone\tobj=deadline|@talks !comp=AGREE\n"), &error), DLN_OK);
    is_int(dln_frames_count(f), 3);
    const dln_frame *first = dln_frames_at(f, dln_frames_find(
                                                  f, DLN_STR("meet")));
    is_int(first->type, 0);
    is_int(first->arg_count, 2);
    is_int(first->args[1].slot_count, 2);
    is_str(first->args[1].slots[1].prep, "ahead of");
    is_int(first->args[1].roles, DLN_ROLE_ACTOR | DLN_ROLE_HOST);
    ok(first->args[1].required && !first->args[0].required);
    const dln_frame *second = dln_frames_at(f, first->next);
    is_int(second->type, DLN_FRAME_NO_EVENT);
    ok(dln_frames_has(f, second->args[0].words, DLN_STR("meeting")));
    ok(!dln_frames_has(f, second->args[0].words, DLN_STR("treaty")));
    ok(second->args[1].forbidden);
    is_int(second->args[1].types, 2);
    is_int(second->next, DLN_NONE);
    is_int(dln_frames_find(f, DLN_STR("shell")), DLN_NONE);
    dln_frames_close(f);
}

int main(void)
{
    char data[4096];
    dln_plover *p;
    dln_error error = {DLN_OK, ""};
    is_int(dln_plover_parse(&p, DLN_STR("t"), dln_str_of(types), &error),
           DLN_OK);
    must_fail(p);
    good_frames(p);
    dln_plover_close(p);

    const char *root = getenv("DATELINE_SOURCE");
    snprintf(data, sizeof data, "%s/data", root ? root : ".");
    is_int(dln_plover_open(&p, data, &error), DLN_OK);
    is_int(dln_plover_count(p), 16);
    const dln_plover_type *sanction = dln_plover_find(p, DLN_STR("SANCTION"));
    ok(sanction && sanction->quad == 4);
    const dln_plover_type *consult = dln_plover_find(p, DLN_STR("CONSULT"));
    is_str(consult->future, "AGREE");
    ok(dln_plover_intensity(consult, DLN_STR("phone")) < 1.6);
    ok(dln_plover_intensity(consult, DLN_STR("")) > 2.4);
    ok(dln_plover_find(p, DLN_STR("YIELD")) == NULL);
    ok(dln_plover_has_context(p, DLN_STR("human_rights")));
    ok(!dln_plover_has_context(p, DLN_STR("weather")));
    dln_frames *f;
    is_int(dln_frames_open(&f, data, NULL, p, &error), DLN_OK);
    ok(dln_frames_count(f) > 1500);
    dln_frames_close(f);
    /* A user's: his own first, his sets with shipped ones in them. */
    char folder[4096];
    snprintf(folder, sizeof folder, "%s/examples/ontology",
             root ? root : ".");
    is_int(dln_frames_open(&f, data, folder, p, &error), DLN_OK);
    const dln_frame *shut = dln_frames_at(f, dln_frames_find(
        f, DLN_STR("shut")));
    ok(shut->own);
    is_str(shut->mode, "withhold");
    ok(dln_frames_has(f, shut->args[1].words, DLN_STR("sluice")));
    dln_frames_close(f);
    dln_plover_close(p);
    return done();
}
