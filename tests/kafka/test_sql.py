"""Protects whoever reads violations with SQL: Kafka Connect, as etc/connect configures it, keeps a table that is exactly the violations
in force, in the types that SQL has for them, whatever dies in between, once etc/connect/restart-failed.sh has run."""

import datetime
import random
import threading
import unittest

import psycopg

import events
from cluster import wait_for
from connect import Connect
from deployment import difference
from kafka_case import KafkaCase
from postgres import PASSWORD, Postgres
from records import murmur2_producer, registry_decoder
from registry import Registry

SEED = 81
QUICK_TO_FAIL = {"flush.max.retries": 1, "hibernate.c3p0.acquireRetryAttempts": 2}
MUCH_LATER = "2040-01-01T00:00:00.000Z"
DATES = {"raised_on", "violation_on", "due_on", "resolved_on"}
TYPES = dict.fromkeys(DATES, "date") | {"logged_at": "timestamp without time zone", "unaccompanied": "boolean",
                                        "revision": "bigint", "norm_months": "integer"}
COLUMNS = "SELECT column_name, data_type FROM information_schema.columns WHERE table_name = 'violations'"


def as_record(row):
    """A row as the tests show records; its instants are of UTC."""
    def field(value):
        if isinstance(value, datetime.datetime):
            return value.isoformat(timespec="milliseconds") + "Z"
        return str(value) if isinstance(value, datetime.date) else value
    return {name: field(value) for name, value in row.items()}


def taken_back(told, event_id):
    """The version of a fact that says it never was."""
    return next(event for event in told if event["event_id"] == event_id) | {"retracted": True, "recorded_at": MUCH_LATER}


