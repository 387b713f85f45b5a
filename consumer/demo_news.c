#include "consumer/demo_news.h"

#include <stdio.h>
#include <string.h>

static bool norm_changes(const struct dated_norms *norms, const char *what, struct day day, char *text)
{
    for (int i = 0; i < norms->count; i++) {
        if (!day_equal(norms->norms[i].from, day))
            continue;
        snprintf(text, NEWS_SIZE, "from today the norm %s is %d months", what, norms->norms[i].months);
        return true;
    }
    return false;
}

static bool sites_change(int count, const char *what, char *text)
{
    if (count > 0)
        snprintf(text, NEWS_SIZE, "%d emergency site%s %s", count, count == 1 ? "" : "s", what);
    return count > 0;
}

bool news_of_day(const struct demo_sites *sites, const struct norms *norms, struct day day, char text[static NEWS_SIZE])
{
    int closing = 0, converted = 0;
    for (int i = 0; i < DEMO_SITES; i++) {
        closing += day_equal(sites->sites[i].closes_on, day);
        converted += day_equal(sites->sites[i].converts_on, day);
    }
    return norm_changes(&norms->school_months, "for school", day, text) ||
           norm_changes(&norms->stay_months, "for emergency stays", day, text) ||
           sites_change(closing, "closed", text) || sites_change(converted, "became regular", text);
}

void news_vacations(const struct calendar *calendar, struct day day, char text[static NEWS_SIZE])
{
    size_t length = 0;
    text[0] = '\0';
    for (int region = 0; region < REGION_COUNT; region++)
        if (calendar_in_vacation(calendar, (enum region)region, day))
            length += (size_t)snprintf(text + length, NEWS_SIZE - length, "%s%s",
                                       length == 0 ? "school vacation: " : ", ", region_names[region]);
}
