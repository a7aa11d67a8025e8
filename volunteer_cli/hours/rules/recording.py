"""Recording service: by hand, from attendance, and many records at once."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any, TypeAlias

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from volunteer_cli.core.dates import is_working_day
from volunteer_cli.core.errors import MissingValue, RuleError
from volunteer_cli.core.history import insert_columns
from volunteer_cli.core.i18n import N_, _
from volunteer_cli.core.policies import policy_value
from volunteer_cli.core.text import kept
from volunteer_cli.events.terms import EventStatus
from volunteer_cli.hours.models import HoursRecord
from volunteer_cli.hours.rules.agreeing import ATTENDED
from volunteer_cli.hours.rules.closing import require_open
from volunteer_cli.hours.rules.once import Meeting, Service, Under
from volunteer_cli.hours.rules.recorded import recorded
from volunteer_cli.hours.rules.reviewing import require_in_use, require_present, review
from volunteer_cli.hours.rules.times import Times, elapsed, require_past
from volunteer_cli.hours.terms import (
    DAY,
    ENTRY_DEADLINE_DAYS,
    LIVE,
    Evidence,
    HoursStatus,
)
from volunteer_cli.people.queries import person_names
from volunteer_cli.teams.rules import require_in_use as require_team

if TYPE_CHECKING:
    from volunteer_cli.events.models import Event, Signup
    from volunteer_cli.people.models import Person
    from volunteer_cli.teams.models import Team

#: The columns of a new record.
COLUMNS = (
    "community_id",
    "person_id",
    "event_id",
    "team_id",
    "served_on",
    "start_minute",
    "end_minute",
    "minutes",
    "evidence",
    "status",
    "late",
    "work",
    "recorded_by",
    "confirmed_by",
    "corrects_id",
    "reason",
)
#: A new record by its columns, as `entry_of` makes it.
Entry: TypeAlias = dict[str, Any]


class HoursOverlap(RuleError):
    """{person} served at that time already: {other}"""

    code = "overlap"
    hint = N_("An hour is counted once. See what is recorded: volunteer hours list --person {person_id}")


class NoService(RuleError):
    """Attending {event} earns no hours"""

    code = "no_service"
    explanation = N_(
        "Service is what is given to others. Attending a class or a meeting is none; helping at one is, "
        "and is recorded under a service event or without an event. Nobody served at a cancelled event."
    )


class NothingServed(NoService):
    """{event} was cancelled, so nobody served at it"""

    hint = N_(
        "If it took place after all, undo that it was cancelled: volunteer history list, volunteer undo NUMBER"
    )


def record(
    session: Session,
    person: Person,
    times: Times,
    *,
    today: date,
    actor: str,
    event: Event | None = None,
    team: Team | None = None,
    work: str | None = None,
    evidence: Evidence = Evidence.REPORTED,
) -> HoursRecord:
    """The pending record of a person's service; the same record again is the one that is there.

    It belongs to the event's team and community unless a team is named, else to the team's or person's.

    Raises:
        MissingValue: a start without an end, which only attendance may have.
        Ahead, NoService, ArchivedThen, TeamArchived, PeriodClosed, HoursOverlap, BadText: it cannot be.
    """
    _require_served(times, event, today)
    work = (kept(work, _("Work")) or None) if work else None
    event_id, event_team = (event.id, event.team_id) if event else (None, None)
    team_id = team.id if team else event_team
    service = Service.of(times, work or (event.title if event else None), Under(event_id, team_id))
    if met := _met(session, person.id, service):
        return met
    require_in_use(person, times.on)
    if team is not None:
        # As of people: what a team did before it was put away may still be entered.
        require_team(team, times.on - timedelta(days=1))
    if event is not None:
        require_present(session, event, person)
    community_id = (event or team or person).community_id
    require_open(session, community_id, [times.on])
    entry = entry_of(
        times,
        person_id=person.id,
        community_id=community_id,
        event_id=event_id,
        team_id=team_id,
        work=work,
        evidence=evidence.value,
        status=HoursStatus.PENDING.value,
        late=times.on < late_before(session, today),
        recorded_by=actor,
    )
    written = add_records(session, [entry])
    review(session, [written])
    return session.get_one(HoursRecord, written[0])


def _require_served(times: Times, event: Event | None, today: date) -> None:
    if not times.minutes:
        raise MissingValue(field=_("End"))
    require_past(times, today)
    if event is not None:
        require_service(event)


def require_service(event: Event) -> None:
    """Refuse hours at an event that is no service.

    Raises:
        NoService: people only attend it, or it was cancelled.
    """
    if event.status == EventStatus.CANCELLED:
        raise NothingServed(event=event.title)
    if event.kind in ATTENDED:
        raise NoService(event=event.title)


def _met(session: Session, person_id: int, service: Service) -> HoursRecord | None:
    """The same record if there is one; one that overlaps, or is of another event or team, is refused."""
    met = recorded(session, [person_id], around=service.on)[person_id].meets(service)
    if met is None:
        return None
    other = session.get_one(HoursRecord, met.id)
    if met.same and met.other.under.fits(service.under):
        return other
    if not service.ended:
        return None
    raise overlap(session, person_id, other)


def overlap(session: Session, person_id: int, other: Any) -> HoursOverlap:
    """The refusal that names the record which stands in the way."""
    name = person_names(session, [person_id])[person_id]
    return HoursOverlap(person=name, person_id=person_id, other=described(other))


def described(other: Any) -> str:
    """A record as a message names it: its id, its time, what was done."""
    times = Times(other.served_on, other.start_minute, other.end_minute, other.minutes)
    return _("record {id}, {times}").format(id=other.id, times=times) + (
        f", {other.work}" if other.work else ""
    )


def entry_of(times: Times, **values: Any) -> Entry:
    """A new record of a time, with values of other columns."""
    return values | {
        "served_on": times.on,
        "start_minute": times.start,
        "end_minute": times.end,
        "minutes": times.minutes,
    }


def add_records(session: Session, entries: Sequence[Entry]) -> range:
    """Write a few checked records and answer their ids."""
    return add_columns(session, {name: [entry.get(name) for entry in entries] for name in COLUMNS})


def add_columns(session: Session, columns: Mapping[str, Sequence[Any]]) -> range:
    """Write checked records given column by column, one or a million, and answer their ids."""
    return insert_columns(session, HoursRecord, columns)


def late_before(session: Session, today: date) -> date:
    """The first day whose service may still be recorded in time today; service of earlier days is late."""
    days = policy_value(session, ENTRY_DEADLINE_DAYS)
    day, passed = today, 0
    while passed <= days:
        passed += is_working_day(day)
        day -= timedelta(days=1)
    return day + timedelta(days=1)


# --- from attendance ------------------------------------------------------------


def record_from_attendance(
    session: Session,
    event: Event,
    signups: Iterable[Signup],
    *,
    now: datetime,
    actor: str,
    again: bool = False,
) -> list[int]:
    """Write the hours of those who came, as signed; answers the ids of the new records.

    Without a check-out, or with more than a day between the two, the record needs review and has no
    minutes. Whoever has a record of the event that day, from its sign-in sheet perhaps, gets no second one;
    `again` looks at records that still take up time only, for attendance that was corrected.

    Raises:
        PeriodClosed, HoursOverlap: it cannot be.
    """
    came = [signup for signup in signups if signup.checked_in_at is not None]
    known = set() if again else _recorded(session, event)
    new = list(_not_recorded(session, event, came, known))
    late = event.ends_at.date() < late_before(session, now.date())
    entries = [_entry_from(event, signup, times, late=late, actor=actor) for signup, times in new]
    require_open(session, event.community_id, {times.on for _signup, times in new})
    written = add_records(session, entries)
    review(session, [written])
    return list(written)


def _not_recorded(
    session: Session, event: Event, came: Sequence[Signup], known: Container[tuple[int, date]]
) -> Iterator[tuple[Signup, Times]]:
    """Those of whom no record says the same, and when they were there; raises HoursOverlap."""
    under = Under(event.id, event.team_id)
    services = recorded(session, [signup.person_id for signup in came])
    for signup in came:
        times = attended(signup)
        met = services[signup.person_id].meets(Service.of(times, event.title, under))
        same = times.end is not None and _is_of(session, event, met)
        if not same and (signup.person_id, times.on) not in known:
            _require_free(session, met, signup.person_id, times)
            yield signup, times


def attended(signup: Signup) -> Times:
    """When somebody was at an event; without an end where nobody knows it."""
    came, left = signup.checked_in_at, signup.checked_out_at
    assert came is not None  # noqa: S101 - for the type checker
    start = came.hour * 60 + came.minute
    length = int((left - came) / timedelta(minutes=1)) if left else 0
    if not 0 < length <= DAY:
        return Times(came.date(), start, None, 0)
    end = start + length
    return Times(came.date(), start, end, elapsed(came.date(), start, end))


def _recorded(session: Session, event: Event) -> set[tuple[int, date]]:
    """Who has a record of the event on which day, those aside that hold and have no times to compare with."""
    query = select(HoursRecord.person_id, HoursRecord.served_on).where(
        HoursRecord.event_id == event.id,
        or_(HoursRecord.start_minute.is_not(None), HoursRecord.status.not_in(LIVE)),
    )
    return {(person_id, day) for person_id, day in session.execute(query)}


def _is_of(session: Session, event: Event, met: Meeting | None) -> bool:
    """Whether a record that was met is the same service at the event."""
    return met is not None and met.same and session.get_one(HoursRecord, met.id).event_id == event.id


def _require_free(session: Session, met: Meeting | None, person_id: int, times: Times) -> None:
    if met is not None and times.end is not None:
        raise overlap(session, person_id, session.get_one(HoursRecord, met.id))


def _entry_from(event: Event, signup: Signup, times: Times, *, late: bool, actor: str) -> Entry:
    return entry_of(
        times,
        person_id=signup.person_id,
        community_id=event.community_id,
        event_id=event.id,
        team_id=event.team_id,
        evidence=(Evidence.SCANNED if signup.scanned else Evidence.SIGNED).value,
        status=(HoursStatus.PENDING if times.minutes else HoursStatus.NEEDS_REVIEW).value,
        late=late,
        recorded_by=actor,
    )
