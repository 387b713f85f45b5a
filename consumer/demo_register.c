#include "consumer/demo_register.h"

#include "consumer/demo_population.h"

#define DAY_MS INT64_C(86400000)

struct event register_new_event(struct demo_register *reg, enum fact_kind kind, struct day occurred_on)
{
    struct event event = {.child_id = reg->child_id};
    for (int i = 0; i < 16; i++)
        event.fact.event_id.bytes[i] = (uint8_t)(demo_random_next(&reg->random) >> 40);
    event.fact.event_id.bytes[6] = (event.fact.event_id.bytes[6] & 0x0f) | 0x40; /* version 4: random (RFC 9562) */
    event.fact.event_id.bytes[8] = (event.fact.event_id.bytes[8] & 0x3f) | 0x80;
    event.fact.kind = kind;
    event.fact.occurred_on = occurred_on;
    event.fact.birth_date = event.fact.applied_on = DAY_ABSENT;
    return event;
}

/* Some moment of the office hours of DAY. */
static void set_recorded(struct demo_register *reg, struct event *event, struct day day)
{
    int ms = demo_random_between(&reg->random, 7 * 3600000, 16 * 3600000);
    event->fact.recorded_at_ms = day.number * DAY_MS + ms;
    event->fact.first_recorded_at_ms = event->fact.recorded_at_ms;
}

static struct day recorded_day(const struct event *event)
{
    return (struct day){(int32_t)(event->fact.recorded_at_ms / DAY_MS)};
}

static bool is_known_at_start(const struct fact *fact)
{
    return fact_stream(fact->kind) != STREAM_ENROLLMENT && !day_before(DEMO_START, fact->occurred_on);
}

static void set_recorded_first(struct demo_register *reg, struct event *event, int recorded_after)
{
    struct day day = day_plus(event->fact.occurred_on, recorded_after);
    if (is_known_at_start(&event->fact))
        day = day_earlier(day, day_plus(DEMO_START, -2));
    set_recorded(reg, event, day);
}

/* Writes the RIGHT version of the event of WRONG, DAYS after it. */
static void write_correction(struct demo_register *reg, const struct event *wrong, struct event *right, int days)
{
    struct day day = day_plus(recorded_day(wrong), days);
    if (is_known_at_start(&wrong->fact) || is_known_at_start(&right->fact))
        day = day_later(day_earlier(day, day_plus(DEMO_START, -1)), day_plus(recorded_day(wrong), 1));
    set_recorded(reg, right, day);
    reg->on_event(reg->context, right);
}

static void write_wrong_date_first(struct demo_register *reg, struct event *event)
{
    struct event wrong = *event;
    int off = demo_random_between(&reg->random, 1, 9);
    bool early = day_before(event->fact.occurred_on, day_plus(DEMO_START, 1)) || demo_random_percent(&reg->random, 50);
    wrong.fact.occurred_on = day_plus(event->fact.occurred_on, early ? -off : off);
    reg->on_event(reg->context, &wrong);
    write_correction(reg, &wrong, event, demo_random_between(&reg->random, 2, 35));
}

void register_write(struct demo_register *reg, struct event *event, int recorded_after)
{
    set_recorded_first(reg, event, recorded_after);
    int drawn = demo_random_below(&reg->random, 1000);
    bool straddles = day_before(DEMO_START, event->fact.occurred_on) &&
                     day_before(event->fact.occurred_on, day_plus(DEMO_START, 10));
    if (drawn < 15 && !straddles) {
        write_wrong_date_first(reg, event);
        return;
    }
    reg->on_event(reg->context, event);
    if (drawn >= 980)
        reg->on_event(reg->context, event); /* delivered twice */
    else if (drawn >= 970)
        write_correction(reg, event, event, demo_random_between(&reg->random, 1, 30)); /* said again */
}

static void write_arrival(struct demo_register *reg, const struct household *household, int child, int stay)
{
    struct day from = household_child_from(household, child);
    struct day birth = household->births[child];
    struct event event = register_new_event(reg, FACT_ARRIVED, from);
    event.fact.place = demo_site_place(&household->sites->sites[household->stays[stay].site], from);
    event.fact.unaccompanied = household->unaccompanied ? ANSWER_YES : ANSWER_NO;
    if (!household->unaccompanied || demo_random_percent(&reg->random, 98))
        event.fact.birth_date = birth;
    if (demo_random_percent(&reg->random, 95))
        event.fact.applied_on = day_later(birth, day_plus(from, -demo_random_below(&reg->random, 15)));
    int recorded_after = stay == 0 ? household->stays[stay].recorded_after : 3;
    if (!household->unaccompanied || !demo_random_percent(&reg->random, 4)) {
        register_write(reg, &event, recorded_after);
        return;
    }
    struct event wrong = event; /* the age is assessed anew later */
    wrong.fact.birth_date = day_plus(birth, demo_random_between(&reg->random, -700, 300));
    set_recorded_first(reg, &wrong, recorded_after);
    reg->on_event(reg->context, &wrong);
    write_correction(reg, &wrong, &event, demo_random_between(&reg->random, 20, 120));
}

