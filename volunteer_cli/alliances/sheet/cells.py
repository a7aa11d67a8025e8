"""How ledgers of offices write fields, states, scores and days by which something is to be done."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from volunteer_cli.core.dates.working_days import add_working_days
from volunteer_cli.core.errors import BadChoice, BadDate
from volunteer_cli.core.grammar import NUMBER, number, plain
from volunteer_cli.core.i18n import _
from volunteer_cli.intake import parsers
from volunteer_cli.intake.cells import Cell, text_of

if TYPE_CHECKING:
    from volunteer_cli.intake.sheet import Column

#: A term in words: 5个工作日, 三日内, 2周, 一个月内; 立即 is the same day.
TERM = re.compile(
    rf"(?:自\S*起)?(?P<count>{NUMBER})个?(?P<unit>工作日|天|日|周|星期|月)(?:之?内|以内|前|办结|完成|答复)*"
)
AT_ONCE = ("立即", "立行立改", "即时", "当日", "当天", "马上")
#: The end of a month that is named or meant: 2026年3月底, 3月底前, 本月底.
MONTH_END = re.compile(r"(?:(?P<year>\d{4})年)?(?:(?P<month>\d{1,2})月|本月|当月|月)(?:底|末)(?:前|之前)?")
DAYS_OF_WEEK = 7
MONTHS = 12


@dataclass(frozen=True)
class Term:
    """A day that is so far from the one on which something was raised."""

    count: int
    unit: str

    def after(self, day: date) -> date:
        """The day that it means."""
        if self.unit == "工作日":
            return add_working_days(day, self.count)
        if self.unit == "月":
            return _months_after(day, self.count)
        days = DAYS_OF_WEEK if self.unit in ("周", "星期") else 1
        return day + timedelta(self.count * days)


@dataclass(frozen=True)
class MonthEnd:
    """The last day of a month; without one, of the month in which something was raised."""

    year: int | None
    month: int | None

    def after(self, day: date) -> date:
        """The day that it means: of a month that is past by then, in the next year."""
        month = self.month or day.month
        year = self.year or (day.year if month >= day.month else day.year + 1)
        return date(year, month, monthrange(year, month)[1])


def _months_after(day: date, count: int) -> date:
    months = day.year * MONTHS + day.month - 1 + count
    year, month = divmod(months, MONTHS)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def due(cell: Cell, column: Column) -> date | Term | MonthEnd:
    """A day, or words for one: within so many days of being raised, or at the end of a month."""
    words = plain(text_of(cell)).replace(" ", "") if isinstance(cell, str) else ""
    if words.startswith(AT_ONCE):
        return Term(0, "日")
    if term := TERM.fullmatch(words):
        return Term(number(term["count"]), term["unit"])
    if (end := MONTH_END.fullmatch(words)) and int(end["month"] or 1) in range(1, MONTHS + 1):
        return MonthEnd(*(int(end[name]) if end[name] else None for name in ("year", "month")))
    try:
        return parsers.day(cell, column)
    except BadDate:
        # 3月15日前 and 2026-03-15前 are that day.
        if isinstance(cell, str) and re.search("(之?前|以前)$", cell.strip()):
            return parsers.day(re.sub("(之?前|以前)$", "", cell.strip()), column)
        raise


def day_of(due_on: date | Term | MonthEnd | None, raised_on: date) -> date | None:
    """The day that a cell means for something that was raised on a day."""
    return due_on.after(raised_on) if isinstance(due_on, Term | MonthEnd) else due_on


YES = frozenset(
    {"是", "已办结", "办结", "已销号", "销号", "已完成", "完成", "已解决", "解决", "yes", "y", "√", "done"}
)
NO = frozenset(
    {
        "否",
        "办理中",
        "未办结",
        "未销号",
        "正在办理",
        "推进中",
        "未完成",
        "进行中",
        "no",
        "n",
        "×",
        "x",
        "open",
    }
)


def finished(cell: Cell, column: Column) -> bool:
    """Whether something is done, as ledgers say it."""
    word = plain(text_of(cell)).replace(" ", "")
    if word not in YES | NO:
        raise BadChoice(field=_(column.field.title), value=text_of(cell), choices="是, 否")
    return word in YES


SCORES = {
    "非常满意": 5, "很满意": 5, "满意": 4, "基本满意": 3, "较满意": 4, "比较满意": 4,
    "一般": 3, "不太满意": 2, "不满意": 2, "非常不满意": 1, "很不满意": 1,
}  # fmt: skip


def score(cell: Cell, column: Column) -> int:
    """How content an enterprise is, from 1 to 5, in digits or in words."""
    word = plain(text_of(cell)).replace(" ", "").removesuffix("分").removesuffix(".0")
    value = SCORES.get(word) or (int(word) if re.fullmatch("[1-5]", word) else None)
    if value is None:
        raise BadChoice(field=_(column.field.title), value=text_of(cell), choices="1–5, 满意, 不满意")
    return value
