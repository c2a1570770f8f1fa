/* SPDX-License-Identifier: Apache-2.0 */
/* Replays a corpus folder through a fuzz target without libFuzzer. */
#define _GNU_SOURCE
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/io.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int main(int argc, char **argv)
{
    struct dirent **entries = NULL;
    dln_error error;
    dln_buf input;
    int ran = 0;
    if (argc != 2)
        return 2;
    dln_buf_init(&input, 0);
    int count = scandir(argv[1], &entries, NULL, alphasort);
    for (int i = 0; i < count; i++) {
        char path[4096];
        snprintf(path, sizeof path, "%s/%s", argv[1], entries[i]->d_name);
        if (entries[i]->d_name[0] != '.'
            && dln_io_read(&input, path, &error) == DLN_OK) {
            LLVMFuzzerTestOneInput((const uint8_t *)(input.data ? input.data
                                                                : ""),
                                   input.len);
            ran++;
        }
        free(entries[i]);
    }
    free(entries);
    dln_buf_release(&input);
    printf("%d inputs replayed\n", ran);
    return ran == 0;
}
