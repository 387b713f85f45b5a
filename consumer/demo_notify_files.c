#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/random.h>
#include <sys/stat.h>

#include "consumer/demo_notify_internal.h"
#include "consumer/log.h"

#define SECRET_BYTES 32 /* as many characters in base64 without padding: 3 bytes are 4 of them */

extern const char demo_inbox_py[], webhooks_py[];
extern const size_t demo_inbox_py_length, webhooks_py_length;

struct demo_path demo_notify_path(const struct demo_notify *notify, const char *name)
{
    struct demo_path path;
    snprintf(path.text, sizeof path.text, "%s/%s", notify->folder, name);
    return path;
}

static bool make_folder(const char *path)
{
    if (mkdir(path, 0700) == 0 || errno == EEXIST)
        return true;
    log_warning("demo", "nobody is told: %s can not be made: %s", path, strerror(errno));
    return false;
}

static FILE *open_file(const struct demo_notify *notify, const char *name)
{
    const struct demo_path path = demo_notify_path(notify, name);
    const int descriptor = open(path.text, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    FILE *file = descriptor < 0 ? NULL : fdopen(descriptor, "w");
    if (file == NULL)
        log_warning("demo", "nobody is told: %s can not be written: %s", path.text, strerror(errno));
    return file;
}

static bool close_file(const struct demo_notify *notify, const char *name, FILE *file)
{
    const bool written = ferror(file) == 0;
    if (fclose(file) == 0 && written)
        return true;
    log_warning("demo", "nobody is told: writing %s failed", demo_notify_path(notify, name).text);
    return false;
}

static bool write_text(const struct demo_notify *notify, const char *name, const char *text, size_t length)
{
    FILE *file = open_file(notify, name);
    if (file == NULL)
        return false;
    fwrite(text, 1, length, file);
    return close_file(notify, name, file);
}

/* What signs the webhook: any letters and digits are base64, if there is a multiple of four of them. */
static bool write_secret(const struct demo_notify *notify)
{
    static const char characters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    uint8_t bytes[4 * SECRET_BYTES / 3 & ~3];
    char text[6 + sizeof bytes + 1] = "whsec_";
    if (getrandom(bytes, sizeof bytes, 0) != (ssize_t)sizeof bytes)
        return false;
    for (size_t i = 0; i < sizeof bytes; i++)
        text[6 + i] = characters[bytes[i] % 64];
    return write_text(notify, "secret", text, sizeof text - 1);
}

bool demo_notify_write_inbox(const struct demo_notify *notify)
{
    return make_folder(notify->folder) && make_folder(demo_notify_path(notify, "mails").text) &&
           write_text(notify, "inbox.py", demo_inbox_py, demo_inbox_py_length) &&
           write_text(notify, "webhooks.py", webhooks_py, webhooks_py_length) && write_secret(notify);
}

/* --- what an operator would write --------------------------------------------------------------------------------- */

/* A case manager a site, in turn in Dutch and in English; of all other sites nobody is told. */
static bool write_contacts(const struct demo_notify *notify)
{
    FILE *file = open_file(notify, "contacts.csv");
    if (file == NULL)
        return false;
    fputs("location_id,mail,overdue_mail,language\n", file);
    for (size_t i = 0; i < DEMO_TOLD_SITES; i++)
        fprintf(file, "%s,%s@example.org,region@example.org,%s\n", notify->sites[i]->location_id,
                notify->sites[i]->location_id, i % 2 == 0 ? "nl" : "en");
    fputs("*,,,\n", file);
    return close_file(notify, "contacts.csv", file);
}

static void write_subscription(const struct demo_notify *notify, FILE *file)
{
    fprintf(file, "subscriptions:\n  schools:\n    url: http://127.0.0.1:%u/\n    secret_file: %s\n    locations: ",
            notify->inbox.webhook_port, demo_notify_path(notify, "secret").text);
    for (size_t i = 0; i < DEMO_TOLD_SITES; i++)
        fprintf(file, "%s%s", i > 0 ? "," : "", notify->sites[i]->location_id);
    fprintf(file, "\n");
}

/* Seconds where it would be minutes, since a day of the demo is a tenth of a second; and no quiet hours. */
static void write_told(const struct demo_notify *notify, uint16_t alertmanager_port, FILE *file)
{
    fprintf(file, "alertmanager:\n  urls: http://127.0.0.1:%u\n", alertmanager_port);
    fprintf(file,
            "mail:\n  smarthost: 127.0.0.1:%u\n  from: placement-alerts@example.org\n  require_tls: false\n"
            "  gather_seconds: 1\n  interval_seconds: 3\n",
            notify->inbox.smtp_port);
    fputs("webhooks:\n  allowed_hosts: 127.0.0.1\n  allow_http: true\n  allow_private_addresses: true\n", file);
    fputs("cloudevents:\n  source: urn:nld:oin:00000001234567890000:systeem:placement-alerts-demo\n", file);
}

bool demo_notify_write_settings(const struct demo_notify *notify, const struct settings *settings,
                                uint16_t alertmanager_port)
{
    FILE *file = open_file(notify, "settings.yaml");
    if (file == NULL)
        return false;
    fprintf(file, "kafka:\n  bootstrap.servers: %s\n", settings_kafka(settings, "bootstrap.servers"));
    fprintf(file, "service:\n  group: %s\n", settings->group);
    fprintf(file, "topics:\n  alerts: %s\n  partitions: %d\n", settings->topics[TOPIC_ALERTS],
            (int)settings->topic_partitions);
    fputs("clock: 2025-04-01 # today is what the alerts speak of\n", file);
    write_told(notify, alertmanager_port, file);
    write_subscription(notify, file);
    return close_file(notify, "settings.yaml", file) && write_contacts(notify);
}
