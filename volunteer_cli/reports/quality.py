"""Records that are incomplete or hard to believe, by kind: nothing here is broken, all of it is worth a look."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING, Any

from volunteer_cli.areas import gathered, things
from volunteer_cli.core.i18n import N_, _, with_detail
from volunteer_cli.core.looking import looking
from volunteer_cli.core.worded import Worded
from volunteer_cli.output.view import Kind
from volunteer_cli.reporting.declaration import Chart, Report, Row, Scope, figure
from volunteer_cli.reporting.quality import Flaw

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

#: Enough to see what is meant; who wants all of them asks for the list with a filter.
EXAMPLES = 5


@cache
def flaws() -> tuple[Flaw, ...]:
    """What the areas find worth a look."""
    return tuple(sorted(gathered("flaws"), key=lambda flaw: flaw.place))


def quality_rows(session: Session, scope: Scope) -> Sequence[Row]:
    """The flaws that occur, most frequent share first."""
    from volunteer_cli.core.policies import QUALITY_IGNORED, policy_value

    with looking(session):
        passed_over = policy_value(session, QUALITY_IGNORED)
        rows = [_row(session, scope, flaw) for flaw in flaws() if flaw.name not in passed_over]
    return sorted((row for row in rows if row["records"]), key=lambda row: -row["share"])


def _row(session: Session, scope: Scope, flaw: Flaw) -> Row:
    model, population, wrong = flaw.population(session, scope)
    whole = _count(session, model, population)
    # Most flaws occur nowhere: neither they nor their examples are looked for among no records.
    faulty = _count(session, model, [*population, wrong]) if whole else 0
    return {
        "kind": flaw.name,
        "records": faulty,
        "of": whole,
        "share": faulty / whole if whole else 0,
        "examples": _examples(session, model, [*population, wrong]) if faulty else [],
    }


def _count(session: Session, model: Any, conditions: Sequence[Any]) -> int:
    from sqlalchemy import func, select

    return session.scalar(select(func.count()).select_from(model).where(*conditions)) or 0


def _examples(session: Session, model: Any, conditions: Sequence[Any]) -> list[str]:
    """The first few records, as they can be named on a command line."""
    from sqlalchemy import select

    stored = {thing.stored_in: thing for thing in things().values()}
    thing = stored.get(model.__tablename__)
    kind = thing.kind if thing else model.__tablename__
    first = select(model.id).where(*conditions).order_by(model.id).limit(EXAMPLES)
    keys = list(session.scalars(first))
    names = thing.names.load()(session, keys) if thing and thing.names else {}
    return [_in_words(kind, key, names.get(key)) for key in keys]


def _in_words(kind: str, key: int, name: str | None) -> Worded:
    words = with_detail(name, key) if name else _("{kind} {id}").format(kind=_(kind), id=key)
    return Worded(f"{kind}:{key}", words)


QUALITY = Report(
    name="quality",
    place=200,
    title=N_("Quality of the records"),
    help=N_("Count records that are incomplete or hard to believe."),
    question=N_("Which records should somebody look at again?"),
    rows=quality_rows,
    keys=("kind",),
    total=False,
    chart=Chart("share", ("kind",)),
    figures=(
        figure(
            "kind",
            N_("Kind"),
            Kind.CHOICE,
            N_(
                "What is missing or implausible. People and teams in use are looked at (with a period, people registered in it), confirmed hours by their day, finished events by their beginning, slips by the day of receipt. A birth date is hard to believe when it makes a person older than 110 or a volunteer younger than 6. A young volunteer is one below the policy guardian_age; hours beyond the cap are records that the policy hours_per_day_cap takes minutes off."
            ),
            total=False,
            choices={flaw.name: flaw.title for flaw in flaws()},
        ),
        figure(
            "records",
            N_("Records"),
            Kind.COUNT,
            N_("Records of that kind; kinds without any are left out."),
            total=False,
        ),
        figure("of", N_("Out of"), Kind.COUNT, N_("Records that were looked at for it."), total=False),
        figure("share", N_("Share"), Kind.PERCENT, N_("Records over those looked at."), total=False),
        figure("examples", N_("For example"), Kind.LIST, N_("The first five of them."), total=False),
    ),
)
REPORTS = (QUALITY,)
