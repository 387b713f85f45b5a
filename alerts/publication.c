#include "alerts/publication.h"

#include <assert.h>

void publication_revise(struct publication *publication, const struct framings *framings, const struct alert *alert,
                        bool was_in_force, struct text child_id, int64_t logged_at_ms)
{
    struct alert_record record = alert_record_of(alert, child_id, logged_at_ms);
    bool in_force = alert_in_force(alert);

    uuid_format(&record.alert_id, publication->key);
    publication->concerns_violations = in_force || was_in_force;
    publication->alert_length = alert_record_write(&record, framings, publication->alert, sizeof publication->alert);
    publication->violation_length =
        in_force ? violation_record_write(&record, framings, publication->violation, sizeof publication->violation) : 0;
    assert(publication->alert_length > 0 && (!in_force || publication->violation_length > 0));
}

void publication_forget(struct publication *publication, const struct uuid *alert_id)
{
    uuid_format(alert_id, publication->key);
    publication->concerns_violations = true;
    publication->alert_length = 0;
    publication->violation_length = 0;
}
