/* Makes events of many children to measure with: plausible histories from one seed, as JSON lines on stdout.
 *
 *     generate_events --children 330000 --events-per-child 3.03 [--seed 1] [--order recorded|shuffled]
 *
 * A child arrives, is enrolled or not, moves, changes school, departs; one event in fifty is a correction sent again.
 * The order is that in which events were recorded, over all children, unless they are to be shuffled.
 */
#include <getopt.h>
#include <inttypes.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "schemas/event.h"

#define LOCATIONS 300
#define SCHOOLS 600
#define NAME_SIZE 16
#define DAY_MS INT64_C(86400000)
#define FIRST_ARRIVAL ((struct civil_date){2023, 1, 1})
#define ARRIVAL_DAYS 800
#define LINE_SIZE 2048

struct wish {
    uint32_t children;
    double events_per_child;
    uint64_t seed;
    bool shuffled;
};

struct world {
    uint64_t random;
    struct place places[LOCATIONS];
    char place_names[LOCATIONS][NAME_SIZE], school_names[SCHOOLS][NAME_SIZE];
    char (*child_names)[NAME_SIZE];
    struct event *events;
    uint64_t *order; /* of the events: what they are sorted by, and in the same place their index */
    size_t count;
};

/* splitmix64: the same on every machine. */
static uint64_t draw(struct world *world)
{
    uint64_t z = world->random += UINT64_C(0x9e3779b97f4a7c15);
    z = (z ^ z >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
    z = (z ^ z >> 27) * UINT64_C(0x94d049bb133111eb);
    return z ^ z >> 31;
}

static uint32_t below(struct world *world, uint32_t n)
{
    return (uint32_t)(draw(world) % n);
}

static struct text text_of(const char *name)
{
    return (struct text){name, (uint32_t)strlen(name)};
}

static void make_places(struct world *world)
{
    static const enum location_kind kinds[] = {LOCATION_EMERGENCY, LOCATION_MUNICIPAL_EMERGENCY,
                                               LOCATION_CRISIS_EMERGENCY, LOCATION_CENTRE, LOCATION_FAMILY};
    for (int i = 0; i < LOCATIONS; i++) {
        snprintf(world->place_names[i], NAME_SIZE, "site-%03d", i);
        world->places[i] = (struct place){text_of(world->place_names[i]), kinds[below(world, 5)],
                                          (enum region)below(world, REGION_COUNT)};
    }
    for (int i = 0; i < SCHOOLS; i++)
        snprintf(world->school_names[i], NAME_SIZE, "school-%03d", i);
}

static struct uuid draw_uuid(struct world *world)
{
    struct uuid uuid;
    const uint64_t words[2] = {draw(world), draw(world)};
    memcpy(uuid.bytes, words, sizeof(words));
    uuid.bytes[6] = (uint8_t)((uuid.bytes[6] & 0x0f) | 0x40);
    uuid.bytes[8] = (uint8_t)((uuid.bytes[8] & 0x3f) | 0x80);
    return uuid;
}

/* --- one child ---------------------------------------------------------------------------------------------------- */

struct life {
    struct text child_id;
    struct day day;
    const struct place *place;
    struct text school; /* empty: none */
};

/* An event of the day; recorded in office hours, half of them a few days later. */
static struct event *tell(struct world *world, const struct life *life, enum fact_kind kind)
{
    struct event *event = &world->events[world->count++];
    const int64_t late_days = below(world, 2) == 0 ? 0 : below(world, 5);
    *event = (struct event){.child_id = life->child_id};
    event->fact = (struct fact){.event_id = draw_uuid(world),
                                .recorded_at_ms = (life->day.number + late_days) * DAY_MS + 8 * 3600000 +
                                                  below(world, 9 * 3600000),
                                .occurred_on = life->day,
                                .birth_date = DAY_ABSENT,
                                .applied_on = DAY_ABSENT,
                                .kind = kind};
    return event;
}

static void arrive(struct world *world, struct life *life)
{
    struct event *event = tell(world, life, FACT_ARRIVED);
    event->fact.place = *life->place;
    event->fact.birth_date = day_plus(life->day, -(int)below(world, 17 * 365));
    event->fact.applied_on = below(world, 3) == 0 ? DAY_ABSENT : day_plus(life->day, -(int)below(world, 20));
    event->fact.unaccompanied = below(world, 4) == 0 ? ANSWER_YES : ANSWER_NO;
}

static void move(struct world *world, struct life *life)
{
    const struct place *from = life->place;
    life->place = &world->places[below(world, LOCATIONS)];
    struct event *event = tell(world, life, FACT_MOVED);
    event->fact.place = *life->place;
    event->from_location_id = from->location_id;
    event->reason = text_of("OTHER");
    life->school.length = 0;
}

static void change_school(struct world *world, struct life *life)
{
    const bool leaves = life->school.length > 0;
    const struct text school = leaves ? life->school : text_of(world->school_names[below(world, SCHOOLS)]);
    tell(world, life, leaves ? FACT_WITHDRAWN : FACT_ENROLLED)->fact.school_id = school;
    life->school = leaves ? (struct text){0} : school;
}

static void correct(struct world *world, const struct event *event)
{
    struct event again = *event;
    again.fact.recorded_at_ms += DAY_MS + below(world, 10 * DAY_MS);
    world->events[world->count++] = again;
}

static void live(struct world *world, struct text child_id, uint32_t events)
{
    struct life life = {.child_id = child_id, .place = &world->places[below(world, LOCATIONS)]};
    life.day = day_plus(day_from_civil(FIRST_ARRIVAL), (int)below(world, ARRIVAL_DAYS));
    arrive(world, &life);
    for (uint32_t i = 1; i < events; i++) {
        const uint32_t chance = below(world, 100);
        life.day = day_plus(life.day, 1 + (int)below(world, 120));
        if (chance < 2)
            correct(world, &world->events[world->count - 1]);
        else if (chance < 35)
            move(world, &life);
        else if (chance < 92 || i + 1 < events)
            change_school(world, &life);
        else
            tell(world, &life, FACT_DEPARTED)->fact.place = *life.place;
    }
}

/* --- all of them -------------------------------------------------------------------------------------------------- */

static bool world_init(struct world *world, const struct wish *wish)
{
    const size_t events = (size_t)(wish->children * wish->events_per_child) + wish->children;
    *world = (struct world){.random = wish->seed};
    world->child_names = malloc(wish->children * sizeof(*world->child_names));
    world->events = malloc(events * sizeof(*world->events));
    world->order = malloc(2 * events * sizeof(*world->order));
    return world->child_names != NULL && world->events != NULL && world->order != NULL;
}

static void make_events(struct world *world, const struct wish *wish)
{
    make_places(world);
    for (uint32_t i = 0; i < wish->children; i++) {
        const double before = i * wish->events_per_child, after = (i + 1) * wish->events_per_child;
        const uint32_t events = (uint32_t)after - (uint32_t)before;
        snprintf(world->child_names[i], NAME_SIZE, "c%012" PRIx64, draw(world) & UINT64_C(0xffffffffffff));
        live(world, text_of(world->child_names[i]), events < 1 ? 1 : events);
    }
}

static int compare_keys(const void *a, const void *b)
{
    const uint64_t *left = a, *right = b;
    return left[0] != right[0] ? (left[0] > right[0]) - (left[0] < right[0])
                               : (left[1] > right[1]) - (left[1] < right[1]);
}

static bool write_events(struct world *world, bool shuffled)
{
    char line[LINE_SIZE];
    for (size_t i = 0; i < world->count; i++) {
        world->order[2 * i] = shuffled ? draw(world) : (uint64_t)world->events[i].fact.recorded_at_ms;
        world->order[2 * i + 1] = i;
    }
    qsort(world->order, world->count, 2 * sizeof(*world->order), compare_keys);
    for (size_t i = 0; i < world->count; i++) {
        const size_t length = event_write_json(&world->events[world->order[2 * i + 1]], line, sizeof(line) - 1);
        line[length] = '\n';
        fwrite(line, 1, length + 1, stdout);
    }
    return fflush(stdout) == 0 && !ferror(stdout);
}

static bool read_wish(int argc, char **argv, struct wish *wish)
{
    static const struct option options[] = {{"children", required_argument, NULL, 'c'},
                                            {"events-per-child", required_argument, NULL, 'e'},
                                            {"seed", required_argument, NULL, 's'},
                                            {"order", required_argument, NULL, 'o'},
                                            {0}};
    bool right = true;
    for (int option; (option = getopt_long(argc, argv, "", options, NULL)) != -1;) {
        if (option == 'c')
            wish->children = (uint32_t)strtoul(optarg, NULL, 10);
        else if (option == 'e')
            wish->events_per_child = strtod(optarg, NULL);
        else if (option == 's')
            wish->seed = strtoull(optarg, NULL, 10);
        else if (option == 'o' && (strcmp(optarg, "shuffled") == 0 || strcmp(optarg, "recorded") == 0))
            wish->shuffled = strcmp(optarg, "shuffled") == 0;
        else
            right = false;
    }
    return right && optind == argc && wish->children >= 1 && wish->events_per_child >= 1 &&
           wish->events_per_child <= 4000;
}

int main(int argc, char **argv)
{
    struct wish wish = {.children = 330000, .events_per_child = 3.0304, .seed = 1};
    static struct world world;
    if (!read_wish(argc, argv, &wish)) {
        fprintf(stderr, "usage: generate_events [--children N] [--events-per-child K] [--seed S] "
                        "[--order recorded|shuffled], K from 1 to 4000\n");
        return 64;
    }
    if (!world_init(&world, &wish)) {
        fprintf(stderr, "generate_events: memory is short\n");
        return 71;
    }
    make_events(&world, &wish);
    const bool written = write_events(&world, wish.shuffled);
    free(world.child_names);
    free(world.events);
    free(world.order);
    return written ? 0 : 74;
}
