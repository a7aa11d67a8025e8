"""`volunteer event …`."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import TYPE_CHECKING, Annotated, Any

from typer import Argument, Option

from volunteer_cli.core.i18n import N_, _
from volunteer_cli.core.settings import settings
from volunteer_cli.shell import (
    Archived,
    choose,
    noun,
    options,
    read_moment,
    read_period,
    show,
    show_list,
    tell,
    verb,
)

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from volunteer_cli.events.models import Event
    from volunteer_cli.events.rules import Promotion
    from volunteer_cli.people.models import Person

app = noun("event")

Named = Annotated[str, Argument(metavar="EVENT", help=N_("Its id, code or title"))]
One = Annotated[str, Argument(metavar="PERSON", help=N_("A person: id, number or name"))]
People = Annotated[list[str], Argument(metavar="PERSON...", help=N_("People: ids, numbers or names"))]
Start = Annotated[
    datetime, Option("--start", parser=read_moment, metavar="DATETIME", help=N_("When it begins"))
]
End = Annotated[
    str, Option("--end", metavar="DATETIME", help=N_("When it ends; a time alone is on the same day"))
]
NewStart = Annotated[
    datetime | None,
    Option("--start", parser=read_moment, metavar="DATETIME", help=N_("When it begins; the end moves along")),
]
NewEnd = Annotated[str | None, Option("--end", metavar="DATETIME", help=N_("When it ends"))]
TeamOption = Annotated[str | None, Option("--team", metavar="TEAM", help=N_("The team that holds it"))]
KindOption = Annotated[
    str | None,
    Option(
        "--kind",
        metavar="KIND",
        help=N_("service, class, camp, performance, meeting, collection or visit"),
    ),
]
Category = Annotated[str | None, Option("--category", metavar="TEXT", help=N_("Category of service"))]
Place = Annotated[str | None, Option("--place", metavar="TEXT", help=N_("Where it is"))]
Leader = Annotated[str | None, Option("--leader", metavar="PERSON", help=N_("Who is in charge"))]
CodeOption = Annotated[str | None, Option("--code", metavar="CODE", help=N_("Short code to name it by"))]
MomentAt = Annotated[
    str | None, Option("--at", metavar="TIME", help=N_("A time, or a day and time; default now"))
]


# --- making ------------------------------------------------------------


@verb(
    app,
    "add",
    example="volunteer event add 清洁日 --start '2026-07-04 9:00' --end 11:00 --team 绿色家园维护者 --capacity 20",
    changes=True,
)
def add(
    title: Annotated[str, Argument(metavar="TITLE", help=N_("What it is called"))],
    start: Start,
    end: End,
    team: TeamOption = None,
    kind: KindOption = "service",
    category: Category = None,
    place: Place = None,
    capacity: Annotated[
        int | None, Option("--capacity", metavar="N", help=N_("Number of places; without it no limit"))
    ] = None,
    members_only: Annotated[bool, Option("--members-only", help=N_("For members of the team only"))] = False,
    needs_skill: Annotated[
        list[str] | None, Option("--needs-skill", metavar="SKILL", help=N_("A skill that everyone needs"))
    ] = None,
    leader: Leader = None,
    code: CodeOption = None,
) -> None:
    """Plan an event."""
    from volunteer_cli.core.work import work
    from volunteer_cli.events import rules
    from volunteer_cli.events.terms import EventKind

    details: dict[str, Any] = {
        "category": category,
        "place": place,
        "capacity": capacity,
        "members_only": members_only,
    }
    times: dict[str, Any] = {"starts_at": start, "ends_at": _end(end, start)}
    chosen = choose(EventKind, kind, "--kind")
    with work("event add") as session:
        community, details["team_id"] = _whose(session, team)
        details["leader_id"] = _person_id(session, leader)
        event = rules.add_event(
            session,
            community,
            title=title,
            code=code,
            kind=chosen,
            skills=needs_skill or (),
            **times,
            **details,
        )
        _tell(session, event, _("Planned {title} ({id}).").format(title=event.title, id=event.id))


@verb(
    app,
    "repeat",
    example="volunteer event repeat reading --every week --count 8",
    changes=True,
)
def repeat(
    event: Named,
    every: Annotated[str, Option("--every", metavar="PERIOD", help=N_("week or month"))],
    count: Annotated[int, Option("--count", metavar="N", help=N_("Events in all, the first included"))],
) -> None:
    """Make an event the first of a series.

    A monthly series that begins on the 29th to 31st takes the last day of shorter months.
    """
    from volunteer_cli.events import rules
    from volunteer_cli.events.terms import Every
    from volunteer_cli.events.views import EVENTS

    rhythm = choose(Every, every, "--every")
    with _changing("event repeat", event) as (session, found):
        series = rules.repeat_event(session, found, every=rhythm, count=count)
        sentence = _("{title} is now a series of {count}, the last on {day} ({id}).")
        last = series[-1]
        day = f"{last.starts_at:%Y-%m-%d}"
        told = sentence.format(title=found.title, count=len(series), day=day, id=last.id)
        tell(session, EVENTS, series, told)


@verb(app, "copy", example="volunteer event copy 清洁日 --start '2026-07-11 9:00'", changes=True)
def copy(event: Named, start: Start) -> None:
    """Plan an event like another at another time."""
    from volunteer_cli.events import rules

    with _changing("event copy", event) as (session, found):
        made = rules.copy_event(session, found, starts_at=start)
        _tell(session, made, _("Planned {title} ({id}).").format(title=made.title, id=made.id))


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
    from volunteer_cli.core.dates import parse_moment
    from volunteer_cli.events import rules

    with _changing("event shift", event) as (session, found):
        starts_at = parse_moment(start, found.starts_at.date(), settings().today)
        times: dict[str, Any] = {"starts_at": starts_at, "ends_at": _end(end, starts_at)}
        made = rules.add_shift(session, found, name=name, need=need, **times)
        sentence = _("{title} has the shift {shift} ({id}) for {need} people.")
        _tell(session, found, sentence.format(title=found.title, shift=made.name, id=made.id, need=need))


# --- reading ------------------------------------------------------------


@verb(app, "list", example="volunteer event list --status open --period this-month")
def list_(
    status: Annotated[
        str | None, Option("--status", metavar="STATUS", help=N_("planned, open, done or cancelled"))
    ] = None,
    team: TeamOption = None,
    kind: KindOption = None,
    period: Annotated[
        Any, Option("--period", parser=read_period, metavar="PERIOD", help=N_("Only those that begin in it"))
    ] = None,
    archived: Archived = False,
) -> None:
    """List events by their beginning."""
    from volunteer_cli.core.work import reading
    from volunteer_cli.events import queries
    from volunteer_cli.events.terms import EventKind, EventStatus
    from volunteer_cli.events.views import EVENTS

    which: dict[str, Any] = {
        "status": choose(EventStatus, status, "--status"),
        "kind": choose(EventKind, kind, "--kind"),
    }
    with reading() as session:
        within = _within(session, team)
        show_list(
            session, EVENTS, queries.events(session, period=period, archived=archived, **which, **within)
        )


@verb(app, "show", example="volunteer event show 清洁日")
def show_(event: Named) -> None:
    """Show an event with its shifts and its roster."""
    from volunteer_cli.core.work import reading
    from volunteer_cli.events.queries import find_event
    from volunteer_cli.events.views import EVENTS

    with reading() as session:
        show(session, EVENTS, find_event(session, event, changing=False))


@verb(app, "roster", example="volunteer event roster 清洁日 -o roster.xlsx")
def roster(event: Named) -> None:
    """List who signed up; as html or xlsx, print a sheet to sign.

    The sheet, filled in, comes back with: volunteer import hours FILE
    """
    from volunteer_cli.core.work import reading
    from volunteer_cli.events import queries
    from volunteer_cli.events.views import ROSTER

    with reading() as session:
        found = queries.find_event(session, event, changing=False)
        if not _print_sheet(session, found):
            show_list(session, ROSTER, queries.roster(session, found.id))


def _print_sheet(session: Session, event: Event) -> bool:
    """Write the sheet to sign where html or xlsx was asked for, without naming fields."""
    from volunteer_cli.core.work import record_reveal
    from volunteer_cli.events import documents
    from volunteer_cli.events.views import ROSTER
    from volunteer_cli.output.options import Format
    from volunteer_cli.output.render import check

    told = options()
    form = told.resolved(sys.stdout.isatty())
    if form not in (Format.html, Format.xlsx) or told.fields:
        return False
    check(ROSTER, told)
    if told.reveal:
        record_reveal(session, "roster", told.reveal)
    sheet = documents.sign_in_sheet(session, event, reveal=bool(told.reveal))
    _write(documents.sheet_as_html(sheet) if form is Format.html else documents.sheet_as_xlsx(sheet))
    return True


def _write(content: str | bytes) -> None:
    """Write a document to the file that was named, else to standard output."""
    from volunteer_cli.output.files import replacing

    binary = isinstance(content, bytes)
    path = options().file
    if path is None:
        (sys.stdout.buffer if binary else sys.stdout).write(content)  # type: ignore[arg-type]
        return
    with replacing(path, binary=binary) as file:
        file.write(content)


@verb(app, "suggest", example="volunteer event suggest 清洁日 --need 5")
def suggest(
    event: Named,
    need: Annotated[int, Option("--need", min=1, metavar="N", help=N_("How many to suggest"))] = 10,
) -> None:
    """List whom to ask: free, skilled, of the team, living near, served longest ago."""
    from volunteer_cli.core.work import reading
    from volunteer_cli.events import suggestions
    from volunteer_cli.events.queries import find_event
    from volunteer_cli.events.views import SUGGESTIONS
    from volunteer_cli.hours.queries import last_served_on

    with reading() as session:
        found = find_event(session, event, changing=False)
        best = suggestions.suggest(session, found, need=need, last_served=last_served_on)
        show_list(session, SUGGESTIONS, best)


@verb(app, "calendar", example="volunteer event calendar --team 绿色家园维护者 -o events.ics")
def calendar(team: TeamOption = None) -> None:
    """Write all events, past and cancelled ones too, as a calendar (iCalendar).

    An event keeps its identity, so that a calendar which reads the file again updates.
    """
    from volunteer_cli.core.work import reading
    from volunteer_cli.events import documents, queries
    from volunteer_cli.events.views import EVENTS

    with reading() as session:
        within = _within(session, team)
        events = list(queries.events(session, archived=None, **within))
        _write(
            documents.calendar(session, events, name=_calendar_name(session, within), zone=settings().zone)
        )
        if options().file is not None:
            options().output = None
            show_list(session, EVENTS, events)


def _calendar_name(session: Session, within: dict[str, Any]) -> str:
    from volunteer_cli.communities.queries import community_names
    from volunteer_cli.teams.queries import team_names

    if within["team_id"]:
        return team_names(session, [within["team_id"]])[within["team_id"]]
    names = community_names(session)
    named = within["community_id"]
    return names[named] if named else _(", ").join(names.values()) or "volunteer"


@verb(app, "why", example="volunteer event why 清洁日 李明")
def why(event: Named, person: One) -> None:
    """Show for each rule whether a person may take a place."""
    from volunteer_cli.core.work import reading
    from volunteer_cli.events import rules
    from volunteer_cli.events.queries import find_event
    from volunteer_cli.events.views import RUNGS
    from volunteer_cli.people.queries import find_person

    with reading() as session:
        found = find_event(session, event, changing=False)
        who = find_person(session, person, changing=False)
        rules.require_in_use(who)
        show_list(session, RUNGS, rules.climb(rules.Asked(session, found, who, settings().now)))


# --- changing ------------------------------------------------------------


@verb(app, "edit", example="volunteer event edit 清洁日 --capacity 30 --place 中心广场", changes=True)
def edit(
    event: Named,
    title: Annotated[str | None, Option("--title", metavar="TITLE", help=N_("What it is called"))] = None,
    start: NewStart = None,
    end: NewEnd = None,
    team: TeamOption = None,
    kind: KindOption = None,
    category: Category = None,
    place: Place = None,
    capacity: Annotated[
        str | None, Option("--capacity", metavar="N|none", help=N_("Number of places, or none for no limit"))
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
    leader: Leader = None,
    code: CodeOption = None,
) -> None:
    """Change an event; more places move people up from the waitlist."""
    from volunteer_cli.events import rules
    from volunteer_cli.events.terms import EventKind

    given = {
        "title": title, "starts_at": start, "category": category, "place": place, "members_only": members_only,
        "kind": choose(EventKind, kind, "--kind"), "code": code,
    }  # fmt: skip
    changes: dict[str, Any] = {name: value for name, value in given.items() if value is not None}
    skills = {"add_skills": add_skill or (), "remove_skills": remove_skill or ()}
    with _changing("event edit", event) as (session, found):
        if capacity is not None:
            changes["capacity"] = _capacity(capacity)
        if end is not None:
            changes["ends_at"] = _end(end, start or found.starts_at)
        if team is not None:
            changes["team_id"] = _whose(session, team)[1] if team else None
        if leader is not None:
            changes["leader_id"] = _person_id(session, leader)
        moved = rules.edit_event(session, found, now=settings().now, **skills, **changes)
        _tell(session, found, _("Changed {title} ({id}).").format(title=found.title, id=found.id), moved)


@verb(app, "open", example="volunteer event open 清洁日", changes=True)
def open_(event: Named) -> None:
    """Open an event for sign-ups."""
    from volunteer_cli.events import rules

    with _changing("event open", event) as (session, found):
        rules.open_event(session, found)
        _tell(
            session, found, _("{title} ({id}) is open for sign-ups.").format(title=found.title, id=found.id)
        )


@verb(app, "finish", example="volunteer event finish 清洁日", changes=True)
def finish(event: Named) -> None:
    """Close an event that took place; a service event's hours are written from its attendance."""
    from volunteer_cli.events import rules
    from volunteer_cli.events.terms import EventKind
    from volunteer_cli.hours.rules import record_from_attendance

    now, actor = settings().now, settings().actor
    with _changing("event finish", event) as (session, found):
        came = rules.finish_event(session, found, now=now)
        told = _("{title} ({id}) is done; {count} people came.")
        told = told.format(title=found.title, id=found.id, count=len(came))
        if found.kind == EventKind.SERVICE:
            record_from_attendance(session, found, came, now=now, actor=actor)
            if open_ended := sum(one.checked_out_at is None for one in came):
                told += " " + _("{count} without a check-out need review.").format(count=open_ended)
        _tell(session, found, told)


