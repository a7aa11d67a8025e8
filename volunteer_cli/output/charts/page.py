"""Charts on a page: a figure with its title, SVG that needs nothing else, and its source.

Places from left to right are per cent, so that letters keep their size on a phone and on paper.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import count, pairwise
from typing import TYPE_CHECKING
from zlib import crc32

from volunteer_cli.core.visible import escaped, harmless
from volunteer_cli.core.wrapping import measured, shortened
from volunteer_cli.output.charts.chart import Chart, Form, Series, Value, figure, percent, share_words, size
from volunteer_cli.output.charts.scale import Scale, scale_to

if TYPE_CHECKING:
    from markupsafe import Markup

#: Pixels of the narrowest phone that a chart is laid out for.
NARROW = 320
#: About the width of a narrow letter, at 13 pixels and at 11; a Chinese character takes two.
LETTER, SMALL = 7, 6
#: Pixels of the place in which columns stand, from above.
TOP, BOTTOM = 22, 202
#: Pixels from one bar to the next, and of the bars themselves.
STEP, THICK, THIN = 44, 14, 6
PYRAMID_STEP, MIDDLE = 26, 9
BULLET = 16
#: A part so wide, in per cent, has room for its share.
LEAST_TOLD = 12
#: Colours that people tell apart who see no red or green (Okabe and Ito), with patterns that paper tells apart.
COLORS = tuple(f"url(#part-{place})" if place else "var(--part-0)" for place in range(4))
FORMER = "var(--former)"
RECT = 'x="{:.2f}%" width="{:.2f}%" y="{:.1f}" height="{:.1f}"'
LINE = '<line x1="{:.2f}%" x2="{:.2f}%" y1="{:.1f}" y2="{:.1f}" stroke="{}" stroke-opacity="{}" stroke-width="{}"/>'


def html(chart: Chart) -> Markup:
    """The chart as a figure of a page; its legend says which colour stands for what, where there is more than one."""
    from markupsafe import Markup

    from volunteer_cli.output.pages import from_template

    legend = list(_share_names(chart) if chart.form is Form.SHARE else _names(chart))
    picture = Markup(svg(chart))  # noqa: S704 - drawn here, of our own making
    return from_template("output/charts/figure.html", chart=chart, legend=legend, picture=picture)


def _names(chart: Chart) -> Iterator[tuple[str, str]]:
    if len(chart.series) < 2 or chart.form is Form.PYRAMID:
        return
    keys = ("part-0", "goal") if chart.form is Form.BULLETS else tuple(f"part-{place}" for place in range(4))
    place = iter(keys)
    for one in chart.series:
        yield ("former" if one.former else next(place)), one.name


def _share_names(chart: Chart) -> Iterator[tuple[str, str]]:
    for place, words in enumerate(share_words(chart, chart.now[0])):
        yield ("former" if place == chart.rest else f"part-{place}"), words


OPENING = (
    '<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-label="{words}" width="100%" height="{height:.0f}" '
    'font-family="inherit" font-size="13" fill="currentColor">'
)


def svg(chart: Chart) -> str:
    """The picture alone, with all its figures in words for those who do not see it."""
    height, parts = DRAWN[chart.form](chart)
    words = escaped(chart.alternative)
    opening = OPENING.format(words=words, height=height)
    title = f"<title>{escaped(harmless(chart.title))}</title>"
    picture = "\n".join([opening, title, *_patterns(chart), *parts, "</svg>"])
    # Each picture of a page has patterns of its own.
    key = f"{crc32(words.encode()):08x}"
    return picture.replace("url(#part-", f"url(#part-{key}-").replace('id="part-', f'id="part-{key}-')


def _patterns(chart: Chart) -> Iterator[str]:
    """Stripes, dots and a grid over the second to the fourth colour, so that black ink tells them apart."""
    lines = ("M-1 1L1 -1M0 6L6 0M5 7L7 5", "M3 0V6", "M0 3H6")
    most = {Form.SHARE: len(chart.labels), Form.PYRAMID: 2, Form.BARS: len(chart.now)}.get(chart.form, 1)
    for place, line in list(enumerate(lines, 1))[: most - 1]:
        yield (
            f'<pattern id="part-{place}" width="6" height="6" patternUnits="userSpaceOnUse">'
            f'<rect width="6" height="6" fill="var(--part-{place})"/>'
            f'<path d="{line}" stroke="#000" stroke-opacity=".35" fill="none"/></pattern>'
        )


@dataclass(frozen=True)
class _Plot:
    """Where columns stand: right of the figures of the scale, each in a slot of its own."""

    scale: Scale
    left: float
    slots: int

    @classmethod
    def of(cls, chart: Chart) -> _Plot:
        scale = scale_to(chart.most)
        widest = max(measured(figure(tick)) for tick in scale.ticks)
        return cls(scale, (widest * SMALL + 8) / NARROW * 100, len(chart.labels))

    @property
    def slot(self) -> float:
        """How wide a slot is."""
        return (100 - self.left) / self.slots

    def x(self, place: int, part: float = 0.5) -> float:
        """So far into a slot."""
        return self.left + self.slot * (place + part)

    @property
    def middles(self) -> list[float]:
        """Where the labels stand."""
        return [self.x(place) for place in range(self.slots)]

    def y(self, value: Value) -> float:
        """How high a value stands."""
        return BOTTOM - self.scale.share(size(value)) * (BOTTOM - TOP)


def _columns(chart: Chart) -> tuple[float, list[str]]:
    """Columns on a scale, those of the period before in grey behind them; the highest says its value."""
    plot, now = _Plot.of(chart), chart.now[0]
    parts = list(_grid(plot))
    # From where on in its slot a column stands, and how wide: the grey one behind it begins further left.
    if chart.before:
        parts += _one_a_slot(plot, chart, chart.before, (0.06, 0.6))
    parts += _one_a_slot(plot, chart, now, (0.34, 0.58) if chart.before else (0.15, 0.7))
    return BOTTOM + 28, [*parts, _highest(plot, now), *_labels_below(chart.labels, plot.middles)]


def _highest(plot: _Plot, now: Series) -> str:
    place = max(range(plot.slots), key=lambda place: size(now.values[place]))
    return _peak(now.values[place], plot.x(place, 0.6), plot.y(now.values[place]))


def _grid(plot: _Plot) -> Iterator[str]:
    for tick in plot.scale.ticks:
        y = plot.y(tick)
        yield LINE.format(plot.left, 100, y, y, "currentColor", _faint(tick), 1)
        yield _text(plot.left - 1.5, y + 4, figure(tick), anchor="end", small=True)


def _faint(tick: float) -> float:
    """The line of zero is seen, those of the other ticks are felt."""
    return 0.15 if tick else 0.6


def _one_a_slot(plot: _Plot, chart: Chart, series: Series, across: tuple[float, float]) -> Iterator[str]:
    """The columns of a series, from a part of their slots on and so wide."""
    fill = FORMER if series.former else COLORS[0]
    for place, value in enumerate(series.values):
        x, y = plot.x(place, across[0]), plot.y(value)
        yield _rect(
            (x, plot.slot * across[1]), (y, BOTTOM - y), fill, f"{chart.labels[place]}: {figure(value)}"
        )


def _peak(value: Value, x: float, y: float) -> str:
    half = _half(figure(value), LETTER)
    return _text(min(max(x, half), 100 - half), y - 5, figure(value), anchor="middle", strong=True)


def _half(text: str, letter: int) -> float:
    """Half of what a text takes of the narrowest phone, in per cent."""
    return measured(text) * letter / NARROW * 50


def _line(chart: Chart) -> tuple[float, list[str]]:
    """A line where there are more months than room for columns."""
    plot = _Plot.of(chart)
    strokes = [stroke for series in chart.series for stroke in _strokes(plot, series)]
    return BOTTOM + 28, [*_grid(plot), *strokes, *_labels_below(chart.labels, plot.middles)]


def _strokes(plot: _Plot, series: Series) -> Iterator[str]:
    color = FORMER if series.former else COLORS[0]
    points = zip(plot.middles, map(plot.y, series.values), strict=True)
    for (x, y), (end, height) in pairwise(points):
        yield LINE.format(x, end, y, height, color, 1, 2.5)


def _bars(chart: Chart) -> tuple[float, list[str]]:
    """Bars, each below its label and before its value; that of the period before is thin and grey below it."""
    room, step = _room(chart), STEP + (THIN + 4 if chart.before else 0)
    count = len(chart.labels)
    bottom = step * count + 4
    parts = [part for place in range(count) for part in _bar(chart, place, step * place, room)]
    # Ticks are for what has one scale: each goal of a drive is the end of its own bar.
    if not chart.one_scale:
        return bottom + 4, parts
    return bottom + 20, [*_upright(scale_to(chart.most), (0, room), (0, bottom)), *parts]


def _room(chart: Chart) -> float:
    """Per cent for the longest bar: behind it its value must have room on the narrowest phone."""
    widest = max(measured(_beside(chart, place)) for place in range(len(chart.labels)))
    return 100 * (1 - (widest * LETTER + 12) / NARROW)


def _beside(chart: Chart, place: int) -> str:
    only = chart.now[0].values[place] if len(chart.now) == 1 else chart.total(place)
    return figure(only, chart.unit_of(place))


def _bar(chart: Chart, place: int, y: float, room: float) -> Iterator[str]:
    """The label, the bar and behind it the value, below it that of the period before."""
    scale = scale_to(chart.most if chart.one_scale else chart.most_of(place))
    yield _text(0, y + 15, shortened(harmless(chart.labels[place]), NARROW // LETTER), shift=3)
    yield from _parts(chart, place, scale, y + 20, room)
    yield _text(scale.share(chart.total(place)) * room, y + 32, _beside(chart, place), shift=6)
    if chart.before:
        yield _thin(chart.before.values[place], scale, y + 22 + THICK, room)


def _parts(chart: Chart, place: int, scale: Scale, y: float, room: float) -> Iterator[str]:
    """The parts of a bar, one behind the other; of one series it is whole."""
    x = 0.0
    for one, color in zip(chart.now, COLORS, strict=False):
        value = one.values[place]
        long = scale.share(size(value)) * room
        yield _rect((x, long), (y, THICK), FORMER if place == chart.rest else color, figure(value))
        x += long


def _thin(value: Value, scale: Scale, y: float, room: float) -> str:
    """The bar of the period before."""
    return _rect((0, scale.share(size(value)) * room), (y, THIN), FORMER, figure(value))


def _rect(across: tuple[float, float], down: tuple[float, float], fill: str, told: str) -> str:
    """A rectangle: from where and how wide in per cent, from where and how high in pixels."""
    where = RECT.format(*across, *down)
    return f'<rect {where} fill="{fill}"><title>{escaped(harmless(told))}</title></rect>'


def _upright(scale: Scale, across: tuple[float, float], down: tuple[float, float]) -> Iterator[str]:
    """The ticks of a scale that runs from one place to another, with their figures below."""
    first, last = across
    for tick in scale.ticks:
        x = first + scale.share(tick) * (last - first)
        yield LINE.format(x, x, *down, "currentColor", _faint(tick), 1)
        yield _text(x, down[1] + 14, figure(tick), anchor="middle" if x else "start", small=True)


def _pyramid(chart: Chart) -> tuple[float, list[str]]:
    """Ages from the oldest down; both sexes on one scale, that of the left one from the middle outwards."""
    scale, (left, right) = scale_to(chart.most, whole=True), chart.now
    room = 50 - MIDDLE - 2 * max(_half(figure(value), LETTER + 2) for value in [*left.values, *right.values])
    parts = [*map(_middle, _rows(len(chart.labels)), chart.labels)]
    parts += _side(left, scale, (50 - MIDDLE, -room), COLORS[0])
    parts += _side(right, scale, (50 + MIDDLE, room), COLORS[1])
    return 44 + PYRAMID_STEP * len(chart.labels), parts


def _middle(y: float, label: str) -> str:
    return _text(50, y, harmless(label), anchor="middle", small=True)


def _rows(count: int) -> Iterator[float]:
    """Where the words of each age stand: the youngest is the last."""
    return (36 + PYRAMID_STEP * (count - place - 1) for place in range(count))


def _side(one: Series, scale: Scale, across: tuple[float, float], fill: str) -> Iterator[str]:
    """The ticks and the bars of one sex, from the middle to the left where there is less than no room."""
    middle, room = across
    yield from _upright(scale, (middle, middle + room), (20, 24 + PYRAMID_STEP * len(one.values)))
    yield _outwards(middle, 13, one.name, room)
    for y, value in zip(_rows(len(one.values)), one.values, strict=True):
        end = middle + scale.share(size(value)) * room
        yield _rect((min(middle, end), abs(end - middle)), (y - 14, 18), fill, figure(value))
        yield _outwards(end, y, figure(value), room)


def _outwards(x: float, y: float, text: str, room: float) -> str:
    """Words that begin at a place and run away from the middle."""
    return _text(x, y, harmless(text), anchor="end" if room < 0 else "start", shift=-5 if room < 0 else 5)


def _bullets(chart: Chart) -> tuple[float, list[str]]:
    """Each value on a scale of its own, which its goal ends or is passed on."""
    parts = [part for place in range(len(chart.labels)) for part in _bullet(chart, place, STEP * place)]
    return STEP * len(chart.labels) + 4, parts


def _value_and_goal(value: Value, goal: Value, unit: str) -> str:
    return f"{figure(value)} / {figure(goal, unit)}" if size(goal) > 0 else figure(value, unit)


def _bullet(chart: Chart, place: int, y: float) -> Iterator[str]:
    value, goal = (one.values[place] for one in chart.now)
    told = _value_and_goal(value, goal, chart.unit_of(place))
    if size(goal) > 0:
        yield from _against(size(value), size(goal), y + 22, told)
    room = NARROW // LETTER - measured(told) - 2
    yield _text(0, y + 15, shortened(harmless(chart.labels[place]), room))
    yield _text(100, y + 15, told, anchor="end", strong=True)


def _against(value: float, goal: float, y: float, told: str) -> Iterator[str]:
    """The bar within the track of its goal, or beyond it."""
    part = 100 / max(value, goal)
    yield _rect((0, goal * part), (y, BULLET), "var(--goal)", told)
    yield _rect((0, max(value, 0) * part), (y + 4, BULLET - 8), COLORS[0], told)
    # A line at the very edge of a picture is cut off by it.
    at = min(goal * part, 99.6)
    yield LINE.format(at, at, y - 2, y + BULLET + 2, "currentColor", 1, 2.5)


def _share(chart: Chart) -> tuple[float, list[str]]:
    """One bar of which every part is a part of the whole; the period before is a thinner one below it."""
    parts: list[str] = []
    y = 0.0
    for one in chart.series:
        high = THICK if one.former else 2 * THICK
        parts += _whole(chart, one, y, high)
        y += high + 26
        if len(chart.series) > 1:
            parts.append(_text(100, y - 12, harmless(one.name), anchor="end", small=True))
    return y, parts


def _whole(chart: Chart, one: Series, y: float, high: float) -> Iterator[str]:
    """The parts of one bar beside each other, with their share below those that are wide enough for it."""
    whole, x = sum(map(size, one.values)) or 1, 0.0
    for place, value in enumerate(one.values):
        wide = size(value) / whole * 100
        fill = FORMER if place == chart.rest else COLORS[place % 4]
        yield _rect((x, max(wide - 0.3, 0)), (y, high), fill, figure(value, chart.unit))
        if wide >= LEAST_TOLD:
            yield _text(x, y + high + 14, percent(wide), small=True)
        x += wide


def _labels_below(labels: Sequence[str], places: Sequence[float]) -> list[str]:
    """Every label, or every second, third … so that they have room on a narrow picture; the outermost lean inwards."""
    leaning = [_leaning(harmless(label), x) for label, x in zip(labels, places, strict=True)]
    steps = (leaning[::step] for step in count(1))
    # At the latest the first alone has room.
    chosen = next(some for some in steps if _apart(some))
    y = BOTTOM + 18
    return [_text(x, y, text, anchor=anchor, small=True) for x, anchor, _start, _end, text in chosen]


def _apart(labels: Sequence[tuple[float, str, float, float, str]]) -> bool:
    """Whether each label ends before the next begins."""
    return all(one[3] <= other[2] + 0.5 for one, other in pairwise(labels))


def _leaning(text: str, x: float) -> tuple[float, str, float, float, str]:
    """A label at a place: how it is anchored there, and from where to where it reaches."""
    half = _half(text, SMALL)
    anchor = "start" if x < half else "end" if x > 100 - half else "middle"
    start = {"start": x, "end": x - 2 * half, "middle": x - half}[anchor]
    return x, anchor, start, start + 2 * half, text


def _text(
    x: float,
    y: float,
    text: str,
    *,
    anchor: str = "start",
    shift: int = 0,
    small: bool = False,
    strong: bool = False,
) -> str:
    where = f'x="{x:.2f}%" y="{y:.1f}"' + (f' dx="{shift}"' if shift else "")
    look = (' font-size="11"' if small else "") + (' font-weight="600"' if strong else "")
    return f'<text {where} text-anchor="{anchor}"{look}>{escaped(text)}</text>'


DRAWN = {
    Form.COLUMNS: _columns,
    Form.LINE: _line,
    Form.BARS: _bars,
    Form.PYRAMID: _pyramid,
    Form.BULLETS: _bullets,
    Form.SHARE: _share,
}
