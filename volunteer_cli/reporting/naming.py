"""Names for the ids in a report's rows, looked up once for all rows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from volunteer_cli.areas import things

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from volunteer_cli.core.cards import Thing
    from volunteer_cli.reporting.declaration import Row


def with_names(session: Session, rows: Sequence[Row]) -> Sequence[Row]:
    """The rows, each `<kind>_id` with the record's name beside it; a name that is there already stays."""
    for thing in things().values():
        if thing.names:
            _name(session, thing, rows)
    return rows


def _name(session: Session, thing: Thing, rows: Sequence[Row]) -> None:
    key = f"{thing.kind}_id"
    nameless = [row for row in rows if key in row and thing.kind not in row]
    if nameless:
        names = names_of(session, thing.kind, {row[key] for row in nameless if row[key] is not None})
        for row in nameless:
            row[thing.kind] = names.get(row[key])


def names_of(session: Session, kind: str, ids: Iterable[int]) -> dict[int, str]:
    """The names of records of one kind, one that a card tells the names of, by id."""
    read = things()[kind].names
    assert read is not None  # noqa: S101 - for the type checker; see the docstring
    names: dict[int, str] = read.load()(session, list(ids))
    return names