static struct text text_of(const char *string)
{
    return (struct text){string, (uint32_t)strlen(string)};
}

static struct text reason_of(enum stay_cause cause)
{
    static const char *const reasons[] = {
        [CAUSE_ARRIVAL] = "OTHER",     [CAUSE_REQUEST] = "FAMILY",  [CAUSE_PROCEDURE] = "PROCEDURE",
        [CAUSE_CAPACITY] = "CAPACITY", [CAUSE_CLOSURE] = "CLOSURE", [CAUSE_CONVERSION] = "OTHER",
    };
    return text_of(reasons[cause]);
}

/* Some offices book a move as a departure and an arrival, a few days apart. */
static void write_transfer(struct demo_register *reg, const struct household_stay *stay, struct place from,
                           struct place to)
{
    bool near_start = day_before(day_plus(DEMO_START, -1), stay->from) &&
                      day_before(stay->from, day_plus(DEMO_START, 4));
    int gap = near_start ? 0 : demo_random_below(&reg->random, 3);
    struct event departed = register_new_event(reg, FACT_DEPARTED, day_plus(stay->from, -gap));
    departed.fact.place = from;
    register_write(reg, &departed, stay->recorded_after);
    struct event arrived = register_new_event(reg, FACT_ARRIVED, stay->from);
    arrived.fact.place = to;
    register_write(reg, &arrived, stay->recorded_after);
}

static void write_move(struct demo_register *reg, const struct household *household, int index)
{
    const struct household_stay *stay = &household->stays[index], *before = stay - 1;
    struct place to = demo_site_place(&household->sites->sites[stay->site], stay->from);
    struct place from = demo_site_place(&household->sites->sites[before->site], before->from);
    if (stay->cause == CAUSE_PROCEDURE && demo_random_percent(&reg->random, 30)) {
        write_transfer(reg, stay, from, to);
        return;
    }
    struct event event = register_new_event(reg, FACT_MOVED, stay->from);
    event.fact.place = to;
    event.from_location_id = from.location_id;
    event.reason = reason_of(stay->cause);
    register_write(reg, &event, stay->recorded_after);
}

static void write_departure(struct demo_register *reg, const struct household *household)
{
    const struct household_stay *last = &household->stays[household->stay_count - 1];
    struct event event = register_new_event(reg, FACT_DEPARTED, household->departs_on);
    if (demo_random_percent(&reg->random, 80))
        event.fact.place = demo_site_place(&household->sites->sites[last->site], household->departs_on);
    register_write(reg, &event, demo_random_percent(&reg->random, 85) ? 0 : demo_random_between(&reg->random, 1, 30));
}

/* Somebody books the wrong child out, and takes it back. */
static void write_mistake(struct demo_register *reg, const struct household *household, int stay)
{
    struct day from = household->stays[stay].from;
    int days = household_stay_until(household, stay).number - from.number;
    if (days < 20)
        return;
    struct event wrong = register_new_event(reg, FACT_DEPARTED,
                                            day_plus(from, demo_random_between(&reg->random, 5, days - 5)));
    set_recorded_first(reg, &wrong, demo_random_below(&reg->random, 3));
    reg->on_event(reg->context, &wrong);
    struct event retracted = wrong;
    retracted.fact.retracted = true;
    write_correction(reg, &wrong, &retracted, demo_random_between(&reg->random, 1, 14));
}

void register_child(struct demo_register *reg, const struct household *household, int child)
{
    struct day from = household_child_from(household, child);
    bool arrived = false;
    for (int stay = 0; stay < household->stay_count; stay++) {
        if (!day_before(from, household_stay_until(household, stay)))
            continue; /* before it was born */
        if (arrived)
            write_move(reg, household, stay);
        else
            write_arrival(reg, household, child, stay);
        if (arrived && demo_random_below(&reg->random, 1000) < 8)
            write_mistake(reg, household, stay);
        arrived = true;
    }
    if (!day_before(DEMO_END, household->departs_on))
        write_departure(reg, household);
    register_schooling(reg, household, child);
}
