"""Columns that stars, honours and evaluations add to the views of others."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from volunteer_cli.core.i18n import N_
from volunteer_cli.output.view import Column, Kind, View
from volunteer_cli.recognition.terms import AWARD_LEVELS, RATINGS

Load = Callable[[Any, Sequence[Any]], Mapping[int, Any]]


def _stars(session: Any, people: Sequence[Any]) -> Mapping[int, Any]:
    from volunteer_cli.recognition.queries import stars_of_people

    return stars_of_people(session, [person.id for person in people])


# --- groups of a volunteer's record that the law asks for ----------------------------------------------


def _each(read: Callable[[Any, int], Sequence[Any]]) -> Load:
    """Records of one person after the other: these columns are for `show`, which has one."""
    return lambda session, people: {person.id: read(session, person.id) for person in people}


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

        averages = average_ratings(session, [person.id for person in people])
        return {key: getattr(rating, name) for key, rating in averages.items()}

    return load


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

PERSON = (
    Column("star", N_("Star level"), Kind.COUNT, load=_stars, table=False, after="minutes"),
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
)
