"""Who must be visited when: the one function behind list, worklist, report and household, as of any day."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Row, ScalarSelect, Select, func, or_, select
from sqlalchemy.orm import Session, aliased

from volunteer_cli.campaigns.counting import any_counts_as_visit
from volunteer_cli.care.models import AlarmClear, Visit
from volunteer_cli.care.queries.finding import STANDING, end_of, start_of
from volunteer_cli.care.terms import (
    ALARM_AFTER,
    ALARM_TAGS,
    METHOD_OF,
    VISIT_DOOR_DAYS,
    VISIT_ESCALATION,
    VISIT_METHODS,
    Level,
    Method,
    Outcome,
)
from volunteer_cli.core.database import built_once, chunks
from volunteer_cli.core.policies import policy_value
from volunteer_cli.households.models import GridPost, Household, Stay
from volunteer_cli.households.queries import on_list, tags_on
from volunteer_cli.households.queries.staying import stays_on
from volunteer_cli.households.terms import VISIT_CADENCE, StayKind
from volunteer_cli.people.models import PersonLabel
from volunteer_cli.people.terms import LabelKind


@dataclass(frozen=True)
class Rhythm:
    """The rules of a day: days between visits by tag, when the door is needed, who sees to what is late."""

    day: date
    cadence: dict[str, int]
    door_days: int
    methods: tuple[str, ...]
    escalation: tuple[int, int]
    alarm_after: int
    alarm_tags: tuple[str, ...]

    @classmethod
    def of(cls, session: Session, day: date) -> Rhythm:
        """The rules as the office has set them for a day."""
        return cls(
            day,
            policy_value(session, VISIT_CADENCE, day),
            policy_value(session, VISIT_DOOR_DAYS, day),
            policy_value(session, VISIT_METHODS),
            policy_value(session, VISIT_ESCALATION),
            policy_value(session, ALARM_AFTER),
            policy_value(session, ALARM_TAGS),
        )

    def interval(self, tags: Iterable[str], visit_every: int | None) -> int | None:
        """Days between visits: the shortest of those of the tags and the household's own; None is no rhythm."""
        days = [self.cadence[tag] for tag in tags if tag in self.cadence]
        return min([*days, visit_every] if visit_every is not None else days, default=None)

    def level(self, overdue_days: int) -> Level:
        """Who sees to a visit that is so many days late."""
        head_after, office_from = self.escalation
        if overdue_days >= office_from:
            return Level.OFFICE
        return Level.HEAD if overdue_days > head_after else Level.WORKER


@dataclass(frozen=True)
class Due:
    """A household on the visiting list, and when it is to be visited, as of a day."""

    rhythm: Rhythm
    household: Any
    tags: list[str]
    interval: int
    listed_on: date
    last_met_on: date | None
    last_door_on: date | None
    tries: int = 0
    owner_ids: Mapping[Level, int | None] = field(default_factory=dict)

    @property
    def id(self) -> int:
        """The household's."""
        key: int = self.household.id
        return key

    # 探访关爱 lives by being seen: a call keeps the rhythm, and still the door has its own days.
    @cached_property
    def met_due_on(self) -> date:
        """The day by which somebody is to meet them, by whatever method counts."""
        return (self.last_met_on or self.listed_on) + timedelta(days=self.interval)

    @cached_property
    def door_due_on(self) -> date:
        """The day by which somebody is to meet them at the door."""
        days = max(self.rhythm.door_days, self.interval)
        return (self.last_door_on or self.listed_on) + timedelta(days=days)

    @property
    def due_on(self) -> date:
        """The earlier of the two."""
        return min(self.met_due_on, self.door_due_on)

    @property
    def door_needed(self) -> bool:
        """Whether a call would not do."""
        return self.door_due_on <= self.met_due_on

    @property
    def overdue_days(self) -> int:
        """How many days it is late; on its day it is not."""
        return max((self.rhythm.day - self.due_on).days, 0)

    @property
    def level(self) -> Level:
        """Who is to see to it by now."""
        return self.rhythm.level(self.overdue_days)

    @property
    def owner_id(self) -> int | None:
        """The person who answers for the grid on that level, if one is named."""
        return self.owner_ids.get(self.level)

    @property
    def alarm(self) -> bool:
        """Whether so many tries went unanswered that somebody must look today."""
        alarming = any(tag in self.rhythm.alarm_tags for tag in self.tags)
        return alarming and 0 < self.rhythm.alarm_after <= self.tries


class Meetings(NamedTuple):
    """When campaigns that count as visits met households last, by household."""

    at_all: Mapping[int | None, datetime]
    at_the_door: Mapping[int | None, datetime]

    @classmethod
    def of(cls, session: Session, rows: Iterable[Row[Any]], rhythm: Rhythm) -> Meetings:
        """The meetings up to the day of a rhythm, by methods that count."""
        if not any_counts_as_visit(session):
            return cls({}, {})
        from volunteer_cli.campaigns.queries.working import last_met
        from volunteer_cli.campaigns.terms import Method as Way

        ids, until = [row.id for row in rows], end_of(rhythm.day)
        ways = [way for way, method in METHOD_OF.items() if method in rhythm.methods]
        return cls(last_met(session, ids, until, ways), last_met(session, ids, until, [Way.DOOR]))


