/* SPDX-License-Identifier: Apache-2.0 */
/* The same reports give the same record, byte for byte: in any order, on any
 * number of threads, at once or one after another. */
#define _GNU_SOURCE
#include "program.h"

static bool same(const char *other)
{
    return exit_of("cmp first.db %s", other) == 0;
}

int main(void)
{
    const char *source = getenv("DATELINE_SOURCE");
    setenv("SOURCE_DATE_EPOCH", "1700000000", 1);
    if (!source || !test_folder_begin())
        return 1;
    is_int(exit_of("cp %s/examples/karabakh/20*.txt . && cp "
                   "%s/examples/karabakh/metadata.csv given.csv",
                   source, source), 0);
    const char *build = "$DATELINE build --sidecar given.csv";
    is_int(exit_of("%s -j1 20*.txt -o first.db", build), 0);
    is_int(exit_of("%s -j1 $(ls -r 20*.txt) -o back.db", build), 0);
    ok(same("back.db"));
    is_int(exit_of("%s -j2 2022*.txt 2023*.txt 2020*.txt 2021*.txt "
                   "-o mixed.db", build), 0);
    ok(same("mixed.db"));
    is_int(exit_of("%s -j2 20*.txt -o two.db", build), 0);
    ok(same("two.db"));
    is_int(exit_of("%s -j2 2022*.txt -o goes.db", build), 0);
    is_int(exit_of("%s -j1 2023*.txt 2020*.txt -o goes.db", build), 0);
    is_int(exit_of("%s -j2 2021*.txt 2020*.txt -o goes.db", build), 0);
    ok(same("goes.db"));
    is_int(exit_of("%s 20*.txt -o goes.db", build), 0);
    ok(same("goes.db"));
    test_folder_end();
    return done();
}
