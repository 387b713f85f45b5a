#!/usr/bin/env python3
"""Protects `explain` as people and programs meet it: the texts of worked examples in both languages, no line wider than the terminal, plain
ASCII where the locale has no more; JSON as its schema has it, with exactly the alerts of `evaluate`; ids of children and of alerts.

    explain_test.py PLACEMENT_ALERTS

PA_WRITE_TEXTS=1 writes the texts anew instead of comparing them: read what changed.
"""
import json
import os
import pathlib
import pty
import re
import subprocess
import sys
import tempfile
import unittest

from schema_check import Checker

PROGRAM = sys.argv.pop(1)
HERE = pathlib.Path(__file__).parent
CASES = {path.stem: json.loads(path.read_text()) for path in sorted((HERE.parent / "cases").glob("*.json"))}
SCHEMA = json.loads((HERE.parent.parent / "docs" / "explain.schema.json").read_text())
TOLD = ["stay-violation", "school-deferred-to-term", "move-severe", "repeated-moves", "gap-withdrawn", "school-under-five"]


def environment(**changes):
    names = {name: value for name, value in os.environ.items() if not name.startswith("LC_") and name not in ("LANG", "COLUMNS", "NO_COLOR")}
    return {**names, "LC_ALL": "C.UTF-8", **changes}


def lines_of(events):
    return "".join(json.dumps(event) + "\n" for event in events)


def explain(case, *arguments, id="child-1", command="explain", **changes):
    options = [part for name, value in case.get("config", {}).items() for part in ("--set", f"{name}={value}")]
    words = [PROGRAM, command, *([id] if id else []), "-", "--as-of", case["as_of"], *options, *arguments]
    return subprocess.run(words, input=lines_of(case["events"]), capture_output=True, text=True, encoding="utf-8",
                          env=environment(**changes))


class Texts(unittest.TestCase):
    maxDiff = None

    def test_worked_examples_read_as_they_should(self):
        for name in TOLD:
            for language in "en", "nl":
                for columns in "80", "120":
                    with self.subTest(name, language=language, columns=columns):
                        self.compare(HERE / "texts" / f"{name}.{language}.{columns}.txt",
                                     explain(CASES[name], "--lang", language, COLUMNS=columns))

    def compare(self, path, result):
        self.assertEqual((result.returncode, result.stderr), (0, ""))
        result.stdout = result.stdout.replace(PROGRAM, "placement-alerts")
        if os.environ.get("PA_WRITE_TEXTS"):
            path.parent.mkdir(exist_ok=True)
            path.write_text(result.stdout, encoding="utf-8")
        self.assertEqual(result.stdout, path.read_text(encoding="utf-8"))

    def test_no_line_is_wider_than_the_terminal(self):
        for name, case in CASES.items():
            for columns in 20, 33, 59, 60, 80, 121, 500:
                with self.subTest(name, columns=columns):
                    text = explain(case, "--lang", "nl", COLUMNS=str(columns)).stdout
                    lines = [line for line in text.splitlines() if not line.startswith(PROGRAM)]  # to be copied: not cut
                    self.assertLessEqual(max(map(len, lines)), columns)

    def test_ascii_where_the_locale_has_no_more(self):
        for case in CASES.values():
            result = explain(case, "--lang", "nl", LC_ALL="C")
            self.assertTrue(result.stdout.isascii(), result.stdout)
            self.assertNotIn("?", result.stdout)

    def test_levels_differ_without_colour(self):
        row = next(line for line in explain(CASES["stay-violation"], LC_ALL="C").stdout.splitlines() if line.startswith("1 Emergency"))
        self.assertRegex(row, r"^1 Emergency +\.+n+V+S+$")

    def test_the_language_is_the_locales(self):
        self.assertTrue(explain(CASES["stay-violation"]).stdout.startswith("Child child-1 on "))
        self.assertTrue(explain(CASES["stay-violation"], LC_ALL="nl_NL.UTF-8").stdout.startswith("Kind child-1 op "))
        self.assertEqual(explain(CASES["stay-violation"], "--lang", "fr").returncode, 64)