def dues(
    session: Session, day: date, *conditions: ColumnElement[bool], community_id: int | None = None
) -> list[Due]:
    """The households on the visiting list on a day, with when each is due, the most urgent first."""
    rhythm = Rhythm.of(session, day)
    rows = session.execute(listed(session, rhythm, *conditions, community_id=community_id)).all()
    tags, met = tags_on(session, [row.id for row in rows], day), Meetings.of(session, rows, rhythm)
    since, tries = _listed_since(session, _never_met(rows), rhythm), _tries(session, rows, day, met)
    posts = _posts(session)
    each = (_due(rhythm, row, tags.get(row.id, []), since, tries, posts, met) for row in rows)
    return sorted(filter(None, each), key=_urgency)


def _never_met(rows: Iterable[Row[Any]]) -> list[int]:
    """Those whom no visit has met, or none at the door: what they are due by is the day they were listed."""
    return [row.id for row in rows if None in (row.met_at, row.door_at)]


def _urgency(due: Due) -> tuple[bool, date, int]:
    """Alarms first: they are of the day, whatever the rhythm says."""
    return not due.alarm, due.due_on, due.id


def _due(
    rhythm: Rhythm,
    row: Row[Any],
    tags: list[str],
    since: Mapping[int, date],
    tries: Mapping[int, int],
    posts: Mapping[tuple[int, str | None], Mapping[Level, int | None]],
    met: Meetings,
) -> Due | None:
    interval = rhythm.interval(tags, row.visit_every)
    if interval is None:
        return None
    return Due(
        rhythm,
        row,
        tags,
        interval,
        listed_on=since.get(row.id, row.founded_on),
        last_met_on=_later(row.met_at, met.at_all.get(row.id)),
        last_door_on=_later(row.door_at, met.at_the_door.get(row.id)),
        tries=tries.get(row.id, 0),
        owner_ids=posts.get((row.community_id, row.grid), {}),
    )


def _later(*moments: datetime | None) -> date | None:
    """The day of the later of two moments, as far as there are any."""
    return max((moment.date() for moment in moments if moment), default=None)


def listed(
    session: Session, rhythm: Rhythm, *conditions: ColumnElement[bool], community_id: int | None = None
) -> Select[Any]:
    """The households on the list with the moments that count, each found by one step into the index of visits."""
    query = select(Household.__table__, *_moments(rhythm)).where(*conditions, on_list(session, rhythm.day))
    in_use = or_(Household.archived_on.is_(None), Household.archived_on > rhythm.day)
    query = query.where(in_use, Household.founded_on <= rhythm.day)
    return query if community_id is None else query.where(Household.community_id == community_id)


def _moments(rhythm: Rhythm) -> tuple[Any, ...]:
    """When a household was last met, last met at the door, and last tried in vain, up to the day."""
    until = end_of(rhythm.day)
    return (
        _latest(until, Outcome.MET, rhythm.methods).label("met_at"),
        _latest(until, Outcome.MET, (Method.DOOR,)).label("door_at"),
        _latest(until, Outcome.NO_ANSWER).label("unanswered_at"),
    )


@built_once
def _latest(until: datetime, outcome: Outcome, methods: tuple[str, ...] | None = None) -> ScalarSelect[Any]:
    """The moment of the last visit of a household with an outcome, by one of the methods."""
    query = select(Visit.at).where(
        Visit.household_id == Household.id, STANDING, Visit.outcome == outcome, Visit.at < until
    )
    if methods is not None:
        query = query.where(Visit.method.in_(methods))
    return query.order_by(Visit.at.desc()).limit(1).scalar_subquery()


# --- since when, and how often nobody answered ------------------------------------------------------------


def _listed_since(session: Session, household_ids: Iterable[int], rhythm: Rhythm) -> dict[int, date]:
    """The day on which households came onto the list that they are on, by household."""
    # Reasons may follow one another without a gap: somebody with one tag gets another, and it is one time on the list.
    spans: dict[int, list[tuple[date, date]]] = {}
    for keys in chunks(household_ids):
        for row in session.execute(_reasons(rhythm).where(Stay.household_id.in_(keys))):
            # A tag counts while its person lives there.
            first, last = _both(row)
            if first < last:
                spans.setdefault(row.household_id, []).append((first, last))
    return {key: since for key, each in spans.items() if (since := _reaching(each, rhythm.day))}


def _reasons(rhythm: Rhythm) -> Select[Any, Any, Any, Any, Any]:
    """The days on which somebody with a tag that has a rhythm lived in a household."""
    return (
        select(
            Stay.household_id,
            Stay.since,
            Stay.until,
            PersonLabel.since.label("tagged_on"),
            PersonLabel.until.label("tag_until"),
        )
        .join(PersonLabel, PersonLabel.person_id == Stay.person_id)
        .where(
            Stay.kind == StayKind.LIVES,
            PersonLabel.kind == LabelKind.TAG,
            PersonLabel.value.in_(list(rhythm.cadence)),
        )
    )


