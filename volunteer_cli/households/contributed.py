"""Columns that households add to the views of others."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from volunteer_cli.core.i18n import N_
from volunteer_cli.core.run import run
from volunteer_cli.output.view import Column, Kind


def _homes(session: Any, people: Sequence[Any]) -> Mapping[int, Any]:
    from volunteer_cli.households.queries import homes_of

    return homes_of(session, [person.id for person in people], run().clock.today)


def _numbers(session: Any, people: Sequence[Any]) -> Mapping[int, Any]:
    return {person_id: row.number for person_id, row in _homes(session, people).items()}


def _ids(session: Any, people: Sequence[Any]) -> Mapping[int, Any]:
    return {person_id: row.household_id for person_id, row in _homes(session, people).items()}


PERSON = (
    Column("household", N_("Household"), Kind.CODE, load=_numbers, table=False, after="grid"),
    Column("household_id", N_("Household id"), Kind.ID, load=_ids, table=False, after="household"),
)
