"""Protects the rights that `topics acls` prints: with them every command works, and they are the least. Without any one of them the
command ends with the code for refused access, names what is missing, and has written nothing."""

import json
import unittest

from confluent_kafka.admin import AclOperation, ResourceType

import events
from cluster import wait_for
from records import murmur2_producer
from secured_case import COMMANDS, SecuredCase, instead
from subscriber import WEBHOOKS, Subscriber

REFUSED = 77
PUBLISHED = ["alerts", "violations"]  # a state may be committed as long as nothing is to be published with it


def sought(acl):
    """What must be named where ACL is missing."""
    kind = {ResourceType.TOPIC: "topic ", ResourceType.GROUP: "group ", ResourceType.TRANSACTIONAL_ID: "begin with "}
    return kind[acl.restype] + acl.name


class RightsTest(SecuredCase):
    def setUp(self):
        self.deploy_secured(partitions=2)

    def each_missing(self, acls):
        """Each left out in turn; for those to read or write also with the right to see that the topic is there."""
        for left_out in acls:
            kept = [acl for acl in acls if acl != left_out]
            yield left_out, kept
            if left_out.restype == ResourceType.TOPIC and left_out.operation in (AclOperation.READ, AclOperation.WRITE):
                yield left_out, [*kept, instead(left_out, AclOperation.DESCRIBE)]

    def published(self):
        return {topic: len(self.deployment.reader(topic).read()) for topic in PUBLISHED}

    def refused_service(self, missing, acls):
        self.allow(acls)
        service = self.deployment.service(settings=self.login("run"))
        with self.subTest(missing=missing):
            self.assertEqual(service.wait_end(), REFUSED, service.log()[-2000:])
            # by us, by the broker in quotes, or with the partition whose offset it refused
            names = [sought(missing), f'"{missing.name}"', f"{missing.name}["]
            named = [line for line in service.log().splitlines() if any(name in line for name in names)]
            self.assertTrue(named, f"{missing} is not named:\n{service.log()}")

    def test_the_service(self):
        told = events.chaos(81, 60)
        self.deployment.produce(told)
        self.spoil()
        acls = self.rights("run")
        for missing, kept in self.each_missing(acls):
            self.refused_service(missing, kept)
        self.assertEqual(self.published(), dict.fromkeys(PUBLISHED, 0))
        self.allow(acls)
        service = self.deployment.service(settings=self.login("run")).wait_ready()
        self.deployment.wait_truth()
        self.assertEqual(service.stop(), 0)
        self.deployment.assert_sound()
        self.assertEqual(len(self.deployment.dead_letters()), 1)
        before = self.published()
        [state] = [acl for acl in acls if (acl.name, acl.operation) == (self.deployment.topics["state"], AclOperation.READ)]
        self.refused_service(state, [acl for acl in acls if acl != state])  # now that there is something to read
        self.assertEqual(self.published(), before)

    def spoil(self):
        """A record that must become a dead letter."""
        producer = murmur2_producer(self.cluster.bootstrap)
        producer.produce(self.deployment.topics["moves"], b"no event", "child-1")
        self.assertEqual(producer.flush(10), 0)

    def test_rights_taken_from_a_running_service(self):
        acls = self.rights("run")
        self.allow(acls)
        for number, (kind, operation) in enumerate((("alerts", AclOperation.WRITE), ("state", AclOperation.WRITE),
                                                    ("moves", AclOperation.READ), (None, AclOperation.READ))):
            name = self.deployment.name if kind is None else self.deployment.topics[kind]
            [taken] = [acl for acl in acls if (acl.name, acl.operation) == (name, operation)]
            service = self.deployment.service(settings=self.login("run"))
            service.wait_log(" caught up ")
            self.deployment.wait_truth()
            self.deployment.wait_seen()
            before = self.published()
            self.allow([acl for acl in acls if acl != taken])
            self.deployment.produce(events.chaos(82 + number, 20, prefix=f"more-{number}"))
            with self.subTest(taken=taken):
                self.assertEqual(service.wait_end(), REFUSED, service.log()[-2000:])
                self.assertIn(name, service.log())
                if operation == AclOperation.WRITE:  # without a right to read, what the other inputs bring goes on for a moment
                    self.assertEqual(self.published(), before)
            self.allow(acls)
        service = self.deployment.service(settings=self.login("run")).wait_ready()
        self.deployment.wait_truth()
        self.assertEqual(service.stop(), 0)
        self.deployment.assert_sound()

    def test_commands(self):
        told = events.chaos(86, 40)
        child_id = told[0]["child_id"]
        forget = ["forget", child_id, "--reason", "a test", "--wait", "--timeout", "120"]
        asked = {
            "produce": (["produce", "-"], events.lines(told)),
            "watch": (["watch", "--json", "--from-beginning", "--exit-at-end"], ""),
            "report": (["report", "--from", "2025-01-01", "--to", "2025-05-31"], ""),
            "evaluate": (["evaluate", "--as-of", "2025-05-31"], ""),
            "explain": (["explain", child_id, "--as-of", "2025-05-31"], ""),
            "forget": (forget, ""),
        }
        self.assertEqual({*asked, "run", "notify", "topics"}, set(COMMANDS))
        every = self.rights("run", *asked)
        self.allow(every)
        service = self.deployment.service(settings=self.login("run")).wait_ready()
        for command, (words, stdin) in asked.items():
            self.allow(every)
            result = self.ask(*words, stdin=stdin)
            self.assert_says(result, 0)
            if command == "produce":
                self.deployment.events = told
                self.deployment.wait_truth()
                self.deployment.wait_seen()
            if command == "watch":
                shown = {json.loads(line)["alert_id"] for line in result.stdout.splitlines()}
                self.assertLessEqual(set(self.deployment.truth()), shown)
            others = [acl for acl in every if acl.principal != f"User:{command}"]
            for missing, kept in self.each_missing(self.rights(command)):
                self.allow(others + kept)
                with self.subTest(missing=missing):
                    self.assert_says(self.ask(*words, stdin=stdin), REFUSED, missing.name)
        self.assertEqual(service.stop(), 0)

    def test_notify(self):
        """Also to ask how subscribers stand, and to wish that one be told again."""
        subscriber = self.enterContext(Subscriber("school", self.deployment.folder))
        self.deployment.settings |= WEBHOOKS | subscriber.settings
        self.deployment.produce(events.chaos(87, 20))
        acls = self.rights("run", "notify")
        self.allow(acls)
        service = self.deployment.service(settings=self.login("run")).wait_ready()
        self.deployment.wait_truth()
        self.assertEqual(service.stop(), 0)
        for missing, kept in self.each_missing(self.rights("notify")):
            self.allow(kept)
            notify = self.deployment.notify(settings=self.login("notify"))
            with self.subTest(missing=missing):
                self.assertEqual(notify.wait_end(), REFUSED, notify.log()[-2000:])
                self.assertIn(missing.name, notify.log())
        self.assertEqual(subscriber.attempts, [])
        self.allow(self.rights("notify"))
        notify = self.deployment.notify(settings=self.login("notify"))
        wait_for(lambda: len(subscriber.open()) > 0, 30, "somebody to be told")
        self.assert_says(self.ask("notify", "replay", "school", "--from", "2025-01-01"), 0)
        self.assert_says(self.ask("notify", "status"), 0)
        self.assertEqual(notify.stop(), 0)

    def test_topics(self):
        self.deployment.delete_topic("violations")
        acls = self.rights("topics")
        create = [acl for acl in acls if acl.operation == AclOperation.CREATE]
        self.allow([acl for acl in acls if acl not in create])
        self.assert_says(self.ask("topics", "create"), REFUSED, self.deployment.topics["violations"])
        self.allow(acls)
        self.assert_says(self.ask("topics", "create"), 0)
        for missing in acls:
            if missing not in create:
                self.allow([acl for acl in acls if acl != missing])
                with self.subTest(missing=missing):
                    self.assert_says(self.ask("topics", "check"), REFUSED, f"topic {missing.name}: access refused")


if __name__ == "__main__":
    unittest.main()
