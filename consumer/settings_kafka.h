/* The settings under `kafka.`: properties of librdkafka, checked by librdkafka itself, so that a misspelt name or a
 * wrong value is found where it stands and not when a client is made.
 *
 * A secret (a password, a private key) is written in the file, or read from a file of its own by the property's name
 * with _file behind it: `kafka.sasl.password_file: /run/secrets/kafka`. It is never taken from the command line, nor
 * printed.
 */
#ifndef CONSUMER_SETTINGS_KAFKA_H
#define CONSUMER_SETTINGS_KAFKA_H

#include "consumer/settings_table.h"
#include "consumer/suggestion.h"

#define KAFKA_PREFIX "kafka."

/* Whether the value of a property must not be seen by others. */
bool kafka_property_is_secret(const char *name);

/* Sets a property by its name without "kafka.", replacing the value it had. False: WHY says why not. */
bool settings_kafka_set(struct settings *settings, const char *name, const char *value,
                        char why[static SETTING_WHY_SIZE]);

/* Offers every property that librdkafka knows, as "kafka.<name>". */
void settings_kafka_suggest(struct suggestion *suggestion);

void settings_kafka_fini(struct settings *settings);

#endif
