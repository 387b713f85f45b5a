"""Protects what receivers rely on, by those they use: events are verified by Standard Webhooks' library, while a secret is replaced,
too, and read by CloudEvents' SDK; docs/webhooks.md says how, and it works. Nobody is followed elsewhere, and nobody is believed
without a certificate that is right."""

import json
import pathlib
import re
import subprocess
import sys
import tempfile
import unittest

from cloudevents.core.bindings.http import HTTPMessage, from_structured_event
from standardwebhooks.webhooks import Webhook, WebhookVerificationError

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT / "tests" / "kafka"))
from fake_registry import Authority  # noqa: E402
from webhook_receiver import Receiver  # noqa: E402

ATTEMPT = sys.argv.pop()
SOURCE = "urn:nld:oin:00000001234567890000:systeem:placement-alerts"
SECRET, OTHER, STRANGE = "whsec_" + "s" * 32, "whsec_" + "o" * 44, "whsec_" + "x" * 32
TYPES = [f"nl.placementalerts.alert-{what}.v1" for what in ("revised", "left", "forgotten")]
CHILD, LOCATION = "k-7301", "noodopvang-assen-02"


def attempt(url, secret=SECRET, hosts="localhost, 127.0.0.1", **webhooks):
    """What came of each event: (outcome, status, why)."""
    settings = {
        "cloudevents": {"source": SOURCE},
        "webhooks": {"allowed_hosts": hosts, "allow_private_addresses": True, "allow_http": True, **webhooks},
        "subscriptions": {"school": {"url": url, "secret": secret}},
    }
    with tempfile.NamedTemporaryFile("w", suffix=".yaml") as file:
        json.dump(settings, file)
        file.flush()
        done = subprocess.run([ATTEMPT, file.name], capture_output=True, text=True, timeout=300)
    if done.returncode != 0:
        raise Refused(done.stderr)
    lines = (line.split(" ", 2) for line in done.stdout.splitlines())
    return [(outcome, int(status), why) for outcome, status, why in lines]


class Refused(Exception):
    """By the settings."""


class ReceiversTest(unittest.TestCase):
    maxDiff = None

    def test_events_are_signed_cloudevents(self):
        with Receiver() as receiver:
            self.assertEqual(attempt(receiver.url + "/alerts"), 3 * [("DELIVERED", 204, "")])
        for came, kind in zip(receiver.received, TYPES, strict=True):
            with self.subTest(type=kind):
                said = Webhook(SECRET).verify(came.body, came.headers)
                event = from_structured_event(HTTPMessage(came.headers, came.body))
                self.assertEqual((came.method, came.path), ("POST", "/alerts"))
                self.assertEqual(came.headers["content-type"], "application/cloudevents+json")
                self.assertRegex(came.headers["user-agent"], r"^placement-alerts/[0-9]+\.[0-9]+\.[0-9]+$")
                self.assertEqual(event.get_id(), came.headers["webhook-id"])
                self.assertNotIn(".", event.get_id())  # or the signed text could be read in two ways
                self.assertEqual((event.get_type(), event.get_source(), event.get_specversion()), (kind, SOURCE, "1.0"))
                self.assertEqual(event.get_datacontenttype(), "application/json")
                self.assertEqual(event.get_time().isoformat(), "2025-09-02T07:00:00.123000+00:00")
                self.assertEqual(event.get_data(), said["data"])
        self.assertEqual(len({came.connection for came in receiver.received}), 1, "the connection did not stay")
        self.assertEqual(len({came.headers["webhook-id"] for came in receiver.received}), 3)

    def test_nothing_of_a_child_is_beside_the_data(self):
        with Receiver() as receiver:
            attempt(receiver.url)
        for came in receiver.received:
            event = json.loads(came.body)
            told = event.pop("data")
            beside = json.dumps(event) + json.dumps(came.headers) + came.path
            for personal in (CHILD, LOCATION):
                self.assertNotIn(personal, beside)
                self.assertEqual(personal in json.dumps(told), event["type"] == TYPES[0])

    def test_what_was_changed_on_the_way_is_not_verified(self):
        with Receiver() as receiver:
            attempt(receiver.url)
        came = receiver.received[0]
        for headers, body in (
            (came.headers, came.body.replace(b"VIOLATION", b"NOTICE")),
            (came.headers | {"webhook-id": receiver.received[1].headers["webhook-id"]}, came.body),
            (came.headers | {"webhook-timestamp": str(int(came.headers["webhook-timestamp"]) - 1)}, came.body),
        ):
            with self.assertRaises(WebhookVerificationError):
                Webhook(SECRET).verify(body, headers)

    def test_either_secret_verifies_while_one_replaces_the_other(self):
        with Receiver() as receiver:
            attempt(receiver.url, secret=f"{SECRET} {OTHER}")
        for came in receiver.received:
            Webhook(SECRET).verify(came.body, came.headers)
            Webhook(OTHER).verify(came.body, came.headers)
            with self.assertRaises(WebhookVerificationError):
                Webhook(STRANGE).verify(came.body, came.headers)

    def test_the_documentation_shows_a_receiver_and_an_event(self):
        page = (ROOT / "docs" / "webhooks.md").read_text()
        example, code = (re.search(rf"^```{kind}\n(.*?)^```", page, flags=re.M | re.S)[1] for kind in ("json", "python"))
        shown = {"SECRET": SECRET}
        exec(compile(code, "webhooks.md", "exec"), shown)
        with Receiver(shown["receive"]) as receiver:
            self.assertEqual(attempt(receiver.url, secret=STRANGE), 3 * [("DENIED", 401, "status 401")])
            self.assertEqual(shown["alerts"], {})
            receiver.received.clear()
            kept = []  # after each event
            receiver.answer = lambda headers, body: (shown["receive"](headers, body), kept.append(dict(shown["alerts"])))[0]
            self.assertEqual(attempt(receiver.url), 3 * [("DELIVERED", 204, "")])
        told = json.loads(receiver.received[0].body)
        self.assertEqual(json.loads(example), told)
        self.assertEqual(kept, [{told["data"]["alert_id"]: told["data"]}, {}, {}])


