"""What rows of hours are recorded under: events and teams, some of them made by the import."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cache
from typing import TYPE_CHECKING, Any

from volunteer_cli.core.errors import NotFound, VolunteerError
from volunteer_cli.core.i18n import _, listed
from volunteer_cli.core.run import run
from volunteer_cli.core.text import name_key
from volunteer_cli.events import rules as event_rules
from volunteer_cli.events.models import Event
from volunteer_cli.events.queries import find_event, signups
from volunteer_cli.events.sheet import EventRegister
from volunteer_cli.events.terms import EventStatus, SignupStatus
from volunteer_cli.hours.rules.once import NOTHING, Under
from volunteer_cli.hours.rules.recording import require_service
from volunteer_cli.hours.rules.reviewing import AbsentThere
from volunteer_cli.hours.sheet.times import SOME_DAY, day_of
from volunteer_cli.hours.terms import DAY
from volunteer_cli.intake.sheet import Batch, Importing, Rejected, Row
from volunteer_cli.teams.matching import TeamRegister
from volunteer_cli.teams.queries import member_ids

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

#: Fields that say what a row is recorded under.
PLACING = ("event", "code", "team", "date", "place")


@dataclass(slots=True)
class Place:
    """What rows are recorded under: an event, a team, or neither.

    `made` is what the file says of an event that it makes, if it brings a new record. Services name a place by
    its `number`.
    """

    event_id: int | None = None
    team_id: int | None = None
    community_id: int | None = None
    title: str | None = None
    day: date | None = None
    made: Made | None = None
    under: Under = NOTHING
    #: The people who were marked absent there.
    absent: frozenset[int] = frozenset()
    #: Those who hold a place and of whom nobody knows yet whether they came, once the event has begun.
    expected: frozenset[int] = frozenset()
    number: int = 0


@dataclass(slots=True)
class Made:
    """An event that the file makes."""

    title: str
    day: date
    number: int
    where: str | None = None
    event_id: int | None = None


#: Under neither an event nor a team.
NOWHERE = Place()


def _naming(mapped: Collection[str]) -> tuple[str, ...]:
    """The fields of a row that say under what it is recorded; a team may be put away by the day of the row."""
    if {"event", "code"} & set(mapped):
        return PLACING
    return ("team", "date") if "team" in mapped else ()


class Places:
    """What the events and teams of rows are, each worked out once.

    `absences` says whether anybody was absent at an event that a row has named; `numbered` has the places by
    their numbers.
    """

    absences = False

    def __init__(self, session: Session, importing: Importing) -> None:
        self.session = session
        self.importing = importing
        self.numbered: list[Place] = [NOWHERE]
        self._made: dict[tuple[str, date], Made] = {}
        self._known: dict[tuple[Any, ...], Place | Rejected] = {}
        self._event = (
            find_event(session, importing.options.own["event"]) if importing.options.own["event"] else None
        )
        self._naming = _naming(importing.mapped)
        self._events: EventRegister | None = None
        self._teams: TeamRegister | None = None
        self._team_names: dict[int | None, str] = {}

    @property
    def named(self) -> bool:
        """Whether any row is recorded under anything."""
        return bool(self._naming) or self._event is not None

    def of(self, batch: Batch) -> Sequence[Place | Rejected]:
        """The place of each row."""
        if not self.named:
            return [NOWHERE] * len(batch)
        # All rows are of the one event that was named.
        if not self._naming:
            return [self._place()] * len(batch)
        columns = {name: batch[name] for name in self._naming}
        if None in columns.get("date", ()):
            columns["date"] = list(map(day_of, columns["date"], batch["start"]))
        known = self._known
        keys = zip(*columns.values(), strict=True)
        # A sheet of a million rows names some hundred events: each is looked up once.
        return [known.get(key) or self._place(*key) for key in keys]

    def absent(self, place: Place, person: int, name: str) -> Rejected | None:
        """The refusal of somebody who was marked absent."""
        # Absent and served cannot both be true, and the list at the door was written there.
        if person not in place.absent:
            return None
        names = {"person": name, "person_id": person, "event": place.title, "event_id": place.event_id}
        return Rejected("name", AbsentThere(**names))

    @cache  # noqa: B019 - lives as long as the import
    def people_at(self, number: int, day: date | None) -> frozenset[int]:
        """Who belongs to a place: the people signed up for its event, else the members of its team on a day."""
        place = self.numbered[number]
        if place.event_id is not None:
            standing = (each for each in SignupStatus if each is not SignupStatus.WITHDRAWN)
            return frozenset(each.person_id for each in signups(self.session, place.event_id, *standing))
        if place.team_id is None:
            return frozenset()
        return frozenset(member_ids(self.session, place.team_id, day or self.importing.today))

    def find(self, row: Row) -> Place | Rejected:
        """The place of one row."""
        return self._place(*(row.get(name) for name in self._naming))

    def _place(self, *said: Any) -> Place | Rejected:
        if said not in self._known:
            try:
                self._known[said] = self._found(dict(zip(self._naming, said, strict=True)))
            except Rejected as rejected:
                if self.importing.options.own["create_events"]:
                    # Without a day an event may be meant that the file is still to make.
                    return rejected.with_traceback(None)
                self._known[said] = rejected.with_traceback(None)
            except VolunteerError as error:
                self._known[said] = Rejected("event", error)
        return self._known[said]

    def _found(self, said: dict[str, Any]) -> Place:
        place = self._of_event(said.get("event"), said.get("code"), said.get("date"), said.get("place"))
        if team := said.get("team"):
            place.team_id = self._team(team, said.get("date"))
            place.community_id = place.community_id or self.importing.community.id
        event = -place.made.number if place.made else place.event_id
        place.under = Under(event, place.team_id)
        place.number = len(self.numbered)
        self.numbered.append(place)
        return place

    def _of_event(self, title: str | None, code: str | None, day: date | None, where: str | None) -> Place:
        if self._event is None and not title and not code:
            return Place()
        event = self._event or self._registered(title, code, day)
        if event is None:
            return self._to_make(title or "", day or self._only_day(title) or SOME_DAY, where)
        return self._at(event)

    def _at(self, event: Event) -> Place:
        """The place of rows of an event that is there, with who is known or expected to have come."""
        require_service(event)
        place = Place(event.id, event.team_id, event.community_id, event.title, event.starts_at.date())
        place.absent = self._standing(event, SignupStatus.ABSENT)
        if event.starts_at <= run().clock.now:
            place.expected = self._standing(event, SignupStatus.SIGNED_UP)
        self.absences = self.absences or bool(place.absent)
        return place

    def _standing(self, event: Event, status: SignupStatus) -> frozenset[int]:
        """The people who stand so with an event."""
        return frozenset(signup.person_id for signup in signups(self.session, event.id, status))

    def _registered(self, title: str | None, code: str | None, day: date | None) -> Event | None:
        """The event that a row names; None for one that the file is to make."""
        if self._events is None:
            self._events = EventRegister(self.session, self.importing.community.id)
        try:
            return self.session.get_one(Event, self._events.find(title, code, day))
        except Rejected as rejected:
            makes = (
                self.importing.options.own["create_events"] and not code and (day or self._only_day(title))
            )
            if makes and isinstance(rejected.error, NotFound):
                return None
            raise

    def _only_day(self, title: str | None) -> date | None:
        """The day of the one event of this title that the file makes."""
        days = [day for name, day in self._made if name == name_key(title or "")]
        return days[0] if len(days) == 1 else None

    def _to_make(self, title: str, day: date, where: str | None) -> Place:
        """A place at the one new event of this title and day, whatever else the rows say."""
        made = self._made.setdefault((name_key(title), day), Made(title, day, len(self._made) + 1, where))
        return Place(None, None, self.importing.community.id, title, day, made)

    def _team(self, name: str, day: date | None) -> int:
        if self._teams is None:
            self._teams = TeamRegister(self.session, self.importing, create=False)
        self._teams.require([name], day)
        key = self._teams.id_of(name)
        self._team_names[key] = name
        return key

    def team_name(self, place: Place) -> str | None:
        """The team that rows named themselves; the team of their event goes without saying."""
        return self._team_names.get(place.team_id)

    def make(self, number: int, first: int | None, last: int | None) -> int:
        """Add an event that the file makes, from its first start to its last end; answers its id."""
        made = next(each for each in self._made.values() if each.number == number)
        midnight = datetime.combine(made.day, time())
        event = event_rules.add_event(
            self.session,
            self.importing.community,
            title=made.title,
            place=made.where,
            status=EventStatus.DONE,
            starts_at=midnight + timedelta(minutes=first or 0),
            ends_at=midnight + timedelta(minutes=DAY if last is None else last),
        )
        made.event_id = event.id
        return event.id

    def remarks(self) -> list[str]:
        """Which events were made."""
        made = [each.title for each in self._made.values() if each.event_id is not None]
        return [_("Events added: {titles}").format(titles=listed(made))] if made else []
