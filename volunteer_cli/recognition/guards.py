"""What has left the house is not taken back by an undo."""

from __future__ import annotations

from sqlalchemy.orm import Session

from volunteer_cli.core.errors import RuleError
from volunteer_cli.core.i18n import N_
from volunteer_cli.core.undo import Reversal
from volunteer_cli.recognition.models import Certificate
from volunteer_cli.recognition.queries import replacement_of

TABLE = Certificate.__tablename__


class CertificateIssued(RuleError):
    """Certificate {number} has been issued and cannot be undone"""

    code = "issued"
    hint = N_("Void it: volunteer certificate void {number} --reason TEXT")
    explanation = N_(
        "Somebody may hold the paper, so its number must go on telling what became of it. A voided "
        "certificate keeps number and figures; the next one issued in the same way replaces it."
    )


class CertificateReplaced(RuleError):
    """Certificate {number} was replaced by {other}; it cannot become valid again"""

    code = "replaced"


def before_undo(session: Session, reversal: Reversal) -> None:
    """Refuse to undo an issue, or the voiding of a certificate that another one replaced since.

    Raises:
        CertificateIssued, CertificateReplaced: as their sentences say.
    """
    for first, _last in reversal.inserted.get(TABLE, ()):
        raise CertificateIssued(number=session.get_one(Certificate, first).number)
    for key, (before, _after) in reversal.updated.get(TABLE, {}).items():
        other = replacement_of(session, key)
        if other and "voided_on" in before:
            raise CertificateReplaced(number=session.get_one(Certificate, key).number, other=other.number)
