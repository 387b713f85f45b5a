#include "delivery_scene.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "delivery_key.h"

uint32_t chance;

uint32_t on_chance(void *context)
{
    (void)context;
    return chance;
}

struct delivery_record kept[KEPT_MAX];
int kept_count, alert_notes;

bool on_note(void *context, const struct delivery_record *note)
{
    int i = 0;
    (void)context;
    while (i < kept_count && !is_of_same_key(&kept[i], note))
        i++;
    assert_in_range(i, 0, KEPT_MAX - 1);
    kept[i] = *note;
    kept_count += i == kept_count;
    alert_notes += note->kind == DELIVERY_OF_ALERT;
    return true;
}

struct delivery *go_on(int64_t give_up_ms, int64_t end, int64_t now_ms)
{
    const struct delivery_wishes wishes = {.partitions = 1, .give_up_ms = give_up_ms, .random = on_chance};
    struct delivery *delivery = delivery_new(&wishes);
    bool anew;
    int64_t offset;
    assert_non_null(delivery);
    for (int i = 0; i < kept_count; i++)
        assert_true(delivery_recall(delivery, &kept[i]));
    delivery_start(delivery, &end, now_ms, &anew);
    assert_true(delivery_seek(delivery, 0, &offset));
    return delivery;
}

struct delivery *follow(int64_t give_up_ms)
{
    kept_count = alert_notes = 0;
    return go_on(give_up_ms, 0, 1);
}

void take(struct delivery *delivery, int child, int64_t offset, int64_t now_ms)
{
    const struct delivery_source source = {.offset = offset,
                                           .alert_id = {{1, [12] = (uint8_t)(child >> 8), [13] = (uint8_t)child}},
                                           .is_asked_for = true,
                                           .is_open = true,
                                           .lane = (uint32_t)child,
                                           .revision = 1,
                                           .logged_at_ms = 1};
    assert_true(delivery_take(delivery, &source, now_ms));
    delivery_reached(delivery, 0, offset + 1);
}

struct delivery_plan plan(struct delivery *delivery, int64_t now_ms)
{
    struct delivery_plan next;
    while ((next = delivery_next(delivery, now_ms)).step == DELIVERY_NOTE) {
        assert_true(delivery_notes(delivery, now_ms, on_note, NULL));
        delivery_noted(delivery);
    }
    return next;
}

bool answer(struct delivery *delivery, enum delivery_outcome outcome, int64_t retry_after_ms, int64_t now_ms)
{
    const struct delivery_plan next = plan(delivery, now_ms);
    const struct delivery_result result = {outcome, retry_after_ms, "a reason"};
    assert_int_equal(next.step, DELIVERY_SEND);
    return delivery_result(delivery, next.event, &result, now_ms);
}
