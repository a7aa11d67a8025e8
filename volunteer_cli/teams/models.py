"""Teams and the memberships of people in them."""

from __future__ import annotations

from datetime import date

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from volunteer_cli.core.models import Base
from volunteer_cli.people.models import Person  # noqa: F401 - the target of a foreign key


class Team(Base):
    """A volunteer team, interest group, class or the staff of a community."""

    __tablename__ = "team"
    __table_args__ = (
        Index("uq_team_community_id_name", "community_id", "name", unique=True),
        Index("ix_team_name", "name"),
    )

    community_id: Mapped[int] = mapped_column(ForeignKey("community.id"))
    code: Mapped[str | None] = mapped_column(String(40), unique=True)
    name: Mapped[str] = mapped_column(String(200))
    kind: Mapped[str] = mapped_column(String(20))
    focus: Mapped[str | None] = mapped_column(Text)
    founded_on: Mapped[date | None]
    archived_on: Mapped[date | None]


class Membership(Base):
    """A person in a team with one role, from the day `since` to before the day `until`."""

    __tablename__ = "membership"
    __table_args__ = (
        Index("ix_membership_team_id", "team_id"),
        Index("ix_membership_person_id", "person_id"),
    )

    team_id: Mapped[int] = mapped_column(ForeignKey("team.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    role: Mapped[str] = mapped_column(String(10))
    since: Mapped[date]
    until: Mapped[date | None]
