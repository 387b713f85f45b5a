#include "alerts/alertmanager_config_internal.h"

#include <string.h>

#define TLS_PORT ":465" /* speaks TLS from the start, where STARTTLS can not be had */

const struct mail_kind_row mail_kinds[MAIL_KIND_COUNT] = {
#define X(symbol, name, matchers, tells_endings) [MAIL_##symbol] = {name, matchers, tells_endings},
    MAIL_KINDS(X)
#undef X
};

const char *mail_kind_addresses(const struct contact *contact, enum mail_kind kind)
{
    return kind == MAIL_OVERDUE ? contact->overdue_mail : contact->mail;
}

void config_write_quoted(FILE *out, const char *text)
{
    fputc('"', out);
    for (const unsigned char *byte = (const unsigned char *)text; *byte != '\0'; byte++) {
        if (*byte == '"' || *byte == '\\')
            fprintf(out, "\\%c", *byte);
        else if (*byte < ' ' || *byte == 0x7f)
            fprintf(out, "\\x%02X", *byte);
        else
            fputc(*byte, out);
    }
    fputc('"', out);
}

static void write_setting(FILE *out, const char *name, const char *text)
{
    fprintf(out, "  %s: ", name);
    config_write_quoted(out, text);
    fputc('\n', out);
}

static bool ends_with(const char *text, const char *end)
{
    const size_t length = strlen(text);
    return length >= strlen(end) && strcmp(text + length - strlen(end), end) == 0;
}

static void write_global(FILE *out, const struct alertmanager_config *config)
{
    const bool asks_for_tls = config->require_tls && !ends_with(config->smarthost, TLS_PORT);
    fputs("global:\n", out);
    write_setting(out, "smtp_smarthost", config->smarthost);
    write_setting(out, "smtp_from", config->from);
    fprintf(out, "  smtp_require_tls: %s\n", asks_for_tls ? "true" : "false");
    if (config->username[0] == '\0')
        return;
    write_setting(out, "smtp_auth_username", config->username);
    write_setting(out, "smtp_auth_password_file", config->password_file);
}

void alertmanager_config_write(FILE *out, const struct alertmanager_config *config)
{
    fputs("# Written by `placement-alerts notify config`: what is changed here by hand is lost when it is written "
          "again.\n"
          "# Restart Alertmanager to make it hold; a reload can tell again what was told. Start it with\n"
          "#   --data.retention=17520h          or it forgets what it has told, and tells it again\n"
          "#   --data.maintenance-interval=10s  or what it told lately is told again after a crash\n"
          "#   --alerts.gc-interval=1m          or what is over stays in its memory\n",
          out);
    write_global(out, config);
    fputs("templates: [" ALERTMANAGER_TEMPLATE_NAME "]\n", out);
    config_write_routes(out, config);
    config_write_inhibition(out);
    config_write_times(out, config);
    config_write_receivers(out, config);
}
