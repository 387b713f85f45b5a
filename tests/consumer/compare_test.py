#!/usr/bin/env python3
"""Protects `evaluate --compare` and `rules`: what appears, goes and moves is exactly the difference of two evaluations, in their order and
in the reader's language; only norms are compared; every norm is told with its days, meaning and source.

    compare_test.py PLACEMENT_ALERTS
"""
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import unittest

PROGRAM = sys.argv.pop(1)
ROOT = pathlib.Path(__file__).parent.parent.parent
CASES = sorted((ROOT / "tests/cases").glob("*.json"))
WHAT_IFS = [
    {"school_months": "2"},
    {"school_months": "3, 2 from 2026-06-12"},
    {"stay_scope": "location"},
    {"stay_months": "12", "stay_notice_days": "0"},
    {"stay_months": "6, 3 from 2025-07-01", "repeated_moves": "2", "gap_grace_school_days": "0"},
    {"adult_months": "240", "move_ends_enrollment": "false", "transfer_days": "0", "severe_school_days": "5"},
]


def run(*arguments, text="", **environment):
    kept = {name: value for name, value in os.environ.items() if name != "LANG" and not name.startswith("LC_")}
    return subprocess.run([PROGRAM, *arguments], input=text, capture_output=True, text=True, env=kept | environment)


def population():
    """The worked examples as one history; some children have the facts of two."""
    return "".join(json.dumps(dict(event, child_id=f"child-{number * 37 % 59:02}")) + "\n"
                   for number, path in enumerate(CASES) for event in json.loads(path.read_text())["events"])


def alerts(text, as_of, norms):
    options = [part for name, value in norms.items() for part in ("--set", f"{name}={value}")]
    lines = run("evaluate", "-", "--as-of", as_of, "--json", *options, text=text).stdout.splitlines()
    return {alert["alert_id"]: alert for alert in map(json.loads, lines)}


def difference(before, after):
    for alert_id in before.keys() | after.keys():
        change = {"before": before.get(alert_id), "after": after.get(alert_id)}
        if change["before"] != change["after"]:
            yield {"change": "APPEARS" if change["before"] is None else "GOES" if change["after"] is None else "MOVES", **change}


def key(change):
    shown = change["before"] or change["after"]
    return [shown[name] for name in ("child_id", "rule", "raised_on", "cause")]


class Norms(tempfile.TemporaryDirectory):
    """A file of norms to compare with."""

    def __init__(self, norms):
        super().__init__()
        self.path = f"{self.name}/what-if.yaml"
        pathlib.Path(self.path).write_text(norms if isinstance(norms, str) else json.dumps({"rules": norms}))

    def __enter__(self):
        return self.path


