"""What of service hours: the minutes that count, and no words may leave the office."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import func

from volunteer_cli.core.exports import Export
from volunteer_cli.hours.counting import CONFIRMED, excess, rounded
from volunteer_cli.hours.models import HoursRecord

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

HOURS = ("id", "community_id", "person_id", "event_id", "team_id", "served_on", "evidence", "status", "late")


class _Counted:
    """The minutes of confirmed records that count; the query of what the cap takes off is made once."""

    def minutes(self, session: Session) -> Any:
        """What counts of a record."""
        return rounded(session) - func.coalesce(self._over(session).c.minutes, 0)

    def joined(self, session: Session, query: Any) -> Any:
        """The records that count, each with what is taken off."""
        over = self._over(session)
        return query.outerjoin(over, over.c.record_id == HoursRecord.id).where(CONFIRMED)

    def _over(self, session: Session) -> Any:
        return session.info.setdefault("excess", excess(session))


_COUNTED = _Counted()
EXPORTS = (
    Export(
        HoursRecord,
        HOURS,
        community=HoursRecord.community_id,
        day=HoursRecord.served_on,
        computed={"minutes": _COUNTED.minutes},
        joined=_COUNTED.joined,
    ),
)
