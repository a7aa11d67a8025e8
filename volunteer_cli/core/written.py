"""Numbers that are shown as somebody wrote them: 3.50 and 1,200 are compared and added up, and stay what they were."""

from __future__ import annotations

import re
from typing import TypeAlias

from volunteer_cli.core.errors import BadNumber
from volunteer_cli.core.text import clean

#: So many digits a number has at most; more of them a spreadsheet does not keep (IEEE 754, binary64).
MOST_DIGITS = 15
_NUMBER = re.compile(r"[+-]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?|[+-]?\.\d+")
_SIGNS = str.maketrans({"−": "-", "、": ","})


class Whole(int):
    """A whole number, and how it was written."""

    written: str


class Decimal(float):
    """A number with a fraction, and how it was written."""

    written: str


#: A number that knows how it was written.
Written: TypeAlias = Whole | Decimal


def written_number(text: str) -> Written:
    """The number that a text is; raises BadNumber."""
    form = clean(text).translate(_SIGNS)
    digits = form.replace(",", "")
    if not _NUMBER.fullmatch(form) or sum(map(str.isdecimal, digits)) > MOST_DIGITS:
        raise BadNumber(value=text)
    number: Written = Decimal(digits) if "." in digits else Whole(digits)
    number.written = form
    return number
