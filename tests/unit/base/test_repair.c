/* SPDX-License-Identifier: Apache-2.0 */
#include "base/repair.h"
#include "tap.h"

static dln_arena *arena;
static dln_repairs repairs;

static dln_str mended(const char *text)
{
    dln_str out;
    repairs = (dln_repairs){0};
    dln_mend(arena, dln_str_of(text), &out, NULL, &repairs);
    return out;
}

int main(void)
{
    dln_str out;
    uint32_t *from;
    arena = dln_arena_new(0);

    /* ’ and é taken for Windows-1252 and encoded again */
    is_str(mended("It\xC3\xA2\xE2\x82\xAC\xE2\x84\xA2s a caf\xC3\x83\xC2"
                  "\xA9"), "It’s a café");
    is_int(repairs.doubled, 2);
    /* text that is right stays: a capital, a quote */
    is_str(mended("“CAFÉ” and “CAFÉ…” in Şuşa, ‘É–’"),
           "“CAFÉ” and “CAFÉ…” in Şuşa, ‘É–’");
    is_int(repairs.doubled, 0);
    /* à is Ã and a no-break space: believed beside certain cases only */
    is_str(mended("voil\xC3\x83\xC2\xA0"), "voil\xC3\x83\xC2\xA0");
    is_str(mended("voil\xC3\x83\xC2\xA0, caf\xC3\x83\xC2\xA9"),
           "voilà, café");
    is_str(mended("a\x01\x7F\xE2\x80\x8B" "b\xC2\xAD" "c\xEF\xBB\xBF"),
           "abc");
    is_int(repairs.dropped, 5);
    is_str(mended("a\r\nb\rc\xE2\x80\xA8" "d\fe"), "a\nb\nc\nd\ne");

    dln_str text = DLN_STR("a\r\nb\xE2\x80\x8B" "c");
    dln_mend(arena, text, &out, &from, &repairs);
    is_str(out, "a\nbc");
    ok(from != NULL);
    is_int(from[2], 3);
    is_int(from[3], 7);
    is_int(from[4], 8);
    text = DLN_STR("nothing — to do\n");
    dln_mend(arena, text, &out, &from, &repairs);
    ok(out.data == text.data && from == NULL);

    ok(!dln_decode(arena, DLN_STR("a\0b"), &out, &repairs));
    ok(dln_decode(arena, DLN_STR("a\x81 \x80"), &out, &repairs));
    is_str(out, "a\xEF\xBF\xBD €");
    is_int(repairs.lost, 1);
    is_int(repairs.windows, 1);
    ok(dln_decode(arena, DLN_STR("\xFE\xFF\xD8\x3D\xDE\x00"), &out,
                  &repairs));
    is_str(out, "\xF0\x9F\x98\x80");
    ok(dln_decode(arena, DLN_STR("\xFF\xFE\x3D\xD8x\0"), &out, &repairs));
    is_int(repairs.lost, 1);
    dln_arena_free(arena);
    return done();
}
