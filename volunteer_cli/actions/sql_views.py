"""What other tools read of actions: who is to do something by when, and whether it was done."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from volunteer_cli.actions.models import Action
from volunteer_cli.core.sql_views import SqlView
from volunteer_cli.organizations.models import Organization


def _actions() -> Any:
    columns = (
        Action.id,
        Action.source,
        Action.field,
        Organization.name.label("owner"),
        Action.owner_id,
        Action.raised_on,
        Action.due_on,
        Action.status,
        Action.done_on,
        Action.confirmed_on,
        Action.score,
    )
    return select(*columns).join(Organization, Organization.id == Action.owner_id)


SQL_VIEWS = (
    SqlView(
        "actions",
        "Actions of councils and needs of enterprises. One is overdue while it is open and its due date has passed.",
        {
            "id": "Its id.",
            "source": "What raised it: topic or need.",
            "field": "Its field.",
            "owner": "The organization that is to do it.",
            "owner_id": "That organization's id.",
            "raised_on": "When it was raised.",
            "due_on": "By when it is to be done.",
            "status": "open, done, confirmed or dropped.",
            "done_on": "When it was done.",
            "confirmed_on": "When whoever raised it said that it is done.",
            "score": "How content they were, from 1 to 5.",
        },
        _actions,
    ),
)
