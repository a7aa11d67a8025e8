"""`volunteer event` verbs about places and attendance."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING, Annotated, Any

from typer import Option

from volunteer_cli.areas import hooks
from volunteer_cli.core.errors import UsageFault
from volunteer_cli.core.i18n import N_, _, ngettext, typography, with_detail
from volunteer_cli.core.run import run
from volunteer_cli.events.commands.typed import (
    LetIn,
    MomentAt,
    Named,
    People,
    SeriesFrom,
    app,
    changing,
    named,
    require_series,
    tell_event,
    tell_series,
)
from volunteer_cli.shell import read, verb

#: The one word that means the standard input instead of people.
STANDARD_INPUT = "-"

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.orm import Session

    from volunteer_cli.events.models import Event, Shift, Signup
    from volunteer_cli.people.models import Person


@verb(app, "signup", example="volunteer event signup 清洁日 李明 王芳", changes=True)
def signup(
    event: Named,
    person: People,
    shift: Annotated[str | None, Option("--shift", metavar="SHIFT", help=N_("A shift of the event"))] = None,
    series: Annotated[bool, Option("--series", help=N_("Every event of the series that lies ahead"))] = False,
    no_waitlist: Annotated[
        bool, Option("--no-waitlist", help=N_("Refuse when it is full instead of waiting in line"))
    ] = False,
    override: Annotated[
        str | None,
        Option(
            "--override",
            metavar="REASON",
            help=N_("Let not_member, age_unknown, overlap and full pass; kept"),
        ),
    ] = None,
) -> None:
    """Give people a place at an event, or in its line when it is full."""
    from volunteer_cli.events import queries, rules
    from volunteer_cli.people.queries import find_people

    with changing("event signup", event) as (session, named_event):
        now = run().clock.now
        how: dict[str, Any] = {"now": now, "waitlist": not no_waitlist, "override": override}
        events = rules.series_ahead(session, named_event, now=now) if series else [named_event]
        shifts = [queries.find_shift(session, one, shift) if shift else None for one in events]
        # Who waits goes before who comes: a place that became free is theirs first.
        moved = [promotion for one in events for promotion in rules.settle_line(session, one, now=now)]
        sentences = []
        for who in find_people(session, person):
            waiting = _sign_up_for_all(session, who, events, shifts, how)
            outcome = (
                _taken_series(named_event, who, waiting)
                if series
                else _taken(session, named_event, who, shifts[0])
            )
            sentences.append(outcome)
        tell_event(session, named_event, typography().sentences(sentences), moved)


def _sign_up_for_all(
    session: Session,
    person: Person,
    events: Sequence[Event],
    shifts: Sequence[Shift | None],
    how: dict[str, Any],
) -> list[bool]:
    """Sign somebody up for each event and its shift; at which of them they wait."""
    from volunteer_cli.events import queries, rules

    waiting = []
    for event, shift in zip(events, shifts, strict=True):
        signup = rules.sign_up(session, event, person, shift=shift, **how)
        waiting.append(queries.waits(session, signup, shift))
    return waiting


def _taken(session: Session, event: Event, person: Person, shift: Shift | None) -> str:
    """What became of a sign-up: a place, or a place in the line."""
    from volunteer_cli.events.queries import place_in_line

    place = place_in_line(session, event.id, person.id, shift)
    sentence = _("{person} has a place at {title} ({id}).")
    if place is not None:
        sentence = _("{title} ({id}) is full: {person} is number {place} on the waitlist.")
    return sentence.format(person=named([person]), title=event.title, id=event.id, place=place)


def _taken_series(event: Event, person: Person, each: Sequence[bool]) -> str:
    waiting = sum(each)
    count = len(each) - waiting
    events = ngettext("{count} event", "{count} events", count).format(count=count)
    sentence = _("{person} has a place at {events} of {title}.")
    if waiting:
        sentence = ngettext(
            "{person} has a place at {events} of {title} and waits for {waiting} that is full.",
            "{person} has a place at {events} of {title} and waits for {waiting} that are full.",
            waiting,
        )
    return sentence.format(person=named([person]), events=events, title=event.title, waiting=waiting)


@verb(app, "move", example="volunteer event move 清洁日 李明 --shift 晚班", changes=True)
def move(
    event: Named,
    person: People,
    shift: Annotated[str, Option("--shift", metavar="SHIFT", help=N_("The shift to move to"))],
    override: Annotated[
        str | None,
        Option(
            "--override",
            metavar="REASON",
            help=N_("Let not_member, age_unknown, overlap and full pass; kept"),
        ),
    ] = None,
) -> None:
    """Give people another shift of an event; nobody loses a place or a turn by it."""
    from volunteer_cli.events import queries, rules
    from volunteer_cli.people.queries import find_people

    with changing("event move", event) as (session, found):
        part, people = queries.find_shift(session, found, shift), find_people(session, person)
        for who in people:
            rules.move_to_shift(session, found, who, part, now=run().clock.now, override=override)
        sentence = _("Moved {people} to {shift} of {title} ({id}).")
        names = {"people": named(people), "shift": part.name, "title": found.title, "id": found.id}
        tell_event(session, found, sentence.format(**names))


@verb(app, "withdraw", example="volunteer event withdraw 清洁日 李明", changes=True)
def withdraw(
    event: Named,
    person: People,
    shift: Annotated[
        str | None, Option("--shift", metavar="SHIFT", help=N_("One shift, or the line for it, alone"))
    ] = None,
    series: Annotated[bool, Option("--series", help=N_("Every event of the series that lies ahead"))] = False,
    since: SeriesFrom = None,
) -> None:
    """Give places back; the next in line move up."""
    from volunteer_cli.events import rules
    from volunteer_cli.people.queries import find_people

    require_series(since, series=series)
    if shift is not None and series:
        raise ShiftOfSeries
    if shift is not None:
        _withdraw_from_shift(event, person, shift)
        return
    if series:
        _withdraw_from_series(event, person, since)
        return
    with changing("event withdraw", event) as (session, found):
        people = find_people(session, person)
        moved = rules.withdraw(session, found, people, now=run().clock.now)
        sentence = _("Withdrew {people} from {title} ({id}).")
        tell_event(
            session, found, sentence.format(people=named(people), title=found.title, id=found.id), moved
        )


def _withdraw_from_series(event: str, person: Sequence[str], since: SeriesFrom) -> None:
    from volunteer_cli.events import rules
    from volunteer_cli.people.queries import find_people

    with changing("event withdraw", event) as (session, one):
        people, now = find_people(session, person), run().clock.now
        events, moved = rules.withdraw_from_series(session, one, people, now=now, since=read(since))
        sentence = ngettext(
            "Withdrew them from {count} event of the series {title}.",
            "Withdrew them from {count} events of the series {title}.",
            len(events),
        )
        tell_series(session, one, events, sentence, moved)


class ShiftOfSeries(UsageFault):
    """--shift goes with one event, not with --series"""

    code = "usage"


def _withdraw_from_shift(event: str, person: Sequence[str], shift: str) -> None:
    from volunteer_cli.events import queries, rules
    from volunteer_cli.people.queries import find_people

    with changing("event withdraw", event) as (session, one):
        part, people = queries.find_shift(session, one, shift), find_people(session, person)
        moved = rules.withdraw_from_shift(session, one, people, part, now=run().clock.now)
        sentence = _("Withdrew {people} from {title} ({id}).")
        title = with_detail(one.title, part.name)
        tell_event(session, one, sentence.format(people=named(people), title=title, id=one.id), moved)


@verb(app, "checkin", example="volunteer event checkin 清洁日 李明 王芳 --at 9:05", changes=True)
def checkin(event: Named, person: People, at: MomentAt = None, override: LetIn = None) -> None:
    """Record when people came.

    Instead of people, - reads them line by line from a scanner or a list. After the event is done this
    corrects its attendance, and the hours follow.
    """
    from volunteer_cli.events import rules

    _attend("event checkin", event, person, at, partial(rules.check_in, override=override), override)


@verb(app, "checkout", example="volunteer event checkout 清洁日 李明 王芳 --at 11:00", changes=True)
def checkout(event: Named, person: People, at: MomentAt = None) -> None:
    """Record when people left.

    Instead of people, - reads them line by line from a scanner or a list. After the event is done this
    corrects its attendance, and the hours follow.
    """
    from volunteer_cli.events import rules

    _attend("event checkout", event, person, at, rules.check_out)


def _attend(
    command: str, event: str, people: Sequence[str], at: str | None, record: Any, reason: str | None = None
) -> None:
    if list(people) == [STANDARD_INPUT]:
        _scan(command, event, at, record, reason)
    else:
        _attend_named(command, event, people, at, record, reason)


def _attend_named(
    command: str, event: str, people: Sequence[str], at: str | None, record: Any, reason: str | None
) -> None:
    from volunteer_cli.events.rules.attendance import moment_at
    from volunteer_cli.people.queries import find_people

    with changing(command, event) as (session, attended):
        now = run().clock.now
        who = find_people(session, people)
        moment = moment_at(attended, at, now=now) if at else None
        signups = [record(session, attended, person, at=moment, now=now) for person in who]
        sentence = _("{people} left {title} ({id}) at {at}.")
        if command == "event checkin":
            sentence = _("{people} came to {title} ({id}) at {at}.")
        outcome = sentence.format(
            people=named(who), title=attended.title, id=attended.id, at=f"{moment or now:%Y-%m-%d %H:%M}"
        )
        tell_event(
            session,
            attended,
            typography().sentences([outcome, *_followed(session, attended, signups, reason)]),
        )


def _scan(command: str, event: str, at: str | None, record: Any, reason: str | None) -> None:
    from volunteer_cli.events.commands.scanning import Scan, scan

    def by_rule(session: Session, event: Event, person: Person, moment: datetime, now: datetime) -> Signup:
        return record(session, event, person, at=moment, now=now)  # type: ignore[no-any-return]

    sitting = Scan(event, at, by_rule, leaving=command == "event checkout")
    scan(command, sitting, partial(_followed, reason=reason))


@verb(app, "absent", example="volunteer event absent 清洁日 李明", changes=True)
def absent(event: Named, person: People) -> None:
    """Record that people did not come.

    After the event is done this corrects its attendance, and the hours follow.
    """
    from volunteer_cli.events import rules
    from volunteer_cli.people.queries import find_people

    with changing("event absent", event) as (session, found):
        people = find_people(session, person)
        signups = [rules.mark_absent(session, found, who, now=run().clock.now) for who in people]
        sentence = _("{people} did not come to {title} ({id}).")
        outcome = sentence.format(people=named(people), title=found.title, id=found.id)
        tell_event(session, found, typography().sentences([outcome, *_followed(session, found, signups)]))


def _followed(
    session: Session, event: Event, signups: Sequence[Signup], reason: str | None = None
) -> Iterator[str]:
    """Let the hours of an event that is done follow its attendance, and say which could not."""
    why = reason or _("attendance corrected")
    now, actor = run().clock.now, run().given.actor
    for hook in hooks("after_attendance"):
        yield from hook(session, event, signups, now=now, actor=actor, reason=why)
