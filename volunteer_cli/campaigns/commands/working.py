"""`volunteer campaign include|exclude|found|deal|giveback|record|plan`."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING, Annotated, Any

from typer import Argument, Option

from volunteer_cli.campaigns.commands.typed import (
    Building,
    Grid,
    Named,
    StageName,
    Tag,
    Things,
    app,
    read_building,
    read_tag,
    tell_campaign,
    when_of,
)
from volunteer_cli.campaigns.terms import Evidence, Method, Outcome
from volunteer_cli.completion import chosen
from volunteer_cli.core.i18n import N_, _, ngettext
from volunteer_cli.core.run import run
from volunteer_cli.households.fields import ADDRESS, DETAILS
from volunteer_cli.shell import (
    OnStep,
    PeriodText,
    TimeText,
    choose,
    confidential,
    read,
    read_minutes,
    say,
    tell,
    verb,
)
from volunteer_cli.shell.taking import Details, takes, typed

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Sequence

    from sqlalchemy.orm import Session

    from volunteer_cli.campaigns.models import Campaign, Target
    from volunteer_cli.campaigns.queries.dealing import Wish
    from volunteer_cli.campaigns.rules.recording import Try
    from volunteer_cli.people.models import Person

Why = Annotated[str | None, Option("--reason", metavar="TEXT", help=N_("Why"))]


@verb(app, "include", example="volunteer campaign include hanchao 3-2-501", changes=True)
def include_(
    campaign: Named, thing: Things, reason: Why = None, stage: StageName = None, on: OnStep = None
) -> None:
    """Put households or people on the list; before it is frozen they make the list, afterwards they are added."""
    from volunteer_cli.campaigns.queries.finding import find_campaign, find_thing
    from volunteer_cli.campaigns.rules.listing import include
    from volunteer_cli.core.work import work

    with work("campaign include", reason=reason) as session:
        listing, when = find_campaign(session, campaign), when_of(on)
        # Named twice, perhaps by two of its people, a household is one target.
        things = {each.id: each for each in (find_thing(session, listing, text) for text in thing)}
        targets = [include(session, listing, each, when, stage) for each in things.values()]
        count = len(targets)
        sentence = ngettext(
            "{count} target is on the list of {name}.", "{count} targets are on the list of {name}.", count
        )
        tell_targets(session, listing, targets, sentence.format(count=count, name=listing.name))


@verb(app, "exclude", example="volunteer campaign exclude moqi 3-2-501 --reason 门面", changes=True)
def exclude_(campaign: Named, thing: Things, reason: Why = None, on: OnStep = None) -> None:
    """Take targets out of the count, with the reason; they stay on the list as out of scope."""
    from volunteer_cli.campaigns.queries.finding import find_campaign, targets_named
    from volunteer_cli.campaigns.rules.errors import ReasonMissing
    from volunteer_cli.campaigns.rules.listing import exclude
    from volunteer_cli.core.work import work

    if reason is None:
        raise ReasonMissing
    why = read_reason_text(reason)
    with work("campaign exclude", reason=why) as session:
        listing, when = find_campaign(session, campaign), when_of(on)
        targets = targets_named(session, listing, thing)
        for target in targets:
            exclude(session, listing, target, why, when)
        count = len(targets)
        sentence = ngettext(
            "Excluded {count} target of {name}.", "Excluded {count} targets of {name}.", count
        )
        tell_targets(session, listing, targets, sentence.format(count=count, name=listing.name))


def read_reason_text(text: str) -> str:
    """A reason that says something."""
    from volunteer_cli.core.text import required

    return required(text, _("Reason"))


def tell_targets(session: Session, campaign: Campaign, targets: Sequence[Target], sentence: str) -> None:
    """Say what was done to targets, and print them where a format was asked for."""
    from volunteer_cli.campaigns.queries.finding import opened_stages
    from volunteer_cli.campaigns.queries.listing import target_rows
    from volunteer_cli.campaigns.queries.results import Part
    from volunteer_cli.campaigns.views import TARGETS
    from volunteer_cli.shell import prints_records

    rows: list[Any] = []
    if prints_records():
        ids = tuple(target.id for target in targets)
        part = Part(campaign, opened_stages(session, campaign), targets=ids)
        rows = list(target_rows(session, part, run().clock.now))
    tell(session, TARGETS, rows, sentence)


@verb(
    app,
    "found",
    example="volunteer campaign found moqi --building 3 --unit 2 --room 502 --occupancy tenant",
    changes=True,
)
@takes(door=typed(ADDRESS), details=typed(DETAILS))
def found_(
    campaign: Named,
    *,
    door: Details,
    second: Annotated[bool, Option("--second", help=N_("Another household of a flat that has one"))] = False,
    details: Details,
    on: OnStep = None,
) -> None:
    """Add a household that was met on the way and stood on no list, and put it on this one."""
    from volunteer_cli.campaigns.queries.finding import find_campaign
    from volunteer_cli.campaigns.rules.listing import add_found
    from volunteer_cli.core.policies import PHONE_REGION, policy_value
    from volunteer_cli.core.work import work
    from volunteer_cli.households.queries import shown_household
    from volunteer_cli.households.rules import read_household

    with work("campaign found") as session:
        listing, region = find_campaign(session, campaign), policy_value(session, PHONE_REGION)
        values = read_household({**door, **details}, today=run().clock.today, region=region)
        household, target = add_found(session, listing, values, when_of(on), second=second)
        sentence = _("Added {household} to the list of {name}.")
        words = {"household": shown_household(household), "name": listing.name}
        tell_targets(session, listing, [target], sentence.format(**words))


# --- dealing ------------------------------------------------------------


@verb(app, "deal", example="volunteer campaign deal hanchao --to 蒋样一 --take 20", changes=True)
def deal_(
    campaign: Named,
    to: Annotated[str, Option("--to", metavar="PERSON", help=N_("Who is to call or go"))],
    take: Annotated[int, Option("--take", metavar="N", min=1, max=1000, help=N_("How many"))] = 20,
    for_: Annotated[
        str | None,
        Option("--for", metavar="DURATION", help=N_("For how long; default is the policy lease_hours")),
    ] = None,
    grid: Grid = None,
    building: Building = None,
    tag: Tag = None,
    first: Annotated[
        str | None,
        Option("--first", metavar="TAG", help=N_("Where somebody with this tag lives comes first")),
    ] = None,
    method: Annotated[str | None, Option("--method", metavar="METHOD", help=N_("call or door"))] = None,
) -> None:
    """Deal targets to somebody until a moment: no household and no number is ever with two.

    Calls that somebody promised come first to whoever promised them. Where there are too few, it says why.
    """
    from volunteer_cli.campaigns.queries.dealing import Wish, locks
    from volunteer_cli.campaigns.queries.finding import find_campaign
    from volunteer_cli.core.work import work
    from volunteer_cli.people.queries import find_person

    way = choose(Method, method, "--method")
    where = (grid, read_building(building), read_tag(tag), read_tag(first))
    with work("campaign deal") as session:
        dealing, person, now = find_campaign(session, campaign), find_person(session, to), run().clock.now
        wish = Wish(now, person.id, way, *where, locks=locks(session, now, person.id))
        _deal(session, dealing, person, wish, take, now + _lease(session, for_))


def _deal(
    session: Session, campaign: Campaign, person: Person, wish: Wish, take: int, until: datetime
) -> None:
    """Deal, say what was dealt, and where there was too little say why."""
    from volunteer_cli.campaigns.rules.leasing import deal
    from volunteer_cli.campaigns.views import DEALT, of_unit

    dealt = deal(session, campaign, person, wish, take=take, until=until)
    if len(dealt.dealt) < take:
        _say_why(dealt.obstacles)
    rows = [each.row for each in dealt.dealt]
    tell(session, of_unit(DEALT, campaign), rows, _dealt(len(rows), person.name, until))


def _lease(session: Session, text: str | None) -> timedelta:
    from volunteer_cli.campaigns.terms import LEASE_HOURS
    from volunteer_cli.core.policies import policy_value

    if text is not None:
        return timedelta(minutes=read_minutes(text))
    return timedelta(hours=policy_value(session, LEASE_HOURS))


def _dealt(count: int, name: str, until: datetime) -> str:
    sentence = ngettext(
        "Dealt {count} target to {name} until {until}.",
        "Dealt {count} targets to {name} until {until}.",
        count,
    )
    return sentence.format(count=count, name=name, until=f"{until:%Y-%m-%d %H:%M}")


def _say_why(obstacles: Counter[str]) -> None:
    """What stands against those that were not dealt, with how many."""
    from volunteer_cli.campaigns.terms import OBSTACLES
    from volunteer_cli.core.i18n import listed

    parts = [
        _("{reason}: {count}").format(reason=_(title), count=obstacles[reason])
        for reason, title in OBSTACLES.items()
        if obstacles[reason]
    ]
    if parts:
        say(_("There are no more to deal now. {reasons}.").format(reasons=listed(parts)))
    else:
        say(_("There are no more to deal."))


@verb(
    app,
    "giveback",
    example="volunteer campaign giveback hanchao --from 蒋样一\nvolunteer campaign giveback hanchao 12 13",
    changes=True,
)
def giveback_(
    campaign: Named,
    target: Annotated[
        list[str] | None, Argument(metavar="TARGET...", help=N_("Numbers on the list, or what they are"))
    ] = None,
    from_: Annotated[
        str | None, Option("--from", metavar="PERSON", help=N_("All that is with this person"))
    ] = None,
) -> None:
    """Give back what was dealt and not used, so that somebody else can have it."""
    from volunteer_cli.campaigns.queries.finding import find_campaign, targets_named
    from volunteer_cli.campaigns.rules.errors import NothingNamed
    from volunteer_cli.campaigns.rules.leasing import give_back
    from volunteer_cli.core.work import work
    from volunteer_cli.people.queries import find_person

    if not target and from_ is None:
        raise NothingNamed
    with work("campaign giveback") as session:
        giving = find_campaign(session, campaign)
        person_id = find_person(session, from_).id if from_ else None
        targets = targets_named(session, giving, target or ())
        count = give_back(session, giving, person_id, [each.id for each in targets], run().clock.now)
        sentence = ngettext("{count} target was given back.", "{count} targets were given back.", count)
        tell_campaign(session, giving, sentence, count=count)


# --- attempts ------------------------------------------------------------


@verb(
    app,
    "record",
    example="volunteer campaign record hanchao 12 --outcome done --answer heating=yes\n"
    "volunteer campaign record moqi 3-2-501 --by 赵样一 --outcome vacant --evidence meter --evidence neighbour",
    changes=True,
)
def record_(
    campaign: Named,
    target: Annotated[
        list[str], Argument(metavar="TARGET...", help=N_("Numbers on the list, or what they are"))
    ],
    outcome: Annotated[
        str,
        Option(
            "--outcome",
            metavar="OUTCOME",
            help=N_("What came of it, like done, no_answer, callback or refused"),
            autocompletion=chosen(Outcome),
        ),
    ],
    by: Annotated[
        str | None, Option("--by", metavar="PERSON", help=N_("Who called or went; default is who has it"))
    ] = None,
    method: Annotated[str | None, Option("--method", metavar="METHOD", help=N_("call or door"))] = None,
    callback: Annotated[
        TimeText | None,
        Option(
            "--callback", parser=TimeText, metavar="DATETIME", help=N_("When to call again, as was agreed")
        ),
    ] = None,
    evidence: Annotated[
        list[str] | None,
        Option(
            "--evidence",
            metavar="WHAT",
            help=N_("What shows that it is vacant: meter, light, neighbour or property"),
        ),
    ] = None,
    answer: Annotated[
        list[str] | None, confidential("--answer", metavar="CODE=VALUE", text=N_("An answer to a question"))
    ] = None,
    agrees: Annotated[
        str | None,
        Option("--agrees", metavar="yes|no", help=N_("Whether a re-check agrees with the first result")),
    ] = None,
    note: Annotated[str | None, confidential("--note", text=N_("What else was said; confidential"))] = None,
    request: Annotated[
        str | None, confidential("--request", text=N_("What they need, which is registered as a request"))
    ] = None,
    again: Annotated[
        str | None,
        Option("--again", metavar="REASON", help=N_("Why somebody who is done was contacted again")),
    ] = None,
    override: Annotated[
        str | None,
        Option("--override", metavar="REASON", help=N_("Why an urgent campaign may contact them anyway")),
    ] = None,
    on: OnStep = None,
) -> None:
    """Record what came of a call or a knock, at the moment when it was made."""
    from volunteer_cli.campaigns.queries.finding import find_campaign
    from volunteer_cli.core.work import work

    words: dict[str, Any] = {
        "outcome": choose(Outcome, outcome, "--outcome"),
        "method": choose(Method, method, "--method"),
        "evidence": [choose(Evidence, text, "--evidence") for text in evidence or ()],
        "answers": _answers(answer or ()),
        "agrees": _yes_no(agrees),
        "note": note,
        "request": request,
        "again": again,
        "override": override,
    }
    with work("campaign record") as session:
        recording = find_campaign(session, campaign)
        _record(session, recording, target, _try(session, words, by, callback, when_of(on).at))


def _record(session: Session, campaign: Campaign, texts: Sequence[str], trial: Try) -> None:
    """Record one attempt at each of the targets, and say so."""
    from volunteer_cli.campaigns.queries.finding import targets_named
    from volunteer_cli.campaigns.rules.attempts import record
    from volunteer_cli.campaigns.views import ATTEMPTS, told
    from volunteer_cli.shell import prints_records

    targets = targets_named(session, campaign, texts)
    attempts = record(session, campaign, targets, trial, now=run().clock.now)
    rows = told(session, attempts) if prints_records() else []
    shown = rows[0] if len(rows) == 1 else rows
    tell(session, ATTEMPTS, shown, _recorded(len(attempts), campaign.name))


def _try(
    session: Session, words: dict[str, Any], by: str | None, callback: TimeText | None, at: datetime
) -> Try:
    from volunteer_cli.campaigns.rules.recording import Try
    from volunteer_cli.core.text import required
    from volunteer_cli.people.queries import find_person

    for name in ("note", "request", "again", "override"):
        if words[name] is not None:
            words[name] = required(words[name], f"--{name}")
    by_id = find_person(session, by).id if by else None
    return Try(
        at=at, by_id=by_id, callback_at=_on_the_day(read(callback), at), actor=run().given.actor, **words
    )


def _on_the_day(callback: time | datetime | None, at: datetime) -> datetime | None:
    """A time alone is of the day of the attempt."""
    return datetime.combine(at, callback) if isinstance(callback, time) else callback


def _recorded(count: int, name: str) -> str:
    sentence = ngettext("Recorded {count} attempt of {name}.", "Recorded {count} attempts of {name}.", count)
    return sentence.format(count=count, name=name)


def _answers(texts: Sequence[str]) -> dict[str, str]:
    """Answers as they were typed, by the code of the question; raises BadChoice."""
    from volunteer_cli.core.errors import BadChoice

    answers = {}
    for text in texts:
        code, sign, value = text.partition("=")
        if not sign or not code.strip() or not value.strip():
            raise BadChoice(field="--answer", value=code, choices="CODE=VALUE")
        answers[code.strip()] = value
    return answers


def _yes_no(text: str | None) -> bool | None:
    from volunteer_cli.campaigns.rules.answers import said_yes
    from volunteer_cli.core.errors import BadChoice

    if text is None:
        return None
    if (agrees := said_yes(text)) is None:
        raise BadChoice(field="--agrees", value=text, choices="yes, no")
    return agrees


# --- the plan ------------------------------------------------------------


@verb(app, "plan", example="volunteer campaign plan moqi --days 2026-11-01..2026-11-08", changes=True)
def plan_(
    campaign: Named,
    days: Annotated[
        PeriodText, Option("--days", parser=PeriodText, metavar="D..D", help=N_("From which day to which"))
    ],
    grid: Grid = None,
    count: Annotated[
        int | None,
        Option("--count", metavar="N", min=0, help=N_("How many in all; default are all of the list")),
    ] = None,
) -> None:
    """Plan how many of each grid are to be resolved on which day: evenly, the rest on the first days."""
    from volunteer_cli.campaigns.models import PlanDay
    from volunteer_cli.campaigns.queries.finding import find_campaign
    from volunteer_cli.campaigns.rules.plans import plan
    from volunteer_cli.campaigns.views import PLANS
    from volunteer_cli.core.work import work

    with work("campaign plan") as session:
        planning, period = find_campaign(session, campaign), read(days)
        ids = plan(session, planning, period.first, period.last, grid=grid, count=count)
        rows = [session.get_one(PlanDay, key) for key in ids]
        total = sum(row.count for row in rows)
        sentence = ngettext("Planned {count} target of {name}.", "Planned {count} targets of {name}.", total)
        tell(session, PLANS, rows, sentence.format(count=total, name=planning.name))
