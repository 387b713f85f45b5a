"""What `placement-alerts report` must say, by the text of docs/figures.md alone: children counted day by day become rows of groups, and
small groups are merged.

A count is one child on one day: (child, day, place, unaccompanied, values), place being (location_id, kind, region). They come from the
slow count, or were worked out by hand.
"""
import collections
import csv
import datetime
import io
import json
import subprocess
from decimal import ROUND_HALF_UP, Decimal

STOCKS = ["children", "in_emergency", "emergency_days", "over_stay_norm", "without_school", "over_school_norm", "interrupted_by_move",
          "interrupted_otherwise", "moved_often"]
FLOWS = ["moves", "moves_in_term", "lost_on_arrival", "lost_by_moves", "lost_otherwise"]
FIGURES = STOCKS + FLOWS
GROUPINGS = ["all", "region", "location", "kind"]
SMALL = range(1, 5)

Count = collections.namedtuple("Count", "child day place unaccompanied values")
Table = collections.namedtuple("Table", "rows members withheld")  # rows: by group; members: by group, the children that are counted


def days_between(first, last):
    """All days from FIRST to LAST, both included."""
    day, end = datetime.date.fromisoformat(first), datetime.date.fromisoformat(last)
    while day <= end:
        yield day.isoformat()
        day += datetime.timedelta(days=1)


# --- what is expected --------------------------------------------------------------------------------------------------------------------


def group_of(place, grouping):
    location_id, kind, region = place
    return {"all": "all", "region": region, "location": location_id, "kind": kind}[grouping]


def merged(sizes):
    """The groups that are printed, of SIZES (group: the set of children counted in it); None: the table prints no figures."""
    printed = {group for group, children in sizes.items() if len(children) not in SMALL}
    together = set().union(*(sizes[group] for group in sizes.keys() - printed))
    while len(together) in SMALL:
        if not printed:
            return None
        joins = min(printed, key=lambda group: (len(sizes[group]), group.encode()))
        printed.remove(joins)
        together |= sizes[joins]
    return printed


def rounded(total, days):
    return (Decimal(total) / days).quantize(Decimal("0.001"), ROUND_HALF_UP)


def figures_of(counts, first, last):
    """The figures of COUNTS, all of one row: of a period where LAST is not FIRST's own day alone."""
    total = {figure: sum(count.values[figure] for count in counts) for figure in FIGURES}
    at_end = {figure: sum(count.values[figure] for count in counts if count.day == last) for figure in STOCKS}
    days = sum(1 for _ in days_between(first, last))
    means = {f"{figure}_mean": rounded(total[figure], days) for figure in STOCKS}
    return {**at_end, **{figure: total[figure] for figure in FLOWS}, **means}


def table(counts, grouping, first, last, exact):
    """One grouping of one population from FIRST to LAST; COUNTS are those of the population on these days."""
    groups = collections.defaultdict(list)
    for count in counts:
        groups[group_of(count.place, grouping)].append(count)
    sizes = {group: {count.child for count in counts} for group, counts in groups.items()}
    printed = set(sizes) if exact else merged(sizes)
    if printed is None:
        return Table({}, {}, True)
    rows = collections.defaultdict(list)
    for group, counts_of_group in groups.items():
        rows[group if group in printed else "other"] += counts_of_group
    members = {group: {count.child for count in of_row} for group, of_row in rows.items()}
    return Table({group: figures_of(of_row, first, last) for group, of_row in rows.items()}, members, False)


# --- what the program says ---------------------------------------------------------------------------------------------------------------


class Report:
    """One run of `report`, and its rows: by (day or None, group), in the program's order, numbers as Decimals."""

    def __init__(self, program, *arguments):
        run = subprocess.run([program, "report", *arguments], capture_output=True, text=True)
        self.code, self.stderr, self.rows = run.returncode, run.stderr, {}
        if self.code != 0:
            return
        as_json = arguments[arguments.index("--format") + 1] == "json"
        rows = json.loads(run.stdout, parse_float=Decimal) if as_json else list(csv.DictReader(io.StringIO(run.stdout)))
        for row in rows:
            key = (row.pop("day", None), row.pop("group"))
            assert key not in self.rows, f"two rows of {key}"
            self.period = (row.pop("from", None), row.pop("to", None))
            self.rows[key] = {name: Decimal(value) for name, value in row.items()}


def options_of(question, grouping, unaccompanied, each_day, exact, form):
    """QUESTION has from, to and as_of."""
    beyond = (datetime.date.fromisoformat(question["to"]) - datetime.date.fromisoformat(question["as_of"])).days
    return ["--from", question["from"], "--to", question["to"], "--as-of", question["as_of"], "--by", grouping, "--format", form,
            *(["--forecast", str(beyond)] if beyond > 0 else []), *(["--unaccompanied"] if unaccompanied else []),
            *(["--each-day"] if each_day else []), *(["--exact"] if exact else [])]


def tables_expected(counts, question, grouping, unaccompanied, each_day, exact):
    """By day, or of the whole period by None."""
    chosen = [count for count in counts if count.unaccompanied or not unaccompanied]
    if not each_day:
        return {None: table(chosen, grouping, question["from"], question["to"], exact)}
    by_day = {day: [] for day in days_between(question["from"], question["to"])}
    for count in chosen:
        by_day[count.day].append(count)
    return {day: table(of_day, grouping, day, day, exact) for day, of_day in by_day.items()}


def rows_expected(tables):
    """As Report has them: a row a day has no means, rows of zeros only are left out."""
    rows = {}
    for day, one in tables.items():
        for group, figures in one.rows.items():
            figures = {name: Decimal(value) for name, value in figures.items() if day is None or not name.endswith("_mean")}
            if any(figures.values()):
                rows[day, group] = figures
    return rows
