"""Protects that producers, readers and the service may be renewed in any order: events that Python and Java write by schemas other than
ours, with a registry and without, count as they are meant, and those that can not be read name the field; what the service writes is
read by older and by newer readers, in Python and in Java."""

import datetime
import json
import random
import unittest

import events
from avro_clients import Java, JavaProgram, PythonRegistry, PythonSingleObject, single_object_header
from deployment import ANSWER_S, Deployment
from kafka_case import KafkaCase
from records import SCHEMAS, TOPIC_OF, decode, encode, event_record, murmur2_producer, plain, registry_decoder
from registry import Registry
from schema_changes import CHANGES, named, renamed, reversed_fields, schema_of, with_field, with_symbols, with_type

EPOCH = datetime.datetime(1970, 1, 1, tzinfo=datetime.timezone.utc)
EVENTS = 3  # or more, of each change and client
RECORD_OF = {"alerts": "alert", "violations": "violation"}


def raw_value(event):
    """An event as a value for any writer: days and instants are numbers, and no field is left out."""
    def number(field):
        if isinstance(field, datetime.datetime):
            return (field - EPOCH) // datetime.timedelta(milliseconds=1)
        return (field - EPOCH.date()).days if isinstance(field, datetime.date) else field
    record, value = event_record(event)
    return {field["name"]: number(value.get(field["name"])) for field in schema_of(record)["fields"]}


def without_symbol(name, symbol, default):
    def change(schema):
        enum = named(schema, name)
        enum.update(symbols=[each for each in enum["symbols"] if each != symbol], default=default)
    return change


def released(record):
    return json.loads((SCHEMAS / "released" / f"{record}-1.avsc").read_text())


# Readers of alerts and violations: a schema of the record's name, and what they see of what was written.
READERS = {
    "released": (released, dict),
    "reordered": (lambda record: schema_of(record, reversed_fields), dict),
    "newer": (lambda record: schema_of(record, with_field("handled_by", ["null", "string"], at=3, default=None),
                                       with_field("score", "int", default=7), with_symbols("LocationKind", "HOTEL")),
              lambda value: {**value, "handled_by": None, "score": 7}),
    "only what it needs": (lambda record: {**schema_of(record), "fields": [
        field for field in schema_of(record)["fields"] if field["name"] in ("alert_id", "rule", "revision")]},
        lambda value: {name: value[name] for name in ("alert_id", "rule", "revision")}),
    "with names and types of its own": (
        lambda record: schema_of(record, renamed("child_id", "client", aliases=["child_id"]), with_type("norm_months", ["null", "long"]),
                                 with_type("rule", "bytes")),
        lambda value: {**{name: field for name, field in value.items() if name != "child_id"}, "client": value["child_id"],
                       "rule": value["rule"].encode()}),
    "of before SEVERE": (lambda record: schema_of(record, without_symbol("Level", "SEVERE", "VIOLATION")),
                         lambda value: {**value, "level": "VIOLATION" if value["level"] == "SEVERE" else value["level"]}),
}


