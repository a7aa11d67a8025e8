"""The headings that are known, as a list that people can look into: for each field of a kind all of its words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from volunteer_cli.core.i18n import N_, NC_, _
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


def known_headings(sheet: Sheet) -> Iterable[Known]:
    """What a sheet of the kind may call its columns; the name of a field is a heading too."""
    either = {name for names in sheet.one_of for name in names}
    for each in sheet.fields:
        yield Known(each.name, _(each.title), each.required or each.name in either, _words_of(each))


def _words_of(field: Field) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*field.headings, field.name)))
