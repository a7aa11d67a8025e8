"""The lines of a script and their words, split as a shell splits them; nothing is expanded."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

# A command ends at \n or \r\n outside quotes and nowhere else: the other line separators of Unicode are
# characters like any other, or a note could end its line and begin a command of its own.
_PIECES = r"""
    (?P<blank>[ \t]+)
  | (?P<end>\r?\n|\r\Z)
  | (?P<joined>\\(?:\r?\n|\Z))
  | '(?P<single>[^']*)'
  | "(?P<double>(?:[^"\\]|\\.)*)"
  | \\(?P<escaped>.)
  | (?P<plain>(?:(?!\r\n|\r\Z)[^ \t\n'"\\])+)
"""
_INSIDE_WORD = re.compile(_PIECES, re.VERBOSE | re.DOTALL)
#: A comment begins only where a word may begin: `3#2-501` is an address.
_BETWEEN_WORDS = re.compile(r"(?P<comment>\#[^\n]*) |" + _PIECES, re.VERBOSE | re.DOTALL)
# POSIX, Shell Command Language 2.2.3: within double quotes a backslash escapes these signs and no others.
_ESCAPED_IN_QUOTES = re.compile(r"\\(?:([$`\"\\])|\r?\n)", re.DOTALL)


@dataclass(frozen=True)
class Line:
    """A command of a script, with the number of its first line; without words, its quote is never closed."""

    number: int
    text: str
    words: tuple[str, ...] | None


@dataclass
class _Reader:
    """Goes through a script piece by piece, and holds the command and the word that are not finished."""

    script: str
    place: int = 0
    words: list[str] = field(default_factory=list)
    word: str | None = None

    def read_piece(self) -> str | None:
        """Take one piece and answer what it is, or None where a quote is never closed."""
        pattern = _BETWEEN_WORDS if self.word is None else _INSIDE_WORD
        piece = pattern.match(self.script, self.place)
        if piece is None:
            return None
        self.place = piece.end()
        self._take(str(piece.lastgroup), piece[str(piece.lastgroup)])
        return piece.lastgroup

    def read_command(self) -> tuple[str, ...] | None:
        """The words up to the end of the line, or None when a quote is never closed."""
        self.words = []
        while self.place < len(self.script):
            kind = self.read_piece()
            if kind is None:
                return None
            if kind == "end":
                break
        self._finish_word()
        return tuple(self.words)

    def _take(self, kind: str, text: str) -> None:
        if kind in ("blank", "end", "comment"):
            self._finish_word()
        elif kind == "double":
            self.word = (self.word or "") + _ESCAPED_IN_QUOTES.sub(lambda match: match[1] or "", text)
        elif kind != "joined":
            self.word = (self.word or "") + text

    def _finish_word(self) -> None:
        if self.word is not None:
            self.words.append(self.word)
        self.word = None


def lines_of(script: str) -> Iterator[Line]:
    """The commands of a script; one whose quote is never closed has no words and is the last."""
    reader = _Reader(script)
    number = 1
    while (start := reader.place) < len(script):
        words = reader.read_command()
        if words is None:
            yield Line(number, script[start:].partition("\n")[0].strip(), None)
            return
        if words:
            yield Line(number, script[start : reader.place].strip(), words)
        number += script.count("\n", start, reader.place)


def unfinished(line: str) -> tuple[list[str], str, int]:
    """Of a line that is being typed the whole words, the last word so far, and where that begins."""
    reader = _Reader(line)
    start = 0
    while reader.place < len(line):
        start = reader.place if reader.word is None else start
        if reader.read_piece() is None:
            # A quote is open still: what stands behind it is the word so far.
            return reader.words, (reader.word or "") + line[reader.place + 1 :], start
    if reader.word is None:
        return reader.words, "", len(line)
    return reader.words, reader.word, start
