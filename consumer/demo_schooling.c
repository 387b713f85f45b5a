#include "consumer/demo_population.h"
#include "consumer/demo_register.h"

#define SCHOOL_AGE_MONTHS 60
#define TRANSITION_MONTHS 144 /* from twelve an international transition class */
#define ADULT_MONTHS 216

/* Days until a school is found: over 70 % of the newcomer schools have waiting lists. */
static const struct spread first_school_days = {{3, 13, 24, 35, 47, 60, 74, 90, 118, 160, 320}};
static const struct spread next_school_days = {{0, 0, 3, 6, 9, 13, 18, 25, 36, 55, 140}};
static const struct spread gap_days = {{2, 4, 7, 10, 13, 17, 22, 30, 42, 65, 120}};
/* Days until the register has it; negative: a place is known before the child comes. */
static const struct spread recorded_days = {{-9, -4, -1, 0, 0, 0, 1, 2, 5, 13, 50}};

struct pupil {
    struct demo_register *reg;
    const struct household *household;
    int child;
    struct text school;     /* absent: in no school */
    struct day enrolled_on; /* in it */
};

struct span { /* of days at one site in which the child is of school age; until is not in it */
    const struct demo_site *site;
    struct day from, until;
};

static void write_enrollment(struct pupil *pupil, enum fact_kind kind, struct text school, struct day day)
{
    struct event event = register_new_event(pupil->reg, kind, day);
    event.fact.school_id = school;
    register_write(pupil->reg, &event, demo_random_spread(&pupil->reg->random, &recorded_days));
}

/* Starts at SCHOOL on the first school day from DAY on, if that is still in the span. */
static void enroll(struct pupil *pupil, const struct span *span, struct text school, struct day day)
{
    day = calendar_school_day_from(pupil->household->calendar, span->site->place.region, day, 1);
    if (!day_before(day, span->until))
        return;
    write_enrollment(pupil, FACT_ENROLLED, school, day);
    pupil->school = school;
    pupil->enrolled_on = day;
}

static void look_for_school(struct pupil *pupil, const struct span *span, const struct spread *days, int never_percent)
{
    if (demo_random_percent(&pupil->reg->random, never_percent))
        return;
    struct day day = day_plus(span->from, demo_random_spread(&pupil->reg->random, days));
    struct day twelve = day_add_months(pupil->household->births[pupil->child], TRANSITION_MONTHS);
    const char *school = day_before(day, twelve) ? span->site->primary_school : span->site->transition_school;
    enroll(pupil, span, (struct text){school, (uint32_t)strlen(school)}, day);
}

static void leave_school(struct pupil *pupil, struct day day)
{
    if (day_before(pupil->enrolled_on, day))
        write_enrollment(pupil, FACT_WITHDRAWN, pupil->school, day);
    pupil->school = (struct text){0};
}

/* The child moved on the first day of SPAN: it keeps its school, or says goodbye before, after or never, and finds
 * another. */
static void change_school(struct pupil *pupil, const struct span *span)
{
    struct demo_random *random = &pupil->reg->random;
    int drawn = demo_random_below(random, 100);
    struct text old = pupil->school;
    if (drawn < 30)
        leave_school(pupil, day_plus(span->from, -demo_random_between(random, 1, 6)));
    else if (drawn < 50)
        leave_school(pupil, day_plus(span->from, demo_random_between(random, 1, 5)));
    pupil->school = (struct text){0};
    if (drawn >= 80)
        enroll(pupil, span, old, span->from);
    else
        look_for_school(pupil, span, &next_school_days, 6);
}

static void interrupt_schooling(struct pupil *pupil, const struct span *span)
{
    struct demo_random *random = &pupil->reg->random;
    struct text school = pupil->school;
    int days = span->until.number - pupil->enrolled_on.number;
    if (days < 40)
        return;
    struct day left_on = day_plus(pupil->enrolled_on, demo_random_between(random, 20, days - 10));
    leave_school(pupil, left_on);
    if (demo_random_percent(random, 80))
        enroll(pupil, span, school, day_plus(left_on, demo_random_spread(random, &gap_days)));
}

static void attend(struct pupil *pupil, const struct span *span, bool moved)
{
    if (pupil->school.length == 0)
        look_for_school(pupil, span, &first_school_days, 8);
    else if (moved)
        change_school(pupil, span);
    if (pupil->school.length != 0 && demo_random_percent(&pupil->reg->random, 5))
        interrupt_schooling(pupil, span);
}

void register_schooling(struct demo_register *reg, const struct household *household, int child)
{
    struct day birth = household->births[child];
    struct pupil pupil = {.reg = reg, .household = household, .child = child};
    struct day from = day_later(household_child_from(household, child),
                                day_next_month_start(day_add_months(birth, SCHOOL_AGE_MONTHS)));
    struct day until = day_earlier(household->departs_on, day_add_months(birth, ADULT_MONTHS));
    for (int stay = 0; stay < household->stay_count; stay++) {
        struct span span = {&household->sites->sites[household->stays[stay].site],
                            day_later(from, household->stays[stay].from),
                            day_earlier(until, household_stay_until(household, stay))};
        bool moved = household->stays[stay].cause != CAUSE_CONVERSION;
        if (span.site->size != 0 && day_before(span.from, span.until)) /* at the entrance there is no time for it */
            attend(&pupil, &span, moved);
    }
}