class Terminal(unittest.TestCase):
    def on_terminal(self, columns, **changes):
        with tempfile.NamedTemporaryFile("w", suffix=".jsonl") as file:
            file.write(lines_of(CASES["stay-violation"]["events"]))
            file.flush()
            master, slave = pty.openpty()
            pty_size(slave, columns)
            subprocess.run([PROGRAM, "explain", "child-1", file.name, "--as-of", "2025-07-15"], stdout=slave, check=True,
                           env=environment(**{"TERM": "xterm", **changes}))
            os.close(slave)
            chunks = []
            try:
                while chunk := os.read(master, 65536):
                    chunks.append(chunk)
            except OSError:  # the other end is closed
                pass
            os.close(master)
        return b"".join(chunks).decode()

    def test_its_width_is_the_terminals(self):
        text = re.sub("\033\\[[0-9]*m", "", self.on_terminal(97, COLUMNS="40"))
        self.assertLessEqual(max(map(len, text.splitlines())), 97)
        self.assertGreater(max(map(len, text.splitlines())), 60)

    def test_colours_only_on_a_terminal_that_wants_them(self):
        self.assertIn("\033[", self.on_terminal(80))
        self.assertNotIn("\033", self.on_terminal(80, NO_COLOR="1"))
        self.assertNotIn("\033", self.on_terminal(80, TERM="dumb"))
        self.assertNotIn("\033", explain(CASES["stay-violation"]).stdout)


def pty_size(terminal, columns):
    import fcntl
    import struct
    import termios
    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 40, columns, 0, 0))


class Json(unittest.TestCase):
    def test_every_example_is_as_the_schema_has_it(self):
        checkers = [Checker(SCHEMA).faults]
        try:  # a second opinion, where it is installed
            import jsonschema
            jsonschema.Draft202012Validator.check_schema(SCHEMA)
            checkers.append(lambda value: (error.message for error in jsonschema.Draft202012Validator(SCHEMA).iter_errors(value)))
        except ImportError:
            pass
        for name, case in CASES.items():
            with self.subTest(name):
                told = json.loads(explain(case, "--json").stdout)
                for faults in checkers:
                    self.assertEqual(list(faults(told)), [])

    def test_the_schema_refuses(self):
        told = json.loads(explain(CASES["stay-violation"], "--json").stdout)
        for break_it in (lambda t: t.update(version=2), lambda t: t.update(more=1), lambda t: t.pop("facts"),
                         lambda t: t["alerts"][0].update(standing="open"), lambda t: t["alerts"][0]["counted"].update(over_on="soon"),
                         lambda t: t["stays"][0].update(region=None)):
            broken = json.loads(json.dumps(told))
            break_it(broken)
            self.assertNotEqual(list(Checker(SCHEMA).faults(broken)), [])

    def test_its_alerts_are_those_of_evaluate(self):
        for name, case in CASES.items():
            with self.subTest(name):
                told = json.loads(explain(case, "--json", "--lang", "nl").stdout)
                alerts = [item["alert"] for item in told["alerts"] if item["standing"] == "ALERT"]
                evaluated = explain(case, "--json", id=None, command="evaluate").stdout
                self.assertEqual(sorted(map(str, alerts)), sorted(str(json.loads(line)) for line in evaluated.splitlines()))

    def test_school_days_missed_are_null_where_none_are_counted(self):
        counts = {item["rule"]: item["counted"]["school_days_missed"] for case in CASES.values()
                  for item in json.loads(explain(case, "--json").stdout)["alerts"]}
        self.assertEqual({rule for rule, count in counts.items() if count is None}, {"emergency-stay", "repeated-moves"})

    def test_what_is_counted_is_spelt_out(self):
        told = json.loads(explain(CASES["school-deferred-to-term"], "--json").stdout)["alerts"][0]
        self.assertEqual(told["counted"]["holidays_skipped"], [{"from": "2026-07-11", "until": "2026-08-17", "region": "NORTH"}])
        self.assertEqual((told["counted"]["over_on"], told["alert"]["violation_on"]), ("2026-07-11", "2026-08-17"))
        self.assertEqual(told["norms"][0]["value"], "2+holidays")
        told = json.loads(explain(CASES["move-severe"], "--json").stdout)["alerts"][0]
        self.assertEqual(told["counted"]["school_days_missed"], 21)
        self.assertEqual(told["counted"]["school_days"][-1], {"day": "2025-12-01", "region": "NORTH"})

    def test_levels_are_those_that_last(self):
        for name, case in CASES.items():
            for more in (), ("--set", "stay_severe_months=6"), ("--set", "school_severe_months=1"):
                with self.subTest(name, more=more):
                    for item in json.loads(explain(case, "--json", *more).stdout)["alerts"]:
                        days = [level["from"] for level in item["counted"]["levels"]]
                        self.assertEqual(days, sorted(set(days)))
                        end = item["alert"] and item["alert"]["resolved_on"]  # a move in term is told though it ends on its day
                        self.assertTrue(not end or all(day < end for day in days) or days == [item["alert"]["raised_on"]] == [end])
        told = json.loads(explain(CASES["stay-violation"], "--json", "--set", "stay_severe_months=6").stdout)["alerts"][0]
        self.assertEqual([level["level"] for level in told["counted"]["levels"]], ["NOTICE", "SEVERE"])


