#include "consumer/settings_subscription.h"

#include <assert.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "alerts/subscription_filter.h"
#include "alerts/webhook_signature.h"
#include "schemas/http_url.h"

#define AT(member) offsetof(struct subscription, member)
#define NAME_CHARACTERS "abcdefghijklmnopqrstuvwxyz0123456789-"

static_assert(SETTING_WHY_SIZE >= SUBSCRIPTION_WHY_SIZE && SETTING_WHY_SIZE >= WEBHOOK_SECRET_WHY_SIZE,
              "what the checks say fits");
static_assert(SETTING_PATH_SIZE > sizeof(SUBSCRIPTIONS_PREFIX) + SUBSCRIPTION_NAME_LENGTH_MAX + 16 &&
                  SETTING_PATH_SIZE > sizeof(SUBSCRIPTIONS) + SUGGESTION_NAME_MAX,
              "the path of any has room");

const struct setting_row subscription_rows[] = {
    {"url", SETTING_TEXT, AT(url), .check = webhook_url_check,
     .help = "Where events are posted to: https, with a host that webhooks.allowed_hosts has."},
    {"secret", SETTING_SECRET, AT(secret), .check = webhook_secrets_check, .maximum = 1024,
     .help = "What events are signed with: whsec_ and 24 to 64 random bytes in base64; several apart by blanks, while "
             "one replaces another."},
    {"secret_file", SETTING_SECRET_FILE, AT(secret), .check = webhook_secrets_check, .maximum = 1024,
     .help = "File that holds the secret."},
    {"rules", SETTING_TEXT, AT(rules), .check = subscription_rules_check, .is_list = true,
     .help = "Of which rules alerts are told, apart by commas; empty: of all."},
    {"levels", SETTING_TEXT, AT(levels), .check = subscription_levels_check, .is_list = true,
     .help = "Of which levels: NOTICE, VIOLATION, SEVERE; empty: of all."},
    {"regions", SETTING_TEXT, AT(regions), .check = subscription_regions_check, .is_list = true,
     .help = "Of which regions; empty: of all."},
    {"locations", SETTING_TEXT, AT(locations), .check = subscription_locations_check, .is_list = true,
     .help = "Of which locations, by location_id; empty: of all."},
};
const size_t subscription_row_count = sizeof(subscription_rows) / sizeof(subscription_rows[0]);

/* --- paths -------------------------------------------------------------------------------------------------------- */

bool setting_is_of_subscription(const char *path)
{
    return strcmp(path, SUBSCRIPTIONS) == 0 || strncmp(path, SUBSCRIPTIONS_PREFIX, strlen(SUBSCRIPTIONS_PREFIX)) == 0;
}

/* What stands behind the name in PATH; NULL: nothing. */
static const char *field_of(const char *path)
{
    const char *name = strchr(path, '.');
    const char *dot = name == NULL ? NULL : strchr(name + 1, '.');
    return dot == NULL ? NULL : dot + 1;
}

bool setting_is_subscription_section(const char *path)
{
    return field_of(path) == NULL;
}

const struct setting_row *subscription_row_find(const char *path)
{
    const char *field = setting_is_of_subscription(path) ? field_of(path) : NULL;
    for (size_t i = 0; field != NULL && i < subscription_row_count; i++)
        if (strcmp(subscription_rows[i].path, field) == 0)
            return &subscription_rows[i];
    return NULL;
}

static bool complain_unknown(const struct setting_source *source, const char *path)
{
    const char *field = field_of(path);
    struct suggestion suggestion;
    suggestion_init(&suggestion, field);
    for (size_t i = 0; i < subscription_row_count; i++)
        suggestion_offer(&suggestion, subscription_rows[i].path);
    if (suggestion.nearest[0] == '\0')
        return setting_complain(source, "%s: there is no such setting", path);
    return setting_complain(source, "%s: there is no such setting; did you mean %.*s%s?", path, (int)(field - path),
                            path, suggestion.nearest);
}

void setting_suggest_subscription(struct suggestion *suggestion)
{
    char path[SETTING_PATH_SIZE];
    const char *dot = strchr(suggestion->wanted, '.');
    snprintf(path, sizeof(path), SUBSCRIPTIONS "%.*s", SUGGESTION_NAME_MAX, dot == NULL ? "" : dot);
    if (subscription_row_find(path) != NULL)
        suggestion_offer(suggestion, path);
}

