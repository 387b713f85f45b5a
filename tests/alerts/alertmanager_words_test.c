/* Protects what case managers read of an alert, in both languages, and what Alertmanager knows an alert by: no label
 * that is not agreed upon, none that is understood where it was not written by us, and nothing of a child in what is
 * said of one that is forgotten. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "alertmanager_records.h"
#include "alerts/alertmanager_annotations.h"

#define LENGTH(array) (sizeof(array) / sizeof((array)[0]))

static void set_day(struct day *day, const char *text)
{
    if (text != NULL)
        assert_true(day_parse(text, strlen(text), day));
}

/* --- sentences ---------------------------------------------------------------------------------------------------- */

static void test_an_alert_in_a_sentence(void **state)
{
    static const struct {
        uint8_t rule;
        enum level level;
        const char *raised, *violation, *due;
        int months;
        const char *english, *dutch;
    } rows[] = {
        {RULE_EMERGENCY_STAY, LEVEL_NOTICE, "2025-08-04", NULL, "2025-09-03", 6,
         "Child k-7 (azc-emmen-01) has to leave emergency reception by 3 September 2025: 6 months is the norm.",
         "Kind k-7 (azc-emmen-01) moet uiterlijk 3 september 2025 uit de noodopvang zijn: de norm is 6 maanden."},
        {RULE_EMERGENCY_STAY, LEVEL_SEVERE, "2025-01-04", "2025-02-04", "2025-02-03", 6,
         "Child k-7 (azc-emmen-01) has been in emergency reception for longer than the norm of 6 months since "
         "4 February 2025.",
         "Kind k-7 (azc-emmen-01) zit sinds 4 februari 2025 langer dan de norm van 6 maanden in noodopvang."},
        {RULE_NO_SCHOOL, LEVEL_NOTICE, "2025-08-04", NULL, "2025-09-03", 2,
         "Child k-7 (azc-emmen-01) has no school yet and has to start by 3 September 2025: 2 months is the norm.",
         "Kind k-7 (azc-emmen-01) heeft nog geen school en moet uiterlijk 3 september 2025 beginnen: de norm is 2 "
         "maanden."},
        {RULE_NO_SCHOOL, LEVEL_VIOLATION, "2025-08-04", "2025-08-24", "2025-08-23", 3,
         "Child k-7 (azc-emmen-01) has had no school for longer than the norm of 3 months since 24 August 2025.",
         "Kind k-7 (azc-emmen-01) heeft sinds 24 augustus 2025 langer dan de norm van 3 maanden geen school."},
        {RULE_NO_SCHOOL, LEVEL_VIOLATION, "2025-08-04", "2025-08-24", NULL, 0, /* whatever a later version leaves out */
         "Child k-7 (azc-emmen-01): no school in time, since 24 August 2025.",
         "Kind k-7 (azc-emmen-01): niet op tijd naar school, sinds 24 augustus 2025."},
        {RULE_SCHOOL_MOVE, LEVEL_VIOLATION, "2025-08-30", "2025-09-01", NULL, 0,
         "Child k-7 (azc-emmen-01) has been out of school since 1 September 2025 because of a move.",
         "Kind k-7 (azc-emmen-01) gaat sinds 1 september 2025 niet naar school door een verhuizing."},
        {RULE_SCHOOL_GAP, LEVEL_SEVERE, "2025-08-30", "2025-08-30", NULL, 0,
         "Child k-7 (azc-emmen-01) stopped going to school and has been away for too long since 30 August 2025.",
         "Kind k-7 (azc-emmen-01) is gestopt met school en blijft sinds 30 augustus 2025 te lang weg."},
        {RULE_REPEATED_MOVES, LEVEL_NOTICE, "2025-08-30", NULL, NULL, 0,
         "Child k-7 (azc-emmen-01) has had to move often; noticed on 30 August 2025.",
         "Kind k-7 (azc-emmen-01) is vaak verhuisd; opgemerkt op 30 augustus 2025."},
    };
    (void)state;
    for (size_t i = 0; i < LENGTH(rows); i++) {
        struct alertmanager_annotations words;
        struct alert_record record = record_of(7);
        record.alert.rule = rows[i].rule;
        record.alert.level = rows[i].level;
        record.alert.norm_months = rows[i].months;
        record.alert.violation_on = record.alert.due_on = DAY_ABSENT;
        set_day(&record.alert.raised_on, rows[i].raised);
        set_day(&record.alert.violation_on, rows[i].violation);
        set_day(&record.alert.due_on, rows[i].due);
        const struct alertmanager_labels labels = alertmanager_labels_of(&record);
        alertmanager_annotations_init(&words,
                                      &(struct alertmanager_told){.labels = &labels, .record = &record, .link = ""});
        assert_string_equal(words.summary[LANGUAGE_ENGLISH], rows[i].english);
        assert_string_equal(words.summary[LANGUAGE_DUTCH], rows[i].dutch);
        assert_string_equal(words.since, rows[i].violation != NULL ? rows[i].violation : rows[i].raised);
        assert_string_equal(words.outcome, "");
        assert_string_equal(words.outcome_words[LANGUAGE_DUTCH], "");
    }
}

