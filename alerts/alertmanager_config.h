/* The configuration of Alertmanager (0.25 and later), by which it groups, routes, mutes and mails what `notify` posts:
 * one mail a location and kind.
 *
 * What it has told it knows by the routes' matchers and the receivers' names. So both follow from the contacts alone,
 * and whose row is as it was is not told anything again by a new configuration.
 */
#ifndef ALERTS_ALERTMANAGER_CONFIG_H
#define ALERTS_ALERTMANAGER_CONFIG_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include "alerts/contacts.h"
#include "alerts/quiet_hours.h"

#define ALERTMANAGER_DIGEST_MINUTES 10 /* how long the digest's time lasts: at some minute of it each is mailed */

struct alertmanager_config { /* texts and contacts are others' */
    const struct contacts *contacts;
    const char *service;                  /* the label that all alerts have */
    const char *smarthost, *from;         /* HOST:PORT, and an address */
    const char *username, *password_file; /* "" no login */
    bool require_tls;
    int64_t gather_seconds, interval_seconds;
    int digest_at; /* in minutes since midnight */
    struct quiet_hours quiet;
};

/* Writes it as YAML. It expects the templates of the mails under this name in its own folder. */
#define ALERTMANAGER_TEMPLATE_NAME "placement-alerts.tmpl"
void alertmanager_config_write(FILE *out, const struct alertmanager_config *config);

/* Writes these templates, in all languages (mail.tmpl). */
void alertmanager_template_write(FILE *out);

#endif
