"""What must always hold of cases."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import Session

from volunteer_cli.core.checks import Check, Finding
from volunteer_cli.core.database import day_of
from volunteer_cli.core.i18n import N_, _
from volunteer_cli.mediation.erasing import left_of_erased
from volunteer_cli.mediation.models import Mediation, MediationParty, MediationSession, Mediator
from volunteer_cli.mediation.terms import Court, Status


def _states(session: Session) -> Iterator[Finding]:
    wrong = or_(_decided_wrongly(), _closed_wrongly())
    for key in session.scalars(select(Mediation.id).where(wrong)):
        yield Finding(f"mediation:{key}", _("Its status does not agree with what was recorded of it."))


def _decided_wrongly() -> ColumnElement[bool]:
    agreed = Mediation.effective_on.is_not(None)
    decided = Mediation.decided_on.is_not(None) & Mediation.outcome.is_not(None)
    return or_(
        (Mediation.status == Status.ACCEPTED) & decided,
        (Mediation.status != Status.ACCEPTED) & ~decided,
        (Mediation.outcome == Status.AGREED) & ~agreed,
        (Mediation.outcome == Status.ENDED) & (Mediation.ended_for.is_(None) | agreed),
    )


def _closed_wrongly() -> ColumnElement[bool]:
    # After an agreement the parties are asked again before the file is closed.
    unasked = (Mediation.outcome == Status.AGREED) & Mediation.followup_on.is_(None)
    return (Mediation.status == Status.CLOSED) & (Mediation.closed_on.is_(None) | unasked)


def _days(session: Session) -> Iterator[Finding]:
    wrong = or_(
        Mediation.decided_on < Mediation.accepted_on,
        Mediation.followup_on < Mediation.effective_on,
        Mediation.closed_on < Mediation.decided_on,
        # 人民调解法 (People's Mediation Law), art. 33: within thirty days of taking effect, and not later.
        Mediation.filed_on > Mediation.court_by,
        Mediation.court.is_not(None) & Mediation.filed_on.is_(None),
        (Mediation.court != Court.FILED) & Mediation.court_decided_on.is_(None),
    )
    problem = _("Its steps are not in the order in which they can have happened.")
    for key in session.scalars(select(Mediation.id).where(wrong)):
        yield Finding(f"mediation:{key}", problem)


def _parties(session: Session) -> Iterator[Finding]:
    number = func.count(MediationParty.id)
    query = select(Mediation.id).outerjoin(MediationParty, MediationParty.mediation_id == Mediation.id)
    alone = query.where(Mediation.erased_on.is_(None)).group_by(Mediation.id).having(number < 2)
    for key in session.scalars(alone):
        yield Finding(f"mediation:{key}", _("It has fewer than two parties."))


def _interested(session: Session) -> Iterator[Finding]:
    both = (MediationParty.mediation_id == Mediator.mediation_id) & (
        MediationParty.person_id == Mediator.person_id
    )
    query = select(Mediator.mediation_id).join(MediationParty, both).distinct()
    for key in session.scalars(query):
        yield Finding(f"mediation:{key}", _("Somebody is a party and mediates."))


def _consent(session: Session) -> Iterator[Finding]:
    """Sessions that were held although a party had not agreed by that day."""
    day = day_of(MediationSession.held_at)
    # Who was named later could not be asked before.
    without = (MediationParty.named_on < day) & (
        MediationParty.agreed_on.is_(None) | (MediationParty.agreed_on > day)
    )
    query = (
        select(MediationSession.mediation_id)
        .join(MediationParty, MediationParty.mediation_id == MediationSession.mediation_id)
        .where(without)
        .distinct()
    )
    for key in session.scalars(query):
        yield Finding(f"mediation:{key}", _("A session was held before every party had agreed to mediation."))


def _erased(session: Session) -> Iterator[Finding]:
    for key in left_of_erased(session):
        yield Finding(f"mediation:{key}", _("It was erased, and something confidential is left of it."))


CHECKS = (
    Check("mediation-states", N_("The status of a case agrees with its steps"), _states),
    Check("mediation-days", N_("The steps of a case are in order, and the court was asked in time"), _days),
    Check("mediation-parties", N_("A case has two parties or more"), _parties),
    Check("mediation-interested", N_("No mediator is a party"), _interested, code="interested"),
    Check(
        "mediation-consent", N_("No session without the consent of every party"), _consent, code="no_consent"
    ),
    Check("mediation-erased", N_("Nothing confidential is left of an erased case"), _erased),
)
