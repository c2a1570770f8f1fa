/* SPDX-License-Identifier: Apache-2.0 */
/*
 * date: civil days and intervals. A day is a number of days since
 * 1970-01-01 in the proleptic Gregorian calendar.
 */
#ifndef DLN_BASE_DATE_H
#define DLN_BASE_DATE_H

#include "base/arena.h"

#define DLN_NO_DAY INT32_MIN

typedef enum dln_precision {
    DLN_PREC_UNKNOWN,
    DLN_PREC_TIME,
    DLN_PREC_DAY,
    DLN_PREC_WEEK,
    DLN_PREC_MONTH,
    DLN_PREC_SEASON,
    DLN_PREC_YEAR,
    DLN_PREC_DECADE
} dln_precision;

/* Inclusive days; DLN_NO_DAY where unknown. Zeroed memory is not "no
 * interval": use DLN_NO_INTERVAL. */
typedef struct dln_interval {
    int32_t start, end;
    dln_precision precision;
} dln_interval;

#define DLN_NO_INTERVAL ((dln_interval){DLN_NO_DAY, DLN_NO_DAY, \
                                        DLN_PREC_UNKNOWN})

typedef struct dln_ymd {
    int32_t year;   /* astronomical: 0 is 1 BC */
    int32_t month;  /* 1-12 */
    int32_t day;    /* 1-31 */
} dln_ymd;

/* DLN_NO_DAY for a date that does not exist (31 February, month 13). */
int32_t dln_day_of(int32_t year, int32_t month, int32_t day);
dln_ymd dln_ymd_of(int32_t day);
int32_t dln_days_in_month(int32_t year, int32_t month);
/* 0 Monday .. 6 Sunday. */
int32_t dln_weekday(int32_t day);
/* ISO 8601 week: *year its year, returns 1-53. */
int32_t dln_iso_week(int32_t day, int32_t *year);
/* Monday of an ISO week. */
int32_t dln_iso_week_day(int32_t year, int32_t week);

/* "2021-01-11" (also "2021-01", "2021", and a time behind 'T' or a space,
 * whose zone is ignored) to its interval; false when it is none of these. */
bool dln_interval_parse(dln_str text, dln_interval *out);
/* "YYYY-MM-DD" and a NUL; "" for DLN_NO_DAY. Years 0000-9999. */
void dln_day_text(char out[11], int32_t day);
/* "day", "month", ...; never NULL. */
const char *dln_precision_text(dln_precision precision);
dln_precision dln_precision_of(dln_str text);

#endif
