"""Protects that each Alertmanager is told of what is open whatever becomes of the others, and of itself: gone, slow, refusing, not
trusted, started again, or something else altogether. That it is said once what is wrong, and nothing of a child; and that
`notify` ends when it is told to. How mails come of it is tested with a real Alertmanager."""

import base64
import pathlib
import signal
import unittest
import uuid

import events
from cluster import wait_for
from deployment import Deployment
from fake_alertmanager import FakeAlertmanager
from fake_registry import Authority, FakeRegistry
from kafka_case import KafkaCase
from notify import Notify

LEFT_ON = "2025-06-01"
SCHEMAS = pathlib.Path(__file__).resolve().parents[2] / "schemas"


class Registry:
    """Takes whatever schema it is given for ours of that topic."""

    SCHEMAS = ["placement", "move", "enrollment", "alert", "violation", "dead_letter"]

    def __init__(self):
        self.is_away = False

    def answer(self, method, path, _):
        if method == "POST":
            [number] = [i for i, name in enumerate(self.SCHEMAS) if f"{name}s-value" in path]
            return 200, {"id": number + 1}
        if self.is_away:
            return 503, {}
        name = self.SCHEMAS[int(path.rpartition("/")[2]) - 1]
        return 200, {"schema": (SCHEMAS / f"{name}.avsc").read_text()}


