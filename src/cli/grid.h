/* SPDX-License-Identifier: Apache-2.0 */
/*
 * grid: rows of cells, aligned. The first 500 rows set the widths; on a
 * terminal the widest column gives way so that a line fits.
 */
#ifndef DLN_CLI_GRID_H
#define DLN_CLI_GRID_H

#include "base/buf.h"

#define DLN_GRID_COLUMNS 16

typedef struct dln_grid {
    const char *const *heads;   /* [columns], NULL behind the last */
    unsigned columns;
    unsigned width[DLN_GRID_COLUMNS];   /* in terminal cells */
    dln_buf text;               /* cells of held rows, each with a NUL */
    unsigned rows, cell;        /* held rows; next cell of the open row */
    bool flowing;               /* widths are set, rows go out at once */
} dln_grid;

void dln_grid_init(dln_grid *grid, const char *const *heads);
void dln_grid_release(dln_grid *grid);
/* Begins a row; its cells follow. */
void dln_grid_row(dln_grid *grid);
/* Prints what is held; "nothing found" on standard error for no row. */
void dln_grid_end(dln_grid *grid);

#endif
