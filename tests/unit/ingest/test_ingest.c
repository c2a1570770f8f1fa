/* SPDX-License-Identifier: Apache-2.0 */
/* Folders, files, JSON Lines and what must fail, in a scratch folder. */
#define _GNU_SOURCE
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/io.h"
#include "ingest/ingest.h"
#include "tap.h"

static char root[] = "/tmp/dateline-ingest-XXXXXX";

static const char *in(const char *name)
{
    static char path[32][512];
    static unsigned turn;
    char *out = path[turn++ % 32];
    snprintf(out, sizeof path[0], "%s/%s", root, name);
    return out;
}

static void file(const char *name, const char *text)
{
    dln_error error;
    ok(dln_io_write(in(name), dln_str_of(text), &error) == DLN_OK);
}

#define bytes(name, literal) write_bytes(name, DLN_STR(literal))
static void write_bytes(const char *name, dln_str data)
{
    dln_error error;
    ok(dln_io_write(in(name), data, &error) == DLN_OK);
}

/* All items as lines "uri|status|outlet|date|text or reason". */
static void list(dln_buf *out, const char *const *inputs, size_t count,
                 const dln_ingest_options *options)
{
    dln_ingest *ingest;
    dln_error error = {DLN_OK, ""};
    dln_item item;
    dln_doc *doc = dln_doc_new(0);
    dln_buf_clear(out);
    if (dln_ingest_open(&ingest, inputs, count, options, &error) != DLN_OK) {
        dln_buf_printf(out, "open: %s\n", error.text);
        dln_doc_free(doc);
        return;
    }
    for (dln_status s; (s = dln_ingest_next(ingest, &item, &error))
                       != DLN_END;) {
        char day[11] = "";
        dln_doc_reset(doc);
        if (s == DLN_OK)
            s = dln_item_fill(&item, doc, &error);
        if (s == DLN_OK)
            dln_day_text(day, doc->published.start);
        dln_buf_printf(out, "%.*s|%s|%.*s|%s|%.*s\n", DLN_ARG(item.uri),
                       s == DLN_OK ? "ok" : "failed", DLN_ARG(item.outlet),
                       day, DLN_ARG(s == DLN_OK ? doc->input
                                                : dln_str_of(error.text)));
        if (s <= DLN_BADARG)
            break;
    }
    dln_ingest_close(ingest);
    dln_doc_free(doc);
}

static bool has(const dln_buf *got, const char *line)
{
    dln_str rest = dln_buf_view(got), one;
    while (dln_str_cut(&rest, '\n', &one))
        if (dln_str_is(one, line))
            return true;
    printf("# no line \"%s\" in\n# %.*s\n", line,
           DLN_ARG(dln_buf_view(got)));
    return false;
}

static unsigned lines_of(const dln_buf *got)
{
    unsigned n = 0;
    for (size_t i = 0; i < got->len; i++)
        n += got->data[i] == '\n';
    return n;
}

