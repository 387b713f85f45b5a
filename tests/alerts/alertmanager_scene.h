/* A book, and what a test lets happen to it: records, time, an Alertmanager that takes all that it is told.
 */
#ifndef TESTS_ALERTS_ALERTMANAGER_SCENE_H
#define TESTS_ALERTS_ALERTMANAGER_SCENE_H

#include "alertmanager_records.h"
#include "alerts/alertmanager_book.h"

#define LENGTH(array) (sizeof(array) / sizeof((array)[0]))
#define SECOND_MS INT64_C(1000)
#define MINUTE_MS (60 * SECOND_MS)
#define HOUR_MS (60 * MINUTE_MS)
#define DAY_MS (24 * HOUR_MS)

struct scene {
    struct alertmanager_book *book;
    struct alertmanager_moment moment;
    int64_t started_at_ms; /* Alertmanager */
};

/* At NOON_MS, before the first meeting. */
void open_scene(struct scene *scene);
void close_scene(struct scene *scene);

/* One in which Alertmanager was told of one alert that is open, a while ago. */
void open_told(struct scene *scene, uint8_t number);

void take(struct scene *scene, const struct alert_record *record);
void meet(struct scene *scene); /* an Alertmanager that has nothing */
void pass(struct scene *scene, int64_t ms);

/* What is told now, and taken: "+1 NOTICE" in force, "-1 MOVED" ended, by the alerts' numbers; "": nothing. Valid until
 * the next call. */
const char *told(struct scene *scene);

/* The second revision of an alert: over; or over since another took its place. */
struct alert_record ended(uint8_t number);
struct alert_record replaced(uint8_t number, uint8_t by);

#endif
