"""What cases hold against an undo."""

from __future__ import annotations

from sqlalchemy.orm import Session

from volunteer_cli.core.undo import Reversal
from volunteer_cli.mediation.models import Mediation
from volunteer_cli.mediation.rules.errors import CaseErased


def before_undo(session: Session, reversal: Reversal) -> None:
    """Refuse to take back that a case was erased: what was known is gone.

    Raises:
        CaseErased: the operation erased one.
    """
    for key, (_before, after) in reversal.updated.get(Mediation.__tablename__, {}).items():
        if after.get("erased_on"):
            raise CaseErased(number=session.get_one(Mediation, key).number)
