"""Charts: the same figures in signs, on a page and in a workbook, and all of them in words."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO
from xml.etree import ElementTree as ET

import pytest
from openpyxl import load_workbook

from volunteer_cli.core.quantity import Direction, Quantity
from volunteer_cli.core.wrapping import measured
from volunteer_cli.output.charts import Chart, Form, Series
from volunteer_cli.output.charts.page import NARROW, html, svg
from volunteer_cli.output.charts.scale import scale_to
from volunteer_cli.output.charts.signs import text
from volunteer_cli.output.charts.workbook import insert
from volunteer_cli.output.xlsx import picture_place, workbook

SVG = "{http://www.w3.org/2000/svg}"
TEAMS = Chart(
    Form.BARS,
    "时长 <&>",
    ("摘星好少年", "Garden", "无队伍"),
    (Series("2025", (120.5, 33, 2)),),
    subtitle="小时",
    source="来源",
    unit="h",
    rest=2,
)
MONTHS = Chart(
    Form.COLUMNS,
    "Most in 二月",
    ("一月", "二月", "三月"),
    (Series("2024", (2, 2, 3), former=True), Series("2025", (1, 4, 2))),
)
STACKED = replace(TEAMS, series=(Series("A", (100, 30, 1)), Series("B", (20.5, 3, 1))), rest=None)
AGES = Chart(Form.PYRAMID, "Ages", ("0-13", "70+"), (Series("男", (3, 4)), Series("女", (5, 12))))
GOALS = Chart(
    Form.BULLETS,
    "1 of 2",
    ("衣物", "书籍", "米"),
    (
        Series("接收", (Quantity(759, direction=Direction.AT_LEAST), 40, 7)),
        Series("目标", (700, 80, 0)),
    ),
    units=("件", "套", "袋"),
)
SHARES = Chart(Form.SHARE, "Half", ("a", "b", "none"), (Series("2025", (5, 3, 2)),), unit="h", rest=2)
YEARS = replace(
    MONTHS,
    form=Form.LINE,
    labels=[f"2025-{place:02}" for place in range(1, 31)],
    series=(Series("", range(30)),),
)
CHARTS = (TEAMS, MONTHS, STACKED, AGES, GOALS, SHARES, YEARS)
EDGES = (
    replace(TEAMS, labels=("一",), series=(Series("", (5,)),), rest=None),
    replace(TEAMS, labels=("很长" * 80, "<b>&"), series=(Series("", (3.0, -1)),), rest=None),
    replace(MONTHS, series=(Series("2025", (0, 0, 0)),)),
)


@pytest.mark.parametrize(
    ("most", "ticks"),
    [
        (248, [0, 100, 200, 300]),
        (1160, [0, 500, 1000, 1500]),
        (4, [0, 1, 2, 3, 4]),
        (0.3, [0, 0.1, 0.2, 0.3]),
        (9, [0, 5, 10]),
        (0, [0, 1]),
    ],
)
def test_a_scale_begins_at_zero_and_is_round(most: float, ticks: list[float]) -> None:
    assert scale_to(most).ticks == pytest.approx(ticks)


def test_bars_in_signs() -> None:
    assert text(TEAMS, 40) == (
        "时长 <&>\n"
        "小时\n"
        "\n"
        "摘星好少年 █████████████████████ 120.5 h\n"
        "Garden     █████▊ 33 h\n"
        "无队伍     ▍ 2 h\n"
        "\n"
        "来源"
    )  # fmt: skip


def test_columns_in_signs_stand_beside_those_of_the_period_before() -> None:
    assert text(MONTHS, 20).splitlines()[:7] == [
        "Most in 二月",
        "░ 2024  █ 2025",
        "",
        "4         ███",
        "          ███",
        "3         ███ ░░",
        "          ███ ░░",
    ]
    assert text(MONTHS, 20).splitlines()[-2:] == ["0 ▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔", "  一月  二月  三月"]


def test_goals_ages_and_shares_in_signs() -> None:
    assert text(GOALS, 40).splitlines()[3:] == [
        "衣物 █████████████████┃██ ≥ 759 / 700 件",
        "书籍 ██████████░░░░░░░░░┃ 40 / 80 套",
        "米 7 袋".replace("米 ", "米   "),
    ]
    assert text(AGES, 40).splitlines()[3:] == [
        "         4 ████ │ 70+  │ ▒▒▒▒▒▒▒▒▒▒▒▒ 12",
        "          3 ███ │ 0-13 │ ▒▒▒▒▒ 5",
    ]
    assert text(SHARES, 20).splitlines()[2:] == [
        "██████████▒▒▒▒▒▒▓▓▓▓",
        "█ a 5 h (50%)",
        "▒ b 3 h (30%)",
        "▓ none 2 h (20%)",
    ]


@pytest.mark.parametrize("chart", [*CHARTS, *EDGES])
@pytest.mark.parametrize("width", [24, 80])
def test_signs_stay_within_the_width(chart: Chart, width: int) -> None:
    assert max(map(measured, text(chart, width).splitlines())) <= max(width, 36)


@pytest.mark.parametrize("chart", [*CHARTS, *EDGES])
def test_svg_is_sound_told_in_words_and_stays_in_its_box(chart: Chart) -> None:
    drawing = ET.fromstring(svg(chart))
    assert drawing.get("role") == "img"
    assert drawing.get("aria-label") == chart.alternative
    assert drawing.findtext(f"{SVG}title") == chart.title
    for each in drawing.iter(f"{SVG}text"):
        letter = 6 if each.get("font-size") else 7
        wide, x = measured(each.text or "") * letter / NARROW * 100, float(each.attrib["x"].rstrip("%"))
        left = {"start": x, "middle": x - wide / 2, "end": x - wide}[each.attrib["text-anchor"]]
        assert left >= -2
        assert left + wide <= 102
    ET.fromstring(html(chart))


@pytest.mark.parametrize("chart", CHARTS)
def test_the_words_have_every_figure(chart: Chart) -> None:
    for one in chart.series:
        for label, value in zip(chart.labels, one.values, strict=True):
            assert label in chart.alternative
            assert (str(value.number) if isinstance(value, Quantity) else f"{value:g}") in chart.alternative
    assert chart.title in chart.alternative


def test_pieces_and_sets_have_no_common_scale() -> None:
    units = replace(TEAMS, units=("件", "套", "套"), rest=None)
    assert "stroke-opacity" not in svg(units)
    assert [units.most_of(place) for place in range(3)] == [120.5, 33, 33]


@pytest.mark.parametrize("chart", CHARTS)
def test_a_workbook_has_a_native_chart_of_figures_that_people_read(chart: Chart) -> None:
    content = BytesIO()
    with workbook(content) as book:
        insert(book, book.add_worksheet("rows"), chart, 1, 3)
    rows, figures = load_workbook(content).worksheets
    assert len(rows._charts) == 1
    assert [figures.cell(line, 1).value or "" for line in (1, 2, 3)] == [
        chart.title, chart.subtitle, chart.source
    ]  # fmt: skip


def test_the_picture_of_a_short_table_stands_below_it() -> None:
    """To its right it would make the table half as large on paper, where all columns stand on one page."""
    with workbook(BytesIO()) as book:
        sheet = book.add_worksheet("rows")
        sheet.write(12, 0, "Total")
        assert picture_place(sheet, 4) == (15, 0)
        sheet.write(200, 0, "Total")
        assert picture_place(sheet, 4) == (1, 5)


def test_the_labels_below_stand_at_equal_distances() -> None:
    texts = [each.text for each in ET.fromstring(svg(YEARS)).iter(f"{SVG}text")]
    labels = [each for each in texts if each and each.startswith("2025-")]
    assert labels == YEARS.labels[:: len(YEARS.labels) // len(labels)][: len(labels)]
