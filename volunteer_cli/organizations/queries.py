"""What is asked of organizations."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from volunteer_cli.core.i18n import N_
from volunteer_cli.core.lookup import Reference, find, names_of
from volunteer_cli.core.text import name_key
from volunteer_cli.organizations.models import Organization

ORGANIZATION = Reference(N_("organization"), Organization, "volunteer organization list", codes=())


def find_organization(session: Session, text: str, *, changing: bool = True) -> Organization:
    """The organization that `text` names.

    Raises:
        NotFound, Ambiguous: none, or several.
    """
    return find(session, ORGANIZATION, text, changing=changing)


def organization_names(session: Session, ids: Iterable[int | None]) -> dict[int, str]:
    """The names of organizations by id."""
    return names_of(session, ORGANIZATION, ids)


def organizations(
    session: Session, *, kind: str | None = None, field: str | None = None, archived: bool = False
) -> Sequence[Organization]:
    """Organizations in use, or the archived ones, by id."""
    conditions: list[ColumnElement[bool]] = [
        Organization.archived_on.is_not(None) if archived else Organization.archived_on.is_(None)
    ]
    if kind is not None:
        conditions.append(Organization.kind == kind)
    if field is not None:
        conditions.append(Organization.field == field)
    return session.scalars(select(Organization).where(*conditions).order_by(Organization.id)).all()


def same_name(session: Session, name: str, besides: int | None = None) -> Organization | None:
    """The organization of that name, if there is one other than `besides`."""
    return session.scalar(
        select(Organization)
        .where(Organization.name_key == name_key(name), Organization.id != (besides or 0))
        .limit(1)
    )
