"""What several commands of drives take, and how it is read."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Annotated

from typer import Argument, Option

from volunteer_cli.core.i18n import N_, _
from volunteer_cli.core.run import run
from volunteer_cli.shell import DayText, noun, read, tell

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from volunteer_cli.drives.ledger import Goods
    from volunteer_cli.drives.models import Drive

app = noun("drive")

DriveNamed = Annotated[str, Argument(metavar="DRIVE", help=N_("Its id, code or name"))]
Items = Annotated[
    list[str],
    Option("--item", metavar="ITEM=N", help=N_("An item and how many of which unit, like coats=12pcs")),
]


def change_drive(
    command: str,
    drive: str,
    sentence: str,
    change: Callable[[Session, Drive], None],
    *,
    reason: str | None = None,
) -> None:
    """Change one drive and say so."""
    from volunteer_cli.core.work import note_reason, work
    from volunteer_cli.drives import queries
    from volunteer_cli.drives.views.drives import DRIVES

    with work(command) as session:
        note_reason(reason)
        found = queries.find_drive(session, drive)
        change(session, found)
        tell(session, DRIVES, found, _(sentence).format(name=found.name, id=found.id))


def goods_of(text: str, *, approximate: bool = False, zero: bool = False) -> Goods:
    """`衣物=12件` as goods; a stock-take may also find nothing."""
    from volunteer_cli.core.quantity import Direction
    from volunteer_cli.core.text import parse_item
    from volunteer_cli.drives.ledger import Goods

    if zero and (nothing := nothing_of(text)):
        return nothing
    item, amount = parse_item(text)
    if approximate and not amount.approximate:
        amount = replace(amount, direction=Direction.AT_LEAST)
    return Goods(item, amount)


def nothing_of(text: str) -> Goods | None:
    """`衣物=0件` as goods; None where there is something of them."""
    import re

    from volunteer_cli.core.quantity import Quantity
    from volunteer_cli.core.text import clean
    from volunteer_cli.drives.ledger import Goods

    found = re.fullmatch(r"(.+?) ?= ?0+ ?([^\d\W]*)", clean(text))
    return Goods(found[1], Quantity(0, found[2])) if found else None


def day_of(on: DayText | None) -> date:
    """The day that was typed, or today; raises InFuture."""
    from volunteer_cli.drives.rules import checked_day

    return checked_day(read(on), run().clock.today)


def person_id(session: Session, text: str | None) -> int | None:
    """The id of the person that was typed, if one was; raises NotFound, Ambiguous."""
    from volunteer_cli.people.queries import find_person

    return find_person(session, text).id if text else None


def organization_id(session: Session, text: str | None) -> int | None:
    """The id of the organization that was typed, if one was; raises NotFound, Ambiguous."""
    from volunteer_cli.organizations.queries import find_organization

    return find_organization(session, text).id if text else None
