"""Nothing is wider than the terminal: lists, views, reports, help and messages, in both languages."""

from __future__ import annotations

import io
import re
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from babel.messages.pofile import read_po
from command_lines import COMMANDS
from terminals import CONTROL
from volunteering import Database, Volunteer, copied

import volunteer_cli
from volunteer_cli.admin.topics import TOPICS
from volunteer_cli.core.wrapping import LETTERS, WIDEST_WORD, measured, wrapped
from volunteer_cli.output import render
from volunteer_cli.output.grids import Grid
from volunteer_cli.output.options import OutputOptions
from volunteer_cli.output.style import Style
from volunteer_cli.output.table import table
from volunteer_cli.reporting.catalogue import reports
from volunteer_cli.shell.declaring import ChangingCommand
from volunteer_cli.shell.telling import tell_line

CATALOGUES = Path(volunteer_cli.__file__).parent / "locale" / "zh_CN"
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
person add '👩‍👩‍👧‍👦样家' --volunteer --skill '🎸 guitar' --note '👍🏽👍🏽👍🏽👍🏽👍🏽👍🏽👍🏽👍🏽👍🏽👍🏽👍🏽👍🏽👍🏽👍🏽👍🏽👍🏽👍🏽👍🏽👍🏽'
person add 'नमस्ते कृष्णमूर्ति' --volunteer
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


WORD = re.compile(rf"[{LETTERS}]+")


def torn(text: str, whole: str) -> list[str]:
    """The words of a table that are none of the same table without an end, nor a part of a very long one of it."""
    lines = [line for line in text.splitlines() if "--fields" not in line and line.strip("- ")]
    words = set(WORD.findall(whole))
    long = [word for word in words if measured(word) > WIDEST_WORD]
    return [
        word
        for line in lines
        for word in WORD.findall(line)
        if word not in words and not any(word in each for each in long)
    ]


@pytest.fixture
def wide(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, str]]:
    """What of all tables that are laid out is too wide, cut or torn at any of the three widths."""
    lines: list[tuple[str, str]] = []

    def tried(grid: Grid, style: Style) -> str:
        texts = {width: table(grid, replace(style, width=width)) for width in WIDTHS}
        lines.extend((grid.title, row) for width, text in texts.items() for row in too_wide(text, width))
        lines.extend((grid.title, "cut") for text in texts.values() if "…" in text)
        whole = table(grid, replace(style, width=None))
        lines.extend((grid.title, word) for text in texts.values() for word in torn(text, whole))
        return texts[WIDTHS[0]]

    monkeypatch.setattr("volunteer_cli.output.table.table", tried)
    monkeypatch.setenv("COLUMNS", str(WIDTHS[0]))
    return lines


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("words", READING, ids=" ".join)
@pytest.mark.usefixtures("terminal")
def test_no_list_or_view_is_wider(
    office: Volunteer, words: tuple[str, ...], language: str, wide: list[tuple[str, str]]
) -> None:
    office.language = language
    result = office(*words)
    assert result.code in (0, 6), result.err
    assert too_wide(result.out, WIDTHS[0]) == []
    assert wide == []
    assert "…" not in result.out, "nothing is cut"


#: What a command that reads is given where "1" names nothing, and those that show no rows of the example.
WORDS = {
    ("report", "explain"): ("hours", "-v"),
    ("import", "headings"): ("people",),
    ("config", "get"): ("lang",),
    ("explain",): ("overlap",),
}
WITHOUT_ROWS = {
    *(("campaign", "why"), ("campaign", "sheet"), ("mediation", "print"), ("report", "annual"), ("shell",)),
    *(("person", "badge"), ("field", "show")),
    *(("report", "reprint"), ("import", "guess"), ("db", "init"), ("config", "set"), ("config", "unset"), ("batch",)),
}  # fmt: skip


