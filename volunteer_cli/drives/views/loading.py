"""Names that several views show, loaded for all their rows at once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from volunteer_cli.drives import queries
from volunteer_cli.organizations.queries import organization_names
from volunteer_cli.people.queries import person_names

Load = Callable[[Any, Sequence[Any]], dict[Any, Any]]


def named(names: Callable[[Any, Iterable[int | None]], dict[int, str]], attribute: str) -> Load:
    """Loads the name of the record that an id attribute refers to."""

    def load(session: Any, records: Sequence[Any]) -> dict[Any, Any]:
        found = names(session, [getattr(record, attribute) for record in records])
        return {record.id: found.get(getattr(record, attribute)) for record in records}

    return load


def donors(session: Any, slips: Sequence[Any]) -> dict[Any, Any]:
    """Who gave the slips or lines of slips, by their ids."""
    people = person_names(session, [slip.donor_person_id for slip in slips])
    organizations = organization_names(session, [slip.donor_organization_id for slip in slips])
    return {
        slip.id: people.get(slip.donor_person_id) or organizations.get(slip.donor_organization_id)
        for slip in slips
    }


def drive_names(session: Any, records: Sequence[Any]) -> dict[Any, Any]:
    """The drives that records belong to, by the ids of the records."""
    drives = queries.drives_by_id(session, {record.drive_id for record in records})
    return {record.id: drives[record.drive_id].name for record in records}
