"""The parts of the year's report that tell of several areas: each asks a few reports and says what they show."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from volunteer_cli.core.i18n import _, ngettext
from volunteer_cli.core.withheld import is_withheld
from volunteer_cli.reporting.annual import Asking, Chapter, Moment, Section, Table
from volunteer_cli.reporting.declaration import Row
from volunteer_cli.reporting.phrases import counted, hours, people

#: Events that the story of the year tells.
MOST_TOLD = 6


def teams(ask: Asking) -> Section:
    """What the teams did, those that did nothing left out."""
    table = ask.table(
        "teams",
        _("Members, events and hours of the teams"),
        ("team", "kind", "members", "active_members", "events", "minutes", "minutes_per_member"),
        drawn=True,
        having=("members", "events", "minutes"),
    )
    summary = tuple(_largest_team(table)) if table.rows else ()
    return Section("teams", _("Teams"), tuple(_teams_told(ask.overview, table)), (table,), summary)


def _teams_told(overview: Row, table: Table) -> Iterator[str]:
    """How many teams there are, and which did most."""
    if not table.rows:
        return
    there, shown_here = overview["teams"], sum(row["team"] is not None for row in table.rows) + table.more
    yield _("Teams at the end of the period: {count}.").format(count=there)
    if shown_here < there:
        yield _("Those without members, events and hours are left out.")
    yield from _largest_team(table)


def _largest_team(table: Table) -> Iterator[str]:
    row = table.rows[0]
    if row["minutes"] and row["team"]:
        yield _("The team with the most hours was {team}: {hours}.").format(
            team=row["team"], hours=hours(row["minutes"])
        )


def volunteers(ask: Asking) -> Section:
    """Who the volunteers are and what they can do."""
    columns = ("volunteers", "new", "active")
    return Section(
        "volunteers",
        _("Volunteers"),
        tuple(_volunteers_told(ask.overview)),
        (
            ask.table("volunteers", _("By age and sex"), ("age", "sex", *columns), by="age,sex", drawn=True),
            ask.table(
                "skills",
                _("What they can do"),
                ("skill", "able", "volunteers", "trained", "needed"),
                having=("volunteers", "needed"),
            ),
        ),
    )


def _volunteers_told(overview: Row) -> Iterator[str]:
    """How many volunteers there are, how many are new and how many served."""
    if overview["volunteers"]:
        yield ngettext(
            "At the end of the period {volunteers} person was registered as a volunteer, {new} of them new; {active} served.",
            "At the end of the period {volunteers} people were registered as volunteers, {new} of them new; {active} served.",
            overview["volunteers"],
        ).format(**{name: overview[name] for name in ("volunteers", "new", "active")})


def events(ask: Asking) -> Section:
    """Which events were held, and which gave the most service."""
    by_kind = ask.table(
        "events",
        _("Events by kind"),
        ("kind", "events", "done", "cancelled", "attended", "absent", "absence_rate"),
        by="kind",
        drawn=True,
    )
    largest = ask.table(
        "hours",
        _("Events with the most hours"),
        ("event", "minutes", "people"),
        by="event",
        whole=False,
        having=("event",),
    )
    return Section(
        "events",
        _("Events"),
        tuple(_events_told(by_kind.rows)),
        (by_kind, largest),
        tuple(_events_attended(ask.overview)),
        moments=tuple(_held(ask, largest.rows[:MOST_TOLD])),
    )


def _held(ask: Asking, rows: Sequence[Row]) -> Iterator[Moment]:
    """The events that gave most, each with its place, its people and their hours."""
    from volunteer_cli.events.models import Event

    for row in rows:
        if (event := ask.session.get(Event, row["event_id"])) is None or is_withheld(row["people"]):
            continue
        where = _(" at {place}").format(place=event.place) if event.place else ""
        sentence = _("{title}{where}: {people}, {hours}").format(
            title=event.title, where=where, people=people(row["people"]), hours=hours(row["minutes"])
        )
        yield Moment(event.starts_at.date(), sentence)


def _events_told(kinds: Sequence[Row]) -> Iterator[str]:
    """How many events were held, how many people came and how many stayed away."""
    held, cancelled, came, absent = (
        sum(row[name] for row in kinds) for name in ("done", "cancelled", "attended", "absent")
    )
    if held:
        yield _("{events} took place, with {attendances}.").format(
            events=counted(events_counted, held), attendances=counted(attendances_counted, came)
        )
    if absent:
        yield _("Of those who were expected, {percent}% stayed away.").format(
            percent=round(absent / (came + absent) * 100)
        )
    if cancelled:
        yield _("Cancelled: {events}.").format(events=counted(events_counted, cancelled))


def _events_attended(overview: Row) -> Iterator[str]:
    if overview["events_held"]:
        yield _("{events} took place, with {attendances}.").format(
            events=counted(events_counted, overview["events_held"]),
            attendances=counted(attendances_counted, overview["attended"]),
        )


def events_counted(number: int) -> str:
    """The words for a number of events."""
    return ngettext("{count} event", "{count} events", number)


def attendances_counted(number: int) -> str:
    """The words for a number of attendances."""
    return ngettext("{count} attendance", "{count} attendances", number)


CHAPTERS = (Chapter(teams, place=3), Chapter(volunteers, place=4), Chapter(events, place=5))
