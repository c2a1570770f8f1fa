/* SPDX-License-Identifier: Apache-2.0 */
/* A build that is killed at any moment and started again gives the record it
 * would have given: nothing lost, nothing twice. And a watched folder. */
#define _GNU_SOURCE
#include <fcntl.h>
#include <signal.h>

#include "program.h"

static pid_t start(const char *const *args)
{
    pid_t child = fork();
    if (child)
        return child;
    const char *program = getenv("DATELINE_PROGRAM");
    if (!freopen("/dev/null", "w", stderr))
        _exit(126);
    execv(program ? program : "dateline", (char *const *)(uintptr_t)args);
    _exit(127);
}

static void wait_ms(long ms)
{
    struct timespec t = {ms / 1000, ms % 1000 * 1000000};
    nanosleep(&t, NULL);
}

/* Killed once after each of these times, over and over until it is done. */
static void killed(void)
{
    static const char *const args[] = {"dateline", "build", "reports", "-j2",
                                       "-q", "-o", "k.db", NULL};
    unsigned kills = 0;
    int status = -1;
    for (long ms = 40; ms < 20000; ms += ms / 3) {
        pid_t child = start(args);
        wait_ms(ms);
        kill(child, SIGKILL);
        waitpid(child, &status, 0);
        if (WIFEXITED(status))
            break;
        kills++;
        ok(access("k.db", F_OK) != 0 || exit_of("cmp k.db whole.db") == 0);
    }
    printf("# %u kills\n", kills);
    ok(kills > 0);
    ok(WIFEXITED(status) && WEXITSTATUS(status) == 0);
    is_int(exit_of("cmp k.db whole.db"), 0);
    is_int(exit_of("test -z \"$(ls k.db?* 2>/dev/null)\""), 0);
}

static bool holds(const char *word)
{
    return exit_of("$DATELINE search w.db %s | grep -q .", word) == 0;
}

static void watched(void)
{
    static const char *const args[] = {"dateline", "build", "--watch", "in/",
                                       "-q", "-o", "w.db", NULL};
    int status = -1;
    exit_of("mkdir -p in/b; echo 'The harbour is open.' >in/a.txt");
    pid_t child = start(args);
    for (int i = 0; i < 600 && !holds("harbour"); i++)
        wait_ms(100);
    ok(holds("harbour"));
    exit_of("echo 'The bridge is closed.' >in/b/b.txt");
    for (int i = 0; i < 600 && !holds("bridge"); i++)
        wait_ms(100);
    ok(holds("bridge") && holds("harbour"));
    kill(child, SIGTERM);
    waitpid(child, &status, 0);
    ok(WIFEXITED(status) && WEXITSTATUS(status) == 0);
    is_int(exit_of("$DATELINE build in -o again.db && cmp w.db again.db"),
           0);
    is_int(exit_of("$DATELINE build --watch nowhere -o w.db"), 66);
}

int main(void)
{
    const char *source = getenv("DATELINE_SOURCE");
    setenv("SOURCE_DATE_EPOCH", "1700000000", 1);
    if (!source || !test_folder_begin())
        return 1;
    exit_of("mkdir reports; cp %s/examples/karabakh/*.txt reports; "
            "cd reports; for f in *.txt; do for i in 1 2 3 4 5 6; do "
            "sed \"s/[.] /. Report $i said so. /\" $f >$i-$f; done; done",
            source);
    is_int(exit_of("$DATELINE build reports -o whole.db"), 0);
    killed();
    watched();
    test_folder_end();
    return done();
}
