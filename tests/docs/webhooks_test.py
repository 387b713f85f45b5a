"""Protects who copies docs/examples/webhooks.py from taking what nobody signed: the example takes what Standard Webhooks' own
example of a signature has signed, and no other."""

import http.client
import pathlib
import sys
import threading
import time
import unittest

EXAMPLE = pathlib.Path(__file__).resolve().parent.parent.parent / "docs" / "examples" / "webhooks.py"
sys.path.insert(0, str(EXAMPLE.parent))
import webhooks  # noqa: E402

SECRET = "whsec_plJ3nmyCDGBKInavdOK15jsl"  # these, and what they sign, stand in the specification
OTHER = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
BODY, SENT_AT = b'{"event_type":"ping","data":{"success":true}}', 1731705121
HEADERS = {"webhook-id": "msg_loFOjxBNrRLzqYUf", "webhook-timestamp": str(SENT_AT),
           "webhook-signature": "v1,rAvfW3dJ/X/qxhsaXPOyyCGmRKsaKWcsNccKXlIktD0="}


class Signatures(unittest.TestCase):
    def test_what_is_taken(self):
        for takes, secrets, body, now_s, changed in [
                (True, SECRET, BODY, SENT_AT, {}),
                (True, f"{OTHER} {SECRET}\n", BODY, SENT_AT + 299, {}),
                (True, SECRET, BODY, SENT_AT - 299, {"webhook-signature": f"v1a,x v1,AAAA {HEADERS['webhook-signature']}"}),
                (False, OTHER, BODY, SENT_AT, {}),
                (False, SECRET, BODY + b" ", SENT_AT, {}),
                (False, SECRET, BODY, SENT_AT + 301, {}),
                (False, SECRET, BODY, SENT_AT - 301, {}),
                (False, SECRET, BODY, SENT_AT, {"webhook-id": "msg_another"}),
                (False, SECRET, BODY, SENT_AT, {"webhook-timestamp": str(SENT_AT + 1)}),
                (False, SECRET, BODY, SENT_AT, {"webhook-timestamp": "1" * 5000}),
                (False, SECRET, BODY, SENT_AT, {"webhook-timestamp": ""}),
                (False, SECRET, BODY, SENT_AT, {"webhook-signature": ""}),
                (False, SECRET, BODY, SENT_AT, {"webhook-signature": HEADERS["webhook-signature"].replace("v1", "v2")}),
                (False, SECRET, BODY, SENT_AT, {"webhook-signature": "v1,é"})]:
            with self.subTest(secrets=secrets, body=body, now_s=now_s, changed=changed):
                self.assertEqual(webhooks.is_signed(HEADERS | changed, body, webhooks.keys_of(secrets), now_s), takes)


class Answers(unittest.TestCase):
    def setUp(self):
        self.taken = []
        self.receiver = webhooks.Receiver(("127.0.0.1", 0), webhooks.keys_of(SECRET), self.taken.append)
        threading.Thread(target=self.receiver.serve_forever, daemon=True).start()
        self.addCleanup(self.receiver.server_close)
        self.addCleanup(self.receiver.shutdown)
        self.connection = http.client.HTTPConnection("127.0.0.1", self.receiver.server_port, timeout=100)
        self.addCleanup(self.connection.close)

    def answer(self, headers, body=BODY):
        self.connection.request("POST", "/", body, headers)
        answer = self.connection.getresponse()
        answer.read()
        return answer.status

    def test_on_one_connection(self):
        """Of which each answer is whole, so that the next event can follow."""
        now = {"webhook-timestamp": str(int(time.time()))}
        signed = f"{HEADERS['webhook-id']}.{now['webhook-timestamp']}.".encode() + BODY
        signature = {"webhook-signature": webhooks.signature(webhooks.keys_of(SECRET)[0], signed).decode()}
        self.assertEqual(self.answer(HEADERS), 401)  # of long ago
        self.assertEqual(self.answer(HEADERS | now | signature), 204)
        self.assertEqual(self.answer(HEADERS | now), 401)
        self.assertEqual(self.taken, [{"event_type": "ping", "data": {"success": True}}])

    def test_what_is_too_long_is_not_read(self):
        for length in ("9999999999", "-1", "x"):
            with self.subTest(length=length):
                self.connection.putrequest("POST", "/")
                self.connection.putheader("content-length", length)
                self.connection.endheaders()
                answer = self.connection.getresponse()
                answer.read()
                self.assertEqual(answer.status, 413)


if __name__ == "__main__":
    unittest.main()
