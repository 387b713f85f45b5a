/* Protects what alerts of two days are compared with: one that is passed over is never published, foreseen or named,
 * and one that is paired with another is told as a change that nobody made. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <string.h>

#include "rules/alert_pairs.h"

#define ALERTS_MAX 8

/* Each letter pair is an alert: its rule and its cause. */
static uint32_t alerts_of(const char *letters, struct alert alerts[ALERTS_MAX])
{
    uint32_t count = 0;
    for (; *letters != '\0'; letters += letters[2] == ' ' ? 3 : 2)
        alerts[count++] = (struct alert){.rule = (uint8_t)(letters[0] - '0'), .cause = {{(uint8_t)letters[1]}}};
    return count;
}

static void alert_tell(const struct alert *alert, char *text)
{
    if (alert == NULL)
        strcat(text, "-");
    else
        sprintf(text + strlen(text), "%d%c", alert->rule, alert->cause.bytes[0]);
}

static void every_alert_is_in_one_pair(void **state)
{
    static const struct {
        const char *before, *after, *pairs;
    } rows[] = {
        {"", "", ""},
        {"0a", "", "0a:- "},
        {"", "0a", "-:0a "},
        {"0a", "0a", "0a:0a "},
        {"0a", "0b", "0a:- -:0b "},
        {"0b", "0a", "-:0a 0b:- "},
        {"0b", "1a", "0b:- -:1a "}, /* the rule comes first */
        {"1a", "0a", "-:0a 1a:- "},
        {"0a 0b 0c", "0b", "0a:- 0b:0b 0c:- "},
        {"0b", "0a 0b 0c", "-:0a 0b:0b -:0c "},
        {"0a 0c 2a", "0b 0c 1a 2a 2b", "0a:- -:0b 0c:0c -:1a 2a:2a -:2b "},
    };
    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct alert before[ALERTS_MAX], after[ALERTS_MAX];
        uint32_t before_count = alerts_of(rows[i].before, before), after_count = alerts_of(rows[i].after, after);
        struct alert_pairs pairs = alert_pairs_of(before_count > 0 ? before : NULL, before_count,
                                                  after_count > 0 ? after : NULL, after_count);
        char told[128] = "";
        for (struct alert_pair pair; alert_pairs_next(&pairs, &pair); strcat(told, " ")) {
            alert_tell(pair.before, told);
            strcat(told, ":");
            alert_tell(pair.after, told);
        }
        assert_string_equal(told, rows[i].pairs);
    }
}

static void after_the_last_there_are_none(void **state)
{
    const struct alert alert = {.rule = 0};
    struct alert_pairs pairs = alert_pairs_of(&alert, 1, NULL, 0);
    struct alert_pair pair = {0};
    (void)state;
    assert_true(alert_pairs_next(&pairs, &pair));
    assert_false(alert_pairs_next(&pairs, &pair) || alert_pairs_next(&pairs, &pair));
    assert_ptr_equal(pair.before, &alert);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_alert_is_in_one_pair),
        cmocka_unit_test(after_the_last_there_are_none),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
