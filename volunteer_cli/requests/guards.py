"""What requests hold against what others do: archiving who leads them; and what becomes of erased callers."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from sqlalchemy import select
from sqlalchemy.orm import Session

from volunteer_cli.core.i18n import listed
from volunteer_cli.requests.leads import Lead, lead_names
from volunteer_cli.requests.models import RequestCaller, RequestHold
from volunteer_cli.requests.queries import leads_open
from volunteer_cli.requests.rules.errors import LeadsRequests

if TYPE_CHECKING:
    from volunteer_cli.core.history import Recorder


def refuse_leads(session: Session, _recorder: Recorder) -> Iterator[str]:
    """Refuse that an organization or a team is archived while it leads open requests; raises LeadsRequests."""
    for lead in _archived_leads(session):
        numbers = leads_open(session, lead)
        if numbers:
            raise LeadsRequests(
                name=lead_names(session, [lead])[lead], numbers=listed(numbers), first=numbers[0]
            )
    return iter(())


def _archived_leads(session: Session) -> list[Lead]:
    from volunteer_cli.organizations.models import Organization
    from volunteer_cli.teams.models import Team

    # People are handed over when they are archived; an office that is closed must hand over first.
    leads: list[Lead] = []
    for model, column in ((Organization, RequestHold.organization_id), (Team, RequestHold.team_id)):
        archived = select(model.id).where(model.archived_on.is_not(None))
        query = select(column).where(column.in_(archived), RequestHold.until.is_(None))
        leads += [Lead(**{column.key: key}) for key in session.scalars(query.distinct())]
    return leads


def before_erase(session: Session, person_id: int, _on: date) -> None:
    """Expect no answer to be given to whoever is erased: they cannot be asked any more."""
    for caller in session.scalars(select(RequestCaller).where(RequestCaller.person_id == person_id)):
        caller.wants_callback = False
    session.flush()
