"""What sheets of teams and of their members may bring."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from volunteer_cli.core.errors import RuleError, VolunteerError
from volunteer_cli.core.fields import Field as Declared
from volunteer_cli.core.i18n import N_, with_detail
from volunteer_cli.fields.sheet import OwnColumns, stored_fields
from volunteer_cli.fields.terms import Noun
from volunteer_cli.intake import parsers
from volunteer_cli.intake.declared import brought
from volunteer_cli.intake.errors import DuplicateInFile
from volunteer_cli.intake.sheet import (
    NEW,
    SAME,
    UPDATED,
    Batch,
    Field,
    Importing,
    Rejected,
    Row,
    Sheet,
    Verdict,
    Writer,
)
from volunteer_cli.intake.standing import STANDING
from volunteer_cli.people.archived_sheet import Returning
from volunteer_cli.people.fields import PHONE
from volunteer_cli.people.matching import Roster
from volunteer_cli.people.models import Person
from volunteer_cli.people.sheet import TELLING_FIELDS
from volunteer_cli.teams import fields, queries, rules
from volunteer_cli.teams.matching import TeamRegister
from volunteer_cli.teams.models import Team
from volunteer_cli.teams.terms import ROLE_WORDS, ROLES, Role

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


def _brought(field: Declared) -> Field:
    """A field of a team; of its founding often only the month is known, and the leader's phone stands behind the name."""
    if field == fields.LEADER:
        return brought(field, phone=PHONE.name)
    if field == fields.FOUNDED_ON:
        return brought(field, parsers.since, rough=parsers.is_month)
    return brought(field)


#: The phone of the leader, which tells namesakes apart.
LEADER_PHONE = brought(PHONE, headings=("队长电话", "负责人电话", *PHONE.headings))
TEAM_FIELDS = (
    brought(fields.NAME, parsers.body, required=True),
    *map(_brought, fields.DETAILS),
    LEADER_PHONE,
)

#: What of a row stands in a column of the team itself.
COLUMNS = tuple(field.name for field in fields.FIELDS if field is not fields.LEADER)


class TeamWriter(Writer):
    """Adds teams, and fills or changes what is on file of those that are there."""

    fields = TEAM_FIELDS

    def __init__(self, session: Session, importing: Importing) -> None:
        super().__init__(session, importing)
        self.roster = Roster(session, importing.community.id)
        self.register = TeamRegister(session, importing, create=True)
        self.own = OwnColumns(session, Noun.TEAM)
        self.fields = (*self.fields, *self.own.fields)
        self._seen: dict[int, int] = {}

    def row(self, number: int, row: Row) -> str:
        """New, updated or the same; raises Rejected."""
        leader = self._leader(row)
        team_id = self.register.known(row["name"]) or self.register.known(row.get("code"))
        if team_id is None:
            team = self._added(row, leader)
            self.own.give(team, self.own.of(row))
            self._seen[team.id] = number
            return NEW
        if team_id in self._seen:
            raise Rejected(None, DuplicateInFile(row=self._seen[team_id]))
        self.matched += 1
        verdict = self._updated(self.session.get_one(Team, team_id), row, leader)
        self._seen[team_id] = number
        return verdict

    def _leader(self, row: Row) -> Person | None:
        if not row.get("leader"):
            return None
        try:
            key = self.roster.find(row["leader"], row.get("phone"))
        except Rejected as rejected:
            raise Rejected("leader", rejected.error) from rejected
        return self.session.get_one(Person, key)

    def _added(self, row: Row, leader: Person | None) -> Team:
        values: Row = {name: row.get(name) for name in COLUMNS}
        team = rules.add_team(
            self.session, self.importing.community, **values, leader=leader, today=self.importing.today
        )
        self.register.add(team)
        return team

    def _updated(self, team: Team, row: Row, leader: Person | None) -> str:
        stored = {name: getattr(team, name) for name in COLUMNS}
        values = {name: row.get(name) for name in COLUMNS}
        if leader and (former := self._another_leader(team, leader)) is not None:
            # Compared as two texts, so that the sheet's rule for what differs holds for leaders too.
            stored["leader"] = former or None
            values["leader"] = leader.name
        changes, own = self.settled(stored, values), self.own.changes(self, team.id, row)
        if not (changes or own):
            return SAME
        self._change(team, changes, leader)
        self.own.give(team, own)
        return UPDATED

    def _change(self, team: Team, changes: Row, leader: Person | None) -> None:
        """Write other values of a team, and who leads it now."""
        if changes.pop("leader", None) and leader:
            rules.give_leader(self.session, team, leader, on=self.importing.today)
        if changes:
            rules.edit_team(self.session, team, **changes)

    def finish(self) -> None:
        """Write what the rows brought into custom fields."""
        self.own.write()

    def _another_leader(self, team: Team, leader: Person) -> str | None:
        """Who leads the team now, empty where nobody does; None where it is this very leader."""
        current = queries.leaders(self.session, [team.id], self.importing.today).get(team.id)
        if current is None:
            return ""
        return None if current.id == leader.id else with_detail(current.name, current.id)


