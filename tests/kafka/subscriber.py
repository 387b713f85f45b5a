"""A subscriber made of what others wrote: deliveries are verified with standardwebhooks and read with the SDK of CloudEvents; what
they say it holds is kept, as a team that builds on them would."""

import base64
import json

from cloudevents.core.bindings.http import HTTPMessage, from_structured_event
from standardwebhooks.webhooks import Webhook

from webhook_receiver import Receiver

TYPE = "nl.placementalerts.alert-{}.v1"
WEBHOOKS = {  # settings for receivers on this machine
    "cloudevents.source": "urn:nld:oin:00000001234567890000:systeem:placement-alerts",
    "webhooks.allowed_hosts": "127.0.0.1",
    "webhooks.allow_private_addresses": "true",
    "webhooks.allow_http": "true",
}


class Subscriber(Receiver):
    """ANSWER(subscriber, type, data) is the status of an event; it counts as taken if that is 2xx."""

    def __init__(self, name, folder, answer=lambda subscriber, kind, data: 204, **lists):
        super().__init__(self.take)
        self.name, self.decide, self.lists = name, answer, lists
        secret = "whsec_" + base64.b64encode(name.encode().ljust(32, b"-")).decode()
        self.secret_file = folder / f"{name}.secret"
        self.secret_file.write_text(secret)
        self.verifier = Webhook(secret)
        self.bodies = {}  # by id
        self.order = []  # (id, type, data) of those taken, in the order in which they came first
        self.held = {}  # by alert_id, as the newest event says
        self.attempts = []  # (type, alert_id)
        self.faults = []

    @property
    def settings(self):
        return {f"subscriptions.{self.name}.{key}": value
                for key, value in {"url": self.url + "/alerts", "secret_file": self.secret_file, **self.lists}.items()}

    def take(self, headers, body):
        try:
            self.verifier.verify(body, headers)
            event = from_structured_event(HTTPMessage(headers, body))
            assert self.bodies.setdefault(event.get_id(), body) == body, "one id, two events"
        except Exception as fault:  # told by the test: here it would be an answer
            self.faults.append(f"{fault!r}: {body[:500]}")
            return 400
        kind, data = event.get_type(), json.loads(body)["data"]
        self.attempts.append((kind, data["alert_id"]))
        status = self.decide(self, kind, data)
        if 200 <= status < 300:
            self.keep(event.get_id(), kind, data)
        return status

    def keep(self, identity, kind, data):
        if identity not in self.ids():
            self.order.append((identity, kind, data))
        if kind == TYPE.format("revised"):
            self.held[data["alert_id"]] = data
        else:
            self.held.pop(data["alert_id"], None)

    def open(self):
        """What it takes to be open, as `evaluate` shows alerts."""
        return {alert_id: alert for alert_id, alert in dict(self.held).items() if alert["state"] == "OPEN"}

    def told(self, kind):
        return {data["alert_id"] for _, each, data in list(self.order) if each == TYPE.format(kind)}

    def ids(self):
        """Of the events it took."""
        return {identity for identity, _, _ in list(self.order)}
