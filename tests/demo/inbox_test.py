"""Protects what the demo shows of being told: mails that came are kept to be read, and events are counted by their signature."""

import email.message
import http.client
import json
import pathlib
import smtplib
import subprocess
import sys
import tempfile
import time
import unittest

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
EXAMPLES, INBOX = ROOT / "docs" / "examples", ROOT / "etc" / "demo" / "inbox.py"
sys.path.insert(0, str(EXAMPLES))
import webhooks  # noqa: E402

PYTHON = "/usr/bin/python3"  # has Debian's aiosmtpd
SECRET = "whsec_plJ3nmyCDGBKInavdOK15jsl"


class InboxTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)
        (self.folder / "secret").write_text(SECRET)
        self.mails = self.folder / "mails"
        self.mails.mkdir()

    def start(self):
        self.process = subprocess.Popen([PYTHON, "-B", INBOX, self.mails, self.folder / "secret"], stdout=subprocess.PIPE,
                                        text=True, env={"PYTHONPATH": str(EXAMPLES)})
        self.addCleanup(self.process.communicate)
        self.addCleanup(self.process.kill)
        ports = self.said()
        self.smtp_port, self.webhook_port = ports["smtp_port"], ports["webhook_port"]

    def said(self):
        return json.loads(self.process.stdout.readline())

    def wait_said(self, **wanted):
        """Reads lines until one says that; ctest ends what waits for ever."""
        while True:
            said = self.said()
            if wanted.items() <= said.items():
                return said

    def send_mail(self, subject, html=None):
        mail = email.message.EmailMessage()
        mail["Subject"], mail["From"], mail["To"] = subject, "alerts@example.org", "oss@example.org"
        mail.set_content("as text & plain")
        if html is not None:
            mail.add_alternative(html, subtype="html")
        with smtplib.SMTP("127.0.0.1", self.smtp_port, timeout=100) as server:
            server.send_message(mail)

    def send_event(self, connection, data, secret=SECRET):
        body, sent_at = json.dumps({"data": data}).encode(), str(int(time.time()))
        signature = webhooks.signature(webhooks.keys_of(secret)[0], f"an-id.{sent_at}.".encode() + body)
        connection.request("POST", "/", body, {"webhook-id": "an-id", "webhook-timestamp": sent_at, "webhook-signature": signature})
        answer = connection.getresponse()
        answer.read()
        return answer.status

    def test_mails_are_kept_to_be_read(self):
        (self.mails / "0003.eml").write_text("of an earlier demo")
        (self.mails / "notes.txt").write_text("somebody's own")
        self.start()
        self.send_mail("Één kind <te lang>", "<p>één kind</p>")
        self.send_mail("later")
        self.wait_said(mails=2, subject="later")
        self.assertEqual({path.name for path in self.mails.iterdir()},
                         {"0001.eml", "0001.html", "0002.eml", "0002.html", "index.html", "notes.txt"})
        self.assertIn("<p>één kind</p>", (self.mails / "0001.html").read_text())
        self.assertIn("as text &amp; plain", (self.mails / "0002.html").read_text())
        page = (self.mails / "index.html").read_text()
        self.assertIn('<a href="0001.html">Één kind &lt;te lang&gt;</a>', page)
        self.assertLess(page.index("later"), page.index("kind"))  # the newest first

    def test_a_subject_is_said_in_ascii(self):
        """The demo's screen has no other letters."""
        self.start()
        self.send_mail("Één kind – Súdwest")
        self.assertEqual(self.wait_said(mails=1)["subject"], "Een kind - Sudwest")

    def test_events_are_counted_and_alerts_kept_in_mind(self):
        self.start()
        connection = http.client.HTTPConnection("127.0.0.1", self.webhook_port, timeout=100)
        self.addCleanup(connection.close)
        opened = {"alert_id": "a", "state": "OPEN"}
        for data in (opened, opened, {"alert_id": "b", "state": "OPEN"}, {"alert_id": "c", "state": "OPEN"},
                     {"alert_id": "b", "state": "RESOLVED"}, {"alert_id": "c"}):
            self.assertEqual(self.send_event(connection, data), 204)
        self.assertEqual(self.send_event(connection, opened, secret="whsec_AAAA"), 401)
        self.wait_said(events=6, refused=1, in_force=1)


if __name__ == "__main__":
    unittest.main()