class Compare(unittest.TestCase):
    def test_it_is_the_difference_of_two_evaluations(self):
        text, kinds = population(), set()
        for norms in WHAT_IFS:
            for as_of in "2025-03-01", "2026-01-15", "2026-08-01":
                with self.subTest(norms=norms, as_of=as_of), Norms(norms) as path:
                    before, after = alerts(text, as_of, {}), alerts(text, as_of, norms)
                    expected = sorted(difference(before, after), key=key)
                    result = run("evaluate", "-", "--as-of", as_of, "--json", "--compare", path, text=text)
                    self.assertEqual((result.returncode, result.stderr), (0, ""))
                    self.assertEqual(list(map(json.loads, result.stdout.splitlines())), expected)
                    self.check_table(text, as_of, path, expected, len(before.keys() & after.keys()))
                    kinds |= {change["change"] for change in expected}
        self.assertEqual(kinds, {"APPEARS", "GOES", "MOVES"})

    def check_table(self, text, as_of, path, changes, in_both):
        result = run("evaluate", "-", "--as-of", as_of, "--compare", path, text=text)
        rows = re.findall(r"^([-+~]) (child-\d\d) ", result.stdout, re.MULTILINE)
        self.assertEqual(rows, [({"APPEARS": "+", "GOES": "-", "MOVES": "~"}[change["change"]],
                                 (change["before"] or change["after"])["child_id"]) for change in changes])
        summary = result.stdout.split("\n\n")[-1].splitlines()
        self.assertEqual(summary[0].split(), ["appear", "go", "change", "same"])
        counts = [list(map(int, re.findall(r"\d+", line))) for line in summary[1:]]
        self.assertEqual([sum(column) for column in zip(*counts[:-1])], counts[-1])
        moved = sum(change["change"] == "MOVES" for change in changes)
        self.assertEqual(counts[-1][2:], [moved, in_both - moved])
        self.assertEqual(sum(counts[-1][:3]), len(changes))
        self.assertRegex(result.stderr, rf"\A{len(changes)} changes? on {as_of} for \d+ events of \d+ children\n\Z")

    def test_what_moved_is_said_in_words(self):
        events = "".join(json.dumps(event) + "\n" for event in [
            {"type": "placement", "kind": "ARRIVED", "event_id": "00000000-0000-4000-8000-000000000001", "child_id": "a",
             "occurred_on": "2025-06-02", "recorded_at": "2025-06-02T12:00:00Z",
             "location": {"location_id": "azc-1", "kind": "CENTRE", "region": "NORTH"}}])
        with Norms({"school_months": 2}) as path:
            for language, title, norm, row in [
                ("en", "Alerts on 15 September 2025 if the norms were those of {}:",
                 "  longest time without school: 3 months; from 12 June 2026: 2 months, where a violation waits for the end of "
                 "a school vacation -> 2 months",
                 "~ a                 no school in time                raised 2025-08-03 -> 2025-07-03; "
                 "violation since 2025-09-03 -> 2025-08-03; norm 3 months -> 2 months; due 2025-09-02 -> 2025-08-02"),
                ("nl", "Meldingen op 15 september 2025 als de normen die van {} waren:",
                 "  langste tijd zonder school: 3 maanden; vanaf 12 juni 2026: 2 maanden, waarbij een overtreding wacht op het "
                 "einde van de schoolvakantie -> 2 maanden",
                 "~ a                 niet op tijd naar school         gemeld 2025-08-03 -> 2025-07-03; "
                 "overtreding sinds 2025-09-03 -> 2025-08-03; norm 3 maanden -> 2 maanden; uiterlijk 2025-09-02 -> 2025-08-02"),
            ]:
                result = run("evaluate", "-", "--as-of", "2025-09-15", "--compare", path, "--lang", language, text=events)
                lines = result.stdout.splitlines()
                self.assertEqual(lines[:2], [title.format(path), norm])
                self.assertEqual(lines[4], row)
            for as_of, row in [
                ("2025-07-10", "+ a                 no school in time                notice; open; raised 2025-07-03; norm 2 months; "
                               "due 2025-08-02; at azc-1 (asylum seekers' centre, North)"),
                ("2025-08-20", "~ a                 no school in time                notice -> violation; raised 2025-08-03 -> "
                               "2025-07-03; violation since 2025-08-03; norm 3 months -> 2 months; due 2025-09-02 -> 2025-08-02"),
            ]:
                result = run("evaluate", "-", "--as-of", as_of, "--compare", path, text=events)
                self.assertEqual(result.stdout.splitlines()[4], row)

    def test_the_same_norms_change_nothing(self):
        with Norms("rules:\n") as path:
            result = run("evaluate", "-", "--as-of", "2026-01-15", "--compare", path, text=population())
        self.assertIn("no norm differs", result.stdout)
        self.assertNotRegex(result.stdout, r"(?m)^[-+~] child")
        self.assertTrue(result.stderr.startswith("0 changes on 2026-01-15 "))

    def test_norms_come_on_top_of_the_settings(self):
        with Norms({"stay_scope": "location"}) as path:
            result = run("evaluate", "-", "--as-of", "2026-01-15", "--compare", path, "--set", "school_months=1")
        self.assertEqual(result.stdout.splitlines()[1:3], [
            "  a stay in emergency reception is counted: over all emergency locations together -> anew at each emergency location",
            "+ appears, - goes, ~ changes"])

    def test_only_norms_are_compared(self):
        with Norms("rules: {school_months: 2}\nservice: {group: x}\n") as path:
            result = run("evaluate", "-", "--as-of", "2026-01-15", "--compare", path)
            self.assertEqual((result.returncode, result.stdout), (78, ""))
            self.assertEqual(result.stderr, f"{path}:2: service.group: only norms (rules.*) can be compared; this holds for both\n")
        with Norms("rules: {school_month: 2}\n") as path:
            result = run("evaluate", "-", "--as-of", "2026-01-15", "--compare", path)
            self.assertEqual((result.returncode, result.stderr), (
                78, f"{path}:1: rules.school_month: there is no such setting; did you mean rules.school_months?\n"))
        result = run("evaluate", "-", "--as-of", "2026-01-15", "--compare", "/nonexistent")
        self.assertEqual((result.returncode, result.stderr), (66, "/nonexistent: No such file or directory\n"))


