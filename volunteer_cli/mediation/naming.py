"""Whom a typed text means as a party: somebody or something on file, else a name that is kept as it was written."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from sqlalchemy.orm import Session

from volunteer_cli.core.errors import NotFound
from volunteer_cli.core.i18n import _
from volunteer_cli.core.text import required
from volunteer_cli.households.queries import ADDRESS, find_household
from volunteer_cli.mediation.rules.cases import PartyOf
from volunteer_cli.organizations.queries import find_organization
from volunteer_cli.people.queries import find_person

#: How each kind of thing is found, and the field of a party that it fills.
READINGS: tuple[tuple[str, str, Callable[..., Any]], ...] = (
    ("person", "person_id", find_person),
    ("household", "household_id", find_household),
    ("organization", "organization_id", find_organization),
)
#: What names a door: a number, or an address.
DOOR = re.compile(rf"[A-Za-z0-9-]+-[Hh]\d+|{ADDRESS.pattern}")


def read_party(session: Session, text: str) -> PartyOf:
    """The party that a text names: a person before a household, that before an organization, else a free name.

    Raises:
        Ambiguous: several people are called so.
        NotFound: a kind was named (`person:…`), and there is none.
        MissingValue, BadText: it is no name.
    """
    for kind, field, find in READINGS:
        named = text.startswith(f"{kind}:")
        # A household is found by who lives there as well: of a party that would be a guess.
        if find is find_household and not (named or DOOR.fullmatch(text.strip())):
            continue
        # A free name must not be taken for the beginning of somebody else's.
        options = {"exact": True} if find is find_person else {}
        try:
            return PartyOf(**{field: find(session, text, **options).id})
        except NotFound:
            if named:
                raise
    return PartyOf(name=required(text, _("party")))
