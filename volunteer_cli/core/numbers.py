"""The register of issued numbers: each given once, in order, and never again."""

from __future__ import annotations

from sqlalchemy import func, insert, select
from sqlalchemy.orm import Session

from volunteer_cli.core.models import IssuedNumber


def issue_numbers(session: Session, series: str, pattern: str, count: int = 1) -> list[str]:
    """The next numbers of a series, entered in the register.

    `pattern` has one place for the running value, as `BINHU-V{:04}` or `BINHU-2025-{:04}`. A text
    that is in the register already (typed by hand once) is passed over.
    """
    last = session.scalar(select(func.max(IssuedNumber.value)).where(IssuedNumber.series == series)) or 0
    numbers: list[str] = []
    rows = []
    while len(numbers) < count:
        last += 1
        text = pattern.format(last)
        if session.scalar(select(IssuedNumber.id).where(IssuedNumber.text == text)) is None:
            rows.append({"series": series, "value": last, "text": text})
            numbers.append(text)
    session.execute(insert(IssuedNumber), rows)
    return numbers


def issue_number(session: Session, series: str, pattern: str) -> str:
    """The next number of a series, entered in the register."""
    return issue_numbers(session, series, pattern)[0]


def was_issued(session: Session, text: str) -> bool:
    """Whether a number was ever given out, to a record that may be gone."""
    return session.scalar(select(IssuedNumber.id).where(IssuedNumber.text == text)) is not None