class SqlTest(KafkaCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.registry = Registry(cls.cluster.folder / "registry")
        cls.addClassCleanup(cls.registry.stop)
        cls.registry.start()
        cls.decode = staticmethod(registry_decoder(cls.registry.url))
        cls.postgres = Postgres()
        cls.addClassCleanup(cls.postgres.stop)
        cls.postgres.start()

    def setUp(self):
        self.postgres.query("DROP TABLE IF EXISTS violations")

    def start_service(self, deployment):
        deployment.service(settings={"registry.urls": self.registry.url})

    def connect(self, deployment, more=None):
        secrets = deployment.folder / "secrets"
        secrets.write_text(f"password={PASSWORD}\n")
        worker = {"bootstrap.servers": self.cluster.bootstrap, "config.providers.file.param.allowed.paths": secrets,
                  "value.converter.apicurio.registry.url": self.registry.native_url}
        changes = {"topics": deployment.topics["violations"], "connection.url": self.postgres.url,
                   "connection.password": f"${{file:{secrets}:password}}"} | (more or {})
        connect = Connect(deployment.folder / "connect", "violations-postgresql.properties", worker, changes)
        self.addCleanup(connect.kill)
        return connect

    def table(self):
        """By alert_id; nothing before there is one."""
        try:
            return {row["alert_id"]: as_record(row) for row in self.postgres.query("SELECT * FROM violations")}
        except psycopg.errors.UndefinedTable:
            return {}

    def rows(self):
        """The table without what only published records have: as `evaluate` has them."""
        return {alert_id: {name: value for name, value in row.items() if name not in ("revision", "logged_at")}
                for alert_id, row in self.table().items()}

    def wait_table(self, deployment, connect, timeout=60):
        """Until the table is what the events give, while the script runs that restarts what failed; returns it."""
        wanted = deployment.in_force()

        def is_right():
            connect.restart_failed()
            return self.rows() == wanted

        try:
            wait_for(is_right, timeout, "the table to be right", interval=0.5)
        except TimeoutError as late:
            raise AssertionError(f"{late}: {difference(self.rows(), wanted)}\n{connect.log()[-2000:]}\n{deployment.logs()}") from None
        return self.table()

    def produce_beside_deaths(self, deployment, told):
        """Sends events in pieces; after each the service is killed at some moment and comes back."""
        chance = random.Random(SEED)
        for start in range(0, len(told), len(told) // 4):
            deployment.produce(told[start:start + len(told) // 4])
            threading.Event().wait(chance.uniform(0.0, 0.7))  # the chance is when it is hit
            deployment.services[-1].kill()
            self.start_service(deployment)

    def test_the_table_is_what_is_in_force_whatever_dies(self):
        deployment = self.deploy()
        told = events.chaos(SEED, 300)
        self.start_with_a_tombstone(deployment)
        deployment.produce(told[:len(told) // 2])
        self.start_service(deployment)
        connect = self.connect(deployment).start()
        wait_for(self.table, 60, "the first rows")
        connect.kill()
        self.produce_beside_deaths(deployment, told[len(told) // 2:])
        connect.start()
        before = self.wait_table(deployment, connect)
        self.postgres.crash()
        gone = self.end_some(deployment, list(before.values()))
        self.postgres.go_on()
        after = self.wait_table(deployment, connect)
        self.assertGreater(len(after), 50)
        self.assertEqual(set(after) & gone, set())
        self.assert_as_published(deployment)
        self.assert_typed()

    def test_a_task_that_failed_goes_on_when_it_is_restarted(self):
        """An ordinary restart of PostgreSQL is enough for it to fail."""
        deployment = self.deploy()
        deployment.produce(events.chaos(SEED, 200))
        self.start_service(deployment)
        connect = self.connect(deployment, QUICK_TO_FAIL).start()
        before = self.wait_table(deployment, connect)
        self.assert_script_ends(connect, 0, "nothing")
        self.postgres.shut_down()
        gone = self.end_some(deployment, list(before.values()))
        connect.wait_failed()
        self.postgres.go_on()
        self.assert_script_ends(connect, 1, "restarted", "violations-postgresql")
        after = self.wait_table(deployment, connect)
        self.assertEqual(set(after) & gone, set())
        connect.kill()
        self.assert_script_ends(connect, 2, connect.url)

    def assert_script_ends(self, connect, exit_code, *texts):
        """With one line that has TEXTS."""
        result = connect.restart_failed()
        self.assertEqual(result.returncode, exit_code, result.stdout + result.stderr)
        last_line = (result.stdout + result.stderr).splitlines()[-1]
        for text in texts:
            self.assertIn(text, last_line)

    def start_with_a_tombstone(self, deployment):
        """As a compacted topic does whose first violations are over."""
        producer = murmur2_producer(self.cluster.bootstrap)
        producer.produce(deployment.topics["violations"], None, "febb6568-4c45-5aa7-abd6-46b416880c37")
        self.assertEqual(producer.flush(10), 0)

    def end_some(self, deployment, rows):
        """Takes back what caused some violations, and forgets a child of another; returns their ids."""
        forgotten = rows[-1]["child_id"]
        corrected = [row for row in rows[:20] if row["child_id"] != forgotten]
        self.produce_beside_deaths(deployment, [taken_back(deployment.events, row["cause"]) for row in corrected])
        deployment.forget(forgotten)
        return {row["alert_id"] for row in rows if row in corrected or row["child_id"] == forgotten}

    def assert_as_published(self, deployment):
        """Once all is read; the newest revisions may say the same as those before."""
        deployment.wait_read()
        deployment.wait_seen("violations")
        newest = deployment.reader("violations").newest()
        published = {key.decode(): self.decode(message.value()) for key, message in newest.items()}
        wait_for(lambda: self.table() == published, 30, lambda: f"the table: {difference(self.table(), published)}")

    def assert_typed(self):
        found = {row["column_name"]: row["data_type"] for row in self.postgres.query(COLUMNS)}
        self.assertEqual({name: kind for name, kind in found.items() if kind != "text"}, TYPES)


if __name__ == "__main__":
    unittest.main()
