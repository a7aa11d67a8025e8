"""What requests hold against what others do: archiving who leads them; and what becomes of erased callers."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from sqlalchemy import select
from sqlalchemy.orm import Session

from volunteer_cli.core.i18n import _, listed, ngettext
from volunteer_cli.core.run import run
from volunteer_cli.requests.clock import due_of
from volunteer_cli.requests.leads import Lead, lead_names
from volunteer_cli.requests.models import Request, RequestCaller, RequestHold
from volunteer_cli.requests.queries import all_clocks, leads_open
from volunteer_cli.requests.rules.errors import LeadsRequests
from volunteer_cli.requests.rules.steps import set_due

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


def follow_calendar(session: Session, _recorder: Recorder) -> Iterator[str]:
    """Let dates follow what the office says of working days; those that moved are named."""
    before = run().country, run().working_days
    run().remember_usages()
    if before == (run().country, run().working_days):
        return
    moved = [key for key, due, events in all_clocks(session) if due_of(events) != due]
    numbers = [_move(session, session.get_one(Request, key)) for key in moved]
    if numbers:
        told = ngettext(
            "{count} request is due on another day now: {numbers}.",
            "{count} requests are due on other days now: {numbers}.",
            len(numbers),
        )
        yield told.format(count=len(numbers), numbers=listed(numbers))


def _move(session: Session, request: Request) -> str:
    before = request.due_on
    set_due(session, request)
    return _("{field}: {old} → {new}").format(field=request.number, old=before, new=request.due_on)


def before_erase(session: Session, person_id: int, _on: date) -> None:
    """Expect no answer to be given to whoever is erased: they cannot be asked any more."""
    for caller in session.scalars(select(RequestCaller).where(RequestCaller.person_id == person_id)):
        caller.wants_callback = False
    session.flush()
