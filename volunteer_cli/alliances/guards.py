"""What councils hold against an undo, and alliances against taking an organization out of use."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from volunteer_cli.alliances.models import AgendaItem, Attendance, CouncilSession, Decision
from volunteer_cli.alliances.queries.alliances import archived_members
from volunteer_cli.alliances.queries.councils import label_of
from volunteer_cli.alliances.queries.pairings import archived_partners
from volunteer_cli.alliances.rules.sessions import SessionClosed
from volunteer_cli.alliances.terms import SESSION_STATUSES, SessionStatus
from volunteer_cli.core.errors import RuleError
from volunteer_cli.core.i18n import N_, _
from volunteer_cli.core.undo import Reversal
from volunteer_cli.organizations.queries import organization_names

if TYPE_CHECKING:
    from volunteer_cli.core.history import Recorder

#: Tables whose rows are frozen with their session.
FROZEN = (Attendance, AgendaItem, Decision)


class BelongsToAlliance(RuleError):
    """{name} belongs to {alliance}"""

    code = "in_use"
    hint = N_("Let it leave first: volunteer alliance leave {alliance_id} {id}")


class IsPaired(RuleError):
    """{name} is a partner of pairing {pairing}"""

    code = "in_use"
    hint = N_("End it or hand it over first: volunteer pairing end {pairing} --reason TEXT")


def refuse_members(session: Session, _recorder: Recorder) -> Iterator[str]:
    """Refuse that an organization is archived while it is in an alliance or paired.

    Raises:
        BelongsToAlliance, IsPaired: as their sentences say.
    """
    # Asked of the database and not of what was changed, so that it holds whatever command archived it.
    for organization_id, name, alliance, alliance_id in archived_members(session):
        raise BelongsToAlliance(name=name, alliance=alliance, alliance_id=alliance_id, id=organization_id)
    for organization_id, pairing_id in archived_partners(session):
        name = organization_names(session, [organization_id])[organization_id]
        raise IsPaired(name=name, pairing=pairing_id)
    yield from ()


def before_undo(session: Session, reversal: Reversal) -> None:
    """Refuse to take back what a closed session froze, its closing first of all; raises SessionClosed."""
    for meeting in session.scalars(
        select(CouncilSession).where(CouncilSession.id.in_(_sessions(session, reversal)))
    ):
        if meeting.status == SessionStatus.CLOSED:
            status = _(SESSION_STATUSES[meeting.status])
            raise SessionClosed(session=label_of(meeting), status=status)


def _sessions(session: Session, reversal: Reversal) -> set[int]:
    """The sessions that an undo would touch, by themselves or by a row of theirs."""
    ids = set(reversal.updated.get(CouncilSession.__tablename__, ()))
    for model in FROZEN:
        ids |= _sessions_by_rows(session, reversal, model)
    return ids


def _sessions_by_rows(session: Session, reversal: Reversal, model: Any) -> set[int]:
    """The sessions whose rows in one table an undo would bring back, change or take away."""
    name = model.__tablename__
    sessions = select(model.session_id).distinct()
    # What comes back is in no table now; its session stands in the history alone.
    ids = {row["session_id"] for row in reversal.deleted.get(name, {}).values()}
    changed = list(reversal.updated.get(name, ()))
    ids |= set(session.scalars(sessions.where(model.id.in_(changed))))
    for span in reversal.inserted.get(name, ()):
        ids |= set(session.scalars(sessions.where(model.id.between(*span))))
    return ids
