"""Questions put to the state topic: what reading it costs, and what a report and an explanation take on top."""

import json
import time

from rig import Deployment, costs, median, rest, say, spread

PERIOD = ["--from", "2024-09-16", "--to", "2025-09-15"]  # a year, to the clock's day


def filled(rig, children):
    """A state topic with so many children, few records of each, as when it is compacted."""
    deployment = Deployment(rig, "answers", **{"service.transaction_events": 1_000_000, "service.gather_ms": 5000})
    path = rig.events("answers", f"--children={children}", "--events-per-child=3")
    deployment.produce(path)
    watch = deployment.watch("--committed=1")
    service = deployment.run()
    rest(watch)
    service.stop()
    with open(path, encoding="utf-8") as lines:
        return deployment, json.loads(next(lines))["child_id"]


def asked(rig, deployment, *words):
    """So many rounds of a question, and how long each took."""
    peers, seconds = [], []
    for _ in range(rig.rounds):
        peer = rig.service(deployment, *words)
        assert peer.finish(), f"{words[0]} printed nothing"
        seconds.append(time.monotonic() - peer.began_s)
        peers.append(peer)
    return peers, seconds


def part(rig, table):
    children = 100_000 if rig.quick else 1_000_000
    say(f"answers: {children} children")
    deployment, child_id = filled(rig, children)
    raws, looks, peers = [], [], []
    for _ in range(rig.rounds):
        raws.append(json.loads(rig.probe(deployment, "read_raw", "--state=1").finish()))
        peers.append(rig.probe(deployment, "read_state"))
        looks.append(json.loads(peers[-1].finish()))
        assert looks[-1]["children"] == children, looks[-1]
    records = raws[0]["records"]
    raw_s, look_s = [raw["seconds"] for raw in raws], [look["seconds"] for look in looks]
    table.head(f"answers: {children:,} children with three facts each, of the state topic ({records:,} records, "
               f"{raws[0]['bytes'] / 1e6:.0f} MB), from process start")
    table.add("raw consumption, read committed", f"{spread(raw_s)} s, {records / median(raw_s) / 1e6:.2f} M records/s")
    table.add("every child visited", f"{spread(look_s)} s, {records / median(look_s) / 1e6:.2f} M records/s")
    table.add("", costs(peers))
    for what, words, aim in [("report over one year", ["report", *PERIOD], 10),
                             ("report over one year, each day by location",
                              ["report", *PERIOD, "--by", "location", "--each-day", "--format", "csv"], None),
                             ("explain one child", ["explain", child_id], None)]:
        peers, seconds = asked(rig, deployment, *words)
        table.add(what, f"{spread(seconds)} s", f"<= {aim} s" if aim else "", median(seconds) <= aim if aim else None)
        table.add("", costs(peers))
