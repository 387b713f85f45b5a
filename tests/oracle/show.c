#include "show.h"

static const char *const fact_kinds[] = {
#define X(name) #name,
    FACT_KINDS(X)
#undef X
};
static const char *const location_kinds[] = {
#define X(name, emergency) #name,
    LOCATION_KINDS(X)
#undef X
};
static const char *const regions[] = {
#define X(name) #name,
    REGIONS(X)
#undef X
};
static const char *const resolutions[] = {
#define X(name) #name,
    RESOLUTIONS(X)
#undef X
};
static const char *const rule_titles[] = {"emergency-stay", "no-school", "school-move", "school-gap", "repeated-moves"};
static const char *const levels[] = {"NOTICE", "VIOLATION", "SEVERE"};
static const char *const states[] = {"OPEN", "RESOLVED", "WITHDRAWN"};
static const char *const answers[] = {"unknown", "no", "yes"};

static bool same_place(const struct place *a, const struct place *b)
{
    return text_equal(a->location_id, b->location_id) &&
           (a->location_id.length == 0 || (a->kind == b->kind && a->region == b->region));
}

bool same_alert(const struct alert *a, const struct alert *b)
{
    return a->rule == b->rule && uuid_equal(&a->cause, &b->cause) && a->level == b->level && a->state == b->state &&
           day_equal(a->raised_on, b->raised_on) && day_equal(a->violation_on, b->violation_on) &&
           day_equal(a->due_on, b->due_on) && day_equal(a->resolved_on, b->resolved_on) &&
           a->resolution == b->resolution && a->norm_months == b->norm_months && same_place(&a->place, &b->place) &&
           a->unaccompanied == b->unaccompanied;
}

bool same_alerts(const struct alert *a, size_t a_count, const struct alert *b, size_t b_count)
{
    if (a_count != b_count)
        return false;
    for (size_t i = 0; i < a_count; i++)
        if (!same_alert(&a[i], &b[i]))
            return false;
    return true;
}

void show_day(FILE *out, const struct almanac *almanac, struct day day)
{
    char text[DAY_TEXT_SIZE];
    almanac_format(almanac, day, text);
    fprintf(out, "%s", text);
}

static void show_named_day(FILE *out, const struct almanac *almanac, const char *name, struct day day)
{
    if (day_is_absent(day))
        return;
    fprintf(out, " %s ", name);
    show_day(out, almanac, day);
}

/* The tail of an event id is enough to tell the facts of a story apart. */
static void show_event_id(FILE *out, const struct uuid *id)
{
    for (int i = 12; i < 16; i++)
        fprintf(out, "%02x", id->bytes[i]);
}

static void show_place(FILE *out, const struct place *place)
{
    if (place->location_id.length > 0)
        fprintf(out, " at %.*s %s %s", (int)place->location_id.length, place->location_id.bytes,
                location_kinds[place->kind], regions[place->region]);
}

void show_fact(FILE *out, const struct almanac *almanac, const struct fact *fact)
{
    show_event_id(out, &fact->event_id);
    fprintf(out, " ");
    show_day(out, almanac, fact->occurred_on);
    fprintf(out, " %-9s", fact_kinds[fact->kind]);
    show_place(out, &fact->place);
    if (fact->school_id.length > 0)
        fprintf(out, " school %.*s", (int)fact->school_id.length, fact->school_id.bytes);
    show_named_day(out, almanac, "born", fact->birth_date);
    show_named_day(out, almanac, "applied", fact->applied_on);
    if (fact->unaccompanied != ANSWER_UNKNOWN)
        fprintf(out, " unaccompanied %s", answers[fact->unaccompanied]);
    struct day recorded = {(int32_t)(fact->recorded_at_ms / 86400000)};
    show_named_day(out, almanac, "recorded", recorded);
    fprintf(out, "+%lldms%s\n", (long long)(fact->recorded_at_ms % 86400000), fact->retracted ? " RETRACTED" : "");
}

void show_alert(FILE *out, const struct almanac *almanac, const struct alert *alert)
{
    fprintf(out, "  %-14s cause ", rule_titles[alert->rule]);
    show_event_id(out, &alert->cause);
    fprintf(out, " %s %s", levels[alert->level], states[alert->state]);
    show_named_day(out, almanac, "raised", alert->raised_on);
    show_named_day(out, almanac, "violation", alert->violation_on);
    show_named_day(out, almanac, "due", alert->due_on);
    show_named_day(out, almanac, "resolved", alert->resolved_on);
    fprintf(out, " %s norm %d", resolutions[alert->resolution], alert->norm_months);
    show_place(out, &alert->place);
    fprintf(out, " unaccompanied %s\n", answers[alert->unaccompanied]);
}

void show_alerts(FILE *out, const struct almanac *almanac, const char *title, const struct alert *alerts, size_t count)
{
    fprintf(out, "%s (%zu):\n", title, count);
    for (size_t i = 0; i < count; i++)
        show_alert(out, almanac, &alerts[i]);
}

static void show_dated(FILE *out, const struct almanac *almanac, const char *name, const struct dated_norms *norms)
{
    fprintf(out, "  %s:", name);
    for (int i = 0; i < norms->count; i++) {
        fprintf(out, "%s %d%s from ", i == 0 ? "" : ",", norms->norms[i].months,
                norms->norms[i].defers_to_holidays ? "+holidays" : "");
        show_day(out, almanac, norms->norms[i].from);
    }
    fprintf(out, "\n");
}

void show_norms(FILE *out, const struct almanac *almanac, const struct norms *norms)
{
    fprintf(out, "norms: adult %d, aged out %d, school age %d months; transfer %d days; move %s enrollment\n",
            norms->adult_months, norms->aged_out_months, norms->school_age_months, norms->transfer_days,
            norms->move_ends_enrollment ? "ends" : "keeps");
    fprintf(out, "  stay: scope %s, notice %d days, severe %d months\n",
            norms->stay_scope == STAY_SCOPE_LOCATION ? "location" : "continuous", norms->stay_notice_days,
            norms->stay_severe_months);
    show_dated(out, almanac, "stay months", &norms->stay_months);
    fprintf(out, "  school: notice %d days, severe %d months; grace %d, severe %d school days\n",
            norms->school_notice_days, norms->school_severe_months, norms->gap_grace_school_days,
            norms->severe_school_days);
    show_dated(out, almanac, "school months", &norms->school_months);
    fprintf(out, "  repeated moves: %d in %d months\n", norms->repeated_moves, norms->repeated_moves_months);
}
