"""The violations in force, read from Kafka: python violations.py BOOTSTRAP_SERVERS TOPIC [REGISTRY_URL]

Prints one line for each and ends when the topic is read; a service would go on with poll(). Needs confluent-kafka and fastavro.
"""

import sys

from confluent_kafka import OFFSET_BEGINNING, Consumer, KafkaError, TopicPartition
from decoder import Decoder


def violations(bootstrap_servers, topic, decoder):
    """By alert_id, what is in force once the topic is read to its end."""
    consumer = Consumer({
        "bootstrap.servers": bootstrap_servers,
        "group.id": "reads-alone",  # it must have a name; nothing is kept under it
        "enable.auto.commit": False,
        "isolation.level": "read_committed",
        "enable.partition.eof": True,
    })
    unread = set(consumer.list_topics(topic, timeout=10).topics[topic].partitions)
    consumer.assign([TopicPartition(topic, partition, OFFSET_BEGINNING) for partition in unread])
    in_force = {}
    while unread:
        message = consumer.poll(10)
        if message is None:
            raise TimeoutError("the broker is silent")
        if message.error() is None:
            in_force.pop(message.key(), None)
            if message.value() is not None:  # without a value: it is over, or the child is forgotten
                in_force[message.key()] = decoder.decode(message.value())
        elif message.error().code() == KafkaError._PARTITION_EOF:
            unread.discard(message.partition())
        else:
            raise RuntimeError(message.error())
    consumer.close()
    return in_force


if __name__ == "__main__":
    for violation in violations(*sys.argv[1:3], Decoder("violation", *sys.argv[3:4])).values():
        print(violation["alert_id"], violation["rule"], violation["level"], violation["location_id"], violation["violation_on"])
