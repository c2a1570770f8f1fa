/* SPDX-License-Identifier: Apache-2.0 */
/* A word list from anybody: each row it took is found by its name, and every
 * field lies within the text. All lists of lang and onto are read so. */
#include <assert.h>

#include "base/table.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    dln_arena *arena = dln_arena_new((size_t)64 << 20);
    dln_table table;
    dln_error error;
    if (arena
        && dln_table_parse(&table, arena, DLN_STR("list.txt"),
                           (dln_str){(const char *)data, size}, 1, &error)
               == DLN_OK) {
        for (uint32_t i = 0; i < table.count; i++) {
            const dln_row *row = &table.rows[i];
            assert(row->count >= 1);
            assert(row->next == DLN_NONE || row->next > i);
            assert(dln_row_field(row, row->count).len == 0);
            const dln_row *first = dln_table_find(&table, row->field[0]);
            assert(first && first <= row);
            assert(dln_str_eq(first->field[0], row->field[0]));
        }
    }
    dln_arena_free(arena);
    return 0;
}
