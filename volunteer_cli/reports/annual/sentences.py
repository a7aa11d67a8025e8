"""What the year's report says in words, for somebody who was not there."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from volunteer_cli.core.i18n import _, listed, ngettext
from volunteer_cli.output.cells import number, shown
from volunteer_cli.output.view import Column, Kind

if TYPE_CHECKING:
    from volunteer_cli.core.dates import Period
    from volunteer_cli.reporting.declaration import Row
    from volunteer_cli.reports.annual.contents import Asking, Table

#: What is counted, for the number that there is of it.
COUNTED: dict[str, Callable[[int], str]] = {
    "people": lambda number: ngettext("{count} person", "{count} people", number),
    "hours": lambda number: ngettext("{count} hour", "{count} hours", number),
    "records": lambda number: ngettext("{count} confirmed record", "{count} confirmed records", number),
    "events": lambda number: ngettext("{count} event", "{count} events", number),
    "attendances": lambda number: ngettext("{count} attendance", "{count} attendances", number),
    "gifts": lambda number: ngettext("{count} gift", "{count} gifts", number),
    "drives": lambda number: ngettext("{count} drive", "{count} drives", number),
    "boxes": lambda number: ngettext("{count} box", "{count} boxes", number),
}
MOST_HONOURS = 3
"""Honours that the summary names."""


def counted(what: str, amount: float) -> str:
    """So many of something, such as 3 people; see COUNTED."""
    count = tenths(amount)
    # An amount that is not whole is spoken of as several: 1.5 hours.
    pattern = COUNTED[what](1 if count == "1" else 2)
    return pattern.format(count=count)


def tenths(amount: float) -> str:
    """An amount to the tenth, which a whole one does not show; so hours are told alike everywhere."""
    return f"{amount:,.1f}".removesuffix(".0")


def hours(minutes: int) -> str:
    """Minutes as hours in words, to the tenth of one."""
    return counted("hours", minutes / 60)


def quantity(value: Any) -> str:
    """A count with its mark, which no line may begin or end between."""
    return shown(Column("count", kind=Kind.QUANTITY), value).replace("≥ ", "≥\u00a0")


def period_name(period: Period) -> str:
    """The name of a period as it is said."""
    return _("{year}").format(year=period.label) if period.label.isdigit() else period.label


def summary(ask: Asking, tables: Sequence[Table]) -> Iterator[str]:
    """The year in a few sentences, the largest things first; nothing of what did not happen."""
    yield from _service_compared(ask)
    known = {table.answer.report.name: table for table in tables}
    if "teams" in known:
        yield from _largest_team(known["teams"])
    yield from _events_attended(ask.overview)
    if "honours" in known:
        yield from _honours(known["honours"])
    yield from _goods(ask.overview)


def _service_compared(ask: Asking) -> Iterator[str]:
    now, then = ask.overview["minutes"], ask.before["minutes"]
    if not now:
        return
    told = {
        "period": period_name(ask.period),
        "previous": period_name(ask.period.previous()),
        "people": counted("people", ask.overview["served"]),
        "hours": hours(now),
        "percent": round(abs(now - then) / then * 100) if then else 0,
    }
    if not then or now == then:
        yield _("In {period}, {people} gave {hours} of service.").format(**told)
    elif now > then:
        yield _("In {period}, {people} gave {hours} of service, {percent}% more than in {previous}.").format(
            **told
        )
    else:
        yield _("In {period}, {people} gave {hours} of service, {percent}% less than in {previous}.").format(
            **told
        )


def _largest_team(table: Table) -> Iterator[str]:
    row = table.rows[0]
    if row["minutes"] and row["team"]:
        yield _("The team with the most hours was {team}: {hours}.").format(
            team=row["team"], hours=hours(row["minutes"])
        )


def _events_attended(overview: Row) -> Iterator[str]:
    if overview["events_held"]:
        yield _("{events} took place, with {attendances}.").format(
            events=counted("events", overview["events_held"]),
            attendances=counted("attendances", overview["attended"]),
        )


def _honours(table: Table) -> Iterator[str]:
    column = table.answer.view.column("level")
    told = [
        _("{honour} ({level})").format(honour=row["title"], level=shown(column, row["level"]))
        for row in table.rows[:MOST_HONOURS]
    ]
    if left := len(table.rows) + table.more - len(told):
        told.append(_("… and {count} more").format(count=left))
    yield _("Honours: {honours}.").format(honours=listed(told))


def _goods(overview: Row) -> Iterator[str]:
    if not overview["slips"]:
        return
    came = [_goods_told(row, "received") for row in overview["goods"] if number(row["received"])]
    went = [_goods_told(row, "shipped") for row in overview["goods"] if number(row["shipped"])]
    gifts = counted("gifts", overview["slips"])
    if went:
        yield _("{gifts} brought {goods}; passed on were {passed}.").format(
            goods=listed(came), gifts=gifts, passed=listed(went)
        )
    elif came:
        yield _("{gifts} brought {goods}.").format(goods=listed(came), gifts=gifts)


def _goods_told(row: Row, name: str) -> str:
    return _("{item} {count} {unit}").format(item=row["item"], count=quantity(row[name]), unit=row["unit"])


def service(overview: Row, months: Sequence[Row]) -> Iterator[str]:
    """How much service there was, and when most."""
    if not overview["records"]:
        yield _("No service was recorded and confirmed.")
        return
    yield _("{people} gave {hours}, according to {records}.").format(
        hours=hours(overview["minutes"]),
        people=counted("people", overview["served"]),
        records=counted("records", overview["records"]),
    )
    if len(months) > 1:
        busiest = max(months, key=lambda row: row["minutes"])
        yield _("The month with the most service was {month}: {hours}.").format(
            month=busiest["month"], hours=hours(busiest["minutes"])
        )


def teams(overview: Row, table: Table) -> Iterator[str]:
    """How many teams there are, and which did most."""
    if not table.rows:
        return
    there, shown_here = overview["teams"], sum(row["team"] is not None for row in table.rows) + table.more
    yield _("Teams at the end of the period: {count}.").format(count=there)
    if shown_here < there:
        yield _("Those without members, events and hours are left out.")
    yield from _largest_team(table)


def volunteers(overview: Row) -> Iterator[str]:
    """How many volunteers there are, how many are new and how many served."""
    if overview["volunteers"]:
        yield ngettext(
            "At the end of the period {volunteers} person was registered as a volunteer, {new} of them new; {active} served.",
            "At the end of the period {volunteers} people were registered as volunteers, {new} of them new; {active} served.",
            overview["volunteers"],
        ).format(**{name: overview[name] for name in ("volunteers", "new", "active")})


def events(kinds: Sequence[Row]) -> Iterator[str]:
    """How many events were held, how many people came and how many stayed away."""
    held, cancelled, came, absent = (
        sum(row[name] for row in kinds) for name in ("done", "cancelled", "attended", "absent")
    )
    if held:
        yield _("{events} took place, with {attendances}.").format(
            events=counted("events", held), attendances=counted("attendances", came)
        )
    if absent:
        yield _("Of those who were expected, {percent}% stayed away.").format(
            percent=round(absent / (came + absent) * 100)
        )
    if cancelled:
        yield _("Cancelled: {events}.").format(events=counted("events", cancelled))


def drives(overview: Row) -> Iterator[str]:
    """How many gifts came in, and how they are counted."""
    if overview["slips"]:
        yield _("{gifts} came in at {drives}.").format(
            gifts=counted("gifts", overview["slips"]), drives=counted("drives", overview["drives"])
        )
        yield _("Pieces, sets and bags are counted apart; ≥ marks a count that contains an approximate one.")
