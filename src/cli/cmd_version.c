/* SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>

#include "cli/cli.h"

int dln_cmd_version(int argc, char **argv)
{
    (void)argc;
    (void)argv;
    puts("dateline " DLN_VERSION);
    return DLN_EXIT_OK;
}
