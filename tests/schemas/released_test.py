"""Protects whoever wrote or reads our records with a schema of an earlier release: nothing in schemas/released is changed or
missing, each of them reads what is written now, and what was written with any of them is read now. Apache Avro says so.

schemas/released/FINGERPRINTS has a line for each released schema: CRC-64-AVRO, which leaves out defaults, logical types and aliases, and
SHA-256 of the file. A release adds a copy of each schema that is new, and its line.
"""

import hashlib
import json
import pathlib
import unittest

import avro.schema
import fastavro.schema
from avro.compatibility import ReaderWriterCompatibilityChecker, SchemaCompatibilityType

SCHEMAS = pathlib.Path(__file__).resolve().parent.parent.parent / "schemas"
RELEASED = SCHEMAS / "released"
HAND_MADE = {"state": 1, "progress": 1, "delivery_alert": 2, "delivery_position": 1, "delivery_standing": 1,
             "delivery_wish": 1}  # how many versions their C code reads


def fingerprint(text):
    canonical = fastavro.schema.to_parsing_canonical_form(json.loads(text))
    return fastavro.schema.fingerprint(canonical, "CRC-64-AVRO")


def newest_of(released):
    return SCHEMAS / f"{released.stem.rpartition('-')[0]}.avsc"


def incompatibilities(reader, writer):
    """Why records of WRITER can not all be read by READER; nothing where they can."""
    result = ReaderWriterCompatibilityChecker().get_compatibility(avro.schema.parse(reader), avro.schema.parse(writer))
    return "" if result.compatibility is SchemaCompatibilityType.compatible else f"{result.messages} at {result.locations}"


def types_of(node, path=""):
    """By path, the logical type, or none, of each field, and of what is in it."""
    if isinstance(node, list):
        return {key: found for each in node for key, found in types_of(each, path).items()}
    if not isinstance(node, dict):
        return {}
    found = {} if "logicalType" not in node else {path: node["logicalType"]}
    for field in node.get("fields", []):
        within = f"{path}.{field['name']}".lstrip(".")
        found |= {within: None} | types_of(field["type"], within)
    for inner in ("type", "items", "values"):
        found |= types_of(node.get(inner), path)
    return found


def losses(then, now):
    """What Avro lets pass, though a reader would take one thing for another: fields that are gone, whose default is no value that
    anybody wrote, and numbers that stand for something else."""
    wanted, found = types_of(json.loads(then)), types_of(json.loads(now))
    return {path for path, logical in wanted.items() if path not in found or found[path] != logical}


class ReleasedSchemas(unittest.TestCase):
    released = sorted(RELEASED.glob("*.avsc"))

    def test_what_was_released_is_as_it_was(self):
        wanted = [line.split() for line in (RELEASED / "FINGERPRINTS").read_text().splitlines()]
        found = [[path.name, fingerprint(path.read_text()), hashlib.sha256(path.read_bytes()).hexdigest()] for path in self.released]
        self.assertEqual(found, sorted(wanted))

    def test_every_schema_was_released(self):
        self.assertEqual({newest_of(path) for path in self.released}, set(SCHEMAS.glob("*.avsc")))

    def test_every_released_schema_reads_what_is_written_now_and_is_read_now(self):
        for path in self.released:
            then, now = path.read_text(), newest_of(path).read_text()
            with self.subTest(path.name):
                self.assertEqual(incompatibilities(reader=now, writer=then), "", "what it wrote can not be read any more")
                self.assertEqual(incompatibilities(reader=then, writer=now), "", "it can not read what is written now")
                self.assertEqual(losses(then, now), set(), "it would misread what is written now")

    def test_what_is_read_by_hand_has_no_version_that_its_reader_does_not_know(self):
        for name, versions in HAND_MADE.items():
            now = fingerprint((SCHEMAS / f"{name}.avsc").read_text())
            then = {fingerprint(path.read_text()) for path in self.released if path.stem.rpartition("-")[0] == name}
            self.assertEqual(len(then | {now}), versions, f"{name}: what there is could not be read; teach its reader all of them first")

    def test_what_breaks_somebody_is_found(self):
        schema = json.loads((RELEASED / "move-1.avsc").read_text())
        fields = {field["name"]: field for field in schema["fields"]}

        def changed(**wishes):
            return json.dumps(schema | {"fields": [fields[name] | wishes.get(name, {}) for name in fields]})

        renamed = changed(from_location_id={"name": "left", "aliases": ["from_location_id"]})
        day = {"type": {"type": "int", "logicalType": "time-millis"}}
        moment = {"type": {"type": "long", "logicalType": "timestamp-micros"}}
        rows = {
            "an optional field with a new name, and its old one as alias": renamed,
            "another unit": changed(recorded_at=moment),
            "another meaning of a number": changed(occurred_on=day),
            "a required field with a new name, and its old one as alias": changed(event_id={"name": "id", "aliases": ["event_id"]}),
            "a type that can not be promoted": changed(child_id={"type": "long"}),
            "a new name": changed(event_id={"name": "id"}),
            "an optional field made required": changed(from_location_id={"type": "string"}),
            "a field without a default": json.dumps(schema | {"fields": schema["fields"] + [{"name": "new", "type": "int"}]}),
            "a symbol that older readers do not know": json.dumps(schema).replace('"MIDDLE"', '"ISLANDS", "MIDDLE"'),
        }
        for what, text in rows.items():
            with self.subTest(what):
                both = incompatibilities(text, json.dumps(schema)) + incompatibilities(json.dumps(schema), text)
                self.assertTrue(both or losses(json.dumps(schema), text))

    def test_what_breaks_nobody_passes(self):
        schema = json.loads((RELEASED / "move-1.avsc").read_text())
        more = {"name": "new", "type": ["null", {"type": "array", "items": "string"}], "default": None}
        reasons = json.dumps(schema).replace('"CAPACITY"', '"WEATHER", "CAPACITY"')  # an enum with a default
        rows = {
            "a field with a default": json.dumps(schema | {"fields": [more, *schema["fields"]]}),
            "another order": json.dumps(schema | {"fields": schema["fields"][::-1]}),
            "a symbol of an enum with a default": reasons,
            "other words": json.dumps(schema | {"doc": "Other words."}),
        }
        for what, text in rows.items():
            with self.subTest(what):
                self.assertEqual(incompatibilities(text, json.dumps(schema)), "")
                self.assertEqual(incompatibilities(json.dumps(schema), text), "")
                self.assertEqual(losses(json.dumps(schema), text), set())


unittest.main()