@verb(app, "cancel", example="volunteer event cancel 清洁日", changes=True)
def cancel(event: Named) -> None:
    """Call an event off and list whom to tell."""
    from volunteer_cli.events import rules

    with _changing("event cancel", event) as (session, found):
        rules.cancel_event(session, found)
        told = _("Cancelled {title} ({id}).").format(title=found.title, id=found.id)
        _tell(session, found, " ".join([told, _whom_to_tell(session, found)]).strip())


@verb(app, "archive", example="volunteer event archive 清洁日", changes=True)
def archive(event: Named) -> None:
    """Take an event out of use; its hours stay."""
    _archive(event, archived=True)


@verb(app, "restore", example="volunteer event restore 清洁日", changes=True)
def restore(event: Named) -> None:
    """Bring an archived event back into use."""
    _archive(event, archived=False)


def _archive(event: str, *, archived: bool) -> None:
    from volunteer_cli.communities.rules import archive as put_away

    with _changing("event archive" if archived else "event restore", event) as (session, found):
        put_away(session, found, settings().today if archived else None)
        sentence = _("Archived {title} ({id}).") if archived else _("Restored {title} ({id}).")
        _tell(session, found, sentence.format(title=found.title, id=found.id))


# --- places ------------------------------------------------------------


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
        Option("--override", metavar="REASON", help=N_("Let not_member, overlap and full pass; kept")),
    ] = None,
) -> None:
    """Give people a place at an event, or in its line when it is full."""
    from volunteer_cli.events import queries, rules
    from volunteer_cli.people.queries import find_people

    now = settings().now
    how: dict[str, Any] = {"now": now, "waitlist": not no_waitlist, "override": override}
    with _changing("event signup", event) as (session, found):
        wanted = rules.series_ahead(session, found, now=now) if series else [found]
        shifts = [queries.find_shift(session, one, shift) if shift else None for one in wanted]
        moved = [up for one in wanted for up in rules.settle_line(session, one, now=now)]
        told = []
        for who in find_people(session, person):
            pairs = zip(wanted, shifts, strict=True)
            signups = [rules.sign_up(session, one, who, shift=part, **how) for one, part in pairs]
            told.append(_taken_series(found, who, signups) if series else _taken(session, found, who))
        _tell(session, found, " ".join(told), moved)


