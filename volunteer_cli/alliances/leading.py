"""Which command follows a step of a council, of an action or of a need."""

from __future__ import annotations

from typing import Any

from sqlalchemy.orm import Session

from volunteer_cli.actions.models import Action
from volunteer_cli.actions.terms import ActionSource
from volunteer_cli.alliances.models import Council, CouncilSession
from volunteer_cli.alliances.queries import councils


def after_accepting(session: Session, topics: Any) -> str:
    """An accepted topic waits for a session."""
    first = topics[0] if isinstance(topics, list) else topics
    council = session.get_one(Council, first.council_id)
    return f"council convene {council.code} --start DATETIME --end TIME"


def at_a_session(session: Session, meeting: CouncilSession) -> str:
    """The next topic on the agenda, or the end."""
    left = councils.pending(session, meeting)
    if not left:
        return "council close {it}"
    return f"council decide {left[0].topic.id} --session {{it}} --text TEXT"


def after_action(_session: Session, action: Action) -> str:
    """Whoever raised it confirms that it is done; an enterprise says how content it is."""
    if action.source == ActionSource.NEED:
        return "pairing confirm {it} --score 1-5"
    return "council confirm {it}"


def after_confirming(session: Session, action: Action) -> str:
    """Once all is done the proposer of the topic is told."""
    topic = councils.topics_of_actions(session, [action.id]).get(action.id)
    if topic is None or councils.unsettled_actions(session, topic):
        return ""
    return f"council answer {topic} --text TEXT"
