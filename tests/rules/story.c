#include "story.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/support/calendar_csv.h"

#define MS_PER_DAY 86400000
#define NINE_O_CLOCK_MS (9 * 3600000)

struct day day_of(const char *text)
{
    struct day day = DAY_ABSENT;
    if (text == NULL || !day_parse(text, strlen(text), &day))
        fail_msg("no day: %s", text);
    return day;
}

struct uuid story_event(unsigned n)
{
    return (struct uuid){.bytes = {[15] = (uint8_t)n}};
}

/* --- reading ------------------------------------------------------------------------------------------------------ */

static int symbol_of(const char *word, const char *const *names, int count)
{
    for (int i = 0; word != NULL && i < count; i++)
        if (strcasecmp(word, names[i]) == 0)
            return i;
    fail_msg("no such symbol: %s", word);
    return 0;
}

static struct text text_of(const char *word)
{
    assert_non_null(word);
    return (struct text){word, (uint32_t)strlen(word)};
}

static char *next_word(char **rest)
{
    return strtok_r(NULL, " \n", rest);
}

static struct place place_read(char **rest)
{
    struct text location_id = text_of(next_word(rest));
    int kind = symbol_of(next_word(rest), location_kind_names, LOCATION_KIND_COUNT);
    return (struct place){location_id, (enum location_kind)kind,
                          (enum region)symbol_of(next_word(rest), region_names, REGION_COUNT)};
}

static int64_t recorded_read(char *word)
{
    char *plus = strchr(word, '+');
    long ms = plus == NULL ? 0 : strtol(plus + 1, NULL, 10);
    if (plus != NULL)
        *plus = '\0';
    return (int64_t)day_of(word).number * MS_PER_DAY + NINE_O_CLOCK_MS + ms;
}

/* What may follow; returns the first word that is none of it (the place left). */
static void details_read(struct fact *fact, char **rest)
{
    for (char *word; (word = next_word(rest)) != NULL;) {
        if (strcmp(word, "born") == 0)
            fact->birth_date = day_of(next_word(rest));
        else if (strcmp(word, "applied") == 0)
            fact->applied_on = day_of(next_word(rest));
        else if (strcmp(word, "accompanied") == 0)
            fact->unaccompanied = ANSWER_NO;
        else if (strcmp(word, "unaccompanied") == 0)
            fact->unaccompanied = ANSWER_YES;
        else if (strcmp(word, "id") == 0)
            fact->event_id = story_event((unsigned)atoi(next_word(rest)));
        else if (strcmp(word, "recorded") == 0)
            fact->recorded_at_ms = recorded_read(next_word(rest));
        else if (strcmp(word, "retracted") == 0)
            fact->retracted = true;
        else if (fact->kind == FACT_DEPARTED && place_is_absent(&fact->place))
            fact->place = (struct place){text_of(word), LOCATION_OTHER, REGION_NORTH};
        else
            fail_msg("what is \"%s\"?", word);
    }
}

static void fact_read(struct fact *fact, unsigned number, char *text)
{
    char *rest;
    struct day day = day_of(strtok_r(text, " \n", &rest));
    *fact = (struct fact){
        .event_id = story_event(number),
        .occurred_on = day,
        .recorded_at_ms = (int64_t)day.number * MS_PER_DAY + NINE_O_CLOCK_MS,
        .birth_date = DAY_ABSENT,
        .applied_on = DAY_ABSENT,
        .kind = (enum fact_kind)symbol_of(next_word(&rest), fact_kind_names, FACT_KIND_COUNT),
    };
    if (fact->kind == FACT_ARRIVED || fact->kind == FACT_MOVED)
        fact->place = place_read(&rest);
    else if (fact->kind != FACT_DEPARTED)
        fact->school_id = text_of(next_word(&rest));
    details_read(fact, &rest);
    fact->first_recorded_at_ms = fact->recorded_at_ms;
    fact_normalize(fact);
}

void story_tell(struct story *story, const char *text)
{
    char *rest;
    assert_true(strlen(text) < sizeof(story->text));
    strcpy(story->text, text);
    story->count = 0;
    for (char *one = strtok_r(story->text, ";", &rest); one != NULL; one = strtok_r(NULL, ";", &rest)) {
        assert_true(story->count < STORY_FACTS_MAX);
        unsigned number = (unsigned)++story->count;
        fact_read(&story->facts[number - 1], number, one);
    }
}

/* --- judging ------------------------------------------------------------------------------------------------------ */