@verb(app, "withdraw", example="volunteer event withdraw 清洁日 李明", changes=True)
def withdraw(event: Named, person: People) -> None:
    """Give places back; the next in line move up."""
    from volunteer_cli.events import rules
    from volunteer_cli.people.queries import find_people

    with _changing("event withdraw", event) as (session, found):
        people = find_people(session, person)
        moved = [one for who in people for one in rules.withdraw(session, found, who, now=settings().now)]
        sentence = _("Withdrew {people} from {title} ({id}).")
        _tell(session, found, sentence.format(people=_named(people), title=found.title, id=found.id), moved)


@verb(app, "checkin", example="volunteer event checkin 清洁日 李明 王芳 --at 9:05", changes=True)
def checkin(event: Named, person: People, at: MomentAt = None) -> None:
    """Record when people came."""
    from volunteer_cli.events import rules

    _attend("event checkin", event, person, at, rules.check_in)


@verb(app, "checkout", example="volunteer event checkout 清洁日 李明 王芳 --at 11:00", changes=True)
def checkout(event: Named, person: People, at: MomentAt = None) -> None:
    """Record when people left."""
    from volunteer_cli.events import rules

    _attend("event checkout", event, person, at, rules.check_out)


def _attend(command: str, event: str, people: Sequence[str], at: str | None, record: Any) -> None:
    from volunteer_cli.events.rules.attendance import moment_at
    from volunteer_cli.people.queries import find_people

    now = settings().now
    with _changing(command, event) as (session, found):
        who = find_people(session, people)
        moment = moment_at(found, at, now=now) if at else None
        for person in who:
            record(session, found, person, at=moment, now=now)
        came = command == "event checkin"
        sentence = (
            _("{people} came to {title} ({id}) at {at}.")
            if came
            else _("{people} left {title} ({id}) at {at}.")
        )
        when = f"{moment or now:%Y-%m-%d %H:%M}"
        _tell(session, found, sentence.format(people=_named(who), title=found.title, id=found.id, at=when))


