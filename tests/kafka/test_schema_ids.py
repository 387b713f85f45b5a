"""Protects reading what others write through a schema registry: its events count as all others do, in one topic with them; where the
registry can not be asked only what needs it waits, visibly, and nothing is lost or doubled by it; and what no registry knows is a
dead letter in the end, never a good event."""

import collections
import datetime
import itertools
import json
import os
import random
import re
import signal
import subprocess
import threading
import time
import unittest

from confluent_kafka.schema_registry import SchemaRegistryClient
from confluent_kafka.schema_registry.avro import AvroSerializer
from confluent_kafka.serialization import MessageField, SerializationContext

import events
from cluster import PATIENCE, wait_for
from deployment import ANSWER_S, BINARY, PATIENT
from fake_registry import FakeRegistry
from gate import Gate
from kafka_case import KafkaCase
from records import SCHEMAS, TOPIC_OF, decode, encode, event_record, murmur2_producer, registry_decoder
from registry import Registry

PATIENCE_MS = 2000
HANGS_MS = 60_000  # that long an answer is waited for, where it is
NO_REGISTRY = {"registry.urls": ""}
WAITS = r"inputs: waits for the schema registry topic=\S+moves partition={} offset={} schema_id={} reason="
GOES_ON = "inputs: goes on after the schema registry's answer"


def schema(name, **changes):
    return json.loads((SCHEMAS / f"{name}.avsc").read_text()) | changes


def framed(schema_id, value):
    """A value in single-object encoding as it would stand behind a registry's id."""
    return b"\0" + schema_id.to_bytes(4, "big") + value[10:]


