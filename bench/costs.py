"""What reading, writing and judging cost, without Kafka."""

import re

from rig import say


def part(rig, table):
    say("decoding and judging")
    table.head("costs of one, best of several rounds")
    aims = {"event_read": 60}
    for line in rig.program("decode_bench").splitlines():
        what, size, ns = re.fullmatch(r"(.*?)\s+(\d+) bytes\s+([\d.]+) ns", line).groups()
        aim = aims.get(what)
        table.add(f"{what}, {size} bytes", f"{float(ns):.0f} ns", f"<= {aim} ns" if aim else "", float(ns) <= aim if aim else None)
    for line in rig.program("judge_bench").splitlines():
        what, ns = re.fullmatch(r"(.*): (\d+) ns", line).groups()
        aim = 1000 if what == "child_judge, 10 facts" else None
        table.add(what, f"{ns} ns", f"<= {aim} ns" if aim else "", int(ns) <= aim if aim else None)
