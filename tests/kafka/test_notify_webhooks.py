"""Protects that subscribers are told what concerns them, on a real Kafka: whatever dies or is away, each holds in the end the alerts that
`evaluate` says are open and that it asks for; one that is dead, refuses or wants no more holds up nobody else; and one process tells."""

import json
import time
import unittest
import uuid

import events
from cluster import wait_for
from deployment import PUBLISHED_ONLY
from kafka_case import KafkaCase
from subscriber import TYPE, WEBHOOKS, Subscriber


MOVER = "k-moves-away"
PATIENT = {"kafka.transaction.timeout.ms": 60_000}  # who is fenced knows it for that, however slow the machine


def arrives(child_id, region):
    """Long ago, in emergency reception."""
    return {"type": "placement", "kind": "ARRIVED", "event_id": "8f3f1d6a-5b0e-4c55-9d43-0d6a3c1c9b01", "child_id": child_id,
            "occurred_on": "2024-06-03", "recorded_at": "2024-06-03T09:00:00.000Z", "retracted": False, "birth_date": "2014-02-01",
            "unaccompanied": True, "applied_on": None, "location": {"location_id": "nood-1", "kind": "EMERGENCY", "region": region}}


def moves(child_id, region):
    return {"type": "move", "event_id": "8f3f1d6a-5b0e-4c55-9d43-0d6a3c1c9b02", "child_id": child_id, "occurred_on": "2025-05-05",
            "recorded_at": "2025-05-05T09:00:00.000Z", "retracted": False, "from_location_id": "nood-1", "reason": "CAPACITY",
            "to": {"location_id": "nood-2", "kind": "EMERGENCY", "region": region}}


def departs(child_id):
    return {"type": "placement", "kind": "DEPARTED", "event_id": str(uuid.uuid4()), "child_id": child_id, "occurred_on": "2025-06-01",
            "recorded_at": "2025-06-01T10:00:00.000Z", "retracted": False, "location": None}


def asks_for(subscriber, alert):
    return alert["region"] in subscriber.lists.get("regions", alert["region"]).split(",")


