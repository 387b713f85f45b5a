"""An Alertmanager that does whatever a test wants of it, over TLS too; one that is real is in alertmanager.py."""

import datetime
import json
import threading
import urllib.parse

from http_server import HttpServer


def instant(text):
    return datetime.datetime.fromisoformat(text.replace("Z", "+00:00"))


def now():
    return datetime.datetime.now(datetime.timezone.utc)


class FakeAlertmanager(HttpServer):
    """CONDUCT(method, path), where it is set, gives a status and a text to answer with, or None to answer rightly; it may take its
    time."""

    def __init__(self, context=None):
        self.conduct = None
        self.refused = set()  # alerts that are refused with all that comes with them, by alert_id
        self.asked = []  # (method, path, authorization)
        self.gone = threading.Event()  # for those that let somebody wait
        self.restart()
        super().__init__(context)

    def respond(self, request, body):
        path = urllib.parse.urlsplit(request.path).path
        self.asked.append((request.command, path, request.headers.get("Authorization")))
        conduct = self.conduct
        answer = conduct(request.command, path) if conduct is not None else None
        status, text = answer if answer is not None else self.answer(request.command, path, body)
        return status, {}, text.encode()

    def __exit__(self, *reason):
        self.gone.set()
        super().__exit__(*reason)

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
        return sorted(posted["labels"]["alert_id"] for posted in list(self.alerts.values()))  # another thread may take more

    def posts(self):
        return [asked for asked in self.asked if asked[0] == "POST"]