MEMBER_FIELDS = (
    *TELLING_FIELDS,
    Field("team", N_("Team"), (*fields.HEADINGS, "团队名称"), parsers.body, required=True, above=True),
    Field("role", N_("Role"), ("职务", "角色", "队内职务", "role"), parsers.Choice(ROLE_WORDS, ROLES)),
    Field(
        "since",
        N_("Since"),
        ("加入时间", "加入日期", "入队时间", "入队日期", "入会时间", "入会日期", "since", "joined"),
        parsers.since,
        rough=parsers.is_month,
    ),
    Field(
        "until",
        N_("Until"),
        ("退出时间", "退出日期", "离队时间", "离队日期", "退队时间", "退队日期", "until", "left", "left on"),
        parsers.day,
    ),
    STANDING,
)


class MemberWriter(Writer):
    """Takes people into teams, each with a role and from a day on."""

    fields = MEMBER_FIELDS
    parted = "team"

    def __init__(self, session: Session, importing: Importing) -> None:
        super().__init__(session, importing)
        self.roster = Roster(session, importing.community.id)
        self.register = TeamRegister(session, importing, create=importing.options.own["create_teams"])
        self.returning = Returning(session, importing, self.roster)
        self._seen: dict[tuple[int, int, date | None], int] = {}

    def take(self, batch: Batch) -> Sequence[Verdict]:
        """A verdict for each row; the memberships of the batch are written together."""
        people = self.roster.find_all(batch)
        planned: dict[int, Row] = {}
        verdicts: dict[int, Verdict] = {}
        for place, (number, row) in enumerate(batch.rows()):
            try:
                planned[place] = self._planned(number, row, people[place])
            except Rejected as rejected:
                verdicts[place] = rejected
        answers = rules.add_memberships(self.session, list(planned.values()))
        for (place, row), answer in zip(planned.items(), answers, strict=True):
            verdicts[place] = self._concluded(row, answer)
        # In the order of the rows, whichever was settled first.
        return [verdicts[place] for place in sorted(verdicts)]

    def knows(self, name: str) -> bool:
        """Whether somebody of this name is on file."""
        return name in self.roster.by_name

    def knows_body(self, name: str) -> bool:
        """Whether a team has this name."""
        return self.register.known(name) is not None

    def _concluded(self, row: Row, answer: bool | RuleError) -> Verdict:
        """What came of a row; somebody archived who belongs to a team from now on is back."""
        verdict = NEW if answer is True else self._settled(row, answer)
        stays = row["until"] is None and not isinstance(verdict, Rejected)
        if stays and self.returning.returns(row["person_id"]):
            self.returning.bring(row["person_id"])
            return NEW if verdict == NEW else UPDATED
        return verdict

    def _planned(self, number: int, row: Row, person: int | Rejected) -> Row:
        if isinstance(person, Rejected):
            raise person
        self.register.require(self.register.missing([row["team"]], person))
        team, since = self.register.id_of(row["team"]), row.get("since")
        if row.get("until") is None:
            self._require_person(team, person)
        seen = self._seen.setdefault((team, person, since), number)
        if seen != number:
            raise Rejected(None, DuplicateInFile(row=seen))
        return {
            "team_id": team,
            "person_id": person,
            "role": row.get("role"),
            "since": since or self.importing.today,
            "until": row.get("until"),
        }

    def _require_person(self, team: int, person: int) -> None:
        """Refuse somebody out of use who does not belong to the team yet, as `team join` does."""
        known = self.roster.by_id.get(person)
        if self.returning.returns(person):
            return
        if known and not known.in_use and not queries.memberships(self.session, team, person):
            raise Rejected(None, rules.PersonArchived(person=known.name, person_id=person))

    def _settled(self, row: Row, answer: bool | RuleError) -> Verdict:
        """The verdict on somebody who belongs to the team already."""
        self.matched += 1
        if answer is False:
            return SAME
        try:
            return self._changed(row, answer)
        except Rejected as rejected:
            return rejected.with_traceback(None)
        except VolunteerError as error:
            return Rejected("until" if isinstance(error, rules.LeftBeforeJoining) else None, error)

    def _changed(self, row: Row, answer: Any) -> str:
        current = queries.membership(self.session, row["team_id"], row["person_id"], row["since"])
        # Of all refusals only "already a member" can be settled: by a new end or another role.
        if current is None or not isinstance(answer, rules.AlreadyMember):
            raise answer
        stored = {"role": current.role, "until": current.until}
        changes = self.settled(stored, {"role": row["role"], "until": row["until"]})
        if "until" in changes:
            rules.end_membership(self.session, current, on=changes["until"])
        if role := changes.get("role"):
            self._change_role(row, Role(role))
        return UPDATED if changes else SAME

    def _change_role(self, row: Row, role: Role) -> None:
        team = self.session.get_one(Team, row["team_id"])
        person = self.session.get_one(Person, row["person_id"])
        rules.change_role(self.session, team, person, role, on=row["since"])

    def finish(self) -> None:
        """Tell which teams were added, and who is back."""
        self.remarks += self.register.remarks()
        self.remarks += self.returning.remarks()


TEAMS = Sheet("teams", N_("Teams"), TEAM_FIELDS, TeamWriter, stored=stored_fields(Noun.TEAM), offices=False)
MEMBERS = Sheet("members", N_("Members"), MEMBER_FIELDS, MemberWriter, across=("team", "name"))