def _reaching(spans: list[tuple[date, date]], day: date) -> date | None:
    """The first day of the unbroken time up to a day; None where nothing reaches it."""
    since: date | None = None
    for first, last in sorted(spans, key=lambda span: span[1], reverse=True):
        reached = day if since is None else since - timedelta(days=1)
        if first <= reached < last:
            since = first
    return since


def _both(row: Any) -> tuple[date, date]:
    """From which to before which day somebody lived there and had the tag as well."""
    first = max(row.since, row.tagged_on or row.since)
    return first, min(row.until or date.max, row.tag_until or date.max)


def _tries(session: Session, rows: Iterable[Row[Any]], day: date, met: Meetings) -> dict[int, int]:
    """How many tries in a row nobody answered, up to a day, by household."""
    # A meeting after the last knock in vain has ended the row: of most households nothing more need be read.
    since: dict[datetime | None, list[int]] = {}
    for row in rows:
        met_at = met.at_all.get(row.id)
        if _in_vain(row, met_at):
            since.setdefault(met_at, []).append(row.id)
    return {key: tries for at in since for key, tries in _in_a_row(session, since[at], at, day) if tries}


def _in_a_row(session: Session, household_ids: list[int], since: datetime | None, day: date) -> Iterator[Any]:
    """Households with how often nobody answered since a campaign met somebody, up to a day."""
    query = _unanswered(end_of(day), since)
    for keys in chunks(household_ids):
        yield from session.execute(query.where(Household.id.in_(keys)))


@built_once
def _unanswered(until: datetime, since: datetime | None) -> Select[Any, Any]:
    """How often nobody answered at each household since a moment, since somebody did, or since its alarm was cleared."""
    in_vain = (Visit.household_id == Household.id, STANDING, Visit.outcome == Outcome.NO_ANSWER)
    tries = select(func.count()).select_from(Visit).where(*in_vain, Visit.at < until)
    # One more bound, even one that holds for all, and SQLite reads each knock of a household instead of the last ones.
    if since is not None:
        tries = tries.where(Visit.at > since)
    tries = tries.where(*(Visit.at > func.coalesce(end, start_of(date.min)) for end in _ends(until)))
    return select(Household.id, tries.correlate(Household).scalar_subquery())


def _in_vain(row: Row[Any], met_at: datetime | None) -> bool:
    """Whether the last try may have been in vain, and no meeting of a visit or a campaign came after it."""
    last_met = max((at for at in (row.met_at, met_at) if at is not None), default=None)
    return row.unanswered_at is not None and (last_met is None or row.unanswered_at > last_met)


def _ends(until: datetime) -> Iterator[ScalarSelect[Any]]:
    """The moments of the last try at a household that was not in vain, and of the last alarm that was cleared."""
    # Whoever opens only to refuse is there and alive: only knocks that nobody answers make a row.
    answered = [outcome for outcome in Outcome if outcome is not Outcome.NO_ANSWER]
    seen = aliased(Visit)
    visits = select(func.max(seen.at)).where(seen.voided_on.is_(None), seen.outcome.in_(answered))
    clears = select(func.max(AlarmClear.at)).where(AlarmClear.household_id == Household.id)
    for last, at in ((visits.where(seen.household_id == Household.id), seen.at), (clears, AlarmClear.at)):
        yield last.where(at < until).correlate(Household).scalar_subquery()


def _posts(session: Session) -> dict[tuple[int, str | None], dict[Level, int | None]]:
    """Who answers for each grid of a community, by level; the office is nobody in particular."""
    return {
        (post.community_id, post.grid): {Level.WORKER: post.worker_id, Level.HEAD: post.head_id}
        for post in session.scalars(select(GridPost))
    }


def emergency_contacts(session: Session, household_ids: Iterable[int], day: date) -> dict[int, str]:
    """Whom to call in an emergency, by household: of those who live there and have such a contact."""
    contacts: dict[int, list[str]] = {}
    for keys in chunks(household_ids):
        for key, contact in session.execute(_contacts(keys, day)):
            contacts.setdefault(key, []).append(contact or "")
    # A couple mostly names the same child.
    return {key: "; ".join(dict.fromkeys(each)) for key, each in contacts.items()}


def _contacts(household_ids: Sequence[int], day: date) -> Select[Any, Any]:
    from volunteer_cli.people.models import Person

    living = (Stay.kind == StayKind.LIVES, stays_on(day), Person.archived_on.is_(None))
    return (
        select(Stay.household_id, Person.emergency_contact)
        .join(Person, Person.id == Stay.person_id)
        .where(*living, Person.emergency_contact.is_not(None), Stay.household_id.in_(household_ids))
        .order_by(Stay.id)
    )