class SchemaIdsTest(KafkaCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        os.environ["PLACEMENT_ALERTS_SCHEMA_PATIENCE_MS"] = str(PATIENCE_MS)
        cls.registry = Registry(cls.cluster.folder / "registry")
        cls.addClassCleanup(cls.registry.stop)
        cls.registry.start()
        by_id = registry_decoder(cls.registry.url)
        cls.decode = staticmethod(lambda value: by_id(value) if value[0] == 0 else decode(value))

    def deploy(self, **settings):
        self.gate = Gate(self.registry.port)
        self.addCleanup(self.gate.shut)
        self.gate.open()
        url = self.registry.url.replace(str(self.registry.port), str(self.gate.port))
        deployment = super().deploy(decode=self.decode, settings={"registry.urls": url, **settings})
        self.producer = murmur2_producer(self.cluster.bootstrap)
        self.versions = 0
        return deployment

    # --- writing --------------------------------------------------------------------------------------------------

    def new_id(self, deployment, name):
        """An id that nobody has met: of another version of the schema of that name."""
        self.versions += 1
        text = schema(name, doc=f"Version {self.versions} of {deployment.name}.")
        return self.registry.register(f"{deployment.topics[TOPIC_OF[name]]}-value", text)

    def send(self, deployment, told, ids=None):
        """Events behind ids of the registry, by the name of their record, or in single-object encoding."""
        where = []
        deployment.events += told
        for event in told:
            name, value = event_record(event)
            record = encode(name, value) if ids is None else framed(ids[name], encode(name, value))
            self.producer.produce(deployment.topics[TOPIC_OF[name]], record, event["child_id"],
                                  on_delivery=lambda _, message: where.append((message.partition(), message.offset())))
        self.assertEqual(self.producer.flush(ANSWER_S), 0)
        return where

    def serialize(self, deployment, told):
        """Events by Confluent's own serializer; enrollments with a schema whose fields are in another order."""
        enrollment = schema("enrollment")
        enrollment["fields"].reverse()
        texts = {"placement": schema("placement"), "move": schema("move"), "enrollment": enrollment}
        deployment.events += told
        with SchemaRegistryClient({"url": self.registry.url}) as client:
            serializers = {name: AvroSerializer(client, json.dumps(text)) for name, text in texts.items()}
            for event in told:
                name, value = event_record(event)
                topic = deployment.topics[TOPIC_OF[name]]
                record = serializers[name](value, SerializationContext(topic, MessageField.VALUE))
                self.producer.produce(topic, record, event["child_id"])
        self.assertEqual(self.producer.flush(ANSWER_S), 0)

    # --- tests ----------------------------------------------------------------------------------------------------

    def test_events_of_both_framings_in_one_topic_are_what_evaluate_makes_of_them(self):
        deployment = self.deploy(**{"service.workers": 2})
        told = events.chaos(51, 400)
        half = len(told) // 2
        self.send(deployment, told[:half // 2])
        self.serialize(deployment, told[half // 2:half])
        service = deployment.service().wait_ready()
        for first in range(half, len(told), 200):
            write = self.serialize if first % 400 == 0 else self.send
            write(deployment, told[first:first + 200])
        deployment.wait_read()
        deployment.wait_truth()
        self.assertEqual(deployment.dead_letters(), [])
        self.assertEqual(service.stop(), 0)
        deployment.assert_sound()

    def test_what_needs_a_registry_that_is_away_waits_and_all_else_goes_on(self):
        deployment = self.deploy()
        ids = {name: self.new_id(deployment, name) for name in TOPIC_OF}
        told = events.chaos(52, 200)
        self.send(deployment, told[:-300], ids)
        service = deployment.service(settings=PATIENT).wait_ready()  # one that was given its partitions anew would say again what waits
        deployment.wait_read()
        new = self.new_id(deployment, "move")
        self.gate.shut()
        move = next(event for event in told[-300:] if event["type"] == "move")
        [(partition, offset)] = self.send(deployment, [move], {"move": new})
        service.wait_log(WAITS.format(partition, offset, new))
        self.send(deployment, told[-300:], ids)
        ends = deployment.input_ends()
        self.assertGreater(ends["moves"][partition], offset + 1)
        wanted = ends | {"moves": ends["moves"] | {partition: offset}}
        wait_for(lambda: deployment.group_offsets() == wanted, 60, "all others to be read", interval=0.2)
        self.assert_said_seldom(service, WAITS.format(partition, offset, new))
        self.gate.open()
        service.wait_log(GOES_ON)
        deployment.wait_read()
        deployment.wait_truth()
        self.assertEqual(deployment.dead_letters(), [])
        self.assertEqual(service.stop(), 0)
        deployment.assert_sound()

    def assert_said_seldom(self, service, line):
        """Once a minute: by the log's own clock, which may be a little late, not by how long the test takes."""
        said = [datetime.datetime.fromisoformat(each) for each in re.findall(rf"(?m)^(\S+)Z .*{line}", service.log())]
        self.assertTrue(said)
        for earlier, later in itertools.pairwise(said):
            self.assertGreater(later - earlier, datetime.timedelta(seconds=30))

    def test_ids_of_no_schema_are_dead_letters_in_the_end_and_disturb_nobody(self):
        deployment = self.deploy()
        ids = {name: self.new_id(deployment, name) for name in TOPIC_OF}
        json_schema = {"schemaType": "JSON", "schema": json.dumps({"$schema": "http://json-schema.org/draft-07/schema#"})}
        not_avro = self.registry.ask("/subjects/of-others/versions", "POST", json_schema)["id"]
        other = self.registry.register("of-others-2", {"type": "record", "name": "Other", "fields": []})
        told = events.chaos(53, 200)
        self.send(deployment, told[:300], ids)
        service = deployment.service().wait_ready()
        deployment.wait_read()
        child = told[0]["child_id"]
        poison = {0: "SCHEMA_UNKNOWN", 2**31: "SCHEMA_UNKNOWN", 2**32 - 1: "SCHEMA_UNKNOWN", not_avro: "SCHEMA_UNUSABLE",
                  other: "SCHEMA_UNFIT", **{10**6 + number: "SCHEMA_UNKNOWN" for number in range(1000)}}
        begun = time.monotonic()
        for schema_id in poison:
            self.producer.produce(deployment.topics["moves"], b"\0" + schema_id.to_bytes(4, "big"), child)
        self.producer.produce(deployment.topics["moves"], b"\0\0\0\0", child)
        self.send(deployment, told[300:], ids)
        deployment.wait_read()
        self.assertGreater(time.monotonic() - begun, PATIENCE_MS / 1000)
        deployment.wait_seen()
        letters = deployment.dead_letters()
        found = {letter["registry_id"]: letter["reason"] for letter in letters}
        self.assertEqual(found, poison | {None: "FRAMING_UNKNOWN"})
        self.assertEqual(len(letters), len(poison) + 1)
        [unusable] = [letter for letter in letters if letter["registry_id"] == not_avro]
        self.assertIn("JSON", unusable["field"])
        deployment.wait_truth()
        self.assertEqual(service.stop(), 0)
        deployment.assert_sound()

    def test_it_stops_while_the_registry_hangs(self):
        deployment = self.deploy(**{"registry.timeout_ms": HANGS_MS})
        service = deployment.service().wait_ready()
        new = self.new_id(deployment, "move")
        move = next(event for event in events.chaos(54, 5) if event["type"] == "move")
        self.registry.process.send_signal(signal.SIGSTOP)
        self.addCleanup(self.registry.process.send_signal, signal.SIGCONT)
        [(partition, offset)] = self.send(deployment, [move], {"move": new})
        service.wait_log(WAITS.format(partition, offset, new))
        self.assertEqual(service.stop(timeout=HANGS_MS / 1000 * 2 / 3), 0)  # who waits for the answer is not through by then
        self.registry.process.send_signal(signal.SIGCONT)
        deployment.service("two")
        deployment.wait_read()
        deployment.wait_truth()
        deployment.assert_sound()

    def test_watch_is_interrupted_while_the_registry_hangs(self):
        deployment = self.deploy(**{"registry.timeout_ms": HANGS_MS})
        self.send(deployment, events.chaos(58, 60))
        service = deployment.service().wait_ready()
        deployment.wait_truth()
        self.assertEqual(service.stop(), 0)
        answers = threading.Event()
        self.addCleanup(answers.set)
        with FakeRegistry(lambda *_: (503, answers.wait())) as hanging:
            options = deployment.options({"registry.urls": hanging.url})
            watch = subprocess.Popen([BINARY, "watch", "--from-beginning", *options], stdout=subprocess.DEVNULL)
            self.addCleanup(watch.kill)
            wait_for(lambda: hanging.asked, 30, "watch to ask")
            watch.send_signal(signal.SIGINT)
            self.assertEqual(watch.wait(HANGS_MS / 1000 * 2 / 3), 0, "before the registry's time is over")

    def test_new_ids_whatever_happens_meanwhile(self):
        chance = random.Random(55)
        deployment = self.deploy(**{"service.start_timeout_ms": 60000})
        told = events.chaos(55, 200)
        instances = {name: deployment.service(name).wait_ready() for name in ("one", "two")}
        for step, first in enumerate(range(0, len(told), 120)):
            ids = {name: self.new_id(deployment, name) for name in TOPIC_OF}
            if step % 3 == 1:
                self.gate.shut()
            self.send(deployment, told[first:first + 120], ids)
            if step % 3 == 2:
                name = chance.choice(sorted(instances))
                instances[name].kill() if chance.random() < 0.5 else instances[name].stop()
                self.gate.open()
                instances[name] = deployment.service(name)
        if self.gate.listener is None:
            self.gate.open()
        deployment.wait_read()
        deployment.wait_truth()
        self.assertEqual(deployment.dead_letters(), [])
        for instance in instances.values():
            self.assertEqual(instance.stop(), 0)
        deployment.assert_sound()

    def test_watch_and_forget_read_both_framings(self):
        deployment = self.deploy()
        told = events.chaos(56, 60)
        self.send(deployment, told)
        service = deployment.service(settings=NO_REGISTRY).wait_ready()
        deployment.wait_truth()
        service.stop()
        service = deployment.service().wait_ready()
        self.send(deployment, events.chaos(57, 60, prefix="later"))
        deployment.wait_truth()
        deployment.wait_seen()
        framings = collections.Counter(message.value()[0] for message in deployment.reader("alerts").read())
        self.assertEqual(set(framings), {0x00, 0xC3})
        shown = deployment.command("watch", "--json", "--from-beginning", "--exit-at-end", check=True).stdout
        self.assertEqual(len(shown.splitlines()), sum(framings.values()))

        child = min(alert["child_id"] for alert in deployment.newest_alerts().values() if alert["child_id"].startswith("later"))
        self.gate.shut()
        words = "forget", child, "--reason", "a test", "--wait", "--timeout", str(PATIENCE * 60)
        self.assert_says(deployment.command(*words), 69, "127.0.0.1")
        with open(deployment.folder / "shown", "w+") as again:  # a pipe may be full before it waits for the registry
            watch = subprocess.Popen([BINARY, "watch", "--json", "--from-beginning", "--exit-at-end", *deployment.options()],
                                     stdout=again, stderr=subprocess.PIPE, text=True)
            self.addCleanup(watch.kill)
            self.assertIn("waits for the schema registry", "".join(iter_until(watch.stderr, "waits for")))
            self.gate.open()
            watch.communicate(timeout=PATIENCE * 60)
            self.assertEqual(watch.returncode, 0)
            again.seek(0)
            self.assertGreaterEqual(len(again.readlines()), len(shown.splitlines()))
        for status in (401, 403):
            with FakeRegistry(lambda *_, status=status: (status, {})) as refusing:
                for command in words, ("watch", "--from-beginning", "--exit-at-end"):
                    denied = deployment.command(*command, settings={"registry.urls": refusing.url})
                    self.assert_says(denied, 77, "refused access", "topic=", str(status), "registry.username")
        self.assertEqual(deployment.command(*words).returncode, 0)
        self.assertEqual(deployment.published_of(child), [])
        self.assertEqual(service.stop(), 0)


def iter_until(lines, text):
    for line in lines:
        yield line
        if text in line:
            return


if __name__ == "__main__":
    unittest.main()
