"""`volunteer campaign list|show|targets|attempts|find|why|progress|sheet`."""

from __future__ import annotations

from datetime import datetime, time
from typing import TYPE_CHECKING, Annotated, Any

from typer import Argument, Option

from volunteer_cli.campaigns.commands.typed import Grid, Named, StageName, app
from volunteer_cli.campaigns.terms import Result
from volunteer_cli.completion import chosen
from volunteer_cli.core.i18n import N_
from volunteer_cli.core.run import run
from volunteer_cli.output.options import options
from volunteer_cli.shell import StepText, choose, hand_out, read, show, show_list, verb

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sqlalchemy import ColumnElement
    from sqlalchemy.orm import Session

    from volunteer_cli.campaigns.documents import Line
    from volunteer_cli.campaigns.models import Campaign
    from volunteer_cli.campaigns.queries.results import Part

#: What progress may be asked by.
BY = ("grid", "building", "day", "stage", "round", "person")


@verb(app, "list", example="volunteer campaign list --running")
def list_(
    running: Annotated[bool, Option("--running", help=N_("Only those that are being worked"))] = False,
) -> None:
    """List the campaigns."""
    from volunteer_cli.campaigns.queries.finding import campaigns
    from volunteer_cli.campaigns.views import CAMPAIGNS
    from volunteer_cli.core.work import reading

    with reading() as session:
        show_list(session, CAMPAIGNS, campaigns(session, running=running))


@verb(app, "show", example="volunteer campaign show hanchao")
def show_(campaign: Named) -> None:
    """Show a campaign with its stages and questions."""
    from volunteer_cli.campaigns.queries.finding import find_campaign
    from volunteer_cli.campaigns.views import CAMPAIGNS
    from volunteer_cli.core.work import reading

    with reading() as session:
        show(session, CAMPAIGNS, find_campaign(session, campaign, changing=False))


def _part(session: Session, campaign: Campaign, stage: str | None) -> Part:
    """All of a campaign, or a stage of it."""
    from volunteer_cli.campaigns.queries.finding import find_stage, opened_stages
    from volunteer_cli.campaigns.queries.results import Part

    chosen = find_stage(session, campaign, stage) if stage else None
    return Part(campaign, opened_stages(session, campaign), chosen)


@verb(app, "targets", example="volunteer campaign targets hanchao --result open --grid 07")
def targets_(
    campaign: Named,
    result: Annotated[
        str | None,
        Option(
            "--result",
            metavar="RESULT",
            help=N_("Only those with this result, like open or todo"),
            autocompletion=chosen(Result),
        ),
    ] = None,
    stage: StageName = None,
    grid: Grid = None,
    leased_to: Annotated[
        str | None, Option("--leased-to", metavar="PERSON", help=N_("What is with this person now"))
    ] = None,
) -> None:
    """List the targets of a campaign with what attempts at them come to."""
    from volunteer_cli.campaigns.queries.finding import find_campaign
    from volunteer_cli.campaigns.queries.listing import target_rows
    from volunteer_cli.campaigns.views import TARGETS, of_unit
    from volunteer_cli.core.work import reading

    asked = choose(Result, result, "--result")
    with reading() as session:
        listed, now = find_campaign(session, campaign, changing=False), run().clock.now
        conditions = list(_conditions(session, grid, leased_to, now))
        rows = target_rows(session, _part(session, listed, stage), now, *conditions, result=asked)
        show_list(session, of_unit(TARGETS, listed), rows)


def _conditions(
    session: Session, grid: str | None, person: str | None, now: datetime
) -> Iterator[ColumnElement[bool]]:
    from volunteer_cli.campaigns.models import Target
    from volunteer_cli.campaigns.queries.listing import leased_to
    from volunteer_cli.people.queries import find_person

    if grid is not None:
        yield Target.grid == grid
    if person is not None:
        yield leased_to(find_person(session, person, changing=False).id, now)


@verb(app, "attempts", example="volunteer campaign attempts hanchao 12 --reveal 回访")
def attempts_(
    campaign: Named,
    target: Annotated[
        list[str] | None, Argument(metavar="TARGET...", help=N_("Numbers on the list, or what they are"))
    ] = None,
) -> None:
    """List the attempts of a campaign, or those at some targets, the earliest of each target first."""
    from volunteer_cli.campaigns.queries.finding import find_campaign, find_target
    from volunteer_cli.campaigns.queries.listing import attempts_of
    from volunteer_cli.campaigns.views import ATTEMPTS, told
    from volunteer_cli.core.work import reading

    with reading() as session:
        listed = find_campaign(session, campaign, changing=False)
        ids = [find_target(session, listed, text, changing=False).id for text in target or ()]
        made = attempts_of(session, ids or _all_targets(session, listed))
        rows = [attempt for key in sorted(made) for attempt in made[key]]
        show_list(session, ATTEMPTS, told(session, rows))


def _all_targets(session: Session, campaign: Campaign) -> Sequence[int]:
    from sqlalchemy import select

    from volunteer_cli.campaigns.models import Target

    own = select(Target.id).where(Target.campaign_id == campaign.id).order_by(Target.id)
    return session.scalars(own).all()


