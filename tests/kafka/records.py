"""Reading and writing our topics with clients that share no code with ours: fastavro and confluent-kafka."""

import datetime
import functools
import io
import json
import pathlib
import uuid

import fastavro
import fastavro.schema
from confluent_kafka import OFFSET_BEGINNING, Consumer, KafkaError, KafkaException, Producer, TopicPartition
from confluent_kafka.schema_registry import SchemaRegistryClient
from confluent_kafka.schema_registry.avro import AvroDeserializer

from cluster import PATIENCE, wait_for

SCHEMAS = pathlib.Path(__file__).resolve().parent.parent.parent / "schemas"
TOPIC_OF = {"placement": "placements", "move": "moves", "enrollment": "enrollments"}
RECORDS = ["placement", "move", "enrollment", "alert", "violation", "dead_letter", "progress", "state",
           "delivery_alert", "delivery_position", "delivery_standing", "delivery_wish"]


def quiet(bootstrap, **properties):
    """A client's configuration; underscores stand for dots. Brokers are killed, or stand still, and come back soon: what it logs of that
    is nobody's concern."""
    named = {name.replace("_", "."): value for name, value in properties.items()}
    return {"bootstrap.servers": bootstrap, "log_level": 0, "reconnect.backoff.max.ms": 500, "socket.timeout.ms": 5000, **named}


@functools.cache
def idle_consumer(bootstrap, isolation):
    """Of nothing: what it is asked is not behind a fetch that the broker lets wait."""
    return Consumer(quiet(bootstrap, group_id="reads-alone", isolation_level=isolation))


def murmur2_producer(bootstrap, **properties):
    """Puts keys where Java's producer would, and each record once, however late the broker answers."""
    return Producer(quiet(bootstrap, partitioner="murmur2_random", enable_idempotence=True, **properties))


def load_schema(path):
    """The parsed schema and its single-object header."""
    schema = json.loads(path.read_text())
    header = single_object_header(schema)
    if path.stem == "state":
        schema = without_logical_types(schema)  # its days may be never, which is no date
    return fastavro.parse_schema(schema), header


def single_object_header(schema):
    """C3 01 and the CRC-64-AVRO fingerprint, little end first."""
    canonical = fastavro.schema.to_parsing_canonical_form(schema)
    return b"\xc3\x01" + bytes.fromhex(fastavro.schema.fingerprint(canonical, "CRC-64-AVRO"))


def without_logical_types(schema):
    if isinstance(schema, list):
        return [without_logical_types(each) for each in schema]
    if isinstance(schema, dict):
        return {name: without_logical_types(each) for name, each in schema.items() if name != "logicalType"}
    return schema


SHIPPED = {name: load_schema(SCHEMAS / f"{name}.avsc") for name in RECORDS}
BY_HEADER = {header: schema for schema, header in SHIPPED.values()}


def encode(record, value):
    schema, header = SHIPPED[record]
    body = io.BytesIO()
    fastavro.schemaless_writer(body, schema, value)
    return header + body.getvalue()


def decode(value):
    """A record as plain JSON values: dates and instants as text, as the command line shows them."""
    body = io.BytesIO(value[10:])
    record = fastavro.schemaless_reader(body, BY_HEADER[value[:10]], None)
    assert body.read() == b"", "bytes follow after the record"
    return {name: plain(field) for name, field in record.items()}


def registry_decoder(url):
    """As decode(), of records in Confluent framing, by Confluent's own client."""
    deserialize = AvroDeserializer(SchemaRegistryClient({"url": url}))
    return lambda value: {name: plain(field) for name, field in deserialize(value, None).items()}


def plain(value):
    if isinstance(value, datetime.datetime):
        return value.astimezone(datetime.timezone.utc).strftime("%Y-%m-%dT%H:%M:%S.%f")[:-3] + "Z"
    if isinstance(value, (datetime.date, uuid.UUID)):
        return str(value)
    return value


def event_record(event):
    """An event of events.py as the pair (name of its record, value for encode)."""
    value = {name: field for name, field in event.items() if name != "type"}
    for name in ("occurred_on", "birth_date", "applied_on"):
        if value.get(name) is not None:
            value[name] = datetime.date.fromisoformat(value[name])
    value["recorded_at"] = datetime.datetime.fromisoformat(value["recorded_at"].replace("Z", "+00:00"))
    return event["type"], value


class TopicReader:
    """All partitions of a topic from their beginning; each read() goes on from the last to the end as it is then."""

    def __init__(self, bootstrap, topic, isolation="read_committed"):
        self.topic = topic
        self.idle = idle_consumer(bootstrap, isolation)
        self.consumer = Consumer(quiet(
            bootstrap, group_id="reads-alone", enable_auto_commit=False, isolation_level=isolation,
            enable_partition_eof=True, auto_offset_reset="earliest", fetch_wait_max_ms=50))
        self.partitions = sorted(wait_for(self._known_partitions, 10, f"{topic} to be known"))
        self.consumer.assign([TopicPartition(topic, p, OFFSET_BEGINNING) for p in self.partitions])
        self.messages = []
        self.position = dict.fromkeys(self.partitions, 0)

    def _known_partitions(self):
        return self.consumer.list_topics(self.topic, timeout=PATIENCE * 10).topics[self.topic].partitions

    def ends(self):
        """The last stable offset, or under read_uncommitted the high watermark, of each partition; asked for until each has a leader."""
        def ask():
            try:
                self.idle.list_topics(self.topic, timeout=2)  # the client asks the leader it knows, and this lets it know
                return {p: self.idle.get_watermark_offsets(TopicPartition(self.topic, p), timeout=2)[1] for p in self.partitions}
            except KafkaException:
                return None
        return wait_for(ask, 30, f"the ends of {self.topic}")

    def read(self):
        """All messages so far, in the order of their partitions."""
        ends = self.ends()
        while any(self.position[p] < end for p, end in ends.items()):
            for message in self.consumer.consume(10_000, timeout=0.02):
                if message.error() is None:
                    self.messages.append(message)
                    self.position[message.partition()] = message.offset() + 1
                elif message.error().code() == KafkaError._PARTITION_EOF:
                    self.position[message.partition()] = message.offset()
                else:
                    raise RuntimeError(message.error())
        return self.messages

    def newest(self):
        """By key, the newest message that is no tombstone."""
        newest = {}
        for message in self.read():
            newest[message.key()] = message
        return {key: message for key, message in newest.items() if message.value() is not None}

    def close(self):
        self.consumer.close()
