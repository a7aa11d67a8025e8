"""Tables with times above ticks: 8:00-10:00 or 3月5日 9:00-11:00 over √; a number below them is a length."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, time

from volunteer_cli.core.errors import VolunteerError
from volunteer_cli.intake.cells import Cell, text_of
from volunteer_cli.intake.headings import Heading
from volunteer_cli.intake.parsers import TICKS
from volunteer_cli.intake.sheet import Column
from volunteer_cli.intake.spans import Clock, span_of
from volunteer_cli.intake.spreading import Outline, filled_below, is_span, is_time_alone, says_when
from volunteer_cli.intake.unfolding import AWAY, Part, Placed, Unfolding, says_nothing


def ticked_parts(outline: Outline) -> tuple[Unfolding, list[Placed]] | None:
    """How rows are unfolded that have ticks or lengths below start and end; None where none have."""
    if outline.sheet.across != ("date", "minutes") or outline.has("start", "end", "minutes"):
        return None
    start, dated = outline.column("start"), outline.has("date")
    heads = [each for each in outline.unknown if _says_times(each.text, start, dated=dated)]
    cells = [cell for each in heads for cell in filled_below(each, outline.located) if not _is_away(cell)]
    if not cells or sum(map(says_when, cells)) * 2 < len(cells):
        return None
    return _unfolded(outline, heads)


def _says_times(text: str, start: Column, *, dated: bool) -> bool:
    """Whether a heading is a start and an end, or a shift whose times the map says.

    Beside a column of days (`dated`), times with a day of their own would contradict it.
    """
    times = _times_of(text, start)
    return is_span(times, start) and (not dated or is_time_alone(times, start))


def _times_of(text: str, start: Column) -> str:
    """What a map says for a heading, or what it says itself."""
    return text_of((start.words or {}).get(text.strip(), text))


def _is_away(cell: str) -> bool:
    return says_nothing(cell) or cell.casefold() in AWAY


def _unfolded(outline: Outline, heads: Sequence[Heading]) -> tuple[Unfolding, list[Placed]]:
    first, width = heads[0].index, outline.located.width
    parts = [
        Part({first: each.index}, label=(each.text.strip(),), cells=(each.text.strip(),)) for each in heads
    ]
    length = outline.column("minutes")
    unfolding = Unfolding(parts, width, {first: _tick_free(length, outline.column("start"))})
    spread = [outline.brought_at(width, "start"), outline.brought_at(first, "minutes")]
    return unfolding, [*outline.placed, *spread]


def _tick_free(length: Column, start: Column) -> Callable[[Cell, Sequence[str]], Cell]:
    """What leaves of a cell the length alone that its heading does not say already: nothing of a tick."""

    def reading(cell: Cell, label: Sequence[str]) -> Cell:
        text = text_of(cell).strip()
        # A map may have said how long a tick stands for.
        if text in TICKS and text not in (length.words or {}):
            return None
        try:
            return None if length.field.parse(cell, length) == _length_of(label[-1], start) else cell
        except VolunteerError:
            return cell

    return reading


def _length_of(text: str, column: Column) -> int | None:
    """The minutes from start to end, where both are on one day."""
    span = span_of(_times_of(text, column), column)
    minutes = [_minute(each) for each in (span.start, span.end)] if span else []
    return minutes[1] - minutes[0] if minutes else None


def _minute(clock: Clock) -> int:
    at = clock.time() if isinstance(clock, datetime) else clock
    return at.hour * 60 + at.minute if isinstance(at, time) else 0
