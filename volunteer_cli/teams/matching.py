"""Which teams the rows of a sheet mean, and who belongs to them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from sqlalchemy import select

from volunteer_cli.core.errors import Ambiguous, NotFound
from volunteer_cli.core.i18n import N_, _, listed
from volunteer_cli.core.text import kept, name_key, split_list
from volunteer_cli.intake.sheet import Importing, Rejected, Row
from volunteer_cli.teams import rules
from volunteer_cli.teams.models import Membership, Team
from volunteer_cli.teams.queries import holds_on
from volunteer_cli.teams.terms import Role

if TYPE_CHECKING:
    from datetime import date

    from sqlalchemy.orm import Session

#: Names of new teams that are told.
SHOWN = 10


class TeamRegister:
    """The teams of a community and their members, held in memory for the length of one import.

    Attributes:
        members: pairs of team and person that hold today.
        created: names of the teams that this import adds.
    """

    def __init__(self, session: Session, importing: Importing, *, create: bool) -> None:
        self.session = session
        self.importing = importing
        self.create = create
        self.created: list[str] = []
        self._ids: dict[str, list[int]] = {}
        self._archived: dict[str, Team] = {}
        self._joining: list[Row] = []
        self._load_teams()
        # Once for the whole sheet: a query for each of its rows would cost more than all teams have members.
        pairs = select(Membership.team_id, Membership.person_id).where(holds_on(importing.today))
        self.members = {(row.team_id, row.person_id) for row in session.execute(pairs)}

    def _load_teams(self) -> None:
        own = select(Team).where(Team.community_id == self.importing.community.id)
        for team in self.session.scalars(own.order_by(Team.id)):
            self.add(team)
            # Archived ones too, so that the sheet is told so and does not add the team once more.
            if team.archived_on:
                self._archived |= dict.fromkeys((team.name_key, team.code or team.name_key), team)

    def known(self, name: str | None) -> int | None:
        """The id of the team that has this name or code, or None."""
        return self._ids[name_key(name)][0] if name and name_key(name) in self._ids else None

    def named(self, texts: Iterable[str]) -> list[str]:
        """The names in these texts: one that no team has is several, separated by signs."""
        return list(dict.fromkeys(name for text in texts for name in self._names(text)))

    def _names(self, text: str) -> list[str]:
        if name_key(text) in self._ids:
            return [text]
        # A space is part of many a name: it parts names only where each of them is a team's.
        words = text.split()
        known = all(name_key(word) in self._ids for word in words)
        return words if known else split_list(text, kept)

    def add(self, team: Team) -> None:
        """Take in a team that has just been added."""
        for word in {word for word in (team.name_key, team.code) if word}:
            self._ids.setdefault(word, []).append(team.id)

    def _require_in_use(self, name: str, on: date | None) -> None:
        archived = self._archived.get(name_key(name))
        if archived and archived.archived_on and (on is None or on > archived.archived_on):
            raise Rejected("team", rules.TeamArchived(team=name, team_id=archived.id))

    def require(self, names: Iterable[str], on: date | None = None) -> None:
        """Refuse names of teams that are not there and are not to be added, or were put away, on a day before one.

        Raises:
            Rejected: on the field `team`.
        """
        for name in names:
            self._require_in_use(name, on)
            ids = self._ids.get(name_key(name), [])
            if len(ids) > 1:
                raise Rejected("team", Ambiguous(kind=_("team"), text=name, candidates=listed(ids)))
            if not ids and not self.create:
                hint = N_("Add it first, or let the import do it: --create-teams")
                raise Rejected("team", NotFound(kind=_("team"), text=name, hint=hint))

    def id_of(self, name: str) -> int:
        """The id of a team, which is added when it is not there yet."""
        if name_key(name) not in self._ids:
            community = self.importing.community
            self.add(rules.add_team(self.session, community, name=name, today=self.importing.today))
            self.created.append(name)
        return self._ids[name_key(name)][0]

    def missing(self, names: Iterable[str], person_id: int | None) -> list[str]:
        """Those of the teams to which a person does not belong yet."""
        return [
            name
            for name in names
            if person_id is None or (key := self.known(name)) is None or (key, person_id) not in self.members
        ]

    def join(self, name: str, person_id: int, *, role: Role = Role.MEMBER, since: date | None = None) -> None:
        """Put a person into a team with the next `write`."""
        pair = (self.id_of(name), person_id)
        if pair not in self.members:
            self.members.add(pair)
            row = {"team_id": pair[0], "person_id": person_id, "role": role.value}
            self._joining.append(row | {"since": since or self.importing.today, "until": None})

    def write(self) -> None:
        """Write the memberships that are waiting."""
        rules.add_memberships(self.session, self._joining)
        self._joining = []

    def remarks(self) -> Sequence[str]:
        """What to tell about teams at the end."""
        if not self.created:
            return ()
        more = ["…"] if len(self.created) > SHOWN else []
        names = listed([*self.created[:SHOWN], *more])
        return (_("Teams added: {count} ({names})").format(count=len(self.created), names=names),)
