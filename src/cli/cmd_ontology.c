/* SPDX-License-Identifier: Apache-2.0 */
#define _GNU_SOURCE
#include <getopt.h>
#include <stdio.h>
#include <string.h>

#include "cli/cli.h"
#include "engine/engine.h"

static const char usage[] =
    "usage: dateline ontology check DIR\n"
    "Reads the folder as `build` and `stage` would, and names file and\n"
    "line of the first thing that is wrong with it, and lines of its\n"
    "dictionaries that are passed over.\n"
    "Exit code 0 when it can be used, 65 when not.\n";

static void tell(const char *line)
{
    dln_cli_say("passed over: %s", line);
}

int dln_cmd_ontology(int argc, char **argv)
{
    static const struct option options[] = {
        {"help", no_argument, NULL, 'h'},
        {0},
    };
    int c = getopt_long(argc, argv, "h", options, NULL);
    if (c == 'h') {
        fputs(usage, stdout);
        return DLN_EXIT_OK;
    }
    if (c != -1 || optind + 2 != argc || strcmp(argv[optind], "check")) {
        fputs(usage, stderr);
        return DLN_EXIT_USAGE;
    }
    dln_engine_options engine_options = {
        .size = sizeof engine_options,
        .datadir = dln_cli_datadir(),
        .ontology = argv[optind + 1],
    };
    dln_error error = {DLN_OK, ""};
    dln_status status = dln_engine_check_ontology(&engine_options, tell,
                                                  &error);
    if (status != DLN_OK)
        dln_cli_say("%s", error.text);
    return dln_cli_exit(status);
}
