/* Alerts for people: a table of those that exist, in their language, and a line for each revision as it comes, in the
 * words of the records. Both stay aligned for ids of usual length, and print what is longer in full.
 */
#ifndef ALERTS_ALERT_TABLE_H
#define ALERTS_ALERT_TABLE_H

#include <stddef.h>

#include "alerts/messages.h"
#include "schemas/alert_record.h"

#define ALERT_LINE_BYTES_MAX 512

/* A line of the table: the headings, or one alert, without a newline. The length, or 0 where SIZE is too small
 * (ALERT_LINE_BYTES_MAX always suffices). */
size_t alert_table_head_write(enum language language, char *line, size_t size);
size_t alert_table_row_write(enum language language, const struct alert_record *record, char *line, size_t size);

/* One revision as it was published, likewise: what changed is for the reader to see, so everything that matters is
 * there. */
size_t alert_line_write(const struct alert_record *record, char *line, size_t size);

#endif
