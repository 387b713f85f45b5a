/* `notify config`: what Alertmanager is configured with. */
#include <errno.h>
#include <string.h>

#include "alerts/alertmanager_config.h"
#include "consumer/command.h"
#include "consumer/command_parse.h"
#include "consumer/exit_code.h"
#include "consumer/file_replace.h"
#include "consumer/settings_mail.h"

#define CONFIG_NAME "alertmanager.yml"

static void write_config(FILE *out, const void *context)
{
    alertmanager_config_write(out, context);
}

static void write_template(FILE *out, const void *context)
{
    (void)context;
    alertmanager_template_write(out);
}

static struct alertmanager_config config_of(const struct settings *settings, const struct contacts *contacts)
{
    return (struct alertmanager_config){
        .contacts = contacts,
        .service = settings->group,
        .smarthost = settings->mail_smarthost,
        .from = settings->mail_from,
        .username = settings->mail_username,
        .password_file = settings->mail_password_file,
        .require_tls = settings->mail_require_tls,
        .gather_seconds = settings->mail_gather_seconds,
        .interval_seconds = settings->mail_interval_seconds,
        .digest_at = settings_digest_at(settings),
        .quiet = settings_quiet_hours(settings),
    };
}

/* --- whom it is for ----------------------------------------------------------------------------------------------- */

static bool have_mail(const struct settings *settings)
{
    if (settings->mail_smarthost[0] != '\0' && settings->mail_from[0] != '\0')
        return true;
    fputs("mail.smarthost and mail.from must be set: Alertmanager mails by them\n", stderr);
    return false;
}

static void advise(const struct contacts *contacts, const char *name)
{
    for (size_t i = 0; i < contacts->count; i++)
        if (contacts->rows[i].mail[0] == '\0')
            fprintf(stderr, "advice: %s:%zu: mail is empty; nobody is told of what begins at %s\n", name,
                    contacts->rows[i].line, contacts->rows[i].location_id);
}

static int read_contacts(struct contacts *contacts, const char *name)
{
    FILE *file = fopen(name, "re");
    if (file == NULL) {
        fprintf(stderr, "%s: %s\n", name, strerror(errno));
        return EXIT_NO_INPUT;
    }
    const bool is_right = contacts_read(contacts, file, name, stderr);
    fclose(file);
    if (is_right)
        advise(contacts, name);
    return is_right ? EXIT_OK : EXIT_CONFIG;
}

/* The templates first: the configuration needs them. */
static int write_files(const char *folder, const struct alertmanager_config *config)
{
    if (!file_replace(folder, ALERTMANAGER_TEMPLATE_NAME, write_template, NULL, stderr) ||
        !file_replace(folder, CONFIG_NAME, write_config, config, stderr))
        return EXIT_IO;
    const size_t named = config->contacts->count - 1; /* the row of all others is there */
    printf("%s/" CONFIG_NAME " and " ALERTMANAGER_TEMPLATE_NAME ": %zu %s and all others; restart Alertmanager\n",
           folder, named, named == 1 ? "location" : "locations");
    return EXIT_OK;
}

static int run(const struct arguments *arguments)
{
    const char *name = arguments_value(arguments, "contacts"), *folder = arguments_value(arguments, "output");
    struct contacts contacts = {0};
    if (name == NULL) {
        command_complain(arguments->command, "--contacts is required: who is mailed about which location");
        return EXIT_USAGE;
    }
    if (!have_mail(arguments->settings))
        return EXIT_CONFIG;
    int exit_code = read_contacts(&contacts, name);
    if (exit_code == EXIT_OK) {
        const struct alertmanager_config config = config_of(arguments->settings, &contacts);
        exit_code = write_files(folder == NULL ? "." : folder, &config);
    }
    contacts_fini(&contacts);
    return exit_code;
}

static const struct command_option options[] = {
    {.name = "contacts",
     .type = OPTION_TEXT,
     .argument = "FILE",
     .help = "Who is mailed: CSV with the heading location_id,mail,overdue_mail,language."},
    {.name = "output",
     .type = OPTION_TEXT,
     .argument = "FOLDER",
     .help = "Where the two files are written; without it, here."},
};

const struct command command_notify_config = {
    .name = "notify config",
    .operands = "",
    .summary = "write Alertmanager's configuration and the templates of its mails",
    .details =
        "Writes alertmanager.yml and placement-alerts.tmpl, by who is mailed about which location and by the settings "
        "alertmanager.quiet_* and mail.*. Of each location there is one mail of what broke a norm or ended, one a day "
        "of notices, one of what has been wrong for long "
        "to whom overdue_mail names besides, one of what was over before it could be told. Both files are "
        "replaced as a whole. Alertmanager is to be restarted then; whose row is as it was is told nothing again.",
    .options = options,
    .option_count = sizeof(options) / sizeof(options[0]),
    .has_settings = true,
    .needs_no_secrets = true,
    .run = run,
};