static void folders(dln_buf *got)
{
    mkdir(in("f"), 0755);
    mkdir(in("f/b"), 0755);
    mkdir(in("f/b/deep.txt"), 0755);
    file("f/c.txt", "Third.");
    file("f/a.txt", "First.");
    file("f/b/inner", "Second.");
    file("f/README.md", "not a report");
    file("f/.hidden", "not a report");
    file("f/picture.png", "not a format");
    file("f/page.html", "<p>A page is read later.");
    file("f/empty.htm", "");
    file("f/metadata.csv", "\xEF\xBB\xBF" "File,Outlet,colour,Date\r\n"
         "a.txt,\"The \"\"A\"\" Post, Ltd\",red,2021-02-03\r\n"
         "b/inner,Inner Voice,,2021-02\r\n");
    ok(symlink("..", in("f/b/loop")) == 0);
    const char *const folder[] = {in("f")};
    list(got, folder, 1, NULL);
    ok(has(got, "f/a.txt|ok|The \"A\" Post, Ltd|2021-02-03|First."));
    ok(has(got, "f/b/inner|ok|Inner Voice|2021-02-01|Second."));
    ok(has(got, "f/b/loop|failed|||a symbolic link, not followed"));
    ok(has(got, "f/c.txt|ok|||Third."));
    ok(has(got, "f/picture.png|failed|||not a format that is read (by its "
           "name)"));
    ok(has(got, "f/page.html|ok|||"));
    ok(has(got, "f/empty.htm|failed|||empty"));
    is_int(lines_of(got), 7);
    ok(dln_str_starts(dln_buf_view(got), DLN_STR("f/a.txt")));

    char slash[600];
    snprintf(slash, sizeof slash, "%s/b/..//", in("f"));
    const char *const other[] = {slash};
    dln_buf again;
    dln_buf_init(&again, 0);
    list(&again, other, 1, NULL);
    ok(dln_str_eq(dln_buf_view(got), dln_buf_view(&again)));
    dln_buf_release(&again);

    const char *const one[] = {in("f/a.txt"), in("f/metadata.csv")};
    list(got, one, 2, NULL);
    ok(has(got, "a.txt|ok|The \"A\" Post, Ltd|2021-02-03|First."));
    is_int(lines_of(got), 1);
}

static void sidecars(dln_buf *got)
{
    file("side.jsonl", "{\"path\":\"x.txt\",\"source\":\"X\",\"url\":"
         "\"http://x.example/1\",\"published\":\"2020-01-02\"}\n\n");
    file("x.txt", "Text.");
    file("bad.csv", "file,outlet\nx.txt,\"X\n");
    file("nocolumn.csv", "outlet,date\nX,2020-01-01\n");
    const char *const x[] = {in("x.txt")};
    dln_ingest_options options = {.size = sizeof options,
                                  .sidecar = in("side.jsonl")};
    list(got, x, 1, &options);
    ok(has(got, "http://x.example/1|ok|X|2020-01-02|Text."));
    options.sidecar = in("bad.csv");
    list(got, x, 1, &options);
    ok(dln_str_find(dln_buf_view(got), DLN_STR("row 2: a quote is not "
                                               "closed"), 0) < got->len);
    options.sidecar = in("nocolumn.csv");
    list(got, x, 1, &options);
    ok(dln_str_starts(dln_buf_view(got), DLN_STR("open: metadata file")));
    options.sidecar = in("none.csv");
    list(got, x, 1, &options);
    ok(dln_str_starts(dln_buf_view(got), DLN_STR("open: metadata file")));

    mkdir(in("g"), 0755);
    file("g/metadata.csv", "\"file");
    file("g/a.txt", "Kept.");
    const char *const folder[] = {in("g")};
    list(got, folder, 1, NULL);
    ok(has(got, "g/a.txt|ok|||Kept."));
    is_int(lines_of(got), 2);
}

