"""The Chinese catalogue keeps to docs/glossary.md: one word a thing, one way to set it."""

from __future__ import annotations

import pkgutil
import re
import sys
from collections import Counter
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

import volunteer_cli
from volunteer_cli.core.run import Run, running
from volunteer_cli.core.settings import Given
from volunteer_cli.output.view import Column, View
from volunteer_cli.reporting.declaration import Report

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tools"))

import glossary  # noqa: E402
from glossary import Entry  # noqa: E402


def test_the_catalogue_keeps_to_the_glossary() -> None:
    assert glossary.faults(glossary.catalogue(), glossary.terms()) == []


def test_no_two_rows_say_different_things_of_one_term() -> None:
    places = [(word, term.where) for term in glossary.terms() for word in term.english]
    assert len(set(places)) == len(places)


@pytest.mark.parametrize(
    ("entry", "fault"),
    [
        (Entry("teams", "team", "Name", "姓名"), "never 姓名"),
        (Entry("intake", "rows", "Rejected", "不合格"), "never 不合格"),
        (Entry("recognition", "certificate", "Number", "编号"), "is 证明编号"),
        (Entry("events", "", "Team id", "服务队编号"), "never 编号"),
        (Entry("house", "", "Its id, code or name", "id、代码或名称"), "never id"),
        (Entry("house", "", "Id or volunteer number", "序号或志愿者编号"), ""),
        (Entry("house", "", "The policy {name} holds", "规定“{name}”有效"), "never 规定"),
        (Entry("alliances", "", "The policy that was brought", "送去的政策"), ""),
        (Entry("hours", "", "Closed", "已结账"), "never 结账"),
        (Entry("fields", "", "Archived the field", "已停用字段"), "never 停用"),
        (Entry("drives", "", "What it is worth", "估价"), "never 估价"),
        (Entry("events", "", "{count} event of the series", "系列的{count}个活动"), "is counted in 场"),
        (Entry("events", "", "{count} event of the series", "系列的{count}场活动"), ""),
        (Entry("events", "", "Nothing", "没有, 也没有"), "a half-width mark"),
        (Entry("events", "", "Nothing", "没有(也没有)"), "a half-width mark"),
        (Entry("events", "", "{name}: {how}", "{name}: 多"), "a half-width mark"),
        (Entry("events", "", "Write '{x}'", "请写'{x}'吧"), "another quotation mark"),
        (Entry("events", "", "Nothing", "没有。 也没有"), "a space beside a full-width mark"),
        (Entry("events", "", "Use --due", "请用--due 给出"), "no space beside a Latin word"),
        (Entry("events", "", "A PDF file", "PDF文件"), "no space beside a Latin word"),
        (Entry("events", "", "{person} came", "{person} 已到场"), "a space between Chinese"),
        (Entry("events", "", "From 1 to 5", "从 1 到 5"), "a space beside a figure"),
        (Entry("events", "", "Run it", "请运行 volunteer event list，或用 --due 日期 给出 PDF 文件"), ""),
        (
            Entry("teams", "", "See volunteer team show TEAM", "见 volunteer team show TEAM"),
            "left in English",
        ),
        (Entry("events", "", "Three of 12", "共12条，第3行（{id}）：“{name}”"), ""),
    ],
)
def test_each_breach_is_seen(entry: Entry, fault: str) -> None:
    found = glossary.faults([entry], glossary.terms())
    assert any(fault in each for each in found) if fault else found == []


PAGES = [ROOT / "README.zh-CN.md", *sorted((ROOT / "docs").glob("*.zh-CN.md"))]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_a_guide_in_chinese_is_set_as_the_catalogue(page: Path) -> None:
    assert [fault for text in _paragraphs(page) for fault in glossary.settings(text)] == []


def _paragraphs(page: Path) -> Iterator[str]:
    """The texts of a page without its examples, links and emphasis; a line that ends in Chinese goes on without a space."""
    text = re.sub(r"(?ms)^```.*?^```$|<!--.*?-->", "\n\n", page.read_text(encoding="utf-8"))
    text = re.sub(r"\[([^\]]*)\]\([^)]*\)|\*\* ?", r"\1", text)
    han = rf"[{glossary.HAN}{glossary.MARKS}]"
    for paragraph in re.split(r"\n\s*\n|\n(?=[-|#])|\|", text):
        joined = re.sub(rf"(?<={han})\n\s*(?={han})|(?<=[{glossary.MARKS}])\n\s*", "", paragraph.strip())
        yield joined.replace("\n", " ").lstrip("-# ")


def _declared(*kinds: type) -> Iterator[tuple[str, Any]]:
    """Every view and report of the program by the module and the name that it stands under."""
    for module in pkgutil.walk_packages(volunteer_cli.__path__, "volunteer_cli."):
        if not module.name.endswith("__main__"):
            yield from (
                (f"{module.name}.{name}", value)
                for name, value in vars(import_module(module.name)).items()
                if isinstance(value, kinds)
            )


def _columns(declared: View | Report) -> tuple[Column, ...]:
    if isinstance(declared, View):
        return declared.columns
    return tuple(figure.column for figure in (*declared.groups, *declared.figures))


@pytest.mark.parametrize("language", ["en", "zh"])
def test_no_two_columns_of_a_list_have_one_heading(language: str) -> None:
    alike = []
    with running(Run(Given(), language=language)):
        for name, value in _declared(View, Report):
            counts = Counter(column.heading for column in _columns(value))
            alike += [(name, heading) for heading, count in counts.items() if count > 1]
    assert alike == []


#: What an office looks at one by one, so that its page has parts with headings.
GROUPED = {
    *("people", "events", "teams", "drives", "organizations", "households", "requests"),
    *("certificates", "mediations", "campaigns"),
}


def test_the_parts_of_a_page_name_columns_each_once() -> None:
    views = {value.name: value for _name, value in _declared(View) if isinstance(value, View) and value.parts}
    assert set(views) >= GROUPED
    for name, view in views.items():
        named = [column for part in view.parts.values() for column in part]
        assert len(set(named)) == len(named), name
        assert set(named) <= {column.name for column in view.columns}, name
        assert view.record, f"the page of one of {name} is called after it"
