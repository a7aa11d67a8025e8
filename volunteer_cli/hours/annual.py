"""What the year's report tells of service."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from volunteer_cli.core.i18n import _, ngettext
from volunteer_cli.reporting.annual import Asking, Chapter, Section
from volunteer_cli.reporting.declaration import Row
from volunteer_cli.reporting.phrases import counted, former_name, hours, month_name, people, period_name


def service(ask: Asking) -> Section:
    """How much service was given, month by month and of which kind."""
    columns = ("minutes", "records", "people")
    by_month = ask.table(
        "hours",
        _("Hours by month"),
        ("month", *columns),
        by="month",
        drawn=True,
        compared=bool(ask.overview["minutes"]),
    )
    by_category = ask.table(
        "hours", _("Hours by category"), ("category", *columns), by="category", drawn=True
    )
    return Section(
        "service",
        _("Service through the year"),
        tuple(_sentences(ask.overview, by_month.rows)),
        (by_month, by_category),
        tuple(_compared(ask)),
    )


def _sentences(overview: Row, months: Sequence[Row]) -> Iterator[str]:
    """How much service there was, and when most."""
    if not overview["records"]:
        yield _("No service was recorded and confirmed.")
        return
    yield _("{people} gave {hours}, according to {records}.").format(
        hours=hours(overview["minutes"]),
        people=people(overview["served"]),
        records=counted(records_counted, overview["records"]),
    )
    # Of one month alone it would be said twice.
    if len(months) > 1:
        busiest = max(months, key=lambda row: row["minutes"])
        yield _("The month with the most service was {month}: {hours}.").format(
            month=month_name(busiest["month"]), hours=hours(busiest["minutes"])
        )


def _compared(ask: Asking) -> Iterator[str]:
    now, then = ask.overview["minutes"], ask.before["minutes"]
    if not now:
        return
    yield _comparison(now, then).format(
        period=period_name(ask.period),
        previous=former_name(ask.scope),
        people=people(ask.overview["served"]),
        hours=hours(now),
        percent=round(abs(now - then) / then * 100) if then else 0,
    )


def _comparison(now: int, then: int) -> str:
    """The sentence for more, less, or nothing to compare with."""
    # Three whole sentences: other languages do not put "more" where English does.
    if not then or now == then:
        return _("In {period}, {people} gave {hours} of service.")
    if now > then:
        return _("In {period}, {people} gave {hours} of service, {percent}% more than in {previous}.")
    return _("In {period}, {people} gave {hours} of service, {percent}% less than in {previous}.")


def records_counted(number: int) -> str:
    """The words for a number of records."""
    return ngettext("{count} confirmed record", "{count} confirmed records", number)


CHAPTERS = (Chapter(service, place=2),)
