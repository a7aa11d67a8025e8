"""How people are shown."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from volunteer_cli.core.i18n import N_
from volunteer_cli.core.run import run
from volunteer_cli.output.view import Column, Kind, View
from volunteer_cli.people import queries
from volunteer_cli.people.terms import (
    DUPLICATE_REASONS,
    PERSON_STATUSES,
    POLITICAL_STATUSES,
    SEXES,
    TAGS,
    LabelKind,
    PersonStatus,
)
from volunteer_cli.recognition.terms import AWARD_LEVELS, RATINGS

Load = Callable[[Any, Sequence[Any]], Mapping[int, Any]]


def _labels(kind: LabelKind) -> Load:
    return lambda session, people: queries.labels_of(session, [person.id for person in people], kind)


def _teams(session: Any, people: Sequence[Any]) -> Mapping[int, Any]:
    from volunteer_cli.teams.queries import teams_of_people

    return teams_of_people(session, [person.id for person in people], run().clock.today)


def _minutes(session: Any, people: Sequence[Any]) -> Mapping[int, Any]:
    from volunteer_cli.hours.queries import minutes_of_people

    return minutes_of_people(session, [person.id for person in people])


def _stars(session: Any, people: Sequence[Any]) -> Mapping[int, Any]:
    from volunteer_cli.recognition.queries import stars_of_people

    return stars_of_people(session, [person.id for person in people])


def _communities(session: Any, people: Sequence[Any]) -> Mapping[int, Any]:
    from volunteer_cli.communities.queries import community_names

    names = community_names(session)
    return {person.id: names[person.community_id] for person in people}


def _guardians(session: Any, people: Sequence[Any]) -> Mapping[int, Any]:
    names = queries.person_names(session, (person.guardian_id for person in people))
    return {person.id: names[person.guardian_id] for person in people if person.guardian_id}


# --- the five groups of a volunteer's record that the law asks for; the basics are the person's own ----


def _each(read: Callable[[Any, int], Sequence[Any]]) -> Load:
    """Records of one person after the other: these columns are for `show`, which has one."""
    return lambda session, people: {person.id: read(session, person.id) for person in people}


def _trainings(session: Any, person_id: int) -> Sequence[Any]:
    from volunteer_cli.training.queries import trainings

    return [training for training in trainings(session, person_id=person_id) if not training.voided_on]


def _service(session: Any, person_id: int) -> Sequence[Any]:
    from volunteer_cli.recognition.queries import service_by_year

    return service_by_year(session, person_id)


def _awards(session: Any, person_id: int) -> Sequence[Any]:
    from volunteer_cli.recognition.queries import awards

    return [award for award in awards(session, person_id=person_id) if not award.voided_on]


def _evaluations(session: Any, person_id: int) -> Sequence[Any]:
    from volunteer_cli.recognition.queries import evaluations

    return [one for one in evaluations(session, person_id=person_id) if not one.voided_on]


def _events(session: Any, evaluations: Sequence[Any]) -> Mapping[int, Any]:
    from volunteer_cli.events.queries import event_titles

    titles = event_titles(session, {evaluation.event_id for evaluation in evaluations})
    return {evaluation.id: titles[evaluation.event_id] for evaluation in evaluations}


def _rating(name: str) -> Load:
    def load(session: Any, people: Sequence[Any]) -> Mapping[int, Any]:
        from volunteer_cli.recognition.queries import average_ratings

        found = average_ratings(session, [person.id for person in people])
        return {key: getattr(rating, name) for key, rating in found.items()}

    return load


TRAININGS = View(
    "trainings",
    N_("Trainings"),
    (
        Column("id", N_("Id"), Kind.ID, table=False),
        Column("topic", N_("Topic")),
        Column("by", N_("Held by")),
        Column("on", N_("Date"), Kind.DATE, value=lambda training: training.held_on),
        Column("minutes", N_("Duration"), Kind.MINUTES),
        Column("until", N_("Counts until"), Kind.DATE),
    ),
)
SERVICE = View(
    "service",
    N_("Service"),
    (
        Column("year", N_("Year"), Kind.ID),
        Column("records", N_("Records"), Kind.COUNT),
        Column("minutes", N_("Hours"), Kind.MINUTES),
        Column("last_on", N_("Last on"), Kind.DATE),
    ),
)
AWARDS = View(
    "awards",
    N_("Honours"),
    (
        Column("id", N_("Id"), Kind.ID, table=False),
        Column("title", N_("Honour")),
        Column("level", N_("Level"), Kind.CHOICE, choices=AWARD_LEVELS),
        Column("by", N_("Awarded by")),
        Column("on", N_("Date"), Kind.DATE, value=lambda award: award.awarded_on),
        Column("document", N_("Document"), Kind.CODE),
    ),
)
EVALUATIONS = View(
    "evaluations",
    N_("Evaluations"),
    (
        Column("id", N_("Id"), Kind.ID, table=False),
        Column("event", N_("Event"), load=_events),
        Column("event_id", N_("Event id"), Kind.ID, table=False),
        *(Column(name, title, Kind.COUNT) for name, title in RATINGS.items()),
        Column("text", N_("In words")),
        Column("by", N_("Evaluated by")),
        Column("on", N_("Date"), Kind.DATE, value=lambda evaluation: evaluation.recorded_on),
    ),
)


def status(person: Any) -> PersonStatus:
    """Whether a person's record is in use."""
    if person.erased_on:
        return PersonStatus.ERASED
    return PersonStatus.ARCHIVED if person.archived_on else PersonStatus.ACTIVE


