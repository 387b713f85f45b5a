"""Protects that alerts and violations are CloudEvents to whoever reads them with the official SDKs of Python and Java, every record with
a value or without, one id for each, nothing personal in any header, and none where no source is configured; and that a trace goes
through."""

import collections
import datetime
import pathlib
import subprocess
import unittest

from cloudevents.core.bindings.kafka import KafkaMessage, from_binary_event

import events
from cluster import PATIENCE
from deployment import ANSWER_S, PATIENT, Deployment
from kafka_case import KafkaCase
from records import TOPIC_OF, decode, encode, event_record, murmur2_producer

HERE = pathlib.Path(__file__).resolve().parent
JARS = HERE.parent.parent / "build" / "cloudevents" / "lib"
SOURCE = "urn:nld:oin:00000001234567890000:systeem:placement-alerts"
PUBLISHED = ["alerts", "violations"]
TYPE = "nl.placementalerts.{}.v1"
TYPES = {  # by topic and whether the record has a value
    ("alerts", True): {TYPE.format("alert-revised")},
    ("alerts", False): {TYPE.format("alert-forgotten")},
    ("violations", True): {TYPE.format("violation-in-force")},
    ("violations", False): {TYPE.format("violation-over"), TYPE.format("violation-forgotten")},
}
CE_HEADERS = ["ce_specversion", "ce_id", "ce_source", "ce_type", "ce_time"]
TRACE = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b716920333{}-01"


def python_event(message):
    return from_binary_event(KafkaMessage(dict(message.headers()), message.key(), message.value()))


def milliseconds(instant):
    return str(round(instant.timestamp() * 1000))


def produce_traced(deployment, told, headers):
    """Sends events as another program does, with headers, and remembers them for truth()."""
    deployment.events += told
    producer = murmur2_producer(deployment.cluster.bootstrap)
    for event in told:
        record, value = event_record(event)
        producer.produce(deployment.topics[TOPIC_OF[record]], encode(record, value), event["child_id"], headers=headers)
    assert producer.flush(ANSWER_S) == 0, "events were not delivered"


