"""Protects that a forgotten child is forgotten: in everything the service writes, for good, whatever is restored, compacted, read
again or comes late; that `forget --wait` ends when that is so, and otherwise says what is missing; and that no id stays behind.
"""

import json
import re
import signal
import subprocess
import unittest
import zlib

from confluent_kafka.admin import AlterConfigOpType, ConfigEntry, ConfigResource, ResourceType

import events
from cluster import PATIENCE, wait_for
from deployment import ANSWER_S, BINARY, INPUTS
from kafka_case import KafkaCase
from records import TopicReader, decode

CHILD = "k-forget-me"
REASON = "asked for by the guardian, letter of 3 June"
UNTIL_FORGOTTEN = ["--wait", "--timeout", str(PATIENCE * 60)]


def fact(number, child_id, day, recorded=None, **fields):
    return {"event_id": f"{number:08x}-0000-4000-8000-{zlib.crc32(child_id.encode()):012x}", "child_id": child_id,
            "occurred_on": day, "recorded_at": f"{recorded or day}T09:00:00.000Z", "retracted": False, **fields}


def life(child_id):
    """Long in emergency reception, moved often, taken out of school: alerts of four rules, violations among them."""
    def place(number):
        return {"location_id": f"nood-{number}", "kind": "EMERGENCY", "region": "NORTH"}
    yield fact(1, child_id, "2024-06-03", type="placement", kind="ARRIVED", location=place(0), birth_date="2014-02-01",
               unaccompanied=True, applied_on=None)
    for number, day in enumerate(["2024-09-02", "2024-11-04", "2025-01-13", "2025-03-03"], 1):
        yield fact(10 + number, child_id, day, type="move", from_location_id=None, to=place(number), reason="CAPACITY")
    yield fact(20, child_id, "2025-01-20", type="enrollment", kind="ENROLLED", school_id="school-1")


def late(event):
    """A correction of EVENT that was recorded before the wish and comes after it."""
    return dict(event, recorded_at=event["recorded_at"].replace("T09", "T10"), occurred_on="2024-07-01")


class ForgetCase(KafkaCase):
    """A deployment whose service knows CHILD among others, and has published alerts and violations of it."""

    def setUp(self):
        self.deployment = self.deploy(**self.wishes())
        self.told = list(life(CHILD))
        self.deployment.produce(events.chaos(61, 150) + self.told)
        self.service = self.deployment.service().wait_ready()
        self.deployment.wait_truth()
        self.deployment.wait_seen()
        published = self.deployment.published_of(CHILD)
        self.assertGreaterEqual(len({alert["rule"] for alert in published}), 3)
        self.assertTrue(any(alert["child_id"] == CHILD for alert in self.deployment.newest("violations").values()))

    def wishes(self):
        return {}

    def forget(self, *words, child_id=CHILD):
        self.deployment.events = [event for event in self.deployment.events if event["child_id"] != child_id]
        return self.deployment.command("forget", child_id, "--reason", REASON, *words)

    def start(self):
        self.service = self.deployment.service(f"again-{len(self.deployment.services)}").wait_ready()

    def stop(self):
        self.assertEqual(self.service.stop(), 0)

    def wait_read(self):
        self.deployment.wait_read()
        self.deployment.wait_seen()

    def send_late(self):
        """Everything ever told of the child, and corrections of it, once more."""
        again = self.told + [late(event) for event in self.told]
        self.deployment.command("produce", "-", stdin=events.lines(again), check=True)
        self.wait_read()

    def assert_forgotten(self):
        self.assertEqual(self.deployment.published_of(CHILD), [])
        state = self.deployment.state_of(CHILD)
        self.assertEqual((state["facts"], state["alerts"]), ([], []))
        self.assertIsNotNone(state["forgotten_at"])

    def assert_stays_forgotten(self):
        self.assert_forgotten()
        self.send_late()
        self.assert_forgotten()
        result = self.forget(*UNTIL_FORGOTTEN)
        self.assertEqual(result.returncode, 0, result.stdout + result.stderr)