@verb(app, "absent", example="volunteer event absent 清洁日 李明", changes=True)
def absent(event: Named, person: People) -> None:
    """Record that people did not come."""
    from volunteer_cli.events import rules
    from volunteer_cli.people.queries import find_people

    with _changing("event absent", event) as (session, found):
        people = find_people(session, person)
        for who in people:
            rules.mark_absent(session, found, who, now=settings().now)
        sentence = _("{people} did not come to {title} ({id}).")
        _tell(session, found, sentence.format(people=_named(people), title=found.title, id=found.id))


# --- what they share ------------------------------------------------------------


@contextmanager
def _changing(command: str, event: str) -> Iterator[tuple[Session, Event]]:
    """A unit of work on one event."""
    from volunteer_cli.core.work import work
    from volunteer_cli.events.queries import find_event

    with work(command) as session:
        yield session, find_event(session, event)


def _tell(session: Session, event: Event, sentence: str, moved: Sequence[Promotion] = ()) -> None:
    """Say what was done, and who moved up from the line and why."""
    from volunteer_cli.events.views import EVENTS

    up = _("{person} ({id}) moved up from the waitlist: {why}.")
    promotions = [up.format(person=one.person.name, id=one.person.id, why=one.why) for one in moved]
    tell(session, EVENTS, event, " ".join([sentence, *promotions]))


