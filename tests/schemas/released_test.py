"""Protects whoever wrote or reads our records with a schema of an earlier release: nothing in schemas/released is changed or
missing, each of them reads what is written now, and what was written with any of them is read now. Apache Avro says so.

schemas/released/FINGERPRINTS has a line for each released schema. A release adds a copy of each schema that is new, and its line.
"""

import json
import pathlib
import unittest

import avro.schema
import fastavro.schema
from avro.compatibility import ReaderWriterCompatibilityChecker, SchemaCompatibilityType

SCHEMAS = pathlib.Path(__file__).resolve().parent.parent.parent / "schemas"
RELEASED = SCHEMAS / "released"
HAND_MADE = ("state", "progress")  # state_read.c and progress.c read the newest version alone


def fingerprint(text):
    canonical = fastavro.schema.to_parsing_canonical_form(json.loads(text))
    return fastavro.schema.fingerprint(canonical, "CRC-64-AVRO")


def newest_of(released):
    return SCHEMAS / f"{released.stem.rpartition('-')[0]}.avsc"


def incompatibilities(reader, writer):
    """Why records of WRITER can not all be read by READER; nothing where they can."""
    result = ReaderWriterCompatibilityChecker().get_compatibility(avro.schema.parse(reader), avro.schema.parse(writer))
    return "" if result.compatibility is SchemaCompatibilityType.compatible else f"{result.messages} at {result.locations}"


class ReleasedSchemas(unittest.TestCase):
    released = sorted(RELEASED.glob("*.avsc"))

    def test_what_was_released_is_as_it_was(self):
        wanted = dict(line.split() for line in (RELEASED / "FINGERPRINTS").read_text().splitlines())
        self.assertEqual({path.name: fingerprint(path.read_text()) for path in self.released}, wanted)

    def test_every_schema_was_released(self):
        self.assertEqual({newest_of(path) for path in self.released}, set(SCHEMAS.glob("*.avsc")))

    def test_every_released_schema_reads_what_is_written_now_and_is_read_now(self):
        for path in self.released:
            then, now = path.read_text(), newest_of(path).read_text()
            with self.subTest(path.name):
                self.assertEqual(incompatibilities(reader=now, writer=then), "", "what it wrote can not be read any more")
                self.assertEqual(incompatibilities(reader=then, writer=now), "", "it can not read what is written now")

    def test_what_is_read_by_hand_has_not_changed(self):
        for name in HAND_MADE:
            now = fingerprint((SCHEMAS / f"{name}.avsc").read_text())
            then = [fingerprint(path.read_text()) for path in self.released if path.stem.rpartition("-")[0] == name]
            self.assertEqual(then, [now], f"{name}: the states there are could not be read; teach its reader both first")

    def test_what_breaks_somebody_is_found(self):
        schema = json.loads((RELEASED / "move-1.avsc").read_text())
        fields = {field["name"]: field for field in schema["fields"]}

        def changed(**wishes):
            return json.dumps(schema | {"fields": [fields[name] | wishes.get(name, {}) for name in fields]})

        rows = {
            "a type that can not be promoted": changed(child_id={"type": "long"}),
            "a new name": changed(event_id={"name": "id"}),
            "an optional field made required": changed(from_location_id={"type": "string"}),
            "a field without a default": json.dumps(schema | {"fields": schema["fields"] + [{"name": "new", "type": "int"}]}),
            "a symbol that older readers do not know": json.dumps(schema).replace('"MIDDLE"', '"ISLANDS", "MIDDLE"'),
        }
        for what, text in rows.items():
            with self.subTest(what):
                both = incompatibilities(text, json.dumps(schema)) + incompatibilities(json.dumps(schema), text)
                self.assertNotEqual(both, "")


unittest.main()
