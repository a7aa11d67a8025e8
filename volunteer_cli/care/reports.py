"""The reports on visits, on what was given, and on what was shown that is confidential."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from volunteer_cli.areas import looks
from volunteer_cli.core.i18n import N_, NC_
from volunteer_cli.core.worded import Worded
from volunteer_cli.output.view import Kind
from volunteer_cli.reporting.declaration import Chart, Report, Row, Scope, figure, group
from volunteer_cli.reporting.ordering import in_order

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from volunteer_cli.care.queries.due import Due

COUNTS = ("on_list", "met", "at_the_door", "overdue", "alarms", "tries")


def visit_rows(session: Session, scope: Scope) -> Sequence[Row]:
    """How many households were to be visited and were met, by what was asked for."""
    keys = VISITS.row_keys(scope)
    blank: Row = dict.fromkeys(COUNTS, 0)
    rows: dict[tuple[Any, ...], Row] = {} if keys else {(): dict(blank)}
    for due, seen in _seen(session, scope):
        counts = _counts(due, seen)
        for named in _named(due, seen, keys):
            row = rows.setdefault(tuple(named.values()), named | blank)
            row |= {name: row[name] + counts[name] for name in COUNTS}
    return in_order(_with_visitors(session, [_rated(row) for row in rows.values()]), keys, "on_list")


def _seen(session: Session, scope: Scope) -> Iterator[tuple[Due, Sequence[Any]]]:
    """The households on the list at the end of the period, each with the tries of the period."""
    from volunteer_cli.care.queries.due import dues
    from volunteer_cli.care.queries.listing import met_by_campaigns, seen_between

    first = scope.period.first if scope.period else date.min
    listed = dues(session, scope.as_of, community_id=scope.community_id)
    ids = [due.id for due in listed]
    seen = seen_between(session, ids, first, scope.as_of), met_by_campaigns(session, ids, first, scope.as_of)
    for due in listed:
        yield due, [each for by_home in seen for each in by_home.get(due.id, ())]


# 月探访率 (the monthly visiting rate): the ten ministries ask for 100 % by the end of 2025.
def _rated(row: Row) -> Row:
    return row | {"rate": row["met"] / row["on_list"] if row["on_list"] else None}


def _with_visitors(session: Session, rows: list[Row]) -> list[Row]:
    from volunteer_cli.people.queries import person_names

    names = person_names(session, (row.get("visitor_id") for row in rows))
    return [row | {"visitor": names.get(row["visitor_id"])} if "visitor_id" in row else row for row in rows]


# Only who was met counts as seen: a knock without an answer is a try, and no visit of the figures.
def _counts(due: Due, seen: Sequence[Any]) -> Row:
    met = [each for each in seen if each.outcome == "met" and each.method in due.rhythm.methods]
    return {
        "on_list": 1,
        "met": int(bool(met)),
        "at_the_door": int(any(each.method == "door" for each in met)),
        "overdue": int(due.overdue_days > 0),
        "alarms": int(due.alarm),
        "tries": sum(each.outcome == "no_answer" for each in seen),
    }


def _named(due: Due, seen: Sequence[Any], keys: Sequence[str]) -> Iterator[Row]:
    """The rows in which a household is counted: one for its grid, one for each of its tags or visitors."""
    # Rows by tag or visitor overlap, as a family may have two tags; the total counts each household once.
    visitors = {key for each in seen for key in each.visitor_ids if key is not None}
    values: Mapping[str, Sequence[Any]] = {
        "grid": [due.household.grid],
        "tag": [tag for tag in due.tags if tag in due.rhythm.cadence] or [None],
        "visitor_id": sorted(visitors) or [None],
    }
    rows: list[Row] = [{}]
    for key in keys:
        rows = [row | {key: value} for row in rows for value in values[key]]
    yield from rows


VISITS = Report(
    name="visits",
    place=50,
    title=NC_("report", "Visits"),
    help=N_("Count households to be visited, and those that were met."),
    question=N_("Who was to be visited, who was met, and who waits too long?"),
    rows=visit_rows,
    chart=Chart("on_list"),
    private=COUNTS,
    groups=(
        group(
            "tag", N_("Tag"), N_("A tag with a rhythm; a household stands in the row of each."), whole=False
        ),
        group("grid", N_("Grid"), N_("The grid of the household.")),
        group(
            "visitor",
            N_("Visitor"),
            N_("Who went in the period; a household stands in the row of each."),
            reference=True,
            whole=False,
        ),
    ),
    figures=(
        figure(
            "on_list",
            N_("On the visiting list"),
            Kind.COUNT,
            N_("Households with a rhythm on the last day of the period, or today."),
        ),
        figure(
            "met",
            NC_("households", "Met"),
            Kind.COUNT,
            N_("Of these, those met in the period by a method that counts."),
        ),
        figure(
            "rate",
            N_("Visiting rate"),
            Kind.PERCENT,
            N_("Met over those on the list."),
            ratio=("met", "on_list"),
        ),
        figure(
            "at_the_door",
            NC_("visits", "Met at the door"),
            Kind.COUNT,
            N_("Of those met, the ones met at the door."),
        ),
        figure("overdue", NC_("visits", "Overdue"), Kind.COUNT, N_("Households late on that day.")),
        figure("alarms", N_("Alarms"), Kind.COUNT, N_("Households with an alarm on that day.")),
        figure("tries", NC_("visits", "Tries"), Kind.COUNT, N_("Tries of the period that nobody answered.")),
    ),
)


def supply_rows(session: Session, scope: Scope) -> Sequence[Row]:
    """What was given to households in the period, by item, unit and drive."""
    from volunteer_cli.care.queries.listing import given_between

    first, last = (scope.period.first, scope.as_of) if scope.period else (date.min, scope.as_of)
    rows = [row._asdict() for row in given_between(session, first, last, scope.community_id)]
    return in_order(rows, ("item", "unit", "drive"), "quantity")


SUPPLIES = Report(
    name="supplies",
    place=51,
    title=N_("Goods given to households"),
    help=N_("Count what was given on visits."),
    question=N_("What was given on visits, from which drive, and to how many households?"),
    rows=supply_rows,
    keys=("item", "unit", "drive"),
    # Sacks and bottles are never added up, and one household may get both.
    total=False,
    chart=Chart("quantity", ("item", "drive"), unit="unit"),
    # One visit is one household: a number of visits tells of the number that is withheld beside it.
    private=("visits", "households"),
    figures=(
        figure(
            "item", N_("Item"), Kind.TEXT, N_("What was given; each unit has a row of its own."), total=False
        ),
        figure("unit", N_("Counted in"), Kind.TEXT, N_("What the item is counted in."), total=False),
        figure(
            "drive",
            N_("Drive"),
            Kind.TEXT,
            N_("Whose stock it came from."),
            total=False,
            blank=N_("one's own"),
        ),
        figure(
            "quantity", N_("Quantity"), Kind.COUNT, N_("Pieces given, by the day of the visit."), total=False
        ),
        figure("visits", N_("Visits"), Kind.COUNT, N_("Visits on which it was given."), total=False),
        figure(
            "households", N_("Households"), Kind.COUNT, N_("Households that got it, each once."), total=False
        ),
    ),
)


def reveal_rows(session: Session, scope: Scope) -> Sequence[Row]:
    """Who had confidential things shown in the period, and why."""
    from volunteer_cli.care.queries.revealed import reveals

    first, last = (scope.period.first, scope.period.last) if scope.period else (None, None)
    return [look._replace(what=_titled(look.what))._asdict() for look in reveals(session, first, last)]


def _titled(what: str) -> str:
    """The name under which a look is kept, read as the title of what was looked at; a command has none."""
    view = looks().get(what)
    return Worded(what, view.load().heading) if view else what


REVEALS = Report(
    name="reveals",
    place=52,
    title=N_("What was revealed"),
    help=N_("List who had masked and confidential things shown, and why."),
    question=N_("Who looked at what is masked or confidential, when and why?"),
    rows=reveal_rows,
    keys=("operation",),
    comparable=False,
    kept=False,
    total=False,
    figures=(
        figure("operation", N_("Operation"), Kind.ID, N_("The operation in the history."), total=False),
        figure("at", N_("Time"), Kind.DATETIME, N_("When it was shown."), total=False),
        figure("actor", N_("Who"), Kind.TEXT, N_("Who asked for it."), total=False, personal=True),
        figure("what", N_("What"), Kind.TEXT, N_("Which list or record was shown."), total=False),
        figure("command", N_("Command"), Kind.CODE, N_("The command that showed it."), total=False),
        figure("reason", N_("Reason"), Kind.TEXT, N_("Why, as it was said."), total=False, personal=True),
    ),
)


def coverage_rows(session: Session, scope: Scope) -> Sequence[Row]:
    """How many households were met or reached at least once in the period, each once, by whatever means."""
    from volunteer_cli.care.queries.coverage import coverage

    first = scope.period.first if scope.period else date.min
    return [coverage(session, first, scope.as_of, scope.community_id)]


COVERAGE = Report(
    name="coverage",
    place=57,
    title=N_("Coverage"),
    help=N_("Count households that were met or reached by any means, each once."),
    question=N_("How many of the households that stand were reached at least once?"),
    rows=coverage_rows,
    single=True,
    private=("households", "standing", "reached", "by_visit", "by_call", "by_door"),
    figures=(
        figure(
            "households", N_("Households"), Kind.COUNT, N_("Households in use on the last day of the period.")
        ),
        figure("standing", N_("Lived in"), Kind.COUNT, N_("Of these, those that are not vacant.")),
        figure(
            "reached",
            N_("Reached"),
            Kind.COUNT,
            N_("Of these, those met on a visit or reached by a campaign."),
        ),
        figure("by_visit", N_("By a visit"), Kind.COUNT, N_("Those met on a visit.")),
        figure("by_call", N_("By a call"), Kind.COUNT, N_("Those that a campaign reached by a call.")),
        figure(
            "by_door",
            NC_("coverage", "At the door"),
            Kind.COUNT,
            N_("Those that a campaign reached at the door."),
        ),
        figure(
            "rate", N_("Coverage"), Kind.PERCENT, N_("Reached over lived in."), ratio=("reached", "standing")
        ),
    ),
)
REPORTS = (VISITS, SUPPLIES, REVEALS, COVERAGE)
