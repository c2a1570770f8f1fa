/* SPDX-License-Identifier: Apache-2.0 */
/*
 * brief: a printable dossier of a record, in Markdown or HTML. Every line
 * has at least one footnote with outlet, date and quote; a line without
 * evidence is not printed. What reports say is escaped: neither markup nor
 * line breaks of theirs get through.
 */
#define _GNU_SOURCE
#include <getopt.h>
#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "cli/cli.h"
#include "cli/rows.h"
#include "store/store.h"

static const char usage[] =
    "usage: dateline brief RECORD [--from DAY] [--to DAY] [--html]\n"
    "A dossier to print, in Markdown or, with --html, as a web page: what\n"
    "happened, who moved, what is disputed, what is overdue. Every line has\n"
    "a footnote with outlet, date and quote.\n";

/* The first bytes of it. */
#define QUOTE(s, e) DLN_SQL_QUOTE(s, "min(" e ", " s " + 600)")
#define EVIDENCE "r.outlet, r.published, r.uri, "
#define WITHIN(start, end)                                              \
    "(?1 IS NULL OR " end " >= ?1) AND (?2 IS NULL OR " start " <= ?2) "

/* Each gives: date_start, date_end, date_precision, line, outlet,
 * published, uri, quote. */
static const struct {
    const char *title, *sql;
} sections[] = {
    {"What happened",
     "SELECT e.date_start, e.date_end, e.date_precision, e.summary ||"
     " CASE WHEN e.independent > 1 THEN ' (' || e.independent ||"
     " ' independent sources)' ELSE '' END, " EVIDENCE
     QUOTE("m.span_start", "m.span_end") " FROM event e JOIN event_mention m"
     " ON m.id = (SELECT x.id FROM event_mention x JOIN report o ON o.id ="
     " x.report_id WHERE x.event_id = e.id ORDER BY o.published IS NULL,"
     " o.published, x.id LIMIT 1) JOIN report r ON r.id = m.report_id"
     " WHERE e.status IN ('actual', 'ongoing') AND e.polarity = 'asserted'"
     " AND e.date_start IS NOT NULL AND "
     WITHIN("e.date_start", "e.date_end")
     "ORDER BY e.date_start, e.independent DESC, e.id LIMIT 500"},
    {"Agreements",
     "SELECT a.date_start, a.date_end, a.date_precision, a.summary, "
     EVIDENCE
     QUOTE("m.span_start", "m.span_end") " FROM agreement a JOIN"
     " agreement_mention m ON m.agreement_id = a.id JOIN report r ON"
     " r.id = m.report_id WHERE " WITHIN("a.date_start", "a.date_end")
     "GROUP BY a.id ORDER BY a.date_start IS NULL, a.date_start, a.id"
     " LIMIT 200"},
    {"Who moved",
     "SELECT x.date, x.date, 'day', x.actor || ' on ' || x.label || ': ' ||"
     " x.before || ' → ' || x.stance, " EVIDENCE
     QUOTE("s.span_start", "s.span_end") " FROM (SELECT p.*, a.name AS"
     " actor, i.label, lag(p.stance) OVER (PARTITION BY p.issue_id,"
     " p.actor_id ORDER BY p.date, p.statement_id) AS before FROM position"
     " p JOIN actor a ON a.id = p.actor_id JOIN issue i ON i.id ="
     " p.issue_id WHERE p.stance IS NOT NULL AND p.date IS NOT NULL) x"
     " JOIN statement s ON s.id = x.statement_id JOIN report r ON r.id ="
     " s.report_id WHERE x.before <> x.stance AND "
     WITHIN("x.date", "x.date")
     "ORDER BY x.date, x.issue_id, x.actor_id, x.statement_id LIMIT 200"},
    {"What is disputed",
     "SELECT f.as_of, f.as_of_end, f.as_of_precision, q.quantity ||"
     " coalesce(' (' || q.about || ')', '') || ': ' || coalesce(n.name ||"
     " ' says ', '') || CASE f.relation WHEN 'exactly' THEN '' WHEN"
     " 'between' THEN printf('%,d to ', f.low) ELSE replace(f.relation,"
     " '_', ' ') || ' ' END || printf('%,d', CASE f.relation WHEN 'between'"
     " THEN f.high ELSE coalesce(f.low, f.high) END), " EVIDENCE
     QUOTE("f.span_start", "f.span_end")
     " FROM figure_series q JOIN figure f ON f.series_id = q.id JOIN report"
     " r ON r.id = f.report_id LEFT JOIN actor n ON n.id = f.claimed_by"
     " WHERE q.disputed AND " WITHIN("q.date_start", "q.date_end")
     "ORDER BY q.id, f.low, f.id LIMIT 200"},
    {"What is overdue",
     "SELECT o.due_start, o.due_end, NULL, (SELECT group_concat(name, ', ')"
     " FROM (SELECT a.name FROM obligation_debtor d"
     " JOIN actor a ON a.id = d.actor_id WHERE"
     " d.obligation_id = o.id ORDER BY a.name)) || ': ' || o.act || ' ' ||"
     " coalesce(o.object, '') || ' (due ' || o.due_end || ')', " EVIDENCE
     QUOTE("o.span_start", "o.span_end") " FROM obligation o JOIN report r"
     " ON r.id = o.report_id WHERE o.basis <> 'demanded' AND"
     " coalesce(o.level, 0) < 3 AND o.due_end < coalesce(?2, (SELECT"
     " max(published) FROM report)) AND (?1 IS NULL OR o.due_end >= ?1)"
     " ORDER BY o.due_end, o.id LIMIT 200"},
    {"Bodies and missions",
     "SELECT NULL, NULL, NULL, a.name || coalesce(': to ' || m.task, '') ||"
     " coalesce('; ' || CAST(m.size_low AS INTEGER) || ' people', '') ||"
     " coalesce('; for ' || m.term, ''), " EVIDENCE
     QUOTE("m.span_start", "m.span_end") " FROM mandate m JOIN actor a ON"
     " a.id = m.actor_id JOIN report r ON r.id = m.report_id WHERE "
     WITHIN("r.published", "r.published")
     "ORDER BY m.actor_id, m.n LIMIT 200"},
};
#define SECTIONS (sizeof sections / sizeof *sections)

