"""What has left the house is not taken back by an undo, and what recognition says when two people become one."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from volunteer_cli.core.errors import RuleError
from volunteer_cli.core.history import delete_rows
from volunteer_cli.core.i18n import N_, _
from volunteer_cli.core.undo import Reversal
from volunteer_cli.recognition.models import Award, Certificate, Evaluation
from volunteer_cli.recognition.queries import ALIKE, replacement_of

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


def merge_losses(session: Session, keep_id: int, drop_id: int) -> Iterator[str]:
    """The honours that both have, of which there is one then, and certificates that tell of the same time."""
    for award in _twice(session, Award, keep_id, drop_id):
        yield _("the same honour twice: {title}, {day}").format(title=award.title, day=award.awarded_on)
    for one, other in _of_one_time(session, keep_id, drop_id):
        yield _("certificates {one} and {other} are both valid and of the same time").format(
            one=one.number, other=other.number
        )


def merge_rows(session: Session, keep_id: int, drop_id: int) -> None:
    """Let equal honours, and equal evaluations, of the two be one."""
    for model in ALIKE:
        for row in _twice(session, model, keep_id, drop_id):
            key = row.id
            # The session must forget it first, or it would write a row that is no longer there.
            session.expunge(row)
            delete_rows(session, model, [key])


def _twice(session: Session, model: type[Award | Evaluation], keep_id: int, drop_id: int) -> list[Any]:
    """The records of DROP that KEEP has too, voided ones left out."""
    kept = aliased(model)
    same = [getattr(model, name).is_not_distinct_from(getattr(kept, name)) for name in ALIKE[model]]
    valid = (model.voided_on.is_(None), kept.voided_on.is_(None))
    query = select(model).join(kept, kept.person_id == keep_id).where(model.person_id == drop_id)
    return list(session.scalars(query.where(*same, *valid).distinct().order_by(model.id)))


def _of_one_time(session: Session, keep_id: int, drop_id: int) -> list[tuple[Certificate, Certificate]]:
    """Valid certificates of the two, of one community, whose periods share days."""
    kept, dropped = aliased(Certificate), aliased(Certificate)
    pairs = select(kept, dropped).join(dropped, dropped.community_id == kept.community_id)
    of_both = pairs.where(kept.person_id == keep_id, dropped.person_id == drop_id)
    valid = of_both.where(kept.voided_on.is_(None), dropped.voided_on.is_(None))
    # Two periods share a day where neither begins behind the end of the other.
    of_one_time = valid.where(kept.first_on <= dropped.last_on, dropped.first_on <= kept.last_on)
    return [(one, other) for one, other in session.execute(of_one_time.order_by(kept.id, dropped.id))]
