"""Texts within the columns of a terminal, of which a Chinese character takes two.

The library `wcwidth` measures; where a line of Chinese may end is said here, for no library that we know of
keeps 。 and ） off the beginning of a line (GB/T 15834, the standard of punctuation, asks for it).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from shutil import get_terminal_size

#: Signs that begin no line, and signs that end none.
CLOSING = "，。、；：？！”’）》〉】」』〕…—～·,.;:?!)]}%％"
OPENING = "“‘（《〈【「『〔([{"
#: A word of letters and digits with what is joined to it, one wide character, or a space.
PIECE = re.compile(r"\s+|[\x21-\x7e\u00a0-\u2fff\uff61-\uffdc]+|.", re.DOTALL)
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

    It is broken at spaces and between Chinese characters; a word is cut only where it is wider than a line.
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
            head = clipped(line, width)
            yield head
            line = indent + line[len(head) :]
    yield line.rstrip()


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
    for end, letter in enumerate(text):
        taken += measured(letter)
        if taken > width:
            return text[: max(end, 1)]
    return text


def shortened(text: str, width: int) -> str:
    """The text within `width` columns, its end replaced by … where it is longer; for labels of pictures alone."""
    return text if measured(text) <= width else f"{clipped(text, width - 1).rstrip()}…"
