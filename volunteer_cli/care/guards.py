"""What visits hold against a merge."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from volunteer_cli.care.models import VisitPerson
from volunteer_cli.care.terms import Part
from volunteer_cli.core.i18n import ngettext


def merge_losses(session: Session, keep_id: int, drop_id: int) -> Iterator[str]:
    """On how many visits two people become one: some needed two."""
    both = select(VisitPerson.visit_id).where(
        VisitPerson.part == Part.VISITOR, VisitPerson.person_id.in_((keep_id, drop_id))
    )
    together = both.group_by(VisitPerson.visit_id).having(func.count() > 1).subquery()
    count = session.scalar(select(func.count()).select_from(together)) or 0
    if count:
        sentence = ngettext(
            "on {count} visit the two are one visitor then",
            "on {count} visits the two are one visitor then",
            count,
        )
        yield sentence.format(count=count)
