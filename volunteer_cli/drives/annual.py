"""What the year's report tells of donation drives."""

from __future__ import annotations

from collections.abc import Iterator

from volunteer_cli.core.i18n import _, listed, ngettext
from volunteer_cli.core.quantity import number_of
from volunteer_cli.reporting.annual import Asking, Chapter, Moment, Section
from volunteer_cli.reporting.declaration import Row
from volunteer_cli.reporting.phrases import counted, things


def drives(ask: Asking) -> Section:
    """What was given and passed on, with what was told the public."""
    columns = ("drive", "item", "unit", "goal", "received", "shipped", "remaining")
    shares = ("donors", "anonymous_share", "freight_waived")
    table = ask.table("drives", _("What was given and passed on"), (*columns, *shares), drawn=True)
    return Section(
        "drives",
        _("Donation drives"),
        tuple(_told(ask.overview)),
        (table,),
        tuple(_goods(ask.overview)),
        tuple(_notices(ask)),
        tuple(_begun(ask)),
    )


def _begun(ask: Asking) -> Iterator[Moment]:
    """The drives that began, each with what it was for."""
    from volunteer_cli.drives.queries.periods import drives_between

    first, last = ask.period.first, ask.period.last
    for drive in drives_between(ask.session, first, last, community_id=ask.scope.community_id):
        if first <= drive.starts_on <= last:
            sentence = (
                _("The drive {drive} began, for {purpose}") if drive.purpose else _("The drive {drive} began")
            )
            yield Moment(drive.starts_on, sentence.format(drive=drive.name, purpose=drive.purpose))


def _notices(ask: Asking) -> Iterator[Row]:
    """The newest public notice of each drive of the period, as it was published."""
    from volunteer_cli.drives.documents import published
    from volunteer_cli.drives.queries.disclosure import notices
    from volunteer_cli.drives.queries.periods import drives_between

    first, last = ask.period.first, ask.period.last
    found = drives_between(ask.session, first, last, community_id=ask.scope.community_id)
    # As it was published and not as it would be today: the year's report quotes what the public has read.
    for told in notices(ask.session, [drive.id for drive in found]).values():
        if told:
            yield published(ask.session, told[-1])


def _told(overview: Row) -> Iterator[str]:
    """How many gifts came in, and how they are counted."""
    if overview["slips"]:
        yield _("{gifts} came in at {drives}.").format(
            gifts=counted(gifts_counted, overview["slips"]),
            drives=counted(drives_counted, overview["drives"]),
        )
        yield _("Pieces, sets and bags are counted apart; ≥ marks a count that contains an approximate one.")


def _goods(overview: Row) -> Iterator[str]:
    if not overview["slips"]:
        return
    came, went = _goods_moved(overview, "received"), _goods_moved(overview, "shipped")
    gifts = counted(gifts_counted, overview["slips"])
    if went:
        yield _("{gifts} brought {goods}; passed on were {passed}.").format(
            goods=listed(came), gifts=gifts, passed=listed(went)
        )
    elif came:
        yield _("{gifts} brought {goods}.").format(goods=listed(came), gifts=gifts)


def _goods_moved(overview: Row, name: str) -> list[str]:
    return [_goods_told(row, name) for row in overview["goods"] if number_of(row[name])]


def _goods_told(row: Row, name: str) -> str:
    return things(row["item"], row[name], row["unit"])


def gifts_counted(number: int) -> str:
    """The words for a number of gifts."""
    return ngettext("{count} gift", "{count} gifts", number)


def drives_counted(number: int) -> str:
    """The words for a number of drives."""
    return ngettext("{count} drive", "{count} drives", number)


CHAPTERS = (Chapter(drives, place=7),)