def _reading() -> Iterator[tuple[str, ...]]:
    """A command line for every command that changes nothing."""
    for words, command in COMMANDS.items():
        if isinstance(command, ChangingCommand) or words in WITHOUT_ROWS:
            continue
        needed = [each for each in command.params if each.param_type_name == "argument" and each.required]
        yield (*words, *WORDS.get(words, ["1"] * len(needed)))


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.usefixtures("terminal")
def test_no_view_of_any_command_is_wider(
    demo_file: Path,
    tmp_path: Path,
    language: str,
    wide: list[tuple[str, str]],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Every list, view and report on the example."""
    demo = Volunteer(copied(demo_file, tmp_path / "demo.db"))
    demo.language = language
    # Where a command that makes a file makes it.
    monkeypatch.chdir(tmp_path)
    for line in _reading():
        result = demo(*line, env={"VOLUNTEER_COMMUNITY": "binhu"})
        assert result.code in (0, 6), (line, result.err)
        # A page that goes to the terminal for want of a file is no view of ours.
        shown = "" if result.out.lower().startswith("<!doctype html>") else result.out
        assert too_wide(shown, WIDTHS[0]) == [], line
        assert wide == [], line


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.usefixtures("terminal")
def test_no_explanation_is_wider(office: Volunteer, language: str, width: int) -> None:
    """Each code as prose, each report's definitions, each topic: what is laid out anew for each width."""
    settings = {"VOLUNTEER_LANG": language, "COLUMNS": str(width)}
    lines = [
        ("explain", "all"),
        *(("report", "explain", name) for name in reports()),
        *(("help", topic.name) for topic in TOPICS),
    ]
    for words in lines:
        assert too_wide(office.ok(*words, env=settings).out, width) == [], words


class Screen(io.StringIO):
    """What is said at a terminal."""

    def isatty(self) -> bool:
        return True


def _sentences() -> Iterator[str]:
    """All that the program may say, in English and in Chinese, with blanks as they stand."""
    for room in sorted(CATALOGUES.glob("*.po")):
        for message in read_po(room.open("rb")):
            for text in (message.id, message.string):
                yield from (text,) if isinstance(text, str) else text or ()


@pytest.mark.parametrize("width", WIDTHS)
def test_no_message_or_hint_is_wider(monkeypatch: pytest.MonkeyPatch, width: int) -> None:
    monkeypatch.setenv("COLUMNS", str(width))
    screen = Screen()
    monkeypatch.setattr(sys, "stderr", screen)
    for sentence in {one for one in _sentences() if measured(one) > width}:
        tell_line(sentence)
        tell_line(f"Error: {sentence}")
    assert screen.getvalue().count("\n") > 100
    assert too_wide(CONTROL.sub("", screen.getvalue()), width) == []


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("width", WIDTHS[:2])
def test_no_page_of_help_is_wider(office: Volunteer, language: str, width: int) -> None:
    """Every page; a page takes 100 columns at most, so that 120 are as 100."""
    office.language = language
    groups = {words[:1] for words in COMMANDS}
    wide = [
        (words, line)
        for words in dict.fromkeys([(), *groups, *COMMANDS])
        for line in too_wide(office(*words, "--help", env={"COLUMNS": str(width)}).out, width)
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
        "Bartholomew Featherstonehaugh-Cholmondeley-Warner",
        "👩‍👩‍👧‍👦和👍🏽志愿者🇨🇳☎️" * 6,
        "नमस्ते कृष्णमूर्ति " * 5,
        "",
    ],
)
def test_wrapped_texts_lose_nothing_and_fit(text: str, width: int) -> None:
    lines = wrapped(text, width, indent="  ").split("\n")
    assert [line for line in lines if measured(line) > width] == []
    assert "".join("".join(lines).split()) == "".join(text.split())
    assert not [line for line in lines[1:] if line.strip()[:1] in tuple("，。）；：、")]


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        ("Featherstonehaugh-Cholmondeley", 20, ["Featherstonehaugh-", "Cholmondeley"]),
        ("elder_alone=7,empty_nest=30,dibao=90", 24, ["elder_alone=7,", "empty_nest=30,dibao=90"]),
        # A date is no word in parts, and a sign that is joined stays with what it is joined to.
        ("2026-06-01..2026-06-10", 12, ["2026-06-01..", "2026-06-10"]),
        ("👍🏽👍🏽👍🏽", 5, ["👍🏽👍🏽", "👍🏽"]),
        ("👩‍👩‍👧‍👦👩‍👩‍👧‍👦", 3, ["👩‍👩‍👧‍👦", "👩‍👩‍👧‍👦"]),
        ("🇨🇳🇩🇪", 3, ["🇨🇳", "🇩🇪"]),
    ],
)
def test_a_word_is_cut_where_it_is_least_torn(text: str, width: int, lines: list[str]) -> None:
    assert wrapped(text, width).split("\n") == lines


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


def test_words_of_texts_are_not_torn_before_columns_go() -> None:
    for cell in ("calls_morning_2026.csv", "Featherstonehaugh-Cholmondeley-Warner", "2026-06-01..2026-06-10"):
        lines = table(grid(9, f"of {cell}", keep=[False] * 9), Style(width=80)).splitlines()
        words = {word for line in lines for word in line.split()}
        parts = {cell} if len(cell) <= 24 else {"Featherstonehaugh-", "Cholmondeley-Warner"}
        assert parts <= words


def test_what_says_nothing_goes_first() -> None:
    some = grid(9, "eleven words")
    cells = [["" if place == 3 else cell for place, cell in enumerate(line)] for line in some.cells]
    text = table(replace(some, cells=cells), Style(width=100))
    assert "column 3" not in text
    assert "column 4" in text


def test_without_sums_there_is_no_line_for_them() -> None:
    total = ["Total", *[""] * 7, "99"]
    assert "Total" not in table(grid(9, "eleven words", total=total), Style(width=60))
    assert "Total" in table(grid(9, "eleven words", total=total), Style(width=400))
