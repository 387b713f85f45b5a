/* Texts of reports, forecasts and norms: X(symbol, English, Dutch). */
#ifndef ALERTS_MESSAGES_REPORT_H
#define ALERTS_MESSAGES_REPORT_H

/* clang-format off */
#define MESSAGES_REPORT(X) \
    X(REPORT_PERIOD, "{1} to {2}", "{1} tot en met {2}")
/* clang-format on */

#endif
