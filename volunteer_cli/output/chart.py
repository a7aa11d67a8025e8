"""Charts: Unicode bars and columns for a terminal, SVG for a page."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from itertools import count, pairwise

from volunteer_cli.output.cells import harmless
from volunteer_cli.output.table import measured, shortened

Points = Sequence[tuple[str, float]]
"""Labels with their values, in the order in which they are drawn."""

EIGHTHS = " ▏▎▍▌▋▊▉█"
RISING = "▁▂▃▄▅▆▇█"
LONGEST_LABEL = 24

NARROW = 300
"""Pixels on the narrowest phone. Places in a picture are percentages, so that its letters keep their size."""
LETTER = 7
"""About the width of a narrow letter at 13 pixels; a Chinese character takes two."""
COLOR = "var(--chart, currentColor)"


class AtLeast(float):
    """A value that contains an approximate one, and is written with ≥."""


def bars(rows: Points, *, width: int = 60, unit: str = "") -> str:
    """A bar a line, with its label before and its value after it, within `width` columns."""
    if not rows:
        return ""
    labels = [shortened(harmless(label), LONGEST_LABEL) for label, _value in rows]
    values = [figure(value, unit) for _label, value in rows]
    room = max(width - max(map(measured, labels)) - max(map(measured, values)) - 2, 4)
    most = max(value for _label, value in rows)
    lines = zip(_padded(labels), (bar(value, most, room) for _label, value in rows), values, strict=True)
    return "\n".join(
        f"{label} {drawn} {value}" if drawn else f"{label} {value}" for label, drawn, value in lines
    )


def bar(value: float, most: float, room: int) -> str:
    """A bar of at most `room` columns, to an eighth of a column; what is not nothing shows at least that."""
    if value <= 0:
        return ""
    whole, part = divmod(max(round(value / most * room * 8), 1), 8)
    return "█" * whole + EIGHTHS[part].strip()


def sparkline(values: Sequence[float]) -> str:
    """The values as one word of rising blocks."""
    most = max(values, default=0)
    return "".join(RISING[round(max(value, 0) / most * 7) if most > 0 else 0] for value in values)


def lines(points: Points, *, width: int = 60, height: int = 8, unit: str = "") -> str:
    """The course of the values as columns of blocks, with the highest value above and first and last label below."""
    if not points:
        return ""
    shown = points[-width:]
    most = max(value for _label, value in shown)
    wide = max(1, min(6, width // len(shown)))
    levels = [round(max(value, 0) / most * height * 8) if most > 0 else 0 for _label, value in shown]
    drawn = [
        "".join(_block(level - 8 * row) * (wide - (wide > 1)) + " " * (wide > 1) for level in levels).rstrip()
        for row in reversed(range(height))
    ]
    first, last = (harmless(label) for label in (shown[0][0], shown[-1][0]))
    gap = " " * max(wide * len(shown) - (wide > 1) - measured(first) - measured(last), 1)
    return "\n".join(
        [figure(most, unit), *drawn, "▔" * (wide * len(shown) - (wide > 1)), f"{first}{gap}{last}"]
    )


def _block(level: int) -> str:
    return " " if level <= 0 else RISING[min(level, 8) - 1]


def _padded(labels: list[str]) -> list[str]:
    width = max(map(measured, labels))
    return [label + " " * (width - measured(label)) for label in labels]


def figure(value: float, unit: str = "") -> str:
    """The value as it stands beside a bar: at most one decimal, the mark of an approximate one, and the unit."""
    mark = "≥ " if isinstance(value, AtLeast) else ""
    number = mark + f"{value:.1f}".removesuffix(".0")
    return f"{number} {unit}" if unit else number


def svg_bars(rows: Points, *, title: str, unit: str = "") -> str:
    """A bar chart as SVG: each label on a line of its own above its bar, so that long names fit."""
    step, top = 44, 8
    most = max((value for _label, value in rows), default=0)
    written = [figure(value, unit) for _label, value in rows]
    room = 100 * (1 - (max(map(measured, written), default=0) * LETTER + 12) / NARROW)
    parts = []
    for place, ((label, value), told) in enumerate(zip(rows, written, strict=True)):
        y, long = top + place * step, max(value, 0) / most * room if most > 0 else 0
        parts += [
            _text(0, y + 13, shortened(harmless(label), NARROW // LETTER)),
            f'<rect x="0" y="{y + 19}" width="{long:.2f}%" height="14" rx="2" fill="{COLOR}"/>',
            _text(long, y + 31, told, shift=6),
        ]
    return _svg(title, top + step * len(rows), parts)


def svg_line(points: Points, *, title: str, unit: str = "") -> str:
    """A line chart as SVG: from nothing to the highest value, with as many labels as have room."""
    top, bottom, height = 28, 200, 232
    most = max((value for _label, value in points), default=0)
    across = 94 / max(len(points) - 1, 1)
    places = [
        (3 + across * place, bottom - (max(value, 0) / most * (bottom - top) if most > 0 else 0))
        for place, (_label, value) in enumerate(points)
    ]
    grid = (
        f'<line x1="0" x2="100%" y1="{y}" y2="{y}" stroke="currentColor" stroke-opacity=".25"/>'
        for y in (top, bottom)
    )
    parts = [
        *grid,
        _text(0, top - 8, figure(most, unit)),
        *(_stroke(one, other) for one, other in pairwise(places)),
        *(_dot(x, y, point, unit) for (x, y), point in zip(places, points, strict=True)),
        *_labels_below([label for label, _value in points], [x for x, _y in places], bottom + 20),
    ]
    return _svg(title, height, parts)


def _stroke(one: tuple[float, float], other: tuple[float, float]) -> str:
    ends = f'x1="{one[0]:.2f}%" y1="{one[1]:.1f}" x2="{other[0]:.2f}%" y2="{other[1]:.1f}"'
    return f'<line {ends} stroke="{COLOR}" stroke-width="2.5" stroke-linecap="round"/>'


def _dot(x: float, y: float, point: tuple[str, float], unit: str) -> str:
    told = escape(f"{harmless(point[0])}: {figure(point[1], unit)}")
    return f'<circle cx="{x:.2f}%" cy="{y:.1f}" r="3.5" fill="{COLOR}"><title>{told}</title></circle>'


def _labels_below(labels: list[str], places: list[float], y: float) -> list[str]:
    """Every label, or every second, third … so that they have room on a narrow picture; the outermost lean inwards."""
    texts = [shortened(harmless(label), LONGEST_LABEL) for label in labels]
    drawn = [_leaning(text, x) for text, x in zip(texts, places, strict=True)]
    steps = (drawn[::step] for step in count(1))
    kept = next(some for some in steps if all(one[3] + 4 <= other[2] for one, other in pairwise(some)))
    return [_text(x, y, text, anchor=anchor) for x, anchor, _start, _end, text in kept]


def _leaning(text: str, x: float) -> tuple[float, str, float, float, str]:
    """A label at a place: how it is anchored there, and from where to where it reaches."""
    half = measured(text) * LETTER / NARROW * 50
    anchor = "start" if x < half else "end" if x > 100 - half else "middle"
    start = {"start": x, "end": x - 2 * half, "middle": x - half}[anchor]
    return x, anchor, start, start + 2 * half, text


def _text(x: float, y: float, text: str, *, anchor: str = "start", shift: int = 0) -> str:
    where = f'x="{x:.2f}%" y="{y:.1f}"' + (f' dx="{shift}"' if shift else "")
    return f'<text {where} text-anchor="{anchor}">{escape(text)}</text>'


def _svg(title: str, height: float, parts: list[str]) -> str:
    name = escape(harmless(title))
    opening = (
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-label="{name}" width="100%" height="{height}" '
        'font-family="inherit" font-size="13" fill="currentColor">'
    )
    return "\n".join([opening, f"<title>{name}</title>", *parts, "</svg>"])