class ElsewhereTest(unittest.TestCase):
    def test_redirects_are_not_followed(self):
        with Receiver() as other:
            for status in (301, 302, 303, 307, 308):
                for location in (other.url, "http://169.254.169.254/latest/meta-data/", "file:///etc/passwd"):
                    with Receiver(lambda *_: (status, {"Location": location})) as receiver:
                        outcomes = attempt(receiver.url)
                        self.assertEqual(outcomes, 3 * [("DENIED", status, f"status {status}, and redirects are not followed")])
                        self.assertEqual(len(receiver.received), 3)
            self.assertEqual(other.received, [])

    def test_a_host_must_be_allowed(self):
        with Receiver() as receiver, self.assertRaisesRegex(Refused, "webhooks.allowed_hosts does not have its host, 127.0.0.1"):
            attempt(receiver.url, hosts="localhost, 127.0.0.2, example.nl")
        self.assertEqual(receiver.received, [])

    def test_an_address_must_be_of_the_internet(self):
        with Receiver() as receiver:
            for host in ("127.0.0.1", "localhost"):
                url = receiver.url.replace("127.0.0.1", host)
                for outcome, status, why in attempt(url, allow_private_addresses=False):
                    self.assertEqual((outcome, status), ("FORBIDDEN", 0))
                    self.assertIn("an address of this machine", why)
        self.assertEqual(receiver.received, [])


class CertificatesTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = pathlib.Path(cls.enterClassContext(tempfile.TemporaryDirectory()))
        cls.authority = Authority(cls.folder)

    def outcome(self, context, ca_file=None, **webhooks):
        """The outcome, status and reason; of three attempts only the reasons may differ."""
        with Receiver(context=context) as receiver:
            found = attempt(receiver.url, ca_file=str(ca_file or self.authority.file), **webhooks)
        self.assertEqual(len(receiver.received), 3 * (found[0][0] == "DELIVERED"))
        self.assertEqual(len({outcome for outcome, _, _ in found}), 1, found)
        return found[0]

    def test_one_that_is_right(self):
        self.assertEqual(self.outcome(self.authority.server_context("IP:127.0.0.1")), ("DELIVERED", 204, ""))

    def test_one_of_another_host(self):
        outcome, _, why = self.outcome(self.authority.server_context("DNS:other.example"))
        self.assertEqual(outcome, "UNTRUSTED")
        self.assertIn("127.0.0.1", why)

    def test_one_of_nobody_who_is_trusted(self):
        (self.folder / "other").mkdir()
        other = Authority(self.folder / "other")
        self.assertEqual(self.outcome(other.server_context("IP:127.0.0.1"))[0], "UNTRUSTED")
        self.assertEqual(self.outcome(other.server_context("IP:127.0.0.1"), ca_file=other.file)[0], "DELIVERED")

    def test_one_that_has_expired(self):
        key, certificate = self.authority.certify("expired", "IP:127.0.0.1", days=-1)
        outcome, _, why = self.outcome(self.authority.context(key, certificate))
        self.assertEqual(outcome, "UNTRUSTED")
        self.assertIn("expired", why)

    def test_ours_is_shown_to_who_asks_for_it(self):
        context = self.authority.server_context("IP:127.0.0.1", asks_for_certificate=True)
        key, certificate = self.authority.certify("sender", "DNS:placement-alerts.example")
        self.assertEqual(self.outcome(context, certificate_file=str(certificate), key_file=str(key))[0], "DELIVERED")
        self.assertEqual(self.outcome(context)[0], "FAILED")

    def test_a_file_of_the_settings_that_is_none(self):
        no_certificate = self.folder / "none.pem"
        no_certificate.write_text("nothing\n")
        outcome, _, why = self.outcome(self.authority.server_context("IP:127.0.0.1"), ca_file=no_certificate)
        self.assertEqual(outcome, "MISCONFIGURED")
        self.assertIn("webhooks.ca_file: ", why)


if __name__ == "__main__":
    unittest.main()
