"""Columns that service hours add to the views of others."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from volunteer_cli.core.i18n import N_
from volunteer_cli.output.view import Column, Kind


def _person_minutes(session: Any, people: Sequence[Any]) -> Mapping[int, Any]:
    from volunteer_cli.hours.queries import minutes_of_people

    return minutes_of_people(session, [person.id for person in people])


def _team_minutes(session: Any, teams: Sequence[Any]) -> Mapping[int, Any]:
    from volunteer_cli.hours.queries import minutes_of_teams

    return minutes_of_teams(session, [team.id for team in teams])


def _event_minutes(session: Any, events: Sequence[Any]) -> dict[int, int]:
    from volunteer_cli.hours.queries import minutes_of_events

    return minutes_of_events(session, [event.id for event in events])


PERSON = (Column("minutes", N_("Hours"), Kind.MINUTES, load=_person_minutes, default=0, after="status"),)
TEAM = (Column("minutes", N_("Hours"), Kind.MINUTES, load=_team_minutes, default=0, after="roster"),)
EVENT = (
    Column("minutes", N_("Service time"), Kind.MINUTES, load=_event_minutes, default=0, after="attended"),
)
