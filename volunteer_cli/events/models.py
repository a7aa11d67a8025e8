"""Events, their shifts, and the people who signed up for them."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from volunteer_cli.core.models import Base
from volunteer_cli.teams.models import Team  # noqa: F401 - the target of a foreign key


class Series(Base):
    """Events that repeat in a rhythm; each occurrence is an event of its own."""

    __tablename__ = "series"

    name: Mapped[str] = mapped_column(String(200))
    every: Mapped[str] = mapped_column(String(10))


class Event(Base):
    """Something that takes place from `starts_at` to before `ends_at`, the community's wall clock.

    `capacity` is None where there is no limit. `uid` names the event in calendars, for good.
    """

    __tablename__ = "event"
    __table_args__ = (
        Index("ix_event_title", "title"),
        Index("ix_event_starts_at", "starts_at"),
        Index("ix_event_team_id", "team_id"),
        Index("ix_event_series_id", "series_id"),
        Index("ix_event_leader_id", "leader_id"),
    )

    community_id: Mapped[int] = mapped_column(ForeignKey("community.id"))
    team_id: Mapped[int | None] = mapped_column(ForeignKey("team.id"))
    series_id: Mapped[int | None] = mapped_column(ForeignKey("series.id"))
    leader_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    code: Mapped[str | None] = mapped_column(String(40), unique=True)
    title: Mapped[str] = mapped_column(String(200))
    kind: Mapped[str] = mapped_column(String(20))
    category: Mapped[str | None] = mapped_column(String(100))
    place: Mapped[str | None] = mapped_column(Text)
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    capacity: Mapped[int | None]
    members_only: Mapped[bool] = mapped_column(default=False)
    status: Mapped[str] = mapped_column(String(10))
    uid: Mapped[str] = mapped_column(String(60))
    archived_on: Mapped[date | None]


class EventSkill(Base):
    """A skill that everyone needs who signs up for an event."""

    __tablename__ = "event_skill"
    __table_args__ = (Index("uq_event_skill_event_id_skill", "event_id", "skill", unique=True),)

    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"))
    skill: Mapped[str] = mapped_column(String(100))


class Shift(Base):
    """A part of an event that needs a number of people."""

    __tablename__ = "shift"
    __table_args__ = (Index("uq_shift_event_id_name", "event_id", "name", unique=True),)

    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"))
    name: Mapped[str] = mapped_column(String(100))
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    need: Mapped[int]


# Few places are in a shift; those that are not need no entry in its index.
_IN_A_SHIFT = text("shift_id IS NOT NULL")


class Signup(Base):
    """A person's one place at an event, or in the line for one.

    `position` orders the line: who has the smallest is next. `overridden` holds the codes of the
    refusals that a leader let pass, parted by commas, with the reason beside; `promoted_by` says what
    freed the place of somebody who came from the line, such as `withdrawal of person:12`.
    """

    __tablename__ = "signup"
    __table_args__ = (
        Index("uq_signup_event_id_person_id", "event_id", "person_id", unique=True),
        Index("ix_signup_person_id", "person_id"),
        Index("ix_signup_shift_id", "shift_id", sqlite_where=_IN_A_SHIFT),
    )

    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    shift_id: Mapped[int | None] = mapped_column(ForeignKey("shift.id"))
    status: Mapped[str] = mapped_column(String(10))
    position: Mapped[int | None]
    signed_up_at: Mapped[datetime]
    checked_in_at: Mapped[datetime | None]
    checked_out_at: Mapped[datetime | None]
    overridden: Mapped[str | None] = mapped_column(String(60))
    override_reason: Mapped[str | None] = mapped_column(Text)
    promoted_by: Mapped[str | None] = mapped_column(String(60))
