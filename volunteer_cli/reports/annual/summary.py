"""What is said when the year's report has been written."""

from __future__ import annotations

from volunteer_cli.core.i18n import N_
from volunteer_cli.output.view import Column, Kind, View

SUMMARY = View(
    "annual",
    N_("Annual report"),
    (
        Column("file", N_("File")),
        Column("title", N_("Title")),
        Column("period", N_("Period"), Kind.CODE),
        Column("sections", N_("Sections"), Kind.COUNT),
        Column("tables", N_("Tables"), Kind.COUNT),
        Column("minutes", N_("Hours"), Kind.MINUTES),
    ),
    identity="file",
)