static void test_what_was_over_before_it_was_told(void **state)
{
    static const struct {
        const char *since, *until, *english;
    } rows[] = {
        {"2025-09-01", "2025-09-01", "Child k-7 (azc-emmen-01): out of school because of a move, on 1 September 2025."},
        {"2025-08-28", "2025-09-01",
         "Child k-7 (azc-emmen-01): out of school because of a move, from 28 August 2025 until 1 September 2025."},
    };
    (void)state;
    for (size_t i = 0; i < LENGTH(rows); i++) {
        struct alertmanager_annotations words;
        struct alert_record record = record_of(7);
        record.alert.rule = RULE_SCHOOL_MOVE;
        record.alert.state = ALERT_RESOLVED;
        set_day(&record.alert.violation_on, rows[i].since);
        set_day(&record.alert.resolved_on, rows[i].until);
        struct alertmanager_labels labels = alertmanager_labels_of(&record);
        labels.is_past = true;
        alertmanager_annotations_init(&words,
                                      &(struct alertmanager_told){.labels = &labels, .record = &record, .link = ""});
        assert_string_equal(words.summary[LANGUAGE_ENGLISH], rows[i].english);
    }
}

/* --- outcomes ----------------------------------------------------------------------------------------------------- */

static void test_what_became_of_it(void **state)
{
    static const struct {
        enum alertmanager_outcome outcome;
        enum alert_state state;
        enum resolution resolution;
        const char *code, *english, *dutch;
    } rows[] = {
        {OUTCOME_ENDED, ALERT_RESOLVED, RESOLUTION_SCHOOL_STARTED, "SCHOOL_STARTED",
         "Over since 2 September 2025: started school.", "Voorbij sinds 2 september 2025: naar school gegaan."},
        {OUTCOME_ENDED, ALERT_WITHDRAWN, RESOLUTION_CORRECTED, "CORRECTED", "Taken back: the facts were corrected.",
         "Ingetrokken: de gegevens zijn verbeterd."},
        {OUTCOME_MOVED, ALERT_OPEN, RESOLUTION_NONE, "MOVED",
         "The child lives at azc-emmen-01 now; the alert goes on there.",
         "Het kind verblijft nu in azc-emmen-01; de melding gaat daar verder."},
        {OUTCOME_ESCALATED, ALERT_OPEN, RESOLUTION_NONE, "ESCALATED", "Goes on, now as: severe.",
         "Loopt door, nu als: ernstig."},
        {OUTCOME_LOWERED, ALERT_OPEN, RESOLUTION_NONE, "LOWERED", "Goes on, now as: severe.",
         "Loopt door, nu als: ernstig."},
        {OUTCOME_OVERDUE, ALERT_OPEN, RESOLUTION_NONE, "OVERDUE", "Goes on, for 30 days or longer by now.",
         "Loopt door, nu al 30 dagen of langer."},
        {OUTCOME_REPLACED, ALERT_WITHDRAWN, RESOLUTION_CORRECTED, "REPLACED",
         "Goes on as another alert, since the facts were corrected.",
         "Loopt door als een andere melding, omdat de gegevens zijn verbeterd."},
        {OUTCOME_CHANGED, ALERT_OPEN, RESOLUTION_NONE, "CHANGED",
         "Goes on; facts about the child or the location changed.",
         "Loopt door; gegevens over het kind of de locatie zijn veranderd."},
        {OUTCOME_PAST, ALERT_RESOLVED, RESOLUTION_SCHOOL_RESUMED, "PAST", "It was over before it could be told.",
         "Het was al voorbij voordat het gemeld kon worden."},
    };
    (void)state;
    for (size_t i = 0; i < LENGTH(rows); i++) {
        struct alertmanager_annotations words;
        struct alert_record record = record_of(7);
        record.alert.level = LEVEL_SEVERE;
        record.alert.state = rows[i].state;
        record.alert.resolution = rows[i].resolution;
        record.alert.resolved_on = rows[i].state == ALERT_RESOLVED ? TODAY : DAY_ABSENT;
        const struct alertmanager_labels labels = alertmanager_labels_of(&record);
        alertmanager_annotations_init(&words, &(struct alertmanager_told){.labels = &labels,
                                                                          .record = &record,
                                                                          .goes_on = &record,
                                                                          .outcome = rows[i].outcome,
                                                                          .overdue_days = 30,
                                                                          .link = ""});
        assert_string_equal(words.outcome, rows[i].code);
        assert_string_equal(words.outcome_words[LANGUAGE_ENGLISH], rows[i].english);
        assert_string_equal(words.outcome_words[LANGUAGE_DUTCH], rows[i].dutch);
    }
}