static void json(dln_buf *got)
{
    file("j.jsonl", "\xEF\xBB\xBF{\"id\":\"1\",\"text\":\"One.\",\"date\":"
         "\"2021-05-06\"}\n{\"text\": \"cut off\n\n[1]\n"
         "{\"text\":5.5}\n{\"text\":\"\"}\n{\"uri\":\"u\",\"text\":"
         "\"Last.\"}");
    file("list.json", "[{\"text\":\"A.\"}, 7,\n {\"text\":\"B.\"}]");
    file("one.json", "{\n \"text\":\n \"C.\"\n}\n");
    file("lines.json", "{\"text\":\"D.\"}\n{\"text\":\"E.\"}\n");
    file("broken.json", "[{\"text\":\"A.\"}, ");
    const char *const all[] = {in("j.jsonl"), in("list.json"),
                               in("one.json"), in("lines.json")};
    list(got, all, 4, NULL);
    ok(has(got, "j.jsonl#1|ok||2021-05-06|One."));
    ok(has(got, "j.jsonl#4|failed|||not a JSON object"));
    ok(has(got, "j.jsonl#5|failed|||field text is no string"));
    ok(has(got, "j.jsonl#6|failed|||has no text"));
    ok(has(got, "u|ok|||Last."));
    ok(has(got, "list.json#1|ok|||A."));
    ok(has(got, "list.json#2|failed|||not JSON: '[' or '{' expected near "
           "'7'"));
    ok(has(got, "list.json#3|ok|||B."));
    ok(has(got, "one.json#1|ok|||C."));
    ok(has(got, "lines.json#2|ok|||E."));
    is_int(lines_of(got), 12);
    const char *const broken[] = {in("broken.json")};
    list(got, broken, 1, NULL);
    is_int(lines_of(got), 1);
    ok(dln_str_find(dln_buf_view(got), DLN_STR("|failed|"), 0) < got->len);
}

/* A line of `mebibytes`, sparse on disk: the file has a hole in it. */
static void long_line(const char *name, long mebibytes)
{
    FILE *f = fopen(in(name), "wb");
    ok(f != NULL);
    if (!f)
        return;
    fputs("{\"text\":\"", f);
    fseek(f, mebibytes << 20, SEEK_CUR);
    fputs("\"}\n{\"text\":\"After.\"}\n", f);
    fclose(f);
}

static void must_fail(dln_buf *got)
{
    mkdir(in("m"), 0755);
    file("m/empty.txt", "");
    file("m/blank.txt", " \r\n\t\xE2\x80\x8B\n");
    bytes("m/binary.txt", "\x7F" "ELF\x02\x01\x01\0\0\0\0\0\0\0\0\0");
    bytes("m/noise", "\x91\xE5\xF0\xC3\xC3\xE1\xFE\xD0\xCF\xF0");
    file("m/fine.txt", "Fine.");
    ok(mkfifo(in("m/pipe.txt"), 0600) == 0);
    long_line("m/long.jsonl", 128);
    long_line("m/long.txt", 9);
    file("m/secret.txt", "hidden");
    chmod(in("m/secret.txt"), 0);
    const char *const folder[] = {in("m")};
    list(got, folder, 1, NULL);
    ok(has(got, "m/empty.txt|failed|||empty"));
    ok(has(got, "m/blank.txt|failed|||empty"));
    ok(has(got, "m/binary.txt|failed|||not a text file"));
    ok(has(got, "m/noise|failed|||not a text file"));
    ok(has(got, "m/fine.txt|ok|||Fine."));
    ok(has(got, "m/pipe.txt|failed|||not a regular file"));
    ok(has(got, "m/long.jsonl#1|failed|||line 1 is longer than 16777216 "
           "bytes"));
    ok(has(got, "m/long.jsonl#2|ok|||After."));
    ok(has(got, "m/long.txt|failed|||larger than 8388608 bytes"));
    if (geteuid() != 0)
        ok(has(got, "m/secret.txt|failed|||cannot open it: Permission "
               "denied"));
    is_int(lines_of(got), 10);
    const char *const none[] = {in("m/fine.txt"), in("nothing-here")};
    list(got, none, 2, NULL);
    ok(dln_str_ends(dln_buf_view(got),
                    DLN_STR("nothing-here: No such file or directory\n")));
    const char *const device[] = {"/dev/zero"};
    list(got, device, 1, NULL);
    ok(has(got, "zero|failed|||not a regular file"));
}

