"""How lent copies are shown, and what became of what was done in one."""

from __future__ import annotations

from typing import Any

from volunteer_cli.admin.lending.merging import STATES, Outcome
from volunteer_cli.admin.views import masked_arguments
from volunteer_cli.core.i18n import N_, NC_
from volunteer_cli.core.offsets import wall_of
from volunteer_cli.output.view import Column, Kind, View

LOANS = View(
    "loans",
    N_("Lent copies"),
    (
        Column("id", N_("Id"), Kind.ID),
        Column("site", N_("Site"), Kind.COUNT),
        Column("file", N_("File"), Kind.CODE),
        Column("lent_on", N_("Lent on"), Kind.DATE),
        Column("until", NC_("loan", "Until"), Kind.DATE),
        Column("last_operation", N_("Last operation in common"), Kind.ID),
        Column("returned_on", N_("Came back on"), Kind.DATE),
    ),
)


def _of_step(name: str) -> Any:
    return lambda outcome: getattr(outcome.step.operation, name)


def _code(outcome: Outcome) -> str | None:
    return outcome.error.code if outcome.error else None


def _problem(outcome: Outcome) -> str | None:
    return outcome.error.message if outcome.error else None


OUTCOMES = View(
    "merged",
    N_("Operations of the copy"),
    (
        Column("id", N_("In the copy"), Kind.ID),
        Column("operation", N_("Here"), Kind.ID),
        Column("at", N_("Time"), Kind.DATETIME, value=lambda outcome: wall_of(outcome.step.operation.at)),
        Column("actor", N_("Who"), value=_of_step("actor")),
        Column("command", N_("Command"), value=_of_step("command")),
        Column("arguments", N_("As typed"), masked=lambda outcome: masked_arguments(outcome.step.operation)),
        Column("state", N_("What became of it"), Kind.CHOICE, choices=STATES),
        Column("code", N_("Code"), Kind.CODE, value=_code),
        Column("problem", N_("Problem"), value=_problem),
    ),
)
