"""The numbers that a lent copy gave out: each comes back with the record on which it stands."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from volunteer_cli.core.database import chunks
from volunteer_cli.core.records import IssuedNumber

#: Where the numbers stand of what was not brought: nobody else may get them, and no record has them.
WITHHELD = "withheld:{site}:{series}"


class Numbers:
    """What the copy gave out and this database has not."""

    def __init__(self, session: Session, copy: Session) -> None:
        self.session = session
        given = {row.text: row for row in copy.scalars(select(IssuedNumber).order_by(IssuedNumber.id))}
        for texts in chunks(list(given)):
            for text in session.scalars(select(IssuedNumber.text).where(IssuedNumber.text.in_(texts))):
                del given[text]
        self.given = given

    def bring(self, values: Iterable[Any]) -> None:
        """Enter those numbers that stand among the values of rows that came."""
        texts = {value for value in values if isinstance(value, str) and value in self.given}
        for text in sorted(texts, key=lambda each: self.given[each].id):
            if not self._stands(text):
                self._enter(self.given[text].series, text)

    def keep(self, site: int) -> None:
        """Enter the others too, so that what stands on a paper is never given again."""
        for text, row in self.given.items():
            if not self._stands(text):
                self._enter(WITHHELD.format(site=site, series=row.series)[:60], text)

    def _stands(self, text: str) -> bool:
        query = select(IssuedNumber.id).where(IssuedNumber.text == text)
        return self.session.scalar(query) is not None

    def _enter(self, series: str, text: str) -> None:
        value = self.given[text].value
        taken = select(IssuedNumber.id).where(IssuedNumber.series == series, IssuedNumber.value == value)
        # One running value may have two texts, as 0012 and 12 have: the register needs one of them.
        if self.session.scalar(taken) is None:
            self.session.execute(insert(IssuedNumber), [{"series": series, "value": value, "text": text}])
