/* Whether subscriptions have all they need, and where they may send to. */
#include <stdio.h>
#include <string.h>

#include "consumer/settings_http.h"
#include "consumer/settings_subscription.h"
#include "schemas/http_url.h"

bool webhook_hosts_check(const char *text, char why[static SETTING_WHY_SIZE])
{
    struct text wrong;
    if (http_hosts_are_right(text, &wrong))
        return true;
    snprintf(why, SETTING_WHY_SIZE, "\"%.*s\" is not the name of a host, without https:// and port",
             wrong.length > 100 ? 100 : (int)wrong.length, wrong.bytes);
    return false;
}

bool webhook_url_check(const char *text, char why[static SETTING_WHY_SIZE])
{
    struct http_url url;
    const char *fault = *text == '\0' ? NULL : http_url_read(&url, text, true);
    snprintf(why, SETTING_WHY_SIZE, "%s", fault == NULL ? "" : fault);
    return fault == NULL;
}

static bool complain(const struct subscription *subscription, const char *field, FILE *errors, const char *what)
{
    fprintf(errors, SUBSCRIPTIONS_PREFIX "%s.%s: %s\n", subscription->name, field, what);
    return false;
}

static bool url_fits(const struct settings *settings, const struct subscription *subscription, FILE *errors)
{
    struct http_url url;
    char why[HTTP_HOST_SIZE + 64];
    const char *fault = http_url_read(&url, subscription->url, true);
    if (subscription->url[0] == '\0')
        return complain(subscription, "url", errors, "is missing");
    if (fault != NULL)
        return complain(subscription, "url", errors, fault);
    if (!url.is_https && !settings->webhook_allow_http)
        return complain(subscription, "url", errors, "is not https, and webhooks.allow_http is false");
    snprintf(why, sizeof(why), "webhooks.allowed_hosts does not have its host, %s", url.host);
    return http_hosts_have(settings->webhook_allowed_hosts, url.host) || complain(subscription, "url", errors, why);
}

static bool secret_fits(const struct settings *settings, const struct subscription *subscription, FILE *errors)
{
    return settings->leaves_secret_files || subscription->secret.text[0] != '\0' ||
           complain(subscription, "secret_file", errors,
                    "is missing, and so is secret; receivers would know nobody by what is not signed");
}

static bool source_fits(const struct settings *settings, FILE *errors)
{
    if (settings->subscription_count == 0 || settings->cloudevents_source[0] != '\0')
        return true;
    fputs(SUBSCRIPTIONS ": need cloudevents.source, by which receivers know whose events they are\n", errors);
    return false;
}

bool settings_subscriptions_fit(const struct settings *settings, FILE *errors)
{
    const struct http_settings http = settings_http_webhooks(settings);
    bool fit = source_fits(settings, errors);
    for (size_t i = 0; i < settings->subscription_count; i++) {
        fit &= url_fits(settings, &settings->subscriptions[i], errors);
        fit &= secret_fits(settings, &settings->subscriptions[i], errors);
    }
    return settings_http_fit(&http, errors) && fit;
}

void settings_subscriptions_advise(const struct settings *settings, FILE *out)
{
    struct http_url url;
    for (size_t i = 0; i < settings->subscription_count; i++) {
        const struct subscription *subscription = &settings->subscriptions[i];
        if (http_url_read(&url, subscription->url, true) == NULL && !url.is_https)
            fprintf(out,
                    "advice: " SUBSCRIPTIONS_PREFIX
                    "%s.url: children's data cross the network unencrypted; use https\n",
                    subscription->name);
    }
}
