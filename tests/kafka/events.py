"""Events as people record them: children who arrive, move, go to school and leave, with facts that come late, twice, corrected or
taken back, in an order that is nobody's. The same seed gives the same events.

An event is a dict in the form of tests/cases; lines() makes the JSON lines of them.
"""

import datetime
import json
import random
import uuid

EMERGENCY = ["EMERGENCY", "MUNICIPAL_EMERGENCY", "CRISIS_EMERGENCY"]
REGULAR = ["CENTRAL", "PROCESS", "CENTRE", "MINORS", "FAMILY", "RESTRICTED", "ENFORCEMENT", "TRANSIT", "OTHER"]
REGIONS = ["NORTH", "MIDDLE", "SOUTH"]
REASONS = ["CAPACITY", "CLOSURE", "FAMILY", "MEDICAL", "PROCEDURE", "SAFETY", "OTHER"]
FIRST_DAY = datetime.date(2024, 6, 1)


class Story:
    """One child's, told as facts in the order of their days."""

    def __init__(self, chance, child_id):
        self.chance = chance
        self.child_id = child_id
        self.day = FIRST_DAY + datetime.timedelta(chance.randrange(500))
        self.place = self._any_place()
        self.events = []
        self._arrive()
        for _ in range(chance.randrange(1, 9)):
            self.day += datetime.timedelta(chance.choice([0, 1, 3, 14, 40, 90, 200]))
            chance.choices([self._move, self._enroll, self._withdraw, self._depart, self._arrive], [4, 5, 2, 1, 1])[0]()

    def _any_place(self):
        kind = self.chance.choice(EMERGENCY if self.chance.random() < 0.6 else REGULAR)
        return {"location_id": f"loc-{self.chance.randrange(60)}", "kind": kind, "region": self.chance.choice(REGIONS)}

    def _tell(self, **fields):
        late = datetime.timedelta(days=self.chance.choice([0, 0, 0, 2, 30]), milliseconds=self.chance.randrange(86_400_000))
        self.events.append({
            "event_id": str(uuid.UUID(int=self.chance.getrandbits(128), version=4)),
            "child_id": self.child_id,
            "occurred_on": str(self.day),
            "recorded_at": instant(datetime.datetime.combine(self.day, datetime.time()) + late),
            "retracted": False,
            **fields,
        })

    def _arrive(self):
        birth = self.day - datetime.timedelta(self.chance.randrange(1, 18 * 365))
        self._tell(type="placement", kind="ARRIVED", location=self.place,
                   birth_date=None if self.chance.random() < 0.05 else str(birth),
                   unaccompanied=self.chance.choice([True, False, None]),
                   applied_on=str(self.day - datetime.timedelta(5)) if self.chance.random() < 0.3 else None)

    def _move(self):
        left, self.place = self.place["location_id"], self._any_place()
        self._tell(type="move", from_location_id=left, to=self.place, reason=self.chance.choice(REASONS))

    def _enroll(self):
        self.school = f"school-{self.chance.randrange(20)}"
        self._tell(type="enrollment", kind="ENROLLED", school_id=self.school)

    def _withdraw(self):
        self._tell(type="enrollment", kind="WITHDRAWN", school_id=getattr(self, "school", "school-0"))

    def _depart(self):
        self._tell(type="placement", kind="DEPARTED", location=self.chance.choice([None, self.place]))


def corrected(chance, event):
    """A later version of EVENT: taken back, on another day, or the same again."""
    recorded = datetime.datetime.fromisoformat(event["recorded_at"].rstrip("Z"))
    later = dict(event, recorded_at=instant(recorded + datetime.timedelta(milliseconds=chance.randrange(1, 10**9))))
    what = chance.random()
    if what < 0.3:
        later["retracted"] = True
    elif what < 0.8:
        day = datetime.date.fromisoformat(event["occurred_on"]) + datetime.timedelta(chance.randrange(-20, 20))
        later["occurred_on"] = str(day)
    return later


def chaos(seed, children, prefix="child"):
    """Stories of so many children, every eighth fact corrected, every twentieth told twice, shuffled."""
    chance = random.Random(seed)
    events = [event for number in range(children) for event in Story(chance, f"{prefix}-{number}").events]
    events += [corrected(chance, event) for event in events if chance.random() < 0.125]
    events += [event for event in events if chance.random() < 0.05]
    chance.shuffle(events)
    return events


def lines(events):
    return "".join(json.dumps(event, separators=(",", ":")) + "\n" for event in events)


def instant(moment):
    return moment.isoformat(timespec="milliseconds") + "Z"
