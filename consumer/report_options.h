/* What `report` was asked: its options, as they fit together. */
#ifndef CONSUMER_REPORT_OPTIONS_H
#define CONSUMER_REPORT_OPTIONS_H

#include "alerts/report.h"
#include "consumer/command.h"

#define REPORT_FORECAST_DAYS_MAX 3660 /* ten years */

enum report_format {
    REPORT_FORMAT_TABLE,
    REPORT_FORMAT_CSV,
    REPORT_FORMAT_JSON,
    REPORT_FORMAT_HTML,
    REPORT_FORMAT_COUNT
};
extern const char *const report_format_names[REPORT_FORMAT_COUNT]; /* as --format takes them */

struct report_options {
    struct report report; /* what was asked of it */
    enum report_format format;
    struct day as_of;  /* or DAY_ABSENT */
    int forecast_days; /* 0: none */
    bool is_work_list; /* days to come, and no period */
};

/* Reads them. False: the mistake was said. */
bool report_options_read(const struct arguments *arguments, struct report_options *options);

/* Whether the period ends by TODAY, or by the end of the forecast that was asked for. False: it was said. */
bool report_period_is_known(const struct arguments *arguments, const struct report_options *options, struct day today);

#endif
