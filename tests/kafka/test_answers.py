"""Protects that what is asked of the service's state topic is what the events give: reports, alerts and explanations are the same
from the topic as from files, whoever else writes to it, and what can not be read is named and not passed over in silence.
"""

import json
import os
import pty
import subprocess
import unittest

from confluent_kafka import Producer

import events
from cluster import PATIENCE
from deployment import BINARY, Deployment
from kafka_case import KafkaCase
from records import quiet

YEAR = ["--from", "2024-06-01", "--to", "2025-05-31"]
AS_OF = ["--as-of", "2025-06-01"]
REPORTS = [
    [*YEAR],
    [*YEAR, "--by", "location", "--each-day", "--exact", "--format", "csv"],
    [*YEAR, "--by", "region", "--unaccompanied", "--format", "json"],
    [*YEAR, "--by", "kind", "--each-day", "--format", "csv"],
    ["--forecast", "90", "--by", "location", "--exact", "--format", "json"],
]


class AnswersTest(KafkaCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.told = events.chaos(71, 400)
        cls.children = sorted({event["child_id"] for event in cls.told})

    def setUp(self):
        self.deployment = self.deploy()
        self.deployment.produce(self.told)
        service = self.deployment.service().wait_ready()
        self.deployment.wait_truth()
        self.assertEqual(service.stop(), 0)
        self.deployment.wait_seen("state")
        self.files = self.deployment.folder / "events.jsonl"
        self.files.write_text(events.lines(self.told))

    def ask(self, *words, **how):
        return self.deployment.command(*words, **how)

    def report(self, *words, exit_code=0):
        result = self.ask("report", *words)
        self.assertEqual(result.returncode, exit_code, result.stderr)
        return result.stdout

    def explained(self, *words):
        """As both sources must have it: nothing of what was published."""
        said = json.loads(self.ask("explain", *words, "--json", check=True).stdout)
        del said["source"]
        said["alerts"] = [alert for alert in said["alerts"] if alert["standing"] not in ("WITHDRAWN", "ABSENT")]
        for alert in said["alerts"]:
            del alert["revision"], alert["withdrawn_by"], alert["replaced_by"]
        return said

    # --- the same from both -------------------------------------------------------------------------------------------

    def test_reports_are_those_of_the_files(self):
        for words in REPORTS:
            with self.subTest(words):
                found = self.report(*words, *AS_OF)
                self.assertGreater(len(found.splitlines()), 0)
                self.assertEqual(found, self.report(*words, *AS_OF, self.files))

    def test_explanations_are_those_of_the_files(self):
        for child_id in self.children[::20]:
            with self.subTest(child_id):
                self.assertEqual(self.explained(child_id, *AS_OF), self.explained(child_id, self.files, *AS_OF))
        for alert_id in sorted(self.deployment.newest_alerts())[::40]:
            with self.subTest(alert_id):
                self.assertEqual(self.explained(alert_id, *AS_OF), self.explained(alert_id, self.files, *AS_OF))

    def test_what_was_published_is_told_of_the_topic_alone(self):
        alert_id, alert = min(self.deployment.newest_alerts().items())
        cause = next(event for event in self.told if event["event_id"] == alert["cause"])
        corrected = dict(cause, retracted=True, recorded_at="2099-01-01T00:00:00.000Z")
        service = self.deployment.service("again").wait_ready()
        self.deployment.produce([corrected])
        self.deployment.wait_truth()
        self.assertEqual(service.stop(), 0)
        self.deployment.wait_seen("state")
        said = json.loads(self.ask("explain", alert_id, "--json", check=True).stdout)
        [told] = [each for each in said["alerts"] if each["alert_id"] == alert_id]
        self.assertEqual((told["standing"], told["revision"], told["withdrawn_by"]), ("WITHDRAWN", 2, alert["cause"]))
        self.files.write_text(events.lines(self.deployment.events))
        said = json.loads(self.ask("explain", alert["child_id"], self.files, "--json", check=True).stdout)
        self.assertEqual((said["source"], {each["revision"] for each in said["alerts"]} - {None}), ("FILES", set()))

    def test_today_never_goes_back_behind_what_was_judged(self):
        early = {"clock": "2025-03-01"}
        said = json.loads(self.ask("explain", self.children[0], "--json", check=True, settings=early).stdout)
        self.assertEqual(said["as_of"], "2025-06-01")
        said = json.loads(self.ask("explain", self.children[0], "--json", "--as-of", "2025-02-01", check=True).stdout)
        self.assertEqual(said["as_of"], "2025-02-01")

    def test_both_languages(self):
        english, dutch = (self.report(*YEAR, "--lang", language) for language in ("en", "nl"))
        self.assertIn("Children in reception", english)
        self.assertIn("Kinderen in de opvang", dutch)

    def evaluated(self, *words, exit_code=0):
        result = self.ask("evaluate", *words)
        self.assertEqual(result.returncode, exit_code, result.stderr)
        return result.stdout

    def test_alerts_are_those_of_the_files(self):
        norms = self.deployment.folder / "norms.yaml"
        norms.write_text("rules: {school_months: 2, stay_scope: location, repeated_moves: 2}")
        for day in ("2025-06-01", "2024-11-15", "2026-01-01"):
            for words in ([], ["--json"], ["--compare", norms], ["--compare", norms, "--json"], ["--set=rules.stay_months=3"]):
                with self.subTest(day=day, words=words):
                    found = self.evaluated("--as-of", day, *words)
                    self.assertGreater(len(found.splitlines()), 20)
                    self.assertEqual(found, self.evaluated("--as-of", day, *words, self.files))
        published = sorted(self.deployment.newest_alerts())
        found = map(json.loads, self.evaluated(*AS_OF, "--json").splitlines())
        self.assertEqual(sorted(alert["alert_id"] for alert in found), published)

    def test_how_many_are_told_to_people(self):
        said = self.ask("evaluate", *AS_OF).stderr
        self.assertRegex(said, r"\A\d+ alerts on 2025-06-01 for \d+ children of the state topic\n\Z")
        self.assertEqual(said.split(" of ")[0].split(" for ")[1],
                         self.ask("evaluate", *AS_OF, self.files).stderr.split(" of ")[1].strip())

    def test_an_alert_that_is_found_ends_the_search(self):
        producer = self.writer()
        self.write(producer, "not an id", b"", 3)
        producer.commit_transaction()
        self.deployment.wait_seen("state")
        homes = {message.key().decode(): message.partition() for message in self.deployment.reader("alerts").read()}
        # a UUID is first looked for as a child, in one partition that need not be the alert's
        for home, least in (0, 0), (3, 1):
            asked = [alert_id for alert_id in sorted(homes) if homes[alert_id] == home][:8]
            said = [self.ask("explain", alert_id, "--json").stderr.count("partition=3 ") for alert_id in asked]
            self.assertEqual(min(said), least, said)

    # --- what others write --------------------------------------------------------------------------------------------

    def writer(self):
        producer = Producer(quiet(self.cluster.bootstrap, transactional_id=self._testMethodName,
                                  transaction_timeout_ms=PATIENCE * 60_000))
        producer.init_transactions()
        producer.begin_transaction()
        return producer

    def write(self, producer, key, value, partition=0):
        """Where the record stands."""
        places = []
        producer.produce(self.deployment.topics["state"], value, key, partition,
                         on_delivery=lambda _, message: places.append((message.partition(), message.offset())))
        producer.flush()
        return places[0]

    def test_nobodys_open_transaction_is_waited_for(self):
        before = self.report(*REPORTS[1])
        producer = self.writer()
        for partition in range(4):
            self.write(producer, "k-open", b"no state", partition)
        self.assertEqual(self.report(*REPORTS[1]), before)
        producer.abort_transaction()
        self.deployment.wait_seen("state")
        self.assertEqual(self.report(*REPORTS[1]), before)

    def test_what_can_not_be_read_is_named_and_the_rest_is_told(self):
        before = self.report(*REPORTS[1])
        producer = self.writer()
        partition, offset = self.write(producer, "k-damaged", b"no state")
        producer.commit_transaction()
        self.deployment.wait_seen("state")
        result = self.ask("report", *REPORTS[1])
        self.assert_says(result, 65, f"partition={partition} offset={offset}")
        self.assertNotIn("k-damaged", result.stderr)
        self.assertEqual(result.stdout, before)
        result = self.ask("evaluate", *AS_OF, "--json")
        self.assert_says(result, 65, f"partition={partition} offset={offset}")
        self.assertEqual(result.stdout, self.evaluated(*AS_OF, "--json", self.files))

    def test_of_one_child_one_partition_is_read(self):
        producer = self.writer()
        for partition in range(4):
            self.write(producer, "k-damaged", b"no state", partition)
        self.write(producer, "not an id", b"", 2)
        producer.commit_transaction()
        self.deployment.wait_seen("state")
        for child_id in self.children[:12]:
            result = self.ask("explain", child_id)
            self.assertIn(result.returncode, (0, 65), result.stderr)
            self.assertEqual(result.returncode == 65, "partition=2" in result.stderr)  # damaged states of others are not looked at
            self.assertNotIn("partition=1", result.stderr)
            self.assertNotIn("partition=3", result.stderr)

    def test_damaged_progress_is_named(self):
        producer = self.writer()
        partition, offset = self.write(producer, "#progress", b"no progress", 3)
        producer.commit_transaction()
        self.deployment.wait_seen("state")
        self.assert_says(self.ask("report", *YEAR), 65, f"partition={partition} offset={offset}")

    # --- what is missing ----------------------------------------------------------------------------------------------

    def test_a_service_that_never_ran_is_no_answer(self):
        fresh = self.enterContext(Deployment(self.cluster, "never-ran"))
        fresh.produce(self.told)
        for words in (["report", *YEAR], ["explain", self.children[0]], ["evaluate", *AS_OF],
                      ["evaluate", *AS_OF, "--compare", os.devnull]):
            result = fresh.command(*words)
            self.assert_says(result, 69, "no service has written to topic never-ran-state yet")
            self.assertEqual(result.stdout, "")

    def test_days_on_which_no_service_was_at_work_are_told(self):
        result = self.ask("report", *YEAR, "--as-of", "2025-06-03")
        self.assert_says(result, 0, "the service has not been at work since 2025-06-01")
        self.assertEqual(self.ask("report", *YEAR, "--as-of", "2025-05-31").stderr, "")
        self.assert_says(self.ask("evaluate", "--as-of", "2025-06-03"), 0, "the service has not been at work since 2025-06-01")

    def test_nobody_of_that_name(self):
        self.assertEqual(self.ask("explain", "k-nobody").returncode, 1)

    def test_a_missing_topic_is_named(self):
        self.assert_says(self.ask("report", *YEAR, settings={"topics.state": "nowhere"}), 78, "topic nowhere does not exist")

    def test_an_unreachable_broker_is_told(self):
        nowhere = {"kafka.bootstrap.servers": "127.0.0.1:1", "service.start_timeout_ms": 1500}
        self.assert_says(self.ask("report", *YEAR, settings=nowhere), 69, "Connection refused")

    # --- what is shown meanwhile --------------------------------------------------------------------------------------

    def test_a_terminal_shows_how_far_it_is(self):
        ours, theirs = pty.openpty()
        process = subprocess.Popen([BINARY, "report", *YEAR, *self.deployment.options()], stdout=subprocess.DEVNULL, stderr=theirs)
        os.close(theirs)
        shown = b""
        try:
            while more := os.read(ours, 4096):
                shown += more
        except OSError:  # the other end is closed
            pass
        os.close(ours)
        self.assertEqual(process.wait(PATIENCE * 60), 0)
        self.assertIn(b"children/s", shown)
        self.assertTrue(shown.endswith(b"\r\x1b[K"), shown[-200:])
        self.assertEqual(self.ask("report", *YEAR).stderr, "")


if __name__ == "__main__":
    unittest.main()
