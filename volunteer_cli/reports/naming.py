"""Names for the ids in a report's rows, looked up once for all rows."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from volunteer_cli.reports.declaration import Row

KINDS = ("person", "team", "event", "community", "organization", "drive")


def with_names(session: Session, rows: Sequence[Row]) -> Sequence[Row]:
    """The rows, each `<kind>_id` with the record's name beside it; a name that is there already stays."""
    for kind in KINDS:
        key = f"{kind}_id"
        asking = [row for row in rows if key in row and kind not in row]
        if asking:
            names = names_of(session, kind, {row[key] for row in asking if row[key] is not None})
            for row in asking:
                row[kind] = names.get(row[key])
    return rows


def names_of(session: Session, kind: str, ids: Iterable[int]) -> dict[int, str]:
    """The names of records of one kind by id."""
    return READERS[kind](session, list(ids))


def _people(session: Session, ids: Any) -> dict[int, str]:
    from volunteer_cli.people.queries import former_names, person_names

    names = person_names(session, ids)
    return {**names, **former_names(session, [key for key in ids if key not in names])}


def _teams(session: Session, ids: Any) -> dict[int, str]:
    from volunteer_cli.teams.queries import team_names

    return team_names(session, ids)


def _events(session: Session, ids: Any) -> dict[int, str]:
    from volunteer_cli.events.queries import event_titles

    return event_titles(session, ids)


def _communities(session: Session, _ids: Any) -> dict[int, str]:
    from volunteer_cli.communities.queries import community_names

    return community_names(session)


def _organizations(session: Session, ids: Any) -> dict[int, str]:
    from volunteer_cli.organizations.queries import organization_names

    return organization_names(session, ids)


def _drives(session: Session, ids: Any) -> dict[int, str]:
    from volunteer_cli.drives.queries import drives_by_id

    return {key: drive.name for key, drive in drives_by_id(session, ids).items()}


READERS: dict[str, Callable[[Session, Any], dict[int, str]]] = {
    "person": _people,
    "team": _teams,
    "event": _events,
    "community": _communities,
    "organization": _organizations,
    "drive": _drives,
}
