/* May a partition start, and where: what its changelog and the broker say of each other. The changelog is the truth,
 * the group's offset its shadow; where they differ, something was lost, reset or made anew, and an operator must know.
 */
#include "consumer/partition.h"

#include <string.h>

const char *const verdict_names[VERDICT_COUNT] = {
#define X(symbol, starts, sentence) #symbol,
    VERDICTS(X)
#undef X
};
const char *const verdict_sentences[VERDICT_COUNT] = {
#define X(symbol, starts, sentence) sentence,
    VERDICTS(X)
#undef X
};
const bool verdict_starts[VERDICT_COUNT] = {
#define X(symbol, starts, sentence) starts,
    VERDICTS(X)
#undef X
};

static bool group_has_offsets(const struct partition_offsets *broker)
{
    for (int i = 0; i < STATE_INPUTS; i++)
        if (broker->committed[i] != OFFSET_NONE)
            return true;
    return false;
}

static enum verdict verdict_without_progress(const struct partition *partition)
{
    if (partition->children.count > 0 || group_has_offsets(&partition->broker))
        return VERDICT_STATE_LOST;
    return VERDICT_FIRST_START;
}

/* A transactional.id is group, instance, worker and turn, joined by hyphens, which names may hold themselves: a group
 * whose name goes on with a hyphen where ours ends is taken for ours. */
static bool group_differs(const struct partition *partition, const char *group)
{
    size_t length = strlen(group);
    struct text writer = partition->progress.transactional_id;

    if (writer.length == 0)
        return false;
    return writer.length <= length || memcmp(writer.bytes, group, length) != 0 || writer.bytes[length] != '-';
}

static enum verdict verdict_without_offset(const struct partition *partition, const struct machine_settings *settings)
{
    if (!group_differs(partition, settings->group))
        return VERDICT_GROUP_EMPTY;
    return settings->accept_other_group ? VERDICT_GROUP_DIFFERS_ACCEPTED : VERDICT_GROUP_DIFFERS;
}

static enum verdict verdict_of_input(const struct partition *partition, const struct machine_settings *settings,
                                     int input)
{
    int64_t group = partition->broker.committed[input], changelog = partition->progress.next_offset[input];

    if (group == OFFSET_NONE)
        return verdict_without_offset(partition, settings);
    if (group > changelog)
        return VERDICT_TORN;
    if (group < changelog)
        return settings->accept_group_behind ? VERDICT_GROUP_BEHIND_ACCEPTED : VERDICT_GROUP_BEHIND;
    return VERDICT_CONTINUES;
}

static bool offset_is_in_range(const struct partition *partition, int input)
{
    int64_t offset = partition->progress.next_offset[input];
    return offset >= partition->broker.begin[input] && offset <= partition->broker.end[input];
}

static bool cluster_differs(const struct partition *partition, const char *cluster_id)
{
    struct text ours = {cluster_id, (uint32_t)strlen(cluster_id)}, theirs = partition->progress.cluster_id;
    return ours.length > 0 && theirs.length > 0 && !text_equal(ours, theirs);
}

static bool day_is_ahead(const struct partition *partition, struct day clock_day)
{
    struct day judged = partition->progress.judged_through;
    return !day_is_absent(judged) && day_before(day_plus(clock_day, 1), judged);
}

/* One input's verdict outweighs another's: a refusal everything, anything the plain CONTINUES. */
static bool outweighs(enum verdict a, enum verdict b)
{
    return (verdict_starts[b] && !verdict_starts[a]) || (b == VERDICT_CONTINUES && a != VERDICT_CONTINUES);
}

static void look_at_inputs(const struct partition *partition, const struct machine_settings *settings,
                           struct partition_start *start)
{
    for (int i = 0; i < STATE_INPUTS; i++) {
        enum verdict verdict = verdict_of_input(partition, settings, i);
        if (verdict_starts[verdict] && !offset_is_in_range(partition, i))
            verdict = VERDICT_INPUT_EXPIRED;
        start->next_offset[i] = partition->progress.next_offset[i];
        if (!outweighs(verdict, start->verdict))
            continue;
        start->verdict = verdict;
        start->input = i;
        start->group_offset = partition->broker.committed[i];
        start->changelog_offset = partition->progress.next_offset[i];
    }
}

struct partition_start partition_verdict(const struct partition *partition, const struct machine_settings *settings,
                                         struct day clock_day)
{
    struct partition_start start = {
        .verdict = VERDICT_CONTINUES, .input = -1, .judged_through = DAY_ABSENT, .clock_day = clock_day};

    memcpy(start.next_offset, partition->broker.begin, sizeof start.next_offset);
    if (partition->has_progress)
        start.judged_through = partition->progress.judged_through;
    if (partition->format_unknown)
        start.verdict = VERDICT_FORMAT_UNKNOWN;
    else if (!partition->has_progress)
        start.verdict = verdict_without_progress(partition);
    else if (cluster_differs(partition, settings->cluster_id))
        start.verdict = VERDICT_CLUSTER_DIFFERS;
    else if (!settings->accept_later_day && day_is_ahead(partition, clock_day))
        start.verdict = VERDICT_DAY_AHEAD;
    else
        look_at_inputs(partition, settings, &start);
    return start;
}
