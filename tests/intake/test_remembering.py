"""What readers and sorters remember of cells, so that each is parsed once, and what they do not, to need little memory."""

from __future__ import annotations

from datetime import date

import pytest

from volunteer_cli.intake import batches, parsers
from volunteer_cli.intake.batches import Reader
from volunteer_cli.intake.sheet import Column, Field
from volunteer_cli.intake.sorting import Chunk


def _read(cells: list[str]) -> tuple[Reader, list[object]]:
    """A column of cells read in chunks of two, and its reader afterwards."""
    field = Field("note", "Note", ("note",), parsers.text)
    reader = Reader(Column(field, "note", date(2026, 6, 30)))
    values: list[object] = []
    for first in range(0, len(cells), 2):
        part = cells[first : first + 2]
        chunk = Chunk.of(range(first, first + len(part)), [[cell] for cell in part], 1)
        values += reader.column_of(chunk, 0)
    return reader, values


def test_a_column_of_cells_all_unlike_is_read_and_not_remembered(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(batches, "ENOUGH", 4)
    cells = [f"词{number}" for number in range(12)]
    reader, values = _read([*cells, "词1", "同上"])
    assert values == [*cells, "词1", "词1"]
    assert not reader


def test_a_column_whose_cells_come_again_is_remembered(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(batches, "ENOUGH", 4)
    cells = [f"词{number % 6}" for number in range(12)]
    reader, values = _read(["词0", *cells])
    assert values == ["词0", *cells]
    assert set(reader) == set(cells)
