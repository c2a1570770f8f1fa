/* SPDX-License-Identifier: Apache-2.0 */
/*
 * cli: the program. To add a command: write cmd_NAME.c with the function,
 * declare it in the list below, add the file to meson.build, and write
 * docs/man/dateline-NAME.1 (a test holds them together).
 *
 * Data goes to standard output, chatter to standard error. Exit codes are
 * those of the contract.
 */
#ifndef DLN_CLI_CLI_H
#define DLN_CLI_CLI_H

#include "base/status.h"

/* group, name, function, one line for the help */
#define DLN_COMMAND_LIST(X)                                             \
    X("Record", "build", dln_cmd_build,                                 \
      "read reports into a record: the main job")                       \
    X("Record", "code", dln_cmd_code,                                   \
      "read reports into lines that merge: one machine's share")        \
    X("Record", "merge", dln_cmd_merge,                                 \
      "put lines of code and records into one record")                  \
    X("Record", "timeline", dln_cmd_timeline,                           \
      "what happened, one line an event")                               \
    X("Record", "meetings", dln_cmd_meetings,                           \
      "who met whom, when and where")                                   \
    X("Record", "statements", dln_cmd_statements, "who said what")      \
    X("Record", "figures", dln_cmd_figures, "who says how many")        \
    X("Record", "agreements", dln_cmd_agreements,                       \
      "what was agreed, under which names")                             \
    X("Record", "obligations", dln_cmd_obligations,                     \
      "who must do what by when")                                       \
    X("Record", "issues", dln_cmd_issues, "who holds which line")       \
    X("Record", "bodies", dln_cmd_bodies,                               \
      "bodies and missions, with their mandates")                       \
    X("Record", "brief", dln_cmd_brief, "a dossier to print")           \
    X("Record", "actors", dln_cmd_actors, "who is in the record")       \
    X("Record", "search", dln_cmd_search,                               \
      "find words in the reports")                                      \
    X("Record", "show", dln_cmd_show, "all evidence of one row")        \
    X("Record", "serve", dln_cmd_serve,                                 \
      "look at a record in a browser")                                  \
    X("Record", "check", dln_cmd_check, "prove the rules of a record")  \
    X("Stages", "ingest", dln_cmd_ingest,                               \
      "show the reports that inputs hold, as JSON Lines")               \
    X("Stages", "stage", dln_cmd_stage,                                 \
      "run one stage as a filter over JSON Lines")                      \
    X("Stages", "ontology", dln_cmd_ontology,                           \
      "check a folder of frames, actors and places of your own")        \
    X("Other", "version", dln_cmd_version, "print the version")

enum {
    DLN_EXIT_OK = 0,
    DLN_EXIT_SOME_FAILED = 1,
    DLN_EXIT_USAGE = 2,
    DLN_EXIT_DATA = 65,
    DLN_EXIT_NOINPUT = 66,
    DLN_EXIT_NOCREATE = 73,
    DLN_EXIT_IO = 74,
    DLN_EXIT_AGAIN = 75
};

/* argv[0] is the command's name. */
#define X(group, name, function, summary) int function(int argc, char **argv);
DLN_COMMAND_LIST(X)
#undef X

/* The exit code of a failure that stops a command. */
int dln_cli_exit(dln_status status);
/* "dateline: text" on standard error. */
void dln_cli_say(const char *format, ...) DLN_PRINTF(1, 2);

/* Where data/ and models/ are: $DATELINE_DATA, or beside the program (its
 * source tree, or ../share/dateline). Static storage, set once by main. */
const char *dln_cli_datadir(void);
const char *dln_cli_models(void);

#endif
