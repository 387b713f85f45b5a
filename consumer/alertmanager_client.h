/* Alertmanager's HTTP interface (version 2), as much of it as is needed. The calls block for as long as the settings
 * allow; one thread at a time may use a client. Whatever answers is not trusted.
 */
#ifndef CONSUMER_ALERTMANAGER_CLIENT_H
#define CONSUMER_ALERTMANAGER_CLIENT_H

#include <stdatomic.h>

#include "consumer/alertmanager_answer.h"
#include "consumer/settings.h"

/* For the Alertmanager at URL. IS_STOPPED gives up a call that waits. NULL: memory is short. */
struct alertmanager_client;
struct alertmanager_client *alertmanager_client_new(const struct settings *settings, const char *url,
                                                    const atomic_bool *is_stopped);
void alertmanager_client_free(struct alertmanager_client *client);

/* WHY is a line for an operator, and "" where the answer is OK. */

/* When it was started; and the difference between its clock and this one, which may be taken for 0. */
enum alertmanager_answer alertmanager_client_status(struct alertmanager_client *client, int64_t *started_at_ms,
                                                    int64_t *ahead_ms, char why[static ALERTMANAGER_WHY_SIZE]);

/* Its alerts of SERVICE that are in force: ON_ALERT is called for each, in whatever order, and may end it with another
 * answer, of which it says WHY. */
enum alertmanager_answer alertmanager_client_list(struct alertmanager_client *client, const char *service,
                                                  enum alertmanager_answer (*on_alert)(void *context,
                                                                                       const json_t *alert),
                                                  void *context, char why[static ALERTMANAGER_WHY_SIZE]);

/* Posts an array of alerts. */
enum alertmanager_answer alertmanager_client_post(struct alertmanager_client *client, const json_t *alerts,
                                                  char why[static ALERTMANAGER_WHY_SIZE]);

#endif
