/* Writes random populations for the tests of `report`: their events as files, and what the slow count makes of them.
 *
 * population_teller SEED COUNT FOLDER [CHILDREN] makes FOLDER/0 … FOLDER/COUNT-1, of as many children as it likes; or
 * each of CHILDREN, most of them at few addresses. What is in them:
 *
 * - events.jsonl: what the program reads;
 * - settings.yaml: norms and calendar;
 * - question.json: the period asked for, and today;
 * - days.csv: each day on which a child counts, with child, place and figures. */
#include <assert.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "counter.h"
#include "event_lines.h"
#include "tests/oracle/history_generator.h"
#include "tests/oracle/random_norms.h"
#include "tests/support/calendar_csv.h"

#define PERIOD_DAYS_MAX 120
#define MANY_DAYS 10 /* of a population of so many children that there have to be few */
#define SUBDIVISIONS_MAX 8
#define NAMES_MAX 64
#define MS_OF_A_DAY 86400000

struct population {
    struct random_source random;
    const char *folder;
    struct norms norms;
    const struct almanac *almanac;
    int children, subdivisions; /* each address of the stories becomes so many */
    int in_the_first;           /* per cent of the children that live at the first of them; the others share the rest */
    struct day from, until, today;
};

static struct story story; /* large */

/* --- files ------------------------------------------------------------------------------------------------------- */

static FILE *file_open(const struct population *population, const char *name)
{
    char path[4096];
    snprintf(path, sizeof path, "%s/%s", population->folder, name);
    FILE *file = fopen(path, "w");
    if (file == NULL) {
        perror(path);
        exit(EXIT_FAILURE);
    }
    return file;
}

/* --- what the slow count says ------------------------------------------------------------------------------------ */

static void write_day_head(FILE *out)
{
    fprintf(out, "child,day,location,kind,region,unaccompanied");
    for (int figure = 0; figure < FIGURE_COUNT; figure++)
        fprintf(out, ",%s", figure_names[figure]);
    fprintf(out, "\n");
}

static void write_days(FILE *out, const struct population *population, int child, struct oracle *oracle)
{
    static struct counted_day days[PERIOD_DAYS_MAX];
    struct counted_child counted = {story.versions, story.count, &population->norms, population->almanac,
                                    population->today};
    counter_count(oracle, &counted, population->from, population->until, days);
    for (struct day day = population->from; day.number < population->until.number; day.number++) {
        const struct counted_day *row = &days[day.number - population->from.number];
        const struct place *place = &row->place;
        if (!row->counts)
            continue;
        fprintf(out, "%d,%s,%.*s,%s,%s,%d", child, day_text(population->almanac, day), (int)place->location_id.length,
                place->location_id.bytes, location_kind_symbols[place->kind], region_symbols[place->region],
                row->unaccompanied == ANSWER_YES);
        for (int figure = 0; figure < FIGURE_COUNT; figure++)
            fprintf(out, ",%" PRId64, row->values[figure]);
        fprintf(out, "\n");
    }
}

/* --- children ---------------------------------------------------------------------------------------------------- */

/* The same name is the same text, and lives for ever. */
static struct text interned(const char *name)
{
    static char names[NAMES_MAX][8];
    int number = 0;
    while (names[number][0] != '\0' && strcmp(names[number], name) != 0)
        number++;
    assert(number < NAMES_MAX);
    snprintf(names[number], sizeof names[number], "%s", name);
    return (struct text){names[number], (uint32_t)strlen(name)};
}

/* The address of the story as one of many: a child's addresses stay apart from each other. */
static struct text subdivided(struct text location_id, int subdivision)
{
    char name[8];
    if (location_id.length == 0)
        return location_id;
    snprintf(name, sizeof name, "%.*s.%d", (int)location_id.length, location_id.bytes, subdivision);
    return interned(name);
}

