"""What telling costs: an Alertmanager that is met with many open alerts, and met again; and events to a receiver that answers at once,
beside the same posts by somebody who does nothing else, and beside a receiver that hangs."""

import base64
import json
import re
import time
import urllib.request

import alertmanager
from children import arrival, pupils, write
from cluster import wait_for
from latency import sender, settle
from rig import Deployment, Peer, median, percentile, rest, say, spread

LOCATIONS = 190
POSTED_AT_ONCE = 1000
RATE = 20
WEBHOOKS = {
    "cloudevents.source": "urn:nld:oin:00000001234567890000:systeem:bench",
    "webhooks.allowed_hosts": "127.0.0.1",
    "webhooks.allow_private_addresses": "true",
    "webhooks.allow_http": "true",
}
# It is measured how alerts come in, not how mails go out.
NO_MAILS = {"mail.smarthost": "127.0.0.1:1", "mail.gather_seconds": 3600, "mail.interval_seconds": 3600}


def part(rig, table):
    for number, alerts in enumerate([700, 5_000] if rig.quick else [7_000, 50_000]):
        say(f"notify: {alerts} open alerts")
        ours = filled(rig, f"notify-{number}", alerts)
        alertmanagers(rig, table, ours, alerts)
        events(rig, table, ours, alerts)
    latency(rig, table)


def deployment(rig, name):
    return Deployment(rig, name, **WEBHOOKS, **{"topics.deliveries": f"{name}-deliveries"})


def filled(rig, name, alerts):
    """So many children, each too long in emergency reception."""
    def arrivals():
        for number in range(alerts):
            place = {"location_id": f"nood-{number % LOCATIONS:04d}", "kind": "EMERGENCY", "region": "NORTH"}
            yield arrival(1, f"k-{number:012x}", "2025-02-03", place, "2023-05-01")
    ours = deployment(rig, name)
    settle(ours, write(rig.folder / f"{name}.jsonl", arrivals())).stop()
    return ours


def notify(rig, ours, settings):
    return Peer(rig, [rig.binary, "notify", *ours.options, *(f"--set={name}={value}" for name, value in settings.items())])


def stop(peer):
    """What wait4 says it had at most, this process may have had when it was started: it lists alerts."""
    peak_mib = peer.resident_mib("VmHWM")
    peer.stop()
    peer.peak_mib = peak_mib


def costs(peers):
    return f"{median([peer.cpu_s for peer in peers]):.2f} CPU s, peak {max(peer.peak_mib for peer in peers):.0f} MiB"


# --- Alertmanager ---------------------------------------------------------------------------------------------------------------------


def started(rig, name):
    alertmanager.BINARY = rig.binary
    folder = rig.folder / name
    folder.mkdir()
    contacts = [f"nood-{number:04d},place-{number}@example.org,,nl" for number in range(LOCATIONS)] + ["*,,,"]
    return alertmanager.Alertmanager(folder, contacts, NO_MAILS).start()


def wait_routed(server, alerts):
    """Until it has sorted so many into their locations; when that was."""
    def count():
        with urllib.request.urlopen(f"{server.url}/metrics", timeout=60) as answer:
            return float(re.search(r"^alertmanager_dispatcher_alert_processing_duration_seconds_count (\S+)$", answer.read().decode(),
                                   re.MULTILINE)[1])
    wait_for(lambda: count() >= alerts, 120, f"{alerts} alerts in Alertmanager", interval=0.02)
    return time.monotonic()


def posted(server, alerts):
    """Seconds until a new one has the same alerts from somebody who only posts them."""
    bodies = [json.dumps([{name: alert[name] for name in ("labels", "annotations", "startsAt", "endsAt")}
                          for alert in alerts[at:at + POSTED_AT_ONCE]]).encode() for at in range(0, len(alerts), POSTED_AT_ONCE)]
    began_s = time.monotonic()
    for body in bodies:
        request = urllib.request.Request(f"{server.url}/api/v2/alerts", body, {"Content-Type": "application/json"})
        with urllib.request.urlopen(request, timeout=60):
            pass
    return wait_routed(server, len(alerts)) - began_s


def met(rig, ours, server, alerts):
    """Seconds from the start of a notify until it knows that Alertmanager has all, and the process when it has ended."""
    peer = notify(rig, ours, {"alertmanager.urls": server.url})
    peer.wait_log(rf" met address=\S+ holds={alerts} open={alerts}\b", timeout=900)
    seconds = time.monotonic() - peer.began_s
    stop(peer)
    return seconds, peer


def told(rig, ours, server, alerts):
    """Seconds from the start of a notify until a new Alertmanager has all, which is not asked meanwhile: that would slow it down."""
    peer = notify(rig, ours, {"alertmanager.urls": server.url, "log.level": "debug"})
    peer.wait_log(rf" told address=\S+ alerts={alerts}\b")
    seconds = wait_routed(server, alerts) - peer.began_s
    stop(peer)
    return seconds, peer


