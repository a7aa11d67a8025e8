"""What may happen to an alliance, to the units in it, and to its activities.

Memberships are half-open: they hold from the day `since` to before the day `until`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from volunteer_cli.actions.rules import When, require_active
from volunteer_cli.alliances.models import (
    ActivityUnit,
    Alliance,
    AllianceActivity,
    AllianceLine,
    AllianceMembership,
)
from volunteer_cli.alliances.queries import alliances as queries
from volunteer_cli.alliances.terms import UNIT_ROLES, Form, UnitRole
from volunteer_cli.core.errors import BadChoice, Conflict, RuleError
from volunteer_cli.core.i18n import N_, _, listed, pgettext
from volunteer_cli.core.lookup import label
from volunteer_cli.core.rules import checked_code
from volunteer_cli.core.steps import require_step
from volunteer_cli.core.text import name_key, required
from volunteer_cli.events.models import Event
from volunteer_cli.organizations.models import Organization
from volunteer_cli.organizations.queries import organization_names
from volunteer_cli.organizations.terms import OrganizationKind


class AlreadyMember(RuleError):
    """{organization} belongs to the alliance already, as {role} since {since}"""

    code = "already_member"
    hint = N_("Give another role: volunteer alliance role {alliance_id} {organization_id} --role ROLE")


class HasLead(RuleError):
    """{organization} leads the alliance since {since}; it has one lead at a time"""

    code = "has_lead"
    hint = N_("Make that one a member first: volunteer alliance role {alliance} {id} --role member")


class NotUnit(RuleError):
    """{organization} does not belong to {alliance} on {day}"""

    code = "not_member"
    hint = N_("See who does: volunteer alliance members {code_typed}")


class LeftBeforeJoining(RuleError):
    """Nobody leaves on {until} who joined on {since}"""

    code = "before_joining"


class AllianceArchived(RuleError):
    """{alliance} is archived"""

    code = "archived"
    hint = N_("Bring it back first: volunteer alliance restore {code_typed}")


class NotEnterprise(RuleError):
    """{organization} is on file as {kind}, not as an enterprise"""

    code = "not_enterprise"
    hint = N_("If it is one, say so: volunteer organization edit {id} --kind enterprise")


def require_enterprise(organization: Organization) -> Organization:
    """The organization, if it is an enterprise in use; raises NotEnterprise, OrganizationArchived."""
    if organization.kind != OrganizationKind.ENTERPRISE:
        kind = _(organization.kind) if organization.kind else _("of no kind")
        raise NotEnterprise(organization=organization.name, id=organization.id, kind=kind)
    return require_active(organization)


def require_in_use(alliance: Alliance) -> None:
    """Refuse an alliance that is archived; raises AllianceArchived."""
    if alliance.archived_on is not None:
        raise AllianceArchived(alliance=alliance.name, code_typed=alliance.code)


def add_alliance(session: Session, row: Mapping[str, Any], *, lines: Sequence[str] = ()) -> Alliance:
    """A new alliance with its lines of work.

    Raises:
        BadCode, Conflict: the code is none, or code or name is another's.
    """
    alliance = Alliance(**{**row, "code": checked_code(row["code"])})
    _require_own(session, alliance)
    session.add(alliance)
    session.flush()
    add_lines(session, alliance, lines)
    return alliance


def edit_alliance(session: Session, alliance: Alliance, changes: Mapping[str, Any]) -> None:
    """Give an alliance other values; None clears one.

    Raises:
        BadCode, Conflict: as `add_alliance`.
    """
    # Not flushed before it is looked up, or the index would refuse in SQL's words what we say in ours.
    with session.no_autoflush:
        for name, value in changes.items():
            setattr(alliance, name, checked_code(value) if name == "code" else value)
        _require_own(session, alliance)
    session.flush()


def _require_own(session: Session, alliance: Alliance) -> None:
    for field, column in ((_("name"), Alliance.name_key), (_("code"), Alliance.code)):
        value = getattr(alliance, column.key)
        query = select(Alliance).where(column == value, Alliance.id != (alliance.id or 0))
        if other := session.scalar(query.limit(1)):
            raise Conflict(field=field, value=value, owner=label(queries.ALLIANCE, other))


def add_lines(session: Session, alliance: Alliance, names: Iterable[str]) -> None:
    """Give an alliance more lines of work; one that it has already stays."""
    present = {name_key(line.name) for line in queries.lines_of(session, alliance.id)}
    for name in dict.fromkeys(names):
        if name_key(name) not in present:
            session.add(AllianceLine(alliance_id=alliance.id, name=name))
    session.flush()


def find_line(session: Session, alliance: Alliance, text: str) -> AllianceLine:
    """The line of work of an alliance that a text names whole, or by its only beginning.

    Raises:
        BadChoice: there is none.
    """
    lines = queries.lines_of(session, alliance.id)
    alike = _lines_alike(lines, name_key(text))
    if len(alike) != 1:
        names = listed(line.name for line in lines) or "-"
        raise BadChoice(field=_("line of work"), value=text, choices=names)
    return alike[0]


def _lines_alike(lines: Sequence[AllianceLine], key: str) -> list[AllianceLine]:
    # A whole name wins over those that merely begin with it: 联办 and 联办助企活动 may stand side by side.
    exact = [line for line in lines if name_key(line.name) == key]
    return exact or [line for line in lines if name_key(line.name).startswith(key)]


# --- members ------------------------------------------------------------


def join(
    session: Session,
    alliance: Alliance,
    organization: Organization,
    *,
    role: UnitRole = UnitRole.MEMBER,
    on: date,
    until: date | None = None,
) -> bool:
    """Take an organization into an alliance and answer whether that is new.

    Raises:
        AlreadyMember: in another role, or from a later day on.
        HasLead, LeftBeforeJoining, AllianceArchived, OrganizationArchived: as their sentences say.
    """
    if until is not None and until <= on:
        raise LeftBeforeJoining(since=on, until=until)
    # Looked at before anything is refused: a sheet that is imported again must find what it brought.
    current = _membership_in(session, alliance, organization, on, until)
    if current is not None:
        _require_same(current, organization, role, on)
        return False
    _require_both_in_use(alliance, organization)
    if role is UnitRole.LEAD:
        _require_no_lead(session, alliance, on, until, besides=organization.id)
    _add_membership(session, alliance.id, organization.id, role=role.value, since=on, until=until)
    return True


def _require_both_in_use(alliance: Alliance, organization: Organization) -> None:
    """Raises AllianceArchived, OrganizationArchived."""
    require_in_use(alliance)
    require_active(organization)


def _membership_in(
    session: Session, alliance: Alliance, organization: Organization, since: date, until: date | None
) -> AllianceMembership | None:
    """The first membership of an organization that shares a day with a span."""
    spans = queries.memberships(session, alliance.id, organization.id)
    return next((span for span in spans if _share_days(span, since, until)), None)


def _require_same(current: AllianceMembership, organization: Organization, role: UnitRole, on: date) -> None:
    """Raises AlreadyMember where a membership is not the very one that is asked for."""
    if current.role != role or current.since > on:
        word = UNIT_ROLES[current.role]
        ids = {"alliance_id": current.alliance_id, "organization_id": organization.id}
        raise AlreadyMember(organization=organization.name, role=_(word), since=current.since, **ids)


def _share_days(span: AllianceMembership, since: date, until: date | None) -> bool:
    return since < (span.until or date.max) and span.since < (until or date.max)


def _add_membership(session: Session, alliance_id: int, organization_id: int, **values: Any) -> None:
    session.add(AllianceMembership(alliance_id=alliance_id, organization_id=organization_id, **values))
    session.flush()


def _require_no_lead(
    session: Session, alliance: Alliance, on: date, until: date | None, *, besides: int
) -> None:
    """Raises HasLead when another organization leads at some time of these days."""
    for lead in queries.leads_between(session, alliance.id, on, until):
        if lead.organization_id != besides:
            name = organization_names(session, [lead.organization_id])[lead.organization_id]
            code = alliance.code or alliance.id
            raise HasLead(organization=name, id=lead.organization_id, since=lead.since, alliance=code)


def change_role(
    session: Session, alliance: Alliance, organization: Organization, role: UnitRole, *, on: date
) -> None:
    """Give a unit another role from a day on; the time before it stays as it was.

    Raises:
        NotUnit: it does not belong to the alliance on that day.
        HasLead: another one leads then or later.
    """
    current = _membership_on(session, alliance, organization, on)
    if current.role == role:
        return
    until = current.until
    if role is UnitRole.LEAD:
        _require_no_lead(session, alliance, on, until, besides=organization.id)
    # A role of no days would stand in the way of every question about that day.
    if current.since == on:
        current.role = role.value
        session.flush()
        return
    # The former role ends and stays: who led at the time of a decision must remain known.
    current.until = on
    session.flush()
    _add_membership(session, alliance.id, organization.id, role=role.value, since=on, until=until)


def _membership_on(
    session: Session, alliance: Alliance, organization: Organization, on: date
) -> AllianceMembership:
    """The membership that holds on a day; raises NotUnit."""
    for span in queries.memberships(session, alliance.id, organization.id):
        if span.since <= on < (span.until or date.max):
            return span
    raise NotUnit(organization=organization.name, alliance=alliance.name, day=on, code_typed=alliance.code)


def leave(session: Session, alliance: Alliance, organization: Organization, *, on: date) -> bool:
    """End the membership of a unit on a day and answer whether that is new.

    Raises:
        NotUnit: it never was one.
        LeftBeforeJoining: it joined after that day.
    """
    spans = queries.memberships(session, alliance.id, organization.id)
    if not spans:
        raise NotUnit(
            organization=organization.name, alliance=alliance.name, day=on, code_typed=alliance.code
        )
    last = spans[-1]
    if last.since > on:
        raise LeftBeforeJoining(since=last.since, until=on)
    if last.until is not None and last.until <= on:
        return False
    last.until = on
    session.flush()
    return True


# --- activities ------------------------------------------------------------


def hold(
    session: Session,
    alliance: Alliance,
    when: When,
    *,
    title: str,
    form: Form,
    line: AllianceLine | None = None,
    units: Sequence[Organization] = (),
    enterprises: Sequence[Organization] = (),
    people: int | None = None,
    event: Event | None = None,
) -> AllianceActivity:
    """Record an activity of an alliance with who took part.

    Raises:
        StepAhead: it is yet to come.
        NotEnterprise: what is named as an enterprise is none.
        AllianceArchived, MissingValue: as their sentences say.
    """
    _require_holdable(alliance, when, enterprises)
    activity = AllianceActivity(
        alliance_id=alliance.id,
        title=required(title, pgettext("alliance", "Title")),
        form=form.value,
        line_id=line.id if line else None,
        held_on=when.day,
        people=people,
        event_id=event.id if event else None,
    )
    session.add(activity)
    # Its id is needed by the rows of those who took part.
    session.flush()
    _add_units(session, activity, units, enterprises)
    return activity


def _require_holdable(alliance: Alliance, when: When, enterprises: Sequence[Organization]) -> None:
    """Raises AllianceArchived, StepAhead, NotEnterprise, OrganizationArchived."""
    require_in_use(alliance)
    require_step(when.on, now=when.now, last=None, thing=alliance.name)
    for enterprise in enterprises:
        require_enterprise(enterprise)


def _add_units(
    session: Session,
    activity: AllianceActivity,
    units: Sequence[Organization],
    enterprises: Sequence[Organization],
) -> None:
    # Named as both, an organization took part once, as the enterprise that it is.
    roles = {unit.id: False for unit in units} | {enterprise.id: True for enterprise in enterprises}
    for key, enterprise in roles.items():
        session.add(ActivityUnit(activity_id=activity.id, organization_id=key, enterprise=enterprise))
    session.flush()


def void(session: Session, activity: AllianceActivity, reason: str, on: date) -> bool:
    """Let an activity count no more, with the reason, and answer whether that is new."""
    if activity.voided_on is not None:
        return False
    activity.voided_on, activity.void_reason = on, required(reason, _("Reason"))
    session.flush()
    return True
