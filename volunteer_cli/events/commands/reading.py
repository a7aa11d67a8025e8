"""`volunteer event` verbs that answer: lists, a roster, a calendar, who may come."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, Annotated, Any

from typer import Option

from volunteer_cli.areas import hooks
from volunteer_cli.core.i18n import N_, _, listed
from volunteer_cli.core.run import run
from volunteer_cli.events.commands.typed import Named, One, TeamOption, app, read_details
from volunteer_cli.events.fields import KIND, STATUS
from volunteer_cli.output.options import options
from volunteer_cli.shell import (
    Archived,
    PeriodText,
    period_option,
    read,
    say,
    show,
    show_list,
    verb,
    write_file,
)
from volunteer_cli.shell.taking import Details, takes, typed

if TYPE_CHECKING:
    from pathlib import Path

    from sqlalchemy.orm import Session

    from volunteer_cli.events.documents import SignInSheet
    from volunteer_cli.events.models import Event


@verb(app, "list", example="volunteer event list --status open --period this-month")
@takes(state=typed([STATUS]), what=typed([KIND]))
def list_(
    *,
    state: Details,
    team: TeamOption = None,
    what: Details,
    period: Annotated[PeriodText | None, period_option(N_("Only those that begin in it"))] = None,
    archived: Archived = False,
) -> None:
    """List events by their beginning."""
    from volunteer_cli.core.work import reading
    from volunteer_cli.events import queries
    from volunteer_cli.events.views import EVENTS

    with reading() as session:
        which = read_details(session, {**state, **what})
        within = _within(session, team)
        events = queries.events(session, period=read(period), archived=archived, **which, **within)
        show_list(session, EVENTS, events)


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
    from volunteer_cli.output.document import PDF
    from volunteer_cli.output.formats import HTML, XLSX
    from volunteer_cli.output.render import check

    told = options()
    as_pdf = told.file is not None and told.file.suffix.lower() == PDF
    form = HTML if as_pdf else told.resolved(sys.stdout.isatty())
    # On paper people sign; everything else is a list like any other.
    if form not in (HTML, XLSX) or told.fields:
        return False
    # Before anybody looks: a command that fails must not be on record as a look at phones.
    if not as_pdf:
        check(ROSTER, told)
    if told.reveal:
        record_reveal(session, "roster", told.reveal)
    _write_sheet(
        documents.sign_in_sheet(session, event, reveal=bool(told.reveal)), told.file, paper=form is HTML
    )
    return True


def _write_sheet(sheet: SignInSheet, file: Path | None, *, paper: bool) -> None:
    """Write a sheet to sign as a page or a PDF, or as a workbook that comes back with the hours."""
    from volunteer_cli.events import documents
    from volunteer_cli.output.document import PDF, content

    made = content(documents.sheet_as_paper(sheet), file) if paper else documents.sheet_as_xlsx(sheet)
    _write(made, len(sheet.rows))
    if file is not None and file.suffix.lower() != PDF:
        say(_("Filled in, it comes back with: volunteer import hours {file}").format(file=file))


def _write(content: str | bytes, records: int) -> None:
    """Write a document to the file that was named, else to standard output."""
    path = options().file
    if path is not None:
        write_file(content, path, records)
        return
    binary = isinstance(content, bytes)
    (sys.stdout.buffer if binary else sys.stdout).write(content)  # type: ignore[arg-type]


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

    with reading() as session:
        found = find_event(session, event, changing=False)
        best = suggestions.suggest(session, found, need=need, now=run().clock.now, last_served=_last_served)
        show_list(session, SUGGESTIONS, best)


def _last_served(session: Session, people: Iterable[int]) -> dict[int, date]:
    """The last day of service of people, which a later area knows."""
    days: dict[int, date] = {}
    for hook in hooks("last_served"):
        days |= hook(session, people)
    return days


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
        name = _calendar_name(session, within)
        _write(documents.calendar(session, events, name=name, zone=run().clock.zone), len(events))
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
    return names[named] if named else listed(names.values()) or "volunteer"


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
        show_list(session, RUNGS, rules.advise(rules.Asked(session, found, who, run().clock.now)))


def _within(session: Session, team: str | None) -> dict[str, Any]:
    """What a list of events is limited to."""
    from volunteer_cli.communities.queries import chosen_community
    from volunteer_cli.teams.queries import find_team

    community = chosen_community(session)
    team_id = find_team(session, team).id if team else None
    return {"community_id": community.id if community else None, "team_id": team_id}
