#include "alertmanager_records.h"

#include <stdio.h>

struct text text_of(const char *text)
{
    return (struct text){text, (uint32_t)strlen(text)};
}

struct uuid id_of(uint8_t number)
{
    return (struct uuid){{number, [15] = 1}};
}

struct alert_record record_of(uint8_t number)
{
    static char children[256][8];
    snprintf(children[number], sizeof(children[number]), "k-%d", number);
    return (struct alert_record){
        .child_id = text_of(children[number]),
        .alert_id = id_of(number),
        .logged_at_ms = NOON_MS,
        .alert =
            {
                .cause = {{number, [15] = 2}},
                .rule = RULE_NO_SCHOOL,
                .level = LEVEL_VIOLATION,
                .state = ALERT_OPEN,
                .raised_on = day_plus(TODAY, -40),
                .violation_on = day_plus(TODAY, -9),
                .due_on = day_plus(TODAY, -10),
                .resolved_on = DAY_ABSENT,
                .norm_months = 3,
                .place = {.location_id = text_of("azc-emmen-01"), .kind = LOCATION_CENTRE, .region = REGION_NORTH},
                .revision = 1,
            },
    };
}
