"""What people write, read by a list of forms: each a pattern beside the function that reads it."""

from __future__ import annotations

import re
import sys
import unicodedata
from functools import cached_property
from typing import TYPE_CHECKING, Any, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

Value = TypeVar("Value")

#: A pattern: a whole number in digits or in Chinese numerals; `number` reads it.
NUMBER = r"(?:\d+|[零〇一二两三四五六七八九十百千万]+)"

_DIGITS = {sign: value for value, sign in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_SCALES = {"十": 10, "百": 100, "千": 1000}


class Grammar(Generic[Value]):
    """Forms in order; the first whose pattern fits the whole text reads it."""

    def __init__(self) -> None:
        self._forms: list[tuple[str, Callable[..., Value]]] = []

    def form(self, pattern: str) -> Callable[[Callable[..., Value]], Callable[..., Value]]:
        """Decorate the reader of a pattern; it is called with the pattern's named groups as keywords."""

        def add(reader: Callable[..., Value]) -> Callable[..., Value]:
            self._forms.append((pattern, reader))
            return reader

        return add

    def read(self, text: str, *context: Any) -> Value | None:
        """What the text means; None when no form fits, ValueError when one fits and means nothing possible."""
        for pattern, reader in self._compiled:
            if match := pattern.fullmatch(text):
                return reader(*context, **match.groupdict())
        return None

    # Compiled when first needed: a command that reads no date does not pay for the patterns of dates.
    @cached_property
    def _compiled(self) -> list[tuple[re.Pattern[str], Callable[..., Value]]]:
        return [(re.compile(pattern), reader) for pattern, reader in self._forms]


def plain(text: str) -> str:
    """The text as grammars read it: NFKC, lower case, single spaces."""
    return " ".join(unicodedata.normalize("NFKC", text).lower().split())


#: Traditional characters of dates and times as simplified ones, and signs that look like a colon.
_SIMPLIFIED = str.maketrans("點時鐘鍾個兩後間裡裏號週禮萬∶ː꞉", "点时钟钟个两后间里里号周礼万:::")


def spoken(text: str) -> str:
    """The text as grammars of dates and times read it: plain, in simplified characters, no space around a colon."""
    return re.sub(" ?: ?", ":", plain(text).translate(_SIMPLIFIED))


#: So many digits no number of the field has; Python itself reads no more than 4300.
MOST_DIGITS = 1000


def number(text: str) -> int:
    """The whole number that digits or Chinese numerals name: 12, 十二, 二〇二五, 一百五 (150).

    What has more digits than any number of the field is the largest there is.
    """
    if len(text) > MOST_DIGITS:
        return sys.maxsize
    if text.isdecimal():
        return int(text)
    if any(sign in _SCALES or sign == "万" for sign in text):
        return _scaled(text)
    # Read digit by digit, as years are: 二〇二五.
    return int("".join(str(_DIGITS[sign]) for sign in text))


def _scaled(text: str) -> int:
    """The number that a text with 十, 百, 千 or 万 names."""
    high, myriad, low = text.rpartition("万")
    section, digit, _place = _section(high.rpartition("万")[2], 1)
    myriads = section + digit
    # A last digit without its scale counts the next lower one: 三万五 is 35,000.
    section, digit, place = _section(low, 1000 if myriad else 1)
    return myriads * 10_000 + section + digit * place


def _section(text: str, place: int) -> tuple[int, int, int]:
    """The sum of digits with a scale, the last digit if it has none, and what that one would count."""
    section = digit = 0
    for sign in text:
        if sign in "零〇":
            # 一百零五 is 105 where 一百五 is 150.
            digit, place = 0, 1
        elif sign in _DIGITS:
            digit = _DIGITS[sign]
        else:
            scale = _SCALES[sign]
            section, digit, place = section + (digit or 1) * scale, 0, scale // 10
    return section, digit, place


def number_text(value: float) -> str:
    """A number cell as it would be typed: 12.0 is 12, 1958.1 is 1958.1, never 1e+06."""
    return str(int(value)) if value == value // 1 and abs(value) < 1e17 else f"{value:.10g}"
