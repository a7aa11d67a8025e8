"""What may happen to stars, certificates, honours and evaluations."""

from __future__ import annotations

from datetime import date

from sqlalchemy.orm import Session

from volunteer_cli.core.i18n import _
from volunteer_cli.core.text import required
from volunteer_cli.recognition.models import Award, Certificate, Evaluation


def void(session: Session, record: Award | Certificate | Evaluation, *, reason: str, on: date) -> None:
    """Take a record out of account from a day on; it stays on file, with the reason, under its number.

    Raises:
        MissingValue, BadText: the reason is empty, or not allowed.
    """
    if record.voided_on is None:
        record.voided_on, record.void_reason = on, required(reason, _("reason"))
        session.flush()
