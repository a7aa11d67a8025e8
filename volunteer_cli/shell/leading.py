"""What follows a command: the next one, with the values of this one filled in."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from volunteer_cli.areas import followers
from volunteer_cli.core.cards import Lazy
from volunteer_cli.core.i18n import placeholder
from volunteer_cli.core.run import run
from volunteer_cli.output.options import options
from volunteer_cli.shell.quoting import quoted
from volunteer_cli.shell.typed import Typed

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

PLACE = re.compile(r"\{(\w+)\}")
#: More records than this make no command that anybody wants to read.
MOST_NAMED = 12


class NothingToFillError(Exception):
    """A command that follows needs a value that this one does not have."""


def next_step(session: Session, records: Any) -> str:
    """The command which follows the one at work, as it can be typed; empty where none does."""
    opened = run().work
    if opened is None or run().batched or run().given.dry_run:
        return ""
    template = followers().get(opened.command, "")
    if isinstance(template, Lazy):
        template = template.load()(session, records)
    return _line(template, {**_typed(), **_told(records)}) if template else ""


def _line(template: str, values: Mapping[str, Any]) -> str:
    try:
        return "volunteer " + " ".join(_words(template, values))
    except NothingToFillError:
        return ""


def _words(template: str, values: Mapping[str, Any]) -> Iterator[str]:
    """The words of a command; an option whose value are several stands before each of them."""
    before = ""
    for word in template.split():
        place = PLACE.fullmatch(word)
        for number, value in enumerate(_filled(place[1], values) if place else [placeholder(word)]):
            if number and before.startswith("--"):
                yield before
            yield value
        before = word


def _filled(name: str, values: Mapping[str, Any]) -> list[str]:
    """The values of a place, each as a word of a shell; raises NothingToFillError."""
    value = values.get(name)
    several = value if isinstance(value, list | tuple) else [value]
    if not several or None in several:
        raise NothingToFillError
    return [quoted(each.text if isinstance(each, Typed) else str(each)) for each in several]


def _typed() -> Mapping[str, Any]:
    """What was typed, by the names of the command's parameters."""
    return options().typed


def _told(records: Any) -> dict[str, Any]:
    """The records of the outcome: `it` is the only one, `ids` are all of them."""
    several = records if isinstance(records, list) else [records]
    named = [_name_of(record) for record in several[: MOST_NAMED + 1]]
    return {
        "it": named[0] if len(named) == 1 else None,
        "ids": [_of(record, "id") for record in several] if len(several) <= MOST_NAMED else None,
    }


def _name_of(record: Any) -> Any:
    """What a record is named by: its code, its number, else its id."""
    return next(filter(None, (_of(record, name) for name in ("code", "number", "id"))), None)


def _of(record: Any, name: str) -> Any:
    return record.get(name) if isinstance(record, Mapping) else getattr(record, name, None)
