"""Words of a command line as they have to be typed."""

from __future__ import annotations

import re


def quoted(word: str) -> str:
    """A word as it has to be typed, in quotes where it has spaces or signs that mean something."""
    if word and not re.search(r"[\s'\"\\$`!*?;&|<>(){}]|^[#~]", word):
        return word
    return "'" + word.replace("'", "'\\''") + "'"
