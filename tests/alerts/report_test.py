#!/usr/bin/env python3
"""Protects `report` as ministries and programs build on it: every figure of a small world that is worked out by hand, the names and order of
columns, what is withheld and how that is said, what a period beyond today is, and the work list.

    report_test.py PLACEMENT_ALERTS
"""
import csv
import io
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import unittest
import uuid

PROGRAM = sys.argv.pop(1)
WEEK = ("--from", "2025-01-06", "--to", "2025-01-12")  # Monday to Sunday, in term
STOCKS = ["children", "in_emergency", "emergency_days", "over_stay_norm", "without_school", "over_school_norm", "interrupted_by_move",
          "interrupted_otherwise", "moved_often"]
FLOWS = ["moves", "moves_in_term", "lost_on_arrival", "lost_by_moves", "lost_otherwise"]
A, B, C = ("a", "EMERGENCY", "NORTH"), ("b", "CENTRE", "SOUTH"), ("c", "FAMILY", "SOUTH")


def event(child, stream, day, **fields):
    return {"event_id": str(uuid.uuid5(uuid.NAMESPACE_OID, f"{child} {stream} {day}")), "child_id": child, "occurred_on": day,
            "recorded_at": f"{day}T09:00:00Z", "type": stream, **fields}


def place(location):
    return dict(zip(("location_id", "kind", "region"), location))


def arrived(child, location, day="2025-01-01", unaccompanied=None):
    return event(child, "placement", day, kind="ARRIVED", location=place(location), birth_date="2015-05-10", unaccompanied=unaccompanied)


def enrolled(child, day="2025-01-01"):
    return event(child, "enrollment", day, kind="ENROLLED", school_id="s")


def world():
    """Seven at a, in emergency reception and without school; five at b and two at c, all enrolled; on the Wednesday one of c moves to b."""
    events = [arrived(f"a{i}", A) for i in range(7)]
    for child, location in [(f"b{i}", B) for i in range(5)] + [("c0", C), ("c1", C)]:
        events += [arrived(child, location, unaccompanied=child.startswith("b")), enrolled(child)]
    return events + [event("c1", "move", "2025-01-08", to=place(B), reason="OTHER")]


def run(*arguments, events=None, today="2025-02-01", **environment):
    kept = {name: value for name, value in os.environ.items() if name != "LANG" and not name.startswith("LC_")}
    text = "".join(json.dumps(one) + "\n" for one in (world() if events is None else events))
    return subprocess.run([PROGRAM, "report", "--as-of", today, *arguments, "-"], input=text, capture_output=True, text=True,
                          env=kept | environment)


class Report(unittest.TestCase):
    maxDiff = None

    def rows(self, *arguments, **where):
        result = run(*arguments, "--format", "csv", **where)
        self.assertEqual(result.returncode, 0, result.stderr)
        return list(csv.DictReader(io.StringIO(result.stdout)))