/* Whether an event can say it: with the fields that its kind needs, and on a day since 2002 (day 12000), until 2052. */
static bool can_be_written(const struct fact *version)
{
    bool has_place = version->place.location_id.length > 0, has_school = version->school_id.length > 0;
    bool needs_place = version->kind == FACT_ARRIVED || version->kind == FACT_MOVED;
    bool needs_school = version->kind == FACT_ENROLLED || version->kind == FACT_WITHDRAWN;
    bool complete = version->retracted || ((has_place || !needs_place) && (has_school || !needs_school));
    return complete && version->occurred_on.number > 12000 && version->occurred_on.number < 30000 &&
           version->recorded_at_ms > 12000LL * MS_OF_A_DAY;
}

/* A story of what can be written, at least one version. */
static void tell_story(struct random_source *random)
{
    size_t kept = 0;
    while (kept == 0) {
        story_tell(&story, random_bits(random) >> 20);
        for (size_t i = 0; i < story.count; i++)
            if (can_be_written(&story.versions[i]))
                story.versions[kept++] = story.versions[i];
    }
    story.count = kept;
}

static bool near_the_period(const struct story *told, const struct population *population)
{
    bool before = false, after = false;
    for (size_t i = 0; i < told->count; i++) {
        before = before || told->versions[i].occurred_on.number < population->until.number;
        after = after || told->versions[i].occurred_on.number >= population->from.number - 200;
    }
    return before && after;
}

/* Most of them have to do with the period, once there is one. */
static void tell_child(struct population *population)
{
    for (int tries = 0; tries < 6; tries++) {
        tell_story(&population->random);
        if (population->until.number == 0 || near_the_period(&story, population))
            break;
    }
    bool in_the_first = random_chance(&population->random, population->in_the_first);
    int subdivision = in_the_first ? 0 : random_between(&population->random, 0, population->subdivisions - 1);
    for (size_t i = 0; i < story.count; i++)
        story.versions[i].place.location_id = subdivided(story.versions[i].place.location_id, subdivision);
}

/* A period about a day of some story, with today before it, in it or after it. */
static void choose_period(struct population *population)
{
    struct random_source *random = &population->random;
    struct random_source kept = *random;
    tell_child(population);
    struct day day = story.versions[random_between(random, 0, (int)story.count - 1)].occurred_on;
    *random = kept;
    static const int lengths[] = {1, 2, 7, 31, 31, 62, PERIOD_DAYS_MAX};
    int length = random_between(random, 1, lengths[random_between(random, 0, 6)]);
    population->from = (struct day){day.number - random_between(random, 0, length)};
    population->until = (struct day){population->from.number + length};
    int last = population->until.number - 1;
    bool forecast = random_chance(random, 40);
    population->today.number = forecast ? last - random_between(random, 1, 40) : last + random_between(random, 0, 200);
}

/* --- a population ------------------------------------------------------------------------------------------------ */

static void write_settings(const struct population *population, bool own_calendar)
{
    FILE *out = file_open(population, "settings.yaml");
    if (own_calendar)
        fprintf(out, "calendar: %s/calendar.csv\n", population->folder);
    fprintf(out, "rules:\n");
    const struct norm_option *option;
    for (size_t i = 0; (option = norm_option_at(i)) != NULL; i++) {
        char text[NORM_TEXT_SIZE];
        if (!norm_format(&population->norms, option, text, sizeof text))
            abort();
        fprintf(out, "  %s: \"%s\"\n", option->name, text);
    }
    fclose(out);
}

static void write_calendar(const struct population *population, const struct calendar_row *rows, size_t count)
{
    FILE *out = file_open(population, "calendar.csv");
    fprintf(out, "region,school_year,name,kind,from,to\n");
    for (size_t i = 0; i < count; i++)
        for (int region = 0; region < REGION_COUNT; region++) {
            if (!rows[i].regions[region])
                continue;
            fprintf(out, "%s,2025-2026,days-%zu,%s,%s", region_symbols[region], i,
                    rows[i].vacation ? "vacation" : "holiday", day_text(population->almanac, rows[i].from));
            fprintf(out, ",%s\n", day_text(population->almanac, rows[i].to));
        }
    fclose(out);
}

