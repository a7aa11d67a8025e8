"""What is asked of alliances, of who belongs to them and of their activities."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, and_, case, func, or_, select
from sqlalchemy.orm import Session

from volunteer_cli.alliances.models import (
    ActivityUnit,
    Alliance,
    AllianceActivity,
    AllianceLine,
    AllianceMembership,
)
from volunteer_cli.alliances.terms import UnitRole
from volunteer_cli.core.database import chunks
from volunteer_cli.core.dates import Period
from volunteer_cli.core.errors import UsageFault
from volunteer_cli.core.i18n import N_, listed
from volunteer_cli.core.lookup import Reference, find, names_of
from volunteer_cli.organizations.models import Organization

ALLIANCE = Reference(N_("alliance"), Alliance, "volunteer alliance list")
ACTIVITY = Reference(
    N_("activity"), AllianceActivity, "volunteer alliance activities ALLIANCE", codes=(), name=None
)


class WhichAlliance(UsageFault):
    """Say which alliance it is for"""

    code = "alliance_needed"
    hint = N_("Add --alliance with one of: {codes}")


def find_alliance(session: Session, text: str, *, changing: bool = True) -> Alliance:
    """The alliance that `text` names.

    Raises:
        NotFound, Ambiguous: none, or several.
    """
    return find(session, ALLIANCE, text, changing=changing)


def alliance_names(session: Session, ids: Iterable[int | None]) -> dict[int, str]:
    """The names of alliances by id."""
    return names_of(session, ALLIANCE, ids)


def find_activity(session: Session, text: str, *, changing: bool = True) -> AllianceActivity:
    """The activity that `text` names by its id; raises NotFound."""
    return find(session, ACTIVITY, text.removeprefix("activity:"), changing=changing)


def alliances(session: Session, *, archived: bool = False) -> Sequence[Alliance]:
    """Alliances in use, or the archived ones, by id."""
    in_use = Alliance.archived_on.is_not(None) if archived else Alliance.archived_on.is_(None)
    return session.scalars(select(Alliance).where(in_use).order_by(Alliance.id)).all()


def only_alliance(session: Session) -> Alliance | None:
    """The one alliance in use, if there is one and no other."""
    # Nearly every office is in one: to ask it for a name each time would be noise.
    found = alliances(session)
    return found[0] if len(found) == 1 else None


def the_alliance(session: Session, text: str | None) -> Alliance:
    """The alliance that was named, else the only one.

    Raises:
        WhichAlliance: none was named, and there is not exactly one.
    """
    alliance = find_alliance(session, text) if text else only_alliance(session)
    if alliance is None:
        raise WhichAlliance(codes=listed(each.code for each in alliances(session)) or "-")
    return alliance


def lines(session: Session, ids: Iterable[int]) -> dict[int, list[str]]:
    """The lines of work of these alliances, in the order in which they were given."""
    names: dict[int, list[str]] = {}
    query = select(AllianceLine.alliance_id, AllianceLine.name).order_by(AllianceLine.id)
    for keys in chunks(ids):
        for alliance_id, name in session.execute(query.where(AllianceLine.alliance_id.in_(keys))):
            names.setdefault(alliance_id, []).append(name)
    return names


def lines_of(session: Session, alliance_id: int) -> Sequence[AllianceLine]:
    """The lines of work of an alliance."""
    own = select(AllianceLine).where(AllianceLine.alliance_id == alliance_id)
    return session.scalars(own.order_by(AllianceLine.id)).all()


# --- members ------------------------------------------------------------


def holds_on(day: date) -> ColumnElement[bool]:
    """Whether a membership holds on a day."""
    return and_(
        AllianceMembership.since <= day,
        or_(AllianceMembership.until.is_(None), AllianceMembership.until > day),
    )


def memberships(session: Session, alliance_id: int, organization_id: int) -> Sequence[AllianceMembership]:
    """All memberships of an organization in an alliance that are longer than nothing, earliest first."""
    own = and_(
        AllianceMembership.alliance_id == alliance_id,
        AllianceMembership.organization_id == organization_id,
        _has_length(),
    )
    order = (AllianceMembership.since, AllianceMembership.id)
    return session.scalars(select(AllianceMembership).where(own).order_by(*order)).all()


def _has_length() -> ColumnElement[bool]:
    # Who joined and left on one day belonged to it on none: days are half-open.
    return or_(AllianceMembership.until.is_(None), AllianceMembership.until > AllianceMembership.since)


def leads_between(
    session: Session, alliance_id: int, first: date, until: date | None
) -> Sequence[AllianceMembership]:
    """The memberships of those who lead an alliance at some time from `first` to before `until`."""
    own = [
        AllianceMembership.alliance_id == alliance_id,
        AllianceMembership.role == UnitRole.LEAD,
        or_(AllianceMembership.until.is_(None), AllianceMembership.until > first),
        _has_length(),
    ]
    if until is not None:
        own.append(AllianceMembership.since < until)
    return session.scalars(select(AllianceMembership).where(*own)).all()


def member_ids(session: Session, alliance_id: int, on: date) -> set[int]:
    """The ids of the organizations that belong to an alliance on a day."""
    query = select(AllianceMembership.organization_id)
    return set(session.scalars(query.where(AllianceMembership.alliance_id == alliance_id, holds_on(on))))


def member_counts(session: Session, ids: Iterable[int], on: date) -> dict[int, int]:
    """How many organizations belong to each alliance on a day."""
    query = select(AllianceMembership.alliance_id, func.count()).where(holds_on(on))
    counts: dict[int, int] = {}
    # In portions: databases take only so many values in one statement.
    for keys in chunks(ids):
        own = query.where(AllianceMembership.alliance_id.in_(keys))
        counts |= {row[0]: row[1] for row in session.execute(own.group_by(AllianceMembership.alliance_id))}
    return counts


_LEAD_FIRST = case({UnitRole.LEAD: 0}, value=AllianceMembership.role, else_=1)
_ROSTER = (
    AllianceMembership.id,
    AllianceMembership.alliance_id,
    AllianceMembership.organization_id,
    Organization.name.label("organization"),
    AllianceMembership.role,
    Organization.field,
    AllianceMembership.since,
    AllianceMembership.until,
)


def rosters(session: Session, ids: Iterable[int], on: date) -> dict[int, list[Any]]:
    """The members of these alliances on a day, the lead first."""
    query = select(*_ROSTER).join(Organization, Organization.id == AllianceMembership.organization_id)
    order = (_LEAD_FIRST, AllianceMembership.since, AllianceMembership.id)
    rows: dict[int, list[Any]] = {}
    for keys in chunks(ids):
        own = query.where(AllianceMembership.alliance_id.in_(keys), holds_on(on)).order_by(*order)
        for row in session.execute(own):
            rows.setdefault(row.alliance_id, []).append(row)
    return rows


def archived_members(session: Session) -> Sequence[Any]:
    """Archived organizations that still belong to an alliance in use: id, name, that of the alliance and its id."""
    query = (
        select(Organization.id, Organization.name, Alliance.name, Alliance.id)
        .join(AllianceMembership, AllianceMembership.organization_id == Organization.id)
        .join(Alliance, Alliance.id == AllianceMembership.alliance_id)
        .where(Organization.archived_on.is_not(None), Alliance.archived_on.is_(None))
        # Who had left by the day of its archiving no longer belongs to it.
        .where(
            or_(AllianceMembership.until.is_(None), AllianceMembership.until > Organization.archived_on),
            _has_length(),
        )
    )
    return session.execute(query.order_by(Organization.id)).all()


# --- activities ------------------------------------------------------------


def activities(
    session: Session, alliance_id: int, period: Period | None = None
) -> Sequence[AllianceActivity]:
    """The activities of an alliance in a period, voided ones too, earliest first."""
    own = [AllianceActivity.alliance_id == alliance_id]
    if period is not None:
        own.append(AllianceActivity.held_on.between(period.first, period.last))
    order = (AllianceActivity.held_on, AllianceActivity.id)
    return session.scalars(select(AllianceActivity).where(*own).order_by(*order)).all()


def units_of(session: Session, ids: Iterable[int]) -> dict[int, list[Any]]:
    """The organizations that took part in these activities: name, id and whether as an enterprise."""
    query = (
        select(
            ActivityUnit.activity_id, ActivityUnit.organization_id, Organization.name, ActivityUnit.enterprise
        )
        .join(Organization, Organization.id == ActivityUnit.organization_id)
        .order_by(ActivityUnit.id)
    )
    rows: dict[int, list[Any]] = {}
    for keys in chunks(ids):
        for row in session.execute(query.where(ActivityUnit.activity_id.in_(keys))):
            rows.setdefault(row.activity_id, []).append(row)
    return rows


def line_names(session: Session, ids: Iterable[int | None]) -> dict[int, str]:
    """The names of lines of work by id."""
    names: dict[int, str] = {}
    for keys in chunks({key for key in ids if key is not None}):
        query = select(AllianceLine.id, AllianceLine.name).where(AllianceLine.id.in_(keys))
        names |= {row.id: row.name for row in session.execute(query)}
    return names
