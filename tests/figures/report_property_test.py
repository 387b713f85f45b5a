#!/usr/bin/env python3
"""Protects the figures of many children, and the children in them: random populations through `report`, against the slow count and the text
of docs/figures.md. Exact figures must be those counted; without --exact, groups must be merged exactly as the text has it, so that every
row, and all children without those of any set of rows, are none or at least five; and rows add up to all.

    report_property_test.py PLACEMENT_ALERTS POPULATION_TELLER ROUNDS

PA_SEED (default 1) is the first population's seed, PA_ROUNDS (default ROUNDS) how many there are.
"""
import csv
import itertools
import json
import os
import pathlib
import random
import subprocess
import sys
import tempfile
import unittest

import report_figures as figures

PROGRAM, TELLER, OTHERWISE = sys.argv.pop(1), sys.argv.pop(1), sys.argv.pop(1)
SEED, ROUNDS = int(os.environ.get("PA_SEED", 1)), int(os.environ.get("PA_ROUNDS", OTHERWISE))
QUESTIONS = [*itertools.product(figures.GROUPINGS, (False, True), (False, True), (False, True))]
QUESTIONS_A_POPULATION = 10
MANY_CHILDREN = 12000


def read_counts(path):
    with open(path, newline="") as file:
        return [figures.Count(row["child"], row["day"], (row["location"], row["kind"], row["region"]), row["unaccompanied"] == "1",
                              {figure: int(row[figure]) for figure in figures.FIGURES}) for row in csv.DictReader(file)]


class Populations(unittest.TestCase):
    def setUp(self):
        self.seen = dict.fromkeys(["histories", "children", "rows", "merged", "joined though large", "withheld", "forecasts",
                                   "across years"], 0)

    def test_random_populations(self):
        print(f"PA_SEED={SEED} PA_ROUNDS={ROUNDS}", file=sys.stderr)
        with tempfile.TemporaryDirectory() as folder:
            subprocess.run([TELLER, str(SEED), str(ROUNDS), folder], check=True)
            for i in range(ROUNDS):
                with self.subTest(f"again with PA_SEED={SEED + i} PA_ROUNDS=1"):
                    choice = random.Random(SEED + i)
                    self.check_population(pathlib.Path(folder) / str(i), choice, choice.sample(QUESTIONS, QUESTIONS_A_POPULATION))
        self.tell()
        if ROUNDS >= 100:
            self.assertTrue(all(self.seen.values()), self.seen)

    def test_a_population_for_several_threads(self):
        """Each thread takes some thousands of children before another has any."""
        with tempfile.TemporaryDirectory() as folder:
            subprocess.run([TELLER, str(SEED), "1", folder, str(MANY_CHILDREN)], check=True)
            periods = [question for question in QUESTIONS if not question[2]]
            self.check_population(pathlib.Path(folder) / "0", random.Random(SEED), periods + [("location", False, True, False)])
        self.tell()

    def tell(self):
        print(", ".join(f"{count} {what}" for what, count in self.seen.items()), file=sys.stderr)

    def check_population(self, folder, choice, questions):
        counts, question = read_counts(folder / "days.csv"), json.loads((folder / "question.json").read_text())
        self.seen["histories"] += question["children"]
        self.seen["children"] += len({count.child for count in counts})
        self.seen["forecasts"] += question["to"] > question["as_of"]
        self.seen["across years"] += question["from"][:4] < question["to"][:4]
        for grouping, alone, each_day, exact in questions:
            form = choice.choice(["csv", "json"])
            options = figures.options_of(question, grouping, alone, each_day, exact, form)
            report = figures.Report(PROGRAM, *options, "-c", str(folder / "settings.yaml"), str(folder / "events.jsonl"))
            self.assertEqual(report.code, 0, report.stderr)
            tables = figures.tables_expected(counts, question, grouping, alone, each_day, exact)
            self.assertEqual(report.rows, figures.rows_expected(tables), " ".join(options))
            self.assertEqual("not for publication" in report.stderr, exact)
            chosen = [count for count in counts if count.unaccompanied or not alone]
            if not exact:
                self.check_disclosure(report, chosen, grouping, question, tables)

    def check_disclosure(self, report, counts, grouping, question, tables):
        """Looks at what was printed, not at what should have been."""
        for day, expected in tables.items():
            here = [count for count in counts if day in (None, count.day)]
            rows = {group: row for (of_day, group), row in report.rows.items() if of_day == day}
            if not rows:
                self.assertLess(len({count.child for count in here}), 5)
                self.seen["withheld"] += bool(here)
                continue
            covered = {group: set() for group in rows}
            for count in here:
                group = figures.group_of(count.place, grouping)
                covered[group if group in rows else "other"].add(count.child)
            self.seen["rows"] += len(rows)
            self.seen["merged"] += "other" in rows
            self.check_joined(here, grouping, rows)
            self.check_sets_of_rows(list(covered.values()))
            whole = figures.table(here, "all", day or question["from"], day or question["to"], True).rows["all"]
            for figure in figures.FIGURES:
                self.assertEqual(sum(row[figure] for row in rows.values()), whole[figure], "rows add up to all")

    def check_sets_of_rows(self, covered):
        """Any rows, and all children without those of the other rows; of many rows only one or two at a time."""
        most = len(covered) if len(covered) <= 6 else 2
        for left in range(1, most + 1):
            for rows in itertools.combinations(range(len(covered)), left):
                others = [children for i, children in enumerate(covered) if i not in rows]
                self.assertGreaterEqual(len(set().union(*(covered[i] for i in rows))), 5)
                self.assertNotIn(len(set().union(*others)), figures.SMALL)

    def check_joined(self, counts, grouping, rows):
        sizes = {}
        for count in counts:
            sizes.setdefault(figures.group_of(count.place, grouping), set()).add(count.child)
        self.seen["joined though large"] += any(len(children) >= 5 and group not in rows for group, children in sizes.items())


if __name__ == "__main__":
    unittest.main()