class WebhooksTest(KafkaCase):
    def setUp(self):
        self.deployment = self.deploy(partitions=2, settings=WEBHOOKS)
        self.subscribers = []

    def subscribe(self, name, answer=lambda subscriber, kind, data: 204, **lists):
        subscriber = self.enterContext(Subscriber(name, self.deployment.folder, answer, **lists))
        self.deployment.settings |= subscriber.settings
        self.subscribers.append(subscriber)
        return subscriber

    def publish(self, seed, children, prefix="child"):
        """What the service makes of so many children."""
        self.deployment.produce(events.chaos(seed, children, prefix=prefix))
        self.deployment.wait_truth()

    def wanted(self, subscriber):
        return {alert_id: alert for alert_id, alert in self.deployment.truth().items()
                if alert["state"] == "OPEN" and asks_for(subscriber, alert)}

    def wait_told(self, *subscribers, timeout=60):
        """Until they hold what is open: of what never was, or is over, they may be told later."""
        for subscriber in subscribers:
            def plain():
                return {alert_id: {name: value for name, value in alert.items() if name not in PUBLISHED_ONLY}
                        for alert_id, alert in subscriber.open().items()}
            wanted = self.wanted(subscriber)
            try:
                wait_for(lambda: plain() == wanted, timeout, f"{subscriber.name} to hold what is open", interval=0.1)
            except TimeoutError as late:
                found = plain()
                raise AssertionError(f"{late}: missing {len(wanted.keys() - found.keys())}, too many {len(found.keys() - wanted.keys())}"
                                     f" of {len(wanted)}\n{self.deployment.logs()}") from None

    def wait_told_all(self, subscriber):
        """Until it has had every record of the topic, as one that follows it from its beginning."""
        wait_for(lambda: self.published_ids() <= subscriber.ids(), 60, lambda: f"{subscriber.name} to be told of everything")

    def assert_sound(self, subscriber):
        """What holds of all that came, however often."""
        self.assertEqual(subscriber.faults, [])
        revisions = {}
        for _, kind, data in subscriber.order:
            if kind == TYPE.format("revised"):
                self.assertTrue(asks_for(subscriber, data), data)
                self.assertGreater(data["revision"], revisions.get(data["alert_id"], 0))
                revisions[data["alert_id"]] = data["revision"]
            elif kind == TYPE.format("forgotten"):
                revisions.pop(data["alert_id"], None)

    def published_ids(self):
        """Of the records of the topic, tombstones included."""
        return {dict(message.headers())["ce_id"].decode() for message in self.deployment.reader("alerts").read()}

    def status(self):
        result = self.deployment.command("notify", "status", "--json", check=True)
        return {row["subscription"]: row for row in map(json.loads, result.stdout.splitlines())}

    def wait_standing(self, subscriber, **wanted):
        """Until that is kept, which is after it is so."""
        wait_for(lambda: wanted.items() <= self.status()[subscriber.name].items(), 30,
                 lambda: f"{wanted} of {self.status()[subscriber.name]}", interval=0.3)

    def service(self):
        return self.deployment.service().wait_ready()

    def test_each_is_told_what_concerns_it_whatever_dies(self):
        everything, north = self.subscribe("everything"), self.subscribe("north", regions="NORTH")
        hiccup = self.subscribe("hiccup", lambda each, kind, data: 500 if len(each.attempts) == 7 else 204, regions="SOUTH,MIDDLE")
        dead = self.subscribe("dead", lambda each, kind, data: 503)
        self.service()
        self.deployment.produce([arrives(MOVER, "NORTH")])
        self.publish(91, 60, "first")
        for crash_at in ("before-commit:2", "after-commit:2", "before-commit:5"):
            self.deployment.notify(crash_at=crash_at).wait_end()
        notify = self.deployment.notify()
        self.wait_told(everything, north, hiccup)
        before = len(everything.order)
        mover = {alert_id for alert_id, alert in north.open().items() if alert["child_id"] == MOVER}
        self.assertTrue(mover)
        self.deployment.produce(events.chaos(92, 60, prefix="second"))
        wait_for(lambda: len(everything.order) > before, 30, "more to be told")
        notify.kill()
        self.deployment.produce([moves(MOVER, "SOUTH")])  # who tells of it did not tell of the alert
        self.publish(91, 60, "third")
        notify = self.deployment.notify()
        self.wait_told(everything, north, hiccup)
        for subscriber in (everything, north, hiccup):
            self.assert_sound(subscriber)
        self.assertGreaterEqual(north.told("left"), mover)
        self.assertEqual(dead.held, {})
        self.wait_standing(everything, waiting=0, behind=0)
        self.assertEqual(notify.stop(), 0)
        status = self.status()
        self.assertEqual({name: row["standing"] for name, row in status.items()}, dict.fromkeys(status, "subscribed"))
        self.assertEqual((status["everything"]["waiting"], status["everything"]["behind"]), (0, 0))
        self.assertGreater(status["dead"]["waiting"], 0)
        self.assertIn("503", status["dead"]["failure"])

    def test_a_first_start_tells_what_is_open_alone(self):
        self.service()
        self.publish(93, 40)
        everything = self.subscribe("everything")
        notify = self.deployment.notify()
        self.wait_told(everything)
        self.assertEqual({data["state"] for _, _, data in everything.order}, {"OPEN"})
        self.assertEqual(notify.stop(), 0)

    def test_a_broker_that_restarts(self):
        """In the middle of a transaction, which is not too old when it is back: of those a Kafka that is alone may lose sight."""
        everything = self.subscribe("everything")
        service = self.service()
        self.publish(94, 20, "before")
        self.deployment.wait_settled()
        notify = self.deployment.notify(PATIENT, crash_at="before-commit:3:stop")
        wait_for(notify.is_stopped, 30, "notify to stand still in a transaction")
        self.cluster.kill_node(0)
        notify.resume()
        notify.wait_log("kafka: ")
        self.cluster.start_node(0)
        self.cluster.wait_ready()
        self.deployment.wait_led()
        self.assertTrue(service.is_running() and notify.is_running())
        self.publish(95, 20, "after")
        self.wait_told(everything, timeout=90)
        self.assert_sound(everything)
        self.assertEqual(notify.stop(), 0)

    def test_who_wants_no_more_is_told_no_more_until_a_replay(self):
        gone, other = self.subscribe("gone", lambda each, kind, data: 410 if each.is_gone else 204), self.subscribe("other")
        gone.is_gone = False
        self.service()
        self.publish(96, 20, "first")
        notify = self.deployment.notify()
        self.wait_told(gone, other)
        gone.is_gone = True
        self.publish(97, 20, "second")
        notify.wait_log("wants no more events")
        self.wait_told(other)
        self.wait_standing(gone, standing="unsubscribed")
        self.assertEqual(notify.stop(), 0)
        before = len(gone.attempts)
        notify = self.deployment.notify()
        notify.wait_log("follows subscription=gone .* standing=unsubscribed")
        self.publish(98, 10, "third")
        self.wait_told(other)
        self.assertEqual(len(gone.attempts), before)
        gone.is_gone = False
        result = self.deployment.command("notify", "replay", "gone", "--from", "2099-01-01", check=True)
        self.assertEqual(result.stderr.count("subscription=gone from=2099-01-01"), 2)
        self.wait_told(gone)
        self.wait_standing(gone, standing="subscribed")
        self.assert_sound(gone)
        self.assertEqual(notify.stop(), 0)

    def test_one_that_is_ended_while_it_starts_keeps_what_was_kept(self):
        everything = self.subscribe("everything")
        self.service()
        self.publish(108, 10)
        notify = self.deployment.notify()
        self.wait_told(everything)
        self.assertEqual(notify.stop(), 0)
        before = self.status()["everything"]["delivered"]
        self.assertGreater(before, 0)
        for _ in range(3):
            early = self.deployment.notify()
            early.wait_log("starting targets")
            self.assertEqual(early.stop(), 0)
        self.assertEqual(self.status()["everything"]["delivered"], before)

    def test_a_replay_tells_the_same_again(self):
        everything = self.subscribe("everything")
        self.service()
        notify = self.deployment.notify()
        notify.wait_log("follows subscription=everything")
        self.publish(99, 20)
        self.wait_told_all(everything)
        held, count = dict(everything.held), len(everything.order)
        everything.held.clear()
        self.deployment.command("notify", "replay", "everything", "--from", "2020-01-01", check=True)
        wait_for(lambda: everything.held == held, 30, "all to be told again")
        self.assertEqual(len(everything.order), count)  # under the ids of the first time
        self.assertEqual(everything.faults, [])
        self.assertEqual(notify.stop(), 0)
        result = self.deployment.command("notify", "replay", "everythin", "--from", "2020-01-01")
        self.assert_says(result, 64, "did you mean everything?")

    def test_one_event_that_is_refused_holds_up_its_child_alone(self):
        poison = []

        def answer(subscriber, kind, data):
            poison.extend([] if poison or kind != TYPE.format("revised") else [data["child_id"]])
            return 422 if data.get("child_id") in poison else 204

        picky = self.subscribe("picky", answer)
        self.service()
        notify = self.deployment.notify()
        notify.wait_log("follows subscription=picky")
        self.publish(100, 20)
        wait_for(lambda: poison, 30, "an event to be refused")
        wanted = {alert_id for alert_id, alert in self.deployment.truth().items()
                  if alert["state"] == "OPEN" and alert["child_id"] not in poison}
        wait_for(lambda: set(picky.open()) == wanted, 30, "the others to be told")
        self.assertEqual(notify.stop(), 0)
        shown = self.deployment.command("notify", "status", check=True).stdout
        self.assertRegex(shown, r"(?m)^picky: subscribed\n  waiting +[1-9]\d*, since 20")
        self.assertRegex(shown, r"(?m)^  last failure  20\S+Z(, before the last success)?\n {16}\S")
        self.assertLessEqual(max(map(len, shown.splitlines())), 80)
        status = self.status()["picky"]
        self.assertGreater(status["waiting"], 0)
        self.assertIn("does not take this event", status["failure"])

    def test_a_second_notify_ends_the_first(self):
        everything = self.subscribe("everything")
        self.service()
        first = self.deployment.notify(PATIENT)
        first.wait_log("follows subscription=everything")
        second = self.deployment.notify(PATIENT)
        second.wait_log("follows subscription=everything")
        self.publish(101, 10)
        self.assertEqual(first.wait_end(), 80)
        self.assertIn("fenced: another notify tells subscription=everything", first.log())
        self.wait_told(everything)
        self.assert_sound(everything)
        self.assertEqual(second.stop(), 0)

    def stopped_in_a_transaction(self):
        """For longer than the broker lets it be open, and until that has ended what it has of it: what never came there is out of date
        for the client, too."""
        notify = self.deployment.notify({"kafka.transaction.timeout.ms": 1000}, crash_at="before-commit:3:stop")
        wait_for(notify.is_stopped, 30, "notify to stand still")
        over = time.monotonic() + 1.5
        wait_for(lambda: time.monotonic() > over, 30, "its transaction to be too old")
        self.deployment.wait_seen("deliveries")
        return notify

    def test_one_that_stood_still_goes_on_though_the_broker_ended_its_transaction(self):
        everything = self.subscribe("everything")
        self.service()
        self.publish(106, 10)
        notify = self.stopped_in_a_transaction()
        notify.resume()
        notify.wait_log("begins anew")
        self.wait_told(everything)
        self.publish(107, 5)
        self.wait_told(everything)
        self.assert_sound(everything)
        self.assertEqual(notify.stop(), 0)

    def test_one_that_stood_still_while_another_told_sets_nobody_back(self):
        everything = self.subscribe("everything")
        self.service()
        self.publish(103, 20, "first")
        notifies = [self.stopped_in_a_transaction(), self.deployment.notify(PATIENT)]
        self.wait_told(everything)
        self.deployment.produce([departs(alert["child_id"]) for alert in everything.open().values()])
        self.deployment.wait_truth()
        self.wait_told(everything)
        held, count = dict(everything.held), len(everything.received)
        notifies[0].resume()
        notifies[0].wait_log("begins anew")
        self.publish(105, 5, "second")  # the other one learns of it when it notes something
        wait_for(lambda: not all(each.is_running() for each in notifies), 60, "one of the two to end")
        self.wait_told(everything)
        for alert in (json.loads(each.body)["data"] for each in everything.received[count:]):
            self.assertGreaterEqual(alert["revision"], held.get(alert["alert_id"], alert)["revision"])
        self.assert_sound(everything)
        self.assertEqual(sorted(each.wait_end() if not each.is_running() else each.stop() for each in notifies), [0, 80])

    def test_a_child_that_is_forgotten_is_forgotten_by_who_was_told_of_it(self):
        everything, north = self.subscribe("everything"), self.subscribe("north", regions="NORTH")
        self.service()
        notify = self.deployment.notify()
        notify.wait_log("follows subscription=north")
        self.publish(102, 20)
        self.wait_told_all(everything)
        self.wait_told(everything, north)
        child = next(alert["child_id"] for alert in everything.open().values() if alert["region"] != "NORTH")
        mine = {alert_id for subscriber in (everything, north) for alert_id, alert in dict(subscriber.held).items()
                if alert["child_id"] == child}
        north_knows = north.told("revised") & mine
        self.deployment.command("forget", child, "--reason", "a test", "--wait", check=True)
        self.deployment.events = [event for event in self.deployment.events if event["child_id"] != child]
        wait_for(lambda: everything.told("forgotten") >= mine, 30, "the receiver to be told")
        self.wait_told(everything, north)
        self.assertEqual(everything.ids() - self.published_ids(), set())
        wait_for(lambda: north_knows <= north.told("forgotten"), 30, "the other receiver to be told")
        self.assertLessEqual(north.told("forgotten"), north.told("revised"))
        self.assertFalse([body for identity, body in dict(everything.bodies).items()
                          if child.encode() in body and identity.endswith("forgotten")])
        wait_for(lambda: not {key.decode().partition("/")[2] for key in self.deployment.reader("deliveries").newest()} & mine, 30,
                 "nothing to be kept of its alerts")
        self.assertNotIn(child, notify.log())
        self.assertEqual(notify.stop(), 0)

    def tried_since(self):
        """By key, of what is tried and not taken yet."""
        return {key: kept["tried_since"] for key, kept in self.deployment.newest("deliveries").items() if kept.get("tried", -1) >= 0}

    def test_since_when_an_event_is_tried_is_known_after_a_restart(self):
        picky = self.subscribe("picky", lambda each, kind, data: 422)
        self.service()
        notify = self.deployment.notify()
        notify.wait_log("follows subscription=picky")
        self.deployment.produce([arrives(MOVER, "NORTH")])
        wait_for(lambda: picky.attempts, 30, "an attempt")
        self.assertEqual(notify.stop(), 0)
        before, count = self.tried_since(), len(picky.attempts)
        self.assertTrue(before)
        notify = self.deployment.notify()
        wait_for(lambda: len(picky.attempts) >= count + len(before), 30, "all to be tried again")
        self.assertEqual(notify.stop(), 0)
        self.assertLessEqual(before.items(), self.tried_since().items())

    def test_what_is_kept_of_a_subscription_that_is_gone_is_removed_by_name(self):
        gone, other = self.subscribe("gone"), self.subscribe("other")
        self.service()
        self.publish(109, 10, "first")
        notify = self.deployment.notify()
        self.wait_told(gone, other)
        for name in gone.settings:
            del self.deployment.settings[name]
        self.assertEqual(self.status()["gone"]["standing"], "not in the settings")
        shown = self.deployment.command("notify", "status", check=True).stdout
        self.assertRegex(shown, r"(?m)^gone: not in the settings\n(  .*\n)+  to remove it  notify drop gone$")
        self.assert_says(self.deployment.command("notify", "drop", "other"), 64, "other is in the settings")
        self.assert_says(self.deployment.command("notify", "drop", "gon"), 64, "did you mean gone?")
        result = self.deployment.command("notify", "drop", "gone", check=True)
        self.assertEqual(result.stderr.count("user="), 2)
        self.assertRegex(result.stderr, r"removed what was kept .* subscription=gone alerts=[1-9]")
        self.publish(110, 5, "second")  # who still tells it learns of that when it notes something
        self.assertEqual(notify.wait_end(60), 80)
        self.assertIn("fenced: another notify tells subscription=gone", notify.log())
        self.assertEqual({key.decode().partition("/")[0] for key in self.deployment.reader("deliveries").newest()}, {"other"})
        self.assertEqual({name: row["standing"] for name, row in self.status().items()}, {"other": "subscribed"})
        self.assert_says(self.deployment.command("notify", "drop", "gone"), 64, "nothing is kept of a subscription of that name")
        self.deployment.settings |= gone.settings
        gone.held.clear()
        notify = self.deployment.notify()
        self.wait_told(gone, other)
        self.assertEqual({row["standing"] for row in self.status().values()}, {"subscribed"})
        self.assert_sound(other)
        self.assertEqual(notify.stop(), 0)

    def test_without_the_topic_it_says_what_to_do(self):
        self.subscribe("everything")
        self.deployment.delete_topic("deliveries")
        notify = self.deployment.notify()
        self.assertEqual(notify.wait_end(), 78)
        self.assertIn(f"topic {self.deployment.topics['deliveries']} does not exist; `placement-alerts topics create`", notify.log())


if __name__ == "__main__":
    unittest.main()
