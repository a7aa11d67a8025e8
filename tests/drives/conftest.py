"""A drive with people and organizations around it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest

from volunteer_cli.organizations.models import Organization
from volunteer_cli.people.models import Person


class Winter:
    """The drive `winter`; every command of it is `winter("receive", …)`."""

    def __init__(self, volunteer: Any) -> None:
        self.volunteer = volunteer
        with volunteer.writing("people") as session:
            for name in ("李明", "王芳", "䶮小川"):
                session.add(Person(community_id=1, name=name, phone="19900001001"))
            for name in ("爱心快递公司", "四川大学研究生支教团"):
                session.add(Organization(name=name))
        volunteer.ok(
            "drive",
            "add",
            "暖冬公益捐助",
            "--code",
            "winter",
            "--start",
            "2021-11-01",
            "--goal",
            "衣物=700件",
        )

    def __call__(self, verb: str, *words: object) -> Any:
        return self.volunteer.ok("drive", verb, *words)

    def receive(
        self, *items: str, on: str = "2021-11-06", donor: str | None = "李明", more: Sequence[str] = ()
    ) -> Any:
        """Receive a gift; the slip."""
        who = ("--donor", donor) if donor else ("--anonymous",)
        things = [word for item in items for word in ("--item", item)]
        return self("receive", "winter", *who, *things, "--on", on, *more, "-f", "json").json

    def sort(self, item: str, on: str = "2021-11-10", verdict: str = "accepted") -> None:
        self("sort", "winter", "--item", item, "--as", verdict, "--on", on)

    def pack(self, item: str, box: str = "B01", on: str = "2021-11-12") -> None:
        self("pack", "winter", "--box", box, "--item", item, "--on", on)

    def ship(self, *boxes: str, on: str = "2021-11-13", more: Sequence[str] = ()) -> Any:
        words = [word for box in boxes or ("B01",) for word in ("--box", box)]
        return self("ship", "winter", *words, "--to", "四川大学", "--on", on, *more, "-f", "json").json

    def stock(self, item: str = "衣物", unit: str = "件", as_of: str | None = None) -> dict[str, Any]:
        """The row of one item and unit."""
        words = ("--as-of", as_of) if as_of else ()
        rows = self("stock", "winter", *words, "-f", "json").json
        return next(row for row in rows if (row["item"], row["unit"]) == (item, unit))

    def refused(self, code: str, verb: str, *words: object, exit_code: int = 1) -> Any:
        """A command that is refused with a code and changes nothing."""
        before = self.volunteer.dump()
        result = self.volunteer.refused(code, "drive", verb, *words, exit_code=exit_code)
        assert self.volunteer.dump() == before
        return result


@pytest.fixture
def winter(volunteer: Any) -> Winter:
    """The drive `winter` of a fresh database."""
    return Winter(volunteer)
