"""What the ladder asks of the database: for one person at a time, or held for the many whom a sheet names."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, datetime

from sqlalchemy.orm import Session

from volunteer_cli.core.policies import policy_value
from volunteer_cli.events import queries
from volunteer_cli.events.models import Event, Shift, Signup
from volunteer_cli.events.queries import Busy, Place
from volunteer_cli.events.terms import HOLDING, SignupStatus
from volunteer_cli.people.terms import GUARDIAN_AGE
from volunteer_cli.teams.queries import is_member, member_ids
from volunteer_cli.training.queries import skilled, skills_of


class Facts:
    """What is stored now, asked anew each time."""

    def __init__(self, session: Session) -> None:
        self.session = session

    def signup_of(self, event_id: int, person_id: int) -> Signup | None:
        """A person's one sign-up for an event, withdrawn or not."""
        return queries.signup_of(self.session, event_id, person_id)

    def taken(self, event_id: int) -> int:
        """How many people have a place at an event."""
        return queries.taken(self.session, event_id)

    def taken_in_shifts(self, event_id: int, *, besides: int) -> Counter[int]:
        """How many people each shift of an event has, the person `besides` left out."""
        return queries.taken_in_shifts(self.session, event_id, besides=besides)

    def last_position(self, event_id: int) -> int:
        """The position of the last turn in an event's line; 0 when nobody waits."""
        return queries.last_position(self.session, event_id)

    def busy_times(
        self, person_id: int, starts_at: datetime, ends_at: datetime, *, besides: int
    ) -> Sequence[Busy]:
        """The places a person holds, at events that are ahead, in a span of time; not those at event `besides`."""
        return queries.busy_times(self.session, [person_id], starts_at, ends_at, besides=besides)

    def is_member(self, team_id: int, person_id: int, on: date) -> bool:
        """Whether a person belongs to a team on a day."""
        return is_member(self.session, team_id, person_id, on)

    def needed_skills(self, event_id: int) -> list[str]:
        """The skills that an event needs."""
        return queries.needed_skills(self.session, [event_id])[event_id]

    def missing_skills(self, person_id: int, needed: Sequence[str], on: date) -> list[str]:
        """Which of some skills a person has not on a day."""
        has = skills_of(self.session, person_id, on)
        return [skill for skill in needed if skill not in has]

    def guardian_age(self) -> int:
        """The age under which somebody needs a guardian."""
        return policy_value(self.session, GUARDIAN_AGE)


