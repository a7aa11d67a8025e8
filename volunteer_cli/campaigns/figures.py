"""The columns of progress, apart from all that a database is needed for: help and completion read them too."""

from __future__ import annotations

from volunteer_cli.core.i18n import N_, NC_
from volunteer_cli.output.view import Column, Kind


def _number(name: str, title: str, *, table: bool = True) -> Column:
    return Column(name, title, Kind.COUNT, total=True, table=table)


FIGURES = (
    _number("listed", NC_("target", "Listed")),
    _number("added", NC_("target", "Added")),
    _number("out_of_scope", NC_("target", "Out of scope")),
    _number("vacant", NC_("target", "Vacant")),
    _number("absent", NC_("target", "Absent")),
    _number("eligible", NC_("target", "Eligible"), table=False),
    _number("done", NC_("target", "Done")),
    _number("refused", NC_("target", "Refused")),
    _number("unreached", NC_("target", "Unreached")),
    _number("blocked", NC_("target", "Blocked")),
    _number("waiting", NC_("target", "Waiting")),
    _number("open", NC_("target", "Open")),
    _number("todo", NC_("target", "To do")),
    _number("tried", NC_("target", "Tried"), table=False),
    Column("visited_rate", N_("Rate of visits"), Kind.PERCENT),
    Column("done_rate", N_("Rate done"), Kind.PERCENT),
    _number("resolved", NC_("target", "Resolved")),
    _number("planned", NC_("campaign", "Planned")),
    _number("behind", NC_("campaign", "Behind")),
    _number("agreeing", NC_("target", "Agreeing"), table=False),
    _number("rechecked", NC_("target", "Re-checked"), table=False),
)
