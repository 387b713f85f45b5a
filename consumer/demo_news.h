/* What happens on a day of the demo that explains the alerts: sites that close, norms that change, vacations. */
#ifndef CONSUMER_DEMO_NEWS_H
#define CONSUMER_DEMO_NEWS_H

#include <stdbool.h>
#include <stddef.h>

#include "consumer/demo_sites.h"
#include "rules/calendar.h"
#include "rules/norms.h"

#define NEWS_SIZE 64

/* What is new on DAY, as one line; false, and TEXT is left alone, where nothing is. */
bool news_of_day(const struct demo_sites *sites, const struct norms *norms, struct day day,
                 char text[static NEWS_SIZE]);

/* In which regions schools are closed on DAY; "" where in none. */
void news_vacations(const struct calendar *calendar, struct day day, char text[static NEWS_SIZE]);

#endif
