#include "forecast.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

bool forecast_init(struct forecast *forecast)
{
    memset(forecast, 0, sizeof(*forecast));
    bool has_judgement = judgement_init(&forecast->judgement);
    forecast->before = calloc(CHILD_ALERTS_MAX, sizeof(forecast->before[0]));
    if (has_judgement && forecast->before != NULL)
        return true;
    forecast_fini(forecast);
    return false;
}

void forecast_fini(struct forecast *forecast)
{
    judgement_fini(&forecast->judgement);
    free(forecast->before);
    memset(forecast, 0, sizeof(*forecast));
}

static void before_keep(struct forecast *forecast)
{
    const struct judgement *judgement = &forecast->judgement;
    forecast->before_count = judgement->alert_count;
    if (judgement->alert_count > 0)
        memcpy(forecast->before, judgement->alerts, judgement->alert_count * sizeof(forecast->before[0]));
}

static bool is_worse(const struct forecast *forecast, const struct alert *alert)
{
    if (alert->level < LEVEL_VIOLATION)
        return false;
    const struct alert *before = forecast->before, *end = before + forecast->before_count;
    while (before < end && !(before->rule == alert->rule && uuid_equal(&before->cause, &alert->cause)))
        before++;
    return before == end || before->level < alert->level;
}

bool child_forecast(const struct child *child, const struct yardstick *yardstick, struct day last,
                    struct forecast *forecast,
                    bool (*on_alert)(void *context, const struct alert *alert, struct day day), void *context)
{
    const struct judgement *judgement = &forecast->judgement;
    struct yardstick at = *yardstick;
    struct day next = child_assess(child, &at, &forecast->judgement);
    while (!day_before(last, next)) {
        assert(day_before(at.today, next));
        before_keep(forecast);
        at.today = next;
        next = child_assess(child, &at, &forecast->judgement);
        for (uint32_t i = 0; i < judgement->alert_count; i++)
            if (is_worse(forecast, &judgement->alerts[i]) && !on_alert(context, &judgement->alerts[i], at.today))
                return false;
    }
    return true;
}