void bench_init(struct bench *bench)
{
    struct calendar_row *rows;
    size_t count;
    assert_true(calendar_rows_read(PROJECT_SOURCE_DIR "/etc/school-calendar.csv", &rows, &count));
    bench->calendar = calendar_new(rows, count);
    free(rows);
    assert_non_null(bench->calendar);
    assert_true(child_init(&bench->child));
    assert_true(judgement_init(&bench->judgement));
    bench_set_norms(bench, NULL);
    bench_begin(bench);
}

void bench_fini(struct bench *bench)
{
    calendar_free(bench->calendar);
    child_fini(&bench->child);
    judgement_fini(&bench->judgement);
}

void bench_set_norms(struct bench *bench, const char *norms)
{
    char text[512], *rest, *value;
    norms_init(&bench->norms);
    assert_true(snprintf(text, sizeof(text), "%s", norms == NULL ? "" : norms) < (int)sizeof(text));
    for (char *name = strtok_r(text, "= ;", &rest); name != NULL; name = strtok_r(NULL, "= ;", &rest)) {
        const struct norm_option *option = norm_option_find(name);
        const char *why = "no such option";
        value = strtok_r(NULL, "=;", &rest);
        if (option == NULL || value == NULL || !norm_parse(&bench->norms, option, value, &why))
            fail_msg("%s=%s: %s", name, value, why);
    }
}

struct yardstick bench_yardstick(const struct bench *bench, const char *today)
{
    return (struct yardstick){&bench->norms, bench->calendar, day_of(today), 30};
}

void bench_begin(struct bench *bench)
{
    child_reset(&bench->child, (struct text){"child-1", 7});
}

void bench_apply(struct bench *bench, const struct story *story)
{
    for (size_t i = 0; i < story->count; i++)
        child_apply(&bench->child, &story->facts[i]);
}

static void say(struct bench *bench, const char *format, ...)
{
    size_t length = strlen(bench->said);
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(bench->said + length, sizeof(bench->said) - length, format, arguments);
    va_end(arguments);
}

static void say_day(struct bench *bench, const char *what, struct day day)
{
    char text[DAY_TEXT_SIZE];
    if (day_is_absent(day))
        return;
    day_format(day, text);
    say(bench, " %s %s", what, text);
}

static void say_event(struct bench *bench, const char *what, const struct uuid *event)
{
    if (!uuid_is_nil(event))
        say(bench, " %s #%u", what, event->bytes[15]);
}

static void say_alert(struct bench *bench, const struct alert *alert)
{
    say(bench, "%s #%u %s", rules[alert->rule]->name, alert->cause.bytes[15], level_names[alert->level]);
    say_day(bench, "raised", alert->raised_on);
    say_day(bench, "violated", alert->violation_on);
    say_day(bench, "due", alert->due_on);
    if (alert->norm_months > 0)
        say(bench, " norm %d", alert->norm_months);
    say(bench, " at %.*s", (int)alert->place.location_id.length, alert->place.location_id.bytes);
    say_day(bench, "resolved", alert->resolved_on);
    if (alert->state == ALERT_WITHDRAWN)
        say(bench, " WITHDRAWN");
    if (alert->resolution != RESOLUTION_NONE)
        say(bench, " %s", resolution_names[alert->resolution]);
    say_event(bench, "by", &alert->withdrawn_by);
    say_event(bench, "for", &alert->replaced_by);
}

const char *bench_alerts_on(struct bench *bench, const char *today)
{
    struct yardstick yardstick = bench_yardstick(bench, today);
    child_assess(&bench->child, &yardstick, &bench->judgement);
    bench->said[0] = '\0';
    for (uint32_t i = 0; i < bench->judgement.alert_count; i++) {
        say(bench, "%s", i == 0 ? "" : "\n");
        say_alert(bench, &bench->judgement.alerts[i]);
    }
    return bench->said;
}

const char *bench_judge(struct bench *bench, const char *today)
{
    struct yardstick yardstick = bench_yardstick(bench, today);
    child_judge(&bench->child, &yardstick, &bench->judgement);
    bench->said[0] = '\0';
    for (uint32_t i = 0; i < bench->judgement.change_count; i++) {
        const struct alert *alert = &bench->child.alerts[bench->judgement.changes[i].alert];
        say(bench, "%srev %u ", i == 0 ? "" : "\n", alert->revision);
        say_alert(bench, alert);
    }
    return bench->said;
}
