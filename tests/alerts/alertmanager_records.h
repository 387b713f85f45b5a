/* Records of the alerts topic for tests of what Alertmanager is told. */
#ifndef TESTS_ALERTS_ALERTMANAGER_RECORDS_H
#define TESTS_ALERTS_ALERTMANAGER_RECORDS_H

#include "schemas/alert_record.h"

#define TODAY ((struct day){20333}) /* 2025-09-02 */
#define NOON_MS (INT64_C(20333) * 86400000 + 10 * 3600000)

/* Alert number N of child "k-N": an open VIOLATION of no-school at "azc-emmen-01" that is new at NOON_MS, unless the
 * test changes it. The texts live for ever. */
struct alert_record record_of(uint8_t number);

struct text text_of(const char *text);
struct uuid id_of(uint8_t number);

#endif
