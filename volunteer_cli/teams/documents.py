"""What a team is written."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from volunteer_cli.core.i18n import _
from volunteer_cli.people.documents import Message, Recipient
from volunteer_cli.people.documents import messages as written_to
from volunteer_cli.teams.queries import rosters
from volunteer_cli.teams.terms import Audience

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from volunteer_cli.teams.models import Team


def messages(
    session: Session, team: Team, audience: Audience, template: str | None, *, on: date
) -> list[Message]:
    """A message to each who belongs to a team on a day and has the role that is written to.

    Raises:
        UnknownBlank: the template has a blank that is none of those that can be filled.
    """
    recipients = (
        Recipient(row.id, row.person_id, row.person, row.phone)
        for row in rosters(session, [team.id], on).get(team.id, [])
        if audience in (Audience.ALL, row.role)
    )
    return written_to(session, recipients, template or _("Dear {name} of {team},"), {"team": team.name})
