"""People, a team and an event to record hours of, today being 2026-06-30."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from volunteer_cli.people.models import Person
from volunteer_cli.teams.models import Team


class Office:
    """A community with two volunteers, 李明 (1) and 王芳 (2), and the team 花园 (1)."""

    def __init__(self, volunteer: Any) -> None:
        self.volunteer = volunteer
        with volunteer.writing("set up") as session:
            for name, initials in (("李明", "lm"), ("王芳", "wf")):
                person = Person(community_id=1, name=name, name_pinyin="x", name_initials=initials)
                person.volunteer_no = f"BINHU-{initials.upper()}"
                person.registered_on = date(2020, 1, 1)
                session.add(person)
                session.flush()
            session.add(Team(community_id=1, name="花园", kind="service"))

    def add(self, person: str, day: str, *times: object) -> int:
        """A pending record; `times` are start and end, or a duration, and more options."""
        start, *rest = (str(each) for each in times)
        options = ["--start", start, "--end", rest.pop(0)] if ":" in start else ["--hours", start]
        words = ("hours", "add", person, "--date", day, *options, *rest, "-f", "ids")
        return int(self.volunteer.ok(*words).out)

    def confirmed(self, person: str, day: str, *times: object) -> int:
        """A confirmed record."""
        key = self.add(person, day, *times)
        self.volunteer.ok("hours", "confirm", key)
        return key

    def show(self, key: int) -> dict[str, Any]:
        """A record as JSON."""
        shown: dict[str, Any] = self.volunteer.ok("hours", "show", key, "-f", "json").json
        return shown

    def list(self, *words: object) -> list[dict[str, Any]]:
        """Records as JSON."""
        listed: list[dict[str, Any]] = self.volunteer.ok("hours", "list", *words, "-f", "json").json
        return listed

    def event(self, title: str, start: str, end: str, *options: object) -> int:
        """An open event; the id."""
        words = ("event", "add", title, "--start", start, "--end", end, *options, "-f", "ids")
        key = int(self.volunteer.ok(*words).out)
        self.volunteer.ok("event", "open", key)
        return key


@pytest.fixture
def office(volunteer: Any) -> Office:
    """A community with people who serve."""
    return Office(volunteer)
