#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "lab.h"
#include "show.h"

#define READINGS_MAX (2 * STORY_VERSIONS_MAX)
#define JUDGEMENTS_ON_THE_WAY 4

static const struct text child_id = {"child-1", 7};

bool lab_fails(struct lab *lab, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(lab->why, sizeof lab->why, format, arguments);
    va_end(arguments);
    return false;
}

struct random_source lab_random(const struct story *story, struct day today)
{
    return (struct random_source){story->seed * 1000003 + (uint64_t)today.number};
}

/* The versions in an order they may be read in: shuffled, some of them twice. Returns how many. */
static size_t random_reading(const struct story *story, struct random_source *random, uint16_t order[READINGS_MAX])
{
    size_t count = 0;
    for (size_t i = 0; i < story->count; i++)
        for (int times = random_chance(random, 20) ? 2 : 1; times > 0; times--)
            order[count++] = (uint16_t)i;
    for (size_t i = count; i > 1; i--) {
        size_t other = (size_t)random_between(random, 0, (int)i - 1);
        uint16_t kept = order[i - 1];
        order[i - 1] = order[other];
        order[other] = kept;
    }
    return count;
}

static enum applied apply(struct lab *lab, const struct fact *version)
{
    struct fact normalized = *version;
    fact_normalize(&normalized);
    return child_apply(&lab->child, &normalized);
}

void lab_apply_story(struct lab *lab, const struct story *story, struct random_source *random)
{
    uint16_t order[READINGS_MAX];
    size_t count = random_reading(story, random, order);
    child_reset(&lab->child, child_id);
    for (size_t i = 0; i < count; i++)
        apply(lab, &story->versions[order[i]]);
}

static struct day assess(struct lab *lab, const struct story *story, struct day today)
{
    struct yardstick yardstick = lab_yardstick(lab, story, today);
    return child_assess(&lab->child, &yardstick, &lab->judgement);
}

static bool assessment_is_expected(struct lab *lab, const struct story *story, struct day today)
{
    size_t count;
    const struct alert *expected = lab_expected(lab, story, today, &count);
    return same_alerts(expected, count, lab->judgement.alerts, lab->judgement.alert_count);
}

static void tell_alerts(struct lab *lab, const struct story *story, struct day today)
{
    const struct almanac *almanac = lab_almanac(lab, story);
    show_alerts(stderr, almanac, "core", lab->judgement.alerts, lab->judgement.alert_count);
    show_alerts(stderr, almanac, "published", lab->child.alerts, lab->child.alert_count);
    size_t count;
    const struct alert *expected = lab_expected(lab, story, today, &count);
    show_alerts(stderr, almanac, "oracle", expected, count);
}

/* --- assessment_is_the_oracles ----------------------------------------------------------------------------------- */

static bool assessed_as_expected(struct lab *lab, const struct story *story, struct day today)
{
    struct random_source random = lab_random(story, today);
    lab_apply_story(lab, story, &random);
    assess(lab, story, today);
    return assessment_is_expected(lab, story, today) || lab_fails(lab, "the assessment is not the oracle's");
}

const struct property assessment_is_the_oracles = {"assessment_is_the_oracles", assessed_as_expected, tell_alerts};

/* --- next_change_is_never_late ----------------------------------------------------------------------------------- */

static bool unchanged_until_announced(struct lab *lab, const struct story *story, struct day today)
{
    struct random_source random = lab_random(story, today);
    lab_apply_story(lab, story, &random);
    struct day next = assess(lab, story, today);
    if (!day_before(today, next))
        return lab_fails(lab, "the next change is not after today but on day %d", next.number);
    int last = day_before(DAY_LAST, next) ? DAY_LAST.number : next.number - 1;
    last = last > today.number + 1500 ? today.number + 1500 : last;
    const int looks[] = {last, random_between(&random, today.number, last < today.number ? today.number : last)};
    for (int i = 0; i < 2; i++)
        if (looks[i] > today.number && !assessment_is_expected(lab, story, (struct day){looks[i]}))
            return lab_fails(lab, "the alerts changed by day %d, the next change was announced for %d", looks[i],
                             next.number);
    return true;
}

const struct property next_change_is_never_late = {"next_change_is_never_late", unchanged_until_announced, tell_alerts};

/* --- every_day_agrees -------------------------------------------------------------------------------------------- */

static bool right_on_every_day(struct lab *lab, const struct story *story, struct day today)
{
    struct random_source random = lab_random(story, today);
    lab_apply_story(lab, story, &random);
    struct day first = DAY_LAST, last = DAY_FIRST, next = DAY_FIRST;
    for (size_t i = 0; i < story->count; i++) {
        first = day_earlier(first, story->versions[i].occurred_on);
        last = day_later(last, story->versions[i].occurred_on);
    }
    last.number = last.number + 500 < DAY_LAST.number ? last.number + 500 : DAY_LAST.number;
    last.number = last.number < first.number + 2500 ? last.number : first.number + 2500;
    for (struct day day = first; !day_before(last, day); day.number++) {
        if (!day_before(day, next))
            next = assess(lab, story, day);
        if (!assessment_is_expected(lab, story, day))
            return lab_fails(lab, "day %d differs from the last assessment; next change announced for %d", day.number,
                             next.number);
    }
    return true;
}

