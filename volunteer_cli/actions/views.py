"""How actions are shown; what they come of is added by the areas that raise them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from volunteer_cli.actions import queries
from volunteer_cli.actions.terms import ACTION_STATUSES, STEPS, ActionStatus
from volunteer_cli.areas import contributed
from volunteer_cli.core.i18n import N_, NC_
from volunteer_cli.core.lookup import named_by
from volunteer_cli.core.run import run
from volunteer_cli.organizations.queries import ORGANIZATION, organization_names
from volunteer_cli.organizations.terms import ALLIANCE_FIELDS
from volunteer_cli.output.view import Column, Kind, View, extended


def ids_of(records: Sequence[Any]) -> list[int]:
    """The ids of records."""
    return [record.id for record in records]


def is_overdue(action: Any) -> bool:
    """Whether an action is overdue today."""
    return bool(action.status == ActionStatus.OPEN and action.due_on < run().clock.today)


def days_taken(action: Any) -> int | None:
    """Days from raising an action to when it was last done."""
    return (action.done_on - action.raised_on).days if action.done_on else None


def _raisers(session: Any, actions: Sequence[Any]) -> Mapping[int, str | None]:
    names = organization_names(session, (action.raised_by_id for action in actions))
    return {action.id: names.get(action.raised_by_id or 0, action.raised_by) for action in actions}


ACTION_STEPS = View(
    "steps",
    N_("Steps"),
    (
        Column("id", N_("Id"), Kind.ID, table=False),
        Column("on", NC_("action", "Day"), Kind.DATE),
        Column("step", N_("Step"), Kind.CHOICE, choices=STEPS),
        Column("text", NC_("action", "Text")),
        Column("by", N_("By")),
        Column("due_before", N_("Due before"), Kind.DATE),
        Column("due_after", N_("Due"), Kind.DATE),
        Column("owner_before", N_("Owner before"), table=False),
        Column("owner_after", N_("Responsible unit")),
    ),
)
#: The columns from the owner to the end, which a list of needs has too.
COURSE = (
    Column("owner", N_("Responsible unit"), load=named_by("owner_id", ORGANIZATION)),
    Column("owner_id", N_("Responsible unit id"), Kind.ID, table=False),
    Column("raised_on", N_("Raised on"), Kind.DATE),
    Column("due_on", N_("Due"), Kind.DATE),
    Column(
        "extended",
        N_("Extended"),
        Kind.COUNT,
        load=lambda session, actions: queries.extensions(session, ids_of(actions)),
        default=0,
        table=False,
    ),
    Column("status", N_("Status"), Kind.CHOICE, choices=ACTION_STATUSES),
    Column("overdue", N_("Overdue"), Kind.FLAG, value=is_overdue),
    Column("done_on", N_("Done on"), Kind.DATE),
    Column("result", N_("Result"), table=False),
    Column("confirmed_on", N_("Confirmed on"), Kind.DATE, table=False),
    Column("confirmed_by", N_("Confirmed by"), table=False),
    Column("score", N_("Score"), Kind.COUNT, table=False),
    Column("days", N_("Days"), Kind.COUNT, value=days_taken, table=False),
    Column(
        "steps",
        N_("Steps"),
        Kind.ROWS,
        load=lambda session, actions: queries.steps(session, ids_of(actions)),
        default=(),
        view=ACTION_STEPS,
        show_only=True,
    ),
)
ACTIONS = View(
    "actions",
    N_("Actions"),
    extended(
        Column("id", N_("Id"), Kind.ID),
        Column("text", N_("What is to be done")),
        Column("raised_by", N_("Raised by"), load=_raisers),
        Column("field", N_("Alliance field"), Kind.CHOICE, choices=ALLIANCE_FIELDS, table=False),
        *COURSE,
        added=contributed("action"),
    ),
)
