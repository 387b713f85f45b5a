/* Whoever is spoken to over HTTP, by the settings of its section. */
#ifndef CONSUMER_SETTINGS_HTTP_H
#define CONSUMER_SETTINGS_HTTP_H

#include <stdio.h>

#include "consumer/settings.h"
#include "schemas/http_client.h"

/* How each is talked to, as far as the settings say it; texts are those of SETTINGS, "" where nothing is set. */
struct http_settings settings_http_registry(const struct settings *settings);
struct http_settings settings_http_alertmanager(const struct settings *settings);
struct http_settings settings_http_webhooks(const struct settings *settings);

/* Whether login and certificates of a section fit each other, and their files can be read. False: said on ERRORS. */
bool settings_http_fit(const struct http_settings *http, FILE *errors);

/* What is unwise of a section whose addresses are URLS, as settings_advise says it. */
void settings_http_advise(const struct http_settings *http, const char *urls, FILE *out);

#endif
