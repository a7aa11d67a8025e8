"""What was typed of an agreement, as the rule takes it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from volunteer_cli.core.dates import parse_date
from volunteer_cli.core.errors import UsageFault
from volunteer_cli.core.i18n import N_
from volunteer_cli.mediation.rules.agreements import Agreement
from volunteer_cli.mediation.terms import Form


# None of these quotes what was typed: it is confidential, and errors are written down by many.
class BadTerm(UsageFault):
    """A term is what is to be done, a sign of equality, and its day"""

    code = "usage"
    hint = N_("Write it like this: --term 'WHAT=2026-07-01'")


class SignedMissing(UsageFault):
    """A written agreement needs the day on which it was signed"""

    code = "missing_value"
    hint = N_("Add --signed DATE.")


def read_agreement(
    *,
    form: Form,
    on: date,
    signed_on: date | None,
    sealed_on: date | None,
    text: str | None,
    duties: Sequence[tuple[str, date]],
    wants_court: bool,
) -> Agreement:
    """What was typed of an agreement; without the day of its stamp it was sealed when it was signed.

    Raises:
        SignedMissing: of a written one.
    """
    content = (text or "").strip() or None
    if form is Form.WRITTEN and signed_on is None:
        raise SignedMissing
    day = on.date() if isinstance(on, datetime) else on
    return Agreement(form, day, content, signed_on, sealed_on or signed_on, duties, wants_court)


def read_duty(text: str, today: date) -> tuple[str, date]:
    """What is to be done, and by when; a sign of equality may stand in the words.

    Raises:
        BadTerm, BadDate, AmbiguousDate: it cannot be read.
    """
    duty, sign, day = text.rpartition("=")
    if not sign or not duty.strip():
        raise BadTerm
    return duty, parse_date(day, today, year=today.year)
