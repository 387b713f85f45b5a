#include "consumer/clock.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "rules/civil_time.h"

#define BELIEVED_AFTER_MS INT64_C(60000) /* a jump that stood so long is no slip */
#define LOOK_MS 1000

/* --- settings ----------------------------------------------------------------------------------------------------- */

/* A number of at most nine digits, at least 1, followed by END; NULL otherwise, else what follows END. */
static const char *parse_number(const char *text, const char *end, int64_t *number)
{
    const size_t digits = strspn(text, "0123456789");
    if (digits == 0 || digits > 9 || strncmp(text + digits, end, strlen(end)) != 0)
        return NULL;
    *number = strtoll(text, NULL, 10);
    return *number < 1 ? NULL : text + digits + strlen(end);
}

bool clock_setting_parse(const char *text, struct clock_setting *setting)
{
    struct clock_setting read = {.kind = CLOCK_WALL, .start = DAY_ABSENT};
    if (strcmp(text, "wall") != 0) {
        const size_t date_length = strcspn(text, "+");
        if (!day_parse(text, date_length, &read.start))
            return false;
        read.kind = text[date_length] == '\0' ? CLOCK_FIXED : CLOCK_SIMULATED;
        if (read.kind == CLOCK_SIMULATED) {
            const char *rest = parse_number(text + date_length + 1, "d/", &read.days_a_step);
            if (rest == NULL || (rest = parse_number(rest, "ms", &read.step_ms)) == NULL || *rest != '\0')
                return false;
        }
    }
    *setting = read;
    return true;
}

void clock_setting_format(const struct clock_setting *setting, char text[static 64])
{
    char day[DAY_TEXT_SIZE] = "";
    if (setting->kind != CLOCK_WALL)
        day_format(setting->start, day);
    if (setting->kind == CLOCK_SIMULATED)
        snprintf(text, 64, "%s+%" PRId64 "d/%" PRId64 "ms", day, setting->days_a_step, setting->step_ms);
    else
        snprintf(text, 64, "%s", setting->kind == CLOCK_WALL ? "wall" : day);
}

/* --- the day to go by --------------------------------------------------------------------------------------------- */

void clock_init(struct clock *clock, const struct clock_setting *setting, int64_t monotonic_ms)
{
    *clock = (struct clock){
        .setting = *setting, .started_monotonic_ms = monotonic_ms, .shown = DAY_ABSENT, .jumped_to = DAY_ABSENT};
}

static bool is_jump(struct day from, struct day to)
{
    return !day_is_absent(from) && to.number > from.number + 1;
}

/* Whether a clock that jumped to DAY has stood there long enough. Midnight may pass meanwhile. */
static bool jump_is_believed(struct clock *clock, struct day day, int64_t monotonic_ms)
{
    const bool stands = !day_is_absent(clock->jumped_to) && !day_before(day, clock->jumped_to) &&
                        !is_jump(clock->jumped_to, day);
    if (!stands) {
        clock->jumped_to = day;
        clock->jumped_monotonic_ms = monotonic_ms;
    }
    return monotonic_ms - clock->jumped_monotonic_ms >= BELIEVED_AFTER_MS;
}

static struct day wall_today(struct clock *clock, int64_t monotonic_ms, int64_t wall_ms, bool *held)
{
    const struct day day = civil_day_at(wall_ms);
    *held = is_jump(clock->shown, day) && !jump_is_believed(clock, day, monotonic_ms);
    if (*held)
        return clock->shown;
    clock->jumped_to = DAY_ABSENT;
    return day_later(clock->shown, day);
}

static struct day simulated_today(const struct clock *clock, int64_t monotonic_ms)
{
    const int64_t steps = (monotonic_ms - clock->started_monotonic_ms) / clock->setting.step_ms;
    const int64_t days_left = DAY_LAST.number - clock->setting.start.number;
    if (steps > days_left / clock->setting.days_a_step)
        return DAY_LAST;
    return day_plus(clock->setting.start, (int)(steps * clock->setting.days_a_step));
}

struct day clock_today(struct clock *clock, int64_t monotonic_ms, int64_t wall_ms, bool *held)
{
    *held = false;
    switch (clock->setting.kind) {
    case CLOCK_WALL:
        clock->shown = wall_today(clock, monotonic_ms, wall_ms, held);
        break;
    case CLOCK_FIXED:
        clock->shown = clock->setting.start;
        break;
    case CLOCK_SIMULATED:
        clock->shown = simulated_today(clock, monotonic_ms);
        break;
    }
    return clock->shown;
}

int64_t clock_next_look_ms(const struct clock *clock, int64_t monotonic_ms)
{
    if (clock->setting.kind != CLOCK_SIMULATED)
        return LOOK_MS;
    const int64_t step_ms = clock->setting.step_ms;
    return step_ms - (monotonic_ms - clock->started_monotonic_ms) % step_ms;
}

static int64_t read_clock_ms(clockid_t which)
{
    struct timespec now;
    clock_gettime(which, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

int64_t clock_monotonic_ms(void)
{
    return read_clock_ms(CLOCK_MONOTONIC);
}
int64_t clock_wall_ms(void)
{
    return read_clock_ms(CLOCK_REALTIME);
}

struct day clock_setting_today(const struct clock_setting *setting)
{
    struct clock clock;
    bool held;
    const int64_t now_ms = clock_monotonic_ms();
    clock_init(&clock, setting, now_ms);
    return clock_today(&clock, now_ms, clock_wall_ms(), &held);
}
