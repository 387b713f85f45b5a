"""The first alert after a start on empty state: the events are there, the service is not yet."""

from children import moved, pupils, write
from rig import Deployment, costs, median, rest, say, spread


def part(rig, table):
    say("first alert")
    path = write(rig.folder / "first.jsonl", [*pupils(0, 1), moved(0)])
    seconds, peers = [], []
    for number in range(rig.rounds):
        deployment = Deployment(rig, f"first-{number}")
        deployment.produce(path)
        watch = deployment.watch("--alerts-only=1", "--still-ms=200", "--poll-ms=2")
        peer = deployment.run()
        seconds.append(rest(watch)["first_s"] - peer.began_s)
        peer.stop()
        peers.append(peer)
    table.head("first alert, from process start on empty state")
    table.add("run", f"{spread(seconds)} s", "<= 0.5 s", median(seconds) <= 0.5)
    table.add("", costs(peers))
