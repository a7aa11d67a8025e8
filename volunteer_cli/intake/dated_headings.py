"""Headings of times and lengths with their day: 签到（3月5日）, 3月5日签退, or a day in the row above them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from volunteer_cli.intake.headings import DAY, REMARK, Heading, remark_of
from volunteer_cli.intake.sheet import Field
from volunteer_cli.intake.unfolding import Placed

WHOLE = re.compile(DAY)
BEFORE = re.compile(rf"(?P<day>{DAY})\s*(?P<rest>[^\W\d].*)")
BEHIND = re.compile(rf"(?P<rest>.*[^\W\d])\s*(?P<day>{DAY})")
#: The fields of which a heading may name the day.
TIMING = ("start", "end", "minutes")
#: 3.5 below a length, or behind it, is rather a number than a day.
NUMBER = re.compile(r"\d+[.]\d+")


def with_day_above(heading: Heading, field_of: Callable[[Heading], Field | None]) -> Heading:
    """The heading with its day as the group above it, where it has one and is one of times without it."""
    for day, rest in _parted(heading.text.strip()):
        bare = replace(heading, text=rest, groups=(day, *heading.groups))
        each = field_of(bare)
        if each and each.name in TIMING and not (each.name == "minutes" and NUMBER.fullmatch(day)):
            return bare
    return heading


def _parted(text: str) -> Iterable[tuple[str, str]]:
    """The ways in which a heading may be parted into day and rest."""
    remark = remark_of(text).strip()
    if WHOLE.fullmatch(remark):
        yield remark, REMARK.sub("", text).strip()
    for pattern in (BEFORE, BEHIND):
        if match := pattern.fullmatch(text):
            yield match["day"].strip(), match["rest"].strip()


def day_of_all(placed: Sequence[Placed]) -> str | None:
    """What stands above the columns of times and lengths alike; None where they differ, or where nothing does."""
    above = {each.heading.groups[0] for each in placed if each.field.name in TIMING and each.heading.groups}
    return above.pop() if len(above) == 1 else None
