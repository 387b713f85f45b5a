"""Starting again: how long until the state of so many children is back in memory."""

import re
import time

from rig import Deployment, costs, median, rest, say, spread

READY = r"ready partitions=\d+ children=(\d+) .*ms=(\d+)"


def part(rig, table):
    children = 20_000 if rig.quick else 200_000
    say(f"restore: {children} children")
    # Large transactions, so that the changelog has few records a child, as when it is compacted.
    deployment = Deployment(rig, "restore", **{"service.transaction_events": 1_000_000, "service.gather_ms": 5000})
    deployment.produce(rig.events("restore", f"--children={children}", "--events-per-child=3"))
    watch = deployment.watch("--committed=1")
    first = deployment.run()
    rest(watch)
    first.stop()
    tally = deployment.tally()
    records = tally["reading_state"] + tally["judging_state"]
    megabytes = (tally["reading_state"] * tally["reading_state_bytes"] +
                 tally["judging_state"] * tally["judging_state_bytes"]) / 1e6
    restore_s, start_s, peers = [], [], []
    for _ in range(rig.rounds):
        peer = deployment.run()
        ready = peer.wait_log(READY)
        start_s.append(time.monotonic() - peer.began_s)
        assert int(ready[1]) == children, ready[0]
        restore_s.append(int(ready[2]) / 1e3)
        peer.stop()
        peers.append(peer)
    rate = children / median(restore_s)
    table.head(f"restore of {children:,} children with three facts each")
    table.add("from assignment to ready", f"{spread(restore_s)} s, {rate / 1e3:.0f} k children/s", ">= 500 k children/s",
              rate >= 500e3)
    table.add("from process start to ready", f"{spread(start_s)} s")
    table.add("read for it", f"{records:,} records, {megabytes:.0f} MB; {records / median(restore_s) / 1e3:.0f} k records/s")
    table.add("", costs(peers))
