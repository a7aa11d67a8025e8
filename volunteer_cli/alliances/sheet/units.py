"""Which organizations the rows of a sheet mean; some of them made by the import."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from sqlalchemy import select

from volunteer_cli.core.errors import Ambiguous, NotFound
from volunteer_cli.core.i18n import N_, _, listed
from volunteer_cli.core.text import name_key
from volunteer_cli.intake.sheet import Importing, Rejected
from volunteer_cli.organizations import rules
from volunteer_cli.organizations.models import Organization

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

#: Names of new organizations that are told.
SHOWN = 10


class OrganizationRegister:
    """The organizations by name, held in memory for the length of one import."""

    def __init__(self, session: Session, importing: Importing) -> None:
        self.session = session
        self.create = bool(importing.options.own["create_organizations"])
        self.created: list[str] = []
        self._ids: dict[str, list[int]] = {}
        for name, key in session.execute(
            select(Organization.name_key, Organization.id).where(Organization.archived_on.is_(None))
        ):
            self._ids.setdefault(name, []).append(key)

    def find(self, field: str, name: str, kind: str) -> Organization:
        """The organization of that name, added as one of that kind where it may be.

        Raises:
            Rejected: there is none, or there are several.
        """
        ids = self._ids.get(name_key(name), [])
        if len(ids) > 1:
            raise Rejected(field, Ambiguous(kind=_("organization"), text=name, candidates=listed(ids)))
        if ids:
            return self.session.get_one(Organization, ids[0])
        # A typing error would become an office of its own: only who asks for it gets new ones.
        if not self.create:
            hint = N_("Add it first, or let the import do it: --create-organizations")
            raise Rejected(field, NotFound(kind=_("organization"), text=name, hint=hint))
        return self._add(name, kind)

    def _add(self, name: str, kind: str) -> Organization:
        organization = rules.add_organization(self.session, {"name": name, "kind": kind})
        self._ids[name_key(name)] = [organization.id]
        self.created.append(name)
        return organization

    def remarks(self) -> Sequence[str]:
        """What to tell about organizations at the end."""
        if not self.created:
            return ()
        more = ["…"] if len(self.created) > SHOWN else []
        names = listed([*self.created[:SHOWN], *more])
        sentence = _("Organizations added: {count} ({names})")
        return (sentence.format(count=len(self.created), names=names),)
