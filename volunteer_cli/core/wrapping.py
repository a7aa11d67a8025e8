"""Texts within the columns of a terminal, of which a Chinese character takes two.

The library `wcwidth` measures; where a line of Chinese may end is said here, for no library that we know of
keeps 。 and ） off the beginning of a line (GB/T 15834, the standard of punctuation, asks for it).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from shutil import get_terminal_size

#: Signs that begin no line, and signs that end none.
CLOSING = "，。、；：？！”’）》〉】」』〕…—～·,.;:?!)]}%％"
OPENING = "“‘（《〈【「『〔([{"
#: What words of letters and digits are written with.
LETTERS = r"\x21-\x7e\u00a0-\u2fff\ufe00-\ufe0f\uff61-\uffdc"
#: What is joined to the sign before it: marks, colours of skin, and behind a joiner the next sign too.
JOINED = r"[\u0300-\u036f\u200d\u20e3\ufe00-\ufe0f\U0001f3fb-\U0001f3ff\U000e0100-\U000e01ef]|(?<=\u200d)."
#: A word with what is joined to it, one wide character or flag, or a space.
PIECE = re.compile(
    rf"\s+|(?:[{LETTERS}]|(?<=\u200d).)+|[\U0001f1e6-\U0001f1ff]{{2}}|.(?:{JOINED})*", re.DOTALL
)
#: One letter as it is seen.
LETTER = re.compile(rf"[\U0001f1e6-\U0001f1ff]{{2}}|.(?:{JOINED})*", re.DOTALL)
#: Behind these signs a word is cut that is wider than a line; never within a number or a date.
SIGN = re.compile(r"[-/_.:&?]+(?=[^\W\d])|,(?=\w)")
#: Those of them that part more than a word.
STRONG = re.compile(r"[,/&?]+(?=\w)")
#: A wider word may be cut, though not within a part of it that is narrower.
WIDEST_WORD = 24
#: The narrowest that a terminal is taken for.
NARROWEST = 20


def measured(text: str) -> int:
    """The columns that the text takes on a terminal; a Chinese character takes two."""
    if text.isascii():
        return len(text)
    from wcwidth import width

    return width(text)


def terminal_width() -> int:
    """The columns of the terminal, or what COLUMNS says."""
    return max(get_terminal_size().columns, NARROWEST)


def wrapped(text: str, width: int, *, indent: str = "") -> str:
    """The text in lines of at most `width` columns, the later ones behind an indent.

    It is broken at spaces and between Chinese characters; a word is cut only where it is wider than a line, behind a
    sign in it if that is not too near to its beginning.
    """
    lines = [line for part in text.split("\n") for line in _lines(part, width, indent)]
    return "\n".join(lines)


def _lines(text: str, width: int, indent: str) -> Iterator[str]:
    line = ""
    for unit in _units(text):
        if _seen(line + unit) <= width:
            line += unit
            continue
        if line.strip():
            yield line.rstrip()
            line = indent
        line += unit.lstrip()
        # A word wider than a whole line, as an address of the web is, is cut where the line ends.
        while _seen(line) > width:
            head = _head(line, width)
            yield head
            line = indent + line[len(head) :]
    yield line.rstrip()


def _head(line: str, width: int) -> str:
    """What of a word stands on this line that is wider than it."""
    head = clipped(line, width)
    for signs in (STRONG, SIGN):
        # One letter more, for a sign may stand at the very edge.
        ends = [sign.end() for sign in signs.finditer(line[: len(head) + 1]) if sign.end() <= len(head)]
        if ends and measured(head[: ends[-1]]) * 2 >= width:
            return head[: ends[-1]]
    return head


def words_of(text: str) -> list[str]:
    """The words of a text, of those that are very wide the parts behind whose signs they may be cut."""
    words = PIECE.findall(text)
    return [part for word in words for part in ([word] if measured(word) <= WIDEST_WORD else _parts(word))]


def _parts(word: str) -> list[str]:
    ends = [0, *(sign.end() for sign in SIGN.finditer(word)), len(word)]
    return [word[first:last] for first, last in pairwise(ends)]


def _seen(line: str) -> int:
    """The columns that are seen of a line: spaces at its end may stand beyond the edge."""
    return measured(line.rstrip())


def _units(text: str) -> Iterator[str]:
    """The smallest parts between which a line may end."""
    unit = ""
    for piece in PIECE.findall(text):
        joined = unit and (piece[0] in CLOSING or unit[-1] in OPENING or piece.isspace())
        if unit and not joined:
            yield unit
            unit = ""
        unit += piece
    if unit:
        yield unit


def clipped(text: str, width: int) -> str:
    """The beginning of the text that fits, at least one character."""
    end, taken = 0, 0
    for letter in LETTER.findall(text):
        taken += measured(letter)
        if taken > width:
            return text[: end or len(letter)]
        end += len(letter)
    return text


def shortened(text: str, width: int) -> str:
    """The text within `width` columns, its end replaced by … where it is longer; for labels of pictures alone."""
    return text if measured(text) <= width else f"{clipped(text, width - 1).rstrip()}…"
