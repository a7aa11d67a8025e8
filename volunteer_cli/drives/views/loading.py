"""Names that several views show, loaded for all their rows at once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, TypeAlias

from volunteer_cli.organizations.queries import organization_names
from volunteer_cli.people.queries import person_names

Load: TypeAlias = Callable[[Any, Sequence[Any]], dict[Any, Any]]


def donors(session: Any, slips: Sequence[Any]) -> dict[Any, Any]:
    """Who gave the slips or lines of slips, by their ids."""
    people = person_names(session, [slip.donor_person_id for slip in slips])
    organizations = organization_names(session, [slip.donor_organization_id for slip in slips])
    return {
        slip.id: people.get(slip.donor_person_id) or organizations.get(slip.donor_organization_id)
        for slip in slips
    }
