"""Each card speaks of things that are there, and nothing that a card must tell has been forgotten."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any, get_args

import pytest

from volunteer_cli import areas
from volunteer_cli.core.cards import GROUPS, Area, Hook, Lazy
from volunteer_cli.core.i18n import in_all_languages, languages
from volunteer_cli.core.models import Base
from volunteer_cli.output.rows import MASKED
from volunteer_cli.output.view import View

PACKAGE = Path(areas.__file__).parent


def places(card: Area) -> Iterator[Lazy]:
    """All that a card refers to."""
    for entries in (card.nouns, card.things, card.imports, card.watches):
        yield from (value for entry in entries for value in vars(entry).values() if isinstance(value, Lazy))
    for part in get_args(areas.Part):
        yield from getattr(card, part)
    yield from (*card.verbs.values(), *card.columns.values(), *card.hooks.values(), *card.looks.values())
    if card.titles is not None:
        yield card.titles


PLACES = [place for card in areas.cards() for place in places(card)]


def test_every_area_has_its_line() -> None:
    """A folder with a card that no line names would be a dead area."""
    assert {path.parent.name for path in PACKAGE.glob("*/area.py")} == set(areas.AREAS)


@pytest.mark.parametrize("place", PLACES, ids=lambda place: f"{place.module}:{place.name}")
def test_every_reference_of_every_card_resolves(place: Lazy) -> None:
    assert place.load() is not None


def test_a_card_knows_its_own_rooms_only() -> None:
    for name, card in zip(areas.AREAS, areas.cards(), strict=True):
        assert all(place.module.startswith(f"volunteer_cli.{name}.") for place in places(card))


def test_names_are_given_once() -> None:
    cards = areas.cards()
    assert len(areas.nouns()) == sum(len(card.nouns) for card in cards)
    assert len(areas.things()) == sum(len(card.things) for card in cards)
    assert len(areas.imports()) == sum(len(card.imports) for card in cards)
    assert all(noun.group in GROUPS for noun in areas.nouns().values())


@pytest.mark.parametrize("kind", areas.imports().values(), ids=lambda kind: kind.kind)
def test_a_sheet_is_called_what_its_card_says(kind: Any) -> None:
    assert kind.sheet.load().kind == kind.kind


def test_things_are_stored_where_their_card_says() -> None:
    from volunteer_cli.core.models import Base

    areas.load_models()
    for thing in areas.things().values():
        table = Base.metadata.tables[thing.stored_in]
        assert {*thing.completed_by, *thing.heard_by} <= set(table.columns.keys())


@pytest.mark.parametrize(
    ("room", "part"),
    [
        ("checks", "checks"),
        ("reports", "reports"),
        ("worklist", "tasks"),
        ("quality", "flaws"),
        ("overview", "overview"),
        ("annual", "annual"),
    ],
)
def test_no_room_is_left_off_its_card(room: str, part: str) -> None:
    for name, card in zip(areas.AREAS, areas.cards(), strict=True):
        if name != "reports" and (PACKAGE / name / f"{room}.py").is_file():
            assert any(place.module.endswith(f".{room}") for place in getattr(card, part)), name


def test_no_hook_is_left_off_its_card() -> None:
    """What guards.py declares under the name of a hook is called."""
    for name, card in zip(areas.AREAS, areas.cards(), strict=True):
        if (PACKAGE / name / "guards.py").is_file():
            guards = __import__(f"volunteer_cli.{name}.guards", fromlist=["guards"])
            assert {hook for hook in get_args(Hook) if hasattr(guards, hook)} <= set(card.hooks), name


def test_no_policies_are_left_off_their_card() -> None:
    for name, card in zip(areas.AREAS, areas.cards(), strict=True):
        if (PACKAGE / name / "terms.py").is_file():
            terms = import_module(f"volunteer_cli.{name}.terms")
            assert hasattr(terms, "POLICIES") == bool(card.policies), name


@pytest.mark.parametrize("hook", get_args(Hook))
def test_every_hook_is_asked_and_answered(hook: Hook) -> None:
    """A hook that nobody asks for would let an area's answer go unheard."""
    assert areas.hooks(hook)
    sources = (path.read_text(encoding="utf-8") for path in PACKAGE.rglob("*.py"))
    assert any(f'hooks("{hook}")' in source for source in sources)


def tables_of(area: str) -> set[str]:
    """The tables that the models of an area declare; those of the core, which has no card, are with the commands about the whole."""
    areas.load_models()
    room = f"volunteer_cli.{'core' if area == 'admin' else area}."
    mappers = Base.registry.mappers
    return {
        str(mapper.persist_selectable)
        for mapper in mappers
        if f"{mapper.class_.__module__}.".startswith(room)
    }


def test_every_table_has_its_title_on_the_card_of_its_area() -> None:
    for name, card in zip(areas.AREAS, areas.cards(), strict=True):
        titles = set(card.titles.load().tables) if card.titles else set()
        assert titles == tables_of(name), name


def test_titles_of_columns_are_those_of_columns_that_are_there() -> None:
    for name, card in zip(areas.AREAS, areas.cards(), strict=True):
        tables = [Base.metadata.tables[table] for table in tables_of(name)]
        columns = {column.name for table in tables for column in table.columns}
        assert set(card.titles.load().columns if card.titles else ()) <= columns, name


def test_people_read_every_table_and_column_of_the_history_in_their_language() -> None:
    areas.load_models()
    titles = areas.titles()
    columns = {column.name for table in Base.metadata.tables.values() for column in table.columns}
    read = {*titles.tables.values()}
    read |= {titles.columns.get(name, name.replace("_", " ").capitalize()) for name in columns}
    assert [title for title in read if len(set(in_all_languages(title))) < len(languages())] == []


#: Views that are shown within others, whose look is kept under the name of those.
WITHIN = {"callers", "changes", "merged"}


def test_every_view_with_something_to_reveal_is_on_its_card() -> None:
    for name, view in views():
        masked = any(column.masked or column.hidden or column.kind in MASKED for column in view.columns)
        if masked and view.name not in WITHIN:
            assert areas.looks()[view.name].load() is view, name


def test_looks_are_kept_under_the_names_of_their_views() -> None:
    assert {name: place.load().name for name, place in areas.looks().items()} == {
        name: name for name in areas.looks()
    }


def views() -> Iterator[tuple[str, View]]:
    """The views of all areas, each with the module that declares it."""
    for area in areas.AREAS:
        for path in sorted((PACKAGE / area).rglob("*.py")):
            name = ".".join(("volunteer_cli", *path.relative_to(PACKAGE).with_suffix("").parts))
            if "views" in name or path.stem == "documents":
                module = import_module(name)
                yield from ((name, each) for each in vars(module).values() if isinstance(each, View))
