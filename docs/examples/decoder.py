"""Reads the records of placement-alerts in either framing, whichever version of a schema wrote them. Needs fastavro."""

import io
import json
import pathlib
import urllib.request

import fastavro
import fastavro.schema

SCHEMAS = pathlib.Path(__file__).resolve().parent.parent.parent / "schemas"


class Undecodable(Exception):
    """Says what is missing, in one line."""


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
        if framing not in self.writers:
            self.writers[framing] = self.find_writer(framing)
        return fastavro.schemaless_reader(io.BytesIO(value[len(framing):]), self.writers[framing], self.reader)

    def find_writer(self, framing):
        if framing[0] != 0:
            raise Undecodable(f"a record is by a schema that {SCHEMAS} has not: take the schemas of the version that wrote it")
        if self.registry_url is None:
            raise Undecodable("a record has the id of a schema registry: the registry's URL is missing")
        url = f"{self.registry_url}/schemas/ids/{int.from_bytes(framing[1:], 'big')}"
        try:
            with urllib.request.urlopen(url, timeout=10) as answer:
                return fastavro.parse_schema(json.loads(json.load(answer)["schema"]))
        except OSError as unanswered:
            raise Undecodable(f"{url}: {unanswered}") from None
