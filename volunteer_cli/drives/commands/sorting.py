"""`volunteer drive sort`, `count`, `counts` and `stock`."""

from __future__ import annotations

from typing import Annotated

from typer import Option

from volunteer_cli.core.i18n import N_
from volunteer_cli.drives.commands.typed import DriveNamed, Items, app, change_drive, day_of, goods_of
from volunteer_cli.shell import AsOf, OnDay, Reason, choose, read, show_list, verb


@verb(app, "sort", example="volunteer drive sort winter --item 衣物=10件 --as accepted", changes=True)
def sort(
    drive: DriveNamed,
    item: Items,
    as_: Annotated[str, Option("--as", metavar="VERDICT", help=N_("accepted, rejected or recycled"))],
    from_: Annotated[
        str | None,
        Option("--from", metavar="VERDICT", help=N_("Sort anew what was: accepted, rejected or recycled")),
    ] = None,
    on: OnDay = None,
) -> None:
    """Sort what came in, first in first out."""
    from volunteer_cli.drives import rules
    from volunteer_cli.drives.terms import Verdict

    pieces, verdict = [goods_of(text) for text in item], choose(Verdict, as_, "--as")
    former = choose(Verdict, from_, "--from") if from_ else None
    change_drive(
        "drive sort",
        drive,
        N_("Sorted goods of drive {name} ({id})."),
        lambda session, found: rules.sort(
            session, found, pieces, verdict=verdict, former=former, on=day_of(on)
        ),
    )


@verb(
    app,
    "count",
    example="volunteer drive count winter --item 衣物=9件 --reason 'stock-take of May'",
    changes=True,
)
def count(drive: DriveNamed, item: Items, reason: Reason, on: OnDay = None) -> None:
    """Set what is on hand to what was counted: less is lost, more is found."""
    from volunteer_cli.drives import rules

    counted = [goods_of(text, zero=True) for text in item]
    change_drive(
        "drive count",
        drive,
        N_("Took stock of drive {name} ({id})."),
        lambda session, found: rules.count(session, found, counted, on=day_of(on), reason=reason),
        reason=reason,
    )


@verb(app, "counts", example="volunteer drive counts winter")
def counts(drive: DriveNamed) -> None:
    """List the stock-takes: what was counted, and what the books said."""
    from volunteer_cli.core.work import reading
    from volunteer_cli.drives import queries
    from volunteer_cli.drives.views.goods import COUNTS

    with reading() as session:
        found = queries.find_drive(session, drive, changing=False)
        show_list(session, COUNTS, queries.counts(session, found))


@verb(app, "stock", example="volunteer drive stock winter --as-of 2021-12-31")
def stock(drive: DriveNamed, as_of: AsOf = None) -> None:
    """Show where the goods of a drive are, now or at the end of a day."""
    from volunteer_cli.core.work import reading
    from volunteer_cli.drives import queries
    from volunteer_cli.drives.views.goods import STOCK

    with reading() as session:
        found = queries.find_drive(session, drive, changing=False)
        show_list(session, STOCK, queries.stock(session, found, read(as_of)))