class Ids(unittest.TestCase):
    case = CASES["repeated-moves"]

    def test_of_an_alert(self):
        for alert in self.case["alerts"]:
            told = json.loads(explain(self.case, "--json", id=alert["alert_id"]).stdout)
            self.assertEqual((told["asked_alert_id"], told["child_id"]), (alert["alert_id"], "child-1"))
            text = explain(self.case, id=alert["alert_id"].upper()).stdout
            self.assertEqual(text.count("   alert "), 1)
            self.assertIn("   alert " + alert["alert_id"], text)
            self.assertEqual(sorted(set(re.findall(r"(?m)^(\d)[. ]", text))), ["1"])  # heading, row of the drawing, text

    def test_a_command_that_is_told_runs(self):
        with tempfile.TemporaryDirectory() as folder:
            file = pathlib.Path(folder) / "the child's events.jsonl"
            file.write_text(lines_of(self.case["events"]))
            words = [PROGRAM, "explain", "--as-of", self.case["as_of"], "--set", "repeated_moves=2", "--lang", "nl"]
            id = next(alert["alert_id"] for alert in self.case["alerts"] if alert["state"] == "RESOLVED")
            run = lambda words, **more: subprocess.run(words, capture_output=True, text=True, env=environment(), **more)
            told = run([*words, id, str(file)])
            self.assertIn("De rest over dit kind:\n", told.stdout)
            of_child = told.stdout.split("De rest over dit kind:\n")[1].splitlines()[0]
            expected = run([*words, "child-1", str(file)])
            self.assertEqual(run(of_child, shell=True).stdout, expected.stdout)
            in_full = expected.stdout.split("Wat geëindigd is, uitgebreid:\n")[1].splitlines()[0]
            self.assertEqual(run(in_full, shell=True).stdout, run([*words, "--all", "child-1", str(file)]).stdout)

    def test_what_ended_is_short_unless_asked_for(self):
        closed = [alert for alert in self.case["alerts"] if alert["state"] == "RESOLVED"]
        self.assertTrue(closed)
        short, full = explain(self.case).stdout, explain(self.case, "--all").stdout
        self.assertIn(f"Ended: {len(closed)} alert", short)
        self.assertEqual(full.count("   Made by") - short.count("   Made by"), len(closed))
        for text in short, full:
            for alert in closed:
                self.assertIn(alert["alert_id"], text)

    def test_a_child_comes_before_an_alert(self):
        id = self.case["alerts"][0]["alert_id"]
        events = self.case["events"] + [dict(self.case["events"][0], child_id=id)]
        told = json.loads(explain(dict(self.case, events=events), "--json", id=id).stdout)
        self.assertEqual((told["child_id"], told["asked_alert_id"]), (id, None))

    def test_nothing_is_known(self):
        for id in "child-2", "00000000-0000-4000-8000-000000000000":
            result = explain(self.case, id=id)
            self.assertEqual((result.returncode, result.stdout, result.stderr),
                             (1, "", f"placement-alerts explain: Nothing is known of {id}.\n"))
        self.assertIn("is niets bekend", explain(self.case, "--lang", "nl", id="child-2").stderr)

    def test_no_id(self):
        for id in "", "a b", "x" * 65:
            self.assertEqual(subprocess.run([PROGRAM, "explain", id, "-"], input="", capture_output=True, text=True).returncode, 64)
        self.assertEqual(explain(dict(self.case, as_of="tomorrow")).returncode, 64)

    def test_bad_lines_are_named(self):
        broken = dict(self.case, events=self.case["events"] + [{}])
        result = explain(broken)
        self.assertEqual(result.returncode, 65)
        self.assertIn("FIELD_MISSING", result.stderr)
        self.assertIn("Child child-1", result.stdout)


if __name__ == "__main__":
    unittest.main()
