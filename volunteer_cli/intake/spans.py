"""Start and end that stand in one cell, with or without their day: 2025年3月5日 9:00-11:00."""

from __future__ import annotations

import re
from datetime import date, datetime, time
from typing import TYPE_CHECKING, NamedTuple, TypeAlias
from unicodedata import normalize

from volunteer_cli.core.dates import parse_duration
from volunteer_cli.core.errors import BadDate, BadTime
from volunteer_cli.core.i18n import N_
from volunteer_cli.intake import parsers
from volunteer_cli.intake.cells import Cell, text_of
from volunteer_cli.intake.headings import LENGTH

if TYPE_CHECKING:
    from volunteer_cli.intake.sheet import Column

Clock: TypeAlias = time | datetime
PART = "(?:上午|下午|中午|晚上|晚间|早上|凌晨|傍晚)"
TIME = rf"{PART}?\s*\d{{1,2}}(?:[:：]\d{{2}}(?::\d{{2}})?|[点时](?:\d{{1,2}}分?|半|整)?)(?:\s*[ap]\.?m\.?)?|\d{{1,2}}\s*[ap]\.?m\.?"
SPAN = re.compile(
    rf"(?P<day>.*?)(?P<start>{TIME})\s*(?:-{{1,2}}|[–—−~～至到]+|to|until)\s*(?P<end>{TIME})", re.IGNORECASE
)
TIMES = re.compile(SPAN.pattern.removeprefix("(?P<day>.*?)"), re.IGNORECASE)
MOMENTS = re.compile(r"(?P<start>.+\d[:：]\d{2}.*?)\s*(?:[~～至到]| [-–—] )\s*(?P<end>.+\d[:：]\d{2}.*)")
#: What follows the times and adds nothing, and what stands between a day and them.
REMARK = re.compile(r"[(（][^)）]*[)）]\s*$")
SIGNS_OF_REMARK = re.compile("[()（）]")
#: A remark that adds nothing to a day and its times: the day of the week, the part of the day, the shift.
ADDS_NOTHING = re.compile(
    r"(?:星期|周|礼拜)[一二三四五六日天]|(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*\.?|[上下中]午|晚上|早上|全天|当天|[ap]\.?m\.?",
    re.IGNORECASE,
)
#: A time in the remark behind times: 9:00-11:00（9:10-11:00）.
OTHER_TIME = re.compile(r"\d[:：]\d{2}|\d点")
#: What a shift is called before its times: 早班 8:00-12:00; and the part of the day in which some count their hours.
SHIFT = re.compile(
    r"(?:(?:早|中|晚|夜|白|日|午|前夜|后夜|大夜|小夜|第?[一二三四五1-5]|[a-e甲乙丙丁])(?:班次?|场)|"
    r"(?:上午|下午|晚上|夜间)(?:班次?|场)?|(?:morning|afternoon|evening)(?:\s*(?:shift|duty))?|"
    r"(?:early|late|day|night|1st|2nd|3rd)\s*(?:shift|duty)|shift\s*[1-5a-e])[:：]?",
    re.IGNORECASE,
)
PARTS_OF_SHIFTS = (
    (re.compile("晚|evening", re.IGNORECASE), "晚上", range(5, 12)),
    (re.compile("中|下午|afternoon", re.IGNORECASE), "下午", range(1, 7)),
)
#: Times without a day are compared on any.
SOME_DAY = date(2000, 1, 1)
BETWEEN = " \t\n,，;；、"


REMARKED = N_("What stands in brackets would be lost: give it a column of its own, or delete it.")


class Span(NamedTuple):
    """What a cell says of day, start and end."""

    date: date | None
    start: Clock
    end: Clock


def span_of(cell: Cell, column: Column) -> Span | None:
    """The start and end in a cell; None where it holds no two times.

    Raises:
        BadDate, AmbiguousDate, BadTime: what stands beside or for them cannot be read.
    """
    if not isinstance(cell, str):
        return None
    whole = normalize("NFKC", text_of(cell))
    text = _remark_free(whole)
    match = SPAN.fullmatch(text)
    span = _moments(text, column) or (_span(match, column) if match else None)
    if span:
        _check_length(span, whole)
    return span


