"""Protects `produce` and `watch`: what one writes and the other reads is what clients that are not ours read and write."""

import collections
import datetime
import json
import subprocess
import unittest
import uuid

from confluent_kafka import Producer

import events
from cluster import PATIENCE, wait_for
from deployment import BINARY
from kafka_case import KafkaCase
from records import TOPIC_OF, decode, encode, event_record, murmur2_producer, quiet



def alert(number, revision=1, **fields):
    """An alert record; NUMBER makes its id."""
    return {
        "alert_id": str(uuid.UUID(int=number)), "child_id": f"child-{number}", "rule": "no-school",
        "cause": str(uuid.UUID(int=number + 1)), "level": "NOTICE", "state": "OPEN", "raised_on": datetime.date(2025, 3, 1),
        "violation_on": None, "due_on": datetime.date(2025, 4, 1), "resolved_on": None, "resolution": None, "norm_months": 3,
        "location_id": "loc-1", "location_kind": "CENTRE", "region": "NORTH", "unaccompanied": None, "revision": revision,
        "withdrawn_by": None, "replaced_by": None,
        "logged_at": datetime.datetime(2025, 3, 1, 8, tzinfo=datetime.timezone.utc), **fields,
    }


class ProduceTest(KafkaCase):
    def sent(self, deployment):
        return [(topic, message) for topic in TOPIC_OF.values() for message in deployment.reader(topic).read()]

    def test_another_reader_reads_what_was_sent(self):
        deployment = self.deploy()
        told = events.chaos(7, 500)
        deployment.produce(told)
        found = [(topic, decode(message.value())) for topic, message in self.sent(deployment)]
        wanted = []
        for event in told:
            record, value = event_record(event)
            wanted.append((TOPIC_OF[record], decode(encode(record, value))))
        self.assertEqual(collections.Counter(json.dumps(each) for each in found),
                         collections.Counter(json.dumps(each) for each in wanted))

    def test_children_are_where_javas_partitioner_puts_them(self):
        deployment = self.deploy(partitions=7)
        deployment.produce(events.chaos(8, 300))
        homes = {}
        for _, message in self.sent(deployment):
            self.assertEqual(decode(message.value())["child_id"], message.key().decode())
            self.assertEqual(homes.setdefault(message.key(), message.partition()), message.partition())
        delivered = {}
        other = murmur2_producer(self.cluster.bootstrap)
        for key in homes:
            other.produce(deployment.topics["moves"], b"", key,
                          on_delivery=lambda _, message: delivered.update({message.key(): message.partition()}))
        other.flush()
        self.assertEqual(homes, delivered)

    def test_bad_lines_are_named_and_the_rest_is_sent(self):
        deployment = self.deploy()
        good = events.lines(events.chaos(9, 1))
        first_bad = good.count("\n") + 1
        nameless = json.dumps(dict(json.loads(good.splitlines()[0]), event_id="x")) + "\n"
        result = deployment.command("produce", "-", stdin=good + "{\n" + nameless + "\n" + good)
        self.assert_says(result, 65, f"(stdin):{first_bad}: NOT_JSON, ",
                         f"(stdin):{first_bad + 1}: UUID_INVALID event_id, ")
        self.assertEqual(len(self.sent(deployment)), 2 * good.count("\n"))

    def test_fields_that_there_are_not_are_named_once(self):
        told = list(events.chaos(10, 20))
        misspelt = [dict(event, recordedat="x") for event in told]
        deployment = self.deploy()
        result = deployment.command("produce", "-", stdin="\ufeff" + events.lines(misspelt))
        self.assert_says(result, 0, '(stdin):1: an event has no field "recordedat"; it is passed over, did you mean recorded_at?')
        self.assertEqual(result.stderr.count("recordedat"), 1)
        self.assertEqual(len(self.sent(deployment)), len(told))

    def test_missing_file_is_named(self):
        self.assert_says(self.deploy().command("produce", "/nowhere/events"), 66, "/nowhere/events")

    def test_missing_topic_is_named(self):
        deployment = self.deploy()
        self.assert_says(deployment.command("produce", "-", settings={"topics.moves": "nowhere"}), 78, "topic nowhere")


