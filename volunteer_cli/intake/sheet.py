"""How an area says what a sheet may bring: its fields, and the writer that takes the rows.

    SHEET = Sheet("teams", N_("Teams"), fields=(Field("name", N_("Name"), ("队伍名称", "team"), text, required=True), …),
                  writer=TeamWriter)

`docs/importing.md` explains it from the user's side.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from math import inf
from typing import TYPE_CHECKING, Any, TypeAlias

from volunteer_cli.core.errors import VolunteerError
from volunteer_cli.core.i18n import N_, _
from volunteer_cli.core.text import is_same
from volunteer_cli.intake.cells import Cell
from volunteer_cli.intake.errors import WouldChange

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

Row: TypeAlias = dict[str, Any]


class OnConflict(StrEnum):
    """What to do with a row that would change a value already there; blanks never erase."""

    FAIL = "fail"
    KEEP = "keep"
    UPDATE = "update"


ON_CONFLICT: dict[str, str] = {
    OnConflict.FAIL: N_("refuse the row"),
    OnConflict.KEEP: N_("keep what is stored"),
    OnConflict.UPDATE: N_("take what the sheet says"),
}


class OnError(StrEnum):
    """What a rejected row does to the others."""

    STOP = "stop"
    SKIP = "skip"


ON_ERROR: dict[str, str] = {OnError.STOP: N_("write nothing"), OnError.SKIP: N_("write the others")}


@dataclass(frozen=True)
class Options:
    """What was said on the command line about one import.

    Attributes:
        own: options that this kind of sheet has, by name; see `core.cards.Import`.
    """

    on_conflict: OnConflict = OnConflict.FAIL
    on_error: OnError = OnError.STOP
    own: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Importing:
    """What a writer knows of the import that it works for.

    Attributes:
        community: the record of the community where new records go; intake knows no area, so not its type.
        mapped: names of the fields that the file has, as columns, loose cells, defaults or constants.
        file: name of the file, without its folder.
        headings: what the file calls its columns, by field.
        title: what stands above the table.
        places: where its columns stand, counted from the left, by field.
    """

    options: Options
    community: Any
    today: date
    region: str = "CN"
    mapped: frozenset[str] = frozenset()
    file: str = ""
    headings: Mapping[str, str] = field(default_factory=dict)
    places: Mapping[str, int] = field(default_factory=dict)
    title: str = ""


@dataclass(frozen=True)
class Column:
    """One column of a file and all that its parser may need.

    Attributes:
        heading: as the file has it; of several levels the lowest.
        remark: what stood in brackets in the heading, like 分钟 or 件.
        year: the year of dates that have none.
        order: how 03/05/2025 is to be read: ymd, dmy or mdy.
        words: what cells mean that a map file translates.
        fills_down: whether a blank cell repeats the one above.
    """

    field: Field
    heading: str
    today: date
    remark: str = ""
    year: int | None = None
    order: str | None = None
    region: str = "CN"
    words: Mapping[str, Cell] | None = None
    fills_down: bool = False


#: What two columns of one field mean together that contradict each other.
DISAGREE = object()
Parser: TypeAlias = Callable[[Any, Column], Any]


@dataclass(frozen=True)
class Field:
    """A value that a row of a sheet may bring.

    Attributes:
        name: the key in rows, in the JSON summary and in map files; also a heading by itself.
        headings: as people write them; compared without spaces, signs, case and bracketed remarks.
        parse: from a cell that is not blank and its column to the value; raises a VolunteerError.
        required: the column must be there, and no row may leave it blank.
        unless: fields any of which says the same of a row, so that it may do without this one.
        second: the field that another column with such a heading fills (a second phone).
        parts: fields that make this one when it has no column of its own, joined by `join`.
        mask: how a refused value is shown.
        above: it may stand in a loose cell above the table (活动名称：…).
        beside: a field without which it means somebody else there: the phone above a table is the office's.
        fills: fields that its cells may bring too, as start and end beside a day.
        unite: from what two columns say to what they mean together, or DISAGREE; by itself they must say the same.
            It gets what cannot be read as a Fault.
        remark: what of a cell is no part of its value and goes into the field `note`, if the kind has one.
        once: it counts once a row, however many records the row holds.
        labelled: from a cell and what stands above several columns alike (上午, 下午) to the cell that is meant.
        phone: the field to which a phone goes that stands behind a name in one cell: 赵一凡 19900010001.
        rough: whether a cell says less than its value: of a day the month, whose first day is taken.
        completed: from what a row says and what stands above it to both together: a time on the day above.
    """

    name: str
    title: str
    headings: tuple[str, ...]
    parse: Parser
    required: bool = False
    unless: tuple[str, ...] = ()
    second: str = ""
    parts: tuple[str, ...] = ()
    join: Callable[..., Any] | None = None
    mask: Callable[[str], str] | None = None
    above: bool = False
    beside: str = ""
    unite: Callable[[Any, Any, Column, Column], Any] | None = None
    remark: Callable[[str], str] | None = None
    fills: tuple[str, ...] = ()
    once: bool = False
    labelled: Callable[[Cell, Sequence[str]], Cell] | None = None
    completed: Callable[[Any, Any], Any] | None = None
    phone: str = ""
    rough: Callable[[Cell], bool] | None = None

    def left_over(self, text: str, column: Column) -> str:
        """What of a cell goes into the notes: as the field says, else what its parser leaves over."""
        if self.remark:
            return self.remark(text)
        left = getattr(self.parse, "left_over", None)
        return left(text, column) if left else ""


@dataclass(frozen=True)
class Fault:
    """What stands in place of a value that could not be read."""

    error: VolunteerError


# An exception and no value: rules refuse deep below the row, and the row must not go on.
class Rejected(Exception):
    """A row is refused: the field at fault, or None for the whole row, and why."""

    def __init__(self, field: str | None, error: VolunteerError) -> None:
        super().__init__(field, error)
        self.field = field
        self.error = error


def fault_of(check: Callable[..., Any], *values: Any) -> Iterator[Rejected]:
    """The refusal of a check, if it refuses."""
    try:
        check(*values)
    except Rejected as rejected:
        yield rejected


#: What becomes of a row; with those refused and passed over they make all rows of the file.
NEW, UPDATED, SAME = "new", "updated", "same"
#: The verdict on a row that waits until all rows are known; see `Writer.settle`.
STAGED = "staged"


@dataclass(frozen=True)
class PassedOver:
    """A row that is data and says nothing yet, and why: it is counted among those that were skipped."""

    reason: str


Verdict: TypeAlias = str | Rejected | PassedOver


@dataclass
class Batch:
    """Rows of one file in its order, column by column; a field that the file has not is all None."""

    numbers: Sequence[int]
    columns: dict[str, Sequence[Any]] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.numbers)

    def __getitem__(self, name: str) -> Sequence[Any]:
        """The values of a field, one for each row; None where the cell is blank."""
        found = self.columns.get(name)
        return found if found is not None else [None] * len(self.numbers)

    def rows(self) -> Iterator[tuple[int, Row]]:
        """Each row's number in the spreadsheet and its values by field."""
        names = tuple(self.columns)
        for number, values in zip(self.numbers, zip(*self.columns.values(), strict=True), strict=True):
            yield number, dict(zip(names, values, strict=True))


