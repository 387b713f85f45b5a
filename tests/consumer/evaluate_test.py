#!/usr/bin/env python3
"""Protects `evaluate` as others build on it: every worked example of the rules through the binary gives exactly its alerts; the order of
lines and files changes nothing; a bad line is named and the rest is evaluated.

    evaluate_test.py PLACEMENT_ALERTS
"""
import json
import pathlib
import random
import subprocess
import sys
import tempfile
import unittest

PROGRAM = sys.argv.pop(1)
CASES = sorted((pathlib.Path(__file__).parent.parent / "cases").glob("*.json"))


def evaluate(text, as_of, *arguments):
    return subprocess.run([PROGRAM, "evaluate", "-", "--as-of", as_of, *arguments], input=text, capture_output=True, text=True)


def lines_of(events):
    return "".join(json.dumps(event) + "\n" for event in events)


def canonical(alerts):
    return sorted(json.dumps(alert, sort_keys=True) for alert in alerts)


class Cases(unittest.TestCase):
    def test_every_case(self):
        self.assertGreater(len(CASES), 80)
        for path in CASES:
            with self.subTest(path.stem):
                self.check(json.loads(path.read_text()))

    def check(self, case):
        options = [part for name, value in case.get("config", {}).items() for part in ("--set", f"{name}={value}")]
        shuffled = case["events"] * 2
        random.Random(1).shuffle(shuffled)
        for events in case["events"], shuffled:
            result = evaluate(lines_of(events), case["as_of"], "--json", *options)
            self.assertEqual((result.returncode, result.stderr), (0, ""))
            self.assertEqual(canonical(map(json.loads, result.stdout.splitlines())), canonical(case["alerts"]))