typedef struct brief {
    bool html;
    unsigned notes;
    dln_buf text, feet;
} brief;

/* Text of a report, so that it cannot be markup; one line. */
static void escaped(const brief *b, dln_buf *out, dln_str text)
{
    bool space = true;
    for (size_t i = 0; i < text.len; i++) {
        char c = text.data[i];
        if ((unsigned char)c <= ' ' || c == 0x7F) {
            if (!space)
                dln_buf_char(out, ' ');
            space = true;
            continue;
        }
        space = false;
        if (c == '&')
            dln_buf_str(out, DLN_STR("&amp;"));
        else if (c == '<')
            dln_buf_str(out, DLN_STR("&lt;"));
        else if (c == '>')
            dln_buf_str(out, DLN_STR("&gt;"));
        else if (!b->html && strchr("\\`*_[]|~", c)) {
            dln_buf_char(out, '\\');
            dln_buf_char(out, c);
        } else {
            dln_buf_char(out, c);
        }
    }
}

static void print_line(brief *b, const dln_query *q)
{
    char when[64];
    dln_str outlet = dln_query_str(q, 4), date;
    unsigned n = ++b->notes;
    dln_cli_date(when, dln_query_str(q, 0), dln_query_str(q, 1),
                 dln_query_str(q, 2));
    /* With a word before it no text of a report begins a list or heading. */
    if (!when[0])
        dln_cli_told(when, dln_query_str(q, 5));
    dln_buf_printf(&b->text, "%s%s: ", b->html ? "<li>" : "- ",
                   when[0] ? when : "no date");
    escaped(b, &b->text, dln_query_str(q, 3));
    if (b->html) {
        dln_buf_printf(&b->text, "<sup><a href=\"#n%u\">%u</a></sup></li>\n",
                       n, n);
        dln_buf_printf(&b->feet, "<li id=\"n%u\">", n);
    } else {
        dln_buf_printf(&b->text, "[^%u]\n", n);
        dln_buf_printf(&b->feet, "[^%u]: ", n);
    }
    escaped(b, &b->feet, outlet.len ? outlet : dln_query_str(q, 6));
    dln_buf_str(&b->feet, DLN_STR(", "));
    date = dln_query_str(q, 5);
    escaped(b, &b->feet, date.len ? date : DLN_STR("undated"));
    dln_buf_str(&b->feet, DLN_STR(": \xE2\x80\x9C"));
    escaped(b, &b->feet, dln_query_str(q, 7));
    dln_buf_str(&b->feet, b->html ? DLN_STR("\xE2\x80\x9D</li>\n")
                                  : DLN_STR("\xE2\x80\x9D\n"));
}

