#!/usr/bin/env python3
"""Protects that pages of `report --format html` are correct HTML and CSS: the validator finds nothing in any of them.

    html_validator_test.py PLACEMENT_ALERTS FOLDER_OF_JARS
"""
import json
import pathlib
import subprocess
import sys
import tempfile
import unittest

sys.dont_write_bytecode = True
from html_page import Reporter, children, lines_of

REPORTER = Reporter(sys.argv.pop(1))
JARS = pathlib.Path(sys.argv.pop(1))


def findings(*pages):
    command = ["java", "-Xss4m", "-cp", f"{JARS}/*", "nu.validator.client.SimpleCommandLineValidator", "--format", "json", *map(str, pages)]
    result = subprocess.run(command, capture_output=True, text=True)
    return json.loads(result.stderr)["messages"]


class Valid(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)

    def write(self, name, text):
        path = self.folder / name
        path.write_text(text)
        return path

    def test_no_finding_on_any_page(self):
        text, few = REPORTER.demo(self.folder / "events"), lines_of(children(3, "2025-01-01", "somewhere"))
        norms = self.write("<b>&'\" norms.yaml", "rules:\n  school_months: 2+holidays\n")
        period = ("2025-04-01", "2025-12-31")
        pages = {
            "english.html": (text, *period, "--lang", "en"),
            "dutch.html": (text, *period, "--lang", "nl"),
            "exact.html": (text, *period, "--lang", "nl", "--exact"),
            "compared.html": (text, *period, "--lang", "en", "--compare", str(norms)),
            "unaccompanied.html": (text, *period, "--lang", "nl", "--unaccompanied"),
            "day.html": (text, "2025-12-10", "2025-12-10", "--lang", "en"),
            "withheld.html": (few, *period, "--lang", "nl"),
            "empty.html": (few, "2024-01-01", "2024-12-31", "--lang", "en"),
        }
        paths = [self.write(name, REPORTER.report(*question, as_of="2026-08-01")) for name, question in pages.items()]
        self.assertEqual(findings(*paths), [])

    def test_the_validator_finds_what_is_wrong(self):
        page = self.write("wrong.html", "<!DOCTYPE html><html lang=en><title>x</title><body><p><table><th scope=up>x</table></p></body></html>")
        self.assertGreater(len(findings(page)), 1)


if __name__ == "__main__":
    unittest.main()