class Figures(Report):
    EXACT = """\
from,to,group,children,in_emergency,emergency_days,over_stay_norm,without_school,over_school_norm,interrupted_by_move,\
interrupted_otherwise,moved_often,moves,moves_in_term,lost_on_arrival,lost_by_moves,lost_otherwise,children_mean,in_emergency_mean,\
emergency_days_mean,over_stay_norm_mean,without_school_mean,over_school_norm_mean,interrupted_by_move_mean,interrupted_otherwise_mean,\
moved_often_mean
2025-01-06,2025-01-12,a,7,7,84,0,7,0,0,0,0,0,0,35,0,0,7.000,7.000,63.000,0.000,7.000,0.000,0.000,0.000,0.000
2025-01-06,2025-01-12,b,6,0,0,0,1,0,1,0,0,1,1,0,3,0,5.714,0.000,0.000,0.000,0.714,0.000,0.714,0.000,0.000
2025-01-06,2025-01-12,c,1,0,0,0,0,0,0,0,0,0,0,0,0,0,1.286,0.000,0.000,0.000,0.000,0.000,0.000,0.000,0.000
"""

    def test_a_week_by_location_exact(self):
        result = run(*WEEK, "--by", "location", "--format", "csv", "--exact")
        self.assertEqual((result.returncode, result.stdout), (0, self.EXACT))
        self.assertTrue(result.stderr.endswith("report: small groups are shown (--exact): not for publication\n"), result.stderr)

    def test_small_groups_are_merged(self):
        # c is small (two were there), and the smallest other group joins it: b, with six
        result = run(*WEEK, "--by", "location", "--format", "csv")
        self.assertEqual(result.stdout.splitlines()[1:], [
            self.EXACT.splitlines()[1],
            "2025-01-06,2025-01-12,other,7,0,0,0,1,0,1,0,0,1,1,0,3,0,7.000,0.000,0.000,0.000,0.714,0.000,0.714,0.000,0.000"])
        self.assertNotIn("not for publication", result.stderr)

    def test_json_is_the_same_rows(self):
        for options in [("--by", "location"), ("--by", "region", "--each-day"), ("--by", "kind", "--exact"), ("--unaccompanied",)]:
            with self.subTest(options):
                result = run(*WEEK, *options, "--format", "json")
                rows = json.loads(result.stdout)
                expected = self.rows(*WEEK, *options)
                self.assertGreater(len(rows), 0)
                self.assertEqual([list(row) for row in rows], [list(row) for row in expected])
                for row, texts in zip(rows, expected):
                    for name, text in texts.items():
                        self.assertEqual(row[name], text if name in ("day", "from", "to", "group") else float(text))

    def test_a_row_a_day_and_group(self):
        rows = self.rows(*WEEK, "--by", "region", "--each-day")
        self.assertEqual(list(rows[0]), ["day", "group", *STOCKS, *FLOWS])
        self.assertEqual([(row["day"], row["group"], row["children"], row["lost_on_arrival"], row["lost_by_moves"]) for row in rows],
                         [(f"2025-01-{day:02}", group, "7", str(on_arrival), str(by_moves)) for day in range(6, 13)
                          for group, on_arrival, by_moves in [("NORTH", 7 * (day < 11), 0), ("SOUTH", 0, int(day in (8, 9, 10)))]])

    def test_all_is_one_row_and_the_others_add_up_to_it(self):
        whole = self.rows(*WEEK)[0]
        self.assertEqual((whole["group"], whole["children"], whole["lost_on_arrival"], whole["lost_by_moves"]), ("all", "14", "35", "3"))
        for by in "region", "location", "kind":
            for exact in [], ["--exact"]:
                rows = self.rows(*WEEK, "--by", by, *exact)
                for name in STOCKS + FLOWS:
                    self.assertEqual(sum(int(row[name]) for row in rows), int(whole[name]), (by, name))

    def test_one_population(self):
        self.assertEqual([(row["group"], row["children"]) for row in self.rows(*WEEK, "--by", "location", "--unaccompanied")], [("b", "5")])

    def test_children_counted_on_two_threads_are_two(self):
        # in the order of ids each thread begins with a small group: six children in both together
        small = {0: B, 1: B, 2: B, 8192: C, 8193: C, 8194: C}
        events = [arrived(f"c{i:05}", small.get(i, A)) for i in range(2 * 8192)]
        rows = self.rows(*WEEK, "--by", "location", events=events)
        self.assertEqual([(row["group"], row["children"]) for row in rows], [("a", "16378"), ("other", "6")])

    def test_the_order_of_lines_changes_nothing(self):
        self.assertEqual(self.rows(*WEEK, "--by", "kind", events=world()[::-1]), self.rows(*WEEK, "--by", "kind"))


