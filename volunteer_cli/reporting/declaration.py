"""What a report is: a question, and columns each of which says exactly what it counts.

A declaration is light: its module imports a database library only when its query runs, so that help
and completion never pay for it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, TypeAlias

from volunteer_cli.core.cards import ANYWHERE, Lazy
from volunteer_cli.output.view import Column, Kind, View

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from volunteer_cli.core.dates import Period

#: One line of a report: values by the names of its columns; references are ids, such as `team_id`.
Row: TypeAlias = dict[str, Any]


@dataclass(frozen=True)
class Scope:
    """What a report is asked for; None leaves a limit out."""

    now: datetime
    period: Period | None = None
    by: tuple[str, ...] = ()
    team_id: int | None = None
    community_id: int | None = None

    @property
    def today(self) -> date:
        """The day it is."""
        return self.now.date()

    @property
    def as_of(self) -> date:
        """The day at whose end standing figures are counted: the period's last, at the latest today."""
        # Of a year that runs, its end is not known: what stands today is told.
        return min(self.period.last, self.today) if self.period else self.today

    @property
    def runs(self) -> bool:
        """Whether its period has begun and not ended."""
        return self.period is not None and self.period.first <= self.today < self.period.last

    @property
    def period_before(self) -> Period:
        """The period before; of one that runs, the same days of it alone: a part is compared with no whole."""
        assert self.period is not None  # noqa: S101 - a comparison without a period is refused
        # Half a year beside a whole one always looks like a decline.
        return self.period.previous_to(self.today) if self.runs else self.period.previous()


@dataclass(frozen=True)
class Figure:
    """A column and its definition: which records, which date, what is left out.

    Attributes:
        personal: whether it names people, who may ask to be erased; a snapshot does not keep it.
        compared: whether it is another in another period, so that `--compare` says something.
        front: its place on the first page of the year's report; 0 is none.
        over: the counts that it is a share or an average of; it is not published where one of them is not.
    """

    column: Column
    meaning: str
    personal: bool = False
    compared: bool = True
    front: int = 0
    over: tuple[str, ...] = ()


@dataclass(frozen=True)
class Group(Figure):
    """Something that a report can be broken down by.

    Attributes:
        reference: whether rows hold the id of a record, under `<name>_id`, and the column its name.
        whole: whether every record falls into exactly one row, so that the rows add up.
        ordered: whether its values have an order of their own, as ages have, in which they are drawn.
        parts: whether its few values are drawn as parts of one whole.
    """

    reference: bool = False
    whole: bool = True
    ordered: bool = False
    parts: bool = False

    @property
    def key(self) -> str:
        """The name under which rows hold what they are grouped by."""
        return f"{self.column.name}_id" if self.reference else self.column.name

    @property
    def columns(self) -> tuple[Column, ...]:
        """The column that is read and, of a reference, the id beside it."""
        if not self.reference:
            return (self.column,)
        return (self.column, Column(self.key, kind=Kind.ID, table=False))


@dataclass(frozen=True)
class Chart:
    """The picture of a report: one figure by the columns that name its rows.

    Attributes:
        labels: the columns of the label; without any, those that the report is broken down by.
        unit: the column of what each row is counted in, where rows differ in it.
        goal: the column of what each row was to reach.
    """

    value: str
    labels: tuple[str, ...] = ()
    unit: str = ""
    goal: str = ""


@dataclass(frozen=True)
class Exported:
    """That a report only adds up, so that exports of many databases answer it together.

    Attributes:
        by: what it may be broken down by there; names of people, teams and events do not leave the office.
        people: its counts of people, of which small ones are withheld.
    """

    by: tuple[str, ...] = ()
    people: tuple[str, ...] = ()


@dataclass(frozen=True)
class Drill:
    """How a report is followed to the records that it counts, by the same conditions as its figures.

    Attributes:
        names: what may be followed, and what its rows are.
        view: where the view stands that shows them.
        rows: where the function stands that answers the records, for a session, a scope and one of the names.
    """

    names: Mapping[str, str]
    view: Lazy
    rows: Lazy


