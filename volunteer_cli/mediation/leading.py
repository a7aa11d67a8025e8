"""Which command follows a step of a case."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from volunteer_cli.mediation.models import Mediation, MediationTerm
from volunteer_cli.mediation.queries import parties
from volunteer_cli.mediation.terms import Status, TermStatus


def after_a_party(session: Session, of: Mediation) -> str:
    """Every party agrees to mediation before the first session (人民调解法, art. 17)."""
    if of.status != Status.ACCEPTED:
        return ""
    undecided = any(each.agreed_on is None for each in parties(session, of.id))
    return "mediation party {it} NAME --agrees" if undecided else "mediation session {it}"


def after_agreement(session: Session, of: Mediation) -> str:
    """What was agreed is performed, term by term; then it is asked whether it is kept."""
    terms = select(MediationTerm.n).where(
        MediationTerm.mediation_id == of.id, MediationTerm.status == TermStatus.OPEN
    )
    n = session.scalar(terms.order_by(MediationTerm.n).limit(1))
    return "mediation followup {it} --performed yes" if n is None else f"mediation perform {{it}} --term {n}"
