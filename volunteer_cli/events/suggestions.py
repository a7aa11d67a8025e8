"""Whom to ask for an event: the best candidates, each with the reasons."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import reduce
from itertools import groupby

from sqlalchemy import select
from sqlalchemy.orm import Session

from volunteer_cli.core.dates import age_on
from volunteer_cli.core.policies import policy_value
from volunteer_cli.core.text import parse_address
from volunteer_cli.events import queries
from volunteer_cli.events.models import Event, Signup
from volunteer_cli.people.models import Person
from volunteer_cli.people.terms import GUARDIAN_AGE
from volunteer_cli.teams.queries import member_ids
from volunteer_cli.training.queries import skilled

LastServed = Callable[[Session, Collection[int]], dict[int, date]]


@dataclass(frozen=True)
class Suggestion:
    """A volunteer who could be asked; None where the event asks for nothing of the kind.

    Attributes:
        free: has no other place at that time.
        skill: has all the skills needed on the day.
        member: belongs to the event's team on the day.
        near: "building" or "grid" where the event is (else where its leader lives).
        last_served_on: the last day of service; None for who never served.
        no_shows: how often they were absent lately, where that is often; advice, no reason to rank lower.
    """

    id: int
    person: str
    volunteer_no: str | None
    phone: str | None
    free: bool
    skill: bool | None
    member: bool | None
    near: str | None
    last_served_on: date | None = None
    no_shows: int | None = None

    @property
    def rank(self) -> tuple[bool, bool, bool, int]:
        """What comes first: free, skilled, member, near."""
        nearness = {"building": 0, "grid": 1}.get(self.near or "", 2)
        return (not self.free, self.skill is False, self.member is False, nearness)


def suggest(
    session: Session, event: Event, *, need: int, now: datetime, last_served: LastServed
) -> list[Suggestion]:
    """The `need` best volunteers of the community who are not on the roster, best first.

    Of equals, those who served longest ago come first, then the lower id; children without a
    guardian are left out, and whoever is not known to be as old as the event asks for.
    """
    best: list[Suggestion] = []
    candidates = sorted(_candidates(session, event), key=_key)
    for _rank, equals in groupby(candidates, key=lambda one: one.rank):
        # The last day of service is looked up only for ranks that come into question.
        if len(best) >= need:
            break
        best += _longest_ago_first(session, list(equals), last_served)
    absences = queries.no_shows(session, [one.id for one in best[:need]], now)
    return [replace(one, no_shows=absences.get(one.id)) for one in best[:need]]


def _key(one: Suggestion) -> tuple[tuple[bool, bool, bool, int], int]:
    return one.rank, one.id


def _longest_ago_first(
    session: Session, equals: Sequence[Suggestion], last_served: LastServed
) -> list[Suggestion]:
    served = last_served(session, [one.id for one in equals])
    dated = [replace(one, last_served_on=served.get(one.id)) for one in equals]
    return sorted(dated, key=lambda one: (one.last_served_on or date.min, one.id))


def _candidates(session: Session, event: Event) -> Iterable[Suggestion]:
    day = event.starts_at.date()
    # Asked once for all: a district has tens of thousands of volunteers.
    able = _able(session, event, day)
    members = member_ids(session, event.team_id, day) if event.team_id else None
    busy = queries.busy_people(session, event.starts_at, event.ends_at)
    building, grid = _where(session, event)
    for person in _volunteers(session, event):
        contact = (person.id, person.name, person.volunteer_no, person.phone)
        yield Suggestion(
            *contact,
            free=person.id not in busy,
            skill=None if able is None else person.id in able,
            member=None if members is None else person.id in members,
            near=_nearness(person, building, grid),
        )


def _able(session: Session, event: Event, day: date) -> set[int] | None:
    """Who has all the skills that an event needs; None where it needs none."""
    skills = queries.needed_skills(session, [event.id])[event.id]
    if not skills:
        return None
    return reduce(set.intersection, (skilled(session, skill, day) for skill in skills))


def _nearness(person: Person, building: str | None, grid: str) -> str | None:
    """Whether somebody lives in the building, else in the grid, where the event is."""
    if building and person.building == building:
        return "building"
    return "grid" if person.grid and person.grid in grid else None


def _volunteers(session: Session, event: Event) -> Iterable[Person]:
    """Volunteers of the community in use who never signed up and may serve, as rows."""
    columns = (Person.id, Person.name, Person.volunteer_no, Person.phone, Person.birth, Person.guardian_id)
    in_use = (Person.registered_on.is_not(None), Person.archived_on.is_(None))
    # Whoever withdrew or was absent has said what they think of it, and is not asked again.
    signed_up = select(Signup.person_id).where(Signup.event_id == event.id)
    query = select(*columns, Person.building, Person.grid).where(
        Person.community_id == event.community_id, *in_use, Person.id.not_in(signed_up)
    )
    guardian_age = policy_value(session, GUARDIAN_AGE)
    for person in session.execute(query):
        age = age_on(person.birth, event.starts_at.date())
        if _may_serve(age, person.guardian_id, guardian_age, event.min_age or 0):
            yield person  # type: ignore[misc]


def _may_serve(age: int | None, guardian_id: int | None, guardian_age: int, least: int) -> bool:
    """Whether somebody is as old as the event asks for, and no child without a guardian on file."""
    # Without a birth date on file nobody counts as a child, and nobody as old as an event asks for.
    if age is None:
        return not least
    guarded = guardian_id is not None or age >= guardian_age
    return guarded and (not least or age >= least)


def _where(session: Session, event: Event) -> tuple[str | None, str]:
    """The building and the text with the grid that the place names, else those of the leader's home."""
    place = event.place or ""
    # A place names a building (3号楼), or a grid word for word; a square or a school names neither.
    building = parse_address(place).building if place else None
    grids = select(Person.id).where(Person.community_id == event.community_id, Person.grid == place).limit(1)
    if building or (place and session.scalar(grids)) or event.leader_id is None:
        return building, place
    leader = session.get_one(Person, event.leader_id)
    return leader.building, leader.grid or place
