"""What a sheet brings of a field that an area declares for all its uses."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from volunteer_cli.core import fields
from volunteer_cli.core.errors import VolunteerError
from volunteer_cli.core.kinds import Kind
from volunteer_cli.core.privacy import hidden
from volunteer_cli.core.text import mask_digits
from volunteer_cli.intake import parsers
from volunteer_cli.intake.cells import text_of
from volunteer_cli.intake.headings import REMARK, remark_of
from volunteer_cli.intake.names import remark_in
from volunteer_cli.intake.sheet import Column, Field, Parser

#: Long numbers: a spreadsheet's mark of text may be left before them.
NUMBERS = frozenset({Kind.PHONE, Kind.ID_NUMBER})
#: What a refusal must not show to whoever looks at the screen: of numbers the ends, of others nothing.
MASKS = {Kind.PHONE: mask_digits, Kind.ID_NUMBER: mask_digits, Kind.ADDRESS: hidden}


def brought(field: fields.Field, parse: Parser | None = None, **more: Any) -> Field:
    """The field of a sheet; `parse` reads cells that hold more than text, and `more` are other attributes.

    Without `parse` a cell is read as what is typed is.
    """
    more.setdefault("mask", MASKS.get(field.kind))
    if field.kind is Kind.LIST:
        more.setdefault("unite", parsers.all_of)
    elif field.name == "note":
        more.setdefault("unite", parsers.joined)
    more.setdefault("headings", field.headings)
    return Field(field.name, field.title, parse=parse or _parser(field), **more)


def _parser(field: fields.Field) -> Parser:
    if field.kind is Kind.DATE:
        return parsers.day
    if field.kind in NUMBERS:
        return lambda cell, column: field.taken(parsers.digits(cell), column)
    if field.kind is Kind.CHOICE:
        return _Choice(field)
    return lambda cell, column: field.taken(text_of(cell), column)


@dataclass(frozen=True)
class _Choice:
    """A parser of one of several values: what stands in brackets says it more exactly, as in 事业单位（学校）."""

    field: fields.Field

    def __call__(self, cell: Any, column: Column) -> Any:
        text = text_of(cell)
        for form in (remark_of(text), REMARK.sub("", text).strip()):
            with suppress(VolunteerError):
                return self.field.taken(form, column)
        return self.field.taken(text, column)

    def left_over(self, text: str, column: Column) -> str:
        """What stands in brackets beside the value, unless it is the value."""
        with suppress(VolunteerError):
            self.field.taken(remark_of(text), column)
            return ""
        return remark_in(text)
