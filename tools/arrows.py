"""Draw what stands on what, and refuse an import that runs up, round in a circle, or from a rule to a screen.

    python tools/arrows.py            the drawing
    python tools/arrows.py --check    only what is wrong
    python tools/arrows.py --write    the drawing into docs/architecture.md

The floors are those of `volunteer_cli.areas`, between those that every area stands on and those that
stand on every area. A new folder has its place in that order before it may be imported.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

import grimp

from volunteer_cli.areas import AREAS

PACKAGE = "volunteer_cli"
PAGE = Path(__file__).resolve().parents[1] / "docs" / "architecture.md"
#: From the lowest: what knows no area, the areas, what knows all of them.
FLOORS = (
    *("core", "areas", "completion", "output", "intake", "reporting", "province", "shell"),
    *AREAS,
    *("door", "app", "__main__"),
)
#: Rooms of an area in which something is typed, read from a sheet or shown; rules and queries know none of it.
SCREENS = {
    *("commands", "views", "sheet", "matching", "donors", "documents", "area"),
    *("reports", "overview", "worklist", "quality", "annual", "contributed"),
}
#: Floors below the areas that only those rooms stand on.
SCREEN_FLOORS = {"completion", "output", "intake", "reporting", "shell"}
#: Areas of screens alone: they show what other areas keep.
SCREEN_AREAS = {"reports", "admin"}


class Arrow(NamedTuple):
    """One import: the module that imports, and the one that is imported."""

    importer: str
    imported: str

    def __str__(self) -> str:
        return f"{self.importer} → {self.imported}"


def arrows(*, annotations: bool = True) -> set[Arrow]:
    """All imports within the package, those inside functions too; names without the package.

    Without `annotations` those under TYPE_CHECKING are left out: they are never carried out, so a module
    at the bottom may name the type of what it keeps for others.
    """
    graph = grimp.build_graph(PACKAGE, cache_dir=None, exclude_type_checking_imports=not annotations)
    modules = graph.modules - {PACKAGE}
    return {
        Arrow(importer.removeprefix(f"{PACKAGE}."), imported.removeprefix(f"{PACKAGE}."))
        for importer in modules
        for imported in graph.find_modules_directly_imported_by(importer) & modules
    }


def floor(module: str) -> int:
    """The place of a module's floor in FLOORS."""
    name = module.split(".", maxsplit=1)[0]
    if name not in FLOORS:
        raise SystemExit(f"{name} has no floor: say in tools/arrows.py what it stands on")
    return FLOORS.index(name)


def area_and_room(module: str) -> tuple[str, str]:
    """`people` and `views` of `people.views.roster`; no room for the face of an area."""
    area, _dot, path = module.partition(".")
    return area, path.split(".", maxsplit=1)[0]


def running_up(drawn: Iterable[Arrow]) -> Iterator[str]:
    """Imports of a higher floor."""
    for arrow in sorted(drawn):
        if floor(arrow.importer) < floor(arrow.imported):
            yield f"runs up: {arrow}"


def from_rules_to_screens(drawn: Iterable[Arrow]) -> Iterator[str]:
    """Imports of what is typed or shown by models, rules, queries, guards, checks and their kind."""
    for arrow in sorted(drawn):
        if _keeps(arrow.importer) and _shows(arrow.imported):
            yield f"from a rule to a screen: {arrow}"


def _keeps(module: str) -> bool:
    area, room = area_and_room(module)
    return area in AREAS and area not in SCREEN_AREAS and not _is_screen(room)


def _shows(module: str) -> bool:
    area, room = area_and_room(module)
    return area in SCREEN_FLOORS | SCREEN_AREAS or (area in AREAS and _is_screen(room))


def _is_screen(room: str) -> bool:
    """Whether a room is one of SCREENS; an area with several sheets has them in rooms like `code_sheet`."""
    return room in SCREENS or room.endswith("_sheet")


def circles(drawn: Iterable[Arrow]) -> Iterator[str]:
    """Modules that import each other, be it by way of others."""
    reached = _reached(drawn)
    groups = {
        frozenset(other for other in others if module in reached[other])
        for module, others in reached.items()
        if module in others
    }
    for group in sorted(groups, key=sorted):
        yield f"a circle: {' ⇄ '.join(sorted(group))}"


def _reached(drawn: Iterable[Arrow]) -> dict[str, set[str]]:
    """All that each module stands on, directly or by way of others."""
    direct: dict[str, set[str]] = {}
    for importer, imported in drawn:
        direct.setdefault(importer, set()).add(imported)
        direct.setdefault(imported, set())
    reached = {}
    for module in direct:
        others, waiting = set[str](), [module]
        while waiting:
            new = direct[waiting.pop()] - others
            others |= new
            waiting += new
        reached[module] = others
    return reached


def faults(drawn: Iterable[Arrow], carried_out: Iterable[Arrow]) -> list[str]:
    """Everything that is wrong with some arrows, and with those of them that are carried out."""
    drawn = set(drawn)
    return [*running_up(drawn), *from_rules_to_screens(drawn), *circles(carried_out)]


def drawing(drawn: Iterable[Arrow]) -> str:
    """The floors, the highest first, each with those that it stands on directly and not by way of another."""
    between = {
        Arrow(FLOORS[floor(importer)], FLOORS[floor(imported)])
        for importer, imported in drawn
        if floor(importer) != floor(imported)
    }
    below = _reached(between)
    lines = []
    for name in reversed(FLOORS):
        direct = {imported for importer, imported in between if importer == name}
        implied = set().union(*(below[other] for other in direct))
        lines.append(f"{name:<14} {' '.join(each for each in reversed(FLOORS) if each in direct - implied)}")
    return "\n".join(line.rstrip() for line in lines)


def drawn_page(page: str, drawn: Iterable[Arrow]) -> str:
    """The page about the house with the drawing as it is now."""
    block = f"<!-- arrows -->\n```text\n{drawing(drawn)}\n```\n<!-- /arrows -->"
    return re.sub(r"(?s)<!-- arrows -->.*<!-- /arrows -->", lambda _match: block, page)


def main() -> None:
    drawn = arrows()
    wrong = faults(drawn, arrows(annotations=False))
    if "--write" in sys.argv:
        PAGE.write_text(drawn_page(PAGE.read_text(encoding="utf-8"), drawn), encoding="utf-8")
    elif "--check" not in sys.argv:
        print(drawing(drawn))
    if wrong:
        raise SystemExit("\n".join(wrong))
    print(f"{len(drawn)} imports: no arrow runs up, no circle, none from a rule to a screen")


if __name__ == "__main__":
    main()
