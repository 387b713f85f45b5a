"""An Alertmanager that does whatever a test wants of it, over TLS too; one that is real is in alertmanager.py."""

import datetime
import http.server
import json
import threading
import urllib.parse

from fake_registry import Server


def instant(text):
    return datetime.datetime.fromisoformat(text.replace("Z", "+00:00"))


def now():
    return datetime.datetime.now(datetime.timezone.utc)


class FakeAlertmanager:
    """CONDUCT(method, path), where it is set, gives a status and a text to answer with, or None to answer rightly; it may take its
    time. Use it as a context manager."""

    def __init__(self, context=None):
        self.conduct = None
        self.refused = set()  # alerts that are refused with all that comes with them, by alert_id
        self.asked = []  # (method, path, authorization)
        self.gone = threading.Event()  # for those that let somebody wait
        self.restart()
        fake = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def answer(self):
                body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
                path = urllib.parse.urlsplit(self.path)
                fake.asked.append((self.command, path.path, self.headers.get("Authorization")))
                conduct = fake.conduct
                answer = conduct(self.command, path.path) if conduct is not None else None
                status, text = answer if answer is not None else fake.answer(self.command, path.path, body)
                self.send_response(status)
                self.send_header("Content-Length", str(len(text.encode())))
                self.end_headers()
                self.wfile.write(text.encode())

            do_GET = do_POST = answer

            def log_message(self, *_):
                pass

        self.server = Server(("127.0.0.1", 0), Handler)
        if context is not None:
            self.server.socket = context.wrap_socket(self.server.socket, server_side=True, do_handshake_on_connect=False)
        self.url = f"{'http' if context is None else 'https'}://127.0.0.1:{self.server.server_port}"

    def __enter__(self):
        threading.Thread(target=self.server.serve_forever, args=(0.05,), daemon=True).start()
        return self

    def __exit__(self, *_):
        self.gone.set()
        self.server.shutdown()
        self.server.server_close()

    def restart(self):
        """All that it was told is lost."""
        self.alerts = {}  # as posted, by labels
        self.ended = []
        self.ended_alone = []  # when there was nothing else
        self.started = now()

    def answer(self, method, path, body):
        if path == "/api/v2/status":
            return 200, json.dumps({"uptime": self.started.isoformat(timespec="milliseconds"), "cluster": {"status": "disabled"}})
        if path != "/api/v2/alerts":
            return 404, "no such page"
        if method == "GET":
            return 200, json.dumps(list(self.alerts.values()))
        alerts = json.loads(body)
        for posted in alerts:
            if posted["labels"]["alert_id"] in self.refused:
                return 422, f"invalid: {posted['labels']}"
        for posted in alerts:
            self.take(posted)
        return 200, ""

    def take(self, posted):
        key = tuple(sorted(posted["labels"].items()))
        if instant(posted["endsAt"]) > now():
            self.alerts[key] = posted
        else:
            (self.ended if self.alerts else self.ended_alone).append(posted)
            self.alerts.pop(key, None)

    def held(self):
        return sorted(posted["labels"]["alert_id"] for posted in self.alerts.values())

    def posts(self):
        return [asked for asked in self.asked if asked[0] == "POST"]
