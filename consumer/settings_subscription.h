/* The settings under `subscriptions.`: whoever is told of alerts by webhooks, each under a name of its own,
 * `subscriptions.NAME.url` and so on, by a table like that of all settings; and those under `webhooks.`, which hold for
 * all of them.
 */
#ifndef CONSUMER_SETTINGS_SUBSCRIPTION_H
#define CONSUMER_SETTINGS_SUBSCRIPTION_H

#include "consumer/settings_assign.h"
#include "consumer/settings_table.h"
#include "consumer/suggestion.h"

#define SUBSCRIPTIONS "subscriptions"
#define SUBSCRIPTIONS_PREFIX SUBSCRIPTIONS "."
#define SUBSCRIPTIONS_MAX 64
#define SUBSCRIPTION_NAME_LENGTH_MAX 40

/* Their paths are what stands behind the name: "url". */
extern const struct setting_row subscription_rows[];
extern const size_t subscription_row_count;

/* Whether PATH is below `subscriptions.`, or that itself. */
bool setting_is_of_subscription(const char *path);

/* Whether settings stand below PATH, which setting_is_of_subscription. */
bool setting_is_subscription_section(const char *path);

/* The row of PATH, "subscriptions.NAME.url"; NULL: there is none. */
const struct setting_row *subscription_row_find(const char *path);

/* Whether the LENGTH characters of NAME are a name that a subscription can have. It stands in the log, and in keys of a
 * topic. */
bool subscription_is_name(const char *name, size_t length);

/* The subscription of that name; NULL: the settings have none. */
struct subscription *subscription_find(const struct settings *settings, const char *name, size_t length);

/* As setting_assign, of such a path. A subscription whose name is new is added. */
bool setting_assign_subscription(struct settings *settings, const struct setting_source *source, const char *path,
                                 const char *value);

/* Offers the path that has `subscriptions` in place of what was written before its first dot, if that is one. */
void setting_suggest_subscription(struct suggestion *suggestion);

/* Checks of `webhooks.allowed_hosts` and of a url. */
bool webhook_hosts_check(const char *text, char why[static SETTING_WHY_SIZE]);
bool webhook_url_check(const char *text, char why[static SETTING_WHY_SIZE]);

void settings_subscriptions_fini(struct settings *settings);

/* Whether each has all it needs, and may be sent to. False: said on ERRORS. */
bool settings_subscriptions_fit(const struct settings *settings, FILE *errors);

/* What is unwise, as settings_advise says it. */
void settings_subscriptions_advise(const struct settings *settings, FILE *out);

#endif
