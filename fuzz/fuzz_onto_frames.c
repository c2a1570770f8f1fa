/* SPDX-License-Identifier: Apache-2.0 */
/* The first half of the input as types, sets and frames in turn. */
#include <stdlib.h>

#include "onto/frames.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char types[] =
        "# version: 1\ntype\tCONSULT\t1\t2.5\tAGREE\n"
        "type\tAGREE\t1\t2.5\tAGREE\nmode\tCONSULT\tvisit\t4\n";
    dln_str text = {(const char *)data, size};
    dln_plover *plover, *known;
    dln_frames *frames;
    dln_error error;
    if (dln_plover_parse(&plover, DLN_STR("input"), text, &error) == DLN_OK)
        dln_plover_close(plover);
    if (dln_plover_parse(&known, DLN_STR("types"), dln_str_of(types), &error)
        != DLN_OK)
        abort();
    if (dln_frames_parse(&frames, known, DLN_STR("# version: 1\n@a\tb c\n"),
                         text, &error) == DLN_OK) {
        for (uint32_t i = 0; i < dln_frames_count(frames); i++)
            dln_frames_types(frames, dln_frames_at(frames, i)->trigger);
        dln_frames_close(frames);
    }
    if (dln_frames_parse(&frames, known, text, DLN_STR("# version: 1\n"),
                         &error) == DLN_OK)
        dln_frames_close(frames);
    dln_plover_close(known);
    return 0;
}
