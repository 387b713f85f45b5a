/* The effective settings as YAML. */
#include <string.h>

#include "consumer/settings_kafka.h"
#include "consumer/settings_secret.h"
#include "consumer/settings_subscription.h"
#include "consumer/settings_table.h"

/* As it is where that is surely read back as the same text, else in double quotes. */
static void print_value(const char *value, FILE *out)
{
    static const char plain[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-/+:";
    const bool is_plain = strspn(value, plain) == strlen(value) && strcspn(value, "-:+~") > 0 &&
                          value[strlen(value) - 1] != ':' && strcmp(value, "null") != 0;
    if (is_plain) {
        fprintf(out, "%s\n", value);
        return;
    }
    fputc('"', out);
    for (const unsigned char *byte = (const unsigned char *)value; *byte != '\0'; byte++) {
        if (*byte == '"' || *byte == '\\')
            fprintf(out, "\\%c", *byte);
        else if (*byte < 0x20 || *byte == 0x7f)
            fprintf(out, "\\x%02X", *byte);
        else
            fputc(*byte, out);
    }
    fputs("\"\n", out);
}

/* The name behind the last section, after a line for a section that begins. */
static const char *print_section(const char *path, char section[static SETTING_PATH_SIZE], FILE *out)
{
    const size_t length = strcspn(path, ".");
    if (path[length] == '\0')
        return path;
    if (strncmp(section, path, length) != 0 || section[length] != '\0') {
        snprintf(section, SETTING_PATH_SIZE, "%.*s", (int)length, path);
        fprintf(out, "%s:\n", section);
    }
    fputs("  ", out);
    return path + length + 1;
}

static void print_kafka(const struct kafka_property *property, FILE *out)
{
    const struct setting_secret *value = &property->value;
    const char *shown = kafka_property_is_secret(property->name) ? secret_shown(value) : value->text;
    fprintf(out, "  %s%s: ", property->name, value->file != NULL ? "_file" : "");
    print_value(value->file != NULL ? value->file : shown, out);
}

static void print_subscription(const struct subscription *subscription, FILE *out)
{
    char value[SETTING_VALUE_SIZE];
    fprintf(out, "  %s:\n", subscription->name);
    for (size_t i = 0; i < subscription_row_count; i++) {
        fprintf(out, "    %s: ", subscription_rows[i].path);
        print_value(setting_row_format(&subscription_rows[i], subscription, value), out);
    }
}

void settings_print(const struct settings *settings, FILE *out)
{
    char path[SETTING_PATH_SIZE], section[SETTING_PATH_SIZE] = "", value[SETTING_VALUE_SIZE];
    struct setting setting;
    for (size_t i = 0; setting_at(i, &setting); i++) {
        setting_path(&setting, path);
        fprintf(out, "%s: ", print_section(path, section, out));
        print_value(setting_format(&setting, settings, value), out);
    }
    if (settings->subscription_count > 0)
        fputs(SUBSCRIPTIONS ":\n", out);
    for (size_t i = 0; i < settings->subscription_count; i++)
        print_subscription(&settings->subscriptions[i], out);
    if (settings->kafka_count > 0)
        fputs("kafka:\n", out);
    for (size_t i = 0; i < settings->kafka_count; i++)
        print_kafka(&settings->kafka[i], out);
}
