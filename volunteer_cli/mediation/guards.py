"""What cases hold against an undo and a merge."""

from __future__ import annotations

from sqlalchemy import and_, select
from sqlalchemy.orm import Session

from volunteer_cli.core.undo import Reversal
from volunteer_cli.mediation.models import Mediation, MediationParty, Mediator
from volunteer_cli.mediation.rules.errors import CaseErased, OwnMatter


def before_undo(session: Session, reversal: Reversal) -> None:
    """Refuse to take back that a case was erased: what was known is gone.

    Raises:
        CaseErased: the operation erased one.
    """
    for key, (_before, after) in reversal.updated.get(Mediation.__tablename__, {}).items():
        if after.get("erased_on"):
            raise CaseErased(number=session.get_one(Mediation, key).number)


def before_merge(session: Session, keep_id: int, drop_id: int) -> None:
    """Refuse to make one person of a party and of who mediates its case.

    Raises:
        OwnMatter: somebody would mediate a case of their own.
    """
    of_one = and_(
        MediationParty.mediation_id == Mediator.mediation_id, MediationParty.person_id.in_((keep_id, drop_id))
    )
    query = select(Mediator.id).join(MediationParty, of_one).where(Mediator.person_id.in_((keep_id, drop_id)))
    if session.scalar(query.limit(1)) is not None:
        raise OwnMatter
