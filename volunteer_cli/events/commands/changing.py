"""`volunteer event` verbs that change an event and lead it to its end."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING, Annotated, Any

from typer import Option

from volunteer_cli.areas import hooks
from volunteer_cli.core.i18n import N_, _, ngettext, typography
from volunteer_cli.core.run import run
from volunteer_cli.events.commands.typed import (
    Named,
    NewEnd,
    NewStart,
    SeriesFrom,
    Several,
    TeamOption,
    app,
    changing,
    changing_each,
    read_details,
    read_end,
    require_series,
    tell_event,
    tell_events,
    tell_series,
    whom_to_tell,
    whose,
)
from volunteer_cli.events.fields import TITLE, WHAT, WHO
from volunteer_cli.fields.terms import Noun
from volunteer_cli.fields.typed import SetFields, give_set, read_set
from volunteer_cli.shell import read, tell, verb
from volunteer_cli.shell.taking import Details, takes, typed

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from volunteer_cli.events.models import Event


@verb(app, "edit", example="volunteer event edit 清洁日 --capacity 30 --place 中心广场", changes=True)
@takes(called=typed([TITLE]), what=typed(WHAT), who=typed(WHO))
def edit(
    event: Named,
    *,
    called: Details,
    start: NewStart = None,
    end: NewEnd = None,
    team: TeamOption = None,
    what: Details,
    capacity: Annotated[
        str | None, Option("--capacity", metavar="N|none", help=N_("Number of places, or none for no limit"))
    ] = None,
    min_age: Annotated[
        str | None, Option("--min-age", metavar="YEARS|none", help=N_("How old everyone must be on its day"))
    ] = None,
    members_only: Annotated[
        bool | None, Option("--members-only/--for-everyone", help=N_("For members of the team only, or not"))
    ] = None,
    add_skill: Annotated[
        list[str] | None, Option("--add-skill", metavar="SKILL", help=N_("A skill that everyone needs"))
    ] = None,
    remove_skill: Annotated[
        list[str] | None, Option("--remove-skill", metavar="SKILL", help=N_("A skill that nobody needs now"))
    ] = None,
    who: Details,
    set_: SetFields = None,
    series: Annotated[bool, Option("--series", help=N_("Every event of the series that lies ahead"))] = False,
    since: SeriesFrom = None,
) -> None:
    """Change an event; more places move people up from the waitlist.

    With --series all events of its series that lie ahead change alike: times by as much as those of EVENT would.
    """
    require_series(since, series=series)

    with changing("event edit", event) as (session, edited):
        changes = read_details(session, {**called, **what, **who})
        changes |= {"add_skills": add_skill or (), "remove_skills": remove_skill or ()}
        # Three values: what was not said stays as it was.
        if members_only is not None:
            changes["members_only"] = members_only
        changes |= _numbers(capacity=capacity, min_age=min_age)
        changes |= _places(session, edited, start, end, team)
        custom = read_set(session, Noun.EVENT, set_)
        if series:
            _edit_series(session, edited, read(since), changes, custom)
        else:
            _edit_one(session, edited, changes, custom)


def _places(session: Session, event: Event, start: Any, end: Any, team: str | None) -> dict[str, Any]:
    """When an event is to be, and whose, as far as that was typed."""
    changes: dict[str, Any] = {}
    if start is not None:
        changes["starts_at"] = read(start)
    # After the start: an end that is a time alone is on the day of the new one.
    if end is not None:
        changes["ends_at"] = read_end(end, changes.get("starts_at", event.starts_at))
    # An empty team takes the event out of its team.
    if team is not None:
        changes["team_id"] = whose(session, team)[1] if team else None
    return changes


def _edit_one(session: Session, event: Event, changes: Details, custom: dict[int, Any]) -> None:
    """Change one event."""
    from volunteer_cli.events import rules

    give_set(session, Noun.EVENT, [event], custom)
    now = run().clock.now
    moved = rules.edit_event(session, event, now=now, **changes)
    sentence = _("Changed {title} ({id}).")
    if "starts_at" in changes and event.ends_at < now:
        sentence = _("Changed {title} ({id}); it is in the past now.")
    tell_event(session, event, sentence.format(title=event.title, id=event.id), moved)


def _edit_series(
    session: Session, event: Event, since: date | None, changes: Details, custom: dict[int, Any]
) -> None:
    """Change the events of a series that lie ahead, and say how many."""
    from volunteer_cli.events import rules

    now = run().clock.now
    ahead = rules.series_ahead(session, event, now=now, since=since)
    give_set(session, Noun.EVENT, ahead, custom)
    moved = rules.edit_series(session, event, ahead, now=now, **changes)
    sentence = ngettext(
        "Changed {count} event of the series {title}.",
        "Changed {count} events of the series {title}.",
        len(ahead),
    )
    tell_series(session, event, ahead, sentence, moved)


@verb(app, "open", example="volunteer event open 清洁日", changes=True)
def open_(
    event: Several,
    series: Annotated[bool, Option("--series", help=N_("Every event of the series that lies ahead"))] = False,
    since: SeriesFrom = None,
) -> None:
    """Open events for sign-ups."""
    from volunteer_cli.events import rules

    require_series(since, series=series)
    with changing_each("event open", event) as (session, events):
        if series:
            _open_series(session, events, read(since))
            return
        for record in events:
            rules.open_event(session, record)
        tell_events(session, events, _of_each(_("{title} ({id}) is open for sign-ups."), events))


def _of_each(sentence: str, events: Iterable[Event]) -> list[str]:
    """The sentence about each of the events."""
    return [sentence.format(title=event.title, id=event.id) for event in events]


def _open_series(session: Session, events: Sequence[Event], since: date | None) -> None:
    """Open what lies ahead of the series of events, and say how many of each."""
    from volunteer_cli.events import rules
    from volunteer_cli.events.views import EVENTS

    sentences, opened = [], []
    for event in events:
        ahead = rules.series_ahead(session, event, now=run().clock.now, since=since)
        planned = rules.open_series(session, ahead)
        sentence = ngettext(
            "{count} event of the series {title} is open for sign-ups now.",
            "{count} events of the series {title} are open for sign-ups now.",
            len(planned),
        )
        sentences.append(sentence.format(count=len(planned), title=event.title))
        opened += planned
    tell(session, EVENTS, opened, typography().sentences(sentences))


@verb(app, "finish", example="volunteer event finish 清洁日", changes=True)
def finish(event: Several) -> None:
    """Close events that took place; a service event's hours are written from its attendance."""
    with changing_each("event finish", event) as (session, events):
        sentences = [sentence for record in events for sentence in _finish(session, record)]
        tell_events(session, events, sentences)


