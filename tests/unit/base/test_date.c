/* SPDX-License-Identifier: Apache-2.0 */
#include "base/date.h"
#include "tap.h"

int main(void)
{
    char text[11];
    int32_t year;
    dln_interval when;

    is_int(dln_day_of(1970, 1, 1), 0);
    is_int(dln_day_of(2021, 1, 11), 18638);
    is_int(dln_day_of(2021, 2, 31), DLN_NO_DAY);
    is_int(dln_day_of(2020, 2, 29), 18321);
    is_int(dln_day_of(2100, 2, 29), DLN_NO_DAY);
    is_int(dln_weekday(dln_day_of(2021, 1, 11)), 0);
    is_int(dln_weekday(dln_day_of(1969, 12, 28)), 6);
    is_int(dln_iso_week(dln_day_of(2021, 1, 3), &year), 53);
    is_int(year, 2020);
    dln_day_text(text, dln_iso_week_day(2021, 2));
    is_str(dln_str_of(text), "2021-01-11");
    for (int32_t day = -800000; day < 800000; day += 37) {
        dln_ymd d = dln_ymd_of(day);
        if (dln_day_of(d.year, d.month, d.day) != day)
            is_int(dln_day_of(d.year, d.month, d.day), day);
    }
    ok(dln_interval_parse(DLN_STR("2021-01-11T10:00:00Z"), &when));
    is_int(when.start, 18638);
    ok(dln_interval_parse(DLN_STR("2020-02"), &when));
    is_int(when.end - when.start, 28);
    is_int(when.precision, DLN_PREC_MONTH);
    ok(dln_interval_parse(DLN_STR("20210111"), &when));
    is_int(when.end, 18638);
    ok(!dln_interval_parse(DLN_STR("2021-02-31"), &when));
    ok(!dln_interval_parse(DLN_STR("Monday"), &when));
    ok(!dln_interval_parse(DLN_STR("2021-1"), &when));
    return done();
}