class Writer:
    """Takes the rows of one import and writes them through the rules of its area.

    Simple kinds answer `row`; kinds that see a million rows answer `take` column by column, and may let rows
    wait in the database until `settle` judges all of them at once.

    Attributes:
        fields: the fields of the sheet, for the titles in messages.
        matched: rows that met a record already there.
        changed: of these, how many overwrite a field, by field; many changes of one field are asked about.
        remarks: sentences for the end of the summary, such as how many teams were made.
    """

    fields: tuple[Field, ...] = ()

    def __init__(self, session: Session, importing: Importing) -> None:
        self.session = session
        self.importing = importing
        self.matched = 0
        self.changed: Counter[str] = Counter()
        self.remarks: list[str] = []

    def take(self, batch: Batch) -> Sequence[Verdict]:
        """A verdict for each row of the batch: new, updated, same, staged or Rejected."""
        return [self._verdict(number, row) for number, row in batch.rows()]

    def _verdict(self, number: int, row: Row) -> Verdict:
        try:
            return self.row(number, row)
        except Rejected as rejected:
            # Of several faults the leftmost is told: people mend a row from left to right.
            return self.first([rejected, *self.faults(row)])
        except VolunteerError as error:
            return Rejected(None, error)

    def row(self, number: int, row: Row) -> str | PassedOver:
        """The verdict on one row; raises Rejected, or a rule's error for the whole row."""
        raise NotImplementedError

    def faults(self, row: Row, unread: AbstractSet[str] = frozenset()) -> Iterator[Rejected]:  # noqa: ARG002 - for kinds to answer
        """What the columns of a row are at fault for by what is stored; `unread` cells tell nothing."""
        return iter(())

    def first(self, faults: Iterable[Rejected]) -> Rejected:
        """The first fault of a row from the left; what has no column comes last."""
        # What a file lacks stands behind its last column.
        places = self.importing.places
        found = min(faults, key=lambda each: places.get(each.field or "", inf))
        return found.with_traceback(None)

    def settled(self, stored: Mapping[str, Any], said: Mapping[str, Any]) -> Row:
        """What of a row is to be written over a stored record: blanks are filled, others as was asked.

        Raises:
            Rejected: with `--on-conflict fail`, for the leftmost value that would change another.
        """
        # A blank cell says nothing: sheets are half filled in, and clearing is done by a command.
        changes = {
            name: value
            for name, value in said.items()
            if value not in (None, "") and not is_same(value, stored.get(name))
        }
        # Filling in what was unknown contradicts nobody.
        other = [name for name in changes if stored.get(name) not in (None, "")]
        if other and self.importing.options.on_conflict is OnConflict.FAIL:
            raise self.first(self._would_change(name, stored[name], changes[name]) for name in other)
        # What is on file is kept, and what was blank is filled in all the same.
        if self.importing.options.on_conflict is OnConflict.KEEP:
            return {name: value for name, value in changes.items() if name not in other}
        # Counted by field: a sheet that overwrites a hundred phones has shifted columns, and is asked about.
        self.changed.update(other)
        return changes

    def _would_change(self, name: str, stored: Any, value: Any) -> Rejected:
        field = next((each for each in self.fields if each.name == name), None)
        title = _(field.title) if field else name
        shown = field.mask(str(stored)) if field and field.mask else stored
        return Rejected(self.column_of(name), WouldChange(field=title, stored=shown, value=value))

    def knows(self, name: str) -> bool:  # noqa: ARG002 - for kinds that know people to answer
        """Whether a name is that of somebody on file, so that a cell with several of them can be parted."""
        return False

    #: The field whose cells may name several bodies, each of which makes a record of its own; none for most kinds.
    parted = ""

    def knows_body(self, name: str) -> bool:  # noqa: ARG002 - for kinds with such a field to answer
        """Whether a name is that of a body on file."""
        return False

    def column_of(self, name: str) -> str | None:
        """The field whose column brought a value."""
        return name

    def settle(self, verdicts: Counter[str]) -> Iterator[tuple[int, Rejected]]:  # noqa: ARG002 - for kinds that stage rows
        """Judge the rows that waited: counts those that are accepted, and answers the others by their numbers."""
        return iter(())

    def finish(self) -> None:
        """Write what was gathered; all rows have been taken and settled."""


