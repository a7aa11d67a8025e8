"""Teams and the memberships of people in them."""

from __future__ import annotations

from datetime import date

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from volunteer_cli.core.models import KEPT, WORDS, Base, key_of
from volunteer_cli.fields.models import OwnValue
from volunteer_cli.people.models import Person  # noqa: F401 - the target of a foreign key


class Team(Base):
    """A volunteer team, interest group, class or the staff of a community."""

    __tablename__ = "team"
    __table_args__ = (
        # Two communities may each have a 老年合唱团.
        Index("uq_team_community_id_name_key", "community_id", "name_key", unique=True),
        Index("ix_team_name_key", "name_key"),
    )

    community_id: Mapped[int] = mapped_column(ForeignKey("community.id"), info=KEPT)
    # Of all communities, for it is typed without one.
    code: Mapped[str | None] = mapped_column(String(40), unique=True, info=KEPT)
    name: Mapped[str] = mapped_column(String(200), info=KEPT)
    name_key: Mapped[str] = mapped_column(String(200), info=KEPT | key_of("name"))
    kind: Mapped[str] = mapped_column(String(20), info=KEPT)
    focus: Mapped[str | None] = mapped_column(Text, info=WORDS)
    founded_on: Mapped[date | None] = mapped_column(info=KEPT)
    archived_on: Mapped[date | None] = mapped_column(info=KEPT)


class TeamValue(OwnValue, Base):
    """What a team has in a custom field."""

    __tablename__ = "team_value"
    __table_args__ = (
        Index("uq_team_value_field_id_team_id", "field_id", "team_id", unique=True),
        Index("ix_team_value_team_id", "team_id"),
    )

    team_id: Mapped[int] = mapped_column(ForeignKey("team.id"), info=KEPT)


class Membership(Base):
    """A person in a team with one role, from the day `since` to before the day `until`."""

    __tablename__ = "membership"
    __table_args__ = (
        Index("ix_membership_team_id", "team_id"),
        Index("ix_membership_person_id", "person_id"),
    )

    team_id: Mapped[int] = mapped_column(ForeignKey("team.id"), info=KEPT)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), info=KEPT)
    role: Mapped[str] = mapped_column(String(10), info=KEPT)
    # Dated, for figures of a past month count who belonged to the team then.
    since: Mapped[date] = mapped_column(info=KEPT)
    until: Mapped[date | None] = mapped_column(info=KEPT)