class Surface(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.case = json.loads(next(path for path in CASES if path.stem == "stay-violation").read_text())
        cls.text = lines_of(cls.case["events"])

    def test_bad_lines_are_named_and_the_rest_is_evaluated(self):
        for bad, what in [
            ("{", "NOT_JSON"),
            ("[]", "NOT_JSON"),
            ("{}", "FIELD_MISSING"),
            (self.text.splitlines()[0].replace("ARRIVED", "LANDED"), "SYMBOL_UNKNOWN"),
            (self.text.splitlines()[0].replace('"child_id": "', '"child_id": "%'), "ID_INVALID"),
            ('{"x": "' + "y" * 70000 + '"}', "TOO_LONG"),
        ]:
            with self.subTest(what):
                result = evaluate("\n" + bad + "\n" + self.text, self.case["as_of"], "--json")
                self.assertEqual(result.returncode, 65)
                self.assertRegex(result.stderr, rf"\A\(stdin\):2: {what}[^\n]*, [^\n]+\n\Z")
                self.assertEqual(canonical(map(json.loads, result.stdout.splitlines())), canonical(self.case["alerts"]))

    def test_fields_that_there_are_not_are_named_once(self):
        first, *rest = self.case["events"]
        first = dict(first, birthdate="2015-01-01", **{"\x1b[31m": 1, "": 2, "\u009b31m\x85": 3})
        first["location"] = dict(first["location"], regoin="NORTH")
        with tempfile.TemporaryDirectory() as folder:
            paths = [f"{folder}/{name}.jsonl" for name in "ab"]
            pathlib.Path(paths[0]).write_text("\n" + lines_of([first] * 500 + rest))
            pathlib.Path(paths[1]).write_text(lines_of([dict(first, shool_id="x", **{"z" * 200: {"deep": [1]}})]))
            result = subprocess.run([PROGRAM, "evaluate", "--as-of", self.case["as_of"], "--json", *paths],
                                    capture_output=True, text=True)
        said = [f'{paths[0]}:2: an event has no field "location.regoin"; it is passed over, did you mean location.region?',
                f'{paths[0]}:2: an event has no field "birthdate"; it is passed over, did you mean birth_date?',
                f'{paths[0]}:2: an event has no field "?[31m"; it is passed over',
                f'{paths[0]}:2: an event has no field ""; it is passed over',
                f'{paths[0]}:2: an event has no field "?31m?"; it is passed over',
                f'{paths[1]}:1: an event has no field "shool_id"; it is passed over, did you mean school_id?',
                f'{paths[1]}:1: an event has no field "{"z" * 71}"; it is passed over']
        self.assertEqual((result.returncode, sorted(result.stderr.splitlines())), (0, sorted(said)))
        self.assertEqual(canonical(map(json.loads, result.stdout.splitlines())), canonical(self.case["alerts"]))

    def test_a_file_of_other_things_is_not_named_without_end(self):
        result = evaluate(json.dumps({f"field-{i}": i for i in range(1000)}) + "\n", self.case["as_of"])
        self.assertEqual(result.returncode, 65)
        self.assertLess(len(result.stderr.splitlines()), 40)

    def test_a_byte_order_mark_is_no_part_of_the_text(self):
        for mark in "\ufeff", "\ufeff\n":
            result = evaluate(mark + self.text, self.case["as_of"], "--json")
            self.assertEqual((result.returncode, result.stderr), (0, ""))
            self.assertEqual(canonical(map(json.loads, result.stdout.splitlines())), canonical(self.case["alerts"]))

    def test_files_are_one_heap(self):
        with tempfile.TemporaryDirectory() as folder:
            paths = []
            for i, event in enumerate(self.case["events"]):
                paths.append(f"{folder}/{i}.jsonl")
                pathlib.Path(paths[-1]).write_text("\n" * i + json.dumps(event))
            pathlib.Path(paths[-1]).write_text(pathlib.Path(paths[-1]).read_text() + "\nx\n")
            result = subprocess.run([PROGRAM, "evaluate", "--as-of", self.case["as_of"], "--json", *paths],
                                    capture_output=True, text=True)
        self.assertEqual(result.returncode, 65)
        self.assertTrue(result.stderr.startswith(f"{paths[-1]}:{len(paths) + 1}: NOT_JSON"), result.stderr)
        self.assertEqual(canonical(map(json.loads, result.stdout.splitlines())), canonical(self.case["alerts"]))

    def test_fields_are_those_of_the_rules(self):
        result = evaluate(self.text, self.case["as_of"], "--json")
        for line in result.stdout.splitlines():
            self.assertEqual(list(json.loads(line)), [
                "alert_id", "child_id", "rule", "cause", "level", "state", "raised_on", "violation_on", "due_on",
                "resolved_on", "resolution", "norm_months", "location_id", "location_kind", "region", "unaccompanied"])

    def test_sorted_by_child_rule_day_cause(self):
        events = []
        for number, path in enumerate(CASES):
            for event in json.loads(path.read_text())["events"]:
                events.append(dict(event, child_id=f"child-{number * 37 % 89}"))
        result = evaluate(lines_of(events), "2026-09-01", "--json")
        keys = [[alert[name] for name in ("child_id", "rule", "raised_on", "cause")]
                for alert in map(json.loads, result.stdout.splitlines())]
        self.assertGreater(len(keys), 80)
        self.assertEqual(keys, sorted(keys))

    def test_a_table_for_people(self):
        result = evaluate(self.text, self.case["as_of"])
        self.assertEqual(result.returncode, 0)
        self.assertIn("emergency-stay", result.stdout)
        self.assertRegex(result.stderr, r"\A(1 alert|\d+ alerts) on \S+ for \d+ events of 1 child\n\Z")

    def test_the_table_in_dutch(self):
        result = evaluate(self.text, self.case["as_of"], "--lang", "nl")
        head, row = result.stdout.splitlines()[:2]
        self.assertEqual(head.split(), ["KIND", "WAT", "NIVEAU", "STAND", "GEMELD", "OVERTREDING", "UITERLIJK", "EINDE", "DOORDAT", "LOCATIE"])
        self.assertEqual([row[head.index(name):].split("  ")[0] for name in ("WAT", "NIVEAU", "STAND", "OVERTREDING", "DOORDAT", "LOCATIE")],
                         ["te lang in noodopvang", "overtreding", "open", self.case["alerts"][0]["violation_on"], "-",
                          "noord-1 (noodopvang, Noord)"])
        self.assertRegex(result.stderr, r"\A(1 melding|\d+ meldingen) op \S+ voor \d+ gebeurtenissen van 1 kind\n\Z")
        self.assertEqual(evaluate(self.text, self.case["as_of"], "--lang", "nl", "--json").stdout,
                         evaluate(self.text, self.case["as_of"], "--json").stdout)

    def test_missing_file(self):
        result = subprocess.run([PROGRAM, "evaluate", "--as-of", "2025-01-01", "/nonexistent"], capture_output=True, text=True)
        self.assertEqual((result.returncode, result.stdout, result.stderr),
                         (66, "", "/nonexistent: No such file or directory\n"))

    def test_a_folder_is_no_file(self):
        result = subprocess.run([PROGRAM, "evaluate", "--as-of", "2025-01-01", "/"], capture_output=True, text=True)
        self.assertEqual((result.returncode, result.stderr), (74, "/: Is a directory\n"))

    def test_no_alert_has_no_heading(self):
        result = subprocess.run([PROGRAM, "evaluate", "-", "--as-of", "1950-01-01"], input=self.text, capture_output=True, text=True)
        self.assertEqual((result.returncode, result.stdout), (0, ""))

    def test_full_disk_is_a_failure(self):
        many = "".join(lines_of([dict(event, child_id=f"k-{i}") for event in self.case["events"]]) for i in range(20000))
        for text in self.text, many:
            with open("/dev/full", "w") as full:
                result = subprocess.run([PROGRAM, "evaluate", "-", "--as-of", self.case["as_of"]], input=text, stdout=full,
                                        stderr=subprocess.PIPE, text=True)
            self.assertEqual((result.returncode, result.stderr.splitlines()[-1:]),
                             (74, ["placement-alerts: stdout can not be written: No space left on device"]))
            self.assertEqual(f" on {self.case['as_of']} for " in result.stderr, text is self.text)  # whoever was stopped sums nothing up


if __name__ == "__main__":
    unittest.main()
