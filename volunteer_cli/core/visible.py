"""Text that is safe on a terminal: the one function through which all goes that comes from people or files."""

from __future__ import annotations

import re

SPACES = r"[\t\n\v\f\r\x1c-\x1f\x85\u2028\u2029]+"
#: Controls beyond ASCII, changes of direction, and what no encoding can hold; for a character class.
STEERING = "\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2028\u2029\u2066-\u2069\ud800-\udfff"
UNSAFE = f"[\x00-\x1f{STEERING}]"


def harmless(text: str) -> str:
    """The text on one line, without what could steer a terminal or turn the direction of reading."""
    # Unicode calls little printable that is not harmless; the patterns are for the rest.
    if text.isprintable() or not re.search(UNSAFE, text):
        return text
    return re.sub(UNSAFE, "\ufffd", re.sub(SPACES, " ", text))


def escaped(text: str) -> str:
    """The text as a page of HTML or a drawing holds it: harmless, and no markup."""
    # Here, for its table of entities would be built at the start of every command.
    from html import escape

    return escape(harmless(text))
