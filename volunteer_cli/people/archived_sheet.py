"""Archived people whom a file of another kind names, and who come back by it where the user asked for that."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from volunteer_cli.core.i18n import listed, ngettext
from volunteer_cli.people.models import Person
from volunteer_cli.people.rules import restore_person
from volunteer_cli.people.terms import Leaving

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from volunteer_cli.intake.sheet import Importing
    from volunteer_cli.people.matching import Roster


class Returning:
    """Who comes back into use by the rows of a file, with --restore-archived; the dead do not."""

    def __init__(self, session: Session, importing: Importing, roster: Roster) -> None:
        self.session, self.today, self.roster = session, importing.today, roster
        self.asked = bool(importing.options.own["restore_archived"])
        self._back: list[str] = []

    def returns(self, person_id: int) -> bool:
        """Whether a row that is accepted brings somebody back."""
        known = self.roster.by_id.get(person_id)
        if not self.asked or known is None or known.in_use:
            return False
        return self.session.get_one(Person, person_id).archived_for != Leaving.DIED

    def bring(self, person_id: int) -> None:
        """Bring somebody back into use whose row was accepted."""
        known = self.roster.by_id[person_id]
        restore_person(self.session, self.session.get_one(Person, person_id), self.today)
        known.in_use = True
        self._back.append(known.label)

    @contextmanager
    def taken_for_active(self, person_id: int) -> Iterator[None]:
        """Let the rules read somebody who returns as active; whose row they refuse stays archived."""
        if not self.returns(person_id):
            yield
            return
        person = self.session.get_one(Person, person_id)
        since, person.archived_on = person.archived_on, None
        try:
            yield
        finally:
            person.archived_on = since
        self.bring(person_id)

    def remarks(self) -> Iterator[str]:
        """Who came back, in a sentence."""
        if self._back:
            text = ngettext(
                "{count} archived person came back into use: {names}.",
                "{count} archived people came back into use: {names}.",
                len(self._back),
            )
            yield text.format(count=len(self._back), names=listed(self._back))
