"""Reads a topic of placement-alerts to its end. Needs confluent-kafka."""

import time

from confluent_kafka import OFFSET_BEGINNING, Consumer, KafkaError, KafkaException, TopicPartition

SILENT_S = 10


class Unreadable(Exception):
    """Says what is missing, in one line."""


def read_to_end(bootstrap_servers, topic, positions=None):
    """Messages, some at a time, from POSITIONS on, by partition; of the others from the beginning. A service would go on at the end."""
    consumer = Consumer({
        "bootstrap.servers": bootstrap_servers,
        "group.id": "reads-alone",  # it must have a name, and with ACLs Read on it; nothing is kept under it
        "enable.auto.commit": False,
        "isolation.level": "read_committed",
        "enable.partition.eof": True,
        "auto.offset.reset": "error",  # a topic that was made anew: somebody should look
    })
    unread = partitions(consumer, bootstrap_servers, topic)
    consumer.assign([TopicPartition(topic, each, (positions or {}).get(each, OFFSET_BEGINNING)) for each in unread])
    heard_at = time.monotonic()
    while unread:
        heard = consumer.consume(1000, timeout=0.5)
        heard_at = time.monotonic() if heard else heard_at
        if time.monotonic() - heard_at > SILENT_S:
            raise Unreadable(f"{bootstrap_servers}: the broker is silent")
        for message in heard:
            if message.error() is not None and message.error().code() != KafkaError._PARTITION_EOF:
                raise Unreadable(message.error().str())
        yield [message for message in heard if message.error() is None]
        unread -= {message.partition() for message in heard if message.error() is not None}
    consumer.close()


def partitions(consumer, bootstrap_servers, topic):
    try:
        found = consumer.list_topics(topic, timeout=10).topics[topic]
    except KafkaException as unanswered:
        raise Unreadable(f"{bootstrap_servers}: {unanswered.args[0].str()}") from None
    if found.error is not None:  # there is no such topic, or it may not be seen
        raise Unreadable(f"topic {topic}: {found.error.str()}")
    return set(found.partitions)
