"""Several things in one word: `232-240,245` is each of these ids."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from unicodedata import normalize

#: Ids and ranges of ids. No id begins with a nought, but numbers of other offices and of phones do.
_LIST = re.compile(
    r"[1-9][0-9]{0,14}(?:[-–][1-9][0-9]{0,14})?(?:[,，、][1-9][0-9]{0,14}(?:[-–][1-9][0-9]{0,14})?)*"
)
#: A range of more ids than anybody means by one is taken for what it looks like: a number of another office.
LONGEST_RANGE = 10_000


def each_of(texts: Iterable[str], *, ranges: bool = True) -> Iterator[str]:
    """The texts, of which one that lists ids is each of its ids.

    Where a dash means something else, as in the address 3-501, there are no `ranges`.
    """
    for text in texts:
        parts = _parts(text.strip()) if ranges or not re.search("[-–－]", text) else None
        if parts is None:
            yield text
        else:
            yield from parts


def _parts(text: str) -> list[str] | None:
    """The ids that are listed, or None where it is no list of ids."""
    # Where Chinese is typed, digits and dashes are often as wide as its signs.
    text = normalize("NFKC", text)
    if not _LIST.fullmatch(text):
        return None
    ids: list[str] = []
    for part in re.split("[,，、]", text):
        first, *last = re.split("[-–]", part)
        span = range(int(first), int(last[0] if last else first) + 1)
        if not 0 < len(span) <= LONGEST_RANGE:
            return None
        ids += map(str, span)
    return ids
