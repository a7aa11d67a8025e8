"""How records of service and closed periods are shown."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import time
from typing import Any

from volunteer_cli.communities.queries import COMMUNITY
from volunteer_cli.core.i18n import N_
from volunteer_cli.core.lookup import named_by
from volunteer_cli.events.queries import EVENT
from volunteer_cli.hours import queries
from volunteer_cli.hours.terms import EVIDENCES, HOURS_STATUSES
from volunteer_cli.output.view import Column, Kind, View
from volunteer_cli.people.queries import PERSON
from volunteer_cli.teams.queries import TEAM

Load = Callable[[Any, Sequence[Any]], Mapping[int, Any]]


def _clock(name: str) -> Callable[[Any], time | None]:
    """A time of day; that it is the next day's is plain from its being no later than the start."""

    def value(record: Any) -> time | None:
        minute = getattr(record, name)
        return None if minute is None else time(minute // 60 % 24, minute % 60)

    return value


def _closed(session: Any, records: Sequence[Any]) -> dict[int, bool]:
    closings = queries.closings(session)
    return {
        record.id: any(
            closed.community_id == record.community_id
            and closed.first_on <= record.served_on <= closed.last_on
            for closed in closings
        )
        for record in records
    }


HOURS = View(
    "hours",
    N_("Service hours"),
    (
        Column("id", N_("Id"), Kind.ID),
        Column("person", N_("Person"), load=named_by("person_id", PERSON)),
        Column("person_id", N_("Person id"), Kind.ID, table=False),
        Column("event", N_("Event"), load=named_by("event_id", EVENT)),
        Column("event_id", N_("Event id"), Kind.ID, table=False),
        Column("team", N_("Team"), load=named_by("team_id", TEAM)),
        Column("team_id", N_("Team id"), Kind.ID, table=False),
        Column("date", N_("Date"), Kind.DATE, value=lambda record: record.served_on),
        Column("start", N_("Start"), Kind.TIME, value=_clock("start_minute")),
        Column("end", N_("End"), Kind.TIME, value=_clock("end_minute")),
        Column("minutes", N_("Duration"), Kind.MINUTES, total=True, keep=True),
        Column("counted_minutes", N_("Counted"), Kind.MINUTES, load=queries.counted_minutes, total=True),
        Column("evidence", N_("Evidence"), Kind.CHOICE, choices=EVIDENCES, table=False),
        Column("status", N_("Status"), Kind.CHOICE, choices=HOURS_STATUSES),
        Column("closed", N_("Closed"), Kind.FLAG, load=_closed, table=False),
        Column("late", N_("Late"), Kind.FLAG, table=False),
        Column("work", N_("Work")),
        Column("recorded_by", N_("Recorded by"), table=False),
        Column("confirmed_by", N_("Confirmed by"), table=False),
        Column("corrects", N_("Corrects"), Kind.ID, value=lambda record: record.corrects_id, table=False),
        Column("reason", N_("Reason"), table=False),
        Column("community", N_("Community"), load=named_by("community_id", COMMUNITY), table=False),
        Column("community_id", N_("Community id"), Kind.ID, table=False),
    ),
)
CLOSED_PERIODS = View(
    "closed_periods",
    N_("Closed periods"),
    (
        Column("id", N_("Id"), Kind.ID),
        Column("first", N_("From"), Kind.DATE, value=lambda closed: closed.first_on),
        Column("last", N_("To"), Kind.DATE, value=lambda closed: closed.last_on),
        Column("community", N_("Community"), load=named_by("community_id", COMMUNITY)),
        Column("community_id", N_("Community id"), Kind.ID, table=False),
    ),
)
