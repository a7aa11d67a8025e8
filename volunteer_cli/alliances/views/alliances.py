"""How alliances, their members and their activities are shown."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from volunteer_cli.actions.views import ids_of
from volunteer_cli.alliances.fields import CODE, FOUNDED_ON, LINES, MOTTO, NAME
from volunteer_cli.alliances.queries import alliances as queries
from volunteer_cli.alliances.terms import ACTIVITY_STATUSES, ALLIANCE_STATUSES, FORMS, UNIT_ROLES, UnitRole
from volunteer_cli.core.i18n import N_, NC_
from volunteer_cli.core.lookup import named_by
from volunteer_cli.core.run import run
from volunteer_cli.organizations.terms import ALLIANCE_FIELDS
from volunteer_cli.output.declared import columns
from volunteer_cli.output.view import Column, Kind, View


def _lines(session: Any, records: Sequence[Any]) -> Mapping[int, Any]:
    return queries.lines(session, ids_of(records))


def _members(session: Any, records: Sequence[Any]) -> Mapping[int, Any]:
    return queries.member_counts(session, ids_of(records), run().clock.today)


def _rosters(session: Any, records: Sequence[Any]) -> Mapping[int, Any]:
    return queries.rosters(session, ids_of(records), run().clock.today)


def _leads(session: Any, records: Sequence[Any]) -> Mapping[int, Any]:
    """The lead of each alliance: the first of its roster, if it is one."""
    firsts = {key: rows[0] for key, rows in _rosters(session, records).items()}
    return {key: row for key, row in firsts.items() if row.role == UnitRole.LEAD}


def _lead_names(session: Any, records: Sequence[Any]) -> Mapping[int, Any]:
    return {key: row.organization for key, row in _leads(session, records).items()}


def _lead_ids(session: Any, records: Sequence[Any]) -> Mapping[int, Any]:
    return {key: row.organization_id for key, row in _leads(session, records).items()}


def in_use(record: Any) -> str:
    """Whether a record is in use."""
    return "archived" if record.archived_on else "active"


UNITS = View(
    "units",
    N_("Units"),
    (
        Column("id", N_("Id"), Kind.ID, table=False),
        Column("organization", N_("Organization")),
        Column("organization_id", N_("Organization id"), Kind.ID),
        Column("role", N_("Role"), Kind.CHOICE, choices=UNIT_ROLES),
        Column("field", N_("Alliance field"), Kind.CHOICE, choices=ALLIANCE_FIELDS),
        Column("since", NC_("alliance", "Since"), Kind.DATE),
        Column("until", NC_("alliance", "Until"), Kind.DATE),
    ),
    identity="organization_id",
)
ALLIANCES = View(
    "alliances",
    N_("Alliances"),
    (
        Column("id", N_("Id"), Kind.ID),
        *columns((CODE, NAME, MOTTO)),
        *columns((LINES,), {"lines": _lines}),
        Column("lead", NC_("alliance", "Lead"), load=_lead_names),
        Column("lead_id", NC_("alliance", "Lead id"), Kind.ID, load=_lead_ids, table=False),
        *columns((FOUNDED_ON,)),
        Column("members", NC_("alliance", "Members"), Kind.COUNT, load=_members, default=0),
        Column("status", N_("Status"), Kind.CHOICE, value=in_use, choices=ALLIANCE_STATUSES, table=False),
        Column("roster", N_("Units"), Kind.ROWS, load=_rosters, default=(), view=UNITS, show_only=True),
    ),
)


def _line_of(session: Any, records: Sequence[Any]) -> Mapping[int, Any]:
    names = queries.line_names(session, (record.line_id for record in records))
    return {record.id: names.get(record.line_id) for record in records}


def _took_part(session: Any, records: Sequence[Any], *, enterprise: bool) -> Mapping[int, Any]:
    names: dict[int, list[str]] = {}
    for key, units in queries.units_of(session, ids_of(records)).items():
        names[key] = [unit.name for unit in units if unit.enterprise is enterprise]
    return names


def _units(session: Any, records: Sequence[Any]) -> Mapping[int, Any]:
    return _took_part(session, records, enterprise=False)


def _enterprises(session: Any, records: Sequence[Any]) -> Mapping[int, Any]:
    return _took_part(session, records, enterprise=True)


def _events(session: Any, records: Sequence[Any]) -> Mapping[int, Any]:
    from volunteer_cli.events.queries import event_titles

    titles = event_titles(session, (record.event_id for record in records))
    return {record.id: titles.get(record.event_id) for record in records}


def _activity_status(activity: Any) -> str:
    return "voided" if activity.voided_on else "held"


ACTIVITIES = View(
    "activities",
    N_("Activities"),
    (
        Column("id", N_("Id"), Kind.ID),
        Column("alliance", N_("Alliance"), load=named_by("alliance_id", queries.ALLIANCE), table=False),
        Column("alliance_id", N_("Alliance id"), Kind.ID, table=False),
        Column("title", NC_("alliance", "Title")),
        Column("form", N_("Form"), Kind.CHOICE, choices=FORMS),
        Column("line", N_("Line of work"), load=_line_of),
        Column("on", NC_("alliance", "Day"), Kind.DATE, value=lambda activity: activity.held_on),
        Column("units", N_("Units"), Kind.LIST, load=_units, default=()),
        Column("enterprises", N_("Enterprises"), Kind.LIST, load=_enterprises, default=()),
        Column("people", N_("People"), Kind.COUNT),
        Column("event", N_("Event"), load=_events, table=False),
        Column("event_id", N_("Event id"), Kind.ID, table=False),
        Column("status", N_("Status"), Kind.CHOICE, value=_activity_status, choices=ACTIVITY_STATUSES),
    ),
)
