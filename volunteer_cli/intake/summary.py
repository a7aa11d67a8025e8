"""What came of an import, row by row, as the contract has it and as people read it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from volunteer_cli.core.errors import VolunteerError
from volunteer_cli.core.i18n import N_, _, ngettext
from volunteer_cli.core.text import mask_digits
from volunteer_cli.intake.locating import Skipped
from volunteer_cli.intake.sheet import NEW, SAME, UPDATED
from volunteer_cli.output.view import Column, Kind, View

#: The reasons that the contract names; a rule's other codes are `refused`.
REASONS = frozenset(
    {
        "missing_value", "bad_text", "bad_choice", "bad_phone", "bad_date", "ambiguous_date", "bad_time",
        "bad_duration", "bad_quantity", "bad_id_number", "contradicts_id", "damaged_by_excel",
        "duplicate_in_file", "not_found", "ambiguous", "overlap", "conflict", "bad_outcome", "refused",
    }
)  # fmt: skip


@dataclass(frozen=True)
class Refusal:
    """A row that was not accepted, and why.

    Attributes:
        heading: of the column at fault, as the file has it; None when the whole row is.
        mask: how the value may be shown.
    """

    row: int
    heading: str | None
    error: VolunteerError
    mask: Callable[[str], str] | None = None

    @property
    def reason(self) -> str:
        """One of `REASONS`."""
        return self.error.code if self.error.code in REASONS else "refused"

    def message(self, *, revealed: bool = False) -> str:
        """The sentence and what would be accepted; of phones and identity numbers only the ends."""
        error = self.error
        if self.mask and not revealed and "value" in error.fields:
            error = type(error)(**{**error.fields, "value": self.mask(str(error.fields["value"]))})
        sentence = error.quoting(revealed=revealed)
        if error.code not in REASONS:
            sentence = f"{sentence} [{error.code}]"
        if sheet := getattr(self.row, "sheet", None):
            sentence = _("Sheet {sheet}: {sentence}").format(sheet=sheet, sentence=sentence)
        return sentence + _(". {advice}").format(advice=error.advice) if error.advice else sentence


def _sheet_of(refusal: Refusal) -> str | None:
    """The one of several sheets in which a row was refused."""
    sheet: str | None = getattr(refusal.row, "sheet", None)
    return sheet


@dataclass
class Summary:
    """The account of one import; `read` is always the sum of all others.

    Attributes:
        passed_over: rows that are data and say nothing yet, which end among those that were skipped.
    """

    kind: str
    file: str
    sheet: str | None = None
    encoding: str | None = None
    header_row: int | None = None
    columns: dict[str, str] = field(default_factory=dict)
    unknown_columns: list[str] = field(default_factory=list)
    verdicts: Counter[str] = field(default_factory=Counter)
    skipped: list[Skipped] = field(default_factory=list)
    passed_over: list[Skipped] = field(default_factory=list)
    refusals: list[Refusal] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    operation: int | None = None
    revealed: bool = False

    @property
    def written(self) -> int:
        """Rows that change something."""
        return self.verdicts[NEW] + self.verdicts[UPDATED]

    @property
    def rows(self) -> dict[str, int]:
        """The counts of the contract."""
        counts = {
            "skipped": len(self.skipped),
            NEW: self.verdicts[NEW],
            UPDATED: self.verdicts[UPDATED],
            SAME: self.verdicts[SAME],
            "rejected": len(self.refusals),
        }
        return {"read": sum(counts.values()), **counts}

    @property
    def rejected(self) -> list[dict[str, Any]]:
        """The rejected rows in the order of the file."""
        return self.rejected_rows()

    def rejected_rows(self, most: int | None = None) -> list[dict[str, Any]]:
        """The first `most` of the rejected rows, or all of them."""
        return [
            {
                "row": int(refusal.row),
                "column": mask_digits(refusal.heading) if refusal.heading else None,
                "reason": refusal.reason,
                "message": refusal.message(revealed=self.revealed),
            }
            for refusal in self._in_order()[:most]
        ]

    def _in_order(self) -> list[Refusal]:
        """The refusals in the order of the file, of its sheets first."""
        sheets = {name: place for place, name in enumerate(dict.fromkeys(map(_sheet_of, self.refusals)))}
        return sorted(self.refusals, key=lambda each: (sheets[_sheet_of(each)], each.row))

    @property
    def skipped_rows(self) -> list[dict[str, Any]]:
        """The rows that are no data, in the order of the file."""
        return [
            {"row": each.row, "reason": each.reason}
            for each in sorted(self.skipped, key=lambda each: each.row)
        ]

    def sentence(self) -> str:
        """What happened, in one sentence."""
        counts = self.rows
        return ngettext(
            "{file}: {read} row read, {new} new, {updated} updated, {same} the same, {rejected} rejected, {skipped} skipped.",
            "{file}: {read} rows read, {new} new, {updated} updated, {same} the same, {rejected} rejected, {skipped} skipped.",
            counts["read"],
        ).format(file=self.file, **counts)


SKIPPED = View(
    "skipped", N_("Skipped rows"), (Column("row", kind=Kind.NUMBER), Column("reason", kind=Kind.CODE))
)
REJECTED = View(
    "rejected",
    N_("Rejected rows"),
    (
        Column("row", N_("Row"), kind=Kind.NUMBER),
        Column("column", N_("Column")),
        Column("reason", N_("Reason"), kind=Kind.CODE),
        Column("message", N_("Message")),
    ),
)
SUMMARY = View(
    "import",
    N_("Import"),
    (
        Column("operation", kind=Kind.ID),
        Column("file"),
        Column("sheet"),
        Column("kind", kind=Kind.CODE),
        Column("encoding", kind=Kind.CODE),
        Column("header_row", kind=Kind.NUMBER),
        Column("columns", kind=Kind.JSON),
        Column("unknown_columns", kind=Kind.LIST),
        Column("rows", kind=Kind.JSON),
        Column("skipped", kind=Kind.ROWS, value=lambda summary: summary.skipped_rows, view=SKIPPED),
        Column("rejected", kind=Kind.ROWS, view=REJECTED),
        Column("remarks", kind=Kind.LIST),
    ),
)
