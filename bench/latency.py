"""How soon an alert is seen: from the producer's hand to the eye of a reader of committed records, beside the bare transaction."""

from children import pupils, write
from rig import Deployment, costs, percentile, rest, say, wait_for

RATE = 200
SECONDS = 5
WARM_UP_S = 15  # Java compiles what a transaction needs only after some thousands of them


def sender(rig, deployment, first, rate, seconds):
    """Sends moves of the pupils from FIRST on."""
    peer = rig.probe(deployment, "measure_latency", f"--first={first}", f"--rate={rate}", f"--seconds={seconds}")
    assert peer.line() == "sending"
    return peer


def measured(*wishes):
    """Pairs (sent, monotonic s; ms until seen)."""
    return [tuple(map(float, line.split())) for line in sender(*wishes).finish().splitlines()]


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
    seconds, warm_up = (2, 2) if rig.quick else (SECONDS, WARM_UP_S)
    each, first = RATE * seconds, RATE * warm_up
    say(f"latency: {RATE} events/s")
    ours, theirs = Deployment(rig, "latency-run"), Deployment(rig, "latency-bare")
    run = settle(ours, write(rig.folder / "pupils.jsonl", pupils(0, first + each * rig.rounds)))
    warming = sender(rig, ours, 0, RATE, warm_up)
    wait_for(lambda: ours.tally()["alerts"] > 0, 10, "the first alert")
    bare = theirs.bare(*a_move(ours.tally()))
    assert bare.line() == "ready"
    measured(rig, theirs, 0, RATE, warm_up)
    warming.finish()
    seen = {"bare transaction": [], "run": []}
    for number in range(rig.rounds):
        seen["bare transaction"] += measured(rig, theirs, first + number * each, RATE, seconds)
        seen["run"] += measured(rig, ours, first + number * each, RATE, seconds)
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
