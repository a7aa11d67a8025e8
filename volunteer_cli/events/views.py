"""How events, rosters, reasons and suggestions are shown."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from volunteer_cli.areas import contributed
from volunteer_cli.communities.queries import COMMUNITY
from volunteer_cli.core.i18n import N_, NC_
from volunteer_cli.core.lookup import named_by
from volunteer_cli.events import queries
from volunteer_cli.events.fields import CATEGORY, CODE, KIND, PLACE, STATUS, TITLE
from volunteer_cli.events.terms import NEARNESS, RUNGS_IN_WORDS, SIGNUP_STATUSES
from volunteer_cli.fields.terms import Noun
from volunteer_cli.fields.views import WHOLE, stored_columns
from volunteer_cli.output.declared import columns
from volunteer_cli.output.view import Column, Kind, View, extended
from volunteer_cli.people.queries import PERSON
from volunteer_cli.teams.queries import TEAM

Loader = Callable[[Any, Sequence[Any]], dict[int, Any]]


def _ids(events: Iterable[Any]) -> list[int]:
    return [event.id for event in events]


def _count(name: str) -> Loader:
    def load(session: Any, events: Sequence[Any]) -> dict[int, Any]:
        by_event = queries.places(session, _ids(events))
        return {key: getattr(places, name) for key, places in by_event.items()}

    return load


def _skills(session: Any, events: Sequence[Any]) -> dict[int, list[str]]:
    return queries.needed_skills(session, _ids(events))


def _shifts(session: Any, events: Sequence[Any]) -> dict[int, list[Any]]:
    return {event.id: queries.shift_rows(session, event.id) for event in events}


def _roster(session: Any, events: Sequence[Any]) -> dict[int, list[Any]]:
    return {event.id: queries.roster(session, event.id) for event in events}


SHIFTS = View(
    "shifts",
    N_("Shifts"),
    (
        Column("id", N_("Id"), Kind.ID),
        Column("name", N_("Shift")),
        Column("starts_at", N_("Start"), Kind.DATETIME, keep=True),
        Column("ends_at", N_("End"), Kind.DATETIME),
        Column("need", N_("Needed"), Kind.COUNT),
        Column("signed_up", N_("Signed up"), Kind.COUNT),
    ),
)
ROSTER = View(
    "roster",
    N_("Roster"),
    (
        Column("id", N_("Id"), Kind.ID, table=False),
        Column("person", N_("Person")),
        Column("person_id", N_("Person id"), Kind.ID, table=False),
        Column("volunteer_no", N_("Volunteer no"), Kind.CODE),
        Column("phone", N_("Phone"), Kind.PHONE),
        Column("shift", N_("Shift")),
        Column("status", N_("Status"), Kind.CHOICE, choices=SIGNUP_STATUSES),
        Column("position", N_("In line"), Kind.COUNT),
        Column("waits_for", N_("Waits for")),
        Column("checked_in_at", N_("Came at"), Kind.DATETIME),
        Column("checked_out_at", N_("Left at"), Kind.DATETIME),
        Column("override_reason", N_("Let pass because"), table=False),
    ),
)
EVENTS = View(
    "events",
    N_("Events"),
    record=NC_("record", "Event"),
    parts={
        NC_("record", "What it is"): (
            "title",
            "code",
            "kind",
            "category",
            "series",
            "team",
            "leader",
            "status",
            "community",
        ),
        N_("When and where"): ("starts_at", "ends_at", "place"),
        NC_("record", "Who may come, and who came"): (
            *(
                "capacity",
                "members_only",
                "min_age",
                "needs_skills",
                "signed_up",
                "waiting",
                "attended",
                "minutes",
            ),
        ),
    },
    columns=extended(
        Column("id", N_("Id"), Kind.ID),
        *columns((CODE, TITLE, KIND, CATEGORY)),
        Column("team", N_("Team"), load=named_by("team_id", TEAM)),
        Column("team_id", N_("Team id"), Kind.ID, table=False),
        *columns([PLACE]),
        Column("starts_at", N_("Start"), Kind.DATETIME, keep=True),
        Column("ends_at", N_("End"), Kind.DATETIME),
        Column("capacity", N_("Places"), Kind.COUNT),
        Column("min_age", N_("Age asked for"), Kind.COUNT, show_only=True),
        Column("signed_up", N_("Signed up"), Kind.COUNT, load=_count("taken"), default=0),
        Column("waiting", N_("Waiting"), Kind.COUNT, load=_count("waiting"), default=0),
        Column("attended", N_("Attended"), Kind.COUNT, load=_count("attended"), default=0),
        *columns([STATUS]),
        Column("series", N_("Series"), load=named_by("series_id", queries.SERIES), table=False),
        Column("series_id", N_("Series id"), Kind.ID, table=False),
        Column("community", N_("Community"), load=named_by("community_id", COMMUNITY), table=False),
        Column("community_id", N_("Community id"), Kind.ID, table=False),
        Column("leader", N_("In charge"), load=named_by("leader_id", PERSON), show_only=True),
        Column("leader_id", N_("In charge, id"), Kind.ID, show_only=True, table=False),
        Column("members_only", N_("Members only"), Kind.FLAG, show_only=True),
        Column("needs_skills", N_("Skills needed"), Kind.LIST, load=_skills, show_only=True),
        Column("shifts", N_("Shifts"), Kind.ROWS, load=_shifts, view=SHIFTS, show_only=True),
        Column("roster", N_("Roster"), Kind.ROWS, load=_roster, view=ROSTER, show_only=True),
        WHOLE,
        added=contributed("event"),
    ),
    stored=stored_columns(Noun.EVENT),
)
SUGGESTIONS = View(
    "suggestions",
    N_("Suggestions"),
    (
        Column("id", N_("Id"), Kind.ID),
        Column("person", N_("Person")),
        Column("volunteer_no", N_("Volunteer no"), Kind.CODE),
        Column("phone", N_("Phone"), Kind.PHONE),
        Column("free", N_("Free"), Kind.FLAG),
        Column("skill", N_("Skilled"), Kind.FLAG),
        Column("member", N_("Member"), Kind.FLAG),
        Column("last_served_on", N_("Last served"), Kind.DATE),
        Column("near", N_("Near"), Kind.CHOICE, choices=NEARNESS),
        Column("no_shows", N_("Absent lately"), Kind.COUNT),
    ),
)
RUNGS = View(
    "rungs",
    N_("Reasons"),
    (
        Column("rung", N_("Rung"), Kind.CHOICE, value=lambda rung: rung.code, choices=RUNGS_IN_WORDS),
        Column("ok", N_("Passes"), Kind.FLAG),
        Column("explanation", N_("Why")),
    ),
)
