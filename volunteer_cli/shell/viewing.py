"""Which fields a command may show, for completion: the views that its function imports."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from inspect import unwrap
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from volunteer_cli.output.view import View


def fields_of(command: Any) -> list[str]:
    """The names of the fields that a command shows, in their order; none where it shows no records."""
    if declared := getattr(command.callback, "fields", None):
        return list(declared())
    view = next(_views(command), None)
    return [column.name for column in view.columns] if view else []


def _views(command: Any) -> Iterator[View]:
    """The views that a command names in its function.

    No command declares its view beforehand: what it runs is imported inside it, and the names of what a function
    imports are part of its code.
    """
    from volunteer_cli.output.view import View

    names = unwrap(command.callback).__code__.co_names
    for room in names:
        if ".views" in room:
            module = import_module(room)
            yield from (view for name in names if isinstance(view := getattr(module, name, None), View))
