"""Columns that alliances add to the view of actions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from volunteer_cli.actions.terms import ActionSource
from volunteer_cli.core.i18n import N_, _
from volunteer_cli.core.worded import Worded
from volunteer_cli.output.view import Column, Kind


def need_in_words(key: int) -> Worded:
    """A need as scripts have it, and as people read it."""
    return Worded(f"need:{key}", _("need {id}").format(id=key))


def _sources(session: Any, actions: Sequence[Any]) -> Mapping[int, str]:
    from volunteer_cli.alliances.queries.councils import topics_of_actions

    # Areas below know actions but neither topics nor needs: what an action comes of is told from here.
    topics = topics_of_actions(session, [action.id for action in actions])
    return {action.id: _source(action, topics) for action in actions}


def _source(action: Any, topics: Mapping[int, int]) -> str:
    if action.source == ActionSource.NEED:
        return need_in_words(action.id)
    topic = topics.get(action.id)
    return Worded(f"topic:{topic}", _("topic {id}").format(id=topic))


ACTION = (Column("source", N_("Source"), Kind.CODE, load=_sources, after="text"),)
