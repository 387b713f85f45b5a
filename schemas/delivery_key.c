/* Keys of the topic `deliveries`: NAME, NAME/alert_id, NAME/partition, NAME/replay. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "schemas/delivery_record.h"

#define REPLAY "replay"
#define PARTITION_DIGITS_MAX 9

size_t delivery_key_write(const struct delivery_record *record, const char *name, char key[static DELIVERY_KEY_SIZE])
{
    char alert_id[UUID_TEXT_SIZE];
    int length = 0;
    switch (record->kind) {
    case DELIVERY_OF_ALERT:
        uuid_format(&record->alert_id, alert_id);
        length = snprintf(key, DELIVERY_KEY_SIZE, "%s/%s", name, alert_id);
        break;
    case DELIVERY_OF_PARTITION:
        length = snprintf(key, DELIVERY_KEY_SIZE, "%s/%" PRId32, name, record->partition);
        break;
    case DELIVERY_OF_SUBSCRIPTION:
        length = snprintf(key, DELIVERY_KEY_SIZE, "%s", name);
        break;
    case DELIVERY_OF_WISH:
        length = snprintf(key, DELIVERY_KEY_SIZE, "%s/" REPLAY, name);
        break;
    }
    return (size_t)length;
}

static bool read_partition(struct text digits, int32_t *partition)
{
    if (digits.length == 0 || digits.length > PARTITION_DIGITS_MAX)
        return false;
    *partition = 0;
    for (uint32_t i = 0; i < digits.length; i++) {
        if (digits.bytes[i] < '0' || digits.bytes[i] > '9')
            return false;
        *partition = *partition * 10 + (digits.bytes[i] - '0');
    }
    return true;
}

struct text delivery_key_name(struct text key)
{
    const char *slash = key.length == 0 ? NULL : memchr(key.bytes, '/', key.length);
    return (struct text){key.bytes, slash == NULL ? key.length : (uint32_t)(slash - key.bytes)};
}

bool delivery_key_read(struct text key, const char *name, struct delivery_record *record)
{
    const uint32_t length = (uint32_t)strlen(name);
    if (key.length < length || memcmp(key.bytes, name, length) != 0)
        return false;
    record->kind = DELIVERY_OF_SUBSCRIPTION;
    if (key.length == length)
        return true;
    if (key.bytes[length] != '/')
        return false; /* of one whose name begins so */
    const struct text rest = {key.bytes + length + 1, key.length - length - 1};
    record->kind = DELIVERY_OF_WISH;
    if (text_equal(rest, (struct text){REPLAY, sizeof(REPLAY) - 1}))
        return true;
    record->kind = DELIVERY_OF_PARTITION;
    if (read_partition(rest, &record->partition))
        return true;
    record->kind = DELIVERY_OF_ALERT;
    return uuid_parse(rest.bytes, rest.length, &record->alert_id);
}
