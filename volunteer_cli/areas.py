"""The areas in the order in which they stand on each other, and what their rooms offer to the whole."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any

AREAS = (
    "communities",
    "organizations",
    "people",
    "teams",
    "training",
    "events",
    "hours",
    "recognition",
    "drives",
    "reports",
)
PACKAGE = Path(__file__).resolve().parent


def rooms(name: str) -> Iterator[ModuleType]:
    """The modules `name` (models, guards, checks …) of all areas that have such a room, lowest area first."""
    for area in AREAS:
        if (PACKAGE / area / f"{name}.py").is_file():
            yield import_module(f"volunteer_cli.{area}.{name}")


def guards(name: str) -> list[Any]:
    """What the areas hold against something, or do about it: the functions called `name` of their guards."""
    return [guard for module in rooms("guards") if (guard := getattr(module, name, None))]


def load_models() -> None:
    """Import every area's tables, for work that follows the foreign keys of the whole."""
    import_module("volunteer_cli.core.records")
    list(rooms("models"))
