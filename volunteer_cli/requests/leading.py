"""Which command follows the end of a request."""

from __future__ import annotations

from sqlalchemy.orm import Session

from volunteer_cli.requests.models import Request
from volunteer_cli.requests.rules.closing import to_ask
from volunteer_cli.requests.terms import Status


def after_finish(session: Session, of: Request) -> str:
    """Callers are asked whether it is solved, one after the other; then it is closed."""
    if of.status != Status.FINISHED:
        return ""
    left = to_ask(session, of)
    return f"request callback {{it}} --caller {left[0].n} --solved yes" if left else "request close {it}"
