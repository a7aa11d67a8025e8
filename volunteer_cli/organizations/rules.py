"""What may happen to an organization."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from volunteer_cli.core.errors import RuleError
from volunteer_cli.core.fields import values_of
from volunteer_cli.core.history import Row
from volunteer_cli.core.i18n import N_
from volunteer_cli.core.lookup import label
from volunteer_cli.organizations import queries
from volunteer_cli.organizations.fields import FIELDS
from volunteer_cli.organizations.models import Organization


class SameOrganization(RuleError):
    """There is an organization of that name already: {owner}"""

    code = "duplicate"
    hint = N_("Organizations are shared by all communities; use that one, or tell the two apart in the name.")


def read_organization(details: Mapping[str, Any], *, today: date, region: str) -> Row:
    """The columns that typed texts stand for; a text that is None is left out, an empty one clears.

    Raises:
        BadText, MissingValue, BadChoice, BadPhone, DamagedByExcel.
    """
    return values_of(FIELDS, details, today=today, region=region)


def add_organization(session: Session, row: Mapping[str, Any]) -> Organization:
    """A new organization from a row that was read.

    Raises:
        SameOrganization: one of that name is there, archived ones included.
    """
    _require_own_name(session, row["name"])
    organization = Organization(**row)
    session.add(organization)
    session.flush()
    return organization


def edit_organization(
    session: Session, organization: Organization, changes: Mapping[str, Any]
) -> Organization:
    """Give an organization the values of a row that was read.

    Raises:
        SameOrganization: another has the new name.
    """
    if "name" in changes:
        _require_own_name(session, changes["name"], besides=organization.id)
    for name, value in changes.items():
        setattr(organization, name, value)
    session.flush()
    return organization


def _require_own_name(session: Session, name: str, besides: int | None = None) -> None:
    if other := queries.same_name(session, name, besides):
        raise SameOrganization(owner=label(queries.ORGANIZATION, other))
