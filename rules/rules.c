/* The table of rules, and what every rule does with episodes. */
#include <assert.h>

#include "rule.h"

const struct rule *const rules[RULE_COUNT] = {
#define X(symbol, name) [RULE_##symbol] = &rule_##name,
    RULES(X)
#undef X
};

const char *const level_names[LEVEL_COUNT] = {
    [LEVEL_NOTICE] = "NOTICE", [LEVEL_VIOLATION] = "VIOLATION", [LEVEL_SEVERE] = "SEVERE"};

const char *const resolution_names[RESOLUTION_COUNT] = {
#define X(name) [RESOLUTION_##name] = #name,
    RESOLUTIONS(X)
#undef X
};

struct episode *episodes_add(struct episodes *episodes, const struct fact *cause)
{
    assert(episodes->count < episodes->capacity && cause != NULL);
    struct episode *episode = &episodes->items[episodes->count++];
    *episode = (struct episode){
        .cause = cause,
        .level_from = {DAY_NEVER, DAY_NEVER, DAY_NEVER},
        .end = DAY_NEVER,
        .due_on = DAY_ABSENT,
        .over_on = DAY_ABSENT,
    };
    return episode;
}

void episode_end_on(struct episode *episode, struct day day, enum resolution resolution)
{
    if (day_is_never(day) || day_before(episode->end, day))
        return;
    if (day_before(day, episode->end) || resolution < episode->resolution) {
        episode->end = day;
        episode->resolution = resolution;
    }
}
