#!/usr/bin/env python3
"""Protects the page of `report --format html`: that all can read it (headings, captions, scopes, labels; with the keyboard and without
script), that it is one file which asks for nothing, that its tables add up and its charts show what its tables say, and that it
gives away no small group.

    html_page_test.py PLACEMENT_ALERTS
"""
import functools
import pathlib
import sys
import tempfile
import unittest

sys.dont_write_bytecode = True
from html_page import Reporter, children, day_after, lines_of

REPORTER = Reporter(sys.argv.pop(1))
FROM, TO, AS_OF = "2025-04-01", "2025-12-31", "2026-08-01"
WORDS = {
    "en": {"other": "small groups together", "other kinds": "other kinds, and small groups", "total": "Total", "mean": "average days in emergency reception so far",
           "lost": "school days lost in all", "children": "children"},
    "nl": {"other": "kleine groepen samen", "other kinds": "overige soorten en kleine groepen", "total": "Totaal",
           "mean": "gemiddeld aantal dagen in noodopvang tot dan toe", "lost": "schooldagen verloren in totaal", "children": "kinderen"},
}
HOSTILE = "<img src=x onerror=alert(1)>&'\"<!--<script>.yaml"


class Pages:
    """Made once: they are large."""

    made = None

    @classmethod
    def make(cls):
        if cls.made is None:
            with tempfile.TemporaryDirectory() as folder:
                cls.made = cls.of(pathlib.Path(folder))
        return cls.made

    @staticmethod
    def of(folder):
        text = REPORTER.demo(folder / "events")
        norms = folder / HOSTILE
        norms.write_text("rules:\n  school_months: 2+holidays\n  stay_scope: location\n")
        return {
            "en": REPORTER.page(text, FROM, TO, "--lang", "en", as_of=AS_OF),
            "nl": REPORTER.page(text, FROM, TO, "--lang", "nl", as_of=AS_OF),
            "exact": REPORTER.page(text, FROM, TO, "--lang", "en", "--exact", as_of=AS_OF),
            "compared": REPORTER.page(text, FROM, TO, "--lang", "nl", "--compare", str(norms), as_of=AS_OF),
            "unaccompanied": REPORTER.page(text, FROM, TO, "--lang", "en", "--unaccompanied", as_of=AS_OF),
            "day": REPORTER.page(text, TO, TO, "--lang", "nl", as_of=AS_OF),
            "csv": REPORTER.report(text, FROM, TO, "--by", "all", form="csv", as_of=AS_OF),
        }


def pages():
    return {name: page for name, page in Pages.make().items() if name != "csv"}


def of_every_page(check):
    @functools.wraps(check)
    def test(self):
        for name, page in pages().items():
            with self.subTest(name):
                check(self, page, WORDS[page.language])

    return test


class Readable(unittest.TestCase):
    """What holds of every page."""

    @of_every_page
    def test_is_well_formed_and_says_its_language(self, page, words):
        self.assertEqual(page.unclosed, [])
        self.assertIn(page.language, WORDS)
        self.assertTrue(page.all("title")[0].text)

    @of_every_page
    def test_headings_descend_in_order(self, page, words):
        levels = [int(each.tag[1]) for each in page.all("h1", "h2", "h3", "h4")]
        self.assertEqual((levels[0], levels.count(1)), (1, 1))
        self.assertTrue(all(below <= above + 1 for above, below in zip(levels, levels[1:])), levels)

    @of_every_page
    def test_tables_are_named_and_their_heads_say_what_they_head(self, page, words):
        captions = [table.first("caption").text for table in page.all("table")]
        self.assertEqual(len(captions), len(set(captions)), "two tables of one name")
        for table in page.all("table"):
            box = table.parent
            self.assertEqual((box["role"], box["tabindex"]), ("region", "0"))
            self.assertEqual(box["aria-labelledby"], table.first("caption")["id"])
            self.assertTrue(all(head["scope"] in ("row", "col", "colgroup") for head in table.all("th")))
            self.assertTrue(all(row.first("th") for row in table.all("tr")))

    @of_every_page
    def test_ids_are_unique_and_links_lead_somewhere(self, page, words):
        ids = [each["id"] for each in page.all() if each["id"]]
        self.assertEqual(len(ids), len(set(ids)))
        for link in page.all("a"):
            self.assertTrue(link["href"].startswith("#") and link["href"][1:] in ids, link["href"])
        for section in page.all("section"):
            self.assertEqual(page.by_id(section["aria-labelledby"]).tag, "h2")

    @of_every_page
    def test_nothing_is_loaded_from_elsewhere(self, page, words):
        for each in page.all():
            self.assertIsNone(each["src"], each.tag)
            if each["href"]:
                self.assertTrue(each["href"].startswith(("#", "data:")), each["href"])
        policy = next(each["content"] for each in page.all("meta") if each["http-equiv"])
        self.assertTrue(policy.startswith("default-src 'none'"))
        self.assertNotIn("@import", page.all("style")[0].text)
        self.assertNotIn("url(", page.all("style")[0].text)

    @of_every_page
    def test_charts_have_a_label_and_are_not_there_without_script(self, page, words):
        self.assertEqual({canvas["id"] for canvas in page.all("canvas")}, set(page.charts()))
        for canvas in page.all("canvas"):
            self.assertEqual(canvas["role"], "img")
            self.assertGreater(len(canvas["aria-label"]), 30)
            self.assertIn("hidden", canvas.parent.parent.attributes)

    @of_every_page
    def test_the_chart_library_keeps_its_notice(self, page, words):
        scripts = [script.text for script in page.all("script")]
        self.assertEqual(len(scripts), 3)
        self.assertIn("Chart.js Contributors", scripts[1][:300])
        self.assertIn("MIT License", scripts[1][:300])

    def test_every_chart_is_there(self):
        for name in "en", "nl":
            self.assertEqual(set(pages()[name].charts()), {"chart-days", "chart-weeks", "chart-over-norms", "chart-lost"})

    def test_names_from_outside_are_text(self):
        page = pages()["compared"]
        self.assertEqual(page.all("img"), [])
        self.assertIn(HOSTILE, page.section("two-norms").first("p").text)


