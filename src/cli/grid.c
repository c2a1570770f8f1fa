/* SPDX-License-Identifier: Apache-2.0 */
#define _GNU_SOURCE
#include "cli/grid.h"

#include <stdarg.h>
#include <stdio.h>
#include <sys/ioctl.h>
#include <unistd.h>
#include <utf8proc.h>

#include "base/utf8.h"
#include "cli/cli.h"
#include "cli/rows.h"

#define HELD_ROWS 500
#define MAX_WIDTH 120

void dln_grid_init(dln_grid *grid, const char *const *heads)
{
    *grid = (dln_grid){.heads = heads};
    while (heads && heads[grid->columns]
           && grid->columns < DLN_GRID_COLUMNS)
        grid->columns++;
    dln_buf_init(&grid->text, 0);
}

void dln_grid_release(dln_grid *grid)
{
    dln_buf_release(&grid->text);
}

/* Terminal cells of a text. */
static unsigned cells_of(dln_str s)
{
    unsigned cells = 0;
    for (size_t i = 0, len; i < s.len; i += len) {
        int width = utf8proc_charwidth(dln_utf8_at(s, i, &len));
        cells += width > 0 ? (unsigned)width : 0;
    }
    return cells;
}

static dln_str next_cell(dln_str *rest)
{
    dln_str cell = dln_str_of(rest->data);
    *rest = dln_str_sub(*rest, cell.len + 1, rest->len);
    return cell;
}

/* `s` padded, or cut with an ellipsis, to `width`; the last is not padded */
static void put_cell(dln_str s, unsigned width, bool last)
{
    unsigned used = 0, whole = cells_of(s);
    size_t i = 0, len;
    for (; i < s.len; i += len) {
        int w = utf8proc_charwidth(dln_utf8_at(s, i, &len));
        unsigned need = w > 0 ? (unsigned)w : 0;
        if (whole > width && used + need > width - 1)
            break;
        used += need;
    }
    fwrite(s.data, 1, i, stdout);
    if (i < s.len) {
        fputs("\xE2\x80\xA6", stdout);
        used++;
    }
    if (!last)
        printf("%*s", (int)(width > used ? width - used : 0) + 2, "");
}

static void put_row(dln_grid *grid, dln_str *rest)
{
    for (unsigned c = 0; c < grid->columns; c++)
        put_cell(next_cell(rest), grid->width[c], c + 1 == grid->columns);
    putchar('\n');
}

static void set_widths(dln_grid *grid)
{
    dln_str rest = dln_buf_view(&grid->text);
    for (unsigned c = 0; c < grid->columns; c++)
        grid->width[c] = cells_of(dln_str_of(grid->heads[c]));
    for (unsigned r = 0; r < grid->rows; r++) {
        for (unsigned c = 0; c < grid->columns; c++) {
            unsigned cells = cells_of(next_cell(&rest));
            if (cells > grid->width[c])
                grid->width[c] = cells;
        }
    }
    struct winsize window;
    bool terminal = isatty(STDOUT_FILENO)
                    && !ioctl(STDOUT_FILENO, TIOCGWINSZ, &window)
                    && window.ws_col >= 40;
    unsigned room = terminal ? window.ws_col : 100000;
    for (;;) {
        unsigned sum = 0, widest = 0;
        for (unsigned c = 0; c < grid->columns; c++) {
            if (!terminal && grid->width[c] > MAX_WIDTH
                && c + 1 < grid->columns)
                grid->width[c] = MAX_WIDTH;
            sum += grid->width[c] + (c ? 2 : 0);
            if (grid->width[c] > grid->width[widest])
                widest = c;
        }
        if (sum <= room || grid->width[widest] <= 8)
            return;
        unsigned over = sum - room;
        unsigned least = grid->width[widest] / 2 + 4;
        grid->width[widest] = grid->width[widest] - over > least
                                      && over < grid->width[widest]
                                  ? grid->width[widest] - over
                                  : grid->width[widest] - 1;
    }
}

/* Sets the widths from what is held, and lets it out. */
static void flow(dln_grid *grid)
{
    set_widths(grid);
    for (unsigned c = 0; c < grid->columns; c++)
        put_cell(dln_str_of(grid->heads[c]), grid->width[c],
                 c + 1 == grid->columns);
    putchar('\n');
    dln_str rest = dln_buf_view(&grid->text);
    for (unsigned r = 0; r < grid->rows; r++)
        put_row(grid, &rest);
    dln_buf_clear(&grid->text);
    grid->flowing = true;
}

/* Empty cells for those the row did not fill. */
static void close_row(dln_grid *grid)
{
    if (!grid->rows)
        return;
    while (grid->cell < grid->columns)
        dln_grid_cell(grid, DLN_STR(""));
    if (grid->flowing) {
        dln_str rest = dln_buf_view(&grid->text);
        put_row(grid, &rest);
        dln_buf_clear(&grid->text);
    }
}

void dln_grid_row(dln_grid *grid)
{
    close_row(grid);
    if (grid->rows == HELD_ROWS && !grid->flowing)
        flow(grid);
    grid->rows++;
    grid->cell = 0;
}

void dln_grid_end(dln_grid *grid)
{
    close_row(grid);
    if (!grid->rows)
        dln_cli_say("nothing found");
    else if (!grid->flowing)
        flow(grid);
}

void dln_grid_cell(dln_grid *grid, dln_str text)
{
    if (grid->cell >= grid->columns)
        return;
    grid->cell++;
    for (size_t i = 0; i < text.len; i++) {
        char c = text.data[i];
        dln_buf_char(&grid->text, (unsigned char)c < 0x20 || c == 0x7f
                                      ? ' ' : c);
    }
    dln_buf_char(&grid->text, '\0');
}

void dln_grid_printf(dln_grid *grid, const char *format, ...)
{
    char text[2000];
    va_list args;
    va_start(args, format);
    vsnprintf(text, sizeof text, format, args);
    va_end(args);
    dln_grid_cell(grid, dln_str_of(text));
}
