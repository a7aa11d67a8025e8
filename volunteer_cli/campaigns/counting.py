"""Whether what campaigns do counts elsewhere, without their tables."""

from __future__ import annotations

from sqlalchemy import text
from sqlalchemy.orm import Session


def any_counts_as_visit(session: Session) -> bool:
    """Whether meetings of any campaign count as visits."""
    # As text: a list of visits is spared the mapped classes of campaigns where none of them counts.
    query = text("SELECT 1 FROM campaign WHERE counts_as_visit LIMIT 1")
    return session.scalar(query) is not None
