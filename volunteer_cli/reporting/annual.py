"""How an area says what it has to tell in the year's report: sections of sentences and tables, each a report's answer."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from volunteer_cli.core.cards import ANYWHERE
from volunteer_cli.reporting.answer import Answer, answer
from volunteer_cli.reporting.catalogue import report_named
from volunteer_cli.reporting.declaration import Row, Scope
from volunteer_cli.reporting.drawing import has_something
from volunteer_cli.reporting.withholding import withheld

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

#: Rows of a table that could be long; the rest is in the reports themselves.
TOP = 15


@dataclass(frozen=True)
class Table:
    """One table of the report.

    Attributes:
        drawn: whether a picture goes with it.
        whole: whether its rows are all there are, so that a sum below them says something.
        more: rows that were left out for length.
    """

    title: str
    answer: Answer
    columns: tuple[str, ...]
    drawn: bool = False
    whole: bool = True
    more: int = 0

    @property
    def rows(self) -> Sequence[Row]:
        """The rows that are shown."""
        return self.answer.rows

    @property
    def pictured(self) -> bool:
        """Whether there is something to draw, and something to compare it with."""
        return self.drawn and len(has_something(self.answer, self.rows)) > 1

    @property
    def adds_up(self) -> bool:
        """Whether a totals row makes sense."""
        return self.whole and self.answer.adds_up and not self.more and len(self.rows) > 1


class Moment(NamedTuple):
    """What happened on a day of the year, in a sentence."""

    day: date
    sentence: str


@dataclass(frozen=True)
class Section:
    """A part of the report.

    Attributes:
        anchor: how other parts of the page point at it.
        summary: what it has to say on the first page.
        notices: public notices that stand in it whole.
        moments: what of it belongs into the story of the year.
    """

    anchor: str
    title: str
    sentences: tuple[str, ...] = ()
    tables: tuple[Table, ...] = ()
    summary: tuple[str, ...] = ()
    notices: tuple[Row, ...] = ()
    moments: tuple[Moment, ...] = ()


def _telling(rows: Sequence[Row], by: str, having: tuple[str, ...]) -> list[Row]:
    """The rows that have something to tell; none where not one of them belongs to a group."""
    telling = [row for row in rows if not having or any(row[key] for key in having)]
    first = by.split(",", maxsplit=1)[0]
    return [] if by and all(row[first] is None for row in telling) else telling


class Asking:
    """Reports answered for one scope, beside the overview of it and of the period before."""

    def __init__(self, session: Session, scope: Scope, overview: Callable[[Session, Scope], Row]) -> None:
        assert scope.period is not None  # noqa: S101 - the command gives one
        self.session = session
        self.scope = scope
        self.period = scope.period
        self.overview = overview(session, scope)
        self.before = overview(session, replace(scope, period=scope.period_before))

    @property
    def whose(self) -> tuple[str, ...]:
        """The column that tells communities apart, where the report is of several."""
        return ("community",) if self.overview["communities"] > 1 else ()

    def table(
        self,
        name: str,
        title: str,
        columns: tuple[str, ...],
        *,
        by: str = "",
        drawn: bool = False,
        compared: bool = False,
        whole: bool = True,
        having: tuple[str, ...] = (),
    ) -> Table:
        """A report's answer as a table; rows that have none of `having` are left out."""
        answer = self._answered(name, by, compared=compared)
        rows = _telling(answer.rows, by, having)
        # A course of months without its end would be another course; of the rest the first tell enough.
        shown = rows if by == "month" else rows[:TOP]
        return Table(title, replace(answer, rows=shown), columns, drawn, whole, len(rows) - len(shown))

    def _answered(self, name: str, by: str, *, compared: bool) -> Answer:
        """A report's answer as it may leave the office, for the year's report does."""
        scope = replace(self.scope, by=tuple(by.split(",")) if by else ())
        whole = answer(self.session, report_named(name), scope, compare=compared)
        return withheld(self.session, whole) if whole.report.private else whole


@dataclass(frozen=True)
class Chapter:
    """What an area writes into the report.

    Attributes:
        place: where it stands: smaller first.
    """

    write: Callable[[Asking], Section]
    place: int = ANYWHERE
