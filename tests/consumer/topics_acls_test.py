#!/usr/bin/env python3
"""Protects `topics acls`: each command gets exactly the rights of the table here, all forms say the same, and what is printed for a
shell is what the shell reads, whatever the names are. That a broker wants these rights and no others is tested on a Kafka.

    topics_acls_test.py PLACEMENT_ALERTS
"""
import json
import pathlib
import subprocess
import sys
import tempfile
import unittest

PROGRAM = sys.argv.pop(1)

INPUTS = ["placements", "moves", "enrollments"]
ALL = INPUTS + ["alerts", "violations", "state", "dead-letters"]
EVERY = ALL + ["deliveries"]

# command: resource type, names, operations
RIGHTS = {
    "run": [
        ("TOPIC", INPUTS, {"READ"}),
        ("TOPIC", ["alerts", "violations", "dead-letters"], {"WRITE"}),
        ("TOPIC", ["state"], {"READ", "WRITE"}),
        ("TOPIC", ALL, {"DESCRIBE_CONFIGS"}),
        ("GROUP", ["placement-alerts"], {"READ"}),
        ("TRANSACTIONAL_ID", ["placement-alerts-"], {"WRITE"}),
    ],
    "produce": [("TOPIC", INPUTS, {"WRITE"})],
    "watch": [("TOPIC", ["alerts"], {"READ"})],
    "report": [("TOPIC", ["state"], {"READ"})],
    "evaluate": [("TOPIC", ["state"], {"READ"})],
    "explain": [("TOPIC", ["state"], {"READ"})],
    "forget": [("TOPIC", INPUTS, {"WRITE"}), ("TOPIC", ["alerts", "violations", "state"], {"READ"})],
    "notify": [
        ("TOPIC", ["alerts"], {"READ"}),
        ("TOPIC", ["deliveries"], {"READ", "WRITE"}),
        ("TRANSACTIONAL_ID", ["placement-alerts-notify-"], {"WRITE"}),
    ],
    "topics": [("TOPIC", EVERY, {"CREATE", "DESCRIBE", "DESCRIBE_CONFIGS"})],
}

PRODUCE = """\
# What produce needs. Read and Write include Describe.
# In admin.properties: the login of somebody who may alter ACLs.
# events are written
kafka-acls.sh --bootstrap-server b1:9093,b2:9093 --command-config admin.properties --add --allow-principal User:register \
--operation Write --topic placements --topic moved --topic enrollments
"""

RUN_TABLE = """\
RESOURCE          OPERATIONS                  NAMES
topic             Read                        placements, moves, enrollments
                  events are read, and how far is committed
topic             Write                       alerts, violations, dead-letters
                  alerts, violations and dead letters are published
topic             Read, Write                 state
                  the service's memory is written, and read back at the start
topic             DescribeConfigs             placements, moves, enrollments, alerts, violations, state, dead-letters
                  the topics are checked at the start
group             Read                        placement-alerts
                  instances share the partitions and commit offsets
transactional-id  Write                       placement-alerts-*
                  alerts, state and offsets are one transaction
"""


def acls(*options, settings=None):
    sets = [word for setting in (settings or {}).items() for word in ("--set", "=".join(setting))]
    return subprocess.run([PROGRAM, "topics", "acls", *options, *sets], capture_output=True, text=True)


def triples(listed):
    return {(acl["resourceType"], acl["resourceName"], acl["operation"]) for acl in listed}


def as_shell_reads(script):
    """The arguments of each kafka-acls.sh in the script, from a shell that runs it."""
    with tempfile.TemporaryDirectory() as folder:
        stub = pathlib.Path(folder) / "kafka-acls.sh"
        stub.write_text("#!/bin/sh\nprintf '%s\\0' \"$@\"\nprintf '\\n'\n")
        stub.chmod(0o755)
        result = subprocess.run(["/bin/sh", "-eu"], input=script, env={"PATH": folder}, capture_output=True, text=True, check=True)
    assert result.stderr == "", result.stderr
    return [line.split("\0")[:-1] for line in result.stdout.splitlines()]


def values_of(arguments, option):
    return [arguments[i + 1] for i, word in enumerate(arguments) if word == option]


def acls_of(arguments):
    """What one command of kafka-acls.sh adds, as the JSON form has it."""
    for option, kind in ("--topic", "TOPIC"), ("--group", "GROUP"), ("--transactional-id", "TRANSACTIONAL_ID"):
        for name in values_of(arguments, option):
            for operation in values_of(arguments, "--operation"):
                snake = "".join("_" * (i > 0 and c.isupper()) + c.upper() for i, c in enumerate(operation))
                pattern = (values_of(arguments, "--resource-pattern-type") or ["literal"])[0].upper()
                yield kind, name, pattern, snake, values_of(arguments, "--allow-principal")[0]


