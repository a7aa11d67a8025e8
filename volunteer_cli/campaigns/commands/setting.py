"""`volunteer campaign add|edit|stage|question|open|close|reopen|cancel`."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any

from typer import Argument, Option

from volunteer_cli.campaigns.commands.typed import Named, StageName, app, tell_campaign, when_of
from volunteer_cli.campaigns.terms import AnswerType, Method, Preset, Unit
from volunteer_cli.core.i18n import N_, _, ngettext
from volunteer_cli.shell import DayText, OnStep, StepText, choose, day_option, read, verb

METHOD_HELP = N_("call, door or either")
End = Annotated[DayText | None, day_option("--end", N_("The last day"), ahead=True)]
Purpose = Annotated[str | None, Option("--purpose", metavar="TEXT", help=N_("What it is for"))]


@verb(
    app,
    "add",
    example="volunteer campaign add 寒潮电话排查 --code hanchao --preset calls --urgent --start 2026-01-20",
    changes=True,
)
def add(
    name: Annotated[str, Argument(metavar="NAME", help=N_("What people call it"))],
    code: Annotated[str, Option("--code", metavar="CODE", help=N_("A short name, like cold"))],
    start: Annotated[DayText, day_option("--start", N_("The first day"), ahead=True)],
    unit: Annotated[
        str, Option("--unit", metavar="UNIT", help=N_("household or person: what stands on its list"))
    ] = "household",
    method: Annotated[str | None, Option("--method", metavar="METHOD", help=METHOD_HELP)] = None,
    preset: Annotated[
        str | None,
        Option(
            "--preset",
            metavar="sweep|calls|followup",
            help=N_("sweep: doors and a re-check of 5 %; calls; followup: calls, daily for 14 days"),
        ),
    ] = None,
    end: End = None,
    purpose: Purpose = None,
    urgent: Annotated[
        bool, Option("--urgent", help=N_("Whoever another campaign has just reached may be called too"))
    ] = False,
    coverage_only: Annotated[
        bool, Option("--coverage-only", help=N_("A census: no questions, answers or notes"))
    ] = False,
    counts_as_visit: Annotated[
        bool, Option("--counts-as-visit", help=N_("Who is met counts as visited"))
    ] = False,
) -> None:
    """Plan a campaign: calls, a round from door to door, a sweep, or daily follow-up."""
    from volunteer_cli.campaigns.rules.setup import add_campaign
    from volunteer_cli.communities.queries import the_community
    from volunteer_cli.core.work import work

    words: dict[str, Any] = {
        "unit": choose(Unit, unit, "--unit"),
        "method": choose(Method, method, "--method"),
        "preset": choose(Preset, preset, "--preset"),
    }
    marks: dict[str, Any] = {
        "urgent": urgent,
        "coverage_only": coverage_only,
        "counts_as_visit": counts_as_visit,
    }
    with work("campaign add") as session:
        days: dict[str, Any] = {"starts_on": read(start), "ends_on": read(end), "purpose": _text(purpose)}
        campaign = add_campaign(session, the_community(session), name, code, **words, **days, **marks)
        tell_campaign(session, campaign, _("Added campaign {name} ({id})."))


def _text(text: str | None) -> str | None:
    from volunteer_cli.core.text import required

    return None if text is None else required(text, _("Purpose"))


@verb(app, "edit", example="volunteer campaign edit hanchao --end 2026-02-10", changes=True)
def edit(
    campaign: Named,
    name: Annotated[str | None, Option("--name", metavar="NAME", help=N_("Another name"))] = None,
    start: Annotated[DayText | None, day_option("--start", N_("The first day"), ahead=True)] = None,
    end: End = None,
    purpose: Purpose = None,
    urgent: Annotated[
        bool | None,
        Option("--urgent/--not-urgent", help=N_("Whether it may pass over the rest between contacts")),
    ] = None,
) -> None:
    """Change name, days or purpose of a campaign; its list and its questions have verbs of their own."""
    from volunteer_cli.campaigns.queries.finding import find_campaign
    from volunteer_cli.campaigns.rules.setup import edit_campaign
    from volunteer_cli.core.text import required
    from volunteer_cli.core.work import work

    with work("campaign edit") as session:
        edited = find_campaign(session, campaign)
        changes = {
            "name": required(name, _("Name")) if name else None,
            "starts_on": read(start),
            "ends_on": read(end),
            "purpose": _text(purpose),
            "urgent": urgent,
        }
        edit_campaign(session, edited, changes)
        tell_campaign(session, edited, _("Changed campaign {name} ({id})."))


@verb(
    app,
    "stage",
    example="volunteer campaign stage hanchao 老人 --where tag=elder_alone --where result=open,todo\n"
    "volunteer campaign stage moqi 复核 --recheck 10% --seed 7",
    changes=True,
)
def stage(
    campaign: Named,
    name: Annotated[str, Argument(metavar="NAME", help=N_("What people call it"))],
    where: Annotated[
        list[str] | None,
        Option(
            "--where",
            metavar="KEY=VALUE",
            help=N_("tag, occupancy, grid, building, min_age, result or answer:CODE; several must all hold"),
        ),
    ] = None,
    after: Annotated[
        str | None, Option("--after", metavar="STAGE", help=N_("The stage whose targets it takes from"))
    ] = None,
    method: Annotated[str | None, Option("--method", metavar="METHOD", help=METHOD_HELP)] = None,
    daily: Annotated[
        int | None, Option("--daily", metavar="N", min=1, max=366, help=N_("A round a day for so many days"))
    ] = None,
    recheck: Annotated[
        str | None,
        Option("--recheck", metavar="SHARE", help=N_("Draw a share of what is done or vacant, like 10%")),
    ] = None,
    seed: Annotated[
        int | None, Option("--seed", metavar="N", help=N_("The number by which the share is drawn"))
    ] = None,
) -> None:
    """Add a stage: all, or what of the stage before fulfils conditions; its list is frozen when it opens."""
    from volunteer_cli.campaigns.queries.finding import find_campaign
    from volunteer_cli.campaigns.rules.setup import add_stage
    from volunteer_cli.core.work import work

    share, way = _share(recheck), choose(Method, method, "--method")
    with work("campaign stage") as session:
        staged = find_campaign(session, campaign)
        added = add_stage(
            session,
            staged,
            name,
            where=where or (),
            after=after,
            method=way,
            days=daily,
            share=share,
            seed=seed,
        )
        tell_campaign(session, staged, _("Added stage {stage} to {name}."), stage=added.name)


def _share(text: str | None) -> float | None:
    """A share as it is typed: 10% or 0.1."""
    if text is None:
        return None
    from volunteer_cli.core.errors import BadChoice

    number = text.strip().replace("％", "%")
    try:
        share = float(number.removesuffix("%")) / (100 if number.endswith("%") else 1)
    except ValueError:
        share = 0.0
    if not 0 < share <= 1:
        raise BadChoice(field="--recheck", value=text, choices="1%–100%")
    return share


@verb(
    app,
    "question",
    example="volunteer campaign question hanchao heating 家里暖气热吗 --type yes_no",
    changes=True,
)
def question(
    campaign: Named,
    code: Annotated[str, Argument(metavar="CODE", help=N_("A short name for it"))],
    text: Annotated[str, Argument(metavar="TEXT", help=N_("What is asked"))],
    type_: Annotated[
        str,
        Option("--type", metavar="TYPE", help=N_("yes_no, number, choice or text (which is confidential)")),
    ],
    choice: Annotated[
        list[str] | None, Option("--choice", metavar="TEXT", help=N_("One of the answers to choose from"))
    ] = None,
) -> None:
    """Ask a question in a campaign; once it is answered it is fixed."""
    from volunteer_cli.campaigns.queries.finding import find_campaign
    from volunteer_cli.campaigns.rules.setup import ask
    from volunteer_cli.core.work import work

    kind = choose(AnswerType, type_, "--type")
    with work("campaign question") as session:
        asking = find_campaign(session, campaign)
        asked = ask(session, asking, code, text, kind, choice or ())
        tell_campaign(session, asking, _("{name} asks {question}."), question=asked.code)


@verb(
    app,
    "open",
    example="volunteer campaign open hanchao\nvolunteer campaign open hanchao --stage 老人",
    changes=True,
)
def open_(campaign: Named, stage: StageName = None, on: OnStep = None) -> None:
    """Open the next stage, or one by name: its list is frozen.

    The first one makes the list of the campaign, of all households or people in use unless some were
    included before. Without any stage there is one, of all.
    """
    from volunteer_cli.campaigns.queries.finding import find_campaign
    from volunteer_cli.campaigns.rules.listing import open_campaign
    from volunteer_cli.core.work import work

    with work("campaign open") as session:
        opening = find_campaign(session, campaign)
        opened, count = open_campaign(session, opening, stage, when_of(on))
        sentence = ngettext(
            "Opened stage {stage} of {name} with {count} target.",
            "Opened stage {stage} of {name} with {count} targets.",
            count,
        )
        if not count:
            sentence = _(
                "Opened stage {stage} of {name}, and nobody is in it: no target of the stage before fulfils its"
                " conditions. See them: volunteer campaign targets {code} --stage {stage}."
            )
        tell_campaign(session, opening, sentence, stage=opened.name, count=count)


@verb(app, "close", example="volunteer campaign close hanchao", changes=True)
def close_(campaign: Named, on: OnStep = None) -> None:
    """End a campaign; what was found stands."""
    from volunteer_cli.campaigns.rules.setup import close

    _step("campaign close", campaign, on, close, _("Closed campaign {name}."))


@verb(app, "reopen", example="volunteer campaign reopen hanchao", changes=True)
def reopen_(campaign: Named, on: OnStep = None) -> None:
    """Take a closed campaign up again."""
    from volunteer_cli.campaigns.rules.setup import reopen

    _step("campaign reopen", campaign, on, reopen, _("Reopened campaign {name}."))


@verb(app, "cancel", example="volunteer campaign cancel hanchao", changes=True)
def cancel_(campaign: Named, on: OnStep = None) -> None:
    """Drop a campaign that is not to be finished."""
    from volunteer_cli.campaigns.rules.setup import cancel

    _step("campaign cancel", campaign, on, cancel, _("Cancelled campaign {name}."))


def _step(command: str, text: str, on: StepText | None, rule: Callable[..., object], sentence: str) -> None:
    """Take a campaign from one state to another by a rule, and say so."""
    from volunteer_cli.campaigns.queries.finding import find_campaign
    from volunteer_cli.core.work import work

    with work(command) as session:
        campaign = find_campaign(session, text)
        rule(session, campaign, when_of(on))
        tell_campaign(session, campaign, sentence)
