"""How schemas of events change, and what then becomes of the events: a table of writers' schemas, made of ours.

A change is a function of the schema of a record, as JSON, that changes it in place.
"""

import copy
import dataclasses
import json
from collections.abc import Callable

from records import SCHEMAS


def schema_of(record, *changes):
    schema = json.loads((SCHEMAS / f"{record}.avsc").read_text())
    for change in changes:
        change(schema)
    return schema


# --- changes of a schema --------------------------------------------------------------------------------------------------------------

def walk(node):
    """All types and fields within a schema that are JSON objects."""
    if isinstance(node, dict):
        yield node
    for child in node.values() if isinstance(node, dict) else node if isinstance(node, list) else []:
        yield from walk(child)


def named(schema, name):
    """The record or enum, or the field, of that name; of several the first."""
    return next(each for each in walk(schema) if each.get("name") == name)


def with_field(name, kind, at=0, of=None, **more):
    return lambda schema: (named(schema, of) if of else schema)["fields"].insert(at, {"name": name, "type": kind, **more})


def without_field(name, of=None):
    def change(schema):
        record = named(schema, of) if of else schema
        record["fields"] = [field for field in record["fields"] if field["name"] != name]
    return change


def with_type(name, kind):
    """KIND may be a function of the type that is there. A default that may not fit any more goes."""
    def change(schema):
        field = named(schema, name)
        field["type"] = kind(field["type"]) if callable(kind) else kind
        field.pop("default", None)
    return change


def renamed(old, new, **more):
    return lambda schema: named(schema, old).update(name=new, **more)


def with_symbols(name, *symbols):
    return lambda schema: named(schema, name).update(symbols=[*symbols, *reversed(named(schema, name)["symbols"])])


def reversed_fields(schema):
    for each in list(walk(schema)):
        if each.get("type") == "record":
            each["fields"].reverse()


def drop_logical_types(schema):
    for each in walk(schema):
        each.pop("logicalType", None)


def not_null(kind):
    return kind[1]


# --- values ---------------------------------------------------------------------------------------------------------------------------

def value_with(**fields):
    return lambda value: {**value, **fields}


def value_in(place, **fields):
    return lambda value: {**value, place: {**value[place], **fields}}


def value_mapped(name, change, new=None):
    """The value of a field changed, under a NEW name where there is one."""
    return lambda value: {**{key: field for key, field in value.items() if key != name}, new or name: change(value[name])}


def same(value):
    return value


def encoded(text):
    return None if text is None else text.encode()


# --- the table ------------------------------------------------------------------------------------------------------------------------

@dataclasses.dataclass(frozen=True)
class Change:
    """REFUSED: in which field its schema can not be resolved with ours. LETTER: the reason and field of the dead letter that each of its
    records becomes. Neither: it is read, as MEANT says of an event (a line of JSON) where that is not what was told."""
    name: str
    record: str
    schema: dict
    value: Callable = same
    of: Callable = lambda event: True  # the events that are written so; all others are written by our schema
    meant: Callable = same
    refused: str | None = None
    letter: tuple | None = None

    def values(self, raw):
        return [self.value(copy.deepcopy(each)) for each in raw]


def has_place(event):
    return event.get("location") is not None


def arrives(event):
    return event["kind"] == "ARRIVED"


NODE = {"type": "record", "name": "Node", "fields": [{"name": "next", "type": ["null", "Node"]}, {"name": "note", "type": "string"}]}
NOTES = {"next": {"next": None, "note": "b"}, "note": "a"}
EARLY_MS = 86_400_123