class HeldFacts(Facts):
    """The same of some events and people, read at once, and told of each place that is taken meanwhile.

    What it does not hold it asks of the database, as of somebody who has a place already.
    """

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._on_roster: dict[int, set[int]] = {}
        self._taken: dict[int, int] = {}
        self._last: dict[int, int] = {}
        self._skills: dict[int, list[str]] = {}
        self._in_shifts: dict[int, Counter[int]] = {}
        self._busy: dict[int, list[Busy]] = {}
        self._members: dict[tuple[int, date], set[int]] = {}
        self._skilled: dict[tuple[str, date], set[int]] = {}
        self._guardian_age: int | None = None

    def read_events(self, event_ids: Iterable[int]) -> None:
        """Read who has to do with some events, and what these ask for."""
        keys = set(event_ids)
        self._skills |= queries.needed_skills(self.session, keys)
        self._last |= queries.last_positions(self.session, keys)
        by_event: dict[int, list[Place]] = defaultdict(list)
        for place in queries.places_at(self.session, keys):
            by_event[place.event_id].append(place)
        for key in keys:
            self._in_shifts.pop(key, None)
            self._on_roster[key] = {place.person_id for place in by_event[key]}
            self._taken[key] = sum(place.status in HOLDING for place in by_event[key])

    def read_people(self, person_ids: Iterable[int]) -> None:
        """Read when people are busy, in the stead of what was read of them before."""
        times: dict[int, list[Busy]] = {key: [] for key in person_ids}
        for busy in queries.places_ahead(self.session, times.keys()):
            times[busy.person_id].append(busy)
        self._busy |= times

    def forget_people(self) -> None:
        """Forget what was read of people, so that a sheet of very many does not fill the memory."""
        for held in (self._busy, self._members, self._skilled):
            held.clear()

    def unread_events(self, event_ids: Iterable[int]) -> set[int]:
        """Those of some events that were not read yet."""
        return set(event_ids) - self._on_roster.keys()

    def is_on_roster(self, event_id: int, person_id: int) -> bool:
        """Whether somebody has a sign-up for an event that was read, withdrawn or not."""
        return person_id in self._on_roster[event_id]

    def enter(self, event: Event, person_id: int, shift: Shift | None, status: SignupStatus) -> None:
        """Know of one more place, or turn in the line, that is about to be written."""
        self._on_roster[event.id].add(person_id)
        if status == SignupStatus.WAITING:
            self._last[event.id] += 1
            return
        self._taken[event.id] += 1
        part = shift or event
        if shift is not None and event.id in self._in_shifts:
            self._in_shifts[event.id][shift.id] += 1
        self._busy[person_id].append(Busy(person_id, event.id, event.title, part.starts_at, part.ends_at))

    def signup_of(self, event_id: int, person_id: int) -> Signup | None:
        """A person's one sign-up for an event, withdrawn or not."""
        return super().signup_of(event_id, person_id) if self._knows(event_id, person_id) else None

    def _knows(self, event_id: int, person_id: int) -> bool:
        """Whether somebody may have a place at an event, as far as it was read."""
        return person_id in self._on_roster.get(event_id, (person_id,))

    def taken(self, event_id: int) -> int:
        """How many people have a place at an event."""
        return self._taken[event_id]

    def taken_in_shifts(self, event_id: int, *, besides: int) -> Counter[int]:
        """How many people each shift of an event has, the person `besides` left out."""
        if self._knows(event_id, besides):
            return super().taken_in_shifts(event_id, besides=besides)
        if event_id not in self._in_shifts:
            self._in_shifts[event_id] = queries.taken_in_shifts(self.session, event_id)
        return self._in_shifts[event_id]

    def last_position(self, event_id: int) -> int:
        """The position of the last turn in an event's line; 0 when nobody waits."""
        return self._last[event_id]

    def busy_times(
        self, person_id: int, starts_at: datetime, ends_at: datetime, *, besides: int
    ) -> Sequence[Busy]:
        """The places a person holds, at events that are ahead, in a span of time; not those at event `besides`."""
        # Half-open, [start, end): places that only touch do not meet.
        found = [
            busy
            for busy in self._busy[person_id]
            if busy.starts_at < ends_at and busy.ends_at > starts_at and busy.event_id != besides
        ]
        return sorted(found, key=_in_time) if found else ()

    def is_member(self, team_id: int, person_id: int, on: date) -> bool:
        """Whether a person belongs to a team on a day."""
        if (team_id, on) not in self._members:
            self._members[team_id, on] = member_ids(self.session, team_id, on)
        return person_id in self._members[team_id, on]

    def needed_skills(self, event_id: int) -> list[str]:
        """The skills that an event needs."""
        return self._skills[event_id]

    def missing_skills(self, person_id: int, needed: Sequence[str], on: date) -> list[str]:
        """Which of some skills a person has not on a day."""
        return [skill for skill in needed if person_id not in self._skilled_on(skill, on)]

    def _skilled_on(self, skill: str, on: date) -> set[int]:
        if (skill, on) not in self._skilled:
            self._skilled[skill, on] = skilled(self.session, skill, on)
        return self._skilled[skill, on]

    def guardian_age(self) -> int:
        """The age under which somebody needs a guardian."""
        if self._guardian_age is None:
            self._guardian_age = super().guardian_age()
        return self._guardian_age


def _in_time(busy: Busy) -> tuple[datetime, int]:
    return busy.starts_at, busy.event_id
