"""How trainings are shown."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from volunteer_cli.core.i18n import N_
from volunteer_cli.core.run import run
from volunteer_cli.output.view import Column, Kind, View
from volunteer_cli.people.queries import person_names
from volunteer_cli.training.queries import skills_of_trainings
from volunteer_cli.training.terms import TRAINING_STATUSES


def _people(session: Any, trainings: Sequence[Any]) -> dict[int, str]:
    names = person_names(session, {training.person_id for training in trainings})
    return {training.id: names[training.person_id] for training in trainings}


def _skills(session: Any, trainings: Sequence[Any]) -> dict[int, list[str]]:
    return skills_of_trainings(session, [training.id for training in trainings])


def _status(training: Any) -> str:
    if training.voided_on:
        return "voided"
    return "expired" if training.until and training.until < run().clock.today else "valid"


TRAININGS = View(
    "trainings",
    N_("Trainings"),
    (
        Column("id", N_("Id"), Kind.ID),
        Column("person", N_("Person"), load=_people),
        Column("person_id", N_("Person id"), Kind.ID, table=False),
        Column("topic", N_("Topic")),
        Column("by", N_("Held by")),
        Column("on", N_("Date"), Kind.DATE, value=lambda training: training.held_on),
        Column("minutes", N_("Duration"), Kind.MINUTES),
        Column("skills", N_("Skills"), Kind.LIST, load=_skills),
        Column("until", N_("Counts until"), Kind.DATE),
        Column("status", N_("Status"), Kind.CHOICE, value=_status, choices=TRAINING_STATUSES),
        Column("reason", N_("Reason"), value=lambda training: training.void_reason, table=False),
    ),
)