static void write_question(const struct population *population)
{
    FILE *out = file_open(population, "question.json");
    fprintf(out, "{\"from\": \"%s\"", day_text(population->almanac, population->from));
    fprintf(out, ", \"to\": \"%s\"", day_text(population->almanac, (struct day){population->until.number - 1}));
    fprintf(out, ", \"as_of\": \"%s\", \"children\": %d}\n", day_text(population->almanac, population->today),
            population->children);
    fclose(out);
}

static void write_children(struct population *population, struct oracle *oracle)
{
    FILE *events = file_open(population, "events.jsonl"), *days = file_open(population, "days.csv");
    write_day_head(days);
    for (int child = 0; child < population->children; child++) {
        tell_child(population);
        for (size_t i = 0; i < story.count; i++)
            event_write(events, population->almanac, child, &story.versions[i]);
        write_days(days, population, child, oracle);
    }
    fclose(events);
    fclose(days);
}

static int random_size(struct random_source *random)
{
    static const int sizes[] = {4, 8, 8, 20, 20, 60, 150};
    int size = random_between(random, 1, sizes[random_between(random, 0, 6)]);
    return random_chance(random, 5) ? 20 * size : size;
}

/* CHILDREN 0: a random number. */
static void write_population(uint64_t seed, int children, const char *folder, const struct almanac *real,
                             struct oracle *oracle)
{
    struct population population = {.random = {seed}, .folder = folder, .almanac = real};
    struct random_source *random = &population.random;
    struct calendar_row rows[RANDOM_ROWS_MAX];
    struct almanac *own = NULL;
    size_t count = random_chance(random, 30) ? random_calendar(random, rows) : 0;
    if (count > 0) {
        population.almanac = own = almanac_new(rows, count);
        assert(own != NULL);
        write_calendar(&population, rows, count);
    }
    population.children = children > 0 ? children : random_size(random);
    population.subdivisions = random_chance(random, 50) ? 1 : random_between(random, 2, SUBDIVISIONS_MAX);
    population.in_the_first = random_chance(random, 50) ? random_between(random, 50, 98) : 0;
    if (children > 0) {
        population.subdivisions = SUBDIVISIONS_MAX;
        population.in_the_first = 97;
    }
    default_norms(&population.norms);
    if (random_chance(random, 50))
        random_norms(random, &population.norms);
    do
        choose_period(&population);
    while (children > 0 && population.until.number - population.from.number != MANY_DAYS);
    write_settings(&population, own != NULL);
    write_question(&population);
    write_children(&population, oracle);
    almanac_free(own);
}

int main(int argc, char **argv)
{
    struct calendar_row *rows;
    size_t count;
    if (argc < 4 || argc > 5 || !calendar_rows_read(PROJECT_SOURCE_DIR "/etc/school-calendar.csv", &rows, &count))
        return EXIT_FAILURE;
    struct almanac *real = almanac_new(rows, count);
    struct oracle *oracle = oracle_new();
    assert(real != NULL && oracle != NULL);
    for (uint64_t i = 0, populations = strtoull(argv[2], NULL, 10); i < populations; i++) {
        char folder[4000];
        snprintf(folder, sizeof folder, "%s/%" PRIu64, argv[3], i);
        if (mkdir(folder, 0700) != 0) {
            perror(folder);
            return EXIT_FAILURE;
        }
        write_population(strtoull(argv[1], NULL, 10) + i, argc == 5 ? atoi(argv[4]) : 0, folder, real, oracle);
    }
    free(rows);
    almanac_free(real);
    oracle_free(oracle);
    return EXIT_SUCCESS;
}
