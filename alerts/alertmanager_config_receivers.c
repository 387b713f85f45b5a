/* Receivers: a mail of each kind, to the same people in the same language the same one. */
#include <string.h>

#include "alerts/alertmanager_config_internal.h"

void config_write_receiver_name(FILE *out, const struct contact *contact, enum mail_kind kind)
{
    fprintf(out, "\"%s %s %s\"", mail_kinds[kind].name, language_codes[contact->language],
            mail_kind_addresses(contact, kind)); /* neither has a character that needs more than quotes */
}

static void write_receiver(FILE *out, const struct contact *contact, enum mail_kind kind)
{
    const char *language = language_codes[contact->language];
    fputs("  - name: ", out);
    config_write_receiver_name(out, contact, kind);
    fprintf(out,
            "\n"
            "    email_configs:\n"
            "      - to: \"%s\"\n"
            "        send_resolved: %s\n"
            "        text: '{{ template \"placement_alerts_text_%s\" . }}'\n"
            "        html: '{{ template \"placement_alerts_html_%s\" . }}'\n"
            "        headers:\n"
            "          Subject: '{{ template \"placement_alerts_subject_%s\" . }}'\n"
            "          Content-Language: %s\n"
            "          Auto-Submitted: auto-generated\n",
            mail_kind_addresses(contact, kind), mail_kinds[kind].tells_endings ? "true" : "false", language, language,
            language, language);
}

static bool is_first_of_its_kind(const struct contacts *contacts, size_t row, enum mail_kind kind)
{
    const struct contact *contact = &contacts->rows[row];
    for (size_t i = 0; i < row; i++)
        if (contacts->rows[i].language == contact->language &&
            strcmp(mail_kind_addresses(&contacts->rows[i], kind), mail_kind_addresses(contact, kind)) == 0)
            return false;
    return true;
}

void config_write_receivers(FILE *out, const struct alertmanager_config *config)
{
    fputs("receivers:\n"
          "  - name: " CONFIG_NOBODY "\n",
          out);
    for (size_t i = 0; i < config->contacts->count; i++)
        for (int kind = 0; kind < MAIL_KIND_COUNT; kind++)
            if (mail_kind_addresses(&config->contacts->rows[i], (enum mail_kind)kind)[0] != '\0' &&
                is_first_of_its_kind(config->contacts, i, (enum mail_kind)kind))
                write_receiver(out, &config->contacts->rows[i], (enum mail_kind)kind);
}
