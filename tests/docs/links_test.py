"""Protects the links of README and docs: each leads to a file that is there, and to a heading that it has."""

import pathlib
import re
import unittest

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]


def prose(page):
    return re.sub(r"^```.*?^```", "", page.read_text(), flags=re.M | re.S)


def anchors(page):
    """Of its headings, as GitHub makes them: lower case, without punctuation, hyphens for spaces."""
    headings = re.findall(r"^#+ (.*)", prose(page), flags=re.M)
    return {re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in headings}


class Links(unittest.TestCase):
    def test_each_leads_to_what_is_there(self):
        for page in PAGES:
            for path, anchor in re.findall(r"\]\((?!https?:)([^)#\s]*)#?([^)\s]*)\)", prose(page)):
                with self.subTest(page=page.name, link=f"{path}#{anchor}"):
                    target = (page.parent / path).resolve() if path else page
                    self.assertTrue(target.exists(), "no such file")
                    self.assertTrue(not anchor or anchor in anchors(target), "no such heading")

    def test_each_page_is_linked_from_the_readme(self):
        for page in PAGES[1:]:
            self.assertIn(f"(docs/{page.name})", PAGES[0].read_text())


if __name__ == "__main__":
    unittest.main()
