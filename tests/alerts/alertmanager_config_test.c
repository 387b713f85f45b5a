/* Protects what Alertmanager is configured with: the configuration is alertmanager.yml here, and each setting changes
 * what it is to change; the templates have each text in one language. That Alertmanager takes it and does as is meant
 * is tested in tests/kafka. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "alerts/alertmanager_annotations.h"
#include "alerts/alertmanager_config.h"

#define EXPECTED PROJECT_SOURCE_DIR "/tests/alerts/alertmanager.yml"
#define TEXT_BYTES_MAX 65536

static const char rows[] = "location_id,mail,overdue_mail,language\n"
                           "noodopvang-oss-03,a@x b@x,chief@x,nl\n"
                           "azc-emmen-01,b@x a@x,,\n"
                           "nobody,,,\n"
                           "late,,chief@x,en\n"
                           "*,o@x,chief@x,\n";

struct written {
    struct contacts contacts;
    struct alertmanager_config config;
    char *text;
};

static void setup(struct written *written)
{
    FILE *file = fmemopen((char *)(uintptr_t)rows, sizeof(rows) - 1, "r");
    *written = (struct written){
        .config = {.contacts = &written->contacts,
                   .service = "placement-alerts",
                   .smarthost = "smtp.example.org:587",
                   .from = "alerts@example.org",
                   .username = "alerts",
                   .password_file = "/run/secrets/\"mail\"\\\n",
                   .require_tls = true,
                   .gather_seconds = 60,
                   .interval_seconds = 300,
                   .digest_at = 7 * 60,
                   .quiet = {.from = 19 * 60, .until = 7 * 60, .weekend = true}},
    };
    assert_true(contacts_read(&written->contacts, file, "rows", stderr));
    fclose(file);
}

static const char *write_text(struct written *written)
{
    size_t size;
    free(written->text);
    FILE *out = open_memstream(&written->text, &size);
    alertmanager_config_write(out, &written->config);
    fclose(out);
    return written->text;
}

static void teardown(struct written *written)
{
    contacts_fini(&written->contacts);
    free(written->text);
}

static void is_the_file(void **state)
{
    struct written written;
    char *expected = calloc(1, TEXT_BYTES_MAX);
    FILE *file = fopen(EXPECTED, "r");
    (void)state;
    setup(&written);
    assert_non_null(file);
    assert_true(fread(expected, 1, TEXT_BYTES_MAX - 1, file) < TEXT_BYTES_MAX - 1);
    fclose(file);
    assert_string_equal(write_text(&written), expected);
    free(expected);
    teardown(&written);
}

static void quiet_times(void **state)
{
    static const char weekend[] = "weekdays: [saturday, sunday]", mute[] = "mute_time_intervals: [quiet]";
    struct written written;
    (void)state;
    setup(&written);
    written.config.quiet = (struct quiet_hours){.from = 30, .until = 90};
    assert_non_null(strstr(write_text(&written), "          - {start_time: '00:30', end_time: '01:30'}\n"));
    assert_null(strstr(written.text, weekend));
    assert_non_null(strstr(written.text, mute));
    written.config.quiet = (struct quiet_hours){.from = 1200, .until = 0};
    assert_non_null(strstr(write_text(&written), "          - {start_time: '20:00', end_time: '24:00'}\nreceivers:"));
    written.config.quiet = (struct quiet_hours){.weekend = true};
    assert_non_null(strstr(write_text(&written), weekend));
    assert_null(strstr(written.text, "'24:00'"));
    written.config.quiet = (struct quiet_hours){0};
    assert_null(strstr(write_text(&written), "quiet"));
    teardown(&written);
}

static void a_digest_about_midnight(void **state)
{
    struct written written;
    (void)state;
    setup(&written);
    written.config.quiet = (struct quiet_hours){0};
    written.config.digest_at = 1435;
    assert_non_null(strstr(write_text(&written), "          - {start_time: '23:55', end_time: '24:00'}\n"
                                                 "          - {start_time: '00:00', end_time: '00:05'}\n"));
    written.config.digest_at = 1430;
    assert_non_null(strstr(write_text(&written), "          - {start_time: '23:50', end_time: '24:00'}\nreceivers:"));
    teardown(&written);
}

static void a_mail_server(void **state)
{
    struct written written;
    (void)state;
    setup(&written);
    written.config.username = written.config.password_file = "";
    assert_null(strstr(write_text(&written), "smtp_auth"));
    assert_non_null(strstr(written.text, "smtp_require_tls: true\n"));
    written.config.smarthost = "smtp.example.org:465"; /* TLS from the start: there is nothing to ask for */
    assert_non_null(strstr(write_text(&written), "smtp_require_tls: false\n"));
    written.config.smarthost = "smtp.example.org:4465";
    assert_non_null(strstr(write_text(&written), "smtp_require_tls: true\n"));
    written.config.require_tls = false;
    assert_non_null(strstr(write_text(&written), "smtp_require_tls: false\n"));
    teardown(&written);
}

static size_t count(const char *text, const char *piece)
{
    size_t found = 0;
    for (; (text = strstr(text, piece)) != NULL; text++)
        found++;
    return found;
}

static void templates_are_in_both_languages(void **state)
{
    static const char *const once[] = {"nieuwe signalen",
                                       "new notices",
                                       "Nog open",
                                       "Still open",
                                       "define \"placement_alerts_html_nl\"",
                                       "define \"placement_alerts_html_en\""};
    char *text;
    size_t size;
    FILE *out = open_memstream(&text, &size);
    (void)state;
    alertmanager_template_write(out);
    fclose(out);
    assert_int_equal(count(text, "[["), 0);
    assert_int_equal(count(text, "]]"), 0);
    for (size_t i = 0; i < sizeof(once) / sizeof(once[0]); i++)
        assert_int_equal(count(text, once[i]), 1);
    assert_int_equal(count(text, "_nl\""), count(text, "_en\""));
    free(text);
}

/* Wherever it asks for an outcome. */
static void templates_leave_out_what_is_not_told(void **state)
{
    char *text, silent[256] = "";
    size_t size, places = 0;
    FILE *out = open_memstream(&text, &size);
    (void)state;
    for (int outcome = OUTCOME_NONE + 1; outcome < OUTCOME_COUNT; outcome++)
        if (!alertmanager_outcome_is_told((enum alertmanager_outcome)outcome))
            snprintf(silent + strlen(silent), sizeof(silent) - strlen(silent), "%s%s", silent[0] == '\0' ? "^(" : "|",
                     alertmanager_outcome_code((enum alertmanager_outcome)outcome));
    strcat(silent, ")$\" .Annotations.outcome");
    alertmanager_template_write(out);
    fclose(out);
    for (const char *at = text; (at = strstr(at, "(match \"^(")) != NULL; places++) {
        at += strlen("(match \"");
        assert_memory_equal(at, silent, strlen(silent));
    }
    assert_int_equal(places, 2 * 3); /* in both languages: the subject, the text, the page */
    free(text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(is_the_file),
        cmocka_unit_test(quiet_times),
        cmocka_unit_test(a_digest_about_midnight),
        cmocka_unit_test(a_mail_server),
        cmocka_unit_test(templates_are_in_both_languages),
        cmocka_unit_test(templates_leave_out_what_is_not_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
