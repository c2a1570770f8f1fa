/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Inputs that nobody publishes: each must give bounded time and memory, a
 * note where it cannot be read, and a record that holds the good report
 * beside it and breaks no rule.
 */
#define _GNU_SOURCE
#include <sys/stat.h>

#include "program.h"

#if defined(__SANITIZE_ADDRESS__) || !defined(__OPTIMIZE__)
#define SIZE ((size_t)20000)
#define SECONDS 60
#define KILOBYTES 4000000L
#else
#define SIZE ((size_t)100000)
#define SECONDS 5
#define KILOBYTES 500000L
#endif

static void write_monster(const char *name, const char *head,
                          const char *again, const char *tail, size_t size)
{
    FILE *file = fopen(name, "wb");
    if (!file)
        return;
    fputs(head, file);
    for (size_t n = 0, len = strlen(again); n < size; n += len)
        fputs(again, file);
    fputs(tail, file);
    fclose(file);
}

/* Builds talks.db from good.txt and `input`: the exit code, and bounds. */
static void build(const char *what, const char *input, int code)
{
    ran r = run_shell("rm -f talks.db*; %s -o talks.db -q", input);
    ok_(r.code == code, what, __FILE__, __LINE__);
    if (r.code != code)
        printf("#   exit %d, want %d\n", r.code, code);
    bool bounded = r.seconds < SECONDS && r.kilobytes < KILOBYTES;
    ok_(bounded, what, __FILE__, __LINE__);
    if (!bounded)
        printf("#   %.1f s, %ld KB\n", r.seconds, r.kilobytes);
    dln_buf_release(&r.out);
    ok_(exit_of("$DATELINE check talks.db && $DATELINE search talks.db "
                "bridge | grep -q bridge") == 0, what, __FILE__, __LINE__);
}

static void long_texts(void)
{
    static const struct { const char *what, *head, *again, *tail; } all[] = {
        {"parentheses", "", "(", ""},
        {"straight quotes", "", "\"", ""},
        {"opening quotes", "", "\xE2\x80\x9C", ""},
        {"quotes in quotes", "", "He said \xE2\x80\x9C", ""},
        {"brackets of all kinds", "", "[(\xE2\x80\x9C", ")]"},
        {"said", "", "said ", ""},
        {"that he said that", "", "He said that ", ""},
        {"one sentence", "", "The president and the minister met in the "
         "city on Monday and ", ""},
        {"one name again", "", "Prime Minister Ann Lee ", ""},
        {"many meetings", "", "Ann Lee met Bob Day in Oslo. Ann Lee and Bob "
         "Day will meet on 5 May 2030. ", ""},
        {"capitals", "", "OSLO ", ""},
        {"datelines", "", "OSLO (AP) \xE2\x80\x94 ", ""},
        {"bylines", "A Title\n\n", "By Ann Lee\n", ""},
        {"related links", "", "Related: http://a.example/b\n", ""},
        {"places and commas", "", "Oslo, ", ""},
        {"one list", "", "Norway and ", ""},
        {"figures", "", "12 killed, 14 wounded, over 5 troops, ", ""},
        {"numbers", "", "1 ", ""},
        {"digits", "", "1", ""},
        {"dates", "", "January 11, 2021 ", ""},
        {"lines", "", "Monday\n", ""},
        {"hyphens", "", "a-", ""},
        {"dashes", "", "\xE2\x80\x94", ""},
        {"full stops", "", ".", ""},
        {"abbreviations", "", "Mr. ", ""},
        {"initials", "", "A.", ""},
        {"marks over one letter", "a", "\xCC\x81", ""},
        {"tags", "", "<div>", ""},
        {"entities", "", "&amp;", ""},
        {"ampersands", "", "&", ""},
        {"damaged quotes", "", "\xC3\xA2\xE2\x82\xAC\xE2\x84\xA2", ""},
        {"Arabic", "", "\xD9\x82\xD8\xA7\xD9\x84 ", ""},
        {"Chinese", "", "\xE8\xAF\xB4\xE4\xBC\x9A", ""},
    };
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        write_monster("monster.txt", all[i].head, all[i].again, all[i].tail,
                      SIZE);
        build(all[i].what, "$DATELINE build good.txt monster.txt", 0);
    }
    write_monster("monster.txt", "", "a", "", SIZE * 75);
    build("a word without an end", "$DATELINE build good.txt monster.txt",
          0);
}

static void unreadable_files(void)
{
    write_monster("monster.txt", "", "said ", "", (size_t)10 << 20);
    build("ten megabytes", "$DATELINE build good.txt monster.txt", 1);
    write_monster("monster.txt", "", "", "", 0);
    build("empty", "$DATELINE build good.txt monster.txt", 1);
    write_monster("monster.txt", "", "\n", "", SIZE);
    build("white space", "$DATELINE build good.txt monster.txt", 1);
    write_monster("monster.txt", "", "\x01\x02\x7F\x1B", "", SIZE);
    build("control bytes", "$DATELINE build good.txt monster.txt", 1);
    exit_of("head -c 100000 /dev/zero >monster.txt");
    build("NUL bytes", "$DATELINE build good.txt monster.txt", 1);
    exit_of("cp \"$DATELINE\" monster.txt");
    build("a program", "$DATELINE build good.txt monster.txt", 1);
    exit_of("printf 'caf\\351 and na\\357ve words in Latin 1, which most "
            "of this is not' >latin.txt");
    build("another encoding", "$DATELINE build good.txt latin.txt", 0);
    exit_of("rm monster.txt latin.txt");
    if (geteuid() != 0) {
        exit_of("echo words >monster.txt; chmod 000 monster.txt");
        build("not for us", "$DATELINE build good.txt monster.txt", 1);
        exit_of("rm -f monster.txt");
    }
}

static void folders(void)
{
    exit_of("mkdir -p in/a && cp good.txt in/a && ln -s .. in/a/up "
            "&& ln -s self in/self");
    build("a folder in itself", "$DATELINE build in", 1);
    exit_of("rm in/a/up in/self && mkfifo in/pipe");
    build("a pipe in a folder", "$DATELINE build in", 1);
    exit_of("rm -r in && p=deep && for i in $(seq 100); do p=$p/d; done "
            "&& mkdir -p $p && cp good.txt deep/ && cp good.txt $p/b.txt");
    build("a folder too deep", "$DATELINE build deep", 1);
}

static void lines(void)
{
    exit_of("printf '%%s\\n' '{\"id\":\"a\",\"text\":\"They crossed the "
            "bridge on Monday.\"}' '{\"id\":\"b\",\"text\":\"cut' "
            "'[1,2]' '{\"id\":\"c\"}' 'null' >bad.jsonl");
    build("truncated JSON Lines", "$DATELINE build bad.jsonl", 1);
    build("a gigabyte in one line", "(cat bad.jsonl; head -c "
          "1073741824 /dev/zero | tr '\\000' a; echo; cat bad.jsonl) | "
          "$DATELINE build -", 1);
    write_monster("deep.jsonl", "{\"id\":\"d\",\"text\":", "[", "", SIZE);
    build("deep JSON", "$DATELINE build good.txt deep.jsonl", 1);
}

int main(void)
{
    if (!test_folder_begin())
        return 1;
    write_monster("good.txt", "Two ministers met at the old bridge.\n\nThey "
                  "spoke for an hour on Monday and left by car.\n", "", "",
                  0);
    long_texts();
    unreadable_files();
    folders();
    lines();
    test_folder_end();
    return done();
}
