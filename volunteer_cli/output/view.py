"""How a record is shown, declared once: its columns, and what kind of value each of them holds."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from volunteer_cli.core.countries import in_currency
from volunteer_cli.core.i18n import _
from volunteer_cli.core.kinds import NUMERIC, Kind
from volunteer_cli.output.errors import UnknownField

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

__all__ = ["NUMERIC", "Column", "Kind", "View", "pick"]


@dataclass(frozen=True)
class Column:
    """One field of a record.

    `value` takes it from one record; without it, it is the attribute (or key) called `name`.
    `load` takes the session and the records shown and answers values by record id, `default` where
    it has none; it runs only when the column is shown, for a thousand records at a time.
    """

    name: str
    title: str = ""
    kind: Kind = Kind.TEXT
    value: Callable[[Any], Any] | None = None
    load: Callable[[Any, Sequence[Any]], Mapping[Any, Any]] | None = None
    default: Any = None
    #: What of a record is shown, instead of `value`, to those who gave no reason to see it.
    masked: Callable[[Any], Any] | None = None
    #: Among the columns of a list when --fields names none; JSON always has all.
    table: bool = True
    #: What only offices in China keep: elsewhere people read it where somebody names it; objects always have it.
    at_home: bool = False
    #: Said in confidence: without a reason nothing, and the name of the field among those that are hidden.
    hidden: bool = False
    #: The last to be left out where a terminal is too narrow for all columns.
    keep: bool = False
    #: Left out of lists altogether.
    show_only: bool = False
    #: Shown only where somebody names it; it follows from others.
    only_named: bool = False
    #: An object of values that are columns of their own where people read: only formats of objects have it.
    whole: bool = False
    #: One of those columns: formats of objects have it where somebody names it.
    part: bool = False
    #: Summed in the totals row.
    total: bool = False
    #: Summed columns that make this one in the totals row: the first one's sum over that of the others.
    ratio: tuple[str, ...] = ()
    #: The field beside whose value this one stands where people read one record: its value before, its change.
    beside: str = ""
    #: What people read where the value is unknown.
    blank: str = ""
    #: Shown to everybody in the office, though its model says that it is private.
    shown: bool = False
    choices: Mapping[str, str] | None = None
    #: The columns of a ROWS value.
    view: View | None = None
    #: Behind which column it stands where another area adds it; without one at the end.
    after: str = ""

    @property
    def heading(self) -> str:
        """The title in the user's language."""
        words = _(self.title or self.name.replace("_", " ").capitalize())
        return in_currency(words) if self.kind is Kind.MONEY else words


@dataclass(frozen=True)
class View:
    """The columns that records of one kind are shown with."""

    name: str
    title: str
    columns: tuple[Column, ...]
    #: The column that the format ids writes: what other commands take; without one it writes nothing.
    identity: str = "id"
    #: From a session to columns that depend on what is stored; each stands for the one of its name, or comes last.
    stored: Callable[[Any], Sequence[Column]] | None = None
    #: What the page of one record is called before its name; by default as a list of them.
    record: str = ""
    #: The parts of such a page, with the names of their columns; what is in none of them comes last.
    parts: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    #: Whether it is filled in and comes back: then its headings are the first row of a workbook, as everywhere.
    to_fill: bool = False

    def completed(self, session: Any) -> View:
        """The view with the columns that depend on what is stored."""
        if self.stored is None or session is None:
            return self
        added = {column.name: column for column in self.stored(session)}
        own = tuple(added.pop(column.name, column) for column in self.columns)
        return replace(self, columns=(*own, *added.values()), stored=None)

    @property
    def heading(self) -> str:
        """The title in the user's language."""
        return _(self.title)

    @property
    def confidences(self) -> tuple[str, ...]:
        """The names of the columns that show nothing without a reason."""
        return tuple(column.name for column in self.columns if column.hidden)

    def column(self, name: str) -> Column:
        """The column called `name`; raises UnknownField."""
        return pick(self.columns, name)


def pick(columns: Sequence[Column], name: str) -> Column:
    """The one of `columns` that is called `name`, as scripts call it or as its heading does.

    Raises:
        UnknownField: none is, or several headings are; it names them all.
    """
    for column in columns:
        if column.name == name:
            return column
    titled = [column for column in columns if _plain(column.heading) == _plain(name)]
    if len(titled) == 1:
        return titled[0]
    raise UnknownField.among(name, {column.name: column.heading for column in columns})


def _plain(text: str) -> str:
    return " ".join(text.casefold().replace("_", " ").split())


def extended(*own: Column, added: Iterable[Column] = ()) -> tuple[Column, ...]:
    """The columns of a view with those that other areas add to it, each directly behind the one it names."""
    columns = list(own)
    for column in added:
        names = [each.name for each in columns]
        place = names.index(column.after) + 1 if column.after else len(columns)
        columns.insert(place, column)
    return tuple(columns)