const struct property every_day_agrees = {"every_day_agrees", right_on_every_day, tell_alerts};

/* --- judging_on_the_way_changes_nothing -------------------------------------------------------------------------- */

static const struct alert *find_alert(const struct alert *alerts, size_t count, const struct alert *wanted)
{
    for (size_t i = 0; i < count; i++)
        if (alerts[i].rule == wanted->rule && uuid_equal(&alerts[i].cause, &wanted->cause))
            return &alerts[i];
    return NULL;
}

/* Whether ALERT is live, of the rule of WITHDRAWN, and has the day on which that was raised among its own. */
static bool covers(const struct alert *alert, const struct alert *withdrawn)
{
    if (alert->rule != withdrawn->rule || alert->state == ALERT_WITHDRAWN)
        return false;
    if (day_equal(alert->raised_on, withdrawn->raised_on))
        return true;
    return day_before(alert->raised_on, withdrawn->raised_on) &&
           (alert->state == ALERT_OPEN || day_before(withdrawn->raised_on, alert->resolved_on));
}

static bool is_replaced_rightly(const struct lab *lab, const struct alert *withdrawn)
{
    bool named = false, any = false;
    for (uint32_t i = 0; i < lab->child.alert_count; i++) {
        const struct alert *alert = &lab->child.alerts[i];
        any = any || covers(alert, withdrawn);
        named = named || (covers(alert, withdrawn) && uuid_equal(&alert->cause, &withdrawn->replaced_by));
    }
    return any ? named : uuid_is_nil(&withdrawn->replaced_by);
}

/* The newest recorded of the facts that came to count since the revision BEFORE, and no other. */
static bool is_withdrawn_by_newest(const struct lab *lab, const struct alert *before, const struct alert *withdrawn)
{
    const struct fact *newest = NULL;
    for (uint32_t i = 0; i < lab->child.fact_count; i++) {
        const struct fact *fact =
            &lab->child.facts[i]; /* ascending by event_id, so that the last of equals is greatest */
        if (fact->sequence > before->sequence && (newest == NULL || fact->recorded_at_ms >= newest->recorded_at_ms))
            newest = fact;
    }
    return newest != NULL && uuid_equal(&newest->event_id, &withdrawn->withdrawn_by);
}

/* A revision more where something changed, none where nothing did; what is withdrawn says so and keeps the rest. */
static bool revisions_follow(struct lab *lab, uint32_t before_count)
{
    bool changed[CHILD_ALERTS_MAX] = {false};
    for (uint32_t i = 0; i < lab->judgement.change_count; i++)
        changed[lab->judgement.changes[i].alert] = true;
    for (uint32_t i = 0; i < before_count; i++)
        if (find_alert(lab->child.alerts, lab->child.alert_count, &lab->before[i]) == NULL)
            return lab_fails(lab, "a published alert is gone");
    for (uint32_t i = 0; i < lab->child.alert_count; i++) {
        const struct alert *now = &lab->child.alerts[i];
        const struct alert *before = find_alert(lab->before, before_count, now);
        if (now->revision != (before == NULL ? 0 : before->revision) + changed[i])
            return lab_fails(lab, "alert %u has revision %u", i, now->revision);
        bool same = before != NULL && same_alert(before, now);
        if (same == changed[i])
            return lab_fails(lab, "alert %u %s a new revision", i,
                             same ? "did not change and has" : "changed and has not");
        if (now->state != ALERT_WITHDRAWN || !changed[i])
            continue;
        if (before == NULL)
            return lab_fails(lab, "alert %u is withdrawn and was never published", i);
        if (now->resolution != RESOLUTION_CORRECTED || !is_withdrawn_by_newest(lab, before, now))
            return lab_fails(lab, "alert %u is withdrawn and names a wrong cause for it", i);
        if (!is_replaced_rightly(lab, now))
            return lab_fails(lab, "alert %u is withdrawn and names a wrong successor", i);
        struct alert kept = *now;
        kept.state = before->state;
        kept.resolution = before->resolution;
        if (!same_alert(before, &kept))
            return lab_fails(lab, "alert %u is withdrawn and changed", i);
    }
    return true;
}

static bool judge(struct lab *lab, const struct story *story, struct day today)
{
    uint32_t before_count = lab->child.alert_count;
    memcpy(lab->before, lab->child.alerts, before_count * sizeof *lab->before);
    struct yardstick yardstick = lab_yardstick(lab, story, today);
    child_judge(&lab->child, &yardstick, &lab->judgement);
    if (!day_before(today, lab->child.next_change_on))
        return lab_fails(lab, "judged, and to be judged again today");
    return revisions_follow(lab, before_count);
}