class ReadByOthersTest(KafkaCase):
    """One deployment that saw everything: a crash, alerts that resolve, days that pass, children forgotten."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.deployment = cls.enterClassContext(
            Deployment(cls.cluster, "read", settings={"cloudevents.source": SOURCE}))
        deployment = cls.deployment
        deployment.produce(events.chaos(41, 150))
        deployment.service(crash_at="after-alerts:3").wait_end()
        service = deployment.service()
        deployment.wait_truth()
        deployment.produce(events.chaos(42, 50, prefix="other"))
        deployment.wait_truth()
        deployment.wait_seen("violations")
        for child_id in sorted({violation["child_id"] for violation in deployment.newest("violations").values()})[:5]:
            deployment.forget(child_id)
        deployment.wait_truth()
        assert service.stop() == 0
        deployment.as_of = deployment.settings["clock"] = "2026-01-15"
        service = deployment.service()
        deployment.wait_truth()
        assert service.stop() == 0
        deployment.wait_seen()

    def records(self):
        return [(topic, message) for topic in PUBLISHED for message in self.deployment.reader(topic).read()]

    def test_python(self):
        seen = collections.Counter()
        for topic, message in self.records():
            event, has_value = python_event(message), message.value() is not None
            self.assertIn(event.get_type(), TYPES[topic, has_value])
            self.assertEqual(event.get_source(), SOURCE)
            self.assertEqual(event.get_datacontenttype(), "application/avro" if has_value else None)
            self.assertEqual(event.get_data() is not None, has_value)
            about, alert_id, which, logged_at = event.get_id().split("/")
            self.assertEqual([about + "s", alert_id], [topic, message.key().decode()])
            self.assertEqual(logged_at, milliseconds(event.get_time()))
            self.assertLess(abs(datetime.datetime.now(datetime.timezone.utc) - event.get_time()), datetime.timedelta(hours=1))
            if topic == "alerts" and has_value:
                alert = decode(message.value())
                self.assertEqual(which, str(alert["revision"]))
                self.assertEqual(dict(message.headers())["ce_time"].decode(), alert["logged_at"])
            seen[event.get_type()] += 1
        self.assertEqual(set(seen), set().union(*TYPES.values()), seen)

    def test_java_reads_the_same(self):
        result = subprocess.run(["java", "-XX:TieredStopAtLevel=1", "-cp", f"{JARS}/*", HERE / "cloudevents" / "ReadEvents.java",
                                 self.cluster.bootstrap, *map(self.deployment.topics.get, PUBLISHED)],
                                text=True, capture_output=True, timeout=PATIENCE * 60)
        self.assertEqual(result.returncode, 0, result.stderr[-3000:])
        found = [line.split("\t") for line in result.stdout.splitlines()]
        wanted = []
        for topic, message in self.records():
            event = python_event(message)
            wanted.append([self.deployment.topics[topic], message.key().decode(), "1.0", event.get_id(), SOURCE, event.get_type(),
                           milliseconds(event.get_time()), event.get_datacontenttype() or "null", "[]",
                           "null" if message.value() is None else str(len(message.value()))])
        self.assertEqual(sorted(found), sorted(wanted))

    def test_ids_are_unique(self):
        ids = collections.Counter(python_event(message).get_id() for _, message in self.records())
        self.assertGreater(len(ids), 500)
        self.assertEqual([each for each, count in ids.items() if count > 1], [])

    def test_nothing_personal(self):
        child_ids = {event["child_id"] for event in self.deployment.events}
        for _, message in self.records():
            self.assertEqual([name for name, _ in message.headers()][:5], CE_HEADERS)
            told = " ".join(f"{name} {value.decode()}" for name, value in message.headers())
            self.assertEqual([child_id for child_id in child_ids if child_id in told], [])

    def test_the_service_keeps_its_own_to_itself(self):
        for topic in ("state", "dead_letters"):
            self.assertEqual([message for message in self.deployment.reader(topic).read() if message.headers()], [])


class TraceTest(KafkaCase):
    def traced(self, deployment, prefix, headers):
        """By child, the headers of what is published of children told of with HEADERS."""
        produce_traced(deployment, events.chaos(43, 20, prefix=prefix), headers)
        deployment.wait_truth()
        deployment.wait_seen()
        found = collections.defaultdict(list)
        for topic in PUBLISHED:
            for message in deployment.reader(topic).read():
                if message.value() is not None and decode(message.value())["child_id"].startswith(prefix):
                    found[topic].append(dict(message.headers() or []))
        return found["alerts"] + found["violations"]

    def deploy_live(self, **wishes):
        deployment = self.deploy(**wishes)
        deployment.produce(events.chaos(44, 20))
        deployment.service(settings=PATIENT).wait_log("caught up")  # what another reads again has lost its trace
        return deployment

    def test_goes_through(self):
        """Beside the CloudEvents headers; what vendors add does not."""
        deployment = self.deploy_live(settings={"cloudevents.source": SOURCE})
        headers = [("traceparent", TRACE.format(1)), ("tracestate", "vendor=child-1"), ("other", None)]
        found = self.traced(deployment, "traced", headers)
        self.assertGreater(len(found), 10)
        for each in found:
            self.assertEqual(each.get("traceparent"), TRACE.format(1).encode())
            self.assertEqual(sorted(each.keys() - {"traceparent"}), sorted([*CE_HEADERS, "content-type"]))
        self.assertEqual({each.get("traceparent") for each in self.traced(deployment, "wrong", [("traceparent", "01-x")])}, {None})

    def test_without_a_source(self):
        """There is no header but the trace of those that have one."""
        deployment = self.deploy_live()
        self.assertEqual([message for topic in PUBLISHED for message in deployment.reader(topic).read() if message.headers()], [])
        found = self.traced(deployment, "traced", [("traceparent", TRACE.format(2))])
        self.assertEqual([each for each in found if each != {"traceparent": TRACE.format(2).encode()}], [])


if __name__ == "__main__":
    unittest.main()
