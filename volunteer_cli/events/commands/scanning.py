"""Who came or left, read line by line from a scanner or a list.

What a line means is answered at once; it is written when the input ends, so that nobody else waits for the
database as long as people stand at the door, and so that the whole is one operation.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from time import monotonic
from typing import TYPE_CHECKING

from typer import Exit

from volunteer_cli.core.errors import REFUSED, VolunteerError
from volunteer_cli.core.i18n import _, ngettext, typography
from volunteer_cli.core.run import run
from volunteer_cli.events.commands.typed import named, tell_event
from volunteer_cli.output.colors import BAD
from volunteer_cli.shell import say
from volunteer_cli.shell.telling import tell_line

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from volunteer_cli.events.models import Event, Signup
    from volunteer_cli.people.models import Person


@dataclass(frozen=True)
class Scanned:
    """Somebody who was scanned: in which line, who, and when."""

    line: int
    person_id: int
    at: datetime


@dataclass
class Scan:
    """One sitting at the door of an event.

    Attributes:
        event: as it was typed.
        at: a time that holds for all lines, as it was typed; without one each has that of its own.
        record: the rule, from session, event, person, moment and now.
        leaving: people go; who is read twice came the first time and left the last.
    """

    event: str
    at: str | None
    record: Callable[[Session, Event, Person, datetime, datetime], Signup]
    leaving: bool
    failed: int = 0

    def read(self) -> list[Scanned]:
        """Who is named by the lines of the standard input, each once; what a line means is said at once."""
        first, begun = self._first_moment(), monotonic()
        rows: dict[int, Scanned] = {}
        for number, text in _lines():
            # By the clock that only goes forward, for somebody may set the other one during an evening at
            # the door.
            at = first if self.at else first + timedelta(seconds=int(monotonic() - begun))
            row = self._meant(number, text, at)
            # Who is read twice at the entrance has shown the card twice, and came once.
            if row is not None and (self.leaving or row.person_id not in rows):
                rows[row.person_id] = row
        return list(rows.values())

    def _first_moment(self) -> datetime:
        """The time of the first line, once it is known that the event is held then."""
        from volunteer_cli.core.work import reading
        from volunteer_cli.events.queries import find_event
        from volunteer_cli.events.rules.attendance import moment_at, require_held_at

        with reading() as session:
            event, now = find_event(session, self.event), run().clock.now
            at = moment_at(event, self.at, now=now) if self.at else now
            # Before the first card is read: a queue must not be told afterwards that nothing was kept.
            require_held_at(event, at, now)
        return at

    def _meant(self, number: int, text: str, at: datetime) -> Scanned | None:
        from volunteer_cli.core.work import reading
        from volunteer_cli.people.queries import find_scanned

        try:
            with reading() as session:
                person = find_scanned(session, text)
                say(f"{at:%H:%M}  {named([person])}")
                return Scanned(number, person.id, at)
        except VolunteerError as error:
            self.refuse(number, error)
            return None

    def write(self, session: Session, event: Event, rows: list[Scanned]) -> list[Signup]:
        """Record everybody; who is refused is named, and the others go on."""
        written = []
        for row in rows:
            try:
                written.append(self._write(session, event, row))
            except VolunteerError as error:
                self.refuse(row.line, error)
        return written

    def _write(self, session: Session, event: Event, row: Scanned) -> Signup:
        from volunteer_cli.events.queries import signup_of
        from volunteer_cli.people.models import Person

        person = session.get_one(Person, row.person_id)
        signup = signup_of(session, event.id, person.id)
        # Already in, by a list or another scanner: the first moment is the true one.
        if not self.leaving and signup is not None and signup.checked_in_at is not None:
            return signup
        signup = self.record(session, event, person, row.at, max(row.at, run().clock.now))
        # The strongest kind of evidence, which hours and certificate then name.
        signup.scanned = True
        return signup

    def refuse(self, number: int, error: VolunteerError) -> None:
        """Say what is wrong with a line, and go on."""
        self.failed += 1
        sentence = _("Line {number}: {line}").format(number=number, line=error)
        tell_line(_("Error: {line}").format(line=sentence), color=BAD)


def _lines() -> Iterator[tuple[int, str]]:
    """The lines that say something, with their numbers; each as soon as it is there."""
    # Line by line: iterating over a file reads ahead, and whoever scanned would wait for the next one.
    for number, line in enumerate(iter(sys.stdin.readline, ""), start=1):
        if text := line.strip("\ufeff \t\r\n"):
            yield number, text


def scan(
    command: str, sitting: Scan, followed: Callable[[Session, Event, list[Signup]], Iterator[str]]
) -> None:
    """Read and record a whole sitting as one operation; exit code 1 where a line was refused, the others stand."""
    from volunteer_cli.core.work import work
    from volunteer_cli.events.queries import find_event

    rows = sitting.read()
    with work(command) as session:
        event = find_event(session, sitting.event)
        signups = sitting.write(session, event, rows)
        told = [_outcome(event, len(signups), leaving=sitting.leaving), *followed(session, event, signups)]
        tell_event(session, event, typography().sentences(told))
    if sitting.failed:
        raise Exit(REFUSED)


def _outcome(event: Event, count: int, *, leaving: bool) -> str:
    sentence = ngettext(
        "{count} person came to {title} ({id}).", "{count} people came to {title} ({id}).", count
    )
    if leaving:
        sentence = ngettext(
            "{count} person left {title} ({id}).", "{count} people left {title} ({id}).", count
        )
    return sentence.format(count=count, title=event.title, id=event.id)
