"""A cell of a sheet, and what its text is."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from typing import TypeAlias

Cell: TypeAlias = str | float | date | datetime | time | timedelta | None

#: Above this a spreadsheet's number has lost digits, so it is shown as damaged numbers are.
EXACT = 1e15
#: Words that stand for the value of the cell above.
DITTO = frozenset({"同上", "〃", "″", '"', "“", "”", "''", "ditto", "ditto.", "do."})
#: What people put into a cell that has no value, and what our own lists put over a masked one.
NOTHING = frozenset(
    [
        "*",
        "-",
        "--",
        "---",
        "—",
        "——",
        "－",
        "/",
        "／",
        "\\",
        "无",
        "無",
        "none",
        "None",
        "n/a",
        "N/A",
        "#N/A",
        "不详",
        "未知",
        "不清楚",
        "不知道",
        "暂无",
        "待定",
    ]
)
#: What stands for a formula without a value, and what spreadsheets show for one that failed.
UNCALCULATED = "#NOT-CALCULATED"
FAILED = frozenset({UNCALCULATED, "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NULL!", "#NUM!"})
#: From here on are the signs of Chinese, Japanese and Korean.
EAST_ASIAN = "\u2e80"
#: The mark before a cell that is text whatever it looks like; names such as 't Hart begin like it.
TEXT_MARKS = ("'", "’")
ELISION = re.compile(r"['’](?:[a-z]\s|[snt]\b|\d\ds?\b)")


class Unparted(str):
    """A cell with items and numbers in it that could not be told apart: no quantity, even where it begins like one."""

    __slots__ = ()


def is_blank(cell: Cell) -> bool:
    """Whether a cell holds nothing but spaces."""
    return (
        cell is None
        or cell == ""
        or (isinstance(cell, str) and not cell.strip(" \t\r\n\v\f\u00a0\u3000\u200b\ufeff"))
    )


def says_ditto(cell: Cell) -> bool:
    """Whether the cell says that its value is that of the cell above."""
    return isinstance(cell, str) and "".join(cell.split()).casefold() in DITTO


def text_of(cell: Cell) -> str:
    """What a person reads in the cell; whole numbers without a decimal point, dates in ISO form."""
    if cell is None:
        return ""
    if isinstance(cell, str):
        return unguarded(cell)
    if isinstance(cell, float):
        return _number(cell)
    return _text_of_time(cell)


def _text_of_time(cell: date | time | timedelta) -> str:
    if isinstance(cell, datetime):
        # A day in a workbook is midnight of it.
        return cell.date().isoformat() if cell.time() == time() else cell.isoformat(" ", "minutes")
    if isinstance(cell, timedelta):
        minutes = round(cell.total_seconds() / 60)
        return f"{minutes // 60}:{minutes % 60:02}"
    return cell.isoformat("minutes") if isinstance(cell, time) else cell.isoformat()


def _number(value: float) -> str:
    if abs(value) >= EXACT:
        return f"{value:.5E}"
    return str(int(value)) if value == int(value) else repr(value)


def as_number(cell: Cell) -> Cell:
    """The number whose text the cell holds, or the cell as it is."""
    try:
        value = float(cell) if isinstance(cell, str) else None
    except ValueError:
        return cell
    return value if value is not None and _number(value) == cell else cell


def unguarded(text: str) -> str:
    """The text without what keeps a spreadsheet from taking it for a formula or a number: '=x, '12 or ="12"."""
    if text[:1] in TEXT_MARKS and len(text) > 1 and text[-1] not in TEXT_MARKS and not ELISION.match(text):
        return text[1:]
    return text[2:-1] if len(text) > 3 and text.startswith('="') and text.endswith('"') else text