static bool newest_alerts_are_expected(struct lab *lab, const struct story *story, struct day today)
{
    size_t count, living = 0;
    const struct alert *expected = lab_expected(lab, story, today, &count);
    for (uint32_t i = 0; i < lab->child.alert_count; i++) {
        if (lab->child.alerts[i].state == ALERT_WITHDRAWN)
            continue;
        if (living >= count || !same_alert(&lab->child.alerts[i], &expected[living++]))
            return lab_fails(lab, "the newest revisions are not the oracle's (alert %u)", i);
    }
    return living == count || lab_fails(lab, "%zu alerts are missing", count - living);
}

static bool judged_on_the_way(struct lab *lab, const struct story *story, struct day today)
{
    struct random_source random = lab_random(story, today);
    uint16_t order[READINGS_MAX];
    size_t count = random_reading(story, &random, order), next = 0;
    child_reset(&lab->child, child_id);
    struct day day = day_later(DAY_FIRST, (struct day){today.number - random_between(&random, 0, 900)});
    for (int i = 0; i <= JUDGEMENTS_ON_THE_WAY; i++) {
        bool last = i == JUDGEMENTS_ON_THE_WAY;
        size_t until = last ? count : (size_t)random_between(&random, (int)next, (int)count);
        for (; next < until; next++)
            apply(lab, &story->versions[order[next]]);
        day.number = last ? today.number : random_between(&random, day.number, today.number);
        if (day_before(day, lab->child.next_change_on))
            continue; /* nothing to do, says the core */
        if (!judge(lab, story, day))
            return false;
    }
    if (!newest_alerts_are_expected(lab, story, today) || !judge(lab, story, today))
        return false;
    return lab->judgement.change_count == 0 || lab_fails(lab, "judging once more made a revision");
}

const struct property judging_on_the_way_changes_nothing = {"judging_on_the_way_changes_nothing", judged_on_the_way,
                                                            tell_alerts};

/* --- sending_again_changes_nothing ------------------------------------------------------------------------------- */

static bool concerns_profile_or_application(const struct fact *fact)
{
    return fact->kind == FACT_ARRIVED && (fact->unaccompanied != ANSWER_UNKNOWN || !day_is_absent(fact->birth_date) ||
                                          !day_is_absent(fact->applied_on));
}

static bool unchanged_by_repetition(struct lab *lab, const struct story *story, struct day today)
{
    struct random_source random = lab_random(story, today);
    lab_apply_story(lab, story, &random);
    for (int i = 0; i < 3; i++) {
        struct fact again = lab->child.facts[random_between(&random, 0, (int)lab->child.fact_count - 1)];
        if (concerns_profile_or_application(&again))
            continue;
        again.recorded_at_ms += random_between(&random, 1, 1000000000);
        again.first_recorded_at_ms = again.recorded_at_ms;
        apply(lab, &again);
    }
    assess(lab, story, today);
    return assessment_is_expected(lab, story, today) || lab_fails(lab, "a fact sent again changed the alerts");
}

const struct property sending_again_changes_nothing = {"sending_again_changes_nothing", unchanged_by_repetition,
                                                       tell_alerts};

/* --- forgetting_begins_anew -------------------------------------------------------------------------------------- */

static bool has_version_recorded(const struct story *story, const struct uuid *event_id, int64_t at_ms, bool after)
{
    for (size_t i = 0; i < story->count; i++)
        if (uuid_equal(&story->versions[i].event_id, event_id) && (story->versions[i].recorded_at_ms > at_ms) == after)
            return true;
    return false;
}

/* Of an event with versions on both sides of the wish, the place in the day depends on which were read: such stories
 * are left out. */
static bool some_event_straddles(const struct story *story, int64_t at_ms)
{
    for (size_t i = 0; i < story->count; i++)
        if (has_version_recorded(story, &story->versions[i].event_id, at_ms, true) &&
            has_version_recorded(story, &story->versions[i].event_id, at_ms, false))
            return true;
    return false;
}

static bool anew_after_forgetting(struct lab *lab, const struct story *story, struct day today)
{
    static struct story remembered; /* large */
    struct random_source random = lab_random(story, today);
    int64_t at_ms = story->versions[random_between(&random, 0, (int)story->count - 1)].recorded_at_ms;
    if (some_event_straddles(story, at_ms))
        return true;
    uint16_t order[READINGS_MAX];
    size_t count = random_reading(story, &random, order);
    size_t wish = (size_t)random_between(&random, 0, (int)count);
    child_reset(&lab->child, child_id);
    for (size_t i = 0; i <= count; i++) {
        if (i == wish && !child_forget(&lab->child, at_ms))
            return lab_fails(lab, "the child is not forgotten");
        if (i < count)
            apply(lab, &story->versions[order[i]]);
    }
    remembered = *story;
    remembered.count = 0;
    for (size_t i = 0; i < story->count; i++)
        if (story->versions[i].recorded_at_ms > at_ms)
            remembered.versions[remembered.count++] = story->versions[i];
    assess(lab, story, today);
    return assessment_is_expected(lab, &remembered, today) || lab_fails(lab, "the child was not forgotten rightly");
}

const struct property forgetting_begins_anew = {"forgetting_begins_anew", anew_after_forgetting, tell_alerts};