@dataclass(frozen=True)
class Report:
    """A question that the database answers, and what every figure of the answer means.

    Attributes:
        help: what the command does, in the imperative.
        rows: the answer, for a scope.
        groups: what `--by` may name; one report has either groups or columns that always name its rows.
        by: what it is broken down by when `--by` is not given.
        keys: columns that name a row, for the comparison with the period before; the first one is
            what the format ids writes.
        single: whether the answer is one row, shown as a record.
        comparable: whether `--compare` makes sense of it.
        by_team: whether `--team` narrows it.
        total: whether its rows add up to a totals row.
        kept: whether a snapshot of it can be kept.
        private: its counts of people, households or matters, of which small ones are not published.
        exported: whether and how it is answered from exports; None is not.
        place: where it stands in the list: smaller first, equal ones in the order of the areas.
        drill: how `--rows` lists what was counted; None where lists of their own do.
        stored: from a session to more that `--by` may name, which depends on what is stored.
    """

    name: str
    title: str
    help: str
    question: str
    figures: tuple[Figure, ...]
    rows: Callable[[Session, Scope], Sequence[Row]]
    groups: tuple[Group, ...] = ()
    by: tuple[str, ...] = ()
    keys: tuple[str, ...] = ()
    chart: Chart | None = None
    single: bool = False
    comparable: bool = True
    by_team: bool = False
    total: bool = True
    kept: bool = True
    private: tuple[str, ...] = ()
    exported: Exported | None = None
    place: int = ANYWHERE
    drill: Drill | None = None
    stored: Callable[[Session], Iterable[Group]] | None = None
    choices: Mapping[str, Group] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Index the groups by their names."""
        object.__setattr__(self, "choices", {group.column.name: group for group in self.groups})

    def completed(self, session: Session) -> Report:
        """The report with what depends on what is stored."""
        if self.stored is None:
            return self
        return replace(self, groups=(*self.groups, *self.stored(session)), stored=None)

    def own_names(self, scope: Scope) -> list[str]:
        """Of what the answer is broken down by the names that depend on what is stored."""
        return [name for name in scope.by if name not in self.choices]

    def grouped(self, scope: Scope) -> tuple[Group, ...]:
        """What the answer is broken down by."""
        return tuple(self.choices[name] for name in scope.by)

    def columns(self, scope: Scope) -> tuple[Column, ...]:
        """The columns of the answer."""
        groups = [column for group in self.grouped(scope) for column in group.columns]
        return (*groups, *(figure.column for figure in self.figures))

    def view(self, scope: Scope) -> View:
        """How the answer is shown; a sum of everything has no id."""
        identity = next(iter(self.row_keys(scope)), "")
        return View(self.name, self.title, self.columns(scope), identity)

    def adds_up(self, scope: Scope) -> bool:
        """Whether the rows shown have a sum; one that is of everything is the sum itself."""
        return self.total and bool(self.row_keys(scope)) and all(group.whole for group in self.grouped(scope))

    def row_keys(self, scope: Scope) -> tuple[str, ...]:
        """The names of the values that tell a row from the others."""
        return tuple(group.key for group in self.grouped(scope)) or self.keys


def figure(
    name: str,
    title: str,
    kind: Kind,
    meaning: str,
    *,
    total: bool = True,
    personal: bool = False,
    compared: bool = True,
    front: int = 0,
    over: tuple[str, ...] = (),
    **options: Any,
) -> Figure:
    """A figure in few words; it is summed in the totals row unless `total` says no."""
    column = Column(name, title, kind, total=total, **options)
    return Figure(column, meaning, personal, compared, front, over)


def group(
    name: str,
    title: str,
    meaning: str,
    *,
    kind: Kind = Kind.TEXT,
    reference: bool = False,
    whole: bool = True,
    ordered: bool = False,
    parts: bool = False,
    **options: Any,
) -> Group:
    """A way to break a report down, in few words."""
    column = Column(name, title, kind, **options)
    return Group(column, meaning, reference=reference, whole=whole, ordered=ordered, parts=parts)
