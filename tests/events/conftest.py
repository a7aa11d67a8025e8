"""People, teams and events to try things on."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from volunteering import Volunteer

from volunteer_cli.people.models import Person, PersonLabel
from volunteer_cli.teams.models import Membership, Team


class Hall:
    """A database on the day before an event; every event made here is on 2026-07-04 from 9:00 to 11:00."""

    def __init__(self, volunteer: Volunteer) -> None:
        self.volunteer = volunteer
        self.at("2026-07-03T08:00")

    def at(self, moment: str) -> None:
        """Let it be another moment."""
        self.volunteer.today = moment

    def person(self, name: str, *, skills: tuple[str, ...] = (), **details: Any) -> int:
        """A new volunteer; the id."""
        details = {"registered_on": date(2020, 1, 1), "volunteer_no": f"T-{name}", **details}
        with self.volunteer.writing("person add") as session:
            person = Person(community_id=1, name=name, **details)
            session.add(person)
            session.flush()
            session.add_all(PersonLabel(person_id=person.id, kind="skill", value=skill) for skill in skills)
        return person.id

    def archive(self, person: int) -> None:
        """Take a person's record out of use."""
        with self.volunteer.writing("person archive") as session:
            session.get_one(Person, person).archived_on = date(2026, 7, 1)

    def team(self, name: str, *members: int, since: date = date(2020, 1, 1)) -> int:
        """A new service team with members; the id."""
        with self.volunteer.writing("team add") as session:
            team = Team(community_id=1, name=name, kind="service")
            session.add(team)
            session.flush()
            for one in members:
                session.add(Membership(team_id=team.id, person_id=one, role="member", since=since))
        return team.id

    def event(
        self,
        title: str,
        *options: object,
        start: str = "2026-07-04 9:00",
        end: str = "11:00",
        opened: bool = True,
    ) -> int:
        """A new event, open unless asked otherwise; the id."""
        words = ("--start", start, "--end", end, *options, "-f", "ids")
        made = self.volunteer.ok("event", "add", title, *words).out.strip()
        if opened:
            self.volunteer.ok("event", "open", made)
        return int(made)

    def roster(self, event: object) -> list[dict[str, Any]]:
        """The roster of an event."""
        return self.volunteer.rows("event", "roster", event)

    def statuses(self, event: object) -> dict[str, str]:
        """How everybody stands with an event."""
        return {row["person"]: row["status"] for row in self.roster(event)}


@pytest.fixture
def hall(volunteer: Any) -> Hall:
    """A database with 李明 (1), 王芳 (2) and 张伟 (3)."""
    hall = Hall(volunteer)
    for name in ("李明", "王芳", "张伟"):
        hall.person(name)
    return hall
