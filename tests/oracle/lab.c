#include "lab.h"

#include <stdlib.h>
#include <string.h>

#include "tests/support/calendar_csv.h"

#define NO_RETENTION 400

static bool add_calendar(struct lab *lab, int number, const struct calendar_row *rows, size_t count)
{
    lab->calendars[number] = calendar_new(rows, count);
    lab->almanacs[number] = almanac_new(rows, count);
    return lab->calendars[number] != NULL && lab->almanacs[number] != NULL;
}

bool lab_init(struct lab *lab, const char *path)
{
    *lab = (struct lab){.oracle = oracle_new(), .before = calloc(CHILD_ALERTS_MAX, sizeof *lab->before)};
    struct calendar_row *real, rows[RANDOM_ROWS_MAX];
    size_t count;
    if (lab->oracle == NULL || lab->before == NULL || !child_init(&lab->child) || !judgement_init(&lab->judgement) ||
        !calendar_rows_read(path, &real, &count))
        return false;
    bool fine = add_calendar(lab, 0, NULL, 0) && add_calendar(lab, 1, real, count);
    free(real);
    struct random_source random = {2026};
    for (int i = 2; fine && i < LAB_CALENDARS; i++)
        fine = add_calendar(lab, i, rows, random_calendar(&random, rows));
    return fine;
}

void lab_fini(struct lab *lab)
{
    for (int i = 0; i < LAB_CALENDARS; i++) {
        calendar_free(lab->calendars[i]);
        almanac_free(lab->almanacs[i]);
    }
    oracle_free(lab->oracle);
    child_fini(&lab->child);
    judgement_fini(&lab->judgement);
    free(lab->before);
}

/* Half the stories take place under the real calendar. */
static size_t calendar_of(const struct story *story)
{
    return story->calendar % 2 == 0 ? 1 : (size_t)(story->calendar / 2 % LAB_CALENDARS);
}

const struct almanac *lab_almanac(const struct lab *lab, const struct story *story)
{
    return lab->almanacs[calendar_of(story)];
}

struct yardstick lab_yardstick(const struct lab *lab, const struct story *story, struct day today)
{
    return (struct yardstick){&story->norms, lab->calendars[calendar_of(story)], today, NO_RETENTION};
}

const struct alert *lab_expected(struct lab *lab, const struct story *story, struct day today, size_t *count)
{
    return oracle_alerts(lab->oracle, story->versions, story->count, &story->norms, lab_almanac(lab, story), today,
                         count);
}
