"""What columns hold of people, and what is hidden of it in the history and in command lines."""

from __future__ import annotations

import re
import shlex
from collections.abc import Collection, Iterable, Iterator
from typing import Any

from sqlalchemy import Column

from volunteer_cli.core.errors import BadText
from volunteer_cli.core.models import PRIVATE, Base, Holds
from volunteer_cli.core.text import is_door, is_long_number, mask_digits, parse_address

HIDDEN = "*"
#: 3-2-501, as households are named on command lines: beyond the building an address is hidden as in lists.
ADDRESS = re.compile(r"^(\d{1,3}|[A-Za-z])-(?:\w{1,2}-)?\d{3,4}[A-Za-z]?(?:/\d{1,3})?$")


def holds(column: Column[Any]) -> Holds | None:
    """What a column holds; None for the id, and for tables that are no data."""
    return column.info.get("holds")


def is_masked(column: Column[Any]) -> bool:
    """Whether those see nothing of a column who gave no reason to see it."""
    masked: bool = column.info.get("masked", holds(column) in PRIVATE)
    return masked


def is_hidden(column: Column[Any]) -> bool:
    """Whether a column holds what was said in confidence: nothing of it is shown without a reason."""
    confidential: bool = column.info.get("hidden", False)
    return confidential


def masked_values(table: str, values: dict[str, Any]) -> dict[str, Any]:
    """Stored values of a table by column, as the history shows them."""
    columns = Base.metadata.tables[table].columns
    return {name: _masked(columns.get(name), value) for name, value in values.items()}


def _masked(column: Column[Any] | None, value: Any) -> Any:
    if value and column is not None and is_hidden(column):
        return HIDDEN
    if value and (column is None or is_masked(column)):
        return hidden(str(value))
    return mask_digits(value) if isinstance(value, str) else value


def hidden(text: str) -> str:
    """What those see of a private value who gave no reason to see it: of a number its ends, as in lists."""
    return mask_digits(text) if is_long_number(text) else HIDDEN


def without_confidences(words: Iterable[str], confidences: Collection[str]) -> tuple[str, ...]:
    """The words of a command line as they are kept: in the place of what was said in confidence a star."""
    return tuple(_kept(word, confidences) for word in words)


def _kept(word: str, confidences: Collection[str]) -> str:
    if word in confidences:
        return HIDDEN
    option, sign, value = word.partition("=")
    return f"{option}={HIDDEN}" if sign and option.startswith("--") and value in confidences else word


def masked_line(line: str) -> str:
    """A command line as it was typed, without what fills a masked column and without long numbers."""
    try:
        words = shlex.split(line)
    except ValueError:
        # An open quote: the line is shown by its numbers alone, as it cannot be taken apart.
        return mask_digits(line)
    return " ".join(_masked_words(words))


def _masked_words(words: list[str]) -> Iterator[str]:
    private = masked_options(_noun_of(words))
    before = ""
    for word in words:
        option, sign, value = word.partition("=")
        if before in private:
            yield hidden(word)
        elif sign and option in private:
            yield f"{option}={hidden(value)}"
        else:
            yield _without_door(word) or mask_digits(shlex.quote(word))
        before = word


def _noun_of(words: list[str]) -> str:
    """The table that the first word which is one means."""
    # A field is kept as a custom one: `field add person vehicle --kind choice` is about no person.
    names = (name for word in words for name in (word, f"custom_{word}"))
    return next((name for name in names if name in Base.metadata.tables), "")


def _without_door(word: str) -> str | None:
    """The building of an address, 3-* for 3-2-501 and 3号楼2单元501室; None where a word is none."""
    if match := ADDRESS.match(word):
        return f"{match[1]}-{HIDDEN}"
    try:
        address = parse_address(word)
    except BadText:
        return None
    return f"{address.building}-{HIDDEN}" if is_door(address) else None


def masked_options(noun: str) -> frozenset[str]:
    """The options of a noun's commands that fill a masked column: of its own table, else of any that there is."""
    tables = Base.metadata.tables
    # Of all tables: an unknown noun is masked by what any table calls private.
    masked = {column.name for table in tables.values() for column in table.columns if is_masked(column)}
    if noun in tables:
        masked -= {column.name for column in tables[noun].columns if not is_masked(column)}
    # Why something was done is the operation's own word, and stands beside it in the history.
    return frozenset(f"--{name.replace('_', '-')}" for name in masked - {"reason"})
