#!/usr/bin/env python3
"""Protects `report --exact`: every worked example of the figures through the binary gives exactly its rows, day by day and for the period,
in every grouping, of all children and of unaccompanied ones, as CSV and as JSON.

    report_cases_test.py PLACEMENT_ALERTS
"""
import itertools
import json
import pathlib
import re
import sys
import tempfile
import unittest

import report_figures as figures

PROGRAM = sys.argv.pop(1)
FORMS = itertools.cycle(["csv", "json", "json", "csv", "csv"])  # of the questions in turn: over the examples each meets both
CASES = sorted((pathlib.Path(__file__).parent / "cases").glob("*.json"))


def counts_of(count):
    """The child's days as the example has them (cases/README.md)."""
    days = {}
    for stay in count["stays"]:
        place = (stay["location_id"], stay["kind"], stay["region"])
        for day in figures.days_between(stay["from"], stay["to"]):
            values = dict.fromkeys(figures.FIGURES, 0) | {"children": 1}
            days[day] = figures.Count("child-1", day, place, count.get("unaccompanied", False), values)
    for figure, spans in count["days"].items():
        for span in spans:
            first, last, begin = re.fullmatch(r"(\S{10})(?:\.\.(\S{10}))?(?: from (\d+))?", span).groups()
            for i, day in enumerate(figures.days_between(first, last or first)):
                days[day].values[figure] += 1 if begin is None else int(begin) + i
    return list(days.values())


class Cases(unittest.TestCase):
    def test_every_case(self):
        self.assertGreaterEqual(len(CASES), 38)
        for path in CASES:
            case = json.loads(path.read_text())
            with tempfile.TemporaryDirectory() as folder:
                events = pathlib.Path(folder) / "events.jsonl"
                events.write_text("".join(json.dumps(event) + "\n" for event in case["events"]))
                settings = [part for name, value in case.get("config", {}).items() for part in ("--set", f"{name}={value}")]
                for count in case["counts"]:
                    with self.subTest(path.stem, period=count["from"]):
                        self.check_sums(count)
                        self.check({**count, "as_of": case["as_of"]}, [*settings, str(events)])

    def check_sums(self, count):
        row = figures.figures_of(counts_of(count), count["from"], count["to"])
        days = sum(1 for _ in figures.days_between(count["from"], count["to"]))
        for figure in figures.FIGURES:
            total = count["sums"].get(figure, 0)
            self.assertEqual(row.get(f"{figure}_mean", row[figure]), figures.rounded(total, days) if figure in figures.STOCKS else total)

    def check(self, question, arguments):
        counts = counts_of(question)
        for grouping, alone, each_day in itertools.product(figures.GROUPINGS, (False, True), (False, True)):
            form = next(FORMS)
            report = figures.Report(PROGRAM, *figures.options_of(question, grouping, alone, each_day, True, form), *arguments)
            self.assertEqual(report.code, 0, report.stderr)
            expected = figures.rows_expected(figures.tables_expected(counts, question, grouping, alone, each_day, True))
            self.assertEqual(report.rows, expected, (grouping, alone, each_day, form))
            self.assertIn("not for publication", report.stderr)

    def test_one_child_is_no_figure_for_publication(self):
        case = json.loads(next(path for path in CASES if path.stem == "moves-resumed-later").read_text())
        question = {**case["counts"][0], "as_of": case["as_of"]}
        with tempfile.TemporaryDirectory() as folder:
            events = pathlib.Path(folder) / "events.jsonl"
            events.write_text("".join(json.dumps(event) + "\n" for event in case["events"]))
            for grouping, each_day in itertools.product(figures.GROUPINGS, (False, True)):
                report = figures.Report(PROGRAM, *figures.options_of(question, grouping, False, each_day, False, "csv"), "--lang", "en",
                                        str(events))
                self.assertEqual((report.code, report.rows), (0, {}))
                self.assertRegex(report.stderr, "no figures are given|without figures")


if __name__ == "__main__":
    unittest.main()