/* --- the subscriptions -------------------------------------------------------------------------------------------- */

static void subscription_fini(struct subscription *subscription)
{
    for (size_t i = 0; i < subscription_row_count; i++)
        setting_row_free(&subscription_rows[i], subscription);
    free(subscription->name);
}

/* False: memory is short, and there is nothing to fini. */
static bool subscription_init(struct subscription *subscription, const char *name, size_t length)
{
    char why[SETTING_WHY_SIZE];
    *subscription = (struct subscription){.name = strndup(name, length)};
    bool whole = subscription->name != NULL;
    for (size_t i = 0; whole && i < subscription_row_count; i++)
        whole = setting_row_parse(&subscription_rows[i], subscription, "", why);
    if (!whole)
        subscription_fini(subscription);
    return whole;
}

void settings_subscriptions_fini(struct settings *settings)
{
    for (size_t i = 0; i < settings->subscription_count; i++)
        subscription_fini(&settings->subscriptions[i]);
    free(settings->subscriptions);
    settings->subscriptions = NULL;
    settings->subscription_count = 0;
}

struct subscription *subscription_find(const struct settings *settings, const char *name, size_t length)
{
    for (size_t i = 0; i < settings->subscription_count; i++)
        if (strlen(settings->subscriptions[i].name) == length &&
            memcmp(settings->subscriptions[i].name, name, length) == 0)
            return &settings->subscriptions[i];
    return NULL;
}

/* NULL: WHY says why not. */
static struct subscription *add(struct settings *settings, const char *name, size_t length,
                                char why[static SETTING_WHY_SIZE])
{
    struct subscription *larger = NULL;
    if (settings->subscription_count == SUBSCRIPTIONS_MAX) {
        snprintf(why, SETTING_WHY_SIZE, "there are more than %d subscriptions", SUBSCRIPTIONS_MAX);
        return NULL;
    }
    larger = realloc(settings->subscriptions, (settings->subscription_count + 1) * sizeof(*larger));
    if (larger != NULL)
        settings->subscriptions = larger;
    if (larger != NULL && subscription_init(&larger[settings->subscription_count], name, length))
        return &larger[settings->subscription_count++];
    snprintf(why, SETTING_WHY_SIZE, "memory is short");
    return NULL;
}

bool subscription_is_name(const char *name, size_t length)
{
    bool is_right = length > 0 && length <= SUBSCRIPTION_NAME_LENGTH_MAX && name[0] != '-';
    for (size_t i = 0; is_right && i < length; i++)
        is_right = memchr(NAME_CHARACTERS, name[i], sizeof(NAME_CHARACTERS) - 1) != NULL;
    return is_right;
}

static struct subscription *find_or_add(struct settings *settings, const char *name, size_t length,
                                        char why[static SETTING_WHY_SIZE])
{
    struct subscription *subscription = subscription_find(settings, name, length);
    if (subscription != NULL || subscription_is_name(name, length))
        return subscription != NULL ? subscription : add(settings, name, length, why);
    snprintf(why, SETTING_WHY_SIZE, "a subscription's name has 1 to %d of the characters a-z 0-9 -, and no - in front",
             SUBSCRIPTION_NAME_LENGTH_MAX);
    return NULL;
}

bool setting_assign_subscription(struct settings *settings, const struct setting_source *source, const char *path,
                                 const char *value)
{
    const struct setting_row *row = subscription_row_find(path);
    char why[SETTING_WHY_SIZE];
    if (setting_is_subscription_section(path))
        return setting_complain_section(source, path);
    if (row == NULL)
        return complain_unknown(source, path);
    if (source->file == NULL && row->type == SETTING_SECRET)
        return setting_complain_open(source, "", path);
    const char *name = path + strlen(SUBSCRIPTIONS_PREFIX);
    struct subscription *subscription = find_or_add(settings, name, strcspn(name, "."), why);
    const bool is_left = settings->leaves_secret_files && row->type == SETTING_SECRET_FILE;
    return (subscription != NULL && (is_left || setting_row_parse(row, subscription, value, why))) ||
           setting_complain(source, "%s: %s", path, why);
}
