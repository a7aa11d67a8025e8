"""Signing up the many whom a sheet names: the ladder for each in turn, what it asks being read and written together."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from volunteer_cli.core.history import insert_rows
from volunteer_cli.events import queries
from volunteer_cli.events.models import Event, Shift, Signup
from volunteer_cli.events.rules.facts import HeldFacts
from volunteer_cli.events.rules.ladder import Applicant, Asked
from volunteer_cli.events.rules.lines import tell_later
from volunteer_cli.events.rules.signing_up import (
    ask_at,
    columns_of,
    order_line,
    place_for,
    require_in_use,
    settle_line,
    sign_up,
)
from volunteer_cli.events.terms import SignupStatus
from volunteer_cli.people.models import Person
from volunteer_cli.people.queries import in_brief

#: So many people are held, as in the biggest of districts; a sheet that names more of them is read in parts.
MOST_HELD = 50_000


class SigningUp:
    """Signs people up for events one after the other, with the outcome of `sign_up` and `ask_at` for each.

    What was taken is written by `write`, at the latest before the next people are read.
    """

    def __init__(self, session: Session, now: datetime) -> None:
        self.session, self.now = session, now
        self.facts = HeldFacts(session)
        self.people: dict[int, Applicant] = {}
        self._taken: list[dict[str, Any]] = []
        #: Events at which somebody asked at a time of their own since the line was put in order.
        self._to_order: dict[int, Event] = {}
        #: Events at which somebody waited before this file.
        self._to_settle = {event.id for event in queries.events_with_a_line(session, now)}

    def read(self, events: set[int], people: set[int]) -> None:
        """Read what the ladder may ask of these events and people, as far as it was not read yet."""
        if len(self.people) > MOST_HELD:
            self.people.clear()
            self.facts.forget_people()
        unread = people - self.people.keys()
        self.people.update((person.id, person) for person in in_brief(self.session, unread))
        self.facts.read_people(unread)
        self.facts.read_events(self.facts.unread_events(events))

    def has_to_do(self, event: Event, person_id: int) -> bool:
        """Whether somebody has a sign-up for an event that was read, withdrawn or not."""
        return self.facts.is_on_roster(event.id, person_id)

    def settle(self, event: Event) -> None:
        """Give places that are free to those who waited before anybody of the file."""
        if event.id not in self._to_settle:
            return
        self._to_settle.discard(event.id)
        self.write()
        promoted = settle_line(self.session, event, now=self.now)
        tell_later(self.session, promoted)
        if promoted:
            self._read_again(event, {one.person.id for one in promoted})

    def sign_up(self, event: Event, person_id: int, shift: Shift | None, at: datetime | None) -> bool:
        """A place for somebody who has none, asked for now or `at` a time; whether it is one in the line.

        Raises:
            PersonArchived, Refusal: as `sign_up`.
        """
        person = self.people[person_id]
        require_in_use(person)
        asked = Asked(self.session, event, person, self.now, shift, held=self.facts)
        status, _passed = place_for(asked)
        waits = status == SignupStatus.WAITING
        if waits and at is None and event.id in self._to_order:
            # Who asks now stands behind all that have been put in order, and is not put in order with them.
            self.write()
        columns = columns_of(asked, status)
        columns["signed_up_at"] = at or columns["signed_up_at"]
        self._taken.append({"event_id": event.id, "person_id": person_id, **columns})
        self.facts.enter(event, person_id, shift, status)
        if at is not None:
            self._to_order[event.id] = event
        return waits

    def sign_up_alone(self, event: Event, person_id: int, shift: Shift | None, at: datetime | None) -> bool:
        """The same by the rules of the command, for whoever has a place already or comes back into use."""
        self.write()
        person = self.session.get_one(Person, person_id)
        signup = sign_up(self.session, event, person, now=self.now, shift=shift)
        if at is not None:
            ask_at(self.session, event, signup, shift, at)
        self.people[person_id] = person
        self._read_again(event, {person_id})
        return queries.waits(self.session, signup, shift)

    def _read_again(self, event: Event, people: set[int]) -> None:
        """Know of what was written beside this."""
        self.facts.read_events([event.id])
        self.facts.read_people(people & self.people.keys())

    def write(self) -> None:
        """Write the places that were taken, and put the lines in order."""
        insert_rows(self.session, Signup, self._taken)
        self._taken = []
        for event in self._to_order.values():
            order_line(self.session, event)
        self._to_order.clear()