class NotifyTest(KafkaCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.deployment = cls.enterClassContext(Deployment(cls.cluster, "notify", partitions=3))
        cls.told = events.chaos(7, 40)
        cls.deployment.produce(cls.told)
        cls.deployment.service().wait_ready()
        cls.deployment.wait_truth()
        truth = cls.deployment.truth().values()
        staying = {one["child_id"] for one in truth if one["raised_on"] >= LEFT_ON}  # their alerts would be withdrawn, not resolved
        cls.leavers = sorted({one["child_id"] for one in truth if one["state"] == "OPEN"} - staying)  # each test takes its own

    @staticmethod
    def open_alerts(deployment):
        return sorted(alert_id for alert_id, one in deployment.truth().items() if one["state"] == "OPEN")

    def fake(self, **wishes):
        return self.enterContext(FakeAlertmanager(**wishes))

    def notify(self, *fakes, **settings):
        urls = ",".join(fake if isinstance(fake, str) else fake.url for fake in fakes)
        notify = Notify(self.deployment, {"alertmanager.urls": urls, **settings})
        self.addCleanup(notify.end, signal.SIGKILL)
        return notify

    def wait_held(self, fake, notify, deployment=None):
        expected = self.open_alerts(deployment or self.deployment)
        self.assertGreater(len(expected), 10)
        wait_for(lambda: fake.held() == expected, 60, f"{len(expected)} alerts; it has {len(fake.held())}: {notify.log()}")

    def depart(self, child):
        """One of LEAVERS leaves: those of its alerts that were open."""
        truth = self.deployment.truth()
        self.deployment.produce([{"type": "placement", "kind": "DEPARTED", "child_id": child, "event_id": str(uuid.uuid4()), "location": None,
                                  "recorded_at": f"{LEFT_ON}T10:00:00.000Z", "occurred_on": LEFT_ON, "retracted": False}])
        self.deployment.wait_truth()
        return sorted(alert_id for alert_id, one in truth.items() if one["state"] == "OPEN" and one["child_id"] == child)

    def test_one_is_told_whatever_the_others_do(self):
        good, refusing, hanging, strange = (self.fake() for _ in range(4))
        refusing.conduct = lambda *_: (401, "who are you?")
        hanging.conduct = lambda *_: (hanging.gone.wait(60), None)[1]
        strange.conduct = lambda *_: (200, "<html>under maintenance</html>")
        notify = self.notify(good, refusing, hanging, strange, "http://127.0.0.1:1", **{"alertmanager.timeout_ms": "60000"})
        self.wait_held(good, notify)
        self.depart(self.leavers[0])
        self.wait_held(good, notify)
        notify.wait_log("can not be reached now, trying again address=http://127.0.0.1:1 ")
        notify.wait_log(f"refuses access: look at alertmanager.username and its password, or the certificate, trying again "
                        f"address={refusing.url} ")
        notify.wait_log(f"answers as no Alertmanager does: look at alertmanager.urls, trying again address={strange.url} ")
        wait_for(lambda: len(refusing.asked) > 2, 30, "it to be tried again")
        self.assertEqual(notify.log().count(f"trying again address={refusing.url} "), 1)
        self.assertEqual(notify.end(), 0)  # though one lets it wait for a minute
        for child in {event["child_id"] for event in self.told}:
            self.assertNotIn(child, notify.log())

    def test_all_that_it_may_be_and_then_it_is_well(self):
        fake = self.fake()
        fake.conduct = lambda *_: (503, "busy")
        notify = self.notify(fake)
        notify.wait_log('can not be reached now, trying again address=' + fake.url + ' reason="status 503"')
        fake.conduct = lambda method, path: (200, "[{}") if (method, path) == ("GET", "/api/v2/alerts") else None
        notify.wait_log("answers as no Alertmanager does")
        self.assertEqual(fake.alerts, {})  # nothing is told without knowing what it has
        fake.conduct = lambda method, _: (400, "bad labels") if method == "POST" else None
        notify.wait_log('does not take what it is told, trying again address=' + fake.url + ' reason="status 400"')
        self.assertNotIn("bad labels", notify.log())  # it could name a child
        fake.conduct = None
        self.wait_held(fake, notify)
        notify.wait_log(f"is told again address={fake.url} after_ms=")

    def test_it_is_started_again(self):
        fake = self.fake()
        notify = self.notify(fake)
        self.wait_held(fake, notify)
        fake.restart()
        self.wait_held(fake, notify)
        notify.wait_log("was started again, is told of everything")
        self.assertEqual(fake.ended, [])

    def test_started_again_before_an_ending(self):
        fake = self.fake()
        notify = self.notify(fake)
        self.wait_held(fake, notify)
        notify.process.send_signal(signal.SIGSTOP)
        ended = self.depart(self.leavers[1])
        fake.restart()
        notify.process.send_signal(signal.SIGCONT)
        wait_for(lambda: {posted["labels"]["alert_id"] for posted in fake.ended + fake.ended_alone} >= set(ended), 60, "the endings")
        self.assertEqual(fake.ended_alone, [])  # it would mail that all of the location is over
        self.wait_held(fake, notify)

    def test_what_is_too_much_at_once_goes_in_parts(self):
        fake = self.fake()
        refusals = iter(range(3))
        fake.conduct = lambda method, _: (413, "too large") if method == "POST" and next(refusals, None) is not None else None
        notify = self.notify(fake)
        self.wait_held(fake, notify)
        self.assertEqual(len(fake.posts()), 3 + 4)  # an eighth, another, a quarter, a half
        self.assertNotIn("trying again", notify.log())

    def test_one_alert_that_is_refused(self):
        fake = self.fake()
        child, leaver = self.leavers[3:5]
        refused = min(alert_id for alert_id, one in self.deployment.truth().items() if one["state"] == "OPEN" and one["child_id"] == child)
        fake.refused = {refused}
        notify = self.notify(fake)
        notify.wait_log(f'does not take some alerts, which are tried again each hour; the others go on address={fake.url} alerts=1 '
                        'reason="status 422"')
        self.depart(leaver)
        others = [alert_id for alert_id in self.open_alerts(self.deployment) if alert_id != refused]
        wait_for(lambda: fake.held() == others, 60, "the others to be told, and the endings")
        self.assertNotIn("trying again", notify.log())
        self.assertNotIn(refused, notify.log())
        fake.refused = set()
        fake.restart()
        self.wait_held(fake, notify)

    def test_notify_is_started_again(self):
        fake = self.fake()
        first = self.notify(fake)
        self.wait_held(fake, first)
        first.end(signal.SIGKILL)
        ended = self.depart(self.leavers[2])
        posts = len(fake.posts())
        self.wait_held(fake, self.notify(fake))
        self.assertEqual(sorted(posted["labels"]["alert_id"] for posted in fake.ended), ended)
        self.assertEqual({posted["annotations"]["outcome"] for posted in fake.ended}, {"DEPARTED"})
        self.assertEqual(len(fake.posts()) - posts, 1)  # what it has is not told again

    def test_a_login(self):
        fake = self.fake()
        password = self.deployment.folder / "password"
        password.write_text("geheim\n")
        self.notify(fake, **{"alertmanager.username": "alerts", "alertmanager.password_file": str(password)})
        wait_for(lambda: fake.asked, 30, "it to be asked")
        self.assertEqual(fake.asked[0][2], "Basic " + base64.b64encode(b"alerts:geheim").decode())

    def test_only_who_is_trusted_is_told(self):
        authority = Authority(self.deployment.folder)
        good = self.fake(context=authority.server_context("IP:127.0.0.1"))
        other = self.fake(context=authority.server_context("DNS:elsewhere.example.org"))
        notify = self.notify(good, other, **{"alertmanager.ca_file": str(authority.file)})
        self.wait_held(good, notify)
        notify.wait_log("is not trusted: look at alertmanager.ca_file")
        self.assertEqual(other.asked, [])

    def test_records_of_a_schema_registry(self):
        registry = Registry()
        fake = self.fake()
        with FakeRegistry(registry.answer) as asked, Deployment(self.cluster, "registered", settings={"registry.urls": asked.url}) as deployment:
            deployment.produce(self.told)
            deployment.service().wait_ready()
            deployment.wait_read()
            registry.is_away = True
            urls = {"alertmanager.urls": fake.url}
            waiting = Notify(deployment, urls)
            self.addCleanup(waiting.end, signal.SIGKILL)
            waiting.wait_log("waits for the schema registry, which can not be asked now")
            self.assertEqual(waiting.end(), 0)
            self.assertEqual(fake.posts(), [])
            waiting = Notify(deployment, urls)
            self.addCleanup(waiting.end, signal.SIGKILL)
            waiting.wait_log("waits for the schema registry")
            registry.is_away = False
            self.wait_held(fake, waiting, deployment)
            self.assertNotIn("unreadable", waiting.log())

    def test_what_is_missing_is_said(self):
        urls = {"alertmanager.urls": "http://127.0.0.1:1"}
        command = self.deployment.command
        self.assert_says(command("notify"), 78, "there is nobody to tell: set alertmanager.urls")
        self.assert_says(command("notify", settings=urls | {"topics.alerts": "no-such-topic"}), 78, "no-such-topic")
        nowhere = urls | {"kafka.bootstrap.servers": "127.0.0.1:1", "service.start_timeout_ms": "500"}
        self.assert_says(command("notify", settings=nowhere), 69, "127.0.0.1:1")

    def test_it_ends_while_it_waits_for_the_broker(self):
        subscription = {"subscriptions.one.url": "https://a.example.org/", "webhooks.allowed_hosts": "a.example.org",
                        "subscriptions.one.secret_file": str(self.deployment.folder / "secret"), "cloudevents.source": "urn:nld:test"}
        (self.deployment.folder / "secret").write_text("whsec_" + base64.b64encode(bytes(32)).decode())
        notify = self.notify("http://127.0.0.1:1", **subscription,
                             **{"kafka.bootstrap.servers": "127.0.0.1:1", "service.start_timeout_ms": "3600000"})
        notify.wait_log("starting targets=2")
        self.assertEqual(notify.end(), 0)
        self.assertNotIn("stopping takes too long", notify.log())


if __name__ == "__main__":
    unittest.main()
