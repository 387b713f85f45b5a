"""Reads the records of placement-alerts in either framing, whichever version of a schema wrote them. Needs fastavro."""

import io
import json
import pathlib
import urllib.request

import fastavro
import fastavro.schema

SCHEMAS = pathlib.Path(__file__).resolve().parent.parent.parent / "schemas"


class Decoder:
    """NAME is that of a file of schemas/: alert or violation. Records come out as that version of it has them."""

    def __init__(self, name, registry_url=None):
        self.registry_url = registry_url
        self.reader = fastavro.parse_schema(json.loads((SCHEMAS / f"{name}.avsc").read_text()))
        self.writers = {}  # by framing: C3 01 and a schema's fingerprint, or 00 and the id that a registry gave it
        for path in [SCHEMAS / f"{name}.avsc", *(SCHEMAS / "released").glob(f"{name}-*.avsc")]:
            schema = json.loads(path.read_text())
            canonical = fastavro.schema.to_parsing_canonical_form(schema)
            fingerprint = bytes.fromhex(fastavro.schema.fingerprint(canonical, "CRC-64-AVRO"))
            self.writers[b"\xc3\x01" + fingerprint] = fastavro.parse_schema(schema)

    def decode(self, value):
        framing = value[:5] if value[0] == 0 else value[:10]
        if value[0] == 0 and framing not in self.writers:
            self.writers[framing] = self.ask_registry(int.from_bytes(framing[1:], "big"))
        return fastavro.schemaless_reader(io.BytesIO(value[len(framing):]), self.writers[framing], self.reader)

    def ask_registry(self, schema_id):
        with urllib.request.urlopen(f"{self.registry_url}/schemas/ids/{schema_id}", timeout=10) as answer:
            return fastavro.parse_schema(json.loads(json.load(answer)["schema"]))
