"""Events of children whose alerts are known beforehand, as JSON lines."""

import json

BY_CARE = {"location_id": "left", "kind": "CENTRE", "region": "MIDDLE"}
IN_EMERGENCY = {"location_id": "nood-0142", "kind": "EMERGENCY", "region": "NORTH"}


def event(number, child_id, day, **fields):
    return {"event_id": f"{number:08x}-0000-4000-8000-000000000000", "child_id": child_id, "occurred_on": day,
            "recorded_at": f"{day}T09:00:00.000Z", "retracted": False, **fields}


def arrival(number, child_id, day, place, birth_date):
    return event(number, child_id, day, type="placement", kind="ARRIVED", location=place, birth_date=birth_date,
                 unaccompanied=False, applied_on=None)


def pupils(first, count):
    """Children latency-00000N who live at "left" and go to school: a move is an alert at once (measure_latency sends it)."""
    for number in range(first, first + count):
        child_id = f"latency-{number:06d}"
        yield arrival(1, child_id, "2025-08-20", BY_CARE, "2015-03-01")
        yield event(2, child_id, "2025-09-01", type="enrollment", kind="ENROLLED", school_id="school-007")


def moved(number):
    """The move itself."""
    to = {"location_id": "reached", "kind": "CENTRE", "region": "MIDDLE"}
    return event(3, f"latency-{number:06d}", "2025-09-15", type="move", from_location_id="left", to=to, reason="OTHER")


def toddlers(prefix, count, day):
    """Too young for school, in emergency reception since DAY: half a year later they are over the norm, all on one day."""
    for number in range(count):
        yield arrival(1, f"{prefix}{number:012x}", day, IN_EMERGENCY, "2023-05-01")


def write(path, events):
    with open(path, "w", encoding="utf-8") as out:
        for each in events:
            out.write(json.dumps(each, separators=(",", ":")) + "\n")
    return path