PEOPLE = View(
    "people",
    N_("People"),
    (
        Column("id", N_("Id"), Kind.ID),
        Column("volunteer_no", N_("Volunteer number"), Kind.CODE),
        Column("name", N_("Name")),
        Column("sex", N_("Sex"), Kind.CHOICE, choices=SEXES),
        Column("birth", N_("Birth date")),
        Column("phone", N_("Phone"), Kind.PHONE),
        Column("phone_alt", N_("Second phone"), Kind.PHONE, table=False),
        Column("id_number", N_("Identity number"), Kind.ID_NUMBER, table=False),
        Column("address", N_("Address"), Kind.ADDRESS, table=False),
        Column("building", N_("Building")),
        Column("unit", N_("Unit"), Kind.ADDRESS, table=False),
        Column("room", N_("Room"), Kind.ADDRESS, table=False),
        Column("grid", N_("Grid"), table=False),
        Column(
            "political_status", N_("Political status"), Kind.CHOICE, choices=POLITICAL_STATUSES, table=False
        ),
        Column("skills", N_("Skills"), Kind.LIST, load=_labels(LabelKind.SKILL), default=(), table=False),
        Column(
            "categories",
            N_("Service categories"),
            Kind.LIST,
            load=_labels(LabelKind.CATEGORY),
            default=(),
            table=False,
        ),
        Column(
            "tags", N_("Tags"), Kind.LIST, load=_labels(LabelKind.TAG), default=(), choices=TAGS, table=False
        ),
        Column("teams", N_("Teams"), Kind.LIST, load=_teams, default=()),
        Column("registered_on", N_("Registered on"), Kind.DATE, table=False),
        Column("status", N_("Status"), Kind.CHOICE, value=status, choices=PERSON_STATUSES, table=False),
        Column("minutes", N_("Hours"), Kind.MINUTES, load=_minutes, default=0),
        Column("star", N_("Star level"), Kind.COUNT, load=_stars, table=False),
        Column("community", N_("Community"), load=_communities, table=False),
        Column("community_id", N_("Community id"), Kind.ID, table=False),
        Column("guardian", N_("Guardian"), load=_guardians, table=False),
        Column("guardian_id", N_("Guardian id"), Kind.ID, table=False),
        Column("emergency_contact", N_("Emergency contact"), Kind.ADDRESS, table=False),
        Column("note", N_("Note"), table=False),
        Column(
            "trainings", N_("Trainings"), Kind.ROWS, load=_each(_trainings), view=TRAININGS, show_only=True
        ),
        Column("service", N_("Service"), Kind.ROWS, load=_each(_service), view=SERVICE, show_only=True),
        Column("awards", N_("Honours"), Kind.ROWS, load=_each(_awards), view=AWARDS, show_only=True),
        Column(
            "evaluations",
            N_("Evaluations"),
            Kind.ROWS,
            load=_each(_evaluations),
            view=EVALUATIONS,
            show_only=True,
        ),
        Column(
            "evaluation_average",
            N_("Average evaluation"),
            Kind.NUMBER,
            load=_rating("average"),
            show_only=True,
        ),
        Column(
            "evaluation_count",
            N_("Evaluations counted"),
            Kind.COUNT,
            load=_rating("count"),
            default=0,
            show_only=True,
        ),
    ),
)
DUPLICATES = View(
    "duplicates",
    N_("Possible duplicates"),
    (
        Column("first_id", N_("Id"), Kind.ID),
        Column("first", N_("Name")),
        Column("second_id", N_("Second id"), Kind.ID),
        Column("second", N_("Second name")),
        Column("reason", N_("Reason"), Kind.CHOICE, choices=DUPLICATE_REASONS),
    ),
)
