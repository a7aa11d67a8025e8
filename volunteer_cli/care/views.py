"""How visits, what is due, and routes are shown."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from volunteer_cli.care.queries import due, finding, listing
from volunteer_cli.care.terms import KINDS, LEVELS, METHODS, OUTCOMES, VISIT_STATUSES, Part, VisitKind
from volunteer_cli.communities.queries import community_names
from volunteer_cli.core.i18n import N_, NC_
from volunteer_cli.core.run import run
from volunteer_cli.households.models import Household
from volunteer_cli.output.view import Column, Kind, View
from volunteer_cli.people.queries import person_names
from volunteer_cli.people.terms import TAGS


def _ids(records: Sequence[Any]) -> list[int]:
    return [record.id for record in records]


def _homes(session: Any, visits: Sequence[Any]) -> Mapping[int, Any]:
    """The household of each visit."""
    from sqlalchemy import select

    ids = {visit.household_id for visit in visits}
    query = select(Household).where(Household.id.in_(ids))
    homes = {home.id: home for home in session.scalars(query)}
    return {visit.id: homes[visit.household_id] for visit in visits}


def _of_home(name: str) -> Any:
    return lambda session, visits: {key: getattr(home, name) for key, home in _homes(session, visits).items()}


def _communities(session: Any, visits: Sequence[Any]) -> Mapping[int, Any]:
    names = community_names(session)
    return {key: names[home.community_id] for key, home in _homes(session, visits).items()}


def _people(part: Part) -> Any:
    return lambda session, visits: listing.names_on(session, _ids(visits), part)


def _supplies(session: Any, visits: Sequence[Any]) -> Mapping[int, Any]:
    return listing.supplies_on(session, _ids(visits))


def _statuses(session: Any, visits: Sequence[Any]) -> Mapping[int, Any]:
    return listing.statuses(session, visits, run().clock.today)


def _requests(session: Any, visits: Sequence[Any]) -> Mapping[int, Any]:
    from volunteer_cli.areas import things

    thing = things().get("request")
    names = (
        thing.names.load()(session, {visit.request_id for visit in visits}) if thing and thing.names else {}
    )
    return {visit.id: names.get(visit.request_id) for visit in visits if visit.request_id}


# 人民调解法 (People's Mediation Law), art. 15: that there is a case is nobody's business.
def _public_kind(visit: Any) -> str:
    return VisitKind.OTHER if visit.kind == VisitKind.MEDIATION else visit.kind


SUPPLIES = View(
    "supplies",
    N_("Goods given"),
    (
        Column("item", N_("Item")),
        Column("quantity", N_("Quantity"), Kind.COUNT),
        Column("unit", N_("Counted in")),
        Column("drive", N_("Drive")),
    ),
    identity="item",
)
VISITS = View(
    "visits",
    N_("Visits"),
    (
        Column("id", N_("Id"), Kind.ID),
        Column("household", N_("Household"), Kind.CODE, load=_of_home("number")),
        Column("household_id", N_("Household id"), Kind.ID, table=False),
        Column("grid", N_("Grid"), load=_of_home("grid")),
        Column("building", N_("Building"), load=_of_home("building")),
        Column("at", NC_("visit", "At"), Kind.DATETIME),
        Column("method", N_("Method"), Kind.CHOICE, choices=METHODS),
        Column("kind", N_("Kind"), Kind.CHOICE, choices=KINDS, masked=_public_kind, table=False),
        Column("outcome", NC_("visit", "Outcome"), Kind.CHOICE, choices=OUTCOMES),
        Column("visitors", N_("Visitors"), Kind.LIST, load=_people(Part.VISITOR), default=()),
        Column("met", NC_("people", "Met"), Kind.LIST, load=_people(Part.MET), default=(), table=False),
        Column("request", N_("Request"), Kind.CODE, load=_requests, table=False),
        Column("request_id", N_("Request id"), Kind.ID, table=False),
        Column(
            "supplies", N_("Goods given"), Kind.ROWS, load=_supplies, default=(), view=SUPPLIES, table=False
        ),
        Column("status", N_("Status"), Kind.CHOICE, load=_statuses, choices=VISIT_STATUSES),
        Column("planned_on", N_("Planned on"), Kind.DATE),
        Column(
            "overridden",
            N_("Let pass because"),
            masked=lambda visit: "*" if visit.overridden else None,
            table=False,
        ),
        Column("note", N_("Note"), hidden=True, table=False),
        Column("community", N_("Community"), load=_communities, table=False),
    ),
)


# --- what is due ------------------------------------------------------------


def _owners(session: Any, rows: Sequence[due.Due]) -> Mapping[int, Any]:
    names = person_names(session, (row.owner_id for row in rows))
    return {row.id: names.get(row.owner_id) for row in rows if row.owner_id}


def _plans(session: Any, rows: Sequence[due.Due]) -> Mapping[int, Any]:
    return finding.open_plans(session, _ids(rows), rows[0].rhythm.day) if rows else {}


def _planned_on(session: Any, rows: Sequence[due.Due]) -> Mapping[int, Any]:
    return {key: plan.planned_on for key, plan in _plans(session, rows).items()}


def _planned_for(session: Any, rows: Sequence[due.Due]) -> Mapping[int, Any]:
    plans = _plans(session, rows)
    names = listing.names_on(session, [plan.id for plan in plans.values()], Part.VISITOR)
    return {key: names.get(plan.id, []) for key, plan in plans.items()}


def _contacts(session: Any, rows: Sequence[due.Due]) -> Mapping[int, Any]:
    return due.emergency_contacts(session, _ids(rows), rows[0].rhythm.day) if rows else {}


def _home(name: str) -> Any:
    return lambda row: getattr(row.household, name)


def _star(name: str) -> Any:
    return lambda row: "*" if getattr(row.household, name) else None


DOOR = (
    Column("household", N_("Household"), Kind.CODE, value=_home("number")),
    Column("household_id", N_("Household id"), Kind.ID, value=lambda row: row.id, table=False),
    Column("grid", N_("Grid"), value=_home("grid")),
    Column("building", N_("Building"), value=_home("building")),
    Column("unit", N_("Unit"), Kind.ADDRESS, value=_home("unit"), masked=_star("unit")),
    Column("room", N_("Room"), Kind.ADDRESS, value=_home("room"), masked=_star("room")),
)
DUE = View(
    "due",
    N_("Visits due"),
    (
        *DOOR,
        Column("tags", N_("Tags"), Kind.LIST, choices=TAGS),
        Column("interval", N_("Every (days)"), Kind.NUMBER, table=False),
        Column("last_met_on", N_("Last met on"), Kind.DATE),
        Column("last_door_on", N_("Last met at the door on"), Kind.DATE, table=False),
        Column("door_needed", N_("At the door"), Kind.FLAG),
        Column("due_on", N_("Due"), Kind.DATE),
        Column("overdue_days", N_("Days late"), Kind.NUMBER),
        Column("level", N_("Level"), Kind.CHOICE, choices=LEVELS),
        Column("owner", NC_("visit", "Owner"), load=_owners),
        Column("owner_id", NC_("visit", "Owner id"), Kind.ID, table=False),
        Column("tries", NC_("visits", "Tries"), Kind.NUMBER, table=False),
        Column("alarm", N_("Alarm"), Kind.FLAG),
        Column("emergency_contact", N_("Emergency contact"), load=_contacts, hidden=True, table=False),
        Column("planned_on", N_("Planned on"), Kind.DATE, load=_planned_on, table=False),
        Column("planned_for", N_("Planned for"), Kind.LIST, load=_planned_for, default=(), table=False),
        Column(
            "two_people",
            N_("Two people"),
            Kind.FLAG,
            value=lambda row: row.household.two_people is not None,
            table=False,
        ),
    ),
    identity="household_id",
)