def _finish(session: Session, event: Event) -> Iterator[str]:
    """Close an event, and say who came and what the other areas made of it."""
    from volunteer_cli.events import rules

    now, actor = run().clock.now, run().given.actor
    for hook in hooks("before_finish"):
        hook(session, event)
    came = rules.finish_event(session, event, now=now)
    outcome = ngettext(
        "{title} ({id}) is done; {count} person came.",
        "{title} ({id}) is done; {count} people came.",
        len(came),
    )
    yield outcome.format(title=event.title, id=event.id, count=len(came))
    for hook in hooks("after_finish"):
        yield from hook(session, event, came, now=now, actor=actor)


@verb(app, "cancel", example="volunteer event cancel 清洁日", changes=True)
def cancel(
    event: Several,
    series: Annotated[bool, Option("--series", help=N_("Every event of the series that lies ahead"))] = False,
    since: SeriesFrom = None,
) -> None:
    """Call events off and list whom to tell."""
    from volunteer_cli.events import rules

    require_series(since, series=series)
    with changing_each("event cancel", event) as (session, events):
        if series:
            _cancel_series(session, events, read(since))
            return
        for record in events:
            rules.cancel_event(session, record)
        tell_events(session, events, _of_each(_("Cancelled {title} ({id})."), events))


def _cancel_series(session: Session, events: Sequence[Event], since: date | None) -> None:
    """Call off what lies ahead of the series of events; say how many of each, and once whom to tell."""
    from volunteer_cli.events import rules
    from volunteer_cli.events.views import EVENTS

    sentences, cancelled = [], []
    for event in events:
        ahead = rules.series_ahead(session, event, now=run().clock.now, since=since)
        for one in ahead:
            rules.cancel_event(session, one)
        sentence = ngettext(
            "Cancelled {count} event of the series {title}.",
            "Cancelled {count} events of the series {title}.",
            len(ahead),
        )
        sentences.append(sentence.format(count=len(ahead), title=event.title))
        cancelled += ahead
    tell(session, EVENTS, cancelled, typography().sentences([*sentences, *whom_to_tell(session)]))


@verb(app, "archive", example="volunteer event archive 清洁日", changes=True)
def archive(event: Several) -> None:
    """Take events out of use; their hours stay."""
    _archive(event, archived=True)


@verb(app, "restore", example="volunteer event restore 清洁日", changes=True)
def restore(event: Several) -> None:
    """Bring archived events back into use."""
    _archive(event, archived=False)


def _archive(texts: Sequence[str], *, archived: bool) -> None:
    from volunteer_cli.core.rules import archive as put_away

    with changing_each("event archive" if archived else "event restore", texts) as (session, events):
        for record in events:
            put_away(session, record, run().clock.today if archived else None)
        sentence = _("Archived {title} ({id}).") if archived else _("Restored {title} ({id}).")
        tell_events(session, events, _of_each(sentence, events))


def _numbers(**texts: str | None) -> Details:
    """The numbers that were typed, by field."""
    return {name: _number(text) for name, text in texts.items() if text is not None}


def _number(text: str) -> int | None:
    from volunteer_cli.core.errors import BadQuantity

    if text.strip().lower() in ("", "none", "unlimited", "不限"):
        return None
    try:
        return int(text)
    except ValueError:
        raise BadQuantity(value=text) from None
