"""`volunteer visit add|void|clear`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from typer import Option

from volunteer_cli.care.commands.typed import (
    HomeNamed,
    HomesNamed,
    Visitors,
    VisitsNamed,
    app,
    ids_of,
    tell_visits,
    visits_of,
)
from volunteer_cli.care.terms import Method, Outcome, VisitKind
from volunteer_cli.core.i18n import N_, _
from volunteer_cli.core.run import run
from volunteer_cli.shell import OnStep, Reason, choose, confidential, read, tell, verb

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from sqlalchemy.orm import Session

    from volunteer_cli.drives.ledger import Goods
    from volunteer_cli.drives.models import Drive
    from volunteer_cli.shell import StepText


@verb(
    app,
    "add",
    example="volunteer visit add 3-1-101 --by 赵样一 --by 卫样一 --give 米=1袋 --from weiwen --note '…'",
    changes=True,
)
def add(
    household: HomesNamed,
    by: Visitors,
    method: Annotated[
        str, Option("--method", metavar="METHOD", help=N_("door, phone, video or other"))
    ] = "door",
    outcome: Annotated[
        str,
        Option("--outcome", metavar="OUTCOME", help=N_("met, no_answer, refused, away, moved or other")),
    ] = "met",
    met: Annotated[list[str] | None, Option("--met", metavar="PERSON", help=N_("Who was met"))] = None,
    kind: Annotated[
        str | None,
        confidential(
            "--kind", metavar="KIND", text=N_("care, check, request, mediation or other; default care")
        ),
    ] = None,
    request: Annotated[
        str | None, Option("--request", metavar="REQUEST", help=N_("The request that it was about"))
    ] = None,
    give: Annotated[
        list[str] | None,
        confidential("--give", metavar="ITEM=N", text=N_("What was given, like rice=1bag")),
    ] = None,
    from_: Annotated[
        str | None,
        confidential(
            "--from", metavar="DRIVE", text=N_("The drive whose stock it came from; without it, one's own")
        ),
    ] = None,
    note: Annotated[str | None, confidential("--note", text=N_("How they are; confidential"))] = None,
    override: Annotated[
        str | None,
        Option("--override", metavar="REASON", help=N_("Why one person, or more goods, may pass")),
    ] = None,
    on: OnStep = None,
) -> None:
    """Record visits to households, or tries; only who was met counts as seen."""
    from volunteer_cli.care.rules.drafts import Draft
    from volunteer_cli.care.rules.visits import add_visit
    from volunteer_cli.core.work import work
    from volunteer_cli.households.queries import find_households

    how = _how(method, outcome, kind)
    with work("visit add") as session:
        people = ids_of(session, by), ids_of(session, met)
        goods, about = (_goods(give, from_), _drive(session, from_)), _request_id(session, request)
        texts = _text(note, _("Note")), _text(override, _("Reason"))
        facts = (_moment(on), people[0], *how, people[1], *goods, about, *texts)
        homes, now = find_households(session, household), run().clock.now
        # Each has a draft of its own, for what let it pass is kept with each.
        visits = [add_visit(session, home, Draft(*facts), now=now) for home in homes]
        tell_visits(session, visits, _("Recorded visit {id} to {household}."))


def _how(method: str, outcome: str, kind: str | None) -> tuple[Method, Outcome, VisitKind]:
    """How, with what outcome and for what, as it was typed; raises BadChoice."""
    what = choose(VisitKind, kind, "--kind") or VisitKind.CARE
    return choose(Method, method, "--method"), choose(Outcome, outcome, "--outcome"), what


def _moment(on: StepText | None) -> datetime:
    from volunteer_cli.care.rules.visits import moment

    return moment(read(on), run().clock.now)


def _text(text: str | None, title: str) -> str | None:
    from volunteer_cli.core.text import required

    return None if text is None else required(text, title)


def _goods(texts: Iterable[str] | None, drive: str | None) -> list[Goods]:
    """What was given, as it was typed; raises FromWithoutGoods, and what cannot be read."""
    from volunteer_cli.care.rules.errors import FromWithoutGoods
    from volunteer_cli.core.text import parse_item
    from volunteer_cli.drives.ledger import Goods

    if drive is not None and not texts:
        raise FromWithoutGoods
    return [Goods(*parse_item(text)) for text in texts or ()]


def _drive(session: Session, text: str | None) -> Drive | None:
    from volunteer_cli.drives.queries import find_drive

    return find_drive(session, text) if text else None


def _request_id(session: Session, text: str | None) -> int | None:
    if text is None:
        return None
    from volunteer_cli.areas import things
    from volunteer_cli.core.errors import NotFound

    if (thing := things().get("request")) is None:
        raise NotFound(kind=_("request"), text=text)
    record = thing.find.load()(session, text)
    return int(record.id)


@verb(app, "void", example="volunteer visit void 12 --reason 记错了一户", changes=True)
def void(visit: VisitsNamed, reason: Reason, on: OnStep = None) -> None:
    """Take back visits that never took place; goods go back into stock."""
    from volunteer_cli.care.rules.visits import void_visit
    from volunteer_cli.core.work import work

    with work("visit void", reason=reason) as session:
        visits, clock = visits_of(session, visit), run().clock
        for each in visits:
            void_visit(session, each, read(on) or clock.today, now=clock.now)
        tell_visits(session, visits, _("Voided visit {id} to {household}."))


@verb(app, "clear", example="volunteer visit clear 3-1-101 --reason 邻居说在女儿家", changes=True)
def clear(household: HomeNamed, reason: Reason, on: OnStep = None) -> None:
    """Clear an alarm: somebody has made sure that all is well."""
    from volunteer_cli.care.rules.visits import clear_alarm
    from volunteer_cli.core.work import work
    from volunteer_cli.households.queries import find_household, shown_household
    from volunteer_cli.households.views import HOUSEHOLDS

    with work("visit clear", reason=reason) as session:
        home = find_household(session, household)
        clear_alarm(session, home, reason, _moment(on), now=run().clock.now)
        sentence = _("Cleared the alarm at {household}.").format(household=shown_household(home))
        tell(session, HOUSEHOLDS, home, sentence)
