"""Whom to call next: every target that is not finished, and what stands against dealing it now."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from heapq import merge
from operator import attrgetter
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, false, func, null, or_, select
from sqlalchemy.orm import Session

from volunteer_cli.campaigns.models import Attempt, Campaign, Lease, Stage, Target
from volunteer_cli.campaigns.queries.finding import current_parts, round_on
from volunteer_cli.campaigns.queries.leases import live
from volunteer_cli.campaigns.queries.listing import shown_columns
from volunteer_cli.campaigns.queries.numbers import HEAD, number_of, numbers_of
from volunteer_cli.campaigns.queries.results import Limits, Part, is_blocked, is_waiting, judged
from volunteer_cli.campaigns.terms import (
    ATTEMPT_GAP_HOURS,
    CONTACT_GAP_HOURS,
    LEASE_HOURS,
    REACHED,
    Method,
    Obstacle,
    Outcome,
    Result,
    Unit,
)
from volunteer_cli.core.policies import policy_value
from volunteer_cli.households.models import Household, Stay
from volunteer_cli.households.queries import lives_at, with_tag
from volunteer_cli.people.models import Person

#: What is dealt, and what can be dealt later.
UNFINISHED = (Result.TODO, Result.OPEN, Result.WAITING, Result.BLOCKED)
#: By how many columns they are put into order.
KEYS = 11


@dataclass(frozen=True)
class Locks:
    """What is with others now: the targets that are with anybody, the households and the numbers of other lessees."""

    targets: frozenset[int] = frozenset()
    households: frozenset[int] = frozenset()
    numbers: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Wish:
    """What is to be dealt to whom; `person_id` is None where nobody in particular is to get it."""

    now: datetime
    person_id: int | None = None
    method: Method | None = None
    grid: str | None = None
    building: str | None = None
    tag: str | None = None
    first: str | None = None
    among: tuple[int, ...] = ()
    locks: Locks = field(default_factory=Locks)


# --- what is with others ------------------------------------------------------------


def locks(session: Session, now: datetime, person_id: int | None) -> Locks:
    """What live leases of all campaigns lock against somebody."""
    leases = session.execute(_live_leases(now)).all()
    # Of all campaigns: one resident got several calls in one evening, each from another office.
    others = [lease for lease in leases if lease.person_id != person_id]
    residents = {lease.resident_id for lease in others} - {None}
    homes = {lease.household_id for lease in others} - {None} | _homes(session, residents, now)
    numbers = _numbers(session, homes, residents, now)
    return Locks(frozenset(lease.target_id for lease in leases), frozenset(homes), frozenset(numbers))


def _live_leases(now: datetime) -> Select[Any, Any, Any, Any]:
    resident = Target.person_id.label("resident_id")
    query = select(Lease.target_id, Lease.person_id, Target.household_id, resident)
    return query.join(Target, Target.id == Lease.target_id).where(live(now))


def _homes(session: Session, people: set[int], now: datetime) -> set[int]:
    living = lives_at(now.date()).where(Stay.person_id.in_(people))
    return set(session.scalars(living.with_only_columns(Stay.household_id))) if people else set()


def _numbers(session: Session, homes: set[int], residents: set[int], now: datetime) -> set[str]:
    """All numbers under which these households and people can be called."""
    if not homes and not residents:
        return set()
    # One family may have a number of its own, the head's two, and those of the rest: all of them are with the caller.
    queries = (_of_people(homes, residents, now), _of_heads(homes))
    return {number for query in queries for row in session.execute(query) for number in row if number}


def _of_people(homes: set[int], residents: set[int], now: datetime) -> Select[Any, Any]:
    living = lives_at(now.date()).where(Stay.household_id.in_(homes)).with_only_columns(Stay.person_id)
    either = or_(Person.id.in_(residents), Person.id.in_(living))
    return select(Person.phone, Person.phone_alt).where(either)


def _of_heads(homes: set[int]) -> Select[Any, Any, Any]:
    numbers = select(Household.phone, Person.phone, Person.phone_alt)
    return numbers.outerjoin(Person, Person.id == Household.head_id).where(Household.id.in_(homes))


# --- what stands against it ------------------------------------------------------------


def obstacle(session: Session, part: Part, tried: Any, wish: Wish) -> ColumnElement[Any]:
    """What stands against dealing a target now, the first of several; null where nothing does."""
    now, stage = wish.now, part.stage
    if stage is not None and not round_on(stage, now):
        return case((Target.id > 0, Obstacle.NO_ROUND))
    # A promised call is made at its time, whoever was reached since: that is what a promise is.
    rests = and_(_resting(session, part, now), ~due_promise(tried, now))
    return case(
        (_leased(part, wish), Obstacle.LEASED),
        (is_waiting(tried, now), Obstacle.WAITING),
        (_unwilling(part, wish), Obstacle.BLOCKED),
        (rests, Obstacle.RESTING),
        *_of_who_goes(part, wish),
    )


def _of_who_goes(part: Part, wish: Wish) -> Iterator[tuple[ColumnElement[bool], str]]:
    """What stands against this way of going, or against this person."""
    if (wish.method or part.method) is Method.CALL:
        yield number_of(part, wish.now).is_(None), Obstacle.WITHOUT_NUMBER
    if part.stage is not None and part.stage.share is not None and wish.person_id is not None:
        yield _was_there(part, wish.person_id), Obstacle.NOT_INDEPENDENT


def _unwilling(part: Part, wish: Wish) -> ColumnElement[bool]:
    """Not to be contacted as the stage is worked, or as this one is to be."""
    day = wish.now.date()
    return or_(is_blocked(part, day), is_blocked(part, day, wish.method))


def due_promise(tried: Any, now: datetime) -> ColumnElement[bool]:
    """Whether a call was promised and its time has come."""
    return func.coalesce(and_(tried.last_outcome == Outcome.CALLBACK, tried.next_at <= now), false())


def _leased(part: Part, wish: Wish) -> ColumnElement[bool]:
    taken = [Target.id.in_(wish.locks.targets), Household.id.in_(wish.locks.households)]
    if wish.locks.numbers:
        taken += [number.in_(wish.locks.numbers) for number in numbers_of(part, wish.now)]
    return func.coalesce(or_(*taken), false())


def _resting(session: Session, part: Part, now: datetime) -> ColumnElement[bool]:
    """Tried in this campaign, or reached by any, so lately that they are left in peace."""
    since = now - timedelta(hours=policy_value(session, ATTEMPT_GAP_HOURS))
    tried = Target.id.in_(select(Attempt.target_id).where(Attempt.at > since))
    if part.campaign.urgent:
        return tried
    reached = _reached_since(now - timedelta(hours=policy_value(session, CONTACT_GAP_HOURS)))
    return or_(tried, *_of_reached(part, reached, now))


def _of_reached(part: Part, reached: Select[Any], now: datetime) -> Iterator[ColumnElement[bool]]:
    """Whether a target is one that was reached, or lives with one."""
    homes = reached.with_only_columns(Target.household_id).where(Target.household_id.is_not(None))
    people = reached.with_only_columns(Target.person_id).where(Target.person_id.is_not(None))
    living = lives_at(now.date()).where(Stay.person_id.in_(people)).with_only_columns(Stay.household_id)
    for among in (homes, living):
        yield func.coalesce(Household.id.in_(among), false())
    if part.campaign.unit == Unit.PERSON:
        yield Target.person_id.in_(people)


def _reached_since(since: datetime) -> Select[Any]:
    target = select(Target.id).join(Attempt, Attempt.target_id == Target.id)
    return target.where(Attempt.at > since, Attempt.outcome.in_(REACHED)).correlate(None)


def _was_there(part: Part, person_id: int) -> ColumnElement[bool]:
    own = select(Attempt.target_id).where(Attempt.by_id == person_id, Attempt.stage_id.not_in(part.checks))
    return Target.id.in_(own)


# --- the order ------------------------------------------------------------


# A promise is kept by who gave it: so long as a lease of theirs would last, others get it after all else.
def _rank(session: Session, tried: Any, wish: Wish) -> ColumnElement[int]:
    promised, late = due_promise(tried, wish.now), timedelta(hours=policy_value(session, LEASE_HOURS))
    own = or_(tried.last_by_id == wish.person_id, tried.next_at <= wish.now - late)
    return case((and_(promised, own), 0), (promised, 2), else_=1)


def _order(session: Session, tried: Any, wish: Wish) -> list[Any]:
    """Promised calls by their time, tags that go first, fewest attempts, then the way through the buildings."""
    tagged = case((with_tag([wish.first], wish.now.date()), 0), else_=1) if wish.first else null()
    promised = case((due_promise(tried, wish.now), tried.next_at))
    # Fewest attempts first, or who never answers is called again and again while others were never tried.
    fewest = func.coalesce(tried.attempts, 0)
    return [_rank(session, tried, wish), promised, tagged, fewest, Target.grid, *_way()]


def _way() -> Iterator[Any]:
    """Along the buildings; a shorter number is the smaller one: building 9 before 10, room 901 before 1001."""
    for column in (Household.building, Household.unit, Household.room):
        yield func.length(column)
        yield column


def candidates(session: Session, part: Part, wish: Wish, limits: Limits) -> Select[Any]:
    """The unfinished targets of a part in the order of dealing, with what stands against each."""
    query, tried = judged(part, limits, wish.now)
    query = query.where(query.selected_columns["result"].in_(UNFINISHED), *_wanted(wish))
    if part.campaign.unit == Unit.HOUSEHOLD:
        query = query.outerjoin(HEAD, HEAD.id == Household.head_id)
    order = _order(session, tried, wish)
    # The obstacle beside each, so that a list that dries up can say why.
    why_not = (obstacle(session, part, tried, wish).label("obstacle"), Household.id.label("home_id"))
    shown = shown_columns(part, tried, wish.now, numbers=True)
    query = query.add_columns(*why_not, *_labelled(order), *shown)
    return query.order_by(*order, Target.id)


def _labelled(order: Sequence[Any]) -> list[Any]:
    """The keys of the order as columns, by which the rows of several stages are merged."""
    return [key.label(f"order_{number}") for number, key in enumerate(order)]


def _wanted(wish: Wish) -> Iterable[ColumnElement[bool]]:
    if wish.grid is not None:
        yield Target.grid == wish.grid
    if wish.building is not None:
        yield Target.building == wish.building
    if wish.tag is not None:
        yield with_tag([wish.tag], wish.now.date())


@dataclass(frozen=True)
class Candidate:
    """An unfinished target as lists show it, its stage, and what stands against dealing it."""

    id: int
    stage: Stage
    home_id: int | None
    obstacle: str | None
    key: tuple[Any, ...]
    row: Any


def unfinished(
    session: Session, campaign: Campaign, wish: Wish, most: int | None = None
) -> Iterator[Candidate]:
    """The unfinished targets of a campaign, each once, in the order of dealing; of each stage `most` of them.

    With a limit the database asks what stands against a target for these alone, a tenth of the time.
    """
    limits = Limits.of(session)
    parts = [replace(part, targets=wish.among) for part in current_parts(session, campaign, wish.now)]
    streams = [_stream(session, part, candidates(session, part, wish, limits).limit(most)) for part in parts]
    return merge(*streams, key=attrgetter("key"))


def _stream(session: Session, part: Part, query: Select[Any]) -> Iterator[Candidate]:
    for row in session.execute(query):
        yield _candidate(part, row)


def _candidate(part: Part, row: Any) -> Candidate:
    assert part.stage is not None  # noqa: S101 - for the type checker; the current parts are stages
    key = tuple((value is not None, value) for value in row[4 : 4 + KEYS])
    return Candidate(row.id, part.stage, row.home_id, row.obstacle, (*key, (True, row.id)), row)
