"""Resident memory of the state, by what it consists of."""

import json

from rig import say

AIMS = {"child": 100, "fact": 40, "alert": 40}


def part(rig, table):
    children = 50_000 if rig.quick else 200_000
    say("memory")
    found = json.loads(rig.program("memory_bench", f"--children={children}"))
    table.head(f"resident bytes, index and allocator included ({children:,} children restored)")
    for what, aim in AIMS.items():
        table.add(f"a{'n' if what == 'alert' else ''} {what}", f"{found[what]:.0f} bytes", f"<= {aim}", found[what] <= aim)
