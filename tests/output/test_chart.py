from __future__ import annotations

from typing import Any
from xml.etree import ElementTree as ET

import pytest

from volunteer_cli.core.wrapping import measured
from volunteer_cli.output.chart import NARROW, bars, lines, svg_bars, svg_line

TEAMS = [("摘星好少年", 120.5), ("Garden", 33), ("绿色家园维护者", 0)]
SVG = "{http://www.w3.org/2000/svg}"


def test_bars() -> None:
    assert bars(TEAMS, width=40, unit="h") == (
        "摘星好少年     █████████████████ 120.5 h\n"
        "Garden         ████▋ 33 h\n"
        "绿色家园维护者 0 h"
    )  # fmt: skip
    assert bars([]) == ""


def test_bars_stay_within_their_width() -> None:
    drawn = bars([("很长的名字" * 20, 1e6), ("b", 1)], width=50)
    assert max(map(measured, drawn.splitlines())) <= 50


def test_a_little_is_not_nothing() -> None:
    assert bars([("a", 1000), ("b", 0.1)]).splitlines()[1] == "b ▏ 0.1"


def test_lines() -> None:
    assert lines([("一月", 1), ("二月", 4), ("三月", 2)], width=12, height=2, unit="h") == (
        "4 h\n"
        "    ███\n"
        "▄▄▄ ███ ███\n"
        "▔▔▔▔▔▔▔▔▔▔▔\n"
        "一月   三月"
    )  # fmt: skip
    assert lines([]) == ""


@pytest.mark.parametrize("draw", [svg_bars, svg_line])
@pytest.mark.parametrize("rows", [TEAMS, [], [("一", 5)], [("很长" * 80, 3.0), ("<b>&", -1)]])
def test_svg_is_sound_told_in_words_and_stays_in_its_box(draw: Any, rows: list[Any]) -> None:
    drawing = ET.fromstring(draw(rows, title="时长 <&>", unit="小时"))
    assert drawing.get("role") == "img"
    assert drawing.findtext(f"{SVG}title") == "时长 <&>"
    for text in drawing.iter(f"{SVG}text"):
        wide, x = measured(text.text or "") * 7 / NARROW * 100, float(text.attrib["x"].rstrip("%"))
        left = {"start": x, "middle": x - wide / 2, "end": x - wide}[text.attrib["text-anchor"]]
        assert left >= -0.1
        assert left + wide <= 100.1
    assert len(list(drawing.iter(f"{SVG}text"))) >= len(rows[:1])


@pytest.mark.parametrize(("months", "step"), [(3, 1), (12, 4), (24, 7)])
def test_the_labels_below_a_line_stand_at_equal_distances(months: int, step: int) -> None:
    labels = [f"{2025 + month // 12}-{month % 12 + 1:02}" for month in range(months)]
    drawing = ET.fromstring(svg_line([(label, 1) for label in labels], title="时长"))
    texts = [text.text for text in drawing.iter(f"{SVG}text")]
    assert texts[1:] == labels[::step]
