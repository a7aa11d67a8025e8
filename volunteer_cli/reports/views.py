"""How reports themselves, their definitions and their snapshots are shown."""

from __future__ import annotations

from typing import Any

from volunteer_cli.core.i18n import N_, _
from volunteer_cli.output.view import Column, Kind, View

REPORTS = View(
    "reports",
    N_("Reports"),
    (
        Column("name", N_("Report"), Kind.CODE),
        Column("title", N_("Title"), value=lambda report: _(report.title), table=False),
        Column("question", N_("The question it answers"), value=lambda report: _(report.question)),
        Column("by", N_("Broken down by"), Kind.LIST, value=lambda report: list(report.choices), table=False),
    ),
)


def _written(name: str) -> Any:
    return lambda definition: getattr(definition, name)


DEFINITIONS = View(
    "definitions",
    N_("Definitions"),
    (
        Column("figure", N_("Figure"), Kind.CODE, value=_written("name")),
        Column("title", N_("Title"), value=_written("title")),
        Column("meaning", N_("What it means"), value=_written("meaning")),
    ),
)
