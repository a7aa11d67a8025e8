"""The register of issued numbers: each given once, in order, and never again."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import bindparam, case, func, select
from sqlalchemy.orm import Session

from volunteer_cli.core.database import chunks, write_rows
from volunteer_cli.core.history import table_of
from volunteer_cli.core.records import IssuedNumber, Loan

# Built once, for a batch issues thousands of numbers one by one.
LAST = select(func.max(IssuedNumber.value)).where(
    IssuedNumber.series == bindparam("series"),
    IssuedNumber.value.between(bindparam("first"), bindparam("last")),
)
GIVEN = select(IssuedNumber.text).where(IssuedNumber.text.in_(bindparam("texts", expanding=True)))
LOANS = select(func.count(), func.max(case((Loan.borrowed, Loan.site), else_=0))).select_from(Loan)
#: A site gives the numbers from site × BLOCK on, the office those below, so that no two copies give one twice.
BLOCK = 1_000_000
MOST = 2**31 - 1


def issue_numbers(session: Session, series: str, pattern: str, count: int = 1) -> list[str]:
    """The next numbers of a series, entered in the register.

    `pattern` has one place for the running value, as `BINHU-V{:04}` or `BINHU-2025-{:04}`. A text
    that is in the register already (typed by hand once) is passed over.
    """
    if not count:
        return []
    rows = _next_free(session, series, pattern, count)
    _enter(session, rows)
    return [row["text"] for row in rows]


def _enter(session: Session, rows: Sequence[dict[str, Any]]) -> None:
    """Enter numbers in the register, which is no data and has no history."""
    columns = {name: [row[name] for row in rows] for name in ("series", "value", "text")}
    write_rows(session.connection(), table_of(IssuedNumber), columns)


def _next_free(session: Session, series: str, pattern: str, count: int) -> list[dict[str, Any]]:
    last = _last_issued(session, series)
    rows: list[dict[str, Any]] = []
    # Passing over what is taken leaves some to find, so that it is looked for until there are enough.
    while missing := count - len(rows):
        values = range(last + 1, last + 1 + missing)
        rows += _free(session, series, {value: pattern.format(value) for value in values})
        last += missing
    return rows


def _last_issued(session: Session, series: str) -> int:
    block = _block(session)
    return session.scalar(LAST, {"series": series, "first": block[0], "last": block[-1]}) or block[0]


def _block(session: Session) -> range:
    """The running values that this database may give: all, until a copy of it is lent."""
    block: range | None = session.info.get("block")
    if block is None:
        loans, site = session.execute(LOANS).one()
        block = range(site * BLOCK, (site + 1) * BLOCK) if loans else range(MOST)
        session.info["block"] = block
    return block


def _free(session: Session, series: str, texts: Mapping[int, str]) -> list[dict[str, Any]]:
    """Rows for those of some numbers that nobody has."""
    given = _given(session, texts.values())
    free = {value: text for value, text in texts.items() if text not in given}
    return [{"series": series, "value": value, "text": text} for value, text in free.items()]


def note_numbers(session: Session, series: str, numbers: Mapping[int, str]) -> None:
    """Enter numbers that came from outside in the register, by their running value, so that none is issued again."""
    given = _given(session, numbers.values())
    for values in chunks(value for value, text in numbers.items() if text not in given):
        new = _not_issued(session, series, values)
        rows = [{"series": series, "value": value, "text": numbers[value]} for value in sorted(new)]
        if rows:
            _enter(session, rows)


def _not_issued(session: Session, series: str, values: Sequence[int]) -> set[int]:
    """Those of some running values that are free: one may have two texts, as 0012 and 12 have, and is entered once."""
    in_series = select(IssuedNumber.value).where(IssuedNumber.series == series)
    return set(values) - set(session.scalars(in_series.where(IssuedNumber.value.in_(values))))


def _given(session: Session, texts: Iterable[str]) -> set[str]:
    """Those of the texts that stand in the register."""
    return {text for part in chunks(texts) for text in session.scalars(GIVEN, {"texts": part})}


def issue_number(session: Session, series: str, pattern: str) -> str:
    """The next number of a series, entered in the register."""
    return issue_numbers(session, series, pattern)[0]


def was_issued(session: Session, text: str) -> bool:
    """Whether a number, in capitals or not, was ever given out, to a record that may be gone."""
    # People type a number as they read it from paper, in capitals or not.
    typed = {text, text.strip().upper()}
    return session.scalar(select(IssuedNumber.id).where(IssuedNumber.text.in_(typed)).limit(1)) is not None