class Rules(unittest.TestCase):
    def test_the_language(self):
        english, dutch = "Norms in force on 1 January 2026", "Normen die gelden op 1 januari 2026"
        for environment, option, title in [
            ({}, None, english),
            ({"LANG": "nl_NL.UTF-8"}, None, dutch),
            ({"LANG": "nl_NL.UTF-8", "LC_ALL": "C"}, None, english),
            ({"LANG": "en_GB.UTF-8", "LC_MESSAGES": "nl_NL", "LC_ALL": ""}, None, dutch),
            ({"LANG": "nl_NL.UTF-8"}, "en", english),
            ({}, "nl", dutch),
        ]:
            options = ["--lang", option] if option else []
            result = run("rules", "--set", "clock=2026-01-01", *options, **environment)
            self.assertEqual((result.returncode, result.stderr), (0, ""))
            self.assertEqual(result.stdout.splitlines()[0], title)
        result = run("rules", "--lang", "de")
        self.assertEqual((result.returncode, result.stderr), (64, 'placement-alerts rules: --lang "de" is not en or nl\n'))

    def test_every_norm_is_told_and_which_is_in_force(self):
        checked = run("check").stdout.split("\nrules:\n")[1]
        names = re.findall(r"(?m)^  (\w+):", checked.split("kafka:")[0])
        for language in "en", "nl":
            text = run("rules", "--lang", language).stdout
            for name in names:
                self.assertIn(f": rules.{name}.\n", text)
        for today, lines in [
            ("2026-06-11", ["until 11 June 2026: 3 months (in force)",
                            "from 12 June 2026: 2 months, where a violation waits for the end of a school vacation"]),
            ("2026-06-12", ["until 11 June 2026: 3 months",
                            "from 12 June 2026: 2 months, where a violation waits for the end of a school vacation (in force)"]),
        ]:
            text = run("rules", "--set", f"clock={today}").stdout
            self.assertIn("Longest time without school:\n      " + "\n      ".join(lines) + "\n", text)

    def test_json_holds_all_of_it(self):
        result = run("rules", "--json", "--set", "clock=2026-06-12", "--set", "stay_months=5")
        rules = json.loads(result.stdout)
        self.assertEqual(list(rules), ["day", "norms", "calendar"])
        self.assertEqual(rules["day"], "2026-06-12")
        norms = {norm["norm"]: norm for norm in rules["norms"]}
        self.assertEqual(norms["stay_months"], {
            "norm": "stay_months", "rule": "emergency-stay", "value": "5", "default": "6", "unit": "months",
            "dated": [{"from": None, "months": 5, "defers_to_holidays": False, "in_force": True}],
            "label": "longest stay in emergency reception", "meaning": "A longer stay is a violation.",
            "source": "COA's requirements for emergency reception, 2016"})
        self.assertEqual([norm["in_force"] for norm in norms["school_months"]["dated"]], [False, True])
        self.assertEqual((norms["adult_months"]["rule"], norms["stay_scope"]["unit"]), (None, None))
        self.assertEqual([row["region"] for row in rules["calendar"]], ["MIDDLE", "NORTH", "SOUTH"])
        self.assertTrue(all(re.fullmatch(r"20\d\d-\d\d-\d\d", row["covered_until"]) for row in rules["calendar"]))

    def test_the_end_of_the_calendar_is_said(self):
        with tempfile.NamedTemporaryFile("w", suffix=".csv") as file:
            file.write("region,school_year,name,kind,from,to\nNORTH,2025/2026,Summer,vacation,2026-07-04,2026-08-16\n")
            file.flush()
            result = run("rules", "--set", "clock=2026-07-01", "--set", f"calendar={file.name}")
        self.assertIn("\n  Middle: nothing is known\n  North: known until 16 August 2026\n", result.stdout)
        self.assertTrue(result.stderr.startswith("advice: calendar: "), result.stderr)


if __name__ == "__main__":
    unittest.main()