class AddsUp(unittest.TestCase):
    """Rows add up to their total, parts to their whole, and every number that stands in two places is the same."""

    def check_sum(self, table, words):
        rows = dict(table.rows)
        total = rows.pop(words["total"])
        self.assertTrue(rows)
        for column in table.columns:
            if column[1] != words["mean"]:
                self.assertEqual(sum(row[column] for row in rows.values()), total[column], (table.caption, column))

    @of_every_page
    def test_rows_make_their_total(self, page, words):
        for section in "regions", "kinds", "locations":
            self.assertTrue(page.tables(section))
            for table in page.tables(section):
                self.check_sum(table, words)

    @of_every_page
    def test_parts_make_the_country(self, page, words):
        stocks, flows = page.tables("country")
        regions = page.tables("regions")
        for section in "regions", "kinds":
            for table in page.tables(section):
                for group, title in table.columns:
                    whole = stocks if title in stocks.rows else flows
                    first = whole.columns[0]
                    self.assertEqual(table.rows[words["total"]][group, title], whole.rows[title][first], (section, title))
        for table in page.tables("locations"):
            region = table.caption.split(": ")[0]
            beside = next(each for each in regions if each.columns == table.columns)
            self.assertEqual(table.rows[words["total"]], beside.rows[region])

    @of_every_page
    def test_days_make_the_period(self, page, words):
        if page.section("days-and-weeks") is None:
            return
        days, weeks = page.tables("days-and-weeks")
        stocks, flows = page.tables("country")
        self.assertEqual(sum(row["", words["lost"]] for row in days.rows.values()),
                         flows.rows[words["lost"]][flows.columns[0]])
        last = list(days.rows.values())[-1]
        self.assertEqual(last["", words["children"]], stocks.rows[words["children"]][stocks.columns[0]])
        start = list(days.rows).index(next(iter(weeks.rows)))
        lost = [row["", words["lost"]] for row in days.rows.values()][start:]
        for number, row in enumerate(weeks.rows.values()):
            self.assertEqual(sum(lost[7 * number : 7 * number + 7]), row["", words["lost"]])

    @of_every_page
    def test_charts_show_what_tables_say(self, page, words):
        charts = page.charts()
        tables = dict(zip(("chart-days", "chart-weeks"), page.tables("days-and-weeks")))
        for name, table in tables.items():
            for series in charts[name]["series"]:
                self.assertEqual(series["values"], [row["", series["name"]] for row in table.rows.values()])
        rows = {}
        for table in page.tables("locations"):
            for name, row in table.rows.items():
                rows.setdefault(name, {}).update({title: number for (_, title), number in row.items()})
        for chart in (charts[name] for name in ("chart-over-norms", "chart-lost") if name in charts):
            for series in chart["series"]:
                self.assertEqual(series["values"], [rows[label][series["name"]] for label in chart["labels"]])
            size = sum if chart["stacked"] else max  # as long as the bars are that are seen
            sizes = [size(sizes) for sizes in zip(*(series["values"] for series in chart["series"]))]
            self.assertEqual(sizes, sorted(sizes, reverse=True))

    @of_every_page
    def test_key_numbers_are_those_of_the_country(self, page, words):
        stocks, flows = page.tables("country")
        numbers = [stocks.number(each.text) for each in page.section("key-numbers").all("strong")]
        self.assertEqual(numbers[0], stocks.rows[words["children"]][stocks.columns[0]])
        self.assertEqual(numbers[4], flows.rows[words["lost"]][flows.columns[0]])

    def test_the_page_says_what_the_other_forms_say(self):
        names, row = (line.split(",") for line in Pages.make()["csv"].splitlines()[:2])
        csv = dict(zip(names, row))
        stocks, flows = pages()["en"].tables("country")
        on_day, on_average = stocks.columns[:2]
        for name, title in ("children", "children"), ("in_emergency", "in emergency reception"), ("without_school", "without school"):
            self.assertEqual(float(csv[name]), stocks.rows[title][on_day])
            self.assertAlmostEqual(float(csv[name + "_mean"]), stocks.rows[title][on_average], delta=0.0501)
        self.assertEqual(float(csv["lost_by_moves"]), flows.rows["school days lost by moves"][flows.columns[0]])

    def test_differences_are_differences(self):
        page, seen = pages()["compared"], set()
        for table in page.tables("two-norms"):
            for row in table.rows.values():
                columns = list(row.values())
                for here, there, difference in zip(columns[0::3], columns[1::3], columns[2::3]):
                    self.assertAlmostEqual(there - here, difference, places=6)
                    seen.add(difference > 0)
        self.assertEqual(seen, {False, True})
        norms = [row.text for row in page.section("norms").all("tr")]
        self.assertEqual(sum("(verschilt)" in row for row in norms), 2)