static void test_nothing_of_a_forgotten_child(void **state)
{
    struct alertmanager_annotations words;
    const struct alert_record record = record_of(7);
    const struct alertmanager_labels labels = alertmanager_labels_of(&record);
    (void)state;
    alertmanager_annotations_init(
        &words,
        &(struct alertmanager_told){.labels = &labels, .outcome = OUTCOME_FORGOTTEN, .link = "https://d/{alert_id}"});
    json_t *object = alertmanager_annotations_json(&words);
    char *text = json_dumps(object, JSON_COMPACT | JSON_SORT_KEYS);
    assert_string_equal(text, "{\"outcome\":\"FORGOTTEN\","
                              "\"outcome_en\":\"The data about this child were erased, as was asked for.\","
                              "\"outcome_nl\":\"De gegevens over dit kind zijn op verzoek gewist.\","
                              "\"summary_en\":\"An alert about a child of azc-emmen-01 whose data were erased.\","
                              "\"summary_nl\":\"Een melding over een kind in azc-emmen-01 waarvan de gegevens zijn "
                              "gewist.\"}");
    free(text);
    json_decref(object);
}

static void test_links(void **state)
{
    static const struct {
        const char *link, *expected;
    } rows[] = {
        {"", ""},
        {"https://d/{alert_id}", "https://d/07000000-0000-0000-0000-000000000001"},
        {"https://d/{alert_id}/?of={alert_id}&x",
         "https://d/07000000-0000-0000-0000-000000000001/?of=07000000-0000-0000-0000-000000000001&x"},
    };
    char most[1025] = "";
    struct alertmanager_annotations words;
    const struct alert_record record = record_of(7);
    const struct alertmanager_labels labels = alertmanager_labels_of(&record);
    struct alertmanager_told told = {.labels = &labels, .record = &record};
    (void)state;
    for (size_t i = 0; i < LENGTH(rows); i++) {
        told.link = rows[i].link;
        alertmanager_annotations_init(&words, &told);
        assert_string_equal(words.link, rows[i].expected);
    }
    while (strlen(most) + strlen("{alert_id}") < sizeof(most))
        strcat(most, "{alert_id}");
    told.link = most;
    alertmanager_annotations_init(&words, &told);
    assert_int_equal(strlen(words.link), 102 * 36);
}

/* --- labels ------------------------------------------------------------------------------------------------------- */

