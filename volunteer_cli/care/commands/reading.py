"""`volunteer visit due|route|list|show`."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Annotated

from typer import Option

from volunteer_cli.care.commands.typed import VisitNamed, app
from volunteer_cli.care.terms import Level, Method, Outcome, VisitStatus
from volunteer_cli.core.i18n import N_
from volunteer_cli.core.run import run
from volunteer_cli.output.options import options
from volunteer_cli.shell import (
    AsOf,
    DayText,
    PeriodText,
    choose,
    day_option,
    hand_out,
    period_option,
    read,
    show,
    show_list,
    verb,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sqlalchemy import ColumnElement
    from sqlalchemy.orm import Session

    from volunteer_cli.care.documents import Stop
    from volunteer_cli.care.queries.due import Due

Until = Annotated[DayText | None, day_option("--until", N_("Due by this day; default the coming Sunday"))]
Grid = Annotated[str | None, Option("--grid", metavar="GRID", help=N_("In this grid"))]
By = Annotated[
    str | None, Option("--by", metavar="PERSON", help=N_("Those that this person sees to, or plans to visit"))
]


@verb(app, "due", example="volunteer visit due --grid 07 --level office")
def due_(
    *,
    until: Until = None,
    as_of: AsOf = None,
    grid: Grid = None,
    tag: Annotated[
        list[str] | None, Option("--tag", metavar="TAG", help=N_("Somebody with this tag lives there"))
    ] = None,
    by: By = None,
    level: Annotated[
        str | None, Option("--level", metavar="LEVEL", help=N_("worker, head or office"))
    ] = None,
    alarm: Annotated[bool, Option("--alarm", help=N_("Only where tries went unanswered"))] = False,
) -> None:
    """List who must be visited this week, the most urgent first.

    With --as-of nothing that happened later counts.
    """
    from volunteer_cli.care.views import DUE
    from volunteer_cli.core.work import reading

    on_level = choose(Level, level, "--level")
    with reading() as session:
        day = read(as_of) or run().clock.today
        rows = _due(session, day, read(until), grid=grid, tags=tag, by=by)
        asked = [row for row in rows if on_level in (None, row.level) and (row.alarm or not alarm)]
        show_list(session, DUE, asked)


def _due(
    session: Session,
    day: date,
    until: date | None,
    *,
    grid: str | None = None,
    tags: list[str] | None = None,
    by: str | None = None,
) -> list[Due]:
    """What is due by a day, alarms too, and whom it concerns."""
    from volunteer_cli.care.queries.due import dues
    from volunteer_cli.communities.queries import chosen_community

    community = chosen_community(session)
    last = until or day + timedelta(days=6 - day.weekday())
    rows = dues(session, day, *_homes(day, grid, tags), community_id=community.id if community else None)
    rows = [row for row in rows if row.due_on <= last or row.alarm]
    return _of_person(session, rows, day, by) if by else rows


def _homes(day: date, grid: str | None, tags: list[str] | None) -> Iterator[ColumnElement[bool]]:
    from volunteer_cli.households.models import Household
    from volunteer_cli.households.queries import with_tag

    if grid is not None:
        yield Household.grid == grid
    for tag in _tags(tags) if tags else ():
        yield with_tag([tag], day)


def _tags(texts: list[str]) -> Iterable[str]:
    from volunteer_cli.people.labels import read_labels
    from volunteer_cli.people.terms import LabelKind

    return read_labels({LabelKind.TAG: texts}).get(LabelKind.TAG, ())


def _of_person(session: Session, rows: list[Due], day: date, by: str) -> list[Due]:
    from volunteer_cli.care.queries.finding import open_plans
    from volunteer_cli.care.queries.listing import people_on
    from volunteer_cli.care.terms import Part
    from volunteer_cli.people.queries import find_person

    # Whose turn it is by the grid, and what somebody else has taken on for that day.
    person_id = find_person(session, by, changing=False).id
    plans = open_plans(session, [row.id for row in rows], day)
    visitors = people_on(session, (plan.id for plan in plans.values()), Part.VISITOR)
    planned = {key for key, plan in plans.items() if person_id in visitors.get(plan.id, ())}
    return [row for row in rows if row.owner_id == person_id or row.id in planned]


@verb(
    app,
    "route",
    example="volunteer visit route --by 赵样一 -o route.html --reveal 走访\nvolunteer visit route --on tomorrow -o route.xlsx --reveal 走访",
)
def route(
    until: Until = None,
    on: Annotated[DayText | None, day_option("--on", N_("What is planned for this day"))] = None,
    by: By = None,
    grid: Grid = None,
) -> None:
    """Write a route to the .html or .xlsx file that -o names: door after door, with room to fill in.

    The .xlsx comes back with `import visits`. Units and rooms need --reveal.
    """
    from volunteer_cli.care.documents import stops
    from volunteer_cli.core.errors import BadChoice
    from volunteer_cli.core.work import reading

    if until is not None and on is not None:
        raise BadChoice(field="--on", value="--until", choices="--on | --until")
    with reading() as session:
        if (planned_on := read(on)) is not None:
            rows = stops(session, planned_on=planned_on, grid=grid, by=by)
        else:
            day = run().clock.today
            rows = stops(session, dues=_due(session, day, read(until), grid=grid, by=by), day=day)
        _show_route(session, rows)


def _show_route(session: Session, rows: list[Stop]) -> None:
    """Hand a route out as a page where a page was asked for, else as a list."""
    from volunteer_cli.care.documents import ROUTE
    from volunteer_cli.output.document import is_page

    if is_page(options().output):
        _hand_out(session, rows)
    else:
        show_list(session, ROUTE, rows)


def _hand_out(session: Session, rows: list[Stop]) -> None:
    from volunteer_cli.care.documents import ROUTE, route_page
    from volunteer_cli.core.work import record_reveal

    if reason := options().reveal:
        record_reveal(session, ROUTE.name, reason)
    hand_out(route_page(session, rows, run().clock.today, reveal=bool(options().reveal)))


@verb(app, "list", example="volunteer visit list --status missed")
def list_(
    *,
    household: Annotated[
        str | None, Option("--household", metavar="HOUSEHOLD", help=N_("Of this household"))
    ] = None,
    by: Annotated[str | None, Option("--by", metavar="PERSON", help=N_("Who goes or went"))] = None,
    status: Annotated[
        str | None,
        Option("--status", metavar="STATUS", help=N_("planned, done, missed, cancelled or voided")),
    ] = None,
    outcome: Annotated[
        str | None,
        Option("--outcome", metavar="OUTCOME", help=N_("met, no_answer, refused, away, moved or other")),
    ] = None,
    method: Annotated[
        str | None, Option("--method", metavar="METHOD", help=N_("door, phone, video or other"))
    ] = None,
    period: Annotated[PeriodText | None, period_option(N_("Made or planned in these days"))] = None,
    grid: Grid = None,
) -> None:
    """List visits and plans, in the order in which they were recorded."""
    from volunteer_cli.care.queries import finding
    from volunteer_cli.care.views import VISITS
    from volunteer_cli.communities.queries import chosen_community
    from volunteer_cli.core.work import reading

    chosen = {
        "outcome": choose(Outcome, outcome, "--outcome"),
        "method": choose(Method, method, "--method"),
    }
    state = choose(VisitStatus, status, "--status")
    with reading() as session:
        community = chosen_community(session)
        conditions = [*_asked(session, household, by, grid), *_fields(chosen), *_when(state, period)]
        rows = finding.visits(session, *conditions, community_id=community.id if community else None)
        show_list(session, VISITS, rows)


def _fields(chosen: dict[str, str | None]) -> Iterator[ColumnElement[bool]]:
    from volunteer_cli.care.models import Visit

    for name, value in chosen.items():
        if value is not None:
            yield getattr(Visit, name) == value


def _when(state: VisitStatus | None, period: PeriodText | None) -> Iterator[ColumnElement[bool]]:
    from volunteer_cli.care.queries import finding

    if state is not None:
        yield finding.has_status(run().clock.today, state)
    if days := read(period):
        yield finding.in_days(days.first, days.last)


def _asked(
    session: Session, household: str | None, by: str | None, grid: str | None
) -> Iterator[ColumnElement[bool]]:
    from volunteer_cli.care.models import Visit
    from volunteer_cli.care.queries.finding import with_person
    from volunteer_cli.households.models import Household
    from volunteer_cli.households.queries import find_household
    from volunteer_cli.people.queries import find_person

    if household:
        yield Visit.household_id == find_household(session, household, changing=False).id
    if by:
        yield with_person(find_person(session, by, changing=False).id)
    if grid:
        yield Household.grid == grid


@verb(app, "show", example="volunteer visit show 12 --reveal 家访")
def show_(visit: VisitNamed) -> None:
    """Show a visit or a plan; its note with --reveal alone."""
    from volunteer_cli.care.queries.finding import find_visit
    from volunteer_cli.care.views import VISITS
    from volunteer_cli.core.work import reading

    with reading() as session:
        show(session, VISITS, find_visit(session, visit, changing=False))
