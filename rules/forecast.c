#include "forecast.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "alert_pairs.h"

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

/* Whether the alert that is there after a day has a higher level of those that break a norm. */
static bool is_worse(const struct alert_pair *pair)
{
    return pair->after != NULL && pair->after->level >= LEVEL_VIOLATION &&
           (pair->before == NULL || pair->before->level < pair->after->level);
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
        struct alert_pairs pairs = alert_pairs_of(forecast->before, forecast->before_count, judgement->alerts,
                                                  judgement->alert_count);
        for (struct alert_pair pair; alert_pairs_next(&pairs, &pair);)
            if (is_worse(&pair) && !on_alert(context, pair.after, at.today))
                return false;
    }
    return true;
}
