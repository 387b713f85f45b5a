/* Keeps one Alertmanager in step with its book: asks it whether it was started again, tells it what the book has to
 * say, and tries again later when that does not succeed.
 */
#ifndef CONSUMER_ALERTMANAGER_LINK_H
#define CONSUMER_ALERTMANAGER_LINK_H

#include "alerts/alertmanager_book.h"
#include "consumer/notify.h"

/* To the one at URL. NEEDS, URL and BOOK must outlive it. NULL: memory is short. */
struct alertmanager_link;
struct alertmanager_link *alertmanager_link_new(const struct notify_needs *needs, const char *url,
                                                struct alertmanager_book *book);
void alertmanager_link_free(struct alertmanager_link *link);

/* What time it is there, as far as that is known; milliseconds since 1970. */
int64_t alertmanager_link_now_ms(const struct alertmanager_link *link);

/* When there is something to do, by the monotonic clock. */
int64_t alertmanager_link_step_at_ms(const struct alertmanager_link *link);

/* Does it, if it is time; returns when that is done, has failed, or the program ends. False: memory is short. */
bool alertmanager_link_step(struct alertmanager_link *link);

#endif