def alertmanagers(rig, table, ours, alerts):
    firsts, agains, asked_s, bare_s = [], [], [], []
    for number in range(rig.rounds):
        server, other = started(rig, f"alertmanager-{alerts}-{number}"), started(rig, f"alertmanager-bare-{alerts}-{number}")
        try:
            firsts.append(told(rig, ours, server, alerts))
            agains.append(met(rig, ours, server, alerts))
            began_s = time.monotonic()
            held = server.alerts()
            asked_s.append(time.monotonic() - began_s)
            bare_s.append(posted(other, held))
        finally:
            server.stop()
            other.stop()
        say(f"  {number + 1}: told {firsts[-1][0]:.2f} s, bare {bare_s[-1]:.2f} s; again {agains[-1][0]:.2f} s, bare {asked_s[-1]:.2f} s")
    table.head(f"Alertmanager: {alerts:,} open alerts at {LOCATIONS} locations, from the start of notify")
    for what, bare, what_ours, runs in (("bare posts of the same", bare_s, "notify, until Alertmanager has all", firsts),
                                        ("bare question for what it has", asked_s, "notify again, until both agree", agains)):
        table.add(what, f"{spread(bare)} s")
        table.add(what_ours, f"{spread([seconds for seconds, _ in runs])} s")
        table.add("", costs([peer for _, peer in runs]))


# --- webhooks -------------------------------------------------------------------------------------------------------------------------


class Receiver:
    def __init__(self, rig, name, *wishes):
        self.name, self.peer = name, Peer(rig, [rig.build / "bench" / "receive_events", *wishes])
        self.port = int(self.peer.line())
        self.secret_file = rig.folder / "secret"
        self.secret_file.write_text("whsec_" + base64.b64encode(b"-" * 32).decode())

    @property
    def settings(self):
        return {f"subscriptions.{self.name}.url": f"http://127.0.0.1:{self.port}/alerts",
                f"subscriptions.{self.name}.secret_file": self.secret_file}

    def received(self, end):
        """What came: (monotonic s, bytes, child)."""
        return [(float(at_s), int(length), child) for at_s, length, child in map(str.split, end(self.peer).splitlines())]


def rate_of(received):
    return len(received) / (received[-1][0] - received[0][0])


def events(rig, table, ours, alerts):
    """A new subscription is told of all that is open."""
    rates, bare_rates, peers, bare_peers = [], [], [], []
    for number in range(rig.rounds):
        receiver = Receiver(rig, f"all-{number}", f"--events={alerts}")
        peers.append(notify(rig, ours, receiver.settings))
        received = receiver.received(Peer.finish)
        stop(peers[-1])
        rates.append(rate_of(received))
        receiver = Receiver(rig, "bare", f"--events={alerts}")
        mean = sum(length for _, length, _ in received) // len(received)
        bare_peers.append(Peer(rig, [rig.build / "bench" / "post_events", f"--port={receiver.port}", f"--events={alerts}",
                                     f"--bytes={mean}"]))
        bare_rates.append(rate_of(receiver.received(Peer.finish)))
        bare_peers[-1].finish()
        say(f"  {number + 1}: {rates[-1]:.0f} events/s, bare {bare_rates[-1]:.0f}")
    table.head(f"webhooks: a new subscription is told of {alerts:,} open alerts, {mean} bytes each")
    table.add("bare posts of the same size", f"{spread(bare_rates, '{:.0f}')} events/s")
    table.add("", f"{median([peer.cpu_s for peer in bare_peers]):.2f} CPU s")
    table.add("notify", f"{spread(rates, '{:.0f}')} events/s")
    table.add("", costs(peers))
    table.add("notify of the bare posts", f"{median(rates) / median(bare_rates) * 100:.0f} %")


def delays(rig, ours, first, seconds, *receivers):
    """Milliseconds from when a reader of committed records has an alert until the first receiver does; and notify when it has ended."""
    peer = notify(rig, ours, {name: value for each in receivers for name, value in each.settings.items()})
    for each in receivers:
        peer.wait_log(f"follows subscription={each.name} ")
    lines = sender(rig, ours, first, RATE, seconds).finish().splitlines()
    time.sleep(1)  # the last ones are on their way
    stop(peer)
    came_s = {}
    for at_s, _, child in receivers[0].received(Peer.stop):
        came_s.setdefault(child, at_s)
    for each in receivers[1:]:
        each.peer.stop()
    seen_s = [sent_s + ms / 1e3 for sent_s, ms in (map(float, line.split()) for line in lines)]
    return [(came_s[f"latency-{first + number:06d}"] - each_s) * 1e3 for number, each_s in enumerate(seen_s)], peer


def latency(rig, table):
    seconds = 5 if rig.quick else 20
    each = RATE * seconds
    say(f"notify: latency at {RATE} events/s")
    ours = deployment(rig, "notify-latency")
    run = settle(ours, write(rig.folder / "told.jsonl", pupils(0, 3 * each)))
    delays(rig, ours, 0, seconds, Receiver(rig, "warms-up"))
    alone, peer = delays(rig, ours, each, seconds, Receiver(rig, "good"))
    beside, with_hanging = delays(rig, ours, 2 * each, seconds, Receiver(rig, "good-too"), Receiver(rig, "hangs", "--hang=1"))
    run.stop()
    table.head(f"webhooks at {RATE} events/s: from the alert visible read committed until the receiver has it, {each} events")
    for name, delay_ms, process in (("alone", alone, peer), ("beside one that hangs", beside, with_hanging)):
        table.add(name, f"p50 {percentile(delay_ms, 0.5):.1f} ms, p99 {percentile(delay_ms, 0.99):.1f} ms, max {max(delay_ms):.1f} ms")
        table.add("", costs([process]))
    table.add("p99 beside one that hangs to alone", f"{percentile(beside, 0.99) / percentile(alone, 0.99):.2f}")