class CommandTest(ForgetCase):
    def test_waits_until_nothing_is_left(self):
        result = self.forget("--wait")
        self.assertEqual(result.returncode, 0, result.stdout + result.stderr)
        self.assertEqual(result.stdout.splitlines()[-1],
                         "The child is forgotten: no facts, alerts or violations of it are left.")
        self.assert_forgotten()
        self.deployment.wait_truth()
        self.stop()
        self.deployment.assert_sound()

    def test_an_id_that_nobody_knew_is_told(self):
        result = self.deployment.command("forget", "k-never-was", "--reason", REASON, *UNTIL_FORGOTTEN)
        self.assertEqual(result.returncode, 0, result.stdout + result.stderr)
        self.assertEqual(result.stdout.splitlines()[-1], "No child of that id was known, and none is now. Is it the right id?")

    def test_leaves_lines_that_name_everything_but_the_child(self):
        result = self.forget(*UNTIL_FORGOTTEN, "--set=log.level=error")
        before, line = [line for line in result.stderr.splitlines() if " forget: " in line]
        self.assertRegex(before, rf' forget: is about to ask to forget a child user=\S+ reason="{REASON}"$')
        self.assertIn(f'reason="{REASON}"', line)
        self.assertRegex(line, r"user=\S+")
        for name, number, offset in re.findall(r"([^\s,=]+)/(\d+)/(\d+)", line):
            topic = next(topic for topic in INPUTS if self.deployment.topics[topic] == name)
            found = [message for message in self.deployment.reader(topic).read()
                     if (message.partition(), message.offset()) == (int(number), int(offset))]
            self.assertEqual([(message.key(), message.value()) for message in found], [(CHILD.encode(), None)])
        self.assertEqual(len(re.findall(r"/\d+/\d+", line)), 3)
        self.stop()
        for said in (result.stdout, result.stderr, self.service.log()):
            self.assertNotIn(CHILD, said)

    def test_who_wishes_is_told_before_the_wish_is_written(self):
        slow = self.deployment.options({"kafka.linger.ms": "20000", "log.level": "error"})  # nothing is written meanwhile
        before = self.deployment.input_ends()
        with subprocess.Popen([BINARY, "forget", CHILD, "--reason", REASON, *slow], stdout=subprocess.DEVNULL,
                              stderr=subprocess.PIPE, text=True) as process:
            self.assertIn("is about to ask to forget a child user=", process.stderr.readline())
            process.send_signal(signal.SIGINT)
            self.assertEqual(process.stderr.read(), "")
        self.assertEqual(process.returncode, -signal.SIGINT)
        self.assertEqual(self.deployment.input_ends(), before)

    def test_a_reason_can_not_pretend_to_be_more(self):
        result = self.deployment.command("forget", CHILD, "--reason", 'x" user="root\\')
        lines = [line for line in result.stderr.splitlines() if " forget: " in line]
        self.assertEqual(len(lines), 2)
        for line in lines:
            self.assertTrue(line.endswith(r'reason="x\" user=\"root\\"'), line)

    def test_says_what_is_missing_while_the_service_is_down(self):
        self.stop()
        alerts = sum(alert["child_id"] == CHILD for alert in self.deployment.newest("alerts").values())
        violations = sum(alert["child_id"] == CHILD for alert in self.deployment.newest("violations").values())
        said = self.missing(f"- Facts of the child that the service still has: {len(self.told)}",
                            f"- Alerts of the child that are still there: {alerts}",
                            f"- Violations of the child that are still there: {violations}")
        for topic in INPUTS:
            self.assertRegex(said, rf"has not come to this request yet: it is number \S+ in {self.deployment.topics[topic]}, .*running\?")
        self.missing(f"- Meldingen over het kind die er nog zijn: {alerts}", language="nl")
        self.start()
        self.assertEqual(self.forget(*UNTIL_FORGOTTEN).returncode, 0)

    def missing(self, *lines, language="en"):
        """What is said when the time is over, LINES among it; it is given more where that was too short to read all that is there."""
        for timeout_s in ("2", "20", "120"):
            result = self.forget("--wait", "--timeout", timeout_s, "--lang", language)
            self.assertEqual(result.returncode, 75, result.stderr)
            if set(lines) <= set(result.stdout.splitlines()):
                break
        else:
            self.fail(result.stdout)
        return result.stdout

    def test_answers_no_longer_know_the_child(self):
        explained = self.deployment.command("explain", CHILD, "--json")
        self.assertEqual(json.loads(explained.stdout)["child_id"], CHILD)
        alert_id = self.deployment.published_of(CHILD)[0]["alert_id"]
        year = ["--from", "2024-06-01", "--to", "2025-05-31", "--exact", "--format", "json"]
        before = json.loads(self.deployment.command("report", *year, check=True).stdout)
        self.forget(*UNTIL_FORGOTTEN)
        for asked in (CHILD, alert_id):
            self.assertEqual(self.deployment.command("explain", asked).returncode, 1)
        after = json.loads(self.deployment.command("report", *year, check=True).stdout)
        self.assertEqual(before[0]["group"], "all")
        self.assertEqual(after[0]["children"], before[0]["children"] - 1)

    def test_a_child_that_comes_back_is_not_what_is_waited_for(self):
        back = [dict(event, recorded_at="2100-01-01T00:00:00.000Z") for event in self.told]
        self.deployment.produce(back)
        self.deployment.wait_truth()
        result = self.deployment.command("forget", CHILD, "--reason", REASON, *UNTIL_FORGOTTEN)
        self.assertEqual(result.returncode, 0, result.stdout + result.stderr)
        self.deployment.wait_truth()  # what was recorded after the wish stands
        self.assertNotEqual(self.deployment.published_of(CHILD), [])

    def test_a_child_nobody_knows_is_forgotten_too(self):
        self.assertEqual(self.forget(*UNTIL_FORGOTTEN, child_id="k-nobody").returncode, 0)
        self.assertEqual(self.deployment.state_of("k-nobody")["facts"], [])

    def test_nothing_is_written_where_a_topic_is_missing(self):
        before = self.deployment.input_ends()
        result = self.deployment.command("forget", CHILD, "--reason", REASON, settings={"topics.moves": "nowhere"})
        self.assert_says(result, 78, "topic nowhere does not exist")
        self.assertEqual(self.deployment.input_ends(), before)

    def test_an_unreachable_broker_is_told(self):
        result = self.deployment.command("forget", CHILD, "--reason", REASON, settings={
            "kafka.bootstrap.servers": "127.0.0.1:1", "service.start_timeout_ms": 1500})
        self.assert_says(result, 69, "could not be reached")
        self.assertNotIn(CHILD, result.stderr)


