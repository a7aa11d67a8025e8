"""The refused rows of a file: a few in memory, many on disk, for a file may be refused nearly whole."""

from __future__ import annotations

import pickle
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from volunteer_cli.core.errors import VolunteerError
from volunteer_cli.core.i18n import _
from volunteer_cli.intake.cells import Cell

#: Refusals that are held; some 10 MB with their cells.
HELD = 5000
#: The reasons that the contract names; a rule's other codes are `refused`.
REASONS = frozenset(
    {
        "missing_value", "bad_text", "bad_choice", "bad_phone", "bad_date", "ambiguous_date", "bad_time",
        "bad_duration", "bad_quantity", "bad_number", "bad_id_number", "contradicts_id", "damaged_by_excel",
        "duplicate_in_file", "not_found", "ambiguous", "overlap", "conflict", "bad_outcome", "refused",
    }
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Refusal:
    """A row that was not accepted, and why.

    Attributes:
        heading: of the column at fault, as the file has it; None when the whole row is.
        mask: how the value may be shown.
        cells: what stands in the row, where the refused rows are to be written down.
    """

    row: int
    heading: str | None
    error: VolunteerError
    mask: Callable[[str], str] | None = None
    cells: Sequence[Cell] | None = None

    @property
    def sheet(self) -> str | None:
        """The one of several sheets in which the row stands."""
        sheet: str | None = getattr(self.row, "sheet", None)
        return sheet

    @property
    def reason(self) -> str:
        """One of `REASONS`."""
        return self.error.code if self.error.code in REASONS else "refused"

    def _masked(self) -> VolunteerError:
        """The error with the ends of a number alone, where its value is one."""
        error = self.error
        if not self.mask or "value" not in error.fields:
            return error
        return type(error)(**{**error.fields, "value": self.mask(str(error.fields["value"]))})

    def message(self, *, revealed: bool = False) -> str:
        """The sentence and what would be accepted; of phones and identity numbers only the ends."""
        error = self.error if revealed else self._masked()
        sentence = error.quoting(revealed=revealed)
        if error.code not in REASONS:
            sentence = f"{sentence} [{error.code}]"
        if self.sheet:
            sentence = _("Sheet {sheet}: {sentence}").format(sheet=self.sheet, sentence=sentence)
        return sentence + _(". {advice}").format(advice=error.advice) if error.advice else sentence


@dataclass
class Refusals:
    """Refused rows, read in the order of the file as often as one likes.

    More than `HELD` of them wait in a temporary database of SQLite's, a file without a name that only this
    process can open and that is gone with it.
    """

    _held: list[Refusal] = field(default_factory=list)
    _sheets: dict[str | None, int] = field(default_factory=dict)
    _disk: sqlite3.Connection | None = None
    _count: int = 0

    def add(self, refusals: Iterable[Refusal]) -> None:
        """Take in the refusals of one more part of the file."""
        before = len(self._held)
        self._held += refusals
        self._count += len(self._held) - before
        if len(self._held) > HELD:
            self._put_away()

    def __len__(self) -> int:
        return self._count

    def __iter__(self) -> Iterator[Refusal]:
        return self.of_code(None)

    def of_code(self, code: str | None) -> Iterator[Refusal]:
        """The refusals of one code, or all of them."""
        if self._disk is None:
            for each in self._held:
                self._sheets.setdefault(each.sheet, len(self._sheets))
            chosen = (each for each in self._held if code in (None, each.error.code))
            yield from sorted(chosen, key=lambda each: (self._sheets[each.sheet], each.row))
            return
        self._put_away()
        condition, values = ("WHERE code = ?", (code,)) if code else ("", ())
        query = f"SELECT refusal FROM refusal {condition} ORDER BY sheet, number, rowid"
        # Only what this process pickled itself is read, from a file that no other can open.
        yield from (pickle.loads(pickled) for (pickled,) in self._disk.execute(query, values))  # noqa: S301

    def _put_away(self) -> None:
        """Write down what is held."""
        if self._disk is None:
            self._disk = sqlite3.connect("")
            self._disk.execute(
                "CREATE TABLE refusal (sheet INTEGER, number INTEGER, code TEXT, refusal BLOB)"
            )
        rows = (
            (
                self._sheets.setdefault(each.sheet, len(self._sheets)),
                int(each.row),
                each.error.code,
                _pickled(each),
            )
            for each in self._held
        )
        self._disk.executemany("INSERT INTO refusal VALUES (?, ?, ?, ?)", rows)
        self._held = []


class Waiting:
    """The cells of rows that wait for their verdict, in a database without a name as `Refusals` has one."""

    def __init__(self) -> None:
        self._disk: sqlite3.Connection | None = None

    def keep(self, rows: Mapping[int, Sequence[Cell]]) -> None:
        """Keep the cells of rows by their numbers."""
        if self._disk is None:
            self._disk = sqlite3.connect("")
            self._disk.execute("CREATE TABLE waiting (number INTEGER PRIMARY KEY, cells BLOB)")
        pickled = ((int(number), pickle.dumps(cells)) for number, cells in rows.items())
        self._disk.executemany("INSERT OR REPLACE INTO waiting VALUES (?, ?)", pickled)

    def of(self, number: int) -> Sequence[Cell] | None:
        """The cells of a row, if they were kept."""
        if self._disk is None:
            return None
        query = "SELECT cells FROM waiting WHERE number = ?"
        row = self._disk.execute(query, (int(number),)).fetchone()
        # As above, nobody else can have written it.
        return pickle.loads(row[0]) if row else None  # noqa: S301


def _pickled(refusal: Refusal) -> bytes:
    return pickle.dumps(refusal, pickle.HIGHEST_PROTOCOL)
