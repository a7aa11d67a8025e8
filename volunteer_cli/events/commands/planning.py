"""`volunteer event` verbs that make events: one, a series, a copy, a shift."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Annotated

from typer import Argument, Option

from volunteer_cli.core.i18n import N_, _, ngettext
from volunteer_cli.core.run import run
from volunteer_cli.events.commands.typed import (
    End,
    Named,
    Start,
    TeamOption,
    app,
    changing,
    planned,
    read_details,
    read_end,
    tell_event,
    whose,
)
from volunteer_cli.events.fields import WHAT, WHO
from volunteer_cli.fields.terms import Noun
from volunteer_cli.fields.typed import SetFields, give_set, read_set
from volunteer_cli.shell import Asked, choose, read, tell, verb
from volunteer_cli.shell.taking import Details, takes, typed

if TYPE_CHECKING:
    from volunteer_cli.events.models import Event, Shift

MINUTE = timedelta(minutes=1)


@verb(
    app,
    "add",
    example="volunteer event add 清洁日 --start '2026-07-04 9:00' --end 11:00 --team 绿色家园维护者 --capacity 20",
    changes=True,
    asks=tuple(map(Asked, ("title", "start", "end", "team", "kind", "place", "capacity"))),
)
@takes(what=typed(WHAT), who=typed(WHO))
def add(
    title: Annotated[str, Argument(metavar="TITLE", help=N_("What it is called"))],
    *,
    start: Start,
    end: End,
    team: TeamOption = None,
    what: Details,
    capacity: Annotated[
        int | None, Option("--capacity", metavar="N", help=N_("Number of places; without it no limit"))
    ] = None,
    min_age: Annotated[
        int | None, Option("--min-age", metavar="YEARS", help=N_("How old everyone must be on its day"))
    ] = None,
    members_only: Annotated[bool, Option("--members-only", help=N_("For members of the team only"))] = False,
    needs_skill: Annotated[
        list[str] | None, Option("--needs-skill", metavar="SKILL", help=N_("A skill that everyone needs"))
    ] = None,
    who: Details,
    set_: SetFields = None,
) -> None:
    """Plan an event."""
    from volunteer_cli.core.work import work
    from volunteer_cli.events import rules

    with work("event add") as session:
        starts_at = read(start)
        community, team_id = whose(session, team)
        event = rules.add_event(
            session,
            community,
            title=title,
            skills=needs_skill or (),
            starts_at=starts_at,
            ends_at=read_end(end, starts_at),
            team_id=team_id,
            capacity=capacity,
            min_age=min_age,
            members_only=members_only,
            **read_details(session, {**what, **who}),
        )
        give_set(session, Noun.EVENT, [event], read_set(session, Noun.EVENT, set_))
        tell_event(session, event, planned(event))


@verb(
    app,
    "repeat",
    example="volunteer event repeat reading --every week --count 8",
    changes=True,
)
def repeat(
    event: Named,
    every: Annotated[str, Option("--every", metavar="SPAN", help=N_("week or month"))],
    count: Annotated[int, Option("--count", metavar="N", help=N_("Events in all, the first included"))],
) -> None:
    """Make an event the first of a series.

    A monthly series that begins on the 29th to 31st takes the last day of shorter months.
    """
    from volunteer_cli.events import rules
    from volunteer_cli.events.terms import Every
    from volunteer_cli.events.views import EVENTS

    rhythm = choose(Every, every, "--every")
    with changing("event repeat", event) as (session, record):
        series = rules.repeat_event(session, record, every=rhythm, count=count)
        sentence = _("{title} is now a series of {count}, the last on {day} ({id}).")
        last = series[-1]
        day = f"{last.starts_at:%Y-%m-%d}"
        outcome = sentence.format(title=record.title, count=len(series), day=day, id=last.id)
        tell(session, EVENTS, series, outcome)


@verb(app, "copy", example="volunteer event copy 清洁日 --start '2026-07-11 9:00'", changes=True)
def copy(event: Named, start: Start) -> None:
    """Plan an event like another at another time."""
    from volunteer_cli.events import rules

    with changing("event copy", event) as (session, record):
        copied = rules.copy_event(session, record, starts_at=read(start))
        tell_event(session, copied, planned(copied))


@verb(
    app,
    "shift",
    example="volunteer event shift 清洁日 --name 早班 --start 9:00 --end 10:00 --need 5",
    changes=True,
)
def shift(
    event: Named,
    name: Annotated[str, Option("--name", metavar="NAME", help=N_("What the shift is called"))],
    start: Annotated[str, Option("--start", metavar="TIME", help=N_("When it begins"))],
    end: Annotated[str, Option("--end", metavar="TIME", help=N_("When it ends"))],
    need: Annotated[int, Option("--need", metavar="N", help=N_("How many people it needs"))],
) -> None:
    """Give an event a shift, or a shift other times."""
    from volunteer_cli.events import rules

    with changing("event shift", event) as (session, whole):
        today = run().clock.today
        starts_at = rules.moment_within(whole, start, since=whole.starts_at, today=today)
        # A minute later at least: an end that reads like the start is on the next day.
        ends_at = rules.moment_within(whole, end, since=starts_at + MINUTE, today=today)
        part = rules.add_shift(session, whole, name=name, need=need, starts_at=starts_at, ends_at=ends_at)
        tell_event(session, whole, _shift_sentence(whole, part))


def _shift_sentence(event: Event, shift: Shift) -> str:
    sentence = ngettext(
        "{title} has the shift {shift} ({id}) for {need} person.",
        "{title} has the shift {shift} ({id}) for {need} people.",
        shift.need,
    )
    return sentence.format(title=event.title, shift=shift.name, id=shift.id, need=shift.need)
