"""What the verbs of `volunteer event` share: the noun, options and how an outcome is told."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import TYPE_CHECKING, Annotated, Any

from typer import Argument, Option

from volunteer_cli.core.errors import UsageFault
from volunteer_cli.core.i18n import N_, _, listed, typography, with_detail
from volunteer_cli.core.run import run
from volunteer_cli.events.fields import STATUS, TITLE, WHAT, WHO
from volunteer_cli.shell import DayText, PlannedText, day_option, noun, tell, tell_each
from volunteer_cli.shell.taking import Details

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from volunteer_cli.core.history import Recorder
    from volunteer_cli.events.models import Event
    from volunteer_cli.events.rules import Promotion
    from volunteer_cli.people.models import Person

app = noun("event")

Named = Annotated[str, Argument(metavar="EVENT", help=N_("Its id, code or title"))]
Several = Annotated[
    list[str], Argument(metavar="EVENT...", help=N_("Ids, codes or titles; 232-240,245 is ten ids"))
]
One = Annotated[str, Argument(metavar="PERSON", help=N_("A person: id, number or name"))]
People = Annotated[list[str], Argument(metavar="PERSON...", help=N_("People: ids, numbers or names"))]
Start = Annotated[
    PlannedText, Option("--start", parser=PlannedText, metavar="DATETIME", help=N_("When it begins"))
]
End = Annotated[
    str, Option("--end", metavar="DATETIME", help=N_("When it ends; a time alone is on the same day"))
]
NewStart = Annotated[
    PlannedText | None,
    Option("--start", parser=PlannedText, metavar="DATETIME", help=N_("When it begins; the end moves along")),
]
SeriesFrom = Annotated[
    DayText | None, day_option("--from", N_("With --series: from this day on"), ahead=True)
]
NewEnd = Annotated[str | None, Option("--end", metavar="DATETIME", help=N_("When it ends"))]
TeamOption = Annotated[str | None, Option("--team", metavar="TEAM", help=N_("The team that holds it"))]
MomentAt = Annotated[
    str | None, Option("--at", metavar="TIME", help=N_("A time, or a day and time; default now"))
]
LetIn = Annotated[
    str | None,
    Option(
        "--override",
        metavar="REASON",
        help=N_("Let in who waits or never signed up; the reason is kept"),
    ),
]


@contextmanager
def changing(command: str, event: str) -> Iterator[tuple[Session, Event]]:
    """A unit of work on one event."""
    from volunteer_cli.core.work import work
    from volunteer_cli.events.queries import find_event

    with work(command) as session:
        yield session, find_event(session, event)


@contextmanager
def changing_each(command: str, texts: Sequence[str]) -> Iterator[tuple[Session, list[Event]]]:
    """A unit of work on several events: all of them are changed, or none."""
    from volunteer_cli.core.work import work
    from volunteer_cli.events.queries import find_events

    with work(command) as session:
        yield session, find_events(session, texts)


def tell_events(session: Session, events: Sequence[Event], sentences: Iterable[str]) -> None:
    """Say what was done with each of several events."""
    from volunteer_cli.events.views import EVENTS

    tell_each(session, EVENTS, events, [*filter(None, sentences), *whom_to_tell(session)])


def tell_event(session: Session, event: Event, sentence: str, moved: Sequence[Promotion] = ()) -> None:
    """Say what was done, and who moved up from the line and why."""
    from volunteer_cli.events.views import EVENTS

    up = _("{person} ({id}) moved up from the waitlist: {why}.")
    promotions = [
        up.format(person=one.person.name, id=one.person.id, why=one.why) for one in _told_now(session, moved)
    ]
    tell(session, EVENTS, event, typography().sentences([sentence, *whom_to_tell(session), *promotions]))


def whom_to_tell(session: Session) -> list[str]:
    """The sentence that names whom to call about what the command has changed; of a batch it comes at the end."""
    session.flush()
    recorder: Recorder = session.info["recorder"]
    # A batch of a hundred lines has one list of whom to call, not a hundred.
    if run().batched or not any(map(recorder.changed, ("event", "shift", "signup"))):
        return []
    from volunteer_cli.events.documents import CALLED, whom_to_call

    # The watch of the area would say the same once more before the commit.
    session.info[CALLED] = True
    return list(whom_to_call(session, recorder))


def planned(event: Event) -> str:
    """When an event is planned for, in words: a slip of the year or the month is seen there."""
    from volunteer_cli.core.dates import shown_span

    sentence = _("Planned {title} ({id}) on {when}.")
    if event.ends_at < run().clock.now:
        sentence = _("Planned {title} ({id}) on {when}, in the past.")
    when = shown_span(event.starts_at, event.ends_at)
    return sentence.format(title=event.title, id=event.id, when=when)


def tell_series(
    session: Session,
    event: Event,
    events: Sequence[Event],
    sentence: str,
    moved: Sequence[Promotion] = (),
) -> None:
    """Say at how many events of a series something was done, and who moved up at which."""
    from volunteer_cli.events.rules.lines import moved_up
    from volunteer_cli.events.views import EVENTS

    sentence = sentence.format(count=len(events), title=event.title)
    tell(
        session,
        EVENTS,
        list(events),
        typography().sentences([sentence, *whom_to_tell(session), *map(moved_up, _told_now(session, moved))]),
    )


def _told_now(session: Session, moved: Sequence[Promotion]) -> Sequence[Promotion]:
    """Who moved up, unless a batch says so at its end: by then they may have withdrawn."""
    from volunteer_cli.events.rules import tell_later

    if not run().batched:
        return moved
    tell_later(session, moved)
    return ()


def named(people: Sequence[Person]) -> str:
    """People by name and id, as a sentence tells them."""
    return listed(with_detail(person.name, person.id) for person in people)


def read_end(text: str, start: datetime) -> datetime:
    """An end as typed; a time alone is on the day of the start."""
    from volunteer_cli.core.dates import parse_moment
    from volunteer_cli.core.offsets import on_the_wall

    return parse_moment(on_the_wall(text), start.date(), run().clock.today)


def read_details(session: Session, details: Details) -> dict[str, Any]:
    """The columns that typed texts of an event stand for; one not given is left out, an empty text clears."""
    from volunteer_cli.core.fields import values_of

    values = values_of((TITLE, STATUS, *WHAT, *WHO), details, today=run().clock.today, region="")
    if "leader" in values:
        values["leader_id"] = person_id(session, values.pop("leader"))
    return values


def person_id(session: Session, text: str | None) -> int | None:
    """The id of the person that `text` names; None without a text."""
    from volunteer_cli.people.queries import find_person

    return find_person(session, text).id if text else None


def whose(session: Session, team: str | None) -> tuple[Any, int | None]:
    """The community of an event and the team that holds it, if one does."""
    from volunteer_cli.communities.models import Community
    from volunteer_cli.communities.queries import the_community
    from volunteer_cli.teams.queries import find_team

    if not team:
        return the_community(session), None
    record = find_team(session, team)
    return session.get_one(Community, record.community_id), record.id


class FromWithoutSeries(UsageFault):
    """--from DATE goes with --series"""

    code = "usage"


def require_series(since: DayText | None, *, series: bool) -> None:
    """Raises FromWithoutSeries when a day is named of which nothing is asked."""
    if since is not None and not series:
        raise FromWithoutSeries
