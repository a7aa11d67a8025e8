"""In Chinese everything that a command shows may be typed as it is shown: choices, headings, breakdowns, periods."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from typer import Context
from volunteering import Result, Volunteer

from volunteer_cli.app import command_tree
from volunteer_cli.areas import nouns
from volunteer_cli.core.i18n import _
from volunteer_cli.core.run import Run, running
from volunteer_cli.core.settings import Given
from volunteer_cli.output.view import Column
from volunteer_cli.reporting.catalogue import reports
from volunteer_cli.shell.about import SHAPING, TITLES

#: A choice as help shows it in Chinese: confirmed（已确认）.
SHOWN = re.compile(r"([a-z_]+)（([^（）]+)）")
#: What stands for what else a command needs; the rest are ids.
NEEDED = {
    "DATE": "2026-06-01",
    "DATETIME": "2026-06-01 9:00",
    "N": "3",
    "ITEM=N": "衣物=1件",
    "DIR": "folder",
}
#: What a command asks for though no option of it is required.
ASKED: dict[tuple[str, ...], tuple[str, ...]] = {("council", "propose"): ("--by", "样例单位")}
#: They make or change files, run other commands, or ask.
NOT_TRIED = ("db", "demo", "batch", "shell", "config")


@dataclass(frozen=True)
class Typed:
    """An option or argument of a command whose choices its help names in Chinese."""

    path: tuple[str, ...]
    command: Any
    parameter: Any
    choices: tuple[tuple[str, str], ...]

    @property
    def writes(self) -> bool:
        """Whether it can be tried without saving."""
        every = self.command.get_params(Context(self.command))
        return any("--dry-run" in each.opts for each in every)

    def words(self, value: str) -> list[str]:
        """A command line that gives the value, and whatever else is needed."""
        own = [*self.path, *(["-n"] if self.writes else []), *ASKED.get(self.path, ())]
        for each in self.command.params:
            if each is self.parameter or each.required or self._is_listed(each):
                text = value if each is self.parameter else NEEDED.get(each.metavar, "1")
                own += [text] if each.param_type_name == "argument" else [each.opts[0], text]
        return own

    def _is_listed(self, each: Any) -> bool:
        """Arguments that may be left out where a condition says who is meant."""
        return each.param_type_name == "argument" and (each.metavar or "").startswith("[PERSON")


def _commands() -> Iterator[tuple[tuple[str, ...], Any]]:
    tree = command_tree()
    root = Context(tree, info_name="volunteer", **tree.context_settings)
    for name in nouns():
        noun: Any = tree.get_command(root, name)
        if not hasattr(noun, "list_commands"):
            yield (name,), noun
            continue
        within = Context(noun, info_name=name, parent=root)
        yield from (((name, verb), noun.get_command(within, verb)) for verb in noun.list_commands(within))


def _typed() -> Iterator[Typed]:
    with running(Run(Given(), language="zh")):
        for path, command in _commands():
            for parameter in command.params:
                choices = tuple(SHOWN.findall(_(getattr(parameter, "help", "") or "")))
                if choices and path[0] not in NOT_TRIED:
                    yield Typed(path, command, parameter, choices)


TYPED = list(_typed())


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Volunteer:
    """A community with one of most things, so that commands come as far as the choice."""
    office = Volunteer(tmp_path_factory.mktemp("office") / "office.db")
    office.ok("db", "init")
    office.ok("community", "add", "滨湖社区", "--code", "binhu")
    office.ok("person", "add", "王样一", "--volunteer", "--building", 1, "--room", 101, "--birth", "1950-01")
    office.ok("household", "form")
    office.ok("team", "add", "红队", "--leader", "王样一")
    office.ok("organization", "add", "样例单位")
    office.ok("event", "add", "清洁日", "--start", "2026-07-04 9:00", "--end", "11:00", "--team", "红队")
    office.ok("hours", "add", "王样一", "--date", "2026-06-01", "--hours", "2h", "--work", "读报")
    office.ok("hours", "confirm", "1")
    office.ok("drive", "add", "暖冬", "--code", "winter", "--start", "2026-06-01", "--goal", "衣物=9件")
    office.ok("drive", "receive", "winter", "--anonymous", "--item", "衣物=3件")
    office.ok("alliance", "add", "样例联盟", "--code", "lm", "--lead", "样例单位")
    office.ok("council", "add", "一心议事厅", "--code", "yixin", "--alliance", "lm")
    office.ok("account", "add", "王样一")
    office.ok("campaign", "add", "问询", "--code", "wenxun", "--preset", "calls", "--start", "2026-06-30")
    office.language = "zh"
    return office


def _same(one: Result, other: Result) -> bool:
    return (one.code, one.out, one.err) == (other.code, other.out, other.err)


def test_every_choice_of_help_is_typed_in_chinese(
    office: Volunteer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The Chinese word answers what the code answers, and nonsense is answered otherwise."""
    monkeypatch.chdir(tmp_path)
    otherwise, unread, tried = [], set(), 0
    for typed in TYPED:
        nonsense = office(*typed.words("无此词"))
        for code, word in typed.choices:
            answer = office(*typed.words(code))
            name = (*typed.path, typed.parameter.opts[0], code, word)
            if _same(answer, nonsense):
                unread.add(name)
            elif not _same(answer, office(*typed.words(word))):
                otherwise.append(name)
            tried += 1
    assert otherwise == []
    # Tags are free: an unknown one is told, not refused.
    assert {name for name in unread if "--tag" not in name} == set()
    assert tried >= 100


