"""What must always hold of visits."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import case, func, or_, select
from sqlalchemy.orm import Session

from volunteer_cli.care.models import Visit, VisitPerson, VisitSupply
from volunteer_cli.care.queries.finding import OPEN_PLAN, STANDING
from volunteer_cli.care.terms import Outcome, Part
from volunteer_cli.core.checks import Check, Finding
from volunteer_cli.core.i18n import N_, _
from volunteer_cli.drives.models import StockEntry
from volunteer_cli.drives.terms import State


def _states(session: Session) -> Iterator[Finding]:
    """Visits that are neither a plan nor something that took place, or both."""
    made = Visit.at.is_not(None)
    wrong = or_(
        ~made & Visit.planned_on.is_(None),
        ~made & Visit.outcome.is_not(None),
        made & Visit.outcome.is_(None),
        made & Visit.cancelled_on.is_not(None),
    )
    for key in session.scalars(select(Visit.id).where(wrong)):
        yield Finding(f"visit:{key}", _("It is neither a plan nor a visit that took place."))


def _met(session: Session) -> Iterator[Finding]:
    # Goods are given to people and not left at doors: what was left there somebody else may have taken.
    named = select(VisitPerson.id).where(VisitPerson.visit_id == Visit.id, VisitPerson.part == Part.MET)
    given = select(VisitSupply.id).where(VisitSupply.visit_id == Visit.id)
    nobody = or_(Visit.outcome.is_(None), Visit.outcome != Outcome.MET)
    wrong = select(Visit.id).where(nobody, or_(named.exists(), given.exists()))
    for key in session.scalars(wrong):
        yield Finding(f"visit:{key}", _("Nobody was met, and yet somebody is named or something was given."))


def _visitors(session: Session) -> Iterator[Finding]:
    went = select(VisitPerson.id).where(VisitPerson.visit_id == Visit.id, VisitPerson.part == Part.VISITOR)
    for key in session.scalars(select(Visit.id).where(~went.exists())):
        yield Finding(f"visit:{key}", _("Nobody is named who went."))


def _goods(session: Session) -> Iterator[Finding]:
    """Lines of slips of which the ledger gave away another number than visits did."""
    booked, given = _booked(session), _given(session)
    for key in sorted({*booked, *given}):
        if booked.get(key, 0) != given.get(key, 0):
            yield Finding(f"slip_line:{key}", _("The ledger and the visits disagree about what was given."))


def _booked(session: Session) -> dict[int, int]:
    """How much of each line is with households by the ledger."""
    change = case((StockEntry.to_state == State.GIVEN, StockEntry.quantity), else_=-StockEntry.quantity)
    touches = or_(StockEntry.to_state == State.GIVEN, StockEntry.from_state == State.GIVEN)
    query = select(StockEntry.line_id, func.sum(change)).where(touches).group_by(StockEntry.line_id)
    return {row[0]: row[1] for row in session.execute(query)}


def _given(session: Session) -> dict[int, int]:
    """How much of each line was given on visits that stand."""
    query = select(VisitSupply.line_id, func.sum(VisitSupply.quantity)).join(
        Visit, Visit.id == VisitSupply.visit_id
    )
    lines = query.where(STANDING, VisitSupply.line_id.is_not(None)).group_by(VisitSupply.line_id)
    return {row[0] or 0: row[1] for row in session.execute(lines)}


def _plans(session: Session) -> Iterator[Finding]:
    days = select(func.max(Visit.id)).where(OPEN_PLAN).group_by(Visit.household_id, Visit.planned_on)
    for key in session.scalars(days.having(func.count() > 1)):
        yield Finding(f"visit:{key}", _("The household has another open plan for that day."))


CHECKS = (
    Check("visit-states", N_("A visit took place or is a plan"), _states),
    Check("visit-met", N_("Goods are given only where somebody was met"), _met),
    Check("visit-people", N_("Somebody is named for every visit"), _visitors),
    Check("visit-plans", N_("A household has one open plan a day"), _plans),
    Check("visit-goods", N_("The ledger of drives and the visits agree about goods given"), _goods),
)
