/* SPDX-License-Identifier: Apache-2.0 */
/* However reports are sharded, and in whatever order the parts are merged,
 * the record has the bytes of one build. */
#define _GNU_SOURCE
#include "program.h"

static bool same(const char *other)
{
    return exit_of("cmp whole.db %s", other) == 0;
}

static void shards(void)
{
    is_int(exit_of("$DATELINE build reports -o whole.db"), 0);
    for (int n = 1; n <= 4; n++) {
        exit_of("rm -f s*.jsonl m.db");
        for (int k = 1; k <= n; k++)
            is_int(exit_of("$DATELINE code reports --shard %d/%d -j%d "
                           "> s%d.jsonl", k, n, 1 + k % 2, k), 0);
        is_int(exit_of("$DATELINE merge $(ls -r s*.jsonl) -o m.db"), 0);
        ok(same("m.db"));
    }
}

/* (a + b) + c and a + (b + c), records among the parts, parts twice. */
static void associates(void)
{
    exit_of("$DATELINE code reports | split -n r/3 - part.");
    is_int(exit_of("$DATELINE merge part.aa part.ab -o left.db"), 0);
    is_int(exit_of("$DATELINE merge left.db part.ac -o left2.db"), 0);
    ok(same("left2.db"));
    is_int(exit_of("$DATELINE merge part.ab part.ac -o right.db"), 0);
    is_int(exit_of("cat part.aa part.aa | $DATELINE merge - right.db "
                   "left.db -o right2.db"), 0);
    ok(same("right2.db"));
    is_int(exit_of("$DATELINE merge part.ac -o left.db"), 0);
    ok(same("left.db"));
    is_int(exit_of("$DATELINE check left.db"), 0);
}

/* The same report with unlike metadata, and one that fails. */
static void twins(void)
{
    is_int(exit_of("printf '%%s\\n' '{\"uri\":\"u\",\"text\":\"A truce "
                   "holds.\",\"outlet\":\"A\"}' '{\"uri\":\"v\"}' >a.jsonl; "
                   "printf '%%s\\n' '{\"uri\":\"u\",\"text\":\"A truce "
                   "holds.\",\"outlet\":\"B\"}' >b.jsonl"), 0);
    is_int(exit_of("$DATELINE build a.jsonl b.jsonl -o whole.db"), 1);
    is_int(exit_of("$DATELINE code a.jsonl >a.code"), 1);
    is_int(exit_of("$DATELINE code <b.jsonl >b.code"), 0);
    is_int(exit_of("$DATELINE merge b.code a.code -o ba.db"), 0);
    is_int(exit_of("$DATELINE merge a.code b.code -o ab.db"), 0);
    ok(exit_of("cmp ab.db ba.db") == 0);
}

static void refused(void)
{
    is_int(exit_of("echo '{\"text\":\"x\"}' | $DATELINE merge -o x.db"), 1);
    is_int(exit_of("echo 'no line' | $DATELINE merge -o x.db"), 1);
    is_int(exit_of("echo '{\"rows\":{\"report\":[[1,2]]}}' | "
                   "$DATELINE merge -o x.db"), 1);
    is_int(exit_of("$DATELINE merge nothing -o x.db"), 66);
    is_int(exit_of("$DATELINE merge . -o x.db"), 65);
    is_int(exit_of("$DATELINE merge part.aa"), 2);
    is_int(exit_of("$DATELINE code --shard 3/2 reports"), 2);
    is_int(exit_of("$DATELINE code --shard x reports"), 2);
    is_int(exit_of("$DATELINE check x.db"), 0);
}

int main(void)
{
    const char *source = getenv("DATELINE_SOURCE");
    setenv("SOURCE_DATE_EPOCH", "1700000000", 1);
    if (!source || !test_folder_begin())
        return 1;
    exit_of("mkdir reports; cp %s/examples/karabakh/*.txt "
            "%s/examples/karabakh/metadata.csv reports; "
            "gzip -c reports/2021-01*.txt >reports/packed.txt.gz",
            source, source);
    shards();
    associates();
    twins();
    refused();
    test_folder_end();
    return done();
}
