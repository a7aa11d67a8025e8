"""Whom a typed text means as the lead or helper of a request, and what those are called."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement
from sqlalchemy.orm import Session

from volunteer_cli.core.errors import Ambiguous, NotFound
from volunteer_cli.core.i18n import N_, _
from volunteer_cli.organizations.queries import find_organization, organization_names
from volunteer_cli.people.queries import find_person, person_names
from volunteer_cli.requests.terms import LeadKind
from volunteer_cli.teams.queries import find_team, team_names

FINDERS: dict[LeadKind, Callable[..., Any]] = {
    LeadKind.ORGANIZATION: find_organization,
    LeadKind.TEAM: find_team,
    LeadKind.PERSON: find_person,
}


class Lead(NamedTuple):
    """Who answers for a request, or helps: an organization, a team or a person; of three ids one is given."""

    organization_id: int | None = None
    team_id: int | None = None
    person_id: int | None = None

    @property
    def kind(self) -> LeadKind:
        """What it is."""
        if self.organization_id is not None:
            return LeadKind.ORGANIZATION
        return LeadKind.TEAM if self.team_id is not None else LeadKind.PERSON

    @property
    def key(self) -> int | None:
        """Its id."""
        return self.organization_id or self.team_id or self.person_id


def lead_of(row: Any) -> Lead:
    """Whom a row with the three references means."""
    return Lead(row.organization_id, row.team_id, row.person_id)


def is_lead(model: Any, lead: Lead) -> ColumnElement[bool]:
    """Whether a row with the three references means somebody."""
    column: ColumnElement[int] = getattr(model, f"{lead.kind}_id")
    return column == lead.key


def find_lead(session: Session, text: str, *, changing: bool = True) -> Lead:
    """The organization, team or person that a text names; where several kinds are possible the kind must be said.

    Raises:
        NotFound, Ambiguous: none, or several.
    """
    records = {kind: _by_kind(session, kind, find, text, changing=changing) for kind, find in FINDERS.items()}
    leads = {kind: record for kind, record in records.items() if record is not None}
    if not leads:
        hint = _("List them: volunteer organization list, volunteer team list, volunteer person list")
        raise NotFound(kind=_(N_("lead")), text=text, hint=hint)
    if len(leads) > 1:
        raise _several(text, leads)
    kind, record = leads.popitem()
    return Lead(**{f"{kind}_id": record.id})


def _several(text: str, leads: Mapping[LeadKind, Any]) -> Ambiguous:
    """The error for a text that names records of several kinds."""
    words = ((f"{kind}:{record.id}", record.name) for kind, record in leads.items())
    return Ambiguous.between(_(N_("lead")), text, {word: f"{word} {name}" for word, name in words})


def _by_kind(session: Session, kind: str, find: Callable[..., Any], text: str, *, changing: bool) -> Any:
    prefix, sign, _name = text.partition(":")
    if sign and prefix in FINDERS and prefix != kind:
        return None
    try:
        return find(session, text, changing=changing)
    except NotFound:
        return None


def lead_names(session: Session, leads: Iterable[Lead]) -> dict[Lead, str]:
    """What leads are called."""
    unique = set(leads)
    names = {
        LeadKind.ORGANIZATION: organization_names(session, {lead.organization_id for lead in unique}),
        LeadKind.TEAM: team_names(session, {lead.team_id for lead in unique}),
        LeadKind.PERSON: person_names(session, {lead.person_id for lead in unique}),
    }
    return {lead: names[lead.kind].get(lead.key, "*") for lead in unique if lead.key is not None}
