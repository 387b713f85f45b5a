"""Every alert as it is now, in a table of SQLite: python alerts.py BOOTSTRAP_SERVERS TOPIC DATABASE [REGISTRY_URL]

Goes on from where the database is and ends at the end of the topic; a service would go on. Rows and position change in one transaction
of the database, so it may be killed at any moment. Needs confluent-kafka and fastavro.
"""

import sqlite3
import sys

from confluent_kafka import OFFSET_BEGINNING, Consumer, KafkaError, TopicPartition
from decoder import Decoder

TABLES = """
CREATE TABLE IF NOT EXISTS alerts (alert_id TEXT PRIMARY KEY, revision INTEGER, child_id, rule, level, state, location_id);
CREATE TABLE IF NOT EXISTS positions (partition INTEGER PRIMARY KEY, next INTEGER);
"""
UPSERT = """
INSERT INTO alerts VALUES (:alert_id, :revision, :child_id, :rule, :level, :state, :location_id)
ON CONFLICT (alert_id) DO UPDATE SET revision = excluded.revision, level = excluded.level, state = excluded.state,
    location_id = excluded.location_id
WHERE excluded.revision > alerts.revision  -- who reads something again must not go back
"""


def apply(database, decoder, message):
    if message.value() is None:  # the child is forgotten
        database.execute("DELETE FROM alerts WHERE alert_id = ?", [message.key().decode()])
    else:
        alert = decoder.decode(message.value())
        database.execute(UPSERT, alert | {"alert_id": str(alert["alert_id"])})
    database.execute("INSERT OR REPLACE INTO positions VALUES (?, ?)", [message.partition(), message.offset() + 1])


def read_on(bootstrap_servers, topic, database, decoder):
    consumer = Consumer({
        "bootstrap.servers": bootstrap_servers,
        "group.id": "reads-alone",  # it must have a name; nothing is kept under it
        "enable.auto.commit": False,
        "isolation.level": "read_committed",
        "enable.partition.eof": True,
        "auto.offset.reset": "error",  # a topic that was made anew: somebody should look
    })
    unread = set(consumer.list_topics(topic, timeout=10).topics[topic].partitions)
    positions = dict(database.execute("SELECT partition, next FROM positions"))
    consumer.assign([TopicPartition(topic, each, positions.get(each, OFFSET_BEGINNING)) for each in unread])
    while unread:
        with database:  # one transaction
            for message in consumer.consume(1000, timeout=1):
                if message.error() is None:
                    apply(database, decoder, message)
                elif message.error().code() == KafkaError._PARTITION_EOF:
                    unread.discard(message.partition())
                else:
                    raise RuntimeError(message.error())
    consumer.close()


if __name__ == "__main__":
    tables = sqlite3.connect(sys.argv[3])
    tables.executescript(TABLES)
    read_on(sys.argv[1], sys.argv[2], tables, Decoder("alert", *sys.argv[4:5]))
