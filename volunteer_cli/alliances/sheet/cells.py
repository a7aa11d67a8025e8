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

#: A term in words: 5个工作日, 三日内, 2周, 一个月内, 48小时内; 立即 is the same day.
TERM = re.compile(
    rf"(?:自\S*起)?(?P<count>{NUMBER})个?(?P<unit>工作日|小时|天|日|周|星期|月)(?:之?内|以内|前|办结|完成|答复)*"
)
AT_ONCE = ("立即", "立行立改", "即时", "当日", "当天", "马上", "即办", "即接即办", "即知即改", "即刻")
#: 半个月内 is 15日内.
HALF_A_MONTH = re.compile("^半个?月")
BEFORE = "(?:之?前|以前)?(?:完成|办结|答复)?"
#: The end of a month that is named or meant: 2026年3月底, 3月底前, 本月底; or of a year: 年底前.
MONTH_END = re.compile(
    rf"(?:(?P<year>\d{{4}})年)?(?:(?P<month>\d{{1,2}})月|本月|当月|月)(?P<day>)(?:底|末){BEFORE}"
)
YEAR_END = re.compile(rf"(?:(?P<year>\d{{4}})|本|当)?年(?:底|末){BEFORE}")
#: A day without its year: 4月10日前.
DAY = re.compile(rf"(?P<year>)(?P<month>\d{{1,2}})月(?P<day>\d{{1,2}})[日号]{BEFORE}")
#: Units that a term is counted in beside working days, months and single days.
DAYS_OF_WEEK = 7
HOURS = 24
MONTHS = 12
#: A year that has a 29 February: which year is meant is not known while the cell is read.
LEAP_YEAR = 2024


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
        # Kept by the day: 48小时 is two days, and less than 24 hours is the same one.
        if self.unit == "小时":
            return day + timedelta(self.count // HOURS)
        days = DAYS_OF_WEEK if self.unit in ("周", "星期") else 1
        return day + timedelta(self.count * days)


@dataclass(frozen=True)
class Named:
    """A day of a month, else its last; without a month, of that in which something was raised."""

    year: int | None = None
    month: int | None = None
    day: int | None = None

    def after(self, raised_on: date) -> date:
        """The day that it means: where no year is named, the next one from the day on which it was raised."""
        month = self.month or raised_on.month
        year = self.year or raised_on.year
        # 3月底 of what was raised in April is in the next year: nothing is due before it was raised.
        due_on = self._in(year, month)
        return due_on if self.year or due_on >= raised_on else self._in(year + 1, month)

    def _in(self, year: int, month: int) -> date:
        last = monthrange(year, month)[1]
        return date(year, month, min(self.day or last, last))


def _months_after(day: date, count: int) -> date:
    months = day.year * MONTHS + day.month - 1 + count
    year, month = divmod(months, MONTHS)
    # One month after 31 January is the last of February.
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def due(cell: Cell, column: Column) -> date | Term | Named:
    """A day, or words for one: within so many days of being raised, or by a day of a month."""
    words = plain(text_of(cell)).replace(" ", "") if isinstance(cell, str) else ""
    words = HALF_A_MONTH.sub("15日", words)
    return _term(words) or _named(words) or _day(cell, column)


def _term(words: str) -> Term | None:
    """The term that words name, counted from the day on which something was raised."""
    if words.startswith(AT_ONCE):
        return Term(0, "日")
    term = TERM.fullmatch(words)
    return Term(number(term["count"]), term["unit"]) if term else None


def _named(words: str) -> Named | None:
    """The day that words name by its month, or by the end of a year."""
    if end := YEAR_END.fullmatch(words):
        return Named(int(end["year"]) if end["year"] else None, MONTHS)
    match = MONTH_END.fullmatch(words) or DAY.fullmatch(words)
    if not match:
        return None
    year, month, day = (int(match[name]) if match[name] else None for name in ("year", "month", "day"))
    return Named(year, month, day) if _is_day(month, day) else None


def _is_day(month: int | None, day: int | None) -> bool:
    """Whether a month, or this one, has such a day in some year: 2月30日 is none."""
    if month is None or day == 0:
        return day != 0
    return 1 <= month <= MONTHS and (day or 1) <= monthrange(LEAP_YEAR, month)[1]


def _day(cell: Cell, column: Column) -> date:
    try:
        return parsers.day(cell, column)
    except BadDate:
        # 3月15日前 and 2026-03-15前 are that day.
        if isinstance(cell, str) and re.search("(之?前|以前)$", cell.strip()):
            return parsers.day(re.sub("(之?前|以前)$", "", cell.strip()), column)
        raise


def day_of(due_on: date | Term | Named | None, raised_on: date) -> date | None:
    """The day that a cell means for something that was raised on a day."""
    return due_on.after(raised_on) if isinstance(due_on, Term | Named) else due_on


#: Struck off (销号) is what ledgers call done; all that is under way is not.
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
    # A word that is not known is refused: taken for "no" it would chase people, for "yes" forget them.
    if word not in YES | NO:
        raise BadChoice(field=_(column.field.title), value=text_of(cell), choices="是, 否")
    return word in YES


#: Five steps, as answers to enterprises are scored; 满意 is good and not best, or 非常满意 would say nothing.
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
