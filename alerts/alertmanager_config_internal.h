/* What the files of alertmanager_config.h share. */
#ifndef ALERTS_ALERTMANAGER_CONFIG_INTERNAL_H
#define ALERTS_ALERTMANAGER_CONFIG_INTERNAL_H

#include "alerts/alertmanager_config.h"

/* The kinds of mails about a location: X(SYMBOL, name, matchers of its alerts, whether it tells that they ended). An
 * alert is of the first kind that it matches, but for what is overdue, of which the next kind tells, too. */
#define MAIL_KINDS(X)                                                                                                  \
    X(DIGEST, "digest", "'level=\"NOTICE\"'", false)                                                                   \
    X(PAST, "past", "'past=\"yes\"'", false)                                                                           \
    X(OVERDUE, "overdue", "'overdue=\"yes\"'", true)                                                                   \
    X(BREACH, "breach", "'level=~\"VIOLATION|SEVERE\"'", true)

/* clang-format off */
enum mail_kind {
#define X(symbol, name, matchers, tells_endings) MAIL_##symbol,
    MAIL_KINDS(X)
#undef X
    MAIL_KIND_COUNT
};
/* clang-format on */

struct mail_kind_row {
    const char *name, *matchers;
    bool tells_endings;
};
extern const struct mail_kind_row mail_kinds[MAIL_KIND_COUNT];

/* Whom mails of a kind about a contact's location go to; "" nobody. */
const char *mail_kind_addresses(const struct contact *contact, enum mail_kind kind);

/* TEXT in YAML's double quotes. */
void config_write_quoted(FILE *out, const char *text);

/* The name of a receiver, quoted: "breach nl a@x, b@y". The templates know kind and language by it. */
void config_write_receiver_name(FILE *out, const struct contact *contact, enum mail_kind kind);

void config_write_routes(FILE *out, const struct alertmanager_config *config);
void config_write_receivers(FILE *out, const struct alertmanager_config *config);
void config_write_inhibition(FILE *out);
void config_write_times(FILE *out, const struct alertmanager_config *config);

#define CONFIG_NOBODY "nobody"       /* the receiver of what nobody is told of */
#define CONFIG_TIMES_DIGEST "digest" /* names of times */
#define CONFIG_TIMES_QUIET "quiet"

bool config_has_quiet_times(const struct alertmanager_config *config);

#endif
