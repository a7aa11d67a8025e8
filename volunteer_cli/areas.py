"""The areas in the order in which they stand on each other, and what their cards add to the whole."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

from volunteer_cli.core.cards import GROUPS, Area, Entry, Hook, Import, Lazy, Thing, Titles, Words

if TYPE_CHECKING:
    from volunteer_cli.core.work import Work

AREAS = (
    "communities",
    "fields",
    "organizations",
    "people",
    "households",
    "teams",
    "training",
    "events",
    "hours",
    "recognition",
    "exchange",
    "drives",
    "requests",
    "campaigns",
    "care",
    "mediation",
    "actions",
    "alliances",
    "reports",
    "admin",
)
Part: TypeAlias = Literal[
    "reports", "overview", "annual", "tasks", "flaws", "policies", "checks", "sql_views", "exports"
]
PACKAGE = Path(__file__).resolve().parent


@cache
def cards() -> tuple[Area, ...]:
    """The cards of all areas, lowest area first."""
    return tuple(import_module(f"volunteer_cli.{name}.area").AREA for name in AREAS)


@cache
def nouns() -> dict[str, Entry]:
    """The nouns by name, in the order of the help."""
    declared = [noun for card in cards() for noun in card.nouns]
    declared.sort(key=lambda noun: (GROUPS.index(noun.group), noun.place))
    return {noun.name: noun for noun in declared}


def verbs(noun: str) -> Iterator[Any]:
    """The verbs that areas add to a noun of another, lowest area first."""
    for card in cards():
        if noun in card.verbs:
            yield card.verbs[noun].load()


@cache
def things() -> dict[str, Thing]:
    """The kinds of things by name."""
    return {thing.kind: thing for card in cards() for thing in card.things}


@cache
def completed() -> dict[str, tuple[str | Words | Lazy, ...]]:
    """What completes arguments and options that name no kind of thing, by how help calls them or by their names."""
    return {name: sources for card in cards() for name, sources in card.completed.items()}


@cache
def imports() -> dict[str, Import]:
    """The kinds of sheets by name, in the order of the help."""
    declared = [kind for card in cards() for kind in card.imports]
    return {kind.kind: kind for kind in sorted(declared, key=lambda kind: kind.place)}


def gathered(part: Part) -> Iterator[Any]:
    """What the areas have of something whose places stand on their cards, lowest area first."""
    for card in cards():
        for place in getattr(card, part):
            yield from place.load()


def contributed(noun: str) -> Iterator[Any]:
    """The columns that areas add to the view of a noun, lowest area first."""
    for card in cards():
        if noun in card.columns:
            yield from card.columns[noun].load()


def hooks(name: Hook) -> list[Any]:
    """What the areas hold against something, or do about it, lowest area first."""
    return [card.hooks[name].load() for card in cards() if name in card.hooks]


def followed(work: Work) -> Iterator[str]:
    """What the areas do about what a unit of work has changed, in sentences; those that are not concerned stay unread."""
    recorder = work.recorder
    for card in cards():
        for watch in card.watches:
            # Asked before anything is imported: nine commands in ten touch nothing that a watch is
            # interested in.
            if any(map(recorder.touched, watch.touched)) or any(map(recorder.changed, watch.changed)):
                yield from watch.act.load()(work.session, recorder)


@cache
def followers() -> dict[str, str | Lazy]:
    """The command that follows another, by that one's noun and verb."""
    return {command: line for card in cards() for command, line in card.then.items()}


@cache
def titles() -> Titles:
    """What the tables of all areas and their columns are called, by the names that the database has for them."""
    every = [card.titles.load() for card in cards() if card.titles is not None]
    return Titles(
        tables={name: title for each in every for name, title in each.tables.items()},
        columns={name: title for each in every for name, title in each.columns.items()},
    )


@cache
def looks() -> dict[str, Lazy]:
    """The views with something to reveal, by the names under which the history keeps looks at them."""
    return {name: view for card in cards() for name, view in card.looks.items()}


def rooms(name: str) -> Iterator[ModuleType]:
    """The modules called `name` of all areas that have such a room, lowest area first."""
    for area in AREAS:
        if (PACKAGE / area / f"{name}.py").is_file():
            yield import_module(f"volunteer_cli.{area}.{name}")


def load_models() -> None:
    """Import every area's tables, for work that follows the foreign keys of the whole."""
    import_module("volunteer_cli.core.records")
    list(rooms("models"))