class Withheld(Report):
    FEW = [arrived(f"a{i}", A) for i in range(3)]

    def test_rows_are_left_out_and_that_is_said(self):
        for form, nothing in [("csv", 1), ("json", 1)]:
            result = run(*WEEK, "--format", form, events=self.FEW)
            self.assertEqual((result.returncode, len(result.stdout.splitlines())), (0, nothing))
            self.assertTrue(result.stderr.endswith("There are so few children (one to four) that no figures are given.\n"), result.stderr)
        self.assertEqual(result.stdout, "[]\n")

    def test_days_are_counted_and_said_once(self):
        # five from the ninth on
        events = self.FEW + [arrived(f"late{i}", A, "2025-01-09") for i in range(2)]
        result = run(*WEEK, "--format", "csv", "--each-day", events=events)
        self.assertEqual([row.split(",")[0] for row in result.stdout.splitlines()[1:]], [f"2025-01-{day:02}" for day in range(9, 13)])
        self.assertTrue(result.stderr.endswith("because there were only one to four children: 3.\n"), result.stderr)

    def test_people_are_told_too(self):
        self.assertTrue(run(*WEEK, events=self.FEW, LANG="nl_NL.UTF-8").stdout.endswith("dat er geen cijfers worden gegeven.\n"))
        self.assertNotRegex(run(*WEEK, events=self.FEW).stdout, r"\b3\b(?! months| moves)")
        self.assertTrue(run(*WEEK, events=[]).stdout.endswith("In this period no child was in reception.\n"))

    def test_exact_shows_them(self):
        self.assertEqual(self.rows(*WEEK, "--exact", events=self.FEW)[0]["children"], "3")


class Heading(Report):
    def test_norms_scope_period_and_population(self):
        for language, words in [("en", ["6 January 2025 to 12 January 2025", "As known on 1 February 2025", "Unaccompanied children",
                                        "6 months, counted over all emergency locations together", "within 3 months"]),
                                ("nl", ["6 januari 2025 tot en met 12 januari 2025", "Zoals bekend op 1 februari 2025",
                                        "Alleenreizende kinderen", "6 maanden, geteld over alle noodopvanglocaties samen"])]:
            table = run(*WEEK, "--unaccompanied", "--lang", language)
            rows = run(*WEEK, "--unaccompanied", "--lang", language, "--format", "csv")
            self.assertEqual(table.stderr, "")
            for word in words:
                self.assertIn(word, table.stdout)
                self.assertIn(word, rows.stderr)

    def test_a_table_has_every_figure_and_a_total(self):
        result = run(*WEEK, "--by", "location", "--exact", "--lang", "en")
        lines = [re.split(r"  +", line.strip()) for line in result.stdout.splitlines()]
        for line in [["a", "7", "7", "12.0", "0", "7", "0", "0", "0", "0"], ["all", "14", "7", "12.0", "0", "8", "0", "1", "0", "0"],
                     ["b", "6", "0", "-", "0", "1", "0", "1", "0", "0"], ["all", "14.0", "7.0", "9.0", "0.0", "7.7", "0.0", "0.7", "0.0", "0.0"],
                     ["b", "5.7", "0.0", "-", "0.0", "0.7", "0.0", "0.7", "0.0", "0.0"],
                     ["b", "1", "1", "0", "3", "0"], ["all", "1", "1", "35", "3", "0"]]:
            self.assertIn(line, lines)
        self.assertLessEqual(max(map(len, result.stdout.splitlines())), 125)


