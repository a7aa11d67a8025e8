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
class _Draft:
    """The command that is being read, and its word that is not finished."""

    words: list[str] = field(default_factory=list)
    word: str | None = None

    def take(self, kind: str, text: str) -> None:
        """Put the next piece to the word, or finish the word at a blank or at the end of the line."""
        if kind in ("blank", "end", "comment"):
            self.finish_word()
        elif kind == "double":
            self.word = (self.word or "") + _ESCAPED_IN_QUOTES.sub(lambda match: match[1] or "", text)
        elif kind != "joined":
            self.word = (self.word or "") + text

    def finish_word(self) -> None:
        """Put the word to the others."""
        if self.word is not None:
            self.words.append(self.word)
        self.word = None


def lines_of(script: str) -> Iterator[Line]:
    """The commands of a script; one whose quote is never closed has no words and is the last."""
    place, number, start = 0, 1, 0
    draft = _Draft()
    while place < len(script):
        pattern = _BETWEEN_WORDS if draft.word is None else _INSIDE_WORD
        piece = pattern.match(script, place)
        if piece is None:
            yield Line(number, script[start:].partition("\n")[0].strip(), None)
            return
        place = piece.end()
        kind = str(piece.lastgroup)
        draft.take(kind, piece[kind])
        if kind == "end" or place == len(script):
            draft.finish_word()
            if draft.words:
                yield Line(number, script[start:place].strip(), tuple(draft.words))
            number += script.count("\n", start, place)
            start, draft = place, _Draft()
