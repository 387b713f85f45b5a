#include "consumer/evaluate_judge.h"

#include "alerts/alert_table.h"
#include "consumer/evaluation.h"

bool evaluate_judge_init(struct evaluate_judge *judge, const struct evaluate_question *question)
{
    *judge = (struct evaluate_judge){.question = question};
    judge->yardstick = (struct yardstick){
        .norms = &question->arguments->settings->norms, .calendar = question->calendar, .today = question->as_of};
    judge->compared = judge->yardstick;
    judge->compared.norms = &question->compared->norms;
    return question->compared->file != NULL ? comparer_init(&judge->comparer) : judgement_init(&judge->judgement);
}

void evaluate_judge_fini(struct evaluate_judge *judge)
{
    judgement_fini(&judge->judgement);
    comparer_fini(&judge->comparer);
}

static size_t write_alert(const struct evaluate_judge *judge, const struct alert *alert, struct text child_id,
                          char line[static ALERT_JSON_BYTES_MAX])
{
    const struct alert_record record = alert_record_of(alert, child_id, 0);
    return judge->question->as_json
               ? alert_record_write_json(&record, false, line, ALERT_JSON_BYTES_MAX)
               : alert_table_row_write(judge->question->language, &record, line, ALERT_JSON_BYTES_MAX);
}

static bool add_alerts(struct evaluate_judge *judge, const struct child *child, struct child_lines *lines, int thread)
{
    struct judgement *judgement = &judge->judgement;
    child_assess(child, &judge->yardstick, judgement);
    evaluation_order_alerts(judgement);
    for (uint32_t i = 0; i < judgement->alert_count; i++) {
        char *line = child_lines_room(lines, thread, ALERT_JSON_BYTES_MAX);
        if (line == NULL)
            return false;
        child_lines_add(lines, thread, write_alert(judge, &judgement->alerts[i], child->child_id, line));
    }
    judge->shown += judgement->alert_count;
    return true;
}

static size_t write_change(const struct evaluate_judge *judge, const struct alert_change *change,
                           char line[static ALERT_CHANGE_BYTES_MAX])
{
    const struct evaluate_question *question = judge->question;
    return question->as_json ? alert_change_write_json(change, line, ALERT_CHANGE_BYTES_MAX)
                             : alert_change_row_write(change, question->language, line, ALERT_CHANGE_BYTES_MAX);
}

static bool add_changes(struct evaluate_judge *judge, const struct child *child, struct child_lines *lines, int thread)
{
    struct comparer *comparer = &judge->comparer;
    if (!comparer_judge(comparer, child, &judge->yardstick, &judge->compared))
        return false;
    for (size_t i = 0; i < comparer->count; i++) {
        char *line = child_lines_room(lines, thread, ALERT_CHANGE_BYTES_MAX);
        if (line == NULL)
            return false;
        child_lines_add(lines, thread, write_change(judge, &comparer->changes[i], line));
    }
    judge->shown += comparer->count;
    return true;
}

bool evaluate_judge_child(struct evaluate_judge *judge, const struct child *child, struct child_lines *lines,
                          int thread)
{
    const bool is_compared = judge->question->compared->file != NULL;
    return (is_compared ? add_changes : add_alerts)(judge, child, lines, thread) &&
           child_lines_end(lines, thread, child->child_id);
}