@dataclass(frozen=True)
class Sheet:
    """One kind of sheet that can be imported.

    Attributes:
        kind: the word on the command line.
        chat: whether a numbered list of a chat (接龙) may be meant.
        across: the fields that headings and cells bring where each of several columns is a record (a column a day).
        stored: from a session and the options to more fields, which depend on what is stored (questions of a campaign).
        one_of: groups of fields of which a file must have at least one (times or a duration).
        place: from a session and the options to the community that they name by themselves (that of a campaign).
        offices: whether an office (居委会, 街道) of which nothing else is written may be one of its records.
    """

    kind: str
    title: str
    fields: tuple[Field, ...]
    writer: Callable[[Session, Importing], Writer]
    one_of: tuple[tuple[str, ...], ...] = ()
    across: tuple[str, ...] = ()
    chat: bool = False
    stored: Callable[[Session, Options], Iterable[Field]] | None = None
    place: Callable[[Session, Options], Any] | None = None
    offices: bool = True

    def completed(self, session: Session, options: Options) -> Sheet:
        """The sheet with the fields that depend on what is stored."""
        if self.stored is None:
            return self
        return replace(self, fields=(*self.fields, *self.stored(session, options)))

    def field(self, name: str) -> Field | None:
        """The field called `name`."""
        return next((each for each in self.fields if each.name == name), None)
