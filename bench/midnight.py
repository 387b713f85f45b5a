"""Midnight: a day turns, and 100,000 alerts become violations at once. How long until all are committed, beside the bare loop writing
the same records in the same chunks; and what it does to the events of the same time.

One service with a clock that turns a day every few seconds has several such midnights; the bare loop has its own in between, and the
last ones have events meanwhile.
"""

import datetime
import itertools
import re
import time

from children import pupils, toddlers, write
from latency import measured
from rig import Deployment, TODAY, costs, median, percentile, rest, say, spread

DAY_S = 10
EMPTY_DAYS = 2  # at first, to catch up
RATE = 500
EVENTS_FROM_S, EVENTS_FOR_S = 1.0, 3  # before the day turns; in all
STILL = "--still-ms=500"


def cohorts(children, count):
    """So many toddlers for each midnight: in emergency reception for half a year the day before."""
    for number in range(count):
        over = datetime.date.fromisoformat(TODAY) + datetime.timedelta(EMPTY_DAYS + number)
        since = (over - datetime.timedelta(1)).replace(month=over.month - 6)
        yield from toddlers(chr(ord("a") + number), children, str(since))


def difference(before, after):
    """The bare loop's arguments for what was written between two tallies."""
    def mean(name):
        records = after[name] - before[name]
        return (after[name] * after[f"{name}_bytes"] - before[name] * before[f"{name}_bytes"]) / max(1, records)
    return [f"--{name}={value}" for name, value in {
        "live": 1,
        "chunks": after["judging_transactions"] - before["judging_transactions"],
        "judged-state": after["judging_state"] - before["judging_state"],
        "judged-alerts": after["alerts"] - before["alerts"],
        "judged-violations": after["violations"] - before["violations"],
        "state-bytes": round(mean("judging_state")),
        "alert-bytes": round(mean("alerts")),
        "violation-bytes": round(mean("violations")),
        "progress-bytes": round(after["progress_bytes"]),
    }.items()]


class Days:
    """When the days of a running service turn, by what its log says of its start."""

    def __init__(self, run):
        stamp = run.wait_log(r"(\S+Z) info service: starting ")[1]
        wall = datetime.datetime.fromisoformat(stamp.replace("Z", "+00:00")).timestamp()
        self.began_s = wall - time.time() + time.monotonic()
        self.next_day = EMPTY_DAYS

    def sleep_until_before_next(self, seconds):
        """The instant the next day with deadlines turns, SECONDS before it."""
        turn_s = self.began_s + self.next_day * DAY_S
        self.next_day += 1
        left = turn_s - seconds - time.monotonic()
        if left < 0:
            raise RuntimeError("this machine is too slow for days of so few seconds")
        time.sleep(left)
        return turn_s


def quiet_midnight(deployment, days):
    turn_s = days.sleep_until_before_next(1)
    return rest(deployment.watch(STILL))["last_s"] - turn_s


def bare_midnight(deployment, bare):
    watch = deployment.watch(STILL)
    bare.say("now")
    began_s, longest_s = re.search(r'"began_s": ([\d.]+).*"longest_s": ([\d.]+)', bare.line()).groups()
    return rest(watch)["last_s"] - float(began_s), float(longest_s) * 1e3


def busy_midnight(rig, deployment, days, first, length_s):
    """Milliseconds until the alerts of events sent while the midnight was under way."""
    turn_s = days.sleep_until_before_next(EVENTS_FROM_S + 0.5)
    pairs = measured(rig, deployment, first, RATE, EVENTS_FOR_S)
    return [ms for sent_s, ms in pairs if turn_s <= sent_s <= turn_s + length_s]


def part(rig, table):
    children = 10_000 if rig.quick else 100_000
    quiet, busy = rig.rounds, 1 if rig.quick else 2
    say(f"midnight: {quiet + busy} times {children} deadlines")
    ours = Deployment(rig, "midnight", clock=f"{TODAY}+1d/{DAY_S * 1000}ms")
    theirs = Deployment(rig, "midnight-bare", inputs="midnight")
    told = itertools.chain(cohorts(children, quiet + busy), pupils(0, RATE * EVENTS_FOR_S * busy))
    ours.produce(write(rig.folder / "midnight.jsonl", told))
    watch = ours.watch("--committed=1")
    run = ours.run()
    days = Days(run)
    rest(watch)
    before, run_s, bare_s, bare_ms, bare = ours.tally(), [], [], [], None
    for _ in range(quiet):
        run_s.append(quiet_midnight(ours, days))
        if bare is None:
            wishes = difference(before, ours.tally())
            bare = theirs.bare(*wishes)
            assert bare.line() == "ready"
        seconds, longest_ms = bare_midnight(theirs, bare)
        bare_s.append(seconds)
        bare_ms.append(longest_ms)
        say(f"  run {run_s[-1]:.2f} s, bare {seconds:.2f} s")
    bare.finish()
    events_ms = []
    for number in range(busy):
        events_ms += busy_midnight(rig, ours, days, number * RATE * EVENTS_FOR_S, median(run_s))
    run.stop()
    add_rows(table, children, wishes, bare, run, bare_s, run_s, bare_ms, events_ms)


def add_rows(table, children, wishes, bare, run, bare_s, run_s, bare_ms, events_ms):
    ratio, longest_ms, p99 = median(run_s) / median(bare_s), max(bare_ms), percentile(events_ms, 0.99)
    chunks = next(wish.split("=")[1] for wish in wishes if wish.startswith("--chunks="))
    table.head(f"midnight: {children:,} deadlines become violations, until all is committed")
    table.add("bare midnight", f"{spread(bare_s)} s, {chunks} transactions, longest {longest_ms:.0f} ms")
    table.add("", costs([bare]))
    table.add("run", f"{spread(run_s)} s")
    table.add("", costs([run]) + " with catching up")
    table.add("run to the bare midnight", f"{ratio:.2f}", "<= 1.3", ratio <= 1.3)
    table.add("events meanwhile, longest stall", f"{max(events_ms):.0f} ms ({len(events_ms)} events at {RATE}/s)")
    table.add("events meanwhile, p99", f"{p99:.0f} ms", f"<= {1.5 * longest_ms:.0f} ms (1.5 x the bare's longest)",
              p99 <= 1.5 * longest_ms)
