"""The services that are recorded of people, as the rules of `once` compare them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from sqlalchemy import String, cast, func, select

from volunteer_cli.core.database import chunks
from volunteer_cli.core.records import Change
from volunteer_cli.core.text import name_key
from volunteer_cli.events.models import Event
from volunteer_cli.hours.models import HoursRecord
from volunteer_cli.hours.rules.once import Service, Services, Under
from volunteer_cli.hours.terms import LIVE

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

#: What was otherwise before each change of a record in place, the earliest first, by its id.
Former = Mapping[int, list[dict[str, Any]]]

#: What was done: the record's own words, else the title of its event.
DONE = func.coalesce(HoursRecord.work, Event.title)
STORED = select(
    HoursRecord.id,
    HoursRecord.person_id,
    HoursRecord.served_on,
    HoursRecord.start_minute,
    HoursRecord.end_minute,
    HoursRecord.minutes,
    HoursRecord.status,
    HoursRecord.event_id,
    HoursRecord.team_id,
    HoursRecord.work,
    DONE.label("done"),
)

#: The same words come again and again; a district's ten years have too many to keep all.
_key = lru_cache(10_000)(name_key)


def recorded(
    session: Session, people: Iterable[int], *, around: date | None = None, besides: int = 0
) -> dict[int, Services]:
    """The services of people that take up their time, near a day where that is enough."""
    query = _stored().where(HoursRecord.status.in_(LIVE), HoursRecord.id != besides)
    if around is not None:
        one = timedelta(days=1)
        query = query.where(HoursRecord.served_on.between(around - one, around + one))
    services: dict[int, Services] = {person: Services() for person in people}
    for keys in chunks(sorted(services)):
        for row in session.execute(query.where(HoursRecord.person_id.in_(keys))):
            services[row.person_id].add(stored_service(row))
    return services


def _stored() -> Any:
    return STORED.outerjoin(Event, Event.id == HoursRecord.event_id)


def stored_service(row: Any) -> Service:
    """A record, read by `STORED`, as a service."""
    return service_of(row, stands=row.status in LIVE, id=row.id, stored=row)


def service_of(said: Any, **standing: Any) -> Service:
    """The service of a record or a row of a file, by the columns of its time, work, event and team."""
    ended = said.end_minute is not None
    # By the clock on the wall: in a night of the clocks' change another length was given.
    length = said.end_minute - said.start_minute if ended else said.minutes
    return Service(
        said.served_on.toordinal(),
        said.start_minute or 0,
        length,
        ended,
        said.done and _key(said.done),
        Under(said.event_id, said.team_id),
        **standing,
    )


def former_of(row: Any, former: Former) -> Iterator[Service]:
    """What a record said before it was corrected in place, from the last correction back."""
    state = stored_service(row)
    start, length, ended = state.start, state.length, state.ended
    for before in reversed(former.get(row.id, ())):
        start = before.get("start_minute", start) or 0
        ended = before["end_minute"] is not None if "end_minute" in before else ended
        length = before.get("minutes", length)
        yield Service(state.day, start, length, ended, state.done, stands=False, id=row.id, stored=row)


def former_states(session: Session) -> dict[int, list[dict[str, Any]]]:
    """What of the times of records was otherwise before they were corrected in place."""
    former: dict[int, list[dict[str, Any]]] = {}
    written = cast(Change.before, String)
    query = select(Change.first_key, Change.last_key, Change.before).where(
        Change.table_name == HoursRecord.__tablename__,
        Change.kind == "update",
        written.contains('"minutes"') | written.contains('"start_minute"'),
    )
    for first, last, before in session.execute(query.order_by(Change.id)):
        for key in range(first, last + 1):
            former.setdefault(key, []).append(before)
    return former