class ForGoodTest(ForgetCase):
    def test_after_a_restart(self):
        self.assertEqual(self.forget(*UNTIL_FORGOTTEN).returncode, 0)
        self.service.kill()
        self.start()
        self.assert_stays_forgotten()

    def test_when_the_wish_was_read_by_an_instance_that_died(self):
        self.stop()
        self.forget()
        for point in ("before-commit:1", "after-commit:1"):
            service = self.deployment.service(point.split(":")[0], crash_at=point)
            self.assertEqual(service.wait_end(), -signal.SIGABRT, service.log()[-2000:])
        self.start()
        self.wait_read()  # the first commit need not have been that of the wish
        self.assert_stays_forgotten()

    def lose(self, *topics):
        for topic in topics:
            self.deployment.delete_topic(topic)
        self.deployment.delete_group()
        self.deployment.command("topics", "create", check=True)

    def begin_anew(self):
        """State and group are gone; alerts and violations stay as they are; everything is read again."""
        self.lose("state")
        self.start()
        self.wait_read()

    def test_after_beginning_anew(self):
        self.send_late()
        self.assertEqual(self.forget(*UNTIL_FORGOTTEN).returncode, 0)
        self.stop()
        self.begin_anew()
        self.assert_stays_forgotten()

    def test_when_the_wish_comes_while_the_state_is_lost(self):
        """What was published before is then known to nobody, and is taken back all the same."""
        self.stop()
        self.forget()
        self.deployment.command("produce", "-", stdin=events.lines(self.told), check=True)
        self.begin_anew()
        self.assert_stays_forgotten()

    def test_when_all_facts_come_again_after_the_wish(self):
        self.stop()
        self.lose("state", *INPUTS)
        self.forget()
        self.deployment.command("produce", "-", stdin=events.lines(self.told), check=True)
        self.start()
        self.wait_read()
        self.assert_stays_forgotten()


class CompactionTest(ForgetCase):
    """On topics whose every record may be compacted away at once."""

    AT_ONCE = {"segment.ms": "1", "min.cleanable.dirty.ratio": "0", "min.compaction.lag.ms": "0", "delete.retention.ms": "0"}
    cluster_settings = {"log.cleaner.backoff.ms": "50"}

    def wishes(self):
        return {"partitions": 1}

    def setUp(self):
        super().setUp()
        for topic in ("alerts", "violations", "state"):
            entries = [ConfigEntry(name, value, incremental_operation=AlterConfigOpType.SET)
                       for name, value in self.AT_ONCE.items()]
            resource = ConfigResource(ResourceType.TOPIC, self.deployment.topics[topic], incremental_configs=entries)
            self.deployment.admin.incremental_alter_configs([resource], request_timeout=ANSWER_S)[resource].result()
        self.walker, self.walked = list(life("k-walks-on")), 0
        self.deployment.produce(self.walker)

    def walk(self):
        """Another child moves, which changes its state and its violation: a segment more of each topic."""
        self.walked += 1
        to = {"location_id": f"walk-{self.walked}", "kind": "EMERGENCY", "region": "NORTH"}
        self.deployment.produce([fact(100 + self.walked, "k-walks-on", "2025-05-30", type="move", from_location_id=None,
                                      to=to, reason="CAPACITY")])
        self.deployment.wait_read()

    def on_disk(self, topic):
        """Every record that is still there, from the beginning."""
        reader = TopicReader(self.cluster.bootstrap, self.deployment.topics[topic])
        try:
            return list(reader.read())
        finally:
            reader.close()

    def is_compacted(self):
        self.walk()
        states = [message for message in self.on_disk("state") if message.key() == CHILD.encode()]
        told = [message for topic in ("alerts", "violations") for message in self.on_disk(topic)
                if message.value() is not None and decode(message.value())["child_id"] == CHILD]
        return len(states) == 1 and told == []

    def test_nothing_is_left_on_the_disk_and_it_stays_so(self):
        self.assertEqual(self.forget(*UNTIL_FORGOTTEN).returncode, 0)
        wait_for(self.is_compacted, 60, "compaction")
        [state] = [message for message in self.on_disk("state") if message.key() == CHILD.encode()]
        self.assertEqual(decode(state.value())["facts"], [])
        self.service.kill()
        self.start()
        self.assert_stays_forgotten()


if __name__ == "__main__":
    unittest.main()
