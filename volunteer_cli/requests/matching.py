"""Which request and which caller a row of a sheet means."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from volunteer_cli.core.database import folded
from volunteer_cli.core.dates import Period
from volunteer_cli.core.text import name_key
from volunteer_cli.people.models import Person
from volunteer_cli.requests import queries
from volunteer_cli.requests.models import Request
from volunteer_cli.requests.rules.callers import Call


def named_person(session: Session, community_id: int, name: str, phone: str | None) -> int | None:
    """The id of the one person of a name, who has the phone where the row gives one and the record too."""
    named = (Person.name == name, Person.community_id == community_id, Person.archived_on.is_(None))
    rows = session.execute(select(Person.id, Person.phone, Person.phone_alt).where(*named)).all()
    by_phone = [row.id for row in rows if phone and phone in (row.phone, row.phone_alt)]
    # A namesake with another number is somebody else.
    ids = by_phone or [row.id for row in rows if not (phone and row.phone)]
    return ids[0] if len(ids) == 1 else None


def registered_as(
    session: Session, community_id: int, day: date, text: str, calls: Sequence[Call]
) -> Request | None:
    """The request of a day and a text that one of some callers reported, or nobody who said who they are."""
    query = select(Request).where(
        Request.community_id == community_id,
        folded(Request.text) == name_key(text),
        *queries.within(Request.received_at, Period(day, day)),
    )
    for request in session.scalars(query.order_by(Request.id)):
        callers = queries.callers(session, request.id)
        if any(
            call.same(caller) or (call.anonymous and caller.anonymous) for call in calls for caller in callers
        ):
            return request
    return None
