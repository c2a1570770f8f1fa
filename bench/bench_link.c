/* SPDX-License-Identifier: Apache-2.0 */
/* Seconds to open the ontology; its bytes are most of a start. */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "onto/onto.h"

int main(void)
{
    char path[4096];
    dln_error error = {DLN_OK, ""};
    dln_onto *onto = NULL;
    struct timespec a, b;
    const char *source = getenv("DATELINE_SOURCE");
    snprintf(path, sizeof path, "%s/data", source ? source : ".");
    clock_gettime(CLOCK_MONOTONIC, &a);
    if (dln_onto_open(&onto, path, &error) != DLN_OK) {
        fprintf(stderr, "%s\n", error.text);
        return 1;
    }
    clock_gettime(CLOCK_MONOTONIC, &b);
    printf("onto open %.3f s\n", (double)(b.tv_sec - a.tv_sec)
                                     + (double)(b.tv_nsec - a.tv_nsec) / 1e9);
    dln_onto_close(onto);
    return 0;
}
