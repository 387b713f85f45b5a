"""Every alert as it is now, in a table of SQLite: python alerts.py BOOTSTRAP_SERVERS TOPIC DATABASE [REGISTRY_URL]

Goes on from where the database is and ends at the end of the topic; a service would go on. Rows and position change in one transaction
of the database, so it may be killed at any moment. Needs confluent-kafka and fastavro.
"""

import sqlite3
import sys

from decoder import Decoder, Undecodable
from reader import Unreadable, read_to_end

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
    positions = dict(database.execute("SELECT partition, next FROM positions"))
    for messages in read_to_end(bootstrap_servers, topic, positions):
        with database:  # one transaction
            for message in messages:
                apply(database, decoder, message)


if __name__ == "__main__":
    tables = sqlite3.connect(sys.argv[3])
    tables.executescript(TABLES)
    try:
        read_on(sys.argv[1], sys.argv[2], tables, Decoder("alert", *sys.argv[4:5]))
    except (Undecodable, Unreadable) as missing:
        sys.exit(f"alerts.py: {missing}")
