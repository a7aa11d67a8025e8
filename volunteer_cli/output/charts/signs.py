"""Charts in signs, for a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from shutil import get_terminal_size

from volunteer_cli.core.visible import harmless
from volunteer_cli.core.wrapping import measured, shortened, wrapped
from volunteer_cli.output.charts.chart import Chart, Form, Series, Value, figure, share_words, size
from volunteer_cli.output.charts.scale import Scale, scale_to

EIGHTHS = " ▏▎▍▌▋▊▉█"
RISING = "▁▂▃▄▅▆▇█"
#: Signs of the parts of a bar, which differ without colours.
PARTS = "█▒▓░"
FORMER = "░"
LONGEST_LABEL = 24
HEIGHT = 8
WIDEST = 100


def text(chart: Chart, width: int | None = None) -> str:
    """The chart with its title above and its source below, within the width of the terminal."""
    width = min(width or get_terminal_size().columns, WIDEST)
    if not chart.labels:
        return ""
    drawn = DRAWN[chart.form](chart, width)
    below = (wrapped(harmless(line), width) for line in (chart.note, chart.source) if line)
    return "\n".join([*_head(chart, width), "", *drawn, "", *below]).rstrip()


def _head(chart: Chart, width: int) -> Iterator[str]:
    for line in (chart.title, chart.subtitle, _legend(chart)):
        if line:
            yield wrapped(harmless(line), width)


def _legend(chart: Chart) -> str:
    """Which sign stands for which series; where there is but one it needs none."""
    if chart.form is Form.SHARE or len(chart.series) < 2:
        return ""
    signs = iter(PARTS)
    return "  ".join(f"{FORMER if one.former else next(signs)} {one.name}" for one in chart.series)


def _padded(labels: Sequence[str]) -> list[str]:
    short = [shortened(harmless(label), LONGEST_LABEL) for label in labels]
    width = max(map(measured, short))
    return [label + " " * (width - measured(label)) for label in short]


def _bars(chart: Chart, width: int) -> Iterator[str]:
    """A bar a line, with its label before and its value after it, and that of the period before below it."""
    labels = _padded(chart.labels)
    values = [_total(chart, place) for place in range(len(labels))]
    room = _room(width, labels, values)
    for place, label in enumerate(labels):
        most = chart.most if chart.one_scale else chart.most_of(place)
        yield _beside(label, _parts(chart, place, most, room), values[place])
        if chart.before:
            former = chart.before.values[place]
            yield _beside(" " * measured(label), FORMER * _long(former, most, room), figure(former))


def _room(width: int, labels: Sequence[str], values: Sequence[str]) -> int:
    """What is left for bars; however narrow the terminal, one of four columns still tells more from less."""
    return max(width - measured(labels[0]) - max(map(measured, values)) - 2, 4)


def _long(value: Value, most: float, room: int) -> int:
    """How many columns a value takes of so many."""
    return round(max(size(value), 0) / (most or 1) * room)


def _beside(*parts: str) -> str:
    return " ".join(filter(None, parts))


def _total(chart: Chart, place: int) -> str:
    only = chart.now[0].values[place] if len(chart.now) == 1 else chart.total(place)
    return figure(only, chart.unit_of(place))


def _parts(chart: Chart, place: int, most: float, room: int) -> str:
    values = [one.values[place] for one in chart.now]
    if len(values) == 1:
        return bar(size(values[0]), most, room)
    return "".join(sign * _long(value, most, room) for sign, value in zip(PARTS, values, strict=False))


def bar(value: float, most: float, room: int) -> str:
    """A bar of at most `room` columns, to an eighth of a column; what is not nothing shows at least that."""
    if value <= 0:
        return ""
    whole, part = divmod(max(round(value / most * room * 8), 1), 8)
    return "█" * whole + EIGHTHS[part].strip()


def _columns(chart: Chart, width: int) -> Iterator[str]:
    """The course of the values as columns of blocks on a scale that begins at zero."""
    scale = scale_to(chart.most)
    ticks = {round(scale.share(tick) * HEIGHT): figure(tick) for tick in scale.ticks}
    beside = max(map(measured, ticks.values()))
    # Of more points than columns the latest are drawn: what was lately is what is asked for.
    first = max(len(chart.labels) - (width - beside - 1), 0)
    drawn = _without_scale(chart, scale, first, width - beside - 1)
    for row, line in zip(range(HEIGHT, -2, -1), drawn, strict=True):
        yield f"{ticks.get(row, '').rjust(beside)} {line}".rstrip()


def _without_scale(chart: Chart, scale: Scale, first: int, room: int) -> Iterator[str]:
    """The lines right of the figures of the scale: blocks, the ground, the labels."""
    labels = chart.labels[first:]
    wide = max(1, min(6, room // len(labels)))
    levels = [_levels(one, scale.top, first) for one in (chart.before, chart.now[0]) if one]
    yield from (_row(levels, row, wide) for row in range(HEIGHT, 0, -1))
    yield "▔" * (wide * len(labels) - (wide > 1))
    yield _below(labels, wide)


def _row(levels: Sequence[Sequence[int]], row: int, wide: int) -> str:
    """What is seen of all columns at one row of a terminal; a row is eight levels high."""
    bottom = 8 * (row - 1)
    return "".join(_slot([level - bottom for level in slot], wide) for slot in zip(*levels, strict=True))


def _levels(series: Series, top: float, first: int) -> list[int]:
    return [round(max(size(value), 0) / top * HEIGHT * 8) for value in series.values[first:]]


def _slot(levels: Sequence[int], wide: int) -> str:
    """What is seen of a month at one row: the period before in grey, beside it the period itself."""
    room = max(wide - 1, 1)
    grey = room // 2 if len(levels) > 1 else 0
    now = _block(levels[-1]) * (room - grey)
    former = (FORMER if levels[0] > 3 else " ") * grey
    return former + now + " " * (wide > 1)


def _block(level: int) -> str:
    return " " if level <= 0 else RISING[min(level, 8) - 1]


def _below(labels: Sequence[str], wide: int) -> str:
    """Every label where there is room for all, else the first and the last."""
    texts = [harmless(label) for label in labels]
    if max(map(measured, texts)) < wide:
        return "".join(text + " " * (wide - measured(text)) for text in texts).rstrip()
    gap = wide * len(texts) - measured(texts[0]) - measured(texts[-1]) - 1
    return f"{texts[0]}{' ' * max(gap, 1)}{texts[-1]}"


def _pyramid(chart: Chart, width: int) -> Iterator[str]:
    """Ages from the oldest down, one sex to the left of them and one to the right."""
    labels, wide = _padded(chart.labels), _widest(chart)
    room = max((width - measured(labels[0]) - 2 * wide - 8) // 2, 4)
    left, right = (
        _side(one, sign, room / (chart.most or 1)) for one, sign in zip(chart.now, PARTS, strict=False)
    )
    for label, before, behind in reversed(list(zip(labels, left, right, strict=True))):
        yield _beside(" ".join(before).rjust(wide + room + 1), "│", label, "│", *behind[::-1])


def _widest(chart: Chart) -> int:
    """Columns of the widest figure."""
    return max(measured(figure(value)) for one in chart.now for value in one.values)


def _side(one: Series, sign: str, scale: float) -> list[tuple[str, str]]:
    """The figures of one sex, each with its bar."""
    return [(figure(value), sign * round(size(value) * scale)) for value in one.values]


def _bullets(chart: Chart, width: int) -> Iterator[str]:
    """Each value against its own goal, where it has one."""
    labels = _padded(chart.labels)
    told = [_against(chart, place) for place in range(len(labels))]
    room = _room(width, labels, told)
    for place, label in enumerate(labels):
        value, goal = (size(one.values[place]) for one in chart.now)
        yield _beside(label, _scaled_bullet(value, goal, room), told[place])


def _scaled_bullet(value: float, goal: float, room: int) -> str:
    # Pieces and sets have no common scale: the longer of the two fills the room, row by row.
    whole = max(value, goal)
    return _bullet(_long(value, whole, room), _long(goal, whole, room)) if goal > 0 else ""


def _bullet(full: int, goal: int) -> str:
    """What is reached, and with a stroke where the goal is."""
    signs = "█" * full + FORMER * (goal - full)
    return signs[: goal - 1] + "┃" + signs[goal:]


def _against(chart: Chart, place: int) -> str:
    value, goal = (one.values[place] for one in chart.now)
    unit = chart.unit_of(place)
    return f"{figure(value)} / {figure(goal, unit)}" if size(goal) > 0 else figure(value, unit)


def _side_by_side(one: Series, signs: Sequence[str], width: int) -> str:
    whole = sum(map(size, one.values))
    parts = (sign * _long(value, whole, width) for sign, value in zip(signs, one.values, strict=True))
    # Each part is rounded by itself, so that all together may be a sign too long.
    return "".join(parts)[:width]


def _share(chart: Chart, width: int) -> Iterator[str]:
    """One bar for the whole, its parts told below it."""
    for one in chart.series:
        if len(chart.series) > 1:
            yield harmless(one.name)
        signs = [PARTS[place % 4] for place in range(len(one.values))]
        yield _side_by_side(one, signs, width)
        yield from (f"{sign} {words}" for sign, words in zip(signs, share_words(chart, one), strict=True))


DRAWN = {
    Form.COLUMNS: _columns,
    Form.LINE: _columns,
    Form.BARS: _bars,
    Form.PYRAMID: _pyramid,
    Form.BULLETS: _bullets,
    Form.SHARE: _share,
}
