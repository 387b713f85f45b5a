"""Protects the examples of docs/consume.md: as they stand there, they show exactly the violations in force, and the alerts."""

import contextlib
import pathlib
import sqlite3
import subprocess
import sys
import unittest

import events
from cluster import JARS, PATIENCE, wait_for
from kafka_case import KafkaCase
from records import murmur2_producer
from registry import Registry

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
EXAMPLES = ROOT / "docs" / "examples"
SCHEMAS = [ROOT / "schemas" / "violation.avsc", *sorted((ROOT / "schemas" / "released").glob("violation-*.avsc"))]
PYTHON = [sys.executable, "-B", EXAMPLES / "violations.py"]
ALERTS = [sys.executable, "-B", EXAMPLES / "alerts.py"]
JAVA = ["java", "-cp", f"{JARS}/*:{ROOT}/build/connect/avro/lib/*", EXAMPLES / "Violations.java"]
KCAT = ["sh", EXAMPLES / "violations.sh"]


def printed(command):
    result = subprocess.run(command, capture_output=True, text=True, timeout=PATIENCE * 60)
    if result.returncode != 0:
        raise AssertionError(f"{command[0]} ended with {result.returncode}:\n{result.stderr[-3000:]}")
    return sorted(result.stdout.splitlines())


class ExamplesTest(KafkaCase):
    def assert_prints(self, deployment, example, *more, fields=("alert_id", "rule", "level", "location_id", "violation_on")):
        """One line for each violation that the events give, once the service has come to that."""
        command = [*example, self.cluster.bootstrap, deployment.topics["violations"], *more]
        wanted = sorted(" ".join(alert[field] for field in fields) for alert in deployment.in_force().values())
        self.assertGreater(len(wanted), 50)
        try:
            wait_for(lambda: printed(command) == wanted, 30, "the example to show what is in force", interval=0.5)
        except TimeoutError:
            self.assertEqual(printed(command), wanted)

    def assert_follows(self, deployment, *more):
        """The table of alerts.py has every alert that the events give; what was withdrawn is marked so."""
        path = deployment.folder / "alerts.db"
        printed([*ALERTS, self.cluster.bootstrap, deployment.topics["alerts"], path, *more])
        with contextlib.closing(sqlite3.connect(path)) as database:
            rows = database.execute("SELECT alert_id, child_id, rule, level, state, location_id FROM alerts "
                                    "WHERE state <> 'WITHDRAWN'").fetchall()
        fields = ("alert_id", "child_id", "rule", "level", "state", "location_id")
        self.assertCountEqual(rows, [tuple(alert[field] for field in fields) for alert in deployment.truth().values()])

    def test_follow_what_changes(self):
        """It goes on from where it was; from the beginning again it changes nothing."""
        deployment = self.deploy()
        told = events.chaos(94, 300)
        deployment.service().wait_ready()
        for piece in (told[:len(told) // 2], told[len(told) // 2:]):
            deployment.produce(piece)
            deployment.wait_truth()
            deployment.wait_seen("alerts")
            self.assert_follows(deployment)
        self.forget_one(deployment)
        deployment.wait_truth()
        deployment.wait_seen("alerts")
        self.assert_follows(deployment)
        with contextlib.closing(sqlite3.connect(deployment.folder / "alerts.db")) as database, database:
            database.execute("DELETE FROM positions")
        self.assert_follows(deployment)

    def forget_one(self, deployment):
        """A child with a violation, as truth() has it."""
        deployment.forget(next(iter(deployment.in_force().values()))["child_id"])

    def test_what_is_missing_is_named(self):
        """In one line, and nothing is shown."""
        deployment = self.deploy(partitions=1)
        violations, alerts = deployment.topics["violations"], deployment.topics["alerts"]
        producer = murmur2_producer(self.cluster.bootstrap)
        for topic in (violations, alerts):
            producer.produce(topic, b"\0\0\0\0\7", "an id")  # as it is with a registry
        self.assertEqual(producer.flush(10), 0)
        nobody, broker = "127.0.0.1:1", self.cluster.bootstrap
        for named, *command in [("no-such-topic", *PYTHON, broker, "no-such-topic"),
                                ("no-such-topic", *ALERTS, broker, "no-such-topic", ":memory:"),
                                ("no-such-topic", *KCAT, broker, "no-such-topic"),
                                (nobody, *PYTHON, nobody, violations),
                                ("transport failure", *KCAT, nobody, violations),
                                ("the registry's URL", *PYTHON, broker, violations),
                                ("the registry's URL", *ALERTS, broker, alerts, ":memory:"),
                                (f"http://{nobody}/schemas/ids/7", *PYTHON, broker, violations, f"http://{nobody}")]:
            with self.subTest(named=named, command=command):
                result = subprocess.run(command, capture_output=True, text=True, timeout=PATIENCE * 60)
                self.assertNotEqual(result.returncode, 0)
                self.assertEqual(result.stdout, "")
                [line] = [line for line in result.stderr.splitlines() if not line.startswith("%3|")]  # librdkafka's own log
                self.assertIn(named, line)

    def test_single_object(self):
        deployment = self.deploy()
        deployment.produce(events.chaos(91, 300))
        deployment.service(crash_at="after-alerts:3").wait_end()
        deployment.service().wait_ready()
        deployment.wait_truth()
        self.forget_one(deployment)
        self.assert_prints(deployment, PYTHON)
        self.assert_prints(deployment, JAVA, *SCHEMAS)
        self.assert_prints(deployment, KCAT, fields=["alert_id"])

    def test_both_framings_in_one_topic(self):
        """As it is where a registry came later."""
        registry = Registry(self.cluster.folder / "registry")
        self.addCleanup(registry.stop)
        registry.start()
        deployment = self.deploy()
        deployment.produce(events.chaos(92, 200))
        service = deployment.service().wait_ready()
        deployment.wait_truth()
        self.assertEqual(service.stop(), 0)
        deployment.produce(events.chaos(93, 200, prefix="later"))
        deployment.service(settings={"registry.urls": registry.url}).wait_ready()
        self.forget_one(deployment)
        self.assert_prints(deployment, PYTHON, registry.url)
        self.assert_prints(deployment, KCAT, fields=["alert_id"])
        self.assertEqual({message.value()[0] for message in deployment.reader("violations").newest().values()}, {0xC3, 0})


if __name__ == "__main__":
    unittest.main()
