/* SPDX-License-Identifier: Apache-2.0 */
/*
 * section: puts the sections of one model file into another, in place of
 * those of the same name, so that one task can be trained anew alone.
 *
 *     section MODEL FROM
 */
#include "model/weights.h"
#include "pack.h"

static void add(pack_file *file, char names[][9], const dln_weights *from)
{
    for (uint32_t i = 0; i < from->sections; i++) {
        char name[9];
        dln_str data = dln_weights_at(from, i, name);
        uint32_t k = 0;
        while (k < file->count && strcmp(names[k], name))
            k++;
        if (k == file->count) {
            memcpy(names[k], name, sizeof name);
            pack_section(file, names[k]);
        }
        dln_buf_clear(&file->sections[k].data);
        dln_buf_str(&file->sections[k].data, data);
    }
}

int main(int argc, char **argv)
{
    static pack_file file;
    static char names[PACK_SECTIONS + 1][9];
    dln_weights model, from;
    dln_error error = {DLN_OK, ""};
    if (argc != 3)
        pack_stop("usage: section MODEL FROM");
    if (dln_weights_open(&model, argv[1], &error) != DLN_OK
        || dln_weights_open(&from, argv[2], &error) != DLN_OK)
        pack_stop("%s", error.text);
    add(&file, names, &model);
    add(&file, names, &from);
    dln_weights_close(&model);
    dln_weights_close(&from);
    pack_file_write(&file, argv[1]);
    return 0;
}
