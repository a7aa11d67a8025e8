"""What came of an import, row by row, as the contract has it and as people read it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from volunteer_cli.core.i18n import N_, ngettext
from volunteer_cli.core.text import mask_digits
from volunteer_cli.intake.locating import Skipped
from volunteer_cli.intake.refusals import Refusal, Refusals
from volunteer_cli.intake.sheet import NEW, SAME, UPDATED
from volunteer_cli.output.rows import Anew
from volunteer_cli.output.view import Column, Kind, View


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
    refusals: Refusals = field(default_factory=Refusals)
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
        # The sum and no count of its own: so no row can get lost unseen.
        return {"read": sum(counts.values()), **counts}

    @property
    def rejected(self) -> Anew:
        """The rejected rows in the order of the file."""
        return Anew(len(self.refusals), self.rejected_rows)

    def rejected_rows(self, most: int | None = None) -> Iterator[dict[str, Any]]:
        """The first `most` of the rejected rows, or all of them."""
        return map(self._rejected_row, islice(self.refusals, most))

    def _rejected_row(self, refusal: Refusal) -> dict[str, Any]:
        return {
            "row": int(refusal.row),
            # Without headings the first row stands in their place, and it is somebody's.
            "column": mask_digits(refusal.heading) if refusal.heading else None,
            "reason": refusal.reason,
            "message": refusal.message(revealed=self.revealed),
        }

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