class Compared(Report):
    def compare(self, norms, *arguments, **where):
        with tempfile.TemporaryDirectory() as folder:
            path = pathlib.Path(folder) / "norms.yaml"
            path.write_text("rules:\n" + "".join(f"  {name}: {value}\n" for name, value in norms.items()))
            return run(*arguments, "--compare", str(path), **where)

    def test_side_by_side(self):
        # two months from 1 January: over the norm from 2 March on, in five days of which one is before that
        days = ("--from", "2025-03-01", "--to", "2025-03-05", "--by", "location", "--exact")
        result = self.compare({"school_months": 2}, *days, "--format", "csv", today="2025-03-05")
        rows = list(csv.DictReader(io.StringIO(result.stdout)))
        self.assertEqual([row["group"] for row in rows], ["a", "b", "c"])
        columns = [name for name in STOCKS + FLOWS] + [f"{name}_mean" for name in STOCKS]
        self.assertEqual(list(rows[0]), ["from", "to", "group"] +
                         [name + suffix for name in columns for suffix in ("", "_compared", "_difference")])
        seen = [[row[f"over_school_norm{suffix}"] for suffix in ("", "_compared", "_difference")] for row in rows]
        self.assertEqual(seen, [["0", "7", "7"], ["0", "0", "0"], ["0", "0", "0"]])
        means = [rows[0][f"over_school_norm_mean{suffix}"] for suffix in ("", "_compared", "_difference")]
        self.assertEqual(means, ["0.000", "5.600", "5.600"])
        self.assertIn("norms.yaml", result.stderr)

    def test_columns_stand_below_each_other(self):
        days = ("--from", "2025-03-01", "--to", "2025-03-05", "--exact")
        for by, language in [(by, language) for by in ("kind", "region") for language in ("en", "nl")]:
            with self.subTest(by, language=language):
                result = self.compare({"school_months": 2}, *days, "--by", by, "--lang", language, today="2025-03-05")
                lines = result.stdout.splitlines()
                start = next(i for i, line in enumerate(lines) if line.startswith(("On 5 March", "Op 5 maart")))
                table = lines[start + 1 : lines.index("", start)]
                self.assertEqual(len({len(line) for line in table}), 1, table)
                groups = [line.split("  ")[0] for line in table if not line.startswith(" ")]
                self.assertEqual(groups, sorted(groups[:-1]) + groups[-1:])

    def test_a_difference_can_be_negative(self):
        result = self.compare({"school_months": 6}, "--from", "2025-04-01", "--to", "2025-04-03", "--format", "json", today="2025-04-03")
        row = json.loads(result.stdout)[0]
        self.assertEqual((row["over_school_norm"], row["over_school_norm_compared"], row["over_school_norm_difference"]), (7, 0, -7))
        self.assertIn('"over_school_norm_mean_difference": -4.667', result.stdout)

    def test_small_in_either_is_small(self):
        # under the other norms three of the seven at a are of age: four of a are left, which must not be told
        events = world() + [dict(arrived(f"a{i}", A), recorded_at="2025-01-02T09:00:00Z", birth_date="2008-01-01") for i in range(3)]
        result = self.compare({"adult_months": 200}, *WEEK, "--by", "location", "--format", "csv", events=events)
        rows = list(csv.DictReader(io.StringIO(result.stdout)))
        self.assertEqual([[row["group"], *(row[f"children{suffix}"] for suffix in ("", "_compared", "_difference"))] for row in rows],
                         [["b", "6", "6", "0"], ["other", "8", "5", "-3"]])

    def test_what_is_wrong_with_the_file(self):
        self.assertEqual(run(*WEEK, "--compare", "/nonexistent").returncode, 66)
        self.assertEqual(self.compare({"school_monthz": 2}, *WEEK).returncode, 78)