CHANGES = [
    # What producers may do.
    Change("more-with-default", "placement", schema_of("placement", with_field("team", ["null", "string"], default=None)),
           value_with(team="north-4")),
    Change("more-without-default", "move", schema_of("move", with_field("bookings", {"type": "map", "values": {
        "type": "array", "items": "double"}}, at=2)), value_with(bookings={"a": [1.5, 2], "b": []})),
    Change("more-recursive", "enrollment", schema_of("enrollment", with_field("notes", NODE, at=4)), value_with(notes=NOTES)),
    Change("less-with-default", "enrollment", schema_of("enrollment", without_field("retracted"))),
    Change("less-known", "placement", schema_of("placement", without_field("birth_date"), without_field("applied_on")),
           meant=lambda event: {**event, "birth_date": None, "applied_on": None}),
    Change("another-order", "placement", schema_of("placement", reversed_fields)),
    Change("another-namespace", "move", schema_of("move", lambda schema: schema.update(namespace="nl.elsewhere"))),
    Change("plain-numbers", "placement", schema_of("placement", drop_logical_types)),
    Change("int-to-long", "move", schema_of("move", with_type("recorded_at", "int")), value_with(recorded_at=EARLY_MS),
           meant=lambda event: {**event, "recorded_at": "1970-01-02T00:00:00.123Z"}),
    Change("bytes-to-string", "enrollment", schema_of(
        "enrollment", with_type("child_id", "bytes"), with_type("event_id", "bytes"), with_type("school_id", ["bytes", "null"])),
        lambda value: {**value, **{name: encoded(value[name]) for name in ("child_id", "event_id", "school_id")}}),
    Change("symbols-reordered", "placement", schema_of(
        "placement", with_symbols("PlacementKind"), with_symbols("LocationKind", "HOTEL"), with_symbols("Region", "ISLANDS"))),
    Change("reason-unknown", "move", schema_of("move", with_symbols("MoveReason", "WEATHER")), value_with(reason="WEATHER"),
           meant=lambda event: {**event, "reason": "OTHER"}),
    Change("nested-more", "move", schema_of("move", with_field("address", {"type": "record", "name": "Address", "fields": [
        {"name": "street", "type": "string"}, {"name": "number", "type": "int"}]}, at=1, of="Location")),
        value_in("to", address={"street": "Dam", "number": 1})),
    Change("union-narrowed", "move", schema_of("move", with_type("to", not_null), with_type("from_location_id", not_null))),
    Change("union-widened", "placement", schema_of("placement", with_type("location", lambda kind: [*kind, "string"]),
                                                   with_type("retracted", ["null", "boolean"]))),
    Change("optional-renamed", "placement", schema_of("placement", renamed("birth_date", "born_on", aliases=["birth_date"])),
           value_mapped("birth_date", same, "born_on"), meant=lambda event: {**event, "birth_date": None}),
    # Schemas that fit, with records that do not.
    Change("place-unknown", "placement", schema_of("placement", with_symbols("LocationKind", "HOTEL")),
           value_in("location", kind="HOTEL"), of=has_place, letter=("SYMBOL_UNKNOWN", "location.kind")),
    Change("region-unknown", "move", schema_of("move", with_symbols("Region", "ISLANDS")), value_in("to", region="ISLANDS"),
           letter=("SYMBOL_UNKNOWN", "to.region")),
    Change("kind-unknown", "enrollment", schema_of("enrollment", with_symbols("EnrollmentKind", "PAUSED")),
           value_with(kind="PAUSED"), letter=("SYMBOL_UNKNOWN", "kind")),
    Change("union-of-another", "placement", schema_of("placement", with_type("location", lambda kind: [*kind, "string"])),
           value_with(location="azc"), of=has_place, letter=("SCHEMA_UNFIT", "location")),
    Change("nested-less", "placement", schema_of("placement", without_field("region", of="Location")), of=has_place,
           letter=("SCHEMA_UNFIT", "location")),
    Change("null-where-none-may-be", "enrollment", schema_of("enrollment", with_type("child_id", ["null", "string"])),
           value_with(child_id=None), letter=("SCHEMA_UNFIT", "child_id")),
    Change("less-that-is-needed", "placement", schema_of("placement", without_field("location")),
           of=arrives, letter=("FIELD_MISSING", "location")),
    Change("microseconds", "move", schema_of("move", with_type("recorded_at", {"type": "long", "logicalType": "timestamp-micros"})),
           value_mapped("recorded_at", lambda ms: ms * 1000), letter=("INSTANT_INVALID", "recorded_at")),
    # Schemas that do not fit.
    Change("required-renamed", "enrollment", schema_of("enrollment", renamed("child_id", "client_id", aliases=["child_id"])),
           value_mapped("child_id", same, "client_id"), refused="child_id"),
    Change("required-gone", "move", schema_of("move", without_field("event_id")), refused="event_id"),
    Change("day-as-text", "placement", schema_of("placement", with_type("occurred_on", "string")),
           value_with(occurred_on="2025-03-03"), refused="occurred_on"),
    Change("day-as-long", "enrollment", schema_of("enrollment", with_type("occurred_on", "long")), refused="occurred_on"),
    Change("id-as-fixed", "move", schema_of("move", with_type("event_id", {"type": "fixed", "name": "Uuid", "size": 16})),
           value_with(event_id=bytes(16)), refused="event_id"),
    Change("kind-as-text", "placement", schema_of("placement", with_type("kind", "string")), refused="kind"),
    Change("enum-renamed", "enrollment", schema_of("enrollment", renamed("EnrollmentKind", "Kind")), refused="kind"),
    Change("record-renamed", "move", schema_of("move", renamed("Move", "Transfer")), refused=""),
]