static void test_labels_are_those_agreed_upon(void **state)
{
    struct alert_record record = record_of(7);
    record.alert.unaccompanied = ANSWER_YES;
    struct alertmanager_labels labels = alertmanager_labels_of(&record);
    labels.replaces = REPLACES_EVEN;
    labels.is_overdue = true;
    (void)state;
    json_t *object = alertmanager_labels_json(&labels, "alerts");
    char *text = json_dumps(object, JSON_COMPACT | JSON_SORT_KEYS);
    assert_string_equal(text, "{\"alert_id\":\"07000000-0000-0000-0000-000000000001\",\"alertname\":\"no-school\","
                              "\"child\":\"k-7\",\"level\":\"VIOLATION\",\"location\":\"azc-emmen-01\","
                              "\"overdue\":\"yes\",\"past\":\"no\",\"region\":\"NORTH\",\"replaces\":\"even\","
                              "\"rule\":\"no-school\",\"service\":\"alerts\","
                              "\"thread\":\"07000000-0000-0000-0000-000000000001\",\"unaccompanied\":\"yes\"}");
    free(text);
    json_decref(object);
}

/* Each of them written and read back; and then no longer ours, whatever is changed in it. */
static void test_labels_that_are_read(void **state)
{
    (void)state;
    for (unsigned i = 0; i < 200; i++) {
        struct alert_record record = record_of((uint8_t)i);
        record.alert.rule = (uint8_t)(i % RULE_COUNT);
        record.alert.level = (enum level)(i % LEVEL_COUNT);
        record.alert.place.region = (enum region)(i % REGION_COUNT);
        record.alert.unaccompanied = (enum answer)(i / 2 % 3);
        struct alertmanager_labels labels = alertmanager_labels_of(&record), read;
        labels.thread = id_of((uint8_t)(i / 2));
        labels.replaces = (enum alertmanager_replaces)(i % REPLACES_COUNT);
        labels.is_overdue = i % 2 == 1;
        labels.is_past = i % 5 == 1;
        json_t *object = alertmanager_labels_json(&labels, "alerts");
        assert_true(alertmanager_labels_read(object, "alerts", &read));
        assert_true(alertmanager_labels_equal(&labels, &read));
        assert_false(alertmanager_labels_read(object, "others", &read));
        json_object_set_new(object, "team", json_string("a"));
        assert_false(alertmanager_labels_read(object, "alerts", &read));
        json_decref(object);
    }
}

static void test_labels_of_others(void **state)
{
    static const struct {
        const char *name, *value; /* NULL: taken out */
    } rows[] = {
        {"rule", "no-lunch"},
        {"alertname", "x"},
        {"level", "notice"},
        {"region", "EAST"},
        {"location", NULL},
        {"alert_id", "7"},
        {"thread", ""},
        {"replaces", "yes"},
        {"overdue", "perhaps"},
        {"past", NULL},
        {"unaccompanied", "-"},
        {"service", "alert"},
        {"child", NULL},
        {"location", "a-location-whose-name-is-longer-than-any-of-ours-may-be-and-so-would-be-cut-short"},
    };
    (void)state;
    for (size_t i = 0; i < LENGTH(rows); i++) {
        const struct alert_record record = record_of(7);
        struct alertmanager_labels labels = alertmanager_labels_of(&record);
        json_t *object = alertmanager_labels_json(&labels, "alerts");
        if (rows[i].value == NULL)
            json_object_del(object, rows[i].name);
        else
            json_object_set_new(object, rows[i].name, json_string(rows[i].value));
        assert_false(alertmanager_labels_read(object, "alerts", &labels));
        json_decref(object);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_an_alert_in_a_sentence),
        cmocka_unit_test(test_what_was_over_before_it_was_told),
        cmocka_unit_test(test_what_became_of_it),
        cmocka_unit_test(test_nothing_of_a_forgotten_child),
        cmocka_unit_test(test_links),
        cmocka_unit_test(test_labels_are_those_agreed_upon),
        cmocka_unit_test(test_labels_that_are_read),
        cmocka_unit_test(test_labels_of_others),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