class Periods(Report):
    def test_what_is_refused(self):
        for arguments, what in [
            ((), "--from and --to are required"),
            (("--from", "2025-01-01"), "--from and --to are required"),
            (("--to", "2025-01-01", "--forecast", "3"), "--from and --to are required"),
            (("--from", "2025-01-02", "--to", "2025-01-01"), "--to is before --from"),
            (("--from", "2025-02-29", "--to", "2025-03-01"), '--from "2025-02-29" is not a date'),
            (("--from", "2025-01-01", "--to", "2025-02-02"), "--to 2025-02-02 is after today, 2025-02-01: days to come need --forecast"),
            (("--from", "2025-01-01", "--to", "2025-02-05", "--forecast", "3"), "--to 2025-02-05 is after the last day of the forecast"),
            ((*WEEK, "--by", "school"), '--by "school" is not all, region, location or kind'),
            ((*WEEK, "--format", "xml"), '--format "xml" is not table, csv, json or html'),
            ((*WEEK, "--lang", "fy"), '--lang "fy" is not en or nl'),
            (("--forecast", "0"), '--forecast "0" is not a number of days'),
            (("--forecast", "1e3"), '--forecast "1e3" is not a number of days'),
            (("--forecast", "7", "--each-day"), "need --from and --to"),
            (("--forecast", "7", "--format", "html"), "need --from and --to"),
        ]:
            with self.subTest(arguments):
                result = run(*arguments)
                self.assertEqual((result.returncode, result.stdout), (64, ""))
                self.assertRegex(result.stderr, r"\A(placement-alerts )?report: [^\n]+\n")
                self.assertIn(what, result.stderr)

    def test_a_forecast_goes_on_as_if_nothing_happens(self):
        rows = self.rows("--from", "2025-04-01", "--to", "2025-04-02", "--each-day", "--forecast", "3", today="2025-03-30")
        self.assertEqual([row["over_school_norm"] for row in rows], ["0", "7"])

    def test_days_cross_years_and_leap_days(self):
        rows = self.rows("--from", "2024-12-30", "--to", "2025-01-02", "--each-day")
        self.assertEqual([row["day"] for row in rows], ["2025-01-01", "2025-01-02"])

    def test_a_bad_line_is_named_and_the_rest_is_counted(self):
        result = run(*WEEK, "--format", "json", events=world() + [[]])
        self.assertEqual((result.returncode, json.loads(result.stdout)[0]["children"]), (65, 14))
        self.assertIn("(stdin):23: NOT_JSON", result.stderr)


