"""Charts: Unicode bars and columns for a terminal, SVG for a page."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import count, pairwise
from typing import TypeAlias

from volunteer_cli.core.quantity import Quantity
from volunteer_cli.core.visible import escaped, harmless
from volunteer_cli.core.wrapping import measured, shortened

Value: TypeAlias = float | Quantity
#: Labels with their values, in the order in which they are drawn.
Points: TypeAlias = Sequence[tuple[str, Value]]

EIGHTHS = " ▏▎▍▌▋▊▉█"
RISING = "▁▂▃▄▅▆▇█"
LONGEST_LABEL = 24

#: Pixels on the narrowest phone. Places in a picture are percentages, so that its letters keep their size.
NARROW = 300
#: About the width of a narrow letter at 13 pixels; a Chinese character takes two.
LETTER = 7
#: Pixels above the first bar, and from one to the next.
BAR_TOP, BAR_STEP = 8, 44
#: Pixels from above of the highest value of a line, and of its zero.
LINE_TOP, LINE_BOTTOM = 28, 200
COLOR = "var(--chart, currentColor)"


def size(value: Value) -> float:
    """How far a value reaches in a picture."""
    return value.number if isinstance(value, Quantity) else value


def bars(rows: Points, *, width: int = 60, unit: str = "") -> str:
    """A bar a line, with its label before and its value after it, within `width` columns."""
    if not rows:
        return ""
    labels = _padded([shortened(harmless(label), LONGEST_LABEL) for label, _value in rows])
    values = [figure(value, unit) for _label, value in rows]
    beside = measured(labels[0]) + max(map(measured, values)) + 2
    # However narrow the terminal: a bar of four columns still tells more from less.
    room = max(width - beside, 4)
    blocks = [bar(size(value), _most(rows), room) for _label, value in rows]
    lines = zip(labels, blocks, values, strict=True)
    return "\n".join(" ".join(filter(None, line)) for line in lines)


def bar(value: float, most: float, room: int) -> str:
    """A bar of at most `room` columns, to an eighth of a column; what is not nothing shows at least that."""
    if value <= 0:
        return ""
    whole, part = divmod(max(round(value / most * room * 8), 1), 8)
    return "█" * whole + EIGHTHS[part].strip()


def lines(points: Points, *, width: int = 60, height: int = 8, unit: str = "") -> str:
    """The course of the values as columns of blocks, with the highest value above and first and last label below."""
    if not points:
        return ""
    # Of more points than columns the latest are drawn: what was lately is what is asked for.
    latest = points[-width:]
    wide = max(1, min(6, width // len(latest)))
    gap = " " if wide > 1 else ""
    levels = _levels(latest, height * 8)
    blocks = [_row_of_blocks(levels, row, wide, gap) for row in reversed(range(height))]
    whole = wide * len(latest) - len(gap)
    highest = figure(_highest(latest), unit)
    return "\n".join([highest, *blocks, "▔" * whole, _ends(latest, whole)])


def _highest(points: Points) -> Value:
    """The greatest value, with its sign if it is not exact."""
    return max((value for _label, value in points), key=size, default=0)


def _most(points: Points) -> float:
    return max((size(value) for _label, value in points), default=0)


def _share(value: Value, most: float) -> float:
    """How much of the greatest value this one is; nothing where there is none, or less than none."""
    return max(size(value), 0) / most if most > 0 else 0


def _levels(points: Points, top: int) -> list[int]:
    """How high each value stands, where the greatest stands at `top`."""
    most = _most(points)
    return [round(_share(value, most) * top) for _label, value in points]


def _row_of_blocks(levels: Sequence[int], row: int, wide: int, gap: str) -> str:
    """What is seen of the columns at one row of a terminal; a row is eight levels high."""
    columns = [_block(level - 8 * row) * (wide - len(gap)) + gap for level in levels]
    return "".join(columns).rstrip()


def _block(level: int) -> str:
    return " " if level <= 0 else RISING[min(level, 8) - 1]


def _ends(points: Points, width: int) -> str:
    """The first and the last label, at the two ends of a line."""
    first, last = harmless(points[0][0]), harmless(points[-1][0])
    gap = " " * max(width - measured(first) - measured(last), 1)
    return f"{first}{gap}{last}"


def _padded(labels: list[str]) -> list[str]:
    width = max(map(measured, labels))
    return [label + " " * (width - measured(label)) for label in labels]


def figure(value: Value, unit: str = "") -> str:
    """The value as it stands beside a bar: at most one decimal, the sign of an inexact one, and the unit."""
    sign = f"{value.sign} " if isinstance(value, Quantity) and value.sign else ""
    number = sign + f"{size(value):.1f}".removesuffix(".0")
    return f"{number} {unit}" if unit else number


def svg_bars(rows: Points, *, title: str, unit: str = "") -> str:
    """A bar chart as SVG: each label on a line of its own above its bar, so that long names fit."""
    values = [figure(value, unit) for _label, value in rows]
    widest = max(map(measured, values), default=0)
    # Behind the longest bar its value must have room on the narrowest phone.
    room = 100 * (1 - (widest * LETTER + 12) / NARROW)
    parts: list[str] = []
    for place, (label, value) in enumerate(rows):
        top, long = BAR_TOP + place * BAR_STEP, _share(value, _most(rows)) * room
        parts += _svg_bar(label, values[place], y=top, long=long)
    return _svg(title, BAR_TOP + BAR_STEP * len(rows), parts)


def _svg_bar(label: str, value: str, *, y: float, long: float) -> list[str]:
    return [
        _text(0, y + 13, shortened(harmless(label), NARROW // LETTER)),
        f'<rect x="0" y="{y + 19}" width="{long:.2f}%" height="14" rx="2" fill="{COLOR}"/>',
        _text(long, y + 31, value, shift=6),
    ]


def svg_line(points: Points, *, title: str, unit: str = "") -> str:
    """A line chart as SVG: from nothing to the highest value, with as many labels as have room."""
    places = _places(points)
    frame = [
        *map(_grid_line, (LINE_TOP, LINE_BOTTOM)),
        _text(0, LINE_TOP - 8, figure(_highest(points), unit)),
    ]
    strokes = [_stroke(one, other) for one, other in pairwise(places)]
    dots = [_dot(x, y, point, unit) for (x, y), point in zip(places, points, strict=True)]
    labels = [label for label, _value in points]
    below = _labels_below(labels, [x for x, _y in places], LINE_BOTTOM + 20)
    return _svg(title, LINE_BOTTOM + 32, [*frame, *strokes, *dots, *below])


def _places(points: Points) -> list[tuple[float, float]]:
    """Where the points of a line stand: per cent from the left, and pixels from above."""
    most, high = _most(points), LINE_BOTTOM - LINE_TOP
    across = 94 / max(len(points) - 1, 1)
    heights = [_share(value, most) * high for _label, value in points]
    return [(3 + across * place, LINE_BOTTOM - height) for place, height in enumerate(heights)]


def _grid_line(y: float) -> str:
    return f'<line x1="0" x2="100%" y1="{y}" y2="{y}" stroke="currentColor" stroke-opacity=".25"/>'


def _stroke(one: tuple[float, float], other: tuple[float, float]) -> str:
    ends = f'x1="{one[0]:.2f}%" y1="{one[1]:.1f}" x2="{other[0]:.2f}%" y2="{other[1]:.1f}"'
    return f'<line {ends} stroke="{COLOR}" stroke-width="2.5" stroke-linecap="round"/>'


def _dot(x: float, y: float, point: tuple[str, Value], unit: str) -> str:
    told = escaped(f"{harmless(point[0])}: {figure(point[1], unit)}")
    return f'<circle cx="{x:.2f}%" cy="{y:.1f}" r="3.5" fill="{COLOR}"><title>{told}</title></circle>'


def _labels_below(labels: list[str], places: list[float], y: float) -> list[str]:
    """Every label, or every second, third … so that they have room on a narrow picture; the outermost lean inwards."""
    texts = [shortened(harmless(label), LONGEST_LABEL) for label in labels]
    leaning = [_leaning(text, x) for text, x in zip(texts, places, strict=True)]
    steps = (leaning[::step] for step in count(1))
    # At the latest the first alone has room.
    chosen = next(some for some in steps if _apart(some))
    return [_text(x, y, text, anchor=anchor) for x, anchor, _start, _end, text in chosen]


def _apart(labels: Sequence[tuple[float, str, float, float, str]]) -> bool:
    """Whether each label ends well before the next begins."""
    return all(one[3] + 4 <= other[2] for one, other in pairwise(labels))


def _leaning(text: str, x: float) -> tuple[float, str, float, float, str]:
    """A label at a place: how it is anchored there, and from where to where it reaches."""
    half = measured(text) * LETTER / NARROW * 50
    anchor = "start" if x < half else "end" if x > 100 - half else "middle"
    start = {"start": x, "end": x - 2 * half, "middle": x - half}[anchor]
    return x, anchor, start, start + 2 * half, text


def _text(x: float, y: float, text: str, *, anchor: str = "start", shift: int = 0) -> str:
    where = f'x="{x:.2f}%" y="{y:.1f}"' + (f' dx="{shift}"' if shift else "")
    return f'<text {where} text-anchor="{anchor}">{escaped(text)}</text>'


def _svg(title: str, height: float, parts: list[str]) -> str:
    name = escaped(title)
    opening = (
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-label="{name}" width="100%" height="{height}" '
        'font-family="inherit" font-size="13" fill="currentColor">'
    )
    return "\n".join([opening, f"<title>{name}</title>", *parts, "</svg>"])