def _named(people: Sequence[Person]) -> str:
    return _(", ").join(f"{person.name} ({person.id})" for person in people)


def _taken(session: Session, event: Event, person: Person) -> str:
    """What became of a sign-up: a place, or a place in the line."""
    from volunteer_cli.events.queries import place_in_line

    place = place_in_line(session, event.id, person.id)
    sentence = _("{person} has a place at {title} ({id}).")
    if place is not None:
        sentence = _("{title} ({id}) is full: {person} is number {place} on the waitlist.")
    return sentence.format(person=_named([person]), title=event.title, id=event.id, place=place)


def _taken_series(event: Event, person: Person, signups: Sequence[Any]) -> str:
    from volunteer_cli.events.terms import SignupStatus

    waiting = sum(signup.status == SignupStatus.WAITING for signup in signups)
    sentence = _("{person} has a place at {count} events of {title}.")
    if waiting:
        sentence = _(
            "{person} has a place at {count} events of {title} and waits for {waiting} that are full."
        )
    count = len(signups) - waiting
    return sentence.format(person=_named([person]), count=count, title=event.title, waiting=waiting)


def _whom_to_tell(session: Session, event: Event) -> str:
    """Those who hold a place or wait, with their phones masked."""
    from volunteer_cli.core.text import mask_phone
    from volunteer_cli.events.queries import roster as roster_of
    from volunteer_cli.events.terms import SignupStatus

    concerned = (SignupStatus.SIGNED_UP, SignupStatus.WAITING)
    people = [row for row in roster_of(session, event.id) if row.status in concerned]
    if not people:
        return ""
    named = _(", ").join(
        f"{row.person} {mask_phone(row.phone)}" if row.phone else row.person for row in people
    )
    return _("To tell: {people}.").format(people=named)