class SchemaChangesTest(KafkaCase):
    """One deployment: events are read, and alerts written, with a registry first and then without one."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.java = cls.enterClassContext(JavaProgram())
        registry = Registry(cls.cluster.folder / "registry")
        cls.addClassCleanup(registry.stop)
        registry.start()
        by_id = registry_decoder(registry.url)
        cls.alone = {"Python": PythonSingleObject(), "Java": Java(cls.java)}
        cls.with_registry = {"Python-registry": PythonRegistry(registry), "Java-registry": Java(cls.java, registry)}
        cls.folder = cls.cluster.folder / "schemas"
        cls.folder.mkdir()
        for change in CHANGES:
            if change.refused is None:
                (cls.folder / f"{change.name}.avsc").write_text(json.dumps(change.schema))
        cls.deployment = cls.enterClassContext(Deployment(
            cls.cluster, "changes", settings={"registry.urls": registry.url, "schemas.folder": cls.folder},
            decode=lambda value: by_id(value) if value[0] == 0 else decode(value)))
        cls.child_count = 0
        cls.letters = {}  # by topic, partition and offset: reason and field
        cls.chance = random.Random(71)
        cls.producer = murmur2_producer(cls.cluster.bootstrap)
        cls.run_service(cls.alone | cls.with_registry, CHANGES)
        cls.deployment.settings["registry.urls"] = ""
        cls.run_service(cls.alone, [change for change in CHANGES if change.refused is None][:8])

    @classmethod
    def run_service(cls, clients, changes):
        for name, client in clients.items():
            for change in changes:
                cls.write(name, client, change)
        assert cls.producer.flush(ANSWER_S) == 0, "events were not delivered"
        service = cls.deployment.service()
        cls.deployment.wait_read()
        cls.deployment.wait_truth()
        assert service.stop() == 0
        cls.deployment.wait_seen()

    @classmethod
    def write(cls, name, client, change):
        """Stories of some children, of which the events that CHANGE is about are written by its schema."""
        told, chosen = [], []
        while len(chosen) < EVENTS:
            cls.child_count += 1
            told += events.Story(cls.chance, f"{change.name}-{name}-{cls.child_count}").events
            chosen = [event for event in told if event["type"] == change.record and change.of(event)]
        records = client.write(change.schema, cls.deployment.topics[TOPIC_OF[change.record]],
                               change.values(map(raw_value, chosen)))
        letter = change.letter or change.refused is not None and (
            ("SCHEMA_UNFIT", change.refused) if name in cls.with_registry else ("SCHEMA_UNKNOWN", ""))
        for event, record in zip(chosen, records, strict=True):
            cls.send(event, record, letter)
            if not letter:
                cls.deployment.events.append(change.meant(event))
        for event in told:
            if event not in chosen:
                cls.send(event, encode(*event_record(event)), None)
                cls.deployment.events.append(event)

    @classmethod
    def send(cls, event, record, letter):
        def on_delivery(_, message):
            if letter:
                cls.letters[message.topic(), message.partition(), message.offset()] = letter
        cls.producer.produce(cls.deployment.topics[TOPIC_OF[event["type"]]], record, event["child_id"], on_delivery=on_delivery)

    def test_events_are_what_they_mean(self):
        truth = self.deployment.truth()
        self.assertGreater(len(truth), 100)
        self.assertIn("SEVERE", {alert["level"] for alert in truth.values()}, "a reader below does not know it")
        self.deployment.assert_sound()

    def test_what_can_not_be_read_is_a_dead_letter_that_names_the_field(self):
        found = {(letter["topic"], letter["partition"], letter["offset"]): (letter["reason"], letter["field"] or "")
                 for letter in self.deployment.dead_letters()}
        wrong = {(found.get(where), self.letters.get(where)) for where in found.keys() | self.letters.keys()
                 if found.get(where) != self.letters.get(where)}
        self.assertEqual(wrong, set(), "found, wanted")

    def test_a_schema_that_does_not_fit_is_refused_by_its_file_and_field(self):
        for change in CHANGES:
            folder = self.folder.parent / f"alone-{change.name}"
            folder.mkdir()
            file = folder / "events.avsc"
            file.write_text(json.dumps(change.schema))
            with self.subTest(change.name):
                result = self.deployment.command("check", settings={"schemas.folder": folder})
                if change.refused is None:
                    self.assert_says(result, 0)
                else:
                    what = f"its field {change.refused} can not be resolved with ours" if change.refused else "it is no event's"
                    self.assert_says(result, 78, f"{file}: {what}")

    def test_what_is_written_is_read_by_older_and_newer_readers(self):
        for topic, record in RECORD_OF.items():
            values = [message.value() for message in self.deployment.reader(topic).read() if message.value() is not None]
            framed = {"": [value for value in values if value[0] == 0xC3], "registry": [value for value in values if value[0] == 0]}
            for name, client in (self.alone | self.with_registry).items():
                written = framed[name.partition("-")[2]]
                self.assertGreater(len(written), 10)
                for reader, (schema, seen) in READERS.items():
                    with self.subTest(f"{topic}: {name}, {reader}"):
                        found = client.read(schema_of(record), schema(record), self.deployment.topics[topic], written)
                        wanted = [seen(self.deployment.decode(value)) for value in written]
                        self.assertEqual([{key: plain(field) for key, field in value.items()} for value in found], wanted)


if __name__ == "__main__":
    unittest.main()
