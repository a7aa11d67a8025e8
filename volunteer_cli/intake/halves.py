"""Tables with times or lengths below the bare words for parts of a day: 上午, 下午."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from volunteer_cli.core.i18n import _
from volunteer_cli.intake.headings import Heading, is_part_of_day
from volunteer_cli.intake.locating import Located
from volunteer_cli.intake.parsers import times_in_part_of_day
from volunteer_cli.intake.sheet import Column
from volunteer_cli.intake.spreading import Outline, filled_below, read_as, says_when, total_of, with_days
from volunteer_cli.intake.unfolding import Part, Placed, Unfolding


def parts_of_days(outline: Outline) -> tuple[Unfolding, list[Placed]] | None:
    """How rows are unfolded that have times or lengths below 上午 and 下午 alone; None where none have."""
    heads = _heads(outline)
    if not heads:
        return None
    unfolding = _unfolding(outline, heads)
    # Where a record has no length, what stands below is start and end.
    read = read_as(outline, heads)[1] if outline.sheet.across else "start"
    spread = [*outline.placed, outline.brought_at(heads[0].index, read)]
    dated = with_days(unfolding, spread, outline.located, outline.column("date"))
    # Days above that cannot be read must not become the day of the title.
    if dated is spread and any(map(str.isdigit, "".join(group for each in heads for group in each.groups))):
        return None
    if outline.sheet.field("work") is None:
        return unfolding, dated
    return unfolding, with_halves(unfolding, dated, outline.located, outline.column("work"))


def _heads(outline: Outline) -> list[Heading]:
    """The headings that are parts of a day, where a column of times or lengths is missing and stands below them."""
    if not _is_timed(outline) or outline.has("start", "end", "minutes"):
        return []
    heads = [heading for heading in outline.unknown if is_part_of_day(heading.text)]
    cells = (cell for heading in heads for cell in filled_below(heading, outline.located))
    return heads if any(map(says_when, cells)) else []


def _is_timed(outline: Outline) -> bool:
    """Whether the records of the kind have a start and an end, which may stand in one cell."""
    start = outline.sheet.field("start")
    return start is not None and "end" in start.fills


def _unfolding(outline: Outline, heads: Sequence[Heading]) -> Unfolding:
    """How a row is parted into its parts of a day."""
    first = heads[0].index
    parts = [Part({first: each.index}, (*each.groups, each.text.strip())) for each in heads]
    width, total = outline.located.width, total_of(outline.unknown)
    return Unfolding(parts, width, {first: times_in_part_of_day}, total=total)


def with_halves(unfolding: Unfolding, placed: list[Placed], located: Located, column: Column) -> list[Placed]:
    """The columns, with one of the parts of the day that lengths are of: 3 hours and 3 hours are two services."""
    words = [next(filter(is_part_of_day, part.label), None) for part in unfolding.parts]
    names = {each.field.name for each in placed}
    if "minutes" not in names or not names.isdisjoint(("start", "end")) or not all(words):
        return placed
    place = located.width + len(unfolding.parts[0].cells)
    pairs = zip(unfolding.parts, words, strict=True)
    unfolding.parts = [replace(part, cells=(*part.cells, word)) for part, word in pairs]
    return [*placed, Placed(Heading(place, _(column.field.title)), column.field)]