static void deep(dln_buf *got)
{
    char path[2000];
    int n = snprintf(path, sizeof path, "%s", in("d"));
    mkdir(path, 0755);
    for (int i = 0; i < 70; i++) {
        n += snprintf(path + n, sizeof path - (size_t)n, "/d");
        mkdir(path, 0755);
    }
    snprintf(path + n, sizeof path - (size_t)n, "/a.txt");
    dln_error error;
    ok(dln_io_write(path, DLN_STR("Too deep."), &error) == DLN_OK);
    const char *const folder[] = {in("d")};
    list(got, folder, 1, NULL);
    is_int(lines_of(got), 1);
    ok(dln_str_find(dln_buf_view(got), DLN_STR("folders are more than 64 "
                                               "deep"), 0) < got->len);
}

static void encodings(dln_buf *got)
{
    mkdir(in("e"), 0755);
    bytes("e/bom.txt", "\xEF\xBB\xBFOne.\r\nTwo.\rThree.");
    bytes("e/cp1252.txt", "He said \x93no\x94 \x96 caf\xE9.");
    bytes("e/mixed.txt", "caf\xC3\xA9 \x97 d\xE9j\xE0 vu, three cafes");
    bytes("e/twice.txt", "\xC3\xA2\xE2\x82\xAC\xE2\x84\xA2s caf\xC3\x83\xC2"
          "\xA9");
    bytes("e/utf16le.txt", "\xFF\xFEN\0o\0.\0");
    bytes("e/utf16be.txt", "\xFE\xFF\0N\0o\0.");
    bytes("e/bare16.txt", "N\0e\0v\0e\0r\0.\0");
    bytes("e/nfc.txt", "cafe\xCC\x81");
    bytes("e/cut.txt", "The end\xE2\x80");
    bytes("e/control.txt", "a\x07 long enough line of b\xE2\x80\x8B!");
    const char *const folder[] = {in("e")};
    list(got, folder, 1, NULL);
    ok(has(got, "e/cp1252.txt|ok|||He said “no” – café."));
    ok(has(got, "e/mixed.txt|ok|||café — déjà vu, three cafes"));
    ok(has(got, "e/twice.txt|ok|||’s café"));
    ok(has(got, "e/utf16le.txt|ok|||No."));
    ok(has(got, "e/utf16be.txt|ok|||No."));
    ok(has(got, "e/bare16.txt|ok|||Never."));
    ok(has(got, "e/nfc.txt|ok|||café"));
    ok(has(got, "e/cut.txt|ok|||The end"));
    ok(has(got, "e/control.txt|ok|||a long enough line of b!"));
    ok(has(got, "e/bom.txt|ok|||One.") && has(got, "Two.")
       && has(got, "Three."));
}

/* Text out of JSON is not touched: its sender counts offsets in it. */
static void as_it_is(void)
{
    dln_doc *doc = dln_doc_new(0);
    dln_error error = {DLN_OK, ""};
    dln_item item = {.utf8 = true, .date = DLN_STR("soon"),
                     .text = DLN_STR("\xEF\xBB\xBF"
                                     "a\r\n\xE2\x80\x8B\xC3\xA2\xE2\x82\xAC"
                                     "\xE2\x84\xA2 cafe\xCC\x81"),
                     .source = DLN_NO_SPAN, .target = DLN_NO_SPAN};
    is_int(dln_item_fill(&item, doc, &error), DLN_OK);
    ok(dln_str_eq(doc->input, item.text));
    is_int(doc->published_basis, DLN_BASIS_UNKNOWN);
    is_int(doc->notes.count, 1);
    dln_doc_free(doc);
}

static int remove_one(const char *path, const struct stat *info, int kind,
                      struct FTW *where)
{
    (void)info;
    (void)kind;
    (void)where;
    return remove(path);
}

int main(void)
{
    dln_buf got;
    if (!mkdtemp(root))
        return 1;
    dln_buf_init(&got, 0);
    folders(&got);
    sidecars(&got);
    json(&got);
    must_fail(&got);
    deep(&got);
    encodings(&got);
    as_it_is();
    dln_buf_release(&got);
    ok(nftw(root, remove_one, 16, FTW_DEPTH | FTW_PHYS) == 0);
    return done();
}
