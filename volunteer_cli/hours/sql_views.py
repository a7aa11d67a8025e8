"""What other tools read of service hours, with the minutes that count."""

from __future__ import annotations

from typing import Any

from sqlalchemy import case, func, select

from volunteer_cli.communities.models import Community
from volunteer_cli.core.sql_views import SqlView
from volunteer_cli.events.models import Event
from volunteer_cli.hours.counting import CONFIRMED, excess_under, terms_in_sql
from volunteer_cli.hours.models import HoursRecord
from volunteer_cli.people.models import Person
from volunteer_cli.teams.models import Team


def _hours() -> Any:
    terms = terms_in_sql()
    over = excess_under(terms)
    counted = case((CONFIRMED, terms.minutes - func.coalesce(over.c.minutes, 0)), else_=0)
    hours = (
        select(*_columns(), counted.label("counted_minutes"))
        .select_from(HoursRecord)
        .join(Person, Person.id == HoursRecord.person_id)
        .join(Community, Community.id == HoursRecord.community_id)
        .outerjoin(Event, Event.id == HoursRecord.event_id)
        .outerjoin(Team, Team.id == HoursRecord.team_id)
    )
    return hours.outerjoin(over, over.c.record_id == HoursRecord.id)


def _columns() -> tuple[Any, ...]:
    return (
        HoursRecord.id,
        Person.name.label("person"),
        HoursRecord.person_id,
        Event.title.label("event"),
        HoursRecord.event_id,
        Event.category,
        Team.name.label("team"),
        HoursRecord.team_id,
        HoursRecord.served_on.label("date"),
        HoursRecord.start_minute,
        HoursRecord.end_minute,
        HoursRecord.evidence,
        HoursRecord.status,
        HoursRecord.late,
        Community.name.label("community"),
        HoursRecord.community_id,
        HoursRecord.minutes,
    )


SQL_VIEWS = (
    SqlView(
        "hours",
        "Service records in every state. `sum(counted_minutes)` is what `volunteer report hours` says.",
        {
            "id": "Its id.",
            "person": "Who served.",
            "person_id": "That person's id.",
            "event": "The event.",
            "event_id": "The event's id.",
            "category": "The service category of the event.",
            "team": "The team that the record is under.",
            "team_id": "That team's id.",
            "date": "The day on which the service began.",
            "start_minute": "When it began, in minutes from that day's midnight; empty where only the duration is known.",
            "end_minute": "When it ended, in minutes from the same midnight: beyond 1440 on the next day.",
            "evidence": "scanned, signed, reported or backfilled.",
            "status": "pending, needs_review, confirmed, rejected or voided.",
            "late": "Whether it was recorded later than the policy allows.",
            "community": "The community that recorded it.",
            "community_id": "That community's id.",
            "minutes": "What was given, before rounding and the cap of the day.",
            "counted_minutes": "What counts, rounded and capped by the policies of its day; 0 unless confirmed.",
        },
        _hours,
    ),
)
