"""Events, their shifts, and the people who signed up for them."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from volunteer_cli.core.models import KEPT, WORDS, Base, key_of
from volunteer_cli.fields.models import OwnValue
from volunteer_cli.teams.models import Team  # noqa: F401 - the target of a foreign key


class Series(Base):
    """Events that repeat in a rhythm; each occurrence is an event of its own."""

    __tablename__ = "series"

    name: Mapped[str] = mapped_column(String(200), info=KEPT)
    every: Mapped[str] = mapped_column(String(10), info=KEPT)


class Event(Base):
    """Something that takes place from `starts_at` to before `ends_at`, the community's wall clock.

    `capacity` is None where there is no limit, `min_age` where no age is asked for. `uid` names the event in calendars, for good.
    """

    __tablename__ = "event"
    __table_args__ = (
        # Titles are typed on command lines and looked for by sheets, whatever their brackets and spaces.
        Index("ix_event_title_key", "title_key"),
        Index("ix_event_starts_at", "starts_at"),
        Index("ix_event_team_id", "team_id"),
        Index("ix_event_series_id", "series_id"),
        Index("ix_event_leader_id", "leader_id"),
    )

    community_id: Mapped[int] = mapped_column(ForeignKey("community.id"), info=KEPT)
    team_id: Mapped[int | None] = mapped_column(ForeignKey("team.id"), info=KEPT)
    series_id: Mapped[int | None] = mapped_column(ForeignKey("series.id"), info=KEPT)
    # 志愿服务条例 (Regulations on Voluntary Service, State Council Decree 685), art. 19: the record names who was
    # in charge, and it stays when that person is erased.
    leader_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), info=KEPT)
    code: Mapped[str | None] = mapped_column(String(40), unique=True, info=KEPT)
    title: Mapped[str] = mapped_column(String(200), info=KEPT)
    title_key: Mapped[str] = mapped_column(String(200), info=KEPT | key_of("title"))
    kind: Mapped[str] = mapped_column(String(20), info=KEPT)
    category: Mapped[str | None] = mapped_column(String(100), info=KEPT)
    place: Mapped[str | None] = mapped_column(Text, info=WORDS)
    starts_at: Mapped[datetime] = mapped_column(info=KEPT)
    ends_at: Mapped[datetime] = mapped_column(info=KEPT)
    capacity: Mapped[int | None] = mapped_column(info=KEPT)
    min_age: Mapped[int | None] = mapped_column(info=KEPT)
    members_only: Mapped[bool] = mapped_column(default=False, info=KEPT)
    status: Mapped[str] = mapped_column(String(10), info=KEPT)
    # RFC 5545 (3.8.4.7): a calendar knows the event by it again when title and time have changed.
    uid: Mapped[str] = mapped_column(String(60), info=KEPT)
    archived_on: Mapped[date | None] = mapped_column(info=KEPT)


class EventSkill(Base):
    """A skill that everyone needs who signs up for an event."""

    __tablename__ = "event_skill"
    __table_args__ = (Index("uq_event_skill_event_id_skill", "event_id", "skill", unique=True),)

    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"), info=KEPT)
    skill: Mapped[str] = mapped_column(String(100), info=KEPT)


class EventValue(OwnValue, Base):
    """What an event has in a custom field."""

    __tablename__ = "event_value"
    __table_args__ = (
        Index("uq_event_value_field_id_event_id", "field_id", "event_id", unique=True),
        Index("ix_event_value_event_id", "event_id"),
    )

    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"), info=KEPT)


class Shift(Base):
    """A part of an event that needs a number of people."""

    __tablename__ = "shift"
    __table_args__ = (Index("uq_shift_event_id_name", "event_id", "name", unique=True),)

    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"), info=KEPT)
    name: Mapped[str] = mapped_column(String(100), info=KEPT)
    starts_at: Mapped[datetime] = mapped_column(info=KEPT)
    ends_at: Mapped[datetime] = mapped_column(info=KEPT)
    # At least one: a shift that needs nobody is none.
    need: Mapped[int] = mapped_column(info=KEPT)


# Few places are in a shift; those that are not need no entry in its index.
_IN_A_SHIFT = text("shift_id IS NOT NULL")


class Signup(Base):
    """A person's one place at an event, or in the line for one.

    `position` orders the line: who has the smallest is next. `promoted_by` says what freed the
    place of somebody who came from the line, such as `withdrawal of person:12`. `scanned` is true where a
    scanner or a list said that they came or left.
    """

    __tablename__ = "signup"
    __table_args__ = (
        # One place a person and event, however many shifts: two of one person would take a place from
        # somebody.
        Index("uq_signup_event_id_person_id", "event_id", "person_id", unique=True),
        Index("ix_signup_person_id", "person_id"),
        Index("ix_signup_shift_id", "shift_id", sqlite_where=_IN_A_SHIFT),
    )

    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"), info=KEPT)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), info=KEPT)
    shift_id: Mapped[int | None] = mapped_column(ForeignKey("shift.id"), info=KEPT)
    status: Mapped[str] = mapped_column(String(10), info=KEPT)
    # Beside the moment, for whoever is moved to another shift keeps the turn in the line.
    position: Mapped[int | None] = mapped_column(info=KEPT)
    # Who comes first is served first: the moment is what a complaint about the line asks for.
    signed_up_at: Mapped[datetime] = mapped_column(info=KEPT)
    checked_in_at: Mapped[datetime | None] = mapped_column(info=KEPT)
    checked_out_at: Mapped[datetime | None] = mapped_column(info=KEPT)
    scanned: Mapped[bool | None] = mapped_column(info=KEPT)
    promoted_by: Mapped[str | None] = mapped_column(String(60), info=KEPT)


class FurtherShift(Base):
    """One more shift that a person takes at an event, beside that of their place: one place, several shifts.

    `promoted_by` says what freed it for somebody who came from the line.
    """

    __tablename__ = "further_shift"
    __table_args__ = (
        Index("uq_further_shift_signup_id_shift_id", "signup_id", "shift_id", unique=True),
        Index("ix_further_shift_shift_id", "shift_id"),
    )

    signup_id: Mapped[int] = mapped_column(ForeignKey("signup.id"), info=KEPT)
    shift_id: Mapped[int] = mapped_column(ForeignKey("shift.id"), info=KEPT)
    promoted_by: Mapped[str | None] = mapped_column(String(60), info=KEPT)


class ShiftTurn(Base):
    """A turn in the line for one more shift, of somebody who has a place at the event.

    `position` is one in the same line as those of sign-ups. While the place is not held, it counts for nothing.
    """

    __tablename__ = "shift_turn"
    __table_args__ = (
        Index("uq_shift_turn_signup_id_shift_id", "signup_id", "shift_id", unique=True),
        Index("ix_shift_turn_shift_id", "shift_id"),
    )

    signup_id: Mapped[int] = mapped_column(ForeignKey("signup.id"), info=KEPT)
    shift_id: Mapped[int] = mapped_column(ForeignKey("shift.id"), info=KEPT)
    position: Mapped[int] = mapped_column(info=KEPT)
    signed_up_at: Mapped[datetime] = mapped_column(info=KEPT)


class SignupOverride(Base):
    """A refusal that a leader let pass at a sign-up, by its code.

    Who it was and when are unknown of those that were kept before revision 0007; the history has them.
    """

    __tablename__ = "signup_override"
    __table_args__ = (Index("uq_signup_override_signup_id_refusal", "signup_id", "refusal", unique=True),)

    signup_id: Mapped[int] = mapped_column(ForeignKey("signup.id"), info=KEPT)
    # The code of the rung, so that the same refusal still holds when its sentence has changed.
    refusal: Mapped[str] = mapped_column(String(20), info=KEPT)
    reason: Mapped[str] = mapped_column(Text, info=WORDS)
    allowed_by: Mapped[str | None] = mapped_column(String(200), info=WORDS)
    allowed_at: Mapped[datetime | None] = mapped_column(info=KEPT)
