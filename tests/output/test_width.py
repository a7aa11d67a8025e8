"""Nothing is wider than the terminal: lists, views, reports, help and messages, in both languages."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from volunteering import Database, Volunteer, copied

from volunteer_cli.areas import nouns
from volunteer_cli.core.wrapping import measured, wrapped
from volunteer_cli.output import render
from volunteer_cli.output.grids import Grid
from volunteer_cli.output.options import OutputOptions
from volunteer_cli.output.style import Style
from volunteer_cli.output.table import table

WIDTHS = (80, 100, 120)
READING = (
    ("person", "list"), ("person", "show", "1"), ("team", "list"), ("team", "show", "1"), ("event", "list"),
    ("event", "show", "1"), ("event", "roster", "1"), ("hours", "list"), ("drive", "list"), ("drive", "stock", "1"),
    ("report", "today"), ("report", "overview"), ("report", "quality"), ("report", "hours"), ("report", "volunteers"),
    ("policy", "list"), ("history", "list"), ("history", "show", "2"), ("explain", "all"), ("explain", "overlap"),
    ("community", "list"), ("organization", "list"), ("star", "list"), ("certificate", "list"), ("award", "list"),
    ("check",), ("doctor",), ("db", "info"), ("report", "list"), ("import", "log"),
)  # fmt: skip


@pytest.fixture(scope="module")
def office(binhu_database: Database, tmp_path_factory: pytest.TempPathFactory) -> Volunteer:
    """An office with one of most things, and texts as long as people write them."""
    volunteer = Volunteer(copied(binhu_database, tmp_path_factory.mktemp("wide") / "wide.db"))
    script = """\
person add 王样一 --phone 19900000001 --volunteer --tag elder_alone --tag empty_nest --skill 书法 --skill 急救 --note 很长的备注很长的备注很长的备注很长的备注
person add 'Bartholomew Featherstonehaugh-Cholmondeley' --phone 19900000002 --volunteer --skill 'very long skill of many words'
organization add 样例市滨湖区社区社会组织联合服务中心 --kind charity --contact 李样二 --phone 19900000003
team add 绿色家园环境保护与垃圾分类志愿服务队 --code green --leader 王样一 --focus 楼道清洁与垃圾分类宣传、河道巡查、旧物回收
event add 迎中秋庆国庆暨垃圾分类宣传进楼院志愿服务活动 --code clean --start '2026-07-04 9:00' --end 11:00 --team green --capacity 20 --place 社区党群服务中心一楼多功能厅
event open clean
event signup clean 王样一
hours add 王样一 --date 2026-06-01 --start 9:00 --end 11:00 --work 在社区一楼大厅整理捐赠的图书并登记造册、打扫卫生、搬运桌椅
hours confirm --period 2026-06
drive add 暖冬行动 --code winter --start 2026-05-01
drive receive winter --donor person:1 --item 成人棉衣（八成新以上）=12件 --on 2026-05-02
"""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("VOLUNTEER_CONFIG", "/nonexistent")
        volunteer.ok("batch", "-", stdin=script)
    return volunteer


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let output think that it goes to a terminal."""
    monkeypatch.setattr(render._Place, "on_terminal", property(lambda _place: True))
    resolve = OutputOptions.resolved
    monkeypatch.setattr(OutputOptions, "resolved", lambda options, _is: resolve(options, True))


def too_wide(text: str, width: int) -> list[str]:
    return [line for line in text.splitlines() if measured(line) > width]


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("words", READING, ids=" ".join)
@pytest.mark.usefixtures("terminal")
def test_no_list_or_view_is_wider(
    office: Volunteer, words: tuple[str, ...], language: str, width: int
) -> None:
    office.language = language
    result = office(*words, env={"COLUMNS": str(width)})
    assert result.code in (0, 6), result.err
    assert too_wide(result.out, width) == []
    assert "…" not in result.out, "nothing is cut"


def _pages() -> Iterator[tuple[str, ...]]:
    yield ()
    for name, entry in nouns().items():
        yield (name,)
        app = entry.app.load()
        yield from ((name, verb) for verb in getattr(app, "verbs", ()))


@pytest.mark.parametrize("language", ["en", "zh"])
def test_no_page_of_help_is_wider(office: Volunteer, language: str) -> None:
    office.language = language
    wide = [
        (words, line)
        for words in dict.fromkeys(_pages())
        for line in too_wide(office(*words, "--help", env={"COLUMNS": "80"}).out, 80)
    ]
    assert wide == []


@pytest.mark.parametrize("width", [20, 30, 41, 80])
@pytest.mark.parametrize(
    "text",
    [
        "人民调解遵循自愿原则，不收取任何费用（《人民调解法》第三条）。请先登记：volunteer mediation agree BINHU-M2026-0001",
        "Planned Beach clean-up (2) on Sat 2026-07-11, 10:00–13:00 in the past",
        "没有空格的很长的一段话" * 9,
        "averyveryverylongwordwithoutanybreak" * 4,
        "",
    ],
)
def test_wrapped_texts_lose_nothing_and_fit(text: str, width: int) -> None:
    lines = wrapped(text, width, indent="  ").split("\n")
    assert [line for line in lines if measured(line) > width] == []
    assert "".join("".join(lines).split()) == "".join(text.split())
    assert not [line for line in lines[1:] if line.strip()[:1] in tuple("，。）；：、")]


def grid(columns: int, cell: str, **more: Any) -> Grid:
    names = [f"column {place}" for place in range(columns)]
    sizes = {"right": [False] * columns, "flexible": [True] * columns, "keep": [False] * columns}
    return Grid("t", names, [[cell] * columns], **(sizes | more))


def test_texts_are_wrapped_before_columns_go() -> None:
    text = table(grid(3, "a text of some words"), Style(width=60))
    assert "column 2" in text
    assert "--fields" not in text


def test_columns_go_from_the_right_and_it_is_said() -> None:
    text = table(grid(9, "eleven words"), Style(width=60))
    assert "column 0" in text
    assert "column 8" not in text
    assert "columns: --fields all" in text


def test_what_is_to_be_kept_goes_last() -> None:
    keep = [False] * 8 + [True]
    assert "column 8" in table(grid(9, "eleven words", keep=keep), Style(width=60))


def test_columns_that_were_asked_for_stand_below_each_other_rather_than_go() -> None:
    text = table(grid(9, "eleven words", whole=True), Style(width=60))
    assert [line.split("  ")[0].strip() for line in text.splitlines()] == [f"column {n}" for n in range(9)]


def test_numbers_and_codes_are_never_broken() -> None:
    fixed = [False] * 3
    text = table(grid(3, "BINHU-2026-0001234", flexible=fixed), Style(width=30))
    assert text.count("BINHU-2026-0001234") == 3
