/* SPDX-License-Identifier: Apache-2.0 */
/*
 * detail: one row of the record with all that belongs to it and all its
 * evidence, and why each field was decided.
 */
#ifndef DLN_STORE_DETAIL_H
#define DLN_STORE_DETAIL_H

#include "store/store.h"

enum { DLN_DETAIL_LISTS = 8, DLN_DETAIL_ID = 256 };

typedef struct dln_detail {
    char letter;            /* ids are this letter and 16 hex digits, or */
    const char *table;      /* ... readable keys, for letter 0 */
    const char *row;        /* SQL, ?1 is the id */
    struct {
        const char *name;   /* heading, and the field in JSON */
        const char *sql;    /* ?1 is the id */
    } lists[DLN_DETAIL_LISTS];
    const char *evidence;   /* SQL, columns as below; or NULL */
} dln_detail;

/* Columns of every `evidence`, in this order. */
enum { DLN_EV_ID, DLN_EV_REPORT, DLN_EV_URI,
       DLN_EV_OUTLET, DLN_EV_AGENCY, DLN_EV_TITLE,
       DLN_EV_PUBLISHED, DLN_EV_BASIS, DLN_EV_LINEAGE,
       DLN_EV_COPY, DLN_EV_START, DLN_EV_END,
       DLN_EV_QUOTE, DLN_EV_BEFORE, DLN_EV_MARKED,
       DLN_EV_AFTER, DLN_EV_WHY, DLN_EV_DETAIL };

/* The row whose id is, or alone begins with, `given`: its kind, and the
 * whole id. DLN_NOINPUT: none; DLN_BADARG: more than one. */
DLN_NODISCARD dln_status dln_detail_find(dln_store *store, dln_str given,
                                         const dln_detail **out,
                                         char id[DLN_DETAIL_ID],
                                         dln_error *error);
/* The same for a whole id in a table that is named. */
DLN_NODISCARD dln_status dln_detail_of(dln_store *store, dln_str table,
                                       dln_str id, const dln_detail **out,
                                       dln_error *error);
/* Its fields, lists and evidence, into an open object. */
DLN_NODISCARD dln_status dln_detail_json(dln_store *store,
                                         const dln_detail *detail,
                                         dln_str id, dln_json *json,
                                         dln_error *error);

#endif
