"""The day that only the title of a sheet says: 2025年3月5日清扫活动签到表, Clean-up on 5 March 2025, attendance."""

from __future__ import annotations

import re
from collections.abc import Iterable

#: A whole day, and one that lacks its year, which the command line may give.
YEAR = r"(?:19|20)\d\d"
DAY = rf"{YEAR}\s*[年./-]\s*\d{{1,2}}\s*[月./-]\s*\d{{1,2}}(?:\s*[日号])?(?!\d)"
OF_YEAR = r"(?<!\d)\d{1,2}月\d{1,2}[日号]"
MONTHS = "(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*"
ENGLISH = rf"(?<!\d)\d{{1,2}}\s+{MONTHS}\s+{YEAR}|{MONTHS}\s+\d{{1,2}},?\s+{YEAR}"
DAYS = re.compile(rf"{DAY}|{ENGLISH}|{OF_YEAR}", re.IGNORECASE)
TIMES = re.compile(r"\d{1,2}[:：]\d{2}\s*[-–—−~～至到]+\s*\d{1,2}[:：]\d{2}")
#: What joins two days, the second of which may be a number alone: 3月5日-8日.
SPANS = re.compile(r"\s*(?:[-–—−~～至到、,，和及&+]|to\b|until\b|and\b)\s*\d", re.IGNORECASE)
SPANNED = re.compile(r"\d\s*[日号]?\s*(?:[-–—−~～至到、,，和及&+]|to|until|and)\s*$", re.IGNORECASE)
#: What gives a day a meaning of its own: 填报日期：2025-03-31.
LABEL = re.compile(r"[^\W\d]\s*[:：]")
#: Whose title has the day on which something took place, and whose that on which it was counted, written or printed.
HELD = re.compile(
    "签到|签退|考勤|活动|登记|记录|值班|值守|出勤|服务|报名|参加|捐|接收|sign|attendance|activit|event|session|record|shift|"
    "volunteer|donat|gift|received|roster",
    re.IGNORECASE,
)
MADE = re.compile(
    "统计|汇总|累计|总计|合计|台账|截[至止]|制表|填表|填报|上报|打印|导出|更新|生成|编制|年度|月度|季度|名册|花名册|版|前|起|"
    "summar|total|as of|printed|export|updated|created|until|since|by |report",
    re.IGNORECASE,
)


def day_in_titles(titles: Iterable[str]) -> str | None:
    """The one day that titles say for all rows below, with its times where they stand there too; None without one.

    Two days, a span of days and a day on which a list was made say nothing of when a row took place.
    """
    dated = [title for title in titles if DAYS.search(title) and not LABEL.search(title)]
    return _day_in(dated[0]) if len(dated) == 1 else None


def _day_in(title: str) -> str | None:
    """The day of a title, with its times; None where it has several, or was only made on it."""
    days = list(DAYS.finditer(title))
    if len(days) != 1 or MADE.search(title) or not HELD.search(title):
        return None
    (day,) = days
    behind = title[day.end() :]
    times = TIMES.search(behind)
    if _is_spanned(title[: day.start()], behind):
        return None
    return f"{day[0]} {times[0]}" if times else day[0]


def _is_spanned(before: str, behind: str) -> bool:
    """Whether another day stands before or behind one; times that follow on a day are none."""
    follows = SPANS.match(behind) and not TIMES.match(behind.lstrip())
    return bool(SPANNED.search(before) or follows)
