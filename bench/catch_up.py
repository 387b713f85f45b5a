"""Catching up with a backlog: raw consumption, the bare loop, and the service, in turns."""

from rig import Deployment, costs, median, rest, say, spread

RAW = "raw consumption, read committed"


def timed(deployment, start, stop):
    """Seconds from the start of a process to its last commit visible, and the process when it has ended."""
    watch = deployment.watch("--committed=1")
    peer = start()
    seconds = rest(watch)["last_s"] - peer.began_s
    peer.resident = peer.resident_mib() if peer.is_running() else None
    stop(peer)
    return seconds, peer


def amounts(tally, events):
    """The bare loop's arguments that make it write what the service wrote."""
    reading = max(1, tally["reading_transactions"])
    state_bytes = (tally["reading_state"] * tally["reading_state_bytes"] + tally["judging_state"] *
                   tally["judging_state_bytes"]) / max(1, tally["reading_state"] + tally["judging_state"])
    return [f"--{name}={value}" for name, value in {
        "transaction-events": -(-events // reading),
        "state-per-event": tally["reading_state"] / events,
        "chunks": tally["judging_transactions"],
        "judged-state": tally["judging_state"],
        "judged-alerts": tally["alerts"],
        "judged-violations": tally["violations"],
        "state-bytes": round(state_bytes),
        "alert-bytes": round(tally["alerts_bytes"]),
        "violation-bytes": round(tally["violations_bytes"]),
        "progress-bytes": round(tally["progress_bytes"]),
    }.items()]


def check_published(rig, path, tally):
    """A fast service that is wrong measures nothing: a first start publishes each alert once."""
    wanted = rig.alerts_of(path)
    if tally["alerts"] != wanted:
        raise RuntimeError(f"the service published {tally['alerts']} revisions, evaluate says {wanted} alerts")


def measure(rig, table, name, children, events_per_child, warm_up):
    path = rig.events(name, f"--children={children}", f"--events-per-child={events_per_child}")
    say(f"catching up: {name}")
    first = Deployment(rig, f"{name}-0")
    first.produce(path)
    if warm_up:  # also the broker's
        timed(first, first.run, lambda peer: peer.stop())
    raw, bare, run, tally = [], [], [], None
    for number in range(1, rig.rounds + 1):
        raw.append(rig.raw(first))
        ours = Deployment(rig, f"{name}-run-{number}", inputs=f"{name}-0")
        run.append(timed(ours, ours.run, lambda peer: peer.stop()))
        tally = tally or ours.tally()
        theirs = Deployment(rig, f"{name}-bare-{number}", inputs=f"{name}-0")
        wishes = amounts(tally, raw[0]["records"])
        bare.append(timed(theirs, lambda: theirs.bare(*wishes), lambda peer: peer.finish()))
        say(f"  {number}: run {run[-1][0]:.2f} s, bare {bare[-1][0]:.2f} s, raw {raw[-1]['seconds']:.2f} s")
    check_published(rig, path, tally)
    path.unlink()
    add_rows(table, children, raw, bare, run, tally)


def add_rows(table, children, raw, bare, run, tally):
    events = raw[0]["records"]
    bare_s, run_s = [seconds for seconds, _ in bare], [seconds for seconds, _ in run]
    ratios = [b / r for b, r in zip(bare_s, run_s)]
    rate = events / median(run_s)
    table.head(f"catching up: {events:,} events of {children:,} children, from process start to the last commit visible")
    table.add(RAW, spread([events / each["seconds"] / 1e6 for each in raw], "{:.2f}") + " M records/s")
    table.add("bare loop", spread([events / each / 1e3 for each in bare_s], "{:.0f}") + f" k events/s, {spread(bare_s)} s")
    table.add("", costs([peer for _, peer in bare]))
    table.add("run", spread([events / each / 1e3 for each in run_s], "{:.0f}") + f" k events/s, {spread(run_s)} s",
              ">= 300 k events/s", rate >= 300e3)
    table.add("", costs([peer for _, peer in run]) + f", {run[-1][1].resident:.0f} MiB when caught up")
    table.add("run of the bare loop", spread([100 * ratio for ratio in ratios], "{:.0f}") + " %", ">= 80 %",
              median(ratios) >= 0.8)
    table.add("both wrote", f"{tally['reading_state'] + tally['judging_state']:,} states, {tally['alerts']:,} alerts, "
              f"{tally['violations']:,} violations; {tally['reading_transactions']} + {tally['judging_transactions']} "
              "transactions")


def part(rig, table):
    share = 10 if rig.quick else 1
    measure(rig, table, "three", 330_000 // share, 3.0304, warm_up=True)
    measure(rig, table, "ten", 100_000 // share, 10, warm_up=False)
