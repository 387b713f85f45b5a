"""What CloudEvents headers cost: the same backlog of many alerts, with and without, in turns."""

from catch_up import check_published, timed
from rig import Deployment, costs, median, say, spread

SOURCE = {"cloudevents.source": "urn:nld:oin:00000001234567890000:systeem:bench"}


def part(rig, table):
    children = 20_000 if rig.quick else 200_000
    path = rig.events("headers", f"--children={children}", "--events-per-child=3.0304")
    say("headers of CloudEvents")
    first = Deployment(rig, "headers-0")
    first.produce(path)
    timed(first, first.run, lambda peer: peer.stop())  # warms up
    ran, tally = {False: [], True: []}, None
    for number in range(1, rig.rounds + 1):
        for has_headers, runs in ran.items():
            ours = Deployment(rig, f"headers-{number}-{has_headers}", inputs="headers-0", **(SOURCE if has_headers else {}))
            runs.append(timed(ours, ours.run, lambda peer: peer.stop()))
            tally = tally or ours.tally()
            say(f"  {number}: {'with' if has_headers else 'without'} {runs[-1][0]:.2f} s")
    check_published(rig, path, tally)
    path.unlink()
    records = tally["alerts"] + tally["violations"]
    table.head(f"headers of CloudEvents: a backlog that leads to {records:,} alerts and violations")
    for has_headers, runs in ran.items():
        seconds = [each for each, _ in runs]
        table.add("with" if has_headers else "without",
                  spread([records / each / 1e3 for each in seconds], "{:.0f}") + f" k records/s, {spread(seconds)} s")
        table.add("", costs([peer for _, peer in runs]))
    extra = median([peer.cpu_s for _, peer in ran[True]]) - median([peer.cpu_s for _, peer in ran[False]])
    table.add("one record's headers", f"{extra / records * 1e6:.2f} us of CPU")
