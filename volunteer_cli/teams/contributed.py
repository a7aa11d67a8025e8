"""Columns that teams add to the views of others."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from volunteer_cli.core.i18n import N_
from volunteer_cli.core.run import run
from volunteer_cli.output.view import Column, Kind


def _teams(session: Any, people: Sequence[Any]) -> Mapping[int, Any]:
    from volunteer_cli.teams.queries import teams_of_people

    return teams_of_people(session, [person.id for person in people], run().clock.today)


PERSON = (Column("teams", N_("Teams"), Kind.LIST, load=_teams, default=(), after="tags"),)