@verb(
    app, "find", example="volunteer campaign find hanchao 19900000001\nvolunteer campaign find hanchao 王样三"
)
def find_(
    campaign: Named,
    text: Annotated[str, Argument(metavar="PHONE|NAME", help=N_("The number or the name of who calls back"))],
) -> None:
    """Find the target of somebody who calls back."""
    from volunteer_cli.campaigns.queries.finding import find_campaign
    from volunteer_cli.campaigns.queries.listing import reached_by, target_rows
    from volunteer_cli.campaigns.views import TARGETS, of_unit
    from volunteer_cli.core.work import reading

    with reading() as session:
        listed, now = find_campaign(session, campaign, changing=False), run().clock.now
        rows = target_rows(session, _part(session, listed, None), now, reached_by(text.strip(), now))
        show_list(session, of_unit(TARGETS, listed), rows)


@verb(app, "why", example="volunteer campaign why hanchao 3-2-501")
def why_(
    campaign: Named,
    thing: Annotated[
        str, Argument(metavar="THING", help=N_("A number on the list, a household or a person"))
    ],
) -> None:
    """Explain why a target has its result, and why it is, or is not, dealt now."""
    from volunteer_cli.campaigns.queries.finding import find_campaign, find_target
    from volunteer_cli.campaigns.rules.moments import require_running
    from volunteer_cli.campaigns.standing import standing_of
    from volunteer_cli.campaigns.views import STANDING
    from volunteer_cli.core.work import reading

    with reading() as session:
        listed = find_campaign(session, campaign, changing=False)
        target = find_target(session, listed, thing, changing=False)
        require_running(listed)
        show(session, STANDING, standing_of(session, listed, target.id, run().clock.now))


@verb(
    app,
    "progress",
    example="volunteer campaign progress moqi --by grid\nvolunteer campaign progress moqi --as-of '2026-11-03 12:00'",
)
def progress_(
    campaign: Named,
    by: Annotated[
        str | None,
        Option("--by", metavar="FIELD", help=N_("grid, building, day, stage, round or person")),
    ] = None,
    as_of: Annotated[
        StepText | None,
        Option("--as-of", parser=StepText, metavar="DATE", help=N_("As it was then; a time may follow")),
    ] = None,
) -> None:
    """Count the results of a campaign against its plan, as of any past moment."""
    from volunteer_cli.campaigns.queries.finding import find_campaign
    from volunteer_cli.campaigns.queries.progress import progress
    from volunteer_cli.campaigns.views import ADDS_UP, progress_view
    from volunteer_cli.core.errors import BadChoice
    from volunteer_cli.core.i18n import listed as joined
    from volunteer_cli.core.work import reading

    if by is not None and by not in BY:
        raise BadChoice(field="--by", value=by, choices=joined(BY))
    with reading() as session:
        counted = find_campaign(session, campaign, changing=False)
        rows = progress(session, counted, by, _moment(as_of))
        show_list(session, progress_view(by), _named(session, rows, by), totals=by in ADDS_UP)


def _moment(as_of: StepText | None) -> datetime:
    """The moment that was typed, the end of a day without a time, or now."""
    now, asked = run().clock.now, read(as_of)
    if asked is None:
        return now
    moment = asked if isinstance(asked, datetime) else datetime.combine(asked, time.max)
    return min(moment, datetime.combine(now.date(), time.max))


def _named(session: Session, rows: list[dict[str, Any]], by: str | None) -> list[dict[str, Any]]:
    """The rows with the names of people in place of their ids."""
    if by != "person":
        return rows
    from volunteer_cli.people.queries import person_names

    names = person_names(session, (row["person"] for row in rows))
    return [row | {"person": names.get(row["person"]), "person_id": row["person"]} for row in rows]


@verb(
    app,
    "sheet",
    example="volunteer campaign sheet hanchao --to 蒋样一 -o jiang.xlsx --reveal 寒潮电话排查",
)
def sheet_(
    campaign: Named,
    to: Annotated[
        str, Option("--to", metavar="PERSON", help=N_("Whose targets: those dealt to this person"))
    ],
) -> None:
    """Write what is with somebody to the .xlsx or .html file that -o names, with room to fill in.

    The .xlsx comes back with `import attempts`. Numbers and rooms need --reveal.
    """
    from volunteer_cli.campaigns.documents import call_sheet, sheet_view
    from volunteer_cli.campaigns.queries.finding import find_campaign
    from volunteer_cli.campaigns.rules.moments import require_running
    from volunteer_cli.core.work import reading
    from volunteer_cli.output.document import is_page
    from volunteer_cli.people.queries import find_person

    with reading() as session:
        calling, now = find_campaign(session, campaign, changing=False), run().clock.now
        require_running(calling)
        person = find_person(session, to, changing=False)
        rows = call_sheet(session, calling, person.id, now)
        if is_page(options().output):
            _hand_out(session, calling, person.name, rows, now)
        else:
            show_list(session, sheet_view(session, calling), rows)


def _hand_out(session: Session, calling: Campaign, person: str, rows: Sequence[Line], now: datetime) -> None:
    """Write the sheet as a page; with numbers and rooms on it, that is a reveal and stands in the history."""
    from volunteer_cli.campaigns.documents import sheet_page, sheet_view
    from volunteer_cli.core.work import record_reveal

    if reason := options().reveal:
        record_reveal(session, sheet_view(session, calling).name, reason)
    hand_out(sheet_page(session, calling, person, rows, now, reveal=bool(options().reveal)))
