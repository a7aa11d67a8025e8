"""What may happen to a team and to the memberships of people in it.

Memberships are half-open: they hold from the day `since` to before the day `until`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from types import SimpleNamespace
from typing import Any, Protocol

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from volunteer_cli.communities.models import Community
from volunteer_cli.core.database import chunks
from volunteer_cli.core.errors import Conflict, RuleError
from volunteer_cli.core.fields import values_of
from volunteer_cli.core.history import Row, insert_rows
from volunteer_cli.core.i18n import N_, _
from volunteer_cli.core.lookup import label
from volunteer_cli.core.rules import checked_code
from volunteer_cli.core.text import kept, name_key, required
from volunteer_cli.people.models import Person
from volunteer_cli.people.queries import person_names
from volunteer_cli.teams import queries
from volunteer_cli.teams.fields import FIELDS
from volunteer_cli.teams.models import Membership, Team
from volunteer_cli.teams.terms import Role, TeamKind

Key = tuple[int, int]


class AlreadyMember(RuleError):
    """{person} belongs to the team already, as {role} since {since}"""

    code = "already_member"
    hint = N_("Give another role: volunteer team role {team_id} {person_id} --role ROLE")


class NotMember(RuleError):
    """{person} does not belong to {team} on {day}"""

    code = "not_member"
    hint = N_("See who does: volunteer team members {team_id}")


class LeftBeforeJoining(RuleError):
    """Nobody leaves on {until} who joined on {since}"""

    code = "before_joining"


class LedLater(RuleError):
    """{person} leads the team from {since}; a team has one leader at a time"""

    code = "one_leader"
    hint = N_("Take a day after that with --on.")


class TeamArchived(RuleError):
    """{team} is archived"""

    code = "archived"
    hint = N_("Bring it back first: volunteer team restore {team_id}")


class PersonArchived(RuleError):
    """{person} is archived and takes no new part in a team"""

    code = "archived"
    hint = N_("Bring the record back with: volunteer person restore {person_id}")


class Span(Protocol):
    """A membership as far as its time and role go."""

    role: Any
    since: Any
    until: Any


# --- teams ------------------------------------------------------------


def read_team(details: Mapping[str, Any], *, today: date) -> Row:
    """The values by field that typed texts stand for; a text that is None is left out, an empty one clears.

    Raises:
        BadText, MissingValue, BadChoice, BadDate.
    """
    return values_of(FIELDS, details, today=today, region="")


def add_team(
    session: Session,
    community: Community,
    *,
    name: str,
    kind: str | None = None,
    code: str | None = None,
    focus: str | None = None,
    leader: Person | None = None,
    today: date,
    **values: Any,
) -> Team:
    """A new team, of service unless `kind` says otherwise; its leader is a member from the founding date, or today.

    `values` are those of other columns, which need no check.

    Raises:
        BadCode, BadText, MissingValue: a text is not allowed.
        Conflict: the code is another team's, or the name another's in this community.
    """
    kind = kind or TeamKind.SERVICE
    team = Team(community_id=community.id, name=required(name, _("Name")), kind=kind, **values)
    texts = _checked({"code": code, "focus": focus})
    team.code, team.focus = texts.get("code"), texts.get("focus") or None
    _require_own(session, team)
    session.add(team)
    session.flush()
    if leader:
        join(session, team, leader, role=Role.LEADER, on=team.founded_on or today)
    return team


def edit_team(session: Session, team: Team, **changes: Any) -> Team:
    """Give a team other values; None and an empty text clear one.

    Raises:
        BadCode, BadText, MissingValue, Conflict: as `add_team`.
    """
    changes |= _checked(changes)
    # Asked for with the new values in place; what is refused must not have been written before.
    with session.no_autoflush:
        for name, value in changes.items():
            setattr(team, name, value or None)
        _require_own(session, team)
    session.flush()
    return team


def _checked(changes: Mapping[str, Any]) -> Row:
    """Those of the texts that are changed which have rules of their own, in the form in which they are stored."""
    checked: Row = {}
    if "name" in changes:
        checked["name"] = required(changes["name"], _("Name"))
    if changes.get("code"):
        checked["code"] = checked_code(changes["code"])
    if changes.get("focus"):
        checked["focus"] = kept(changes["focus"])
    return checked


def _last_span(session: Session, team: Team, person: Person) -> Membership | None:
    # Who left on the day of joining was never a member.
    every = queries.memberships(session, team.id, person.id)
    return next((span for span in reversed(every) if span.since != span.until), None)


def _require_own(session: Session, team: Team) -> None:
    # Two communities may each have a 老年合唱团; a code is typed without its community.
    same_name = (Team.name_key == name_key(team.name)) & (Team.community_id == team.community_id)
    _require_no_other(session, team, same_name, _("name"), team.name)
    if team.code:
        _require_no_other(session, team, Team.code == team.code, _("code"), team.code)


def _require_no_other(
    session: Session, team: Team, same: ColumnElement[bool], field: str, value: str
) -> None:
    other = session.scalar(select(Team).where(Team.id != (team.id or 0), same))
    if other:
        raise Conflict(field=field, value=value, owner=label(queries.TEAM, other))


# --- one membership ------------------------------------------------------------


def join(
    session: Session,
    team: Team,
    person: Person,
    *,
    role: Role = Role.MEMBER,
    on: date,
    until: date | None = None,
) -> bool:
    """Take a person into a team and answer whether that is new; who belongs to it already stays.

    A new leader makes the former one a member from that day.

    Raises:
        AlreadyMember: in another role.
        LedLater, LeftBeforeJoining, TeamArchived, PersonArchived: as their sentences say.
    """
    span = _fitted_one(session, team, person, role=role, since=on, until=until)
    if span is None:
        return False
    # After what is there already: the same membership again is no change, also of a team that was put away.
    require_in_use(team)
    # Who was a member and has left may be entered later, though the person is archived by now.
    if until is None or role is Role.LEADER:
        _require_person(person)
    # Before the new one is there: no team has two leaders on one day.
    if role is Role.LEADER:
        _step_down(session, team, on, besides=person.id)
    keys = {"team_id": team.id, "person_id": person.id}
    session.add(Membership(**keys, role=role.value, since=on, until=span[1]))
    session.flush()
    return True


def _fitted_one(
    session: Session, team: Team, person: Person, *, role: str | None, since: date, until: date | None
) -> tuple[date, date | None] | None:
    key = team.id, person.id
    spans = queries.memberships(session, *key)
    try:
        return fitted(spans, role=role, since=since, until=until, of=key, person=person.name)
    except AlreadyMember:
        # Whoever is archived is no member: neither does another role make them one.
        _require_person(person)
        raise


def require_in_use(team: Team, on: date = date.max) -> None:
    """Refuse a team that is archived by a day.

    Raises:
        TeamArchived: it is.
    """
    if team.archived_on is not None and team.archived_on <= on:
        raise TeamArchived(team=team.name, team_id=team.id)


def _require_person(person: Person) -> None:
    if person.archived_on is not None:
        raise PersonArchived(person=person.name, person_id=person.id)


def fitted(
    spans: Iterable[Span], *, role: str | None, since: date, until: date | None, of: Key, person: str
) -> tuple[date, date | None] | None:
    """The time of a new membership among those there are, or None when it is there already.

    One without an end stops where the next begins; without a role it is there in whichever role.

    Raises:
        AlreadyMember, LeftBeforeJoining: it overlaps another, or ends before it begins.
    """
    if until is not None and until < since:
        raise LeftBeforeJoining(since=since, until=until)
    spans = sorted(spans, key=_in_time)
    if not spans:
        return since, until
    current = next((span for span in spans if _holds(span, since)), None)
    if _is_there(spans, current, role, since, until):
        return None
    # Who is entered late for an earlier time belongs until they joined again.
    following = _following(spans, since)
    reaches = following is not None and until is not None and until > following.since
    other = current or (following if reaches else None)
    if other:
        raise _is_member(other, of, person)
    return since, until or (following.since if following else None)


def _is_member(span: Span, of: Key, person: str) -> AlreadyMember:
    names = {"person": person, "team_id": of[0], "person_id": of[1]}
    return AlreadyMember(**names, role=_(span.role), since=span.since)


def _is_there(
    spans: Iterable[Span], current: Span | None, role: str | None, since: date, until: date | None
) -> bool:
    # Somebody who left on the day of joining overlaps nothing, and is there all the same.
    alike = [span for span in spans if (span.since, span.until) == (since, until)]
    if any(role in (None, span.role) for span in alike):
        return True
    return current is not None and role in (None, current.role) and until in (None, current.until)


def _in_time(span: Span) -> tuple[date, date]:
    # A membership without an end is the last of those that began on its day.
    return span.since, span.until or date.max


def _holds(span: Span, day: date) -> bool:
    return bool(span.since <= day and (span.until is None or day < span.until))


def _following(spans: Iterable[Span], day: date) -> Span | None:
    """The first membership of some length that begins after a day; `spans` are in order."""
    return next((span for span in spans if span.since > day and span.since != span.until), None)


def change_role(session: Session, team: Team, person: Person, role: Role, *, on: date) -> None:
    """Give a member another role from a day on; a new leader makes the former one a member.

    Raises:
        NotMember: the person is none on that day.
        LedLater, PersonArchived: somebody leads the team later, or nobody can be led by them.
    """
    current = queries.membership(session, team.id, person.id, on)
    if current is None:
        raise NotMember(person=person.name, team=team.name, team_id=team.id, day=on)
    if current.role == role:
        return
    if role is Role.LEADER:
        _require_person(person)
        _step_down(session, team, on, besides=person.id)
    _turn(session, current, role, on)


def give_leader(session: Session, team: Team, person: Person, *, on: date) -> None:
    """Make a person the leader of a team from a day on, and a member where need be.

    Raises:
        LedLater, TeamArchived, PersonArchived: as their sentences say.
    """
    _require_person(person)
    if queries.is_member(session, team.id, person.id, on):
        change_role(session, team, person, Role.LEADER, on=on)
    else:
        join(session, team, person, role=Role.LEADER, on=on)


def take_leader(session: Session, team: Team, *, on: date) -> None:
    """Make whoever leads a team a member of it from a day on.

    Raises:
        LedLater: somebody leads the team later.
    """
    _step_down(session, team, on, besides=0)


def _turn(session: Session, current: Membership, role: Role, on: date) -> None:
    """Give a membership another role from a day on; the time before it stays as it was."""
    if current.since == on:
        current.role = role.value
    else:
        rest = Membership(
            team_id=current.team_id,
            person_id=current.person_id,
            role=role.value,
            since=on,
            until=current.until,
        )
        current.until = on
        session.add(rest)
    session.flush()


def _step_down(session: Session, team: Team, on: date, *, besides: int) -> None:
    for former in queries.leaderships(session, team.id):
        if former.person_id == besides or former.since == former.until:
            continue
        if former.since > on:
            names = person_names(session, [former.person_id])
            raise LedLater(person=names[former.person_id], since=former.since)
        if former.until is None or former.until > on:
            _turn(session, former, Role.MEMBER, on)


def leave(session: Session, team: Team, person: Person, *, on: date) -> bool:
    """End a person's membership on a day and answer whether that is new; who has left already stays away.

    Raises:
        NotMember: the person never was one.
        LeftBeforeJoining: the person joined after that day.
    """
    last = _last_span(session, team, person)
    if last is None:
        raise NotMember(person=person.name, team=team.name, team_id=team.id, day=on)
    if last.since > on:
        raise LeftBeforeJoining(since=last.since, until=on)
    if last.until is not None and last.until <= on:
        return False
    last.until = on
    session.flush()
    return True


def end_membership(session: Session, membership: Membership, *, on: date) -> None:
    """Let a membership end on a day, whether or not it had an end.

    Raises:
        LeftBeforeJoining, AlreadyMember: that is before it begins, or within a later one.
    """
    spans = queries.memberships(session, membership.team_id, membership.person_id)
    others = [span for span in spans if span is not membership]
    name = person_names(session, [membership.person_id])[membership.person_id]
    key = membership.team_id, membership.person_id
    fitted(others, role=membership.role, since=membership.since, until=on, of=key, person=name)
    membership.until = on
    session.flush()


# --- many memberships ------------------------------------------------------------


def add_memberships(session: Session, rows: Sequence[Mapping[str, Any]]) -> list[bool | RuleError]:
    """Write memberships in bulk, each with team_id, person_id, role, since and until.

    A role of None is that of a member, and no change to somebody who belongs to the team already.
    Answers for each row whether it is new, or the error that keeps it out; the others are written.
    """
    plain = {place: row for place, row in enumerate(rows) if row["role"] != Role.LEADER}
    answers = _add_members(session, plain)
    answers |= {place: _add_leader(session, row) for place, row in enumerate(rows) if place not in plain}
    return [answers[place] for place in range(len(rows))]


def _pair(row: Mapping[str, Any]) -> tuple[int, int]:
    return row["team_id"], row["person_id"]


def _add_members(session: Session, rows: Mapping[int, Mapping[str, Any]]) -> dict[int, bool | RuleError]:
    pairs = Counter(map(_pair, rows.values()))
    spans = _spans_of(session, pairs)
    # Only who has been in the team may be refused by name.
    again = {person for (team, person), count in pairs.items() if count > 1 or (team, person) in spans}
    names = person_names(session, again)
    answers: dict[int, bool | RuleError] = {}
    new: list[Row] = []
    for place, row in rows.items():
        stored = spans.setdefault(_pair(row), [])
        try:
            membership = _fitted_row(row, stored, names.get(row["person_id"], ""))
        except RuleError as error:
            answers[place] = error
            continue
        answers[place] = membership is not None
        if membership:
            new.append(membership)
            # The next row of the sheet may be about the same two, and sees this one.
            stored.append(SimpleNamespace(**membership))
    # Together, for a sheet has tens of thousands of them.
    insert_rows(session, Membership, new)
    return answers


def _fitted_row(row: Mapping[str, Any], stored: Iterable[Span], person: str) -> Row | None:
    """The membership to write for a row, or None when it is there already."""
    role = str(row["role"]) if row["role"] else None
    span = fitted(stored, role=role, since=row["since"], until=row.get("until"), of=_pair(row), person=person)
    if span is None:
        return None
    return {**row, "role": role or Role.MEMBER.value, "since": span[0], "until": span[1]}


def _add_leader(session: Session, row: Mapping[str, Any]) -> bool | RuleError:
    """Write the membership of a leader, of whom a team has one at a time."""
    team, person = session.get_one(Team, row["team_id"]), session.get_one(Person, row["person_id"])
    try:
        return join(session, team, person, role=Role.LEADER, on=row["since"], until=row.get("until"))
    except RuleError as error:
        return error


def _spans_of(session: Session, pairs: Collection[Key]) -> dict[Key, list[Any]]:
    """The memberships of people by team and person: theirs are few, where those of a team may be thousands."""
    spans: dict[Key, list[Any]] = {}
    columns = (
        Membership.team_id,
        Membership.person_id,
        Membership.role,
        Membership.since,
        Membership.until,
    )
    for keys in chunks({person for _team, person in pairs}):
        for span in session.execute(select(*columns).where(Membership.person_id.in_(keys))):
            if (pair := (span[0], span[1])) in pairs:
                spans.setdefault(pair, []).append(span)
    return spans
