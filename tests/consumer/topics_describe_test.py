#!/usr/bin/env python3
"""Protects `topics describe`: what people read of the topics, that the Avro schemas are the files themselves, and that no broker is
needed. The AsyncAPI document is held against AsyncAPI's own parser in tests/asyncapi.

    topics_describe_test.py PLACEMENT_ALERTS
"""
import json
import pathlib
import subprocess
import sys
import unittest

PROGRAM = sys.argv.pop(1)
SCHEMAS = pathlib.Path(__file__).parent.parent.parent / "schemas"

FILES = {"placements": ["placement"], "moves": ["move"], "enrollments": ["enrollment"], "alerts": ["alert"],
         "violations": ["violation"], "state": ["state", "progress"], "dead-letters": ["dead_letter"],
         "deliveries": ["delivery_alert", "delivery_position", "delivery_standing", "delivery_wish"]}

TABLE = """\
TOPIC         USE       KEY                     SCHEMA            FRAMING        CLEANUP                RECORDS
in            read      child_id                Placement         single-object  delete after 30 days   arrivals and departures
moves         read      child_id                Move              single-object  delete after 30 days   moves
enrollments   read      child_id                Enrollment        single-object  delete after 30 days   school enrollments
alerts        written   alert_id                Alert             single-object  compact                every revision of every alert
violations    written   alert_id                ViolationInForce  single-object  compact                violations in force
state         internal  child_id                State             single-object  compact                the service's memory of children
                        #progress               Progress          single-object
dead-letters  written   topic/partition/offset  DeadLetter        single-object  delete after 30 days   what could not be read, and why
deliveries    internal  subscription/alert_id   DeliveryAlert     single-object  compact                what subscribers were told; notify's own
                        subscription/partition  DeliveryPosition  single-object
                        subscription            DeliveryStanding  single-object
                        subscription/replay     DeliveryWish      single-object
each as created: partitions 6, replicas 3
values: Avro
"""


def describe(*options, **settings):
    sets = [word for name, value in settings.items() for word in ("--set", f"{name.replace('__', '.')}={value}")]
    return subprocess.run([PROGRAM, "topics", "describe", *options, *sets], capture_output=True, text=True)


def without_column(table, name):
    """Fingerprints change with every schema: that they are right is tested in tests/asyncapi."""
    start = table.index(name)
    end = start + 18
    return "".join((line[:start] + line[end:]).rstrip() + "\n" if not line.startswith(("each", "values")) else line + "\n"
                   for line in table.splitlines())


def schema_of(file):
    return json.loads((SCHEMAS / f"{file}.avsc").read_text())


class TopicsDescribe(unittest.TestCase):
    maxDiff = None

    def test_the_table(self):
        result = describe(topics__placements="in", topics__input_retention_days=30, topics__partitions=6, topics__replication_factor=3)
        self.assertEqual((result.returncode, result.stderr), (0, ""))
        self.assertEqual(without_column(result.stdout, "FINGERPRINT"), TABLE)

    def test_the_table_says_how_values_are_framed(self):
        """The service's memory never depends on a registry."""
        lines = describe(registry__urls="http://r1:8081").stdout.splitlines()[1:-2]
        framed = {line.split("  ")[0].strip() or "progress": "single-object" if "single-object" in line else "Confluent's" for line in lines}
        self.assertTrue(all(framing in line for framing, line in zip(framed.values(), lines)))
        self.assertEqual([name for name, framing in framed.items() if framing == "single-object"], ["state", "progress", "deliveries"])

    def test_the_table_names_schemas_as_they_do_themselves(self):
        names = [line[24:].split()[1] for line in describe().stdout.splitlines()[1:-2]]
        self.assertEqual(names, [schema_of(file)["name"] for files in FILES.values() for file in files])

    def test_avro_of_a_topic_is_the_file(self):
        for topic, files in FILES.items():
            with self.subTest(topic):
                result = describe("--avro", topic)
                self.assertEqual((result.returncode, result.stderr), (0, ""))
                if len(files) == 1:
                    self.assertEqual(result.stdout, (SCHEMAS / f"{files[0]}.avsc").read_text())
                else:
                    self.assertEqual(json.loads(result.stdout), [schema_of(file) for file in files])

    def test_avro_of_all_topics(self):
        result = describe("--avro", topics__state="memory")
        self.assertEqual((result.returncode, result.stderr), (0, ""))
        wanted = {topic if topic != "state" else "memory": [schema_of(file) for file in files] for topic, files in FILES.items()}
        self.assertEqual(json.loads(result.stdout), wanted)
        self.assertEqual(list(json.loads(result.stdout)), list(wanted))

    def test_a_topic_has_the_name_of_the_settings(self):
        self.assertEqual(describe("--avro", "in", topics__placements="in").stdout, (SCHEMAS / "placement.avsc").read_text())
        result = describe("--avro", "placement")
        self.assertEqual((result.returncode, result.stdout), (64, ""))
        self.assertIn('"placement" is none of the topics in the settings; did you mean placements?', result.stderr)

    def test_what_json_can_not_say_is_said(self):
        result = subprocess.run([PROGRAM, "topics", "describe", "--asyncapi", "--set", b"kafka.bootstrap.servers=\xff:9092"], capture_output=True)
        self.assertEqual((result.returncode, result.stdout), (71, b""))
        self.assertIn(b"a setting is not UTF-8", result.stderr)

    def test_what_does_not_go_together_is_said(self):
        for options, text in ((["--avro", "--asyncapi"], "--asyncapi and --avro exclude each other"),
                              (["alerts"], "TOPIC needs --avro"), (["--asyncapi", "alerts"], "TOPIC needs --avro")):
            with self.subTest(options):
                result = describe(*options)
                self.assertEqual((result.returncode, result.stdout), (64, ""))
                self.assertIn(text, result.stderr)


if __name__ == "__main__":
    unittest.main()