class TopicsAcls(unittest.TestCase):
    def test_each_command_gets_its_rights_and_no_others(self):
        for command, rights in RIGHTS.items():
            with self.subTest(command):
                result = acls("--for", command, "--principal", "User:x", "--format", "json")
                wanted = {(kind, name, operation) for kind, names, operations in rights for name in names for operation in operations}
                self.assertEqual((result.returncode, result.stderr), (0, ""))
                listed = json.loads(result.stdout)
                self.assertEqual(triples(listed), wanted)
                self.assertEqual(len(listed), len(wanted))
                for acl in listed:
                    self.assertEqual((acl["principal"], acl["host"], acl["permissionType"]), ("User:x", "*", "ALLOW"))
                    self.assertEqual(acl["patternType"], "PREFIXED" if acl["resourceType"] == "TRANSACTIONAL_ID" else "LITERAL")

    def test_run_is_meant_where_no_command_is_named(self):
        options = ["--principal", "User:x", "--format", "json"]
        self.assertEqual(acls(*options).stdout, acls(*options, "--for", "run").stdout)

    def test_a_shell_reads_what_the_json_says(self):
        settings = {"service.group": "g_1.b", "topics.state": "mem-1", "kafka.bootstrap.servers": "b1:9092, b2:9092"}
        for principal in "User:x", "User:CN=alerts,OU=IT dept.,O='t $(echo No) \"Hof\"`pwd`\\", "User:*":
            for command in RIGHTS:
                with self.subTest(command=command, principal=principal):
                    options = ["--for", command, "--principal", principal]
                    commands = as_shell_reads(acls(*options, settings=settings).stdout)
                    listed = json.loads(acls(*options, "--format", "json", settings=settings).stdout)
                    wanted = [(acl["resourceType"], acl["resourceName"], acl["patternType"], acl["operation"], acl["principal"])
                              for acl in listed]
                    self.assertCountEqual([acl for arguments in commands for acl in acls_of(arguments)], wanted)
                    for arguments in commands:
                        self.assertEqual(values_of(arguments, "--bootstrap-server"), ["b1:9092, b2:9092"])
                        self.assertIn("--add", arguments)
                        self.assertNotIn("--command-config", arguments)

    def test_texts(self):
        settings = {"topics.moves": "moved", "kafka.bootstrap.servers": "b1:9093,b2:9093", "kafka.security.protocol": "SASL_SSL",
                    "kafka.sasl.username": "register"}
        self.assertEqual(acls("--for", "produce", settings=settings).stdout, PRODUCE)
        self.assertEqual(acls("--format", "table").stdout, RUN_TABLE)

    def test_the_broker_may_be_named_as_librdkafka_named_it_before(self):
        texts = [acls("--principal", "User:x", settings={f"kafka.{name}": "b1:9092"}).stdout
                 for name in ("bootstrap.servers", "metadata.broker.list")]
        self.assertIn("kafka-acls.sh --bootstrap-server b1:9092 ", texts[0])
        self.assertEqual(*texts)

    def test_what_is_missing_or_wrong_is_said(self):
        broker = {"kafka.bootstrap.servers": "b:9092"}
        rows = [
            (["--principal", "User:x"], {}, 78, "kafka.bootstrap.servers is not set"),
            ([], broker, 64, "--principal User:NAME is missing"),
            (["--principal", "alerts"], broker, 64, "--principal is not of the form User:NAME, in one line"),
            (["--principal", "User:"], broker, 64, "--principal is not of"),
            (["--principal", "User:a\nb"], broker, 64, "--principal is not of"),
            (["--principal", "User:" + "x" * 2000], broker, 64, "--principal is not of"),
            (["--for", "demo"], broker, 64, '--for "demo" is not run, produce, watch, report, evaluate, explain, forget, notify or topics'),
            (["--principal", b"User:\xff", "--format", "json"], broker, 71, "the JSON could not be made"),
            (["--format", "yaml"], broker, 64, '--format "yaml" is not kafka-acls, json or table'),
        ]
        for options, settings, exit_code, text in rows:
            with self.subTest(options):
                result = acls(*options, settings=settings)
                self.assertEqual((result.returncode, result.stdout), (exit_code, ""))
                self.assertIn(text, result.stderr)
                self.assertEqual(len(result.stderr.splitlines()), 1, result.stderr)


if __name__ == "__main__":
    unittest.main()
