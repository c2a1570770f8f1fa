/* SPDX-License-Identifier: Apache-2.0 */
/* str, arena, map, buf, json, utf8, table. */
#include "base/io.h"
#include "base/json.h"
#include "base/map.h"
#include "base/table.h"
#include "base/utf8.h"
#include "tap.h"

static void test_str(void)
{
    dln_str rest = DLN_STR("a\tb\t"), field;
    ok(dln_str_cut(&rest, '\t', &field));
    is_str(field, "a");
    ok(dln_str_cut(&rest, '\t', &field));
    is_str(field, "b");
    ok(dln_str_cut(&rest, '\t', &field));
    is_str(field, "");
    ok(!dln_str_cut(&rest, '\t', &field));
    is_int(dln_str_find(DLN_STR("abcabd"), DLN_STR("abd"), 0), 3);
    is_int(dln_str_find(DLN_STR("abc"), DLN_STR("x"), 0), 3);
    ok(dln_str_cmp(DLN_STR("ab"), DLN_STR("abc")) < 0);
    is_str(dln_str_trim(DLN_STR(" \n x y\t")), "x y");
}

static void test_arena(void)
{
    dln_arena *arena = dln_arena_new(100000);
    DLN_VEC(int) numbers = {0};
    for (int i = 0; i < 1000; i++)
        *DLN_VEC_PUSH(arena, &numbers) = i;
    is_int(numbers.at[999], 999);
    ok(!dln_arena_alloc(arena, 1000000));
    ok(dln_arena_oom(arena));
    ok(!dln_arena_alloc(arena, 1));
    dln_arena_reset(arena);
    ok(dln_arena_alloc(arena, 1) != NULL);
    ok(!dln_arena_array(arena, SIZE_MAX / 2, 3));
    dln_arena_free(arena);
}

static void test_map(void)
{
    dln_arena *arena = dln_arena_new(0);
    dln_map map;
    dln_map_init(&map, arena);
    for (int i = 0; i < 500; i++)
        is_int(dln_map_intern(&map, dln_arena_printf(arena, "k%d", i)), i);
    is_int(dln_map_get(&map, DLN_STR("k321")), 321);
    is_int(dln_map_get(&map, DLN_STR("none")), DLN_NONE);
    is_str(map.at[7].key, "k7");
    dln_arena_free(arena);
}

static void test_json(void)
{
    dln_buf out;
    dln_json json;
    dln_buf_init(&out, 0);
    dln_json_init(&json, &out);
    dln_json_object(&json);
    dln_json_key(&json, "a");
    dln_json_str(&json, DLN_STR("\"x\\\n\x01\xC3\xA9\xFF"));
    dln_json_field_span(&json, "s", (dln_span){1, 2});
    dln_json_field_span(&json, "none", DLN_NO_SPAN);
    dln_json_key(&json, "n");
    dln_json_array(&json);
    dln_json_num(&json, 6700);
    dln_json_num(&json, 0.1);
    dln_json_null(&json);
    dln_json_close(&json);
    dln_json_close(&json);
    is_str(dln_buf_view(&out),
           "{\"a\":\"\\\"x\\\\\\n\\u0001\xC3\xA9\xEF\xBF\xBD\","
           "\"s\":[1,2],\"n\":[6700,0.1,null]}");
    dln_buf_release(&out);
    dln_buf_init(&out, 3);
    dln_buf_str(&out, DLN_STR("abcd"));
    ok(out.oom);
    dln_buf_release(&out);
}

static void test_utf8(void)
{
    dln_arena *arena = dln_arena_new(0);
    size_t len;
    ok(!dln_utf8_valid(DLN_STR("\xC0\x80")));
    ok(!dln_utf8_valid(DLN_STR("\xED\xA0\x80")));
    ok(dln_utf8_valid(DLN_STR("Şuşa – “x”")));
    is_int(dln_utf8_at(DLN_STR("é"), 0, &len), 0xE9);
    is_int(len, 2);
    is_int(dln_utf8_before(DLN_STR("aé"), 3, &len), 0xE9);
    is_str(dln_utf8_fold(arena, DLN_STR(" Şuşa’s  Bakı–Tovuz ")),
           "susa's baki-tovuz");
    is_str(dln_utf8_lower(arena, DLN_STR("ÉTÉ Ab")), "été ab");
    dln_arena_free(arena);
}

static void test_table(void)
{
    dln_arena *arena = dln_arena_new(0);
    dln_table table;
    dln_error error = {DLN_OK, ""};
    is_int(dln_table_parse(&table, arena, DLN_STR("t.txt"),
                           DLN_STR("# version: 3\n# c\nsay\tx y\n\n"
                                   "tell off\tz\nsay\tw\n"),
                           2, &error), DLN_OK);
    is_str(table.version, "3");
    is_int(table.count, 3);
    is_int(table.longest, 2);
    const dln_row *row = dln_table_find(&table, DLN_STR("say"));
    is_str(dln_row_field(row, 1), "x y");
    is_str(dln_row_field(&table.rows[row->next], 1), "w");
    ok(!dln_table_find(&table, DLN_STR("x")));
    is_int(dln_table_parse(&table, arena, DLN_STR("t.txt"),
                           DLN_STR("# version: 1\nsay\n"), 2, &error),
           DLN_BADDATA);
    is_str(dln_str_of(error.text), "t.txt:2: expected 2 fields, found 1");
    is_int(dln_table_parse(&table, arena, DLN_STR("t.txt"),
                           DLN_STR("say\tx\n"), 2, &error), DLN_BADDATA);
    dln_arena_free(arena);
}

static void test_id(void)
{
    char id[17], other[17], hex[65];
    dln_sha256_hex(hex, DLN_STR("abc"));
    is_str(dln_str_of(hex), "ba7816bf8f01cfea414140de5dae2223"
                            "b00361a396177a9cb410ff61f20015ad");
    dln_content_id(id, (dln_str[]){DLN_STR("ab"), DLN_STR("c")}, 2);
    dln_content_id(other, (dln_str[]){DLN_STR("a"), DLN_STR("bc")}, 2);
    ok(strcmp(id, other) != 0);
    is_int(strlen(id), 16);
}

int main(void)
{
    test_str();
    test_arena();
    test_map();
    test_json();
    test_utf8();
    test_table();
    test_id();
    return done();
}