def _end(text: str, start: datetime) -> datetime:
    from volunteer_cli.core.dates import parse_moment

    return parse_moment(text, start.date(), settings().today)


def _capacity(text: str) -> int | None:
    from volunteer_cli.core.errors import BadQuantity

    if text.strip().lower() in ("", "none", "unlimited", "不限"):
        return None
    try:
        return int(text)
    except ValueError:
        raise BadQuantity(value=text) from None


def _whose(session: Session, team: str | None) -> tuple[Any, int | None]:
    """The community of an event and the team that holds it, if one does."""
    from volunteer_cli.communities.models import Community
    from volunteer_cli.communities.queries import the_community
    from volunteer_cli.teams.queries import find_team

    if not team:
        return the_community(session), None
    found = find_team(session, team)
    return session.get_one(Community, found.community_id), found.id


def _within(session: Session, team: str | None) -> dict[str, Any]:
    """What a list of events is limited to."""
    from volunteer_cli.communities.queries import chosen_community
    from volunteer_cli.teams.queries import find_team

    community = chosen_community(session)
    team_id = find_team(session, team).id if team else None
    return {"community_id": community.id if community else None, "team_id": team_id}


def _person_id(session: Session, text: str | None) -> int | None:
    from volunteer_cli.people.queries import find_person

    return find_person(session, text).id if text else None
