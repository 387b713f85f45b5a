"""How soon an alert is seen: from the producer's hand to the eye of a reader of committed records, beside the bare transaction."""

from children import pupils, write
from rig import Deployment, costs, percentile, rest, say

RATE = 200
SECONDS = 5


def measured(rig, deployment, first, rate, seconds):
    """Pairs (sent, monotonic s; ms until seen)."""
    sender = rig.probe(deployment, "measure_latency", f"--first={first}", f"--rate={rate}", f"--seconds={seconds}")
    assert sender.line() == "sending"
    return [tuple(map(float, line.split())) for line in sender.finish().splitlines()]


def a_move(tally):
    """The bare loop's arguments that make it write for a move what the service writes."""
    return [f"--{name}={value}" for name, value in {
        "live": 1,
        "state-per-event": 1,
        "alerts-per-event": 1,
        "violations-per-event": 1,
        "state-bytes": round(tally["judging_state_bytes"]),
        "alert-bytes": round(tally["alerts_bytes"]),
        "violation-bytes": round(tally["violations_bytes"]),
        "progress-bytes": round(tally["progress_bytes"]),
    }.items()]


def settle(deployment, path):
    """The service, when it has read what was produced."""
    deployment.produce(path)
    watch = deployment.watch("--committed=1", "--still-ms=500")
    run = deployment.run()
    rest(watch)
    return run


def part(rig, table):
    seconds = 2 if rig.quick else SECONDS
    each = RATE * seconds
    say(f"latency: {RATE} events/s")
    ours, theirs = Deployment(rig, "latency-run"), Deployment(rig, "latency-bare")
    run = settle(ours, write(rig.folder / "pupils.jsonl", pupils(0, each * (rig.rounds + 1))))
    measured(rig, ours, 0, RATE, seconds)  # warm
    bare = theirs.bare(*a_move(ours.tally()))
    assert bare.line() == "ready"
    measured(rig, theirs, 0, RATE, seconds)
    seen = {"bare transaction": [], "run": []}
    for number in range(1, rig.rounds + 1):
        seen["bare transaction"] += measured(rig, theirs, number * each, RATE, seconds)
        seen["run"] += measured(rig, ours, number * each, RATE, seconds)
    bare.finish()
    run.stop()
    table.head(f"latency at {RATE} events/s: from produce to the alert visible read committed, {each * rig.rounds} events")
    for name, peer in (("bare transaction", bare), ("run", run)):
        ms = [latency for _, latency in seen[name]]
        p50, p99 = percentile(ms, 0.5), percentile(ms, 0.99)
        aimed = name == "run"
        table.add(f"{name} p50", f"{p50:.1f} ms", "<= 6 ms" if aimed else "", p50 <= 6 if aimed else None)
        table.add(f"{name} p99", f"{p99:.1f} ms", "<= 15 ms" if aimed else "", p99 <= 15 if aimed else None)
        table.add(f"{name} max", f"{max(ms):.1f} ms")
        table.add("", costs([peer]))