def test_headings_of_every_list_are_names_of_fields(office: Volunteer) -> None:
    """All headings together name the columns that `all` names, and the last of them sorts."""
    otherwise, in_chinese = [], 0
    for path, command in _commands():
        if path[-1] == "list" and not any(each.required for each in command.params):
            whole = office(*path, "--fields", "all", "-f", "table")
            codes = next(csv.reader(StringIO(office.ok(*path, "--fields", "all", "-f", "csv").out)))
            headings = _headings(office, path, codes)
            if office(*path, "--fields", "，".join(headings), "-f", "table").out != whole.out:
                otherwise.append((path, headings))
            code, heading = codes[-1], headings[-1]
            if not _same(office(*path, "--sort", f"-{heading}"), office(*path, "--sort", f"-{code}")):
                otherwise.append((path, [heading]))
            in_chinese += sum(heading != code for code, heading in zip(codes, headings, strict=True))
    assert otherwise == []
    assert in_chinese >= 200


def _headings(office: Volunteer, path: tuple[str, ...], codes: list[str]) -> list[str]:
    """The headings over the columns in Chinese, as a page sets them."""
    refused = office(*path, "--fields", "无此字段")
    titles = dict(re.findall(r"([\w.]+)（([^（）]+(?:（[^（）]+）)?)）", refused.err))
    return [titles.get(code, code) for code in codes]


def test_every_list_says_what_it_is_of(office: Volunteer, tmp_path: Path) -> None:
    """In its title rows, in the properties of the file, and on the page."""
    silent = []
    for path, command in _commands():
        if (
            path[-1] == "list"
            and path[0] not in ("config", "report")
            and not any(each.required for each in command.params)
        ):
            made = office(*path, "--community", "binhu", "-o", tmp_path / "list.xlsx")
            page = office(*path, "--community", "binhu", "-f", "html").out
            if made.code:
                continue
            book = load_workbook(tmp_path / "list.xlsx", read_only=True)
            title, about = (row[0] for row in book.worksheets[0].iter_rows(max_row=2, values_only=True))
            facts = (book.properties.title, book.properties.subject)
            if (
                facts != (title, about)
                or f"<h1>{title}</h1>" not in page
                or "2026年6月30日" not in str(about)
            ):
                silent.append((path, title, about))
    assert silent == []


def test_what_narrows_a_list_is_said_in_chinese() -> None:
    """Above a list stand the options that narrow it, by names that are Chinese."""
    english = set()
    with running(Run(Given(), language="zh")):
        for path, command in _commands():
            if path[-1] == "list" or path[0] == "report":
                for name in {each.name for each in command.params} - SHAPING:
                    title = _(TITLES[name]) if name in TITLES else Column(name).heading
                    english |= {(path, name)} if title.isascii() else set()
    assert english == set()


def test_the_page_of_a_person_is_grouped(office: Volunteer) -> None:
    page = office.ok("person", "show", "王样一", "-f", "html").out
    assert "<h1>居民档案：王样一</h1>" in page
    assert re.findall(r"<h2>(.*?)</h2>", page)[:3] == ["身份", "联系与住址", "志愿服务"]
    assert "序号" not in page


def test_the_page_of_a_team_is_grouped(office: Volunteer) -> None:
    page = office.ok("team", "show", "红队", "-f", "html").out
    assert re.findall(r"<h[12]>(.*?)</h[12]>", page)[:3] == ["队伍档案：红队", "基本情况", "队员与服务"]


def test_on_a_terminal_a_record_has_no_ids_of_others(office: Volunteer) -> None:
    told = office.ok("team", "show", "红队", "-f", "table").out
    assert "序号" in told, "its own is what commands take"
    assert "社区序号" not in told
    assert "人员序号" not in told
    assert "人员序号" in office.ok("team", "show", "红队", "-f", "table", "--fields", "all").out
    assert "leader_id" in office.ok("team", "show", "红队", "-f", "json").json


def test_breakdowns_of_every_report_are_typed_in_chinese(office: Volunteer) -> None:
    otherwise = []
    with running(Run(Given(), language="zh")):
        titles = {
            name: {key: group.column.heading for key, group in report.choices.items()}
            for name, report in reports().items()
        }
    for name, groups in titles.items():
        for code, title in groups.items():
            if not _same(office("report", name, "--by", code), office("report", name, "--by", title)):
                otherwise.append((name, code, title))
    assert otherwise == []
