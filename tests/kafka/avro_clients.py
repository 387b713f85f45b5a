"""Other programs that write and read our topics: Python's and Java's, with a schema registry in Confluent's framing or without one in
single-object encoding. Values are as fastavro has them, days and instants as numbers when they are written.

A client writes(schema, topic, values) and reads(writer, reader, topic, records); schemas are JSON.
"""

import base64
import io
import json
import pathlib
import subprocess

import fastavro
import fastavro.schema
from confluent_kafka.schema_registry import SchemaRegistryClient
from confluent_kafka.schema_registry.avro import AvroDeserializer, AvroSerializer
from confluent_kafka.serialization import MessageField, SerializationContext

from records import single_object_header

HERE = pathlib.Path(__file__).resolve().parent
BUILD = HERE.parent.parent / "build"
CLASSPATH = [BUILD / "connect" / "avro" / "lib" / "*", *(BUILD / "kafka" / "lib").glob("kafka-clients-*.jar"),
             *(BUILD / "kafka" / "lib").glob("slf4j-*.jar")]


class PythonSingleObject:
    def write(self, schema, topic, values):
        return [single_object_header(schema) + self._body(schema, value) for value in values]

    def read(self, writer, reader, topic, records):
        schemas = fastavro.parse_schema(writer), fastavro.parse_schema(reader)
        assert all(record[:10] == single_object_header(writer) for record in records)
        return [fastavro.schemaless_reader(io.BytesIO(record[10:]), *schemas) for record in records]

    @staticmethod
    def _body(schema, value):
        body = io.BytesIO()
        fastavro.schemaless_writer(body, fastavro.parse_schema(schema), value)
        return body.getvalue()


class PythonRegistry:
    """Confluent's own client."""

    def __init__(self, registry):
        self.client = SchemaRegistryClient({"url": registry.url})

    def write(self, schema, topic, values):
        serialize = AvroSerializer(self.client, json.dumps(schema))
        return [serialize(value, SerializationContext(topic, MessageField.VALUE)) for value in values]

    def read(self, writer, reader, topic, records):
        deserialize = AvroDeserializer(self.client, json.dumps(reader))
        return [deserialize(record, SerializationContext(topic, MessageField.VALUE)) for record in records]


class JavaProgram:
    """clients/AvroClient.java while it runs. Use it as a context manager."""

    def __enter__(self):
        command = ["java", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx256m", "-Dorg.slf4j.simpleLogger.defaultLogLevel=error",
                   "-cp", ":".join(map(str, CLASSPATH)), HERE / "clients" / "AvroClient.java"]
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        return self

    def __exit__(self, *_):
        self.process.kill()
        self.process.communicate()

    def ask(self, **question):
        self.process.stdin.write(json.dumps(question) + "\n")
        self.process.stdin.flush()
        answer = json.loads(self.process.stdout.readline() or '{"error": "it ended"}')
        assert "error" not in answer, f"Java: {answer['error']}"
        return answer


class Java:
    """Without a REGISTRY in single-object encoding."""

    def __init__(self, program, registry=None):
        self.program = program
        self.url = None if registry is None else registry.native_url

    def write(self, schema, topic, values):
        text = io.StringIO()
        fastavro.json_writer(text, fastavro.parse_schema(schema), values)
        answer = self.program.ask(registry=self.url, topic=topic, schema=json.dumps(schema), values=text.getvalue().splitlines())
        return [base64.b64decode(record) for record in answer["records"]]

    def read(self, writer, reader, topic, records):
        encoded = [base64.b64encode(record).decode() for record in records]
        answer = self.program.ask(registry=self.url, topic=topic, writer=json.dumps(writer), reader=json.dumps(reader), records=encoded)
        return list(fastavro.json_reader(io.StringIO("\n".join(answer["values"])), fastavro.parse_schema(reader)))
