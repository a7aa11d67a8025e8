"""Several things in one word: `232-240,245` is each of these ids, `BINHU-V0007..0009` each of these numbers."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from unicodedata import normalize

#: No id begins with a nought, but numbers of other offices and of phones do.
_ID = r"[1-9][0-9]{0,14}"
#: A number of ours: the code of a community, a letter or a year, and digits.
_NUMBER = r"[A-Za-z][A-Za-z0-9-]*?[0-9]{3,9}"
_IDS = re.compile(rf"(?P<first>{_ID})(?:(?:[-–]|\.\.)(?P<last>{_ID}))?")
_NUMBERS = re.compile(rf"(?P<first>{_NUMBER})(?:\.\.(?P<last>{_NUMBER}|[0-9]{{3,9}}))?")
_DIGITS = re.compile(r"[0-9]+\Z")
#: A range of more ids than anybody means by one is taken for what it looks like: a number of another office.
LONGEST_RANGE = 10_000


def each_of(texts: Iterable[str], *, ranges: bool = True) -> Iterator[str]:
    """The texts, of which one that lists ids is each of its ids.

    Where a dash between ids means something else, as in the address 3-501, there are no `ranges` but 3..501.
    """
    for text in texts:
        yield from _parts(text, ranges=ranges) or [text]


def range_of(text: str) -> range | None:
    """The ids of a single range, however many they are; None for any other text."""
    ends = _IDS.fullmatch(normalize("NFKC", text.strip()))
    return range(int(ends["first"]), int(ends["last"]) + 1) if ends and ends["last"] else None


def _parts(text: str, *, ranges: bool) -> list[str] | None:
    """The ids or numbers that are listed, or None where it is no list of them."""
    # Where Chinese is typed, digits and dashes are often as wide as its signs.
    words = re.split("[,，、]", normalize("NFKC", text.strip()))
    parts = [_ids(word, ranges=ranges) or _numbers(word) for word in words]
    return [part for each in parts if each for part in each] if all(parts) else None


def _ids(word: str, *, ranges: bool) -> list[str] | None:
    ends = _IDS.fullmatch(word)
    if ends is None or not (ranges or ".." in word or ends["last"] is None):
        return None
    return _spanned(int(ends["first"]), int(ends["last"] or ends["first"]))


def _numbers(word: str) -> list[str] | None:
    """A number, or those from one to another of the same series, as many digits long."""
    ends = _NUMBERS.fullmatch(word)
    if ends is None:
        return None
    if ends["last"] is None:
        return [word]
    series, first = _split(ends["first"])
    other, last = _split(ends["last"])
    if other.upper() not in ("", series.upper()):
        return None
    numbers = _spanned(int(first), int(last))
    return numbers and [f"{series}{number.zfill(len(first))}" for number in numbers]


def _split(number: str) -> tuple[str, str]:
    digits = _DIGITS.search(number)
    place = digits.start() if digits else len(number)
    return number[:place], number[place:]


def _spanned(first: int, last: int) -> list[str] | None:
    return [str(key) for key in range(first, last + 1)] if 0 <= last - first < LONGEST_RANGE else None
