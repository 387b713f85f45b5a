/* Routes: which mail an alert goes into, and when it goes. What is no mail of anybody's goes to nobody. */
#include <inttypes.h>
#include <string.h>

#include "alerts/alertmanager_config_internal.h"

/* Longer than an alert is likely to be open: Alertmanager tells everything again then. What it has told it remembers
 * for twice as long, if --data.retention is that long. */
#define REPEAT_INTERVAL "8760h"

/* A group is looked at each so many seconds, and the digest's time is a second longer, so that it has one such look. */
#define DIGEST_INTERVAL_SECONDS (ALERTMANAGER_DIGEST_MINUTES * 60 - 1)

/* Each look at a group costs Alertmanager time; where nobody is told there is no hurry. */
#define NOBODY_WAITS "\n              group_wait: 1h\n              group_interval: 1h"

static void write_when(FILE *out, const struct alertmanager_config *config, enum mail_kind kind)
{
    if (kind == MAIL_DIGEST)
        fprintf(out,
                "              group_interval: %ds\n"
                "              active_time_intervals: [" CONFIG_TIMES_DIGEST "]\n",
                DIGEST_INTERVAL_SECONDS);
    if (config_has_quiet_times(config))
        fputs("              mute_time_intervals: [" CONFIG_TIMES_QUIET "]\n", out);
}

static void write_kind(FILE *out, const struct alertmanager_config *config, const struct contact *contact,
                       enum mail_kind kind)
{
    const bool is_told = mail_kind_addresses(contact, kind)[0] != '\0';
    if (kind == MAIL_OVERDUE && !is_told)
        return;
    fprintf(out,
            "            - matchers: [%s]\n"
            "              receiver: ",
            mail_kinds[kind].matchers);
    if (is_told)
        config_write_receiver_name(out, contact, kind);
    else
        fputs(CONFIG_NOBODY NOBODY_WAITS, out);
    fputc('\n', out);
    if (kind == MAIL_OVERDUE)
        fputs("              continue: true\n", out);
    if (is_told)
        write_when(out, config, kind);
}

static void write_contact(FILE *out, const struct alertmanager_config *config, const struct contact *contact)
{
    const bool is_others = strcmp(contact->location_id, CONTACTS_OTHERS) == 0;
    fprintf(out,
            "        - matchers: ['location%s\"%s\"']\n"
            "          routes:\n",
            is_others ? "=~" : "=", is_others ? ".+" : contact->location_id);
    for (int kind = 0; kind < MAIL_KIND_COUNT; kind++)
        write_kind(out, config, contact, (enum mail_kind)kind);
}

void config_write_routes(FILE *out, const struct alertmanager_config *config)
{
    fprintf(out,
            "route:\n"
            "  receiver: " CONFIG_NOBODY "\n"
            "  group_by: [location]\n"
            "  group_wait: %" PRId64 "s\n"
            "  group_interval: %" PRId64 "s\n"
            "  repeat_interval: " REPEAT_INTERVAL "\n"
            "  routes:\n"
            "    - matchers: ['service=\"%s\"']\n"
            "      routes:\n",
            config->gather_seconds, config->interval_seconds, config->service);
    for (size_t i = 0; i < config->contacts->count; i++)
        write_contact(out, config, &config->contacts->rows[i]);
}
