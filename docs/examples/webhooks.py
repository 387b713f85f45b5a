"""Receives a webhook of placement-alerts and prints its events, one a line: python webhooks.py ADDRESS PORT SECRET_FILE

What the secret did not sign (Standard Webhooks), or not in the last minutes, is refused. An event may come twice, with the same id; a
receiver that keeps alerts by alert_id takes no harm. Needs nothing but Python.
"""

import base64
import hashlib
import hmac
import http.server
import json
import sys
import time

TOLERANCE_S = 300  # of the sender's clock and ours; later, it could be a copy that somebody kept
BYTES_MAX = 1 << 20


def keys_of(secrets):
    """Several, apart by blanks, while a secret is replaced by another."""
    return [base64.b64decode(secret.removeprefix("whsec_")) for secret in secrets.split()]


def signature(key, signed):
    return b"v1," + base64.b64encode(hmac.digest(key, signed, hashlib.sha256))


def is_signed(headers, body, keys, now_s):
    identity, sent_at = headers.get("webhook-id", ""), headers.get("webhook-timestamp", "")
    if not sent_at.isdecimal() or len(sent_at) > 12 or abs(now_s - int(sent_at)) > TOLERANCE_S:
        return False
    signed = f"{identity}.{sent_at}.".encode() + body
    given = headers.get("webhook-signature", "").encode().split()
    return any(hmac.compare_digest(signature(key, signed), one) for key in keys for one in given)


class Receiver(http.server.ThreadingHTTPServer):
    """Calls TAKE with each event that KEYS have signed, and answers when it has returned: what it took must be safe by then. Calls
    REFUSE for others."""

    daemon_threads = True

    def __init__(self, address, keys, take, refuse=lambda: None):
        super().__init__(address, Delivery)
        self.keys, self.take, self.refuse = keys, take, refuse


class Delivery(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"  # the next event comes on the same connection
    timeout = 60

    def do_POST(self):
        length = self.headers.get("content-length", "")
        if not length.isdecimal() or len(length) > 7 or int(length) > BYTES_MAX:
            return self.answer(413, connection="close")  # what follows is not read
        body = self.rfile.read(int(length))
        if not is_signed(self.headers, body, self.server.keys, time.time()):
            self.server.refuse()
            return self.answer(401)
        self.server.take(json.loads(body))
        return self.answer(204)

    def answer(self, status, **headers):
        self.send_response(status)
        length = {} if status == 204 else {"content-length": "0"}
        for name, value in (length | headers).items():
            self.send_header(name, value)
        self.end_headers()

    def log_message(self, *_):
        """Nothing: what came is printed, and of what was refused the sender's log has the status."""


if __name__ == "__main__":
    with open(sys.argv[3]) as file:
        secrets = keys_of(file.read())
    receiver = Receiver((sys.argv[1], int(sys.argv[2])), secrets, lambda event: print(json.dumps(event), flush=True))
    try:
        receiver.serve_forever()
    except KeyboardInterrupt:
        pass