static dln_status print_section(brief *b, dln_store *store, size_t i,
                                const char *from, const char *to,
                                dln_error *error)
{
    dln_query *q = NULL;
    unsigned before = b->notes;
    DLN_TRY(dln_query_open(store, &q, sections[i].sql, error));
    dln_status status = dln_query_bind(q, "zz", from, to);
    while (status == DLN_OK && (status = dln_query_step(q)) == DLN_OK) {
        if (!dln_query_str(q, 3).len || !dln_query_str(q, 7).len)
            continue;
        if (b->notes == before)
            dln_buf_printf(&b->text, b->html ? "<h2>%s</h2>\n<ul>\n"
                                             : "\n## %s\n\n",
                           sections[i].title);
        print_line(b, q);
    }
    if (b->html && b->notes > before)
        dln_buf_str(&b->text, DLN_STR("</ul>\n"));
    dln_query_close(q);
    return status == DLN_END ? DLN_OK : status;
}

static dln_status print_all(brief *b, const char *path, const char *from,
                            const char *to, dln_error *error)
{
    dln_store *store = NULL;
    dln_status status = dln_store_open(&store, path, error);
    for (size_t i = 0; status == DLN_OK && i < SECTIONS; i++)
        status = print_section(b, store, i, from, to, error);
    dln_store_close(store);
    if (status == DLN_OK && (b->text.oom || b->feet.oom))
        status = dln_fail(error, DLN_NOMEM, "out of memory");
    return status;
}

static void write_out(const brief *b, const char *from, const char *to)
{
    const char *dash = from || to ? "\xE2\x80\x93" : "";
    if (b->html)
        printf("<!DOCTYPE html>\n<html lang=\"en\">\n<meta charset=\"utf-8\">"
               "\n<title>Dossier</title>\n<h1>Dossier %s%s%s</h1>\n",
               from ? from : "", dash, to ? to : "");
    else
        printf("# Dossier %s%s%s\n", from ? from : "", dash, to ? to : "");
    fwrite(b->text.data ? b->text.data : "", 1, b->text.len, stdout);
    fputs(b->html ? "<h2>Sources</h2>\n<ol>\n" : "\n## Sources\n\n", stdout);
    fwrite(b->feet.data ? b->feet.data : "", 1, b->feet.len, stdout);
    fputs(b->html ? "</ol>\n</html>\n" : "", stdout);
}

int dln_cmd_brief(int argc, char **argv)
{
    static const struct option options[] = {
        {"from", required_argument, NULL, 'f'},
        {"to", required_argument, NULL, 't'},
        {"html", no_argument, NULL, 'w'},
        {"help", no_argument, NULL, 'h'},
        {0},
    };
    const char *from = NULL, *to = NULL;
    brief b = {0};
    dln_interval when;
    dln_error error = {DLN_OK, ""};
    for (int c; (c = getopt_long(argc, argv, "h", options, NULL)) != -1;) {
        if (c == 'h') {
            fputs(usage, stdout);
            return DLN_EXIT_OK;
        }
        b.html |= c == 'w';
        if (c == 'f')
            from = optarg;
        if (c == 't')
            to = optarg;
        if (c == '?' || ((c == 'f' || c == 't')
                         && !dln_interval_parse(dln_str_of(optarg),
                                                &when))) {
            fputs(usage, stderr);
            return DLN_EXIT_USAGE;
        }
    }
    if (optind + 1 != argc) {
        fputs(usage, stderr);
        return DLN_EXIT_USAGE;
    }
    dln_buf_init(&b.text, (size_t)64 << 20);
    dln_buf_init(&b.feet, (size_t)64 << 20);
    dln_status status = print_all(&b, argv[optind], from, to, &error);
    if (status == DLN_OK)
        write_out(&b, from, to);
    else
        dln_cli_say("%s", error.text);
    dln_buf_release(&b.text);
    dln_buf_release(&b.feet);
    return dln_cli_exit(status);
}
