"""What visits hold against a merge, and what becomes of plans when two households become one."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import and_, func, select
from sqlalchemy.orm import Session, aliased

from volunteer_cli.care.models import Visit, VisitPerson
from volunteer_cli.care.queries.finding import OPEN_PLAN, is_open_plan
from volunteer_cli.care.terms import Part
from volunteer_cli.core.history import delete_rows, table_of
from volunteer_cli.core.i18n import ngettext
from volunteer_cli.core.uniting import move_reference


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


# --- two households become one ------------------------------------------------------------


def household_losses(session: Session, keep_id: int, drop_id: int) -> Iterator[str]:
    """How many plans fall together: a household has one open plan a day."""
    if count := len(_same_day(session, keep_id, drop_id)):
        sentence = ngettext(
            "{count} plan of the same day becomes one with another",
            "{count} plans of the same days become one with others",
            count,
        )
        yield sentence.format(count=count)


def merge_households(session: Session, keep_id: int, drop_id: int) -> None:
    """Let whoever would have gone to either by a plan of the same day go by the one that stays."""
    for kept, dropped in _same_day(session, keep_id, drop_id):
        move_reference(session, table_of(VisitPerson).c.visit_id, kept, dropped)
        delete_rows(session, Visit, [dropped])


def _same_day(session: Session, keep_id: int, drop_id: int) -> list[tuple[int, int]]:
    """Open plans of the two households for the same day, the one that stays first."""
    other = aliased(Visit)
    same = and_(other.household_id == drop_id, other.planned_on == Visit.planned_on)
    query = select(Visit.id, other.id).join(other, and_(same, is_open_plan(other)))
    rows = session.execute(query.where(OPEN_PLAN, Visit.household_id == keep_id))
    return [(kept, dropped) for kept, dropped in rows]
