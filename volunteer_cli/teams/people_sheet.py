"""What a sheet of people may bring, the teams that they belong to among it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from volunteer_cli.core.i18n import N_, NC_
from volunteer_cli.fields.sheet import stored_fields
from volunteer_cli.fields.terms import Noun
from volunteer_cli.intake import parsers
from volunteer_cli.intake.sheet import Field, Importing, Rejected, Row, Sheet
from volunteer_cli.people.sheet import FIELDS as PERSON_FIELDS
from volunteer_cli.people.sheet import PeopleWriter
from volunteer_cli.teams.fields import HEADINGS
from volunteer_cli.teams.matching import TeamRegister
from volunteer_cli.teams.rules import PersonArchived

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

TEAM = Field("team", N_("Team"), (*HEADINGS, "teams"), parsers.titles, unite=parsers.all_of, above=True)
FIELDS = (*PERSON_FIELDS, TEAM)


class PeopleInTeamsWriter(PeopleWriter):
    """Adds and changes people, and puts them into their teams."""

    fields = FIELDS

    def __init__(self, session: Session, importing: Importing) -> None:
        super().__init__(session, importing)
        self.teams = TeamRegister(session, importing, create=importing.options.own["create_teams"])

    def beside(self, row: Row, person_id: int | None) -> list[str]:
        """The teams of a row to which the person does not belong yet; raises Rejected."""
        texts = row.get("team")
        if not texts:
            return []
        missing = self.teams.missing(self.teams.named(texts), person_id)
        self.teams.require(missing)
        known = self.roster.by_id.get(person_id or 0)
        if missing and known and not (known.in_use or self.restores(known)):
            raise Rejected("team", PersonArchived(person=known.name, person_id=person_id))
        return missing

    def give(self, person_id: int, more: list[str]) -> None:
        """Put a person into teams."""
        for name in more:
            self.teams.join(name, person_id)

    def finish(self) -> None:
        """Write the memberships, and tell which teams were added."""
        super().finish()
        self.teams.write()
        self.remarks += self.teams.remarks()


PEOPLE = Sheet(
    "people", NC_("list", "People"), FIELDS, PeopleInTeamsWriter, stored=stored_fields(Noun.PERSON)
)
