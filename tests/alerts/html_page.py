"""A page of `report --format html` taken apart with the standard library's parser, and the populations that pages are made of."""
import datetime
import html.parser
import json
import subprocess
import uuid

VOID = {"meta", "link", "br", "img", "input", "hr"}


class Element:
    def __init__(self, tag, attributes, parent):
        self.tag, self.attributes, self.parent, self.content = tag, dict(attributes), parent, []

    def __getitem__(self, name):
        return self.attributes.get(name)

    def all(self, *tags):
        """Elements of these tags below this one, in their order; of any tag where none is named."""
        for each in self.content:
            if isinstance(each, Element):
                if not tags or each.tag in tags:
                    yield each
                yield from each.all(*tags)

    def first(self, *tags):
        return next(self.all(*tags), None)

    @property
    def text(self):
        return " ".join("".join(each if isinstance(each, str) else each.text for each in self.content).split())

    def inside(self, tag):
        return self.parent is not None and (self.parent.tag == tag or self.parent.inside(tag))


class Page(html.parser.HTMLParser):
    def __init__(self, text):
        super().__init__(convert_charrefs=True)
        self.root = self.at = Element("", {}, None)
        self.unclosed = []
        self.feed(text)
        self.close()
        if self.at is not self.root:
            self.unclosed.append(self.at.tag)

    def handle_starttag(self, tag, attributes):
        element = Element(tag, attributes, self.at)
        self.at.content.append(element)
        if tag not in VOID:
            self.at = element

    def handle_endtag(self, tag):
        if self.at.tag != tag:
            self.unclosed.append(self.at.tag)
        while self.at is not self.root and self.at.tag != tag:
            self.at = self.at.parent
        if self.at is not self.root:
            self.at = self.at.parent

    def handle_data(self, data):
        self.at.content.append(data)

    def all(self, *tags):
        return list(self.root.all(*tags))

    def by_id(self, identifier):
        return next((each for each in self.root.all() if each["id"] == identifier), None)

    @property
    def language(self):
        return self.root.first("html")["lang"]

    def section(self, identifier):
        return next((each for each in self.all("section") if each["aria-labelledby"] == identifier), None)

    def tables(self, identifier):
        section = self.section(identifier)
        return [] if section is None else [Table(each, self.language) for each in section.all("table")]

    def charts(self):
        data = self.by_id("chart-data")
        return {} if data is None else {chart["id"]: chart for chart in json.loads("".join(data.content))}


class Table:
    """Its rows by name: {column: number}; a column is (group, title), group "" where the head has one row."""

    def __init__(self, table, language):
        self.caption, self.language = table.first("caption").text, language
        head, body = table.first("thead"), table.first("tbody")
        rows = list(head.all("tr"))
        self.columns = self.columns_of(rows)
        self.rows, self.withheld = {}, []
        for row in body.all("tr"):
            cells, name = list(row.all("td")), row.first("th").text
            if len(cells) == len(self.columns):
                self.rows[name] = {column: self.number(cell.text) for column, cell in zip(self.columns, cells)}
            else:
                self.withheld.append(name)

    @staticmethod
    def columns_of(rows):
        if len(rows) == 1:
            return [("", cell.text) for cell in list(rows[0].all("th"))[1:]]
        titles = [cell.text for cell in rows[1].all("th")]
        groups = [cell.text for cell in list(rows[0].all("th"))[1:] for _ in range(int(cell["colspan"]))]
        return list(zip(groups, titles, strict=True))

    def number(self, text):
        thousands, point = (".", ",") if self.language == "nl" else (",", ".")
        plain = text.replace(thousands, "").replace(point, ".").lstrip("+")
        try:
            return float(plain)
        except ValueError:
            return None if text == "–" else text


# --- populations ------------------------------------------------------------------------------------------------------


def arrival(child, day, location, kind="EMERGENCY", region="NORTH", unaccompanied=False, born="2014-05-01"):
    return {
        "type": "placement", "kind": "ARRIVED", "event_id": str(uuid.uuid5(uuid.NAMESPACE_OID, f"{child} {day} {location}")),
        "child_id": child, "occurred_on": str(day), "recorded_at": f"{day}T10:00:00Z", "birth_date": born,
        "unaccompanied": unaccompanied, "location": {"location_id": location, "kind": kind, "region": region},
    }


def children(count, day, location, name="child", **more):
    return [arrival(f"{name}-{location}-{number}", day, location, **more) for number in range(count)]


def lines_of(events):
    return "".join(json.dumps(event) + "\n" for event in events)


def day_after(day, days):
    return str(datetime.date.fromisoformat(day) + datetime.timedelta(days))


class Reporter:
    """Makes pages with the program under test."""

    def __init__(self, program):
        self.program = program

    def report(self, text, first, last, *options, form="html", as_of=None):
        arguments = [self.program, "report", "-", "--from", first, "--to", last, "--as-of", as_of or last, "--format", form, *options]
        result = subprocess.run(arguments, input=text, capture_output=True, text=True)
        if result.returncode != 0:
            raise AssertionError(f"{arguments}: {result.returncode}\n{result.stderr}")
        return result.stdout

    def page(self, *arguments, **more):
        return Page(self.report(*arguments, **more))

    def demo(self, path):
        """The demo's children: some fourteen thousand, at two hundred locations."""
        subprocess.run([self.program, "demo", "--write-events", path], check=True, capture_output=True)
        with open(path) as file:
            return file.read()
