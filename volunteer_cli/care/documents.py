"""The route: door after door, by grid, building, unit and floor, with room to fill in what came of each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from volunteer_cli.care.views import DOOR
from volunteer_cli.core.i18n import N_, NC_, _, listed
from volunteer_cli.output.view import Column, Kind, View

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement
    from sqlalchemy.orm import Session

    from volunteer_cli.care.queries.due import Due
    from volunteer_cli.output.document import Document


@dataclass(frozen=True)
class Stop:
    """A door on a route, and who goes there; what came of it is blank until it is filled in."""

    household: Any
    visitors: Sequence[str] = ()
    due_on: date | None = None
    door_needed: bool = False
    head_id: int | None = None
    at: date | None = None
    method: str | None = None
    outcome: str | None = None
    supplies: str | None = None
    note: str | None = None

    @property
    def id(self) -> int:
        """The household's."""
        key: int = self.household.id
        return key


def _heads(session: Any, rows: Sequence[Stop]) -> Mapping[int, Any]:
    from volunteer_cli.people.queries import person_names

    names = person_names(session, (row.household.head_id for row in rows))
    return {row.id: names.get(row.household.head_id) for row in rows if row.household.head_id}


ROUTE = View(
    "route",
    N_("Route of visits"),
    (
        *(column for column in DOOR if column.name != "household_id"),
        Column("head", N_("Lives here"), load=_heads),
        Column("due_on", N_("Due"), Kind.DATE),
        Column("door_needed", N_("At the door"), Kind.FLAG, table=False),
        Column("at", N_("Visited on"), Kind.DATE),
        Column("visitors", N_("Visitors"), Kind.LIST),
        Column("method", N_("Method")),
        Column("outcome", NC_("visit", "Outcome")),
        Column("supplies", N_("Goods given")),
        Column("note", N_("How they are")),
    ),
    identity="household",
    to_fill=True,
)


def stops(
    session: Session,
    *,
    dues: Iterable[Due] = (),
    day: date | None = None,
    planned_on: date | None = None,
    grid: str | None = None,
    by: str | None = None,
) -> list[Stop]:
    """The doors of what is due on a day, or of what is planned for one, in the order in which one walks."""
    if planned_on is not None:
        rows = _planned(session, planned_on, grid=grid, by=by)
    else:
        rows = _of_dues(session, list(dues), day or date.min)
    return sorted(rows, key=_way)


def _way(stop: Stop) -> tuple[Any, ...]:
    """By grid, building and unit, then floor by floor."""
    home = stop.household
    parts = (home.grid, home.building, home.unit, home.room)
    return (*(_counted(part) for part in parts), home.ordinal)


def _counted(text: str | None) -> tuple[bool, int, str]:
    """A number as a number: building 10 stands after 9, room 1001 after 901."""
    digits = "".join(character for character in text or "" if character.isdecimal())
    return text is None, int(digits or 0), text or ""


def _of_dues(session: Session, dues: list[Due], day: date) -> list[Stop]:
    from volunteer_cli.care.queries.finding import open_plans
    from volunteer_cli.care.queries.listing import names_on
    from volunteer_cli.care.terms import Part

    plans = open_plans(session, [due.id for due in dues], day)
    planned = names_on(session, [plan.id for plan in plans.values()], Part.VISITOR)
    workers = _workers(session, dues)
    rows = []
    for due in dues:
        plan = plans.get(due.id)
        visitors = planned.get(plan.id, []) if plan else workers[due.id]
        rows.append(Stop(due.household, visitors, due.due_on, due.door_needed))
    return rows


def _workers(session: Session, dues: list[Due]) -> dict[int, list[str]]:
    """The workers of the grids: whoever must see to it by now, it is they who walk, unless others planned to."""
    from volunteer_cli.care.terms import Level
    from volunteer_cli.people.queries import person_names

    workers = {due.id: due.owner_ids.get(Level.WORKER) for due in dues}
    names = person_names(session, workers.values())
    return {key: [names[worker]] if worker in names else [] for key, worker in workers.items()}


def _planned(session: Session, day: date, *, grid: str | None, by: str | None) -> list[Stop]:
    from volunteer_cli.care.queries import finding, listing
    from volunteer_cli.care.terms import Part
    from volunteer_cli.communities.queries import chosen_community

    community = chosen_community(session)
    here = community.id if community else None
    plans = list(finding.visits(session, *_conditions(session, day, grid, by), community_id=here))
    homes = _homes(session, {plan.household_id for plan in plans})
    names = listing.names_on(session, [plan.id for plan in plans], Part.VISITOR)
    return [Stop(homes[plan.household_id], names.get(plan.id, []), due_on=day) for plan in plans]


def _conditions(
    session: Session, day: date, grid: str | None, by: str | None
) -> Iterator[ColumnElement[bool]]:
    """What is asked of the plans of a day, as conditions of a query."""
    from volunteer_cli.care.models import Visit
    from volunteer_cli.care.queries import finding
    from volunteer_cli.care.terms import VisitStatus
    from volunteer_cli.households.models import Household
    from volunteer_cli.people.queries import find_person

    yield Visit.planned_on == day
    yield finding.plan_status(day, VisitStatus.PLANNED)
    if grid:
        yield Household.grid == grid
    if by:
        yield finding.with_person(find_person(session, by, changing=False).id)


def _homes(session: Session, ids: Iterable[int]) -> dict[int, Any]:
    from sqlalchemy import select

    from volunteer_cli.households.models import Household

    return {home.id: home for home in session.scalars(select(Household).where(Household.id.in_(list(ids))))}


#: What stands above the columns of a route on paper; the last ones are for a pen.
HEADINGS = (
    N_("No."),
    N_("Household"),
    N_("Grid"),
    N_("Address"),
    N_("Lives here"),
    N_("Due"),
    N_("Visitors"),
    N_("Time"),
    NC_("visit", "Outcome"),
    N_("Goods given"),
    N_("How they are"),
)


def route_page(session: Session, rows: Sequence[Stop], day: date, *, reveal: bool) -> Document:
    """The route as a paper: a line a door, with room to write on."""
    from volunteer_cli.output.document import Document, Grid, Section

    heads = _heads(session, rows)
    lines = [_line(number, row, heads, reveal=reveal) for number, row in enumerate(rows, 1)]
    facts = ((_("Date"), day.isoformat()), (_("Households"), str(len(rows))))
    grid = Grid([_(title) for title in HEADINGS], lines)
    return Document(
        title=_("Route of visits"),
        sections=(Section(facts=facts, grid=grid),),
        # Two lines to sign: some households nobody visits alone.
        signatures=(_("Visitor"), _("Visitor")),
        issuer=_issuer(session, rows),
        day=day.isoformat(),
        notes=(
            _("Only who was met counts as seen. What you write here is confidential: hand the sheet in."),
        ),
        wide=True,
    )


def _issuer(session: Session, rows: Sequence[Stop]) -> str:
    from volunteer_cli.communities.queries import community_names

    names = community_names(session)
    return next((names[row.household.community_id] for row in rows), "")


def _line(number: int, stop: Stop, heads: Mapping[int, Any], *, reveal: bool) -> tuple[str, ...]:
    from volunteer_cli.households.queries import address_of

    home = stop.household
    door = {"building": home.building, "unit": home.unit, "room": home.room}
    address = address_of(door) if reveal else home.building
    due = stop.due_on.isoformat() if stop.due_on else ""
    names = listed(stop.visitors)
    return (
        str(number),
        home.number,
        home.grid or "",
        address,
        heads.get(stop.id) or "",
        due,
        names,
        "",
        "",
        "",
        "",
    )