class Discloses(unittest.TestCase):
    """Small groups, and pages that may show little or nothing."""

    def setUp(self):
        self.first, self.last = "2025-01-06", "2025-02-16"

    def page(self, events, *options):
        return REPORTER.page(lines_of(events), self.first, self.last, "--lang", "en", *options)

    def test_a_small_location_is_nowhere(self):
        events = children(40, "2024-06-01", "large") + children(9, "2024-06-01", "middling") + children(3, "2024-06-01", "tiny")
        text = REPORTER.report(lines_of(events), self.first, self.last)
        self.assertNotIn("tiny", text)
        table = self.page(events).tables("locations")[0]
        self.assertEqual(list(table.rows), ["large", "small groups together", "Total"])
        exact = self.page(events, "--exact")
        self.assertEqual(list(exact.tables("locations")[0].rows), ["large", "middling", "tiny", "Total"])

    def test_a_kind_with_a_merged_location_is_not_shown(self):
        tiny = children(3, "2024-06-01", "tiny-1") + children(3, "2024-06-01", "tiny-2")
        page = self.page(children(40, "2024-06-01", "large") + tiny + children(20, "2024-06-01", "azc", kind="CENTRE"))
        self.assertEqual(list(page.tables("locations")[0].rows), ["azc", "large", "small groups together", "Total"])
        self.assertEqual(list(page.tables("kinds")[0].rows), ["asylum seekers' centre", "other kinds, and small groups", "Total"])
        self.assertIn("“report --by kind” alone", page.section("kinds").text)

    def test_a_large_kind_among_the_others_is_not_called_small(self):
        page = pages()["nl"]
        kinds = page.tables("kinds")[0]
        other = WORDS["nl"]["other kinds"]
        self.assertIn(other, kinds.rows)
        self.assertNotIn("noodopvang", kinds.rows)  # one of its locations is small
        self.assertNotIn(WORDS["nl"]["other"], page.section("kinds").text)
        self.assertIn("‘report --by kind’", page.section("kinds").text)

    def test_kinds_are_in_the_order_of_their_words(self):
        for name, page in pages().items():
            rows = list(page.tables("kinds")[0].rows)[:-1]
            words = [row for row in rows if row != WORDS[page.language]["other kinds"]]
            with self.subTest(name):
                self.assertEqual(words, sorted(words))
                self.assertEqual(rows[: len(words)], words)

    def test_small_groups_together_are_no_bar(self):
        named = children(10, "2024-06-01", "first") + children(10, "2024-06-01", "second")
        tiny = [event for number in range(6) for event in children(4, "2024-06-01", f"tiny-{number}")]
        page = self.page(named + tiny)
        self.assertEqual(page.tables("locations")[0].rows["small groups together"]["On 16 February 2025", "children"], 24)
        for name in "chart-over-norms", "chart-lost":
            self.assertEqual(page.charts()[name]["labels"], ["first", "second"])

    def test_exact_is_marked(self):
        for name, page in pages().items():
            with self.subTest(name):
                marks = [each.text for each in page.all("p") if each["class"] == "warning"]
                self.assertEqual(bool(marks), name == "exact")
                self.assertEqual("not be published" in page.section("small-groups").text, name == "exact")

    def test_withheld(self):
        page = self.page(children(3, "2024-06-01", "somewhere"))
        self.check_without_figures(page)
        self.assertIn("one to four children", page.all("main")[0].first("p").text)

    def test_empty(self):
        page = self.page(children(30, "2026-01-01", "later"))
        self.check_without_figures(page)
        self.assertIn("no children", page.all("main")[0].first("p").text)

    def check_without_figures(self, page):
        self.assertEqual(page.all("script", "canvas"), [])
        self.assertEqual([section["aria-labelledby"] for section in page.all("section")], ["meanings", "norms", "small-groups"])
        self.assertEqual(len(page.all("table")), 1)

    def test_days_of_few_children_are_gaps(self):
        few, more = children(3, "2024-06-01", "north"), children(12, day_after(self.first, 14), "south", region="SOUTH")
        page = self.page(few + more)
        days, weeks = page.tables("days-and-weeks")
        self.assertEqual((len(days.withheld), len(days.rows)), (14, 28))
        self.assertEqual((len(weeks.withheld), len(weeks.rows)), (2, 4))
        for name, gap in ("chart-days", 14), ("chart-weeks", 2):
            for series in page.charts()[name]["series"]:
                self.assertEqual([value is None for value in series["values"]].count(True), gap)
                self.assertEqual(series["values"][:gap], [None] * gap)

    def test_few_unaccompanied_children_are_not_told_apart(self):
        events = children(30, "2024-06-01", "north") + children(2, "2024-06-01", "north", name="alone", unaccompanied=True)
        page = self.page(events)
        self.assertNotIn("Unaccompanied", page.section("country").text)
        self.assertNotIn("unaccompanied", page.section("key-numbers").text)
        self.assertIn("Unaccompanied", self.page(events, "--exact").section("country").text)

    def test_forecast_days_are_said_to_be_so(self):
        text = lines_of(children(30, "2024-06-01", "north"))
        early = REPORTER.page(text, self.first, self.last, "--lang", "en", "--forecast", "30", as_of="2025-02-01")
        self.assertIn("after 1 February 2025 are a forecast", early.all("header")[0].text)
        self.assertEqual(early.charts()["chart-days"]["forecast"]["from"], "2025-02-02")
        self.assertEqual(early.charts()["chart-weeks"]["forecast"]["from"], "2025-01-27")  # its Sunday is forecast
        key = early.section("key-numbers").text
        self.assertIn("will live in reception on 16 February 2025", key)
        self.assertNotRegex(key, r"\b(lived|were lost|had no)\b")
        self.assertEqual([each[0] for each in early.tables("country")[0].columns][:1], ["All children"])
        self.assertIn("On 16 February 2025 (forecast)", early.section("country").text)
        self.assertIn("In the whole period, forecast included", early.section("country").text)
        days, weeks = early.tables("days-and-weeks")
        self.assertEqual([row for row in days.rows if "forecast" in row][0], "2 February 2025 (forecast)")
        self.assertEqual([row for row in weeks.rows if "forecast" in row][0], "27 January 2025 (forecast)")
        self.assertNotIn("forecast", self.page(children(30, "2024-06-01", "north")).all("header")[0].text)

    def test_charts_say_of_whom_they_are(self):
        for name, page in pages().items():
            whom = {"en": ["All children", "Unaccompanied children"], "nl": ["Alle kinderen", "Alleenreizende kinderen"]}[page.language]
            captions = [each.text for each in page.all("figcaption")]
            self.assertTrue(captions)
            for caption in captions:
                with self.subTest(name, caption=caption):
                    self.assertTrue(caption.startswith(whom[name == "unaccompanied"] + "."))

    def test_the_main_figures_say_of_whom_they_are(self):
        for name, page in pages().items():
            first = page.section("key-numbers").first("li").text
            self.assertEqual("unaccompanied children lived" in first, name == "unaccompanied", first)

    def test_a_last_day_in_a_vacation_is_said(self):
        text = lines_of(children(30, "2024-06-01", "north"))
        for last, said in ("2025-02-17", "in: North."), ("2025-03-01", "in: Middle, South."), ("2025-03-10", None):
            key = REPORTER.page(text, self.first, last, "--lang", "en").section("key-numbers").text
            self.assertEqual("school vacation" in key, said is not None, last)
            self.assertIn(said or "", key)


if __name__ == "__main__":
    unittest.main()