class WorkList(Report):
    """The seven at a have to be enrolled by 1 April; of b and c nobody is over a norm but the one who moved, severe since 5 February."""

    def test_what_will_be_broken_where(self):
        result = run("--forecast", "5", "--format", "csv", today="2025-03-30")
        self.assertEqual((result.returncode, result.stdout), (0, "day,group,rule,level,children\n2025-04-02,a,no-school,VIOLATION,7\n"))
        self.assertIn("in the 5 days after 30 March 2025", result.stderr)

    def test_small_groups_are_merged(self):
        rows = self.rows("--forecast", "60", today="2025-01-06")
        self.assertEqual([list(row.values()) for row in rows], [["2025-01-08", "other", "school-move", "VIOLATION", "1"],
                                                                ["2025-02-05", "other", "school-move", "SEVERE", "1"]])

    def test_exact_names_the_children(self):
        result = run("--forecast", "5", "--exact", "--format", "json", today="2025-03-30")
        rows = json.loads(result.stdout)
        self.assertEqual([row["child_id"] for row in rows], [f"a{i}" for i in range(7)])
        self.assertEqual(list(rows[0].items())[:6], [("day", "2025-04-02"), ("group", "a"), ("rule", "no-school"), ("level", "VIOLATION"),
                                                     ("children", 1), ("child_id", "a0")])
        self.assertEqual(rows[0]["due_on"], "2025-04-01")
        self.assertIn("not for publication", result.stderr)
        alerts = subprocess.run([PROGRAM, "evaluate", "--as-of", "2025-04-02", "--json", "-"], capture_output=True, text=True,
                                input="".join(json.dumps(one) + "\n" for one in world())).stdout.splitlines()
        self.assertEqual({row["alert_id"] for row in rows},
                         {alert["alert_id"] for alert in map(json.loads, alerts) if alert["violation_on"] == "2025-04-02"})

    def test_a_date_that_is_absent_is_null(self):
        rows = json.loads(run("--forecast", "5", "--exact", "--format", "json", today="2025-02-01").stdout)
        self.assertEqual([(row["rule"], row["level"], row["due_on"]) for row in rows], [("school-move", "SEVERE", None)])

    def test_by_region_and_of_one_population(self):
        rows = self.rows("--forecast", "5", "--by", "region", today="2025-03-30")
        self.assertEqual([(row["group"], row["children"]) for row in rows], [("NORTH", "7")])
        self.assertEqual(self.rows("--forecast", "5", "--unaccompanied", today="2025-03-30"), [])

    def test_days_to_come_begin_tomorrow(self):
        self.assertEqual([list(row.values()) for row in self.rows("--forecast", "1", today="2025-04-01")],
                         [["2025-04-02", "a", "no-school", "VIOLATION", "7"]])
        leaves = [event(f"a{i}", "placement", "2025-04-02", kind="DEPARTED") for i in range(3)]
        result = run("--forecast", "1", "--format", "csv", events=world()[:7] + leaves, today="2025-04-01")
        self.assertEqual(len(result.stdout.splitlines()), 1)
        self.assertIn("so few children", result.stderr)

    def test_one_population_of_two(self):
        events = [arrived(f"a{i}", A, unaccompanied=i < 5) for i in range(12)]
        for options, children in [(["--unaccompanied"], "5"), ([], "12")]:
            rows = self.rows("--forecast", "5", *options, events=events, today="2025-03-30")
            self.assertEqual([(row["group"], row["children"]) for row in rows], [("a", children)])

    def test_who_is_of_age_by_then_is_on_the_list_and_not_counted(self):
        # six turn eighteen on 1 February; the school they lost by a move on 8 January goes on being lost
        events = world()[:7]
        for child in (f"y{i}" for i in range(6)):
            events += [dict(arrived(child, B), birth_date="2007-02-01"), enrolled(child),
                       event(child, "move", "2025-01-08", to=place(A), reason="OTHER")]
        self.assertEqual(self.rows("--forecast", "20", events=events, today="2025-01-20"), [])
        rows = self.rows("--forecast", "20", "--exact", events=events, today="2025-01-20")
        self.assertEqual([(row["day"], row["rule"], row["level"], row["child_id"]) for row in rows],
                         [("2025-02-05", "school-move", "SEVERE", f"y{i}") for i in range(6)])

    def test_what_a_transfer_shows_only_when_it_ends_is_where_the_child_then_is(self):
        # one leaves a the day before its last within the norm, and arrives at c three days later, where six others are
        events = [arrived("k", A, day="2024-07-01"), event("k", "placement", "2024-12-31", kind="DEPARTED"), arrived("k", C, day="2025-01-03")]
        events += [arrived(f"c{i}", C, day="2024-12-20") for i in range(6)]
        rows = self.rows("--forecast", "10", events=events, today="2024-12-31")
        self.assertEqual([(row["day"], row["group"]) for row in rows if row["rule"] == "emergency-stay"], [("2025-01-03", "c")])

    def test_few_children_are_withheld(self):
        result = run("--forecast", "5", "--format", "json", events=Withheld.FEW, today="2025-03-30")
        self.assertEqual(result.stdout, "[]\n")
        self.assertIn("so few children", result.stderr)

    def test_for_people(self):
        result = run("--forecast", "5", "--lang", "nl", today="2025-03-30")
        self.assertIn("2025-04-02  a     niet op tijd naar school  overtreding                      7\n", result.stdout)
        self.assertIn("Een groep is alle kinderen die", result.stdout)
        self.assertNotIn("Een groep is", run("--forecast", "5", "--lang", "nl", "--exact", today="2025-03-30").stdout)
        self.assertTrue(run("--forecast", "1", today="2025-03-30").stdout.endswith("No norm will be broken in these days.\n"))


if __name__ == "__main__":
    unittest.main()