class WatchTest(KafkaCase):
    def setUp(self):
        self.deployment = self.deploy()
        self.topic = self.deployment.topics["alerts"]
        self.producer = Producer(quiet(self.cluster.bootstrap, transactional_id=self._testMethodName))
        self.producer.init_transactions()

    def write(self, *records, commit=True):
        """Alerts, or (as text) the ids of alerts to be forgotten, in one transaction."""
        self.producer.begin_transaction()
        for record in records:
            key = record if isinstance(record, str) else record["alert_id"]
            value = None if isinstance(record, str) else encode("alert", record)
            self.producer.produce(self.topic, value, key, partition=int(key[-1], 16) % 4)
        self.producer.flush()
        self.producer.commit_transaction() if commit else self.producer.abort_transaction()
        self.deployment.wait_seen("alerts")

    def watch(self, *words):
        result = self.deployment.command("watch", *words, check=True)
        return result.stdout.splitlines()

    def test_shows_what_is_committed_to_the_end(self):
        shown = [alert(1), alert(1, 2, level="VIOLATION", violation_on=datetime.date(2025, 4, 2)), alert(2),
                 alert(3, 4, state="WITHDRAWN", resolution="CORRECTED", withdrawn_by=str(uuid.UUID(int=9)),
                       replaced_by=str(uuid.UUID(int=8)), unaccompanied=True)]
        self.write(*shown)
        self.write(*[alert(number) for number in range(4, 40)], commit=False)
        lines = [json.loads(line) for line in self.watch("--json", "--from-beginning", "--exit-at-end")]
        wanted = [decode(encode("alert", each)) for each in shown]
        self.assertEqual(sorted(lines, key=lambda each: (each["alert_id"], each["revision"])), wanted)

    def test_lines_for_people_name_the_child_and_the_rule(self):
        self.write(alert(5))
        [line] = self.watch("--from-beginning", "--exit-at-end")
        for text in ("child-5", "no-school", "loc-1"):
            self.assertIn(text, line)

    def test_forgotten_alerts_are_shown_as_such(self):
        gone = str(uuid.UUID(int=6))
        self.write(gone)
        self.assertEqual(self.watch("--from-beginning", "--exit-at-end"), [f"{gone} forgotten"])
        [line] = self.watch("--json", "--from-beginning", "--exit-at-end")
        self.assertEqual(json.loads(line), {"alert_id": gone, "forgotten": True})

    def test_empty_topic_ends_at_once(self):
        self.assertEqual(self.watch("--from-beginning", "--exit-at-end"), [])

    def test_unreadable_records_are_passed_over(self):
        self.producer.begin_transaction()
        self.producer.produce(self.topic, b"no alert", "key", partition=0)
        self.producer.commit_transaction()
        self.write(alert(16))
        result = self.deployment.command("watch", "--json", "--from-beginning", "--exit-at-end")
        self.assert_says(result, 65, "unreadable record", "partition=0 offset=0")
        self.assertEqual(json.loads(result.stdout)["alert_id"], alert(16)["alert_id"])

    def start(self):
        log_path = self.deployment.folder / "watch.log"
        with open(log_path, "wb") as log:
            watcher = self.enterContext(subprocess.Popen([BINARY, "watch", "--json", *self.deployment.options()],
                                                         stdout=subprocess.PIPE, stderr=log, text=True,
                                                         env=self.deployment.environment))
        self.addCleanup(watcher.kill)
        wait_for(lambda: b"following" in log_path.read_bytes(), 10, "watch to follow")
        return watcher

    def test_follows_until_interrupted(self):
        self.write(alert(7))
        watcher = self.start()
        for number in (8, 9):
            self.write(alert(number))
            self.assertEqual(json.loads(watcher.stdout.readline())["child_id"], f"child-{number}")
        watcher.send_signal(2)
        self.assertEqual(watcher.wait(PATIENCE * 5), 0)
        self.assertEqual(watcher.stdout.read(), "")

    def test_a_reader_that_leaves_ends_it_quietly(self):
        watcher = self.start()
        watcher.stdout.close()
        self.write(alert(10))
        self.assertEqual(watcher.wait(PATIENCE * 5), 0)


if __name__ == "__main__":
    unittest.main()
