"""The columns of a view that follow from the fields that an area declares."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from volunteer_cli.core.fields import Field
from volunteer_cli.core.kinds import Kind
from volunteer_cli.output.view import Column


def columns(
    fields: Iterable[Field], loads: Mapping[str, Callable[..., Any]] | None = None
) -> Iterator[Column]:
    """A column for each field; `loads` fetches those that are no attribute of the record."""
    for field in fields:
        yield Column(
            field.name,
            field.title,
            field.kind,
            load=(loads or {}).get(field.name),
            default=() if field.kind is Kind.LIST else None,
            table=field.listed,
            shown=field.shown,
            at_home=field.at_home,
            choices=field.choices,
        )
