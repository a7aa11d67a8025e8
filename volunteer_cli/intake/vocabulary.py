"""The headings that are known, as a list that people can look into: for each field of a kind all of its words."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from volunteer_cli.core.i18n import N_, NC_, _, typography
from volunteer_cli.intake.sheet import Field, Sheet
from volunteer_cli.output.view import Column, Kind, View


@dataclass(frozen=True)
class Known:
    """A field of a kind with all headings that stand for it.

    Attributes:
        needed: whether a sheet must have it, or another one of its group.
    """

    field: str
    title: str
    needed: bool
    headings: tuple[str, ...]


KNOWN = View(
    "headings",
    N_("Headings"),
    (
        Column("field", N_("Field"), kind=Kind.CODE),
        Column("title", N_("Title")),
        Column("needed", NC_("field", "Needed"), kind=Kind.FLAG),
        Column("headings", N_("Headings"), kind=Kind.LIST),
    ),
)


#: What is written in characters, which those who read another script cannot use.
CHARACTERS = re.compile(r"[\u2e80-\u9fff]")


def known_headings(sheet: Sheet, *, every: bool) -> Iterable[Known]:
    """What a sheet of the kind may call its columns, or those of these words that the user can read.

    The name of a field is a heading too.
    """
    either = {name for names in sheet.one_of for name in names}
    for each in sheet.fields:
        words = _words_of(each, every=every or typography().breaks_anywhere)
        yield Known(each.name, _(each.title), each.required or each.name in either, words)


def _words_of(field: Field, *, every: bool) -> tuple[str, ...]:
    words = dict.fromkeys((*field.headings, field.name))
    return tuple(word for word in words if every or not CHARACTERS.search(word))