def _remark_free(whole: str) -> str:
    """A text without its last remark, unless that says the times: 早班（8:00-12:00）; raises BadTime for two of them."""
    bare = REMARK.sub("", whole).strip()
    remark = REMARK.search(whole)
    if remark and (SPAN.fullmatch(bare) or MOMENTS.fullmatch(bare)):
        _check_remark(SIGNS_OF_REMARK.sub("", remark[0]).strip(), whole)
    is_told = SPAN.fullmatch(bare) or bare == whole or not SPAN.search(whole)
    return bare if is_told else SIGNS_OF_REMARK.sub(" ", whole).strip()


def _check_remark(remark: str, whole: str) -> None:
    """Refuse what stands in brackets behind times, unless it only says once more what they say.

    Raises:
        BadTime: planned and real times stand together (9:10-11:00), or whether somebody came at all (请假, 迟到).
    """
    # Which of two times counts is not ours to say.
    if OTHER_TIME.search(remark):
        raise BadTime(value=whole)
    again = ADDS_NOTHING.fullmatch(remark) or SHIFT.fullmatch(remark) or LENGTH.fullmatch(remark)
    if remark and not again:
        raise BadTime(value=whole, hint=REMARKED)


def _check_length(span: Span, whole: str) -> None:
    """Refuse times beside which another length stands: 9:00-17:00（7小时）; raises BadTime."""
    remark = REMARK.search(whole)
    length = SIGNS_OF_REMARK.sub("", remark[0]).strip() if remark else ""
    if LENGTH.fullmatch(length) and parse_duration(length) != _minutes_between(span.start, span.end):
        raise BadTime(value=whole, hint=REMARKED)


def _minutes_between(start: Clock, end: Clock) -> int | None:
    """The minutes from a start to an end of one kind; None where only one of them has a day."""
    one, other = (
        value if isinstance(value, datetime) else datetime.combine(SOME_DAY, value) for value in (start, end)
    )
    return int((other - one).total_seconds()) // 60 if type(start) is type(end) else None


def _span(match: re.Match[str], column: Column) -> Span:
    before, start_text = match["day"].strip(BETWEEN), match["start"].strip()
    if SHIFT.fullmatch(before):
        before, start_text = "", _in_shift(before, start_text)
    on = parsers.day(before, column) if before else None
    start = parsers.clock(start_text, column)
    return Span(on, start, _end(start_text, match["end"], start, column))


def _in_shift(shift: str, start: str) -> str:
    """A start with the part of the day in which its shift is, where hours are counted from noon: 晚班 6:00-9:00."""
    hour = re.match(r"\d{1,2}", start)
    parts = (part for words, part, hours in PARTS_OF_SHIFTS if words.search(shift) and _is_in(hour, hours))
    return f"{next(parts, '')}{start}"


def _is_in(hour: re.Match[str] | None, hours: range) -> bool:
    return hour is not None and int(hour[0]) in hours


def _moments(text: str, column: Column) -> Span | None:
    """Two moments, each with its day; None where it is something else."""
    match = MOMENTS.fullmatch(text)
    if match is None:
        return None
    try:
        start, end = (parsers.clock(match[name].strip(), column) for name in ("start", "end"))
    except (BadTime, BadDate):
        return None
    return Span(None, start, end) if isinstance(start, datetime) and isinstance(end, datetime) else None


def _end(start_text: str, end_text: str, start: Clock, column: Column) -> Clock:
    """The end, which is in the part of the day of the start where it names none: 下午2:00-4:00."""
    part = re.match(PART, start_text)
    if part and not re.match(PART, end_text):
        try:
            end = parsers.ending(part[0] + end_text.strip(), column)
        except BadTime:
            end = None
        if isinstance(end, time) and isinstance(start, time) and end > start:
            return end
    return parsers.ending(end_text, column)


def day(cell: Cell, column: Column) -> date | Span:
    """A date, or a day with start and end."""
    return span_of(cell, column) or parsers.day(cell, column)


def beginning(cell: Cell, column: Column) -> Clock:
    """A moment, or a time alone; of start and end the start, for the end is kept by `times_in`."""
    span = span_of(cell, column)
    if span is None:
        return parsers.moment(cell, column)
    return (
        datetime.combine(span.date, span.start) if span.date and isinstance(span.start, time) else span.start
    )


def times_in(text: str) -> str:
    """The start and the end in a text, as they are written; nothing where it has not both."""
    found = TIMES.search(normalize("NFKC", text))
    return found[0] if found else ""


def clock(cell: Cell, column: Column) -> Clock | Span:
    """A time of day, or start and end."""
    try:
        return span_of(cell, column) or parsers.clock(cell, column)
    except BadDate:
        raise BadTime(value=text_of(cell)) from None
