#include "consumer/settings_mail.h"

#include <stdlib.h>
#include <string.h>

#include "alerts/alertmanager_config.h"
#include "alerts/mail_address.h"
#include "consumer/settings_check.h"

#define PORT_MAX 65535
#define HOST_CHARACTERS "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-"

bool quiet_hours_check(const char *text, char why[static SETTING_WHY_SIZE])
{
    struct quiet_hours quiet;
    return quiet_hours_parse(text, &quiet) ||
           setting_refuse(why, text, "two different times of day such as 19:00-07:00, or empty");
}

bool time_of_day_check(const char *text, char why[static SETTING_WHY_SIZE])
{
    int minute;
    return minute_of_day_parse(text, &minute) || setting_refuse(why, text, "a time of day such as 07:00");
}

bool mail_address_check(const char *text, char why[static SETTING_WHY_SIZE])
{
    return *text == '\0' || mail_address_is_plain(text, strlen(text)) ||
           setting_refuse(why, text, "an address of mail such as alerts@example.org, and nothing else");
}

static bool is_port(const char *text)
{
    return strspn(text, "0123456789") == strlen(text) && strlen(text) <= 5 && atoi(text) > 0 && atoi(text) <= PORT_MAX;
}

bool smarthost_check(const char *text, char why[static SETTING_WHY_SIZE])
{
    const size_t host = strspn(text, HOST_CHARACTERS);
    return *text == '\0' || (host > 0 && text[host] == ':' && is_port(text + host + 1)) ||
           setting_refuse(why, text, "a host's name and a port such as smtp.example.org:587");
}

struct quiet_hours settings_quiet_hours(const struct settings *settings)
{
    struct quiet_hours quiet = {.weekend = settings->alertmanager_quiet_weekend};
    quiet_hours_parse(settings->alertmanager_quiet_hours, &quiet); /* checked when it was set */
    return quiet;
}

int settings_digest_at(const struct settings *settings)
{
    int digest_at = 0;
    minute_of_day_parse(settings->mail_digest_at, &digest_at); /* likewise */
    return digest_at;
}

/* All of the digest's time must be left to it: of each location it is another minute of it, and may be another
 * tomorrow. */
static bool digest_fits(const struct settings *settings, FILE *errors)
{
    const struct quiet_hours quiet = settings_quiet_hours(settings);
    const int digest_at = settings_digest_at(settings);
    for (int i = 0; i < ALERTMANAGER_DIGEST_MINUTES; i++) {
        if (!quiet_hours_hold(&quiet, (digest_at + i) % MINUTES_PER_DAY))
            continue;
        fprintf(errors,
                "mail.digest_at: the %d minutes from it on must not lie in alertmanager.quiet_hours, when "
                "nobody is mailed\n",
                ALERTMANAGER_DIGEST_MINUTES);
        return false;
    }
    return true;
}

/* What ended is not told in the last interval before quiet hours, so there must be more than that between them. */
static bool interval_fits(const struct settings *settings, FILE *errors)
{
    const struct quiet_hours quiet = settings_quiet_hours(settings);
    if (settings->mail_interval_seconds <= quiet_hours_free_minutes(&quiet) * INT64_C(60) / 2)
        return true;
    fputs("mail.interval_seconds: twice as long must fit between alertmanager.quiet_hours\n", errors);
    return false;
}

bool settings_mail_fit(const struct settings *settings, FILE *errors)
{
    bool fit = digest_fits(settings, errors);
    fit &= interval_fits(settings, errors);
    if ((settings->mail_username[0] == '\0') != (settings->mail_password_file[0] == '\0')) {
        fputs("mail.username and mail.password_file: one is of no use without the other\n", errors);
        fit = false;
    }
    return fit;
}

void settings_mail_advise(const struct settings *settings, FILE *out)
{
    if (!settings->mail_require_tls && settings->mail_smarthost[0] != '\0')
        fputs("advice: mail.require_tls: mails about children may cross the network unencrypted\n", out);
}
