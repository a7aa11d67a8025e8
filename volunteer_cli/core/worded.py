"""What is stored and typed as a code, and read in words."""

from __future__ import annotations

from typing import Self


class Worded(str):
    """A code as scripts have it, with the words in which people read it."""

    __slots__ = ("words",)

    words: str

    def __new__(cls, code: str, words: str) -> Self:
        """The code, read as `words`."""
        self = super().__new__(cls, code)
        self.words = words
        return self


def in_words(text: str) -> str:
    """A text as people read it."""
    return text.words if isinstance(text, Worded) else text
