"""Columns that trainings add to the views of others."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from volunteer_cli.core.i18n import N_
from volunteer_cli.output.view import Column, Kind, View

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


def _trainings(session: Any, people: Sequence[Any]) -> Mapping[int, Any]:
    """For `show`, which has one person: the trainings of one after the other."""
    from volunteer_cli.training.queries import trainings

    return {
        person.id: [one for one in trainings(session, person_id=person.id) if not one.voided_on]
        for person in people
    }


PERSON = (Column("trainings", N_("Trainings"), Kind.ROWS, load=_trainings, view=TRAININGS, show_only=True),)
